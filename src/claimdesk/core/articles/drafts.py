"""Drafts: articles that were read, or fetched, or pasted, and that nobody has put on the desk yet."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from claimdesk.core.articles.files import read
from claimdesk.core.articles.gathering import bytes_of
from claimdesk.core.articles.intake import from_reading
from claimdesk.core.articles.kinds import Kind, kind_of
from claimdesk.core.articles.reading import Attachment
from claimdesk.core.claim import Article, Details

if TYPE_CHECKING:
    from claimdesk.core.articles.fetch import Fetched

Wanted = Callable[[], bool]

_ENDINGS = {
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "message/rfc822": ".eml",
    "multipart/related": ".mht",
}
"""The ending of a fetched file by its media type; anything else that is fetched is taken for a web page."""

_PASTED = "What was pasted.html"


@dataclass(frozen=True, slots=True)
class Draft:
    """An article before anybody has said that it is right, with the bytes that it was read from.

    `kind` is what the bytes are, None for plain pasted text; `encoding` the one that they were read by, where that was a
    question. `warnings` are sentences about what was left out; `attachments` came inside an e-mail.
    """

    article: Article
    original: bytes
    kind: Kind | None = None
    encoding: str = ""
    media_type: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()

    def described(self, details: Details) -> "Draft":
        """The same draft, of which this is known."""
        return replace(self, article=self.article.with_details(details))

    def revising(self, article_id: int | None) -> "Draft":
        """The same draft as a new version of the article of that id, or of none."""
        return replace(self, article=replace(self.article, revises=article_id))

    def read_again(self, encoding: str, cancelled: Wanted = lambda: False) -> "Draft":
        """The draft that the same bytes make in another encoding; raises ArticleError where they are no text in it."""
        again = from_bytes(self.original, self.article.filename, encoding=encoding, cancelled=cancelled)
        article = replace(again.article, url=self.article.url, retrieved_at=self.article.retrieved_at)
        return replace(again, article=article, media_type=self.media_type, headers=self.headers)


def from_bytes(
    raw: bytes, name: str, *, encoding: str | None = None, cancelled: Wanted = lambda: False, media_type: str = ""
) -> Draft:
    """The draft of what the file `name` holds; raises ArticleError with one sentence, and Cancelled."""
    kind = kind_of(raw, name)
    reading = read(raw, name, kind=kind, encoding=encoding, cancelled=cancelled)
    return Draft(
        from_reading(reading, name),
        raw,
        kind,
        encoding=reading.encoding,
        media_type=media_type,
        warnings=reading.warnings,
        attachments=reading.attachments,
    )


def from_path(path: Path, *, encoding: str | None = None, cancelled: Wanted = lambda: False) -> Draft:
    """The draft of the file at `path`; raises ArticleError with one sentence, and Cancelled."""
    return from_bytes(bytes_of(path), path.name, encoding=encoding, cancelled=cancelled)


def from_fetched(page: "Fetched", cancelled: Wanted = lambda: False) -> Draft:
    """The draft of a page that was fetched; raises ArticleError with one sentence, and Cancelled."""
    draft = from_bytes(
        page.raw, _name_of(page), encoding=page.charset or None, cancelled=cancelled, media_type=page.media_type
    )
    article = replace(draft.article, url=draft.article.url or page.url, retrieved_at=page.retrieved_at)
    return replace(draft, article=article, headers=page.headers)


def from_pasted(words: str, markup: str = "", cancelled: Wanted = lambda: False) -> Draft:
    """The draft of what was pasted; `markup` is the same as HTML where the clipboard has it, and is read first.

    Raises ArticleError where there is nothing to read or too much.
    """
    from claimdesk.core.articles.intake import from_text
    from claimdesk.core.errors import ArticleError

    if markup.strip():
        try:
            draft = from_bytes(markup.encode("utf-8", "replace"), _PASTED, encoding="utf-8", cancelled=cancelled)
            return replace(draft, article=replace(draft.article, filename=""))
        except ArticleError:
            if not words.strip():
                raise
    return Draft(from_text(words), words.encode("utf-8", "surrogatepass"))


def _name_of(page: "Fetched") -> str:
    """A name of a file for a page: the last part of its address, with the ending that its media type has."""
    last = PurePosixPath(unquote(urlsplit(page.url).path)).name or "page"
    ending = _ENDINGS.get(page.media_type, ".html")
    return last if last.lower().endswith(ending) else f"{last}{ending}"
