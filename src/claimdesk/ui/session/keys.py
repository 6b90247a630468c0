"""The keys of the desk: a plain desk is encrypted, an encrypted one gets another recovery key or passphrase."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from claimdesk.core import secrets
from claimdesk.core.desk import Slot
from claimdesk.core.errors import ClaimDeskError
from claimdesk.ui.background import Background
from claimdesk.ui.session.facts import Facts
from claimdesk.ui.session.locking import Locking
from claimdesk.ui.session.open_desk import OpenDesk


class Keys:
    """What is planned counts only from the moment on when it is said to."""

    def __init__(self, desk: OpenDesk, locking: Locking, facts: Facts, background: Background) -> None:
        self._desk = desk
        self._locking = locking
        self._facts = facts
        self._background = background

    @property
    def folder(self) -> Path:
        """Where the desk's file lies."""
        return self._desk.entrance.path.parent

    @property
    def can_encrypt(self) -> bool:
        """Whether the desk is open and plain."""
        return not self._locking.is_locked and not self._locking.is_encrypted and self._desk.has_entrance

    @property
    def has_passphrase(self) -> bool:
        """Whether a passphrase unlocks the desk."""
        return Slot.PASSPHRASE in self._desk.entrance.kinds

    def keyring_works(self) -> bool:
        """Whether this computer has a keyring to ask."""
        return secrets.works()

    def plan(self, way: str, passphrase: str, cancelled: Callable[[], bool]) -> tuple[bytes, str]:
        """The key that the plain desk shall have, and its recovery key; takes its time, and waits for the keyring."""
        return self._desk.entrance.plan(Slot(way), passphrase, cancelled)

    def give_up(self) -> None:
        """What was planned shall not be."""
        self._background.run(self._desk.entrance.give_up, lambda _: None, self._facts.fail)

    def encrypt(self, key: bytes) -> None:
        """Encrypt the plain desk with the key that was planned; it is closed meanwhile, and open again afterwards, either way."""
        entrance = self._desk.entrance
        self._locking.close_desk()

        def stay_plain(error: ClaimDeskError) -> None:
            self._locking.open_desk(None)
            self._facts.fail(error)
            self.give_up()

        def go_on(_: None) -> None:
            self._locking.open_desk(key)
            self._facts.said.emit("The desk is encrypted. Copies and backups that were made of it before are not.")

        self._background.run(partial(entrance.encrypt, key), go_on, stay_plain)

    def plan_recovery(self) -> str:
        """A new recovery key, which counts from `keep_recovery` on; empty where it cannot be made."""
        try:
            return self._desk.entrance.plan_recovery(self._desk.now.key or b"")
        except ClaimDeskError as error:
            self._facts.fail(error)
            return ""

    def keep_recovery(self) -> None:
        """From now on the planned recovery key is the only one."""
        try:
            self._desk.entrance.keep_planned()
        except ClaimDeskError as error:
            self._facts.fail(error)
            return
        self._facts.said.emit("From now on the new recovery key opens the desk, and the old one does not.")

    def set_passphrase(self, words: str) -> None:
        """Let a passphrase, in place of an older one, unlock the desk."""
        key = self._desk.opened.key if self._desk.opened is not None else None
        if key is not None:
            set_it = partial(self._desk.entrance.set_passphrase, key, words)
            done = partial(self._facts.said.emit, "The new passphrase unlocks the desk.")
            self._background.run(set_it, lambda _: done(), self._facts.fail)
