"""The piece of a text that shows what was found in it, in one line, with the places of the words in that line."""

import unicodedata
from collections.abc import Iterable

import regex

from claimdesk.core.claim import Span
from claimdesk.core.desk.words import Query, found

LENGTH, BEFORE, AFTER = 180, 50, 80
"""Code points of an excerpt, how many of them at most stand before its first hit, and after what is not to be cut."""

_BLANK = regex.compile(r"\s+")


def excerpt(text: str, query: Query) -> tuple[str, tuple[Span, ...]]:
    """The stretch of a text where most of a query stands close together, else its beginning; spans count its code points."""
    first = heart(text, query)
    start = _after_blank(text, first - BEFORE, first) if first > BEFORE else len(text) - len(text.lstrip())
    end = len(text.rstrip()) if len(text) - start <= LENGTH else _before_blank(text, start + LENGTH)
    return _in_one_line(text, start, end, query)


def beginning(text: str, query: Query, whole: int) -> tuple[str, tuple[Span, ...]]:
    """The beginning of a text, of which `whole` code points are not cut, so that no name is; spans count its code points."""
    start, length = len(text) - len(text.lstrip()), max(LENGTH, whole + AFTER)
    end = len(text.rstrip()) if len(text) <= length else _before_blank(text, length)
    return _in_one_line(text, start, end, query)


def heart(text: str, query: Query) -> int:
    """Where the first stretch begins that shows as many phrases of the query as any; 0 if none stands in the text."""
    near: list[tuple[Span, int]] = []
    heart, most = 0, 0
    for span, phrase in found(text, query):
        near = [*(one for one in near if one[0].start >= span.end - (LENGTH - BEFORE)), (span, phrase)]
        shown = len({one for _, one in near})
        if shown > most:
            heart, most = near[0][0].start, shown
        if most == len(query):
            break
    return heart


def _after_blank(text: str, start: int, end: int) -> int:
    """The beginning of a word in the stretch, where there is one, else of a letter."""
    blank = _BLANK.search(text, start, end)
    if blank:
        return blank.end()
    while start < end and unicodedata.category(text[start]).startswith("M"):
        start += 1
    return start


def _before_blank(text: str, end: int) -> int:
    """The end of the last word before `end`, if it is near, else of a letter."""
    blank = max(text.rfind(one, end - BEFORE // 2, end) for one in " \n")
    if blank > 0:
        return blank
    while unicodedata.category(text[end]).startswith("M"):
        end -= 1
    return end


def _in_one_line(text: str, start: int, end: int, query: Query) -> tuple[str, tuple[Span, ...]]:
    """The stretch with single blanks and an ellipsis where it was cut, and what was found in it."""
    line = "… " if start > 0 and text[:start].strip() else ""
    marks, at = [], start
    for span in apart(Span(start + span.start, start + span.end) for span, _ in found(text[start:end], query)):
        line += _BLANK.sub(" ", text[at : span.start])
        words = _BLANK.sub(" ", span.of(text))
        marks.append(Span(len(line), len(line) + len(words)))
        line, at = line + words, span.end
    line += _BLANK.sub(" ", text[at:end])
    return line + (" …" if end < len(text.rstrip()) else ""), tuple(marks)


def apart(spans: Iterable[Span]) -> list[Span]:
    """The spans in text order, those that overlap as one."""
    apart: list[Span] = []
    for span in sorted(spans):
        if apart and span.start < apart[-1].end:
            apart[-1] = Span(apart[-1].start, max(apart[-1].end, span.end))
        else:
            apart.append(span)
    return apart
