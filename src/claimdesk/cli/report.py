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
    from claimdesk.core.case import Bundle
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
    originals: Annotated[
        bool | None,
        typer.Option(
            "--originals/--no-originals",
            help="Let the file that the article was read from, and files of evidence, go into a .claimdesk bundle; else they go unless names are hidden, which nothing can hide in files.",
        ),
    ] = None,
    sign: Annotated[
        bool, typer.Option("--sign", help="Sign a .claimdesk bundle with your key; see desk signing-key.")
    ] = False,
    desk: DeskOption = None,
    encoding: Encoding = None,
    as_json: AsJson = False,
) -> None:
    """Write the annotated report of an article: accepted claims only, pseudonyms for confidential sources.

    .json and .claimdesk hold all of it, to be imported on another desk.

    Example: claimdesk report 1 --to report.html --to claims.csv
    """
    from claimdesk.core import reports
    from claimdesk.core.confidential import Mask, namings, warning
    from claimdesk.core.minisign import kept_key
    from claimdesk.core.suggest import body_sentences

    endings = {path.suffix.lower() for path in to}
    if sign and ".claimdesk" not in endings:
        raise typer.BadParameter("only a bundle is signed: name a file that ends in .claimdesk")
    one = _reviewed(article, desk, encoding, whole=any(map(reports.is_bundle, to)))
    warned = "" if names else warning(len(namings(one.article, one.register)))
    if warned and not published:
        raise ReportError(
            f"{warned} Nothing was written: --published writes it all the same, with pseudonyms elsewhere; --names with names."
        )
    now = datetime.now(UTC)
    made = reports.build(
        one.article, one.claims, suggestions=suggestions or not one.article.id, levels=level or BY_SLUG,
        made_at=now, version=__version__, suggester=one.suggester, head=one.head, checker=one.checker, register=one.register,
        names=names, original=one.original, sentences=body_sentences(one.article),
    )  # fmt: skip
    home = settings.home()
    templates = settings.load(home).report_templates(home)
    bundle = one.bundle.masked(Mask(() if names else one.register), originals=originals) if one.bundle else None
    left_out = _left_out(one.bundle, bundle) if one.bundle and bundle and ".claimdesk" in endings else ""
    for told in (warned, left_out):
        if told:
            warn(told)
    written: list[dict[str, Any]] = []

    def write(path: Path) -> bool:
        if bundle is not None and reports.is_bundle(path):
            reports.write_bundle(bundle, path, made_at=now, key=kept_key() if sign else None)
        else:
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


def _left_out(whole: "Bundle", bundle: "Bundle") -> str:
    """The sentence that tells which files did not go into a bundle, empty for none."""
    count = len(whole.files) - len(bundle.files) + (whole.original is not None and bundle.original is None)
    if not count:
        return ""
    files = "1 file" if count == 1 else f"{count} files"
    return f"Left out: {files} (original, evidence), in which names cannot be hidden; --originals puts them in."


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
    bundle: "Bundle | None" = None


def _reviewed(article: str, desk: Path | None, encoding: str | None, *, whole: bool) -> _Reviewed:
    """An article with its claims; with it goes what a mask of the desk's confidential sources needs, if there is a desk.

    With `whole` there is a bundle of all that the desk holds of it, or that was read.
    """
    from claimdesk.core import edits
    from claimdesk.core.articles import from_path
    from claimdesk.core.case import Bundle, Case
    from claimdesk.core.suggest import suggest as look_for_claims
    from claimdesk.core.text import sha256

    path = Path(article)
    by_number = article.isdecimal() and not path.exists()
    draft = None if by_number else from_path(path, encoding=encoding)
    read = draft.article if draft is not None else None
    where = desk_at(desk)
    register: list[Source] = []
    if by_number or where.exists():
        with opened_desk(desk, make=False) as opened:
            register = opened.known_sources()
            found = opened.article(int(article)) if read is None else opened.find_article(sha256(read.text))
            if found is not None:
                return _Reviewed(
                    found, opened.claims(found.id), register, head=opened.head(), checker=opened.who,
                    original=opened.original_info(found.id), bundle=opened.bundle(found.id) if whole else None,
                )  # fmt: skip
    if draft is None or read is None:
        raise ArticleError(f"There is no article {article}.")
    suggestions = look_for_claims(read)
    edit = edits.take_suggestions([], read, suggestions.claims)
    claims = [change.after for change in edit.changes if change.after is not None] if edit is not None else []
    original = Original(
        hashlib.sha256(draft.original).hexdigest(), len(draft.original), draft.media_type, draft.headers
    )
    bundle = Bundle(Case(read, tuple(claims), original=original), draft.original)
    return _Reviewed(read, claims, register, suggestions.suggester, bundle=bundle if whole else None)
