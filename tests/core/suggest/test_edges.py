"""What the tagger finds gets the edges that a person would give it."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claimdesk.core.claim import Span
from claimdesk.core.suggest.edges import bare_cue, tidy, without_times


def of(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


@pytest.mark.parametrize(
    ("text", "found", "wanted"),
    [
        ("The dam held, she said.", "The dam held,", "The dam held"),
        ("The dam held, she said.", "am hel", "dam held"),
        ("“The dam held,” she said.", "“The dam held,", "“The dam held,”"),
        ("“The dam held,” she said.", "The dam held,”", "“The dam held,”"),
        ("“The dam held,” she said.", "The dam held", "The dam held"),
        ('"The dam held," she said.', '"The dam held', '"The dam held,"'),
        ("She called it “a dam” of mud.", "it “a dam” of mud.", "it “a dam” of mud"),
        ("She said “the dam held.”", "“the dam held.", "“the dam held.”"),
        ("Il dit « le barrage tient ».", "« le barrage tient »", "« le barrage tient »"),
        ("the workers’ rights were kept", "the workers’ rights", "the workers’ rights"),
        ("मंत्री ने कहा कि पुल सुरक्षित है।", "पुल सुरक्षित है।", "पुल सुरक्षित है"),
        ("“It fell,” Ann Lee, R-N.M., said", "Ann Lee, R-N.M.,", "Ann Lee, R-N.M."),
        ("It burned 😀, he said", "It burned 😀,", "It burned 😀"),
    ],
)
def test_a_span_is_whole_words_with_both_marks_of_a_quotation(text: str, found: str, wanted: str) -> None:
    assert [span.of(text) for span in tidy(text, [of(text, found)])] == [wanted]


def test_a_mark_without_a_partner_is_let_go() -> None:
    text = "“The dam held and the river fell, she said."
    assert [span.of(text) for span in tidy(text, [of(text, "“The dam held")])] == ["The dam held"]


def test_nothing_but_signs_is_no_span() -> None:
    assert tidy("Well, — yes", [Span(4, 7)]) == ()


def test_pieces_that_come_to_touch_are_one() -> None:
    text = "The dam held, she said"
    assert [span.of(text) for span in tidy(text, [of(text, "The d"), of(text, "am held")])] == ["The dam held"]


@given(st.text(max_size=50), st.data())
def test_any_span_of_any_text_stays_inside_it_and_in_order(text: str, data: st.DataObject) -> None:
    places = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    spans = [Span(start, end) for start, end in zip(places[::2], places[1::2], strict=False)]
    found = tidy(text, spans)
    assert all(0 <= span.start < span.end <= len(text) for span in found)
    assert all(one.end < other.start for one, other in pairwise(found))


@given(st.text(st.sampled_from("ab .,“”\"'’\n\u2005😀"), max_size=30), st.integers(0, 30), st.integers(0, 30))
@example("''a '", 0, 4)
def test_no_span_begins_or_ends_with_white_space(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    for span in tidy(text, [Span(start, end)] if start < end else []):
        assert span.of(text) == span.of(text).strip()


@pytest.mark.parametrize(
    ("text", "cue", "wanted"),
    [
        ("she stated in a hearing", "stated in a", "stated"),
        ("she called for the vote", "called for the", "called for"),
        ("she said", "said", "said"),
        ("she elaborated on it", "elaborated on", "elaborated on"),
    ],
)
def test_a_cue_ends_before_what_follows_it_begins(text: str, cue: str, wanted: str) -> None:
    assert [span.of(text) for span in bare_cue(text, (of(text, cue),))] == [wanted]


def test_a_piece_that_only_tells_the_time_is_no_content() -> None:
    text = "On 8 October 2024, she said that the dam held until last Monday."
    both = (of(text, "On 8 October 2024"), of(text, "that the dam held until last Monday"))
    assert without_times(text, both) == both[1:]
    assert without_times(text, both[:1]) == both[:1]
