"""The articles of the desk, newest first, each with how far its review is and what it rests on."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QTextLayout
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from claimdesk.core.claim import ArticleSummary, Review
from claimdesk.ui import theme as look
from claimdesk.ui.sourcing_bar import paint_bar
from claimdesk.ui.theme import Theme

HEIGHT = 84
AT_ONCE = 50
"""Rows whose claims are counted together."""

_Index = QModelIndex | QPersistentModelIndex


def progress(summary: ArticleSummary) -> str:
    """How far the review of an article is, in words."""
    reviewed = Counter[Review]()
    for (_, review), count in summary.counts.items():
        reviewed[review] += count
    kept = reviewed[Review.ACCEPTED] + reviewed[Review.SUGGESTED]
    if not kept:
        return "no claims"
    if not reviewed[Review.SUGGESTED]:
        return f"{kept} claims, all reviewed"
    return f"{reviewed[Review.ACCEPTED]} of {kept} reviewed"


class LibraryModel(QAbstractListModel):
    """The summaries of the desk's articles, whose claims are counted when a row is first looked at."""

    uncounted = Signal(list)
    """The ids of articles that are looked at, whose counts are needed at once, by `count`."""

    def __init__(self) -> None:
        super().__init__()
        self.summaries: list[ArticleSummary] = []
        self._uncounted: set[int] = set()

    def show(self, summaries: Sequence[ArticleSummary]) -> None:
        """Show other articles, which are not counted yet, the newest first."""
        self.beginResetModel()
        self.summaries = list(summaries)
        self._uncounted = {summary.id for summary in summaries}
        self.endResetModel()

    def count(self, summaries: Iterable[ArticleSummary]) -> None:
        """Take over the counts of articles that are shown."""
        for summary in summaries:
            self.summaries[self.row_of(summary.id)] = summary
            self._uncounted.discard(summary.id)

    def update(self, summaries: Iterable[ArticleSummary]) -> None:
        """Show some articles anew, or new ones, with their counts."""
        for summary in sorted(summaries, key=lambda summary: summary.id):
            row = self.row_of(summary.id)
            if row < len(self.summaries) and self.summaries[row].id == summary.id:
                self.count([summary])
                self.dataChanged.emit(self.index(row), self.index(row))
            else:
                self.beginInsertRows(QModelIndex(), row, row)
                self.summaries.insert(row, summary)
                self.endInsertRows()

    def row_of(self, article_id: int) -> int:
        """The row of an article, or that which it would have."""
        return bisect_left(self.summaries, -article_id, key=lambda summary: -summary.id)

    def _counted(self, row: int) -> ArticleSummary:
        if self.summaries[row].id in self._uncounted:
            near = [summary.id for summary in self.summaries[row : row + AT_ONCE] if summary.id in self._uncounted]
            self.uncounted.emit(near)
        return self.summaries[row]

    def rowCount(self, parent: _Index | None = None) -> int:  # noqa: N802 - Qt's name
        """One row an article."""
        return 0 if parent is not None and parent.isValid() else len(self.summaries)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The title, the row for a screen reader, the summary for the delegate."""
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return self.summaries[index.row()].title
            case Qt.ItemDataRole.AccessibleTextRole:
                summary = self._counted(index.row())
                return f"{summary.title}, {progress(summary)}"
            case Qt.ItemDataRole.UserRole:
                return self._counted(index.row())
        return None


class LibraryDelegate(QStyledItemDelegate):
    """Paints an article: title on two lines, progress, sourcing."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802 - Qt's name
        """All rows are equally high."""
        del option, index
        return QSize(120, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one article."""
        summary: ArticleSummary = index.data(Qt.ItemDataRole.UserRole)
        box = QRectF(option.rect).adjusted(8, 3, -8, -3)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.theme.selection))
            painter.drawRoundedRect(box, 7, 7)
        if option.state & QStyle.StateFlag.State_HasFocus:
            look.draw_focus(painter, box, self.theme, radius=7)
        inner = box.adjusted(9, 7, -9, -8)
        self._title(painter, inner, summary.title)
        painter.setFont(look.sans(8.5))
        painter.setPen(QColor(self.theme.dim))
        where = QRectF(inner.left(), inner.bottom() - 25, inner.width(), 18)
        line = " · ".join(part for part in (summary.outlet, progress(summary)) if part)
        elided = painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, int(where.width()))
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, elided)
        counts = Counter[str]()
        for (level, review), count in summary.counts.items():
            counts[level] += count if review is not Review.DISMISSED else 0
        paint_bar(painter, QRectF(inner.left(), inner.bottom() - 4, inner.width(), 5), counts, self.theme)
        painter.restore()

    def _title(self, painter: QPainter, box: QRectF, title: str) -> None:
        font = look.sans(9.5, bold=True)
        painter.setPen(QColor(self.theme.ink))
        painter.setFont(font)
        layout = QTextLayout(title[:200], font)
        layout.beginLayout()
        first = layout.createLine()
        first.setLineWidth(box.width())
        layout.endLayout()
        cut = first.textLength()
        for i, words in enumerate((title[:cut], title[cut:])):
            where = QRectF(box.left(), box.top() + i * 17 - 1, box.width(), 18)
            line = painter.fontMetrics().elidedText(words.strip(), Qt.TextElideMode.ElideRight, int(box.width()))
            painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, line)


class Library(QFrame):
    """The sidebar of articles."""

    article_chosen = Signal(int)
    uncounted = Signal(list)
    """The ids of articles whose counts are needed, at once, by `count_articles`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("library")
        self._model = LibraryModel()
        self._model.uncounted.connect(self.uncounted)
        self._delegate = LibraryDelegate(theme, self)
        heading = QLabel("LIBRARY")
        heading.setProperty("kind", "heading")
        heading.setFont(look.sans(8.5, bold=True))
        heading.setContentsMargins(16, 14, 8, 6)
        self.view = QListView()
        self.view.setModel(self._model)
        self.view.setItemDelegate(self._delegate)
        self.view.setAccessibleName("Library")
        self.view.setUniformItemSizes(True)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.selectionModel().currentChanged.connect(self._chosen)
        self.view.clicked.connect(self._chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(heading)
        column.addWidget(self.view, 1)

    def show_articles(self, summaries: Sequence[ArticleSummary]) -> None:
        """Show the desk's articles, the newest first; their claims are counted when that is needed."""
        self._model.show(summaries)

    def count_articles(self, summaries: Sequence[ArticleSummary]) -> None:
        """Take over counts that were asked for."""
        self._model.count(summaries)

    def update_articles(self, summaries: Sequence[ArticleSummary]) -> None:
        """Show some of the articles anew, or new ones."""
        self._model.update(summaries)

    def select(self, current: int | None) -> None:
        """Show which of them is open."""
        row = self._model.row_of(current) if current is not None else -1
        if 0 <= row < len(self._model.summaries) and self._model.summaries[row].id == current:
            index = self._model.index(row)
            self.view.selectionModel().setCurrentIndex(index, self.view.selectionModel().SelectionFlag.ClearAndSelect)

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._delegate.theme = theme
        self.view.viewport().update()

    def _chosen(self, index: QModelIndex) -> None:
        if index.isValid():
            self.article_chosen.emit(self._model.summaries[index.row()].id)
