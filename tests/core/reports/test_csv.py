"""The spreadsheet: it reads back as it was, and no cell of it is a formula."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimdesk.core.claim import Article, Claim, Review, Span
from claimdesk.core.levels import LEVELS
from claimdesk.core.reports import Report, build
from claimdesk.core.reports.csv import disarmed, render
from claimdesk.core.reports.report import Row
from claimdesk.core.text import normalise

Make = Callable[..., Report]
CELLS = st.one_of(st.text(), st.sampled_from(["=1+1", ' \t@"x",\n', "पानी 🙂", "한강, 서울", "a\r\nb", "＝1"])).map(
    normalise
)
ONE = build(
    Article("A claim.", ""),
    [Claim(1, 0, (Span(0, 1),), review=Review.ACCEPTED)],
    made_at=datetime(2031, 3, 4, tzinfo=UTC),
    version="1",
)
ROWS = st.builds(
    lambda number, level, reviewed, *words: replace(
        ONE.rows[0], number=number, level=level, reviewed=reviewed,
        **dict(zip(("words", "source_words", "source_name", "cue_words", "reason", "note"), words, strict=True)),
    ),
    st.integers(1, 9), st.sampled_from(LEVELS), st.booleans(), *[CELLS] * 6,
)  # fmt: skip


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def test_a_claim_is_one_row_with_everything_that_is_known_of_it(make: Make) -> None:
    head, *rows = read(render(make()))
    row = dict(zip(head, rows[0], strict=True))
    assert row == {
        "No.": "1", "Level": "Official statement", "Words": "residents told her the dam broke before the siren 🙂",
        "Paragraph": "1", "Source as written": "The minister, Mina Rao", "Source in full": "Mina Rao",
        "Via": "her office", "Cue": "said", "Reason": "cue “said”", "Denies": "", "Denied by": "", "Note": "",
        "Review": "accepted", "Suggestions not reviewed": "0",
    }  # fmt: skip
    assert [row[0] for row in rows] == ["1", "2", "3", "4", "5"]
    assert (rows[2][9], rows[1][10], rows[4][2]) == ("2", "3", "한강의 수위가 낮아졌다")


def test_excel_is_told_the_encoding_and_rows_end_as_the_standard_says(make: Make) -> None:
    data = render(make())
    assert data.startswith(b"\xef\xbb\xbfNo.,Level,Words")
    assert data.endswith(b"\r\n")


def test_the_last_column_tells_of_suggestions_that_are_still_open(make: Make, claims: list[Claim]) -> None:
    claims[1] = replace(claims[1], review=Review.SUGGESTED)
    head, *rows = read(render(make()))
    assert (head[-1], rows[1][-1], len(rows), rows[1][9]) == (
        "Suggestions not reviewed",
        "1",
        4,
        "1 not in this report",
    )
    _, *rows = read(render(make(suggestions=True)))
    assert [row[-2] for row in rows][:3] == ["accepted", "suggested, not reviewed", "accepted"]
    assert rows[2][9] == "2 (not reviewed)"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "  =", "\u00a0@"])
def test_a_cell_that_a_spreadsheet_would_run_is_disarmed(start: str) -> None:
    assert disarmed(f"{start}cmd|' /C calc'!A0").startswith("'")


def test_a_note_of_several_lines_stays_one_disarmed_cell(make: Make) -> None:
    assert read(render(make()))[2][11] == "'=ask\nthem"


@settings(deadline=None)
@given(st.lists(ROWS, max_size=4))
def test_every_cell_reads_back_as_it_was_and_none_is_a_formula(rows: list[Row]) -> None:
    _, *found = read(render(replace(ONE, rows=tuple(rows))))
    assert [[cells[i] for i in (2, 4, 5, 7, 8, 11)] for cells in found] == [
        [disarmed(cell) for cell in (r.words, r.source_words, r.source_name, r.cue_words, r.reason, r.note)]
        for r in rows
    ]
    cells = [cell for row in found for cell in row]
    assert not [cell for cell in cells if cell.lstrip()[:1] in {*"=+-@＝＋－＠"} and cell.strip()]
