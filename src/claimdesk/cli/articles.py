"""Articles onto the desk, and the list of those that are there."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from claimdesk.cli.opening import opened_desk
from claimdesk.cli.options import AsJson, DeskOption, Encoding, WithNames
from claimdesk.cli.telling import each, mask_of, progress, write_json
from claimdesk.core.claim import Article, Review

if TYPE_CHECKING:
    from claimdesk.core.desk import Desk


def import_(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE…", readable=False, help="Articles (.txt, .md).")
    ] = None,
    desk: DeskOption = None,
    encoding: Encoding = None,
    sample: Annotated[bool, typer.Option("--sample", help="Take in the sample article too.")] = False,
    as_json: AsJson = False,
) -> None:
    """Put articles on the desk, with their suggested claims."""
    from claimdesk.core.articles import from_file
    from claimdesk.core.resources import SAMPLE_ARTICLE

    paths = [*(files or []), *([SAMPLE_ARTICLE] if sample else [])]
    if not paths:
        raise typer.BadParameter("name a file to import, or --sample")
    taken: list[dict[str, Any]] = []

    with opened_desk(desk, make=True) as opened:

        def one(path: Path) -> bool:
            article, claims, known = _take_in(opened, *from_file(path, encoding=encoding))
            taken.append({"id": article.id, "title": article.title, "claims": claims, "already_there": known})
            if not as_json:
                what = "is on the desk already" if known else f"{claims} suggested claims"
                print(f"{article.id}  {article.title}: {what}")
            return True

        failed = each(progress(paths), one)
    if as_json:
        write_json(taken)
    raise typer.Exit(failed)


def list_(desk: DeskOption = None, as_json: AsJson = False, names: WithNames = False) -> None:
    """List the articles of the desk, newest first."""
    with opened_desk(desk, make=False) as opened:
        summaries = opened.articles()
        mask = mask_of(opened, names=names)
    rows = []
    for summary in summaries:
        reviews = {review.value: 0 for review in Review}
        for (_, review), count in summary.counts.items():
            reviews[review.value] += count
        rows.append({"id": summary.id, "title": mask.words(summary.title), "outlet": mask.words(summary.outlet), "published": summary.published,
                     "language": summary.language, "imported_at": summary.imported_at, **reviews})  # fmt: skip
    if as_json:
        write_json(rows)
    elif not rows:
        print("No articles on this desk yet. Put one there with: claimdesk import FILE")
    for row in rows if not as_json else []:
        print(f"{row['id']:>4}  {row['title']}  ({row['accepted']} accepted, {row['suggested']} to review)")


def _take_in(desk: "Desk", article: Article, original: bytes) -> tuple[Article, int, bool]:
    """Put an article and its suggestions on the desk; the article, how many claims it has, whether it was there."""
    from claimdesk.core import edits
    from claimdesk.core.suggest import suggest as look_for_claims
    from claimdesk.core.text import sha256

    known = desk.find_article(sha256(article.text))
    added = known or desk.add_article(article, original=original)
    if not desk.has_run(added.id, edits.Verb.SUGGEST):  # one may be known whose import was cut off before this
        found = look_for_claims(added).claims
        edit = edits.take_suggestions(desk.claims(added.id), added, found)
        if edit is not None:
            desk.commit(edit)
    return added, len(desk.claims(added.id)), known is not None
