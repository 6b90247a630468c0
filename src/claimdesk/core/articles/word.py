"""Word documents (.docx, .docm): their words in order, what was commented and footnoted, what was struck out.

python-docx shows paragraphs and tables, and passes over footnotes, tracked changes, text boxes and content controls; so the XML
is walked here. Macros, pictures, embedded files and whatever the document only points to are not looked at.
"""

from collections import Counter
from collections.abc import Iterator
from zipfile import ZipFile

from claimdesk.core.articles import archive, properties
from claimdesk.core.articles.archive import Element, attribute, child, local
from claimdesk.core.articles.composer import Composer
from claimdesk.core.articles.reading import Reading
from claimdesk.core.claim import Remark, RemarkKind
from claimdesk.core.errors import ArticleError
from claimdesk.core.text import normalise

DELETED = "Words that a tracked change deletes are left out; those that one inserts are in the text."
HIDDEN = "Hidden text is left out."

_OLE = b"\xd0\xcf\x11\xe0"
_OFF = {"0", "false", "off", "none"}
_TITLES = {"title", "heading 1"}
_PASSED_OVER = {
    "pPr",
    "rPr",
    "sdtPr",
    "sdtEndPr",
    "tblPr",
    "tblGrid",
    "trPr",
    "tcPr",
    "instrText",
    "delText",
    "rt",
    "altChunk",
    "object",
}
_CHARACTERS = {"tab": "\t", "ptab": "\t", "cr": "\n", "br": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_NOTES = {"footnoteReference": RemarkKind.FOOTNOTE, "endnoteReference": RemarkKind.ENDNOTE}


def read(raw: bytes, name: str) -> Reading:
    """What the Word document in `raw` says; `name` is the file's, for the sentences of ArticleError."""
    if raw.startswith(_OLE):
        raise ArticleError(
            f"{name} is protected by a password or an old Word document; save a copy as an unprotected .docx."
        )
    with archive.opened(raw, name) as package:
        folder, document = _document(package, name)
        body = child(document, "body")
        if body is None:
            raise ArticleError(f"{name} is damaged: {archive.SAVE_AGAIN}.")
        styles = _Styles(archive.part(package, f"{folder}styles.xml", name))
        numbers = _Numbers(archive.part(package, f"{folder}numbering.xml", name), styles)
        walk = _Walk(styles, numbers)
        walk.blocks(body)
        text = walk.out.text
        if not text:
            raise ArticleError(f"{name} has no text in it; if its pages are pictures, ask for the text itself.")
        core = archive.part(package, "docProps/core.xml", name)
        return Reading(
            text=text,
            title=properties.title(_said(core, "title"), name) or walk.title,
            byline=properties.byline(_said(core, "creator")),
            published=properties.published(_said(core, "created")),
            language=properties.language(_said(core, "language")),
            remarks=tuple(_remarks(package, folder, name, walk)),
            warnings=tuple(walk.warnings),
        )


def _document(package: ZipFile, name: str) -> tuple[str, Element]:
    """The main part with the folder that it is in, which the package names."""
    target = "word/document.xml"
    relations = archive.part(package, "_rels/.rels", name)
    for relation in relations if relations is not None else ():
        if attribute(relation, "Type").endswith("/officeDocument") and attribute(relation, "TargetMode") != "External":
            target = attribute(relation, "Target").lstrip("/")
    document = archive.part(package, target, name)
    if document is None:
        raise ArticleError(f"{name} is not a Word document, whatever its name says; {archive.SAVE_AGAIN}.")
    return target.rpartition("/")[0] + "/", document


def _said(core: Element | None, name: str) -> str:
    found = child(core, name)
    return (found.text or "") if found is not None else ""


def _is_on(properties_: Element | None, name: str) -> bool:
    flag = child(properties_, name)
    return flag is not None and attribute(flag, "val") not in _OFF


class _Styles:
    """What the styles of a document say that a reader of its words has to know."""

    def __init__(self, part: Element | None) -> None:
        self._all = {
            attribute(one, "styleId"): one for one in (part if part is not None else ()) if local(one) == "style"
        }

    def is_hidden(self, style: str) -> bool:
        """Whether words in this style are hidden."""
        return any(_is_on(child(one, "rPr"), "vanish") for one in self._chain(style))

    def is_title(self, style: str) -> bool:
        """Whether it is the style of titles, or of the first level of headings."""
        return any(self._name(one) in _TITLES for one in self._chain(style))

    def numbering(self, style: str) -> Element | None:
        """The list that paragraphs of this style are items of."""
        found = (child(one, "pPr", "numPr") for one in self._chain(style))
        return next((one for one in found if one is not None), None)

    def _name(self, style: Element) -> str:
        named = child(style, "name")
        return attribute(named, "val").lower() if named is not None else ""

    def _chain(self, style: str) -> Iterator[Element]:
        """The style and those that it is based on."""
        seen: set[str] = set()
        while style in self._all and style not in seen:
            seen.add(style)
            yield self._all[style]
            based = child(self._all[style], "basedOn")
            style = attribute(based, "val") if based is not None else ""


class _Numbers:
    """Counts the items of lists, since a document does not write their numbers down."""

    def __init__(self, part: Element | None, styles: _Styles) -> None:
        found = list(part) if part is not None else []
        abstract = {attribute(one, "abstractNumId"): one for one in found if local(one) == "abstractNum"}
        self._styles = styles
        self._lists: dict[str, Element] = {}
        for one in found:
            named = child(one, "abstractNumId")
            if local(one) == "num" and named is not None and attribute(named, "val") in abstract:
                self._lists[attribute(one, "numId")] = abstract[attribute(named, "val")]
        self._counts: dict[str, Counter[int]] = {}

    def bullet(self, paragraph: Element | None, style: str) -> str:
        """What stands in front of a paragraph that is an item of a list; empty where it is none."""
        numbering = child(paragraph, "numPr")
        if numbering is None:
            numbering = self._styles.numbering(style)
        list_id, at = child(numbering, "numId"), child(numbering, "ilvl")
        kind = self._lists.get(attribute(list_id, "val")) if list_id is not None else None
        if kind is None or list_id is None:
            return ""
        level = attribute(at, "val") if at is not None else "0"
        found = next((one for one in kind if local(one) == "lvl" and attribute(one, "ilvl") == level), None)
        form = child(found, "numFmt")
        how = attribute(form, "val") if form is not None else "decimal"
        if how == "none":
            return ""
        if how == "bullet" or not level.isdecimal():
            return "• "
        return f"{self._count(attribute(list_id, 'val'), int(level), found)}. "

    def _count(self, list_id: str, level: int, kind: Element | None) -> int:
        counts = self._counts.setdefault(list_id, Counter())
        start = child(kind, "start")
        first = attribute(start, "val") if start is not None else "1"
        if level not in counts:
            counts[level] = int(first) - 1 if first.isdecimal() else 0
        counts[level] += 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        return counts[level]


class _Walk:
    """Goes through the body and writes down its words."""

    def __init__(self, styles: _Styles, numbers: _Numbers) -> None:
        self.out = Composer()
        self.title = ""
        self.warnings: dict[str, None] = {}
        self.notes: list[tuple[RemarkKind, str]] = []
        """What refers to a note, in the order of the text: its kind and number."""
        self._styles, self._numbers = styles, numbers
        self._boxes: list[Element] = []

    def blocks(self, parent: Element) -> None:
        """Paragraphs, tables, and what holds them."""
        for element in parent:
            match local(element):
                case "p":
                    self._paragraph(element)
                case "tbl":
                    self._table(element)
                case "del" | "moveFrom":
                    self.warnings[DELETED] = None
                case kind if kind in _PASSED_OVER:
                    pass
                case _:
                    self._inline(element, blocks=True)

    def aside(self, element: Element) -> str:
        """The words of a comment or note, which stands outside the body."""
        inner = _Walk(self._styles, self._numbers)
        inner.blocks(element)
        return inner.out.text

    def _paragraph(self, element: Element) -> None:
        about = child(element, "pPr")
        named = child(about, "pStyle")
        style = attribute(named, "val") if named is not None else ""
        self.out.prefix(self._numbers.bullet(about, style))
        before = self.out.length
        hidden = self._styles.is_hidden(style)
        if hidden:
            self.warnings[HIDDEN] = None
        else:
            self._words(element)
        if not self.title and self.out.length > before and self._styles.is_title(style):
            self.title = " ".join(self.out.text[before:].split())
        self.out.end_block()
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.blocks(box)

    def _table(self, element: Element) -> None:
        for row in element.iter("{*}tr"):
            if next(row.iterancestors("{*}tbl"), None) is not element:
                continue
            if child(row, "trPr", "del") is not None:
                self.warnings[DELETED] = None
                continue
            self.out.start_row()
            for at, cell in enumerate(
                one for one in row.iter("{*}tc") if next(one.iterancestors("{*}tr"), None) is row
            ):
                if at:
                    self.out.next_cell()
                self.blocks(cell)
            self.out.end_row()

    def _words(self, parent: Element) -> None:
        for element in parent:
            self._inline(element)

    def _inline(self, element: Element, *, blocks: bool = False) -> None:
        """One element inside a paragraph, or one that can stand around paragraphs as well."""
        kind = local(element)
        match kind:
            case "t":
                self.out.add(element.text or "")
            case "r" if self._is_hidden(element):
                self.warnings[HIDDEN] = None
            case "sym":
                self.out.add(_symbol(attribute(element, "char")))
            case "del" | "moveFrom":
                self.warnings[DELETED] = None
            case "commentRangeStart":
                self.out.open("comment " + attribute(element, "id"))
            case "commentRangeEnd":
                self.out.close("comment " + attribute(element, "id"))
            case "commentReference":
                self.out.mark("comment " + attribute(element, "id"))
            case "footnoteReference" | "endnoteReference":
                self.notes.append((_NOTES[kind], attribute(element, "id")))
                self.out.mark(f"{_NOTES[kind]} {attribute(element, 'id')}")
            case "txbxContent":
                self._boxes.append(element)
            case "AlternateContent":
                chosen = child(element, "Choice")
                self._words(chosen if chosen is not None else element)
            case _ if kind in _CHARACTERS:
                self.out.add(_CHARACTERS[kind])
            case _ if kind in _PASSED_OVER:
                pass
            case _ if blocks:
                self.blocks(element)
            case _:
                self._words(element)

    def _is_hidden(self, run: Element) -> bool:
        about = child(run, "rPr")
        if about is None:
            return False
        named = child(about, "rStyle")
        if child(about, "vanish") is not None:
            return _is_on(about, "vanish")
        return named is not None and self._styles.is_hidden(attribute(named, "val"))


def _symbol(code: str) -> str:
    """The character of a symbol, which its font may draw as another."""
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""


def _remarks(package: ZipFile, folder: str, name: str, walk: _Walk) -> Iterator[Remark]:
    """Comments, then footnotes and endnotes in the order of the text."""
    for comment in _list(archive.part(package, f"{folder}comments.xml", name)):
        span = walk.out.span("comment " + attribute(comment, "id"))
        if words := walk.aside(comment):
            yield Remark(RemarkKind.COMMENT, words, normalise(attribute(comment, "author")), span)
    parts = {
        RemarkKind.FOOTNOTE: _list(archive.part(package, f"{folder}footnotes.xml", name)),
        RemarkKind.ENDNOTE: _list(archive.part(package, f"{folder}endnotes.xml", name)),
    }
    notes = {(kind, attribute(one, "id")): one for kind, found in parts.items() for one in found}
    for kind, number in walk.notes:
        note = notes.get((kind, number))
        if note is not None and (words := walk.aside(note)):
            yield Remark(kind, words, span=walk.out.span(f"{kind} {number}"))


def _list(part: Element | None) -> list[Element]:
    return list(part) if part is not None else []
