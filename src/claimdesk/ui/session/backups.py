"""Backups of the desk: made when they are due or asked for, read, and put in the place of the desk."""

from functools import partial
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, QTimer, Signal

from claimdesk.core.desk import Backup, Backups, Contents, restoring
from claimdesk.core.errors import ClaimDeskError, DamagedDeskError
from claimdesk.ui.background import Background
from claimdesk.ui.session.facts import Facts
from claimdesk.ui.session.locking import Locking
from claimdesk.ui.session.open_desk import OpenDesk
from claimdesk.ui.session.review import OpenReview

LOOK_EVERY = 30 * 60 * 1000
"""Milliseconds between two looks whether a backup is due."""


class DeskBackups(QObject):
    """All of it runs beside the window."""

    changed = Signal()
    """A backup was made, or one took the place of the desk, or it was found that none is due."""
    failed = Signal(str)
    """A backup that was asked for could not be made, or not be put in place: a sentence for the user."""
    was_read = Signal(object, object)
    """A backup (its path) was read: its Contents, or the ClaimDeskError that says why it cannot be restored."""
    offered = Signal(str, str)
    """The desk is damaged and was not opened, and which backup of it is good: two sentences; `restore_offered` brings it back."""

    def __init__(
        self, desk: OpenDesk, review: OpenReview, locking: Locking, facts: Facts, background: Background
    ) -> None:
        super().__init__()
        self._desk = desk
        self._review = review
        self._locking = locking
        self._facts = facts
        self._background = background
        self._has_failed = self._looking = False
        self._unwanted = Event()
        self._offered: tuple[Backups, Backup] | None = None
        locking.found_damaged.connect(self._look_for_good)

    def all(self) -> list[Backup]:
        """The backups of the desk, the newest first; none while it is locked."""
        try:
            return self._desk.opened.backups.all() if self._desk.opened is not None else []
        except ClaimDeskError as error:
            self._facts.fail(error)
            return []

    @property
    def folder(self) -> Path:
        """Where they lie."""
        return self._desk.now.backups.folder

    def keep_making(self) -> None:
        """Make a backup whenever one is due, from now on."""
        timer = QTimer(self, interval=LOOK_EVERY)
        timer.timeout.connect(self.make_if_due)
        timer.start()
        self._locking.changed.connect(self.stop_looking)
        self._locking.changed.connect(self.make_if_due)
        self.make_if_due()

    def make_if_due(self) -> None:
        """Make a backup if one is due and the desk is open."""
        if self._desk.opened is not None:
            make = self._desk.opened.backups.make_if_due
            self._background.run(make, self._go_on, self._fail_once)

    def stop_looking(self) -> None:
        """Whether the desk is whole is not wanted any more."""
        self._unwanted.set()
        self._looking = False

    def _go_on(self, _: Backup | None) -> None:
        self.changed.emit()
        self.look_if_due()

    def look_if_due(self) -> None:
        """Read a desk that is too large for that at each opening, once a week, and tell if it is damaged."""
        desk = self._desk.opened
        if desk is None or self._looking or not desk.wants_look:
            return
        self._looking, self._unwanted = True, Event()

        def done(_: None) -> None:
            self._looking = False
            if self._desk.opened is desk:
                desk.note_look()

        def damaged(error: ClaimDeskError) -> None:
            self._looking = False
            self._facts.failed.emit(f"A look through the desk's file found damage. {error}")

        self._background.run(partial(desk.look_through, self._unwanted.is_set), done, damaged)

    def make(self) -> None:
        """Make a backup because somebody asked for it."""
        self._review.leaving.emit()
        self._background.run(self._desk.now.backups.make, lambda _: self.changed.emit(), self._fail)

    def read(self, path: Path) -> None:
        """Read all of a backup, and tell what it holds."""

        def tell(found: Contents | ClaimDeskError) -> None:
            self.was_read.emit(path, found)

        if self._desk.opened is not None:
            self._background.run(partial(self._desk.opened.backups.contents, path), tell, tell)

    def restore(self, path: Path) -> None:
        """Put a backup in the place of the desk; what the desk holds now becomes a backup.

        The desk is closed meanwhile, and open again afterwards, either way.
        """
        backups = self._desk.now.backups
        try:
            key = backups.key_of(path)
        except ClaimDeskError as error:
            self._fail(error)
            return
        self._locking.close_desk()

        def go_on(_: Backup | None) -> None:
            self._locking.open_desk(key)
            self.changed.emit()

        def stay(error: ClaimDeskError) -> None:
            self._locking.open_desk(backups.key)
            self._fail(error)

        self._background.run(partial(restoring.restore, backups.desk, path, key), go_on, stay)

    def restore_offered(self) -> None:
        """Put the backup that was offered in the place of the damaged desk, which is kept, and unlock it."""
        if self._offered is not None:
            (backups, good), self._offered = self._offered, None
            put = partial(restoring.restore, backups.desk, good.path, backups.key)
            self._background.run(put, lambda _: self._locking.open_desk(backups.key), self._locking.stay_locked)

    def _look_for_good(self, error: DamagedDeskError, key: bytes | None) -> None:
        backups = Backups(self._desk.entrance.path, key)

        def offer(good: Backup | None) -> None:
            self._locking.stay_locked(error)
            if good is not None:
                self._offered = backups, good
                self.offered.emit(str(error), good.in_words)

        self._background.run(backups.newest_good, offer, self._locking.stay_locked)

    def _fail_once(self, error: ClaimDeskError) -> None:
        """Tell it once: who reads it every half hour reads it no more."""
        if not self._has_failed:
            self._facts.failed.emit(f"The desk could not be backed up. {error}")
        self._has_failed = True

    def _fail(self, error: ClaimDeskError) -> None:
        self.failed.emit(str(error))
