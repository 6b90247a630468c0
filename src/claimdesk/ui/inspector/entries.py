"""A list of which one entry at a time is open to be written on: evidence, and the log of asking for a reply."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Generic, TypeVar

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from claimdesk.core.claim import Claim
from claimdesk.core.evidence import Evidence, Reply
from claimdesk.ui.inspector.disclosure import Disclosure
from claimdesk.ui.inspector.drafts import Draft, Drafts
from claimdesk.ui.inspector.fields import Day, Line, Lines, Piece, clear, quiet

Entry = TypeVar("Entry", Evidence, Reply)


class OpenEntry(Generic[Entry]):
    """The entry that is being written on. It is followed when it changes, by whatever hand, and closed when it is gone."""

    def __init__(self, entries: Callable[[Claim], tuple[Entry, ...]], wish: SignalInstance, drafts: Drafts) -> None:
        self._entries: Callable[[Claim], tuple[Entry, ...]] = entries
        self._wish = wish
        self._drafts = drafts
        self._blank: Entry | None = None
        self._known: Entry | None = None
        self._written: Entry | None = None
        self._own: list[Draft] = []

    def open(self, entry: Entry, *, new: bool) -> None:
        """Write on an entry of the claim, or on a `new` one that is on no desk yet."""
        self._blank, self._known, self._written = (entry, None, None) if new else (None, entry, None)

    def close(self) -> None:
        """Write on none."""
        self._blank = self._known = self._written = None

    def found(self, claim: Claim) -> Entry | None:
        """The entry as the claim has it now; a new one as it was begun; None where none is open or it is gone."""
        entries = self._entries(claim)
        for entry in (self._written, self._known):
            if entry is not None and entry in entries:
                return entry
        if self._known is not None:
            return next((entry for entry in entries if entry.about == self._known.about), None)
        return self._blank

    def follow(self, claim: Claim) -> Entry | None:
        """The entry as it is now, from here on."""
        found = self.found(claim)
        if found is None or found not in self._entries(claim):
            if found is None:
                self.close()
            return found
        self._blank, self._known, self._written = None, found, None
        return found

    def change(self, **values: Any) -> None:
        """Wish for other values of the entry."""
        claim = self._drafts.claim
        entry = self.found(claim) if claim is not None else None
        if claim is not None and entry is not None:
            self._written = replace(entry, **values)
            self._wish.emit(claim.id, None if self._blank is not None else entry, self._written)

    def choose(self, **values: Any) -> None:
        """Wish for values that are chosen; a new entry waits for the first word that is written on it."""
        if self._blank is not None:
            self._blank = replace(self._blank, **values)
        else:
            self.change(**values)

    def add_draft(self, field: Line | Lines, name: str) -> None:
        """Follow what is written in the field of one of its values."""

        def read(claim: Claim) -> str | None:
            entry = self.found(claim)
            return None if entry is None else str(getattr(entry, name))

        draft = Draft(field, read, lambda _, words: self.change(**{name: words}))
        self._own.append(self._drafts.follow(draft))

    def is_written(self) -> bool:
        """Put what is written on the desk; False if that failed."""
        self._drafts.save()
        claim = self._drafts.claim
        return claim is None or not any(draft.is_new(claim) for draft in self._own)

    def show_drafts(self) -> None:
        """Show in the fields what the entry says now."""
        for draft in self._own:
            draft.show(self._drafts.claim)


class Entries(QWidget, Generic[Entry]):
    """The entries as rows, the open one with its editor under it; those who derive from it say what an entry tells."""

    def __init__(
        self, entries: Callable[[Claim], tuple[Entry, ...]], wish: SignalInstance, leave: SignalInstance, drafts: Drafts
    ) -> None:
        super().__init__()
        self._entries: Callable[[Claim], tuple[Entry, ...]] = entries
        self._wish = wish
        self._leave = leave
        self._drafts = drafts
        self.entry: OpenEntry[Entry] = OpenEntry(entries, wish, drafts)
        self._rows: list[Piece] = []
        self._told: tuple[list[str], int] = ([], -1)
        self._actions: dict[str, QPushButton] = {}
        self.editor = QFrame()
        self.editor.setObjectName("card")
        self.fields = Disclosure()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._make_editor()
        self._column.addWidget(self.editor)
        self.editor.hide()

    # -- what those who derive from it say

    def tell(self, entry: Entry) -> str:
        """What the row of an entry says, in one or two lines."""
        raise NotImplementedError

    def show_entry(self, entry: Entry, *, anew: bool) -> None:
        """Show an entry in the editor; its drafts show themselves."""
        raise NotImplementedError

    def shift(self, entry: Entry, places: int) -> None:
        """Move an entry, if their order means anything."""

    # -- what they have in common

    def begin(self, entry: Entry) -> None:
        """Write on a new entry."""
        if self.entry.is_written():
            self.entry.open(entry, new=True)
            self._show_again()

    def toggle(self, place: int) -> None:
        """Open the entry at this place, or close it if it is open."""
        written, claim = self.entry.is_written(), self._drafts.claim
        if not written or claim is None or place >= len(self._entries(claim)):
            return
        entry = self._entries(claim)[place]
        if self.entry.found(claim) == entry:
            self.entry.close()
        else:
            self.entry.open(entry, new=False)
        self._show_again()

    def put_away(self) -> None:
        """Put the editor away, once what is written in it is on the desk."""
        if self.entry.is_written():
            self.entry.close()
            self._show_again()

    def _show_again(self) -> None:
        with self._drafts.still():
            self.show_claim(self._drafts.claim, anew=True)
            self.entry.show_drafts()

    def show_claim(self, claim: Claim | None, *, anew: bool) -> None:
        """Show the entries of a claim."""
        entry = self.entry.follow(claim) if claim is not None else None
        if claim is None:
            self.entry.close()
        entries = self._entries(claim) if claim is not None else ()
        place = entries.index(entry) if entry in entries else -1
        told = [self.tell(one) for one in entries]
        if (told, place) != self._told:
            self._show_rows(told, place)
        if entry is not None:
            self.show_entry(entry, anew=anew)
        else:
            for day in self.editor.findChildren(Day):
                day.show_day("")  # nothing of a closed entry stays where nobody sees it
        self.editor.setVisible(entry is not None)

    def _show_rows(self, told: list[str], place: int) -> None:
        """The rows, of which the one at `place` is open; they are made anew only where there are more or fewer."""
        at = next((i for i, row in enumerate(self._rows) if row is QApplication.focusWidget()), -1)
        if len(told) != len(self._rows):
            self._column.removeWidget(self.editor)
            clear(self._column)
            self._rows = [self._make_row(i) for i in range(len(told))]
            for row in self._rows:
                self._column.addWidget(row)
        self._column.removeWidget(self.editor)
        self._column.insertWidget(place + 1 if place >= 0 else len(told), self.editor)
        for i, (row, words) in enumerate(zip(self._rows, told, strict=True)):
            row.say(words)
            row.setProperty("open", i == place)
            row.style().unpolish(row)
            row.style().polish(row)
        if at >= 0 and self._rows:
            self._rows[min(at, len(self._rows) - 1)].setFocus()
        self._told = (told, place)

    def _make_row(self, place: int) -> Piece:
        row = Piece("entry")
        row.setAccessibleDescription("Enter opens it, Delete takes it away, Ctrl and arrows move it")
        row.clicked.connect(lambda: self.toggle(place))
        row.removed.connect(lambda: self._on_entry(place, self.remove))
        row.moved.connect(lambda places: self._on_entry(place, lambda entry: self.shift(entry, places)))
        row.escaped.connect(self._leave)
        return row

    def _on_entry(self, place: int, verb: Callable[[Entry], None]) -> None:
        self._drafts.save()
        if self._drafts.claim is not None and place < len(self._entries(self._drafts.claim)):
            verb(self._entries(self._drafts.claim)[place])

    def remove(self, entry: Entry) -> None:
        """Take an entry away; undo brings it back."""
        if self._drafts.claim is not None:
            self._wish.emit(self._drafts.claim.id, entry, None)

    def choose(self, **values: Any) -> None:
        """Change values of the open entry that are chosen, not written."""
        self._drafts.save()
        self.entry.choose(**values)
        self.show_claim(self._drafts.claim, anew=False)

    def _on_open(self, verb: Callable[[Entry], None]) -> None:
        """Do something with the open entry, if it is on the desk."""
        self._drafts.save()
        claim = self._drafts.claim
        entry = self.entry.found(claim) if claim is not None else None
        if claim is not None and entry is not None and entry in self._entries(claim):
            verb(entry)

    def add_action(self, name: str, words: str, said: str, verb: Callable[[Entry], None]) -> None:
        """A quiet button under the fields of the open entry; `said` is told to those who do not see it."""
        button = quiet(words, said)
        button.setToolTip(said)
        button.clicked.connect(lambda: self._on_open(verb))
        self._actions[name] = button

    def show_action(self, name: str, *, possible: bool) -> None:
        """Offer an action, or leave it out."""
        self._actions[name].setVisible(possible)

    def _make_editor(self) -> None:
        column = QVBoxLayout(self.editor)
        column.setContentsMargins(10, 8, 10, 6)
        column.setSpacing(4)
        self.make_fields()
        column.addWidget(self.fields)
        row = QHBoxLayout()
        row.setSpacing(2)
        for button in self._actions.values():
            row.addWidget(button)
        row.addStretch(1)
        done = quiet("Done")
        done.clicked.connect(self.put_away)
        row.addWidget(done)
        column.addLayout(row)

    def make_fields(self) -> None:
        """Make the fields of the editor, and the actions under them."""
        raise NotImplementedError
