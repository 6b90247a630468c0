"""A report of some levels only: what it shows, by which numbers, and that it says what it left out."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.reports.conftest import TEXT, claim
from tests.core.reports.test_report import NOW, drafts

from claimdesk.core.articles import from_path
from claimdesk.core.claim import Article, Claim, Review, Span, numbered
from claimdesk.core.levels import LEVELS
from claimdesk.core.reports import FORMATS, Report, build, write

Make = Callable[..., Report]
SLUGS = [level.slug for level in LEVELS]


def test_only_claims_of_the_levels_are_shown_with_the_numbers_of_the_window(make: Make) -> None:
    report = make(levels={"denial", "anonymous"})
    assert [(row.number, row.level.slug) for row in report.rows] == [(3, "denial"), (4, "anonymous")]
    assert report.row(4).words == "a second flood"
    assert (report.summary.accepted, report.summary.denials_linked) == (2, (3,))


def test_the_report_says_which_levels_it_left_out(make: Make, claims: list[Claim]) -> None:
    claims[2] = replace(claims[2], review=Review.SUGGESTED)
    report = make(levels=set(SLUGS) - {"official", "expert"})
    assert report.omission == (
        "This report shows 7 of the 9 attribution levels. "
        "Left out: Official statement (1 claim, 1 suggestion); Expert analysis (no claims)."
    )
    assert make().omission == ""


def test_a_denial_whose_target_was_left_out_says_that_there_is_one(make: Make) -> None:
    (denial,) = make(levels={"denial"}).rows
    assert (denial.denies, denial.denies_unlisted) == ((), 1)


def test_numbers_are_those_of_the_window_where_suggestions_stay_out(make: Make, claims: list[Claim]) -> None:
    claims[2] = replace(claims[2], review=Review.SUGGESTED)
    claims[3] = replace(claims[3], review=Review.DISMISSED)
    assert [row.number for row in make().rows] == [2, 3, 4]
    assert [row.number for row in make(suggestions=True).rows] == [1, 2, 3, 4]


def test_the_coverage_is_that_of_the_article_whatever_is_shown(make: Make) -> None:
    sentences = [
        Span(0, 10),
        Span(TEXT.index("The minister"), TEXT.index("The operator")),
        Span(TEXT.index("한강"), len(TEXT)),
    ]
    whole, some = make(sentences=sentences), make(sentences=sentences, levels={"denial"})
    assert whole.summary.coverage == some.summary.coverage
    assert whole.summary.coverage.covered == 2


@settings(deadline=None)
@given(drafts(), st.sets(st.sampled_from(SLUGS)), st.booleans())
def test_what_is_shown_and_what_is_left_out_are_all_claims(
    draft: tuple[Article, list[Claim]], levels: set[str], suggestions: bool
) -> None:
    article, claims = draft
    report = build(article, claims, levels=levels, suggestions=suggestions, made_at=NOW, version="1")
    window = numbered(claims)
    shown = {claim.id for claim in claims if claim.level in levels and (suggestions or claim.review is Review.ACCEPTED)}
    assert [row.number for row in report.rows] == sorted(window[one] for one in shown if one in window)
    assert all(report.row(row.number) is row for row in report.rows)
    accepted = sum(claim.review is Review.ACCEPTED for claim in claims)
    assert report.summary.accepted + sum(count.accepted for count in report.left_out) == accepted
    suggested = sum(claim.review is Review.SUGGESTED for claim in claims)
    assert report.summary.open + sum(count.suggested for count in report.left_out) == suggested
    assert {count.level.slug for count in report.left_out} == set(SLUGS) - levels
    known = {row.number for row in report.rows}
    assert {ref.number for row in report.rows for ref in row.denies + row.denied_by} <= known


@pytest.mark.parametrize("ending", FORMATS)
def test_every_format_can_show_some_claims_of_many(make: Make, tmp_path: Path, ending: str) -> None:
    many = [claim(number, "यमुना में पानी घटा 🌊", "", "", SLUGS[number % 9], note="북한 قال") for number in range(1, 31)]
    write(make(claims=many, levels={"denial"}), tmp_path / f"some{ending}")
    assert (tmp_path / f"some{ending}").stat().st_size > 0


def test_the_web_page_says_what_was_left_out_and_shows_the_numbers_of_the_window(make: Make, tmp_path: Path) -> None:
    write(make(levels={"denial"}), tmp_path / "some.html")
    page = (tmp_path / "some.html").read_text(encoding="utf-8")
    assert "This report shows 1 of the 9 attribution levels." in page
    assert 'href="#claim-3" aria-label="Claim 3, Denial, accepted"' in page


@pytest.mark.parametrize("ending", sorted({".docx", ".odt", ".pdf"} & FORMATS.keys()))
def test_every_document_says_at_its_head_what_was_left_out(make: Make, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"some{ending}"
    write(make(levels={"denial"}), path)
    told = " ".join(from_path(path).article.text.split())
    assert "This report shows 1 of the 9 attribution levels. Left out: Official statement (2 claims)" in told
