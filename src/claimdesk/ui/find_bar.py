"""Find words in the open article."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget


class FindBar(QFrame):
    """A line that asks for the next or the last place of some words."""

    wanted = Signal(str, int)
    """The words, and how many places further on to look: 0 for where the last ones were, -1 for the place before."""
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("claims")
        self._words = QLineEdit(placeholderText="Find in the article", clearButtonEnabled=True)
        self._words.setAccessibleName("Find in the article")
        self._words.textEdited.connect(lambda words: self.wanted.emit(words, 0))
        self._result = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._result.setProperty("kind", "dim")
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 6, 12, 6)
        row.addWidget(self._words, 1)
        row.addWidget(self._result)
        for sign, name, step in (("▲", "Previous place", -1), ("▼", "Next place", 1)):
            button = QPushButton(sign)
            button.setAccessibleName(name)
            button.setToolTip(name)
            button.clicked.connect(lambda _=False, s=step: self.wanted.emit(self._words.text(), s))
            row.addWidget(button)
        close = QPushButton("Close")
        close.clicked.connect(self.leave)
        row.addWidget(close)
        self.hide()

    def open(self, words: str) -> None:
        """Show the bar and look for the selected words if there are any, else for those of last time."""
        self.show()
        if words:
            self._words.setText(words)
        self._words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._words.selectAll()
        self.wanted.emit(self._words.text(), 0)

    def tell(self, place: int, count: int) -> None:
        """Say which of how many places is shown, counted from 1; 0 of 0 means nowhere."""
        self._result.setText(
            "" if not self._words.text() else f"{place} of {count}" if count else "not in this article"
        )

    def leave(self) -> None:
        """Close the bar."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def forget(self) -> None:
        """Keep nothing of what was looked for."""
        self._words.clear()
        self._result.clear()

    def event(self, event: QEvent) -> bool:
        """Keep Enter and Escape from the window's shortcuts while the line is written in."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride and self._is_own(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter finds the next, Shift+Enter the last, Escape closes."""
        if not self._is_own(event):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            backward = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.wanted.emit(self._words.text(), -1 if backward else 1)

    def _is_own(self, event: QKeyEvent) -> bool:
        """Whether a key means the bar; Enter on one of its buttons means the button."""
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        return event.key() == Qt.Key.Key_Escape or (enter and self._words.hasFocus())
