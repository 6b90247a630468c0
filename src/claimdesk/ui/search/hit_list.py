"""The list of hits on the screen: how a row is painted, and which keys it takes."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from claimdesk.core.claim import Span
from claimdesk.core.hits import Hit, HitKind
from claimdesk.core.levels import BY_SLUG
from claimdesk.core.text import Utf16Map
from claimdesk.ui import theme as look
from claimdesk.ui.rows import elided
from claimdesk.ui.search.hits import HEADS, Heading, HitModel, MoreRow, Row, about
from claimdesk.ui.theme import Theme

SIDE = 22
"""Pixels at the left of a row."""

_Index = QModelIndex | QPersistentModelIndex


class HitDelegate(QStyledItemDelegate):
    """Paints a hit: title or level, the words around it with those that were found marked, and where it stands."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self.theme = theme
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802 - Qt's name
        """As high as the words need at the width of the view."""
        del option
        row: Row = index.data(Qt.ItemDataRole.UserRole)
        width = self._view.viewport().width()
        match row:
            case Heading():
                return QSize(width, 38)
            case MoreRow():
                return QSize(width, 34)
            case Hit():
                title = 21 if row.kind is HitKind.ARTICLE else 0
                return QSize(width, round(title + self._laid_out(row, width).boundingRect().height()) + 36)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one row."""
        row: Row = index.data(Qt.ItemDataRole.UserRole)
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(self.theme.selection))
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), QColor(self.theme.accent))
        match row:
            case Heading():
                self._heading(painter, box, row)
            case MoreRow():
                painter.setFont(look.sans(9.2))
                painter.setPen(QColor(self.theme.accent))
                painter.drawText(box.adjusted(SIDE + 20, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, row.words)
            case Hit():
                self._hit(painter, box, row)
        painter.restore()

    def _heading(self, painter: QPainter, box: QRectF, row: Heading) -> None:
        line = box.adjusted(SIDE, 12, -SIDE, 0)
        painter.setFont(look.sans(8.5, bold=True))
        painter.setPen(QColor(self.theme.dim))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, HEADS[row.kind].upper())
        painter.setFont(look.sans(8.5))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, row.figure)
        painter.fillRect(QRectF(line.left(), box.bottom() - 1, line.width(), 1), QColor(self.theme.line))

    def _hit(self, painter: QPainter, box: QRectF, hit: Hit) -> None:
        inner = box.adjusted(SIDE + 20, 8, -SIDE, -7)
        top = inner.top()
        if hit.level:
            painter.setFont(look.sans(10))
            painter.setPen(QColor(self.theme.level(hit.level)))
            mark = QRectF(box.left() + SIDE, top, 18, 18)
            painter.drawText(mark, Qt.AlignmentFlag.AlignVCenter, BY_SLUG[hit.level].glyph)
        if hit.kind is HitKind.ARTICLE:
            self._line(
                painter,
                QRectF(inner.left(), top - 1, inner.width(), 20),
                hit.title,
                look.sans(10, bold=True),
                self.theme.ink,
            )
            top += 21
        words = self._laid_out(hit, round(box.width()))
        painter.setPen(QColor(self.theme.ink))
        words.draw(painter, QPointF(inner.left(), top))
        where = QRectF(inner.left(), inner.bottom() - 17, inner.width(), 18)
        self._line(painter, where, about(hit), look.sans(8.8), self.theme.dim)

    def _line(self, painter: QPainter, box: QRectF, words: str, font: QFont, colour: str) -> None:
        painter.setFont(font)
        painter.setPen(QColor(colour))
        place = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(box, place, elided(painter, words, box.width()))

    def _laid_out(self, hit: Hit, width: int) -> QTextLayout:
        """The snippet in lines for a row of so many pixels; it runs as its own script does."""
        layout = QTextLayout(hit.snippet, look.sans(9.8))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        layout.setTextOption(option)
        layout.setFormats([self._mark(span, Utf16Map(hit.snippet)) for span in hit.marks])
        layout.beginLayout()
        top = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width - 2 * SIDE - 20)
            line.setPosition(QPointF(0, top))
            top += line.height()
        layout.endLayout()
        return layout

    def _mark(self, span: Span, units: Utf16Map) -> QTextLayout.FormatRange:
        ground = QColor(self.theme.accent)
        ground.setAlpha(70 if self.theme.dark else 44)
        mark = QTextLayout.FormatRange()
        mark.start = units.to_units(span.start)
        mark.length = units.to_units(span.end) - mark.start
        letters = QTextCharFormat()
        letters.setBackground(ground)
        letters.setFontWeight(QFont.Weight.Bold)
        mark.format = letters
        return mark


class HitView(QListView):
    """The list of hits; letters, Enter, Escape and the way up from the first hit are left to the page."""

    def __init__(self, model: HitModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setAccessibleName("What was found")
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Move among the hits."""
        above_all = event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 1
        if event.text() or above_all:
            event.ignore()
        else:
            super().keyPressEvent(event)
