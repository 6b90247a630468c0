"""Suggestions for the open article: looked for beside the window from the visible part outwards, and put on the desk.

A part of a long article that was read is one edit with one row of history, so that what a person does meanwhile stands between
them in its order. A short article is one part; ten thousand words are three, each further one five times as far. What a later
part knows better replaces earlier suggestions that nobody has touched.
"""

from collections.abc import Iterator
from functools import partial
from threading import Event

from PySide6.QtCore import QObject, QTimer, Signal

from claimdesk.core import edits
from claimdesk.core.claim import Article, Span
from claimdesk.core.edits import Verb
from claimdesk.core.errors import ClaimDeskError
from claimdesk.core.suggest import Suggestions, Support, prepare, suggest, suggest_outwards, support
from claimdesk.ui.background import Background
from claimdesk.ui.session.facts import Facts
from claimdesk.ui.session.open_desk import OpenDesk
from claimdesk.ui.session.review import OpenReview

_TOP = Span(0, 1)


class Suggesting(QObject):
    """Suggests for every article that never had suggestions, and whenever that is asked for."""

    part_wanted = Signal()
    """A part is about to be read: who shows the article says by `look_at` what is on the screen."""

    def __init__(self, desk: OpenDesk, review: OpenReview, facts: Facts, background: Background) -> None:
        super().__init__()
        self._desk = desk
        self._review = review
        self._facts = facts
        self._background = background
        self._unwanted = Event()
        self.running = False
        self._visible = _TOP
        review.article_changed.connect(self.stop)
        review.opened.connect(self._start_if_new)

    @property
    def support(self) -> Support:
        """How well claims can be suggested in the language of the open article."""
        article = self._review.article
        return support(article.language) if article is not None else Support.FULL

    def prepare(self) -> None:
        """Load the suggestion model beside the window, before anybody needs it."""
        self._background.run(prepare, lambda _: None, self._facts.fail)

    def start(self) -> None:
        """Look for claims; what is found becomes one edit, unless another article is open by then."""
        article = self._review.article
        if article is None or self.running:
            return
        self.running, self._unwanted = True, Event()
        self._review.claims_changed.emit(frozenset())
        cancelled = self._unwanted.is_set
        if self._review.claims:  # what stands there is replaced at once, not bit by bit
            parts = iter(partial(suggest, article, cancelled=cancelled), None)
        else:
            parts = suggest_outwards(article, self._looked_at, cancelled=cancelled)
        # Not before whoever opens the article has brought the place into sight that they want to see.
        QTimer.singleShot(0, partial(self._read_on, article, parts, self._unwanted))

    def look_at(self, visible: Span) -> None:
        """Somebody sees this stretch of the open article: the part that begins is read from there on."""
        self._visible = visible

    def stop(self) -> None:
        """What is being looked for is not wanted any more."""
        self._unwanted.set()
        self.running, self._visible = False, _TOP

    def _looked_at(self) -> int:
        """The middle of what somebody saw when the part began; the reading asks for it on its own thread."""
        return (self._visible.start + self._visible.end) // 2

    def _start_if_new(self) -> None:
        if not self._desk.now.has_run(self._review.open_article().id, Verb.SUGGEST, Verb.TAKE_IN):
            self.start()

    def _read_on(self, article: Article, parts: Iterator[Suggestions], unwanted: Event) -> None:
        if unwanted.is_set():
            return
        self.part_wanted.emit()
        take = partial(self._take, article, parts, unwanted)
        self._background.run(partial(next, parts), take, partial(self._fail, unwanted))

    def _take(self, article: Article, parts: Iterator[Suggestions], unwanted: Event, found: Suggestions) -> None:
        if unwanted.is_set():
            return
        review = self._review
        review.catch_up()  # what another program found meanwhile is not taken twice
        self.running = not found.is_whole
        if not review.commit(
            lambda: edits.take_suggestions(review.claims, article, found.claims, whole=found.is_whole)
        ):
            review.claims_changed.emit(frozenset())
        if review.selected is None:
            review.select(self._next_open())
        if not found.is_whole:
            self._read_on(article, parts, unwanted)

    def _next_open(self) -> int | None:
        """The first claim to review in what somebody sees, or behind it; else the first of all."""
        still_open = set(edits.still_open(self._review.claims))
        claims = [claim for claim in self._review.claims if claim.id in still_open]
        behind = (claim.id for claim in claims if claim.hull.start >= self._visible.start)
        return next(behind, claims[0].id if claims else None)

    def _fail(self, unwanted: Event, error: ClaimDeskError) -> None:
        if not unwanted.is_set():
            self.stop()
        self._facts.fail(error)
