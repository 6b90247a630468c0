"""Text is normalised once, and its code points are counted alike by Python and Qt from then on."""

import hashlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claimdesk.core.claim import Span
from claimdesk.core.text import CONTEXT, Utf16Map, normalise, quote, sha256, trimmed, whole_words, word_edges

PIECES = st.sampled_from(
    ["\r\n", "\r", "\n", "\u2028", "\u2029", "\0", "\ud83d", "\ude42", "\ufeff", "\u00a0", "\u200b", "\u202e", "\x85", "\x0c",
     "🙂", "👩‍👩‍👧", "🇰🇷", "e\u0301", "नगर निगम", "कहा।", "말했다.", "قال", "said", " "]
)  # fmt: skip
RAW = st.lists(st.one_of(PIECES, st.text(st.characters(codec=None), max_size=4)), max_size=25).map("".join)
TEXTS = RAW.map(normalise)


@given(RAW)
@example("\ufeff\ufeffx")
def test_normalising_twice_is_normalising_once(raw: str) -> None:
    text = normalise(raw)
    assert normalise(text) == text or text.startswith("\ufeff")


@given(RAW)
def test_normal_text_holds_nothing_that_qt_or_sqlite_would_change(raw: str) -> None:
    text = normalise(raw)
    assert not set(text) & set("\r\u2028\u2029\0")
    assert text.encode().decode() == text


@given(RAW)
def test_all_other_characters_stay_as_they_were(raw: str) -> None:
    kept = [character for character in raw.lstrip("\ufeff") if character not in "\r\n\u2028\u2029\0"]
    kept = ["\ufffd" if "\ud800" <= character <= "\udfff" else character for character in kept]
    assert [character for character in normalise(raw) if character not in "\n\u2400"] == [
        character for character in kept if character != "\u2400"
    ]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("\ufeffA\r\nB\rC\u2028D\u2029E\n\r\nF", "A\nB\nC\nD\nE\n\nF"),
        ("nul \0, half \ud83d", "nul \u2400, half \ufffd"),
        ("पुल\u200d 🙂\u00a0\u202eقال", "पुल\u200d 🙂\u00a0\u202eقال"),
        ("", ""),
    ],
)
def test_line_ends_and_unkeepable_characters_become_visible_ones(raw: str, text: str) -> None:
    assert normalise(raw) == text


@given(TEXTS)
def test_the_hash_is_that_of_the_utf_8_bytes(text: str) -> None:
    assert sha256(text) == hashlib.sha256(text.encode("utf-8")).hexdigest()


@given(TEXTS)
def test_every_place_converts_to_utf_16_and_back(text: str) -> None:
    units = Utf16Map(text)
    for place in range(len(text) + 1):
        before = len(text[:place].encode("utf-16-le")) // 2
        assert units.to_units(place) == before
        assert units.to_code_points(before) == units.to_code_points(before, up=True) == place


@given(TEXTS)
@example("🙂🙂")
@example("a🙂b🇰🇷")
def test_a_place_inside_a_surrogate_pair_snaps_to_the_side_that_is_asked(text: str) -> None:
    units = Utf16Map(text)
    for place, character in enumerate(text):
        if character > "\uffff":
            inside = len(text[:place].encode("utf-16-le")) // 2 + 1
            assert units.to_code_points(inside) == place
            assert units.to_code_points(inside, up=True) == place + 1


@given(TEXTS.filter(bool), st.data())
def test_a_quotation_stands_in_the_text_where_its_span_says(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    anchor = quote(text, span)
    assert anchor.exact == text[span.start : span.end]
    assert text.startswith(anchor.prefix + anchor.exact + anchor.suffix, span.start - len(anchor.prefix))
    assert len(anchor.prefix) == min(CONTEXT, span.start)
    assert len(anchor.suffix) == min(CONTEXT, len(text) - span.end)


@given(TEXTS)
def test_words_lie_inside_the_text_in_order_and_do_not_overlap(text: str) -> None:
    starts, ends = word_edges(text)
    assert len(starts) == len(ends)
    edges = [edge for word in zip(starts, ends, strict=True) for edge in word]
    assert edges == sorted(edges)
    assert all(start < end for start, end in zip(starts, ends, strict=True))
    assert not edges or (edges[0] >= 0 and edges[-1] <= len(text))


@given(TEXTS)
def test_every_letter_belongs_to_a_word(text: str) -> None:
    starts, ends = word_edges(text)
    covered = {place for start, end in zip(starts, ends, strict=True) for place in range(start, end)}
    assert [character for place, character in enumerate(text) if character.isalpha() and place not in covered] == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The mayor didn't say 12.5 km.", ["The", "mayor", "didn't", "say", "12.5", "km"]),
        ("नगर निगम ने कहा कि पुल बंद रहेगा।", ["नगर", "निगम", "ने", "कहा", "कि", "पुल", "बंद", "रहेगा"]),
        ("시장은 다리가 안전하다고 말했다.", ["시장은", "다리가", "안전하다고", "말했다"]),
        ("قال الوزيرُ إنّ الجسر آمن.", ["قال", "الوزيرُ", "إنّ", "الجسر", "آمن"]),
        ("🙂 said 👩‍👩‍👧🇰🇷 he🙂", ["said", "he"]),
        ("the 1990s, 5G_net at 10:30, १२वाँ", ["the", "1990s", "5G_net", "at", "10:30", "१२वाँ"]),
        ("e\u0301te\u0301 “quoted”—dash", ["e\u0301te\u0301", "quoted", "dash"]),
        ("", []),
        ("🙂 …", []),
    ],
)
def test_words_end_where_readers_of_the_language_say(text: str, words: list[str]) -> None:
    assert [text[start:end] for start, end in zip(*word_edges(text), strict=True)] == words


@given(TEXTS, st.integers(0, 60), st.integers(0, 60))
def test_trimming_takes_white_space_away_and_nothing_else(text: str, start: int, end: int) -> None:
    span = trimmed(text, start, end)
    assert (text[span.start : span.end] if span else "") == text[start:end].strip()
    assert span is None or start <= span.start < span.end <= max(end, start)


@pytest.mark.parametrize(
    ("text", "cut", "whole"),
    [
        ("The contractor denied it", "ontractor deni", "contractor denied"),
        ("The contractor denied it", "contractor denied", "contractor denied"),
        ("북한은 다리를 열었다", "북한", "북한"),
        ("गलती पाई", "गलत", "गलती"),
        ("It works 👩‍🚒.", "works 👩", "works 👩‍🚒"),
        ("قال الوزير", "لوزي", "الوزير"),
    ],
)
def test_words_and_letters_that_a_stretch_cuts_become_whole(text: str, cut: str, whole: str) -> None:
    start = text.index(cut)
    assert whole_words(text, start, start + len(cut)).of(text) == whole


@given(st.text(max_size=60), st.data())
def test_whole_words_hold_the_stretch_and_are_whole_already(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    if start < end:
        found = whole_words(text, start, end)
        assert found.start <= start
        assert found.end >= end
        assert found.end <= len(text)
