"""What is painted over and under an article's words: underlines, tints, claim numbers, paragraph numbers, edge handles.

Geometry is worked out for the visible stretch only, in the document's own pixels, and kept until something changes.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import heappop, heappush

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QTextBlock, QTextLine

from claimdesk.core import invisible
from claimdesk.core.claim import Claim, Review, Span, Spans
from claimdesk.core.invisible import Invisible
from claimdesk.core.levels import BY_SLUG, Underline
from claimdesk.ui.article_document import ArticleDocument
from claimdesk.ui.theme import Theme

KNOB = 3.4
"""Radius in pixels of the knob at the end of an edge handle."""
LANE = 4.0
"""Pixels between the underlines of claims that overlap."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A stretch of one line of text, in pixels of the document."""

    left: float
    right: float
    top: float
    baseline: float
    bottom: float

    @property
    def box(self) -> QRectF:
        """The letters with a little air."""
        return QRectF(self.left - 1.5, self.top, self.right - self.left + 3, self.bottom - self.top)


@dataclass(frozen=True, slots=True)
class Mark:
    """A visible claim with the strips of its words; `lane` 0 is the underline next to the letters."""

    claim: Claim
    lane: int
    content: tuple[Strip, ...]
    attribution: tuple[Strip, ...]
    leftward: bool = False
    """Whether its words run from right to left."""

    def hit(self, place: QPointF) -> bool:
        """Whether the pixel `place` lies on the claim's content, source or cue."""
        return any(strip.box.contains(place) for strip in (*self.content, *self.attribution))


def lanes(claims: Sequence[Claim]) -> dict[int, int]:
    """Claim id to the lane of its underline, so that claims which share words never share a line."""
    found: dict[int, int] = {}
    taken: list[tuple[int, int]] = []
    free: list[int] = []
    for claim in sorted(claims, key=lambda claim: (claim.hull.start, -claim.hull.end)):
        while taken and taken[0][0] <= claim.hull.start:
            heappush(free, heappop(taken)[1])
        lane = heappop(free) if free else len(taken)
        found[claim.id] = lane
        heappush(taken, (claim.hull.end, lane))
    return found


def strips(document: ArticleDocument, start: int, end: int) -> Iterator[Strip]:
    """The stretches of line between two places (UTF-16 units)."""
    block = document.findBlock(start)
    while block.isValid() and block.position() < end:
        yield from _strips_of(document, block, start - block.position(), end - block.position())
        block = block.next()


def _strips_of(document: ArticleDocument, block: QTextBlock, start: int, end: int) -> Iterator[Strip]:
    layout = block.layout()
    origin = document.documentLayout().blockBoundingRect(block).topLeft()
    mixed = block.blockNumber() in document.mixed
    here = layout.lineForTextPosition(max(0, start))
    for i in range(here.lineNumber() if here.isValid() else 0, layout.lineCount()):
        line = layout.lineAt(i)
        if line.textStart() >= end:
            break
        first, last = max(start, line.textStart()), min(end, line.textStart() + line.textLength())
        while first < last and document.characterAt(block.position() + last - 1).isspace():
            last -= 1  # under white space at the end of a line, an underline would hang in the air
        if first >= last:
            continue
        top = origin.y() + line.y()
        for left, right in _runs(line, first, last) if mixed else [_ends(line, first, last)]:
            yield Strip(
                origin.x() + left, origin.x() + right, top, top + line.ascent(), top + line.ascent() + line.descent()
            )


def _ends(line: QTextLine, first: int, last: int) -> tuple[float, float]:
    return _x(line, first), _x(line, last)


def _runs(line: QTextLine, first: int, last: int) -> list[tuple[float, float]]:
    """Left and right of each visual run: words of two directions do not stand in one piece."""
    boxes = sorted(
        {(run.boundingRect().left(), run.boundingRect().right()) for run in line.glyphRuns(first, last - first)}
    )
    merged: list[tuple[float, float]] = []
    for left, right in boxes:
        if merged and left <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(right, merged[-1][1]))
        else:
            merged.append((left, right))
    return merged


def _x(line: QTextLine, place: int) -> float:
    x = line.cursorToX(place)
    return float(x[0] if isinstance(x, tuple) else x)  # type: ignore[arg-type]  # the stubs say object


def marks(document: ArticleDocument, claims: Sequence[Claim], lane: dict[int, int], visible: Span) -> list[Mark]:
    """The claims that touch the visible stretch (code points), with their geometry."""

    def place(spans: Spans) -> tuple[Strip, ...]:
        units = document.units
        seen = [span for span in spans if span.overlaps(visible)]
        return tuple(s for span in seen for s in strips(document, units.to_units(span.start), units.to_units(span.end)))

    found = [
        Mark(claim, lane.get(claim.id, 0), place(claim.content), place((*claim.source, *claim.cue))) for claim in claims
    ]
    return [
        replace(mark, leftward=document.runs_leftward(document.units.to_units(mark.claim.hull.end)))
        for mark in found
        if mark.content or mark.attribution
    ]


def paint_under(painter: QPainter, shown: Sequence[Mark], selected: int | None, theme: Theme) -> None:
    """What lies behind the letters: the wash of accepted claims, the selection of the selected one."""
    painter.setPen(Qt.PenStyle.NoPen)
    for mark in shown:
        if mark.claim.id != selected and mark.claim.review is Review.ACCEPTED:
            painter.setBrush(QBrush(theme.tint(mark.claim.level)))
            for strip in mark.content:
                painter.drawRect(strip.box)
    for mark in shown:
        if mark.claim.id == selected:
            painter.setBrush(QColor(theme.selection))
            for strip in (*mark.content, *mark.attribution):
                painter.drawRoundedRect(strip.box, 3, 3)


def paint_over(painter: QPainter, shown: Sequence[Mark], selected: int | None, theme: Theme) -> None:
    """Underlines in each level's colour and style: thin while only suggested, heavier once accepted or selected."""
    for mark in shown:
        level = BY_SLUG[mark.claim.level]
        heavy = mark.claim.review is Review.ACCEPTED or mark.claim.id == selected
        colour = QColor(theme.level(level.slug))
        for strip in mark.content:
            y = min(strip.baseline + 3.5 + LANE * mark.lane, strip.bottom + 9)
            _underline(painter, strip.left, strip.right, y, level.underline, colour, heavy=heavy)


def paint_numbers(
    painter: QPainter, document: ArticleDocument, shown: Sequence[Mark], numbers: dict[int, int], theme: Theme
) -> None:
    """Each claim's number behind its content, raised, in its level's colour; two that end together stand side by side."""
    by_id = {mark.claim.id: mark.claim for mark in shown}
    painter.setFont(document.number_font)
    metrics = QFontMetricsF(document.number_font)
    for place in {document.number_place(mark.claim.hull.end) for mark in shown}:
        here = list(strips(document, max(0, place - 1), place))
        if not here:
            continue
        last, y = here[-1], here[-1].baseline - (here[-1].baseline - here[-1].top) * 0.42
        leftward = document.runs_leftward(place)
        x = last.left - 1.5 if leftward else last.right + 1.5
        for claim_id in document.labels.get(place, []):
            if claim_id in by_id and claim_id in numbers:
                label = str(numbers[claim_id])
                width = metrics.horizontalAdvance(label)
                painter.setPen(QColor(theme.level(by_id[claim_id].level)))
                painter.drawText(QPointF(x - width if leftward else x, y), label)
                x += -width - 3 if leftward else width + 3


def paint_paragraph_numbers(painter: QPainter, document: ArticleDocument, visible: Span, theme: Theme) -> None:
    """The paragraphs' numbers in the margin."""
    painter.setFont(document.number_font)
    painter.setPen(QColor(theme.dim))
    block = document.findBlock(document.units.to_units(visible.start))
    last = document.units.to_units(visible.end)
    while block.isValid() and block.position() <= last:
        number = document.paragraph_numbers.get(block.blockNumber())
        if number is not None and block.layout().lineCount():
            box = document.documentLayout().blockBoundingRect(block)
            line = block.layout().lineAt(0)
            width = QFontMetricsF(document.number_font).horizontalAdvance(str(number))
            painter.drawText(QPointF(box.x() - 26 - width / 2, box.y() + line.y() + line.ascent()), str(number))
        block = block.next()


@dataclass(frozen=True, slots=True)
class InvisibleMark:
    """Where a character stands that nobody sees, in pixels of the document."""

    char: Invisible
    box: QRectF


def invisible_marks(document: ArticleDocument, visible: Span) -> list[InvisibleMark]:
    """The marks of the unseen characters in the visible stretch (code points)."""
    found = []
    for one in invisible.find(document.article.text, visible.start, visible.end):
        place = document.units.to_units(one.place)
        block = document.findBlock(place)
        line = block.layout().lineForTextPosition(place - block.position())
        if line.isValid():
            origin = document.documentLayout().blockBoundingRect(block).topLeft()
            x = origin.x() + _x(line, place - block.position())
            found.append(
                InvisibleMark(one, QRectF(x - 4, origin.y() + line.y() + 1, 8, line.ascent() + line.descent()))
            )
    return found


def paint_invisible(painter: QPainter, shown: Sequence[InvisibleMark], theme: Theme) -> None:
    """A thin bar where each stands: with a flag for those that turn the direction of the words, else with a dot."""
    colour = QColor(theme.accent)
    for mark in shown:
        x, top, bottom = mark.box.center().x(), mark.box.top() + 3, mark.box.bottom()
        painter.setPen(QPen(colour, 1.3))
        painter.drawLine(QPointF(x, top), QPointF(x, bottom))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        if mark.char.is_directional:
            painter.drawPolygon([QPointF(x, top - 1), QPointF(x - 6, top + 2), QPointF(x, top + 5)])
        else:
            painter.drawEllipse(QPointF(x, top), 2.4, 2.4)


def paint_pages(painter: QPainter, document: ArticleDocument, visible: Span, theme: Theme) -> None:
    """Where each page of the file begins, in the margin at the right."""
    pages = document.article.pages
    first, last = bisect_left(pages, visible.start), bisect_left(pages, visible.end)
    painter.setFont(document.number_font)
    painter.setPen(QColor(theme.dim))
    for at in range(max(first, 1), last):
        block = document.findBlock(document.units.to_units(pages[at]))
        line = block.layout().lineForTextPosition(document.units.to_units(pages[at]) - block.position())
        if line.isValid():
            box = document.documentLayout().blockBoundingRect(block)
            painter.drawText(QPointF(box.right() + 16, box.y() + line.y() + line.ascent()), f"p. {at + 1}")


def handles(mark: Mark) -> tuple[QRectF, QRectF] | None:
    """Where the two edges of a claim's content can be taken with the mouse."""
    if not mark.content:
        return None
    first, last = mark.content[0], mark.content[-1]
    start, end = (first.right + 1, last.left - 1) if mark.leftward else (first.left, last.right)
    return (
        QRectF(start - 6, first.top - KNOB, 11, first.bottom - first.top + KNOB + 4),
        QRectF(end - 5, last.top - 2, 11, last.bottom - last.top + KNOB + 4),
    )


def paint_handles(painter: QPainter, mark: Mark, theme: Theme) -> None:
    """The edges of the selected claim as two slim bars with a knob."""
    ends = handles(mark)
    if ends is None:
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.accent))
    for box, knob in ((ends[0], ends[0].top() + KNOB), (ends[1], ends[1].bottom() - KNOB)):
        middle = box.center().x()
        painter.drawRect(QRectF(middle - 0.8, box.top(), 1.6, box.height()))
        painter.drawEllipse(QPointF(middle, knob), KNOB, KNOB)


def _underline(
    painter: QPainter, left: float, right: float, y: float, style: Underline, colour: QColor, *, heavy: bool
) -> None:
    width = 2.2 if heavy else 1.2
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    match style:
        case Underline.DASHED:
            pen.setDashPattern([6 / width, 3.5 / width])
        case Underline.DOTTED:
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setDashPattern([0.1, 3.6 / width])
        case Underline.WAVY:
            painter.setPen(pen)
            painter.drawPath(_wave(left, right, y))
            return
        case Underline.DOUBLE:
            pen.setWidthF(1.5 if heavy else 1.0)
            painter.setPen(pen)
            painter.drawLine(QPointF(left, y + 2.4), QPointF(right, y + 2.4))
        case Underline.SOLID:
            pass
    painter.setPen(pen)
    painter.drawLine(QPointF(left, y), QPointF(right, y))


def _wave(left: float, right: float, y: float) -> QPainterPath:
    path = QPainterPath(QPointF(left, y))
    x, up = left, True
    while x < right:
        path.quadTo(QPointF(x + 2.5, y + (-3.2 if up else 3.2)), QPointF(min(x + 5, right), y))
        x, up = x + 5, not up
    return path
