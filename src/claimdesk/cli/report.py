"""The annotated report of an article, out of the desk or fresh from a file."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from claimdesk import __version__
from claimdesk.cli.opening import desk_at, opened_desk
from claimdesk.cli.options import AsJson, DeskOption, Encoding, WithNames
from claimdesk.cli.telling import each, progress, warn, write_json
from claimdesk.core import settings
from claimdesk.core.claim import Article, Claim, Original
from claimdesk.core.errors import ArticleError, ReportError
from claimdesk.core.levels import BY_SLUG

if TYPE_CHECKING:
    from claimdesk.core.reports import Report
    from claimdesk.core.sources import Source


def _known_levels(slugs: list[str]) -> list[str]:
    for slug in slugs:
        if slug not in BY_SLUG:
            raise typer.BadParameter(f"{slug!r} is no level. The levels are: {', '.join(BY_SLUG)}.")
    return slugs


def report(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="A file, or the number of an article on the desk.")],
    to: Annotated[
        list[Path],
        typer.Option(
            "--to",
            metavar="FILE",
            readable=False,
            help="Where the report goes; its ending is the format. May be repeated.",
        ),
    ],
    level: Annotated[
        list[str] | None,
        typer.Option(
            "--level",
            metavar="LEVEL",
            callback=lambda slugs: _known_levels(slugs or []),
            help=f"Only claims of this level, which the report says. May be repeated: {', '.join(BY_SLUG)}.",
        ),
    ] = None,
    suggestions: Annotated[
        bool, typer.Option("--suggestions", help="Show what is not reviewed too, marked as such.")
    ] = False,
    names: WithNames = False,
    published: Annotated[
        bool,
        typer.Option(
            "--published",
            help="Write it although the article's own words name a confidential source; pseudonyms elsewhere.",
        ),
    ] = False,
    desk: DeskOption = None,
    encoding: Encoding = None,
    as_json: AsJson = False,
) -> None:
    """Write the annotated report of an article: accepted claims only, pseudonyms for confidential sources.

    Example: claimdesk report 1 --to report.html --to claims.csv
    """
    from claimdesk.core import reports
    from claimdesk.core.confidential import namings, warning
    from claimdesk.core.suggest import body_sentences

    one = _reviewed(article, desk, encoding)
    warned = "" if names else warning(len(namings(one.article, one.register)))
    if warned and not published:
        raise ReportError(
            f"{warned} Nothing was written: --published writes it all the same, with pseudonyms elsewhere; --names with names."
        )
    made = reports.build(
        one.article, one.claims, suggestions=suggestions or not one.article.id, levels=level or BY_SLUG,
        made_at=datetime.now(UTC), version=__version__, suggester=one.suggester, head=one.head, checker=one.checker, register=one.register,
        names=names, original=one.original, sentences=body_sentences(one.article),
    )  # fmt: skip
    home = settings.home()
    templates = settings.load(home).report_templates(home)
    if warned:
        warn(warned)
    written: list[dict[str, Any]] = []

    def write(path: Path) -> bool:
        reports.write(made, path, templates=templates)
        written.append(_told(path, made))
        if not as_json:
            print(f"Report written: {path}")
        return True

    failed = each(progress(to, "Writing", least=1), write)
    if as_json:
        write_json(written)
    raise typer.Exit(failed)


def _told(path: Path, made: "Report") -> dict[str, Any]:
    """What other programs are told of a report that was written, and is read again for that."""
    data = path.read_bytes()
    return {
        "path": str(path), "format": path.suffix.lower().lstrip("."), "claims": made.summary.accepted,
        "suggestions": len(made.rows) - made.summary.accepted, "bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Reviewed:
    """What a report is made of: from the desk, or fresh from a file, which has neither history nor checker."""

    article: Article
    claims: list[Claim]
    register: "list[Source]"
    suggester: str = ""
    head: str = ""
    checker: str = ""
    original: Original | None = None


def _reviewed(article: str, desk: Path | None, encoding: str | None) -> _Reviewed:
    """An article with its claims; with it goes what a mask of the desk's confidential sources needs, if there is a desk."""
    from claimdesk.core import edits
    from claimdesk.core.articles import from_path
    from claimdesk.core.suggest import suggest as look_for_claims
    from claimdesk.core.text import sha256

    path = Path(article)
    by_number = article.isdecimal() and not path.exists()
    read = None if by_number else from_path(path, encoding=encoding).article
    where = desk_at(desk)
    register: list[Source] = []
    if by_number or where.exists():
        with opened_desk(desk, make=False) as opened:
            register = opened.known_sources()
            found = opened.article(int(article)) if read is None else opened.find_article(sha256(read.text))
            if found is not None:
                return _Reviewed(
                    found, opened.claims(found.id), register, head=opened.head(), checker=opened.who,
                    original=opened.original_info(found.id),
                )  # fmt: skip
    if read is None:
        raise ArticleError(f"There is no article {article}.")
    suggestions = look_for_claims(read)
    edit = edits.take_suggestions([], read, suggestions.claims)
    claims = [change.after for change in edit.changes if change.after is not None] if edit is not None else []
    return _Reviewed(read, claims, register, suggestions.suggester)
