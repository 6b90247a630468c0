"""Plain text: its bytes in whatever encoding, as they are."""

from claimdesk.core.articles.decoding import decoded
from claimdesk.core.articles.reading import Reading
from claimdesk.core.text import normalise


def read(raw: bytes, name: str, encoding: str | None = None) -> Reading:
    """The reading of a text file; raises ArticleError where it is none."""
    found = decoded(raw, name, encoding)
    return Reading(normalise(found.text), encoding=found.encoding, warnings=found.warnings)
