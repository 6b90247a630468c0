"""A file becomes an article: found out what it is, read in the way that is safe for that, and made an article of."""

from collections.abc import Callable
from pathlib import Path

from claimdesk.core.articles.gathering import bytes_of, too_large
from claimdesk.core.articles.intake import from_reading
from claimdesk.core.articles.kinds import Kind, kind_of, read_as
from claimdesk.core.articles.reading import Reading
from claimdesk.core.claim import Article
from claimdesk.core.errors import ArticleError


def from_file(
    path: Path, *, encoding: str | None = None, cancelled: Callable[[], bool] = lambda: False
) -> tuple[Article, bytes]:
    """The article in the file at `path`, of any kind that there is, and the bytes that it was read from.

    `encoding` overrules what the file or its bytes say. Raises ArticleError with one sentence where the file is missing,
    unreadable, empty, too large, damaged or of no kind that is known, and Cancelled once `cancelled()` holds.
    """
    raw = bytes_of(path)
    return from_reading(read(raw, path.name, encoding=encoding, cancelled=cancelled), path.name), raw


def read(
    raw: bytes,
    name: str,
    *,
    kind: Kind | None = None,
    encoding: str | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Reading:
    """What is in the file `name` with the bytes `raw`: text, and what the file says of it.

    `kind` overrules what content and ending say; `encoding` counts for text, Markdown and web pages. Text and Markdown are
    read here, everything else in a process of its own. Raises ArticleError with one sentence, and Cancelled.
    """
    known = kind_of(raw, name) if kind is None else kind
    if len(raw) > known.largest:
        raise ArticleError(too_large(name, known.largest))
    if known.is_harmless:
        return read_as(known, raw, name, encoding)
    from claimdesk.core.articles.isolation import read_apart

    return read_apart(known, raw, name, encoding, cancelled=cancelled)
