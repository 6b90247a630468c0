"""Work that goes on beside the window and changes what it shows: how far it is, and a way to call it off."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

LOOK_EVERY = 50
"""Milliseconds between two looks how far the work is."""


class Progress(QDialog):
    """Keeps hands off the window until `accept` is called; closed or cancelled otherwise, it is `rejected`."""

    def __init__(self, words: str, steps: int, done: Callable[[], int], parent: QWidget) -> None:
        """`done` says how many of the `steps` are done."""
        super().__init__(parent)
        self.setWindowTitle("ClaimDesk")
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setMinimumWidth(380)
        self.bar = QProgressBar(maximum=steps, textVisible=False)
        self.bar.setAccessibleName(words)
        self.cancel = QPushButton("Cancel")
        self.cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(12)
        column.addWidget(QLabel(words, textFormat=Qt.TextFormat.PlainText, wordWrap=True))
        column.addWidget(self.bar)
        column.addLayout(foot)
        self._look = QTimer(self, interval=LOOK_EVERY)
        self._look.timeout.connect(lambda: self.bar.setValue(done()))
        self._look.start()
