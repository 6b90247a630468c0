"""The check of a desk: all that it holds is read and compared with what stands for it, and what is wrong is named."""

import hashlib
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import sqlcipher3.dbapi2 as driver  # type: ignore[import-untyped]

from claimdesk.core.desk import connection, history, keys
from claimdesk.core.desk.connection import in_sentences, is_plain, real
from claimdesk.core.errors import DeskError
from claimdesk.core.text import sha256

if TYPE_CHECKING:
    from sqlite_utils import Database

PAGES = "Encrypted pages"
HISTORY = "History"
SHOWN = 5
"""How many of the things that are wrong in the same way are named."""
_UNREAD = "was not looked at, because the file cannot be read"

Look = Callable[["Database"], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `wrong` says what is wrong with it, empty if nothing is, and `note` what else is to be known."""

    name: str
    wrong: str = ""
    note: str = ""

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.wrong


def check(desk: Path, key: bytes | None) -> list[Finding]:
    """Look at all of a desk, in order; `key` is that of an encrypted one.

    Nothing of the desk is changed. This process must not have it open, or SQLite's locks on it would be given up.
    """
    file = real(desk)
    of_file = _wrong_file(file, key)
    parts = [part for part in _PARTS if key is not None or part[0] != PAGES]
    return [
        Finding("File", of_file),
        *(_looked(name, _UNREAD if of_file else _wrong(look, file, key), file, key) for name, look in parts),
    ]


def _looked(name: str, wrong: str, file: Path, key: bytes | None) -> Finding:
    if name != HISTORY or wrong:
        return Finding(name, wrong)
    with closing(connection.connect(file, 5.0, key, checked=False)) as db:
        times, rows = history.purges(db)
    redacted = "1 row that named it was" if rows == 1 else f"{rows} rows that named it were"
    often = "once" if times == 1 else f"{times} times"
    return Finding(name, note=f"a source was removed from everywhere {often}, and {redacted} redacted" if times else "")


def _wrong(look: Look, file: Path, key: bytes | None) -> str:
    """What one look finds, in one line; each has a connection of its own, because one that met damage reads on badly."""
    found: list[str] = []
    try:
        with in_sentences(), closing(_opened(look, file, key)) as db:
            found.extend(look(db))
    except DeskError:
        found.append("damage keeps it from being read")
    except driver.DatabaseError as error:
        found.append(f"SQLite cannot read it: {error}")
    except (TypeError, ValueError, AttributeError):  # in a damaged row anything can stand where a text should
        found.append("it holds what ClaimDesk never writes")
    more = f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
    return "; ".join(found[:SHOWN]) + more


def _opened(look: Look, file: Path, key: bytes | None) -> "Database":
    """A connection for a look; that at the encrypted pages wants one that reads nothing by itself."""
    return connection.look_into(file, key) if look is _pages else connection.connect(file, 5.0, key, checked=False)


def _wrong_file(file: Path, key: bytes | None) -> str:
    try:
        plain, held = is_plain(file), keys.load(file)
    except DeskError as error:
        return str(error)
    if plain is None:
        return "the file is empty" if file.exists() else "there is no file"
    if held is None:
        return "" if plain else "it is no plain desk, and no keys lie beside it"
    if plain:
        return "it should be encrypted, for keys lie beside it, but is not"
    return "" if key is not None and held.fits(key) else "the key is not that of the desk"


def _structure(db: "Database") -> Iterator[str]:
    for (line,) in db.execute("PRAGMA integrity_check").fetchall():
        if line != "ok":
            yield line


def _pages(db: "Database") -> Iterator[str]:
    for (line,) in db.execute("PRAGMA cipher_integrity_check").fetchall():
        yield line


def _references(db: "Database") -> Iterator[str]:
    for table, row, target, _ in db.execute("PRAGMA foreign_key_check").fetchall():
        yield f"row {row} of {table} refers to a row of {target} that is not there"


def _history(db: "Database") -> Iterator[str]:
    broken = history.first_broken(db)
    if broken is not None:
        yield f"row {broken} is not what was written, or does not follow from the row before"


def _articles(db: "Database") -> Iterator[str]:
    for article, text, written in db.execute("SELECT id, text, sha256 FROM article ORDER BY id"):
        if sha256(text) != written:
            yield f"the text of article {article} is not the one that was imported"


def _claims(db: "Database") -> Iterator[str]:
    """Claims whose words do not stand in their article where they should, and those with a span outside it."""
    texts = dict(db.execute("SELECT id, text FROM article").fetchall())
    contents: dict[int, list[int]] = {}
    lasts: dict[int, int] = {}
    for claim, role, start, end in db.execute('SELECT claim, role, start, "end" FROM span ORDER BY claim, role, piece'):
        lasts[claim] = max(end, lasts.get(claim, 0))
        if role == "content":
            contents.setdefault(claim, []).extend((start, end))
    for claim, article, start, end, exact in db.execute(
        'SELECT id, article, start, "end", exact FROM claim ORDER BY id'
    ):
        text, edges = texts.get(article, ""), contents.get(claim, [])
        if max(end, lasts.get(claim, 0)) > len(text):
            yield f"claim {claim} of article {article} reaches beyond its text"
        elif not edges or (min(edges), max(edges)) != (start, end):
            yield f"the pieces of claim {claim} of article {article} are not where the claim is"
        elif text[start:end] != exact:
            yield f"the words of claim {claim} of article {article} are not those in its text"


def _originals(db: "Database") -> Iterator[str]:
    for article, *kept in db.execute("SELECT article, size, sha256, zlib FROM article_original"):
        if not _is_whole(*kept):
            yield f"the file that article {article} was read from is not the one that was imported"


def _evidence(db: "Database") -> Iterator[str]:
    kept = {sha256 for (sha256,) in db.execute("SELECT sha256 FROM evidence_file").fetchall()}
    for size, digest, packed in db.execute("SELECT size, sha256, zlib FROM evidence_file"):
        if not _is_whole(size, digest, packed):
            yield f"the file {digest[:12]}… is not the one that was added as evidence"
    for claim, digest in db.execute("SELECT claim, sha256 FROM evidence WHERE sha256 <> '' ORDER BY claim"):
        if digest not in kept:
            yield f"the file {digest[:12]}… that is evidence on claim {claim} is not there"


def _is_whole(size: int, digest: str, packed: bytes) -> bool:
    try:
        raw = zlib.decompress(packed)
    except zlib.error:
        return False
    return len(raw) == size and hashlib.sha256(raw).hexdigest() == digest


_PARTS: tuple[tuple[str, Look], ...] = (
    ("Structure", _structure),
    (PAGES, _pages),
    ("References", _references),
    (HISTORY, _history),
    ("Articles", _articles),
    ("Claims", _claims),
    ("Originals", _originals),
    ("Evidence", _evidence),
)
