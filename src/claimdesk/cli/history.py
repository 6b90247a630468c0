"""What was done on the desk, and whether the record of it is whole."""

from dataclasses import asdict, replace
from datetime import datetime
from typing import Annotated

import typer

from claimdesk.cli.opening import opened_desk
from claimdesk.cli.options import AsJson, DeskOption, WithNames
from claimdesk.cli.telling import harmless, mask_of, write_json
from claimdesk.core.errors import DeskError


def history(
    article: Annotated[
        int | None, typer.Argument(metavar="[ARTICLE]", help="The number of an article; else all of the desk.")
    ] = None,
    desk: DeskOption = None,
    as_json: AsJson = False,
    noted: Annotated[
        str, typer.Option("--head", metavar="HEAD", help="Check it against a head that `desk info` printed earlier.")
    ] = "",
    names: WithNames = False,
) -> None:
    """Show what was done, the newest first, and whether anything but ClaimDesk changed the record of it."""
    from claimdesk.core.past import Head, Kind

    try:
        head = Head.read(noted) if noted else None
    except ValueError as error:
        raise typer.BadParameter("a head is a number of rows, a colon and a hash of 64 characters") from error
    with opened_desk(desk, make=False) as opened:
        entries = opened.history(opened.article(article).id if article is not None else None)
        broken = opened.verify_history(head)
        mask = mask_of(opened, names=names)
    entries = [replace(entry, sentence=mask.words(entry.sentence)) for entry in entries]
    if as_json:
        write_json([asdict(entry) for entry in reversed(entries)])
    for entry in reversed(entries) if not as_json else []:
        at = datetime.fromisoformat(entry.at).astimezone()
        what = f"{entry.kind.capitalize()}: " if entry.kind in {Kind.UNDO, Kind.REDO} else ""
        print(f"{entry.id:>6}  {at:%Y-%m-%d %H:%M:%S}  {harmless(entry.who)}  {harmless(what + entry.sentence)}")
    if broken is not None:
        raise DeskError(
            f"Row {broken} of the desk's history is not what ClaimDesk wrote there, or rows at its end are missing. "
            "Keep a copy of the desk as it is, and compare it with a backup."
        )
