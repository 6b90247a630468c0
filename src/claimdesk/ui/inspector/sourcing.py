"""Who stands behind the claim, through whom it came, on which terms, and how it is worded."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from claimdesk.core.claim import Article, Claim, words_of
from claimdesk.ui import theme as look
from claimdesk.ui.inspector.disclosure import Disclosure
from claimdesk.ui.inspector.drafts import Draft, Drafts, telling
from claimdesk.ui.inspector.fields import Choice, Lines, dim, go_to
from claimdesk.ui.inspector.flow import Flow
from claimdesk.ui.inspector.links import Links
from claimdesk.ui.inspector.names import NameChips
from claimdesk.ui.inspector.source import KnownSources, SourceField
from claimdesk.ui.inspector.wishes import Wishes
from claimdesk.ui.inspector.words import CERTAINTY, MANNER, TERMS
from claimdesk.ui.theme import Theme


class Sourcing(Disclosure):
    """Its rows."""

    def __init__(self, known: KnownSources, drafts: Drafts, wishes: Wishes) -> None:
        super().__init__()
        self._drafts = drafts
        self._wishes = wishes
        self.source = SourceField(known, drafts, wishes)
        leave = wishes.leave
        self.seconds = NameChips("Second source", "Who else says so?", lambda claim: claim.second_sources,
                                 wishes.second, leave, drafts, known)  # fmt: skip
        self.via = NameChips("Via", "Through whom it came", lambda claim: claim.via, wishes.via, leave, drafts, known,
                             between="←")  # fmt: skip
        self.tags = NameChips("Tag", "A word to find it by", lambda claim: claim.tags, wishes.tag, leave, drafts)
        self._cue = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._terms = self._choice("Terms", [(value, *words) for value, words in TERMS.items()], wishes.terms)
        self._manner = self._choice("Manner", [(value, words, "") for value, words in MANNER.items()], wishes.manner)
        self._certainty = self._choice("Certainty", [(value, words, "") for value, words in CERTAINTY.items()],
                                       wishes.certainty)  # fmt: skip
        self._reason = dim()
        self._links = Links(wishes)
        self._restated = Lines("Restated claim", "The claim as one sentence that can be checked")
        self.note = Lines("Note", "Note for the report: doubts, whom to call")
        for field, read, wish in (
            (self._restated, lambda claim: claim.restated, wishes.restated),
            (self.note, lambda claim: claim.note, wishes.note),
        ):
            drafts.follow(Draft(field, read, telling(wish)))
            field.escaped.connect(leave)
        self._arrange()

    def show_claim(
        self, article: Article | None, claim: Claim | None, claims: Sequence[Claim], numbers: Mapping[int, int],
        *, anew: bool,
    ) -> None:  # fmt: skip
        """Show a claim, or keep no word of any."""
        self.source.show_claim(article, claim)
        self._links.show_claim(article, claim, claims, numbers)
        for names in (self.seconds, self.via, self.tags):
            names.show_claim(claim, anew=anew)
        cue = words_of(article.text, claim.cue) if article is not None and claim is not None else ""
        self._cue.setText(cue or ("none" if claim is not None else ""))
        self._set_cue_face(italic=bool(cue))
        self._reason.setText((claim.reason or "no reason recorded") if claim is not None else "")
        self._terms.choose(claim.terms if claim is not None else None)
        self._manner.choose(claim.manner if claim is not None else None)
        self._certainty.choose(claim.certainty if claim is not None else None)
        filled = _filled(claim) if claim is not None else set()
        self.show_filled(filled | ({"links"} if self._links.wanted else set()), anew=anew)

    def write_note(self) -> None:
        """Put the caret into the note, behind what is written."""
        self.open("note")
        self.note.moveCursor(QTextCursor.MoveOperation.End)

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self.source.set_theme(theme)
        claim = self._drafts.claim
        self._set_cue_face(italic=claim is not None and bool(claim.cue))  # another style sheet takes the face away

    def _set_cue_face(self, *, italic: bool) -> None:
        font = look.serif(10.5)
        font.setItalic(italic)
        self._cue.setFont(font)

    def _choice(self, name: str, options: Sequence[tuple[object, str, str]], wish: SignalInstance) -> Choice:
        choice = Choice(name, options)
        choice.escaped.connect(self._wishes.leave)
        choice.wanted.connect(lambda value: self._tell(wish, value))
        return choice

    def _tell(self, wish: SignalInstance, value: object) -> None:
        if self._drafts.claim is not None:
            wish.emit(self._drafts.claim.id, value)

    def _arrange(self) -> None:
        wording = QWidget()
        column = QVBoxLayout(wording)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self._cue)
        choices = QWidget()
        flow = Flow(choices)
        flow.addWidget(self._manner)
        flow.addWidget(self._certainty)
        column.addWidget(choices)
        self.add("source", "Source", self.source)
        self.add("seconds", "Second", self.seconds, "second source", self.seconds.begin)
        self.add("via", "Via", self.via, "via", self.via.begin)
        self.add("terms", "Terms", self._terms, "terms")
        self.add("wording", "Cue", wording)
        self.add("reason", "Why", self._reason)
        self.add("links", "Links", self._links, "denies", self._links.choose)
        self.add("restated", "Restated", self._restated, "restated claim", lambda: go_to(self._restated))
        self.add("tags", "Tags", self.tags, "tags", self.tags.begin)
        self.add("note", "Note", self.note, "note", lambda: go_to(self.note))


def _filled(claim: Claim) -> set[str]:
    said = {
        "seconds": claim.second_sources, "via": claim.via, "terms": claim.terms, "restated": claim.restated,
        "tags": claim.tags, "note": claim.note,
    }  # fmt: skip
    return {name for name, value in said.items() if value}
