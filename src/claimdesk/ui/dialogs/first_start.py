"""Where a desk shall lie and how it shall be kept: asked at the first start, the latter again of a plain desk to be encrypted."""

from collections.abc import Callable
from pathlib import Path
from threading import Event

from PySide6.QtWidgets import QDialog, QPushButton, QRadioButton, QStackedWidget, QVBoxLayout, QWidget

from claimdesk.core.errors import ClaimDeskError
from claimdesk.ui.background import Background
from claimdesk.ui.dialogs.key_pages import SHORTEST, PassphraseFields, RecoveryPage, heading, plain_words, row_of
from claimdesk.ui.dialogs.place_line import Look, PlaceLine

Protect = Callable[[str, str, Callable[[], bool]], tuple[bytes, str]]
"""From the way (keyring or passphrase), the passphrase, and what says that nobody waits any more, to the desk's key and its
recovery key."""


class FirstStart(QDialog):
    """Asks where the desk shall lie and how it shall be kept; once it was accepted, `key` is None for a plain one, and for one
    that lies in the chosen folder already.
    """

    def __init__(
        self,
        folder: Path,
        keyring: bool,
        protect: Protect,
        background: Background,
        *,
        look: Look | None = None,
        movable: bool = False,
        is_new: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """`keyring`: whether this computer has one that works; `protect` makes the keys, and may ask the user for something.

        `look` says what is known of a folder; `movable`: another than `folder` may be chosen. A desk that is not new is plain
        already, and is asked about because it shall be that no more.
        """
        super().__init__(parent)
        self.key: bytes | None = None
        self._protect = protect
        self._background = background
        self._left = Event()
        self.setWindowTitle("Welcome to ClaimDesk" if is_new else "Encrypt the Desk")
        self.setFixedWidth(600)
        self._place = PlaceLine(folder, look, movable=movable)
        self._pages = QStackedWidget()
        self._recovery = RecoveryPage("Start" if is_new else "Encrypt", "Quit" if is_new else "Cancel")
        self._recovery.kept.connect(self.accept)
        self._recovery.left.connect(self.reject)
        self._pages.addWidget(self._choice(keyring, is_new))
        self._pages.addWidget(self._recovery)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(28, 26, 28, 20)
        whole.addWidget(self._pages)
        (self._by_keyring if keyring else self._fields).setFocus()
        self._check()

    @property
    def folder(self) -> Path:
        """Where the desk shall lie."""
        return self._place.folder

    def done(self, result: int) -> None:
        """Whichever way it ends, a keyring that still thinks is no longer waited for."""
        self._left.set()
        super().done(result)

    def _choice(self, keyring: bool, is_new: bool) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(9)
        column.addWidget(heading("Your desk" if is_new else "Encrypt the desk"))
        column.addWidget(
            plain_words("Everything that you put on it stays on this computer, in one file in this folder:")
            if is_new
            else plain_words(
                "It is written anew, encrypted, in the place of the file that can be read. Copies and backups that were made of it "
                "before stay as they are: delete them if nobody may read them."
            )
        )
        if is_new:
            column.addWidget(self._place)
        column.addWidget(self._keeping(keyring, is_new))
        column.addStretch(1)
        self._told = plain_words("")
        column.addWidget(self._told)
        self._go_on, leave = QPushButton("Continue"), QPushButton("Quit" if is_new else "Cancel")
        column.addLayout(row_of(leave, self._go_on))
        self._go_on.setDefault(True)
        self._go_on.clicked.connect(self._chosen)
        leave.clicked.connect(self.reject)
        self._place.changed.connect(self._check)
        for button in self._ways:
            button.toggled.connect(self._check)
        self._fields.changed.connect(self._check)
        return page

    def _keeping(self, keyring: bool, is_new: bool) -> QWidget:
        """How the desk shall be kept."""
        self._how = QWidget()
        column = QVBoxLayout(self._how)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(9)
        self._has_keyring = keyring
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
        self._fields = PassphraseFields()
        self._fields.setContentsMargins(26, 0, 0, 0)
        for widget in (
            self._by_keyring, plain_words(told, under=True), self._by_passphrase, self._fields,
            plain_words(f"You type it at each start. At least {SHORTEST} characters; some words are best.", under=True),
        ):  # fmt: skip
            column.addWidget(widget)
        if is_new:
            column.addWidget(self._plain)
            column.addWidget(plain_words("Whoever can read this computer’s files can read your sources.", under=True))
        self._ways = (self._by_keyring, self._by_passphrase, self._plain)
        return self._how

    def _check(self) -> None:
        """Say what is missing, and let nobody go on without it; how a desk is kept that is there already, is not asked."""
        spot = self._place.spot
        self._how.setVisible(not spot.has_desk)
        self._go_on.setText("Open" if spot.has_desk else "Continue")
        if spot.has_desk:
            self._go_on.setFocus()
        by_passphrase = self._by_passphrase.isChecked() and not spot.has_desk
        self._fields.setEnabled(by_passphrase)
        self._say(self._fields.missing if by_passphrase else "")
        self._go_on.setEnabled(not spot.objection and (not by_passphrase or self._fields.complete))
        self.adjustSize()

    def _chosen(self) -> None:
        if self._plain.isChecked() or self._place.spot.has_desk:
            self.accept()
            return
        way = "keyring" if self._by_keyring.isChecked() else "passphrase"
        passphrase = self._fields.words if way == "passphrase" else ""
        self._wait(True)
        self._say("Waiting for the keyring…" if way == "keyring" else "Making the keys…")
        self._background.run(
            lambda: self._protect(way, passphrase, self._left.is_set), self._show_recovery, self._refused
        )

    def _wait(self, busy: bool) -> None:
        """Take nothing more while the keys are made, but that somebody leaves."""
        for widget in (*self._ways, self._fields, self._place, self._go_on):
            widget.setEnabled(not busy)
        if not busy:
            self._by_keyring.setEnabled(self._has_keyring)
            self._check()

    def _refused(self, error: ClaimDeskError) -> None:
        self._wait(False)
        self._say(str(error))

    def _say(self, sentence: str) -> None:
        self._told.setText(sentence)
        self._told.setVisible(bool(sentence))

    def _show_recovery(self, made: tuple[bytes, str]) -> None:
        if self._left.is_set():
            return
        self.key, recovery = made
        self._pages.setCurrentWidget(self._recovery)
        self._recovery.show_key(recovery)
