"""Suggested claims without a desk: of files, or of an archive line by line."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer

from claimdesk.cli.options import AsJson, Encoding
from claimdesk.cli.telling import complain, each, progress, warn, write_json
from claimdesk.core.claim import Article
from claimdesk.core.errors import ArticleError, reason

if TYPE_CHECKING:
    from claimdesk.core.suggest import Support

_LIMITS = {
    "none": "Claims cannot be suggested in this language yet.",
    "weak": "This language is read by quotation marks and a list of cues only: check each claim closely.",
}


def suggest(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE…",
            readable=False,
            help="Articles of any kind that is read, or - for standard input with --jsonl.",
        ),
    ],
    as_json: AsJson = False,
    as_jsonl: Annotated[
        bool, typer.Option("--jsonl", help='Files are lines of {"id", "text"}; write an object a line.')
    ] = False,
    encoding: Encoding = None,
) -> None:
    """Suggest the claims of articles, with source, cue and level, without a desk.

    Example: claimdesk suggest --json article.txt > claims.json
    """
    from claimdesk.core import suggest as suggesting
    from claimdesk.core.articles import from_path

    if as_jsonl:
        raise typer.Exit(each(files, _suggest_lines))
    found: list[dict[str, Any]] = []

    def one(path: Path) -> bool:
        draft = from_path(path, encoding=encoding)
        for warning in draft.warnings:
            warn(warning)
        article = draft.article
        suggestions = suggesting.suggest(article)
        data = suggesting.to_json(article, path.stem, suggestions)
        if as_json:
            found.append(data)
        else:
            _show_suggestions(article, data, suggestions.support)
        return True

    failed = each(progress(files) if as_json else files, one)
    if as_json and found:
        write_json(found[0] if len(files) == 1 else found)
    raise typer.Exit(failed)


def _show_suggestions(article: Article, data: dict[str, Any], how: "Support") -> None:
    print(article.title)
    if how != "full":
        print(f"  {_LIMITS[how]}")
    for claim in data["claims"]:
        words = " … ".join(" ".join(article.text[start:end].split()) for start, end in claim["content"])
        print(f"  {claim['id']}  {claim['level']:<12}  {claim['source_entity'] or '–'}: {words}")
        print(f"       why: {claim['reason']}")


def _suggest_lines(path: Path) -> bool:
    """Answer each line of {"id", "text"} with a line, at once; False if a line was none."""
    from claimdesk.core import suggest as suggesting

    name = "standard input" if str(path) == "-" else path.name
    good = True
    with _lines(path) as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                identifier, article = _asked(line)
            except ArticleError as error:
                complain(ArticleError(f"Line {number} of {name} was left out: {error}"))
                good = False
                continue
            data = suggesting.to_json(article, identifier, suggesting.suggest(article))
            print(json.dumps(data, ensure_ascii=False), flush=True)
    return good


def _asked(line: bytes) -> tuple[str, Article]:
    """The identifier and the article of a line of {"id", "text"}; raises ArticleError where it is none."""
    from claimdesk.core.articles import from_text

    try:
        asked = json.loads(line)
        identifier, text = str(asked["id"]), asked["text"]
    except (ValueError, KeyError, TypeError, RecursionError):
        identifier, text = "", None
    if not isinstance(text, str):
        raise ArticleError('it is no object of the form {"id": …, "text": …} in UTF-8.')
    return identifier, from_text(text)


@contextmanager
def _lines(path: Path) -> Iterator[IO[bytes]]:
    if str(path) == "-":
        yield sys.stdin.buffer
        return
    try:
        lines = path.open("rb")
    except OSError as error:
        raise ArticleError(f"{path.name} cannot be read: {reason(error)}.") from error
    with lines:
        yield lines
