"""Articles in: files that are chosen or dropped, text that is pasted, the sample."""

from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from claimdesk.core.resources import SAMPLE_ARTICLE
from claimdesk.ui.dialogs.paste import PasteDialog
from claimdesk.ui.session import Session
from claimdesk.ui.window.panels import Panels
from claimdesk.ui.window.preferences import Preferences

READABLE = "Articles (*.txt *.md *.markdown);;Case bundles (*.claimdesk *.json);;All files (*)"


class Intake:
    """Asks for articles and hands them to the session."""

    def __init__(self, session: Session, panels: Panels, preferences: Preferences, window: QWidget) -> None:
        self._session = session
        self._panels = panels
        self._preferences = preferences
        self._window = window
        self._writing: PasteDialog | None = None
        session.locking.unlocked.connect(self._tell_of_draft)
        panels.welcome.open_wanted.connect(self.choose_files)
        panels.welcome.paste_wanted.connect(self.paste)
        panels.welcome.sample_wanted.connect(self.open_sample)

    def choose_files(self) -> None:
        """Ask for files and take them in."""
        names, _ = QFileDialog.getOpenFileNames(self._window, "Open Article", "", READABLE)
        self._session.articles.open_files(Path(name) for name in names)

    def paste(self) -> None:
        """Offer as a new article what was being written when the desk was locked, else what is on the clipboard."""
        taken = self._session.articles
        text = taken.draft() or QGuiApplication.clipboard().text()
        self._writing = dialog = PasteDialog(text, self._preferences.now.text_size, self._window)
        wanted = dialog.exec()
        self._writing = None
        if wanted:
            taken.open_text(dialog.text())
        if not self._session.locking.is_locked:
            taken.keep_draft("")

    def keep_writing(self) -> bool:
        """Put on the desk what somebody is writing as an article; False if it could not be."""
        if self._writing is None or not self._writing.is_written:
            return True
        return self._session.articles.keep_draft(self._writing.text())

    def open_sample(self) -> None:
        """Take in the article that ships with the program."""
        self._session.articles.open_files([SAMPLE_ARTICLE])

    def drop(self, dropped: QMimeData) -> None:
        """Take in what was dropped: files by their path, else the text."""
        files = [Path(url.toLocalFile()) for url in dropped.urls() if url.isLocalFile()]
        if files:
            self._session.articles.open_files(files)
        elif dropped.hasUrls():
            self._panels.notice.fail("ClaimDesk does not fetch web pages yet. Copy the text of the page and paste it.")
        elif dropped.hasText():
            self._session.articles.open_text(dropped.text())

    def _tell_of_draft(self) -> None:
        if self._session.articles.draft():
            self._panels.notice.say("The text that you were writing was kept: “New Article from Text” goes on with it.")
