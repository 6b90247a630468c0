"""A source is removed from everywhere, the history and all backups included."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from claimdesk.core.desk import purge
from claimdesk.core.desk.purge import Purged
from claimdesk.core.errors import ClaimDeskError
from claimdesk.core.sources import Source
from claimdesk.ui.background import Background
from claimdesk.ui.session.facts import Facts
from claimdesk.ui.session.locking import Locking
from claimdesk.ui.session.open_desk import OpenDesk
from claimdesk.ui.session.review import OpenReview


class Purging(QObject):
    """All of it runs beside the window."""

    planned = Signal(object)
    """What would go with the source (a Plan)."""
    progressed = Signal(int, int)
    """So many files of so many are done."""
    done = Signal()
    """The source is gone, and the desk open again."""
    failed = Signal(str)
    """The source could not be removed, or not be looked for: a sentence for the user."""

    def __init__(
        self, desk: OpenDesk, review: OpenReview, locking: Locking, facts: Facts, background: Background
    ) -> None:
        super().__init__()
        self._desk = desk
        self._review = review
        self._locking = locking
        self._facts = facts
        self._background = background

    def plan(self, source: Source) -> None:
        """Look where a source stands, and tell it."""
        self._review.leaving.emit()
        desk = self._desk.now
        self._background.run(partial(purge.plan, desk.path, desk.key, source.id), self.planned.emit, self._fail)

    def purge(self, source: Source) -> None:
        """Remove a source; the desk is closed meanwhile, and open again afterwards, either way."""
        desk = self._desk.opened
        if desk is None:
            self.failed.emit("The desk was locked meanwhile. Unlock it first; nothing was changed.")
            return
        path, key, who = desk.path, desk.key, desk.who
        self._locking.close_desk()

        def go_on(made: Purged) -> None:
            self._locking.open_desk(key)
            self._facts.said.emit("The source is removed from the desk and from all of its backups that could be read.")
            if made.warning:
                self._facts.failed.emit(made.warning)
            self.done.emit()

        def stay(error: ClaimDeskError) -> None:
            self._locking.open_desk(key)
            self._fail(error)

        remove = partial(purge.purge, path, key, source.id, who, self.progressed.emit)
        self._background.run(remove, go_on, stay)

    def _fail(self, error: ClaimDeskError) -> None:
        self.failed.emit(str(error))
