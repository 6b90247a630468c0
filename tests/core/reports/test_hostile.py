"""What an article or a checker could write to attack whoever opens the report stays words, in every human format."""

import itertools
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from tests.core.reports.opened import pdf_text
from tests.core.reports.test_html import Page, assert_is_safe, assert_links_lead_somewhere

from claimdesk.core.claim import Article, Claim
from claimdesk.core.evidence import Evidence, EvidenceKind, Reply, Verdict
from claimdesk.core.reports import Report, html, pdf
from claimdesk.core.text import normalise

Make = Callable[..., Report]

STARTS = (
    "",
    '">',
    "'>",
    "</style>",
    "</title>",
    "-->",
    "]]>",
    "\u202e",
    "\u2067",
    "{{",
    "{%",
    "#",
    "$",
    "\\",
    "`",
    "//",
    "/*",
    "@",
)
ATTACKS = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<iframe src=//evil.example>",
    "<a href=javascript:alert(1)>x</a>", "<meta http-equiv=refresh content=0>", "<link rel=stylesheet href=//evil.example>",
    "<base href=//evil.example>", "<form action=//evil.example>", "url(//evil.example)", "@import '//evil.example'",
    "{{ 7 * 7 }}", "{% include '/etc/passwd' %}", "&lt;script&gt;", "javascript:alert(1)", "data:text/html,<b>",
    '#eval("1+1")', '#read("/etc/passwd")', '#import "@preview/x:1.0.0"', '#link("file:///etc/passwd")[x]',
    '#image("/etc/passwd")', "$ x^2 $", "= Heading", "<claim-1>", "#show: none", "#panic()", "#let x = 1",
    "=cmd|' /C calc'!A0", "file:///etc/passwd",
)  # fmt: skip
PAYLOADS = [start + attack for start, attack in itertools.product(STARTS, ATTACKS)]


def attacked(make: Make, article: Article, claims: list[Claim], payloads: list[str]) -> Report:
    """A report with the payloads in every field that somebody else can fill."""
    fields = itertools.cycle(payloads)

    def armed(claim: Claim) -> Claim:
        found = Evidence(
            EvidenceKind.URL, next(fields), next(fields), quote=next(fields), page=next(fields), archive=next(fields),
            retrieved=next(fields), sha256=next(fields), note=next(fields),
        )  # fmt: skip
        return replace(
            claim, source_name=next(fields), via=(next(fields),), second_sources=(next(fields),), reason=next(fields),
            note=next(fields), restated=next(fields), tags=(next(fields),), question=next(fields), rationale=next(fields),
            checked_by=next(fields), checked_at=next(fields), verdict=Verdict.REFUTED, evidence=(found,),
            replies=(Reply(next(fields), next(fields), next(fields), next(fields), next(fields)),),
        )  # fmt: skip

    text = normalise(article.text + "\n\n" + "\n\n".join(payloads))
    hostile = replace(
        article, text=text, title=next(fields), byline=next(fields), outlet=next(fields), published=next(fields),
        url=next(fields), language=next(fields), filename=next(fields), title_span=None,
    )  # fmt: skip
    return make(
        article=hostile, claims=[armed(claim) for claim in claims], checker=next(fields), suggester=next(fields)
    )


def batches(size: int) -> list[list[str]]:
    return [PAYLOADS[at : at + size] for at in range(0, len(PAYLOADS), size)]


def test_there_are_more_than_five_hundred() -> None:
    assert len(set(PAYLOADS)) > 500


@pytest.mark.parametrize("payloads", batches(90))
def test_none_of_them_lives_on_the_web_page(
    make: Make, article: Article, claims: list[Claim], payloads: list[str]
) -> None:
    report = attacked(make, article, claims, payloads)
    page = Page(html.render(report))
    assert_is_safe(page)
    assert_links_lead_somewhere(page)
    written = [element.text(skip="number") for element in page.with_class("paragraph")]
    assert written == [paragraph.text for paragraph in report.paragraphs]


@pytest.mark.parametrize("payloads", batches(270))
def test_none_of_them_lives_in_the_pdf(make: Make, article: Article, claims: list[Claim], payloads: list[str]) -> None:
    data = pdf.render(attacked(make, article, claims, payloads))
    text = "".join(pdf_text(data).split())
    for payload in payloads:
        assert "".join(payload.replace("\u202e", "").replace("\u2067", "").split()) in text
    assert "root:x:" not in text
    with pikepdf.open(BytesIO(data)) as document:
        assert not [name for name in ("/OpenAction", "/AA", "/AcroForm") if name in document.Root]
        notes = [note for page in document.pages for note in page.get("/Annots", [])]
        assert {str(note.A.S) for note in notes if "/A" in note} <= {"/URI", "/GoTo"}
        addresses = {str(note.A.URI) for note in notes if "/A" in note and "/URI" in note.A}
    assert not [address for address in addresses if not address.startswith(("http://", "https://"))]
