"""Suggestions for the open article: looked for beside the window, and put on the desk as one edit."""

from functools import partial
from threading import Event

from PySide6.QtCore import QObject

from claimdesk.core import edits
from claimdesk.core.claim import Article
from claimdesk.core.edits import Verb
from claimdesk.core.suggest import Suggestions, Support, prepare, suggest, support
from claimdesk.ui.background import Background
from claimdesk.ui.session.facts import Facts
from claimdesk.ui.session.open_desk import OpenDesk
from claimdesk.ui.session.review import OpenReview

LONG, FIRST_PART = 12_000, 6_000
"""Code points: of a longer article the beginning is read first, so that its claims are there at once."""


class Suggesting(QObject):
    """Suggests for every article that never had suggestions, and whenever that is asked for."""

    def __init__(self, desk: OpenDesk, review: OpenReview, facts: Facts, background: Background) -> None:
        super().__init__()
        self._desk = desk
        self._review = review
        self._facts = facts
        self._background = background
        self._unwanted = Event()
        self.running = False
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
        is_long = len(article.text) > LONG and not self._review.claims
        self._look_for_claims(article, FIRST_PART if is_long else None)

    def stop(self) -> None:
        """What is being looked for is not wanted any more."""
        self._unwanted.set()
        self.running = False

    def _start_if_new(self) -> None:
        if not self._desk.now.has_run(self._review.open_article().id, Verb.SUGGEST):
            self.start()

    def _look_for_claims(self, article: Article, up_to: int | None) -> None:
        self._background.run(
            partial(suggest, article, up_to=up_to, cancelled=self._unwanted.is_set),
            partial(self._take, article.id, up_to is None),
            self._facts.fail,
        )

    def _take(self, article_id: int, whole: bool, found: Suggestions) -> None:
        review, article = self._review, self._review.article
        if article is None or article.id != article_id:
            return
        review.catch_up()  # what another program found meanwhile is not taken twice
        self.running = not whole
        if not review.commit(lambda: edits.take_suggestions(review.claims, article, found.claims, whole=whole)):
            review.claims_changed.emit(frozenset())
        if review.selected is None:
            review.select(next(iter(edits.still_open(review.claims)), None))
        if not whole:
            self._look_for_claims(article, None)
