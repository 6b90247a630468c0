"""All keys on one sheet."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from claimdesk.ui import theme as look


class KeysDialog(QDialog):
    """The menus' commands that have a key, in the menus' order: the menu's title, then words and keys of each command."""

    def __init__(self, menus: Sequence[tuple[str, Sequence[tuple[str, str]]]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        self.resize(860, 620)
        sheet = QWidget()
        grid = QGridLayout(sheet)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(5)
        columns = [0, 0]
        for title, entries in menus:
            column = 0 if columns[0] <= columns[1] else 1
            columns[column] = _section(grid, columns[column], column * 3, title, entries)
        grid.setColumnMinimumWidth(2, 24)
        grid.setRowStretch(max(columns), 1)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setWidget(sheet)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setMinimumWidth(sheet.sizeHint().width() + scroll.verticalScrollBar().sizeHint().width())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.addWidget(scroll, 1)
        whole.addWidget(buttons)


def _section(grid: QGridLayout, row: int, column: int, title: str, entries: Sequence[tuple[str, str]]) -> int:
    heading = QLabel(title)
    heading.setFont(look.sans(10, bold=True))
    grid.addWidget(heading, row, column, 1, 2)
    for words, keys in entries:
        row += 1
        key = QLabel(keys, textFormat=Qt.TextFormat.PlainText)
        key.setProperty("kind", "key")
        grid.addWidget(key, row, column, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(QLabel(words, textFormat=Qt.TextFormat.PlainText), row, column + 1)
    return row + 2
