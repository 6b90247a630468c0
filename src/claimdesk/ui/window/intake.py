"""Articles in: whatever is chosen, pasted, dropped or fetched is read beside the window, looked at where that helps, and taken in."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from claimdesk.core.articles import LARGEST, Candidate, Draft, candidates, from_pasted
from claimdesk.core.articles.addresses import Named, is_address
from claimdesk.core.articles.intake import TOO_LARGE
from claimdesk.core.reports import BUNDLES
from claimdesk.core.resources import SAMPLE_ARTICLE
from claimdesk.core.versions import CarriedOver
from claimdesk.ui import theme
from claimdesk.ui.dialogs.address import AddressDialog
from claimdesk.ui.dialogs.confirm_article import ConfirmArticle
from claimdesk.ui.dialogs.confirm_many import ConfirmMany
from claimdesk.ui.dialogs.paste import PasteDialog
from claimdesk.ui.session import Session
from claimdesk.ui.window.panels import Panels
from claimdesk.ui.window.preferences import Preferences

READABLE = (
    "Articles (*.txt *.text *.md *.markdown *.html *.htm *.xhtml *.mht *.mhtml *.webarchive *.docx *.docm *.odt *.rtf *.pdf *.eml *.zip);;Case bundles (*.claimdesk *.json);;"
    "All files (*)"
)
EDITED = 200_000
"""Characters up to which a pasted text can be edited before it becomes an article; a longer one is only looked at."""


class Intake:
    """Asks for articles, shows what was read of them, and hands them to the session."""

    def __init__(self, session: Session, panels: Panels, preferences: Preferences, window: QWidget) -> None:
        self._session = session
        self._panels = panels
        self._preferences = preferences
        self._window = window
        self._unseen: list[list[Candidate]] = []
        self._pasted: tuple[str, str] = ("", "")
        self._dialog: QDialog | None = None
        self._looked_at: list[Candidate] = []
        self._writing: PasteDialog | None = None
        self._set_aside = False
        self._connect()

    # -- the ways in

    def choose_files(self) -> None:
        """Ask for files, archives among them, and read them."""
        names, _ = QFileDialog.getOpenFileNames(self._window, "Open Articles", "", READABLE)
        self.read_files(Path(name) for name in names)

    def choose_folder(self) -> None:
        """Ask for a folder and read what is in it."""
        name = QFileDialog.getExistingDirectory(self._window, "Open Folder")
        self.read_files([Path(name)] if name else [])

    def open(self, things: Iterable[Named]) -> None:
        """Read the files among what was named, and offer to fetch the first page."""
        wanted = list(things)
        self.read_files(one for one in wanted if isinstance(one, Path))
        address = next((one for one in wanted if isinstance(one, str)), "")
        if address:
            self.ask_address(address)

    def read_files(self, paths: Iterable[Path]) -> None:
        """Read files, folders and archives, and the reviews that somebody handed over."""
        wanted = list(paths)
        handed_over = [path for path in wanted if path.suffix.lower() in BUNDLES]
        for path in handed_over:
            self._session.merging.compare(path)
        if len(handed_over) < len(wanted):
            self._session.articles.read_files([path for path in wanted if path not in handed_over])

    def ask_address(self, address: str = "") -> None:
        """Ask for the address of a page, which only the dialog's button fetches."""
        if not address:
            words, _ = self._words_in(QGuiApplication.clipboard().mimeData(), most=4000) or ("", "")
            address = words.strip() if is_address(words) and len(words.split()) == 1 else ""
        now = self._preferences.now
        dialog = AddressDialog(address, now.proxy, self._window)
        dialog.accepted.connect(lambda: self._session.articles.fetch(dialog.address, now.fetch_hosts, now.proxy))
        self._show(dialog)

    def paste(self) -> None:
        """Offer as a new article what was being written when the desk was locked, else what is on the clipboard."""
        kept = self._session.articles.draft()
        if kept:
            self._write(kept)
            return
        found = self._words_in(QGuiApplication.clipboard().mimeData())
        if found is None:
            return
        words, markup = found
        if is_address(words) and len(words.split()) == 1:
            self.ask_address(words.strip())
        elif markup or len(words) > EDITED:
            self._read_pasted(words, markup)
        else:
            self._write(words)

    def _write(self, words: str) -> None:
        """Let somebody write a text, or change it, before it becomes an article."""
        dialog = PasteDialog(words, self._preferences.now.text_size, self._window)
        self._writing = self._dialog = dialog
        wanted = dialog.exec()
        self._writing = None
        if wanted:
            self._read_pasted(dialog.text())
        if not self._session.locking.is_locked:
            self._session.articles.keep_draft("")
        dialog.deleteLater()
        self._go_on()

    def keep_writing(self) -> bool:
        """Before the desk is locked: put on it what somebody is writing as an article, and set aside what is looked at.

        False if it could not be.
        """
        written = self._writing.text() if self._writing is not None and self._writing.is_written else ""
        if written and not self._session.articles.keep_draft(written):
            return False
        if isinstance(self._dialog, ConfirmArticle):
            self._looked_at = [replace(one, draft=self._dialog.result_draft) for one in self._looked_at]
        if self._looked_at:
            self._unseen.insert(0, self._looked_at)
        self._set_aside = True
        return True

    def _come_back(self) -> None:
        """Go on after the desk was unlocked."""
        self._set_aside = False
        if self._session.articles.draft():
            self._panels.notice.say("The text that you were writing was kept: “New Article from Text” goes on with it.")
        self._go_on()

    def open_sample(self) -> None:
        """Take in the article that ships with the program."""
        self._session.articles.open_files([SAMPLE_ARTICLE])

    def drop(self, dropped: QMimeData) -> None:
        """Read what was dropped: files by their path, else the text; an address is asked about first."""
        files = [Path(url.toLocalFile()) for url in dropped.urls() if url.isLocalFile()]
        if files:
            self.read_files(files)
        elif dropped.hasUrls():
            address = dropped.urls()[0].toString()
            QTimer.singleShot(0, self._window, lambda: self.ask_address(address))
        elif dropped.hasText() or dropped.hasHtml():
            found = self._words_in(dropped)
            if found is not None:
                self._read_pasted(*found)

    def stop(self) -> None:
        """Stop what is being read or imported."""
        self._session.articles.reading.stop()

    def _words_in(self, data: QMimeData | None, most: int = 2 * LARGEST) -> tuple[str, str] | None:
        """Text and markup that were pasted or dropped; None, which is told, for more bytes than that: to make words of them takes long."""
        if data is None:  # an empty clipboard, whatever the stubs say
            return "", ""
        if data.data("text/plain").size() > most:
            if most >= LARGEST:
                self._panels.notice.fail(TOO_LARGE.format(what="The text"))
            return None
        words = data.text() if data.hasText() else ""
        return words, data.html() if data.hasHtml() and data.data("text/html").size() <= LARGEST else ""

    def _read_pasted(self, words: str, markup: str = "") -> None:
        self._pasted = (words, markup)
        self._session.articles.read_pasted(words, markup)

    # -- what was read

    def _receive(self, read: list[Candidate]) -> None:
        self._unseen.append(read)
        if self._dialog is None:
            self._go_on()

    def _go_on(self) -> None:
        """Deal with what was read, one asking after the other."""
        self._dialog, self._looked_at = None, []
        while self._unseen and self._dialog is None and not self._set_aside and not self._session.locking.is_locked:
            read = self._unseen.pop(0)
            if len(read) == 1:
                self._receive_one(read[0])
            elif all(candidate.is_plain and candidate.known is None for candidate in read) and not self._always:
                self._session.articles.take_in_all(read)
            else:
                self._confirm_many(read)

    def _receive_one(self, candidate: Candidate) -> None:
        if candidate.draft is None:
            self._panels.notice.fail(candidate.refused)
        elif candidate.known is not None or (candidate.is_plain and not self._always):
            self._session.articles.take_in(candidate.draft)
        else:
            self._confirm(candidate, candidate.draft)

    def _confirm(self, candidate: Candidate, draft: Draft) -> None:
        is_pasted = draft.kind is not None and not draft.article.filename and bool(self._pasted[0].strip())
        refusals = [candidates.refusal(one) for one in draft.attachments]
        colours = theme.choose(self._preferences.now.theme)
        dialog = ConfirmArticle(candidate, refusals, colours, can_be_plain=is_pasted, parent=self._window)
        dialog.encoding_wanted.connect(lambda encoding: self._read_again(dialog, encoding))
        dialog.plain_wanted.connect(lambda plain: self._read_otherwise(dialog, plain=plain))
        dialog.version_looked_at.connect(lambda article_id: self._compare(dialog, article_id))
        dialog.accepted.connect(lambda: self._take_in(dialog))
        self._looked_at = [candidate]
        self._show(dialog)

    def _take_in(self, dialog: ConfirmArticle) -> None:
        self._session.articles.take_in(dialog.result_draft)
        if dialog.chosen_attachments:
            self._session.articles.read_attachments(dialog.chosen_attachments)

    def _read_again(self, dialog: ConfirmArticle, encoding: str) -> None:
        draft = dialog.draft
        self._show_in(dialog, lambda: draft.read_again(encoding))

    def _read_otherwise(self, dialog: ConfirmArticle, *, plain: bool) -> None:
        words, markup = self._pasted
        self._show_in(dialog, lambda: from_pasted(words, "" if plain else markup))

    def _show_in(self, dialog: ConfirmArticle, read: Callable[[], Draft]) -> None:
        """Show what is read now, or why it cannot be, unless the dialog was closed meanwhile."""
        self._session.background.run(
            read,
            lambda draft: dialog.show_draft(draft) if dialog is self._dialog else None,
            lambda error: dialog.show_failure(str(error)) if dialog is self._dialog else None,
        )

    def _compare(self, dialog: ConfirmArticle, article_id: int) -> None:
        def tell(carried: CarriedOver) -> None:
            if dialog is self._dialog and dialog.revised == article_id:
                dialog.show_carried(carried)

        self._session.articles.compare(dialog.draft, article_id, tell)

    def _confirm_many(self, read: Sequence[Candidate]) -> None:
        if all(candidate.refused for candidate in read):
            self._panels.notice.fail(f"None of these {len(read):,} files can be read. {read[0].refused}")
            return
        dialog = ConfirmMany(read, self._window)
        self._looked_at = list(read)
        dialog.accepted.connect(lambda: self._session.articles.take_in_all(dialog.model.chosen))
        self._show(dialog)

    def _show(self, dialog: QDialog) -> None:
        """Show a dialog over the window, and go on once it is closed."""
        self._dialog = dialog
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(lambda _: self._go_on())
        dialog.open()

    @property
    def _always(self) -> bool:
        return self._preferences.now.confirm_always

    def _tell_imported(self, count: int) -> None:
        self._panels.notice.say("1 article was imported." if count == 1 else f"{count:,} articles were imported.")

    def _show_progress(self, progress: object) -> None:
        """Show a Progress of the session, or its end."""
        if progress is None:
            self._panels.reading.end()
        else:
            parts = (getattr(progress, name) for name in ("verb", "name", "done", "of"))
            self._panels.reading.show_progress(*parts)

    def _connect(self) -> None:
        panels, articles = self._panels, self._session.articles
        panels.welcome.open_wanted.connect(self.choose_files)
        panels.welcome.address_wanted.connect(self.ask_address)
        panels.welcome.paste_wanted.connect(self.paste)
        panels.welcome.sample_wanted.connect(self.open_sample)
        panels.reading.stop_wanted.connect(self.stop)
        articles.came.connect(self._receive)
        articles.taken_in.connect(self._tell_imported)
        articles.reading.progressed.connect(self._show_progress)
        self._session.locking.unlocked.connect(self._come_back)
