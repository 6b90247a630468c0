"""How a desk becomes encrypted, or plain again: written anew beside the old file, compared, and put in its place in one step.

A cut at any moment leaves the old desk or the new one. While it happens the keys lie in `desk.db.keys.pending`; they belong to the
desk if what lies there is encrypted, which `settle` looks at before a desk is opened.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import sqlcipher3.dbapi2 as driver  # type: ignore[import-untyped]

from claimdesk.core import whole_file
from claimdesk.core.desk import connection, keys, restoring, search
from claimdesk.core.desk.backup import Backups
from claimdesk.core.desk.connection import in_sentences, is_plain, key_in_sql, pragma, real
from claimdesk.core.desk.keys import Keys, Slot
from claimdesk.core.errors import DeskError, reason

if TYPE_CHECKING:
    from sqlite_utils import Database

_IN_USE = "The desk is open in another window or program. Close it there, then try again; nothing was changed."
_PENDING = ".pending"


def settle(file: Path) -> None:
    """Bring a restore, an encryption or a decryption that was cut off to its end, whichever desk it left; raises DeskError."""
    restoring.settle(file)
    pending = _pending(file)
    if not pending.exists() or keys.beside(file).exists() or is_plain(file) is not False:
        return
    try:
        pending.replace(keys.beside(file))
    except OSError as error:
        raise DeskError(f"The keys of the desk cannot be put beside it: {reason(error)}.") from error


def tidy(file: Path) -> None:
    """Delete what a cut left beside a desk that is open, so that nobody rewrites it now: a copy that was never finished, old keys.

    An unfinished decryption's copy is plain. Raises DeskError where it cannot be deleted.
    """
    part = _part(file)
    logs = (part.with_name(part.name + ending) for ending in ("-journal", "-wal", "-shm"))
    for left in (part, *logs, _pending(file)):
        try:
            left.unlink(missing_ok=True)
        except OSError as error:
            raise DeskError(f"{left.name} cannot be deleted: {reason(error)}. Delete it, then try again.") from error


def new_keys(
    slot: Slot, passphrase: str = "", cancelled: Callable[[], bool] = lambda: False
) -> tuple[Keys, bytes, str]:
    """Keys for a desk to be encrypted, opened by `slot` and by a recovery key; with them the desk's key and the recovery key.

    Raises KeyringError, and Cancelled as soon as `cancelled` says so.
    """
    made, key = Keys.new()
    made = made.with_keyring(key, cancelled) if slot is Slot.KEYRING else made.with_passphrase(key, passphrase)
    made, recovery = made.with_recovery(key)
    return made, key, recovery


def encrypt(path: Path, made: Keys, key: bytes) -> None:
    """Encrypt the plain desk at `path` with `key`, which the slots of `made` give.

    A backup of the plain desk is made first. Raises DeskError where it is open elsewhere or cannot be written; it stays as it was then.
    """
    file = real(path)
    settle(file)
    if keys.load(file) is not None:
        raise DeskError("The desk is encrypted already.")
    Backups(file).make()
    with rewritten(file, None, key) as part:
        keys.write(_pending(file), made)
        put(part, file)
    settle(file)


def decrypt(path: Path, key: bytes) -> None:
    """Make the encrypted desk at `path` plain, after a backup of it; raises DeskError as `encrypt` does, and leaves it as it was then."""
    file = real(path)
    settle(file)
    if keys.load(file) is None:
        raise DeskError("The desk is not encrypted.")
    Backups(file, key).make()
    with rewritten(file, key, None) as part:
        put(keys.beside(file), _pending(file))
        try:
            put(part, file)
        except DeskError:
            settle(file)
            raise
    for left in (_pending(file), keys.beside(file)):
        left.unlink(missing_ok=True)


def export_plain(path: Path, key: bytes | None, target: Path) -> None:
    """Write a plain copy of the desk at `path` to `target`, where nothing may stand yet; raises DeskError.

    It is for other programs, so it is without the index of the search, which ClaimDesk makes anew should it open the copy.
    """
    if target.exists():
        raise DeskError(f"{target.name} is there already. Name a new file for the plain copy.")
    with in_sentences(), closing(connection.connect(real(path), 5.0, key)) as db:
        _export(db, target, None)
        _without_index(target)


@contextmanager
def rewritten(file: Path, key: bytes | None, new_key: bytes | None) -> Iterator[Path]:
    """The same desk under another key, in a file beside it that is gone afterwards unless it was put somewhere.

    The desk is held alone until then, so that nothing that another program does is missing in it.
    """
    part = _part(file)
    try:
        with in_sentences(), closing(connection.connect(file, 5.0, key)) as db:
            _hold_alone(db)
            _export(db, part, new_key)
            if os.name == "nt":  # where no file can be replaced while it is open
                db.close()
            yield part
    finally:
        part.unlink(missing_ok=True)


def put(part: Path, target: Path) -> None:
    """Put a file in the place of another in one step; raises DeskError where that fails, and the other stays."""
    try:
        part.replace(target)
        whole_file.sync_folder(target.parent)
    except OSError as error:
        raise DeskError(f"{target.name} cannot be replaced: {reason(error)}. Nothing was changed.") from error


def _part(file: Path) -> Path:
    return file.with_name(file.name + ".part")


def _pending(file: Path) -> Path:
    beside = keys.beside(file)
    return beside.with_name(beside.name + _PENDING)


def _hold_alone(db: "Database") -> None:
    """Leave the journal that several programs can share, which works only where no other has the desk open, and let no other in."""
    try:
        alone = pragma(db, "journal_mode = DELETE") == "delete"
        pragma(
            db, "main.locking_mode = EXCLUSIVE"
        )  # keeps the lock that the next transaction takes until the desk is closed
        db.execute("BEGIN EXCLUSIVE")
        db.execute("COMMIT")
    except driver.OperationalError as error:
        raise DeskError(_IN_USE) from error
    if not alone:
        raise DeskError(_IN_USE)


def _export(db: "Database", target: Path, key: bytes | None) -> None:
    """Copy all of an open desk into a new file under another key, or none, and compare the two; no part of a copy stays."""
    try:
        target.unlink(missing_ok=True)
        os.close(os.open(target, os.O_CREAT | os.O_EXCL, 0o600))  # SQLite itself would let others read it
        _copy(db, target, key)
        _compare(db, target, key)
        with target.open("rb+") as copy:
            os.fsync(copy.fileno())
    except BaseException as error:
        target.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise DeskError(f"{target.name} cannot be written: {reason(error)}. Nothing was changed.") from error
        raise


def _without_index(target: Path) -> None:
    """Take the index of the search out of a plain copy; no part of a copy stays where that fails."""
    try:
        with closing(connection.connect(target, 5.0)) as copy:
            pragma(copy, "journal_mode = DELETE")
            search.drop_index(copy)
            copy.execute("VACUUM")
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _fill(db: "Database") -> None:
    try:
        db.execute("SELECT sqlcipher_export('other')").fetchall()
    except driver.OperationalError as error:  # which says only in its words, and not by its number, what it met
        raise DeskError(
            "The copy of the desk cannot be written: the disk is full or failed. Nothing was changed; make room, then try again."
        ) from error


def _compare(db: "Database", target: Path, key: bytes | None) -> None:
    with closing(connection.connect(target, 5.0, key)) as copy:
        if connection.digest(copy) != connection.digest(db):
            raise DeskError("The copy of the desk is not the same as the desk. Nothing was changed; try again.")
        pragma(copy, "journal_mode = DELETE")  # all of it in the one file


def _copy(db: "Database", target: Path, key: bytes | None) -> None:
    with in_sentences():
        as_key = key_in_sql(key) if key is not None else ""
        db.execute("ATTACH ? AS other KEY ?", [str(target.absolute()), as_key])
        try:
            for name in ("journal_mode", "synchronous"):  # nothing of it counts before it is whole, and synced then
                db.execute(f"PRAGMA other.{name} = OFF").fetchall()
            _fill(db)
            for name in ("application_id", "user_version"):
                db.execute(f"PRAGMA other.{name} = {int(pragma(db, name))}")
        except BaseException:
            with suppress(driver.DatabaseError):  # which calls a copy that ran out of room damaged
                db.execute("DETACH other")
            raise
        db.execute("DETACH other")
