"""The workbook: all that is known, in cells of the right kind, as openpyxl and LibreOffice read it."""

import csv
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet
from tests.core.reports.opened import parts, workbook, xml

from claimdesk.core.evidence import Evidence, EvidenceKind
from claimdesk.core.levels import LEVELS
from claimdesk.core.reports import Report, facts, write
from claimdesk.core.reports.columns import COLUMNS
from claimdesk.core.reports.xlsx import LONGEST, fitted, render

Make = Callable[..., Report]
OFFICE = shutil.which("soffice")


def table(sheet: Worksheet) -> list[dict[str, object]]:
    """The rows of a sheet under their heads."""
    heads, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, heads), row, strict=True)) for row in rows]


def test_the_sheets_hold_all_of_the_report(everything: Report) -> None:
    book = workbook(render(everything))
    assert book.sheetnames == ["Claims", "Sources", "Summary", "Evidence", "Open questions", "Provenance"]
    claims = table(book["Claims"])
    assert list(claims[0]) == [column.head for column in COLUMNS]
    assert [claim["Words"] for claim in claims] == [row.words for row in everything.rows]
    second = claims[1]
    assert (second["No."], second["Paragraph"], second["Start"], second["End"]) == (2, 1, 75, 105)
    assert second["Checked on"] == datetime(2031, 3, 4)  # a cell knows no time zone
    assert second["Tags"] == "dam; बाँध"
    assert str(second["Evidence"]).startswith(
        "[1] Order 114 (supports the claim); Address: https://example.org/order/114; "
    )
    assert "\n[2] <script>alert(1)</script> (refutes the claim); Address: javascript:alert(1)" in str(
        second["Evidence"]
    )
    assert [claim["Review"] for claim in claims] == ["accepted"] * 4 + ["suggested, not reviewed"]
    assert claims[4]["Source as written"] == "환경부"
    assert [source["Source"] for source in table(book["Sources"])] == [source.name for source in everything.sources]
    assert [one["Grade"] for one in table(book["Evidence"])] == ["A2", None]
    assert [one["Question"] for one in table(book["Open questions"])] == [one.text for one in everything.questions]
    told = list(book["Provenance"].iter_rows(values_only=True))
    assert told == [(fact.label, fact.between.join(fact.pieces)) for fact in facts.provenance(everything)]


def test_the_summary_has_the_figures_of_every_report_and_a_chart_that_is_told_in_words(everything: Report) -> None:
    data = render(everything)
    cells = [row for row in workbook(data)["Summary"].iter_rows(max_col=4, values_only=True) if any(row)]
    for count in everything.levels:
        share = everything.summary.share(count.accepted) / 100
        assert (f"{count.level.glyph} {count.level.label}", count.accepted, share, count.suggested) in cells
    for figure in facts.figures(everything):
        which = "; ".join(map(str, figure.numbers)) or None
        assert (figure.label, figure.count, figure.share / 100, which) in cells
    alone = [row[0] for row in cells if row[1] is None]
    assert alone == [everything.title, facts.coverage(everything), facts.still_open(everything)]
    files = parts(data)
    (told,) = [one.get("descr") for one in xml(files["xl/drawings/drawing1.xml"]).iter("{*}cNvPr")]
    assert told is not None
    assert told.startswith("Bar chart of the accepted claims by level: Official statement 1, Media report 0, Denial 1,")
    colours = [one.get("val") for one in xml(files["xl/charts/chart1.xml"]).iter("{*}srgbClr")]
    assert {level.light.lstrip("#") for level in LEVELS} <= set(colours)


def test_heads_stay_in_view_and_rows_can_be_filtered(everything: Report) -> None:
    book = workbook(render(everything))
    assert (book["Claims"].freeze_panes, book["Claims"].auto_filter.ref) == ("C2", "A1:AI6")
    assert (book["Evidence"].freeze_panes, book["Evidence"].auto_filter.ref) == ("C2", "A1:O3")
    for cell in book["Claims"]["C"]:
        assert cell.alignment.wrap_text
    assert all(head.font.b for head in book["Claims"][1])


def test_a_level_has_its_mark_on_its_colour_and_a_suggestion_a_frame_instead(everything: Report) -> None:
    _, official, *_, suggested = workbook(render(everything))["Claims"]["B"]
    assert (official.value, official.fill.fgColor.rgb) == ("■ Official statement", "FF1D5FA6")
    assert (suggested.value, suggested.fill.fill_type) == ("■ Official statement (not reviewed)", None)
    assert (suggested.border.left.style, suggested.font.i) == ("dashed", True)


def test_white_letters_can_be_read_on_the_colour_of_every_level() -> None:
    for level in LEVELS:
        channels = [int(level.light[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
        assert 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) >= 4.5, level.slug


def test_the_file_says_who_checked_and_when_and_nothing_of_other_programs(everything: Report) -> None:
    data = render(everything)
    about = workbook(data).properties
    assert (about.title, about.creator, about.lastModifiedBy) == ("यमुना में पानी घटा 🌊 – sourcing report", "Ada", "Ada")
    made = everything.provenance.made_at.astimezone(UTC).replace(tzinfo=None)
    assert (about.created, about.modified) == (made, made)
    assert b"<Application>ClaimDesk</Application>" in parts(data)["docProps/app.xml"]


def test_only_web_addresses_are_links(everything: Report) -> None:
    book = workbook(render(everything))
    links = {cell.hyperlink.target for sheet in book for row in sheet.iter_rows() for cell in row if cell.hyperlink}
    assert links == {
        "https://example.org/order/114",
        "https://archive.example/114",
        "https://example.org/river?a=1&b=2",
    }


@pytest.mark.parametrize("address", [f"https://example.org/{'a' * 3000}", "https://example.org/नदी" + "द" * 800])
def test_an_address_that_is_too_long_for_a_link_stays_whole_as_words(everything: Report, address: str) -> None:
    row = replace(everything.rows[0], evidence=(Evidence(EvidenceKind.URL, address),))
    cell = workbook(render(replace(everything, rows=(row,))))["Evidence"]["F2"]
    assert (cell.value, cell.hyperlink) == (address, None)


def test_a_report_without_claims_is_a_workbook_too(make: Make) -> None:
    book = workbook(render(make(claims=[])))
    assert [sheet.max_row for sheet in (book["Claims"], book["Evidence"])] == [1, 1]


@pytest.mark.parametrize("letter", ["a", "한", "🌊", "न"])
def test_what_is_too_long_for_a_cell_is_cut_with_a_note_that_says_so(everything: Report, letter: str) -> None:
    note = letter * 40_000
    cell = workbook(render(replace(everything, rows=(replace(everything.rows[0], note=note),))))["Claims"]
    (written,) = [str(one.value) for one in cell[2] if str(one.value).startswith(letter * 9)]
    assert "[Cut here: a cell holds no more. The whole has 40,000 characters;" in written
    assert len(written.encode("utf-16-le")) // 2 <= LONGEST
    assert fitted(letter * 100) == letter * 100


def test_controls_are_shown_as_pictures(everything: Report) -> None:
    row = replace(everything.rows[0], note="a\x07b\x1b[0m\x7f\x9b\uffff नदी 🙂\tc\nd")
    cells = [cell.value for cell in workbook(render(replace(everything, rows=(row,))))["Claims"][2]]
    assert "a␇b␛[0m␡�� नदी 🙂\tc\nd" in cells


@settings(deadline=None, max_examples=30)
@given(st.lists(st.text(max_size=40).filter(lambda words: "_x" not in words), min_size=1, max_size=8))
def test_any_words_stay_words(notes: list[str]) -> None:
    from tests.core.reports.payloads import attacked

    report = attacked(notes)
    written = [claim["Note"] for claim in table(workbook(render(report))["Claims"])]
    assert written == [fitted(row.note) or None for row in report.rows]


@pytest.mark.skipif(OFFICE is None, reason="there is no LibreOffice on this machine")
def test_libreoffice_reads_the_same_claims(everything: Report, tmp_path: Path) -> None:
    assert OFFICE is not None
    write(everything, tmp_path / "report.xlsx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    told = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1"
    subprocess.run(
        [OFFICE, profile, "--headless", "--convert-to", told, "--outdir", str(tmp_path), str(tmp_path / "report.xlsx")],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    (found,) = tmp_path.glob("report*.csv")
    with found.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    words = head.index("Words")
    assert [row[words] for row in rows] == [row.words for row in everything.rows]
    assert rows[1][head.index("Checked on")] == "2031-03-04"
    assert rows[1][head.index("Note")] == "=ask\nthem"
