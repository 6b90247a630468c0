"""Article files: what this version reads, and one sentence for each thing that it does not."""

import codecs
import stat
from pathlib import Path

from claimdesk.core.articles.intake import LARGEST, TOO_LARGE, from_text
from claimdesk.core.claim import Article
from claimdesk.core.errors import ArticleError, reason

_TEXT = frozenset({"", ".txt", ".text"})
_MARKDOWN = frozenset({".md", ".markdown"})
_READS = "this version reads text (.txt) and Markdown (.md)"

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)  # UTF-32 before UTF-16, whose little-endian mark it starts with

_MAGIC = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a Word document or another zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Word document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"SQLite format 3", "a database"),
    (b"\x1f\x8b", "a compressed archive"),
)

_CONTROLS = bytes(range(9)) + bytes(range(14, 27)) + bytes(range(28, 32)) + b"\x7f"
_MOST_CONTROLS = 0.1
"""The share of control characters from which on a file is no text."""


def from_file(path: Path, *, encoding: str | None = None) -> tuple[Article, bytes]:
    """The article in the file at `path`, and the bytes that it was read from.

    Without `encoding` a byte order mark is believed, else the file has to be UTF-8. Raises ArticleError with one sentence
    where the file is missing, unreadable, empty, too large, or no text that can be decoded.
    """
    raw = _bytes_of(path)
    text = _decoded(raw, path.name, encoding)
    if path.suffix.lower() in _MARKDOWN:
        from claimdesk.core.articles.markdown import plain_text

        text = plain_text(text)
    return from_text(text, filename=path.name), raw


def _bytes_of(path: Path) -> bytes:
    """What the file holds; its size is looked at before it is read."""
    try:
        _admit(path)
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise ArticleError(f"{path.name} does not exist; check the name and the folder.") from None
    except OSError as error:
        raise ArticleError(f"{path.name} cannot be read: {reason(error)}.") from error
    if len(raw) > LARGEST:
        raise ArticleError(TOO_LARGE.format(what=path.name))
    return raw


def _admit(path: Path) -> None:
    """Raise for what need not be opened to know that it is no article; OSError where the system knows of no such file."""
    state = path.stat()
    if stat.S_ISDIR(state.st_mode):
        raise ArticleError(f"{path.name or path} is a folder, not an article; name the files in it.")
    if not stat.S_ISREG(state.st_mode):
        raise ArticleError(f"{path.name} is a device and not a file; save the text as a .txt file first.")
    if path.suffix.lower() not in _TEXT | _MARKDOWN:
        raise ArticleError(f"{path.name} is not a kind of file that can be opened yet: {_READS}.")
    if state.st_size > LARGEST:
        raise ArticleError(TOO_LARGE.format(what=path.name))


def _decoded(raw: bytes, name: str, encoding: str | None) -> str:
    """The bytes as text, by the encoding that was named, the byte order mark, or as UTF-8."""
    for magic, kind in _MAGIC:
        if raw.startswith(magic):
            raise ArticleError(f"{name} is {kind}, whatever its name says, and {_READS}.")
    marked = next((codec for bom, codec in _BOMS if raw.startswith(bom)), None)
    if encoding is None and marked is None and _is_binary(raw):
        raise ArticleError(f"{name} is a binary file, not text, and {_READS}.")
    text = _named(raw, name, encoding) if encoding else _marked(raw, name, marked)
    if _is_binary(text.encode(errors="surrogatepass")):
        raise ArticleError(f"{name} makes no text when it is read as {encoding or marked or 'UTF-8'}.")
    return text


def _named(raw: bytes, name: str, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeError:
        raise ArticleError(f"{name} is not valid {encoding}; try another --encoding.") from None
    except (LookupError, ValueError):
        raise ArticleError(
            f"There is no encoding called {encoding!r}; try utf-8, utf-16 or windows-1252 after --encoding."
        ) from None


def _marked(raw: bytes, name: str, marked: str | None) -> str:
    try:
        return raw.decode(marked or "utf-8")
    except UnicodeDecodeError:
        raise ArticleError(
            f"{name} is not valid {(marked or 'utf-8').removesuffix('-sig').upper()}; save it as UTF-8, or name its "
            f"encoding with --encoding, for example --encoding windows-1252."
        ) from None


def _is_binary(raw: bytes) -> bool:
    """Whether the bytes are no text: a NUL among them, or many control characters that no text has."""
    controls = len(raw) - len(raw.translate(None, _CONTROLS))
    return b"\0" in raw or controls > _MOST_CONTROLS * len(raw)
