"""What somebody reads who opens a report: its words, in one line, whatever the format; and its bytes without compression."""

import csv
import html
import io
import json
import tempfile
import zipfile
from collections.abc import Callable
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pikepdf
import pypdfium2
from lxml import etree
from markdown_it import MarkdownIt
from markdown_it.token import Token

from claimdesk.core.reports import Report, write

ZIPPED = {".xlsx", ".docx", ".odt", ".qdpx", ".claimdesk"}


def rendered(report: Report, ending: str) -> bytes:
    """The bytes of the report's file with this ending."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"report{ending}"
        write(report, path)
        return path.read_bytes()


def words(path: Path) -> str:
    """The words of the report at `path`, and what its file says about itself."""
    return " ".join(said(path.suffix.lower(), path.read_bytes()).split())


def said(ending: str, data: bytes) -> str:
    """The words of a report's file, with the white space that they stand in."""
    return _TEXTS.get(ending, _plain)(data)


def bytes_inside(path: Path) -> bytes:
    """The bytes of the report without any compression, the names of its parts among them."""
    data = path.read_bytes()
    if path.suffix in ZIPPED:
        return b"\n".join([*(name.encode() + b"\n" + part for name, part in parts(data).items()), _zip_records(data)])
    if path.suffix != ".pdf":
        return data
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        pdf.save(out, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable,
                 stream_decode_level=pikepdf.StreamDecodeLevel.generalized)  # fmt: skip
    return out.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of a zipped file by name."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def xml(data: bytes) -> etree._Element:
    """A part of a file as XML; entities and anything outside it are left alone."""
    return etree.fromstring(
        data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    )


def workbook(data: bytes) -> openpyxl.Workbook:
    """A workbook as openpyxl reads it."""
    return openpyxl.load_workbook(BytesIO(data))


@lru_cache(1)
def markdown_tokens(data: bytes) -> list[Token]:
    """The tokens of a Markdown file, those within lines among them, as a reader has them that lets all HTML and links through."""
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    reader.validateLink = lambda url: True  # type: ignore[method-assign]
    return [token for block in reader.parse(data.decode()) for token in (block, *(block.children or ()))]


def pdf_text(data: bytes) -> str:
    """The words of a PDF's pages, as they are copied from it."""
    with pypdfium2.PdfDocument(data) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    return "\n".join(texts).replace("\r", "").replace("\ufffe", "")


def _zip_records(data: bytes) -> bytes:
    """What a zip says of its parts beside their bytes: comments and extra fields."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return b"\n".join(
            [archive.comment, *(part for entry in archive.infolist() for part in (entry.comment, entry.extra))]
        )


def _plain(data: bytes) -> str:
    return html.unescape(data.decode())


def _linked_data(data: bytes) -> str:
    """All strings of a JSON file; their escapes are no part of the words."""
    strings: list[str] = []
    waiting = [json.loads(data)]
    while waiting:
        one = waiting.pop(0)
        strings += [one] if isinstance(one, str) else []
        waiting += [*one.values()] if isinstance(one, dict) else one if isinstance(one, list) else []
    return "\n".join(strings)


def _qdpx(data: bytes) -> str:
    return html.unescape("\n".join(part.decode() for part in parts(data).values()))


def _pdf(data: bytes) -> str:
    with pikepdf.open(BytesIO(data)) as pdf, pdf.open_metadata() as metadata:
        about = [str(value) for value in (*pdf.docinfo.values(), *dict(metadata).values())]
    return "\n".join([pdf_text(data), *about])


def _csv(data: bytes) -> str:
    rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
    return "\n".join(cell for row in rows for cell in row)


def _xlsx(data: bytes) -> str:
    book = workbook(data)
    about = [book.properties.title, book.properties.creator]
    cells = (cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    return "\n".join(str(cell) for cell in (*cells, *about) if cell is not None)


def _markdown(data: bytes) -> str:
    return "\n".join(token.content for token in markdown_tokens(data) if token.type not in {"inline", "text_special"})


def _package(data: bytes) -> str:
    return "\n".join(xml_text(xml(part)) for name, part in parts(data).items() if name.endswith((".xml", ".qde")))


def xml_text(root: Any) -> str:
    """The words of a part of a text document, a line a paragraph; white space that stands there as elements is put back."""
    for element in root.iter("{*}s", "{*}tab", "{*}br", "{*}line-break"):
        element.text = {"s": " ", "tab": "\t"}.get(etree.QName(element).localname, "\n")
    for element in root.iter("{*}p", "{*}h"):
        element.tail = "\n"
    return "".join(map(str, root.itertext()))


_TEXTS: dict[str, Callable[[bytes], str]] = {
    ".pdf": _pdf, ".csv": _csv, ".xlsx": _xlsx, ".md": _markdown, ".docx": _package, ".odt": _package, ".qdpx": _qdpx, ".jsonld": _linked_data,
    ".claimdesk": lambda data: "\n".join(part.decode(errors="replace") for part in parts(data).values()),
}  # fmt: skip
