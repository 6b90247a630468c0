"""The articles of the desk, and how they come in: read beside the window, put on the desk, opened."""

from collections.abc import Collection, Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from claimdesk.core import articles, bundle
from claimdesk.core.case import Bundle
from claimdesk.core.claim import Article, ArticleSummary
from claimdesk.core.errors import ClaimDeskError
from claimdesk.core.text import sha256
from claimdesk.ui.background import Background
from claimdesk.ui.session.facts import Facts
from claimdesk.ui.session.locking import Locking
from claimdesk.ui.session.merging import Merging
from claimdesk.ui.session.open_desk import OpenDesk
from claimdesk.ui.session.review import OpenReview

_DRAFT = "draft"


class Articles(QObject):
    """What was read while the desk was locked waits until it is unlocked."""

    def __init__(
        self,
        desk: OpenDesk,
        review: OpenReview,
        locking: Locking,
        merging: Merging,
        facts: Facts,
        background: Background,
    ) -> None:
        super().__init__()
        self._merging = merging
        self._desk = desk
        self._review = review
        self._facts = facts
        self._background = background
        self._waiting: list[tuple[Article, bytes]] = []
        locking.unlocked.connect(self._take_in_waiting)

    def all(self) -> list[ArticleSummary]:
        """What the library shows, newest first, without counts; nothing while the desk is locked."""
        return [] if self._desk.is_locked else self._desk.now.articles(counted=False)

    def of(self, ids: Collection[int]) -> list[ArticleSummary]:
        """The articles of these ids with their counts; none while the desk is locked, or if that failed."""
        try:
            return [] if self._desk.is_locked else self._desk.now.articles(ids)
        except ClaimDeskError as error:
            self._facts.fail(error)
            return []

    def open_files(self, paths: Iterable[Path]) -> None:
        """Take files in, read beside the window; the last of them ends up open."""
        for path in paths:
            self._background.run(partial(_read, path), self._take, self._facts.fail)

    def open_text(self, raw: str) -> None:
        """Take in a text that was pasted or dropped."""
        original = raw.encode("utf-8", "surrogatepass")
        self._background.run(
            partial(articles.from_text, raw), lambda read: self._take_in(read, original), self._facts.fail
        )

    def _take(self, read: tuple[Article, bytes] | Bundle) -> None:
        if not isinstance(read, Bundle):
            self._take_in(*read)
        elif self._desk.is_locked:
            self._facts.said.emit("The desk was locked meanwhile. Unlock it, and open the bundle again.")
        else:
            self._merging.take(read)

    def draft(self) -> str:
        """The text that was being written as an article when the desk was locked over it; empty if there is none."""
        return "" if self._desk.is_locked else self._desk.now.setting(_DRAFT) or ""

    def keep_draft(self, text: str) -> bool:
        """Put on the desk what is being written as an article, empty to forget it; False, and told, if it cannot be."""
        try:
            if text != self.draft():
                self._desk.now.set_setting(_DRAFT, text)
        except ClaimDeskError as error:
            self._facts.fail(error)
            return False
        return True

    def _take_in(self, article: Article, original: bytes) -> None:
        if self._desk.is_locked:
            self._waiting.append((article, original))
            self._facts.said.emit("What was opened meanwhile is put on the desk as soon as it is unlocked.")
            return
        try:
            known = self._desk.now.find_article(sha256(article.text))
            added = known or self._desk.now.add_article(article, original=original)
        except ClaimDeskError as error:
            self._facts.fail(error)
            return
        if known is None:
            self._facts.library_changed.emit(frozenset({added.id}))
        self._review.open(added.id)
        if known is not None:
            self._facts.said.emit("This text is on the desk already; here it is.")

    def _take_in_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        for article, original in waiting:
            self._take_in(article, original)


def _read(path: Path) -> tuple[Article, bytes] | Bundle:
    """What a file holds: an article with its bytes, or the case of one with its review."""
    return bundle.find(path) or articles.from_file(path)
