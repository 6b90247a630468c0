"""The claims as a spreadsheet: one row a claim, comma-separated (RFC 4180), UTF-8 with a byte order mark for Excel.

A cell that a spreadsheet would run as a formula gets an apostrophe in front. A file of rows has no room for figures, so
the last column repeats in each row how many suggestions of the article nobody has reviewed yet.
"""

import csv
import io
from collections.abc import Sequence

import regex

from claimdesk.core.reports.report import Reference, Report, Row

_FORMULA = regex.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")

_HEADS = (
    "No.", "Level", "Words", "Paragraph", "Source as written", "Source in full", "Via", "Cue", "Reason", "Denies",
    "Denied by", "Note", "Review", "Suggestions not reviewed",
)  # fmt: skip


def render(report: Report) -> bytes:
    """The file's bytes."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\r\n")
    writer.writerow(_HEADS)
    for row in report.rows:
        writer.writerow([*(disarmed(cell) for cell in _cells(row)), str(report.summary.open)])
    return sheet.getvalue().encode("utf-8-sig")


def disarmed(cell: str) -> str:
    """The cell as text that no spreadsheet takes for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _cells(row: Row) -> tuple[str, ...]:
    return (
        str(row.number), row.level.label, row.words, row.place, row.source_words, row.source_name, " > ".join(row.via),
        row.cue_words, row.reason, _denies(row), _numbers(row.denied_by), row.note, row.review,
    )  # fmt: skip


def _denies(row: Row) -> str:
    unlisted = [f"{row.denies_unlisted} not in this report"] if row.denies_unlisted else []
    return "; ".join([text for text in [_numbers(row.denies), *unlisted] if text])


def _numbers(references: Sequence[Reference]) -> str:
    return "; ".join(f"{claim.number}" if claim.reviewed else f"{claim.number} (not reviewed)" for claim in references)
