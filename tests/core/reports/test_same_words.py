"""The small report word for word, and that the web page and the PDF say the same in the same order."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.core.reports.opened import pdf_text
from tests.core.reports.test_html import Element, Page

from claimdesk.core.reports import Report, facts, html, pdf

Make = Callable[..., Report]
GOLDEN = Path(__file__).parents[2] / "data" / "report-golden.txt"


def read_aloud(page: Page) -> str:
    """The text of the page's parts after the article, a line an item."""
    parts = ("legend", "claims", "sources", "sourcing", "questions", "provenance")
    read = (element for part in parts for element in page.by_id(part).all() if _is_read(element))
    return "\n".join(f"{element.tag:<11}{' '.join(element.text().split())}".rstrip() for element in read) + "\n"


def _is_read(element: Element) -> bool:
    if element.tag == "li":
        return not any(inside.tag in {"p", "dl", "h3"} for inside in element.all())
    return element.tag in {"h2", "h3", "h4", "p", "blockquote", "dt", "dd", "th", "td"}


def test_the_web_page_of_the_small_report_reads_as_it_always_did(everything: Report) -> None:
    assert read_aloud(Page(html.render(everything))) == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("part", ["sourcing", "evidence", "figures", "provenance"])
def test_the_pdf_says_what_the_web_page_says(everything: Report, part: str) -> None:
    told = {
        "sourcing": [fact for row in everything.rows for fact in facts.sourcing(row)],
        "evidence": [fact for row in everything.rows for one in row.evidence for fact in facts.evidence(one)],
        "figures": [],
        "provenance": facts.provenance(everything),
    }[part]
    text = re.sub(r"\s", "", pdf_text(pdf.render(everything)))
    words = [re.sub(r"\s", "", f"{fact.label}{fact.between.join(fact.pieces)}") for fact in told]
    words += [re.sub(r"\s", "", f"{one.label}{one.count}{one.share}%") for one in facts.figures(everything) if not told]
    at = 0
    for one in words:
        at = text.find(one, at)
        assert at >= 0, one
