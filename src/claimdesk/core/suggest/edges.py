"""The edges of what the tagger found, put where a person would put them: at whole words, with both marks of a quotation."""

from collections.abc import Sequence

import regex

from claimdesk.core.claim import Span, Spans
from claimdesk.core.text import whole_words

_LOOSE = frozenset(",;:.–—-…،؛।")
"""Signs that belong to the sentence around a span, not to it."""
_MARKS = {"“": "”", '"': '"', "‘": "’", "'": "'", "«": "»", "„": "“", "»": "«", "‹": "›", "「": "」", "『": "』"}
_ABBREVIATION = regex.compile(r"(?:\p{Lu}\.){2,}$|\b(?:Jr|Sr|Inc|Corp|Co|Ltd|Bros|p\.m|a\.m)\.$")
_HANGING = regex.compile(r"(?:\s+(?:in|at|during))?\s+(?:a|an|the)$|\s+(?:during|in)$")
_DAY = r"(?:\p{L}+day|today|yesterday|(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)\p{L}*\.?|\d{1,4}(?:st|nd|rd|th)?)"
_WHEN = regex.compile(
    rf"(?:(?:on|in|since|by|early|late|last|this|that|earlier)\s+)*{_DAY}(?:[\s,]+(?:{_DAY}|of|morning|afternoon|evening|night))*",
    regex.IGNORECASE,
)
_CLOSING = frozenset(_MARKS.values())


def tidy(text: str, spans: Sequence[Span]) -> Spans:
    """The spans at whole words, without loose signs at their ends; pieces that overlap then are one."""
    found: list[Span] = []
    for span in spans:
        better = _one(text, span)
        if better is None:
            continue
        if found and better.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, better.end))
        else:
            found.append(better)
    return tuple(found)


def bare_cue(text: str, cue: Spans) -> Spans:
    """The cue without the beginning of what follows it: stated | in a."""
    found = []
    for span in cue:
        rest = _HANGING.search(text, span.start, span.end)
        found.append(Span(span.start, rest.start()) if rest and rest.start() > span.start else span)
    return tuple(found)


def without_times(text: str, content: Spans) -> Spans:
    """The content without those of its pieces that only tell when something was said: On October 8, 2024."""
    kept = tuple(span for span in content if not _WHEN.fullmatch(text, span.start, span.end))
    return kept or content


def _one(text: str, span: Span) -> Span | None:
    whole = whole_words(text, span.start, span.end)
    bare = _without_loose_signs(text, whole.start, whole.end)
    marked = _with_both_marks(text, bare) if bare is not None else None
    return _without_loose_signs(text, marked.start, marked.end) if marked is not None else None


def _without_loose_signs(text: str, start: int, end: int) -> Span | None:
    while start < end and _is_loose(text[start]):
        start += 1
    while (
        start < end and _is_loose(text[end - 1]) and (text[end - 1].isspace() or not _keeps_its_stop(text, start, end))
    ):
        end -= 1
    return Span(start, end) if start < end else None


def _is_loose(sign: str) -> bool:
    return sign in _LOOSE or sign.isspace()


def _keeps_its_stop(text: str, start: int, end: int) -> bool:
    """Whether the sign at the end belongs to the span: “I fell.” before the closing mark, or R-N.M."""
    if text[start] in _MARKS and text[end : end + 1] == _MARKS[text[start]]:
        return True
    return text[end - 1] == "." and _ABBREVIATION.search(text, max(start, end - 12), end) is not None


def _with_both_marks(text: str, span: Span) -> Span | None:
    """Take in a mark that is missing at one end, let go of one that has no partner inside or beside the span."""
    start, end = span.start, span.end
    opening, closing = text[start], text[end - 1]
    if opening in _MARKS and _MARKS[opening] not in text[start + 1 : end]:
        after = _next_mark(text, end, _MARKS[opening])
        if after is None:
            start += 1
        else:
            end = after
    elif closing in _CLOSING and not any(_MARKS[mark] == closing for mark in text[start : end - 1] if mark in _MARKS):
        before = text[start - 1] if start else ""
        if _MARKS.get(before) == closing:
            start -= 1
        elif closing not in "’'":
            end -= 1
    return Span(start, end) if start < end else None


def _next_mark(text: str, end: int, mark: str) -> int | None:
    """Behind the mark, if it stands right at `end` or behind one stop."""
    for at in (end, end + 1):
        if text[at : at + 1] == mark and all(sign in _LOOSE for sign in text[end:at]):
            return at + 1
    return None
