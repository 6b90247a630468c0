"""What of a report's file would do something where somebody opens it: for each format by a reader that is not ours.

Every ending that a report can have needs a checker in `CHECKERS`; without one `test_hostile` fails.
"""

import csv
import io
import json
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from typing import Any

import lxml.html
import pikepdf
from lxml import etree
from tests.core.reports.opened import markdown_tokens, parts, workbook, xml

_WEB = re.compile(r"https?://[^\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]+", re.IGNORECASE)
_WITHIN = re.compile(r"#[a-z]+(-\d+)?")
_TAGS = set(
    "html head meta title style body header main nav article section div h1 h2 h3 h4 p span a b i bdi strong abbr ul ol li dl dt dd "
    "table caption thead tbody tr th td blockquote svg rect text g path".split()
)
_ATTRIBUTES = set(
    "id class href lang dir title name content charset http-equiv rel scope colspan rowspan role aria-label aria-labelledby "
    "aria-hidden aria-describedby data-number data-label tabindex".split()
)
_MARKDOWN = set(
    "paragraph heading inline text text_special hardbreak softbreak bullet_list list_item blockquote em strong link".split()
)
_FIELDS = re.compile(r"\s*(PAGE|NUMPAGES|SECTIONPAGES)\b[^\"\\]*|\s*(HYPERLINK \\l|REF|PAGEREF|SEQ|TOC) [^\r\n]*")


def web_page(data: bytes) -> Iterator[str]:
    """What is no plain element, attribute or link; nothing may be loaded, and there is one policy and one style sheet."""
    page = lxml.html.document_fromstring(data.decode())
    for element in page.iter():
        if not isinstance(element.tag, str) or element.tag not in _TAGS:
            yield repr(element.tag)
            continue
        yield from (f"{name!s}=" for name in map(str, element.attrib) if name not in _ATTRIBUTES)
        yield from (address for address in [element.get("href")] if address is not None and not _may_lead(address))
        if element.get("http-equiv", "Content-Security-Policy") != "Content-Security-Policy":
            yield "http-equiv"
    policies = [str(element.get("content")) for element in page.iter("meta") if element.get("http-equiv")]
    if len(list(page.iter("style"))) != 1 or len(policies) != 1 or not policies[0].startswith("default-src 'none'"):
        yield "another style sheet or policy"


def comma_separated(data: bytes) -> Iterator[str]:
    """Cells that a spreadsheet runs, and rows that another cell has begun."""
    head, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
    for row in rows:
        if len(row) != len(head) or not row[0].isdecimal():
            yield f"a row of its own: {row[:2]}"
        yield from (cell for cell in row if cell[:1] in {*"\t\r\n"} or _first_that_shows(cell) in {*"=+-@＝＋－＠"})


def _first_that_shows(cell: str) -> str:
    return next((character for character in cell if character.isprintable() and not character.isspace()), "")


def spreadsheet(data: bytes) -> Iterator[str]:
    """Formulas, names, links that lead elsewhere than to the web, and parts that a workbook of ours has not."""
    book = workbook(data)
    for sheet in book:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if cell.data_type == "f":
                yield f"formula {cell.value}"
            if cell.hyperlink is not None and not _is_web(
                str(cell.hyperlink.target) + str(cell.hyperlink.location or "")
            ):
                yield f"link {cell.hyperlink.target}"
    yield from (f"name {name}" for name in book.defined_names)
    yield from _office(
        data, ("externalLink", "vba", "activeX", "embeddings", "connections", "queryTable", "customXml", "media")
    )


def markdown(data: bytes) -> Iterator[str]:
    """HTML, pictures, code, rules, tables, references, and links that lead elsewhere than to the web or a claim."""
    for token in markdown_tokens(data):
        kind = token.type.removesuffix("_open").removesuffix("_close")
        if kind not in _MARKDOWN or (kind == "heading" and token.markup not in {"#", "##", "###"}):
            yield f"{token.type} {token.content}"
        if token.type == "link_open" and not _may_lead(str(token.attrs["href"])):
            yield str(token.attrs["href"])
    for line in data.decode().split("\n"):
        if re.match(r"\s*\[(?!\^\d+\]: \*\*)[^]]*\]:", line):
            yield f"definition {line}"


def portable_document(data: bytes) -> Iterator[str]:
    """What is run or loaded on opening, forms, files in it, and links that lead elsewhere than to the web or into it."""
    with pikepdf.open(BytesIO(data)) as document:
        yield from (name for name in ("/OpenAction", "/AA", "/AcroForm", "/Collection") if name in document.Root)
        names = document.Root.get("/Names", pikepdf.Dictionary())
        yield from (name for name in ("/JavaScript", "/EmbeddedFiles") if name in names)
        for note in (note for page in document.pages for note in page.get("/Annots", [])):
            action = note.get("/A")
            if action is not None and str(action.S) not in {"/URI", "/GoTo"}:
                yield str(action.S)
            if action is not None and "/URI" in action and not _is_web(str(action.URI)):
                yield str(action.URI)


def word_document(data: bytes) -> Iterator[str]:
    """Fields but page numbers and references, foreign parts, templates from elsewhere, links that lead nowhere good."""
    for name, part in parts(data).items():
        if name.endswith(".xml"):
            for element in xml(part).iter():
                tag = etree.QName(element).localname if isinstance(element.tag, str) else str(element.tag)
                if tag in {
                    "altChunk",
                    "object",
                    "OLEObject",
                    "control",
                    "attachedTemplate",
                    "mailMerge",
                    "subDoc",
                    "script",
                }:
                    yield f"{name}: {tag}"
                code = (
                    element.text or ""
                    if tag == "instrText"
                    else _attribute(element, "instr")
                    if tag == "fldSimple"
                    else ""
                )
                if code.strip() and not _FIELDS.fullmatch(code):
                    yield f"{name}: field {code}"
    yield from _office(data, ("vba", "activeX", "embeddings", "afchunk"))


def open_document(data: bytes) -> Iterator[str]:
    """Scripts, events, objects, formulas, and links that lead elsewhere than to the web or into it."""
    for name, part in parts(data).items():
        if name.startswith(("Scripts", "Basic", "Object")) or not _is_safe(name):
            yield f"part {name}"
        if not name.endswith(".xml"):
            continue
        yield from (f"{name}: document type" for _ in [0] if b"<!DOCTYPE" in part)
        for element in (element for element in xml(part).iter() if isinstance(element.tag, str)):
            tag = etree.QName(element)
            if "script" in str(tag.namespace) or tag.localname in {
                "script", "event-listener", "object", "object-ole", "applet", "plugin", "floating-frame", "execute-macro", "dde-connection",
            }:  # fmt: skip
                yield f"{name}: {tag.localname}"
            if _attribute(element, "formula"):
                yield f"{name}: formula"
            address = _attribute(element, "href")
            if address and not (_may_lead(address) or address.startswith("#") or address in parts(data)):
                yield f"{name}: {address}"


def plain_data(data: bytes) -> Iterator[str]:
    """Data that is none: a constant that JSON does not know, a name that stands twice."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(pairs)) != len(pairs):
            raise ValueError("a name stands twice")
        return dict(pairs)

    try:
        json.loads(data, object_pairs_hook=once, parse_constant=lambda name: json.loads("!"))
    except ValueError as error:
        yield str(error)


def linked_data(data: bytes) -> Iterator[str]:
    """As `plain_data`; and addresses that a processor would fetch or that a browser would run."""
    yield from plain_data(data)
    yield from _contexts(json.loads(data))


def _contexts(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for one in node:
            yield from _contexts(one)
    elif isinstance(node, dict):
        for name, value in node.items():
            if name == "@context":
                named = [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]
                yield from (one for one in named if not re.match(r"https?://(www\.w3\.org|schema\.org)\b", one))
            else:
                if (
                    name in {"@id", "id", "url"}
                    and isinstance(value, str)
                    and re.match(r"\s*(javascript|data|vbscript|file):", value, re.I)
                ):
                    yield value
                yield from _contexts(value)


def bundle(data: bytes) -> Iterator[str]:
    """Parts that would land elsewhere, document types, and paths in XML that lead out of the file."""
    for name, part in parts(data).items():
        if not _is_safe(name):
            yield f"part {name}"
        if name.endswith((".xml", ".qde")):
            yield from (f"{name}: document type" for _ in [0] if b"<!DOCTYPE" in part)
            for element in (element for element in xml(part).iter() if isinstance(element.tag, str)):
                for where in ("path", "plainTextPath", "richTextPath", "currentPath"):
                    address = _attribute(element, where)
                    if address and not address.startswith("internal://"):
                        yield f"{name}: {address}"


def _office(data: bytes, foreign: Iterable[str]) -> Iterator[str]:
    """What is wrong with any file of Office Open XML: foreign parts, document types, relations that lead out of it."""
    for name, part in parts(data).items():
        if not _is_safe(name) or any(word.casefold() in name.casefold() for word in foreign):
            yield f"part {name}"
        if name.endswith((".xml", ".rels")):
            yield from (f"{name}: document type" for _ in [0] if b"<!DOCTYPE" in part)
        if name.endswith(".rels"):
            for relation in xml(part):
                if relation.get("TargetMode") == "External" and not (
                    str(relation.get("Type")).endswith("/hyperlink") and _is_web(str(relation.get("Target")))
                ):
                    yield f"{name}: {relation.get('Target')}"


def _attribute(element: etree._Element, local: str) -> str:
    return next((str(value) for name, value in element.attrib.items() if etree.QName(name).localname == local), "")


def _is_safe(name: str) -> bool:
    return (
        not name.startswith("/")
        and "\\" not in name
        and ":" not in name
        and posixpath.normpath(name).split("/")[0] != ".."
    )


def _may_lead(address: str) -> bool:
    return _is_web(address) or _WITHIN.fullmatch(address) is not None


def _is_web(address: str) -> bool:
    return _WEB.fullmatch(address) is not None


CHECKERS: dict[str, Callable[[bytes], Iterator[str]]] = {
    ".html": web_page, ".csv": comma_separated, ".xlsx": spreadsheet, ".md": markdown, ".pdf": portable_document,
    ".docx": word_document, ".odt": open_document, ".json": plain_data, ".jsonld": linked_data, ".qdpx": bundle,
    ".claimdesk": bundle,
}  # fmt: skip
"""What is alive in a file, by its ending."""
