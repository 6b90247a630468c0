"""What the checker concluded of the claim, and why."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from claimdesk.core.claim import Claim
from claimdesk.core.evidence import Verdict
from claimdesk.ui import theme as look
from claimdesk.ui.inspector.drafts import Draft, Drafts, telling
from claimdesk.ui.inspector.evidence import day_words
from claimdesk.ui.inspector.fields import Lines, dim, go_to, keeps_key, quiet
from claimdesk.ui.inspector.flow import Flow
from claimdesk.ui.inspector.wishes import Wishes

_DIGITS = [Qt.Key(Qt.Key.Key_0 + place) for place in range(len(Verdict) + 1)]


class VerdictKey(QPushButton):
    """One verdict. While it has the focus the digits give verdicts, not levels."""

    digit = Signal(int)
    escaped = Signal()

    def __init__(self, place: int, verdict: Verdict) -> None:
        super().__init__(f"{verdict.glyph}  {verdict.label}")
        self.setCheckable(True)
        self.setProperty("kind", "chip")
        self.setFont(look.sans(8.8))
        self.setAccessibleName(f"Verdict {verdict.label}, key {place}")
        self.setToolTip(f"{verdict.label}: V, then {place}")

    def event(self, event: QEvent) -> bool:
        """Keep the digits from the window's shortcuts."""
        return True if keeps_key(event, _DIGITS) else super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """A digit gives that verdict, 0 takes it back, Escape goes back to the review."""
        if event.key() in _DIGITS:
            self.digit.emit(_DIGITS.index(Qt.Key(event.key())))
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)


class VerdictField(QWidget):
    """Five verdicts side by side, of which the given one can be taken back; the rationale; who gave it and when."""

    def __init__(self, drafts: Drafts, wishes: Wishes) -> None:
        super().__init__()
        self._drafts = drafts
        self._wishes = wishes
        self.keys = {verdict: VerdictKey(place, verdict) for place, verdict in enumerate(Verdict, 1)}
        self.rationale = Lines("Rationale of the verdict", "Why? What the evidence shows")
        self._why = quiet("+ why", "Add the rationale of the verdict")
        self._stamp = dim()
        self._asked = False
        drafts.follow(Draft(self.rationale, lambda claim: claim.rationale, telling(wishes.rationale)))
        self.rationale.escaped.connect(wishes.leave)
        self._why.clicked.connect(self._write_why)
        chips = QWidget()
        flow = Flow(chips, spacing=4)
        for verdict, key in self.keys.items():
            key.clicked.connect(lambda _=False, one=verdict: self._give(one))
            key.digit.connect(self._give_by_digit)
            key.escaped.connect(wishes.leave)
            flow.addWidget(key)
        flow.addWidget(self._why)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (chips, self.rationale, self._stamp):
            column.addWidget(widget)

    def show_claim(self, claim: Claim | None, *, anew: bool) -> None:
        """Show the verdict on a claim."""
        self._asked = self._asked and not anew
        for verdict, key in self.keys.items():
            key.setChecked(claim is not None and claim.verdict is verdict)
        wanted = claim is not None and (claim.verdict is not None or bool(claim.rationale) or self._asked)
        self.rationale.setVisible(wanted)
        self._why.setVisible(not wanted)
        stamp = f"by {claim.checked_by} on {day_words(claim.checked_at)}" if claim is not None and claim.verdict else ""
        self._stamp.setText(stamp)
        self._stamp.setVisible(bool(stamp))

    def begin(self) -> None:
        """Let the keys give a verdict."""
        go_to(next((key for key in self.keys.values() if key.isChecked()), self.keys[Verdict.CONFIRMED]))

    def _write_why(self) -> None:
        self._asked = True
        self.show_claim(self._drafts.claim, anew=False)
        go_to(self.rationale)

    def _give(self, verdict: Verdict | None) -> None:
        """Give a verdict; the one that is given already is taken back."""
        self._drafts.save()
        claim = self._drafts.claim
        if claim is not None:
            self._wishes.verdict.emit(claim.id, None if verdict is claim.verdict else verdict)
            self.show_claim(self._drafts.claim, anew=False)  # where it was not given, its key is not pressed

    def _give_by_digit(self, digit: int) -> None:
        claim, given = self._drafts.claim, [None, *Verdict][digit]
        if claim is not None and given is not claim.verdict:
            self._give(given)
