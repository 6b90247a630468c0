"""Whether a claim is in the source's own words: direct, indirect, or mixed, by the quotation marks around and inside it."""

from bisect import bisect_right
from collections.abc import Sequence

import regex

from claimdesk.core.claim import Manner, Spans
from claimdesk.core.suggest.segments import Quote

_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}'’]*")


def of(text: str, content: Spans, marks: Sequence[Quote]) -> Manner:
    """The manner of a content; `marks` are the quotations of the text in its order (`segments.sentences` gives them).

    Direct: every word stands in a quotation, a leading "that" aside; mixed: some do. Linear in the content's length.
    """
    starts = [match.start() for span in content for match in _WORD.finditer(text, span.start, span.end)]
    if len(starts) > 1 and text[starts[0] : starts[0] + 5].lower() == "that ":
        del starts[0]
    quoted = sum(_is_quoted(start, marks) for start in starts)
    if not quoted:
        return Manner.INDIRECT
    return Manner.DIRECT if quoted == len(starts) else Manner.MIXED


def _is_quoted(place: int, marks: Sequence[Quote]) -> bool:
    before = bisect_right(marks, place, key=_start)
    return before > 0 and place < marks[before - 1].end


def _start(mark: Quote) -> int:
    return mark.start
