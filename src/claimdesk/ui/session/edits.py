"""What a person does to the claims of the open article: one small verb each, on the one road of an edit."""

from collections.abc import Collection
from datetime import datetime

from claimdesk.core import checking, edits
from claimdesk.core.claim import Certainty, Details, Manner, Role
from claimdesk.core.edits import Edge
from claimdesk.core.evidence import AnonymityCheck, Evidence, Reply, Terms, Verdict
from claimdesk.ui.session.open_desk import OpenDesk
from claimdesk.ui.session.review import OpenReview


class ClaimEdits:
    """The verbs; each returns False if nothing was to change or it failed."""

    def __init__(self, desk: OpenDesk, review: OpenReview) -> None:
        self._desk = desk
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

    # -- sourcing

    def set_terms(self, claim_id: int, terms: Terms | None) -> bool:
        """Say on which terms the source of a claim spoke."""
        return self._review.commit(lambda: checking.set_terms(self._review.claims, [claim_id], terms))

    def set_manner(self, claim_id: int, manner: Manner | None) -> bool:
        """Say whether a claim stands in the source's own words."""
        return self._review.commit(lambda: checking.set_manner(self._review.claims, [claim_id], manner))

    def set_certainty(self, claim_id: int, certainty: Certainty | None) -> bool:
        """Say how certain the wording of a claim is."""
        return self._review.commit(lambda: checking.set_certainty(self._review.claims, [claim_id], certainty))

    def rename_second(self, claim_id: int, before: str, after: str) -> bool:
        """Name who else stands behind a claim, in the place of another; either name can be empty."""
        return self._review.commit(lambda: checking.rename_second(self._review.claims, claim_id, before, after))

    def rename_via(self, claim_id: int, before: str, after: str) -> bool:
        """Name through whom a claim came, in the place of another; either name can be empty."""
        return self._review.commit(lambda: checking.rename_via(self._review.claims, claim_id, before, after))

    def rename_tag(self, claim_id: int, before: str, after: str) -> bool:
        """Give a claim a tag in the place of another; either can be empty."""
        return self._review.commit(lambda: checking.rename_tag(self._review.claims, claim_id, before, after))

    def restate(self, claim_id: int, words: str) -> bool:
        """Say a claim as one sentence that can be checked."""
        return self._review.commit(lambda: checking.restate(self._review.claims, claim_id, words))

    # -- verification

    def set_question(self, claim_id: int, question: str) -> bool:
        """Say what is still to be asked about a claim."""
        return self._review.commit(lambda: checking.set_question(self._review.claims, claim_id, question))

    def change_evidence(self, claim_id: int, before: Evidence | None, after: Evidence | None) -> bool:
        """Put a piece of evidence on a claim, in the place of another, or take it away."""
        return self._review.commit(lambda: checking.change_evidence(self._review.claims, claim_id, before, after))

    def move_evidence(self, claim_id: int, one: Evidence, places: int) -> bool:
        """Move a piece of evidence down, or up if `places` is negative."""
        return self._review.commit(lambda: checking.move_evidence(self._review.claims, claim_id, one, places))

    def change_reply(self, claim_id: int, before: Reply | None, after: Reply | None) -> bool:
        """Put an entry into the right-of-reply log, in the place of another, or take it away."""
        return self._review.commit(lambda: checking.change_reply(self._review.claims, claim_id, before, after))

    def give_verdict(self, claim_id: int, verdict: Verdict | None) -> bool:
        """Say what was concluded of a claim, in the checker's name and today; the rationale stays."""
        return self._review.commit(
            lambda: checking.give_verdict(self._review.claims, claim_id, verdict, who=self._desk.now.who, day=today())
        )

    def give_rationale(self, claim_id: int, rationale: str) -> bool:
        """Say why it was concluded, in the checker's name and today; the verdict stays."""
        return self._review.commit(
            lambda: checking.give_rationale(
                self._review.claims, claim_id, rationale, who=self._desk.now.who, day=today()
            )
        )

    def set_anonymity(self, claim_id: int, ticked: Collection[AnonymityCheck]) -> bool:
        """Say which questions about an unnamed source are answered."""
        return self._review.commit(lambda: checking.set_anonymity(self._review.claims, claim_id, ticked))


def today() -> str:
    """This day where the checker is, as an ISO date."""
    return datetime.now().astimezone().date().isoformat()
