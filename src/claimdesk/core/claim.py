"""The values that everything else speaks of: an article, its claims, and who stands behind them.

All are immutable. Offsets are Unicode code points of the article's normalised text, 0-based, end exclusive.
"""

import hashlib
import zlib
from bisect import bisect_right
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any, ClassVar, Self

from claimdesk.core.evidence import AnonymityCheck, Evidence, Reply, Terms, Verdict


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of an article's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span must hold at least one character: {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """The words that this span marks in `text`."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        """Whether `other` lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end


Spans = tuple[Span, ...]

_LARGE = 5_000_000
"""Bytes of an original from which on they are packed in a hurry."""


def hull(spans: Spans) -> Span:
    """The shortest span that holds all of `spans`, of which there must be one at least."""
    if len(spans) == 1:
        return spans[0]
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def words_of(text: str, spans: Spans) -> str:
    """The words of `spans` in one line, pieces joined by an ellipsis."""
    return " … ".join(" ".join(span.of(text).split()) for span in spans)


WEAK = 0.4
"""Below this confidence a suggestion is more often wrong than right."""


class Role(StrEnum):
    """What a span is to its claim."""

    CONTENT = "content"
    SOURCE = "source"
    CUE = "cue"


class Review(StrEnum):
    """What a person has said of a claim."""

    SUGGESTED = "suggested"
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"


class Origin(StrEnum):
    """Who marked a claim first."""

    PROGRAM = "program"
    PERSON = "person"


class LinkKind(StrEnum):
    """How one claim bears on another."""

    DENIES = "denies"
    CONFIRMS = "confirms"
    REPEATS = "repeats"


class Certainty(StrEnum):
    """How certain the wording of a claim is, from no hedge at all to what is only alleged."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    ALLEGED = "alleged"


class Manner(StrEnum):
    """Whether a claim stands in the source's own words."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Link:
    """From the claim that holds it to the claim `target`; `confidence` is the program's, 0 to 1, None where a person linked."""

    kind: LinkKind
    target: int
    confidence: float | None = None

    def to_json(self) -> list[Any]:
        """Plain data; a person's link is told as those were that older desks hold."""
        return [self.kind.value, self.target] + ([] if self.confidence is None else [self.confidence])

    @classmethod
    def from_json(cls, data: list[Any]) -> Self:
        """The link that `to_json` wrote; raises TypeError or ValueError where `data` is none."""
        return cls(LinkKind(data[0]), *data[1:])


@dataclass(frozen=True, slots=True)
class Claim:
    """One assertion in an article, marked on its text, with exactly one level.

    `id` is negative until the desk has given it one. `source_name` is the source in full ("Kim Yong-kyun" where the text
    says "Kim"), `via` the chain of hearsay from the article towards the source. `reason` says in words why the program
    suggested the claim and its level; `confidence` is the program's, 0 to 1; None once a person
    marked or changed what is claimed. `certainty` and `manner` are None where nobody has told them.
    What a checker adds: `second_sources` are others who say the same, `terms` those on which the source spoke, `restated`
    the claim as one checkable sentence, `question` what is still to be asked. A `verdict` has its `rationale`, and says by
    whom and when (ISO date) it was given.
    """

    id: int
    article_id: int
    content: Spans
    source: Spans = ()
    cue: Spans = ()
    level: str = "unattributed"
    review: Review = Review.SUGGESTED
    origin: Origin = Origin.PROGRAM
    source_name: str = ""
    via: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    confidence: float | None = None
    reason: str = ""
    note: str = ""
    certainty: Certainty | None = None
    manner: Manner | None = None
    second_sources: tuple[str, ...] = ()
    terms: Terms | None = None
    restated: str = ""
    tags: tuple[str, ...] = ()
    question: str = ""
    evidence: tuple[Evidence, ...] = ()
    verdict: Verdict | None = None
    rationale: str = ""
    checked_by: str = ""
    checked_at: str = ""
    replies: tuple[Reply, ...] = ()
    anonymity: tuple[AnonymityCheck, ...] = ()

    ADDED: ClassVar = frozenset(
        {
            "second_sources", "terms", "restated", "tags", "question", "evidence", "verdict", "rationale", "checked_by",
            "checked_at", "replies", "anonymity",
        }
    )  # fmt: skip
    """What `to_json` writes and `from_json` can do without: where nobody added any of it, it is empty."""

    @property
    def names(self) -> tuple[str, ...]:
        """Everybody who stands behind the claim: its source, those through whom it came, and the second sources."""
        return tuple(name for name in (self.source_name, *self.via, *self.second_sources) if name)

    @property
    def hull(self) -> Span:
        """From the first character of the content to its last."""
        return hull(self.content)

    @property
    def is_weak(self) -> bool:
        """Whether it is a suggestion that is more often wrong than right, and that nobody reviewed."""
        return self.review is Review.SUGGESTED and self.confidence is not None and self.confidence < WEAK

    @property
    def is_unchecked(self) -> bool:
        """Whether it is accepted, and nobody has given a verdict on it."""
        return self.review is Review.ACCEPTED and self.verdict is None

    @property
    def denies(self) -> tuple[int, ...]:
        """The ids of the claims that this one denies."""
        return tuple(link.target for link in self.links if link.kind is LinkKind.DENIES)

    def spans(self, role: Role) -> Spans:
        """The spans of `role`."""
        return {Role.CONTENT: self.content, Role.SOURCE: self.source, Role.CUE: self.cue}[role]

    def with_spans(self, role: Role, spans: Spans) -> "Claim":
        """The same claim with other spans for `role`."""
        match role:
            case Role.CONTENT:
                return replace(self, content=spans)
            case Role.SOURCE:
                return replace(self, source=spans)
            case Role.CUE:
                return replace(self, cue=spans)

    def to_json(self) -> dict[str, Any]:
        """Plain data, as the history keeps it and as exports show it."""
        return {
            "id": self.id,
            "article_id": self.article_id,
            "content": [[s.start, s.end] for s in self.content],
            "source": [[s.start, s.end] for s in self.source],
            "cue": [[s.start, s.end] for s in self.cue],
            "level": self.level,
            "review": self.review.value,
            "origin": self.origin.value,
            "source_name": self.source_name,
            "via": list(self.via),
            "links": [link.to_json() for link in self.links],
            "confidence": self.confidence,
            "reason": self.reason,
            "note": self.note,
            "certainty": self.certainty,
            "manner": self.manner,
            "second_sources": list(self.second_sources),
            "terms": self.terms,
            "restated": self.restated,
            "tags": list(self.tags),
            "question": self.question,
            "evidence": [one.to_json() for one in self.evidence],
            "verdict": self.verdict,
            "rationale": self.rationale,
            "checked_by": self.checked_by,
            "checked_at": self.checked_at,
            "replies": [one.to_json() for one in self.replies],
            "anonymity": list(self.anonymity),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The claim that `to_json` wrote; raises KeyError or ValueError where `data` is none."""
        return cls(
            id=data["id"],
            article_id=data["article_id"],
            content=tuple(Span(*pair) for pair in data["content"]),
            source=tuple(Span(*pair) for pair in data["source"]),
            cue=tuple(Span(*pair) for pair in data["cue"]),
            level=data["level"],
            review=Review(data["review"]),
            origin=Origin(data["origin"]),
            source_name=data["source_name"],
            via=tuple(data["via"]),
            links=tuple(Link.from_json(link) for link in data["links"]),
            confidence=data["confidence"],
            reason=data["reason"],
            note=data["note"],
            # What follows is not in the histories of older desks, nor where it is empty.
            certainty=Certainty(data["certainty"]) if data.get("certainty") else None,
            manner=Manner(data["manner"]) if data.get("manner") else None,
            second_sources=tuple(data.get("second_sources", ())),
            terms=Terms(data["terms"]) if data.get("terms") else None,
            restated=data.get("restated", ""),
            tags=tuple(data.get("tags", ())),
            question=data.get("question", ""),
            evidence=tuple(Evidence.from_json(one) for one in data.get("evidence", ())),
            verdict=Verdict(data["verdict"]) if data.get("verdict") else None,
            rationale=data.get("rationale", ""),
            checked_by=data.get("checked_by", ""),
            checked_at=data.get("checked_at", ""),
            replies=tuple(Reply.from_json(one) for one in data.get("replies", ())),
            anonymity=tuple(AnonymityCheck(one) for one in data.get("anonymity", ())),
        )


def in_text_order(claims: "tuple[Claim, ...] | list[Claim]") -> list[Claim]:
    """The claims as a reader meets them; of two that start together the longer comes first."""
    return sorted(claims, key=_place)


def _place(claim: Claim) -> tuple[int, int, int]:
    whole = claim.hull
    return whole.start, -whole.end, claim.id


def numbered(claims: "tuple[Claim, ...] | list[Claim]") -> dict[int, int]:
    """Claim id to its number in the article, 1 upwards in text order; dismissed claims have none."""
    kept = [claim for claim in in_text_order(claims) if claim.review is not Review.DISMISSED]
    return {claim.id: number for number, claim in enumerate(kept, 1)}


class RemarkKind(StrEnum):
    """What a remark was in the file that the article came from."""

    COMMENT = "comment"
    FOOTNOTE = "footnote"
    ENDNOTE = "endnote"


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment or footnote that stood in the file; `span` is what it is about, None where it is about no words."""

    kind: RemarkKind
    text: str
    author: str = ""
    span: Span | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        span = [self.span.start, self.span.end] if self.span else None
        return {"kind": self.kind.value, "text": self.text, "author": self.author, "span": span}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The remark that `to_json` wrote; raises KeyError, TypeError or ValueError where `data` is none."""
        span = Span(*data["span"]) if data["span"] else None
        return cls(RemarkKind(data["kind"]), data["text"], data["author"], span)


@dataclass(frozen=True, slots=True)
class Details:
    """What is known of an article beside its text, and what a person may correct; `published` is an ISO date."""

    title: str
    outlet: str = ""
    byline: str = ""
    published: str = ""
    url: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """A text under review with what is known of it; the text never changes once it is on the desk.

    `id` is 0 until the desk has given it one. `title_span` is where the headline stands in the text, None where there is
    none; `furniture` are the stretches that belong to the page and not to the article. `published` is an ISO date,
    `imported_at` an ISO time in UTC, and so is `retrieved_at`, when it was fetched from `url`; each is empty where unknown.
    `filename` is the name of the file that it came from, without its folder. `revises` is the article of which this is a
    new version. `pages` are the code points where its pages start, none where it has no pages; `remarks` the comments and
    notes that stood in the file.
    """

    text: str
    title: str
    language: str = ""
    title_span: Span | None = None
    furniture: Spans = ()
    id: int = 0
    outlet: str = ""
    byline: str = ""
    published: str = ""
    url: str = ""
    filename: str = ""
    imported_at: str = ""
    sha256: str = ""
    revises: int | None = None
    retrieved_at: str = ""
    pages: tuple[int, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def details(self) -> Details:
        """What a person may correct."""
        return Details(self.title, self.outlet, self.byline, self.published, self.url, self.language)

    def with_details(self, details: Details) -> "Article":
        """The same article, of which this is known."""
        return replace(self, **asdict(details))

    def page(self, place: int) -> int | None:
        """The number of the page on which the code point at `place` stands, 1 upwards; None where there are no pages."""
        return bisect_right(self.pages, place) or None


@dataclass(frozen=True, slots=True)
class Original:
    """What is known of the bytes that an article was read from: their SHA-256 (hexadecimal) and how many they are.

    `headers` are those of the answer that brought them, where they were fetched.
    """

    sha256: str
    size: int
    media_type: str = ""
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Packed:
    """The bytes that an article was read from as the desk keeps them: made beside the window, since large ones take seconds."""

    sha256: str
    size: int
    zlib: bytes

    @classmethod
    def of(cls, raw: bytes) -> Self:
        """The bytes packed, with their SHA-256 (hexadecimal) and how many they are; large ones less tightly, for they hold pictures."""
        level = 9 if len(raw) < _LARGE else 1
        return cls(hashlib.sha256(raw).hexdigest(), len(raw), zlib.compress(raw, level))


@dataclass(frozen=True, slots=True)
class ArticleSummary:
    """An article as the library lists it; `counts` says how many claims have a level (its slug) and a review."""

    id: int
    title: str
    outlet: str
    published: str
    language: str
    imported_at: str
    counts: dict[tuple[str, Review], int]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A claim that the program found, before it is on a desk; `denies` are places in the list that holds it.

    `denies_confidence` is how likely each of them is right, in the same order, 0 to 1; empty where nobody tells. `may_deny` are
    places, with their confidence, of claims that too little speaks for, the likeliest first: worth a look, and no links.
    """

    content: Spans
    source: Spans = ()
    cue: Spans = ()
    level: str = "unattributed"
    source_entity: str | None = None
    via: tuple[str, ...] = ()
    denies: tuple[int, ...] = ()
    confidence: float = 0.5
    reason: str = ""
    certainty: Certainty | None = None
    manner: Manner | None = None
    denies_confidence: tuple[float, ...] = ()
    may_deny: tuple[tuple[int, float], ...] = ()
