"""The dialogs about backups: which there are, and the one that is offered for a damaged desk."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from claimdesk.ui.dialogs.backups import BackupsDialog, Row, State
from claimdesk.ui.dialogs.damaged import DamagedDialog
from claimdesk.ui.session import Session
from claimdesk.ui.window.locking import LockAndKeys
from claimdesk.ui.window.panels import Panels


class BackupDialogs:
    """Opens them, and turns their wishes into the session's."""

    def __init__(self, session: Session, panels: Panels, locking: LockAndKeys, window: QWidget) -> None:
        self._session = session
        self._panels = panels
        self._locking = locking
        self._window = window
        session.backups.offered.connect(self._offer)

    def show(self) -> None:
        """Show the backups, and make or restore one where that is asked for."""
        backups = self._session.backups
        dialog = BackupsDialog(backups.folder, self._window)

        def show() -> None:
            dialog.show_busy("")
            dialog.show_backups([Row(one.path, one.at, one.size, not one.replaced) for one in backups.all()])

        def back_up() -> None:
            dialog.show_busy("Making a backup and comparing it with the desk…")
            backups.make()

        def restore(path: Path) -> None:
            if not self._locking.all_written():
                dialog.show_failure("What is being written could not be put on the desk. Nothing was changed.")
                return
            dialog.show_busy("Keeping what the desk holds now, and putting the backup in its place…")
            backups.restore(path)

        def told(path: Path, found: object) -> None:
            dialog.show_state(path, _state(found))

        facts = ((backups.changed, show), (backups.failed, dialog.show_failure), (backups.was_read, told))
        for fact, react in facts:
            fact.connect(react)
        dialog.back_up_wanted.connect(back_up)
        dialog.restore_wanted.connect(restore)
        dialog.reading_wanted.connect(backups.read)
        show()
        dialog.exec()
        for fact, react in facts:
            fact.disconnect(react)
        dialog.deleteLater()

    def _offer(self, sentence: str, backup: str) -> None:
        """A damaged desk stays locked, unless its newest good backup shall take its place."""
        if DamagedDialog(sentence, backup, self._window).ask():
            self._panels.unlock_page.wait(busy=True, sentence="Bringing the backup back…")
            self._session.backups.restore_offered()
        else:
            self._window.close()


def _state(found: object) -> State:
    """What the dialog shows of the contents of a backup, or of the failure to read it."""
    articles, claims = (getattr(found, name, None) for name in ("articles", "claims"))
    good = articles is not None
    return State("verified" if good else "cannot be restored", "" if good else str(found), articles, claims)
