"""The report as a workbook: claims, sources, figures with a chart, evidence, open questions and provenance, a sheet each.

Nothing in it is a formula, and the only links are web addresses of evidence and of the article. The same report gives
the same bytes.
"""

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from unicodedata import east_asian_width
from urllib.parse import quote

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from claimdesk.core.levels import Level
from claimdesk.core.reports import facts
from claimdesk.core.reports.columns import COLUMNS, Cell, day, numbers
from claimdesk.core.reports.printable import visible
from claimdesk.core.reports.report import Report, Row

LONGEST = 32_767
"""UTF-16 units that a cell can hold."""

_LINKS = 65_000
_LONGEST_LINK = 2_000
_LINE_HEIGHT = 15.0
_MOST_LINES = 14
_WIDTH_OF_A_LETTER = 1.1
_INK, _DIM, _HEAD = "#1E2328", "#5F6873", "#F1EFEA"
_RULED = {"bottom": 1, "bottom_color": "#DEDAD2"}
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_format_properties": {"font_name": "Calibri", "font_size": 11, "font_color": _INK},
}


class _Address(str):
    """Words that become a link where they are a web address."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class _Head:
    """The head of a column, and how wide it is in characters."""

    words: str
    width: int


def render(report: Report) -> bytes:
    """The file's bytes."""
    data = io.BytesIO()
    book = _Book(data)
    book.workbook.set_properties(
        {
            "title": fitted(f"{report.title} – sourcing report"),
            "author": fitted(report.checker),
            "created": report.provenance.made_at,
            "comments": f"Made by ClaimDesk {visible(report.provenance.version)}",
        }
    )
    _claims(book, report)
    _sources(book, report)
    _summary(book, report)
    _evidence(book, report)
    _questions(book, report)
    _provenance(book, report)
    book.workbook.close()
    return _corrected(data.getvalue())


def fitted(text: str) -> str:
    """The text as a cell can hold it: controls as pictures, and cut with a note where it is too long."""
    text = visible(text)
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST:
        return text
    note = f" … [Cut here: a cell holds no more. The whole has {len(text):,} characters; the web page shows them all.]"
    return units[: 2 * (LONGEST - len(note))].decode("utf-16-le", errors="ignore") + note


class _Book:
    """The workbook with its looks; each look is made once."""

    def __init__(self, data: io.BytesIO) -> None:
        self.workbook = Workbook(data, _OPTIONS)
        self._looks: dict[tuple[tuple[str, object], ...], Format] = {}
        self._links = 0

    def look(self, **properties: object) -> Format:
        """The format of a cell; text is wrapped and stands at the top."""
        told = {"text_wrap": True, "valign": "top", "align": "left", "indent": 1} | properties
        key = tuple(sorted(told.items()))
        if key not in self._looks:
            self._looks[key] = self.workbook.add_format(told)
        return self._looks[key]

    def write(self, sheet: Worksheet, row: int, column: int, cell: Cell, **properties: object) -> None:
        """One cell by what it is: words, a number, a day, an address."""
        match cell:
            case None | "":
                sheet.write_blank(row, column, None, self.look(**properties))
            case date():
                look = self.look(num_format="yyyy-mm-dd", **properties)
                sheet.write_datetime(row, column, cell, look) if cell.year >= 1900 else sheet.write_string(
                    row, column, cell.isoformat(), look
                )
            case int():
                sheet.write_number(row, column, cell, self.look(align="left", **properties))
            case _Address() if self._leads_somewhere(cell):
                self._links += 1
                look = self.look(**properties | {"font_color": "#1D5FA6", "underline": 1})
                sheet.write_url(row, column, cell, look, string=cell)
            case _:
                sheet.write_string(row, column, fitted(cell), self.look(**properties))

    def _leads_somewhere(self, address: str) -> bool:
        return facts.is_web_address(address) and len(quote(address)) <= _LONGEST_LINK and self._links < _LINKS

    def table(
        self, name: str, heads: Sequence[_Head], rows: Iterable[Sequence[Cell]], *, beside: int = 1, pages: int = 1
    ) -> Worksheet:
        """A sheet with a head that stays in view, filters, and a row a thing; `beside` columns stay in view too."""
        sheet = self.sheet(name, pages)
        self.header(sheet, 0, heads)
        last = 0
        for last, cells in enumerate(rows, 1):
            for column, cell in enumerate(cells):
                self.write(sheet, last, column, cell, **_RULED)
            sheet.set_row(last, _height(cells, heads))
        sheet.freeze_panes(1, beside)
        sheet.autofilter(0, 0, last, len(heads) - 1)
        sheet.repeat_rows(0)
        sheet.repeat_columns(0, beside - 1)
        return sheet

    def header(self, sheet: Worksheet, row: int, heads: Sequence[_Head]) -> None:
        """The heads of a table, and the width of its columns."""
        for column, head in enumerate(heads):
            sheet.set_column(column, column, head.width)
            self.write(sheet, row, column, head.words, bold=True, bg_color=_HEAD, bottom=1, bottom_color=_DIM)

    def sheet(self, name: str, pages: int = 1) -> Worksheet:
        """An empty sheet that prints on A4, lying, so many pages wide."""
        sheet = self.workbook.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(pages, 0)
        sheet.set_footer("&L&A&R&P / &N")
        return sheet


def _height(cells: Iterable[Cell], heads: Iterable[_Head]) -> float:
    """Points that a row needs to show its words, up to a limit: not every program that opens the file looks for itself."""
    lines = max(_lines(str(cell), head.width) for cell, head in zip(cells, heads, strict=True) if cell is not None)
    return _LINE_HEIGHT * min(lines, _MOST_LINES)


def _lines(words: str, width: int) -> int:
    """How many lines the words take in a column of so many characters, about; East Asian letters are two wide."""
    if len(words) * 2 < width and "\n" not in words:
        return 1
    return sum(1 + int(_WIDTH_OF_A_LETTER * _width(line) / width) for line in words.split("\n")[:_MOST_LINES])


def _width(line: str) -> int:
    line = line[: 100 * _MOST_LINES]
    return len(line) + (0 if line.isascii() else sum(east_asian_width(letter) in "WF" for letter in line))


def _claims(book: _Book, report: Report) -> None:
    """All columns of all claims; what nobody reviewed is in italics, and its level without a fill."""
    heads = [_Head(column.head, column.width) for column in COLUMNS]
    sheet = book.table(
        "Claims", heads, ([column.value(row) for column in COLUMNS] for row in report.rows), beside=2, pages=5
    )
    at = next(place for place, column in enumerate(COLUMNS) if column.head == "Level")
    for line, row in enumerate(report.rows, 1):
        _level(book, sheet, line, at, row.level, reviewed=row.reviewed)
        if not row.reviewed:
            for place, column in enumerate(COLUMNS):
                if place != at:
                    book.write(sheet, line, place, column.value(row), italic=True, font_color=_DIM, **_RULED)


def _level(book: _Book, sheet: Worksheet, line: int, column: int, level: Level, *, reviewed: bool = True) -> None:
    """The level with its mark on its colour; in its colour, in a dashed frame, where nobody reviewed the claim."""
    words = f"{level.glyph} {level.label}"
    if reviewed:
        book.write(sheet, line, column, words, bold=True, font_color="#FFFFFF", bg_color=level.light)
    else:
        book.write(sheet, line, column, f"{words} (not reviewed)", font_color=level.light, border=3, italic=True)


def _sources(book: _Book, report: Report) -> None:
    heads = [_Head("Source", 34), _Head("Named", 9), _Head("Role", 28), _Head("Affiliation", 28)]
    rows = (
        (one.name, "yes" if one.is_named else "no name", one.role, one.affiliation, one.accepted, numbers(one.claims))
        for one in report.sources
    )
    book.table("Sources", [*heads, _Head("Accepted claims", 11), _Head("Claims", 36)], rows)


def _evidence(book: _Book, report: Report) -> None:
    heads = [
        _Head("Claim", 7), _Head("Piece", 7), _Head("Kind", 12), _Head("Title", 34), _Head("What it does", 18),
        _Head("Where", 40), _Head("Page or time", 13), _Head("Quotation", 44), _Head("Archived copy", 36),
        _Head("Seen on", 12), _Head("Grade", 8), _Head("Source grade", 24), _Head("Information grade", 26),
        _Head("Kept file, SHA-256", 30), _Head("Note", 32),
    ]  # fmt: skip
    rows = (cells for row in report.rows for cells in _pieces(row))
    book.table("Evidence", heads, rows, beside=2, pages=2)


def _pieces(row: Row) -> Iterable[Sequence[Cell]]:
    for number, one in enumerate(row.evidence, 1):
        yield (
            row.number, number, one.kind.value, one.title, facts.stance(one), _Address(one.locator), one.page, one.quote,
            _Address(one.archive), day(one.retrieved), one.grade,
            f"{one.reliability}: {one.reliability.meaning}" if one.reliability else "",
            f"{one.credibility}: {one.credibility.meaning}" if one.credibility else "", one.sha256, one.note,
        )  # fmt: skip


def _questions(book: _Book, report: Report) -> None:
    rows = ((one.text, "; ".join(map(str, one.numbers))) for one in report.questions)
    book.table("Open questions", [_Head("Question", 80), _Head("Claims", 30)], rows)


def _provenance(book: _Book, report: Report) -> None:
    _told(book, book.sheet("Provenance"), 0, facts.provenance(report), (24, 90))


def _told(book: _Book, sheet: Worksheet, line: int, told: Iterable[facts.Fact], widths: tuple[int, int]) -> int:
    """Facts, one a row under their labels; the row after the last."""
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for fact in told:
        words = fact.between.join(fact.pieces)
        book.write(sheet, line, 0, fact.label, font_color=_DIM)
        book.write(sheet, line, 1, _Address(words) if fact.kind is facts.Kind.ADDRESS else words)
        line += 1
    return line


def _summary(book: _Book, report: Report) -> None:
    """What stands at the head of every report, the figures, and the levels as a chart."""
    sheet = book.sheet("Summary")
    sheet.hide_gridlines(2)
    sheet.set_column(2, 2, 9)
    sheet.set_column(3, 3, 40)
    book.write(sheet, 0, 0, report.title or "Sourcing report", bold=True, font_size=16, text_wrap=False)
    line = _told(book, sheet, 2, facts.head(report), (38, 30)) + 1
    line = _levels(book, sheet, line, report) + 1
    line = _figures(book, sheet, line, report) + 1
    for sentence in filter(None, (facts.coverage(report), facts.most_relied_on(report), facts.still_open(report))):
        book.write(sheet, line, 0, sentence, text_wrap=False)
        line += 1


def _levels(book: _Book, sheet: Worksheet, line: int, report: Report) -> int:
    """The accepted claims by level, and beside them the same as a chart; the row after the last."""
    for column, words in enumerate(("Level", "Accepted claims", "Share", "Suggested, not reviewed")):
        book.write(sheet, line, column, words, bold=True, bg_color=_HEAD, bottom=1, bottom_color=_DIM)
    first = line + 1
    for line, count in enumerate(report.levels, first):
        _level(book, sheet, line, 0, count.level)
        book.write(sheet, line, 1, count.accepted)
        sheet.write_number(line, 2, report.summary.share(count.accepted) / 100, book.look(num_format="0%"))
        book.write(sheet, line, 3, count.suggested)
    chart = book.workbook.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": "Accepted claims",
            "categories": [sheet.name, first, 0, line, 0],
            "values": [sheet.name, first, 1, line, 1],
            "points": [{"fill": {"color": count.level.light}} for count in report.levels],
            "data_labels": {"value": True},
            "gap": 40,
        }
    )
    chart.set_title({"name": "Accepted claims by level", "overlay": False, "name_font": {"size": 12}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "major_tick_mark": "none", "line": {"color": _DIM}})
    chart.set_x_axis({"visible": False, "min": 0, "major_gridlines": {"visible": False}})
    chart.set_size({"width": 620, "height": 360})
    told = ", ".join(f"{count.level.label} {count.accepted}" for count in report.levels)
    sheet.insert_chart(1, 5, chart, {"description": f"Bar chart of the accepted claims by level: {told}."})
    return line + 1


def _figures(book: _Book, sheet: Worksheet, line: int, report: Report) -> int:
    """What the accepted claims rest on; the row after the last."""
    for column, words in enumerate(("What the accepted claims rest on", "Claims", "Share", "Which")):
        book.write(sheet, line, column, words, bold=True, bg_color=_HEAD, bottom=1, bottom_color=_DIM)
    first = line + 1
    for line, figure in enumerate(facts.figures(report), first):
        book.write(sheet, line, 0, figure.label)
        book.write(sheet, line, 1, figure.count)
        sheet.write_number(line, 2, figure.share / 100, book.look(num_format="0%"))
        book.write(sheet, line, 3, "; ".join(map(str, figure.numbers)))
    return line + 1


_CORRECTIONS = (
    ("docProps/app.xml", b"<Application>Microsoft Excel<", b"<Application>ClaimDesk<"),
    (
        "xl/charts/chart1.xml",
        b'<c:showVal val="1"/>',
        b'<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
        b'<c:showPercent val="0"/><c:showBubbleSize val="0"/>',
    ),
)
"""The file was not made by another program, and what a chart's labels leave out has to be said for some that read it."""


def _corrected(data: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            part = old.read(entry)
            for name, wrong, right in _CORRECTIONS:
                part = part.replace(wrong, right) if entry.filename == name else part
            new.writestr(entry, part)
    return made.getvalue()
