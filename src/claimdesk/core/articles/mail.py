"""E-mails (.eml): what was written, who sent it and when, with the files that came along.

Nothing that a mail points to is fetched, and no attachment is opened: they are offered by name.
"""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import Any

import regex

from claimdesk.core.articles import properties
from claimdesk.core.articles.composer import Composer
from claimdesk.core.articles.reading import Attachment, Reading
from claimdesk.core.claim import Spans
from claimdesk.core.errors import ArticleError
from claimdesk.core.text import normalise

LARGEST_ATTACHMENT = 25_000_000
MOST_ATTACHED = 50_000_000
"""Bytes that all attachments together have at the most."""
MOST_ATTACHMENTS = 100

UNDECODED = "The mail names an encoding that does not fit it; some characters may be wrong."

_BROKEN = (LookupError, ValueError, AttributeError, TypeError)
"""What Python's mail parser raises at headers and parts that keep to no standard; UnicodeError is a ValueError."""
_REPLY = regex.compile(r"(?i)^(?:\s*(?:re|aw|fwd?|wg|tr|rv|sv)\s*:)+\s*")
_GREETING = regex.compile(
    r"(?i)(?:dear|hello|hi|good (?:morning|afternoon|evening)|sehr geehrte[rn]?|guten (?:tag|morgen)|liebe[rn]?|hallo|madame|bonjour|chers?|"
    r"estimad[oa]s?|प्रिय|नमस्ते|안녕하세요|السلام عليكم|السادة)\b.{0,100}"
)
_CONTROLS = regex.compile(r"[\p{C}/\\:*?\"<>|]+")
_WIDTH = range(50, 90)
"""Characters of the longest line of a mail whose lines a program broke."""
_FREE = {
    "gmail",
    "googlemail",
    "gmx",
    "web",
    "outlook",
    "hotmail",
    "live",
    "yahoo",
    "icloud",
    "proton",
    "protonmail",
    "aol",
    "naver",
    "mail",
}
_BLOCKS = set(
    "address article aside blockquote center dd div dl dt figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table td th tr ul".split()
)
_UNSEEN = {"script", "style", "head", "title", "template", "noscript", "object", "svg"}
_WHITE = regex.compile(r"[ \t\r\n]+")
_HIDDEN = regex.compile(r"(?i)display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all")


def read(raw: bytes, name: str) -> Reading:
    """What the e-mail in `raw` says; `name` is the file's, for the sentences of ArticleError."""
    message = message_from_bytes(raw, policy=policy.default)
    if not any(
        _header(message, field) for field in ("From", "Date", "Subject", "Received", "Message-ID", "MIME-Version")
    ):
        raise ArticleError(f"{name} is not an e-mail, whatever its name says; save it from the mail program as .eml.")
    warnings: dict[str, None] = {}
    body, others = _parts(message)
    forwarded = next((one for one in others if one.get_content_type() == "message/rfc822"), None)
    if body is None and forwarded is not None and (inside := _inside(forwarded)) is not None:
        return read(inside, name)
    text, furniture = _text(body, warnings) if body is not None else ("", ())
    attachments = tuple(_attachments(others, warnings))
    if not text:
        what = "; its attachments can be opened by themselves." if attachments else "."
        raise ArticleError(f"{name} has no text in it{what}")
    byline, outlet = _sender(message)
    return Reading(
        text=text,
        title=properties.title(_REPLY.sub("", _header(message, "Subject")), name),
        byline=byline,
        outlet=outlet,
        published=_day(_header(message, "Date")),
        language=properties.language(_header(message, "Content-Language")),
        furniture=furniture,
        attachments=attachments,
        warnings=tuple(warnings),
    )


def _header(message: EmailMessage, name: str) -> str:
    """What a header says; empty where there is none or nobody can make sense of it."""
    try:
        return normalise(str(message.get(name, "")))
    except _BROKEN:
        return ""


def _sender(message: EmailMessage) -> tuple[str, str]:
    """Who wrote it, and for whom: the organisation that is named, else the domain, if it is one's own."""
    organisation = " ".join(_header(message, "Organization").split())
    try:
        addresses: tuple[Address, ...] = message["From"].addresses if message["From"] is not None else ()
    except _BROKEN:
        addresses = ()
    if not addresses:
        return properties.byline(_header(message, "From").partition("<")[0].strip(" \"'")), organisation
    domain = normalise(addresses[0].domain)
    is_own = domain.split(".")[0].lower() not in _FREE
    names = "; ".join(one.display_name or "" for one in addresses)
    return properties.byline(names), organisation or (domain if is_own else "")


def _day(said: str) -> str:
    try:
        return properties.published(parsedate_to_datetime(said).date().isoformat())
    except _BROKEN:
        return ""


def _parts(message: EmailMessage) -> tuple[EmailMessage | None, list[EmailMessage]]:
    """The part to read, plain text before HTML, and what was attached."""
    plain: EmailMessage | None = None
    marked: EmailMessage | None = None
    others: list[EmailMessage] = []
    for part in _leaves(message):
        kind = part.get_content_type()
        is_attached = _disposition(part) == "attachment" or bool(_filename(part))
        if kind == "text/plain" and not is_attached and plain is None:
            plain = part
        elif kind == "text/html" and not is_attached and marked is None:
            marked = part
        elif is_attached or not kind.startswith(("text/", "multipart/")):
            others.append(part)
    if plain is not None and marked is not None and not _decoded(plain, {}).strip():
        plain = None
    return plain if plain is not None else marked, others


def _leaves(message: Any) -> Iterator[EmailMessage]:
    """All parts that hold no others; a mail inside the mail is one of them."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        if part.is_multipart() and part.get_content_maintype() == "multipart":
            waiting += reversed(part.get_payload())
        else:
            yield part


def _disposition(part: EmailMessage) -> str:
    try:
        return part.get_content_disposition() or ""
    except _BROKEN:
        return ""


def _filename(part: EmailMessage) -> str:
    try:
        return normalise(part.get_filename() or "")
    except _BROKEN:
        return ""


def _payload(part: EmailMessage) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except _BROKEN:
        return b""
    return payload if isinstance(payload, bytes) else b""


def _inside(part: EmailMessage) -> bytes | None:
    """A mail that came inside the mail, as its bytes; None where it cannot be told."""
    try:
        inside: Any = part.get_payload(0) if part.is_multipart() else None
        return bytes(inside.as_bytes()) if inside is not None else _payload(part)
    except (*_BROKEN, IndexError):
        return None


def _decoded(part: EmailMessage, warnings: dict[str, None]) -> str:
    """The text of a part by the encoding that it names, else by the one that fits its bytes."""
    payload = _payload(part)
    try:
        named = part.get_content_charset() or "us-ascii"
        return payload.decode("utf-8" if named == "us-ascii" else named)
    except _BROKEN:
        warnings[UNDECODED] = None
    from charset_normalizer import from_bytes

    best = from_bytes(payload[:100_000]).best()
    return payload.decode(best.encoding if best is not None else "cp1252", "replace")


def _text(part: EmailMessage, warnings: dict[str, None]) -> tuple[str, Spans]:
    """The paragraphs of the mail, with greeting and signature as furniture."""
    said = normalise(_decoded(part, warnings))
    out = Composer()
    if part.get_content_type() == "text/html":
        _compose_html(said, out)
    else:
        flowed = str(part.get_param("format", "")).lower() == "flowed"
        _compose_plain(said, out, flowed=flowed)
    text = out.text
    found = [out.span("greeting"), out.span("signature")]
    return text, tuple(span for span in found if span is not None and (span.start, span.end) != (0, len(text)))


def _compose_plain(said: str, out: Composer, *, flowed: bool) -> None:
    lines = said.split("\n")
    longest = max(len(line) for line in lines)
    signed = next((at for at, line in enumerate(lines) if line in ("-- ", "--")), len(lines))
    before, first = "", True
    for at, line in enumerate(lines):
        if at == signed:
            out.end_block()
            out.open("signature")
            continue
        if not line.strip():
            out.end_block()
            before = ""
            continue
        if before:
            out.add(" " if _is_wrapped(before, line, longest, flowed=flowed and at < signed) else "\n")
        is_greeting = first and _GREETING.fullmatch(line.strip()) is not None
        if is_greeting:
            out.open("greeting")
        out.add(line)
        if is_greeting:
            out.close("greeting")
        before, first = line, False
    out.end_block()
    out.close("signature")


def _is_wrapped(before: str, line: str, longest: int, *, flowed: bool) -> bool:
    """Whether a program broke the line, so that it goes on in the next."""
    if flowed:
        return before.endswith(" ")
    if line[0] in " \t>*•-–" or before[0] == ">" or longest not in _WIDTH:
        return False
    return len(before) + 1 + len(line.split(maxsplit=1)[0]) > longest - 1


def _compose_html(markup: str, out: Composer) -> None:
    """The words of a page, a block for each of its blocks; nothing that is not shown, nothing fetched."""
    from lxml import etree

    parser = etree.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8")
    root = etree.fromstring(markup.encode() or b"<p></p>", parser)
    if root is None:
        return
    unseen: Any = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = str(element.tag).lower()
        if unseen is not None:
            if event == "start" or unseen is not element:
                continue
            unseen = None
        elif event == "start":
            if tag in _UNSEEN or _HIDDEN.search(element.get("style", "")):
                unseen = element
            else:
                _open_element(element, tag, out)
            continue
        if tag in _BLOCKS:
            out.end_block()
        out.add(_one_line(element.tail, out))
    out.end_block()


def _open_element(element: Any, tag: str, out: Composer) -> None:
    if tag in _BLOCKS:
        out.end_block()
    if tag == "li":
        out.prefix("• ")
    words = _one_line(element.text, out)
    is_greeting = not out.length and _GREETING.fullmatch(words.strip()) is not None
    if is_greeting:
        out.open("greeting")
    out.add("\n" if tag == "br" else words)
    if is_greeting:
        out.close("greeting")


def _one_line(words: str | None, out: Composer) -> str:
    """White space as a browser shows it."""
    line = _WHITE.sub(" ", words or "")
    return line.lstrip(" ") if out.ends_in_space else line


def _attachments(parts: list[EmailMessage], warnings: dict[str, None]) -> Iterator[Attachment]:
    """What came along, as far as it is not too much."""
    total = 0
    for number, part in enumerate(parts, 1):
        kind = part.get_content_type()
        raw = (_inside(part) or b"") if kind == "message/rfc822" else _payload(part)
        total += len(raw)
        if len(raw) > LARGEST_ATTACHMENT or total > MOST_ATTACHED or number > MOST_ATTACHMENTS:
            warnings["Attachments that are very large or very many are left out; save them from the mail program."] = (
                None
            )
            total -= len(raw)
        elif raw:
            ending = ".eml" if kind == "message/rfc822" else ""
            yield Attachment(_safe_name(_filename(part), f"attachment-{number}{ending}"), kind, raw)


def _safe_name(said: str, otherwise: str) -> str:
    """A name without folders and control characters."""
    last = said.replace("\\", "/").rpartition("/")[2]
    name = _CONTROLS.sub("_", last).strip(" ._")
    if len(name) <= 120:
        return name or otherwise
    stem, _, ending = name.rpartition(".")
    return f"{stem[:100]}.{ending[:19]}"
