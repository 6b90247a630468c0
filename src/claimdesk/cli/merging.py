"""Somebody else's review of an article beside one's own, and both brought together."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from claimdesk.cli.opening import opened_desk
from claimdesk.cli.options import AsJson, DeskOption, SignedBy
from claimdesk.cli.telling import harmless, warn, write_json
from claimdesk.core.errors import DeskError

if TYPE_CHECKING:
    from claimdesk.core.merging import Comparison


def merge(
    bundle: Annotated[
        Path, typer.Argument(metavar="BUNDLE", readable=False, help="A .claimdesk bundle, or a .json case.")
    ],
    theirs: Annotated[
        bool, typer.Option("--theirs", help="Where the two disagree, take what the bundle says.")
    ] = False,
    mine: Annotated[bool, typer.Option("--mine", help="Where the two disagree, keep what the desk says.")] = False,
    signed_by: SignedBy = "",
    desk: DeskOption = None,
    as_json: AsJson = False,
) -> None:
    """Compare a colleague's review with your own and bring both together, as one edit that can be undone.

    What only they have is added, what agrees stays. Where the two disagree, both are shown, and nothing is written without
    --theirs or --mine; the window lets you choose one by one.
    """
    from claimdesk.core import bundle as bundles
    from claimdesk.core import merging
    from claimdesk.core.confidential import Mask

    if theirs and mine:
        raise typer.BadParameter("--theirs and --mine exclude each other")
    other = bundles.load(bundle, key=signed_by)
    with opened_desk(desk, make=False) as opened:
        article = opened.find_article(other.case.article.sha256)
        if article is None:
            raise DeskError("This article is not on the desk. `claimdesk import` puts it there with their review.")
        found = merging.compare(article, opened.claims(article.id), other.case, Mask(opened.mask_sources()))
        waits = bool(found.disagreements) and not (theirs or mine)
        chosen = [one.choice for one in found.disagreements] if theirs else []
        edit = None if waits else opened.merge(merging.merged(found, chosen), other, article.id)
    if as_json:
        write_json(_told(found) | {"merged": not waits, "changed": len(edit.changes) if edit else 0})
    else:
        _show(found)
    if waits:
        count = len(found.disagreements)
        warn(
            f"Nothing was written: the two disagree in {_places(count)}. Choose --theirs or --mine, or merge in the window."
        )
        raise typer.Exit(1)
    if not as_json:
        print(edit.sentence if edit else "Nothing to merge: the desk has all of it.")


def _show(found: "Comparison") -> None:
    print(f"{found.agreeing} claims agree, {len(found.added)} only theirs, {found.only_mine} only mine")
    print(f"Kappa: {_kappa(found.kappa_level)} over levels, {_kappa(found.kappa_review)} over reviews")
    for one in found.disagreements:
        print(f"\n{one.number or '–'}  {harmless(one.claim)}")
        for whose, words in (("mine", one.mine), ("theirs", one.theirs)):
            print(f"   {one.label}, {whose}: {harmless(words)}")


def _told(found: "Comparison") -> dict[str, Any]:
    return {
        "article": found.article.id, "matched": len(found.pairs), "agreeing": found.agreeing, "added": len(found.added),
        "only_mine": found.only_mine, "kappa_level": found.kappa_level, "kappa_review": found.kappa_review,
        "disagreements": [
            {"claim": one.claim_id, "number": one.number, "field": one.field, "mine": one.mine, "theirs": one.theirs}
            for one in found.disagreements
        ],
    }  # fmt: skip


def _kappa(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _places(count: int) -> str:
    return "1 place" if count == 1 else f"{count} places"
