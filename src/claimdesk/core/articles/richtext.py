"""Rich text (.rtf): its words in order, notes and comments, in whatever encoding each font has.

striprtf knows the format's destinations and encodings, and its tables are used here; its own conversion drops footnotes and keeps
what was deleted or hidden, so the file is gone through once more. Pictures and embedded objects are not looked at.
"""

import codecs
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import regex

from claimdesk.core.articles import properties
from claimdesk.core.articles.composer import Composer
from claimdesk.core.articles.reading import Reading
from claimdesk.core.articles.word import DELETED, HIDDEN
from claimdesk.core.claim import Remark, RemarkKind
from claimdesk.core.errors import ArticleError
from claimdesk.core.text import normalise

UNREADABLE = "Some characters could not be read and are shown as \ufffd."

_TOKEN = regex.compile(
    rb"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})?+ ?|\\'(?P<hex>[0-9A-Fa-f]{2})|\\(?P<symbol>[^A-Za-z])"
    rb"|(?P<brace>[{}])|(?P<words>[^\\{}\r\n]++)",
    regex.DOTALL,
)
_FONT = regex.compile(rb"\\f(\d{1,6})(?!\d)[^{};]{0,200}?\\fcharset(\d{1,4})")
_TITLE_STYLE = regex.compile(rb"(?i)\\s(\d{1,6})\b[^{};]{0,1000}? (?:heading 1|title);")
_TABLES = 300_000
"""Bytes at the start of a file in which its fonts and styles are looked for."""
_SYMBOLS = {b"~": "\u00a0", b"-": "\u00ad", b"_": "\u2011", b"{": "{", b"}": "}", b"\\": "\\"}
_SAID = {"title", "author", "creatim", "atnauthor", "atrfstart", "atrfend", "atnref", "listtext", "pntext"}
"""Destinations whose words say something of the text and are no part of it."""
_WALKED = {"info", "upr", "ud", "shp", "shpinst", "shptxt", "do", "dptxbxtext", "field", "fldrslt"}
"""Destinations in which there are words of the text, or one of `_SAID`."""
_NOWHERE = "-"


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds until the group ends."""

    into: str = ""
    """Where words go: empty into the text, `_NOWHERE`, or one of `_SAID`."""
    encoding: str = ""
    skip: int = 1
    """Bytes behind a Unicode character that say the same for older programs."""
    hidden: bool = False
    deleted: bool = False


@dataclass(slots=True)
class _Aside:
    """A footnote or comment, which stands outside the body; `depth` is that of its group."""

    key: str
    kind: RemarkKind
    depth: int
    author: str = ""
    out: Composer = field(default_factory=Composer)


def read(raw: bytes, name: str) -> Reading:
    """What the rich text in `raw` says; `name` is the file's, for the sentences of ArticleError."""
    if not raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        raise ArticleError(f"{name} is not rich text, whatever its name says; open it in the program that made it.")
    walk = _Walk(raw)
    walk.read()
    text = walk.out.text
    if not text:
        raise ArticleError(f"{name} has no text in it; if its pages are pictures, ask for the text itself.")
    remarks = [
        Remark(one.kind, one.out.text, one.author, walk.out.span(one.key)) for one in walk.asides if one.out.text
    ]
    return Reading(
        text=text,
        title=properties.title(walk.info.get("title", ""), name) or walk.title,
        byline=properties.byline(walk.info.get("author", "")),
        published=properties.published(
            "{yr:0>4}-{mo:0>2}-{dy:0>2}".format_map({"yr": "", "mo": "", "dy": ""} | walk.info)
        ),
        remarks=tuple(remarks),
        warnings=tuple(walk.warnings),
    )


class _Walk:
    """Goes through a file once and writes down its words."""

    def __init__(self, raw: bytes) -> None:
        from striprtf.striprtf import charset_map, destinations

        self.out = Composer()
        self.title = ""
        self.info: dict[str, str] = {}
        self.asides: list[_Aside] = []
        self.warnings: dict[str, None] = {}
        self._raw = raw
        self._destinations = destinations
        self._fonts = {font: charset_map.get(int(charset), "") for font, charset in _FONT.findall(raw[:_TABLES])}
        self._titles = {int(style) for style in _TITLE_STYLE.findall(raw[:_TABLES])}
        self._default = "cp1252"
        self._group, self._above = _Group(), list[_Group]()
        self._reading: list[_Aside] = []
        """The footnotes and comments that are being read, the innermost last."""
        self._bytes = bytearray()
        """Bytes that are not decoded yet, since two can be one character."""
        self._text = ""
        """Characters that are not written yet, since a character can come in two halves."""
        self._said = ""
        self._skipping = 0
        self._starred = self._in_table = self._row_open = self._is_title = False
        self._author = ""
        self._begun = 0

    def read(self) -> None:
        """Write all of it down; what stands behind the last closing brace is no part of the document."""
        at = 0
        while (token := _TOKEN.search(self._raw, at)) is not None:
            at = token.end()
            if token["words"] is not None:
                self._add_bytes(token["words"])
            elif token["hex"] is not None:
                self._add_bytes(bytes.fromhex(token["hex"].decode()))
            elif token["word"] is not None:
                number = int(token["number"]) if token["number"] is not None else None
                at += max(0, number or 0) if token["word"] == b"bin" else 0
                self._word(token["word"].decode(), number)
            elif token["symbol"] is not None:
                self._symbol(token["symbol"])
            elif token["brace"] == b"{":
                self._write()
                self._above.append(self._group)
            elif not self._close():
                break
        self._write()
        self._end_paragraph()

    @property
    def _sink(self) -> Composer:
        return self._reading[-1].out if self._reading else self.out

    def _add_bytes(self, raw: bytes) -> None:
        skipped = min(self._skipping, len(raw))
        self._skipping -= skipped
        if skipped < len(raw):
            self._bytes += raw[skipped:]

    def _decode(self) -> None:
        """Make characters of the bytes so far."""
        if self._bytes:
            words = bytes(self._bytes).decode(self._group.encoding or self._default, "replace")
            if "\ufffd" in words and self._group.into != _NOWHERE:
                self.warnings[UNREADABLE] = None
            self._text += words
            self._bytes.clear()

    def _write(self) -> None:
        """Put the characters so far where they belong."""
        self._decode()
        self._skipping = 0
        words, self._text = self._text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"), ""
        if not words or self._group.into == _NOWHERE:
            return
        if self._group.into:
            self._said += words
        elif self._group.deleted or self._group.hidden:
            self.warnings[DELETED if self._group.deleted else HIDDEN] = None
        else:
            self._follow_table()
            self._sink.add(words)

    def _close(self) -> bool:
        """A group ends; False where it was the document's."""
        self._write()
        if not self._above:
            return False
        group, self._group = self._group, self._above.pop()
        if group.into in _SAID and group.into != self._group.into:
            self._heed(group.into, self._said.strip())
            self._said = ""
        if self._reading and len(self._above) < self._reading[-1].depth:
            self._reading.pop()
        return bool(self._above)

    def _heed(self, destination: str, words: str) -> None:
        """What a destination said, now that it is whole."""
        match destination:
            case "title" | "author":
                self.info[destination] = words or self.info.get(destination, "")  # the second time in Unicode
            case "atnauthor":
                self._author = normalise(words)
            case "atrfstart":
                self.out.open("comment " + words)
            case "atrfend":
                self.out.close("comment " + words)
            case "atnref" if self._reading and self.out.span("comment " + words) is not None:
                self._reading[-1].key = "comment " + words
            case "listtext" | "pntext" if words:
                self._sink.prefix(words + " " if any(char.isalnum() for char in words) and len(words) < 12 else "• ")

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self._starred = True
        elif symbol in _SYMBOLS:
            self._decode()
            self._text += _SYMBOLS[symbol]
        elif symbol in b"\r\n":
            self._word("par", None)

    def _word(self, word: str, number: int | None) -> None:
        if word == "u":
            self._decode()
            if number is not None:
                self._text += chr(number % 0x10000)
            self._skipping = self._group.skip
            return
        if word == "uc":  # can stand between the two halves of a character
            self._decode()
            self._group = replace(self._group, skip=max(0, number if number is not None else 1))
            return
        self._write()
        starred, self._starred = self._starred, False
        if starred or word in self._destinations or word in _SAID:
            self._enter(word)
        elif word in _WORDS and self._group.into != _NOWHERE:
            _WORDS[word](self, number)
        elif self._group.into == "creatim" and number is not None:
            self.info.setdefault(word, str(number))
        elif word in _CHARACTERS:
            self._text += _CHARACTERS[word]

    def _enter(self, word: str) -> None:
        """A destination: the words of its group are something else than the text around."""
        if self._group.into == _NOWHERE:
            return
        if word in ("footnote", "annotation"):
            self._begin_aside(RemarkKind.FOOTNOTE if word == "footnote" else RemarkKind.COMMENT)
        elif word in _SAID:
            self._group, self._said = replace(self._group, into=word), ""
        elif word not in _WALKED:
            self._group = replace(self._group, into=_NOWHERE)

    def _begin_aside(self, kind: RemarkKind) -> None:
        aside = _Aside(
            f"aside {len(self.asides)}", kind, len(self._above), self._author if kind is RemarkKind.COMMENT else ""
        )
        if not self._reading:
            self.out.mark(aside.key)
        self.asides.append(aside)
        self._reading.append(aside)

    def _follow_table(self) -> None:
        """Begin a row with its first words, end one that was not ended."""
        if not self._reading and self._in_table != self._row_open:
            (self.out.start_row if self._in_table else self.out.end_row)()
            self._row_open = self._in_table

    def _end_paragraph(self) -> None:
        if self._is_title and not self._reading and not self.title and self.out.length > self._begun:
            self.title = " ".join(self.out.text[self._begun :].split())
        self._sink.end_block()
        self._begun = self.out.length if not self._reading else self._begun

    def _end_cell(self) -> None:
        self._follow_table()
        if self._row_open:
            self.out.next_cell()

    def _end_row(self) -> None:
        if self._row_open and not self._reading:
            self.out.end_row()
            self._row_open = False

    def _start_paragraph(self) -> None:
        self._is_title = False
        if not self._reading:
            self._in_table = False

    def _use_font(self, number: int | None) -> None:
        encoding = self._fonts.get(str(number).encode(), "")
        self._group = replace(self._group, encoding=encoding if _is_known(encoding) else "")

    def _use_codepage(self, encoding: str) -> None:
        self._default = encoding if _is_known(encoding) else self._default

    def _be(self, *, hidden: bool | None = None, deleted: bool | None = None) -> None:
        group = self._group
        self._group = replace(
            group,
            hidden=group.hidden if hidden is None else hidden,
            deleted=group.deleted if deleted is None else deleted,
        )


def _is_known(encoding: str) -> bool:
    try:
        return bool(codecs.lookup(encoding)) if encoding else False
    except LookupError:
        return False


def _endnote(walk: _Walk, _: int | None) -> None:
    if walk._reading:
        walk._reading[-1].kind = RemarkKind.ENDNOTE


def _style(walk: _Walk, number: int | None) -> None:
    walk._is_title = number in walk._titles


def _table(walk: _Walk, number: int | None) -> None:
    if not walk._reading:
        walk._in_table = number != 0


_CHARACTERS = {
    "tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005",
    "zwj": "\u200d", "zwnj": "\u200c", "zwbo": "\u200b", "ltrmark": "\u200e", "rtlmark": "\u200f",
}  # fmt: skip

_WORDS: dict[str, Callable[[_Walk, int | None], None]] = {
    "par": lambda walk, _: walk._end_paragraph(),
    "sect": lambda walk, _: walk._end_paragraph(),
    "page": lambda walk, _: walk._end_paragraph(),
    "pard": lambda walk, _: walk._start_paragraph(),
    "s": _style,
    "intbl": _table,
    "cell": lambda walk, _: walk._end_cell(),
    "nestcell": lambda walk, _: walk._end_cell(),
    "row": lambda walk, _: walk._end_row(),
    "ftnalt": _endnote,
    "v": lambda walk, number: walk._be(hidden=number != 0),
    "deleted": lambda walk, number: walk._be(deleted=number != 0),
    "plain": lambda walk, _: walk._be(hidden=False, deleted=False),
    "f": lambda walk, number: walk._use_font(number),
    "ansicpg": lambda walk, number: walk._use_codepage(f"cp{number}"),
    "mac": lambda walk, _: walk._use_codepage("mac_roman"),
    "pc": lambda walk, _: walk._use_codepage("cp437"),
    "pca": lambda walk, _: walk._use_codepage("cp850"),
}
