"""What lies in folders and zip archives, one file after the other, each with its bytes or one sentence why not.

Nothing is unpacked to disk, no link inside a folder is followed, hidden files are passed over. What a file is, is not looked at here.
"""

import stat
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from claimdesk.core import zips
from claimdesk.core.articles.kinds import RICH_BYTES
from claimdesk.core.errors import ArticleError, reason

_ZIPPED = b"PK\x03\x04"
_DEBRIS = frozenset({"__macosx", "thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class Found:
    """A file that was found; `name` tells it apart for people: its way from the folder or archive that was named.

    `path` is the file on the disk, which for a member of an archive is the archive. Where it was refused unread, `refused` is
    the sentence, and `read` raises it. While `gather` is at an archive it stays open, which saves looking through it again.
    """

    name: str
    path: Path
    member: str = ""
    refused: str = ""
    archive: zipfile.ZipFile | None = field(default=None, repr=False, compare=False)

    @property
    def filename(self) -> str:
        """Its name without any folder."""
        return PurePosixPath(self.member).name if self.member else self.path.name

    def read(self) -> bytes:
        """Its bytes; raises ArticleError where they cannot be had, or are more than any article has."""
        if self.refused:
            raise ArticleError(self.refused)
        return self._unpacked() if self.member else bytes_of(self.path)

    def _unpacked(self) -> bytes:
        if self.archive is not None and self.archive.fp is not None:
            return self._out_of(self.archive)
        with _archive(self.path) as archive:
            return self._out_of(archive)

    def _out_of(self, archive: zipfile.ZipFile) -> bytes:
        raw = zips.content(archive, archive.getinfo(self.member), RICH_BYTES, self.name)
        if len(raw) > RICH_BYTES:
            raise ArticleError(too_large(self.name, RICH_BYTES))
        return raw


def gather(paths: Iterable[Path]) -> Iterator[Found]:
    """All files that `paths` name: themselves, those in folders, at any depth, and those in zip archives; sorted by name.

    Never raises: what cannot be looked into is a Found with the sentence.
    """
    for path in paths:
        if path.is_dir():
            yield from _in_folder(path, path.name)
        else:
            yield from _in_file(path, path.name)


def bytes_of(path: Path) -> bytes:
    """What a file on the disk holds; its size is looked at before it is read."""
    try:
        _admit(path)
        with path.open("rb") as file:
            raw = file.read(RICH_BYTES + 1)
    except FileNotFoundError:
        raise ArticleError(f"{path.name} does not exist; check the name and the folder.") from None
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else "its name is none"
        raise ArticleError(f"{path.name} cannot be read: {why}.") from error
    if len(raw) > RICH_BYTES:
        raise ArticleError(too_large(path.name, RICH_BYTES))
    return raw


def too_large(what: str, most: int) -> str:
    """The sentence for a file of more than `most` bytes."""
    return f"{what} is larger than {most // 1_000_000} MB, the most that ClaimDesk takes as one article; split it into parts."


def _admit(path: Path) -> None:
    """Raise for what need not be opened to know that it is no article; OSError where the system knows of no such file."""
    state = path.stat()
    if stat.S_ISDIR(state.st_mode):
        raise ArticleError(f"{path.name or path} is a folder, not an article; name the files in it.")
    if not stat.S_ISREG(state.st_mode):
        raise ArticleError(f"{path.name} is a device and not a file; save the text as a .txt file first.")
    if state.st_size > RICH_BYTES:
        raise ArticleError(too_large(path.name, RICH_BYTES))


def _in_folder(folder: Path, name: str) -> Iterator[Found]:
    waiting = [(folder, name)]
    while waiting:
        path, shown = waiting.pop()
        if not path.is_dir():
            yield from _in_file(path, shown)
            continue
        try:
            inside = sorted(path.iterdir(), key=lambda one: (one.name.casefold(), one.name), reverse=True)
        except OSError as error:
            yield Found(shown, path, refused=f"The folder {shown} cannot be looked into: {reason(error)}.")
            continue
        waiting += [(one, f"{shown}/{one.name}") for one in inside if _is_wanted(one)]


def _is_wanted(path: Path) -> bool:
    return not _is_passed_over(path.name) and not path.is_symlink() and (path.is_dir() or path.is_file())


def _is_passed_over(name: str) -> bool:
    """Whether it is hidden, or what a system leaves in folders and archives for itself."""
    return name.startswith((".", "~$")) or name.casefold() in _DEBRIS


def _in_file(path: Path, name: str) -> Iterator[Found]:
    """The file, or what is in it if it is a zip archive and no document."""
    if not _is_zipped(path):
        yield Found(name, path)
        return
    try:
        with _archive(path) as archive:
            yield from _in_archive(archive, path, name)
    except ArticleError as error:
        yield Found(name, path, refused=str(error))


def _in_archive(archive: zipfile.ZipFile, path: Path, name: str) -> Iterator[Found]:
    members = [entry.filename for entry in archive.infolist() if not entry.is_dir()]
    if zips.is_document(members):
        yield Found(name, path)
        return
    for member in sorted(members, key=lambda one: (one.casefold(), one)):
        if not any(map(_is_passed_over, PurePosixPath(member).parts)):
            yield Found(f"{name}/{member}", path, member, archive=archive)


def _is_zipped(path: Path) -> bool:
    with suppress(OSError, ValueError):  # whoever reads it is told why it cannot be read
        if path.is_file():
            with path.open("rb") as file:
                return file.read(4) == _ZIPPED
    return False


@contextmanager
def _archive(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        file = path.open("rb")
    except OSError as error:
        raise ArticleError(f"{path.name} cannot be read: {reason(error)}.") from error
    with file, zips.opened(file, path.name) as archive:
        yield archive
