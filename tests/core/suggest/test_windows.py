"""The windows that the tagger reads hold every word once, in order, at its place in the text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from claimdesk.core.page import paragraphs
from claimdesk.core.suggest.tagger import MODEL
from claimdesk.core.suggest.windows import FEATURES, WINDOW, windows

TOKENIZER = Tokenizer.from_file(str(MODEL / "tokenizer.json"))
TOKENIZER.no_truncation()
TOKENIZER.no_padding()

TEXTS = st.lists(
    st.one_of(
        st.text(max_size=20), st.sampled_from(["“", "”", "\n", "😀", "नगर निगम", "말했다", "قال", "said.", "\ud83d"])
    ),
    max_size=40,
).map(" ".join)


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.integers(4, 60))
def test_pieces_stand_in_order_inside_their_lines_and_windows_keep_their_size(text: str, size: int) -> None:
    lines = paragraphs(text)
    found = list(windows(text, lines, TOKENIZER, size))
    assert all(0 < len(window.ids) <= size for window in found)
    places = [place for window in found for place in window.places]
    assert places == sorted(places)
    for window in found:
        assert len(window.ids) == len(window.features) == len(window.places) == len(window.lines)
        assert all(0 <= feature < FEATURES for feature in window.features)
        for (start, end), line in zip(window.places, window.lines, strict=True):
            assert lines[line].start <= start <= end <= lines[line].end


def test_a_window_holds_whole_lines_where_they_fit_and_breaks_a_long_one_behind_a_sentence() -> None:
    line = "The dam held through the night. " * 60
    text = f"Short line one.\nShort line two.\n{line}\nAnother."
    first, *others = windows(text, paragraphs(text), TOKENIZER)
    assert set(first.lines) == {0, 1}
    assert all(len(window.ids) <= WINDOW for window in others)
    assert text[others[0].places[-1][0]] == "."


@pytest.mark.parametrize(("words", "features"), [("kim", [6]), ("Kim", [7]), ("KIM", [8]), ("“Kim”", [9, 4, 3])])
def test_case_quotation_and_the_first_place_are_features(words: str, features: list[int]) -> None:
    (window,) = windows(words, paragraphs(words), TOKENIZER)
    assert list(window.features) == features
