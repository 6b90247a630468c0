"""What a report would hand over, counted and named for somebody who decides whether it may leave."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from claimdesk.core.confidential import Naming
from claimdesk.core.levels import BY_SLUG
from claimdesk.core.reports.report import Report
from claimdesk.core.sources import Source, folded


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants in a report: open suggestions too, claims of these levels (slugs), names of confidential sources."""

    suggestions: bool = False
    levels: frozenset[str] = frozenset(BY_SLUG)
    names: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody or something that the report names as a source or as whom a claim came through, by so many claims.

    `confidential`: the register keeps the name back; `by_name`: it stands in the report all the same.
    """

    name: str
    claims: int
    confidential: bool = False
    by_name: bool = False

    @property
    def in_words(self) -> str:
        """As in "Source A (the pseudonym of a confidential source), 2 claims"."""
        kept = ""
        if self.confidential:
            kept = " (confidential, BY NAME)" if self.by_name else " (the pseudonym of a confidential source)"
        return f"{self.name}{kept}, {_count(self.claims, 'claim')}"


@dataclass(frozen=True, slots=True)
class Contents:
    """Counts of what is in a report; `suggestions` are not among the `claims`, `files` are among the `evidence`.

    `namings` are the places where the article's own words name a confidential source, which a report shows as they are;
    `any_confidential`: the register knows such sources at all.
    """

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
    namings: tuple[Naming, ...] = ()
    any_confidential: bool = False

    @property
    def in_words(self) -> tuple[str, ...]:
        """What leaves, a line each, but for the people."""
        claims = _count(self.claims, "accepted claim")
        if self.suggestions:
            claims += f", and {_count(self.suggestions, 'suggestion')} marked as not reviewed"
        added = (
            (self.evidence, "piece of evidence", "pieces of evidence"), (self.notes, "note", "notes"),
            (self.questions, "open question", "open questions"), (self.replies, "request for a reply", "requests for a reply"),
        )  # fmt: skip
        told = [_count(count, one, many) for count, one, many in added if count]
        lines = [f"The text of the article, with {claims}", ", ".join(told) or "No evidence, notes or questions"]
        if self.files:
            lines.append(f"Name and SHA-256 of {_count(self.files, 'kept file')} of evidence")
        if self.filename:
            lines.append(f"The name of the file that the article came from: {self.filename}")
        checker = f"the checker’s name, “{self.checker}”, and " if self.checker else ""
        lines.append(
            f"Of you: {checker}the time of the export. No path, and no name of this computer or of your account."
        )
        return tuple(lines)


def contents_of(report: Report, register: Iterable[Source] = (), namings: Sequence[Naming] = ()) -> Contents:
    """What is in the report; the `register` knows which of its sources are confidential."""
    rows, hidden = report.rows, [source for source in register if source.confidential]
    evidence = [one for row in rows for one in row.evidence]
    return Contents(
        claims=sum(row.reviewed for row in rows),
        suggestions=sum(not row.reviewed for row in rows),
        evidence=len(evidence),
        files=sum(bool(one.sha256) for one in evidence),
        notes=sum(bool(row.note) for row in rows),
        questions=sum(bool(row.question) for row in rows),
        replies=sum(len(row.replies) for row in rows),
        people=tuple(_people(report, hidden)),
        checker=report.checker,
        filename=report.provenance.filename,
        namings=tuple(namings),
        any_confidential=bool(hidden),
    )


def _people(report: Report, hidden: Sequence[Source]) -> Iterator[Person]:
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


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
