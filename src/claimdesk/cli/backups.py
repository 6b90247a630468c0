"""Backups of the desk: made, listed, put in its place."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from claimdesk.cli.opening import desk_at, existing, key_if_any, key_of, refuse_place, tell_of_place
from claimdesk.cli.options import AsJson, DeskOption
from claimdesk.cli.telling import progress, write_json
from claimdesk.core import settings
from claimdesk.core.errors import DeskError, WrongKeyError

if TYPE_CHECKING:
    from claimdesk.core.desk import Backup, Backups


def backup(
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="FOLDER", readable=False, help="Another folder, on a stick for instance."),
    ] = None,
    desk: DeskOption = None,
) -> None:
    """Make a backup of the desk now, and compare it with the desk."""
    from claimdesk.core.desk import Backups

    path = existing(desk)
    made = Backups(path, key_of(path)).make(to=to)
    print(f"Backup {made.number} written and compared with the desk: {made.path}")


def backups(desk: DeskOption = None, as_json: AsJson = False) -> None:
    """List the backups of the desk, the newest first, after reading all of each."""
    from claimdesk.core.desk import Backups

    path = _with_backups(desk)
    of_desk = Backups(path, key_if_any(path))
    rows = [_looked_at(of_desk, one) for one in progress(of_desk.all())]
    if as_json:
        write_json(rows)
        return
    if not rows:
        print("No backups of this desk yet. Make one with: claimdesk desk backup")
        return
    for row in rows:
        at = datetime.fromisoformat(row["at"]).astimezone()
        held = f"{row['articles']} articles, {row['claims']} claims, " if row["verified"] else ""
        print(f"{row['number']:>4}  {at:%Y-%m-%d %H:%M}  {held}{row['bytes']:,} bytes, {row['state']}")
    print(
        f"In {of_desk.folder}. Old backups keep what was deleted from the desk since; a source is taken out of them too by: "
        "claimdesk desk purge-source"
    )


def restore(
    backup: Annotated[str, typer.Argument(metavar="BACKUP", help="Its number, or its file.")],
    desk: DeskOption = None,
) -> None:
    """Put a backup in the place of the desk, which becomes a backup first."""
    from claimdesk.core.desk import Backups, Entrance, keys, restoring

    path, named = _with_backups(desk), Path(backup)
    if Entrance(path, "").is_new and not Backups(path).all():
        refuse_place(path)
    else:
        tell_of_place(path)
    by_number = backup.isdecimal() and not named.exists()
    found = Backups(path).numbered(int(backup)).path if by_number else named
    was_encrypted = keys.beside(path).exists()
    kept = restoring.restore(path, found, _key_of_backup(path, found))
    print(f"The desk is as it was in {found.name}.")
    if kept is not None and kept.replaced:
        print(f"Its files until now could not be read whole, and are kept as they were: {kept.path}")
    elif kept is not None:
        print(f"What it held until now is backup {kept.number}.")
    if was_encrypted and not keys.beside(path).exists():
        print("That backup was made before the desk was encrypted, so the desk is plain now: claimdesk desk encrypt")


def _with_backups(desk: Path | None) -> Path:
    """Where the desk lies, or lay whose backups are there still; raises DeskError as `desk_at` does."""
    from claimdesk.core.desk import Backups

    path = settings.desk_place(desk).path
    return path if Backups(path).all() else desk_at(desk)


def _key_of_backup(path: Path, backup: Path) -> bytes | None:
    """The key of a backup of the desk at `path`: the desk's own ways to unlock it where it is the same key, else the backup's."""
    from claimdesk.core.desk import keys

    try:
        of_desk = keys.load(path)
    except DeskError:  # damaged, which may be why a backup is restored
        of_desk = None
    of_backup = keys.load(backup)
    same = of_desk is not None and (of_backup is None or of_desk.mark == of_backup.mark)
    return key_of(path) if same else key_of(backup)


def _looked_at(of_desk: "Backups", one: "Backup") -> dict[str, Any]:
    """What is told of a backup; `verified` is None where its key is another, and it cannot be read."""
    told: dict[str, Any] = {
        "number": one.number, "at": one.at.isoformat(), "path": str(one.path), "bytes": one.size,
        "articles": None, "claims": None, "verified": False, "state": "kept as it was when a backup replaced it",
    }  # fmt: skip
    if one.replaced:
        return told
    try:
        held = of_desk.contents(one.path)
    except WrongKeyError:
        return told | {"verified": None, "state": "of another key, so not verified"}
    except DeskError:
        return told | {"state": "damaged"}
    return told | {"articles": held.articles, "claims": held.claims, "verified": True, "state": "verified"}
