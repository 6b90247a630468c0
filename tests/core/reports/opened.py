"""What somebody reads who opens a report: its words, in one line, whatever the format."""

import html
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pikepdf
import pypdfium2
from lxml import etree


def words(path: Path) -> str:
    """The words of the report at `path`, and what its file says about itself."""
    return " ".join(_TEXTS.get(path.suffix, _plain)(path.read_bytes()).split())


def bytes_inside(path: Path) -> bytes:
    """The bytes of the report without any compression."""
    data = path.read_bytes()
    if path.suffix in {".docx", ".odt", ".qdpx"}:
        with ZipFile(BytesIO(data)) as package:
            return b"\n".join([*map(str.encode, package.namelist()), *map(package.read, package.namelist())])
    if path.suffix != ".pdf":
        return data
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        pdf.save(out, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable,
                 stream_decode_level=pikepdf.StreamDecodeLevel.generalized)  # fmt: skip
    return out.getvalue()


def pdf_text(data: bytes) -> str:
    """The words of a PDF's pages, as they are copied from it."""
    with pypdfium2.PdfDocument(data) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    return "\n".join(texts).replace("\r", "").replace("\ufffe", "")


def _plain(data: bytes) -> str:
    return html.unescape(data.decode())


def _qdpx(data: bytes) -> str:
    with ZipFile(BytesIO(data)) as package:
        return html.unescape("\n".join(package.read(name).decode() for name in package.namelist()))


def _pdf(data: bytes) -> str:
    with pikepdf.open(BytesIO(data)) as pdf, pdf.open_metadata() as metadata:
        about = [str(value) for value in (*pdf.docinfo.values(), *dict(metadata).values())]
    return "\n".join([pdf_text(data), *about])


def _package(data: bytes) -> str:
    with ZipFile(BytesIO(data)) as package:
        roots = [etree.fromstring(package.read(name)) for name in package.namelist() if name.endswith(".xml")]
    return "\n".join(map(xml_text, roots))


def xml_text(root: Any) -> str:
    """The words of a part of a text document, a line a paragraph; white space that stands there as elements is put back."""
    for element in root.iter("{*}s", "{*}tab", "{*}br", "{*}line-break"):
        element.text = {"s": " ", "tab": "\t"}.get(etree.QName(element).localname, "\n")
    for element in root.iter("{*}p", "{*}h"):
        element.tail = "\n"
    return "".join(map(str, root.itertext()))


_TEXTS = {".qdpx": _qdpx, ".pdf": _pdf, ".docx": _package, ".odt": _package}
