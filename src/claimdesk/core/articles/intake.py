"""A reading becomes an article: measured, with its headline, furniture and language told apart."""

from claimdesk.core.articles.reading import Reading
from claimdesk.core.claim import Article, Span, Spans
from claimdesk.core.errors import ArticleError
from claimdesk.core.text import normalise, sha256

LARGEST = 10_000_000
"""Bytes that an article has at the most, as UTF-8; some 1.6 million English words."""

TITLE_LENGTH = 80
"""Code points that a title made of the first words has at the most."""

TOO_LARGE = "{what} is larger than 10 MB, the most that ClaimDesk takes as one article; split it into parts."


def from_text(raw: str, *, filename: str = "") -> Article:
    """The article of pasted or decoded text; `filename` is the name of the file that it came from, without its folder.

    Raises ArticleError where there is nothing to read or more than `LARGEST`.
    """
    _admit(raw, filename)
    return from_reading(Reading(normalise(raw)), filename)


def from_reading(reading: Reading, name: str = "") -> Article:
    """The article of what a reader found in the file `name`; what the file does not say is told from the text.

    The text is believed more about its language than the file is, since programs write their own into files unasked. Raises
    ArticleError where there is nothing to read or more than `LARGEST`.
    """
    from claimdesk.core import page  # late, as the process that reads files needs none of it

    text = reading.text
    _admit(text, name)
    if not _says_something(text):
        raise ArticleError(f"{name or 'The text'} is empty: there is no text to review in it.")
    headline = _headline(text, reading.title)
    return Article(
        text=text,
        title=normalise(reading.title) or _title(text, headline, name),
        language=page.language(text) or reading.language.partition("-")[0].lower(),
        title_span=headline,
        furniture=_merged((*page.furniture(text, headline), *reading.furniture)),
        outlet=reading.outlet,
        byline=reading.byline,
        published=reading.published,
        url=reading.url,
        filename=normalise(name),
        sha256=sha256(text),
        pages=reading.pages,
        remarks=reading.remarks,
    )


def _admit(text: str, name: str) -> None:
    if len(text) > LARGEST or len(text.encode(errors="surrogatepass")) > LARGEST:
        raise ArticleError(TOO_LARGE.format(what=name or "The text"))


def _headline(text: str, title: str) -> Span | None:
    """Where the headline stands: the first paragraph that says `title`, near the top, else what looks like one."""
    from claimdesk.core import page

    wanted = " ".join(title.split())
    near = page.paragraphs(text[: 20 * TITLE_LENGTH])[:5] if wanted else ()
    said = next((span for span in near if " ".join(span.of(text).split()) == wanted), None)
    return said or page.title_span(text)


def _merged(spans: Spans) -> Spans:
    """The same stretches, none of which overlaps or touches another."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return tuple(merged)


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
