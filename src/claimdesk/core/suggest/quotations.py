"""Quotations are claimed whole, and go on with their speaker into paragraphs that are nothing but quotation."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from claimdesk.core.claim import Span
from claimdesk.core.suggest.attribution import Attribution
from claimdesk.core.suggest.edges import tidy
from claimdesk.core.suggest.segments import Quote
from claimdesk.core.suggest.wanted import never, while_wanted

MOST = 0.3
"""Share of a quotation that must be claimed, so that the rest of it belongs to the claim too."""


def completed(
    text: str,
    said: Sequence[Attribution],
    marks: Sequence[Quote],
    lines: Sequence[Span],
    cancelled: Callable[[], bool] = never,
) -> list[Attribution]:
    """The attributions with their quotations whole; `marks` and `lines` are those of the text, in its order."""
    return _gone_on(text, _whole(text, said, marks, cancelled), marks, while_wanted(lines, cancelled))


def _whole(
    text: str, said: Sequence[Attribution], marks: Sequence[Quote], cancelled: Callable[[], bool]
) -> list[Attribution]:
    taken = _Taken(said)
    starts = [mark.start for mark in marks]
    found = []
    for number, one in enumerate(while_wanted(said, cancelled)):
        spans = [_longer(span, _near(span, marks, starts), taken, number) for span in one.content]
        found.append(one if spans == list(one.content) else replace(one, content=tidy(text, sorted(spans))))
    return found


def _near(span: Span, marks: Sequence[Quote], starts: Sequence[int]) -> Sequence[Quote]:
    """The quotations that begin in the span or right before it."""
    return marks[max(0, bisect_left(starts, span.start) - 1) : bisect_left(starts, span.end)]


def _longer(span: Span, near: Sequence[Quote], taken: "_Taken", number: int) -> Span:
    for quote in near:
        shared = min(span.end, quote.end) - max(span.start, quote.start)
        length = quote.end - quote.start
        begins = quote.start - 1 <= span.start <= quote.start + 1 or quote.start >= span.start
        if begins and MOST * length <= shared < length and not taken.by_others(quote.start, quote.end, number):
            span = Span(min(span.start, quote.start), max(span.end, quote.end))
    return span


def _gone_on(
    text: str, said: Sequence[Attribution], marks: Sequence[Quote], lines: Iterable[Span]
) -> list[Attribution]:
    found = list(said)
    taken = _Taken(said)
    speaker: int | None = None
    for line, is_quotation in _lines(lines, marks):
        if is_quotation and speaker is not None and not taken.by_others(line.start, line.end, -1):
            found[speaker] = replace(found[speaker], content=(*found[speaker].content, *tidy(text, [line])))
        else:
            speaker = _speaker(found, taken, line, marks)
    return found


def _lines(lines: Iterable[Span], marks: Sequence[Quote]) -> Iterator[tuple[Span, bool]]:
    """Each line, and whether it is one quotation from its first to its last sign."""
    ends = {mark.start: mark.end for mark in marks}
    for line in lines:
        yield line, ends.get(line.start, -1) >= line.end - 1


def _speaker(found: Sequence[Attribution], taken: "_Taken", line: Span, marks: Sequence[Quote]) -> int | None:
    """Who speaks last in a line that begins with a quotation, in a claim that holds this quotation or a part of it."""
    opens = next(
        (mark for mark in marks[bisect_left(marks, line.start, key=_start) :][:1] if mark.start == line.start), None
    )
    if opens is None:
        return None
    speakers = taken.owners(line.start, line.end)
    return max(
        (number for number in speakers if found[number].source), default=None, key=lambda n: found[n].content[-1]
    )


def _start(mark: Quote) -> int:
    return mark.start


class _Taken:
    """Which attribution has which stretch of the text as content or cue."""

    def __init__(self, said: Sequence[Attribution]) -> None:
        pairs = [(span, number) for number, one in enumerate(said) for span in (*one.content, *one.cue)]
        self._pairs = sorted(pairs, key=lambda pair: pair[0].start)
        self._starts = [span.start for span, _ in self._pairs]
        self._longest = max((span.end - span.start for span, _ in self._pairs), default=0)

    def owners(self, start: int, end: int) -> set[int]:
        """The places in the list of those who have a part of the stretch."""
        first, last = bisect_right(self._starts, start - self._longest - 1), bisect_left(self._starts, end)
        return {number for span, number in self._pairs[first:last] if span.end > start}

    def by_others(self, start: int, end: int, number: int) -> bool:
        """Whether anybody but `number` has a part of the stretch."""
        return bool(self.owners(start, end) - {number})
