"""What a person does to the claims of the open article: one small verb each, on the one road of an edit."""

from collections.abc import Collection

from claimdesk.core import edits
from claimdesk.core.claim import Details, Role
from claimdesk.core.edits import Edge
from claimdesk.ui.session.review import OpenReview


class ClaimEdits:
    """The verbs; each returns False if nothing was to change or it failed."""

    def __init__(self, review: OpenReview) -> None:
        self._review = review

    def accept(self, ids: Collection[int]) -> bool:
        """Count the claims."""
        return self._review.commit(lambda: edits.accept(self._review.claims, ids))

    def dismiss(self, ids: Collection[int]) -> bool:
        """Put the claims aside."""
        return self._review.commit(lambda: edits.dismiss(self._review.claims, ids))

    def reopen(self, ids: Collection[int]) -> bool:
        """Put the claims back among those to review."""
        return self._review.commit(lambda: edits.reopen(self._review.claims, ids))

    def relevel(self, ids: Collection[int], level: str) -> bool:
        """Give the claims another level."""
        return self._review.commit(lambda: edits.relevel(self._review.claims, ids, level))

    def set_note(self, claim_id: int, note: str) -> bool:
        """Replace the note of a claim."""
        return self._review.commit(lambda: edits.set_note(self._review.claims, claim_id, note))

    def name_source(self, claim_id: int, name: str) -> bool:
        """Say in full who the source of a claim is."""
        return self._review.commit(lambda: edits.name_source(self._review.claims, claim_id, name))

    def set_denied(self, claim_id: int, targets: Collection[int]) -> bool:
        """Say which claims a claim denies."""
        return self._review.commit(lambda: edits.set_denied(self._review.claims, claim_id, targets))

    def describe_article(self, details: Details) -> bool:
        """Correct what is known of the open article beside its text."""
        return self._review.commit(lambda: edits.describe_article(self._review.open_article(), details))

    def mark(self, start: int, end: int, level: str) -> bool:
        """Mark a stretch of the article (code points) as a claim and select it."""
        review, article = self._review, self._review.open_article()
        before = {claim.id for claim in review.claims}
        if not review.commit(lambda: edits.mark(review.claims, article, start, end, level)):
            return False
        review.select(next(claim.id for claim in review.claims if claim.id not in before))
        return True

    def set_spans(self, claim_id: int, role: Role, start: int, end: int) -> bool:
        """Make a stretch of the article (code points) the content, source or cue of a claim."""
        review, article = self._review, self._review.open_article()
        return review.commit(lambda: edits.set_spans(review.claims, article, claim_id, role, start, end))

    def move_edge(self, claim_id: int, role: Role, edge: Edge, place: int) -> bool:
        """Put an edge of a claim at a place in the text (code points)."""
        return self._review.commit(lambda: edits.move_edge(self._review.claims, claim_id, role, edge, place))

    def nudge_edge(self, claim_id: int, role: Role, edge: Edge, words: int) -> bool:
        """Move an edge of a claim by words."""
        review, article = self._review, self._review.open_article()
        return review.commit(lambda: edits.nudge_edge(review.claims, article, claim_id, role, edge, words))
