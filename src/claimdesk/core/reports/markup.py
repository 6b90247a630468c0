"""XML that is written, not parsed, and the zip file that it lies in: what text documents are made of.

Words enter XML through `words` and `element` alone, which a type of its own lets the type checker see.
"""

from collections.abc import Mapping
from io import BytesIO
from typing import NewType
from urllib.parse import quote, urlsplit
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import regex

Xml = NewType("Xml", str)
"""Text in which every character that means something to XML is escaped or meant."""

NOTHING = Xml("")
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PICTURES = {code: chr(0x2400 + code) for code in range(0x20) if code not in {0x09, 0x0A}}
_VISIBLE = _PICTURES | {0x7F: "\u2421", 0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}
"""Characters that XML cannot hold, as the pictures that Unicode has for them."""
_HOST = regex.compile(r"(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?", regex.IGNORECASE)
_SAFE = "%/?#@!$&'()*+,;=:~"
_LONGEST_ADDRESS = 2000
"""Characters of an address that every office program follows; a longer one makes some call the file damaged."""
_QUOTED = {'"': "&quot;", "\n": "&#10;", "\t": "&#9;"}


def visible(text: str) -> str:
    """The text, with pictures in the place of characters that XML cannot hold."""
    return text.translate(_VISIBLE)


def words(text: str) -> Xml:
    """The text as XML, with pictures in the place of characters that XML cannot hold."""
    return Xml(escape(visible(text)))


def element(name: str, *inside: Xml, **attributes: str | int) -> Xml:
    """An element; in `attributes` an underscore stands for the colon of a prefix, as in `w_val`."""
    return raw(name, {key.replace("_", ":", 1): str(value) for key, value in attributes.items()}, *inside)


def raw(name: str, attributes: Mapping[str, str], *inside: Xml) -> Xml:
    """An element whose attributes have names that are no keywords."""
    told = "".join(f' {key}="{escape(visible(value), _QUOTED)}"' for key, value in attributes.items())
    content = "".join(inside)
    return Xml(f"<{name}{told}>{content}</{name}>" if content else f"<{name}{told}/>")


def joined(*parts: Xml) -> Xml:
    """Several pieces of XML after one another."""
    return Xml("".join(parts))


def address(url: str) -> str:
    """The web address as a link of an office file can hold it; empty for what is none, or what such programs stumble over."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not _HOST.fullmatch(parts.netloc):
        return ""
    tail = url.strip()[len(parts.scheme) + 3 + len(parts.netloc) :]
    written = f"{parts.scheme}://{parts.netloc}{quote(tail, safe=_SAFE)}"
    return written if len(written) <= _LONGEST_ADDRESS else ""


def part(root: Xml) -> bytes:
    """The file of a package whose root element this is."""
    return (_DECLARATION + root).encode()


def package(parts: Mapping[str, bytes], *, stored: frozenset[str] = frozenset()) -> bytes:
    """A zip of the parts in their order, `stored` ones as they are; the same parts are always the same bytes."""
    out = BytesIO()
    with ZipFile(out, "w") as file:
        for name, data in parts.items():
            info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            # What system made it, which Python would tell otherwise, is nobody's business.
            info.create_system = 0
            info.external_attr = 0
            file.writestr(info, data, ZIP_STORED if name in stored else ZIP_DEFLATED)
    return out.getvalue()
