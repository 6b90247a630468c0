"""What a report would hand over, counted and named for somebody who decides whether it may leave."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from claimdesk.core.reports.report import Report
from claimdesk.core.sources import Source, folded


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody or something that the report names as a source or as whom a claim came through, by so many claims.

    `confidential`: the register keeps the name back; `by_name`: it stands in the report all the same.
    """

    name: str
    claims: int
    confidential: bool = False
    by_name: bool = False


@dataclass(frozen=True, slots=True)
class Contents:
    """Counts of what is in a report; `suggestions` are not among the `claims`, `files` are among the `evidence`."""

    claims: int
    suggestions: int
    evidence: int
    files: int
    notes: int
    questions: int
    replies: int
    people: tuple[Person, ...]
    checker: str
    filename: str


def contents_of(report: Report, register: Iterable[Source] = ()) -> Contents:
    """What is in the report; the `register` knows which of its sources are confidential."""
    rows = report.rows
    evidence = [one for row in rows for one in row.evidence]
    return Contents(
        claims=sum(row.reviewed for row in rows),
        suggestions=sum(not row.reviewed for row in rows),
        evidence=len(evidence),
        files=sum(bool(one.sha256) for one in evidence),
        notes=sum(bool(row.note) for row in rows),
        questions=sum(bool(row.question) for row in rows),
        replies=sum(len(row.replies) for row in rows),
        people=tuple(_people(report, [source for source in register if source.confidential])),
        checker=report.checker,
        filename=report.provenance.filename,
    )


def _people(report: Report, hidden: list[Source]) -> Iterator[Person]:
    """The sources as the report lists them, then those through whom claims came."""
    pseudonyms = {folded(source.pseudonym) for source in hidden}
    names = {folded(name) for source in hidden for name in source.names}
    counts = {entry.name: len(entry.claims) for entry in report.sources}
    listed = {folded(name) for name in counts}
    for name in (name for row in report.rows for name in row.via if folded(name) not in listed):
        counts[name] = counts.get(name, 0) + 1
    for name, claims in counts.items():
        key = folded(name)
        yield Person(name, claims, confidential=key in pseudonyms | names, by_name=key in names)
