"""Backups of a desk: whole copies, each opened and compared with the desk before it counts as one.

They lie in the folder `backups` beside the desk, named after it, with a number that counts up and the time in UTC. One of an
encrypted desk is encrypted with the same key, and has a copy of the desk's keys beside it. Which of them stay, `rotation` says.
Everything here has connections of its own and only reads the desk, so it may run on any thread, while the desk is edited. Each is
made while the folder is held (`alone`), since a file that is closed gives up the locks of its whole program, which a restore needs.
"""

import os
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import sqlcipher3.dbapi2 as driver  # type: ignore[import-untyped]

from claimdesk.core import whole_file
from claimdesk.core.desk import connection, history, keys, rotation
from claimdesk.core.desk.connection import in_sentences, is_plain, pragma, reading, real
from claimdesk.core.errors import DamagedDeskError, DeskError, WrongKeyError, reason

if TYPE_CHECKING:
    from sqlite_utils import Database

FOLDER = "backups"
PART = ".part"
REPLACED = "-replaced"
RESTORING = ".restoring"
"""What a desk's file is called that is about to take its place; see `restoring`."""
AGE = timedelta(hours=12)
"""How old the newest backup may be before a changed desk gets another by itself."""
SIDES = ("-wal", "-shm", "-journal")
"""What SQLite may have beside a database."""
_NAME = re.compile(rf"(?P<desk>.+)-(?P<number>\d+)-(?P<at>\d{{8}}T\d{{6}}Z)(?P<replaced>{REPLACED})?\.db")
_STAMP = "%Y%m%dT%H%M%SZ"
_TRIES = 50
"""How often a desk is copied anew because an edit came between the copy and what it is compared with."""
_PATIENCE = 30.0
"""Seconds that another backup of the same desk is waited for."""


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup. `number` counts up and orders them; `replaced`: the files of a damaged desk as they were, no sound copy."""

    path: Path
    number: int
    at: datetime
    size: int
    replaced: bool

    @property
    def in_words(self) -> str:
        """A sentence on the newest good backup of a desk that is damaged."""
        return f"The newest good backup is number {self.number}, of {self.at.astimezone():%d %B %Y, %H:%M}."


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup holds; `head` is the hash of the newest row of its history."""

    articles: int
    claims: int
    head: str


@dataclass(frozen=True)
class Backups:
    """The backups of the desk at `desk`, whose key is `key`, None for a plain one."""

    desk: Path
    key: bytes | None = field(default=None, repr=False)

    @property
    def file(self) -> Path:
        """The desk's file itself."""
        return real(self.desk)

    @property
    def folder(self) -> Path:
        """Where they lie."""
        return self.file.parent / FOLDER

    def all(self) -> list[Backup]:
        """Every backup, the one made last first; raises DeskError where the folder cannot be read."""
        return sorted(_in(self.folder, self.file), key=lambda backup: (backup.number, backup.at), reverse=True)

    def numbered(self, number: int) -> Backup:
        """The backup of this number; raises DeskError if there is none."""
        found = next((backup for backup in self.all() if backup.number == number and not backup.replaced), None)
        if found is None:
            raise DeskError(f"There is no backup {number} of this desk. `claimdesk desk backups` lists them.")
        return found

    def make(self, *, to: Path | None = None, now: datetime | None = None) -> Backup:
        """Make a backup now, in the folder `to` if it is given, and let go of those that need not stay.

        Raises DeskError where that fails: there is no part of a new backup then, and none of the old ones is gone.
        """
        with self.alone():
            made = self.write(self.file, self.next_path(to or self.folder, now or datetime.now(UTC)))
            if to is None:
                self._rotate()
        return made

    def make_if_due(self, now: datetime | None = None) -> Backup | None:
        """Make a backup if the desk changed since the newest and that is older than `AGE`; None if it need not be.

        Raises DeskError as `make` does.
        """
        time = now or datetime.now(UTC)
        newest = next((backup for backup in self.all() if not backup.replaced), None)
        if newest is not None and timedelta() <= time - newest.at < AGE:
            return None
        with self.alone():
            with closing(_connected(self.file, self.key)) as db, reading(db):
                head = history.head(db)
            if head == (self._head_of(newest) if newest is not None else ""):
                return None
        return self.make(now=time)

    def contents(self, backup: Path) -> Contents:
        """What a backup holds, after all of it was read and found sound.

        Raises DamagedDeskError where it is damaged or no desk, WrongKeyError where it is of another key.
        """
        if not backup.is_file():
            raise DeskError(f"There is no backup {backup}. `claimdesk desk backups` lists them.")
        key = self.key_of(backup)
        with _of_backup(backup), closing(connection.look_into(backup, key)) as db:
            _refuse_unsound(db, backup, encrypted=key is not None)
            return _contents(db)

    def key_of(self, backup: Path) -> bytes | None:
        """The key of a backup, None if it is plain; raises WrongKeyError where it is not that of the desk."""
        held = keys.load(backup)
        if held is None:
            return None if is_plain(backup) else self.key
        if self.key is None or not held.fits(self.key):
            raise WrongKeyError(
                f"The backup {backup.name} was encrypted under another key than the desk has now. Restore it in the terminal, "
                "where its own passphrase or recovery key can be given: `claimdesk desk restore`."
            )
        return self.key

    def newest_good(self) -> Backup | None:
        """The newest backup that is sound, None if there is none."""
        for backup in self.all():
            if not backup.replaced:
                with suppress(DeskError):
                    self.contents(backup.path)
                    return backup
        return None

    def advice(self) -> str:
        """The sentence for a desk that is damaged: which backup is good and how it is brought back."""
        try:
            found = self.newest_good()
        except DeskError as error:
            return str(error)
        if found is None:
            return "No good backup of it was found in the folder backups beside it."
        return f"{found.in_words} `claimdesk desk restore {found.number}` brings it back and keeps what is damaged."

    @contextmanager
    def alone(self) -> Iterator[None]:
        """The folder, for one program at a time; what a killed one left half is gone. Raises DeskError."""
        lock = self.folder / f".{self.file.name}.lock"
        if not self.file.parent.is_dir():  # a disk that was taken out must not get a folder of its name in its place
            raise DeskError("The folder of the desk is not there. Bring it back, then try again; nothing was written.")
        try:
            self.folder.mkdir(mode=0o700, exist_ok=True)
            lock.touch(mode=0o600)
        except OSError as error:
            raise DeskError(f"Backups cannot be written to {self.folder}: {reason(error)}.") from error
        with closing(driver.connect(str(lock), timeout=_PATIENCE, isolation_level=None)) as held:
            with in_sentences():
                held.execute("PRAGMA journal_mode = MEMORY").fetchall()
                held.execute("BEGIN EXCLUSIVE")  # SQLite's lock goes with the program that holds it, on every system
            self.clear()
            yield

    def clear(self) -> None:
        """Delete what a program that was killed left half: parts of a backup, keys and logs without one, a restore not begun."""
        left = [path for path in self.folder.iterdir() if _is_left(path, self.file)]
        ready = self.file.with_name(self.file.name + RESTORING)
        left.append(ready.with_name(ready.name + PART))
        if not ready.exists():
            left.append(keys.beside(ready))
        for path in left:
            with suppress(OSError):
                path.unlink(missing_ok=True)

    def next_path(self, folder: Path, now: datetime, mark: str = "") -> Path:
        """The name of the backup that is made next in a folder."""
        number = max((backup.number for backup in _in(folder, self.file)), default=0) + 1
        return folder / f"{_name(self.file)}-{number:05d}-{now.astimezone(UTC).strftime(_STAMP)}{mark}.db"

    def write(self, source: Path, target: Path) -> Backup:
        """Copy the desk at `source` into the new backup `target`, with the desk's keys; raises DeskError, and leaves nothing then."""
        folder = target.parent
        part = target.with_name(target.name + PART)
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _copy(source, part, self.key)
            with _of_backup(target), closing(connection.look_into(part, self.key)) as copy:
                _refuse_unsound(copy, target, encrypted=self.key is not None)
            if self.key is not None:
                whole_file.write(keys.beside(target), keys.beside(self.file).read_bytes())
            part.replace(target)
            whole_file.sync_folder(folder)
        except BaseException as error:
            with suppress(OSError):
                if not target.exists():
                    keys.beside(target).unlink(missing_ok=True)
            if isinstance(error, OSError):
                raise DeskError(f"The backup cannot be written to {folder}: {reason(error)}.") from error
            raise
        finally:
            part.unlink(missing_ok=True)
        return self.as_backup(target)

    def as_backup(self, path: Path) -> Backup:
        """The backup in a file that is named as one of this desk."""
        return _as_backup(path, self.file)

    def _head_of(self, backup: Backup) -> str | None:
        """The newest hash in the history of a backup, None where it cannot be read."""
        try:
            with in_sentences(), closing(connection.look_into(backup.path, self.key_of(backup.path))) as db:
                return history.head(db)
        except DeskError:
            return None

    def _rotate(self) -> None:
        """Delete what need not stay; a damaged desk's own files always do, and what cannot be deleted is tried again next time."""
        backups = [backup for backup in self.all() if not backup.replaced]
        keep = rotation.kept([backup.at for backup in backups])
        for place, backup in enumerate(backups):
            if place not in keep:
                with suppress(OSError):
                    backup.path.unlink()
                    keys.beside(backup.path).unlink(missing_ok=True)


def sound(db: "Database", *, encrypted: bool) -> str:
    """What is wrong with the file of a database, all of it read; empty if nothing is."""
    if encrypted and (pages := db.execute("PRAGMA cipher_integrity_check").fetchall()):
        return f"{len(pages)} of its pages were changed or are damaged"
    if pragma(db, "integrity_check(1)") != "ok":
        return "its structure is damaged"
    if db.execute("PRAGMA foreign_key_check").fetchone() is not None:
        return "a row refers to one that is not there"
    return ""


def _refuse_unsound(db: "Database", path: Path, *, encrypted: bool) -> None:
    if pragma(db, "application_id") != connection.APPLICATION_ID:
        raise DamagedDeskError(f"{path.name} is no backup of a ClaimDesk desk. It was left as it is.")
    if wrong := sound(db, encrypted=encrypted):
        raise DamagedDeskError(f"The backup {path.name} is not sound: {wrong}. It was left as it is.")


@contextmanager
def _of_backup(path: Path) -> Iterator[None]:
    """Says of which backup it is that SQLite cannot read it."""
    try:
        with in_sentences():
            yield
    except (DamagedDeskError, driver.DatabaseError) as error:  # the latter: a table that should be there is not
        if isinstance(error.__cause__, driver.DatabaseError) or not isinstance(error, DamagedDeskError):
            raise DamagedDeskError(f"The backup {path.name} is damaged. It was left as it is.") from error
        raise


def _contents(db: "Database") -> Contents:
    articles, claims = (db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("article", "claim"))  # noqa: S608
    return Contents(articles, claims, history.head(db))


def _copy(source: Path, part: Path, key: bytes | None) -> None:
    """Write the desk at `source` into `part`, on the disk and equal to what the desk held at one and the same moment."""
    with in_sentences(), closing(_connected(source, key)) as held, closing(_connected(source, key)) as copying:
        for _ in range(_TRIES):
            part.unlink(missing_ok=True)
            os.close(os.open(part, os.O_CREAT | os.O_EXCL, 0o600))  # SQLite itself would let others read it
            with reading(held):
                head = history.head(held)  # from here on the one connection sees no later edit
                copying.execute("VACUUM INTO ?", [str(part.absolute())])  # while the other may see one
                with closing(connection.look_into(part, key)) as copy:
                    same = history.head(copy) == head and connection.digest(copy) == connection.digest(held)
            if same:
                with part.open("rb+") as file:
                    os.fsync(file.fileno())
                return
    raise DeskError("The copy was never the same as the desk, which other programs keep changing. Try again later.")


def _connected(source: Path, key: bytes | None) -> "Database":
    if not source.is_file():  # SQLite would make an empty one
        raise DeskError("The desk's file was moved or deleted, so there is nothing to back up.")
    if not os.access(source, os.W_OK):  # SQLite would leave a log beside it that is read-only too, for ever
        raise DeskError("The desk is read-only, so it cannot be backed up. Change that, then try again.")
    db = connection.connect(source, 5.0, key)
    if pragma(db, "application_id") != connection.APPLICATION_ID:
        db.close()
        raise DamagedDeskError("The desk's file is empty, so there is nothing to back up.")
    return db


def _is_left(path: Path, file: Path) -> bool:
    """Whether a file in the folder is no whole backup of the desk at `file`, but was to become one."""
    whole, part, _ = path.name.partition(PART)
    if part:
        return _parsed(whole, file) is not None
    side = next((side for side in (*SIDES, keys.SUFFIX) if path.name.endswith(side)), "")
    of = path.with_name(path.name.removesuffix(side))
    return bool(side) and _parsed(of.name, file) is not None and not of.exists()


def _in(folder: Path, file: Path) -> list[Backup]:
    try:
        names = list(folder.iterdir())
    except FileNotFoundError:
        return []
    except OSError as error:
        raise DeskError(f"The backups in {folder} cannot be read: {reason(error)}.") from error
    found = []
    for path in names:
        if _parsed(path.name, file):
            with suppress(FileNotFoundError):  # it was rotated away just now
                found.append(_as_backup(path, file))
    return found


def _as_backup(path: Path, file: Path) -> Backup:
    parsed = _parsed(path.name, file)
    if parsed is None:
        raise ValueError("a path that is not named as a backup is")
    at = datetime.strptime(parsed["at"], _STAMP).replace(tzinfo=UTC)
    return Backup(path, int(parsed["number"]), at, path.stat().st_size, bool(parsed["replaced"]))


def _parsed(name: str, file: Path) -> re.Match[str] | None:
    """The parts of a file's name if it is that of a backup of the desk at `file`."""
    parsed = _NAME.fullmatch(name)
    return parsed if parsed is not None and parsed["desk"] == _name(file) else None


def _name(file: Path) -> str:
    return file.name.removesuffix(".db")
