"""Make an article of pasted text."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from claimdesk.ui import theme as look


class PasteDialog(QDialog):
    """A field for the text of an article, filled with what is there already."""

    def __init__(self, text: str, points: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("New Article from Text")
        self.resize(680, 520)
        self._text = QPlainTextEdit(text, tabChangesFocus=True)
        self._text.setPlaceholderText("Paste or write the article here, its headline on the first line.")
        self._text.setAccessibleName("Text of the article")
        self._text.setFont(look.serif(points - 1))
        buttons = QDialogButtonBox()
        self._add = buttons.addButton("Add Article", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._text.textChanged.connect(self._check)
        words = QLabel(
            "The text stays as it is from then on; claims are marked on it.", textFormat=Qt.TextFormat.PlainText
        )
        words.setProperty("kind", "dim")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 14)
        column.addWidget(self._text, 1)
        column.addWidget(words)
        column.addWidget(buttons)
        self._check()

    @property
    def is_written(self) -> bool:
        """Whether somebody wrote or pasted anything into the field."""
        return self._text.document().isModified()

    def text(self) -> str:
        """What stands in the field."""
        return self._text.toPlainText()

    def _check(self) -> None:
        self._add.setEnabled(bool(self._text.toPlainText().strip()))
