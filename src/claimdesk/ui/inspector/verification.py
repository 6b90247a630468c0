"""What was done to find out whether the claim is true: verdict, evidence, replies, what is still open."""

from functools import partial

from PySide6.QtCore import QEvent, QMimeData, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from claimdesk.core.claim import Claim, Review
from claimdesk.core.evidence import EvidenceKind, is_web_address
from claimdesk.ui import theme as look
from claimdesk.ui.inspector.anonymity import Checklist
from claimdesk.ui.inspector.disclosure import Disclosure
from claimdesk.ui.inspector.drafts import Draft, Drafts, telling
from claimdesk.ui.inspector.evidence import EvidenceList
from claimdesk.ui.inspector.fields import Lines, go_to
from claimdesk.ui.inspector.replies import ReplyLog
from claimdesk.ui.inspector.verdict import VerdictField
from claimdesk.ui.inspector.wishes import Wishes
from claimdesk.ui.inspector.words import pieces


class Verification(QWidget):
    """A heading that folds its rows away, and says what is in them."""

    folded = Signal(bool)
    """Somebody folded the rows away, or unfolded them."""

    def __init__(self, drafts: Drafts, wishes: Wishes) -> None:
        super().__init__()
        self._drafts = drafts
        self._wishes = wishes
        self._heading = QPushButton()
        self._heading.setProperty("kind", "section")
        self._heading.setFont(look.sans(9, bold=True))
        self._heading.setCheckable(True)
        self._heading.setChecked(True)
        self._heading.toggled.connect(self._fold)
        self.verdict = VerdictField(drafts, wishes)
        self.evidence = EvidenceList(drafts, wishes)
        self.replies = ReplyLog(drafts, wishes)
        self._checklist = Checklist(drafts, wishes)
        self._question = Lines("Open question", "What is still to be asked?")
        drafts.follow(Draft(self._question, lambda claim: claim.question, telling(wishes.question)))
        self._question.escaped.connect(wishes.leave)
        self._rows = Disclosure()
        self._arrange()

    def show_claim(self, claim: Claim | None, *, anew: bool) -> None:
        """Show the checking of a claim, or keep no word of any."""
        if anew:
            self.evidence.entry.close()
            self.replies.entry.close()
        self.verdict.show_claim(claim, anew=anew)
        self.evidence.show_claim(claim, anew=anew)
        self.replies.show_claim(claim, anew=anew)
        self._checklist.show_claim(claim)
        self._say(claim)
        if claim is None:
            return
        said = {"evidence": claim.evidence, "replies": claim.replies, "question": claim.question}
        possible = {"verdict", "evidence", "replies", "question", *_KINDS.values()}
        if claim.level == "anonymous":
            possible.add("anonymity")
        self._rows.show_filled({name for name, value in said.items() if value}, possible, anew=anew)

    def begin_verdict(self) -> None:
        """Let the keys give a verdict."""
        self._heading.setChecked(True)
        self.verdict.begin()

    def begin_evidence(self) -> None:
        """Write on a new piece of evidence: an address, or whatever is written in its place."""
        self._heading.setChecked(True)
        self._rows.open("document")

    def begin_question(self) -> None:
        """Write what is still to be asked."""
        self._heading.setChecked(True)
        self._rows.open("question")

    def unfold(self, *, wanted: bool) -> None:
        """Show the rows, or fold them away."""
        self._heading.setChecked(wanted)

    def take(self, given: QMimeData) -> bool:
        """Take files and addresses that were dropped or pasted as evidence; False if there is neither."""
        claim = self._drafts.claim
        files = [url.toLocalFile() for url in given.urls() if url.isLocalFile()]
        words = given.text().strip()
        if claim is None or not (files or is_web_address(words)):
            return False
        self._heading.setChecked(True)
        if files:
            self._wishes.files.emit(claim.id, files)
        else:
            self.evidence.add_address(words)
        return True

    def event(self, event: QEvent) -> bool:
        """An address or a file that is pasted among the evidence becomes evidence, not an article."""
        if isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Paste):
            if event.type() is QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() is QEvent.Type.KeyPress and self.take(QGuiApplication.clipboard().mimeData()):
                return True
        return super().event(event)

    def _say(self, claim: Claim | None) -> None:
        if claim is None:
            words = ""
        else:
            words = claim.verdict.label if claim.verdict else "unchecked" if claim.review is Review.ACCEPTED else ""
            parts = [
                words,
                pieces(len(claim.evidence)) if claim.evidence else "",
                "open question" if claim.question else "",
            ]
            words = "".join(f" · {part}" for part in parts if part)
        self._words = words
        self._label()

    def _label(self) -> None:
        is_open = self._heading.isChecked()
        self._heading.setText(f"{'▾' if is_open else '▸'}  VERIFICATION{self._words}".replace("&", "&&"))
        self._heading.setAccessibleName(f"Verification{self._words}")

    def _fold(self, is_open: bool) -> None:
        self._rows.setVisible(is_open)
        self._label()
        self.folded.emit(not is_open)

    def _arrange(self) -> None:
        self._words = ""
        rows = self._rows
        rows.add("verdict", "Verdict", self.verdict)
        rows.add("evidence", "", self.evidence)
        rows.add("replies", "Reply", self.replies)
        rows.add("anonymity", "Anonymity", self._checklist)
        rows.add("question", "Open", self._question)
        for kind, name in _KINDS.items():
            rows.offer(name, name, partial(self._add, kind))
        rows.offer("replies", "reply", self._add_reply)
        rows.offer("question", "open question", lambda: go_to(self._question))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addWidget(self._heading)
        column.addWidget(rows)

    def _add(self, kind: EvidenceKind) -> None:
        if kind is EvidenceKind.FILE:
            if self._drafts.claim is not None:
                self._wishes.files.emit(self._drafts.claim.id, [])
        else:
            self.evidence.add(kind)

    def _add_reply(self) -> None:
        self.replies.add()


_KINDS = {
    EvidenceKind.URL: "address",
    EvidenceKind.FILE: "file…",
    EvidenceKind.DOCUMENT: "document",
    EvidenceKind.INTERVIEW: "interview",
}
"""What is offered in the quiet line, by kind."""
