"""OpenDocument texts (.odt): their words in order, annotations and notes, what was struck out.

The XML is walked here, since no reader of the format keeps places: a comment belongs to the words that it stands at. Macros,
pictures, embedded files and whatever the document only points to are not looked at.
"""

from collections.abc import Iterator

import regex

from claimdesk.core.articles import archive, properties
from claimdesk.core.articles.archive import Element, attribute, child, local
from claimdesk.core.articles.composer import Composer
from claimdesk.core.articles.reading import Reading
from claimdesk.core.articles.word import DELETED, HIDDEN
from claimdesk.core.claim import Remark, RemarkKind
from claimdesk.core.errors import ArticleError
from claimdesk.core.text import normalise

_WHITE = regex.compile(r"[ \t\r\n]+")
_MOST_REPEATS = 1_000
"""Spaces in a row, or equal cells beside each other, that are believed."""
_PASSED_OVER = {
    *("sequence-decls", "variable-decls", "user-field-decls", "forms", "note-citation", "ruby-text", "scripts", "bookmark"),
    *("table-columns", "table-column", "covered-table-cell", "title", "desc", "event-listeners", "image", "object", "object-ole"),
}  # fmt: skip
_TITLES = {"Title", "Heading_20_1"}


def read(raw: bytes, name: str) -> Reading:
    """What the OpenDocument text in `raw` says; `name` is the file's, for the sentences of ArticleError."""
    with archive.opened(raw, name) as package:
        manifest = archive.part(package, "META-INF/manifest.xml", name)
        if manifest is not None and next(manifest.iter("{*}encryption-data"), None) is not None:
            raise ArticleError(f"{name} is protected by a password; save a copy without one and open that.")
        document = archive.part(package, "content.xml", name)
        body = child(document, "body", "text")
        if document is None or body is None:
            raise ArticleError(f"{name} is not an OpenDocument text, whatever its name says; {archive.SAVE_AGAIN}.")
        walk = _Walk(_Styles(document, archive.part(package, "styles.xml", name)))
        walk.blocks(body)
        text = walk.out.text
        if not text:
            raise ArticleError(f"{name} has no text in it; if its pages are pictures, ask for the text itself.")
        meta = child(archive.part(package, "meta.xml", name), "meta")
        return Reading(
            text=text,
            title=properties.title(_said(meta, "title"), name) or walk.title,
            byline=properties.byline(_said(meta, "initial-creator") or _said(meta, "creator")),
            published=properties.published(_said(meta, "creation-date") or _said(meta, "date")),
            language=properties.language(_said(meta, "language")),
            remarks=tuple(walk.remarks()),
            warnings=tuple(walk.warnings),
        )


def _said(meta: Element | None, name: str) -> str:
    found = child(meta, name)
    return (found.text or "") if found is not None else ""


def _repeats(element: Element, name: str) -> int:
    said = attribute(element, name)
    return min(int(said), _MOST_REPEATS) if said.isdecimal() else 1


class _Styles:
    """What the styles of a document, and the ends of its comments, say that a reader of its words has to know."""

    def __init__(self, document: Element, shared: Element | None) -> None:
        parts = [part for part in (shared, document) if part is not None]
        found = [one for part in parts for one in part.iter("{*}style", "{*}list-style")]
        self._styles = {attribute(one, "name"): one for one in found if local(one) == "style"}
        self._lists = {attribute(one, "name"): one for one in found if local(one) == "list-style"}
        self.ends = {attribute(one, "name") for one in document.iter("{*}annotation-end")}

    def is_hidden(self, style: str) -> bool:
        """Whether words in this style are hidden."""
        about = (child(self._styles.get(one), "text-properties") for one in self._chain(style))
        return any(one is not None and attribute(one, "display") == "none" for one in about)

    def is_title(self, style: str) -> bool:
        """Whether it is the style of titles, or of the first level of headings."""
        return any(one in _TITLES for one in self._chain(style))

    def bullet(self, styles: list[str], number: int) -> str:
        """What stands in front of item `number` of a list whose style is the last of `styles`, one for each list around it."""
        kind = self._lists.get(styles[-1])
        levels = list(kind) if kind is not None else []
        level = next((one for one in levels if attribute(one, "level") == str(len(styles))), None)
        if level is None or local(level) != "list-level-style-number":
            return "• "
        start = attribute(level, "start-value")
        number += int(start) - 1 if start.isdecimal() else 0
        return f"{number}. " if attribute(level, "num-format") else ""

    def _chain(self, style: str) -> Iterator[str]:
        """The style and those that it is based on."""
        seen: set[str] = set()
        while style and style not in seen:
            seen.add(style)
            yield style
            found = self._styles.get(style)
            style = attribute(found, "parent-style-name") if found is not None else ""


class _Walk:
    """Goes through the body and writes down its words."""

    def __init__(self, styles: _Styles) -> None:
        self.out = Composer()
        self.title = ""
        self.warnings: dict[str, None] = {}
        self._styles = styles
        self._remarks: list[tuple[str, RemarkKind, str, str]] = []
        self._boxes: list[Element] = []

    def remarks(self) -> Iterator[Remark]:
        """Annotations and notes in the order of the text."""
        for key, kind, words, author in self._remarks:
            yield Remark(kind, words, author, self.out.span(key))

    def blocks(self, parent: Element) -> None:
        """Paragraphs, lists, tables, and what holds them."""
        for element in parent:
            self._block(element)

    def _block(self, element: Element) -> None:
        match local(element):
            case "p" | "h":
                self._paragraph(element)
            case "list":
                self._list(element, [])
            case "table":
                self._table(element)
            case "tracked-changes":
                if next(element.iter("{*}deletion"), None) is not None:
                    self.warnings[DELETED] = None
            case "section" if attribute(element, "display") == "none":
                self.warnings[HIDDEN] = None
            case "annotation" | "annotation-end" | "frame" | "custom-shape":
                self._inline(element)
                self._put_boxes()
            case kind if kind not in _PASSED_OVER:
                self.blocks(element)

    def _paragraph(self, element: Element) -> None:
        style = attribute(element, "style-name")
        if self._styles.is_hidden(style):
            self.warnings[HIDDEN] = None
            return
        before = self.out.length
        self._words(element)
        is_title = attribute(element, "outline-level") == "1" or self._styles.is_title(style)
        if not self.title and is_title and self.out.length > before:
            self.title = " ".join(self.out.text[before:].split())
        self.out.end_block()
        self._put_boxes()

    def _put_boxes(self) -> None:
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.blocks(box)
            self.out.end_block()

    def _list(self, element: Element, styles: list[str]) -> None:
        """A list, its items with bullets or numbers; `styles` are those of the lists that it is in."""
        styles = [*styles, attribute(element, "style-name") or (styles[-1] if styles else "")]
        number = 0
        for item in element:
            is_item = local(item) == "list-item"
            number += is_item
            bullet = self._styles.bullet(styles, number) if is_item else ""
            for block in item:
                if local(block) == "list":
                    self._list(block, styles)
                else:
                    self.out.prefix(bullet)
                    self._block(block)
                    bullet = ""

    def _table(self, element: Element) -> None:
        for row in element.iter("{*}table-row"):
            if next(row.iterancestors("{*}table"), None) is not element:
                continue
            self.out.start_row()
            for at, cell in enumerate(one for one in row if local(one) == "table-cell"):
                if at:
                    self.out.next_cell()
                self.blocks(cell)
            self.out.end_row()

    def _words(self, parent: Element) -> None:
        self._characters(parent.text)
        for element in parent:
            self._inline(element)
            self._characters(element.tail)

    def _characters(self, said: str | None) -> None:
        """The format's own rule: white space in a row is one space, and none at the start of a paragraph."""
        words = _WHITE.sub(" ", said or "")
        self.out.add(words.lstrip(" ") if self.out.ends_in_space else words)

    def _inline(self, element: Element) -> None:
        match local(element):
            case "s":
                self.out.add(" " * _repeats(element, "c"))
            case "tab":
                self.out.add("\t")
            case "line-break":
                self.out.add("\n")
            case "annotation":
                self._annotation(element)
            case "annotation-end":
                self.out.close("annotation " + attribute(element, "name"))
            case "note":
                self._note(element)
            case "hidden-text" | "hidden-paragraph":
                self.warnings[HIDDEN] = None
            case "span" if self._styles.is_hidden(attribute(element, "style-name")):
                self.warnings[HIDDEN] = None
            case "text-box" | "custom-shape":
                self._boxes.append(element)
            case kind if kind not in _PASSED_OVER:
                self._words(element)

    def _annotation(self, element: Element) -> None:
        """A comment is about the words up to its end; where it has none, about the word before."""
        named = attribute(element, "name")
        key = f"annotation {named}" if named else f"annotation at {len(self._remarks)}"
        if words := self._plain(element):
            self._remarks.append((key, RemarkKind.COMMENT, words, normalise(_said(element, "creator"))))
        if named and named in self._styles.ends:
            self.out.open(key)
        else:
            self.out.mark(key)

    def _note(self, element: Element) -> None:
        kind = RemarkKind.ENDNOTE if attribute(element, "note-class") == "endnote" else RemarkKind.FOOTNOTE
        key = f"note at {len(self._remarks)}"
        body = child(element, "note-body")
        if body is not None and (words := self._plain(body)):
            self._remarks.append((key, kind, words, ""))
            self.out.mark(key)

    def _plain(self, element: Element) -> str:
        """The words of a comment or note."""
        inner = _Walk(self._styles)
        inner.blocks(element)
        return inner.out.text
