"""The dialog that removes a source from everywhere."""

from PySide6.QtWidgets import QWidget

from claimdesk.core.sources import Source
from claimdesk.ui.dialogs.purge import PurgeDialog
from claimdesk.ui.session import Session
from claimdesk.ui.window.locking import LockAndKeys
from claimdesk.ui.window.panels import Panels


class PurgeDialogs:
    """Opens it, and turns its wish into the session's."""

    def __init__(self, session: Session, panels: Panels, locking: LockAndKeys, window: QWidget) -> None:
        self._session = session
        self._locking = locking
        self._window = window
        panels.sources.removal_wanted.connect(self.show)

    def show(self, source: Source) -> None:
        """Say what goes with a source, and remove it where its name is typed."""
        purging = self._session.purging
        dialog = PurgeDialog(source, self._window)

        def purge() -> None:
            if self._locking.all_written():
                purging.purge(source)
            else:
                dialog.show_failure("What is being written could not be put on the desk. Nothing was changed.")

        facts = (
            (purging.planned, lambda plan: dialog.show_plan(plan.in_words)), (purging.progressed, dialog.show_progress),
            (purging.done, dialog.accept), (purging.failed, dialog.show_failure),
        )  # fmt: skip
        for fact, react in facts:
            fact.connect(react)
        dialog.purge_wanted.connect(purge)
        purging.plan(source)
        dialog.exec()
        for fact, react in facts:
            fact.disconnect(react)
        dialog.deleteLater()
