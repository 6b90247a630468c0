"""How one desk is opened, or made: what both doors and the window ask before there is a desk to talk to."""

from collections.abc import Callable
from pathlib import Path

from claimdesk.core import secrets
from claimdesk.core.desk import keys, protection
from claimdesk.core.desk.connection import real
from claimdesk.core.desk.desk import Desk
from claimdesk.core.desk.keys import Keys, Slot
from claimdesk.core.errors import KeyringError


class Entrance:
    """The desk at `path`, which `who` is going to sign for; nothing is read or made until a method is called."""

    def __init__(self, path: Path, who: str) -> None:
        self.path = path
        self._who = who
        self._planned: Keys | None = None

    @property
    def is_new(self) -> bool:
        """Whether nothing is there yet; a file of keys without its desk is something."""
        file = real(self.path)
        return not file.exists() and not keys.beside(file).exists()

    @property
    def is_encrypted(self) -> bool:
        """Whether a key is needed; raises DeskError where that cannot be told."""
        return self._keys() is not None

    @property
    def takes_keyring(self) -> bool:
        """Whether the system's keyring can unlock it; raises DeskError where that cannot be told."""
        held = self._keys()
        return held is not None and Slot.KEYRING in held.kinds

    def plan(self, slot: Slot, passphrase: str = "") -> tuple[bytes, str]:
        """The key of a desk to be made and its recovery key; `make` then makes it, `give_up` forgets it.

        Nothing but the keyring has anything of it until then. Raises KeyringError.
        """
        self._planned, key, recovery = protection.new_keys(slot, passphrase)
        return key, recovery

    def give_up(self) -> None:
        """Forget what was planned; a keyring that does not answer keeps a key that opens nothing."""
        planned, self._planned = self._planned, None
        if planned is not None and Slot.KEYRING in planned.kinds:
            try:
                secrets.forget(planned.desk)
            except KeyringError:
                return

    def make(self, key: bytes | None = None) -> Desk:
        """Make the desk, encrypted if its `key` was planned; raises DeskError."""
        if key is not None and self._planned is not None:
            keys.save(real(self.path), self._planned)
        return self.open(key)

    def key_by_keyring(self, cancelled: Callable[[], bool] = lambda: False) -> bytes:
        """The key of an encrypted desk; waits for the system's own dialog.

        Raises KeyringError, DeskError, and Cancelled as soon as `cancelled` says so.
        """
        return self._held().from_keyring(cancelled)

    def key_by_words(self, words: str) -> bytes:
        """The key of an encrypted desk by its passphrase or recovery key; raises WrongKeyError or DeskError."""
        return self._held().from_words(words)

    def open(self, key: bytes | None) -> Desk:
        """The desk, to be used on this thread; raises DeskError as `Desk.open` does."""
        return Desk.open(self.path, who=self._who, key=key)

    def _keys(self) -> Keys | None:
        file = real(self.path)
        protection.settle(file)
        return keys.load(file)

    def _held(self) -> Keys:
        held = self._keys()
        if held is None:
            raise ValueError("a plain desk has no key")
        return held
