"""Sound files of every kind, ways to damage them, and files that were made to do harm: what `hostile_files` feeds to the readers."""

import io
import plistlib
import random
import zipfile
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from functools import lru_cache

from tests.core.articles.pages import ARABIC, ENGLISH, HINDI, KOREAN, STORIES, TEMPLATES, Story, modern
from tests.core.articles.test_web import mhtml, webarchive

from claimdesk.core.articles import Kind

CHANGES = (1, 1, 2, 3, 12)
_TOKENS = (
    b"<", b">", b"&", b"\"", b"\0", b"\xff\xff\xff\xff", b"\x80", b"]]>", b"<!--", b"-->", b"<![CDATA[", b"<![<[", b"&#x110000;", b"&#0;",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"{", b"}", b"\\bin99999", b"\\u-1", b"\\'zz", b"\\pard", b"(", b")", b"<<", b">>", b"endobj", b"stream",
    b"99999999999", b"-1", b"0", b"1e999", b"PK\x03\x04", b"PK\x05\x06", b"\r\n\r\n", b"Content-Type: multipart/mixed; boundary=x\r\n",
    b"=?utf-8?B?4pyT", b"=", b"charset=klingon", "क🌉".encode(), b"\xed\xa0\x80", b"w:val=", b"text:c='999999999'",
)  # fmt: skip


def _word(story: Story) -> bytes:
    from docx import Document

    document = Document()
    document.add_heading(story.title, 1)
    for words in story.paragraphs:
        paragraph = document.add_paragraph(words)
    document.add_comment(paragraph.runs, "Who says so?", author="Kim", initials="K")
    document.add_table(2, 2).cell(0, 0).text = story.author
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _opendocument(story: Story) -> bytes:
    from odfdo import Document, Header, Paragraph, Table

    document = Document("text")
    document.body.clear()
    document.body.append(Header(1, story.title))
    for words in story.paragraphs:
        document.body.append(Paragraph(words))
    document.body.append(Table("T", width=2, height=2))
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _rich_text(story: Story) -> bytes:
    def escaped(words: str) -> str:
        units = words.encode("utf-16-le")
        numbers = (int.from_bytes(units[at : at + 2], "little", signed=True) for at in range(0, len(units), 2))
        return "".join(chr(one) if 32 <= one < 127 and chr(one) not in "\\{}" else f"\\u{one}?" for one in numbers)

    body = "".join(f"\\pard\\plain {escaped(words)}\\par\n" for words in story.paragraphs)
    head = (
        "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Times;}}{\\info{\\title " + escaped(story.title) + "}{\\author A}}"
    )
    return (
        head + "\\b " + escaped(story.title) + "\\b0\\par\n" + body + "\\trowd\\cellx1 one\\cell two\\cell\\row}"
    ).encode()


def pdf(pages: int, lines: tuple[str, ...] = ("The mayor said that it closes.", "Nobody denied it.")) -> bytes:
    """A plain PDF of so many pages with the same words on each."""
    words = " ".join(f"({line}) Tj 0 -20 Td" for line in lines)
    content = f"BT /F1 12 Tf 72 700 Td {words} ET".encode()
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>"
        % (pages, b" ".join(b"%d 0 R" % (5 + number) for number in range(pages))),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
    ]
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
    out, places = io.BytesIO(b"%PDF-1.4\n"), []
    out.seek(0, io.SEEK_END)
    for number, part in enumerate([*parts, *[page] * pages], 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, part))
    table = out.tell()
    out.write(
        b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
        + b"".join(b"%010d 00000 n \n" % place for place in places)
    )
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(places) + 1, table))
    return out.getvalue()


def _typeset(story: Story) -> bytes:
    import typst

    body = "\n\n".join(words.replace("“", '"').replace("”", '"') for words in story.paragraphs)
    return bytes(
        typst.compile(f'#set document(title: "{story.title}")\n= {story.title}\n{body}\n#pagebreak()\n{body}'.encode())
    )


def _mail(story: Story) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = (
        f"{story.author} <press@example.org>",
        "desk@example.org",
        story.title,
    )
    message["Date"], message["Message-ID"] = "Mon, 02 Mar 2026 08:30:00 +0100", "<1@example.org>"
    message.set_content("\n\n".join(story.paragraphs))
    message.add_alternative(modern(story), subtype="html")
    message.add_attachment(pdf(1), "application", "pdf", filename="plan.pdf")
    return message.as_bytes()


_MAKERS: dict[Kind, Callable[[], list[bytes]]] = {
    Kind.TEXT: lambda: ["\n\n".join(story.paragraphs).encode(code) for story, code in ((HINDI, "utf-8"), (KOREAN, "utf-16"), (ARABIC, "cp1256"))],
    Kind.MARKDOWN: lambda: [f"# {story.title}\n\n> {story.paragraphs[0]}\n\n- *a*\n- `b`\n\n| a | b |\n|---|---|\n| 1 | 2 |\n".encode() for story in STORIES],
    Kind.HTML: lambda: [template(story).encode() for template in TEMPLATES for story in STORIES],
    Kind.MHTML: lambda: [mhtml(modern(story)) for story in STORIES],
    Kind.WEBARCHIVE: lambda: [webarchive(modern(story), form) for story in STORIES for form in plistlib.PlistFormat],
    Kind.WORD: lambda: [_word(story) for story in STORIES],
    Kind.OPENDOCUMENT: lambda: [_opendocument(story) for story in STORIES],
    Kind.RICH_TEXT: lambda: [_rich_text(story) for story in STORIES],
    Kind.PDF: lambda: [pdf(3), _typeset(ENGLISH), _typeset(STORIES[1])],
    Kind.MAIL: lambda: [_mail(story) for story in STORIES],
}  # fmt: skip


@lru_cache
def sound_files(kind: Kind) -> list[bytes]:
    """Files of a kind in which nothing is wrong, in several scripts."""
    return _MAKERS[kind]()


def damaged(raw: bytes, chance: random.Random) -> bytes:
    """The file with some changes; of an archive half the time one of its parts, which no checksum guards then."""
    if raw.startswith(b"PK") and chance.random() < 0.8:
        return _repacked(raw, chance)
    return _changed(raw, chance)


def _changed(raw: bytes, chance: random.Random) -> bytes:
    out = bytearray(raw)
    for _ in range(chance.choice(CHANGES)):
        place = chance.randrange(len(out) + 1)
        stretch = chance.choice((1, 4, 30, 500))
        match chance.randrange(6):
            case 0 if place < len(out):
                out[place] = chance.randrange(256)
            case 1:
                del out[place : place + stretch]
            case 2:
                out[place:place] = chance.choice(_TOKENS) * chance.choice((1, 1, 1, 40))
            case 3:
                out[place:place] = out[place : place + stretch] * chance.choice((1, 3, 60))
            case 4:
                other = chance.randrange(len(out) + 1)
                out[place : place + stretch] = out[other : other + stretch]
            case 5 if chance.random() < 0.2:
                del out[place:]
    return bytes(out)


def _repacked(raw: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    documents = [name for name in parts if name.endswith((".xml", ".rels"))]
    for name in chance.sample(documents, chance.randint(1, min(3, len(documents)))):
        parts[name] = _changed(parts[name], chance)
    if chance.random() < 0.1:
        del parts[chance.choice(documents)]
    return _packed(parts)


def _packed(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _with_part(raw: bytes, name: str, content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return _packed({one: archive.read(one) if one != name else content for one in archive.namelist()})


def bombs() -> Iterator[tuple[str, str, bytes]]:
    """What each bomb is called, its file's name, and its bytes, one after the other since some are large."""
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 12))
    declared = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">' + laughs + b"]>"
    word, text = sound_files(Kind.WORD)[0], sound_files(Kind.OPENDOCUMENT)[0]
    head = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    yield "zip bomb", "a.docx", _with_part(word, "word/document.xml", b" " * 400_000_000)
    yield (
        "zip bomb under the ratio",
        "a.docx",
        _with_part(word, "word/document.xml", head + b"".join(b"<w:p a='%d'/>" % n for n in range(3_000_000))),
    )
    yield (
        "billion laughs, Word",
        "a.docx",
        _with_part(
            word, "word/document.xml", declared + head + b"<w:p><w:r><w:t>&l11;</w:t></w:r></w:p></w:body></w:document>"
        ),
    )
    yield "billion laughs, OpenDocument", "a.odt", _with_part(text, "content.xml", declared + b"<x>&l11;</x>")
    yield "billion laughs, page", "a.html", declared + b"<html><body><p>She said &l11;</p></body></html>"
    yield "deep Word", "a.docx", _with_part(word, "word/document.xml", head + b"<w:tbl><w:tr><w:tc>" * 200_000)
    yield "spaces without end", "a.odt", _with_part(text, "content.xml", _spaces(text))
    yield "200,000 divs", "a.html", b"<html><body>" + b"<div>" * 200_000 + b"<p>She said so.</p>" + b"</div>" * 200_000
    yield "attributes", "a.html", b"<html><p " + b" ".join(b"a%d=1" % n for n in range(500_000)) + b">She said so.</p>"
    yield "paragraphs", "a.html", b"<html><article>" + b"<p>She said so, and he did." * 99_000
    yield "100 MB of text", "a.txt", b"She said so. " * 7_700_000
    yield "100 MB of page", "a.html", b"<html><p>She said so." * 4_800_000
    yield "deep rich text", "a.rtf", b"{\\rtf1 " + b"{" * 5_000_000
    yield "rich text, long", "a.rtf", b"{\\rtf1 " + b"\\par\\b x" * 6_000_000 + b"}"
    yield "100,000 pages", "a.pdf", pdf(100_000)
    yield "20,000 pages", "a.pdf", pdf(20_000)
    yield "pages in a circle", "a.pdf", pdf(2).replace(b"/Kids [5 0 R 6 0 R]", b"/Kids [2 0 R 2 0 R]")
    yield "deep mail", "a.eml", b"From: a\r\nMIME-Version: 1.0\r\nSubject: b\r\n" + _nested(5_000)
    yield (
        "parts of mail",
        "a.eml",
        b"From: a\r\nSubject: b\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
        + b"--x\r\n\r\na\r\n" * 1_000_000,
    )
    yield "pictures in a web archive", "a.webarchive", b"bplist00" + b"\xaf\x12\xff\xff\xff\xff" * 1_000_000


def _spaces(raw: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        content = archive.read("content.xml")
    return content.replace(b"</text:p>", b'<text:s text:c="2000000000"/></text:p>', 1)


def _nested(depth: int) -> bytes:
    return (
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(depth))
        + b"\r\nend\r\n"
    )
