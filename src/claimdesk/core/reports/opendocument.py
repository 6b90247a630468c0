"""The report as an OpenDocument text: what is known of a claim stands in an annotation over its words.

The package is written part by part, as that for Word is. What never changes (styles of paragraphs, the page, its footer) is
`resources/templates/opendocument/styles.xml`; looks of words become automatic styles as they are met.
"""

from collections.abc import Iterable, Iterator

import regex

from claimdesk.core.levels import Underline
from claimdesk.core.reports.blocks import (
    Bar,
    Block,
    Cell,
    Closes,
    Line,
    Look,
    Opens,
    Piece,
    Remark,
    Style,
    Table,
    TextDocument,
    Words,
)
from claimdesk.core.reports.markup import NOTHING, Xml, address, element, joined, package, part, raw, words
from claimdesk.core.reports.outline import outline
from claimdesk.core.reports.plain import is_rtl
from claimdesk.core.reports.report import Report
from claimdesk.core.reports.scripts import Family, Script, stretches
from claimdesk.core.resources import RESOURCES

TYPE = "application/vnd.oasis.opendocument.text"
PAGE = 16.6
"""Centimetres between the margins of a page."""

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = {
    "xmlns:office": f"{_OASIS}:office:1.0",
    "xmlns:style": f"{_OASIS}:style:1.0",
    "xmlns:text": f"{_OASIS}:text:1.0",
    "xmlns:table": f"{_OASIS}:table:1.0",
    "xmlns:meta": f"{_OASIS}:meta:1.0",
    "xmlns:fo": f"{_OASIS}:xsl-fo-compatible:1.0",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:xlink": "http://www.w3.org/1999/xlink",
    "office:version": "1.3",
}
_HEADINGS = {Style.HEADING_1: "1", Style.HEADING_2: "2", Style.HEADING_3: "3"}
_UNDERLINES = {
    Underline.SOLID: {"style:text-underline-style": "solid"},
    Underline.DASHED: {"style:text-underline-style": "dash"},
    Underline.DOTTED: {"style:text-underline-style": "dotted"},
    Underline.DOUBLE: {"style:text-underline-style": "solid", "style:text-underline-type": "double"},
    Underline.WAVY: {"style:text-underline-style": "wave"},
}
_SUFFIXES = {Family.WESTERN: "", Family.ASIAN: "-asian", Family.COMPLEX: "-complex"}
_WHITE = regex.compile(r"\t|\n|(?:(?<=^| ) | $)")
"""White space that a reader of XML would swallow, unless it is an element."""
_WHITE_ELEMENTS = {"\t": element("text:tab"), "\n": element("text:line-break"), " ": element("text:s")}


def render(report: Report) -> bytes:
    """The file's bytes."""
    document = outline(report)
    parts = {
        "mimetype": TYPE.encode(),
        "META-INF/manifest.xml": part(_manifest()),
        "content.xml": part(_Drawing(document).content()),
        "styles.xml": (RESOURCES / "templates" / "opendocument" / "styles.xml").read_bytes(),
        "meta.xml": part(_meta(document)),
    }
    return package(parts, stored=frozenset({"mimetype"}))


class _Drawing:
    """Draws the body, and keeps the automatic styles that it needs."""

    def __init__(self, document: TextDocument) -> None:
        self._document = document
        self._date = document.made_at.strftime("%Y-%m-%dT%H:%M:%S")
        self._looks: dict[tuple[Look, Script, str], str] = {}
        self._others: dict[str, Xml] = {}
        self._tables = 0

    def content(self) -> Xml:
        body = joined(*(xml for block in self._document.blocks for xml in self._block(block)))
        looks = (_look_style(name, *key) for key, name in self._looks.items())
        styles = element("office:automatic-styles", *self._others.values(), *looks)
        return raw("office:document-content", _SPACES, styles, element("office:body", element("office:text", body)))

    def _block(self, block: Block) -> Iterator[Xml]:
        if isinstance(block, Table):
            yield self._table(block)
        elif block.number:
            item = raw("text:list-item", {"text:start-value": str(block.number)}, self._line(block))
            yield raw("text:list", {"text:style-name": "Numbers"}, item)
        elif block.style is Style.ITEM:
            yield raw("text:list", {"text:style-name": "Dashes"}, element("text:list-item", self._line(block)))
        else:
            yield self._line(block)

    def _line(self, line: Line) -> Xml:
        place = _bookmark(line.name) if line.name else NOTHING
        inside = (xml for piece in line.pieces for xml in self._piece(piece))
        style = {"text:style-name": self._paragraph_style(line)}
        level = _HEADINGS.get(line.style)
        if level:
            return raw("text:h", style | {"text:outline-level": level}, place, *inside)
        return raw("text:p", style, place, *inside)

    def _paragraph_style(self, line: Line) -> str:
        """That of the style sheet, or one like it for words from right to left."""
        if not line.is_rtl:
            return line.style
        name = f"{line.style}-rtl"
        if name not in self._others:
            properties = {"style:writing-mode": "rl-tb", "fo:text-align": "right"}
            self._others[name] = _style(name, "paragraph", line.style, raw("style:paragraph-properties", properties))
        return name

    def _piece(self, piece: Piece) -> Iterator[Xml]:
        match piece:
            case Opens(number):
                yield _bookmark(f"text_{number}")
                yield self._annotation(number, self._document.remarks[number])
            case Closes(number):
                yield raw("office:annotation-end", {"office:name": f"claim_{number}"})
            case Words(text, look, language, link, to):
                runs = joined(*self._runs(text, look, language))
                target, style = (address(link), "Internet_20_link") if link else (to and f"#{to}", "ClaimLink")
                about = {"xlink:type": "simple", "xlink:href": target, "text:style-name": style}
                yield raw("text:a", about | {"text:visited-style-name": style}, runs) if target else runs

    def _runs(self, text: str, look: Look, language: str) -> Iterator[Xml]:
        for one in stretches(text, language):
            key = (look, one.script, one.language)
            style = self._looks.setdefault(key, f"Look{len(self._looks) + 1}")
            yield raw("text:span", {"text:style-name": style}, *_text(one.text))

    def _annotation(self, number: int, remark: Remark) -> Xml:
        lines = (
            raw("text:p", {"text:style-name": self._paragraph_style(Line(Style.CELL, (), is_rtl(line)))}, *_text(line))
            for line in remark.lines
        )
        return raw(
            "office:annotation",
            {"office:name": f"claim_{number}"},
            element("dc:creator", words(remark.author)),
            element("dc:date", words(self._date)),
            element("meta:creator-initials", words(remark.initials)),
            *lines,
        )

    def _table(self, table: Table) -> Xml:
        self._tables += 1
        name = f"Table{self._tables}"
        widths = [PAGE * width / 1000 for width in table.widths]
        columns = [
            raw("table:table-column", {"table:style-name": self._column_style(f"{name}.{at}", width)})
            for at, width in enumerate(widths, 1)
        ]
        head = self._row(((line,) for line in table.heads), widths, "HeadCell")
        return raw(
            "table:table",
            {"table:name": name, "table:style-name": "ReportTable"},
            element("table:title", words(table.title)),
            element("table:desc", words(table.about)),
            *columns,
            element("table:table-header-rows", head),
            *(self._row(row, widths, "BodyCell") for row in table.rows),
        )

    def _column_style(self, name: str, width: float) -> str:
        self._others["ReportTable"] = _TABLE
        self._others["ReportRow"] = _ROW
        self._others |= _CELLS
        properties = raw("style:table-column-properties", {"style:column-width": f"{width:.3f}cm"})
        self._others[name] = _style(name, "table-column", "", properties)
        return name

    def _row(self, cells: Iterable[Cell], widths: Iterable[float], style: str) -> Xml:
        drawn = (
            raw(
                "table:table-cell",
                {"table:style-name": style, "office:value-type": "string"},
                *(self._bar(one, width) if isinstance(one, Bar) else self._line(one) for one in cell),
            )
            for cell, width in zip(cells, widths, strict=True)
        )
        return raw("table:table-row", {"table:style-name": "ReportRow"}, *drawn)

    def _bar(self, bar: Bar, width: float) -> Xml:
        """A paragraph without words, on a ground of the level's colour, as long as the share."""
        name = f"Bar{len(self._others)}"
        free = (width - 0.3) * (100 - bar.share) / 100
        ground = {"fo:background-color": bar.colour, "fo:margin-right": f"{free:.2f}cm"}
        self._others[name] = _style(name, "paragraph", "Bar", raw("style:paragraph-properties", ground))
        return raw("text:p", {"text:style-name": name})


def _style(name: str, family: str, parent: str, *properties: Xml) -> Xml:
    told = {"style:name": name, "style:family": family}
    return raw("style:style", told | ({"style:parent-style-name": parent} if parent else {}), *properties)


def _look_style(name: str, look: Look, script: Script, language: str) -> Xml:
    """Words of this look; every property that has a form for each family of scripts is told in all three."""
    told: dict[str, str] = {}
    for suffix in _SUFFIXES.values():
        if look.bold:
            told[f"{'style' if suffix else 'fo'}:font-weight{suffix}"] = "bold"
        if look.italic:
            told[f"{'style' if suffix else 'fo'}:font-style{suffix}"] = "italic"
    if look.underline:
        told |= _UNDERLINES[look.underline]
        told |= {"style:text-underline-width": "auto", "style:text-underline-color": look.line or "font-color"}
    if look.is_framed:
        told |= {"fo:border": f"0.5pt dashed {look.line}", "fo:padding": "0.02cm"}
    if look.is_raised:
        told["style:text-position"] = "super 65%"
    told |= {key: value for key, value in (("fo:color", look.colour), ("fo:background-color", look.shade)) if value}
    told |= _language(script.family, language)
    return _style(name, "text", "Code" if look.is_code else "", raw("style:text-properties", told))


def _language(family: Family, tag: str) -> dict[str, str]:
    """The language, split as the format wants it, in the attributes of its family of scripts."""
    if not tag:
        return {}
    language, *others = tag.split("-")
    country = next((one.upper() for one in others if len(one) == 2), "none")
    prefix, suffix = ("style", _SUFFIXES[family]) if _SUFFIXES[family] else ("fo", "")
    return {f"{prefix}:language{suffix}": language.lower(), f"{prefix}:country{suffix}": country}


def _text(text: str) -> Iterator[Xml]:
    """The words; tabs, ends of lines and spaces after one another are elements of their own."""
    at = 0
    for found in _WHITE.finditer(text):
        yield words(text[at : found.start()])
        yield _WHITE_ELEMENTS[found.group()]
        at = found.end()
    yield words(text[at:])


def _bookmark(name: str) -> Xml:
    return raw("text:bookmark", {"text:name": name})


_TABLE = _style(
    "ReportTable", "table", "",
    raw("style:table-properties", {"style:width": f"{PAGE}cm", "table:align": "left", "table:border-model": "collapsing"}),
)  # fmt: skip
_ROW = _style("ReportRow", "table-row", "", raw("style:table-row-properties", {"fo:keep-together": "always"}))
_CELLS = {
    name: _style(
        name, "table-cell", "",
        raw("style:table-cell-properties", {"fo:padding": "0.08cm 0.15cm", "fo:border-bottom": "0.5pt solid #DEDAD2"} | more),
    )
    for name, more in (("BodyCell", {}), ("HeadCell", {"fo:background-color": "#F1EFEA"}))
}  # fmt: skip


def _manifest() -> Xml:
    space = {"xmlns:manifest": f"{_OASIS}:manifest:1.0", "manifest:version": "1.3"}
    files = (("/", TYPE), ("content.xml", "text/xml"), ("styles.xml", "text/xml"), ("meta.xml", "text/xml"))
    entries = (
        raw("manifest:file-entry", {"manifest:full-path": path, "manifest:media-type": kind}
            | ({"manifest:version": "1.3"} if path == "/" else {}))
        for path, kind in files
    )  # fmt: skip
    return raw("manifest:manifest", space, *entries)


def _meta(document: TextDocument) -> Xml:
    date = words(document.made_at.strftime("%Y-%m-%dT%H:%M:%S"))
    return raw(
        "office:document-meta",
        _SPACES,
        element(
            "office:meta",
            element("meta:generator", words(f"ClaimDesk/{document.version}")),
            element("dc:title", words(document.title)),
            raw("meta:initial-creator", {}, words(document.author)),
            element("dc:creator", words(document.author)),
            raw("meta:creation-date", {}, date),
            element("dc:date", date),
            element("dc:language", words(document.language)),
        ),
    )
