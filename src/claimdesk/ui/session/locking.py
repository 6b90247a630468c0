"""The desk is locked and unlocked, closed and opened again."""

from collections.abc import Callable
from functools import partial
from threading import Event

from PySide6.QtCore import QObject, Signal

from claimdesk.core.errors import ClaimDeskError, DamagedDeskError
from claimdesk.ui.background import Background
from claimdesk.ui.session.facts import Facts
from claimdesk.ui.session.open_desk import OpenDesk
from claimdesk.ui.session.review import OpenReview


class Locking(QObject):
    """Whether anybody can read the desk, and the ways to change that."""

    changed = Signal()
    """The desk was locked, or unlocked."""
    unlocked = Signal()
    """The desk was unlocked, and the panels show it."""
    still_locked = Signal(str)
    """Why the desk could not be unlocked, in a sentence."""
    found_damaged = Signal(object, object)
    """The desk could not be opened with this key (bytes, None for a plain one): the DamagedDeskError that says why."""

    def __init__(self, desk: OpenDesk, review: OpenReview, facts: Facts, background: Background) -> None:
        super().__init__()
        self._desk = desk
        self._review = review
        self._facts = facts
        self._background = background
        self._given_up = Event()

    @property
    def is_locked(self) -> bool:
        """Whether no desk is open."""
        return self._desk.is_locked

    @property
    def is_encrypted(self) -> bool:
        """Whether the desk is, or will be when it is unlocked, an encrypted one."""
        return self._desk.opened.is_encrypted if self._desk.opened is not None else True

    @property
    def can_lock(self) -> bool:
        """Whether locking would keep anybody out: a plain desk can be read without ClaimDesk."""
        return not self.is_locked and self.is_encrypted and self._desk.has_entrance

    @property
    def takes_keyring(self) -> bool:
        """Whether the system's keyring can unlock the desk."""
        return self._desk.has_entrance and self._desk.entrance.takes_keyring

    def lock(self) -> None:
        """Put everything on the desk, close it, and forget it and its key, until it is unlocked."""
        if self.can_lock:
            self.close_desk()

    def unlock_by_keyring(self) -> None:
        """Unlock the desk with the key that the system's keyring holds; the system may ask its user first."""
        self._given_up = Event()
        self._unlock(partial(self._desk.entrance.key_by_keyring, self._given_up.is_set))

    def unlock_by_words(self, words: str) -> None:
        """Unlock the desk with its passphrase or recovery key; a keyring that is still asked is no longer waited for."""
        self.give_up()
        self._unlock(partial(self._desk.entrance.key_by_words, words))

    def give_up(self) -> None:
        """Wait no longer for a keyring that is still asked."""
        self._given_up.set()

    # -- for the rooms that put another file in the place of the desk

    def close_desk(self) -> None:
        """Put everything on the desk and close it."""
        self._review.leaving.emit()
        self._desk.close()
        self._review.forget()
        self._facts.library_changed.emit(None)
        self.changed.emit()

    def open_desk(self, key: bytes | None) -> None:
        """Open the desk with its key, and the article that was open last; what cannot be is told."""
        if not self.is_locked:
            return
        try:
            self._desk.opened = self._desk.entrance.open(key)
        except DamagedDeskError as error:
            self.found_damaged.emit(error, key)
            return
        except ClaimDeskError as error:
            self.stay_locked(error)
            return
        self._facts.library_changed.emit(None)
        self._review.open_last()
        self.changed.emit()
        self.unlocked.emit()

    def stay_locked(self, error: ClaimDeskError) -> None:
        """Tell why the desk could not be unlocked."""
        self.still_locked.emit(str(error))

    def _unlock(self, find_key: Callable[[], bytes]) -> None:
        self._background.run(find_key, self.open_desk, self.stay_locked)
