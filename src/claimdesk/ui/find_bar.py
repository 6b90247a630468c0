"""Find words in the open article."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget


class FindBar(QFrame):
    """A line that asks for the next or the last place of some words."""

    wanted = Signal(str, bool)
    """The words, and whether to look backwards."""
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("claims")
        self._words = QLineEdit(placeholderText="Find in the article", clearButtonEnabled=True)
        self._words.setAccessibleName("Find in the article")
        self._words.textEdited.connect(lambda words: self.wanted.emit(words, False))
        self._result = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._result.setProperty("kind", "dim")
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 6, 12, 6)
        row.addWidget(self._words, 1)
        row.addWidget(self._result)
        for label, backward in (("Previous", True), ("Next", False)):
            button = QPushButton(label)
            button.clicked.connect(lambda _=False, b=backward: self.wanted.emit(self._words.text(), b))
            row.addWidget(button)
        close = QPushButton("Close")
        close.clicked.connect(self._leave)
        row.addWidget(close)
        self.hide()

    def open(self, words: str) -> None:
        """Show the bar, with the selected words if there are any."""
        self.show()
        if words:
            self._words.setText(words)
        self._words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._words.selectAll()

    def tell(self, *, found: bool) -> None:
        """Say if the words are nowhere."""
        self._result.setText("" if found or not self._words.text() else "not in this article")

    def event(self, event: object) -> bool:
        """Keep Enter and Escape from the window's shortcuts while the line is written in."""
        if isinstance(event, QKeyEvent) and event.type() is QKeyEvent.Type.ShortcutOverride and event.key() in _OWN:
            event.accept()
            return True
        return super().event(event)  # type: ignore[arg-type]

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter finds the next, Shift+Enter the last, Escape closes."""
        if event.key() is Qt.Key.Key_Escape:
            self._leave()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            backward = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.wanted.emit(self._words.text(), backward)
        else:
            super().keyPressEvent(event)

    def _leave(self) -> None:
        self.hide()
        self.closed.emit()


_OWN = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}
