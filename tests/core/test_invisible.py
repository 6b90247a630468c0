"""Characters that nobody sees: which are counted and marked, and which a script or an emoji needs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimdesk.core import invisible


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("plain words 😀, पुल, 다리, جسر", 0),
        ("zero\u200bwidth", 1),
        ("user\u202egnp.exe\u202c", 2),
        ("pay\u2066 now\u2069", 2),
        ("\ufeffmark inside", 1),
        ("क्\u200dष, नव\u200cवर्ष", 0),
        ("می\u200cخواهم", 0),
        ("👩\u200d🚒 and 👩🏽\u200d🚒 and ❤\ufe0f\u200d🔥", 0),
        ("pass\u200dword", 1),
        ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", 0),
        ("hidden\U000e0068\U000e0069", 2),
        ("قال\u200f «نعم»", 0),
        ("only\u200f latin words stand here", 1),
        ("co\u00adoperate", 0),
        ("bell\x07", 1),
    ],
)
def test_what_misleads_is_counted_and_what_a_script_needs_is_not(text: str, count: int) -> None:
    assert len(invisible.find(text)) == count


def test_they_are_told_in_words() -> None:
    assert invisible.told([]) == ""
    assert invisible.told(invisible.find("a\u200bb")) == "1 invisible character"
    assert invisible.told(invisible.find("a\u200bb\u202ec\u202c")) == "1 invisible character and 2 direction controls"
    assert invisible.find("a\u202eb")[0].called == "right-to-left override (U+202E)"


@given(st.text(alphabet="a😀क\u200b\u200d\u202e\u200f다ج ", max_size=60), st.data())
def test_a_stretch_has_those_that_the_whole_text_has_there(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    whole = [one for one in invisible.find(text) if start <= one.place < end]
    assert invisible.find(text, start, end) == whole
