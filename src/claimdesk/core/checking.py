"""The verbs of checking as pure functions: on which terms, by what evidence, with which verdict; as `edits` in all else."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from claimdesk.core import edits
from claimdesk.core.claim import Certainty, Claim, Manner
from claimdesk.core.evidence import AnonymityCheck, Evidence, Reply, Terms, Verdict
from claimdesk.core.text import normalise


def set_terms(claims: Sequence[Claim], ids: Collection[int], terms: Terms | None) -> edits.Edit | None:
    """Say on which terms the sources of claims spoke, None for not known; None if that is said already."""
    return _describe("Terms", claims, ids, terms=terms)


def set_certainty(claims: Sequence[Claim], ids: Collection[int], certainty: Certainty | None) -> edits.Edit | None:
    """Say how certain the wording of claims is; None if that is said already."""
    return _describe("Certainty", claims, ids, certainty=certainty)


def set_manner(claims: Sequence[Claim], ids: Collection[int], manner: Manner | None) -> edits.Edit | None:
    """Say whether claims stand in the source's own words; None if that is said already."""
    return _describe("Manner", claims, ids, manner=manner)


def set_via(claims: Sequence[Claim], claim_id: int, via: Iterable[str]) -> edits.Edit | None:
    """Say through whom a claim came, from the article towards the source; None if that is said already."""
    return _describe("Via", claims, [claim_id], via=_tidy(via))


def set_second_sources(claims: Sequence[Claim], claim_id: int, names: Iterable[str]) -> edits.Edit | None:
    """Say who else stands behind a claim; None if that is said already."""
    return _describe("Second sources", claims, [claim_id], second_sources=_tidy(names))


def set_tags(claims: Sequence[Claim], ids: Collection[int], tags: Iterable[str]) -> edits.Edit | None:
    """Give claims these tags in place of those that they had; None if they have just these."""
    return _describe("Tags", claims, ids, tags=_tidy(tags))


def restate(claims: Sequence[Claim], claim_id: int, words: str) -> edits.Edit | None:
    """Say a claim as one sentence that can be checked; None if it is said so already."""
    return _describe("Wording", claims, [claim_id], restated=normalise(words).strip())


def set_question(claims: Sequence[Claim], claim_id: int, question: str) -> edits.Edit | None:
    """Say what is still to be asked about a claim; None if that is said already."""
    return _describe("Open question", claims, [claim_id], question=normalise(question).strip())


def set_evidence(claims: Sequence[Claim], claim_id: int, evidence: Iterable[Evidence]) -> edits.Edit | None:
    """Say what bears on a claim, in place of what was there; None if just that was."""
    return _check(claims, claim_id, "Evidence", evidence=tuple(evidence))


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


def set_replies(claims: Sequence[Claim], claim_id: int, replies: Iterable[Reply]) -> edits.Edit | None:
    """Say who was asked for a reply and what they answered, in place of what was there; None if just that was."""
    return _check(claims, claim_id, "Right of reply", replies=tuple(replies))


def set_anonymity(claims: Sequence[Claim], claim_id: int, ticked: Iterable[AnonymityCheck]) -> edits.Edit | None:
    """Say which questions about an unnamed source are answered; None if just these were."""
    wanted = frozenset(ticked)
    return _check(claims, claim_id, "Anonymity", anonymity=tuple(one for one in AnonymityCheck if one in wanted))


def _describe(what: str, claims: Sequence[Claim], ids: Collection[int], **values: Any) -> edits.Edit | None:
    changed = [(claim, replace(claim, **values)) for claim in edits.those_of(claims, ids)]
    return edits.edit_of(edits.Verb.DESCRIBE_CLAIM, f"{what} of {{what}}", claims, changed)


def _check(claims: Sequence[Claim], claim_id: int, what: str, **values: Any) -> edits.Edit | None:
    claim = edits.one_of(claims, claim_id)
    return edits.edit_of(edits.Verb.CHECK, f"{what} on {{what}}", claims, [(claim, replace(claim, **values))])


def _tidy(names: Iterable[str]) -> tuple[str, ...]:
    """The names without white space around them, each once, the empty ones left out."""
    return tuple(dict.fromkeys(name for name in (" ".join(normalise(name).split()) for name in names) if name))
