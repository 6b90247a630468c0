"""What keys and buttons do to claims: the selected claim, the selected words, and where the selection goes next."""

from collections.abc import Callable

from claimdesk.core.claim import Role
from claimdesk.core.edits import Edge
from claimdesk.ui.session import Session
from claimdesk.ui.window.panels import Panels
from claimdesk.ui.window.preferences import Preferences

NUDGES = {
    "start_back": (Edge.START, -1),
    "start_on": (Edge.START, 1),
    "end_back": (Edge.END, -1),
    "end_on": (Edge.END, 1),
}
"""The commands that move an edge: which one, and by how many words."""


class Reviewing:
    """Turns them into edits."""

    def __init__(self, session: Session, panels: Panels, preferences: Preferences) -> None:
        self._session = session
        self._panels = panels
        self._preferences = preferences
        self._connect()

    # -- the verbs

    def accept(self) -> None:
        """Accept the selected claim and go on to the next that is to review."""
        self._do_and_move_on(self._session.edits.accept)

    def dismiss(self) -> None:
        """Dismiss the selected claim and go on to the next that is to review."""
        self._do_and_move_on(self._session.edits.dismiss)

    def reopen(self) -> None:
        """Put the selected claim back among those to review."""
        if self._session.review.selected is not None:
            self._session.edits.reopen([self._session.review.selected])

    def accept_all(self) -> None:
        """Accept every suggestion that the list shows, as one step; what it hides stays as it is."""
        shown = self._panels.claims.shown_open()
        if self._session.edits.accept(shown) and (hidden := self._session.review.open_suggestions()):
            self._panels.notice.say(
                f"Accepted the {len(shown)} suggestions that the list shows; {hidden} that it hides are still open."
            )

    def give_level(self, slug: str) -> None:
        """Mark the selected words as a claim of this level; without selected words, relevel the selected claim."""
        span = self._panels.article.selection()
        if span is not None:
            if self._session.edits.mark(span.start, span.end, slug):
                self._panels.article.clear_selection()
        elif self._session.review.selected is not None:
            self.relevel(slug)
        elif self._session.review.article is not None:
            self._panels.notice.fail("Select a claim to change its level, or words in the article to mark a new claim.")

    def relevel(self, slug: str) -> None:
        """Give the selected claim another level."""
        if self._session.review.selected is not None:
            self._session.edits.relevel([self._session.review.selected], slug)

    def use_words_as(self, role: Role) -> None:
        """Make the selected words the content, source or cue of the selected claim."""
        span, claim_id = self._panels.article.selection(), self._session.review.selected
        if span is None or claim_id is None:
            self._panels.notice.fail(f"Select the words of the {role.value} in the article first.")
        elif self._session.edits.set_spans(claim_id, role, span.start, span.end):
            self._panels.article.clear_selection()

    def nudge(self, edge: Edge, words: int) -> None:
        """Move an edge of the selected claim's content by words."""
        if self._session.review.selected is not None:
            self._session.edits.nudge_edge(self._session.review.selected, Role.CONTENT, edge, words)

    # -- the selection

    def step(self, rows: int) -> None:
        """Select the claim `rows` further on."""
        found = self._panels.claims.neighbour(self._session.review.selected, rows)
        if found is not None:
            self._choose(found)

    def next_open(self) -> None:
        """Select the next claim that is to review, from the top again after the last."""
        found = self._open_after(self._session.review.selected)
        if found is not None:
            self._choose(found)

    def _choose(self, claim_id: int) -> None:
        """A claim that was chosen is what a digit means from then on, not words that were selected before."""
        if claim_id != self._session.review.selected:
            self._panels.article.clear_selection()
        self._session.review.select(claim_id)

    def _do_and_move_on(self, verb: Callable[[list[int]], bool]) -> None:
        selected = self._session.review.selected
        if selected is None:
            return
        following = self._open_after(selected)
        if verb([selected]) and self._preferences.now.move_on and following not in {None, selected}:
            self._session.review.select(following)

    def _open_after(self, claim_id: int | None) -> int | None:
        found = self._panels.claims.neighbour(claim_id, 1, open_only=True)
        return found if found is not None else self._panels.claims.first_open()

    def _keep_to_filter(self) -> None:
        """What the filter hides is not what keys and buttons mean; the next claim that it shows is."""
        review, claims = self._session.review, self._panels.claims
        if not claims.shows(review.selected):
            first = claims.first_open()
            review.select(first if first is not None else claims.neighbour(None, 1))
        claims.select_claim(review.selected)

    def _connect(self) -> None:
        session, form, article, claims = self._session, self._panels.form, self._panels.article, self._panels.claims
        article.claim_clicked.connect(session.review.select)
        article.edge_dragged.connect(
            lambda claim, edge, place: session.edits.move_edge(claim, Role.CONTENT, edge, place)
        )
        claims.claim_chosen.connect(self._choose)
        claims.filter_changed.connect(self._keep_to_filter)
        form.level_wanted.connect(self.relevel)
        form.accept_wanted.connect(self.accept)
        form.dismiss_wanted.connect(self.dismiss)
        form.reopen_wanted.connect(self.reopen)
        form.note_written.connect(session.edits.set_note)
        form.source_named.connect(session.edits.name_source)
        form.denied_wanted.connect(session.edits.set_denied)
        form.claim_wanted.connect(session.review.select)
