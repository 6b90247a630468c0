"""PDF documents made for one question each: columns, pages without text, locks, sizes, hyphens."""

from collections.abc import Sequence
from io import BytesIO

import pikepdf
import pytest
from tests.core.articles.test_documents import reading

from claimdesk.core.articles import mail, pdf, richtext
from claimdesk.core.articles.layout import Line, paragraphs
from claimdesk.core.errors import ArticleError

LEFT = [
    "The council voted on Monday to",
    "close the bridge over the river.",
    "Nobody had expected the vote to",
    "be so clear, members said later.",
    "A second vote will follow in the",
    "autumn, when the costs are known.",
]
RIGHT = [
    "Traffic will be sent through the",
    "industrial district, to which its",
    "residents object. The mayor said",
    "that there was no other way, and",
    "that it would not be for long in",
    "any case, as far as she could see.",
]


def made(pages: Sequence[str], encryption: pikepdf.Encryption | None = None) -> bytes:
    """A PDF whose pages have these contents; /F1 is Helvetica."""
    document = pikepdf.new()
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    for content in pages:
        document.add_blank_page(page_size=(595, 842))
        page = document.pages[-1]
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = document.make_stream(content.encode())
    out = BytesIO()
    document.save(out, encryption=encryption or False)
    return out.getvalue()


def shown(lines: Sequence[tuple[int, int, str]], size: int = 10) -> str:
    """Page contents that show each of the lines at its place."""
    return f"BT /F1 {size} Tf " + " ".join(f"1 0 0 1 {x} {y} Tm ({words}) Tj" for x, y, words in lines) + " ET"


def refusal(content: bytes) -> str:
    with pytest.raises(ArticleError) as refused:
        pdf.read(content, "a.pdf")
    return str(refused.value)


def test_two_columns_written_line_by_line_are_read_one_after_the_other() -> None:
    rows = zip(LEFT, RIGHT, strict=True)
    lines = [
        piece for at, (one, two) in enumerate(rows) for piece in ((72, 700 - 14 * at, one), (320, 700 - 14 * at, two))
    ]
    text = pdf.read(made([shown(lines)]), "a.pdf").text
    assert " ".join(text.split()) == " ".join([*LEFT, *RIGHT])


def test_a_paragraph_goes_on_over_the_page_and_the_page_start_lies_inside_it() -> None:
    first = [(72, 700 - 14 * at, words) for at, words in enumerate([*LEFT[:5], "autumn when the costs are inter-"])]
    second = [(72, 700, "nationally known, and not before"), (72, 686, "that, said the mayor.")]
    heads = [
        [(72, 800, "Municipal affairs"), *lines, (290, 40, f"- {page} -")] for page, lines in ((6, first), (7, second))
    ]
    found = pdf.read(made([shown(lines) for lines in heads]), "a.pdf")
    assert found.text.endswith("when the costs are internationally known, and not before that, said the mayor.")
    assert found.text[found.pages[1] :].startswith("nationally known")
    assert "Municipal" not in found.text
    assert "7" not in found.text


def test_rows_of_a_table_at_the_foot_of_a_page_are_no_page_numbers() -> None:
    lines = [
        (72, 700, "What the council spent"),
        *((72 + 150 * at, 96 - 14 * row, f"{row}{at}1") for row in range(2) for at in range(3)),
    ]
    text = pdf.read(made([shown(lines)]), "a.pdf").text
    assert "001 | 011 | 021" in text
    assert "101 | 111 | 121" in text


def test_a_locked_pdf_asks_for_an_unlocked_copy() -> None:
    content = made([shown([(72, 700, "secret")])], encryption=pikepdf.Encryption(owner="o", user="u"))
    assert "unlocked copy" in refusal(content)


def test_a_pdf_of_pictures_says_so() -> None:
    assert "pages are pictures" in refusal(made(["0 0 m 100 100 l S"]))


def test_a_pdf_with_too_many_pages_is_refused_at_once() -> None:
    document = pikepdf.new()
    document.add_blank_page()
    page = document.pages[0].obj
    kids = pikepdf.Array([page] * 1001)
    root = document.Root.Pages
    root.Kids = pikepdf.Array(
        [
            document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Pages, Parent=root, Kids=kids, Count=1001))
            for _ in range(10)
        ]
    )
    root.Count = 10_010
    out = BytesIO()
    document.save(out)
    assert "more than 10,000 pages" in refusal(out.getvalue())


def lines(*words: str) -> list[Line]:
    """Full lines under each other."""
    return [Line(text, 72, 300, 700 - 14 * at, 10, 0, 842) for at, text in enumerate(words)]


@pytest.mark.parametrize(
    ("words", "joined"),
    [
        (("an inter-", "national treaty was signed"), "an international treaty was signed"),
        (("a well-", "known contractor was named"), "a well-known contractor was named"),
        (("die Stadt-", "verwaltung teilte das mit"), "die Stadtverwaltung teilte das mit"),
        (("the Anglo-", "Irish agreement of that year"), "the Anglo-Irish agreement of that year"),
        (
            ("the mid-term vote, the mid-", "term vote that followed"),
            "the mid-term vote, the mid-term vote that followed",
        ),
        (("a 3-", "year plan for the harbour"), "a 3-year plan for the harbour"),
        (("议会星期一投票决定关闭大桥", "市长说"), "议会星期一投票决定关闭大桥市长说"),
        (
            ("시의회는 다리를 폐쇄하기로 의결했다고 시장이 밝혔", "다."),
            "시의회는 다리를 폐쇄하기로 의결했다고 시장이 밝혔다.",
        ),
    ],
)
def test_lines_are_joined_as_their_script_has_it(words: tuple[str, ...], joined: str) -> None:
    [paragraph], notes = paragraphs(lines(*words))
    assert "".join(text for _, text in paragraph.pieces) == joined
    assert not notes


def test_encodings_of_rich_text_follow_its_fonts() -> None:
    content = (
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}{\f2\fcharset129 C;}}{\header never}"
        rb"\f0 caf\'e9 \f1\'cc\'ee\'f1\'f2 \f2\'b4\'d9\'b8\'ae\f0  \u55356?\u57097? \u2346\'3f{\v unseen}{\deleted gone}"
        rb"{\field{\*\fldinst HYPERLINK https://a.example}{\fldrslt words}}\par{\pict 00}\trowd\intbl a\cell b\cell\row}"
    )
    found = richtext.read(content, "a.rtf")
    assert found.text == "café Мост 다리 🌉 पwords\n\na | b"
    assert len(found.warnings) == 2


def test_a_mail_gives_its_sender_day_furniture_and_attachments() -> None:
    found = reading("release.eml")
    assert (found.title, found.byline, found.outlet, found.published) == (
        "🌉 Bridge closed",
        "Jörg Müller",
        "city.example",
        "2026-05-12",
    )
    assert [span.of(found.text) for span in found.furniture] == ["Dear editors,", "Press office\nCity Hall"]
    assert "bridge over the Linden, mayor Ada Osei said" in found.text
    [attachment] = found.attachments
    assert (attachment.name, attachment.media_type, attachment.raw) == ("report.pdf", "application/pdf", b"%PDF")


def test_a_mail_of_html_only_is_read_without_what_it_hides_or_fetches() -> None:
    content = (
        b"From: a@b.example\nSubject: S\nContent-Type: text/html; charset=nonsense\n\n"
        b"<html><head><title>t</title><style>p{}</style></head><body><p style='display:none'>pre</p><table><tr><td>Dear all,</td></tr>"
        b"<tr><td>The bridge <b>is</b> closed.<img src='https://a.example/x.png'><br>Really.</td></tr></table><ul><li>one</ul></body></html>"
    )
    found = mail.read(content, "a.eml")
    assert found.text == "Dear all,\n\nThe bridge is closed.\nReally.\n\n• one"
    assert [span.of(found.text) for span in found.furniture] == ["Dear all,"]
    assert found.warnings
