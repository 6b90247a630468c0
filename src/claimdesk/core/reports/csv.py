"""The claims as a spreadsheet: one row a claim, comma-separated (RFC 4180), UTF-8 with a byte order mark for Excel.

A cell that a spreadsheet would run as a formula gets an apostrophe in front. A file of rows has no room for figures, so
the last column repeats in each row how many suggestions of the article nobody has reviewed yet.
"""

import csv
import io

import regex

from claimdesk.core.reports.columns import COLUMNS, Cell
from claimdesk.core.reports.printable import visible
from claimdesk.core.reports.report import Report

_FORMULA = regex.compile(r"[\s\p{C}]*[=+\-@＝＋－＠﹦﹢﹣﹫]|[\t\r\n]")


def render(report: Report) -> bytes:
    """The file's bytes."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\r\n")
    writer.writerow([*(column.head for column in COLUMNS), "Suggestions not reviewed"])
    for row in report.rows:
        writer.writerow([*(_written(column.value(row)) for column in COLUMNS), report.summary.open])
    return sheet.getvalue().encode("utf-8-sig")


def disarmed(cell: str) -> str:
    """The cell as text that no spreadsheet takes for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _written(cell: Cell) -> str:
    return "" if cell is None else disarmed(visible(str(cell)))
