"""Word, OpenDocument, rich text, PDF and e-mail: what a file says, where its remarks belong, and how a bad one is refused."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimdesk.core.articles import mail, opendocument, pdf, richtext, word
from claimdesk.core.articles.reading import Reading
from claimdesk.core.claim import RemarkKind
from claimdesk.core.errors import ArticleError
from claimdesk.core.text import normalise

FILES = Path(__file__).parents[2] / "data" / "articles"
READERS: dict[str, Callable[[bytes, str], Reading]] = {
    "bridge.docx": word.read,
    "bridge.odt": opendocument.read,
    "bridge.rtf": richtext.read,
    "bridge.pdf": pdf.read,
    "web.pdf": pdf.read,
    "release.eml": mail.read,
}
OFFICE = ["bridge.docx", "bridge.odt", "bridge.rtf"]
TITLE = "Council votes to close the old bridge"
BLOCKS = [
    TITLE,
    "The council voted on Monday to close the bridge, mayor Ada Osei said. “It is un\u00adsafe,” she added. 🌉 The efficient office agreed.",
    "Inspectors had repeatedly warned of cracks in two supports. More than 14\u00a0000 vehicles cross it on a working day, and the "
    "well-known contractor has filed for insolvency.",
    "What follows",
    "• Lorries must turn at Mill Street.",
    "• Pedestrians may still cross.",
    "1. A support is installed.",
    "2. Load tests follow.",
    "Year | Vehicles",
    "2026 | 14\u00a0310",
    "परिषद ने पुल बंद करने का निर्णय लिया, महापौर ने कहा।",
    "시의회는 다리를 폐쇄하기로 의결했다고 시장이 밝혔다.",
    "قرر المجلس إغلاق الجسر القديم، كما قالت رئيسة البلدية يوم 12 مايو.",
    "The deputy mayor denied that anything had been withheld, and announced that all of the correspondence would be published by "
    "the end of the week. Opposition members called this an admission.",
]


def raw(name: str) -> bytes:
    return (FILES / name).read_bytes()


def reading(name: str) -> Reading:
    return READERS[name](raw(name), name)


def refusal(read: Callable[[bytes, str], Reading], content: bytes, name: str) -> str:
    """The sentence with which the file is refused; exactly one."""
    with pytest.raises(ArticleError) as refused:
        read(content, name)
    sentence = str(refused.value)
    assert sentence.startswith(name)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def repacked(name: str, changes: dict[str, bytes | None]) -> bytes:
    """The archive with other members; None leaves one out."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(raw(name))) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            if member.filename not in changes:
                new.writestr(member, old.read(member))
        for path, content in changes.items():
            if content is not None:
                new.writestr(path, content)
    return out.getvalue()


def member(name: str, path: str) -> bytes:
    with zipfile.ZipFile(BytesIO(raw(name))) as archive:
        return archive.read(path)


@pytest.mark.parametrize("name", OFFICE)
def test_an_office_document_is_read_block_by_block(name: str) -> None:
    assert reading(name).text.split("\n\n") == BLOCKS


@pytest.mark.parametrize("name", OFFICE)
def test_what_the_document_says_of_itself_is_kept(name: str) -> None:
    found = reading(name)
    assert (found.title, found.byline, found.published) == (TITLE, "Ada Osei", "2026-05-12")


@pytest.mark.parametrize("name", ["bridge.docx", "bridge.odt"])
def test_the_language_that_the_document_names_is_kept(name: str) -> None:
    assert reading(name).language == "en-GB"


@pytest.mark.parametrize("name", OFFICE)
def test_comments_and_footnotes_stand_at_their_words(name: str) -> None:
    found = reading(name)
    remarks = {one.kind: one for one in found.remarks}
    comment, note = remarks[RemarkKind.COMMENT], remarks[RemarkKind.FOOTNOTE]
    assert len(found.remarks) == 2
    assert (comment.text, comment.author) == ("Until when?", "Brita Halvorsen")
    assert comment.span is not None
    assert comment.span.of(found.text) == "close the bridge"
    assert note.text == "Minutes of the session, page 17."
    assert note.span is not None
    assert note.span.of(found.text) == "Monday"


@pytest.mark.parametrize("name", OFFICE)
def test_deleted_and_hidden_words_are_left_out_and_told(name: str) -> None:
    found = reading(name)
    assert "STRUCK" not in found.text
    assert "HIDDEN" not in found.text
    assert len(found.warnings) == 2
    assert all(warning.endswith(".") for warning in found.warnings)


@pytest.mark.parametrize("name", [*OFFICE, "bridge.pdf"])
def test_running_heads_and_page_numbers_are_left_out(name: str) -> None:
    text = reading(name).text
    assert "Municipal" not in text
    assert "Page 1" not in text


def test_a_pdf_of_two_pages_has_its_paragraphs_footnote_and_page_starts() -> None:
    found = reading("bridge.pdf")
    blocks = found.text.split("\n\n")
    expected = [block.replace("\u00a0", " ") for block in BLOCKS]  # LibreOffice writes the one as the other
    assert blocks[3:] == expected[3:]
    assert blocks[2].endswith(expected[2])
    assert found.pages[0] == 0
    assert len(found.pages) == 2
    assert found.text[found.pages[1] :].startswith(BLOCKS[11])
    [note] = found.remarks
    assert (note.kind, note.text) == (RemarkKind.FOOTNOTE, "Minutes of the session, page 17.")
    assert note.span is not None
    assert note.span.of(found.text) == "Monday"
    assert (found.title, found.byline) == (TITLE, "Ada Osei")


def test_columns_that_a_browser_printed_are_read_one_after_the_other_with_hyphens_mended() -> None:
    found = reading("web.pdf")
    blocks = found.text.split("\n\n")
    assert blocks[0] == found.title == TITLE
    assert blocks[2].endswith("announced that all of the correspondence would be published by the end of the week.")
    assert blocks[3:] == BLOCKS[10:13]


@pytest.mark.parametrize("name", READERS)
def test_every_place_lies_in_the_text_and_the_text_is_normalised(name: str) -> None:
    lawful(reading(name))


def lawful(found: Reading) -> None:
    assert normalise(found.text) == found.text
    spans = [*found.furniture, *(one.span for one in found.remarks if one.span is not None)]
    assert all(span.end <= len(found.text) for span in spans)
    assert list(found.pages) == sorted(found.pages)
    assert all(0 <= start <= len(found.text) for start in found.pages)
    assert Reading.from_json(found.to_json()) == found


def document(text: str) -> bytes:
    """A Word document of one paragraph, with a comment about all of it and a footnote at its end."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "word/document.xml",
            f'<w:document {space}><w:body><w:p><w:commentRangeStart w:id="1"/><w:r><w:t>{escaped}</w:t></w:r>'
            f'<w:commentRangeEnd w:id="1"/><w:r><w:footnoteReference w:id="2"/></w:r></w:p></w:body></w:document>',
        )
        archive.writestr(
            "word/comments.xml",
            f'<w:comments {space}><w:comment w:id="1" w:author="A"><w:p><w:r><w:t>?</w:t></w:r></w:p></w:comment></w:comments>',
        )
        archive.writestr(
            "word/footnotes.xml",
            f'<w:footnotes {space}><w:footnote w:id="2"><w:p><w:r><w:t>{escaped}</w:t></w:r></w:p></w:footnote></w:footnotes>',
        )
    return out.getvalue()


XML_TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff", include_characters="\t\n\r"),
    max_size=60,
)


@given(XML_TEXT.filter(lambda text: text.strip("\ufeff \t\r\n") != "" and any(not char.isspace() for char in text)))
@settings(max_examples=80, deadline=None)
def test_any_text_comes_out_of_a_document_normalised_with_its_remarks_inside(text: str) -> None:
    if not normalise(text).lstrip("\ufeff").strip():
        return
    found = word.read(document(text), "any.docx")
    lawful(found)
    comment = next(one for one in found.remarks if one.kind is RemarkKind.COMMENT)
    assert comment.span is not None
    assert comment.span.of(found.text) == found.text


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
@settings(max_examples=80, deadline=None)
def test_any_text_comes_out_of_a_mail_normalised(text: str) -> None:
    content = (
        b"From: a@b.example\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
        + text.encode()
    )
    try:
        lawful(mail.read(content, "any.eml"))
    except ArticleError:
        assert not text.strip("\ufeff \t\r\n-") or not any(char.isprintable() and not char.isspace() for char in text)


@pytest.mark.parametrize("name", READERS)
@given(st.data())
@settings(max_examples=12, deadline=None)
def test_a_damaged_file_is_read_or_refused_with_a_sentence(name: str, data: st.DataObject) -> None:
    content = bytearray(raw(name))
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    length = data.draw(st.one_of(st.just(len(content)), st.integers(0, len(content))))
    try:
        found = READERS[name](bytes(content[:length]), name)
    except ArticleError:
        return
    lawful(found)


@pytest.mark.parametrize(("name", "part"), [("bridge.docx", "word/document.xml"), ("bridge.odt", "content.xml")])
def test_a_document_type_and_its_entities_are_refused(name: str, part: str) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
    content = member(name, part)
    start = content.index(b"?>") + 2
    hostile = content[:start] + bomb + content[start:].replace(b"Inspectors", b"&b;&f;")
    assert "document type" in refusal(READERS[name], repacked(name, {part: hostile}), name)


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = repacked("bridge.docx", {"word/media/image.bin": b"\0" * 5_000_000})
    assert "no honest archive" in refusal(word.read, bomb, "bomb.docx")


@pytest.mark.parametrize("path", ["../evil.xml", "/etc/evil.xml", "word/../../evil.xml", "WORD/DOCUMENT.XML"])
def test_members_that_leave_their_folder_or_replace_others_are_refused(path: str) -> None:
    refusal(word.read, repacked("bridge.docx", {path: b"<x/>"}), "evil.docx")


def test_what_a_document_points_to_outside_itself_is_not_followed() -> None:
    rels = member("bridge.docx", "_rels/.rels").replace(
        b'Target="word/document.xml"', b'Target="https://a.example/x" TargetMode="External"'
    )
    assert word.read(repacked("bridge.docx", {"_rels/.rels": rels}), "bridge.docx").text == reading("bridge.docx").text


@pytest.mark.parametrize(
    ("read", "content", "says"),
    [
        (word.read, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "password"),
        (word.read, b"PK\x03\x04 and nothing else", "damaged"),
        (opendocument.read, b"", "damaged"),
        (richtext.read, b"{\\rtf1\\ansi{\\pict\\pngblip 89504e47}}", "no text"),
        (richtext.read, b"plain words", "not rich text"),
        (pdf.read, b"%PDF-1.7\nnothing", "damaged"),
        (mail.read, b"plain words", "not an e-mail"),
        (mail.read, b"From: a@b.example\n\n \n", "no text"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(
    read: Callable[[bytes, str], Reading], content: bytes, says: str
) -> None:
    assert says in refusal(read, content, "a.file")


def test_an_encrypted_open_document_asks_for_an_open_copy() -> None:
    manifest = member("bridge.odt", "META-INF/manifest.xml").replace(
        b"</manifest:manifest>", b"<manifest:encryption-data/></manifest:manifest>"
    )
    assert "password" in refusal(
        opendocument.read, repacked("bridge.odt", {"META-INF/manifest.xml": manifest}), "a.odt"
    )
