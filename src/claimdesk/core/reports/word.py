"""The report as a Word document: what is known of a claim stands in a real comment beside its words.

The package is written part by part, since no template then leaves anything in it, and ten times the claims take ten times
as long. Style sheet, settings and footer are files of `resources/templates/word`; the order of elements is the schema's,
about which Word is strict.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import count

from claimdesk.core.levels import Underline
from claimdesk.core.reports.blocks import (
    Bar,
    Block,
    Closes,
    Line,
    Look,
    Opens,
    Piece,
    Remark,
    Table,
    TextDocument,
    Words,
)
from claimdesk.core.reports.markup import NOTHING, Xml, address, element, joined, package, part, raw, words
from claimdesk.core.reports.outline import outline
from claimdesk.core.reports.plain import is_rtl
from claimdesk.core.reports.report import Report
from claimdesk.core.reports.scripts import Family, Stretch, stretches
from claimdesk.core.resources import RESOURCES

_SCHEMAS = "http://schemas.openxmlformats.org"
_SPACES = {
    "xmlns:w": f"{_SCHEMAS}/wordprocessingml/2006/main",
    "xmlns:r": f"{_SCHEMAS}/officeDocument/2006/relationships",
}
_RELATIONS = f"{_SCHEMAS}/officeDocument/2006/relationships"
_PACKAGE = f"{_SCHEMAS}/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OWN_PARTS = ("styles", "settings", "numbering", "footer", "comments")

PAGE = 9412
"""Twentieths of a point between the margins of a page."""
_MARGIN = 80
"""Twentieths of a point at either side of a cell."""

_UNDERLINES = {
    Underline.SOLID: "single",
    Underline.DASHED: "dash",
    Underline.DOTTED: "dotted",
    Underline.DOUBLE: "double",
    Underline.WAVY: "wave",
}
_FONT_SLOTS = {Family.ASIAN: "w:eastAsia", Family.COMPLEX: "w:cs"}
_LANGUAGE_SLOTS = {Family.WESTERN: "w:val", Family.ASIAN: "w:eastAsia", Family.COMPLEX: "w:bidi"}


def render(report: Report) -> bytes:
    """The file's bytes."""
    document = outline(report)
    drawing = _Drawing()
    # The body first: only then is it known which links there are.
    body = drawing.body(document.blocks)
    parts = {
        "[Content_Types].xml": part(_content_types()),
        "_rels/.rels": part(_package_relations()),
        "docProps/core.xml": part(_core_properties(document)),
        "docProps/app.xml": part(_app_properties(document)),
        "word/document.xml": part(raw("w:document", _SPACES, element("w:body", body, _SECTION))),
        "word/_rels/document.xml.rels": part(_document_relations(drawing.links)),
        "word/comments.xml": part(_comments(document)),
        **{f"word/{name}.xml": _own_part(name) for name in _OWN_PARTS if name != "comments"},
    }
    return package(parts)


class _Drawing:
    """Draws the body, and keeps what has to be numbered over all of it: links to the web and places in the document."""

    def __init__(self) -> None:
        self.links: dict[str, str] = {}
        self._places = count(1)

    def body(self, blocks: Iterable[Block]) -> Xml:
        return joined(*(self._table(block) if isinstance(block, Table) else self._line(block) for block in blocks))

    def _line(self, line: Line) -> Xml:
        pieces = joined(*(xml for piece in line.pieces for xml in self._piece(piece, line.is_rtl)))
        inside = self._place(line.name, pieces) if line.name else pieces
        return element("w:p", _paragraph_properties(line), inside)

    def _piece(self, piece: Piece, in_rtl: bool) -> Iterator[Xml]:
        match piece:
            case Opens(number):
                yield self._place(f"text_{number}", NOTHING)
                yield element("w:commentRangeStart", w_id=number)
            case Closes(number):
                yield element("w:commentRangeEnd", w_id=number)
                reference = element("w:commentReference", w_id=number)
                yield element("w:r", element("w:rPr", element("w:rStyle", w_val="CommentReference")), reference)
            case Words(text, look, language, link, to):
                style = "Hyperlink" if link else ""
                runs = joined(*(_run(one, look, style, in_rtl) for one in stretches(text, language)))
                yield self._linked(runs, address(link), to)

    def _linked(self, runs: Xml, link: str, to: str) -> Xml:
        if link:
            return element("w:hyperlink", runs, r_id=self.links.setdefault(link, f"link{len(self.links) + 1}"))
        return element("w:hyperlink", runs, w_anchor=to) if to else runs

    def _place(self, name: str, inside: Xml) -> Xml:
        number = next(self._places)
        start = element("w:bookmarkStart", w_id=number, w_name=name)
        return joined(start, inside, element("w:bookmarkEnd", w_id=number))

    def _table(self, table: Table) -> Xml:
        widths = [PAGE * width // 1000 for width in table.widths]
        head = (element("w:cantSplit"), element("w:tblHeader"))
        rows = [
            self._row(((line,) for line in table.heads), widths, *head),
            *(self._row(row, widths) for row in table.rows),
        ]
        grid = element("w:tblGrid", *(element("w:gridCol", w_w=width) for width in widths))
        return element("w:tbl", _table_properties(table), grid, *rows)

    def _row(self, cells: Iterable[tuple[Line | Bar, ...]], widths: Iterable[int], *properties: Xml) -> Xml:
        drawn = (
            element(
                "w:tc",
                element("w:tcPr", element("w:tcW", w_w=width, w_type="dxa")),
                *(_bar(one, width) if isinstance(one, Bar) else self._line(one) for one in cell),
            )
            for cell, width in zip(cells, widths, strict=True)
        )
        return element("w:tr", element("w:trPr", *(properties or (element("w:cantSplit"),))), *drawn)


def _paragraph_properties(line: Line) -> Xml:
    numbering = (element("w:ilvl", w_val=0), element("w:numId", w_val=1))
    return element(
        "w:pPr",
        element("w:pStyle", w_val=line.style.value),
        element("w:numPr", *numbering) if line.number else NOTHING,
        element("w:bidi") if line.is_rtl else NOTHING,
    )


def _bar(bar: Bar, width: int) -> Xml:
    """A paragraph without words, on a ground of the level's colour, as long as the share."""
    free = (width - 2 * _MARGIN) * (100 - bar.share) // 100
    ground = element("w:shd", w_val="clear", w_color="auto", w_fill=bar.colour[1:])
    return element("w:p", element("w:pPr", element("w:pStyle", w_val="Bar"), ground, element("w:ind", w_right=free)))


def _run(one: Stretch, look: Look, style: str, in_rtl: bool) -> Xml:
    is_rtl_run = one.script.is_rtl or (in_rtl and not one.language)
    return element("w:r", _run_properties(look, style, one.script.family, one.script.font, one.language, is_rtl_run),
                   *_text(one.text))  # fmt: skip


@cache
def _run_properties(look: Look, style: str, family: Family, font: str, language: str, is_rtl_run: bool) -> Xml:
    frame = {"w:val": "dashed", "w:sz": "4", "w:space": "0", "w:color": look.line[1:] or "auto"}
    fonts = {_FONT_SLOTS[family]: font} if font else {}
    style = style or ("Code" if look.is_code else "")
    properties = joined(
        element("w:rStyle", w_val=style) if style else NOTHING,
        raw("w:rFonts", fonts) if fonts else NOTHING,
        joined(element("w:b"), element("w:bCs")) if look.bold else NOTHING,
        joined(element("w:i"), element("w:iCs")) if look.italic else NOTHING,
        element("w:color", w_val=look.colour[1:]) if look.colour else NOTHING,
        element("w:u", w_val=_UNDERLINES[look.underline], w_color=look.line[1:]) if look.underline else NOTHING,
        raw("w:bdr", frame) if look.is_framed else NOTHING,
        element("w:shd", w_val="clear", w_color="auto", w_fill=look.shade[1:]) if look.shade else NOTHING,
        element("w:vertAlign", w_val="superscript") if look.is_raised else NOTHING,
        element("w:rtl") if is_rtl_run else NOTHING,
        element("w:cs") if family is Family.COMPLEX and not is_rtl_run else NOTHING,
        raw("w:lang", {_LANGUAGE_SLOTS[family]: language}) if language else NOTHING,
    )
    return element("w:rPr", properties) if properties else NOTHING


def _text(text: str) -> Iterator[Xml]:
    """The words; a tab and the end of a line are elements of their own."""
    for i, line in enumerate(text.split("\n")):
        if i:
            yield element("w:br")
        for j, said in enumerate(line.split("\t")):
            if j:
                yield element("w:tab")
            if said:
                yield raw("w:t", {"xml:space": "preserve"}, words(said))


def _table_properties(table: Table) -> Xml:
    look = {"w:val": "0420", "w:firstRow": "1", "w:lastRow": "0", "w:firstColumn": "0", "w:lastColumn": "0",
            "w:noHBand": "0", "w:noVBand": "1"}  # fmt: skip
    return element(
        "w:tblPr",
        element("w:tblStyle", w_val="ReportTable"),
        element("w:tblW", w_w=sum(PAGE * width // 1000 for width in table.widths), w_type="dxa"),
        element("w:tblLayout", w_type="fixed"),
        raw("w:tblLook", look),
        element("w:tblCaption", w_val=table.title),
        element("w:tblDescription", w_val=table.about),
    )


def _comments(document: TextDocument) -> Xml:
    date = document.made_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    return raw("w:comments", _SPACES, *(_comment(number, one, date) for number, one in document.remarks.items()))


def _comment(number: int, remark: Remark, date: str) -> Xml:
    style = element("w:pStyle", w_val="CommentText")
    mark = element("w:r", element("w:rPr", element("w:rStyle", w_val="CommentReference")), element("w:annotationRef"))
    lines = (
        element(
            "w:p",
            element("w:pPr", style, element("w:bidi") if is_rtl(line) else NOTHING),
            NOTHING if i else mark,
            *(_run(one, Look(), "", is_rtl(line)) for one in stretches(line)),
        )
        for i, line in enumerate(remark.lines)
    )
    who = {"w:id": str(number), "w:author": remark.author, "w:date": date, "w:initials": remark.initials}
    return raw("w:comment", who, *lines)


_SECTION = element(
    "w:sectPr",
    element("w:footerReference", w_type="default", r_id="footer"),
    element("w:pgSz", w_w=11906, w_h=16838),
    raw("w:pgMar", {"w:top": "1247", "w:right": "1247", "w:bottom": "1247", "w:left": "1247", "w:header": "709",
                    "w:footer": "624", "w:gutter": "0"}),
)  # fmt: skip


def _own_part(name: str) -> bytes:
    return (RESOURCES / "templates" / "word" / f"{name}.xml").read_bytes()


def _content_types() -> Xml:
    def of_part(name: str, kind: str) -> Xml:
        return raw("Override", {"PartName": name, "ContentType": kind})

    return raw(
        "Types",
        {"xmlns": f"{_PACKAGE}/content-types"},
        raw(
            "Default", {"Extension": "rels", "ContentType": "application/vnd.openxmlformats-package.relationships+xml"}
        ),
        raw("Default", {"Extension": "xml", "ContentType": "application/xml"}),
        of_part("/word/document.xml", f"{_TYPES}.document.main+xml"),
        *(of_part(f"/word/{name}.xml", f"{_TYPES}.{name}+xml") for name in _OWN_PARTS),
        of_part("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        of_part("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
    )


def _relations(told: Iterable[Mapping[str, str]]) -> Xml:
    return raw("Relationships", {"xmlns": f"{_PACKAGE}/relationships"}, *(raw("Relationship", one) for one in told))


def _package_relations() -> Xml:
    return _relations(
        (
            {"Id": "document", "Type": f"{_RELATIONS}/officeDocument", "Target": "word/document.xml"},
            {"Id": "core", "Type": f"{_PACKAGE}/relationships/metadata/core-properties", "Target": "docProps/core.xml"},
            {"Id": "app", "Type": f"{_RELATIONS}/extended-properties", "Target": "docProps/app.xml"},
        )
    )


def _document_relations(links: Mapping[str, str]) -> Xml:
    own = ({"Id": name, "Type": f"{_RELATIONS}/{name}", "Target": f"{name}.xml"} for name in _OWN_PARTS)
    out = (
        {"Id": name, "Type": f"{_RELATIONS}/hyperlink", "Target": url, "TargetMode": "External"}
        for url, name in links.items()
    )
    return _relations((*own, *out))


def _core_properties(document: TextDocument) -> Xml:
    date = document.made_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    spaces = {
        "xmlns:cp": f"{_PACKAGE}/metadata/core-properties",
        "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        "xmlns:dcterms": "http://purl.org/dc/terms/",
        "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    }
    when = {"xsi:type": "dcterms:W3CDTF"}
    return raw(
        "cp:coreProperties",
        spaces,
        element("dc:title", words(document.title)),
        element("dc:creator", words(document.author)),
        element("cp:lastModifiedBy", words(document.author)),
        raw("dcterms:created", when, Xml(date)),
        raw("dcterms:modified", when, Xml(date)),
        element("dc:language", words(document.language)),
    )


def _app_properties(document: TextDocument) -> Xml:
    space = {"xmlns": f"{_SCHEMAS}/officeDocument/2006/extended-properties"}
    return raw("Properties", space, element("Application", words(f"ClaimDesk {document.version}")))
