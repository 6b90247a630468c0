"""The report out: the dialog about it, and what is offered once it is written."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from claimdesk.core.claim import Review
from claimdesk.core.levels import LEVELS
from claimdesk.ui import theme
from claimdesk.ui.export import Counts, ExportDialog
from claimdesk.ui.session import Session
from claimdesk.ui.window.panels import Panels
from claimdesk.ui.window.preferences import Preferences


class Reporting:
    """Opens the dialog, and turns its wishes into the session's."""

    def __init__(self, session: Session, panels: Panels, preferences: Preferences, window: QWidget) -> None:
        self._session = session
        self._panels = panels
        self._preferences = preferences
        self._window = window
        session.report.written.connect(self._tell)

    def choose(self) -> None:
        """Ask in which format the report goes where, and what goes into it; write it."""
        review, report, settings = self._session.review, self._session.report, self._preferences.now
        if review.article is None:
            return
        self._panels.form.save()
        colours = theme.choose(settings.theme)
        dialog = ExportDialog(self._counts(), report.file_name(), self._folder(), settings, colours, self._window)

        def accept(path: Path) -> None:
            del path
            self._preferences.change(**dialog.choices)
            dialog.accept()

        facts = (
            (report.looked, dialog.show_contents), (report.written, accept), (report.stopped, dialog.show_stopped),
            (report.failed, dialog.show_failure), (review.article_changed, dialog.accept),
            (review.claims_changed, lambda _: dialog.show_counts(self._counts())),
        )  # fmt: skip
        for fact, react in facts:
            fact.connect(react)
        dialog.look_wanted.connect(report.look)
        dialog.write_wanted.connect(report.write)
        dialog.stop_wanted.connect(report.stop)
        report.look(dialog.wanted)
        dialog.exec()
        for fact, react in facts:
            fact.disconnect(react)
        dialog.deleteLater()

    def _counts(self) -> Counts:
        claims = self._session.review.claims

        def count(slug: str, review: Review) -> int:
            return sum(claim.level == slug and claim.review is review for claim in claims)

        return {
            level.slug: (count(level.slug, Review.ACCEPTED), count(level.slug, Review.SUGGESTED)) for level in LEVELS
        }

    def _folder(self) -> Path:
        """Where the last report went, or where this system keeps a person's documents."""
        last = Path(self._preferences.now.report_folder)
        if self._preferences.now.report_folder and last.is_dir():
            return last
        return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))

    def _tell(self, path: Path) -> None:
        """Say that it is written, with ways to it; a locked window says nothing of an article."""
        if self._session.locking.is_locked:
            self._session.facts.said.emit("The report is written.")
            return
        offers = (
            ("Open", lambda: _open(path)),
            ("Show in Folder", lambda: _open(path.parent)),
        )
        self._panels.notice.offer(f"Report written: {path.name}", offers)


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
