"""What the dialogs about keys are made of: two fields for a new passphrase, and the page that shows a recovery key to be kept."""

import random
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from claimdesk.core import whole_file
from claimdesk.core.errors import reason
from claimdesk.ui import theme as look

ASKED = 2
"""Groups of the recovery key that are typed again."""
SHORTEST = 10
"""Characters that a passphrase has at least."""
CLIPBOARD_SECONDS = 30
"""After these the recovery key leaves the clipboard."""


class PassphraseFields(QWidget):
    """A new passphrase, typed twice."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._once, self._again = (QLineEdit(echoMode=QLineEdit.EchoMode.Password) for _ in range(2))
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow("&Passphrase", self._once)
        form.addRow("&Again", self._again)
        for field in (self._once, self._again):
            field.textChanged.connect(self.changed)
        self.setFocusProxy(self._once)

    @property
    def words(self) -> str:
        """What was typed."""
        return self._once.text()

    @property
    def complete(self) -> bool:
        """Whether it is long enough, and was typed twice."""
        return len(self.words) >= SHORTEST and self.words == self._again.text()

    @property
    def missing(self) -> str:
        """What is missing, in a sentence; empty before anything was typed."""
        if self.words and len(self.words) < SHORTEST:
            return f"{SHORTEST - len(self.words)} characters more."
        return "The two are not the same yet." if self._again.text() and not self.complete and self.words else ""


class RecoveryPage(QWidget):
    """Shows a recovery key, and lets nobody go on who has not got it in front of them."""

    kept = Signal()
    left = Signal()

    def __init__(self, done: str, leave: str, parent: QWidget | None = None) -> None:
        """`done` and `leave` are the words on its two buttons."""
        super().__init__(parent)
        self._recovery: Sequence[str] = ()
        self._typed: dict[int, QLineEdit] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(heading("Your recovery key"))
        column.addWidget(plain_words(
            "It opens the desk when the keyring or the passphrase does not, also on another computer. Without it nobody can "
            "help you then. Write it down or print it, and keep it away from this computer."
        ))  # fmt: skip
        self._shown = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._shown.setFont(look.mono(15))
        self._shown.setAccessibleName("Recovery key")
        self._shown.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self._shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._shown.setObjectName("recovery")
        column.addWidget(self._shown)
        copy, save = QPushButton("Copy"), QPushButton("Save…")
        copy.clicked.connect(self._copy)
        save.clicked.connect(self._save)
        column.addLayout(row_of(copy, save))
        self._asked = QGridLayout()
        column.addLayout(self._asked)
        self._told = plain_words("")
        column.addWidget(self._told)
        self._done, leave_ = QPushButton(done), QPushButton(leave)
        column.addLayout(row_of(leave_, self._done))
        self._done.clicked.connect(self.kept)
        leave_.clicked.connect(self.left)

    def show_key(self, recovery: str) -> None:
        """Show this recovery key, and ask for some groups of it."""
        self._recovery = recovery.split("-")
        half = (len(self._recovery) + 1) // 2
        self._shown.setText("\n".join("  ".join(part) for part in (self._recovery[:half], self._recovery[half:])))
        places = sorted(random.SystemRandom().sample(range(len(self._recovery)), ASKED))
        self._typed = {place: QLineEdit(maxLength=8) for place in places}
        for row, (place, field) in enumerate(self._typed.items()):
            label = QLabel(f"To be sure, type group &{place + 1} of it:")
            label.setBuddy(field)
            self._asked.addWidget(label, row, 0)
            self._asked.addWidget(field, row, 1)
            field.textChanged.connect(self._compare)
        self._done.setDefault(True)
        self._typed[places[0]].setFocus()
        self._compare()

    def say(self, sentence: str) -> None:
        """One sentence over the buttons."""
        self._told.setText(sentence)

    def _compare(self) -> None:
        given = {place: field.text().strip().upper() for place, field in self._typed.items()}
        right = [text == self._recovery[place] for place, text in given.items()]
        full = [len(text) >= len(self._recovery[place]) for place, text in given.items()]
        wrong = [place for place, ok, done in zip(given, right, full, strict=True) if done and not ok]
        self.say(f"Group {wrong[0] + 1} is another one." if wrong else "")
        self._done.setEnabled(all(right))

    def _copy(self) -> None:
        clipboard, words = QGuiApplication.clipboard(), "-".join(self._recovery)
        clipboard.setText(words)
        QTimer.singleShot(CLIPBOARD_SECONDS * 1000, lambda: clipboard.clear() if clipboard.text() == words else None)
        self.say(f"Copied; it leaves the clipboard in {CLIPBOARD_SECONDS} seconds.")

    def _save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, "Save the Recovery Key", "ClaimDesk recovery key.txt", "Text (*.txt)"
        )
        if name:
            words = f"Recovery key of a ClaimDesk desk:\n\n    {'-'.join(self._recovery)}\n\nKeep it away from the computer that holds the desk.\n"
            try:
                whole_file.write(Path(name), words.encode())
                self.say("Saved. Move it away from this computer.")
            except OSError as error:
                self.say(f"It cannot be saved there: {reason(error)}. Choose another place.")


def heading(words: str) -> QLabel:
    """The title of a page."""
    label = QLabel(words)
    label.setFont(look.serif(19))
    return label


def plain_words(words: str, *, under: bool = False) -> QLabel:
    """A sentence; `under`: about what stands over it."""
    label = QLabel(words, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
    if under:
        label.setProperty("kind", "dim")
        label.setContentsMargins(26, 0, 0, 6)
    return label


def row_of(*buttons: QPushButton) -> QHBoxLayout:
    """Buttons at the right; none answers to Enter unless it is made to."""
    row = QHBoxLayout()
    row.addStretch(1)
    for button in buttons:
        button.setAutoDefault(False)
        row.addWidget(button)
    return row
