"""How a backup takes the place of a desk, so that a cut at any moment leaves the one or the other.

The backup is copied beside the desk, read whole, and then named `desk.db.restoring`: from that moment it is the desk, and what is
left to do is done by whoever opens the desk next. What it replaces is a backup by then; where it is damaged, so that no sound
copy of it can be made, its files are kept as they are.
"""

import filecmp
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from claimdesk.core import whole_file
from claimdesk.core.desk import connection, keys, schema
from claimdesk.core.desk.backup import PART, REPLACED, RESTORING, SIDES, Backup, Backups
from claimdesk.core.desk.connection import is_plain, real
from claimdesk.core.errors import DeskError, WrongKeyError, reason

_SHARED, _SIZE = 0x40000002, 510
"""The bytes of a database's file that every program locks which has it open (sqlite.org/fileformat2.html, the lock-byte page)."""
_LATER = "It takes the place of the desk when the desk is opened next."
_IN_USE = "The desk is open in another window or program. Close it there, then try again; nothing was changed."


def restore(desk: Path, backup: Path, key: bytes | None, now: datetime | None = None) -> Backup | None:
    """Put a backup, whose key is `key`, in the place of the desk; what the desk held before is the backup that is returned.

    This process itself must not have the desk open. Raises DeskError where another has, where the backup is not sound, and where
    the disk does not take it; the desk is as it was then.
    """
    backups, file = Backups(desk, key), real(desk)
    if backup.resolve() == file:
        raise DeskError("That is the desk itself. Name one of its backups; `claimdesk desk backups` lists them.")
    if not backup.is_file():
        raise DeskError(f"There is no backup {backup}. `claimdesk desk backups` lists those of the desk.")
    settle(file)
    with _in_sentences("Nothing was changed."):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with backups.alone():
        with _in_sentences("Nothing was changed."), _nothing_half(backups), _held(file) as held:
            _make_ready(backups, backup)
            kept = _keep(backups, held, now or datetime.now(UTC)) if held is not None else None
            _commit(file)
        with _in_sentences(_LATER):
            _put_in_place(file)
    return kept


def settle(file: Path) -> None:
    """Bring a restore that was cut off to its end; raises DeskError."""
    if _ready(file).exists():
        with Backups(file).alone(), _in_sentences(_LATER):
            _put_in_place(file)


def _ready(file: Path) -> Path:
    return file.with_name(file.name + RESTORING)


def _make_ready(backups: Backups, backup: Path) -> None:
    """Copy a backup, with the keys that shall open it, beside the desk, and read all of the copy."""
    ready = _ready(backups.file)
    part = ready.with_name(ready.name + PART)
    _copy(backup, part)
    backups.contents(backup)
    if not filecmp.cmp(backup, part, shallow=False):
        raise DeskError("The copy of the backup is not the same as the backup. Nothing was changed; try again.")
    schema.refuse_newer(backup, connection.stamp(part, backups.key_of(backup)))
    keys.beside(ready).unlink(missing_ok=True)
    if not is_plain(backup):
        _copy(_keys_for(backups, backup), keys.beside(ready))


def _keys_for(backups: Backups, backup: Path) -> Path:
    """The desk's own keys where they are of the backup's key, for they know its latest passphrase; else the backup's."""
    with suppress(DeskError):
        held = keys.load(backups.file)
        if held is not None and backups.key is not None and held.fits(backups.key):
            return keys.beside(backups.file)
    return keys.beside(backup)


def _keep(backups: Backups, held: BinaryIO, now: datetime) -> Backup:
    """Make the desk that is replaced a backup; its files as they are where it is not sound."""
    raw = backups.next_path(backups.folder, now, REPLACED)
    for side in ("-wal", "-journal", keys.SUFFIX):
        if _beside(backups.file, side).exists():
            _copy(_beside(backups.file, side), _beside(raw, side))
    held.seek(0)
    _write(held, _beside(raw, PART))  # to open the file once more, and close it, would give up the lock on it
    _beside(raw, PART).replace(raw)
    whole_file.sync_folder(backups.folder)
    try:
        made = _make_sound(backups, raw)
    except DeskError:
        return backups.as_backup(raw)
    log = _beside(raw, "-wal")
    if log.exists() and log.stat().st_size:  # damage in it would have passed for its end
        return made
    for side in ("", *SIDES, keys.SUFFIX):
        _beside(raw, side).unlink(missing_ok=True)
    return made


def _make_sound(backups: Backups, raw: Path) -> Backup:
    """Make a backup of the files of a desk, which stay as they are; raises DeskError where they hold no sound desk of this key."""
    held = keys.load(backups.file)
    if held is not None and (backups.key is None or not held.fits(backups.key)):
        raise WrongKeyError("The desk that is replaced is of another key.")
    of_desk = Backups(backups.desk, None if held is None else backups.key)
    scratch = raw.with_name(raw.name + PART)
    try:
        for side in ("-wal", "-journal", ""):
            if _beside(raw, side).exists():
                _copy(_beside(raw, side), _beside(scratch, side))
        return of_desk.write(scratch, raw.with_name(raw.name.replace(f"{REPLACED}.db", ".db")))
    finally:
        for side in ("", *SIDES):
            _beside(scratch, side).unlink(missing_ok=True)


def _commit(file: Path) -> None:
    ready = _ready(file)
    ready.with_name(ready.name + PART).replace(ready)
    whole_file.sync_folder(file.parent)


def _put_in_place(file: Path) -> None:
    """Make what is ready the desk; nothing that belonged to the other file is left beside it. It may be begun again at any step."""
    ready = _ready(file)
    if not ready.exists():
        return
    for side in SIDES:
        _beside(file, side).unlink(missing_ok=True)
    if is_plain(ready):
        keys.beside(file).unlink(missing_ok=True)
    elif keys.beside(ready).exists():
        keys.beside(ready).replace(keys.beside(file))
    ready.replace(file)
    whole_file.sync_folder(file.parent)


def _beside(file: Path, side: str) -> Path:
    return file.with_name(file.name + side)


def _copy(source: Path, target: Path) -> None:
    """A copy on the disk that its user alone can read."""
    with source.open("rb") as read:
        _write(read, target)


def _write(read: BinaryIO, target: Path) -> None:
    target.unlink(missing_ok=True)
    with os.fdopen(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        shutil.copyfileobj(read, file, 1 << 20)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _nothing_half(backups: Backups) -> Iterator[None]:
    """What was begun is gone again if it fails."""
    try:
        yield
    except BaseException:
        backups.clear()
        raise


@contextmanager
def _held(file: Path) -> Iterator[BinaryIO | None]:
    """The desk's file, locked so that no other program has it open or opens it, None where there is none.

    Raises DeskError where another has it open.
    """
    if not file.exists():
        yield None
        return
    with file.open("rb+") as opened:
        try:
            _lock(opened.fileno())
        except OSError as error:
            raise DeskError(_IN_USE) from error
        yield opened


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        os.lseek(handle, _SHARED, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, _SIZE)
    else:
        import fcntl

        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB, _SIZE, _SHARED)


@contextmanager
def _in_sentences(then: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise DeskError(f"The backup cannot be put in place: {reason(error)}. {then}") from error
