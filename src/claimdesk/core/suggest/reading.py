"""An article as it is read: window by window, in whatever order, each once; what was read gives its claims at any time.

The tagger takes four fifths of the time, so what it found is kept. All else is decided anew from what is known by then,
since a name, a denial or a quotation may lead to another part of the text.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence

from claimdesk.core.claim import Article, Suggestion, hull, words_of
from claimdesk.core.page import paragraphs
from claimdesk.core.suggest import certainty, denials, manner, via, voice
from claimdesk.core.suggest.attribution import Attribution
from claimdesk.core.suggest.learned import Weights
from claimdesk.core.suggest.levels import level_of
from claimdesk.core.suggest.lexicon import lexicon
from claimdesk.core.suggest.people import People
from claimdesk.core.suggest.quotations import completed
from claimdesk.core.suggest.rumours import of_nobody, rumours
from claimdesk.core.suggest.segments import Sentence, behind_dateline, beside, sentences
from claimdesk.core.suggest.silence import is_no_claim
from claimdesk.core.suggest.sources import Register
from claimdesk.core.suggest.tagger import tagger
from claimdesk.core.suggest.wanted import while_wanted
from claimdesk.core.suggest.windows import windows


class Reading:
    """One English article, and what the tagger has found in it so far.

    Whatever it does raises Cancelled soon after `cancelled` says so: it is asked every 50 ms or so, at the latest after 100.
    """

    def __init__(self, article: Article, weights: Weights, cancelled: Callable[[], bool]) -> None:
        skip = beside(article)
        self._text = article.text
        self._weights = weights
        self._cancelled = cancelled
        self._sentences, self._marks = sentences(article.text, skip, cancelled)
        lines = [line for line in paragraphs(article.text) if not any(line.overlaps(span) for span in skip)]
        self._lines = [behind_dateline(article.text, line) for line in lines]
        tokenizer = tagger().tokenizer
        self._windows = list(while_wanted(windows(self._text, self._lines, tokenizer, cancelled=cancelled), cancelled))
        self._starts = [window.places[0][0] for window in self._windows]
        self._found: dict[int, list[Attribution]] = {}
        self._people: People | None = None

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left to read."""
        return len(self._found) == len(self._windows)

    def read(self, place: int, length: int) -> None:
        """Read on, nearest to a place first, until `length` code points more are read or nothing is left."""
        unread = [number for number in range(len(self._windows)) if number not in self._found]
        unread.sort(key=lambda number: self._distance(number, place))
        for number in while_wanted(unread, self._cancelled):
            if length <= 0:
                return
            window = self._windows[number]
            said = tagger().read(self._text, window, self._cancelled)
            self._found[number] = [of_nobody(self._text, one) for one in said if not is_no_claim(self._text, one)]
            length -= window.places[-1][1] - window.places[0][0]

    def claims(self) -> list[Suggestion]:
        """The claims in what was read, in text order."""
        said = [one for first, last in self._runs() for one in self._said(first, last)]
        attributed = self._attributed(said)
        read = (sentence for sentence in self._sentences if self._is_read(sentence.start, sentence.end))
        own = self._own_voice(while_wanted(read, self._cancelled), said)
        in_order = sorted([*attributed, *own], key=_in_text)
        return denials.resolved(self._text, in_order, self._cancelled)

    # -- what was read

    def _distance(self, number: int, place: int) -> int:
        start, end = self._starts[number], self._windows[number].places[-1][1]
        return start - place if start > place else max(0, place - end)

    def _numbers(self, start: int, end: int) -> range:
        """The windows that hold a stretch of the text."""
        return range(max(0, bisect_right(self._starts, start) - 1), bisect_left(self._starts, end))

    def _is_read(self, start: int, end: int) -> bool:
        return all(number in self._found for number in self._numbers(start, end))

    @staticmethod
    def _is_within(numbers: range, first: int, last: int) -> bool:
        return first <= numbers.start and numbers.stop <= last + 1

    def _runs(self) -> Iterator[tuple[int, int]]:
        """The first and the last window of each part that was read without a gap."""
        numbers = sorted(self._found)
        breaks = [at for at in range(1, len(numbers)) if numbers[at] > numbers[at - 1] + 1]
        for first, last in zip([0, *breaks], [*breaks, len(numbers)], strict=True):
            if first < last:
                yield numbers[first], numbers[last - 1]

    # -- what it claims

    def _said(self, first: int, last: int) -> list[Attribution]:
        """The attributions of neighbouring windows; a line counts that is in them from its beginning to its end."""
        found = [one for number in range(first, last + 1) for one in self._found[number]]
        lines = [line for line in self._lines if self._is_within(self._numbers(line.start, line.end), first, last)]
        said = completed(self._text, found, self._marks, lines, self._cancelled)
        more = rumours(self._text, lines, while_wanted(said, self._cancelled))
        return said + list(while_wanted(more, self._cancelled))

    def _attributed(self, said: Sequence[Attribution]) -> Iterator[Suggestion]:
        text, words = self._text, lexicon()
        if self._people is None:
            self._people = People(text, words, self._cancelled)
        register = Register(text, words, self._people)
        for one in while_wanted(sorted(said, key=_place), self._cancelled):
            who = register.speaker(one)
            decided = level_of(text, one, who, words, self._weights)
            cue = f"cue “{words_of(text, one.cue)}”"
            reason = decided.reason if cue in decided.reason or not one.cue else f"{cue}; {decided.reason}"
            yield Suggestion(
                one.content, one.source, one.cue, decided.level, who.name if one.source else None, via.of(text, one),
                certainty=certainty.of(text, one.content, one.cue).certainty,
                manner=manner.of(text, one.content, self._marks),
                confidence=one.confidence, reason=reason,
            )  # fmt: skip

    def _own_voice(self, found: Iterable[Sentence], said: Sequence[Attribution]) -> Iterator[Suggestion]:
        """The author's own assertions, in what no attribution covers."""
        taken = sorted(
            (span for one in said for span in (*one.content, *one.source, *one.cue)), key=lambda span: span.start
        )
        starts = [span.start for span in taken]
        for sentence in found:
            inside = taken[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
            yield from voice.assertions(self._text, sentence, tuple(inside), lexicon())


def _in_text(claim: Suggestion) -> tuple[int, int]:
    whole = hull(claim.content)
    return whole.start, -whole.end


def _place(one: Attribution) -> int:
    return min(span.start for span in (*one.content, *one.source, *one.cue))
