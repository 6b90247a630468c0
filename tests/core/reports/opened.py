"""What somebody reads who opens a report: its words, in one line, whatever the format."""

import html
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2


def words(path: Path) -> str:
    """The words of the report at `path`, and what its file says about itself."""
    return " ".join(_TEXTS.get(path.suffix, _plain)(path.read_bytes()).split())


def bytes_inside(path: Path) -> bytes:
    """The bytes of the report without any compression."""
    data = path.read_bytes()
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


def _pdf(data: bytes) -> str:
    with pikepdf.open(BytesIO(data)) as pdf, pdf.open_metadata() as metadata:
        about = [str(value) for value in (*pdf.docinfo.values(), *dict(metadata).values())]
    return "\n".join([pdf_text(data), *about])


_TEXTS = {".pdf": _pdf}
