"""Lock and unlock on the screen, and the dialogs about the desk's keys."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from claimdesk.ui.dialogs.change_keys import NewPassphrase, NewRecoveryKey
from claimdesk.ui.dialogs.first_start import FirstStart
from claimdesk.ui.session import Session
from claimdesk.ui.window.intake import Intake
from claimdesk.ui.window.panels import Panels

LOOK_AGAIN = 200
"""Milliseconds until it is looked again whether an undo of many edits has ended, which is not called off by the lock."""


class LockAndKeys:
    """Nothing that is being written is lost when the desk is closed."""

    def __init__(self, session: Session, panels: Panels, intake: Intake, window: QWidget) -> None:
        self._session = session
        self._panels = panels
        self._intake = intake
        self._window = window
        self._again = QTimer(window, singleShot=True, interval=LOOK_AGAIN)
        self._again.timeout.connect(self.lock)
        session.locking.still_locked.connect(panels.unlock_page.fail)
        panels.unlock_page.keyring_wanted.connect(self._ask_keyring)
        panels.unlock_page.words_given.connect(self._try_words)

    def lock(self) -> None:
        """Lock the desk and close the dialogs over it, unless what is being written could not be put on it.

        An undo of many edits comes to its end before.
        """
        if self._session.history.is_undoing:
            self._again.start()
        elif self._session.locking.can_lock and self.all_written() and self._intake.keep_writing():
            close_dialogs()
            self._session.locking.lock()

    def all_written(self) -> bool:
        """Put what is being written on the desk; False if it could not be."""
        self._panels.form.save()
        return not self._panels.form.is_unsaved

    def unlock_when_shown(self, then: Callable[[], None]) -> None:
        """Ask the keyring for a desk that is locked from the start, and do `then` once it is unlocked, whichever way."""
        self._session.locking.changed.connect(then, Qt.ConnectionType.SingleShotConnection)
        if self._session.locking.takes_keyring:
            QTimer.singleShot(0, self._ask_keyring)

    def encrypt(self) -> None:
        """Ask how the plain desk shall be encrypted, and do it."""
        keys = self._session.keys
        dialog = FirstStart(
            keys.folder, keys.keyring_works(), keys.plan, self._session.background, is_new=False, parent=self._window
        )
        self._panels.form.save()
        if not dialog.exec() or dialog.key is None:
            keys.give_up()
        elif not self._panels.form.is_unsaved:
            keys.encrypt(dialog.key)
            self._panels.unlock_page.wait(busy=True, sentence="Encrypting the desk…")

    def make_recovery_key(self) -> None:
        """Show a new recovery key; it counts once it was typed again."""
        recovery = self._session.keys.plan_recovery()
        if recovery and NewRecoveryKey(recovery, self._window).exec():
            self._session.keys.keep_recovery()

    def change_passphrase(self) -> None:
        """Ask for a new passphrase."""
        dialog = NewPassphrase(self._session.keys.has_passphrase, self._window)
        if dialog.exec():
            self._session.keys.set_passphrase(dialog.words)

    def _ask_keyring(self) -> None:
        sentence = "Waiting for the keyring of this computer…"
        self._panels.unlock_page.wait(busy=True, sentence=sentence, words=True)
        self._session.locking.unlock_by_keyring()

    def _try_words(self, words: str) -> None:
        self._panels.unlock_page.wait(busy=True, sentence="Unlocking…")
        self._session.locking.unlock_by_words(words)


def close_dialogs() -> None:
    """Close the menus and dialogs that are open, the innermost first, as if each had been cancelled."""
    for innermost in (QApplication.activePopupWidget, QApplication.activeModalWidget):
        closed: QWidget | None = None
        while (widget := innermost()) is not None and widget is not closed:
            closed = widget
            if isinstance(widget, QDialog):
                widget.reject()
            else:
                widget.close()
