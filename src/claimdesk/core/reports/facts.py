"""What a report says beside the article, as labels and words: the same, in the same order, whatever the format.

A fact is in pieces, so that a renderer can keep each apart from its neighbours: a name may run from right to left.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

import regex

from claimdesk.core.claim import Certainty, Manner
from claimdesk.core.evidence import AnonymityCheck, Evidence, EvidenceKind, Reply, Stance, Terms
from claimdesk.core.reports.report import Report, Row

_WEB = regex.compile(r"https?://[^\s\p{C}]+", regex.IGNORECASE)
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


class Kind(StrEnum):
    """What the words of a fact are."""

    PLAIN = "plain"
    ARTICLE = "article"
    ADDRESS = "address"
    HASH = "hash"


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what stands beside it: `pieces` with `between` them; `ARTICLE` words are in the article's language."""

    label: str
    pieces: tuple[str, ...]
    kind: Kind = Kind.PLAIN
    between: str = ", "

    @property
    def link(self) -> str:
        """The address that a reader may be led to, empty where there is none: nothing but http and https."""
        return self.pieces[0] if self.kind is Kind.ADDRESS and is_web_address(self.pieces[0]) else ""


@dataclass(frozen=True, slots=True)
class Figure:
    """How many of the accepted claims something holds of, in per cent of them all, and their numbers."""

    label: str
    count: int
    share: int
    numbers: tuple[int, ...] = ()


def head(report: Report) -> tuple[Fact, ...]:
    """What stands under the title."""
    made = day(report.provenance.made_at.date().isoformat())
    return _told(
        Fact("Outlet", (report.outlet or "unknown",)),
        Fact("By", (report.byline,)),
        Fact("Published", (day(report.published),)),
        Fact("Address", (report.url,), Kind.ADDRESS),
        Fact("Checked by", (report.checker,)),
        Fact("Date of the check" if report.checker else "Date of the report", (made,)),
        Fact("Levels", (report.omission,)),
    )


def sourcing(row: Row) -> tuple[Fact, ...]:
    """Who stands behind a claim, and how the article says so."""
    name = row.source_name or row.source_words
    return _told(
        Fact("Source", (name or "no source",)),
        Fact("Role", (row.role, row.affiliation)),
        Fact("In the text", (row.source_words if row.source_words != name else "",), Kind.ARTICLE),
        Fact("Second sources" if len(row.second_sources) > 1 else "Second source", row.second_sources, between="; "),
        Fact("Via", row.via, between=" → "),
        Fact("Cue", (row.cue_words,), Kind.ARTICLE),
        Fact("Manner", (_MANNERS[row.manner] if row.manner else "",)),
        Fact("Certainty", (_CERTAINTIES[row.certainty] if row.certainty else "",)),
        Fact("Terms", (_TERMS[row.terms] if row.terms else "",)),
        Fact("Reason", (row.reason,)),
        Fact("Made", (row.making.value,)),
        Fact("Tags", row.tags),
    )


def evidence(one: Evidence) -> tuple[Fact, ...]:
    """What is known of a piece of evidence, but for its title and what it does to the claim."""
    return _told(
        Fact(_LOCATORS[one.kind], (one.locator,), Kind.ADDRESS),
        Fact("Archived copy", (one.archive,), Kind.ADDRESS),
        Fact("Page or time", (one.page,)),
        Fact("Seen on", (day(one.retrieved),)),
        Fact("Quotation", (f"“{one.quote}”" if one.quote else "",)),
        Fact("Grade", (_grade(one),)),
        Fact("Kept file, SHA-256", (one.sha256,), Kind.HASH),
        Fact("Note", (one.note,)),
    )


def reply(one: Reply) -> tuple[Fact, ...]:
    """An entry of the log of asking for a reply."""
    return _told(
        Fact("Asked", (one.whom, one.channel, day(one.asked))),
        Fact("Answered", (day(one.answered),)),
        Fact("Answer", (one.answer or ("" if one.answered else "none yet"),)),
    )


def stance(one: Evidence) -> str:
    """What a piece of evidence does to the claim, in words."""
    return _STANCES[one.stance]


def checked(row: Row) -> Fact | None:
    """By whom and when the verdict was given; None where nobody said."""
    return next(iter(_told(Fact("Checked", (row.checked_by, day(row.checked_at))))), None)


def anonymity(row: Row) -> tuple[tuple[str, bool], ...]:
    """What a newsroom asks before a source stays unnamed, and whether the answer is yes; none where nobody has to ask."""
    if not row.anonymity and row.level.slug != "anonymous":
        return ()
    return tuple((check.question, check in row.anonymity) for check in AnonymityCheck)


def figures(report: Report) -> tuple[Figure, ...]:
    """What the accepted claims rest on, and how far they are checked."""
    summary = report.summary
    told = (
        ("A named source", summary.named),
        ("A source without a name", summary.unnamed),
        ("No source", summary.unsourced),
        ("One source alone", summary.single),
        ("Nobody with a name", summary.only_unnamed),
        ("The author's own word (unattributed)", summary.unattributed),
        ("Denials tied to what they deny", summary.denials_linked),
        ("Denials not tied to a claim", summary.denials_unlinked),
        ("Claims that are denied", summary.denied),
        ("Checked, with a verdict", summary.checked),
    )
    verdicts = (
        (verdict.label, tuple(row.number for row in report.rows if row.reviewed and row.verdict is verdict))
        for verdict, count in summary.verdicts
        if count
    )
    return tuple(
        Figure(label, len(numbers), summary.share(len(numbers)), numbers) for label, numbers in (*told, *verdicts)
    )


def coverage(report: Report) -> str:
    """How much of the article's body the accepted claims cover, in a sentence; empty where nobody counted."""
    counted = report.summary.coverage
    if not counted.sentences:
        return ""
    return (
        f"Accepted claims stand in {counted.covered} of the {count(counted.sentences, 'sentence')} of the article's body "
        f"({counted.share}%)."
    )


def still_open(report: Report) -> str:
    """What became of the suggestions that nobody reviewed, in a sentence."""
    shown, left = sum(not row.reviewed for row in report.rows), report.summary.open
    if shown:
        verb = "is" if shown == 1 else "are"
        return f"{count(shown, 'suggestion')} of the program {verb} shown, not reviewed by anybody, and counted in no figure."
    if not left:
        return "No suggestion is open."
    verb, them = ("is", "it") if left == 1 else ("are", "them")
    return (
        f"{count(left, 'suggestion')} of the program {verb} still open. Nobody has reviewed {them}, and this report leaves "
        f"{them} out."
    )


def most_relied_on(report: Report) -> str:
    """The named source behind most of the claims, in a sentence; empty where no source has two."""
    most = report.summary.most_relied_on
    if most is None:
        return ""
    return f"Most relied on: {most.name}, behind {most.accepted} of {count(report.summary.accepted, 'claim')}."


def provenance(report: Report) -> tuple[Fact, ...]:
    """From which text, by what and when the report was made."""
    known, original = report.provenance, report.provenance.original
    makings = tuple(f"{count(number, 'claim')} {making.value}" for making, number in known.makings)
    return _told(
        Fact("File", (known.filename,)),
        Fact("Address", (known.url,), Kind.ADDRESS),
        Fact("Fetched", (moment(known.retrieved_at),)),
        Fact("Imported", (moment(known.imported_at),)),
        Fact("Text, SHA-256", (known.sha256,), Kind.HASH),
        Fact(
            "Original, SHA-256", (original.sha256 if original else "not kept",), Kind.HASH if original else Kind.PLAIN
        ),
        Fact("Original", (count(original.size, "byte"), original.media_type) if original else ()),
        Fact("Claims", makings, between="; "),
        Fact("Suggestions by", (known.suggester,)),
        Fact("Desk history, head", (known.history_head,), Kind.HASH),
        Fact("Report made", (moment(known.made_at), f"by ClaimDesk {known.version}")),
    )


def is_web_address(url: str) -> bool:
    """Whether a link may lead there: nothing but http and https, and nothing odd in it."""
    return _WEB.fullmatch(url) is not None


def day(iso: str) -> str:
    """An ISO date as "8 October 2024"; what is none is left as it is."""
    try:
        when = date.fromisoformat(iso[:10])
    except ValueError:
        return iso
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def moment(when: datetime | str) -> str:
    """A time in UTC, or an ISO text of one, as "8 October 2024, 14:05 UTC"; what is none is left as it is."""
    try:
        told = datetime.fromisoformat(when) if isinstance(when, str) else when
    except ValueError:
        return str(when)
    return f"{day(told.date().isoformat())}, {told:%H:%M} UTC"


def count(number: int, one: str, many: str = "") -> str:
    """The number with its word, as in "1 claim" and "2,000 claims"; `many` where an s is not enough."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _told(*facts: Fact) -> tuple[Fact, ...]:
    """Those of the facts that anything is known of, without empty pieces."""
    return tuple(_filled(facts))


def _filled(facts: Iterable[Fact]) -> Iterator[Fact]:
    for fact in facts:
        pieces = tuple(piece for piece in fact.pieces if piece.strip())
        if pieces:
            yield Fact(fact.label, pieces, fact.kind, fact.between)


def _grade(one: Evidence) -> str:
    """The Admiralty grade with what it means."""
    means = [
        f"source {one.reliability.meaning}" if one.reliability else "source not graded",
        f"information {one.credibility.meaning}" if one.credibility else "information not graded",
    ]
    return f"{one.grade}: {', '.join(means)}" if one.grade else ""


_MANNERS = {
    Manner.DIRECT: "direct, in the source's words",
    Manner.INDIRECT: "indirect, in the author's words",
    Manner.MIXED: "mixed, partly in the source's words",
}
_CERTAINTIES = {
    Certainty.CERTAIN: "certain, without a hedge",
    Certainty.PROBABLE: "probable",
    Certainty.POSSIBLE: "possible",
    Certainty.ALLEGED: "alleged",
}
_TERMS = {
    Terms.ON_RECORD: "on the record",
    Terms.BACKGROUND: "background",
    Terms.DEEP_BACKGROUND: "deep background",
    Terms.OFF_RECORD: "off the record",
}
_STANCES = {Stance.SUPPORTS: "supports the claim", Stance.REFUTES: "refutes the claim", Stance.CONTEXT: "context"}
_LOCATORS = {
    EvidenceKind.URL: "Address",
    EvidenceKind.FILE: "File",
    EvidenceKind.DOCUMENT: "Document",
    EvidenceKind.INTERVIEW: "Interview with",
}
