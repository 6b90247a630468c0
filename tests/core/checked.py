"""Hypothesis strategies for what a checker adds to claims, in every script, and for desks, for whatever has to keep them."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from hypothesis import strategies as st

from claimdesk.core import checking, edits, sources
from claimdesk.core.claim import (
    Article,
    Certainty,
    Claim,
    Details,
    Manner,
    Remark,
    RemarkKind,
    Review,
    Span,
    Suggestion,
)
from claimdesk.core.desk import Desk
from claimdesk.core.edits import Edit
from claimdesk.core.errors import EditError
from claimdesk.core.evidence import (
    AnonymityCheck,
    Credibility,
    Evidence,
    EvidenceKind,
    Reliability,
    Reply,
    Stance,
    Terms,
    Verdict,
)
from claimdesk.core.levels import LEVELS
from claimdesk.core.sources import Source, SourceKind
from claimdesk.core.text import normalise

LINES = st.one_of(
    st.text(max_size=8).map(normalise),
    st.sampled_from(["पुल 🙂", "국방부", "وزارة الدفاع", "=1+1", "<b>x</b>", "👩‍👩‍👧"]),
)
DAYS = st.dates().map(str) | st.just("")
EVIDENCE = st.builds(
    Evidence, st.sampled_from(EvidenceKind), LINES, LINES, st.sampled_from(Stance), LINES, LINES, LINES, DAYS,
    st.just(""), st.none() | st.sampled_from(Reliability), st.none() | st.sampled_from(Credibility), LINES,
)  # fmt: skip
REPLIES = st.builds(Reply, LINES, DAYS, LINES, DAYS, LINES)
DETAILS = st.builds(
    Details, LINES.filter(str.strip), LINES, LINES, DAYS, LINES, st.sampled_from(["en", "hi", "ko", ""])
)

Check = Callable[[list[Claim], int], Edit | None]


def _one(verb: Callable[..., Edit | None], values: st.SearchStrategy[object]) -> st.SearchStrategy[Check]:
    return values.map(lambda value: lambda claims, claim_id: verb(claims, claim_id, value))


def _some(verb: Callable[..., Edit | None], values: st.SearchStrategy[object]) -> st.SearchStrategy[Check]:
    return values.map(lambda value: lambda claims, claim_id: verb(claims, [claim_id], value))


def _verdict(verdict: Verdict | None, rationale: str, day: str) -> Check:
    return lambda claims, claim_id: checking.set_verdict(claims, claim_id, verdict, rationale, who="Rosa", day=day)


CHECKS: st.SearchStrategy[Check] = st.one_of(
    _some(checking.set_terms, st.none() | st.sampled_from(Terms)),
    _some(checking.set_certainty, st.none() | st.sampled_from(Certainty)),
    _some(checking.set_manner, st.none() | st.sampled_from(Manner)),
    _some(checking.set_tags, st.lists(LINES, max_size=3)),
    _one(checking.set_via, st.lists(LINES, max_size=2)),
    _one(checking.set_second_sources, st.lists(LINES, max_size=2)),
    _one(checking.restate, LINES),
    _one(checking.set_question, LINES),
    _one(checking.set_evidence, st.lists(EVIDENCE, max_size=3)),
    _one(checking.set_replies, st.lists(REPLIES, max_size=2)),
    _one(checking.set_anonymity, st.sets(st.sampled_from(AnonymityCheck))),
    st.builds(_verdict, st.none() | st.sampled_from(Verdict), LINES, DAYS),
)
"""What one verb of checking does to a claim."""

_WORDS = st.sampled_from(
    [
        "पुल",
        "बंद रहेगा।",
        "🙂",
        "👩‍👩‍👧",
        "다리가 안전하다고",
        "말했다.",
        "قال الوزير",
        "e\u0301tat",
        "said",
        "denied",
        "12.5",
        "\n\n",
    ]
)
TEXTS = st.builds(
    " ".join, st.lists(st.one_of(_WORDS, st.text(min_size=1, max_size=3).map(normalise)), min_size=4, max_size=25)
).filter(lambda text: bool(text.strip()) and text == normalise(text))
NAMES = st.sampled_from(
    ["김용균", "आयशा देमीर", "وزارة النقل", "Rosa Example", "the ministry", "<b>=1+1</b>", "🙂 Smiley"]
)
SOURCES = st.builds(
    Source, st.just(0), NAMES, st.sampled_from(SourceKind), LINES, LINES, confidential=st.booleans(),
    pseudonym=st.sampled_from(["Source A", "स्रोत क", "🙂"]), note=LINES,
)  # fmt: skip


def _on_one(place: int, check: Check) -> Callable[[list[Claim]], Edit | None]:
    return lambda claims: check(claims, claims[place % len(claims)].id)


def _review(verb: Callable[..., Edit | None]) -> Check:
    return lambda claims, claim_id: verb(claims, [claim_id])


@dataclass(frozen=True)
class Made:
    """What is done to make an article with a review on a desk; places are taken modulo the length of the text."""

    text: str
    details: Details
    places: list[tuple[int, int]]
    names: list[str]
    denials: list[tuple[int, int]]
    reviews: list[Review]
    checks: list[tuple[int, Check]]
    sources: list[Source]
    original: bytes | None
    evidence: bytes | None

    def on(self, desk: Desk) -> int:
        """Do it; the id of the article."""
        length = len(self.text)
        remark = Remark(RemarkKind.FOOTNOTE, "पाद 🙂", "김", Span(0, length))
        article = Article(
            self.text, self.details.title, furniture=(Span(0, 1),), pages=(0, length // 2), remarks=(remark,),
            filename="लेख 🙂.txt",
        ).with_details(self.details)  # fmt: skip
        added = desk.add_article(article, original=self.original, media_type="text/plain", headers=[("Date", "김")])
        self._mark(desk, added.id)
        for place, check in self.checks:
            self._do(desk, added.id, _on_one(place, check))
        if self.evidence is not None:
            file = Evidence(EvidenceKind.FILE, "सबूत.pdf", sha256=desk.keep_file(self.evidence))
            self._do(desk, added.id, lambda claims: checking.set_evidence(claims, claims[0].id, [file]))
        desk.undo(added.id)
        self._describe(desk)
        return added.id

    def _mark(self, desk: Desk, article: int) -> None:
        length = len(self.text)
        found = []
        for place, (start, size) in enumerate(self.places):
            span = Span(start % length, min(length, start % length + 1 + size))
            name = self.names[place % len(self.names)]
            denied = tuple(one % len(self.places) for other, one in self.denials if other % len(self.places) == place)
            found.append(
                Suggestion(
                    (span,), (span,), (), LEVELS[size % 9].slug, name, (), denied, size / 40, f"reason {size} 🙂"
                )
            )
        self._do(desk, article, lambda claims: edits.take_suggestions(claims, desk.article(article), found))
        verbs = {Review.ACCEPTED: edits.accept, Review.DISMISSED: edits.dismiss, Review.SUGGESTED: edits.reopen}
        for place, review in enumerate(self.reviews):
            self._do(desk, article, _on_one(place, _review(verbs[review])))

    def _do(self, desk: Desk, article: int, verb: Callable[[list[Claim]], Edit | None]) -> None:
        claims = desk.claims(article)
        edit = verb(claims) if claims or not self.places else None
        if edit is not None:
            desk.commit(edit)

    def _describe(self, desk: Desk) -> None:
        for wanted in self.sources:
            register = desk.register()
            entry = next((one for one in register if one.source.name == wanted.name), None)
            if entry is None:
                continue
            try:
                edit = sources.describe(
                    register, [one.claim for one in desk.claims_of(entry.source.id)], entry.source,
                    replace(wanted, id=entry.source.id, aliases=(f"{wanted.name} alias",)),
                )  # fmt: skip
            except EditError:  # another source has the pseudonym
                continue
            if edit is not None:
                desk.commit_register(edit)


DESKS = st.builds(
    Made, TEXTS, DETAILS, st.lists(st.tuples(st.integers(0, 400), st.integers(0, 40)), min_size=1, max_size=5),
    st.lists(NAMES, min_size=1, max_size=3), st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=3),
    st.lists(st.sampled_from(Review), max_size=5), st.lists(st.tuples(st.integers(0, 9), CHECKS), max_size=6),
    st.lists(SOURCES, max_size=3), st.none() | st.binary(max_size=40), st.none() | st.binary(min_size=1, max_size=40),
)  # fmt: skip
"""What makes a desk with one article, its claims, their review and their sources."""
