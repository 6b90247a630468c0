"""Documents that are zip archives of XML, from whoever made them: what their parts hold, with nothing from outside."""

import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from lxml import etree

from claimdesk.core import zips
from claimdesk.core.errors import ArticleError

LARGEST_XML = 64_000_000
"""Bytes of a document's XML, which takes some ten times as many in memory."""

Element = etree._Element


SAVE_AGAIN = "open it in the program that made it and save it again"


def opened(raw: bytes, name: str) -> ZipFile:
    """The document in `raw` as an archive in which no member does harm; raises ArticleError."""
    return zips.opened(BytesIO(raw), name)


def content(archive: ZipFile, member: str | ZipInfo, name: str) -> bytes:
    """What a member of a checked archive holds; raises ArticleError where it is damaged."""
    try:
        return archive.read(member)
    except (BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError, ValueError):
        raise ArticleError(f"{name} is damaged: {SAVE_AGAIN}.") from None


def part(archive: ZipFile, member: str, name: str) -> Element | None:
    """The XML in a member of a document; None where the document has no such member.

    Nothing outside the member is read, whatever it names. Raises ArticleError where it is damaged, too large, or declares a
    document type, which no document of Word or LibreOffice does.
    """
    try:
        size = archive.getinfo(member).file_size
    except KeyError:
        return None
    if size > LARGEST_XML:
        raise ArticleError(f"{name} has more text than ClaimDesk takes as one article; split it into parts.")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content(archive, member, name), parser)
    except (etree.XMLSyntaxError, ValueError):
        raise ArticleError(f"{name} is damaged: {SAVE_AGAIN}.") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise ArticleError(f"{name} declares a document type, as hostile files do; it was not opened.")
    return root


def local(element: Element) -> str:
    """The element's name without its namespace, which differs between the editions of one format."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """The attribute of that name in whatever namespace; empty where there is none."""
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


def child(element: Element | None, *path: str) -> Element | None:
    """The first child of each name in turn; None where one is missing."""
    for name in path:
        if element is None:
            return None
        element = next((one for one in element if local(one) == name), None)
    return element
