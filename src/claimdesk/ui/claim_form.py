"""The selected claim in full: its level on nine keys, its source, why it was suggested, what it denies, its note."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import (
    QButtonGroup,
    QCompleter,
    QFormLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from claimdesk.core.claim import Article, Certainty, Claim, Manner, Review, words_of
from claimdesk.core.levels import LEVELS
from claimdesk.core.sources import Source, folded
from claimdesk.core.text import normalise
from claimdesk.ui import theme as look
from claimdesk.ui.icons import glyph_icon, icon
from claimdesk.ui.theme import Theme

SAVE_AFTER = 1000
"""Milliseconds after a key until what is written is on the desk."""
OFFERED = 40
"""Claims around the selected one that can be chosen as denied by it."""

MET = "Another program wrote on this claim meanwhile. Yours was kept; what it wrote is in the history (Ctrl+H)."

STATE = {
    Review.SUGGESTED: "to review",
    Review.ACCEPTED: "accepted",
    Review.DISMISSED: "dismissed",
}


class Note(QPlainTextEdit):
    """A note that tells when it has been left; Escape leaves it."""

    left = Signal()
    escaped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape goes back to the review."""
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Whoever leaves the note has finished it."""
        super().focusOutEvent(event)
        self.left.emit()


class Line(QLineEdit):
    """A line whose Enter or Escape ends the writing, and means nothing else to the window."""

    escaped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Both keys go back to the review, but Enter on an offered name takes that name first."""
        popup = self.completer().popup() if self.completer() is not None else None
        if popup is not None and popup.isVisible() and popup.currentIndex().isValid() and event.key() in _ENTER:
            event.ignore()
        elif event.key() in {Qt.Key.Key_Escape, *_ENTER}:
            if popup is not None:
                popup.hide()  # while it is there, the line would not hear that it is left
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep Enter from the window's shortcuts."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _ENTER:
            event.accept()
            return True
        return super().event(event)


class ClaimForm(QFrame):
    """Shows one claim and asks for changes to it."""

    level_wanted = Signal(str)
    accept_wanted = Signal()
    dismiss_wanted = Signal()
    reopen_wanted = Signal()
    note_written = Signal(int, str)
    source_named = Signal(int, str)
    denied_wanted = Signal(int, object)
    """A claim, and the ids (a set) of those that it denies."""
    claim_wanted = Signal(int)
    unsaved = Signal(bool)
    """Whether something is written that is not on the desk yet."""
    left = Signal()
    """Somebody has finished writing and goes back to the review."""
    met = Signal(str)
    """In a sentence: what became of words that were being written on a claim that another program changed or took away."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("form")
        self._theme = theme
        self._claim: Claim | None = None
        self._heading = _dim("", bold=True)
        self._state = _dim("")
        self._levels = QButtonGroup(self, exclusive=True)
        self._source = Line(placeholderText="Who says so? Name in full")
        self._source.setAccessibleName("Source")
        self._sources: dict[str, Source] = {}
        self._meant: dict[str, str] = {}
        self._offered = QStringListModel(self)
        self._lock = self._source.addAction(icon("lock", theme.accent), QLineEdit.ActionPosition.TrailingPosition)
        self._about_source = _dim("")
        self._as_written = _dim("")
        self._cue = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._wording = _dim("")
        self._reason = _dim("")
        self._links = QVBoxLayout()
        self._denies = QPushButton("Denies…")
        self._denies.setProperty("kind", "link")
        self._denies.setFont(look.sans(9))
        self._denies.setToolTip("Choose the claims that this one denies")
        self._denies.setMenu(QMenu(self._denies))
        self._others: list[tuple[int, int, str]] = []
        self._number = 0
        self._note = Note(tabChangesFocus=True, placeholderText="Note for the report: evidence, doubts, whom to call")
        self._note.setAccessibleName("Note")
        self._save = QTimer(self, singleShot=True, interval=SAVE_AFTER)
        self._review = {name: QPushButton(label) for name, label in _REVIEW.items()}
        self._hint = _dim("Select a claim in the list or in the article. To add one that was missed, select its words and "
                          "press the digit of its level.")  # fmt: skip
        self._form = self._arrange()
        self._connect()
        self.show_claim(None, None, [], {})

    def show_claim(
        self, article: Article | None, claim: Claim | None, claims: Sequence[Claim], numbers: dict[int, int]
    ) -> None:
        """Show a claim, or how to get one if there is none."""
        before, met = self._claim, claim is not None and self._meets(claim)
        self.save()
        if met:
            self.met.emit(MET)
        if self._claim is not before:
            return  # to write it has shown the claim as it is now
        other = claim is None or before is None or claim.id != before.id
        if other and self._has_new_note():
            self.met.emit(
                f"Your note could not be written, for its claim is not there any more: “{self._note.toPlainText()}”"
            )
        writing_note = not other and self._note.hasFocus() and self._has_new_note()
        writing_name = not other and self._source.hasFocus() and self._has_new_source()
        self._claim = claim
        self._form.setVisible(claim is not None)
        self._hint.setVisible(claim is None)
        if claim is None or article is None:
            self._show_nothing()
            return
        number = numbers.get(claim.id)
        self._number = number or 0
        self._heading.setText(f"CLAIM {number}" if number else "DISMISSED CLAIM")
        page = article.page(claim.hull.start)
        self._state.setText(_state_of(claim) + (f" · page {page}" if page is not None else ""))
        for button in self._levels.buttons():
            chosen = button.property("level") == claim.level
            button.setChecked(chosen)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if chosen else Qt.FocusPolicy.ClickFocus)
        self._show_attribution(article, claim)
        if self._has_new_source() and not writing_name:
            self._source.setText(claim.source_name)
        self._show_source()
        self._show_links(article, claim, claims, numbers)
        self._show_review(claim.review)
        if self._has_new_note() and not writing_note:
            self._note.setPlainText(claim.note)

    def show_sources(self, sources: Sequence[Source], meant: dict[str, str]) -> None:
        """Offer the names of the register, and the aliases that lead to them: `meant`, folded alias to name."""
        self._sources = {source.name: source for source in sources}
        self._meant = meant
        self._offered.setStringList(sorted({name for source in sources for name in source.names}, key=folded))
        self._show_source()

    def save(self) -> None:
        """Put what is written on the desk now, if it says something new; what cannot be written stays in its field."""
        self._save.stop()
        for is_new, wish, field in (
            (self._has_new_note, self.note_written, self._note.toPlainText),
            (self._has_new_source, self.source_named, self._source.text),
        ):
            if self._claim is not None and is_new():
                wish.emit(self._claim.id, field())
        self.unsaved.emit(self.is_unsaved)

    @property
    def is_unsaved(self) -> bool:
        """Whether something is written that could not be put on the desk."""
        return self._has_new_note() or self._has_new_source()

    def write_note(self) -> None:
        """Put the caret into the note."""
        if self._claim is not None:
            self._note.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._note.moveCursor(QTextCursor.MoveOperation.End)

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        self._lock.setIcon(icon("lock", theme.accent))
        self._set_cue_face(italic=self._claim is not None and bool(self._claim.cue))
        for button in self._levels.buttons():
            slug = button.property("level")
            level = next(level for level in LEVELS if level.slug == slug)
            button.setIcon(glyph_icon(level.glyph, theme.level(slug), self.devicePixelRatioF()))

    # -- inside

    def _show_nothing(self) -> None:
        """Keep no word of a claim, not even where nobody sees it."""
        self._show_review(None)
        self._heading.setText("NO CLAIM SELECTED")
        for label in (self._state, self._as_written, self._cue, self._wording, self._reason):
            label.clear()
        self._source.clear()
        self._note.clear()
        self._others = []
        self._denies.menu().clear()
        _clear(self._links, self._denies)
        self._links.addWidget(self._denies)

    def _show_review(self, review: Review | None) -> None:
        """Offer what can still be said of the claim."""
        self._review["accept"].setVisible(review not in {None, Review.ACCEPTED})
        self._review["dismiss"].setVisible(review not in {None, Review.DISMISSED})
        self._review["reopen"].setVisible(review not in {None, Review.SUGGESTED})

    def _show_attribution(self, article: Article, claim: Claim) -> None:
        written = words_of(article.text, claim.source)
        via = f" via {', '.join(claim.via)}" if claim.via else ""
        self._as_written.setText(f"in the text: {written}{via}" if written else "the text names none" + via)
        cue = words_of(article.text, claim.cue)
        self._cue.setText(cue or "none")
        self._set_cue_face(italic=bool(cue))
        self._wording.setText(_wording_of(claim))
        self._reason.setText(claim.reason or "no reason recorded")

    def _show_source(self) -> None:
        """Say what the register knows of who stands behind the claim."""
        source = self._sources.get(self._claim.source_name) if self._claim is not None else None
        self._lock.setVisible(source is not None and source.confidential)
        secret = f"confidential, in reports “{source.pseudonym}”" if source is not None and source.confidential else ""
        self._lock.setToolTip(secret.capitalize())
        words = " · ".join(part for part in (source.about if source is not None else "", secret) if part)
        self._about_source.setText(words)
        self._about_source.setVisible(bool(words))

    def _finish_source(self) -> None:
        """Whoever leaves the field sees the name that an alias stands for."""
        self.save()
        if self._claim is not None and not self._has_new_source():
            self._source.setText(self._claim.source_name)

    def _set_cue_face(self, *, italic: bool) -> None:
        font = look.serif(10.5)
        font.setItalic(italic)
        self._cue.setFont(font)

    def _show_links(self, article: Article, claim: Claim, claims: Sequence[Claim], numbers: dict[int, int]) -> None:
        _clear(self._links, self._denies)
        by_id = {other.id: other for other in claims}
        pairs = [("denies", by_id[target]) for target in claim.denies if target in by_id]
        pairs += [("denied by", other) for other in claims if claim.id in other.denies]
        for what, other in pairs:
            words = words_of(article.text, other.content)
            button = QPushButton(f"{what} {numbers.get(other.id, '–')}  {words[:44]}".replace("&", "&&"))
            button.setProperty("kind", "link")
            button.setFont(look.sans(9))
            button.setToolTip(words)
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda _=False, target=other.id: self.claim_wanted.emit(target))
            self._links.addWidget(button)
        self._links.addWidget(self._denies)
        self._others = [(other.id, numbers[other.id], words_of(article.text, other.content))
                        for other in claims if other.id in numbers and other.id != claim.id]  # fmt: skip
        self._denies.show()
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Tab goes through the form as it is read, also where link buttons have come anew."""
        items = [self._links.itemAt(i) for i in range(self._links.count())]
        links = [widget for item in items if item is not None and (widget := item.widget()) is not None]
        stops = [*self._review.values(), *self._levels.buttons(), self._source, *links, self._note]
        for one, following in pairwise(stops):
            QWidget.setTabOrder(one, following)

    def _offer_denied(self) -> None:
        """Fill the menu of claims that the selected one can deny: those around it."""
        menu, claim = self._denies.menu(), self._claim
        menu.clear()
        if claim is None:
            return
        denied = set(claim.denies)
        before = sum(number < self._number for _, number, _ in self._others)
        for other, number, words in self._others[max(0, before - OFFERED // 2) :][:OFFERED]:
            action = menu.addAction(f"{number}  {words[:60]}".replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(other in denied)
            action.triggered.connect(
                lambda _=False, ids=denied ^ {other}, asked=claim.id: self.denied_wanted.emit(asked, ids)
            )
        if not self._others:
            menu.addAction("No other claim").setEnabled(False)

    def _connect(self) -> None:
        self._note.textChanged.connect(self._save_soon)
        self._source.textEdited.connect(self._save_soon)
        self._note.left.connect(self.save)
        self._source.editingFinished.connect(self._finish_source)
        completer = QCompleter(self._offered, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(self._save_soon)
        self._source.setCompleter(completer)
        self._save.timeout.connect(self.save)
        for field in (self._note, self._source):
            field.escaped.connect(self.left)
        self._denies.menu().aboutToShow.connect(self._offer_denied)
        self._levels.buttonClicked.connect(lambda button: self.level_wanted.emit(button.property("level")))
        self._review["accept"].clicked.connect(self.accept_wanted)
        self._review["dismiss"].clicked.connect(self.dismiss_wanted)
        self._review["reopen"].clicked.connect(self.reopen_wanted)

    def _save_soon(self) -> None:
        """Save at a steady pace while somebody types, and not only once they pause."""
        if self._has_new_note() or self._has_new_source():
            self.unsaved.emit(True)
            if not self._save.isActive():
                self._save.start()

    def _has_new_note(self) -> bool:
        return self._claim is not None and normalise(self._note.toPlainText()) != self._claim.note

    def _has_new_source(self) -> bool:
        written = normalise(self._source.text()).strip()
        meant = {written, self._meant.get(folded(written), written)}
        return self._claim is not None and self._claim.source_name not in meant

    def _meets(self, claim: Claim) -> bool:
        """Whether the claim that is shown got another note or source from elsewhere while one is being written here."""
        before = self._claim
        if before is None or before.id != claim.id:
            return False
        note = self._has_new_note() and claim.note not in {before.note, normalise(self._note.toPlainText())}
        name = self._has_new_source() and claim.source_name not in {
            before.source_name,
            normalise(self._source.text()).strip(),
        }
        return note or name

    def _arrange(self) -> QWidget:
        head = QHBoxLayout()
        head.setSpacing(5)
        head.addWidget(self._heading)
        head.addWidget(self._state, 1)
        for button in self._review.values():
            button.setFont(look.sans(9))
            head.addWidget(button)
        column = QVBoxLayout()
        column.setContentsMargins(14, 4, 14, 10)
        column.setSpacing(8)
        column.addLayout(self._make_levels())
        column.addLayout(self._make_fields())
        column.addStretch(1)
        body = QWidget()
        body.setLayout(column)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(body)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._hint.setWordWrap(True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._hint.setMargin(14)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 10, 0, 0)
        whole.setSpacing(2)
        head.setContentsMargins(16, 0, 14, 0)
        whole.addLayout(head)
        whole.addWidget(self._hint, 1)
        whole.addWidget(scroll, 1)
        return scroll

    def _make_levels(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(5)
        for i, level in enumerate(LEVELS):
            button = QPushButton(f"{i + 1}  {level.short}")
            button.setCheckable(True)
            button.setProperty("kind", "level")
            button.setProperty("level", level.slug)
            button.setFont(look.sans(9.2))
            button.setToolTip(f"{level.label}: {level.definition}")
            button.setAccessibleName(f"{level.label}, key {i + 1}")
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._levels.addButton(button)
            grid.addWidget(button, i // 3, i % 3)
        self.set_theme(self._theme)
        return grid

    def _make_fields(self) -> QFormLayout:
        fields = QFormLayout()
        fields.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        fields.setHorizontalSpacing(14)
        fields.setVerticalSpacing(4)
        source = QVBoxLayout()
        source.setSpacing(2)
        source.addWidget(self._source)
        source.addWidget(self._about_source)
        source.addWidget(self._as_written)
        self._note.setFixedHeight(58)
        self._links.setSpacing(4)
        for label, field in (
            ("Source", source), ("Cue", self._cue), ("Wording", self._wording),
            ("Why", self._reason), ("Links", self._links), ("Note", self._note),
        ):  # fmt: skip
            fields.addRow(_dim(label), field)
        return fields


def _state_of(claim: Claim) -> str:
    sure = f" · {claim.confidence:.0%} sure" if claim.confidence is not None else ""
    return STATE[claim.review] + (sure if claim.review is Review.SUGGESTED else "")


def _wording_of(claim: Claim) -> str:
    """Manner and certainty in words: indirect speech, only possible."""
    parts = [_MANNER.get(claim.manner, ""), _CERTAINTY.get(claim.certainty, "")]
    return ", ".join(part for part in parts if part) or "not recorded"


_MANNER: dict[Manner | None, str] = {
    Manner.DIRECT: "quoted",
    Manner.INDIRECT: "in other words",
    Manner.MIXED: "partly quoted",
}
_CERTAINTY: dict[Certainty | None, str] = {
    Certainty.CERTAIN: "without a hedge",
    Certainty.PROBABLE: "hedged as probable",
    Certainty.POSSIBLE: "hedged as possible",
    Certainty.ALLEGED: "hedged as alleged",
}
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_REVIEW = {"accept": "Accept  ⏎", "dismiss": "Dismiss  Del", "reopen": "Reopen"}


def _dim(text: str, *, bold: bool = False) -> QLabel:
    label = QLabel(text, wordWrap=not bold, textFormat=Qt.TextFormat.PlainText)
    label.setProperty("kind", "dim")
    label.setFont(look.sans(9, bold=bold))
    return label


def _clear(layout: QVBoxLayout, kept: QWidget) -> None:
    """Take everything out of a layout; all but `kept` is of no more use."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None and widget is not kept:
            widget.hide()
            widget.deleteLater()
