"""The values: spans, claims, and the plain data that they travel as."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimdesk.core.claim import (
    Claim,
    Link,
    LinkKind,
    Origin,
    Review,
    Role,
    Span,
    hull,
    in_text_order,
    numbered,
    words_of,
)  # fmt: skip
from claimdesk.core.levels import BY_SLUG, LEVELS, by_digit, digit

SPANS = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 500), st.integers(1, 90))
PIECES = st.lists(SPANS, max_size=3).map(tuple)
CLAIMS = st.builds(
    Claim,
    id=st.integers(-5, 5),
    article_id=st.integers(1, 9),
    content=st.lists(SPANS, min_size=1, max_size=3).map(tuple),
    source=PIECES,
    cue=PIECES,
    level=st.sampled_from(sorted(BY_SLUG)),
    review=st.sampled_from(Review),
    origin=st.sampled_from(Origin),
    source_name=st.text(max_size=9),
    via=st.lists(st.text(max_size=9), max_size=3).map(tuple),
    links=st.lists(st.builds(Link, st.sampled_from(LinkKind), st.integers(1, 9)), max_size=3).map(tuple),
    confidence=st.none() | st.floats(0, 1),
    reason=st.text(max_size=9),
    note=st.text(max_size=9),
)


def claim(claim_id: int, start: int, end: int, review: Review = Review.SUGGESTED) -> Claim:
    return Claim(claim_id, 1, (Span(start, end),), review=review)


@given(CLAIMS)
def test_a_claim_comes_back_from_plain_data_as_it_was(claim: Claim) -> None:
    assert Claim.from_json(json.loads(json.dumps(claim.to_json()))) == claim


@given(CLAIMS, st.sampled_from(Role), PIECES)
def test_new_spans_of_one_role_leave_the_others(claim: Claim, role: Role, spans: tuple[Span, ...]) -> None:
    changed = claim.with_spans(role, spans)
    assert changed.spans(role) == spans
    assert [changed.spans(other) for other in Role if other is not role] == [
        claim.spans(other) for other in Role if other is not role
    ]


def test_plain_data_that_is_no_claim_is_refused() -> None:
    whole = claim(1, 2, 3).to_json()
    with pytest.raises(KeyError):
        Claim.from_json({key: value for key, value in whole.items() if key != "review"})
    for wrong in ({"review": "believed"}, {"content": [[5, 5]]}):
        with pytest.raises(ValueError):  # noqa: PT011
            Claim.from_json(whole | wrong)


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 3), (-1, 3)])
def test_a_span_holds_at_least_one_character(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="at least one character"):
        Span(start, end)


@given(SPANS, SPANS)
def test_spans_overlap_when_they_share_a_character(one: Span, other: Span) -> None:
    shared = set(range(one.start, one.end)) & set(range(other.start, other.end))
    assert one.overlaps(other) == other.overlaps(one) == bool(shared)
    assert one.contains(other) == (len(shared) == other.end - other.start)


@given(st.lists(SPANS, min_size=1, max_size=4).map(tuple))
def test_the_hull_is_the_shortest_that_holds_all(spans: tuple[Span, ...]) -> None:
    around = hull(spans)
    assert all(around.contains(span) for span in spans)
    assert {around.start, around.end} <= {edge for span in spans for edge in (span.start, span.end)}


def test_the_words_of_several_pieces_stand_in_one_line() -> None:
    text = "पुल\nबंद 🙂 रहेगा"
    assert words_of(text, (Span(0, 7), Span(8, 9))) == "पुल बंद … 🙂"


def test_claims_are_numbered_as_a_reader_meets_them_without_the_dismissed() -> None:
    claims = [claim(4, 5, 9), claim(3, 0, 4), claim(2, 0, 8), claim(1, 2, 3, Review.DISMISSED)]
    assert [each.id for each in in_text_order(claims)] == [2, 3, 1, 4]
    assert numbered(claims) == {2: 1, 3: 2, 4: 3}


def test_the_claims_that_are_denied_are_those_of_denying_links() -> None:
    links = (Link(LinkKind.DENIES, 4), Link(LinkKind.CONFIRMS, 5), Link(LinkKind.DENIES, 6))
    assert Claim(1, 1, (Span(0, 1),), links=links).denies == (4, 6)


def test_every_level_has_its_own_name_digit_glyph_and_colours() -> None:
    assert len(LEVELS) == 9
    for field in ("slug", "label", "glyph", "light", "dark"):
        assert len({getattr(level, field) for level in LEVELS}) == 9
    assert [by_digit(digit(level.slug)) for level in LEVELS] == list(LEVELS)
    assert [digit(level.slug) for level in LEVELS] == list(range(1, 10))
