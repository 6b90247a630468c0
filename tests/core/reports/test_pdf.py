"""The PDF: tagged for those who listen to it, true to the article in every script, and blind to the disk."""

import getpass
import re
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from tests.core.reports.opened import bytes_inside, pdf_text

from claimdesk.core.claim import Article, Claim, Review, Span
from claimdesk.core.errors import ReportError
from claimdesk.core.reports import Report, pdf
from claimdesk.core.reports.pdf import render, render_own
from claimdesk.core.text import normalise

Make = Callable[..., Report]

HAS_FONTS = {"Noto Sans Devanagari", "Noto Serif CJK KR", "Noto Naskh Arabic", "Noto Color Emoji"} <= set(
    pdf._fonts().families()
)
needs_fonts = pytest.mark.skipif(not HAS_FONTS, reason="there are no Noto fonts for Hindi, Korean, Arabic and emoji")


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def tags_of(document: pikepdf.Pdf) -> tuple[Counter[str], list[str]]:
    """How many elements of each kind the tree of tags has, and the alternative texts in it."""
    found = list(_elements(document.Root.StructTreeRoot.K))
    return Counter(str(one.S) for one in found), [str(one.Alt) for one in found if "/Alt" in one]


def _elements(node: Any) -> Iterator[Any]:
    if isinstance(node, pikepdf.Array):
        for inside in node:
            yield from _elements(inside)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from _elements(node.K)


def titles(items: list[pikepdf.OutlineItem]) -> list[str]:
    return [title for item in items for title in (item.title, *titles(item.children))]


def test_it_says_that_it_is_pdf_ua_and_has_what_that_asks_for(make: Make) -> None:
    with pikepdf.open(BytesIO(render(make(checker="Ada")))) as document:
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
        assert document.Root.MarkInfo.Marked
        assert document.Root.Lang == "en"
        assert document.Root.ViewerPreferences.DisplayDocTitle
        kinds, alternatives = tags_of(document)
        assert {"/H1", "/H2", "/H3", "/Link", "/Table", "/TH", "/Figure"} <= kinds.keys()
        assert kinds["/H3"] == 5
        (chart,) = alternatives
        assert "Official statement 2 (40%), Media report 0 (0%), Denial 1 (20%)" in chart
        with document.open_outline() as outline:
            read = titles(list(outline.root))
        assert read[0] == "यमुना में पानी घटा 🌊"
        assert [title for title in read if " " not in title or "Open" in title] == [
            "Article", "Legend", "Claims", "Sources", "Sourcing", "Open questions", "Provenance",
        ]  # fmt: skip
        assert "■ 1 Official statement, accepted, paragraph 1" in read
        fonts = [font for page in document.pages for font in page.Resources.Font.values()]
        assert fonts
        assert all("+" in str(font.BaseFont) for font in fonts if "/BaseFont" in font), (
            "a part of each font is embedded"
        )


def test_its_properties_are_those_of_the_report_and_nothing_tells_of_the_computer(make: Make, tmp_path: Path) -> None:
    data = render(make(checker="Ada"))
    (tmp_path / "report.pdf").write_bytes(data)
    with pikepdf.open(BytesIO(data)) as document:
        about = {str(name): str(value) for name, value in document.docinfo.items()}
    assert about["/Title"] == "यमुना में पानी घटा 🌊 – sourcing report"
    assert (about["/Author"], about["/CreationDate"]) == ("Ada", "D:20310304140500Z")
    inside = bytes_inside(tmp_path / "report.pdf")
    for secret in (
        f"{getpass.getuser()}@",
        f"@{socket.gethostname()}",
        f"{Path.home()}/",
        "/tmp/",
        "main.typ",
        "report.json",
    ):
        assert secret.encode() not in inside
    assert render(make(checker="Ada")) == data, "the same report is the same file"


@needs_fonts
def test_every_line_of_the_article_can_be_copied_whole_and_in_order(make: Make, article: Article) -> None:
    arabic = "وقال المتحدث باسم البلدية إن الجسر سيبقى مغلقا حتى يوم الاثنين."
    whole = replace(article, text=normalise(f"{article.text}\n\n{arabic}"), furniture=())
    text = squeezed(pdf_text(render(make(article=whole, claims=[]))))
    for paragraph in make(article=whole, claims=[]).paragraphs:
        assert squeezed(paragraph.text) in text


@needs_fonts
def test_numbers_levels_and_sources_stand_beside_the_paragraph_of_their_claims(make: Make) -> None:
    with pypdfium2.PdfDocument(render(make())) as document:
        page = document[0].get_textpage()
        beside = " ".join(page.get_text_bounded(left=390).split())
    assert "■ 1 Official Mina Rao ● 2 Witness residents ⊘ 3 Denial Dam Ltd ? 4 Anonymous two officials" in beside


def test_a_claim_leads_to_what_is_known_of_it_and_back(make: Make) -> None:
    with pikepdf.open(BytesIO(render(make()))) as document:
        links = [note for page in document.pages for note in page.get("/Annots", []) if note.Subtype == "/Link"]
        addresses = {str(link.A.URI) for link in links if "/A" in link and "/URI" in link.A}
    assert addresses == {"https://example.org/river?a=1&b=2"}
    assert len(links) - 2 > 4 * 5, "each claim from the text, the margin, the figures, and back"


def test_where_claims_are_many_those_of_the_margin_still_lead_on(make: Make) -> None:
    text = "One two three four. " * 301
    many = [Claim(at + 1, 1, (Span(20 * at, 20 * at + 7),), review=Review.ACCEPTED) for at in range(301)]
    with pikepdf.open(BytesIO(render(make(article=Article(text, "T"), claims=many)))) as document:
        links = [note for page in document.pages for note in page.get("/Annots", []) if note.Subtype == "/Link"]
    assert 2 * 301 <= len(links) < 4 * 301


def test_nothing_of_the_article_becomes_typst(make: Make, article: Article, claims: list[Claim]) -> None:
    hostile = '#eval("1+1") #read("/etc/passwd") $x^2$ *bold* _it_ = Title @claim-1 <text-1> `raw` \\u{41} // gone'
    claims[1] = replace(claims[1], note=hostile, source_name=hostile, reason=hostile)
    attacked = replace(article, text=f"{article.text}\n\n{hostile}", title=hostile, byline=hostile, language=hostile)
    text = squeezed(pdf_text(render(make(article=attacked, claims=claims))))
    assert text.count(squeezed(hostile)) >= 4
    assert "root:" not in text


def test_what_cannot_be_drawn_is_marked_and_the_report_says_so(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    import typst

    bare = typst.Fonts(include_system_fonts=False)
    monkeypatch.setattr(pdf, "_fonts", lambda: bare)
    text = " ".join(pdf_text(render(make())).split())
    assert re.search(r"has no font for \d+ characters \(Hangul, emoji\); \ufffd stands in their place", text)
    assert "The minister, Mina Rao" in text


def test_controls_that_would_disorder_the_letters_are_left_out_and_told(make: Make, claims: list[Claim]) -> None:
    claims[1] = replace(claims[1], note="pay \u202e100\u202c euros\u0007")
    text = " ".join(pdf_text(render(make(claims=claims))).split())
    assert "pay 100 euros" in text
    assert "left out here: U+0007, U+202C, U+202E." in text


def test_nested_and_crossing_claims_are_all_underlined_and_numbered(make: Make) -> None:
    crossing = [
        Claim(number, 1, (Span(start, end),), review=Review.ACCEPTED, level=level)
        for number, start, end, level in ((1, 0, 8, "official"), (2, 5, 14, "denial"), (3, 6, 7, "speculation"))
    ]
    report = make(article=Article("abcdefghij klm", "T"), claims=crossing)
    assert "abcdefg≈3h■1ij klm⊘2" in "".join(pdf_text(render(report)).split("\n"))


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("= T\n#let x =", "is broken at line 2: expected expression"),
        ('#read("/etc/passwd")', "is broken at line 1: file not found"),
        ('\n#import "@preview/cetz:0.3.0"', "wants a package in line 2"),
        ('#json("report.json").nothing', "is broken at line 1: dictionary does not contain key"),
    ],
)
def test_a_broken_template_is_one_sentence_with_its_line(
    make: Make, tmp_path: Path, source: str, sentence: str
) -> None:
    template = tmp_path / "mine.typ"
    template.write_text(source)
    with pytest.raises(ReportError, match=re.escape(sentence)) as caught:
        render_own(make(), template)
    assert str(tmp_path) not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_own_template_is_given_the_whole_report_as_data(make: Make, tmp_path: Path) -> None:
    template = tmp_path / "mine.typ"
    template.write_text(
        '#let report = json("report.json")\n#set document(title: report.title)\n#set text(font: report.families)\n'
        "#for claim in report.claims [+ #claim.words / #claim.source]"
    )
    assert "4. a second flood / two officials" in pdf_text(render_own(make(), template))


@pytest.mark.parametrize("title", ["", "\U000e0041\U000e007f", "\u202e", "\U0010ffff"])
def test_a_title_of_which_nothing_shows_is_no_empty_heading(make: Make, article: Article, title: str) -> None:
    assert "Sourcing report" in pdf_text(render(make(article=replace(article, title=title, title_span=None))))
    text = f"{title or 'x'}\n\n{article.text}"
    render(make(article=replace(article, text=text, title_span=Span(0, len(title) or 1)), claims=[]))
