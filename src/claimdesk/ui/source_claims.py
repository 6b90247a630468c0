"""All claims of a source over all articles: Enter opens one in its article, and chosen ones can be split off."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStyle,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from claimdesk.core.claim import Review
from claimdesk.core.levels import BY_SLUG
from claimdesk.core.sources import SourcedClaim
from claimdesk.ui import theme as look
from claimdesk.ui.rows import RowDelegate, RowModel, elided, set_up_rows
from claimdesk.ui.theme import Theme

ROW_HEIGHT = 45
STATE = {Review.SUGGESTED: "·", Review.ACCEPTED: "✓", Review.DISMISSED: "✕"}

_Index = QModelIndex | QPersistentModelIndex
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)


class ClaimsModel(RowModel[SourcedClaim]):
    """The claims of one source."""

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words, the row for a screen reader, the claim itself for the delegate."""
        one = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return one.words
            case Qt.ItemDataRole.AccessibleTextRole:
                label = BY_SLUG[one.claim.level].label
                return f"{label}, {one.claim.review.value}: {one.words}. In “{one.title}”"
            case Qt.ItemDataRole.UserRole:
                return one
        return None


class ClaimsDelegate(RowDelegate):
    """Paints a claim: glyph of its level, words, state; under them the title of its article."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one row."""
        one: SourcedClaim = index.data(Qt.ItemDataRole.UserRole)
        box = QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        gone = one.claim.review is Review.DISMISSED
        painter.save()
        painter.fillRect(box, QColor(self.theme.selection if chosen else self.theme.panel))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), QColor(self.theme.line))
        line = QRectF(box.left() + 18, box.top() + 5, box.width() - 36, 19)
        painter.setFont(look.sans(10))
        painter.setPen(QColor(self.theme.dim if gone else self.theme.level(one.claim.level)))
        painter.drawText(line, _LEFT, BY_SLUG[one.claim.level].glyph)
        painter.setPen(QColor(self.theme.dim if gone else self.theme.ink))
        font = look.sans(10)
        font.setStrikeOut(gone)
        painter.setFont(font)
        words = line.adjusted(24, 0, -20, 0)
        painter.drawText(words, _LEFT, elided(painter, one.words, words.width()))
        painter.setFont(look.sans(10, bold=True))
        painter.setPen(QColor(self.theme.dim))
        painter.drawText(line, _RIGHT, STATE[one.claim.review])
        painter.setFont(look.sans(8.8))
        title = QRectF(line.left() + 24, box.top() + 23, line.width() - 24, 17)
        painter.drawText(title, _LEFT, elided(painter, one.title, title.width()))
        painter.restore()


class ClaimsView(QTableView):
    """A list of claims in which Enter opens the current one."""

    opened = Signal(int)
    """A row."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


class SourceClaims(QFrame):
    """The claims of the source that is shown."""

    claim_wanted = Signal(int, int)
    """An article and a claim of it that somebody wants to see."""
    split_wanted = Signal(list, str)
    """The ids of claims that another source stands behind, and its name."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("source_claims")
        self._model = ClaimsModel()
        self._delegate = ClaimsDelegate(theme, ROW_HEIGHT, self)
        self._heading = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._heading.setProperty("kind", "heading")
        self._heading.setFont(look.sans(8.5, bold=True))
        self._heading.setContentsMargins(18, 6, 18, 6)
        self.view = self._make_view()
        self.name = QLineEdit(placeholderText="Select claims of somebody else, and write who")
        self.name.setAccessibleName("Name of the other source")
        self.split = QPushButton("Split Off")
        self.split.setFont(look.sans(9))
        foot = QHBoxLayout()
        foot.setContentsMargins(18, 8, 18, 10)
        foot.setSpacing(8)
        foot.addWidget(self.name, 1)
        foot.addWidget(self.split)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._heading)
        column.addWidget(self.view, 1)
        column.addLayout(foot)
        self.name.textChanged.connect(self._check)
        self.name.returnPressed.connect(self.split.click)
        self.split.clicked.connect(self._split)
        self._check()

    def show_claims(self, claims: Sequence[SourcedClaim], *, more: bool = False) -> None:
        """Show the claims of a source, or the newest where there are `more`; what was selected stays so as far as it is there."""
        if list(claims) == list(self._model.rows):
            return
        kept = set(self.selected())
        self._model.show_rows(claims)
        number = "1 CLAIM" if len(claims) == 1 else f"{len(claims)} CLAIMS"
        self._heading.setText(f"THE NEWEST {number} OF MORE" if more else f"{number} IN ALL ARTICLES")
        selection = self.view.selectionModel()
        for row, one in enumerate(claims):
            if one.claim.id in kept:
                selection.select(self._model.index(row, 0), selection.SelectionFlag.Select)
        self._check()

    def selected(self) -> list[int]:
        """The ids of the selected claims."""
        return [self._model.rows[index.row()].claim.id for index in self.view.selectionModel().selectedRows()]

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._delegate.theme = theme
        self.view.viewport().update()

    def _open(self, row: int) -> None:
        claim = self._model.rows[row].claim
        self.claim_wanted.emit(claim.article_id, claim.id)

    def _split(self) -> None:
        self.split_wanted.emit(self.selected(), self.name.text())
        self.name.clear()

    def _check(self) -> None:
        count = len(self.selected())
        self.split.setText(f"Split Off {count}" if count else "Split Off")
        self.split.setEnabled(bool(count and self.name.text().strip()))

    def _make_view(self) -> ClaimsView:
        view = ClaimsView()
        view.setModel(self._model)
        view.setItemDelegate(self._delegate)
        set_up_rows(view, "Claims of this source", ROW_HEIGHT)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.opened.connect(self._open)
        view.doubleClicked.connect(lambda index: self._open(index.row()))
        view.selectionModel().selectionChanged.connect(self._check)
        return view
