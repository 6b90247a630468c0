"""The article with its claims drawn in: paragraphs, cut into runs that know which claims they belong to.

Claims may nest, cross and repeat one another. The text is cut at every edge, so that within a run nothing changes.
"""

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from claimdesk.core.claim import Article, Claim, Review, Role, Span
from claimdesk.core.page import language, paragraphs


class Kind(StrEnum):
    """What a paragraph is on its page."""

    HEADLINE = "headline"
    BODY = "body"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Mark:
    """That a run belongs to a claim, and as what.

    `lane` is for the line under a content: 0 lies nearest to the letters, and contents that overlap have different lanes.
    """

    number: int
    role: Role
    level: str
    reviewed: bool
    lane: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """Words within which no claim starts or ends; `marks` from the outermost in, `ends` the claims to number after it."""

    text: str
    marks: tuple[Mark, ...] = ()
    ends: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the article that holds anything; `number` counts those of the body from 1 and is 0 for the others.

    `language` is a BCP 47 tag and empty where it is unknown.
    """

    kind: Kind
    number: int
    language: str
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """The words, without white space at their ends."""
        return "".join(run.text for run in self.runs)

    @property
    def depth(self) -> int:
        """How many lines lie under one another at the most."""
        marks = (mark for run in self.runs for mark in run.marks if mark.role is Role.CONTENT)
        return max((mark.lane + 1 for mark in marks), default=0)


@dataclass(frozen=True, slots=True)
class _Piece:
    span: Span
    mark: Mark


class AnnotatedArticle:
    """The paragraphs of `article` with `claims` drawn in under their `numbers` (claim id to number)."""

    def __init__(self, article: Article, claims: Sequence[Claim], numbers: Mapping[int, int]) -> None:
        self._lines = paragraphs(article.text)
        self._starts = [line.start for line in self._lines]
        self._kinds = [_kind(article, line) for line in self._lines]
        self._numbers = _body_numbers(self._kinds)
        self.paragraphs = self._cut(article, claims, numbers) if self._lines else ()

    def place(self, span: Span) -> str:
        """Where `span` starts, for a reader: the number of a paragraph, "headline" or "furniture"; empty without text."""
        if not self._lines:
            return ""
        at = max(0, bisect_right(self._starts, span.start) - 1)
        return str(self._numbers[at] or self._kinds[at].value)

    def _cut(self, article: Article, claims: Sequence[Claim], numbers: Mapping[int, int]) -> tuple[Paragraph, ...]:
        pieces, ends = self._pieces(claims, numbers)
        edges = {edge for line in self._lines for edge in (line.start, line.end)} | ends.keys()
        edges.update(edge for piece in pieces for edge in (piece.span.start, piece.span.end))
        runs: list[list[Run]] = [[] for _ in self._lines]
        for span, marks in _sweep(sorted(edges), pieces):
            at = bisect_right(self._starts, span.start) - 1
            if at >= 0 and self._lines[at].contains(span):
                runs[at].append(Run(span.of(article.text), marks, tuple(ends.get(span.end, ()))))
        languages = [self._language(article, at) for at in range(len(self._lines))]
        rows = zip(self._kinds, self._numbers, languages, map(tuple, runs), strict=True)
        return tuple(Paragraph(*row) for row in rows)

    def _pieces(
        self, claims: Sequence[Claim], numbers: Mapping[int, int]
    ) -> tuple[list[_Piece], dict[int, list[Mark]]]:
        """What is to be drawn, outermost first, and the claims whose number stands at a place of the text."""
        lanes = _lanes(claims)
        pieces: list[_Piece] = []
        ends: dict[int, list[Mark]] = {}
        for claim in claims:
            reviewed = claim.review is Review.ACCEPTED
            for role in Role:
                lane = lanes[claim.id] if role is Role.CONTENT else 0
                mark = Mark(numbers[claim.id], role, claim.level, reviewed, lane)
                pieces.extend(_Piece(span, mark) for span in claim.spans(role))
                if role is Role.CONTENT:
                    ends.setdefault(self._anchor(claim.hull.end), []).append(mark)
        return sorted(pieces, key=lambda piece: (piece.span.start, -piece.span.end, piece.mark.number)), ends

    def _anchor(self, end: int) -> int:
        """Where the number of a claim that ends at `end` can stand: at or before it, inside a paragraph."""
        at = max(0, bisect_left(self._starts, end) - 1)
        line = self._lines[at]
        return min(end, line.end) if end > line.start else line.end

    def _language(self, article: Article, at: int) -> str:
        if self._kinds[at] is Kind.FURNITURE:
            return language(self._lines[at].of(article.text))
        return article.language


def _kind(article: Article, line: Span) -> Kind:
    if article.title_span is not None and article.title_span.overlaps(line):
        return Kind.HEADLINE
    return Kind.FURNITURE if any(stretch.contains(line) for stretch in article.furniture) else Kind.BODY


def _body_numbers(kinds: Iterable[Kind]) -> list[int]:
    numbers: list[int] = []
    count = 0
    for kind in kinds:
        count += kind is Kind.BODY
        numbers.append(count if kind is Kind.BODY else 0)
    return numbers


def _sweep(edges: Sequence[int], pieces: Sequence[_Piece]) -> Iterator[tuple[Span, tuple[Mark, ...]]]:
    """Every stretch between two neighbouring edges with the marks that lie over it; `pieces` by their start."""
    waiting = deque(pieces)
    over: list[_Piece] = []
    for start, end in pairwise(edges):
        over = [piece for piece in over if piece.span.end > start]
        while waiting and waiting[0].span.start <= start:
            over.append(waiting.popleft())
        yield Span(start, end), tuple(piece.mark for piece in over)


def _lanes(claims: Sequence[Claim]) -> dict[int, int]:
    """Claim id to lane: the shorter claims next to the letters, and those that they lie in below them."""
    beside: dict[int, list[int]] = {claim.id: [] for claim in claims}
    over: list[Claim] = []
    for claim in sorted(claims, key=lambda claim: claim.hull):
        over = [other for other in over if other.hull.end > claim.hull.start]
        for other in over:
            beside[claim.id].append(other.id)
            beside[other.id].append(claim.id)
        over.append(claim)
    lanes: dict[int, int] = {}
    for claim in sorted(claims, key=lambda claim: (claim.hull.end - claim.hull.start, claim.hull, claim.id)):
        taken = {lanes[other] for other in beside[claim.id] if other in lanes}
        lanes[claim.id] = next(lane for lane in range(len(taken) + 1) if lane not in taken)
    return lanes
