"""The neutral report: what is counted, what is only shown, and where the claims stand in the article."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given, settings
from hypothesis import strategies as st

from claimdesk.core.claim import Article, Claim, Link, LinkKind, Review, Role, Span
from claimdesk.core.levels import LEVELS
from claimdesk.core.page import paragraphs
from claimdesk.core.reports import Report, build
from claimdesk.core.reports.annotated import Kind
from claimdesk.core.reports.report import Reference
from claimdesk.core.text import normalise, sha256

Make = Callable[..., Report]
NOW = datetime(2031, 3, 4, tzinfo=UTC)
SCRAPS = st.sampled_from(
    ["नदी का पानी ", "한강 ", "النهر ", "🙂👩‍👩‍👧", "e\u0301", "<b>", "\n", "\n\n", "\u202e", " ", "said ", '"'],
)
TEXTS = st.lists(st.one_of(SCRAPS, st.text(max_size=12)), min_size=1, max_size=12).map("".join).map(normalise)


def some_spans(length: int, least: int) -> st.SearchStrategy[tuple[Span, ...]]:
    place = st.integers(0, length)
    pair = st.tuples(place, place).filter(lambda pair: pair[0] != pair[1])
    return st.lists(pair.map(lambda pair: Span(min(pair), max(pair))), min_size=least, max_size=2).map(tuple)


@st.composite
def drafts(draw: st.DrawFn) -> tuple[Article, list[Claim]]:
    """Any text with any claims on it, overlapping ones and ones over white space included."""
    text = draw(TEXTS.filter(bool))
    count = draw(st.integers(0, 6))
    claims = [
        Claim(
            number, 1, draw(some_spans(len(text), 1)), draw(some_spans(len(text), 0)), draw(some_spans(len(text), 0)),
            draw(st.sampled_from(LEVELS)).slug, draw(st.sampled_from(Review)),
            source_name=draw(st.sampled_from(["", "Rao", "환경부"])),
            links=tuple(Link(LinkKind.DENIES, target) for target in draw(st.sets(st.integers(1, 6), max_size=2))),
        )
        for number in range(1, count + 1)
    ]  # fmt: skip
    return Article(text, "", furniture=draw(some_spans(len(text), 0))), claims


def test_claims_are_numbered_in_the_order_of_the_text(make: Make) -> None:
    assert [row.words.split()[0] for row in make().rows] == ["residents", "the", "it", "a", "한강의"]
    assert [row.number for row in make().rows] == [1, 2, 3, 4, 5]


def test_a_dismissed_claim_is_never_shown_and_an_open_one_only_told_of(make: Make, claims: list[Claim]) -> None:
    claims[1] = replace(claims[1], review=Review.DISMISSED)
    claims[2] = replace(claims[2], review=Review.SUGGESTED)
    plain, full = make(), make(suggestions=True)
    assert [row.words for row in plain.rows] == ["it", "a second flood", "한강의 수위가 낮아졌다"]
    assert [row.review for row in full.rows] == ["suggested, not reviewed", "accepted", "accepted", "accepted"]
    assert plain.summary.open == full.summary.open == 1


def test_no_figure_counts_a_suggestion(make: Make, claims: list[Claim]) -> None:
    claims[2] = replace(claims[2], review=Review.SUGGESTED)
    report = make(suggestions=True)
    official = report.levels[0]
    assert (official.accepted, official.suggested) == (1, 1)
    assert report.summary.accepted == 4
    assert 1 not in report.summary.named + report.summary.unnamed + report.summary.unsourced
    mina = next(source for source in report.sources if source.name == "Mina Rao")
    assert (mina.accepted, mina.claims) == (0, (Reference(1, reviewed=False),))


def test_a_denial_and_what_it_denies_know_each_other(make: Make) -> None:
    denied, denial = make().rows[1:3]
    assert denial.denies == (Reference(2, reviewed=True),)
    assert denied.denied_by == (Reference(3, reviewed=True),)
    assert (make().summary.denials_linked, make().summary.denied) == ((3,), (2,))


def test_a_denial_of_a_claim_that_is_not_in_the_report_says_so(make: Make, claims: list[Claim]) -> None:
    claims[1] = replace(claims[1], review=Review.SUGGESTED)
    denial = make().rows[1]
    assert (denial.denies, denial.denies_unlisted) == ((), 1)


def test_a_denial_that_is_tied_to_nothing_is_an_open_question(make: Make, claims: list[Claim]) -> None:
    claims[0] = replace(claims[0], links=())
    report = make()
    assert report.summary.denials_unlinked == (3,)
    assert [question.numbers for question in report.questions if "denial" in question.text] == [(3,)]


def test_an_anonymous_source_is_unnamed_whatever_words_stand_for_its_name(make: Make) -> None:
    summary = make().summary
    assert (summary.named, summary.unnamed, summary.unsourced) == ((1, 3, 5), (2, 4), ())
    assert (summary.attributed, summary.share(len(summary.named))) == (5, 60)


def test_sources_are_gathered_under_their_full_name_and_the_most_relied_on_is_told(
    make: Make, claims: list[Claim]
) -> None:
    claims[1] = replace(claims[1], source_name="Mina Rao")
    report = make()
    assert [(source.name, source.is_named) for source in report.sources] == [
        ("Mina Rao", True), ("Dam Ltd", True), ("환경부", True), ("two officials", False),
    ]  # fmt: skip
    assert report.summary.most_relied_on == report.sources[0]


def test_nothing_is_most_relied_on_where_every_source_has_one_claim(make: Make) -> None:
    assert make().summary.most_relied_on is None


def test_a_row_says_the_exact_words_and_who_is_behind_them(make: Make) -> None:
    row = make().rows[0]
    assert row.words == "residents told her the dam broke before the siren 🙂"
    assert (row.source_words, row.source_name, row.via) == ("The minister, Mina Rao", "Mina Rao", ("her office",))
    assert (row.cue_words, row.reason, row.place) == ("said", "cue “said”", "1")


def test_paragraphs_of_the_body_are_counted_and_headline_and_furniture_are_not(make: Make) -> None:
    found = [(paragraph.kind, paragraph.number) for paragraph in make().paragraphs]
    body = [(Kind.BODY, 1), (Kind.BODY, 2), (Kind.BODY, 3)]
    assert found == [(Kind.HEADLINE, 0), *body, (Kind.FURNITURE, 0)]


def test_a_claim_in_the_headline_or_in_furniture_says_where_it_stands(make: Make, article: Article) -> None:
    headline = Claim(1, 7, (Span(0, 5),), review=Review.ACCEPTED)
    end = len(article.text)
    furniture = Claim(2, 7, (Span(end - 4, end),), review=Review.ACCEPTED)
    assert [row.place for row in make(claims=[headline, furniture]).rows] == ["headline", "furniture"]


def test_provenance_names_text_program_and_time_in_utc(make: Make, article: Article) -> None:
    here = datetime(2031, 3, 4, 1, 0, tzinfo=timezone(timedelta(hours=9)))
    provenance = make(made_at=here).provenance
    assert provenance.sha256 == sha256(article.text)
    assert provenance.made_at.isoformat() == "2031-03-03T16:00:00+00:00"
    assert (provenance.filename, provenance.suggester, provenance.history_head) == ("river.txt", "rules", "ab" * 32)


@settings(deadline=None)
@given(drafts())
def test_the_paragraphs_are_the_articles_own_word_for_word(draft: tuple[Article, list[Claim]]) -> None:
    article, claims = draft
    report = build(article, claims, suggestions=True, made_at=NOW, version="1")
    assert [paragraph.text for paragraph in report.paragraphs] == [
        line.of(article.text) for line in paragraphs(article.text)
    ]


@settings(deadline=None)
@given(drafts())
def test_every_character_knows_exactly_the_claims_that_it_belongs_to(draft: tuple[Article, list[Claim]]) -> None:
    article, claims = draft
    report = build(article, claims, suggestions=True, made_at=NOW, version="1")
    kept = [claim for claim in claims if claim.review is not Review.DISMISSED]
    kept.sort(key=lambda claim: (claim.hull.start, -claim.hull.end, claim.id))
    for line, paragraph in zip(paragraphs(article.text), report.paragraphs, strict=True):
        drawn = [{(m.number, m.role) for m in run.marks} for run in paragraph.runs for _ in run.text]
        for place, marks in zip(range(line.start, line.end), drawn, strict=True):
            here = Span(place, place + 1)
            assert marks == {
                (number, role)
                for number, claim in enumerate(kept, 1)
                for role in Role
                if any(span.contains(here) for span in claim.spans(role))
            }


@settings(deadline=None)
@given(drafts())
def test_every_claim_is_numbered_in_the_article_once_and_overlapping_ones_have_lines_of_their_own(
    draft: tuple[Article, list[Claim]],
) -> None:
    article, claims = draft
    report = build(article, claims, suggestions=True, made_at=NOW, version="1")
    runs = [run for paragraph in report.paragraphs for run in paragraph.runs]
    ends = [mark.number for run in runs for mark in run.ends]
    assert sorted(ends) == ([row.number for row in report.rows] if report.paragraphs else [])
    for run in runs:
        lanes = {mark.number: mark.lane for mark in run.marks if mark.role is Role.CONTENT}
        assert len(set(lanes.values())) == len(lanes)


@settings(deadline=None)
@given(drafts())
def test_every_accepted_claim_is_counted_once_by_level_and_once_by_source(draft: tuple[Article, list[Claim]]) -> None:
    article, claims = draft
    report = build(article, claims, made_at=NOW, version="1")
    summary = report.summary
    accepted = sum(claim.review is Review.ACCEPTED for claim in claims)
    assert summary.accepted == len(report.rows) == sum(count.accepted for count in report.levels) == accepted
    assert sorted(summary.named + summary.unnamed + summary.unsourced) == [row.number for row in report.rows]
    denials = [row.number for row in report.rows if row.level.slug == "denial"]
    assert sorted(summary.denials_linked + summary.denials_unlinked) == denials
