"""What is being written: shown as the claim says it, put on the desk at a steady pace, and never lost unsaid."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance

from claimdesk.core.claim import Claim
from claimdesk.core.text import normalise
from claimdesk.ui.inspector.fields import Line, Lines

SAVE_AFTER = 1000
"""Milliseconds after a key until what is written is on the desk."""

MET = "Another program wrote on this claim meanwhile. Yours was kept; what it wrote is in the history (Ctrl+H)."

Read = Callable[[Claim], str | None]
Write = Callable[[Claim, str], None]


def telling(wish: SignalInstance) -> Write:
    """To write is to emit this wish, with the claim's id and the words."""
    return lambda claim, words: wish.emit(claim.id, words)


class Draft:
    """One field in which somebody writes, and what the claim says there."""

    def __init__(self, field: Line | Lines, read: Read, write: Write) -> None:
        """`read` tells what the claim says in this place, None if it has no such place; `write` wishes for other words."""
        self.field = field
        self.read = read
        self.write = write

    @property
    def words(self) -> str:
        """What stands in the field, as the desk would keep it."""
        if isinstance(self.field, Line):
            return normalise(self.field.text()).strip()
        return normalise(self.field.toPlainText())

    def is_new(self, claim: Claim) -> bool:
        """Whether something else is written than the claim says."""
        said = self.read(claim)
        return said is not None and self.words != said

    def meets(self, before: Claim, claim: Claim) -> bool:
        """Whether the claim says something else here than before, and something else again is being written."""
        return self.is_new(before) and self.read(claim) not in {self.read(before), self.words}

    def show(self, claim: Claim | None) -> None:
        """Put into the field what the claim says there, unless it says that; nothing where there is no such place."""
        if claim is None or self.read(claim) is None:
            self.put("")
        elif self.is_new(claim):
            self.put(self.read(claim) or "")

    def put(self, words: str) -> None:
        """Put words into the field."""
        if isinstance(self.field, Line):
            self.field.setText(words)
            if not self.field.hasFocus():
                self.field.setCursorPosition(0)
        else:
            self.field.setPlainText(words)


class Drafts(QObject):
    """All of them, for the claim that is shown."""

    unsaved = Signal(bool)
    """Whether something is written that is not on the desk yet."""
    met = Signal(str)
    """In a sentence: what became of words that were being written on a claim that another program changed or took away."""
    left = Signal()
    """A line or a note has been left, and what was written is on the desk."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.claim: Claim | None = None
        self._drafts: list[Draft] = []
        self._kept: list[Draft] = []
        self._saving = self._still = False
        self._timer = QTimer(self, singleShot=True, interval=SAVE_AFTER)
        self._timer.timeout.connect(self.save)

    def follow(self, draft: Draft) -> Draft:
        """Put on the desk what is written in the field of a draft from now on."""
        self._drafts.append(draft)
        field = draft.field
        if isinstance(field, Line):
            field.textEdited.connect(self.save_soon)
            field.editingFinished.connect(self._leave)
        else:
            field.textChanged.connect(self.save_soon)
            field.left.connect(self._leave)
        return draft

    @property
    def is_unsaved(self) -> bool:
        """Whether something is written that could not be put on the desk."""
        return self.claim is not None and any(draft.is_new(self.claim) for draft in self._drafts)

    def save_soon(self) -> None:
        """Save at a steady pace while somebody types, and not only once they pause."""
        if self.is_unsaved:
            self.unsaved.emit(True)
            if not self._timer.isActive():
                self._timer.start()

    def save(self) -> None:
        """Put what is written on the desk now, if it says something new; what cannot be written stays in its field."""
        if self._saving or self._still:
            return
        self._timer.stop()
        self._saving = True
        try:
            for draft in self._drafts:
                if self.claim is not None and draft.is_new(self.claim):
                    draft.write(self.claim, draft.words)
        finally:
            self._saving = False
        self.unsaved.emit(self.is_unsaved)

    def change(self, claim: Claim | None, claims: Sequence[Claim]) -> bool:
        """Another claim is going to be shown, or the same one as it is now: what is written goes on the desk first.

        False where nothing is left to show: to write it has shown the claim, or it is being written and the other claim comes
        after that.
        """
        before = self.claim
        now = next((one for one in claims if before is not None and one.id == before.id), None)
        same = before is not None and claim is not None and claim.id == before.id
        if self._saving:
            self._keep(same=same)
            self.claim = now if now is not None else before
            return same
        met = now is not None and before is not None and any(draft.meets(before, now) for draft in self._drafts)
        self.save()
        if met:
            self.met.emit(MET)
        if same and self.claim is not before:
            return False
        self._keep(same=same)
        if not same:
            self._tell_lost()
        return True

    def show(self, claim: Claim | None) -> None:
        """Show what a claim says; what is being written on the same claim and is not on the desk yet stays."""
        self.claim = claim
        for draft in self._drafts:
            if draft not in self._kept:
                draft.show(claim)
        self._kept = []

    def _keep(self, *, same: bool) -> None:
        self._kept = [draft for draft in self._drafts if same and self.claim is not None and draft.is_new(self.claim)]

    def _tell_lost(self) -> None:
        for draft in self._drafts:
            if self.claim is not None and draft.is_new(self.claim):
                lost = "What you wrote could not be kept, for its claim is not there any more: "
                self.met.emit(f"{lost}“{draft.words}”")

    @contextmanager
    def still(self) -> Iterator[None]:
        """Write nothing for a while: fields that are hidden are left, though they still hold what another claim says."""
        before, self._still = self._still, True
        try:
            yield
        finally:
            self._still = before

    def _leave(self) -> None:
        if not self._still:
            self.save()
            self.left.emit()
