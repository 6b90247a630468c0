"""What is handed over, as neutral values: everything that a renderer needs is computed here and nothing later."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from claimdesk.core.claim import Article, Claim, Review, in_text_order, numbered, words_of
from claimdesk.core.confidential import Mask
from claimdesk.core.levels import BY_SLUG, LEVELS, Level
from claimdesk.core.reports.annotated import AnnotatedArticle, Paragraph
from claimdesk.core.sources import Source
from claimdesk.core.text import normalise, sha256


@dataclass(frozen=True, slots=True)
class Reference:
    """A claim that another part of the report points at."""

    number: int
    reviewed: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A claim as the table shows it.

    `place` is the number of its paragraph, "headline" or "furniture". `source_words` are as the article writes them,
    `source_name` is the source in full, or the pseudonym of one that is `confidential`. `denies_unlisted` counts the denied
    claims that the report does not hold.
    """

    number: int
    level: Level
    reviewed: bool
    words: str
    place: str
    source_words: str
    source_name: str
    via: tuple[str, ...]
    cue: str
    reason: str
    note: str
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
    def review(self) -> str:
        """What a person has said of the claim, in words."""
        return "accepted" if self.reviewed else "suggested, not reviewed"


@dataclass(frozen=True, slots=True)
class LevelCount:
    """How many accepted claims have a level, and how many of the suggestions that the report shows."""

    level: Level
    accepted: int
    suggested: int


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """Somebody or something that stands behind claims; `is_named` is false for "officials" and their like."""

    name: str
    is_named: bool
    claims: tuple[Reference, ...]

    @property
    def accepted(self) -> int:
        """How many accepted claims rest on this source."""
        return sum(claim.reviewed for claim in self.claims)


@dataclass(frozen=True, slots=True)
class Summary:
    """On whom the accepted claims rest, as their numbers; suggestions never count.

    Every accepted claim is in exactly one of `named`, `unnamed` and `unsourced`, and every accepted denial in one of
    `denials_linked` and `denials_unlinked` (that say which claim they deny, or do not). `most_relied_on` is the named
    source behind most claims, None where no source has two.
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

    @property
    def attributed(self) -> int:
        """How many accepted claims the article gives any source for."""
        return len(self.named) + len(self.unnamed)

    def share(self, count: int) -> int:
        """`count` in per cent of the accepted claims, rounded; 0 where there are none."""
        return round(100 * count / self.accepted) if self.accepted else 0


@dataclass(frozen=True, slots=True)
class Question:
    """What an editor may want to ask before the article runs, and of which claims."""

    text: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Provenance:
    """From which text, by what and when the report was made.

    `sha256` is that of the normalised text as UTF-8, in hexadecimal; `imported_at` an ISO time in UTC or empty;
    `history_head` the hash of the last row of the desk's history, empty where the article is on no desk.
    """

    sha256: str
    filename: str
    url: str
    imported_at: str
    version: str
    suggester: str
    made_at: datetime
    history_head: str


@dataclass(frozen=True, slots=True)
class Report:
    """An article, its claims and what they rest on; `with_suggestions` says that the open ones are in it, marked."""

    title: str
    outlet: str
    byline: str
    published: str
    language: str
    checker: str
    with_suggestions: bool
    paragraphs: tuple[Paragraph, ...]
    rows: tuple[Row, ...]
    levels: tuple[LevelCount, ...]
    sources: tuple[SourceEntry, ...]
    summary: Summary
    questions: tuple[Question, ...]
    provenance: Provenance


def build(
    article: Article,
    claims: Sequence[Claim],
    *,
    suggestions: bool = False,
    made_at: datetime,
    version: str,
    suggester: str = "",
    head: str = "",
    checker: str = "",
    register: Sequence[Source] = (),
) -> Report:
    """The report on `article` with its accepted claims, numbered from 1 in the order of the text.

    With `suggestions` those that nobody reviewed are shown too, marked as such; no figure of the summary counts them. Dismissed
    claims are left out. `made_at` must know its time zone; `head` is the hash of the desk's last history row, `suggester`
    the name of what made the suggestions, `checker` the name of who reviewed them. Of those sources of the `register` that
    are confidential, pseudonyms stand wherever the article's own words do not; those stay as they were published.
    """
    mask = Mask(register)
    article = _clean_article(article)
    shown = {Review.ACCEPTED, Review.SUGGESTED} if suggestions else {Review.ACCEPTED}
    kept = in_text_order([claim for claim in claims if claim.review in shown])
    numbers = numbered(kept)
    annotated = AnnotatedArticle(article, kept, numbers)
    rows = _linked([_row(article, annotated, mask, claim, numbers[claim.id]) for claim in kept], kept, numbers)
    sources = _sources(rows)
    summary = _summary(rows, sources, sum(claim.review is Review.SUGGESTED for claim in claims))
    return Report(
        article.title, article.outlet, article.byline, article.published, article.language, mask.words(normalise(checker)), suggestions,
        annotated.paragraphs, rows, _levels(rows), sources, summary, _questions(summary),
        Provenance(
            sha256(article.text), mask.words(article.filename), article.url, article.imported_at,
            version, suggester, made_at.astimezone(UTC), head,
        ),
    )  # fmt: skip


def _clean_article(article: Article) -> Article:
    """Its metadata without what no file can hold (a file's name may be no Unicode at all); the text is clean already."""
    return replace(
        article,
        title=normalise(article.title),
        outlet=normalise(article.outlet),
        byline=normalise(article.byline),
        published=normalise(article.published),
        language=normalise(article.language),
        url=normalise(article.url),
        filename=normalise(article.filename),
    )


def _row(article: Article, annotated: AnnotatedArticle, mask: Mask, claim: Claim, number: int) -> Row:
    return Row(
        number=number,
        level=BY_SLUG[claim.level],
        reviewed=claim.review is Review.ACCEPTED,
        words=words_of(article.text, claim.content),
        place=annotated.place(claim.hull),
        source_words=words_of(article.text, claim.source),
        source_name=mask.name(normalise(claim.source_name)),
        via=tuple(mask.name(normalise(name)) for name in claim.via),
        cue=words_of(article.text, claim.cue),
        reason=mask.words(normalise(claim.reason)),
        note=mask.words(normalise(claim.note)),
        confidential=mask.hides(claim.source_name),
    )


def _linked(rows: Sequence[Row], claims: Sequence[Claim], numbers: Mapping[int, int]) -> tuple[Row, ...]:
    """The rows with what they deny and what denies them; both lists are in text order."""
    by_number = {row.number: row.reference for row in rows}
    denied_by: dict[int, list[Reference]] = {row.number: [] for row in rows}
    linked: list[Row] = []
    for row, claim in zip(rows, claims, strict=True):
        targets = sorted({numbers[target] for target in claim.denies if target in numbers})
        for target in targets:
            denied_by[target].append(row.reference)
        unlisted = len({target for target in claim.denies if target not in numbers})
        linked.append(replace(row, denies=tuple(by_number[t] for t in targets), denies_unlisted=unlisted))
    return tuple(replace(row, denied_by=tuple(denied_by[row.number])) for row in linked)


def _levels(rows: Sequence[Row]) -> tuple[LevelCount, ...]:
    return tuple(
        LevelCount(
            level,
            accepted=sum(row.level is level and row.reviewed for row in rows),
            suggested=sum(row.level is level and not row.reviewed for row in rows),
        )
        for level in LEVELS
    )


def _sources(rows: Sequence[Row]) -> tuple[SourceEntry, ...]:
    """Who stands behind the claims: the named first, then by how many accepted claims rest on them, then as met."""
    groups: dict[tuple[bool, str], list[Row]] = {}
    for row in rows:
        if row.has_source:
            groups.setdefault((row.is_named, _source_label(row).casefold()), []).append(row)
    entries = [
        SourceEntry(_source_label(group[0]), is_named, tuple(row.reference for row in group))
        for (is_named, _), group in groups.items()
    ]
    return tuple(sorted(entries, key=lambda entry: (not entry.is_named, -entry.accepted)))


def _source_label(row: Row) -> str:
    return row.source_name or row.source_words


def _summary(rows: Iterable[Row], sources: Iterable[SourceEntry], still_open: int) -> Summary:
    accepted = [row for row in rows if row.reviewed]

    def where(holds: Callable[[Row], bool]) -> tuple[int, ...]:
        return tuple(row.number for row in accepted if holds(row))

    named = [entry for entry in sources if entry.is_named and entry.accepted > 1]
    return Summary(
        accepted=len(accepted),
        open=still_open,
        named=where(lambda row: row.is_named),
        unnamed=where(lambda row: row.has_source and not row.is_named),
        unsourced=where(lambda row: not row.has_source),
        denials_linked=where(lambda row: _is_denial(row) and _says_what(row)),
        denials_unlinked=where(lambda row: _is_denial(row) and not _says_what(row)),
        denied=where(lambda row: any(denial.reviewed for denial in row.denied_by)),
        most_relied_on=max(named, key=lambda entry: entry.accepted, default=None),
    )


def _is_denial(row: Row) -> bool:
    return row.level.slug == "denial"


def _says_what(row: Row) -> bool:
    return bool(row.denies or row.denies_unlisted)


def _questions(summary: Summary) -> tuple[Question, ...]:
    asked = (
        Question("The article names no source. How do we know?", summary.unsourced),
        Question("The source has no name. Who is it, and why are they not named?", summary.unnamed),
        Question(
            "The denial is not tied to the claim that it denies. What exactly is denied?", summary.denials_unlinked
        ),
        Question("The claim is denied in the same article. What supports it?", summary.denied),
    )
    return tuple(question for question in asked if question.numbers)
