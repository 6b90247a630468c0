"""What is being read, beside the work: it holds nothing up, and can be stopped."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from claimdesk.ui.rows import LONGEST

SHOWN_AFTER = 400
"""Milliseconds until it shows: what takes less would only flicker."""


class ReadingBar(QFrame):
    """The strip over the article: "Reading 3 of 12: report.pdf", how far that is, and a button that stops it."""

    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reading")
        self._words = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._words.setMinimumWidth(40)
        self._bar = QProgressBar(textVisible=False)
        self._bar.setFixedSize(120, 6)
        self._stop = QPushButton("Cancel")
        self._stop.clicked.connect(self.stop_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 7, 12, 7)
        row.setSpacing(12)
        row.addWidget(self._words, 1)
        row.addWidget(self._bar)
        row.addWidget(self._stop)
        self._soon = QTimer(self, singleShot=True, interval=SHOWN_AFTER)
        self._soon.timeout.connect(self.show)
        self.hide()

    @property
    def words(self) -> str:
        """What it says; empty while it is hidden."""
        return self.accessibleName() if not self.isHidden() else ""

    def show_progress(self, verb: str, name: str, done: int, of: int) -> None:
        """Say what is being done; `of` is 0 where nobody knows how much there is, and one thing is not counted."""
        sentence = f"{verb} {done:,} of {of:,}: {name}" if of > 1 else f"{verb} {name}" if name else f"{verb}…"
        self._bar.setRange(0, of if of > 1 else 0)
        self._bar.setValue(done - 1)
        if sentence != self.accessibleName():
            self.setAccessibleName(sentence)
            self._show_words()
        if self.isHidden() and not self._soon.isActive():
            self._soon.start()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """As much of the words as there is room for."""
        super().resizeEvent(event)
        self._show_words()

    def _show_words(self) -> None:
        words = self.accessibleName()[:LONGEST]
        self._words.setText(
            self._words.fontMetrics().elidedText(words, Qt.TextElideMode.ElideMiddle, self.width() - 260)
        )

    def end(self) -> None:
        """Nothing is being read any more."""
        self._soon.stop()
        self.hide()
        self._words.clear()
        self.setAccessibleName("")
