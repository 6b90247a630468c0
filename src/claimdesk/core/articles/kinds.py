"""What a file is, told from what it holds and then from its ending; and who reads it."""

import re
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from pathlib import PurePath
from typing import cast

from claimdesk.core.articles import decoding
from claimdesk.core.articles.reading import Reading
from claimdesk.core.errors import ArticleError

TEXT_BYTES = 10_000_000
"""Bytes that a file of plain text has at the most."""

PAGE_BYTES = 10_000_000
"""Bytes that a web page has at the most, its scripts and pictures in the text included."""

RICH_BYTES = 100_000_000
"""Bytes that any other file has at the most; what takes so many is its pictures."""

READS = (
    "ClaimDesk reads text (.txt), Markdown (.md), web pages (.html, .mht, .webarchive), Word (.docx), OpenDocument (.odt), "
    "rich text (.rtf), PDF and e-mail (.eml)"
)


class Kind(StrEnum):
    """A kind of file that an article can be read from."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    MHTML = "mhtml"
    WEBARCHIVE = "webarchive"
    WORD = "word"
    OPENDOCUMENT = "opendocument"
    RICH_TEXT = "rich text"
    PDF = "pdf"
    MAIL = "mail"

    @property
    def called(self) -> str:
        """What people call such a file, with its article."""
        return _TRAITS[self].called

    @property
    def largest(self) -> int:
        """Bytes that such a file has at the most."""
        return _TRAITS[self].largest

    @property
    def seconds(self) -> float:
        """Seconds of the processor that reading such a file may take: most take a fraction of one, a book as PDF takes some."""
        return 30.0 if self is Kind.PDF else 8.0

    @property
    def is_harmless(self) -> bool:
        """Whether its reader is so plain that it needs no process of its own."""
        return self in {Kind.TEXT, Kind.MARKDOWN}

    @property
    def is_decoded(self) -> bool:
        """Whether its bytes are text in some encoding, that can be named."""
        return self in {Kind.TEXT, Kind.MARKDOWN, Kind.HTML}


@dataclass(frozen=True, slots=True)
class _Traits:
    called: str
    endings: frozenset[str]
    module: str
    """The module of this room that has `read(raw, name) -> Reading`."""
    largest: int = RICH_BYTES


def _traits(called: str, endings: str, module: str, largest: int = RICH_BYTES) -> _Traits:
    return _Traits(called, frozenset(endings.split()), module, largest)


_TRAITS = {
    Kind.TEXT: _traits("a text", ".txt .text", "text", TEXT_BYTES),
    Kind.MARKDOWN: _traits("a Markdown text", ".md .markdown", "markdown", TEXT_BYTES),
    Kind.HTML: _traits("a web page", ".html .htm .xhtml .xht", "web", PAGE_BYTES),
    Kind.MHTML: _traits("a saved web page", ".mht .mhtml", "saved_page"),
    Kind.WEBARCHIVE: _traits("a web page saved by Safari", ".webarchive", "saved_page"),
    Kind.WORD: _traits("a Word document", ".docx .docm .dotx", "word"),
    Kind.OPENDOCUMENT: _traits("an OpenDocument text", ".odt .ott", "opendocument"),
    Kind.RICH_TEXT: _traits("a rich text document", ".rtf", "richtext"),
    Kind.PDF: _traits("a PDF document", ".pdf", "pdf"),
    Kind.MAIL: _traits("an e-mail", ".eml", "mail"),
}

_MAGIC = (
    (b"%PDF-", Kind.PDF),
    (b"{\\rtf", Kind.RICH_TEXT),
    (b"bplist00", Kind.WEBARCHIVE),
)

_UNREADABLE = (
    (b"\xd0\xcf\x11\xe0", "an old Word document or another old Office file; save it as .docx first"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\0", "a picture"),
    (b"SQLite format 3", "a database"),
    (b"\x1f\x8b", "a compressed archive; unpack it first"),
    (b"7z\xbc\xaf", "a compressed archive; unpack it first"),
    (b"Rar!", "a compressed archive; unpack it first"),
)

_OPENDOCUMENT_TEXT = b"mimetypeapplication/vnd.oasis.opendocument.text"
_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_HEADERS = re.compile(r"(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){3,}")
_OF_MAIL = re.compile(r"(?im)^(?:mime-version|message-id|received):")
_OF_PAGE = re.compile(r"(?im)^(?:snapshot-content-location:|content-type:\s*multipart/related)")
_SAFARI = "WebMainResource"


def kind_of(raw: bytes, name: str) -> Kind:
    """What the file `name` is that holds `raw`: its content is believed more than its ending.

    Raises ArticleError with one sentence for what is none of the kinds.
    """
    for magic, what in _UNREADABLE:
        if raw.startswith(magic):
            raise ArticleError(f"{name} is {what}; {READS}.")
    if raw.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(raw, name)
    found = next((kind for magic, kind in _MAGIC if raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(magic)), None)
    return found or _textual(raw, name)


def kind_by_ending(name: str) -> Kind | None:
    """What the ending says; no ending at all says text. None where it is that of no kind."""
    ending = PurePath(name).suffix.lower()
    return next((kind for kind, traits in _TRAITS.items() if ending in traits.endings), None if ending else Kind.TEXT)


def read_as(kind: Kind, raw: bytes, name: str, encoding: str | None) -> Reading:
    """The reading of `raw`, here and now: in this very process, whatever it does; `encoding` counts where bytes are text."""
    read = import_module(f"claimdesk.core.articles.{_TRAITS[kind].module}").read
    return cast(Reading, read(raw, name, encoding) if kind.is_decoded else read(raw, name))


def _textual(raw: bytes, name: str) -> Kind:
    """Which kind of text it is; the ending decides where the words do not."""
    head = decoding.sample(raw).replace("\r\n", "\n")
    said = kind_by_ending(name)
    if _PAGE.match(head):
        return Kind.HTML
    if head.startswith("<?xml") and _SAFARI in head:
        return Kind.WEBARCHIVE
    headers = _HEADERS.match(head)
    if headers and (_OF_MAIL.search(headers[0]) or said in {Kind.MAIL, Kind.MHTML}):
        return (
            Kind.MHTML if said is Kind.MHTML or (_OF_PAGE.search(headers[0]) and said is not Kind.MAIL) else Kind.MAIL
        )
    if said in {Kind.TEXT, Kind.MARKDOWN, Kind.HTML, Kind.MAIL}:
        return said
    if said is Kind.PDF and b"%PDF-" in raw[:1024]:  # as other readers of PDF have it
        return said
    if said is None:
        raise ArticleError(f"{name} is not a kind of file that can be opened: {READS}.")
    raise ArticleError(f"{name} is not {said.called}, whatever its name says; if it is text, give it the ending .txt.")


def _zipped(raw: bytes, name: str) -> Kind:
    """Which document the zip archive is."""
    from claimdesk.core.zips import names_in

    if raw[30 : 30 + len(_OPENDOCUMENT_TEXT)] == _OPENDOCUMENT_TEXT:
        return Kind.OPENDOCUMENT
    names = names_in(raw, name)
    if "word/document.xml" in names or (
        "[Content_Types].xml" in names and any(one.startswith("word/") for one in names)
    ):
        return Kind.WORD
    if "content.xml" in names and kind_by_ending(name) is Kind.OPENDOCUMENT:
        return Kind.OPENDOCUMENT
    for part, what in (("xl/", "a spreadsheet"), ("ppt/", "a presentation"), ("META-INF/container.xml", "an e-book")):
        if any(one.startswith(part) for one in names):
            raise ArticleError(f"{name} is {what}; {READS}.")
    if "mimetype" in names:
        raise ArticleError(f"{name} is a drawing, spreadsheet or presentation; {READS}.")
    raise ArticleError(f"{name} is a zip archive; import it as a whole to read the articles in it.")
