"""What an article, a bundle or a checker could write to attack whoever opens the report stays words, in every format.

`tests/reliability/report_injection.py --full` puts every payload into every field of every format.
"""

import zipfile
from collections.abc import Callable
from io import BytesIO

import openpyxl
import pikepdf
import pytest
import regex
from tests.core.reports.living import CHECKERS
from tests.core.reports.opened import rendered, said
from tests.core.reports.payloads import PAYLOADS, attacked, scattered

from claimdesk.core.reports import FORMATS, Report

SLOW = {".pdf", ".docx", ".odt"}
"""Here a payload stands in one field instead of all of them; the long trial has the rest."""
SHAPED = {".pdf"}
"""Only ASCII is looked for: a script's letters are not always copied in the order in which they were written. `test_pdf` reads others."""
_SHOWN = regex.compile(r"[^\s\p{C}\p{M}\u2400-\u2421\ufffd]")


def shown(text: str) -> str:
    """Only what shows of a text, without marks on letters: no format keeps less."""
    return "".join(_SHOWN.findall(text))


def test_there_are_five_hundred_of_them() -> None:
    assert len(PAYLOADS) >= 500


def test_every_format_has_a_checker_of_its_own() -> None:
    assert FORMATS.keys() <= CHECKERS.keys(), "tests/core/reports/living.py has to know what could live in it"


@pytest.mark.parametrize("ending", FORMATS)
def test_none_of_them_lives_in_a_claim_and_each_can_be_read(ending: str) -> None:
    report = scattered(PAYLOADS) if ending in SLOW else attacked(PAYLOADS)
    data = rendered(report, ending)
    assert list(CHECKERS[ending](data)) == []
    read = shown(said(ending, data))
    readable = [payload for payload in PAYLOADS if payload.isascii() or ending not in SHAPED]
    assert [payload for payload in readable if shown(payload) not in read] == []


@pytest.mark.parametrize("ending", FORMATS)
def test_none_of_them_lives_in_what_is_said_of_the_article(ending: str) -> None:
    every = len(PAYLOADS) // (6 if ending in SLOW else 20)
    for payload in PAYLOADS[::every]:
        assert list(CHECKERS[ending](rendered(attacked(["x"], payload), ending))) == [], ascii(payload)
    assert list(CHECKERS[ending](rendered(attacked(["x"], " ".join(PAYLOADS)), ending))) == []


@pytest.mark.parametrize("ending", FORMATS)
def test_the_same_report_is_the_same_bytes(everything: Report, ending: str) -> None:
    assert rendered(everything, ending) == rendered(everything, ending)


def test_no_checker_is_blind() -> None:
    for ending, samples in ALIVE.items():
        for sample in samples:
            assert list(CHECKERS[ending](sample)), (ending, sample[:80])
    assert CHECKERS.keys() == ALIVE.keys()


def _page(inside: str) -> bytes:
    policy = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'"><style></style>'
    page = f"<!DOCTYPE html><html><head>{policy}</head><body>%s</body></html>"
    assert list(CHECKERS[".html"]((page % "<p>x</p>").encode())) == []
    return (page % inside).encode()


def _zip(parts: dict[str, str], start: bytes | None = None) -> bytes:
    data = BytesIO(start or b"")
    with zipfile.ZipFile(data, "a" if start else "w") as archive:
        for name, words in parts.items():
            archive.writestr(name, words)
    return data.getvalue()


def _workbook(change: Callable[[openpyxl.Workbook], object]) -> bytes:
    data, book = BytesIO(), openpyxl.Workbook()
    change(book)
    book.save(data)
    return data.getvalue()


def _pdf(change: Callable[[pikepdf.Pdf], object]) -> bytes:
    data = BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        change(document)
        document.save(data)
    return data.getvalue()


def _with_link(document: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("javascript:x"))
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 1, 1], A=action)
    document.pages[0].Annots = pikepdf.Array([note])


def _with_script(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("x"))


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_RELATION = '<Relationships><Relationship TargetMode="External" Type="x/%s" Target="%s"/></Relationships>'
_LINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
ALIVE = {
    ".html": [
        _page(inside)
        for inside in (
            "<script>1</script>", "<p onclick=x>", "<a href=javascript:x>x</a>", "<a href=//evil.example>x</a>", "<img src=x>",
            "<p style='x'>", "<style>x</style>", "<iframe></iframe>", "<meta http-equiv=refresh>",
        )
    ],
    ".csv": [f"No.,Words\r\n1,{cell}\r\n".encode() for cell in ("=1", " =1", "+1", "@x", "\u200b=1", "＝1", '"\t1"', "x\r\n,y")],
    ".xlsx": [
        _workbook(lambda book: book.worksheets[0].append(["=1+1"])),
        _workbook(lambda book: setattr(book.worksheets[0]["A1"], "hyperlink", "javascript:x")),
        _zip({"xl/vbaProject.bin": "x"}, _workbook(lambda book: None)),
        _zip({"xl/_rels/x.rels": _RELATION % ("externalLink", "http://evil.example")}, _workbook(lambda book: None)),
    ],
    ".md": [
        words.encode()
        for words in (
            "a <b>", "<div>\n", "![x](x.png)", "[x](javascript\\:1)", "`x`", "    x", "---", "[x]: y", "#### x",
            "<ftp://evil.example>", "| a |\n|---|", "[x](//evil.example)",
        )
    ],
    ".pdf": [_pdf(_with_link), _pdf(_with_script)],
    ".docx": [
        _zip({"word/document.xml": f"<w:p {_W}><w:instrText>DDEAUTO c:\\calc</w:instrText></w:p>"}),
        _zip({"word/document.xml": f'<w:p {_W}><w:fldSimple w:instr="INCLUDETEXT x"/></w:p>'}),
        _zip({"word/document.xml": f"<w:altChunk {_W}/>"}),
        _zip({"word/_rels/document.xml.rels": _RELATION % ("hyperlink", "file:///etc/passwd")}),
        _zip({"word/_rels/settings.xml.rels": _RELATION % ("attachedTemplate", "http://evil.example")}),
        _zip({"../evil.xml": "<x/>"}),
    ],
    ".odt": [
        _zip({"content.xml": f'<a {_LINK} xlink:href="javascript:x"/>'}),
        _zip({"content.xml": '<script xmlns="urn:oasis:names:tc:opendocument:xmlns:script:1.0"/>'}),
        _zip({"Scripts/x.xml": "<x/>"}),
    ],
    ".json": [b'{"a": NaN}', b'{"a": 1, "a": 2}', b"{"],
    ".jsonld": [b'{"@context": "http://evil.example"}', b'{"a": [{"id": "javascript:x"}]}'],
    ".qdpx": [_zip({"/etc/x": "x"}), _zip({"project.qde": '<Source path="file:///etc/passwd"/>'}), _zip({"a.xml": "<!DOCTYPE x><x/>"})],
    ".claimdesk": [_zip({"../x": "x"}), _zip({"a\\b": "x"})],
}  # fmt: skip
