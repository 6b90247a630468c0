"""What a file is, is told from what it holds and then from its ending."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.articles.pages import ENGLISH, modern

from claimdesk.core.articles import Kind, from_path
from claimdesk.core.articles.kinds import kind_of
from claimdesk.core.errors import ArticleError

MAIL = b"Received: from a by b\r\nFrom: Ada <ada@example.org>\r\nSubject: Bridge\r\nMIME-Version: 1.0\r\n\r\nIt closes.\r\n"


def zipped(*names: str, first: bytes = b"") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        if first:
            archive.writestr("mimetype", first)
        for name in names:
            archive.writestr(name, "x")
    return made.getvalue()


WORD = zipped("[Content_Types].xml", "_rels/.rels", "word/document.xml")
OPENDOCUMENT = zipped("content.xml", first=b"application/vnd.oasis.opendocument.text")


@pytest.mark.parametrize(
    ("raw", "name", "kind"),
    [
        (b"She said so.", "a.txt", Kind.TEXT),
        (b"She said so.", "README", Kind.TEXT),
        (b"# She said so", "a.md", Kind.MARKDOWN),
        (b"<p>She said so.", "a.html", Kind.HTML),
        (b"<!DOCTYPE html><p>She said so.", "a.txt", Kind.HTML),
        (b"\xef\xbb\xbf \n<!-- saved -->\n<HTML lang=en>", "a", Kind.HTML),
        (b'<?xml version="1.0"?>\n<html xmlns="x">', "a.xml", Kind.HTML),
        ("<html><p>x".encode("utf-16"), "a.txt", Kind.HTML),
        (b"%PDF-1.7\n", "a.txt", Kind.PDF),
        (b"junk\n%PDF-1.7\n", "a.pdf", Kind.PDF),
        (b"{\\rtf1\\ansi", "a.doc", Kind.RICH_TEXT),
        (WORD, "a.bin", Kind.WORD),
        (OPENDOCUMENT, "a.docx", Kind.OPENDOCUMENT),
        (MAIL, "a.txt", Kind.MAIL),
        (MAIL.replace(b"\r\n", b"\n"), "press release", Kind.MAIL),
        (b"Subject: Bridge\nFrom: Ada\nDate: Monday\n\nIt closes.", "a.eml", Kind.MAIL),
        (b"Subject: Bridge\nFrom: Ada\nDate: Monday\n\nIt closes.", "a.txt", Kind.TEXT),
    ],
)  # fmt: skip
def test_a_file_is_what_it_holds(raw: bytes, name: str, kind: Kind) -> None:
    assert kind_of(raw, name) is kind


@pytest.mark.parametrize(
    ("raw", "name", "word"),
    [
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "a.xlsx", "spreadsheet"),
        (zipped("[Content_Types].xml", "ppt/presentation.xml"), "a.docx", "presentation"),
        (zipped("META-INF/container.xml", first=b"application/epub+zip"), "a.epub", "e-book"),
        (zipped("content.xml", first=b"application/vnd.oasis.opendocument.spreadsheet"), "a.ods", "spreadsheet"),
        (zipped("a.txt", "b.txt"), "a.zip", "as a whole"),
        (WORD[:-10], "a.docx", "damaged"),
        (b"MZ\x90", "setup.exe", "not a kind of file"),
        (b"She said so.", "a.docx", "not a Word document"),
        (b"She said so.", "a.mht", "not a saved web page"),
    ],
)  # fmt: skip
def test_what_is_none_of_them_is_said_in_one_sentence(raw: bytes, name: str, word: str) -> None:
    with pytest.raises(ArticleError, match=r"^[^\n]+\.$") as refused:
        kind_of(raw, name)
    assert word in str(refused.value)


def test_a_web_page_is_opened_like_any_other_file(tmp_path: Path) -> None:
    path = tmp_path / "bridge.html"
    path.write_bytes(modern(ENGLISH).encode())
    draft = from_path(path)
    article, raw = draft.article, draft.original
    assert article.title == ENGLISH.title
    assert article.filename == "bridge.html"
    assert raw == path.read_bytes()


@given(st.binary(), st.sampled_from(["a", "a.txt", "a.docx", "a.eml", "a.pdf", "a.zip", "a.webarchive"]))
def test_every_file_is_of_a_kind_or_refused(raw: bytes, name: str) -> None:
    try:
        assert kind_of(raw, name) in Kind
    except ArticleError as error:
        assert str(error).endswith(".")  # noqa: PT017 - both ways are right, and each has to hold
