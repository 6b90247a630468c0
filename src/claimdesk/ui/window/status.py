"""The status bar: whether all is saved, backed up and encrypted, what the keys do, and what is left to review."""

from PySide6.QtCore import QDate, QDateTime, QLocale
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStatusBar, QWidget

from claimdesk.core.claim import Review
from claimdesk.ui.session import Session


class Status:
    """What stands in the status bar."""

    def __init__(self, session: Session, bar: QStatusBar) -> None:
        self._session = session
        self.saved, self.backed_up, self.encrypted = QLabel("Saved"), QLabel(), QLabel()
        self._digits, self._to_review = QLabel("level"), QLabel()
        self._hints = self._make_hints()
        bar.setSizeGripEnabled(False)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(10, 2, 10, 2)
        line.setSpacing(6)
        for label in (self.saved, self.backed_up, self.encrypted):
            line.addWidget(label)
            line.addSpacing(14)
        line.addWidget(self._hints)
        bar.addWidget(row)
        self._to_review.setContentsMargins(0, 0, 12, 0)
        bar.addPermanentWidget(self._to_review)
        session.backups.changed.connect(self.show_backed_up)

    def show_saved(self, unsaved: bool) -> None:
        """Say whether what is written is on the desk."""
        self.saved.setText("Saving…" if unsaved else "Saved")

    def show_digits(self, *, mark: bool) -> None:
        """Say what a digit would do now."""
        self._digits.setText("mark the selected words" if mark else "level")

    def show_hints(self, *, wanted: bool) -> None:
        """Show the hints at keys, or leave them out."""
        self._hints.setVisible(wanted)

    def show_encrypted(self) -> None:
        """Say whether the desk is an encrypted one."""
        encrypted = self._session.locking.is_encrypted
        self.encrypted.setText("Desk encrypted" if encrypted else "Desk not encrypted")

    def show_to_review(self) -> None:
        """Say what is left to review."""
        session = self._session
        still_open = session.review.open_suggestions()
        words = (
            "Looking for claims…" if session.suggestions.running else f"{still_open} to review" if still_open else ""
        )
        if not words and any(claim.review is Review.ACCEPTED for claim in session.review.claims):
            words = "All reviewed"
        self._to_review.setText(words)

    def show_backed_up(self) -> None:
        """Say when the newest backup was made."""
        newest = next((one.at for one in self._session.backups.all() if not one.replaced), None)
        date = QDateTime.fromSecsSinceEpoch(int(newest.timestamp())).date() if newest is not None else None
        when = "today" if date == QDate.currentDate() else QLocale().toString(date, "d MMM yyyy") if date else ""
        self.backed_up.setText(f"Backed up {when}" if when else "")
        self.backed_up.setVisible(bool(when))

    def _make_hints(self) -> QWidget:
        hints = QWidget()
        line = QHBoxLayout(hints)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        for keys, label in (
            (("J", "K"), QLabel("move")), (("Enter",), QLabel("accept")), (("1–9",), self._digits),
            (("Del",), QLabel("dismiss")), (("F1",), QLabel("all keys")),
        ):  # fmt: skip
            for key in keys:
                cap = QLabel(key)
                cap.setProperty("kind", "key")
                line.addWidget(cap)
            line.addWidget(label)
        return hints
