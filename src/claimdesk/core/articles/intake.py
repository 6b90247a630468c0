"""Raw text becomes an article: normalised, measured, with its headline, furniture and language told apart."""

from claimdesk.core import page
from claimdesk.core.claim import Article, Span
from claimdesk.core.errors import ArticleError
from claimdesk.core.text import normalise, sha256

LARGEST = 10_000_000
"""Bytes that an article has at the most, as a file or as UTF-8; some 1.6 million English words."""

TITLE_LENGTH = 80
"""Code points that a title made of the first words has at the most."""

TOO_LARGE = "{what} is larger than 10 MB, the most that ClaimDesk takes as one article; split it into parts."


def from_text(raw: str, *, filename: str = "") -> Article:
    """The article of pasted or decoded text; `filename` is the name of the file that it came from, without its folder.

    Raises ArticleError where there is nothing to read or more than `LARGEST`.
    """
    what = filename or "The text"
    if len(raw) > LARGEST:
        raise ArticleError(TOO_LARGE.format(what=what))
    text = normalise(raw)
    if len(text.encode()) > LARGEST:
        raise ArticleError(TOO_LARGE.format(what=what))
    if not _says_something(text):
        raise ArticleError(f"{what} is empty: there is no text to review in it.")
    headline = page.title_span(text)
    return Article(
        text=text,
        title=_title(text, headline, filename),
        language=page.language(text),
        title_span=headline,
        furniture=page.furniture(text, headline),
        filename=normalise(filename),
        sha256=sha256(text),
    )


def _says_something(text: str) -> bool:
    """Whether a character can be seen: zero-width ones, controls and white space cannot."""
    return any(char.isprintable() and not char.isspace() for char in text)


def _title(text: str, headline: Span | None, filename: str) -> str:
    """The headline; else the first words, cut between words where one fits; else the name of the file."""
    if headline is not None:
        return " ".join(headline.of(text).split())
    words = " ".join(text[: 20 * TITLE_LENGTH].split())
    if filename and not any(char.isalnum() for char in words):
        return normalise(filename)
    if len(words) <= TITLE_LENGTH:
        return words
    whole, _, _ = words[:TITLE_LENGTH].rpartition(" ")
    return (whole or words[: TITLE_LENGTH - 1]).rstrip(",;:–— ") + "…"
