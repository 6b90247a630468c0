"""The edges of what the tagger found, put where a person would put them: at whole words, with both marks of a quotation."""

from collections.abc import Sequence

from claimdesk.core.claim import Span, Spans
from claimdesk.core.text import whole_words

_LOOSE = frozenset(" \u00a0\u202f\t,;:.–—-…،؛।")
"""Signs that belong to the sentence around a span, not to it."""
_MARKS = {"“": "”", '"': '"', "‘": "’", "'": "'", "«": "»", "„": "“", "»": "«", "‹": "›", "「": "」", "『": "』"}
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


def _one(text: str, span: Span) -> Span | None:
    whole = whole_words(text, span.start, span.end)
    start, end = whole.start, whole.end
    while start < end and text[start] in _LOOSE:
        start += 1
    while start < end and text[end - 1] in _LOOSE and not _is_end_of_quotation(text, start, end):
        end -= 1
    if start >= end:
        return None
    return _with_both_marks(text, start, end)


def _is_end_of_quotation(text: str, start: int, end: int) -> bool:
    """Whether the stop before a closing mark is the quotation's own: “I fell.”"""
    return text[start] in _MARKS and text[end : end + 1] == _MARKS[text[start]]


def _with_both_marks(text: str, start: int, end: int) -> Span | None:
    """Take in a mark that is missing at one end, let go of one that has no partner inside or beside the span."""
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
