"""Text is normalised once, when an article comes in; from then on its code points are what every span counts.

Also here: the quotation that anchors a span, the way to Qt's UTF-16 units and back, and where words end.
"""

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex

from claimdesk.core.claim import Span

CONTEXT = 32
"""Code points of context that a quotation keeps on either side."""

_NEWLINES = regex.compile("\r\n|[\r\u2028\u2029]")
_SURROGATES = regex.compile("[\ud800-\udfff]")
_ASTRAL = regex.compile("[\U00010000-\U0010ffff]")
_WORD = regex.compile(r"(?w)(?:\p{N}[\p{N}.,:]*(?<=\p{N}))?\p{Alphabetic}.*?\b|\p{N}[\p{N}.,:]*(?<=\p{N})")

_LETTER = regex.compile(r"\X")
_LONGEST_LETTER = 32
"""Code points of a letter with its marks that are looked at; no script needs as many."""
_DIVISIBLE = regex.compile(r"[\p{Han}\p{Hangul}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")


def normalise(raw: str) -> str:
    """Text as an article keeps it.

    Every kind of line end becomes a newline (one code point each, as Qt counts them), NUL becomes its visible picture
    and a lone surrogate the replacement character, because neither Qt nor SQLite keeps them; byte order marks at the
    start go. Everything else stays, invisible and bidirectional controls included.
    """
    text = _NEWLINES.sub("\n", raw.lstrip("\ufeff"))
    return _SURROGATES.sub("\ufffd", text).replace("\0", "\u2400")


def sha256(text: str) -> str:
    """The SHA-256 of the text as UTF-8, in hexadecimal: what tells that a text is the same."""
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Quote:
    """What a span says and what stands around it: the anchor that outlives its position.

    The three parts are those of the W3C Web Annotation TextQuoteSelector.
    """

    exact: str
    prefix: str
    suffix: str


def quote(text: str, span: Span) -> Quote:
    """The quotation of `span` with up to `CONTEXT` code points on either side."""
    before = text[max(0, span.start - CONTEXT) : span.start]
    return Quote(span.of(text), before, text[span.end : span.end + CONTEXT])


class Utf16Map:
    """Converts between code points and UTF-16 units of one text.

    The places of the characters beyond the Basic Multilingual Plane are listed once; each conversion is a bisection.
    """

    def __init__(self, text: str) -> None:
        self._astral = [match.start() for match in _ASTRAL.finditer(text)]
        self._units = [place + i for i, place in enumerate(self._astral)]

    def to_units(self, place: int) -> int:
        """UTF-16 units before code point `place`."""
        return place + bisect_left(self._astral, place)

    def to_code_points(self, units: int, *, up: bool = False) -> int:
        """Code points before UTF-16 unit `units`; one inside a surrogate pair goes down to its start, or `up` to its end."""
        pairs = bisect_right(self._units, units - 1)
        inside = pairs > 0 and self._units[pairs - 1] == units - 1
        place = units - pairs
        return place + 1 if inside and up else place


@lru_cache(maxsize=8)
def word_edges(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Where words start, and where they end, in code points (Unicode word boundaries, Annex 29)."""
    words = [match.span() for match in _WORD.finditer(text)]
    return tuple(start for start, _ in words), tuple(end for _, end in words)


def whole_words(text: str, start: int, end: int) -> Span:
    """The stretch made longer where it begins or ends inside a word.

    A letter stays whole with all its marks in every script; words stay whole except in those scripts that write endings or
    whole sentences without a space, where a part of what stands together can be meant.
    """
    start = next((at for at, _, part in _around(text, start) if part), start)
    end = next((stop for _, stop, part in _around(text, end) if part), end)
    return Span(start, end)


def _around(text: str, place: int) -> Iterator[tuple[int, int, bool]]:
    """The word, then the letter with its marks, that `place` cuts: start, end, and whether it must stay whole."""
    starts, ends = word_edges(text)
    at = bisect_right(starts, place) - 1
    if at >= 0 and starts[at] < place < ends[at]:
        yield starts[at], ends[at], _DIVISIBLE.search(text, starts[at], ends[at]) is None
    near = max(0, place - _LONGEST_LETTER)
    line = text.rfind("\n", near, place) + 1
    for letter in _LETTER.finditer(text, max(line, near), min(len(text), place + _LONGEST_LETTER)):
        if letter.start() < place < letter.end():
            yield letter.start(), letter.end(), True


def trimmed(text: str, start: int, end: int) -> Span | None:
    """The stretch without white space at its ends; None if nothing else was in it."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    length = len(piece.strip())
    return Span(start + left, start + left + length) if length else None
