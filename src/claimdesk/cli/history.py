"""What was done on the desk, and whether the record of it is whole."""

from dataclasses import asdict, replace
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from claimdesk.cli.opening import opened_desk
from claimdesk.cli.options import AsJson, DeskOption, WithNames
from claimdesk.cli.telling import harmless, mask_of, write_json
from claimdesk.core.errors import DeskError

if TYPE_CHECKING:
    from claimdesk.core.past import Kind


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
    from claimdesk.core.past import Head

    try:
        head = Head.read(noted) if noted else None
    except ValueError as error:
        raise typer.BadParameter("a head is a number of rows, a colon and a hash of 64 characters") from error
    with opened_desk(desk, make=False) as opened:
        entries = opened.history(opened.article(article).id if article is not None else None)
        elsewhere = opened.past_elsewhere(article) if article is not None else []
        broken = opened.verify_history(head)
        mask = mask_of(opened, names=names)
    entries = [replace(entry, sentence=mask.words(entry.sentence)) for entry in entries]
    elsewhere = [replace(deed, sentence=mask.words(deed.sentence), who=mask.words(deed.who)) for deed in elsewhere]
    if as_json:
        there = [{"id": None, "article_id": article, "elsewhere": True} | asdict(deed) for deed in reversed(elsewhere)]
        write_json([*(asdict(entry) for entry in reversed(entries)), *there])
    for entry in reversed(entries) if not as_json else []:
        what = harmless(_what(entry.kind) + entry.sentence)
        print(f"{entry.id:>6}  {_local(entry.at)}  {harmless(entry.who)}  {what}")
    if elsewhere and not as_json:
        print("On other desks:")
        for deed in reversed(elsewhere):
            print(f"        {_local(deed.at)}  {harmless(deed.who)}  {harmless(_what(deed.kind) + deed.sentence)}")
    if broken is not None:
        raise DeskError(
            f"Row {broken} of the desk's history is not what ClaimDesk wrote there, or rows at its end are missing. "
            "Keep a copy of the desk as it is, and compare it with a backup."
        )


def _local(at: str) -> str:
    """A time of a history on this computer's clock."""
    return f"{datetime.fromisoformat(at).astimezone():%Y-%m-%d %H:%M:%S}"


def _what(kind: "Kind") -> str:
    return f"{kind.capitalize()}: " if kind.value in {"undo", "redo"} else ""
