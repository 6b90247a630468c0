"""Which claim a denial denies: by anaphora ("these claims") or by shared words; no link rather than a wild guess."""

from collections.abc import Sequence

import regex

from claimdesk.core.claim import Suggestion, hull, words_of

NEAR = 400
"""Code points that an anaphora reaches back over."""
ALIKE = 0.3
"""Share of a denial's content words that an earlier claim must hold."""

_ANAPHORA = regex.compile(
    r"^(?:(?:these|those|the|that|this|all|any|such|both|his|her|their)\s+)*(?:\p{Ll}+\s+)?"
    r"(?:claims?|allegations?|accusations?|charges?|reports?|assertions?|suggestions?|rumou?rs?|it|this|that|them|account|story)\b",
    regex.IGNORECASE,
)
_WORD = regex.compile(r"\p{L}{4,}|\d+")
_COMMON = frozenset(
    "that this with from have been were will would their they there which about after before said says".split()
)


def link(text: str, claims: Sequence[Suggestion]) -> list[tuple[int, ...]]:
    """For each claim the places of those that it denies; empty for what is no denial."""
    return [_denied(text, claims, at) if claim.level == "denial" else () for at, claim in enumerate(claims)]


def _denied(text: str, claims: Sequence[Suggestion], at: int) -> tuple[int, ...]:
    content = words_of(text, claims[at].content)
    start = hull(claims[at].content).start
    earlier = [
        i for i, claim in enumerate(claims)
        if i != at and hull(claim.content).end <= start and claim.level != "denial"
    ]  # fmt: skip
    if _ANAPHORA.match(content) and len(content.split()) <= 6:
        said = [i for i in earlier if claims[i].source or claims[i].cue]
        near = [i for i in said if start - hull(claims[i].content).end <= NEAR]
        return (max(near, key=lambda i: hull(claims[i].content).end),) if near else ()
    return _alike(text, content, claims, [i for i in range(len(claims)) if i in earlier])


def _alike(text: str, content: str, claims: Sequence[Suggestion], earlier: Sequence[int]) -> tuple[int, ...]:
    wanted = _stems(content)
    if len(wanted) < 2:
        return ()
    scored = [(len(wanted & _stems(words_of(text, claims[i].content))) / len(wanted), i) for i in earlier]
    best = max(scored, default=(0.0, -1))
    return (best[1],) if best[0] >= ALIKE and best[0] * len(wanted) >= 2 else ()


def _stems(words: str) -> set[str]:
    return {word.lower()[:6] for word in _WORD.findall(words)} - {word[:6] for word in _COMMON}
