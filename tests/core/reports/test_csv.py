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
from claimdesk.core.reports.columns import COLUMNS
from claimdesk.core.reports.csv import disarmed, render
from claimdesk.core.reports.printable import visible
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


HEADS = ("Words", "Source as written", "Source in full", "Cue", "Reason", "Note")


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def told(data: bytes) -> list[dict[str, str]]:
    """The rows under their heads."""
    head, *rows = read(data)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_a_claim_is_one_row_with_everything_that_is_known_of_it(everything: Report) -> None:
    first, second, third, fourth, fifth = told(render(everything))
    assert list(first) == [*(column.head for column in COLUMNS), "Suggestions not reviewed"]
    assert {head: cell for head, cell in first.items() if cell} == {
        "No.": "1", "Level": "Official statement", "Words": "residents told her the dam broke before the siren 🙂",
        "Paragraph": "1", "Start": "56", "End": "107", "Source as written": "The minister, Mina Rao",
        "Source in full": "Mina Rao", "Role": "minister", "Affiliation": "Ministry of Rivers", "Via": "her office",
        "Cue": "said", "Reason": "cue “said”", "How made": "suggested by the program, changed by a person",
        "Review": "accepted", "Suggestions not reviewed": "1",
    }  # fmt: skip
    assert {head: cell for head, cell in second.items() if cell} == {
        "No.": "2", "Level": "Witness or personal account", "Words": "the dam broke before the siren",
        "Restated": "The dam broke first.", "Paragraph": "1", "Start": "75", "End": "105",
        "Source as written": "residents", "Second sources": "환경부; Dam union", "Cue": "told",
        "Manner": "mixed, partly in the source's words", "Certainty": "alleged", "Terms": "background", "Denied by": "3",
        "Evidence": "[1] Order 114 (supports the claim); Address: https://example.org/order/114; Archived copy: "
        "https://archive.example/114; Page or time: p. 2; Seen on: 3 March 2031; Quotation: “The gates stay “shut” <b>”; "
        f"Grade: A2: source completely reliable, information probably true; Kept file, SHA-256: {'cd' * 32}; Note: scan\n"
        "[2] <script>alert(1)</script> (refutes the claim); Address: javascript:alert(1)",
        "Grades": "A2; not graded", "Verdict": "Partly confirmed", "Rationale": "One log says so.", "Checked by": "Ada",
        "Checked on": "2031-03-04", "Right of reply": "[1] Asked: Dam Ltd, e-mail, 3 March 2031; Answered: 4 March 2031; "
        "Answer: No comment.\n[2] Asked: Mina Rao, 3 March 2031; Answer: none yet", "Tags": "dam; बाँध",
        "Open question": "Who heard the siren?", "Note": "'=ask\nthem", "How made": "marked by a person",
        "Review": "accepted", "Suggestions not reviewed": "1",
    }  # fmt: skip
    assert third["Denies"] == "2"
    assert fourth["Before the source stays unnamed"].startswith("An editor knows who the source is: yes\n")
    assert (fifth["Words"], fifth["Review"]) == ("한강의 수위가 낮아졌다", "suggested, not reviewed")


def test_start_end_and_pieces_are_code_points_of_the_text(make: Make, article: Article, claims: list[Claim]) -> None:
    claims[0] = replace(claims[0], content=(Span(2, 5), Span(9, 19)))
    row = told(render(make()))[0]
    assert (row["Start"], row["End"], row["Pieces"]) == ("2", "19", "2-5; 9-19")
    assert row["Words"] == f"{article.text[2:5].strip()} … {article.text[9:19].strip()}"


def test_excel_is_told_the_encoding_and_rows_end_as_the_standard_says(make: Make) -> None:
    data = render(make())
    assert data.startswith(b"\xef\xbb\xbfNo.,Level,Words")
    assert data.endswith(b"\r\n")


def test_the_last_column_tells_of_suggestions_that_are_still_open(make: Make, claims: list[Claim]) -> None:
    claims[1] = replace(claims[1], review=Review.SUGGESTED)
    rows = told(render(make()))
    assert [row["Suggestions not reviewed"] for row in rows] == ["1"] * 4
    assert rows[1]["Denies"] == "1 not in this report"
    rows = told(render(make(suggestions=True)))
    assert [row["Review"] for row in rows][:3] == ["accepted", "suggested, not reviewed", "accepted"]
    assert rows[2]["Denies"] == "2 (not reviewed)"


@pytest.mark.parametrize(
    "start",
    [
        "=",
        "+",
        "-",
        "@",
        "\t",
        "\r",
        "\n",
        "＝",
        "＋",
        "－",
        "＠",
        "  =",
        "\u00a0@",
        "\u200b=",
        "\ufeff=",
        "\u202e@",
        "﹦",
    ],
)
def test_a_cell_that_a_spreadsheet_would_run_is_disarmed(start: str) -> None:
    assert disarmed(f"{start}cmd|' /C calc'!A0").startswith("'")


def test_controls_are_shown_as_pictures(everything: Report) -> None:
    rows = (replace(everything.rows[0], note="a\x1b[31mb\x07 नदी\tc"),)
    assert told(render(replace(everything, rows=rows)))[0]["Note"] == "a␛[31mb␇ नदी\tc"


@settings(deadline=None)
@given(st.lists(ROWS, max_size=4))
def test_every_cell_reads_back_as_it_was_and_none_is_a_formula(rows: list[Row]) -> None:
    found = told(render(replace(ONE, rows=tuple(rows))))
    assert [[cells[head] for head in HEADS] for cells in found] == [
        [disarmed(visible(cell)) for cell in (r.words, r.source_words, r.source_name, r.cue_words, r.reason, r.note)]
        for r in rows
    ]
    cells = [cell for row in found for cell in row.values()]
    assert not [cell for cell in cells if cell.lstrip()[:1] in {*"=+-@＝＋－＠"} and cell.strip()]
