"""The author's own voice: assertions that name no source and that somebody could check, the most checkable first in rank."""

from collections.abc import Iterator, Sequence

import regex

from claimdesk.core.claim import Span, Spans, Suggestion
from claimdesk.core.suggest.finite import is_finite
from claimdesk.core.suggest.lexicon import Lexicon
from claimdesk.core.suggest.segments import Sentence, Token

WORDS = 5
"""The fewest words of an assertion."""
FLOOR = 0.5
"""The least checkability that is suggested."""

_DATES = frozenset(
    "january february march april May june july august september october november december monday tuesday wednesday thursday "
    "friday saturday sunday yesterday today century decade".split()
)
_SUPERLATIVE = frozenset("most least first last only best worst".split())
_PERIODS = frozenset("year years month months week weeks night day days time decade century season".split())
_AMOUNTS = frozenset(
    "million billion trillion thousand thousands hundreds dozen dozens half third quarter percent doubled tripled halved".split()
)
_EVENTS = frozenset(
    "killed died injured arrested charged convicted sentenced fined sued acquired bought sold merged founded built opened closed "
    "signed elected appointed resigned fired hired won lost launched invaded attacked bombed banned approved passed voted born "
    "married divorced crashed collapsed ended began started rose fell increased decreased owns employs produces "
    "deployed seized destroyed evacuated cancelled canceled ratified repealed struck".split()
)
_OPINION = frozenset(
    "perhaps maybe seems seem seemed feel feels felt hopes hopefully should ought must unfortunately sadly clearly obviously surely "
    "arguably frankly beautiful wonderful terrible awful horrible great good bad excellent amazing stunning ridiculous absurd shameful "
    "disgraceful brilliant foolish stupid delicious boring interesting important might".split()
)
_ADDRESSED = frozenset("i we you me us our my your mine yours ours myself yourself ourselves let's".split())
_ASKING = frozenset("who what why how whether which where when question".split())
_SILENCE = frozenset("comment respond reply answer".split())
_NO_REPLY = frozenset("not declined refused didn't doesn't couldn't wasn't unavailable".split())
_INSTRUCTIONS = frozenset(
    "read click subscribe follow see watch listen share sign join visit call email contact donate download note remember consider "
    "imagine think look ask check try make take keep get put let use go stop add".split()
)
_LEAD = frozenset(
    "despite although though while with after before as when since meanwhile additionally however instead moreover furthermore "
    "separately still".split()
)
"""What opens a sentence and is no part of what it asserts; a date in front ("In May, …") is."""
_UNREAL = frozenset("if would could may might unless".split())
_OPENERS = frozenset("and but or so yet meanwhile additionally however also moreover furthermore".split())
_TAIL = frozenset(
    "and but with although where who for of while as that according which after before when since because by in on to from "
    "than whom whose said including if so or".split()
)
_NUMBER_WORDS = frozenset(
    "two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty".split()
)
_NUMBER = regex.compile(r"\d+(?:[.,]\d+)*")
_YEAR = regex.compile(r"(?:1[5-9]|20)\d\d")
_SUBORDINATES = frozenset("who which that whom whose where when while because if although though whether".split())
_NO_HEAD = frozenset("to in of from with by as than for into".split())
"""What a stretch behind an attribution cannot begin with, if it is to assert something of its own."""
_PRONOUNS = frozenset("it he she they this that these those there".split())


def assertions(text: str, sentence: Sentence, taken: Spans, words: Lexicon) -> list[Suggestion]:
    """The checkable assertions of a sentence in those stretches that no attribution has taken, in text order.

    `taken` are the contents, sources and cues that overlap the sentence, in code points of `text`, as all spans. The
    confidence is the checkability, 0.5 to 0.9, from numbers, dates, superlatives, names and events. Questions, opinions,
    instructions, what is said to "you" and fragments without a finite verb give nothing.
    """
    if sentence.tokens[-1].text == "?" or _is_instruction(sentence.tokens):
        return []
    found = []
    for start, stop in _gaps(sentence.tokens, taken):
        body = _body(sentence.tokens[start:stop])
        if not body:
            continue
        span = Span(body[0].start, body[-1].end)
        scored = _assertion(span.of(text), body, words, whole=not taken)
        if scored is not None:
            found.append(Suggestion((span,), confidence=scored[0], reason=scored[1]))
    return found


def _gaps(tokens: Sequence[Token], taken: Spans) -> Iterator[tuple[int, int]]:
    """Token ranges outside of all of `taken`."""
    spans = sorted(taken)
    at, start, reached = 0, 0, 0
    for place, token in enumerate(tokens):
        while at < len(spans) and spans[at].start < token.end:
            reached = max(reached, spans[at].end)
            at += 1
        if token.start < reached:
            if place > start:
                yield start, place
            start = place + 1
    if start < len(tokens):
        yield start, len(tokens)


def _is_instruction(tokens: Sequence[Token]) -> bool:
    """Whether a sentence begins with a bare verb that tells the reader what to do."""
    first = next((token for token in tokens if token.text[0].isalnum()), None)
    return first is not None and first.low in _INSTRUCTIONS and first.text[0].isupper()


def _body(tokens: Sequence[Token]) -> Sequence[Token]:
    """Without signs and joining words at both ends, an opening phrase that a comma closes, and a relative clause cut short."""
    start, stop = 0, len(tokens)
    while start < stop and (not tokens[start].text[0].isalnum() or tokens[start].low in _OPENERS):
        start += 1
    if stop > start and tokens[stop - 1].low in {"which", "whom", "whose"}:
        stop = max((i for i in range(start, stop) if tokens[i].text == ","), default=stop)
    while stop > start and (not tokens[stop - 1].text[-1].isalnum() or tokens[stop - 1].low in _TAIL):
        stop -= 1
    if start < stop and tokens[start].low in _LEAD:
        comma = next((i for i in range(start, min(stop, start + 16)) if tokens[i].text == ","), None)
        if comma is not None and stop - comma > WORDS:
            start = comma + 1
    return tokens[start:stop]


def _assertion(written: str, body: Sequence[Token], words: Lexicon, *, whole: bool) -> tuple[float, str] | None:
    """How checkable a stretch of words is, and why; None if it asserts nothing that could be checked."""
    low = set(_low(body))
    if sum(token.text[0].isalnum() for token in body) < WORDS or body[0].quote >= 0:
        return None
    if low & _ADDRESSED or body[0].low in _ASKING or "?" in low or (low & _SILENCE and low & _NO_REPLY):
        return None
    if not _is_clause(body, words):
        return None
    score, why = _checkable(written, body, words)
    if not whole and not body[0].text[0].isupper() and (score < FLOOR + 0.05 or body[0].low in _NO_HEAD):
        return None
    return (score, why) if score >= FLOOR else None


def _is_clause(body: Sequence[Token], words: Lexicon) -> bool:
    """Whether a finite verb stands outside of quotations that is not the verb of a subordinate clause."""
    low = _low(body)
    skip = False
    for i, word in enumerate(low):
        if word in _SUBORDINATES and (i or word != "that"):
            skip = True
        elif is_finite(word, low[i - 1] if i else "", low[i + 1] if i + 1 < len(low) else "", words):
            if not skip and body[i].quote < 0:
                return True
            skip = False
    return False


def _low(body: Sequence[Token]) -> list[str]:
    """The words in lower case, but for "May": the month is no verb."""
    return [token.text if token.text == "May" else token.low for token in body]


def _checkable(written: str, body: Sequence[Token], words: Lexicon) -> tuple[float, str]:
    order = _low(body)
    low = set(order)
    score = 0.3
    reasons: list[str] = []
    numbers = _NUMBER.findall(written)
    years = [number for number in numbers if _YEAR.fullmatch(number)]
    if len(numbers) > len(years) or low & _AMOUNTS:
        score, reasons = score + 0.25, [*reasons, "a number"]
    elif low & _NUMBER_WORDS:
        score, reasons = score + 0.15, [*reasons, "a number"]
    if low & _DATES or years:
        score, reasons = score + 0.15, [*reasons, "a date"]
    if any(map(_is_superlative, ("", *order), order, (*order[1:], ""))):
        score, reasons = score + 0.1, [*reasons, "a superlative"]
    names = sum(token.text[0].isupper() for token in body[1:]) + (body[0].low.removesuffix("'s") in words.countries)
    if names:
        score, reasons = score + min(0.25, 0.1 + 0.05 * names), [*reasons, "names"]
    if low & _EVENTS:
        score, reasons = score + 0.1, [*reasons, "an event"]
    if low & _OPINION:
        score -= 0.2
    if low & _UNREAL:
        score -= 0.1
    if body[0].low in _PRONOUNS:
        score -= 0.05
    return round(min(score, 0.9), 2), "checkable (" + ", ".join(reasons) + "), and nobody is named who says so"


def _is_superlative(before: str, word: str, behind: str) -> bool:
    determined = before in {"the", "its", "his", "her", "their"} or before.endswith("'s")
    extreme = word in _SUPERLATIVE or (word.endswith("est") and len(word) > 5)
    return determined and extreme and behind not in _PERIODS
