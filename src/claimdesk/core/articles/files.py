"""A file is read: found out what it is, and read in the way that is safe for that."""

from collections.abc import Callable

from claimdesk.core.articles.gathering import too_large
from claimdesk.core.articles.kinds import Kind, kind_of, read_as
from claimdesk.core.articles.reading import Reading
from claimdesk.core.errors import ArticleError


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
