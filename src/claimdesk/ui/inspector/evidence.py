"""The evidence on the claim: what it is, what it says, how far it can be trusted."""

from typing import Any

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from claimdesk.core.evidence import Credibility, Evidence, EvidenceKind, Reliability, is_web_address
from claimdesk.ui.inspector.drafts import Drafts
from claimdesk.ui.inspector.entries import Entries
from claimdesk.ui.inspector.fields import Choice, Day, Line, Lines, dim, go_to, line
from claimdesk.ui.inspector.wishes import Wishes
from claimdesk.ui.inspector.words import KINDS, LOCATORS, STANCES

_NO_GRADE = (None, "–", "Not graded")


class EvidenceList(Entries[Evidence]):
    """A row a piece; the open one with its fields."""

    def __init__(self, drafts: Drafts, wishes: Wishes) -> None:
        self._wishes = wishes
        super().__init__(lambda claim: claim.evidence, wishes.evidence, wishes.leave, drafts)

    def tell(self, entry: Evidence) -> str:
        """What it is; under it where it stands, what it does to the claim, its grade."""
        parts = [KINDS[entry.kind], STANCES[entry.stance][0], entry.page, entry.grade and f"grade {entry.grade}",
                 entry.sha256 and "copy kept"]  # fmt: skip
        return f"{entry.title or entry.locator or 'Unnamed'}\n{' · '.join(part for part in parts if part)}"

    def show_entry(self, entry: Evidence, *, anew: bool) -> None:
        """Show a piece of evidence in the editor."""
        self._kind.choose(entry.kind)
        self._stance.choose(entry.stance)
        self._reliability.choose(entry.reliability)
        self._credibility.choose(entry.credibility)
        self._retrieved.show_day(entry.retrieved)
        label, hint = LOCATORS[entry.kind]
        self.fields.rename("locator", label)
        self._locator.setPlaceholderText(hint)
        self._locator.setAccessibleName(label)
        self._kept.setText(f"A copy is kept on the desk, SHA-256 {entry.sha256[:12]}…")
        self._kept.setToolTip(f"SHA-256 {entry.sha256}")
        said = {"title", "quote", "page", "archive", "retrieved", "note"}
        filled = {name for name in said if getattr(entry, name)}
        if entry.grade:
            filled.add("grade")
        possible = {"what", "locator", "grade", *said} | ({"kept"} if entry.sha256 else set())
        self.fields.show_filled(filled, possible, anew=anew)
        self.show_action("open", possible=is_web_address(entry.locator))
        self.show_action("archive", possible=is_web_address(entry.archive))
        self.show_action("save", possible=bool(entry.sha256))

    def add(self, kind: EvidenceKind) -> None:
        """Write on a new piece of evidence."""
        self.begin(Evidence(kind, "", retrieved=today() if kind is EvidenceKind.URL else ""))
        go_to(self._locator)

    def add_address(self, address: str) -> None:
        """Put an address on the claim at once."""
        if self._drafts.claim is not None:
            found = Evidence(EvidenceKind.URL, address, retrieved=today())
            self._wishes.evidence.emit(self._drafts.claim.id, None, found)

    def shift(self, entry: Evidence, places: int) -> None:
        """Move a piece of evidence."""
        if self._drafts.claim is not None:
            self._wishes.evidence_move.emit(self._drafts.claim.id, entry, places)

    def make_fields(self) -> None:
        """Make the fields of the editor, and the actions under them."""
        self._kind = self._choice("Kind of evidence", [(kind, words, "") for kind, words in KINDS.items()], "kind")
        self._stance = self._choice("What it does to the claim",
                                    [(stance, *words) for stance, words in STANCES.items()], "stance")  # fmt: skip
        self._reliability = self._choice(
            "Reliability of the source, A to F", [_NO_GRADE, *((one, one.value, one.meaning.capitalize()) for one in Reliability)], "reliability",
        )  # fmt: skip
        self._credibility = self._choice(
            "Credibility of the information, 1 to 6", [_NO_GRADE, *((one, one.value, one.meaning.capitalize()) for one in Credibility)], "credibility",
        )  # fmt: skip
        self._meaning = dim()
        self._retrieved = Day("Day on which it was retrieved")
        self._retrieved.wanted.connect(lambda day: self.choose(retrieved=day))
        self._retrieved.escaped.connect(self._leave)
        self._kept = dim()
        self._locator = line("Address")
        self._locator.editingFinished.connect(self._take_address)
        self.fields.add("what", "", _row(self._kind, self._stance))
        self.fields.add("locator", "Address", self._locator)
        self.fields.add("kept", "", self._kept)
        lines = {"title": line("Title"), "page": line("Page or time", "p. 12, 03:15"),
                 "archive": line("Address of an archived copy", "https://…")}  # fmt: skip
        texts = {
            "quote": Lines("Quote", "The words that count"),
            "note": Lines("Note on the evidence", "What to know of it"),
        }
        self.fields.add("title", "Title", lines["title"], "title")
        self.fields.add("quote", "Quote", texts["quote"], "quote")
        self.fields.add("page", "Page, time", lines["page"], "page or time")
        self.fields.add("archive", "Archived", lines["archive"], "archived copy")
        self.fields.add("retrieved", "Day", self._retrieved, "day")
        self.fields.add("grade", "Grade", _row(self._reliability, self._credibility), "grade",
                        lambda: go_to(self._reliability))  # fmt: skip
        self.fields.add("note", "Note", texts["note"], "note")
        written: dict[str, Line | Lines] = {"locator": self._locator, **lines, **texts}
        for name, field in written.items():
            self.entry.add_draft(field, name)
            field.escaped.connect(self._leave)
        for entered in (self._locator, *lines.values()):
            entered.entered.connect(self.put_away)
        self._make_actions()

    def _make_actions(self) -> None:
        self.add_action("open", "Open", "Open the address in the browser",
                        lambda entry: self._wishes.open_address.emit(entry.locator))  # fmt: skip
        self.add_action("archive", "Open copy", "Open the archived copy in the browser",
                        lambda entry: self._wishes.open_address.emit(entry.archive))  # fmt: skip
        self.add_action("save", "Save copy…", "Save the kept file where you say",
                        lambda entry: self._wishes.save_file.emit(entry))  # fmt: skip
        self.add_action("up", "↑", "Move this evidence up", lambda entry: self.shift(entry, -1))
        self.add_action("down", "↓", "Move this evidence down", lambda entry: self.shift(entry, 1))
        self.add_action("remove", "Remove", "Take this evidence away", self.remove)

    def _choice(self, name: str, options: list[tuple[Any, str, str]], value: str) -> Choice:
        choice = Choice(name, options)
        choice.wanted.connect(lambda chosen: self.choose(**{value: chosen}))
        choice.escaped.connect(self._leave)
        return choice

    def _take_address(self) -> None:
        """What was pasted as a document and is an address is one."""
        claim = self._drafts.claim
        entry = self.entry.found(claim) if claim is not None else None
        if entry is not None and entry.kind is EvidenceKind.DOCUMENT and is_web_address(entry.locator):
            self.choose(kind=EvidenceKind.URL, retrieved=entry.retrieved or today())


def today() -> str:
    """This day as an ISO date."""
    return QDate.currentDate().toString(Qt.DateFormat.ISODate)


def day_words(iso: str) -> str:
    """A day as it is written here; what is no ISO date stays as it is."""
    day = QDate.fromString(iso, Qt.DateFormat.ISODate)
    return QLocale().toString(day, "d MMM yyyy") if day.isValid() else iso


def _row(*widgets: QWidget) -> QWidget:
    row = QWidget()
    line_ = QHBoxLayout(row)
    line_.setContentsMargins(0, 0, 0, 0)
    line_.setSpacing(5)
    for widget in widgets:
        line_.addWidget(widget)
    line_.addStretch(1)
    return row
