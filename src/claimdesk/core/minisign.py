"""Signatures in the format of minisign (Ed25519 over BLAKE2b-512), so that whoever gets a file needs no ClaimDesk to verify it.

The key is kept in the system's keyring and nowhere else. It names nobody, but all that it signed can be told to be of one hand.
"""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimdesk.core import secrets
from claimdesk.core.errors import KeyringError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

NAME = "signing-key"
"""Under which the keyring holds the key."""

_PLAIN, _HASHED = b"Ed", b"ED"
_SIGNATURE = re.compile(
    "untrusted comment: [^\n]*\n([A-Za-z0-9+/=]+)\r?\ntrusted comment: ([^\r\n]*)\r?\n([A-Za-z0-9+/=]+)\r?\n?"
)


class BadSignatureError(ValueError):
    """A signature, or a key, is not what it should be."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """An Ed25519 key by its 32 secret bytes."""

    seed: bytes

    def __repr__(self) -> str:
        return f"SigningKey(public={self.public!r})"

    @property
    def public(self) -> str:
        """The public key on one line, as minisign's option -P takes it."""
        raw = self._private().public_key().public_bytes_raw()
        return base64.b64encode(_PLAIN + _id_of(raw) + raw).decode()

    @property
    def public_file(self) -> str:
        """The public key as minisign keeps it in a file (option -p)."""
        number = int.from_bytes(_id_of(self._private().public_key().public_bytes_raw()), "little")
        return f"untrusted comment: minisign public key {number:016X}\n{self.public}\n"

    def sign(self, data: bytes, trusted_comment: str) -> str:
        """The text of the `.minisig` file for `data`; the comment, one line, is signed with it."""
        private = self._private()
        signature = private.sign(_digest(data))
        whole = private.sign(signature + trusted_comment.encode())
        first = base64.b64encode(_HASHED + _id_of(private.public_key().public_bytes_raw()) + signature).decode()
        return (
            f"untrusted comment: signature from ClaimDesk\n{first}\n"
            f"trusted comment: {trusted_comment}\n{base64.b64encode(whole).decode()}\n"
        )

    def _private(self) -> "Ed25519PrivateKey":
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self.seed)


def verify(data: bytes, signature: str, public: str) -> str:
    """The trusted comment, if `signature` is one of `data` by the public key; raises BadSignatureError if it is not."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    key_id, key = _read_public(public)
    found = _SIGNATURE.fullmatch(signature)
    if found is None:
        raise BadSignatureError("no signature")
    first, comment, whole = _bytes(found[1], 74), found[2], _bytes(found[3], 64)
    if first[:2] != _HASHED or first[2:10] != key_id:
        raise BadSignatureError("another key")
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(first[10:], _digest(data))
        Ed25519PublicKey.from_public_bytes(key).verify(whole, first[10:] + comment.encode())
    except InvalidSignature as error:
        raise BadSignatureError("signature") from error
    return comment


def kept_key() -> SigningKey:
    """The key in the system's keyring, made where there is none; raises KeyringError where the keyring cannot be used."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    try:
        if not secrets.holds(NAME):
            secrets.keep(NAME, Ed25519PrivateKey.generate().private_bytes_raw())
        return SigningKey(secrets.fetch(NAME))
    except KeyringError as error:
        raise KeyringError(
            "The key that signs lies in the system's keyring, which cannot be used now. Unlock it, or do not sign."
        ) from error


def _read_public(public: str) -> tuple[bytes, bytes]:
    raw = _bytes(public.strip(), 42)
    if raw[:2] != _PLAIN:
        raise BadSignatureError("no public key")
    return raw[2:10], raw[10:]


def _bytes(text: str, length: int) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadSignatureError("no base64") from error
    if len(raw) != length:
        raise BadSignatureError("length")
    return raw


def _id_of(public: bytes) -> bytes:
    """Eight bytes that tell one key from another; minisign draws them by lot, here they follow from the key."""
    return hashlib.blake2b(public, digest_size=8).digest()


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data).digest()
