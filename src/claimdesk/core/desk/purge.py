"""A source is removed from everywhere: from every backup of a desk, one after the other, and from the desk itself at the end.

Each file is written anew beside the old one, compared with it, and put in its place in one step, so a cut at any moment leaves each as
it was or without the source. The desk comes last because it alone knows the source's names: as long as it has them, the
same can be done once more and finishes what was begun.
"""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from claimdesk.core import whole_file
from claimdesk.core.desk import connection, history, protection, redaction, schema
from claimdesk.core.desk.backup import PART, SIDES, Backup, Backups, sound
from claimdesk.core.desk.connection import in_sentences, pragma, reading, real
from claimdesk.core.desk.redaction import Traces
from claimdesk.core.errors import DamagedDeskError, DeskError, WrongKeyError, reason
from claimdesk.core.removal import PLACEHOLDER, Removal
from claimdesk.core.sources import Source

if TYPE_CHECKING:
    from sqlite_utils import Database

_UNTOUCHED = (
    "SELECT id, sha256 FROM article ORDER BY id",
    "SELECT article, sha256, size, zlib FROM article_original ORDER BY article",
    "SELECT * FROM evidence_file ORDER BY sha256",
    'SELECT id, article, start, "end", exact, level, review, created, changed FROM claim ORDER BY id',
    *(f"SELECT * FROM {table} ORDER BY 1, 2, 3" for table in ("furniture", "page", "span", "link")),  # noqa: S608
)
"""What no removal changes."""

Told = Callable[[int, int], None]
"""Hears how many files are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What the removal of a source would do: who it is, where it stands on the desk, and how many backups are looked through.

    `kept` are names of other sources that hold one of its names; they stay.
    """

    source: Source
    traces: Traces
    kept: tuple[str, ...]
    backups: int

    @property
    def in_words(self) -> list[str]:
        """What goes and what stays, in lines that name nobody."""
        of = self.traces
        lines = [
            f"Names and aliases in the register: {of.names}",
            f"Claims that rest on it or came through it, and will not any more: {of.claims}",
            f"Notes, reasons, evidence, drafts and file names that name it, and will say {PLACEHOLDER}: {of.words}",
            f"Rows of the history that name it, and are redacted: {of.rows}",
            f"Backups, written anew where they name it: {self.backups}",
            "The articles' own words stay, and so do the files that they were read from and that are evidence, and reports and "
            "copies that lie elsewhere.",
        ]
        if of.articles:
            lines.append(f"Articles whose own words name it: {of.articles}")
        if self.kept:
            lines.append(
                f"Other sources' names that hold its name, and stay unless they are removed too: {len(self.kept)}"
            )
        return lines


@dataclass(frozen=True, slots=True)
class Purged:
    """What the removal of a source did: what was removed from the desk, the backups that were written anew, and those that could not be.

    What is `left` may still hold the source: damaged backups, and such of another key.
    """

    traces: Traces
    rewritten: tuple[Path, ...]
    left: tuple[Path, ...]

    @property
    def warning(self) -> str:
        """The sentence on backups that may still hold the source; empty if there are none."""
        names = ", ".join(path.name for path in self.left)
        why = "These backups are damaged or of another key, so they were not written anew and may still hold the source"
        return f"{why}: {names}. Delete them if they do." if names else ""


def plan(path: Path, key: bytes | None, asked: int | str) -> Plan:
    """What would go with the source of this number, name or alias; nothing is changed. Raises DeskError where there is none."""
    file = real(path)
    with in_sentences(), closing(connection.connect(file, 5.0, key)) as db, reading(db):
        source, removal = redaction.removal_of(db, asked)
        traces = redaction.traces(db, removal)
    return Plan(source, traces, removal.kept, len(Backups(file, key).all()))


def purge(path: Path, key: bytes | None, asked: int | str, who: str, told: Told = lambda _, __: None) -> Purged:
    """Remove a source from a desk and all of its backups; `key` is that of an encrypted one, `who` signs the history.

    This process must not have the desk open. Raises DeskError where another has, where there is no such source, or the disk does not
    take it: the sentence says then what still holds the source, and the same call once more goes on.
    """
    file = real(path)
    protection.settle(file)
    backups = Backups(file, key)
    with backups.alone(), protection.rewritten(file, key, key) as part:
        with _opened(part, key) as db:
            removal, head = redaction.removal_of(db, asked)[1], history.head(db)
        held = backups.all()
        rewritten, left = _purge_backups(backups, held, removal, who, told)
        try:
            traces = _purge(part, key, removal, who)
            _refuse_changed(file, key, head)
            protection.put(part, file)
        except DeskError as error:
            raise DeskError(f"{error} The desk still holds the source; remove it again to go on.") from error
        told(len(held) + 1, len(held) + 1)
    return Purged(traces, tuple(rewritten), tuple(left))


def _refuse_changed(file: Path, key: bytes | None, head: str) -> None:
    """On Windows the desk cannot be held until it is replaced: raises DeskError where another program wrote meanwhile."""
    if os.name == "nt":
        with in_sentences(), closing(connection.connect(file, 5.0, key)) as db:
            if history.head(db) != head:
                raise DeskError("Another program changed the desk meanwhile.")


def _purge_backups(
    backups: Backups, held: list[Backup], removal: Removal, who: str, told: Told
) -> tuple[list[Path], list[Path]]:
    """Write those backups anew that name the source; they, and those that cannot be."""
    rewritten: list[Path] = []
    left: list[Path] = []
    for place, backup in enumerate(held):
        told(place, len(held) + 1)
        try:
            if backup.replaced or not _is_readable(backups, backup):
                left.append(backup.path)
            elif _purge_backup(backup.path, backups.key_of(backup.path), removal, who):
                rewritten.append(backup.path)
        except DeskError as error:
            those = ", ".join(str(one.number) for one in held[place:])
            raise DeskError(
                f"{error} The desk still holds the source, and so may of its backups: {those}. Remove it again to go on."
            ) from error
    told(len(held), len(held) + 1)
    return rewritten, left


def _is_readable(backups: Backups, backup: Backup) -> bool:
    try:
        backups.contents(backup.path)
        key = backups.key_of(backup.path)
    except (DamagedDeskError, WrongKeyError):
        return False
    return connection.stamp(backup.path, key)[1] <= len(schema.STEPS)


def _purge_backup(path: Path, key: bytes | None, removal: Removal, who: str) -> bool:
    """Write a backup anew without the source; whether it was named there at all."""
    part = path.with_name(path.name + PART)
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL, 0o600))  # SQLite itself would let others read it
        with in_sentences(), closing(connection.look_into(path, key)) as db:
            db.execute("VACUUM INTO ?", [str(part.absolute())])
        if not _purge(part, key, removal, who):
            return False
        part.replace(path)
        whole_file.sync_folder(path.parent)
    except OSError as error:
        raise DeskError(f"The backup {path.name} cannot be written anew: {reason(error)}.") from error
    finally:
        _delete(part)
    return True


def _purge(part: Path, key: bytes | None, removal: Removal, who: str) -> Traces:
    """Remove the source from a copy that does not count yet, and compare it with what it was; what was removed."""
    with _opened(part, key) as db:
        before, broken = _digest(db), history.first_broken(db)
        traces = redaction.traces(db, removal)
        if not traces:
            return traces
        redaction.redact(db, removal, who)
        db.execute("VACUUM")
        left = redaction.traces(db, removal)
        same = _digest(db) == before and history.first_broken(db) == broken
        if left or not same or sound(db, encrypted=key is not None):
            raise DeskError("What was written anew is not what it should be, so it was put in no place.")
    try:
        with part.open("rb+") as file:
            os.fsync(file.fileno())
    except OSError as error:
        raise DeskError(f"{part.name} cannot be written: {reason(error)}.") from error
    return traces


@contextmanager
def _opened(part: Path, key: bytes | None) -> Iterator["Database"]:
    """A copy in the newest format, all of it in one file; nothing of it counts before it is whole, and synced then."""
    with in_sentences(), closing(connection.connect(part, 5.0, key, checked=False)) as db:
        pragma(db, "journal_mode = OFF")
        schema.migrate(db)
        yield db


def _digest(db: "Database") -> str:
    """What stands for all that no removal changes."""
    whole = hashlib.sha256()
    for query in _UNTOUCHED:
        for row in db.execute(query):
            whole.update(repr(row).encode("utf-8", "surrogatepass"))
    return whole.hexdigest()


def _delete(part: Path) -> None:
    for side in ("", *SIDES):
        with suppress(OSError):  # whoever holds the folder next deletes it
            part.with_name(part.name + side).unlink(missing_ok=True)
