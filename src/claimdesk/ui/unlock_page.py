"""What stands in the window while its desk is locked: nothing of the desk, and the ways to unlock it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from claimdesk.ui import theme as look

WIDTH = 440
"""Pixels of the column."""


class UnlockPage(QFrame):
    """A field for the passphrase or recovery key, and a button for the keyring where it can help."""

    keyring_wanted = Signal()
    words_given = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("welcome")
        heading = QLabel("The desk is locked")
        heading.setFont(look.serif(20))
        self._told = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._told.setFixedWidth(WIDTH)
        self._told.setMinimumHeight(44)
        self._told.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self._words.setPlaceholderText("Passphrase or recovery key")
        self._words.setAccessibleName("Passphrase or recovery key")
        self._unlock = QPushButton("Unlock")
        self._keyring = QPushButton("Unlock with This Computer’s Keyring")
        self._keyring.setMinimumWidth(WIDTH)
        row = QHBoxLayout()
        row.addWidget(self._words, 1)
        row.addWidget(self._unlock)
        column = QVBoxLayout(self)
        column.setSpacing(14)
        column.addStretch(2)
        column.addWidget(heading, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._told, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._keyring, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(_of_width(row), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self._words.returnPressed.connect(self._give)
        self._words.textChanged.connect(lambda text: self._unlock.setEnabled(bool(text)))
        self._unlock.clicked.connect(self._give)
        self._keyring.clicked.connect(self.keyring_wanted)
        self._unlock.setEnabled(False)

    def offer(self, *, keyring: bool) -> None:
        """Begin anew: say what can be done, with an empty field that has the focus."""
        self._keyring.setVisible(keyring)
        self._words.clear()
        self.say("Nothing of it can be read until it is unlocked.")
        self.wait(busy=False)

    def forget(self) -> None:
        """Keep nothing of what was typed."""
        self._words.clear()

    def wait(self, *, busy: bool, sentence: str = "", words: bool = False) -> None:
        """Take no more while an answer is awaited, but `words` where the keyring is: it may never answer."""
        self._keyring.setEnabled(not busy)
        self._words.setEnabled(not busy or words)
        self._unlock.setEnabled(self._words.isEnabled() and bool(self._words.text()))
        if sentence:
            self.say(sentence)
        if self._words.isEnabled():
            self._words.setFocus()

    def say(self, sentence: str, *, failed: bool = False) -> None:
        """One sentence over the field."""
        self._told.setText(sentence)
        self._told.setAccessibleName(sentence)
        self._told.setProperty("kind", "error" if failed else "dim")
        self._told.style().unpolish(self._told)
        self._told.style().polish(self._told)

    def fail(self, sentence: str) -> None:
        """Say why it is still locked; what was typed stays to be mended."""
        self.wait(busy=False)
        self.say(sentence, failed=True)
        self._words.selectAll()

    def _give(self) -> None:
        if self._words.text():
            self.words_given.emit(self._words.text())


def _of_width(row: QHBoxLayout) -> QWidget:
    held = QWidget()
    row.setContentsMargins(0, 0, 0, 0)
    held.setLayout(row)
    held.setFixedWidth(WIDTH)
    return held
