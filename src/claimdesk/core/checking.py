"""The verbs of checking as pure functions: on which terms, by what evidence, with which verdict; as `edits` in all else."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields, replace
from typing import Any, TypeVar

from claimdesk.core import edits
from claimdesk.core.claim import Certainty, Claim, Manner
from claimdesk.core.evidence import AnonymityCheck, Evidence, Reply, Terms, Verdict
from claimdesk.core.text import normalise

Noted = TypeVar("Noted", Evidence, Reply)
"""What stands on a claim as one of several."""


def set_terms(claims: Sequence[Claim], ids: Collection[int], terms: Terms | None) -> edits.Edit | None:
    """Say on which terms the sources of claims spoke, None for not known; None if that is said already."""
    return _describe("Terms", claims, ids, terms=terms)


def set_certainty(claims: Sequence[Claim], ids: Collection[int], certainty: Certainty | None) -> edits.Edit | None:
    """Say how certain the wording of claims is; None if that is said already."""
    return _describe("Certainty", claims, ids, by_hand=True, certainty=certainty)


def set_manner(claims: Sequence[Claim], ids: Collection[int], manner: Manner | None) -> edits.Edit | None:
    """Say whether claims stand in the source's own words; None if that is said already."""
    return _describe("Manner", claims, ids, by_hand=True, manner=manner)


def set_via(claims: Sequence[Claim], claim_id: int, via: Iterable[str]) -> edits.Edit | None:
    """Say through whom a claim came, from the article towards the source; None if that is said already."""
    return _describe("Via", claims, [claim_id], by_hand=True, via=tidied(via))


def set_second_sources(claims: Sequence[Claim], claim_id: int, names: Iterable[str]) -> edits.Edit | None:
    """Say who else stands behind a claim; None if that is said already."""
    return _describe("Second sources", claims, [claim_id], second_sources=tidied(names))


def rename_via(claims: Sequence[Claim], claim_id: int, before: str, after: str) -> edits.Edit | None:
    """Name through whom a claim came, in the place of another, as `renamed` does; None if that is said already."""
    return set_via(claims, claim_id, renamed(edits.one_of(claims, claim_id).via, before, after))


def rename_second(claims: Sequence[Claim], claim_id: int, before: str, after: str) -> edits.Edit | None:
    """Name who else stands behind a claim, in the place of another, as `renamed` does; None if that is said already."""
    return set_second_sources(claims, claim_id, renamed(edits.one_of(claims, claim_id).second_sources, before, after))


def rename_tag(claims: Sequence[Claim], claim_id: int, before: str, after: str) -> edits.Edit | None:
    """Give a claim a tag in the place of another, as `renamed` does; None if it has just these."""
    return set_tags(claims, [claim_id], renamed(edits.one_of(claims, claim_id).tags, before, after))


def set_tags(claims: Sequence[Claim], ids: Collection[int], tags: Iterable[str]) -> edits.Edit | None:
    """Give claims these tags in place of those that they had; None if they have just these."""
    return _describe("Tags", claims, ids, tags=tidied(tags))


def restate(claims: Sequence[Claim], claim_id: int, words: str) -> edits.Edit | None:
    """Say a claim as one sentence that can be checked; None if it is said so already."""
    return _describe("Wording", claims, [claim_id], restated=normalise(words).strip())


def set_question(claims: Sequence[Claim], claim_id: int, question: str) -> edits.Edit | None:
    """Say what is still to be asked about a claim; None if that is said already."""
    return _describe("Open question", claims, [claim_id], question=normalise(question).strip())


def set_evidence(claims: Sequence[Claim], claim_id: int, evidence: Iterable[Evidence]) -> edits.Edit | None:
    """Say what bears on a claim, in place of what was there; None if just that was."""
    return _check(claims, claim_id, "Evidence", evidence=tuple(evidence))


def change_evidence(
    claims: Sequence[Claim], claim_id: int, before: Evidence | None, after: Evidence | None
) -> edits.Edit | None:
    """Put `after` in the place of one piece of evidence: at the end if there was none `before`, None to take it away.

    Of a piece that is no longer as it was `before`, only what differs between the two is changed; one that is gone comes
    back, so that nothing that somebody wrote is lost. None if nothing changes.
    """
    now = edits.one_of(claims, claim_id).evidence
    return set_evidence(claims, claim_id, _with(now, _become(now, before), before, after))


def move_evidence(claims: Sequence[Claim], claim_id: int, one: Evidence, places: int) -> edits.Edit | None:
    """Move a piece of evidence down, or up if `places` is negative; None at either end, or where it is gone."""
    now = list(edits.one_of(claims, claim_id).evidence)
    at = now.index(one) if one in now else -1
    if at < 0 or not 0 <= at + places < len(now):
        return None
    now.insert(at + places, now.pop(at))
    return set_evidence(claims, claim_id, now)


def set_verdict(
    claims: Sequence[Claim], claim_id: int, verdict: Verdict | None, rationale: str, *, who: str, day: str
) -> edits.Edit | None:
    """Say what was concluded of a claim and why, by whom and on which day (ISO date); None if just that was concluded.

    Without a verdict the claim is unchecked again, and the rationale stays as a draft.
    """
    claim = edits.one_of(claims, claim_id)
    words = normalise(rationale).strip()
    if (verdict, words) == (claim.verdict, claim.rationale):
        return None
    by, at = (normalise(who), day) if verdict is not None else ("", "")
    return _check(claims, claim_id, "Verdict", verdict=verdict, rationale=words, checked_by=by, checked_at=at)


def give_verdict(
    claims: Sequence[Claim], claim_id: int, verdict: Verdict | None, *, who: str, day: str
) -> edits.Edit | None:
    """As `set_verdict`, with the rationale that is there."""
    return set_verdict(claims, claim_id, verdict, edits.one_of(claims, claim_id).rationale, who=who, day=day)


def give_rationale(claims: Sequence[Claim], claim_id: int, rationale: str, *, who: str, day: str) -> edits.Edit | None:
    """As `set_verdict`, with the verdict that is there."""
    return set_verdict(claims, claim_id, edits.one_of(claims, claim_id).verdict, rationale, who=who, day=day)


def set_replies(claims: Sequence[Claim], claim_id: int, replies: Iterable[Reply]) -> edits.Edit | None:
    """Say who was asked for a reply and what they answered, in place of what was there; None if just that was."""
    return _check(claims, claim_id, "Right of reply", replies=tuple(replies))


def change_reply(
    claims: Sequence[Claim], claim_id: int, before: Reply | None, after: Reply | None
) -> edits.Edit | None:
    """Put `after` in the place of one entry of the right-of-reply log, as `change_evidence` does."""
    now = edits.one_of(claims, claim_id).replies
    return set_replies(claims, claim_id, _with(now, _become(now, before), before, after))


def set_anonymity(claims: Sequence[Claim], claim_id: int, ticked: Iterable[AnonymityCheck]) -> edits.Edit | None:
    """Say which questions about an unnamed source are answered; None if just these were."""
    wanted = frozenset(ticked)
    return _check(claims, claim_id, "Anonymity", anonymity=tuple(one for one in AnonymityCheck if one in wanted))


def tidied(names: Iterable[str]) -> tuple[str, ...]:
    """The names without white space around them, each once, the empty ones left out."""
    return tuple(dict.fromkeys(name for name in (" ".join(normalise(name).split()) for name in names) if name))


def renamed(names: Sequence[str], before: str, after: str) -> tuple[str, ...]:
    """The names, tidied, with `after` in the place of `before`: at the end where `before` is not among them, none if empty."""
    at = names.index(before) if before in names else len(names)
    return tidied((*names[:at], after, *names[at + 1 :]))


def _describe(
    what: str, claims: Sequence[Claim], ids: Collection[int], *, by_hand: bool = False, **values: Any
) -> edits.Edit | None:
    """`by_hand`: the claim is no longer what the program was so and so sure of."""
    changed = [(claim, replace(claim, **values)) for claim in edits.those_of(claims, ids)]
    if by_hand:
        changed = [(before, after if after == before else replace(after, confidence=None)) for before, after in changed]
    return edits.edit_of(edits.Verb.DESCRIBE_CLAIM, f"{what} of {{what}}", claims, changed)


def _check(claims: Sequence[Claim], claim_id: int, what: str, **values: Any) -> edits.Edit | None:
    claim = edits.one_of(claims, claim_id)
    return edits.edit_of(edits.Verb.CHECK, f"{what} on {{what}}", claims, [(claim, replace(claim, **values))])


def _become(now: Sequence[Noted], before: Noted | None) -> Noted | None:
    """What `before` is now: itself, or else the one that is about the same; None where it is gone."""
    if before in now:
        return before
    return next((one for one in now if before is not None and one.about == before.about), None)


def _with(now: Sequence[Noted], found: Noted | None, before: Noted | None, after: Noted | None) -> tuple[Noted, ...]:
    items = list(now)
    at = items.index(found) if found is not None else len(items)
    if after is None:
        del items[at : at + 1]
    else:
        items[at : at + 1] = [after if found is None or before is None else _merged(found, before, after)]
    return tuple(items)


def _merged(now: Noted, before: Noted, after: Noted) -> Noted:
    """What stands there now, with what changes from `before` to `after`."""
    names = [field.name for field in fields(before)]
    return replace(
        now, **{name: getattr(after, name) for name in names if getattr(after, name) != getattr(before, name)}
    )
