"""Several names as chips, with a line to write another: second sources, the chain of hearsay, tags."""

from collections.abc import Callable

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from claimdesk.core.checking import renamed, tidied
from claimdesk.core.claim import Claim
from claimdesk.ui.inspector.drafts import Draft, Drafts
from claimdesk.ui.inspector.fields import Line, Piece, clear, dim, go_to, line, quiet
from claimdesk.ui.inspector.flow import Flow
from claimdesk.ui.inspector.source import KnownSources

CROSS = 22
"""Pixels at the end of a chip that take its name away."""

HEIGHT = 26
"""Pixels of a chip in every script, so that they stand in one line."""

Names = Callable[[Claim], tuple[str, ...]]
Meant = Callable[[str], str]


class NameDraft(Draft):
    """The name that is being written among the others; what leaves them as they are says nothing new."""

    def __init__(self, field: Line, names: Names, wish: SignalInstance, meant_by: Meant) -> None:
        super().__init__(field, self._said, self._wish_for)
        self._names = names
        self._wish = wish
        self._meant_by = meant_by
        self._written = ""
        self.name = ""
        """The name on the desk that the line stands for; empty for a new one."""

    def is_new(self, claim: Claim) -> bool:
        """Whether the names would be others."""
        if not self.words and not self.name:
            return False
        names = self._names(claim)
        return all(renamed(names, self.name, name) != names for name in (self.words, self._meant_by(self.words)))

    def begin(self, name: str) -> None:
        """Write on a name, or on a new one."""
        self.name, self._written = name, ""
        self.put(name)

    def adopt(self, claim: Claim) -> None:
        """Stand for the name that was written, once it is on the desk."""
        written = [*tidied([self._written]), self._meant_by(self._written)] if self._written else []
        found = next((name for name in written if name in self._names(claim)), "")
        if found:
            self.name, self._written = found, ""

    def show(self, claim: Claim | None) -> None:
        """A name that went elsewhere, or belongs to another claim, is not written again."""
        if claim is None or self.name not in self._names(claim):
            self.begin("")

    def _said(self, claim: Claim) -> str:
        return self.name if self.name in self._names(claim) else ""

    def _wish_for(self, claim: Claim, words: str) -> None:
        self._written = words
        self._wish.emit(claim.id, self.name, words)


class Chip(Piece):
    """A name with a cross at its end."""

    def __init__(self, name: str) -> None:
        super().__init__("chip", fit=True)
        self.say(f"{name}  ×")
        self.setAccessibleName(name)
        self.setFixedHeight(HEIGHT)
        self.setToolTip("Enter changes it, Delete takes it away")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click on the cross takes the name away."""
        x = event.position().x()
        at_cross = x < CROSS if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else x > self.width() - CROSS
        if at_cross and self.isDown():
            self.setDown(False)
            self.removed.emit()
        else:
            super().mouseReleaseEvent(event)


class NameChips(QWidget):
    """Chips that can be changed, taken away and added to by keys and mouse alike."""

    def __init__(
        self, what: str, hint: str, names: Names, wish: SignalInstance, leave: SignalInstance, drafts: Drafts,
        known: KnownSources | None = None, *, between: str = "",
    ) -> None:  # fmt: skip
        """`what` names one of them; `between` stands between two."""
        super().__init__()
        self.setAccessibleName(what)
        self._names = names
        self._wish = wish
        self._leave = leave
        self._drafts = drafts
        self._between = between
        self._writing = False
        self._shown: list[str] = []
        self.line = line(what, hint)
        self.line.setMinimumWidth(150)
        self._draft = NameDraft(self.line, names, wish, known.meant_by if known is not None else str)
        drafts.follow(self._draft)
        if known is not None:
            known.offer_to(self.line, drafts)
        self._more = quiet("+", f"Add {what.lower()}")
        self._more.setFixedHeight(HEIGHT)
        self._more.clicked.connect(lambda: self.begin())
        self._flow = Flow(self, spacing=4)
        self._flow.addWidget(self._more)
        self._flow.addWidget(self.line)
        self.line.entered.connect(self._take)
        self.line.escaped.connect(leave)
        drafts.left.connect(self._finish)
        self.line.hide()

    def begin(self, name: str = "") -> None:
        """Write another name, or change one."""
        self._writing = True
        self._draft.begin(name)
        self._lay_out()
        go_to(self.line)

    def show_claim(self, claim: Claim | None, *, anew: bool) -> None:
        """Show the names of a claim; of the same one, what is being written stays."""
        if anew:
            self._writing = False
        if claim is not None:
            self._draft.adopt(claim)
        self._lay_out(claim)

    def _lay_out(self, claim: Claim | None = None) -> None:
        claim = claim if claim is not None else self._drafts.claim
        names = self._names(claim) if claim is not None else ()
        shown = [name for name in names if not (self._writing and name == self._draft.name)]
        self.line.setVisible(self._writing)
        self._more.setVisible(not self._writing and bool(names))
        if shown != self._shown:
            self._make_chips(shown)

    def _make_chips(self, names: list[str]) -> None:
        focus = QApplication.focusWidget()
        was_here = focus is not None and self.isAncestorOf(focus)
        self._flow.removeWidget(self._more)
        self._flow.removeWidget(self.line)
        clear(self._flow)
        self._shown = names
        for place, name in enumerate(names):
            if place and self._between:
                self._flow.addWidget(dim(self._between, bold=True))
            self._flow.addWidget(self._make_chip(name))
        self._flow.addWidget(self.line)
        self._flow.addWidget(self._more)
        if was_here and not self.line.hasFocus():
            self._more.setFocus()

    def _make_chip(self, name: str) -> Chip:
        chip = Chip(name)
        chip.clicked.connect(lambda: self.begin(name))
        chip.removed.connect(lambda: self._remove(name))
        chip.escaped.connect(self._leave)
        return chip

    def _remove(self, name: str) -> None:
        if self._drafts.claim is not None:
            self._wish.emit(self._drafts.claim.id, name, "")

    def _take(self) -> None:
        """Enter takes what is written and waits for another name; on an empty line it goes back to the review."""
        self._drafts.save()
        if not self._draft.words:
            self._leave.emit()
        elif self._drafts.claim is not None and not self._draft.is_new(self._drafts.claim):
            self.begin()

    def _finish(self) -> None:
        """Whoever leaves the line sees the names as they are kept."""
        claim = self._drafts.claim
        if self._writing and not self.line.hasFocus() and claim is not None and not self._draft.is_new(claim):
            self._writing = False
            self._draft.begin("")
            self._lay_out()
