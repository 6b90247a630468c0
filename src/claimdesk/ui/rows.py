"""What lists have in common: rows of one height in a table, since a list view takes longer the more rows there are."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from claimdesk.ui.theme import Theme

LONGEST = 300
"""Characters of a text that are measured; no row shows as many."""


Row = TypeVar("Row")
_Index = QModelIndex | QPersistentModelIndex


class RowModel(QAbstractTableModel, Generic[Row]):
    """The rows of a list; those who derive from it say what each tells."""

    COLUMNS = 1
    """How many; one that the delegate paints is enough for most lists."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[Row] = []

    def show_rows(self, rows: Sequence[Row], same: Callable[[Row], object] | None = None) -> None:
        """Show other rows; where by `same` they are those of before with other content, the view keeps its place."""
        if same is not None and [same(row) for row in rows] == [same(row) for row in self.rows]:
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, 0))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def place(self, wanted: Callable[[Row], bool]) -> int:
        """The first row that is wanted, -1 if none is."""
        return next((place for place, row in enumerate(self.rows) if wanted(row)), -1)

    def rowCount(self, parent: _Index | None = None) -> int:  # noqa: N802 - Qt's name
        """The rows, in order."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index | None = None) -> int:  # noqa: N802 - Qt's name
        """As many as the list has."""
        return 0 if parent is not None and parent.isValid() else self.COLUMNS


class RowDelegate(QStyledItemDelegate):
    """Paints rows of one height in the colours of a theme."""

    def __init__(self, theme: Theme, height: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._height = height

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802 - Qt's name
        """All rows are equally high."""
        del option, index
        return QSize(200, self._height)


def set_up_rows(view: QTableView, name: str, height: int) -> None:
    """Make a table a list of rows; `name` is told to those who do not see it, `height` is in pixels."""
    view.setAccessibleName(name)
    view.setShowGrid(False)
    view.setTabKeyNavigation(False)
    view.horizontalHeader().hide()
    view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    view.verticalHeader().hide()
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.verticalHeader().setDefaultSectionSize(height)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


def elided(painter: QPainter, words: str, width: float) -> str:
    """The words as far as they fit into `width` pixels."""
    return QFontMetricsF(painter.font()).elidedText(words[:LONGEST], Qt.TextElideMode.ElideRight, width)
