"""The key of an encrypted desk: random, never written anywhere as it is, and wrapped in slots each of which gives it by itself.

Beside the desk `desk.db` lies `desk.db.keys`, a small JSON file that holds nothing of the desk: its id, a value by which a wrong key is
known from a damaged desk, and the slots. A slot's own key comes from the system's keyring, from the recovery key, or from a
passphrase by Argon2id (RFC 9106). Slots are sealed with AES-256-GCM, bound to the desk's id and their kind.
"""

import hashlib
import hmac
import json
import secrets as random
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

from claimdesk.core import secrets, whole_file
from claimdesk.core.errors import DeskError, KeyringError, WrongKeyError, reason

SUFFIX = ".keys"
FORMAT = 1
KEY_BYTES, NONCE_BYTES, TAG_BYTES, SALT_BYTES = 32, 12, 16, 16
RECOVERY_BYTES = 20
GROUP = 4
"""Characters of a group of the recovery key."""
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter that is taken for another."""
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
_OWN_LETTERS, _CHECK_LETTERS = RECOVERY_BYTES * 8 // 5, 4
_PASSES, _MEMORY, _LANES = 3, 128 * 1024, 1
"""Argon2id's cost: passes, KiB, lanes; half a second on a laptop. One lane, since OpenSSL at times has no thread left for more."""
_NOT_OPENED = "That is not the passphrase or the recovery key of this desk. Nothing was changed; try again."
_MISTYPED = (
    "A letter of that recovery key is wrong, or two changed places. Compare it with what you wrote down; try again."
)
_MOST_PASSES, _MOST_MEMORY, _MOST_LANES = 100, 4 * 1024 * 1024, 64


class Slot(StrEnum):
    """Where a slot's own key comes from."""

    KEYRING = "keyring"
    RECOVERY = "recovery"
    PASSPHRASE = "passphrase"  # noqa: S105 - the name of a kind


@dataclass(frozen=True, slots=True)
class Sealed:
    """One slot: the desk's key, sealed; `salt` and `cost` (passes, KiB, lanes) are for a passphrase alone."""

    kind: Slot
    nonce: bytes
    sealed: bytes
    salt: bytes = b""
    cost: tuple[int, int, int] = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class Keys:
    """What the file beside a desk says: the desk's id, the mark of its key, and the slots."""

    desk: str
    mark: bytes
    slots: tuple[Sealed, ...] = ()

    @classmethod
    def new(cls) -> tuple[Self, bytes]:
        """Keys without a slot for a desk that is made now, and its key."""
        desk, key = uuid.uuid4().hex, random.token_bytes(KEY_BYTES)
        return cls(desk, _mark(desk, key)), key

    @property
    def kinds(self) -> frozenset[Slot]:
        """The kinds of the slots."""
        return frozenset(slot.kind for slot in self.slots)

    def fits(self, key: bytes) -> bool:
        """Whether `key` is the desk's."""
        return hmac.compare_digest(self.mark, _mark(self.desk, key))

    def with_keyring(self, key: bytes, cancelled: Callable[[], bool] = lambda: False) -> Self:
        """The same with the desk's key in the system's keyring too; raises KeyringError, and Cancelled as `cancelled` says so."""
        own = random.token_bytes(KEY_BYTES)
        secrets.keep(self.desk, own, cancelled)
        return self._with(self._seal(Slot.KEYRING, own, key))

    def with_recovery(self, key: bytes) -> tuple[Self, str]:
        """The same with a new recovery key in place of an older one, and that recovery key for its user to keep."""
        own = random.token_bytes(RECOVERY_BYTES)
        return self._with(self._seal(Slot.RECOVERY, _stretched(own), key)), spelled(own)

    def with_passphrase(self, key: bytes, passphrase: str) -> Self:
        """The same with a passphrase in place of an older one."""
        salt, cost = random.token_bytes(SALT_BYTES), (_PASSES, _MEMORY, _LANES)
        own = _from_passphrase(passphrase, salt, cost)
        return self._with(replace(self._seal(Slot.PASSPHRASE, own, key), salt=salt, cost=cost))

    def from_keyring(self, cancelled: Callable[[], bool] = lambda: False) -> bytes:
        """The desk's key by the system's keyring; raises KeyringError, also where what it holds opens nothing, and Cancelled."""
        if Slot.KEYRING not in self.kinds:
            raise KeyringError("This desk is not unlocked by the system's keyring. Use its passphrase or recovery key.")
        key = self._opened(Slot.KEYRING, secrets.fetch(self.desk, cancelled))
        if key is None:
            raise KeyringError(
                "What the system's keyring holds does not open this desk. Use its recovery key or passphrase."
            )
        return key

    def from_words(self, words: str) -> bytes:
        """The desk's key by its recovery key or its passphrase; raises WrongKeyError."""
        own = read(words)
        key = self._opened(Slot.RECOVERY, _stretched(own)) if own is not None else None
        for slot in self.slots if key is None else ():
            if slot.kind is Slot.PASSPHRASE:
                key = self._opened(Slot.PASSPHRASE, _from_passphrase(words, slot.salt, slot.cost))
        if key is None:
            raise WrongKeyError(_MISTYPED if own is None and _is_of_its_form(_letters(words)) else _NOT_OPENED)
        return key

    def without(self, kind: Slot) -> Self:
        """The same without the slots of a kind."""
        return replace(self, slots=tuple(slot for slot in self.slots if slot.kind is not kind))

    def _with(self, slot: Sealed) -> Self:
        return replace(self, slots=(*self.without(slot.kind).slots, slot))

    def _seal(self, kind: Slot, own: bytes, key: bytes) -> Sealed:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = random.token_bytes(NONCE_BYTES)
        return Sealed(kind, nonce, AESGCM(own).encrypt(nonce, key, self._bound_to(kind)))

    def _opened(self, kind: Slot, own: bytes) -> bytes | None:
        """The desk's key out of the slots of a kind, None where `own` opens none of them; raises DeskError where it is another's."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        for slot in self.slots:
            if slot.kind is kind and len(own) == KEY_BYTES:
                try:
                    key = AESGCM(own).decrypt(slot.nonce, slot.sealed, self._bound_to(kind))
                except InvalidTag:
                    continue
                if not self.fits(key):  # what was sealed for this desk is not what the mark was made of
                    raise DeskError(_damaged("The file with the desk's keys"))
                return key
        return None

    def _bound_to(self, kind: Slot) -> bytes:
        return f"ClaimDesk {FORMAT} {self.desk} {kind}".encode()


def beside(path: Path) -> Path:
    """The file of keys of the desk at `path`."""
    return path.with_name(path.name + SUFFIX)


def load(path: Path) -> Keys | None:
    """The keys of the desk at `path`, None if it has none and so is plain; raises DeskError if they cannot be read."""
    file = beside(path)
    try:
        return _from_json(json.loads(file.read_text(encoding="utf-8")))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise DeskError(f"The keys of the desk in {file.name} cannot be read: {reason(error)}.") from error
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise DeskError(_damaged(file.name)) from error


def save(path: Path, keys: Keys) -> None:
    """Write the keys of the desk at `path`, whole or not at all; raises DeskError where that fails."""
    write(beside(path), keys)


def write(file: Path, keys: Keys) -> None:
    """Write keys to `file`, whole or not at all; raises DeskError where that fails."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        whole_file.write(file, json.dumps(_to_json(keys), indent=1).encode())
    except OSError as error:
        raise DeskError(f"The keys of the desk cannot be written to {file.name}: {reason(error)}.") from error


def groups(recovery: str) -> list[str]:
    """The groups of a recovery key."""
    return recovery.split("-")


def spelled(own: bytes) -> str:
    """The recovery key as a person writes it down: eight groups of four, and one by which a slip of the pen is found."""
    number = int.from_bytes(own)
    letters = "".join(_LETTERS[(number >> shift) & 31] for shift in range(8 * len(own) - 5, -1, -5))
    letters += _check_letters(own)
    return "-".join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP))


def read(words: str) -> bytes | None:
    """What `spelled` wrote, however it was typed; None for what is no recovery key."""
    letters = _letters(words)
    if not _is_of_its_form(letters):
        return None
    number = 0
    for letter in letters[:_OWN_LETTERS]:
        number = number << 5 | _LETTERS.index(letter)
    own = number.to_bytes(RECOVERY_BYTES)
    return own if _check_letters(own) == letters[_OWN_LETTERS:] else None


def _letters(words: str) -> str:
    """The letters and digits of a recovery key, whatever stands between them, those that are easily misread set right."""
    return "".join(letter for letter in words.upper() if letter.isalnum()).translate(_MISREAD)


def _is_of_its_form(letters: str) -> bool:
    return len(letters) == _OWN_LETTERS + _CHECK_LETTERS and set(letters) <= set(_LETTERS)


def _check_letters(own: bytes) -> str:
    number = int.from_bytes(hashlib.sha256(b"ClaimDesk recovery key" + own).digest()[:3])
    return "".join(_LETTERS[(number >> shift) & 31] for shift in range(5 * (_CHECK_LETTERS - 1), -1, -5))


def _mark(desk: str, key: bytes) -> bytes:
    return hmac.digest(key, f"ClaimDesk {FORMAT} {desk}".encode(), "sha256")


def _stretched(own: bytes) -> bytes:
    """A recovery key's 160 random bits as a key of 32 bytes: they need no costly derivation."""
    return hashlib.sha256(b"ClaimDesk recovery slot" + own).digest()


def _from_passphrase(passphrase: str, salt: bytes, cost: tuple[int, int, int]) -> bytes:
    from unicodedata import normalize

    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    passes, memory, lanes = cost
    words = normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    try:
        return Argon2id(salt=salt, length=KEY_BYTES, iterations=passes, lanes=lanes, memory_cost=memory).derive(words)
    except MemoryError as error:
        raise DeskError(
            f"There is too little memory to unlock the desk: {memory // 1024} MiB are needed. Close other programs, then try again."
        ) from error


def _to_json(keys: Keys) -> dict[str, Any]:
    return {
        "claimdesk_keys": FORMAT,
        "desk": keys.desk,
        "mark": keys.mark.hex(),
        "slots": [
            {"kind": slot.kind, "nonce": slot.nonce.hex(), "sealed": slot.sealed.hex(), "salt": slot.salt.hex(),
             "cost": list(slot.cost)}
            for slot in keys.slots
        ],
    }  # fmt: skip


def _from_json(data: dict[str, Any]) -> Keys:
    if data["claimdesk_keys"] > FORMAT:
        raise DeskError("The desk was encrypted by a newer ClaimDesk. It was not touched; update ClaimDesk to open it.")
    if data["claimdesk_keys"] != FORMAT or not isinstance(data["desk"], str):
        raise ValueError("no file of keys")
    return Keys(data["desk"], bytes.fromhex(data["mark"]), tuple(_sealed(slot) for slot in data["slots"]))


def _sealed(slot: dict[str, Any]) -> Sealed:
    nonce, sealed, salt = (bytes.fromhex(slot[name]) for name in ("nonce", "sealed", "salt"))
    passes, memory, lanes = (int(part) for part in slot["cost"])
    kind = Slot(slot["kind"])
    if len(nonce) != NONCE_BYTES or len(sealed) != KEY_BYTES + TAG_BYTES:
        raise ValueError("a slot that nothing can open")
    if kind is Slot.PASSPHRASE and not (
        len(salt) == SALT_BYTES and 1 <= passes <= _MOST_PASSES and 1 <= lanes <= _MOST_LANES
        and 8 * lanes <= memory <= _MOST_MEMORY
    ):  # fmt: skip
        raise ValueError("a cost that nobody could have meant")
    return Sealed(kind, nonce, sealed, salt, (passes, memory, lanes))


def _damaged(name: str) -> str:
    return (
        f"{name} is damaged, and the encrypted desk cannot be opened without it. "
        "Put back the copy that lies with the backups; the desk itself was not touched."
    )
