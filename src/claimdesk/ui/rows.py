"""What lists have in common: rows of one height in a table, since a list view takes longer the more rows there are."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
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


class RowDelegate(QStyledItemDelegate):
    """Paints rows of one height in the colours of a theme."""

    def __init__(self, theme: Theme, height: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._height = height

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802 - Qt's name
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
