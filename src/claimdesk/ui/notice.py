"""One sentence beside the work: what failed, or what was done. It asks for nothing and holds nothing up."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

GONE_AFTER = 6000
"""Milliseconds until what was merely said goes by itself; a failure stays until it is closed."""


class Notice(QFrame):
    """The strip over the article."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._words = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._close = QPushButton("Close")
        self._close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 7, 12, 7)
        row.addWidget(self._words, 1)
        row.addWidget(self._close)
        self._row = row
        self._offers: list[QPushButton] = []
        self._timer = QTimer(self, singleShot=True, interval=GONE_AFTER)
        self._timer.timeout.connect(self.hide)
        self.hide()

    @property
    def words(self) -> str:
        """What it says; empty while it is hidden."""
        return self._words.text() if not self.isHidden() else ""

    def fail(self, sentence: str) -> None:
        """Say what went wrong, until it is closed."""
        self._show(sentence, "failed")
        self._timer.stop()

    def say(self, sentence: str) -> None:
        """Say what was done, for a while."""
        self._show(sentence, "said")
        self._timer.start()

    def offer(self, sentence: str, offers: Sequence[tuple[str, Callable[[], None]]]) -> None:
        """Say what was done and what can be done with it, each as the words of a button; it stays until it is closed or expires."""
        self._show(sentence, "said")
        self._timer.stop()
        for words, call in offers:
            button = QPushButton(words)
            button.clicked.connect(lambda _=False, call=call: call())
            self._row.insertWidget(self._row.count() - 1, button)
            button.show()
            self._offers.append(button)

    def expire(self) -> None:
        """Let go of what was merely said; a failure stays."""
        if self.property("kind") == "said":
            self.hide()

    def clear(self) -> None:
        """Say nothing, and keep nothing of what was said."""
        self._words.clear()
        self._withdraw()
        self.setAccessibleName("")
        self.hide()

    def _show(self, sentence: str, kind: str) -> None:
        self._withdraw()
        self._words.setText(sentence)
        self.setAccessibleName(sentence)
        self.setProperty("kind", kind)
        for widget in (self, self._words):
            widget.style().unpolish(widget)
            widget.style().polish(widget)
        self.show()

    def _withdraw(self) -> None:
        """Nothing is offered any more."""
        for button in self._offers:
            self._row.removeWidget(button)
            button.deleteLater()
        self._offers.clear()
