"""The first start: where the desk lives, whether it is encrypted, and the recovery key to keep."""

import random
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from claimdesk.core import whole_file
from claimdesk.core.errors import ClaimDeskError, reason
from claimdesk.ui import theme as look
from claimdesk.ui.background import Background

ASKED = 2
"""Groups of the recovery key that are typed again."""
SHORTEST = 10
"""Characters that a passphrase has at least."""
CLIPBOARD_SECONDS = 30
"""After these the recovery key leaves the clipboard."""
Protect = Callable[[str, str], tuple[bytes, str]]
"""From the way (keyring or passphrase) and the passphrase to the desk's key and its recovery key."""


class FirstStart(QDialog):
    """Asks how the desk shall be kept; `key` is None for a plain desk once it was accepted."""

    def __init__(self, folder: Path, keyring: bool, protect: Protect, background: Background) -> None:
        """`keyring`: whether this computer has one that works; `protect` makes the keys, and may ask the user for something."""
        super().__init__()
        self.key: bytes | None = None
        self._protect = protect
        self._background = background
        self._recovery: Sequence[str] = ()
        self.setWindowTitle("Welcome to ClaimDesk")
        self.setFixedWidth(600)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._choice(folder, keyring))
        self._pages.addWidget(self._to_keep())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(28, 26, 28, 20)
        whole.addWidget(self._pages)
        self._check()
        (self._by_keyring if keyring else self._passphrase).setFocus()

    # -- the choice

    def _choice(self, folder: Path, keyring: bool) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(9)
        column.addWidget(_heading("Your desk"))
        column.addWidget(
            _words(f"Everything that you put on it stays on this computer, in one file in the folder {folder}.")
        )
        self._by_keyring = QRadioButton("Encrypt it, and unlock it with this computer’s keyring")
        self._by_passphrase = QRadioButton("Encrypt it with a passphrase")
        self._plain = QRadioButton("Do not encrypt it")
        self._by_keyring.setEnabled(keyring)
        (self._by_keyring if keyring else self._by_passphrase).setChecked(True)
        told = (
            "You sign in to the computer, and the desk opens."
            if keyring
            else "This computer has no keyring that works."
        )
        column.addSpacing(6)
        column.addWidget(self._by_keyring)
        column.addWidget(_words(told, under=True))
        column.addWidget(self._by_passphrase)
        self._passphrase, self._again = (QLineEdit(echoMode=QLineEdit.EchoMode.Password) for _ in range(2))
        self._fields = QWidget()
        form = QFormLayout(self._fields)
        form.setContentsMargins(26, 0, 0, 0)
        form.addRow("&Passphrase", self._passphrase)
        form.addRow("&Again", self._again)
        column.addWidget(self._fields)
        column.addWidget(
            _words(f"You type it at each start. At least {SHORTEST} characters; some words are best.", under=True)
        )
        column.addWidget(self._plain)
        column.addWidget(_words("Whoever can read this computer’s files can read your sources.", under=True))
        self._told = _words("")
        column.addWidget(self._told)
        self._go_on, quit_ = QPushButton("Continue"), QPushButton("Quit")
        column.addLayout(_row(quit_, self._go_on))
        self._go_on.setDefault(True)
        self._go_on.clicked.connect(self._chosen)
        quit_.clicked.connect(self.reject)
        for button in (self._by_keyring, self._by_passphrase, self._plain):
            button.toggled.connect(self._check)
        for field in (self._passphrase, self._again):
            field.textChanged.connect(self._check)
        return page

    def _check(self) -> None:
        """Say what is missing, and let nobody go on without it."""
        typed, again = self._passphrase.text(), self._again.text()
        self._fields.setEnabled(self._by_passphrase.isChecked())
        missing = ""
        if self._by_passphrase.isChecked() and typed:
            missing = (
                f"{SHORTEST - len(typed)} characters more." if len(typed) < SHORTEST
                else "The two are not the same yet." if again and typed != again else ""
            )  # fmt: skip
        self._say(missing)
        self._go_on.setEnabled(not self._by_passphrase.isChecked() or (len(typed) >= SHORTEST and typed == again))

    def _chosen(self) -> None:
        if self._plain.isChecked():
            self.accept()
            return
        way = "keyring" if self._by_keyring.isChecked() else "passphrase"
        passphrase = self._passphrase.text() if way == "passphrase" else ""
        self._pages.setEnabled(False)
        self._say("Waiting for the keyring…" if way == "keyring" else "Making the keys…")
        self._background.run(lambda: self._protect(way, passphrase), self._show_recovery, self._refused)

    def _refused(self, error: ClaimDeskError) -> None:
        self._pages.setEnabled(True)
        self._say(str(error))

    def _say(self, sentence: str) -> None:
        self._told.setText(sentence)
        self._told.setVisible(bool(sentence))

    # -- the recovery key

    def _to_keep(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(_heading("Your recovery key"))
        column.addWidget(_words(
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
        column.addLayout(_row(copy, save))
        self._asked = QGridLayout()
        column.addLayout(self._asked)
        self._wrong = _words("")
        column.addWidget(self._wrong)
        self._done, quit_ = QPushButton("Start"), QPushButton("Quit")
        column.addLayout(_row(quit_, self._done))
        self._done.clicked.connect(self.accept)
        quit_.clicked.connect(self.reject)
        return page

    def _show_recovery(self, made: tuple[bytes, str]) -> None:
        self.key, recovery = made
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
        self._pages.setEnabled(True)
        self._pages.setCurrentIndex(1)
        self._done.setDefault(True)
        self._typed[places[0]].setFocus()
        self._compare()

    def _compare(self) -> None:
        given = {place: field.text().strip().upper() for place, field in self._typed.items()}
        right = [text == self._recovery[place] for place, text in given.items()]
        full = [len(text) >= len(self._recovery[place]) for place, text in given.items()]
        wrong = [place for place, ok, done in zip(given, right, full, strict=True) if done and not ok]
        self._wrong.setText(f"Group {wrong[0] + 1} is another one." if wrong else "")
        self._done.setEnabled(all(right))

    def _copy(self) -> None:
        clipboard, words = QGuiApplication.clipboard(), "-".join(self._recovery)
        clipboard.setText(words)
        QTimer.singleShot(CLIPBOARD_SECONDS * 1000, lambda: clipboard.clear() if clipboard.text() == words else None)
        self._wrong.setText(f"Copied; it leaves the clipboard in {CLIPBOARD_SECONDS} seconds.")

    def _save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, "Save the Recovery Key", "ClaimDesk recovery key.txt", "Text (*.txt)"
        )
        if name:
            words = f"Recovery key of a ClaimDesk desk:\n\n    {'-'.join(self._recovery)}\n\nKeep it away from the computer that holds the desk.\n"
            try:
                whole_file.write(Path(name), words.encode())
                self._wrong.setText("Saved. Move it away from this computer.")
            except OSError as error:
                self._wrong.setText(f"It cannot be saved there: {reason(error)}. Choose another place.")


def _heading(words: str) -> QLabel:
    label = QLabel(words)
    label.setFont(look.serif(19))
    return label


def _words(words: str, *, under: bool = False) -> QLabel:
    label = QLabel(words, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
    if under:
        label.setProperty("kind", "dim")
        label.setContentsMargins(26, 0, 0, 6)
    return label


def _row(*buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addStretch(1)
    for button in buttons:
        button.setAutoDefault(False)
        row.addWidget(button)
    return row
