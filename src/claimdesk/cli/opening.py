"""How a command comes to its desk: which one, by which key, and how one is made that is not there yet."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from claimdesk.cli.telling import complain, warn
from claimdesk.core import settings
from claimdesk.core.desk.keys import Slot
from claimdesk.core.errors import DamagedDeskError, DeskError, KeyringError

if TYPE_CHECKING:
    from claimdesk.core.desk import Desk, Entrance


@contextmanager
def opened_desk(path: Path | None, *, make: bool) -> Iterator["Desk"]:
    """The desk; one that is not there is made only where `make` says so."""
    from claimdesk.core.desk import Backups, Entrance

    where = desk_at(path) if make else existing(path)
    entrance = Entrance(where, settings.load(settings.home()).who)
    if not entrance.is_new:
        tell_of_place(entrance.path)
    key = None if entrance.is_new else key_of(entrance.path)
    try:
        desk = _made(entrance) if entrance.is_new else entrance.open(key)
    except DamagedDeskError as error:
        backups = Backups(entrance.path, key)
        raise DeskError(f"{error} {backups.advice()}" if backups.all() else str(error)) from error
    with desk:
        yield desk


def desk_at(path: Path | None) -> Path:
    """Where the desk lies, or shall lie; raises DeskError where the one that was chosen at a first start is there no more."""
    from claimdesk.core.desk import Entrance, whereabouts

    place = settings.desk_place(path)
    if place.chosen and Entrance(place.path, "").is_new:
        raise DeskError(f"{whereabouts.missing(place.path).removesuffix('.')}, or name another with --desk.")
    return place.path


def existing(path: Path | None) -> Path:
    """Where the desk lies; raises DeskError where there is none."""
    where = desk_at(path)
    if not where.exists():
        raise DeskError(f"There is no desk {where}. Check the path; `claimdesk import FILE` makes a new one.")
    tell_of_place(where)
    return where


@cache
def tell_of_place(path: Path) -> None:
    """Warn, once, where the desk at `path` can be read by others, or damaged by its place, or a syncing program made copies of it."""
    from claimdesk.core.desk import privacy, whereabouts

    read = privacy.keep_private(path)
    if read:
        warn(read)
    place = whereabouts.warning(path)
    if place and not settings.load(settings.home()).desk_anywhere:
        warn(place)
    copies = whereabouts.warning_of_copies(path)
    if copies:
        warn(copies)


def refuse_place(path: Path) -> None:
    """Raises DeskError where the place of a new desk could damage it, unless the settings let it lie anywhere."""
    from claimdesk.core.desk import whereabouts

    if not settings.load(settings.home()).desk_anywhere:
        whereabouts.refuse(path)


def unlocked(desk: Path | None) -> tuple["Entrance", bytes]:
    """The entrance to an encrypted desk, and its key."""
    from claimdesk.core.desk import Entrance

    path = existing(desk)
    key = key_of(path)
    if key is None:
        raise DeskError("The desk is not encrypted. `claimdesk desk encrypt` encrypts it.")
    return Entrance(path, ""), key


def key_of(path: Path) -> bytes | None:
    """The key of the desk at `path`, by the keyring or by words that are asked for; None if it is plain."""
    from claimdesk.core.desk import Entrance

    entrance = Entrance(path, "")
    if not entrance.is_encrypted:
        return None
    if entrance.takes_keyring and settings.passphrase() is None:
        try:
            return entrance.key_by_keyring()
        except KeyringError as error:
            if not sys.stdin.isatty():
                raise
            complain(error)
    return entrance.key_by_words(asked_words("Passphrase or recovery key of the desk"))


def key_if_any(path: Path) -> bytes | None:
    """The key of the desk at `path`; where it cannot be had, that is told, and None."""
    try:
        return key_of(path)
    except DeskError as error:
        complain(error)
        return None


def _made(entrance: "Entrance") -> "Desk":
    """A new desk, protected as CLAIMDESK_ENCRYPTION says."""
    refuse_place(entrance.path)
    how = settings.encryption()
    if how is None:
        raise DeskError(
            "There is no desk yet. Set CLAIMDESK_ENCRYPTION to keyring, passphrase or off to say how it is made, "
            "or start ClaimDesk's window once."
        )
    if how == "off":
        return entrance.make()
    by = Slot(how)
    key, recovery = entrance.plan(by, asked_words("New passphrase") if by is Slot.PASSPHRASE else "")
    made = entrance.make(key)
    show_recovery(recovery)
    return made


def asked_words(asking: str) -> str:
    """A passphrase: out of the file that CLAIMDESK_PASSPHRASE_FILE names, else typed unseen."""
    words = settings.passphrase()
    return typed(asking) if words is None else not_empty(words)


def typed(asking: str) -> str:
    """A passphrase that is typed unseen; raises DeskError where nobody can type."""
    if not sys.stdin.isatty():
        raise DeskError("The desk needs its passphrase. Name a file that holds it in CLAIMDESK_PASSPHRASE_FILE.")
    return not_empty(typer.prompt(asking, hide_input=True, err=True, confirmation_prompt=asking.startswith("New")))


def not_empty(words: str) -> str:
    """The words, as a passphrase must be; raises DeskError."""
    if not words:
        raise DeskError("An empty passphrase protects nothing. Choose another.")
    return words


def show_recovery(recovery: str) -> None:
    """Tell the recovery key on standard error, so that it goes into no file that the command's answer is sent to."""
    print(
        f"The recovery key of this desk, which opens it when the keyring or the passphrase does not:\n\n    {recovery}\n\n"
        "Write it down and keep it away from this computer. It is not shown again.",
        file=sys.stderr,
    )
