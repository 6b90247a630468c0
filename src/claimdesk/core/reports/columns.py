"""All that is known of a claim as the columns of a sheet: the same heads, order and words in every spreadsheet."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from claimdesk.core.claim import hull
from claimdesk.core.evidence import Evidence
from claimdesk.core.reports import facts
from claimdesk.core.reports.report import Reference, Row

Cell = str | int | date | None
"""What a cell holds; a sheet that knows no types writes a date as ISO has it, and None as nothing."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, what stands in it for a claim, and how wide it is in characters."""

    head: str
    value: Callable[[Row], Cell]
    width: int = 14


def day(iso: str) -> Cell:
    """The day of an ISO date or time; what is none stays the words that it is."""
    try:
        return date.fromisoformat(iso[:10])
    except ValueError:
        return iso or None


def numbers(references: Iterable[Reference]) -> str:
    """The numbers of claims, those that nobody reviewed marked as such."""
    return "; ".join(f"{claim.number}" if claim.reviewed else f"{claim.number} (not reviewed)" for claim in references)


def inline(told: Iterable[facts.Fact]) -> str:
    """Facts in one line, each under its label."""
    return "; ".join(f"{fact.label}: {fact.between.join(fact.pieces)}" for fact in told)


def _told(label: str) -> Callable[[Row], str]:
    """What the reports say under this label about a claim's sourcing."""
    return lambda row: next((fact.between.join(fact.pieces) for fact in facts.sourcing(row) if fact.label == label), "")


def _paragraph(row: Row) -> Cell:
    return int(row.place) if row.place.isdecimal() else row.place


def _pieces(row: Row) -> str:
    """Where the pieces are of a claim that is in several."""
    return "; ".join(f"{span.start}-{span.end}" for span in row.content) if len(row.content) > 1 else ""


def _denies(row: Row) -> str:
    unlisted = [f"{row.denies_unlisted} not in this report"] if row.denies_unlisted else []
    return "; ".join([text for text in [numbers(row.denies), *unlisted] if text])


def _listed(items: Sequence[str]) -> str:
    """The items one a line, each with its number, so that none runs into the next."""
    return "\n".join(f"[{number}] {item}" for number, item in enumerate(items, 1))


def _piece_of_evidence(one: Evidence) -> str:
    about = inline(facts.evidence(one))
    return f"{one.title or one.kind.capitalize()} ({facts.stance(one)})" + (f"; {about}" if about else "")


def _grades(row: Row) -> str:
    """The Admiralty grades in the order of the evidence."""
    if not any(one.grade for one in row.evidence):
        return ""
    return "; ".join(one.grade or "not graded" for one in row.evidence)


def _anonymity(row: Row) -> str:
    return "\n".join(f"{question}: {'yes' if yes else 'open'}" for question, yes in facts.anonymity(row))


COLUMNS: tuple[Column, ...] = (
    Column("No.", lambda row: row.number, 6),
    Column("Level", lambda row: row.level.label, 30),
    Column("Words", lambda row: row.words, 48),
    Column("Restated", lambda row: row.restated, 32),
    Column("Paragraph", _paragraph, 11),
    Column("Page", lambda row: row.page, 7),
    Column("Start", lambda row: hull(row.content).start, 8),
    Column("End", lambda row: hull(row.content).end, 8),
    Column("Pieces", _pieces, 16),
    Column("Source as written", lambda row: row.source_words, 24),
    Column("Source in full", lambda row: row.source_name, 24),
    Column("Role", lambda row: row.role, 22),
    Column("Affiliation", lambda row: row.affiliation, 22),
    Column("Second sources", lambda row: "; ".join(row.second_sources), 24),
    Column("Via", lambda row: " > ".join(row.via), 22),
    Column("Cue", lambda row: row.cue_words, 16),
    Column("Manner", _told("Manner"), 20),
    Column("Certainty", _told("Certainty"), 16),
    Column("Terms", _told("Terms"), 16),
    Column("Reason", lambda row: row.reason, 32),
    Column("Denies", _denies, 16),
    Column("Denied by", lambda row: numbers(row.denied_by), 16),
    Column("Evidence", lambda row: _listed([*map(_piece_of_evidence, row.evidence)]), 60),
    Column("Grades", _grades, 10),
    Column("Verdict", lambda row: row.verdict.label if row.verdict else "", 18),
    Column("Rationale", lambda row: row.rationale, 40),
    Column("Checked by", lambda row: row.checked_by, 18),
    Column("Checked on", lambda row: day(row.checked_at), 14),
    Column("Right of reply", lambda row: _listed([inline(facts.reply(one)) for one in row.replies]), 40),
    Column("Before the source stays unnamed", _anonymity, 44),
    Column("Tags", lambda row: "; ".join(row.tags), 18),
    Column("Open question", lambda row: row.question, 32),
    Column("Note", lambda row: row.note, 32),
    Column("How made", lambda row: row.making.value, 30),
    Column("Review", lambda row: row.review, 20),
)
"""Start, end and pieces are code points of the article's normalised text, ends exclusive."""
