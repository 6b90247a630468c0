"""The sources of all articles as a list of two-line rows, with a field to search it."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLabel,
    QLineEdit,
    QStyle,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from claimdesk.core.sources import Source, SourceKind, SourceSummary, folded
from claimdesk.ui import theme as look
from claimdesk.ui.icons import picture
from claimdesk.ui.rows import RowDelegate, RowModel, elided, set_up_rows
from claimdesk.ui.theme import Theme

ROW_HEIGHT = 50
AMOUNT = 82
"""Pixels at the right end of a row that the counts have."""

_Index = QModelIndex | QPersistentModelIndex


def counted(number: int, what: str) -> str:
    """The number with its word: 1 claim, 2 claims."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def spoken(entry: SourceSummary) -> str:
    """The row for a screen reader."""
    source = entry.source
    parts = [source.name, "confidential" if source.confidential else "", source.kind.value, source.about]
    amount = f"{counted(entry.claims, 'claim')} in {counted(entry.articles, 'article')}"
    return ", ".join(part for part in (*parts, amount) if part)


class SourceModel(RowModel[SourceSummary]):
    """The sources that the search lets through."""

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The name, the row for a screen reader, the source itself for the delegate."""
        entry = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return entry.source.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return spoken(entry)
            case Qt.ItemDataRole.UserRole:
                return entry
        return None


class SourceDelegate(RowDelegate):
    """Paints a source: what it is, name and lock; under them role and affiliation; at the end the counts."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one row."""
        entry: SourceSummary = index.data(Qt.ItemDataRole.UserRole)
        box = QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(box, QColor(self.theme.selection if chosen else self.theme.panel))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), QColor(self.theme.line))
        if chosen:
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), QColor(self.theme.accent))
        painter.drawPixmap(int(box.left()) + 14, int(box.top()) + 15, picture(entry.source.kind, self.theme.dim, 20))
        self._who(painter, box.adjusted(46, 7, -AMOUNT, 0), entry.source)
        self._amount(painter, box.adjusted(0, 7, -14, 0), entry)
        painter.restore()

    def _who(self, painter: QPainter, box: QRectF, source: Source) -> None:
        line = QRectF(box.left(), box.top(), box.width() - (18 if source.confidential else 0), 19)
        painter.setFont(look.sans(10, bold=True))
        painter.setPen(QColor(self.theme.ink))
        name = elided(painter, source.name, line.width())
        painter.drawText(line, _LEFT, name)
        if source.confidential:
            end = line.left() + QFontMetricsF(painter.font()).horizontalAdvance(name) + 5
            painter.drawPixmap(int(end), int(line.top()) + 3, picture("lock", self.theme.accent, 14))
        about = QRectF(box.left(), box.top() + 19, box.width(), 17)
        painter.setFont(look.sans(8.8))
        painter.setPen(QColor(self.theme.dim))
        words = " · ".join(part for part in (source.pseudonym if source.confidential else "", source.about) if part)
        painter.drawText(about, _LEFT, elided(painter, words or _KIND[source.kind], about.width()))

    def _amount(self, painter: QPainter, box: QRectF, entry: SourceSummary) -> None:
        painter.setFont(look.sans(8.8))
        painter.setPen(QColor(self.theme.dim))
        for place, words in ((0, counted(entry.claims, "claim")), (19, counted(entry.articles, "article"))):
            painter.drawText(QRectF(box.left(), box.top() + place, box.width(), 18), _RIGHT, words)


_KIND = {kind: kind.value.capitalize() for kind in SourceKind} | {SourceKind.UNKNOWN: "Nothing known yet"}
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)


class SourceList(QFrame):
    """The panel at the left of the register."""

    chosen = Signal(list)
    """The sources (Source) that are selected: none, one, or several to be merged."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sources")
        self._entries: Sequence[SourceSummary] = []
        self._model = SourceModel()
        self._delegate = SourceDelegate(theme, ROW_HEIGHT, self)
        self.search = QLineEdit(placeholderText="Search names, roles, affiliations", clearButtonEnabled=True)
        self.search.setAccessibleName("Search sources")
        self.search.textChanged.connect(self._refresh)
        self.view = self._make_view()
        self._empty = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter, textFormat=Qt.TextFormat.PlainText)
        self._empty.setProperty("kind", "dim")
        self._empty.setMargin(28)
        self._count = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._count.setProperty("kind", "dim")
        self._count.setFont(look.sans(8.8))
        self._count.setContentsMargins(14, 7, 14, 8)
        top = QVBoxLayout()
        top.setContentsMargins(12, 12, 12, 10)
        top.addWidget(self.search)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.view, 1)
        column.addWidget(self._empty, 1)
        column.addWidget(self._count)

    def show_sources(self, entries: Sequence[SourceSummary]) -> None:
        """Show the register; what was selected stays so as far as it is there."""
        self._entries = entries
        self._refresh()

    def select(self, name: str) -> None:
        """Select the source of that name, and take the search away if it hides it."""
        if all(entry.source.name != name for entry in self._model.rows):
            self.search.clear()
        row = self._model.place(lambda entry: entry.source.name == name)
        if row >= 0:
            index = self._model.index(row, 0)
            selection = self.view.selectionModel()
            selection.setCurrentIndex(index, selection.SelectionFlag.ClearAndSelect)
            self.view.scrollTo(index)

    def selected(self) -> list[Source]:
        """The selected sources, in the order of the list."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        return [self._model.rows[row].source for row in rows]

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._delegate.theme = theme
        self.view.viewport().update()

    def _refresh(self) -> None:
        wanted = folded(self.search.text())
        kept, place = {source.id for source in self.selected()}, max(self.view.currentIndex().row(), 0)
        shown = [entry for entry in self._entries if wanted in _searched(entry.source)]
        selection = self.view.selectionModel()
        selection.blockSignals(True)
        self._model.show_rows(shown, lambda entry: entry.source.id)
        selection.clear()
        for row, entry in enumerate(shown):
            if entry.source.id in kept:
                index = self._model.index(row, 0)
                selection.select(index, selection.SelectionFlag.Select)
                selection.setCurrentIndex(index, selection.SelectionFlag.NoUpdate)
        selection.blockSignals(False)
        if shown and not self.selected():
            nearest = self._model.index(min(place, len(shown) - 1), 0)
            selection.setCurrentIndex(nearest, selection.SelectionFlag.ClearAndSelect)
        self._empty.setText(
            f"No source fits “{self.search.text()}”." if self._entries else
            "No sources yet. They come here with the claims of your articles, and by naming who says a claim."
        )  # fmt: skip
        self._empty.setVisible(not shown)
        self.view.setVisible(bool(shown))
        self._count.setText(f"{counted(len(shown), 'source')} · select two, with Ctrl or Shift, to merge them")
        self._tell()

    def _tell(self) -> None:
        self.chosen.emit(self.selected())

    def _make_view(self) -> QTableView:
        view = QTableView()
        view.setModel(self._model)
        view.setItemDelegate(self._delegate)
        set_up_rows(view, "Sources", ROW_HEIGHT)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.selectionModel().selectionChanged.connect(self._tell)
        return view


def _searched(source: Source) -> str:
    return "\n".join(map(folded, (*source.names, source.role, source.affiliation, source.pseudonym)))
