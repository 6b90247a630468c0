"""What was read and may become an article, or why not: files one after the other, a page, what was pasted, attachments."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from claimdesk.core.articles.drafts import Draft, from_bytes, from_fetched, from_pasted
from claimdesk.core.articles.gathering import Found, gather
from claimdesk.core.articles.kinds import Kind, kind_of
from claimdesk.core.articles.reading import Attachment
from claimdesk.core.errors import ArticleError, Cancelled

if TYPE_CHECKING:
    from claimdesk.core.versions import Kin

Wanted = Callable[[], bool]
Tell = Callable[[str, int, int], None]
"""Told what is being read, which it is, counted from 1, and of how many; 0 where that is not known."""

_PLAIN = frozenset({None, Kind.TEXT, Kind.MARKDOWN, Kind.WORD, Kind.OPENDOCUMENT, Kind.RICH_TEXT})
"""Kinds of which every word becomes the article: with the others it has to be found among what is no article."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of them; `refused` is the sentence where there is no `draft`.

    `known` is the article of the desk with the same text, `kin` are those that it is close to, the closest first; nobody
    has looked for either yet where both are empty. `found` is where its bytes are got again if the draft holds them no more, `digest` their SHA-256.
    """

    name: str
    draft: Draft | None = None
    refused: str = ""
    known: int | None = None
    kin: tuple["Kin", ...] = ()
    found: Found | None = None
    digest: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing about it that a person has to decide or to know."""
        draft = self.draft
        return (
            draft is not None and draft.kind in _PLAIN and not draft.warnings and not draft.article.url and not self.kin
        )

    def light(self) -> "Candidate":
        """The same without the bytes, of which many together are too much to hold."""
        if self.draft is None or self.found is None:
            return self
        digest = hashlib.sha256(self.draft.original).hexdigest()
        return replace(self, draft=replace(self.draft, original=b"", attachments=()), digest=digest)

    def whole(self, cancelled: Wanted = lambda: False) -> "Candidate":
        """The same with its bytes; read anew where they are others by now. Raises ArticleError and Cancelled."""
        if self.draft is None or self.found is None or self.draft.original:
            return self
        raw = self.found.read()
        if hashlib.sha256(raw).hexdigest() == self.digest:
            return replace(self, draft=replace(self.draft, original=raw))
        return replace(self, draft=from_bytes(raw, self.found.filename, cancelled=cancelled))


def in_files(paths: Sequence[Path], tell: Tell, cancelled: Wanted) -> Iterator[Candidate]:
    """What files, folders and archives hold; where it is more than one file, without its bytes. Raises Cancelled."""
    of = sum(1 for _ in _while_wanted(gather(paths), cancelled))
    for number, found in enumerate(_while_wanted(gather(paths), cancelled), 1):
        tell(found.name, number, of)
        read = _read(found.name, partial(_draft_of, found, cancelled))
        candidate = replace(read, found=replace(found, archive=None))
        yield candidate if of == 1 else candidate.light()


def at_address(address: str, hosts: Collection[str], proxy: str, tell: Tell, cancelled: Wanted) -> Iterator[Candidate]:
    """The page at an address, fetched now. Raises ArticleError and Cancelled."""
    from claimdesk.core.articles.fetch import fetch, host_of

    name = host_of(address)
    tell(name, 0, 0)
    page = fetch(
        address, allowed=hosts, proxy=proxy, cancelled=cancelled,
        progress=lambda done, _of: tell(f"{name}, {done // 1000:,} KB", 0, 0),
    )  # fmt: skip
    yield Candidate(name, from_fetched(page, cancelled))


def in_clipboard(words: str, markup: str, tell: Tell, cancelled: Wanted) -> Iterator[Candidate]:
    """What was pasted or dropped. Raises ArticleError and Cancelled."""
    tell("what was pasted", 0, 0)
    yield Candidate("What was pasted", from_pasted(words, markup, cancelled))


def attached(attachments: Iterable[Attachment], tell: Tell, cancelled: Wanted) -> Iterator[Candidate]:
    """What came inside an e-mail. Raises Cancelled."""
    several = list(attachments)
    for number, one in enumerate(several, 1):
        tell(one.name, number, len(several))
        yield _read(one.name, partial(from_bytes, one.raw, one.name, cancelled=cancelled, media_type=one.media_type))


def whole(candidates: Sequence[Candidate], tell: Tell, cancelled: Wanted) -> Iterator[Candidate]:
    """The same with their bytes again, one after the other. Raises Cancelled."""
    for number, candidate in enumerate(candidates, 1):
        if cancelled():
            raise Cancelled
        tell(candidate.name, number, len(candidates))
        try:
            yield candidate.whole(cancelled)
        except ArticleError as error:
            yield replace(candidate, draft=None, refused=str(error))


def refusal(attachment: Attachment) -> str:
    """Why an attachment is none that an article can be read from, in a sentence; empty where it may be one."""
    try:
        kind_of(attachment.raw, attachment.name)
    except ArticleError as error:
        return str(error)
    return ""


def _draft_of(found: Found, cancelled: Wanted) -> Draft:
    return from_bytes(found.read(), found.filename, cancelled=cancelled)


def _read(name: str, draft: Callable[[], Draft]) -> Candidate:
    try:
        return Candidate(name, draft())
    except ArticleError as error:
        return Candidate(name, refused=str(error))


def _while_wanted(found: Iterable[Found], cancelled: Wanted) -> Iterator[Found]:
    for one in found:
        if cancelled():
            raise Cancelled
        yield one
