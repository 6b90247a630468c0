"""How the desk is protected: encrypted or plain, and by which keys."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from claimdesk.cli.opening import asked_words, existing, key_of, not_empty, show_recovery, typed, unlocked
from claimdesk.cli.options import DeskOption
from claimdesk.core import settings
from claimdesk.core.desk.keys import Slot
from claimdesk.core.errors import DeskError


def encrypt(
    by: Annotated[Slot, typer.Option("--by", help="What unlocks it besides its recovery key.")] = Slot.KEYRING,
    desk: DeskOption = None,
) -> None:
    """Encrypt a plain desk; its recovery key is shown once, on standard error."""
    from claimdesk.core.desk import Entrance

    entrance = Entrance(existing(desk), "")
    if entrance.is_encrypted:
        raise DeskError("The desk is encrypted already.")
    key, recovery = entrance.plan(by, asked_words("New passphrase") if by is Slot.PASSPHRASE else "")
    try:
        entrance.encrypt(key)
    except DeskError:
        entrance.give_up()
        raise
    show_recovery(recovery)
    print(
        "The desk is encrypted. Copies and backups that were made of it before are not: delete them if they may not be read."
    )


def decrypt(desk: DeskOption = None) -> None:
    """Make an encrypted desk plain again."""
    from claimdesk.core.desk import protection

    path = existing(desk)
    key = key_of(path)
    if key is None:
        raise DeskError("The desk is not encrypted.")
    protection.decrypt(path, key)
    print("The desk is not encrypted any more: whoever can read its file can read what it holds.")


def export_plain(
    target: Annotated[Path, typer.Argument(metavar="FILE", readable=False, help="Where the copy goes.")],
    desk: DeskOption = None,
) -> None:
    """Write a plain copy of the desk, for sqlite-utils, Datasette and other programs."""
    from claimdesk.core.desk import protection

    path = existing(desk)
    protection.export_plain(path, key_of(path), target)
    print(f"Plain copy written: {target}. Whoever can read that file can read what it holds.")


def recovery_key(desk: DeskOption = None) -> None:
    """Make a new recovery key, shown once on standard error; the old one opens the desk no more."""
    entrance, key = unlocked(desk)
    recovery = entrance.plan_recovery(key)
    entrance.keep_planned()
    show_recovery(recovery)


def passphrase(
    new: Annotated[
        Path | None,
        typer.Option(
            "--new", metavar="FILE", readable=False, help="Its first line is the new one; else it is asked for."
        ),
    ] = None,
    desk: DeskOption = None,
) -> None:
    """Let a passphrase unlock the desk, in place of the one before, if there was one; the recovery key stays."""
    if new is None and not sys.stdin.isatty():
        raise DeskError("Name a file that holds the new passphrase with --new.")
    entrance, key = unlocked(desk)
    entrance.set_passphrase(key, typed("New passphrase") if new is None else not_empty(settings.first_line(new)))
    print(
        "The new passphrase unlocks the desk. Copies of the desk that were made before are still opened by the old one."
    )
