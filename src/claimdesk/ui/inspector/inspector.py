"""The selected claim in full: its level on nine keys, who stands behind it, how it was checked."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from claimdesk.core.claim import Article, Claim, Review
from claimdesk.core.evidence import is_web_address
from claimdesk.core.sources import Source
from claimdesk.ui import theme as look
from claimdesk.ui.inspector.drafts import Drafts
from claimdesk.ui.inspector.fields import dim, go_to
from claimdesk.ui.inspector.levels import LevelKeys
from claimdesk.ui.inspector.source import KnownSources
from claimdesk.ui.inspector.sourcing import Sourcing
from claimdesk.ui.inspector.verification import Verification
from claimdesk.ui.inspector.wishes import Wishes
from claimdesk.ui.inspector.words import STATE
from claimdesk.ui.theme import Theme

REVIEW = {"accept": "Accept  ⏎", "dismiss": "Dismiss  Del", "reopen": "Reopen"}


class Inspector(QFrame):
    """Shows one claim and asks for changes to it."""

    met = Signal(str)
    """In a sentence: what became of words that were being written on a claim that another program changed or took away."""
    unsaved = Signal(bool)
    """Whether something is written that is not on the desk yet."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self.setAcceptDrops(True)
        self.wishes = Wishes(self)
        self._drafts = Drafts(self)
        self._drafts.met.connect(self.met)
        self._drafts.unsaved.connect(self.unsaved)
        self._known = KnownSources(self)
        self._heading, self._state = dim(bold=True), dim()
        self._review = {name: QPushButton(label) for name, label in REVIEW.items()}
        self._levels = LevelKeys(self.wishes)
        self._sourcing = Sourcing(self._known, self._drafts, self.wishes)
        self._verification = Verification(self._drafts, self.wishes)
        self.verification_folded = self._verification.folded
        self._hint = dim("Select a claim in the list or in the article. To add one that was missed, select its words and "
                         "press the digit of its level.")  # fmt: skip
        self._tabs = QTimer(self, singleShot=True, interval=0)
        self._tabs.timeout.connect(self._order_tabs)
        self._scroll = self._arrange()
        for name, wish in (
            ("accept", self.wishes.accept),
            ("dismiss", self.wishes.dismiss),
            ("reopen", self.wishes.reopen),
        ):
            self._review[name].clicked.connect(wish)
        self.set_theme(theme)
        self.show_claim(None, None, [], {})

    def show_claim(
        self, article: Article | None, claim: Claim | None, claims: Sequence[Claim], numbers: Mapping[int, int]
    ) -> None:
        """Show a claim, or how to get one if there is none."""
        before = self._drafts.claim
        if not self._drafts.change(claim, claims):
            return
        with self._drafts.still():
            self._show(article, claim, claims, numbers, anew=before is None or claim is None or before.id != claim.id)
        self._tabs.start()

    def show_sources(self, sources: Sequence[Source], meant: Mapping[str, str]) -> None:
        """Offer the names of the register, and the aliases that lead to them: `meant`, folded alias to name."""
        self._known.take(sources, meant)

    def save(self) -> None:
        """Put what is written on the desk now, if it says something new; what cannot be written stays in its field."""
        self._drafts.save()

    @property
    def is_unsaved(self) -> bool:
        """Whether something is written that could not be put on the desk."""
        return self._drafts.is_unsaved

    def write_note(self) -> None:
        """Put the caret into the note."""
        if self._drafts.claim is not None:
            self._sourcing.write_note()

    def write_source(self) -> None:
        """Put the caret into the name of the source."""
        if self._drafts.claim is not None:
            go_to(self._sourcing.source.line)
            self._sourcing.source.line.selectAll()

    def add_evidence(self) -> None:
        """Write on a new piece of evidence."""
        if self._drafts.claim is not None:
            self._verification.begin_evidence()

    def begin_verdict(self) -> None:
        """Let the digits give a verdict."""
        if self._drafts.claim is not None:
            self._verification.begin_verdict()

    def write_question(self) -> None:
        """Put the caret into the open question."""
        if self._drafts.claim is not None:
            self._verification.begin_question()

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._levels.set_theme(theme)
        self._sourcing.set_theme(theme)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Files and addresses are welcome as evidence."""
        given = event.mimeData()
        files = any(url.isLocalFile() for url in given.urls())
        if self._drafts.claim is not None and (files or is_web_address(given.text().strip())):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """What was dropped here is evidence."""
        if self._verification.take(event.mimeData()):
            event.acceptProposedAction()

    # -- inside

    def _show(
        self, article: Article | None, claim: Claim | None, claims: Sequence[Claim], numbers: Mapping[int, int],
        *, anew: bool,
    ) -> None:  # fmt: skip
        self._drafts.claim = claim
        self._scroll.setVisible(claim is not None)
        self._hint.setVisible(claim is None)
        self._show_head(article, claim, numbers)
        if claim is not None:
            self._levels.show_claim(claim)
        self._sourcing.show_claim(article, claim, claims, numbers, anew=anew)
        self._verification.show_claim(claim, anew=anew)
        self._drafts.show(claim)

    def _show_head(self, article: Article | None, claim: Claim | None, numbers: Mapping[int, int]) -> None:
        """Say which claim it is, and offer what can still be said of it."""
        review = claim.review if claim is not None else None
        number = numbers.get(claim.id) if claim is not None else None
        self._heading.setText(f"CLAIM {number}" if number else "DISMISSED CLAIM" if claim else "NO CLAIM SELECTED")
        page = article.page(claim.hull.start) if article is not None and claim is not None else None
        state = _state_of(claim) if claim is not None else ""
        self._state.setText(state + (f" · page {page}" if page is not None else ""))
        self._review["accept"].setVisible(review not in {None, Review.ACCEPTED})
        self._review["dismiss"].setVisible(review not in {None, Review.DISMISSED})
        self._review["reopen"].setVisible(review not in {None, Review.SUGGESTED})

    def _order_tabs(self) -> None:
        """Tab goes through the inspector as it is read, also where fields have come anew."""
        stops = [
            widget
            for widget in self.findChildren(QWidget)
            if widget.isVisibleTo(self)
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.focusProxy() is None
        ]
        for widget in self.findChildren(QWidget):
            if (layout := widget.layout()) is not None:
                layout.activate()
        leftward = self.layoutDirection() is Qt.LayoutDirection.RightToLeft

        def place(widget: QWidget) -> tuple[int, int]:
            at = widget.mapTo(self, QPoint(0, 0))
            return at.y(), -at.x() if leftward else at.x()

        for one, following in pairwise(sorted(stops, key=place)):
            QWidget.setTabOrder(one, following)

    def _arrange(self) -> QScrollArea:
        head = QHBoxLayout()
        head.setSpacing(5)
        head.setContentsMargins(16, 0, 14, 0)
        head.addWidget(self._heading)
        head.addWidget(self._state, 1)
        for button in self._review.values():
            button.setFont(look.sans(9))
            head.addWidget(button)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(14, 4, 14, 10)
        column.setSpacing(8)
        for widget in (self._levels, self._sourcing, self._verification):
            column.addWidget(widget)
        column.addStretch(1)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(body)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._hint.setMargin(14)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 10, 0, 0)
        whole.setSpacing(2)
        whole.addLayout(head)
        whole.addWidget(self._hint, 1)
        whole.addWidget(scroll, 1)
        return scroll


def _state_of(claim: Claim) -> str:
    sure = f" · {claim.confidence:.0%} sure" if claim.confidence is not None else ""
    return STATE[claim.review] + (sure if claim.review is Review.SUGGESTED else "")
