"""Zip archives, and the documents that are zip archives of XML, from whoever made them: looked at before they are unpacked."""

import stat
import zlib
from io import BytesIO
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from lxml import etree

from claimdesk.core.errors import ArticleError

MOST_MEMBERS = 10_000
MOST_BYTES = 2_000_000_000
"""Bytes that all members have at the most when unpacked."""
MOST_RATIO = 100
"""How many times smaller a member may be when packed."""
_HARMLESS = 1_000_000
"""Bytes up to which a member may be packed as tightly as it likes."""
LARGEST_XML = 64_000_000
"""Bytes of a document's XML, which takes some ten times as many in memory."""

Element = etree._Element


def opened(raw: bytes, name: str) -> ZipFile:
    """The archive in `raw`, its members checked; raises ArticleError."""
    try:
        archive = ZipFile(BytesIO(raw))
    except (BadZipFile, LargeZipFile, ValueError, NotImplementedError, EOFError, OSError):
        raise ArticleError(f"{name} is damaged: {SAVE_AGAIN}.") from None
    checked_members(archive, name)
    return archive


SAVE_AGAIN = "open it in the program that made it and save it again"


def checked_members(archive: ZipFile, name: str) -> list[ZipInfo]:
    """The members of the archive that are files, in its order.

    Raises ArticleError where one could leave the folder that it is unpacked in or take the place of another, where it is no
    plain file, is locked by a password, or where unpacking would take more than anybody sends in good faith.
    """
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise ArticleError(f"{name} holds more than {MOST_MEMBERS:,} files; unpack it and choose those that you need.")
    if sum(member.file_size for member in members) > MOST_BYTES or any(_is_bomb(member) for member in members):
        raise ArticleError(f"{name} would become very large when unpacked, as hostile files do; it was not opened.")
    if any(_leaves(member.filename) or _is_special(member) for member in members):
        raise ArticleError(f"{name} holds files that would land outside their folder; it was not opened.")
    if len({member.filename.casefold() for member in members}) < len(members):
        raise ArticleError(f"{name} holds two files of the same name, as hostile files do; it was not opened.")
    if any(member.flag_bits & 0x1 for member in members):
        raise ArticleError(f"{name} is protected by a password; save a copy without one and open that.")
    return [member for member in members if not member.is_dir()]


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


def _is_bomb(member: ZipInfo) -> bool:
    return member.file_size > _HARMLESS and member.file_size > MOST_RATIO * member.compress_size


def _leaves(path: str) -> bool:
    """Whether a name climbs out of its folder, is absolute, or names a drive."""
    parts = path.replace("\\", "/").split("/")
    return parts[0] == "" or ".." in parts or ":" in parts[0] or "\0" in path


def _is_special(member: ZipInfo) -> bool:
    mode = member.external_attr >> 16
    return bool(stat.S_IFMT(mode)) and not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)
