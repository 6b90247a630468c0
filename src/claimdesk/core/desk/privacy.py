"""Whether others who use this computer can read a desk's files, and that they can not: modes of POSIX, which Windows has not.

The folder of a desk stays as it is, since other things may lie there; that of its backups is ClaimDesk's own. Files are changed by their
path and never opened: a program that closes a desk's file gives up all of its locks on it.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from claimdesk.core.desk import keys
from claimdesk.core.desk.backup import FOLDER, SIDES
from claimdesk.core.desk.connection import real

_OTHERS = 0o077


def keep_private(desk: Path) -> str:
    """Let nobody else read the files of the desk at this path, and say in a sentence what was wrong; empty if nothing was.

    Only what belongs to this person can be changed; of the rest, and where a disk knows no modes, the sentence says what to do.
    """
    open_to_others = [path for path in _files(real(desk)) if _is_open(path)] if os.name != "nt" else []
    if not open_to_others:
        return ""
    left = [path for path in open_to_others if not _close(path)]
    if left:
        return (
            f"Others who use this computer can read {left[0].name}, which belongs to this desk, and that cannot be changed here. "
            "Move the desk, with all that lies beside it, to a folder of your own on this computer."
        )
    return "Others who use this computer could read files of this desk. They are yours alone from now on."


def _files(file: Path) -> Iterator[Path]:
    """What belongs to a desk, as far as it is there; links are left out, since they are not the desk's own."""
    backups = file.parent / FOLDER
    of_desk = [file, *(file.with_name(file.name + side) for side in SIDES), keys.beside(file), backups]
    with suppress(OSError):  # there are none, or none that can be looked at, and whoever needs them says so
        of_desk += sorted(
            path for path in backups.iterdir() if path.name.startswith((f"{file.stem}-", f".{file.name}"))
        )
    for path in of_desk:
        try:
            mode = path.lstat().st_mode
        except OSError:
            continue
        if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
            yield path


def _is_open(path: Path) -> bool:
    """Whether others can come to a file through all folders over it, and read it."""
    ways = [folder.stat().st_mode for folder in path.parents]
    for read, pass_through in ((stat.S_IRGRP, stat.S_IXGRP), (stat.S_IROTH, stat.S_IXOTH)):
        if path.lstat().st_mode & read and all(mode & pass_through for mode in ways):
            return True
    return False


def _close(path: Path) -> bool:
    """Make a file this person's alone; whether it is then."""
    before = path.lstat()
    try:
        path.chmod(stat.S_IMODE(before.st_mode) & ~_OTHERS)
    except OSError:  # it is another person's, or the disk can only be read
        return False
    return not path.lstat().st_mode & _OTHERS
