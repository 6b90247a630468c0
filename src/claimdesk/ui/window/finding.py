"""Ways to a place: words in the open article, hits over the desk, a claim in another article."""

from PySide6.QtWidgets import QWidget

from claimdesk.core.claim import Review
from claimdesk.core.hits import Hit, HitKind, SearchFilter
from claimdesk.ui.claim_list import ClaimFilter
from claimdesk.ui.search import FIRST, MORE
from claimdesk.ui.session import Session
from claimdesk.ui.window.arrangement import Arrangement
from claimdesk.ui.window.panels import Panels
from claimdesk.ui.window.preferences import Preferences


class Finding:
    """Find bar and search page, and what is shown of what they found."""

    def __init__(
        self, session: Session, panels: Panels, arrangement: Arrangement, preferences: Preferences, window: QWidget
    ) -> None:
        self._session = session
        self._panels = panels
        self._arrangement = arrangement
        self._preferences = preferences
        self._window = window
        self._connect()

    # -- in the article

    def open_find(self) -> None:
        """Show the find bar over the article."""
        self.leave_search()
        self._panels.find_bar.open(self._selected_words())

    def forget_places(self) -> None:
        """Let go of the words that were found in the article."""
        self._panels.article.find_words("", 0)

    def _find(self, words: str, step: int) -> None:
        self._panels.find_bar.tell(*self._panels.article.find_words(words, step))

    def _close_find(self) -> None:
        self.forget_places()
        self._panels.article.setFocus()

    # -- over the desk

    def open_search(self) -> None:
        """Show the search page in the article's place."""
        self._arrangement.show_search()
        self._panels.search.open(self._selected_words())

    def leave_search(self) -> None:
        """Show the article again, or the welcome where none is open."""
        self._arrangement.show_article(is_open=self._session.review.article is not None)

    def read(self) -> None:
        """Go to the article."""
        self.leave_search()
        self._panels.article.setFocus()

    def return_to_work(self) -> None:
        """Go to the article from another window."""
        self._window.activateWindow()
        self._panels.article.setFocus()

    def _search(self, query: str, chosen: SearchFilter) -> None:
        self._panels.search.show_pages(self._session.search.run(query, chosen, tuple(HitKind), FIRST))

    def _search_on(self, query: str, chosen: SearchFilter, kind: HitKind, before: int) -> None:
        for page in self._session.search.run(query, chosen, [kind], MORE, before):
            self._panels.search.add_page(page)

    # -- what was found

    def _open_hit(self, hit: Hit, query: str) -> None:
        """Show the article of a hit, with its claim selected, or with the words marked that were found in it."""
        review = self._session.review
        review.open(hit.article_id)
        if review.article is None or review.article.id != hit.article_id:
            return
        self.read()
        if hit.claim_id is None:
            self._panels.article.show_places(*self._session.search.places(query))
            return
        self._panels.article.clear_selection()
        review.select(hit.claim_id)
        if not self._panels.claims.shows(hit.claim_id):
            self._show_in_list(hit.claim_id)

    def _show_in_list(self, claim_id: int) -> None:
        """Let the list show a claim that its filter hides."""
        claim = self._session.review.claim(claim_id)
        if claim is not None:
            state = Review.DISMISSED if claim.review is Review.DISMISSED else None
            sure = self._preferences.now.hide_weak and not claim.is_weak
            self._panels.claims.set_filter(ClaimFilter(state, sure=sure))

    def _open_claim(self, article_id: int, claim_id: int) -> None:
        """Show a claim of a source in its article."""
        review = self._session.review
        review.open(article_id)
        review.select(claim_id)
        claim = review.selected_claim
        if claim is not None and not self._panels.claims.shows(claim_id):
            self._panels.claims.set_filter(ClaimFilter(review=claim.review))
        self.return_to_work()

    def _selected_words(self) -> str:
        span, article = self._panels.article.selection(), self._session.review.article
        return span.of(article.text) if span is not None and article is not None else ""

    def _connect(self) -> None:
        panels = self._panels
        panels.search.wanted.connect(self._search)
        panels.search.more_wanted.connect(self._search_on)
        panels.search.hit_chosen.connect(self._open_hit)
        panels.search.closed.connect(self.read)
        panels.library.article_chosen.connect(self._session.review.open)
        panels.library.view.clicked.connect(self.leave_search)
        panels.claims.view.clicked.connect(self.leave_search)
        panels.find_bar.wanted.connect(self._find)
        panels.find_bar.closed.connect(self._close_find)
        panels.sources.claim_wanted.connect(self._open_claim)
