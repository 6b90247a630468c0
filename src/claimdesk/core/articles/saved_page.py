"""Web pages that a browser saved whole: .mht and .mhtml of Chrome and Edge, .webarchive of Safari. Only the page itself is read."""

import plistlib
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from claimdesk.core.articles import web
from claimdesk.core.articles.reading import Reading
from claimdesk.core.errors import ArticleError

_PLIST = (b"bplist00", b"<?xml", b"\xef\xbb\xbf<?xml")


def read(raw: bytes, name: str) -> Reading:
    """The reading of the page in such a file; raises ArticleError with one sentence where there is none."""
    return _of_safari(raw, name) if raw.startswith(_PLIST) else _of_mime(raw, name)


def _of_mime(raw: bytes, name: str) -> Reading:
    message = message_from_bytes(raw, policy=policy.default)
    page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    if not isinstance(page, EmailMessage):
        raise _no_page(name)
    body = page.get_payload(decode=True)
    if not isinstance(body, bytes):
        raise _no_page(name)
    address = str(message.get("Snapshot-Content-Location", "") or page.get("Content-Location", ""))
    return web.read(body, name, url=address, declared=page.get_content_charset(""))


def _of_safari(raw: bytes, name: str) -> Reading:
    try:
        archive = plistlib.loads(raw)
    except Exception as error:  # plistlib raises whatever it stumbles over
        raise ArticleError(f"{name} is a damaged web archive ({type(error).__name__}); save the page again.") from error
    resource: Any = archive.get("WebMainResource") if isinstance(archive, dict) else None
    if not isinstance(resource, dict) or not isinstance(resource.get("WebResourceData"), bytes):
        raise _no_page(name)
    address, charset = str(resource.get("WebResourceURL", "")), str(resource.get("WebResourceTextEncodingName", ""))
    return web.read(resource["WebResourceData"], name, url=address, declared=charset)


def _no_page(name: str) -> ArticleError:
    return ArticleError(f"There is no web page in {name}; save it again, as HTML.")
