"""The one door to SQLite: the library that is used, how a desk's file is opened, and what its failures mean in a sentence.

The SQLite bundled with sqlcipher3 serves every desk, because that of the system may be one whose WAL corrupts desks.
"""

import hashlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlcipher3.dbapi2 as driver  # type: ignore[import-untyped]

from claimdesk.core.errors import Cancelled, DamagedDeskError, DeskError, reason

if TYPE_CHECKING:
    from sqlite_utils import Database

# sqlite-utils takes the driver that it finds under this name, and must catch that driver's errors and not the system's.
sys.modules["pysqlite3"] = sys.modules["sqlcipher3"]
sys.modules["pysqlite3.dbapi2"] = driver

APPLICATION_ID = 0x436C446B
"""What a desk's file says of itself in its header ("ClDk")."""

SAFE_SQLITE = (3, 51, 3)
"""The first SQLite in which two connections can not corrupt a desk in WAL mode."""

CHANGED_MEANWHILE = (
    "The claims were changed meanwhile by another window. Nothing was written: open the article again, then repeat it."
)

LOOKED_THROUGH = 64 * 1024 * 1024
"""Bytes up to which a desk is looked through at each opening; of a larger one its backups read every row, each day, and
`look_through` reads the rest beside the window, each week."""
_OPERATIONS = 200_000
"""Steps of SQLite's machine after which a look asks whether it is still wanted: some milliseconds."""
_HEADER = 100
_MAGIC = b"SQLite format 3\0"
_PRAGMAS = (
    "synchronous = FULL",  # NORMAL loses acknowledged edits when the power fails
    "fullfsync = ON",
    "checkpoint_fullfsync = ON",
    "foreign_keys = ON",
    "secure_delete = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "temp_store = MEMORY",
    "mmap_size = 0",
)
_LOCKED = "The desk is being written by another program. Wait until it is done, then try again."
_READ_ONLY = "The desk cannot be written: it, or its folder, is read-only. Change that, or choose another desk."
_FULL = "The disk is full: nothing was written. Make room, then do it again."
_FAILED = "The disk did not take or give the data: nothing was written. Check that it has room and is connected."
_DAMAGED = "The desk is damaged and was left as it is. Restore a backup, or put a copy of it in its place."
_UNOPENED = "The desk's file cannot be opened. Check that its folder exists and that you may write there."
_SENTENCES = {
    driver.SQLITE_BUSY: _LOCKED,
    driver.SQLITE_LOCKED: _LOCKED,
    driver.SQLITE_READONLY: _READ_ONLY,
    driver.SQLITE_PERM: _READ_ONLY,
    driver.SQLITE_FULL: _FULL,
    driver.SQLITE_IOERR: _FAILED,
    driver.SQLITE_CORRUPT: _DAMAGED,
    driver.SQLITE_NOTADB: _DAMAGED,
    driver.SQLITE_CANTOPEN: _UNOPENED,
}


@contextmanager
def in_sentences() -> Iterator[None]:
    """Turns what SQLite says when the world fails into a DeskError; a mistake of ours stays what it is."""
    try:
        yield
    except driver.Error as error:
        sentence = _SENTENCES.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
        if sentence is None:
            raise
        raise (DamagedDeskError if sentence is _DAMAGED else DeskError)(sentence) from error


@contextmanager
def reading(db: "Database") -> Iterator[None]:
    """Several queries that see the desk at one and the same moment; raises DeskError where it cannot be read."""
    with in_sentences(), _transaction(db, "BEGIN"):
        yield


@contextmanager
def writing(db: "Database") -> Iterator[None]:
    """One transaction that holds the desk for itself: all of it is on the disk afterwards, or nothing of it.

    Raises DeskError where that fails; the connection can be used on.
    """
    with in_sentences(), _transaction(db, "BEGIN IMMEDIATE"):
        yield


@contextmanager
def _transaction(db: "Database", begin: str) -> Iterator[None]:
    db.execute(begin)
    try:
        yield
        _commit(db)
    except BaseException:
        db.rollback()
        raise


def _commit(db: "Database") -> None:
    try:
        db.execute("COMMIT")
    except driver.IntegrityError as error:  # only what may be broken until here: a link to a claim that is gone
        raise DeskError(CHANGED_MEANWHILE) from error


def prepare_file(path: Path, *, encrypted: bool) -> None:
    """Make the folder (0700) and the file (0600) where they are missing; raises DeskError where `path` can be no desk.

    What stands there already is only looked at: a plain desk where an encrypted one should be is not opened.
    """
    try:
        head = _head_of_file(path)
    except OSError as error:
        raise DeskError(
            f"The desk {path.name} cannot be written there: {reason(error)}. Choose another place."
        ) from error
    if encrypted and head.startswith(_MAGIC):
        raise DamagedDeskError(
            f"The desk {path.name} should be encrypted, but what lies there is not. It was not opened: somebody may have put it "
            "there. Restore a backup, or move the file with the keys away if this plain desk is yours."
        )
    if not encrypted and head and not head.startswith(_MAGIC):
        raise DamagedDeskError(
            f"{path.name} is not a ClaimDesk desk, or it is damaged, or it is encrypted and the file with its keys is not beside it. "
            "It was left as it is; put its keys beside it, or choose another file."
        )


def _head_of_file(path: Path) -> bytes:
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
    if not path.is_file():
        raise DeskError(
            f"{path.name or path} is not a file, so it cannot be a desk. Name a file, such as claimdesk.db."
        )
    with path.open("rb+") as file:
        return file.read(_HEADER)


def stamp(path: Path, key: bytes | None = None) -> tuple[int, int]:
    """What the file says of itself, untouched: application id and schema version; (0, 0) if it is empty.

    Raises DeskError where it cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(_HEADER)
    alone = not path.with_name(path.name + "-wal").exists()
    if not head or (key is None and alone):
        return int.from_bytes(head[68:72]), int.from_bytes(head[60:64])
    how = "immutable=1" if alone else "mode=ro"  # else files would be put beside a damaged desk that are left there
    with in_sentences(), closing(driver.connect(f"{path.absolute().as_uri()}?{how}", uri=True)) as connection:
        _unlock(connection, key)
        application, version = (
            connection.execute(f"PRAGMA {of}").fetchone()[0] for of in ("application_id", "user_version")
        )
        return application, version


def look_into(path: Path, key: bytes | None = None) -> "Database":
    """A connection that only reads a file which nobody writes, and leaves nothing beside it: a backup, or a copy being made."""
    from sqlite_utils import Database

    connection = driver.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    _unlock(connection, key)
    for setting in ("trusted_schema = OFF", "cell_size_check = ON", "temp_store = MEMORY", "mmap_size = 0"):
        connection.execute(f"PRAGMA {setting}").fetchall()
    return Database(connection, execute_plugins=False)


def connect(path: Path, patience: float, key: bytes | None = None, *, checked: bool = True) -> "Database":
    """A connection to the desk at `path`, which waits up to `patience` seconds for other programs.

    `key` is that of an encrypted desk. The connection belongs to the thread that made it. Raises DeskError where the file is no desk,
    or, unless `checked` is False, damaged.
    """
    from sqlite_utils import Database, utils

    if utils.OperationalError is not driver.OperationalError:
        raise RuntimeError("sqlite_utils was imported before claimdesk.core.desk, and took the SQLite of the system")
    if driver.sqlite_version_info < SAFE_SQLITE:
        raise RuntimeError(f"SQLite {driver.sqlite_version} can corrupt desks; sqlcipher3 0.6.4 or later is needed")
    looked_at = path.stat() if path.exists() else None
    connection = driver.connect(str(path.absolute()), timeout=patience, isolation_level=None)
    _unlock(connection, key)
    db = Database(connection, execute_plugins=False, strict=True)
    try:
        _set_up(db, path, looked_at, checked=checked)
    except BaseException:
        db.close()
        raise
    return db


def look_through(db: "Database", cancelled: Callable[[], bool]) -> None:
    """Read the whole file; raises DamagedDeskError where it is damaged, and Cancelled once `cancelled` says so."""
    db.conn.set_progress_handler(cancelled, _OPERATIONS)
    try:
        sound = pragma(db, "quick_check(1)") == "ok"
    except driver.OperationalError as error:
        if error.sqlite_errorcode != driver.SQLITE_INTERRUPT:
            raise
        raise Cancelled from error
    finally:
        db.conn.set_progress_handler(None, 0)
    if not sound:
        raise DamagedDeskError(_DAMAGED)


def pragma(db: "Database", name: str) -> Any:
    """The value of the pragma `name`."""
    return db.execute(f"PRAGMA {name}").fetchone()[0]


def real(path: Path) -> Path:
    """The file behind a path: SQLite keeps its log beside the file itself, not beside a link to it."""
    return Path(os.path.realpath(path))


def is_plain(file: Path) -> bool | None:
    """Whether a desk's file can be read without a key; None where there is none yet. Raises DeskError."""
    try:
        with file.open("rb") as opened:
            head = opened.read(len(_MAGIC))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise DeskError(f"The desk {file.name} cannot be read: {reason(error)}.") from error
    return head == _MAGIC if head else None


def digest(db: "Database") -> str:
    """What a desk holds in one hash: of every table, how many rows it has and the sum of their hashes, in any order."""
    tables = sorted(
        name
        for name, kind in db.execute("SELECT name, type FROM pragma_table_list WHERE schema = 'main'").fetchall()
        if kind == "table" and not name.startswith("sqlite_")
    )
    whole = hashlib.sha256()
    for table in tables:
        total = count = 0
        for row in db.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 - a name out of the desk's own schema
            total = (
                total + int.from_bytes(hashlib.sha256(repr(row).encode("utf-8", "surrogatepass")).digest())
            ) % 2**256
            count += 1
        whole.update(f"{table} {count} {total:x}\n".encode())
    return whole.hexdigest()


def key_in_sql(key: bytes) -> str:
    """A key as SQLCipher takes it, within quotation marks."""
    return f"x'{key.hex()}'"


def _unlock(connection: Any, key: bytes | None) -> None:
    if key is not None:
        connection.execute("PRAGMA cipher_log_level = NONE")  # else SQLCipher writes to standard error by itself
        connection.execute(f'PRAGMA key = "{key_in_sql(key)}"')


def _set_up(db: "Database", path: Path, looked_at: os.stat_result | None, *, checked: bool) -> None:
    for setting in _PRAGMAS:
        db.execute(f"PRAGMA {setting}").fetchall()
    if pragma(db, "application_id") != APPLICATION_ID and db.table_names():
        raise DeskError(
            f"{path.name} is a database, but not a ClaimDesk desk. It was left as it is; choose another file."
        )
    if checked and path.stat().st_size <= LOOKED_THROUGH:
        look_through(db, lambda: False)
    if looked_at is not None and not os.path.samestat(path.stat(), looked_at):
        raise DeskError("The desk was put there anew while it was opened. Nothing was changed; try again.")
    if pragma(db, "journal_mode = WAL") != "wal":
        raise DeskError("A desk cannot be kept safely on this disk. Choose a folder on a disk of this computer.")
