"""Which claims a denial denies: by anaphora ("these claims") or by shared words; no link rather than a wild guess."""

from collections.abc import Sequence
from dataclasses import replace

import regex

from claimdesk.core.claim import Suggestion, hull, words_of

NEAR = 600
"""Code points that an anaphora reaches back over."""
ALIKE = 0.34
"""Share of a denial's telling words that an earlier claim must hold."""

_ANAPHORA = regex.compile(
    r"^(?:(?:that|all|any|both|such|it|called|calls)\s+)*(?:these|those|the|that|this|such|his|her|their|its|a|any|all|it|them)?\s*(?:\p{L}+\s+)?"
    r"(?:claims?|allegations?|accusations?|charges?|reports?|assertions?|suggestions?|rumou?rs?|criticisms?|it|this|that|them|account|story|arguments?)\b",
    regex.IGNORECASE,
)
_NEGATED_SELF = regex.compile(
    r"[“\"‘'\s]*(?:he|she|they|it|I|we|his|her|its|their|the (?:company|firm|team|club|party|campaign))\b.{0,40}"
    r"\b(?:not|\w+n['’]t|never|no|nothing)\b",
    regex.IGNORECASE,
)
_WORD = regex.compile(r"\p{L}{4,}|\d+")
_COMMON = frozenset(
    "that this with from have been were will would their they there which about after before said says when never ever "
    "false true claim claims report reports allegation allegations accusation accusations charge charges".split()
)


def resolved(text: str, claims: Sequence[Suggestion]) -> list[Suggestion]:
    """The claims with what each denial denies; who contradicts what others say of them denies it too."""
    stems = [_stems(words_of(text, claim.content)) for claim in claims]
    return [_resolved(text, claims, stems, at) for at in range(len(claims))]


def _resolved(text: str, claims: Sequence[Suggestion], stems: Sequence[set[str]], at: int) -> Suggestion:
    claim = claims[at]
    if claim.level == "denial":
        return replace(claim, denies=_denied(text, claims, stems, _by_others(claims, at), at))
    if not claim.source or not _NEGATED_SELF.match(words_of(text, claim.content)):
        return claim
    target = _most_alike(stems, _by_others(claims, at), at)
    if target is None:
        return claim
    reason = f"{claim.reason.split(';')[0]}; contradicts what others say"
    return replace(claim, level="denial", denies=(target,), reason=reason)


def _by_others(claims: Sequence[Suggestion], at: int) -> list[int]:
    """The attributed claims before `at` that somebody else made and that are no denials themselves."""
    start = hull(claims[at].content).start
    own = (claims[at].source_entity or "").lower()
    return [
        i for i in range(max(0, at - 60), at)
        if hull(claims[i].content).end <= start and claims[i].level not in {"denial", "unattributed"}
        and (claims[i].source or claims[i].cue) and (not own or (claims[i].source_entity or "").lower() != own)
    ]  # fmt: skip


def _denied(
    text: str, claims: Sequence[Suggestion], stems: Sequence[set[str]], earlier: Sequence[int], at: int
) -> tuple[int, ...]:
    best = _most_alike(stems, earlier, at)
    if best is not None:
        return (best,)
    content = words_of(text, claims[at].content)
    near = [i for i in earlier if hull(claims[at].content).start - hull(claims[i].content).end <= NEAR]
    return (near[-1],) if near and _ANAPHORA.match(content) and len(content.split()) <= 12 else ()


def _most_alike(stems: Sequence[set[str]], earlier: Sequence[int], at: int) -> int | None:
    """The nearest of the earlier claims that share most telling words, if they share enough."""
    wanted = stems[at]
    if len(wanted) < 2:
        return None
    shared = [(len(wanted & stems[i]), i) for i in earlier]
    count, best = max(shared, default=(0, -1))
    return best if count >= 2 and count >= ALIKE * len(wanted) else None


def _stems(words: str) -> set[str]:
    return {word.lower()[:6] for word in _WORD.findall(words) if word.lower() not in _COMMON}
