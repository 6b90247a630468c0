"""The articles of the desk, newest first, each with how far its review is and what it rests on."""

from collections import Counter
from collections.abc import Sequence

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
    """The summaries of the desk's articles."""

    def __init__(self) -> None:
        super().__init__()
        self.summaries: Sequence[ArticleSummary] = []

    def show(self, summaries: Sequence[ArticleSummary]) -> None:
        """Show other articles, or the same with other counts."""
        same = [summary.id for summary in summaries] == [summary.id for summary in self.summaries]
        if not same:
            self.beginResetModel()
        self.summaries = summaries
        if not same:
            self.endResetModel()
        elif summaries:
            self.dataChanged.emit(self.index(0), self.index(len(summaries) - 1))

    def rowCount(self, parent: _Index | None = None) -> int:  # noqa: N802 - Qt's name
        """One row an article."""
        return 0 if parent is not None and parent.isValid() else len(self.summaries)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The title, the row for a screen reader, the summary for the delegate."""
        summary = self.summaries[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return summary.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{summary.title}, {progress(summary)}"
            case Qt.ItemDataRole.UserRole:
                return summary
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

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("library")
        self._model = LibraryModel()
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

    def show_articles(self, summaries: Sequence[ArticleSummary], current: int | None) -> None:
        """Show the desk's articles and which of them is open."""
        self._model.show(summaries)
        row = next((i for i, summary in enumerate(summaries) if summary.id == current), -1)
        if row >= 0:
            index = self._model.index(row)
            self.view.selectionModel().setCurrentIndex(index, self.view.selectionModel().SelectionFlag.ClearAndSelect)

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._delegate.theme = theme
        self.view.viewport().update()

    def _chosen(self, index: QModelIndex) -> None:
        if index.isValid():
            self.article_chosen.emit(self._model.summaries[index.row()].id)
