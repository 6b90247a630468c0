"""What a search over the desk is asked, and what it finds."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from claimdesk.core.claim import Review, Span
from claimdesk.core.evidence import Verdict


class HitKind(StrEnum):
    """Where the words were found: in an article, in a claim's words, in its note, or in the names of its sources."""

    ARTICLE = "article"
    CLAIM = "claim"
    NOTE = "note"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class SearchFilter:
    """Which hits count; what is empty or None lets everything pass, but dismissed claims only where they are asked for.

    `source` is words of a source's name, or of what the register knows of it, `outlet` of its name, `language` is a BCP 47 tag, `since`
    and `until` are days of publication, both inclusive. An article passes `level`, `review`, `verdict` and `source` if one claim
    of it passes all of them.
    """

    level: str = ""
    review: Review | None = None
    source: str = ""
    outlet: str = ""
    language: str = ""
    since: date | None = None
    until: date | None = None
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where the words were found; `marks` are code points of `snippet`.

    `claim_id` is None, `level` empty and `review` None for an article. `title`, `outlet` and `published` are those of the article.
    """

    kind: HitKind
    article_id: int
    claim_id: int | None
    title: str
    snippet: str
    marks: tuple[Span, ...]
    level: str
    review: Review | None
    outlet: str
    published: str


@dataclass(frozen=True, slots=True)
class Page:
    """Hits of one kind, newest first. `further` is where the next page begins, None if there is none.

    A page can hold fewer hits than were asked for, or none, and still have further ones.
    """

    kind: HitKind
    hits: tuple[Hit, ...]
    further: int | None
