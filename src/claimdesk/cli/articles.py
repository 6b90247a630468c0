"""Articles onto the desk, and the list of those that are there."""

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from claimdesk.cli.opening import opened_desk
from claimdesk.cli.options import AsJson, DeskOption, Encoding, SignedBy, WithNames
from claimdesk.cli.telling import each, harmless, mask_of, progress, warn, write_json
from claimdesk.core import settings
from claimdesk.core.claim import Review
from claimdesk.core.errors import ArticleError, ClaimDeskError

if TYPE_CHECKING:
    from claimdesk.cli.incoming import Incoming
    from claimdesk.core.articles import Draft
    from claimdesk.core.case import Bundle
    from claimdesk.core.desk import Desk


def import_(
    named: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILE|FOLDER|ADDRESS…",
            help="Articles: files of any kind that is read, folders and zip archives of them, https:// addresses, or - for standard input.",
        ),
    ] = None,
    desk: DeskOption = None,
    encoding: Encoding = None,
    version_of: Annotated[
        int | None,
        typer.Option(
            "--version-of", metavar="ARTICLE", help="The number of the article of which this is a new version."
        ),
    ] = None,
    attachments: Annotated[
        bool, typer.Option("--attachments", help="Take in the files that come inside e-mails too.")
    ] = False,
    sample: Annotated[bool, typer.Option("--sample", help="Take in the sample article too.")] = False,
    signed_by: SignedBy = "",
    as_json: AsJson = False,
) -> None:
    """Put articles on the desk, with their suggested claims. An address is fetched: its site sees this computer's own.

    A .claimdesk bundle or .json case from another desk comes with its claims, their review and their sources.
    """
    from claimdesk.cli.incoming import STDIN, incoming
    from claimdesk.core.case import Bundle
    from claimdesk.core.resources import SAMPLE_ARTICLE

    wanted = [*(named or []), *([str(SAMPLE_ARTICLE)] if sample else [])]
    if not wanted:
        raise typer.BadParameter("name a file to import, an address, or --sample")
    if version_of is not None and len(wanted) > 1:
        raise typer.BadParameter("one article can be the new version of another, and several are named")
    if STDIN in wanted and sys.stdin.isatty():
        warn("Type or paste the article, then press Ctrl+D.")
    taken: list[dict[str, Any]] = []

    with opened_desk(desk, make=True) as opened:

        def one(thing: "Incoming") -> bool:
            try:
                found = thing.read()
                if isinstance(found, Bundle):
                    told = [_take_in_case(opened, found)]
                else:
                    drafts = _with_attachments(found, wanted=attachments)
                    told = [_take_in(opened, draft, version_of) for draft in drafts]
            except ClaimDeskError as error:
                taken.append({"name": thing.name, "error": str(error)})
                raise
            taken.extend({"name": thing.name, **about} for about in told)
            for about in told if not as_json else ():
                print(_line(about))
            return True

        things = list(incoming(wanted, settings.load(settings.home()), encoding, signed_by))
        failed = each(progress(things), one)
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


def _with_attachments(draft: "Draft", *, wanted: bool) -> "Iterator[Draft]":
    """The draft, and those of what is attached to it where that is wanted; what is no article among that is told and left out."""
    from claimdesk.core.articles import from_bytes

    yield draft
    for attachment in draft.attachments if wanted else ():
        try:
            yield from_bytes(attachment.raw, attachment.name)
        except ArticleError as error:
            warn(str(error))


def _take_in(desk: "Desk", draft: "Draft", version_of: int | None) -> dict[str, Any]:
    """Put an article and its suggestions on the desk, unless it is there; what there is to tell of it."""
    from claimdesk.core import edits
    from claimdesk.core.suggest import suggest as look_for_claims
    from claimdesk.core.text import sha256
    from claimdesk.core.versions import carry_over

    known = desk.find_article(sha256(draft.article.text))
    kin = [] if known or version_of is not None else desk.kin(draft.article.text)
    old = desk.article(version_of) if version_of is not None and known is None else None
    article = draft.revising(old.id if old else None).article
    added = known or desk.add_article(
        article, original=draft.original, media_type=draft.media_type, headers=draft.headers
    )
    lost = 0
    if old is not None:
        carried = carry_over(old, desk.claims(old.id), added)
        lost = len(carried.lost)
        if carried.edit is not None:
            desk.commit(carried.edit)
    if not desk.has_run(
        added.id, edits.Verb.SUGGEST, edits.Verb.TAKE_IN
    ):  # one may be known whose import was cut off before this
        found = look_for_claims(added).claims
        edit = edits.take_suggestions(desk.claims(added.id), added, found)
        if edit is not None:
            desk.commit(edit)
    claims = desk.claims(added.id)
    return {
        "id": added.id, "title": added.title, "outlet": added.outlet, "byline": added.byline, "published": added.published,
        "url": added.url, "language": added.language, "sha256": added.sha256, "claims": len(claims),
        "already_there": known is not None, "revises": added.revises, "claims_lost": lost, "kind": draft.kind or "text",
        "encoding": draft.encoding, "pages": len(added.pages), "warnings": list(draft.warnings),
        "attachments": [attachment.name for attachment in draft.attachments],
        "close_to": [{"id": one.article_id, "title": one.title, "likeness": round(one.likeness, 3)} for one in kin],
    }  # fmt: skip


def _take_in_case(desk: "Desk", bundle: "Bundle") -> dict[str, Any]:
    """Put the article of a case on the desk; what there is to tell of it."""
    added = desk.take_in(bundle)
    kept = {digest for claim in desk.claims(added.id) for one in claim.evidence if (digest := one.sha256)}
    lost = {one.sha256 for claim in bundle.case.claims for one in claim.evidence if one.sha256} - kept
    warnings = []
    if bundle.case.redacted:
        warnings.append("Confidential sources stand in it by their pseudonyms: whoever made it kept the names.")
    if bundle.signed_by:
        warnings.append(f"Signed by {bundle.signed_by}; ask whoever sent it on another way if that is their key.")
    if lost:
        warnings.append(f"{len(lost)} of the files that are evidence did not come with it.")
    return {
        "id": added.id, "title": added.title, "outlet": added.outlet, "byline": added.byline, "published": added.published,
        "url": added.url, "language": added.language, "sha256": added.sha256, "claims": len(bundle.case.claims),
        "already_there": False, "revises": added.revises, "claims_lost": 0, "kind": "case", "encoding": "",
        "pages": len(added.pages), "warnings": warnings, "attachments": [], "close_to": [], "signed_by": bundle.signed_by,
    }  # fmt: skip


def _line(about: dict[str, Any]) -> str:
    """What a person is told of an article that was taken in; what they may want to know besides goes to standard error."""
    for warning in about["warnings"]:
        warn(warning)
    if about["attachments"]:
        warn(f"Attached: {', '.join(about['attachments'])}. With --attachments they are taken in too.")
    for near in about["close_to"][:1]:
        warn(
            f"It is close to article {near['id']} ({near['likeness']:.0%} the same). If it is a new version of that, import "
            f"it with --version-of {near['id']} next time: then the reviewed claims come along."
        )
    if about["claims_lost"]:
        warn(f"{_claims(about['claims_lost'])} of the version before stand in other words now and were left there.")
    what = "is on the desk already" if about["already_there"] else f"{_claims(about['claims'], 'suggested ')}"
    if about["kind"] == "case":
        what = f"{_claims(about['claims'])} with their review"
    return f"{about['id']}  {harmless(about['title'])}: {what}"


def _claims(count: int, kind: str = "") -> str:
    return f"1 {kind}claim" if count == 1 else f"{count} {kind}claims"
