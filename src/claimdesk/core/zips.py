"""Zip archives, looked at before anything in them is: what could do harm is refused whole, and nothing is unpacked to disk."""

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import IO

from claimdesk.core.errors import ArticleError

MOST_ENTRIES = 10_000
LARGEST_RATIO = 100
"""How many times its packed size an entry may have unpacked; prose has 3 to 5 times."""
LARGEST_TOTAL = 2_000_000_000
"""Bytes of all entries together, unpacked."""

_SMALL = 1_000_000
"""Bytes up to which an entry may be packed as tightly as it likes: a page of blank lines is no bomb."""

_ENTRY = b"PK\x01\x02"
_CHUNK = 1 << 22
_DEVICES = re.compile(r"(?i)(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:[ .:].*)?")


def opened(file: IO[bytes], name: str) -> zipfile.ZipFile:
    """The archive in `file`, of which every entry was found harmless; raises ArticleError with one sentence otherwise."""
    if _entries_at_most(file) > MOST_ENTRIES:
        raise ArticleError(f"{name} holds more than {MOST_ENTRIES:,} files; unpack it and import a part of them.")
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, OverflowError) as error:
        raise ArticleError(f"{name} is a damaged zip archive ({type(error).__name__}); get it anew.") from error
    _look_through(archive.infolist(), name)
    return archive


def names_in(raw: bytes, name: str) -> frozenset[str]:
    """The names of what a harmless archive holds."""
    with opened(io.BytesIO(raw), name) as archive:
        return frozenset(archive.namelist())


def is_document(names: Iterable[str]) -> bool:
    """Whether an archive with these entries is one document (Word, OpenDocument, case bundle …) and no folder of files."""
    there = set(names)
    marks = {"[Content_Types].xml", "mimetype", "META-INF/container.xml"}
    return not marks.isdisjoint(there) or {"manifest.json", "case.json"} <= there


def content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int, name: str) -> bytes:
    """What an entry holds, `most` bytes of it at the most, whatever size the archive says it has."""
    try:
        with archive.open(entry) as packed:
            raw = packed.read(most + 1)
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError, RuntimeError, zlib.error) as error:
        raise ArticleError(f"{name} is damaged in its archive ({type(error).__name__}); get it anew.") from error
    return raw


def _entries_at_most(file: IO[bytes]) -> int:
    """How many entries there can be: each has this mark in the list at the end, which is read at once and is not limited."""
    count, tail = 0, b""
    file.seek(0)
    while chunk := file.read(_CHUNK):
        count += (tail + chunk).count(_ENTRY)
        tail = chunk[1 - len(_ENTRY) :]
    file.seek(0)
    return count


def _look_through(entries: list[zipfile.ZipInfo], name: str) -> None:
    seen: set[str] = set()
    for entry in entries:
        fault = _fault(entry)
        if fault:
            raise ArticleError(f"{name} {fault}, which no honest archive does; nothing of it was read.")
        if entry.flag_bits & 0x1:
            raise ArticleError(f"{name} is encrypted; unpack it with its password and import the files.")
        folded = entry.filename.casefold().rstrip("/")
        if folded in seen:
            raise ArticleError(f"{name} holds two files of the same name; nothing of it was read.")
        seen.add(folded)
    if sum(entry.file_size for entry in entries) > LARGEST_TOTAL:
        raise ArticleError(f"{name} holds more than 2 GB; unpack it and import a part of it.")


def _fault(entry: zipfile.ZipInfo) -> str:
    """What of an entry is made to do harm; empty for nothing."""
    parts = PurePosixPath(entry.filename.replace("\\", "/")).parts
    if ".." in parts or entry.orig_filename.startswith(("/", "\\")) or re.match("[A-Za-z]:", entry.filename):
        return "reaches outside its folder"
    if stat.S_IFMT(entry.external_attr >> 16) not in {0, stat.S_IFREG, stat.S_IFDIR}:
        return "holds a link or a device"
    if any(_DEVICES.fullmatch(part) for part in parts) or any(ord(char) < 32 for char in entry.orig_filename):
        return "names a device or control characters"
    if entry.file_size > max(_SMALL, LARGEST_RATIO * entry.compress_size):
        return "unpacks to over a hundred times its size"
    return ""
