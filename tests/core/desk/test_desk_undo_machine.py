"""Whatever is done to an article: undoing everything gives the start, redoing everything the end, across restarts."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.core.checked import CHECKS, DETAILS, Check

from claimdesk.core import edits
from claimdesk.core.claim import Article, Claim, Details, Role, Span, Suggestion
from claimdesk.core.desk import Desk
from claimdesk.core.edits import Edge, Edit
from claimdesk.core.errors import EditError
from claimdesk.core.levels import BY_SLUG
from claimdesk.core.text import normalise, word_edges

WORDS = st.sampled_from(
    ["पुल", "बंद", "रहेगा।", "नगर", "🙂", "👩‍👩‍👧", "🇰🇷", "다리가", "안전하다고", "말했다.", "قال", "الوزير", "آمن", "e\u0301tat", "said",
     "officials", "denied", "12.5", "\n\n"]
)  # fmt: skip
TEXTS = st.builds(
    " ".join, st.lists(st.one_of(WORDS, st.text(min_size=1, max_size=3).map(normalise)), min_size=4, max_size=40)
)
LEVELS = st.sampled_from(sorted(BY_SLUG))
NOTES = st.text(max_size=12)
PLACES = st.integers(0, 10_000)
"""Taken modulo whatever they point into."""


def has_claims(machine: "UndoMachine") -> bool:
    return bool(machine.claims)


class UndoMachine(RuleBasedStateMachine):
    """A desk with one article, beside a list of what its claims were after every edit."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.desk = Desk.open(self.folder / "desk.db", who="Rosa")
        self.states: list[list[Claim]] = [[]]
        self.sentences: list[str] = []
        self.at = 0
        self.ids_given: set[int] = set()

    def teardown(self) -> None:
        assert self.desk.verify_history() is None
        self.desk.close()
        shutil.rmtree(self.folder)

    @initialize(text=TEXTS, more=TEXTS)
    def import_article(self, text: str, more: str) -> None:
        self.desk.add_article(Article("another article", "Another"))
        self.article = self.desk.add_article(Article(f"claim {text} {more} end", "Article"))
        self.details = [self.article.details]

    @property
    def claims(self) -> list[Claim]:
        return self.states[self.at]

    def commit(self, edit: Edit | None) -> None:
        if edit is None:
            return
        new = {change.claim_id for change in edit.changes if change.claim_id < 0}
        written = self.desk.commit(edit)
        given = {claim_id for claim_id in written.claim_ids if claim_id not in edit.claim_ids}
        assert len(given) == len(new)
        assert given.isdisjoint(self.ids_given)
        self.ids_given |= given
        self.states[self.at + 1 :] = [self.desk.claims(self.article.id)]
        self.details[self.at + 1 :] = [edit.details.after if edit.details else self.details[self.at]]
        self.sentences[self.at :] = [edit.sentence]
        self.at += 1

    def a_claim(self, place: int) -> Claim:
        return self.claims[place % len(self.claims)]

    def a_span(self, start: int, length: int) -> Span:
        starts, ends = word_edges(self.article.text)
        first = start % len(starts)
        return Span(starts[first], ends[min(first + length % 5, len(ends) - 1)])

    @rule(
        places=st.lists(st.tuples(PLACES, PLACES, LEVELS), max_size=6),
        denied=PLACES,
        name=st.sampled_from(["", "김", "नगर"]),
    )
    def suggest(self, places: list[tuple[int, int, str]], denied: int, name: str) -> None:
        found = [
            Suggestion(
                (self.a_span(start, length),), (self.a_span(length, 1),), (), level, name or None, ("गजट", name)[: start % 3],
                (denied % len(places),) if length % 2 else (), 0.5, "reason 🙂",
            )
            for start, length, level in places
        ]  # fmt: skip
        self.commit(edits.take_suggestions(self.claims, self.article, found))

    @rule(start=PLACES, length=PLACES, level=LEVELS)
    def mark(self, start: int, length: int, level: str) -> None:
        span = self.a_span(start, length)
        try:
            self.commit(edits.mark(self.claims, self.article, span.start, span.end, level))
        except EditError:
            assert any(claim.content == (span,) for claim in self.claims)

    @rule()
    def accept_all(self) -> None:
        self.commit(edits.accept(self.claims, edits.still_open(self.claims)))

    @precondition(has_claims)
    @rule(places=st.sets(PLACES, max_size=3), verb=st.sampled_from([edits.accept, edits.dismiss, edits.reopen]))
    def review(self, places: set[int], verb: Callable[..., Edit | None]) -> None:
        self.commit(verb(self.claims, [self.a_claim(place).id for place in places]))

    @precondition(has_claims)
    @rule(place=PLACES, level=LEVELS)
    def relevel(self, place: int, level: str) -> None:
        self.commit(edits.relevel(self.claims, [self.a_claim(place).id], level))

    @precondition(has_claims)
    @rule(place=PLACES, words=NOTES, verb=st.sampled_from([edits.set_note, edits.name_source]))
    def write(self, place: int, words: str, verb: Callable[..., Edit | None]) -> None:
        self.commit(verb(self.claims, self.a_claim(place).id, words))

    @rule(details=DETAILS)
    def describe(self, details: Details) -> None:
        self.commit(edits.describe_article(self.desk.article(self.article.id), details))

    @precondition(has_claims)
    @rule(place=PLACES, change=CHECKS)
    def check(self, place: int, change: Check) -> None:
        self.commit(change(self.claims, self.a_claim(place).id))

    @precondition(has_claims)
    @rule(place=PLACES, start=PLACES, length=PLACES, role=st.sampled_from(Role))
    def set_spans(self, place: int, start: int, length: int, role: Role) -> None:
        span = self.a_span(start, length)
        self.commit(edits.set_spans(self.claims, self.article, self.a_claim(place).id, role, span.start, span.end))

    @precondition(has_claims)
    @rule(place=PLACES, role=st.sampled_from(Role), edge=st.sampled_from(Edge), words=st.sampled_from([-3, -1, 1, 3]))
    def nudge(self, place: int, role: Role, edge: Edge, words: int) -> None:
        claim = self.a_claim(place)
        try:
            edit = edits.nudge_edge(self.claims, self.article, claim.id, role, edge, words)
        except EditError:
            return
        self.commit(edit)

    @rule()
    def undo(self) -> None:
        self.step(-1)

    @rule()
    def redo(self) -> None:
        self.step(1)

    def step(self, by: int) -> bool:
        """Undo or redo one edit, and say whether there was one."""
        edit = self.desk.undo(self.article.id) if by < 0 else self.desk.redo(self.article.id)
        there_is_one = 0 <= self.at + by < len(self.states)
        assert (edit is not None) == there_is_one
        if edit is not None:
            self.at += by
            assert edit.sentence == self.sentences[self.at if by < 0 else self.at - 1]
        return there_is_one

    @rule(place=PLACES)
    def undo_to_a_step(self, place: int) -> None:
        past = self.desk.past(self.article.id)
        step = past[place % len(past)]
        if step.back is not None:
            assert self.desk.undo_to(self.article.id, step.id) == step.back
            self.at -= step.back

    @rule()
    def undo_everything_and_redo_everything(self) -> None:
        while self.step(-1):
            self.the_desk_holds_what_it_should()
        assert self.desk.claims(self.article.id) == []
        while self.step(1):
            self.the_desk_holds_what_it_should()

    @rule()
    def close_and_open(self) -> None:
        self.desk.close()
        self.desk = Desk.open(self.folder / "desk.db", who="Rosa")

    @invariant()
    def the_desk_holds_what_it_should(self) -> None:
        assert self.desk.claims(self.article.id) == self.claims
        assert self.desk.article(self.article.id).details == self.details[self.at]
        assert self.desk.undoable(self.article.id) == (self.sentences[self.at - 1] if self.at else None)
        assert self.desk.redoable(self.article.id) == (
            self.sentences[self.at] if self.at < len(self.sentences) else None
        )


TestUndo = UndoMachine.TestCase
TestUndo.settings = settings(
    max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
