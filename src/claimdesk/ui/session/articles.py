"""The articles of the desk, and how they come in: read beside the window, looked at, put on the desk, opened."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from claimdesk.core import articles
from claimdesk.core.articles import Attachment, Candidate, Draft, candidates
from claimdesk.core.claim import Article, ArticleSummary, Original, Packed
from claimdesk.core.errors import ClaimDeskError
from claimdesk.core.text import sha256
from claimdesk.core.versions import CarriedOver, carry_over
from claimdesk.ui.background import Background
from claimdesk.ui.session.facts import Facts
from claimdesk.ui.session.locking import Locking
from claimdesk.ui.session.open_desk import OpenDesk
from claimdesk.ui.session.reading import Reading, Tell, Work
from claimdesk.ui.session.review import OpenReview

_DRAFT = "draft"
COMPARED = 120_000
"""Code points of a text from which articles like it are looked for: as many words as are compared, and some more."""


class Articles(QObject):
    """What was read while the desk was locked waits until it is unlocked."""

    came = Signal(object)
    """What was read at one asking: a list of Candidate, each with what the desk knows of it."""
    taken_in = Signal(object)
    """How many of several were put on the desk: an int."""

    def __init__(
        self, desk: OpenDesk, review: OpenReview, locking: Locking, facts: Facts, background: Background
    ) -> None:
        super().__init__()
        self._desk = desk
        self._review = review
        self._facts = facts
        self._background = background
        self.reading = Reading(background)
        self.reading.failed.connect(facts.failed)
        self._waiting: list[tuple[Draft, Packed]] = []
        self._unseen: list[list[Candidate]] = []
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

    def original(self, article_id: int) -> Original | None:
        """What is known of the bytes that an article was read from."""
        return self._desk.now.original_info(article_id)

    # -- a text that somebody writes

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

    # -- reading, for somebody to look at

    def read_files(self, paths: Sequence[Path]) -> None:
        """Read files, folders and archives."""
        self._read(partial(candidates.in_files, tuple(paths)))

    def fetch(self, address: str, hosts: Collection[str], proxy: str) -> None:
        """Fetch the page at an address; `hosts` inside the house are allowed, and `proxy` is gone through where it is not empty."""
        self._read(partial(candidates.at_address, address, tuple(hosts), proxy), verb="Fetching")

    def read_pasted(self, words: str, markup: str = "") -> None:
        """Read what was pasted or dropped; `markup` is the same as HTML."""
        self._read(partial(candidates.in_clipboard, words, markup))

    def read_attachments(self, attachments: Sequence[Attachment]) -> None:
        """Read what came inside an e-mail."""
        self._read(partial(candidates.attached, tuple(attachments)))

    def _read(self, work: Work, verb: str = "Reading") -> None:
        read: list[Candidate] = []

        def tell(whole: bool) -> None:
            if whole and self._desk.is_locked:
                self._unseen.append(read)
                self._say_that_it_waits()
            elif whole and read:
                self.came.emit(read)

        self.reading.run(verb, work, lambda candidate: read.append(self.looked_up(candidate)), tell)

    def looked_up(self, candidate: Candidate) -> Candidate:
        """The candidate with what the desk knows of its text."""
        if candidate.draft is None or self._desk.is_locked:
            return candidate
        text = candidate.draft.article.text
        try:
            known = self._desk.now.find_article(sha256(text))
            kin = () if known is not None else tuple(self._desk.now.kin(text[:COMPARED]))
        except ClaimDeskError as error:
            self._facts.fail(error)
            return candidate
        return replace(candidate, known=known.id if known is not None else None, kin=kin)

    # -- taking in

    def take_in(self, draft: Draft) -> None:
        """Put an article on the desk and open it; while the desk is locked, it waits."""
        self._background.run(
            partial(Packed.of, draft.original), lambda packed: self._put(draft, packed), self._facts.fail
        )

    def _put(self, draft: Draft, packed: Packed) -> None:
        if self._desk.is_locked:
            self._waiting.append((draft, packed))
            self._say_that_it_waits()
            return
        added, is_new = self._add(draft, packed)
        if added is None:
            return
        if is_new and added.revises is not None:
            self._carry_over(added, added.revises)
        else:
            self._review.open(added.id)
        if not is_new:
            self._facts.said.emit("This text is on the desk already; here it is.")

    def take_in_all(self, chosen: Sequence[Candidate]) -> None:
        """Put several on the desk, one after the other, and open the last; `reading.stop` keeps those that are there by then."""
        taken: list[int] = []

        def add(read: tuple[Candidate, Packed | None]) -> None:
            candidate, packed = read
            if candidate.draft is None or packed is None:
                self._facts.failed.emit(candidate.refused)
                return
            added, _ = self._add(candidate.draft, packed)
            if added is not None:
                taken.append(added.id)

        def end(_whole: bool) -> None:
            if taken and not self._desk.is_locked:
                self._review.open(taken[-1])
            self.taken_in.emit(len(taken))

        self.reading.run("Importing", partial(_packed, tuple(chosen)), add, end)

    def open_files(self, paths: Iterable[Path]) -> None:
        """Take files in as they are; the last of them ends up open."""
        for path in paths:
            self._background.run(partial(articles.from_path, path), self.take_in, self._facts.fail)

    def open_text(self, raw: str) -> None:
        """Take a text in as it is."""
        self._background.run(partial(articles.from_pasted, raw), self.take_in, self._facts.fail)

    def _add(self, draft: Draft, packed: Packed) -> tuple[Article | None, bool]:
        """The article as it is on the desk, None where that failed; and whether it was not there before."""
        try:
            known = self._desk.now.find_article(sha256(draft.article.text))
            added = known or self._desk.now.add_article(
                draft.article, original=packed, media_type=draft.media_type, headers=draft.headers
            )
        except ClaimDeskError as error:
            self._facts.fail(error)
            return None, False
        if known is None:
            self._facts.library_changed.emit(frozenset({added.id}))
        return added, known is None

    # -- new versions

    def compare(self, draft: Draft, article_id: int, told: Callable[[CarriedOver], None]) -> None:
        """Look what an article's new version would have of its claims, and give that (a CarriedOver) to `told`."""
        try:
            old, claims = self._desk.now.article(article_id), self._desk.now.claims(article_id)
        except ClaimDeskError as error:
            self._facts.fail(error)
            return
        self._background.run(partial(carry_over, old, claims, draft.article), told, self._facts.fail)

    def _carry_over(self, added: Article, article_id: int) -> None:
        """Bring the reviewed claims of the version before to the same words of this one, and open it then."""
        try:
            old, claims = self._desk.now.article(article_id), self._desk.now.claims(article_id)
        except ClaimDeskError as error:
            self._facts.fail(error)
            self._review.open(added.id)
            return
        self._background.run(
            partial(carry_over, old, claims, added), partial(self._take_over, added.id), self._facts.fail
        )

    def _take_over(self, article_id: int, carried: CarriedOver) -> None:
        try:
            if carried.edit is not None:
                self._desk.now.commit(carried.edit)
        except ClaimDeskError as error:
            self._facts.fail(error)
        if self._desk.is_locked:
            return
        self._review.open(article_id)
        if carried.lost:
            count, stand = ("1 claim", "stands") if len(carried.lost) == 1 else (f"{len(carried.lost)} claims", "stand")
            self._facts.failed.emit(f"{count} of the version before {stand} in other words now, and stayed with it.")

    # -- a locked desk

    def _say_that_it_waits(self) -> None:
        self._facts.said.emit("What was opened meanwhile is put on the desk as soon as it is unlocked.")

    def _take_in_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        unseen, self._unseen = self._unseen, []
        for draft, packed in waiting:
            self._put(draft, packed)
        for read in unseen:
            self.came.emit([self.looked_up(candidate) for candidate in read])


def _packed(
    chosen: Sequence[Candidate], tell: Tell, cancelled: Callable[[], bool]
) -> Iterator[tuple[Candidate, Packed | None]]:
    for candidate in candidates.whole(chosen, tell, cancelled):
        yield candidate, Packed.of(candidate.draft.original) if candidate.draft is not None else None
