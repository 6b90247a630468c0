"""How one desk is opened, or made: what both doors and the window ask before there is a desk to talk to."""

from collections.abc import Callable
from pathlib import Path

from claimdesk.core import secrets
from claimdesk.core.desk import keys, protection, whereabouts
from claimdesk.core.desk.connection import real
from claimdesk.core.desk.desk import Desk
from claimdesk.core.desk.keys import Keys, Slot
from claimdesk.core.errors import DeskError, KeyringError, reason


class Entrance:
    """The desk at `path`, which `who` is going to sign for; nothing is read or made until a method is called."""

    def __init__(self, path: Path, who: str) -> None:
        self.path = path
        self._who = who
        self._planned: Keys | None = None

    @property
    def is_new(self) -> bool:
        """Whether nothing is there yet; a file of keys without its desk is something. Raises DeskError where that cannot be told."""
        file = real(self.path)
        try:
            protection.settle(file)
            return not file.exists() and not keys.beside(file).exists()
        except OSError as error:
            raise DeskError(f"The desk {self.path} cannot be looked for: {reason(error)}.") from error

    def lead_to(self, path: Path) -> None:
        """From now on be the entrance to the desk at another path; what was planned is planned for that one."""
        self.path = path

    @property
    def is_encrypted(self) -> bool:
        """Whether a key is needed; raises DeskError where that cannot be told."""
        return self._keys() is not None

    @property
    def takes_keyring(self) -> bool:
        """Whether the system's keyring can unlock it; raises DeskError where that cannot be told."""
        return Slot.KEYRING in self.kinds

    @property
    def kinds(self) -> frozenset[Slot]:
        """By what it can be unlocked, nothing where it is plain; raises DeskError where that cannot be told."""
        held = self._keys()
        return held.kinds if held is not None else frozenset()

    def plan(
        self, slot: Slot, passphrase: str = "", cancelled: Callable[[], bool] = lambda: False
    ) -> tuple[bytes, str]:
        """The key of a desk to be made or encrypted and its recovery key; `make` or `encrypt` takes them, `give_up` forgets them.

        Nothing but the keyring has anything of it until then. Raises KeyringError, and Cancelled as soon as `cancelled` says so.
        """
        self._planned, key, recovery = protection.new_keys(slot, passphrase, cancelled)
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
        """Make the desk, encrypted if its `key` was planned; raises DeskError, also where one is there meanwhile."""
        if not self.is_new:
            raise DeskError(f"There is a desk {self.path} already. It was left as it is; start again to open it.")
        if key is not None and self._planned is not None:
            keys.save(real(self.path), self._planned)
        return Desk.open(self.path, who=self._who, key=key)

    def encrypt(self, key: bytes) -> None:
        """Encrypt the plain desk with the `key` that was planned; raises DeskError, and leaves the desk as it was then."""
        if self._planned is None:
            raise ValueError("no keys were planned")
        protection.encrypt(self.path, self._planned, key)

    def plan_recovery(self, key: bytes) -> str:
        """A new recovery key for the encrypted desk of this key; the old one is good until `keep_planned`."""
        self._planned, recovery = self._held().with_recovery(key)
        return recovery

    def keep_planned(self) -> None:
        """From now on what `plan_recovery` planned is good; raises DeskError where that cannot be written."""
        if self._planned is None:
            raise ValueError("no keys were planned")
        keys.save(real(self.path), self._planned)

    def set_passphrase(self, key: bytes, passphrase: str) -> None:
        """Let a passphrase, in place of an older one, unlock the encrypted desk of this key; raises DeskError."""
        keys.save(real(self.path), self._held().with_passphrase(key, passphrase))

    def key_by_keyring(self, cancelled: Callable[[], bool] = lambda: False) -> bytes:
        """The key of an encrypted desk; waits for the system's own dialog.

        Raises KeyringError, DeskError, and Cancelled as soon as `cancelled` says so.
        """
        return self._held().from_keyring(cancelled)

    def key_by_words(self, words: str) -> bytes:
        """The key of an encrypted desk by its passphrase or recovery key; raises WrongKeyError or DeskError."""
        return self._held().from_words(words)

    def open(self, key: bytes | None) -> Desk:
        """The desk, to be used on this thread; raises DeskError as `Desk.open` does, and where of an encrypted one only keys are left."""
        if key is not None and not real(self.path).exists():
            raise DeskError(whereabouts.missing(self.path))
        return Desk.open(self.path, who=self._who, key=key)

    def _keys(self) -> Keys | None:
        file = real(self.path)
        protection.settle(file)
        return keys.load(file)

    def _held(self) -> Keys:
        held = self._keys()
        if held is None and self.is_new:  # its disk went away while it was locked
            raise DeskError(whereabouts.missing(self.path))
        if held is None:
            raise ValueError("a plain desk has no key")
        return held
