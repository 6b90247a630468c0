"""The author's own voice: assertions that name no source and that somebody could check."""

from collections.abc import Iterator, Sequence

from claimdesk.core.suggest.lexicon import Lexicon
from claimdesk.core.suggest.segments import Sentence, Token

WORDS = 5
"""The fewest words of an assertion."""
FLOOR = 0.5
"""The least checkability that is suggested."""

_FINITE = frozenset(
    "is are was were has have had will did does follows remains became began fell rose hit died won lost held".split()
)
_DATES = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday thursday "
    "friday saturday sunday yesterday today".split()
)
_SUPERLATIVE = frozenset(
    "most least first last only largest biggest highest lowest worst best fastest longest oldest".split()
)
_SOFT = frozenset(
    "question perhaps maybe seems feel feels i we you our my hopes might should whether why how what".split()
)
_SILENCE = frozenset("comment respond reply answer".split())
_LEAD = frozenset(
    "and but meanwhile additionally however also despite although while with in on after before as when since".split()
)

_TAIL = frozenset(
    "and but with although where who for of while as that according which after before when since because".split()
)


def clauses(sentence: Sentence, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Token ranges of a sentence that no attribution has taken, cut at the edges of what was taken."""
    start = 0
    for first, last in sorted(taken):
        if first > start:
            yield start, first
        start = max(start, last)
    if start < len(sentence.tokens):
        yield start, len(sentence.tokens)


def assertion(tokens: Sequence[Token], words: Lexicon, *, whole: bool) -> tuple[int, int, float, str] | None:
    """The assertion in a stretch of tokens: its first and last place, how checkable it is, why; None if there is none."""
    start, stop = _bare(tokens)
    start = _behind_lead(tokens, start, stop)
    body = tokens[start:stop]
    if sum(token.text[0].isalnum() for token in body) < WORDS or any(token.quote >= 0 for token in body[:1]):
        return None
    if _SILENCE & {token.low for token in body} and {"not", "declined", "refused"} & {token.low for token in body}:
        return None
    if tokens[-1].text == "?" or {token.low for token in body} & _SOFT:
        return None
    if not any(token.low in _FINITE or (token.low.endswith("ed") and i) for i, token in enumerate(body)):
        return None
    score, why = _checkable(body, words)
    if not whole and score < FLOOR + 0.05 and not _stands_alone(body):
        return None
    return (start, stop, score, why) if score >= FLOOR else None


def _checkable(body: Sequence[Token], words: Lexicon) -> tuple[float, str]:
    low = {token.low for token in body}
    names = sum(token.text[0].isupper() for token in body[1:]) + (body[0].low in words.countries)
    score = 0.3
    reasons: list[str] = []
    if any(token.text[0].isdigit() for token in body):
        score, reasons = score + 0.3, [*reasons, "a number"]
    if low & _DATES:
        score, reasons = score + 0.15, [*reasons, "a date"]
    if low & _SUPERLATIVE:
        score, reasons = score + 0.15, [*reasons, "a superlative"]
    if names:
        score, reasons = score + min(0.25, 0.2 + 0.05 * names), [*reasons, "names"]
    if any(token.low.removesuffix("'s") in words.countries for token in body):
        score, reasons = score + 0.05, reasons
    return min(score, 0.9), "checkable (" + ", ".join(reasons) + "), and nobody is named who says so"


def _bare(tokens: Sequence[Token]) -> tuple[int, int]:
    start, stop = 0, len(tokens)
    while start < stop and (
        not tokens[start].text[0].isalnum() or tokens[start].low in {"and", "but", "meanwhile", "additionally"}
    ):
        start += 1
    if stop > start and tokens[stop - 1].low in {"which", "whom"}:
        stop = max((i for i in range(start, stop) if tokens[i].text == ","), default=stop)
    while stop > start and (not tokens[stop - 1].text[-1].isalnum() or tokens[stop - 1].low in _TAIL):
        stop -= 1
    return start, stop


def _behind_lead(tokens: Sequence[Token], start: int, stop: int) -> int:
    """Past an opening phrase that a comma closes: Despite the sanctions, …"""
    if start < stop and tokens[start].low in _LEAD:
        comma = next((i for i in range(start, min(stop, start + 16)) if tokens[i].text == ","), None)
        if comma is not None and stop - comma > WORDS:
            return comma + 1
    return start


def _stands_alone(body: Sequence[Token]) -> bool:
    return body[0].text[0].isupper()
