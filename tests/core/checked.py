"""Hypothesis strategies for what a checker adds to claims, in every script, for whatever has to keep it."""

from collections.abc import Callable

from hypothesis import strategies as st

from claimdesk.core import checking
from claimdesk.core.claim import Certainty, Claim, Details, Manner
from claimdesk.core.edits import Edit
from claimdesk.core.evidence import (
    AnonymityCheck,
    Credibility,
    Evidence,
    EvidenceKind,
    Reliability,
    Reply,
    Stance,
    Terms,
    Verdict,
)
from claimdesk.core.text import normalise

LINES = st.one_of(
    st.text(max_size=8).map(normalise),
    st.sampled_from(["पुल 🙂", "국방부", "وزارة الدفاع", "=1+1", "<b>x</b>", "👩‍👩‍👧"]),
)
DAYS = st.dates().map(str) | st.just("")
EVIDENCE = st.builds(
    Evidence, st.sampled_from(EvidenceKind), LINES, LINES, st.sampled_from(Stance), LINES, LINES, LINES, DAYS,
    st.just(""), st.none() | st.sampled_from(Reliability), st.none() | st.sampled_from(Credibility), LINES,
)  # fmt: skip
REPLIES = st.builds(Reply, LINES, DAYS, LINES, DAYS, LINES)
DETAILS = st.builds(
    Details, LINES.filter(str.strip), LINES, LINES, DAYS, LINES, st.sampled_from(["en", "hi", "ko", ""])
)

Check = Callable[[list[Claim], int], Edit | None]


def _one(verb: Callable[..., Edit | None], values: st.SearchStrategy[object]) -> st.SearchStrategy[Check]:
    return values.map(lambda value: lambda claims, claim_id: verb(claims, claim_id, value))


def _some(verb: Callable[..., Edit | None], values: st.SearchStrategy[object]) -> st.SearchStrategy[Check]:
    return values.map(lambda value: lambda claims, claim_id: verb(claims, [claim_id], value))


def _verdict(verdict: Verdict | None, rationale: str, day: str) -> Check:
    return lambda claims, claim_id: checking.set_verdict(claims, claim_id, verdict, rationale, who="Rosa", day=day)


CHECKS: st.SearchStrategy[Check] = st.one_of(
    _some(checking.set_terms, st.none() | st.sampled_from(Terms)),
    _some(checking.set_certainty, st.none() | st.sampled_from(Certainty)),
    _some(checking.set_manner, st.none() | st.sampled_from(Manner)),
    _some(checking.set_tags, st.lists(LINES, max_size=3)),
    _one(checking.set_via, st.lists(LINES, max_size=2)),
    _one(checking.set_second_sources, st.lists(LINES, max_size=2)),
    _one(checking.restate, LINES),
    _one(checking.set_question, LINES),
    _one(checking.set_evidence, st.lists(EVIDENCE, max_size=3)),
    _one(checking.set_replies, st.lists(REPLIES, max_size=2)),
    _one(checking.set_anonymity, st.sets(st.sampled_from(AnonymityCheck))),
    st.builds(_verdict, st.none() | st.sampled_from(Verdict), LINES, DAYS),
)
"""What one verb of checking does to a claim."""
