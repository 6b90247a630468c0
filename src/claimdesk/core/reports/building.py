"""An article and its claims become a report: numbered, linked, counted and masked."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from claimdesk.core.claim import Article, Claim, Origin, Original, Review, Span, in_text_order, numbered, words_of
from claimdesk.core.confidential import Mask
from claimdesk.core.evidence import Verdict
from claimdesk.core.levels import BY_SLUG, LEVELS
from claimdesk.core.reports.annotated import AnnotatedArticle
from claimdesk.core.reports.report import (
    Coverage,
    LevelCount,
    Making,
    Provenance,
    Question,
    Reference,
    Report,
    Row,
    SourceEntry,
    Summary,
)
from claimdesk.core.sources import Source, folded
from claimdesk.core.text import normalise, sha256


def build(
    article: Article,
    claims: Sequence[Claim],
    *,
    suggestions: bool = False,
    levels: Collection[str] = BY_SLUG,
    made_at: datetime,
    version: str,
    suggester: str = "",
    head: str = "",
    checker: str = "",
    register: Sequence[Source] = (),
    original: Original | None = None,
    sentences: Sequence[Span] = (),
    names: bool = False,
) -> Report:
    """The report on `article` with its accepted claims, in the order of the text, each with the number that the window shows.

    With `suggestions` those that nobody reviewed are shown too, marked as such; no figure of the summary counts them. Dismissed
    claims are left out, and so are those of other `levels` (slugs) than these, which the report says; all its figures
    are about what it shows but the coverage, which is that of the article. `made_at` must know its time zone; `head` is the hash of the desk's last history row, `suggester`
    the name of what made the suggestions, `checker` the name of who reviewed them, `original` what is known of the bytes
    that the article was read from. `sentences` are those of its body, in order, for the coverage. The `register` knows roles
    and affiliations; of its confidential sources pseudonyms stand wherever the article's own words do not, which stay as they
    were published, unless `names` says that the names are wanted.
    """
    known = {folded(name): source for source in register for name in source.names}
    mask = Mask([] if names else register)
    article = _clean_article(article)
    shown = {Review.ACCEPTED, Review.SUGGESTED} if suggestions else {Review.ACCEPTED}
    chosen = [claim for claim in claims if claim.level in levels]
    kept = in_text_order([claim for claim in chosen if claim.review in shown])
    every = numbered(list(claims))
    numbers = {claim.id: every[claim.id] for claim in kept}
    annotated = AnnotatedArticle(article, kept, numbers)
    rows = _linked([_row(article, annotated, mask, known, claim, numbers[claim.id]) for claim in kept], kept, numbers)
    sources = _sources(rows, known, mask)
    still_open = sum(claim.review is Review.SUGGESTED for claim in chosen)
    summary = _summary(rows, sources, still_open, _coverage(claims, sentences))
    return Report(
        title=article.title,
        outlet=article.outlet,
        byline=article.byline,
        published=article.published,
        url=article.url,
        language=article.language,
        checker=mask.words(normalise(checker)),
        with_suggestions=suggestions,
        text=article.text,
        pages=article.pages,
        paragraphs=annotated.paragraphs,
        rows=rows,
        levels=_levels(rows),
        left_out=_left_out(claims, levels),
        sources=sources,
        summary=summary,
        questions=_questions(rows, summary),
        provenance=Provenance(
            sha256=sha256(article.text),
            filename=mask.words(article.filename),
            url=article.url,
            imported_at=article.imported_at,
            version=version,
            suggester=normalise(suggester),
            made_at=made_at.astimezone(UTC),
            history_head=head,
            retrieved_at=article.retrieved_at,
            original=original and replace(original, media_type=normalise(original.media_type)),
            makings=_makings(rows),
        ),
    )


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
        imported_at=normalise(article.imported_at),
        retrieved_at=normalise(article.retrieved_at),
    )


def _row(
    article: Article, annotated: AnnotatedArticle, mask: Mask, known: Mapping[str, Source], claim: Claim, number: int
) -> Row:
    def written(words: str) -> str:
        return mask.words(normalise(words))

    def called(names: Iterable[str]) -> tuple[str, ...]:
        return tuple(mask.name(normalise(name)) for name in names)

    source = known.get(folded(claim.source_name))
    hidden = mask.hides(claim.source_name)
    return Row(
        number=number,
        level=BY_SLUG[claim.level],
        reviewed=claim.review is Review.ACCEPTED,
        making=_making(claim),
        content=claim.content,
        source=claim.source,
        cue=claim.cue,
        words=words_of(article.text, claim.content),
        place=annotated.place(claim.hull),
        page=article.page(claim.hull.start),
        source_words=words_of(article.text, claim.source),
        source_name=mask.name(normalise(claim.source_name)),
        role=written(source.role) if source and not hidden else "",
        affiliation=written(source.affiliation) if source and not hidden else "",
        via=called(claim.via),
        second_sources=called(claim.second_sources),
        cue_words=words_of(article.text, claim.cue),
        manner=claim.manner,
        certainty=claim.certainty,
        terms=claim.terms,
        reason=written(claim.reason),
        restated=written(claim.restated),
        tags=tuple(map(written, claim.tags)),
        question=written(claim.question),
        note=written(claim.note),
        evidence=tuple(replace(one.rewritten(written), sha256=normalise(one.sha256)) for one in claim.evidence),
        verdict=claim.verdict,
        rationale=written(claim.rationale),
        checked_by=written(claim.checked_by),
        checked_at=written(claim.checked_at),
        replies=tuple(one.rewritten(written) for one in claim.replies),
        anonymity=claim.anonymity,
        confidential=hidden,
    )


def _making(claim: Claim) -> Making:
    if claim.origin is Origin.PERSON:
        return Making.MARKED
    if claim.confidence is None:
        return Making.CHANGED
    return Making.ACCEPTED if claim.review is Review.ACCEPTED else Making.SUGGESTED


def _makings(rows: Iterable[Row]) -> tuple[tuple[Making, int], ...]:
    counts = Counter(row.making for row in rows)
    return tuple((making, counts[making]) for making in Making if counts[making])


def _coverage(claims: Iterable[Claim], sentences: Sequence[Span]) -> Coverage:
    """How many of the sentences, which are in order and apart, hold a piece of an accepted claim."""
    ends = [sentence.end for sentence in sentences]
    covered: set[int] = set()
    for span in (span for claim in claims if claim.review is Review.ACCEPTED for span in claim.content):
        at = bisect_left(ends, span.start + 1)
        while at < len(sentences) and sentences[at].start < span.end:
            covered.add(at)
            at += 1
    return Coverage(len(sentences), len(covered))


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


def _left_out(claims: Sequence[Claim], levels: Collection[str]) -> tuple[LevelCount, ...]:
    def count(slug: str, review: Review) -> int:
        return sum(claim.level == slug and claim.review is review for claim in claims)

    return tuple(
        LevelCount(level, accepted=count(level.slug, Review.ACCEPTED), suggested=count(level.slug, Review.SUGGESTED))
        for level in LEVELS
        if level.slug not in levels
    )


def _sources(rows: Sequence[Row], known: Mapping[str, Source], mask: Mask) -> tuple[SourceEntry, ...]:
    """Who stands behind the claims: the named first, then by how many accepted claims rest on them, then as met."""
    groups: dict[tuple[bool, str], tuple[str, list[Row]]] = {}
    for row in rows:
        if row.has_source:
            label = _source_label(row)
            groups.setdefault((row.is_named, label.casefold()), (label, []))[1].append(row)
        for name in row.second_sources:
            groups.setdefault((True, name.casefold()), (name, []))[1].append(row)
    entries = []
    for (is_named, _), (label, group) in groups.items():
        source = known.get(folded(label))
        references = tuple(row.reference for row in group)
        if source is None or not is_named or mask.hides(source.name):
            entries.append(SourceEntry(label, is_named, references))
        else:
            role, affiliation = (mask.words(normalise(words)) for words in (source.role, source.affiliation))
            entries.append(SourceEntry(label, is_named, references, role, affiliation))
    return tuple(sorted(entries, key=lambda entry: (not entry.is_named, -entry.accepted)))


def _source_label(row: Row) -> str:
    return row.source_name or row.source_words


def _summary(rows: Iterable[Row], sources: Iterable[SourceEntry], still_open: int, coverage: Coverage) -> Summary:
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
        single=where(lambda row: row.rests_on == 1),
        only_unnamed=where(lambda row: row.has_source and not row.is_named and not row.second_sources),
        unattributed=where(lambda row: row.level.slug == "unattributed"),
        checked=where(lambda row: row.verdict is not None),
        verdicts=tuple((verdict, sum(row.verdict is verdict for row in accepted)) for verdict in Verdict),
        coverage=coverage,
    )


def _is_denial(row: Row) -> bool:
    return row.level.slug == "denial"


def _says_what(row: Row) -> bool:
    return bool(row.denies or row.denies_unlisted)


def _questions(rows: Iterable[Row], summary: Summary) -> tuple[Question, ...]:
    """What the checker wrote down to ask, then what the sourcing itself asks."""
    own = (Question(row.question, (row.number,)) for row in rows if row.question)
    asked = (
        Question("The article names no source. How do we know?", summary.unsourced),
        Question("The source has no name. Who is it, and why are they not named?", summary.only_unnamed),
        Question(
            "The denial is not tied to the claim that it denies. What exactly is denied?", summary.denials_unlinked
        ),
        Question("The claim is denied in the same article. What supports it?", summary.denied),
    )
    return (*own, *(question for question in asked if question.numbers))
