"""The text as the tagger reads it: windows of whole lines, in word pieces with their places and three features.

Training and run time share this room, so that both see the same. Offsets are code points of the whole text.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from claimdesk.core.claim import Span
from claimdesk.core.suggest.segments import Quote, quotes, stretches
from claimdesk.core.suggest.wanted import never, while_wanted

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

WINDOW = 192
"""Word pieces of a window at most, its two end marks not counted."""
FEATURES = 12
"""How many values a feature has: three kinds of case, times in a quotation or not, times the first of its line or not."""
FIRST, LAST = 101, 102
"""The vocabulary's numbers for the marks at both ends of a window, [CLS] and [SEP]."""
_FULL_STOPS = frozenset(".!?…")


@dataclass(frozen=True, slots=True)
class Window:
    """Word pieces without the end marks: their numbers in the vocabulary, features, and places in the text."""

    ids: tuple[int, ...]
    features: tuple[int, ...]
    places: tuple[tuple[int, int], ...]
    lines: tuple[int, ...]
    """The line that each piece is in, counted from 0 among those given."""


def windows(
    text: str,
    lines: Sequence[Span],
    tokenizer: "Tokenizer",
    size: int = WINDOW,
    cancelled: Callable[[], bool] = never,
) -> Iterator[Window]:
    """Whole lines, as many as fit into `size` pieces; a longer line is cut, behind a sentence where it can be."""
    held: list[Window] = []
    for number, line in enumerate(lines):
        for part in _parts(_of_line(text, line, number, tokenizer, cancelled), text, size):
            if held and sum(len(window.ids) for window in held) + len(part.ids) > size:
                yield _joined(held)
                held = []
            held.append(part)
    if held:
        yield _joined(held)


def _of_line(text: str, line: Span, number: int, tokenizer: "Tokenizer", cancelled: Callable[[], bool]) -> Window:
    words = line.of(text)
    if not words.isascii():  # a lone surrogate cannot be encoded; what replaces it is one code point too
        words = words.encode("utf-8", "replace").decode("utf-8")
    marks, start = quotes(text, line, cancelled), line.start
    parts: list[Window] = []
    for stretch in while_wanted(stretches(words), cancelled):
        parts.append(_of_stretch(text, start, tokenizer.encode(stretch, add_special_tokens=False), number, marks))
        start += len(stretch)
    whole = _joined(parts)
    return replace(whole, features=(whole.features[0] + 6, *whole.features[1:])) if whole.features else whole


def _of_stretch(text: str, start: int, encoding: "Encoding", number: int, marks: Sequence[Quote]) -> Window:
    """The pieces of a stretch that begins at code point `start`, all in line `number`."""
    places = tuple((start + first, start + last) for first, last in encoding.offsets)
    return Window(tuple(encoding.ids), tuple(_features(text, encoding, places, marks)), places, (number,) * len(places))


def _features(
    text: str, encoding: "Encoding", places: Sequence[tuple[int, int]], marks: Sequence[Quote]
) -> Iterator[int]:
    at = bisect_right(marks, places[0][0], key=_end) if places else 0
    for case, (start, _) in zip(_cases(text, encoding, places), places, strict=True):
        while at < len(marks) and marks[at].end <= start:
            at += 1
        yield case + 3 * (at < len(marks) and marks[at].start <= start)


def _end(mark: Quote) -> int:
    return mark.end


def _cases(text: str, encoding: "Encoding", places: Sequence[tuple[int, int]]) -> list[int]:
    """0 for a word that begins small, 1 for a capital, 2 for capitals only; all pieces of a word alike."""
    found = [0] * len(places)
    begin = 0
    words = encoding.word_ids
    for index in range(len(places)):
        if index and words[index] != words[index - 1]:
            begin = index
        if index + 1 == len(places) or words[index + 1] != words[index]:
            word = text[places[begin][0] : places[index][1]]
            case = 0 if not word[:1].isupper() else 2 if len(word) > 1 and word.isupper() else 1
            found[begin : index + 1] = [case] * (index + 1 - begin)
    return found


def _parts(line: Window, text: str, size: int) -> Iterator[Window]:
    start = 0
    while len(line.ids) - start > size:
        stop = start + size
        ends = (at for at in range(stop, start + size // 2, -1) if text[line.places[at - 1][0]] in _FULL_STOPS)
        stop = next(ends, stop)
        yield _slice(line, start, stop)
        start = stop
    if start < len(line.ids):
        yield _slice(line, start, len(line.ids))


def _slice(window: Window, start: int, stop: int) -> Window:
    part = slice(start, stop)
    return Window(window.ids[part], window.features[part], window.places[part], window.lines[part])


def _joined(parts: Sequence[Window]) -> Window:
    return Window(
        tuple(one for part in parts for one in part.ids),
        tuple(one for part in parts for one in part.features),
        tuple(one for part in parts for one in part.places),
        tuple(one for part in parts for one in part.lines),
    )
