"""The annotated report of an article, out of the desk or fresh from a file."""

import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimdesk import __version__
from claimdesk.cli.opening import opened_desk
from claimdesk.cli.options import DeskOption, Encoding, WithNames
from claimdesk.core import settings
from claimdesk.core.claim import Article, Claim, Original
from claimdesk.core.errors import ArticleError, ReportError

if TYPE_CHECKING:
    from claimdesk.core.sources import Source


def report(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="A file, or the number of an article on the desk.")],
    to: Annotated[
        Path,
        typer.Option("--to", metavar="FILE", readable=False, help="Where the report goes; its ending is the format."),
    ],
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
) -> None:
    """Write the annotated report of an article (.html, .csv, .pdf): accepted claims only, pseudonyms for confidential sources."""
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
        one.article, one.claims, suggestions=suggestions or not one.article.id, made_at=datetime.now(UTC),
        version=__version__, suggester=one.suggester, head=one.head, checker=one.checker, register=one.register,
        names=names, original=one.original, sentences=body_sentences(one.article),
    )  # fmt: skip
    home = settings.home()
    reports.write(made, to, templates=settings.load(home).report_templates(home))
    if warned:
        print(warned, file=sys.stderr)
    print(f"Report written: {to}")


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
    where = desk or settings.desk_path()
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
