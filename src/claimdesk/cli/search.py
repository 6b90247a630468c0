"""Words found in all that the desk holds."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from claimdesk.cli.opening import opened_desk
from claimdesk.cli.options import AsJson, DeskOption, WithNames
from claimdesk.cli.telling import harmless, mask_of, write_json
from claimdesk.core.claim import Review
from claimdesk.core.evidence import Verdict
from claimdesk.core.hits import Hit, HitKind, SearchFilter
from claimdesk.core.levels import BY_SLUG

if TYPE_CHECKING:
    from claimdesk.core.confidential import Mask
    from claimdesk.core.desk import Desk

_DAY = "%Y-%m-%d"


def _known_level(level: str) -> str:
    if level and level not in BY_SLUG:
        raise typer.BadParameter(f"there is no level {level}; the levels are {', '.join(BY_SLUG)}")
    return level


def search(
    query: Annotated[
        list[str],
        typer.Argument(metavar="QUERY…", help="Words that must all occur; '\"words in quotes\"' side by side."),
    ],
    level: Annotated[
        str, typer.Option(metavar="LEVEL", callback=_known_level, help="Claims of this level, such as denial.")
    ] = "",
    review: Annotated[Review | None, typer.Option(help="Claims in this state of review.")] = None,
    verdict: Annotated[Verdict | None, typer.Option(help="Claims with this verdict.")] = None,
    source: Annotated[
        str,
        typer.Option(metavar="NAME", help="Claims of a source by name, alias, role or affiliation, or a part of it."),
    ] = "",
    outlet: Annotated[
        str, typer.Option(metavar="NAME", help="Articles of an outlet of this name, or a part of it.")
    ] = "",
    language: Annotated[str, typer.Option(metavar="TAG", help="Articles in this language, such as en.")] = "",
    since: Annotated[
        datetime | None,
        typer.Option(formats=[_DAY], metavar="DAY", help="Published on this day (2031-05-02) or later."),
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(formats=[_DAY], metavar="DAY", help="Published on this day or earlier.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="So many hits of each kind at most.")] = 20,
    desk: DeskOption = None,
    as_json: AsJson = False,
    names: WithNames = False,
) -> None:
    """Find words in the articles, claims, notes and sources of the desk, newest first.

    The last word, and each Korean one, may go on. Dismissed claims are found with --review dismissed only.
    """
    chosen = SearchFilter(
        level,
        review,
        source,
        outlet,
        language,
        since.date() if since else None,
        until.date() if until else None,
        verdict,
    )
    asked = " ".join(query)
    with opened_desk(desk, make=False) as opened:
        found = {kind: _hits(opened, asked, chosen, kind, limit) for kind in HitKind}
        mask = mask_of(opened, names=names)
    found = {kind: ([_masked(hit, mask) for hit in some], more) for kind, (some, more) in found.items()}
    hits = [hit for some, _ in found.values() for hit in some]
    if as_json:
        write_json([_hit_as_json(hit) for hit in hits])
    elif not hits:
        print(f"Nothing found for “{harmless(asked)}”.")
    else:
        for kind, (some, more) in found.items():
            _show_hits(kind, some, more=more)


def _hits(desk: "Desk", query: str, chosen: SearchFilter, kind: HitKind, limit: int) -> tuple[list[Hit], bool]:
    """The newest hits of a kind, and whether there are more than `limit`."""
    hits: list[Hit] = []
    before: int | None = None
    while True:
        (page,) = desk.search(query, chosen, kinds=[kind], limit=limit - len(hits), before=before)
        hits += page.hits
        before = page.further
        if before is None or len(hits) == limit:
            return hits, before is not None


def _masked(hit: Hit, mask: "Mask") -> Hit:
    """The hit without the names of confidential sources; where one stood in the snippet, nothing is marked in it."""
    snippet = mask.words(hit.snippet)
    marks = hit.marks if snippet == hit.snippet else ()
    return replace(hit, snippet=snippet, marks=marks, title=mask.words(hit.title), outlet=mask.words(hit.outlet))


def _hit_as_json(hit: Hit) -> dict[str, Any]:
    return {"kind": hit.kind, "article": hit.article_id, "claim": hit.claim_id, "title": hit.title, "snippet": hit.snippet,
            "marks": [[span.start, span.end] for span in hit.marks], "level": hit.level, "review": hit.review,
            "outlet": hit.outlet, "published": hit.published}  # fmt: skip


def _show_hits(kind: HitKind, hits: list[Hit], *, more: bool) -> None:
    """Hits under a heading; the words that were found stand out on a terminal, and Typer leaves that out elsewhere."""
    if not hits:
        return
    typer.echo(typer.style(f"{kind.value.capitalize()}s", bold=True))
    for hit in hits:
        line, at = "", 0
        for span in hit.marks:
            line += harmless(hit.snippet[at : span.start])
            line += typer.style(harmless(span.of(hit.snippet)), bold=True, underline=True)
            at = span.end
        typer.echo(f"{hit.article_id:>6}  {line}{harmless(hit.snippet[at:])}")
        level = f"{BY_SLUG[hit.level].label}, {hit.review}" if hit.level else ""
        about = (level, hit.title, hit.outlet, hit.published)
        typer.echo(f"        {harmless(' · '.join(part for part in about if part))}")
    if more:
        typer.echo("        There are more: name a greater --limit, or one more word.")
