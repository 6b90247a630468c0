"""Search over the desk, and where what was found stands in the open article."""

from collections.abc import Collection

from claimdesk.core.claim import Span
from claimdesk.core.desk import excerpt, words
from claimdesk.core.errors import ClaimDeskError
from claimdesk.core.hits import HitKind, Page, SearchFilter
from claimdesk.ui.session.facts import Facts
from claimdesk.ui.session.open_desk import OpenDesk
from claimdesk.ui.session.review import OpenReview


class DeskSearch:
    """Asks the desk."""

    def __init__(self, desk: OpenDesk, review: OpenReview, facts: Facts) -> None:
        self._desk = desk
        self._review = review
        self._facts = facts

    def run(
        self, query: str, chosen: SearchFilter, kinds: Collection[HitKind], limit: int, before: int | None = None
    ) -> tuple[Page, ...]:
        """Pages of what stands on the desk, as `Desk.search` finds them; none if that failed."""
        try:
            return self._desk.now.search(query, chosen, kinds=kinds, limit=limit, before=before)
        except ClaimDeskError as error:
            self._facts.fail(error)
            return ()

    def places(self, query: str) -> tuple[list[Span], int]:
        """Where the words of a query stand in the open article, and which of these places its excerpt shows first."""
        article, asked = self._review.open_article(), words.read(query)
        places = excerpt.apart(span for span, _ in words.found(article.text, asked))
        body = article.title_span.end if article.title_span else 0
        first = body + excerpt.heart(article.text[body:], asked)
        return places, next((at for at, span in enumerate(places) if span.start >= first), 0)
