"""A case bundle (.claimdesk): a zip archive of the case as JSON, the files that go with it, and a manifest of all their hashes.

The manifest can be signed. What comes in is looked through before anything of it is used, and nothing is unpacked to disk.
"""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path, PurePath
from typing import Any

from claimdesk.core import casefile, minisign, zips
from claimdesk.core.case import Bundle
from claimdesk.core.errors import ArticleError, reason
from claimdesk.core.minisign import BadSignatureError, SigningKey

FORMAT = 1
ENDING = ".claimdesk"
MANIFEST, SIGNATURE, CASE = "manifest.json", "manifest.json.minisig", "case.json"
LARGEST = 1_000_000_000
"""Bytes that a bundle has at the most."""

_BEGINNING = 300
_MARK = "claimdesk_bundle"
_ORIGINAL, _EVIDENCE = "original", "evidence/"
_MOST_MANIFEST = 10_000_000
_ZIPPED = b"PK\x03\x04"
_DAY = (1980, 1, 1, 0, 0, 0)
"""The time of every member: a zip archive would tell when, and in which time zone, somebody worked."""
_SAFE_RATIO = 50
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")
_NEW = "get the bundle anew from where it came"


def pack(bundle: Bundle, *, version: str, made_at: datetime, key: SigningKey | None = None) -> bytes:
    """The bundle as a file, its manifest signed where there is a `key`; `made_at` must know its time zone."""
    members = {CASE: casefile.write(bundle.case, version), **_named(bundle)}
    told: dict[str, Any] = {
        _MARK: FORMAT,
        "made_by": f"ClaimDesk {version}",
        "made_at": made_at.isoformat(timespec="seconds"),
        "members": [
            {"name": name, "size": len(raw), "sha256": hashlib.sha256(raw).hexdigest()} for name, raw in members.items()
        ],
    }
    if key is not None:
        told["public_key"] = key.public
    manifest = (json.dumps(told, indent=1) + "\n").encode()
    signed = {}
    if key is not None:
        comment = f"timestamp:{int(made_at.timestamp())}\tfile:{MANIFEST}\thashed"
        signed[SIGNATURE] = key.sign(manifest, comment).encode()
    return _zipped({MANIFEST: manifest, **signed, **members})


def is_bundle(raw: bytes) -> bool:
    """Whether a file that begins so can be a bundle: a zip archive whose first member is a manifest."""
    return raw.startswith(_ZIPPED) and raw[30 : 30 + len(MANIFEST)] == MANIFEST.encode()


def find(path: Path, *, key: str = "") -> Bundle | None:
    """The bundle in a file, as `unpack`, or that of a case in JSON, which nobody has signed; None where it holds neither."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            beginning = file.read(_BEGINNING)
            if not (is_bundle(beginning) or casefile.is_case(beginning)):
                return None
            raw = beginning + file.read(LARGEST)
    except OSError as error:
        raise ArticleError(f"{path.name} cannot be read: {reason(error)}.") from error
    if len(raw) > LARGEST:
        raise ArticleError(f"{path.name} is larger than {LARGEST // 1_000_000} MB, more than any bundle has.")
    if is_bundle(raw):
        return unpack(raw, path.name, key=key)
    if key:
        raise ArticleError(f"{path.name} is not signed; ask for a signed bundle (.claimdesk).")
    return Bundle(casefile.read(raw, path.name))


def load(path: Path, *, key: str = "") -> Bundle:
    """As `find`; raises ArticleError where the file holds neither."""
    found = find(path, key=key)
    if found is None:
        raise ArticleError(f"{path.name} is not there, or holds no case; name a .claimdesk bundle or a .json case.")
    return found


def unpack(raw: bytes, name: str, *, key: str = "") -> Bundle:
    """The bundle that the file `name` holds; with a public `key` only one that this key has signed.

    Raises ArticleError for whatever is not exactly what its manifest says, or could do harm.
    """
    with zips.opened(io.BytesIO(raw), name) as archive:
        manifest = _member(archive, MANIFEST, _MOST_MANIFEST, name)
        told = _read_manifest(manifest, name)
        signed_by = _signer(archive, manifest, told.get("public_key", ""), name)
        if key and signed_by != key.strip():
            raise ArticleError(f"{name} is not signed by that key; ask whoever sent it for their key, and {_NEW}.")
        members = _checked_members(archive, told["members"], name)
    case = casefile.read(members.pop(CASE), f"The case in {name}")
    original = next((raw for member, raw in members.items() if not member.startswith(_EVIDENCE)), None)
    if original is not None and (case.original is None or hashlib.sha256(original).hexdigest() != case.original.sha256):
        raise ArticleError(f"{name} holds another original than its case speaks of; {_NEW}.")
    evidence = (raw for member, raw in members.items() if member.startswith(_EVIDENCE))
    return Bundle(case, original, {hashlib.sha256(raw).hexdigest(): raw for raw in evidence}, signed_by)


# Out


def _named(bundle: Bundle) -> dict[str, bytes]:
    """The files that go with a case, by the names that they have in the archive; endings are kept if they are plain."""
    named: dict[str, bytes] = {}
    if bundle.original is not None:
        named[_ORIGINAL + _suffix(bundle.case.article.filename)] = bundle.original
    locators = {one.sha256: one.locator for claim in bundle.case.claims for one in claim.evidence}
    for digest, raw in sorted(bundle.files.items()):
        named[f"{_EVIDENCE}{digest}{_suffix(locators.get(digest, ''))}"] = raw
    return named


def _suffix(name: str) -> str:
    suffix = PurePath(name).suffix.lower()
    return suffix if _SUFFIX.fullmatch(suffix) else ""


def _zipped(members: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, raw in members.items():
            entry = zipfile.ZipInfo(name, _DAY)
            entry.create_system, entry.external_attr = 3, 0o100600 << 16
            archive.writestr(entry, raw, _compression(raw))
    return file.getvalue()


def _compression(raw: bytes) -> int:
    """What packs suspiciously tight is stored as it is, so that no reader takes the bundle for a bomb."""
    import zlib

    tight = len(raw) > _SAFE_RATIO * len(zlib.compress(raw, 6))
    return zipfile.ZIP_STORED if tight else zipfile.ZIP_DEFLATED


# In


def _member(archive: zipfile.ZipFile, member: str, most: int, name: str) -> bytes:
    try:
        entry = archive.getinfo(member)
    except KeyError:
        raise ArticleError(f"{name} is no bundle of ClaimDesk: it has no {member}; {_NEW}.") from None
    raw = zips.content(archive, entry, most, name)
    if len(raw) > most:
        raise ArticleError(f"{name} holds a larger {member} than any bundle has; {_NEW}.")
    return raw


def _read_manifest(raw: bytes, name: str) -> dict[str, Any]:
    try:
        told = dict(json.loads(raw))
        wanted = told[_MARK]
        if type(wanted) is int and wanted > FORMAT:
            raise ArticleError(
                f"{name} was made by a newer ClaimDesk (format {wanted}, this one knows {FORMAT}). "
                "Update ClaimDesk to open it."
            )
        kinds = [type(wanted), type(told.get("public_key", ""))]
        kinds += [type(one[key]) for one in told["members"] for key in ("size", "name", "sha256")]
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise ArticleError(f"{name} has a manifest that ClaimDesk did not write; {_NEW}.") from error
    if wanted != FORMAT or kinds != [int, str, *[int, str, str] * len(told["members"])]:
        raise ArticleError(f"{name} has a manifest that ClaimDesk did not write; {_NEW}.")
    return told


def _signer(archive: zipfile.ZipFile, manifest: bytes, public: str, name: str) -> str:
    """The public key that has signed, empty where nobody did; whoever signed says so in what is signed."""
    has_signature = SIGNATURE in archive.namelist()
    if not public and not has_signature:
        return ""
    if not (public and has_signature):
        raise ArticleError(f"{name} lost its signature, or got one that is not its own; {_NEW}.")
    signature = _member(archive, SIGNATURE, 10_000, name)
    try:
        minisign.verify(manifest, signature.decode(), public)
    except (BadSignatureError, UnicodeDecodeError) as error:
        raise ArticleError(f"{name} has a signature that is not one of its manifest; {_NEW}.") from error
    return public


def _checked_members(archive: zipfile.ZipFile, listed: list[dict[str, Any]], name: str) -> dict[str, bytes]:
    """All members by name; raises ArticleError unless they are exactly those that the manifest lists."""
    there = set(archive.namelist()) - {MANIFEST, SIGNATURE}
    if there != {one["name"] for one in listed} or len(there) != len(listed) or CASE not in there:
        raise ArticleError(f"{name} holds other files than its manifest lists; {_NEW}.")
    if not all(_is_expected(member) for member in there) or sum(map(_is_original, there)) > 1:
        raise ArticleError(f"{name} holds files that no bundle has; {_NEW}.")
    members = {}
    for one in listed:
        raw = _member(archive, one["name"], one["size"], name)
        if len(raw) != one["size"] or hashlib.sha256(raw).hexdigest() != one["sha256"]:
            raise ArticleError(f"{name} was changed after it was made: {one['name']} is another file; {_NEW}.")
        members[one["name"]] = raw
    return members


def _is_expected(member: str) -> bool:
    return (
        member == CASE
        or _is_original(member)
        or re.fullmatch(rf"{_EVIDENCE}[0-9a-f]{{64}}(\.[a-z0-9]{{1,8}})?", member) is not None
    )


def _is_original(member: str) -> bool:
    return re.fullmatch(rf"{_ORIGINAL}(\.[a-z0-9]{{1,8}})?", member) is not None
