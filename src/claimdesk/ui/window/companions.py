"""The windows beside the work: the history of the open article, and the register of sources."""

from PySide6.QtCore import QObject, QTimer

from claimdesk.ui.dialogs.progress import Progress
from claimdesk.ui.idle import Idle
from claimdesk.ui.session import Session
from claimdesk.ui.window.finding import Finding
from claimdesk.ui.window.panels import Panels

REFRESH_AFTER = 80
"""Milliseconds until the history shows an edit: several in a row are shown at once."""


class Companions(QObject):
    """Opens them, and keeps the history up to date."""

    def __init__(self, session: Session, panels: Panels, finding: Finding, idle: Idle) -> None:
        super().__init__(panels.history)  # what it waits to show is gone with that
        self._session = session
        self._panels = panels
        self._finding = finding
        self._idle = idle
        self._soon = QTimer(self, singleShot=True, interval=REFRESH_AFTER)
        self._connect()

    def open_history(self) -> None:
        """Show what was done to the open article, and look whether the desk's history is whole."""
        history = self._panels.history
        history.show()
        self._show_history()
        history.show_chain(None)
        self._session.history.follow()
        history.raise_()
        history.activateWindow()
        history.view.setFocus()
        self._idle.watch(history.windowHandle())

    def open_sources(self) -> None:
        """Show the register with the source of the selected claim."""
        self._panels.inspector.save()
        claim = self._session.review.selected_claim
        self._panels.sources.open(claim.source_name if claim is not None else "")
        self._idle.watch(self._panels.sources.windowHandle())

    def close(self) -> None:
        """Close both; what was to be shown in them soon no longer is."""
        self._soon.stop()
        self._panels.sources.close()
        self._panels.history.close()

    def _show_soon(self) -> None:
        self._soon.start()

    def _show_history(self) -> None:
        """Bring the window of the history up to date, if somebody looks at it."""
        article, history = self._session.review.article, self._panels.history
        if article is None:
            history.hide()
        if history.isVisible() or article is None:
            history.show_steps(article.title if article is not None else "", self._session.history.past())

    def _show_undoing(self, edits: int) -> None:
        """Keep hands off while many edits are taken back, unless that is called off."""
        history = self._session.history
        dialog = Progress(f"Taking back {edits:,} edits…", edits, lambda: history.undone, self._panels.history)
        history.undo_ended.connect(dialog.accept)
        dialog.rejected.connect(history.call_off)
        dialog.rejected.connect(lambda: self._panels.notice.say("Called off: nothing was taken back."))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _jump(self, step_id: int) -> None:
        if not self._session.history.select_by_step(step_id):
            self._panels.history.tell("The article has none of the claims now that this step tells of.")

    def _connect(self) -> None:
        session, history = self._session, self._panels.history
        session.review.article_changed.connect(self._show_history)
        session.facts.library_changed.connect(self._show_soon)
        self._soon.timeout.connect(self._show_history)
        session.history.followed.connect(history.show_chain)
        session.history.undoing.connect(self._show_undoing)
        history.jump_wanted.connect(self._jump)
        history.work_wanted.connect(self._finding.return_to_work)
        history.undo_wanted.connect(session.history.undo_to)
        for told in (session.facts.failed, session.facts.said):
            told.connect(history.tell)
