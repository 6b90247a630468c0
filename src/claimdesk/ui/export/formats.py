"""The list of formats in which a report can be written."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from claimdesk.core.reports import ENDINGS, purpose
from claimdesk.ui import theme as look
from claimdesk.ui.theme import Theme

ROW_HEIGHT = 44


class FormatList(QListWidget):
    """The formats that there are, each with what it is for."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName("Format")
        self.setItemDelegate(_FormatDelegate(theme, self))
        self.setFixedWidth(320)
        for ending, name in ENDINGS.items():
            item = QListWidgetItem(name, self)
            item.setData(Qt.ItemDataRole.UserRole, ending)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name}, {ending}. {purpose(ending)}")
        self.setCurrentRow(0)

    @property
    def ending(self) -> str:
        """The ending of the chosen format."""
        return str(self.currentItem().data(Qt.ItemDataRole.UserRole))

    def choose(self, ending: str) -> None:
        """Choose the format of that ending, if there is one."""
        if ending in ENDINGS:
            self.setCurrentRow(list(ENDINGS).index(ending))


class _FormatDelegate(QStyledItemDelegate):
    """Paints a format: its name and ending, and under them what it is for."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        """All rows are equally high."""
        del option, index
        return QSize(200, ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the row."""
        theme, box = self._theme, QRectF(option.rect)
        state = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(theme.selection))
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), QColor(theme.accent))
        ending = str(index.data(Qt.ItemDataRole.UserRole))
        inner = box.adjusted(14, 5, -10, -5)
        painter.setFont(look.sans(10))
        painter.setPen(QColor(theme.ink))
        painter.drawText(inner, Qt.AlignmentFlag.AlignTop, str(index.data()))
        painter.setFont(look.sans(8.6))
        painter.setPen(QColor(theme.dim))
        painter.drawText(inner, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight, ending)
        room = QFontMetricsF(painter.font())
        words = room.elidedText(purpose(ending), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignBottom, words)
        if state & QStyle.StateFlag.State_HasFocus:
            look.draw_focus(painter, box, theme)
        painter.restore()
