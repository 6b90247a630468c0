"""Word and OpenDocument: real comments over the words of each claim, and text that is nothing but text."""

import getpass
import re
import shutil
import socket
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from hypothesis import given, settings
from lxml import etree
from odfdo import Document
from tests.core.reports.opened import bytes_inside, words, xml_text
from tests.core.reports.payloads import PAYLOADS, scattered
from tests.core.reports.test_hostile import shown
from tests.core.reports.test_html import drafts

from claimdesk.core.claim import Article, Claim, Review, Span
from claimdesk.core.reports import Report, build, opendocument, outline, word, write
from claimdesk.core.reports.markup import address
from claimdesk.core.reports.scripts import Script, stretches
from claimdesk.core.text import normalise

Make = Callable[..., Report]
Render = Callable[[Report], bytes]

RENDERERS = pytest.mark.parametrize("render", [word.render, opendocument.render], ids=["docx", "odt"])
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
SOFFICE = shutil.which("soffice")

# The order that the schema of WordprocessingML has for what is used here; Word repairs a file that breaks it.
ORDERS = {
    "pPr": "pStyle keepNext keepLines numPr pBdr shd tabs bidi spacing ind jc outlineLvl".split(),
    "rPr": "rStyle rFonts b bCs i iCs caps noProof color spacing sz szCs u bdr shd vertAlign rtl cs lang".split(),
    "tblPr": "tblStyle tblW tblInd tblBorders tblLayout tblCellMar tblLook tblCaption tblDescription".split(),
}


def parts(data: bytes) -> dict[str, Any]:
    """The XML parts of a package by name, each parsed."""
    with ZipFile(BytesIO(data)) as package:
        return {name: etree.fromstring(package.read(name)) for name in package.namelist() if name != "mimetype"}


def anchored_in_word(data: bytes) -> dict[int, str]:
    """The words that each comment is about, without the numbers of other claims that stand between them."""
    found: dict[int, str] = {}
    over: set[int] = set()
    for element in parts(data)["word/document.xml"].iter(f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}r"):
        number = int(element.get(f"{W}id", 0))
        if element.tag == f"{W}commentRangeStart":
            over.add(number)
            found[number] = ""
        elif element.tag == f"{W}commentRangeEnd":
            over.remove(number)
        elif element.find(f"{W}rPr/{W}vertAlign") is None:
            for one in over:
                found[one] += "".join(t.text or "" for t in element.iter(f"{W}t"))
    assert not over
    return found


@pytest.fixture
def tangled() -> Report:
    """Claims that nest, cross, go over paragraphs and are in pieces, one of them not reviewed."""
    text = normalise(
        "The agency told us that tests 🙂 were fine and no one was ill.\n\nThe second line goes on, and on."
    )

    def claim(number: int, *contents: str) -> Claim:
        spans = tuple(Span(text.index(one), text.index(one) + len(one)) for one in contents)
        return Claim(number, 1, spans, review=Review.ACCEPTED, level="official")

    claims = [
        claim(1, "tests 🙂 were fine and no one was ill"), claim(2, "tests 🙂 were fine"), claim(3, "fine and no one"),
        claim(4, "no one was ill.\n\nThe second line"), claim(5, "The second line", "and on"),
        replace(claim(6, "goes on"), review=Review.SUGGESTED),
    ]  # fmt: skip
    return build(
        Article(text, "Tangled", "en"),
        claims,
        suggestions=True,
        made_at=datetime(2031, 3, 4, 14, 5, tzinfo=UTC),
        version="1",
        checker="Jo Doe",
    )


def test_each_claim_has_a_comment_over_its_words_in_the_name_of_who_checked_it(tangled: Report) -> None:
    data = word.render(tangled)
    comments = list(docx.Document(BytesIO(data)).comments)
    assert [(one.comment_id, one.author, one.initials) for one in comments] == [
        (row.number, *(("Jo Doe", "JD") if row.reviewed else ("ClaimDesk", "C"))) for row in tangled.rows
    ]
    assert comments[0].text.startswith("Claim 1 · Official statement\nSource: none")
    assert {one.timestamp.isoformat() for one in comments if one.timestamp} == {"2031-03-04T14:05:00+00:00"}
    anchored = anchored_in_word(data)
    for row in tangled.rows:
        whole = tangled.text[row.content[0].start : row.content[-1].end].replace("\n\n", "")
        assert anchored[row.number] == whole
        assert len(row.content) == 1 or f"Words: “{row.words}”" in comments[row.number - 1].text


def test_each_claim_has_an_annotation_over_its_words(tangled: Report) -> None:
    data = opendocument.render(tangled)
    read: Any = Document(BytesIO(data)).body
    notes = read.get_annotations()
    assert [note.creator for note in notes] == ["Jo Doe" if row.reviewed else "ClaimDesk" for row in tangled.rows]
    body = parts(data)["content.xml"]
    names = [
        [one.get(f"{OFFICE}name") for one in body.iter(f"{OFFICE}{tag}")] for tag in ("annotation", "annotation-end")
    ]
    assert sorted(names[0]) == sorted(names[1]) == [f"claim_{row.number}" for row in tangled.rows]


def test_a_comment_says_in_short_what_is_known(everything: Report) -> None:
    comments = [one.text for one in docx.Document(BytesIO(word.render(everything))).comments]
    assert comments[1].split("\n") == [
        "Claim 2 · Witness or personal account", "Source: residents", "Second sources: 환경부; Dam union",
        "Certainty: alleged", "Terms: background", "Denied by: 3", "Verdict: Partly confirmed – One log says so.",
        "Evidence: 2 pieces", "To be asked: Who heard the siren?", "Note: =ask", "them",
    ]  # fmt: skip
    assert comments[0].split("\n")[1] == "Source: Mina Rao (minister, Ministry of Rivers)"
    assert comments[4].split("\n")[0] == "Claim 5 · Official statement · suggested, not reviewed"


def test_headings_tables_and_pages_are_what_word_knows_them_as(everything: Report) -> None:
    document = docx.Document(BytesIO(word.render(everything)))
    headings = [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 1"]
    assert headings == ["Article", "Legend", "Claims", "Sources", "Sourcing", "Open questions", "Provenance"]
    tables = document.element.body.findall(f"{W}tbl")
    assert len(tables) == 5
    for table in tables:
        assert table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None
        assert table.find(f"{W}tblPr/{W}tblDescription").get(f"{W}val")
    assert "Bar chart: Official statement 1 (25%); Denial 1 (25%)" in tables[3].find(f"{W}tblPr/{W}tblDescription").get(
        f"{W}val"
    )
    fields = [one.get(f"{W}instr") for one in parts(word.render(everything))["word/footer.xml"].iter(f"{W}fldSimple")]
    assert fields == [" PAGE ", " NUMPAGES "]


def test_elements_stand_in_the_order_about_which_word_is_strict(everything: Report) -> None:
    for name, root in parts(word.render(everything)).items():
        for kind, order in ORDERS.items():
            for element in root.iter(f"{W}{kind}"):
                places = [order.index(etree.QName(inside).localname) for inside in element]
                assert places == sorted(places), (name, etree.tostring(element))


@pytest.mark.parametrize("ending", [".docx", ".odt"])
def test_all_that_a_checker_added_stands_in_the_file(everything: Report, tmp_path: Path, ending: str) -> None:
    write(everything, tmp_path / f"report{ending}")
    text = words(tmp_path / f"report{ending}")
    for said in (
        "minister, Ministry of Rivers", "The dam broke first.", "her office", "dam, बाँध", "Order 114", "“The gates stay “shut” <b>”",
        "A2: source completely reliable", "https://archive.example/114", "No comment.", "none yet", "An editor knows who the source is",
        "Partly confirmed", "Accepted claims stand in 1 of the 1 sentence", "77" * 32, "48,211 bytes", "ab" * 32,
        "marked by a person", "By", "Jo “J” <Doe>",
    ):  # fmt: skip
        assert said in text, said


@RENDERERS
def test_the_article_stands_in_it_word_for_word(render: Render, everything: Report) -> None:
    (body,) = [root for name, root in parts(render(everything)).items() if name in {"word/document.xml", "content.xml"}]
    for note in body.iter(f"{OFFICE}annotation"):
        note.clear(keep_tail=True)
    lines = xml_text(body).split("\n")
    for paragraph in everything.paragraphs:
        bare = re.compile("(?:[■●⊘?][0-9][*]?)?".join(map(re.escape, paragraph.text)) + "(?:[■●⊘?][0-9][*]?)*")
        assert [line for line in lines if bare.fullmatch(line)], paragraph.text


@RENDERERS
def test_the_file_tells_of_nobody_but_the_checker_and_is_the_same_each_time(
    render: Render, everything: Report, tmp_path: Path
) -> None:
    data = render(everything)
    assert render(everything) == data
    path = tmp_path / ("report.odt" if render is opendocument.render else "report.docx")
    path.write_bytes(data)
    inside = bytes_inside(path)
    for secret in (f"{getpass.getuser()}@", socket.gethostname(), f"{Path.home()}/", "/tmp/", "python-docx", "odfdo"):
        assert secret.encode() not in inside
    with ZipFile(path) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_properties_are_those_of_the_report(everything: Report) -> None:
    about = docx.Document(BytesIO(word.render(everything))).core_properties
    assert (about.title, about.author, about.last_modified_by) == (
        "यमुना में पानी घटा 🌊 – sourcing report",
        "Ada",
        "Ada",
    )
    assert about.created == about.modified == everything.provenance.made_at.replace(tzinfo=about.created.tzinfo)
    assert about.comments == ""
    meta = Document(BytesIO(opendocument.render(everything))).meta
    assert (meta.title, meta.creator) == ("यमुना में पानी घटा 🌊 – sourcing report", "Ada")


@RENDERERS
def test_no_payload_lives_in_it(render: Render, tmp_path: Path) -> None:
    path = tmp_path / ("report.odt" if render is opendocument.render else "report.docx")
    path.write_bytes(render(scattered(PAYLOADS)))
    text = shown(words(path))
    assert not [payload for payload in PAYLOADS if shown(payload) not in text]
    read = parts(path.read_bytes())
    for name, root in read.items():
        kinds = {etree.QName(element).localname for element in root.iter(etree.Element)}
        assert not kinds & {
            "instrText",
            "fldChar",
            "object",
            "script",
            "event-listener",
            "plugin",
            "image",
            "altChunk",
        }, name
        assert name == "word/footer.xml" or "fldSimple" not in kinds
        targets = [element.get("Target", "") for element in root.iter("{*}Relationship") if element.get("TargetMode")]
        targets += [element.get("{http://www.w3.org/1999/xlink}href", "#") for element in root.iter("{*}a")]
        assert not [target for target in targets if not target.startswith(("https://", "http://", "#"))]


@RENDERERS
def test_characters_that_xml_cannot_hold_are_shown(
    render: Render, make: Make, claims: list[Claim], tmp_path: Path
) -> None:
    claims[1] = replace(claims[1], note="a\x01b\x1bc\ufffed\x0be\tf")
    path = tmp_path / ("report.odt" if render is opendocument.render else "report.docx")
    path.write_bytes(render(make(claims=claims, checker="\x07Ada")))
    assert "a␁b␛c�d␋e" in words(path)


@RENDERERS
@settings(deadline=None, max_examples=40)
@given(drafts())
def test_whatever_the_article_and_its_claims_each_claim_has_one_remark_that_begins_and_ends(
    render: Render, report: Report
) -> None:
    numbers = [row.number for row in report.rows]
    read = parts(render(report))
    if render is word.render:
        assert sorted(anchored_in_word(render(report))) == numbers
        assert [int(one.get(f"{W}id")) for one in read["word/comments.xml"]] == numbers
        return
    ends = [one.get(f"{OFFICE}name") for one in read["content.xml"].iter(f"{OFFICE}annotation-end")]
    assert sorted(ends) == sorted(f"claim_{number}" for number in numbers)


def test_words_of_each_script_know_their_language() -> None:
    found = [
        (one.text, one.script, one.language) for one in stretches("He said नमस्ते जी to 박하린 🙂 (مرحبا بك).", "en")
    ]
    assert found == [
        ("He said ", Script.WESTERN, "en"), ("नमस्ते जी", Script.DEVANAGARI, "hi"), (" to ", Script.WESTERN, "en"),
        ("박하린", Script.HANGUL, "ko"), (" 🙂 (", Script.WESTERN, ""), ("مرحبا بك", Script.ARABIC, "ar"), (").", Script.WESTERN, ""),
    ]  # fmt: skip
    assert [one.language for one in stretches("یہ پل بند ہے", "ur")] == ["ur"]


@RENDERERS
def test_an_arabic_article_runs_from_the_right(render: Render, make: Make, article: Article) -> None:
    arabic = replace(
        article, text="قال المتحدث إن الجسر مغلق.", title="الجسر", language="ar", title_span=None, furniture=()
    )
    inside = b"".join(etree.tostring(root) for root in parts(render(make(article=arabic, claims=[]))).values())
    assert (b"<w:bidi/>" in inside and b"<w:rtl/>" in inside) or b'style:writing-mode="rl-tb"' in inside
    assert b'w:bidi="ar"' in inside or b'style:language-complex="ar"' in inside


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://example.org/a b?c=ü#d", "https://example.org/a%20b?c=%C3%BC#d"), ("http://[::1]:80/", "http://[::1]:80/"),
        ("https://[bad", ""), ("https://user@evil.example/", ""), ("file:///etc/passwd", ""), ("https://a.example:x/", ""),
        ("https://example.org/" + "a" * 3000, ""),
    ],
)  # fmt: skip
def test_an_address_becomes_a_link_only_where_every_office_program_can_read_it(url: str, written: str) -> None:
    assert address(url) == written


@pytest.mark.parametrize(
    ("name", "letters"), [("Ada", "A"), ("jo van Doe Smith", "JVD"), ("박 하린", "박하"), ("", "")]
)
def test_initials_are_the_first_letters_of_a_name(name: str, letters: str) -> None:
    assert outline.initials(name) == letters


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not on this computer")
def test_libreoffice_opens_it_and_keeps_every_comment_on_the_way_there_and_back(
    tangled: Report, tmp_path: Path
) -> None:
    write(tangled, tmp_path / "there.docx")

    def convert(name: str, ending: str) -> None:
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        command = [
            str(SOFFICE),
            profile,
            "--headless",
            "--convert-to",
            ending,
            "--outdir",
            str(tmp_path / ending),
            name,
        ]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=100)

    convert("there.docx", "odt")
    convert("odt/there.odt", "docx")
    back = list(docx.Document(str(tmp_path / "docx" / "there.docx")).comments)
    assert sorted(one.text.split(" · ")[0] for one in back) == [f"Claim {row.number}" for row in tangled.rows]
