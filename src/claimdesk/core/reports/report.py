"""What is handed over, as neutral values that `building` computes; a renderer only draws them.

Every word that ClaimDesk or its user wrote is masked already: a confidential source stands here by its pseudonym alone.
"""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from claimdesk.core.claim import Certainty, Manner, Original, Spans
from claimdesk.core.evidence import AnonymityCheck, Evidence, Reply, Terms, Verdict
from claimdesk.core.levels import Level
from claimdesk.core.reports.annotated import Paragraph


@dataclass(frozen=True, slots=True)
class Reference:
    """A claim that another part of the report points at."""

    number: int
    reviewed: bool


class Making(StrEnum):
    """How a claim came to be what it is."""

    SUGGESTED = "suggested by the program"
    ACCEPTED = "suggested by the program, accepted by a person"
    CHANGED = "suggested by the program, changed by a person"
    MARKED = "marked by a person"


@dataclass(frozen=True, slots=True)
class Row:
    """A claim as the table shows it.

    `content`, `source` and `cue` are code points of the report's `text`; `words`, `source_words` and `cue_words` what
    stands there. `place` is the number of its paragraph, "headline" or "furniture"; `page` is None where the article has no
    pages. `source_name` is the source in full, or the pseudonym of one that is `confidential`, with its `role` and
    `affiliation` from the register. `denies_unlisted` counts the denied claims that the report does not hold.
    `checked_by` and `checked_at` (ISO date) are about the verdict.
    """

    number: int
    level: Level
    reviewed: bool
    making: Making
    content: Spans
    source: Spans
    cue: Spans
    words: str
    place: str
    page: int | None
    source_words: str
    source_name: str
    role: str
    affiliation: str
    via: tuple[str, ...]
    second_sources: tuple[str, ...]
    cue_words: str
    manner: Manner | None
    certainty: Certainty | None
    terms: Terms | None
    reason: str
    restated: str
    tags: tuple[str, ...]
    question: str
    note: str
    evidence: tuple[Evidence, ...]
    verdict: Verdict | None
    rationale: str
    checked_by: str
    checked_at: str
    replies: tuple[Reply, ...]
    anonymity: tuple[AnonymityCheck, ...]
    denies: tuple[Reference, ...] = ()
    denied_by: tuple[Reference, ...] = ()
    denies_unlisted: int = 0
    confidential: bool = False

    @property
    def reference(self) -> Reference:
        """The claim as others point at it."""
        return Reference(self.number, self.reviewed)

    @property
    def is_named(self) -> bool:
        """Whether the source is known by name: one that the article or the register keeps from the reader never is."""
        return bool(self.source_name) and self.level.slug != "anonymous" and not self.confidential

    @property
    def has_source(self) -> bool:
        """Whether the article says in any words who stands behind the claim."""
        return bool(self.source_words or self.source_name)

    @property
    def rests_on(self) -> int:
        """How many sources stand behind the claim, those in the chain towards its source not counted."""
        return self.has_source + len(self.second_sources)

    @property
    def review(self) -> str:
        """What a person has said of the claim, in words."""
        return "accepted" if self.reviewed else "suggested, not reviewed"


@dataclass(frozen=True, slots=True)
class LevelCount:
    """How many accepted claims have a level, and how many suggestions."""

    level: Level
    accepted: int
    suggested: int

    @property
    def in_words(self) -> str:
        """As in "Denial (2 claims, 1 suggestion)"."""
        told = [
            f"{count} {word}{'' if count == 1 else 's'}"
            for count, word in ((self.accepted, "claim"), (self.suggested, "suggestion"))
            if count
        ]
        return f"{self.level.label} ({', '.join(told) or 'no claims'})"


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """Somebody or something that stands behind claims; `is_named` is false for "officials" and their like.

    `claims` rest on it as their source or as a second one.
    """

    name: str
    is_named: bool
    claims: tuple[Reference, ...]
    role: str = ""
    affiliation: str = ""

    @property
    def accepted(self) -> int:
        """How many accepted claims rest on this source."""
        return sum(claim.reviewed for claim in self.claims)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many sentences of the article's body there are, and in how many of them an accepted claim stands."""

    sentences: int
    covered: int

    @property
    def share(self) -> int:
        """The covered ones in per cent, rounded; 0 where there are no sentences."""
        return round(100 * self.covered / self.sentences) if self.sentences else 0


@dataclass(frozen=True, slots=True)
class Summary:
    """On whom the accepted claims rest, as their numbers; suggestions never count.

    Every accepted claim is in exactly one of `named`, `unnamed` and `unsourced`, and every accepted denial in one of
    `denials_linked` and `denials_unlinked` (that say which claim they deny, or do not). `most_relied_on` is the named
    source behind most claims, None where no source has two. `single` rest on one source alone, `only_unnamed` on nobody with
    a name; `unattributed` have that level. `checked` have a verdict; `verdicts` counts each, in their own order.
    """

    accepted: int
    open: int
    named: tuple[int, ...]
    unnamed: tuple[int, ...]
    unsourced: tuple[int, ...]
    denials_linked: tuple[int, ...]
    denials_unlinked: tuple[int, ...]
    denied: tuple[int, ...]
    most_relied_on: SourceEntry | None
    single: tuple[int, ...]
    only_unnamed: tuple[int, ...]
    unattributed: tuple[int, ...]
    checked: tuple[int, ...]
    verdicts: tuple[tuple[Verdict, int], ...]
    coverage: Coverage

    @property
    def attributed(self) -> int:
        """How many accepted claims the article gives any source for."""
        return len(self.named) + len(self.unnamed)

    def share(self, count: int) -> int:
        """`count` in per cent of the accepted claims, rounded; 0 where there are none."""
        return round(100 * count / self.accepted) if self.accepted else 0


@dataclass(frozen=True, slots=True)
class Question:
    """What an editor may want to ask before the article runs, and of which claims; a checker's own, or one of ours."""

    text: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Provenance:
    """From which text, by what and when the report was made.

    `sha256` is that of the normalised text as UTF-8, in hexadecimal; `imported_at` an ISO time in UTC or empty;
    `history_head` the hash of the last row of the desk's history, empty where the article is on no desk. `retrieved_at` is
    when it was fetched from `url`, an ISO time in UTC or empty; `original` what is known of the bytes that it was read
    from, None where they were not kept. `makings` counts the claims of the report by how they came to be.
    """

    sha256: str
    filename: str
    url: str
    imported_at: str
    version: str
    suggester: str
    made_at: datetime
    history_head: str
    retrieved_at: str
    original: Original | None
    makings: tuple[tuple[Making, int], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """An article, its claims and what they rest on; `with_suggestions` says that the open ones are in it, marked.

    `rows` are in the order of the text and have the numbers that the window shows, so numbers of what is not in the report are
    missing among them. `levels` counts what is shown, `left_out` the claims of those levels that were not wanted. `text` is the article's whole text, to which all spans belong; `pages` are the code points where its pages start.
    """

    title: str
    outlet: str
    byline: str
    published: str
    url: str
    language: str
    checker: str
    with_suggestions: bool
    text: str
    pages: tuple[int, ...]
    paragraphs: tuple[Paragraph, ...]
    rows: tuple[Row, ...]
    levels: tuple[LevelCount, ...]
    left_out: tuple[LevelCount, ...]
    sources: tuple[SourceEntry, ...]
    summary: Summary
    questions: tuple[Question, ...]
    provenance: Provenance

    def row(self, number: int) -> Row:
        """The claim of that number, which must be in the report."""
        return self.rows[bisect_left(self.rows, number, key=lambda row: row.number)]

    @property
    def omission(self) -> str:
        """The sentence that tells, at the head, which levels were left out; empty where none was."""
        if not self.left_out:
            return ""
        shown = len(self.levels) - len(self.left_out)
        told = "; ".join(count.in_words for count in self.left_out)
        return f"This report shows {shown} of the {len(self.levels)} attribution levels. Left out: {told}."
