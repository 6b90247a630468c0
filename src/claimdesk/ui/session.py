"""The open article, its claims, what is selected, and undo: the only room of the window that talks to the desk.

A panel's wish becomes an edit by a pure verb, the desk writes it with its history in one transaction, and only then do the
claims here change and the signals tell the panels. What failed changed nothing and is told in one sentence.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, QTimer, Signal

from claimdesk import __version__
from claimdesk.core import articles, edits, reports, secrets, sources
from claimdesk.core.claim import Article, ArticleSummary, Claim, Role, Span, in_text_order, numbered
from claimdesk.core.confidential import Naming, namings
from claimdesk.core.desk import Backup, Backups, Contents, Desk, Entrance, Slot, excerpt, restoring, words
from claimdesk.core.edits import Edge, Edit, Verb
from claimdesk.core.errors import ClaimDeskError, DamagedDeskError, DeskError
from claimdesk.core.hits import HitKind, Page, SearchFilter
from claimdesk.core.past import Chain, Step
from claimdesk.core.sources import RegisterEdit, Source, SourcedClaim, SourceSummary
from claimdesk.core.suggest import Suggestions, Support, prepare, suggest, support
from claimdesk.core.text import sha256
from claimdesk.ui.background import Background

LONG, FIRST_PART = 12_000, 6_000
"""Code points: of a longer article the beginning is read first, so that its claims are there at once."""
NEWS_EVERY = 700
"""Milliseconds between two looks whether another program wrote to the desk."""
ROWS_AT_ONCE = 200
"""Rows of the history that are verified without a pause."""
BACKUP_LOOK = 30 * 60 * 1000
"""Milliseconds between two looks whether a backup is due."""
_LAST_ARTICLE = "last_article"


class Session(QObject):
    """One window's work on one desk."""

    article_leaving = Signal()
    """The open article is about to be another: what is still being written must be put on the desk now."""
    article_changed = Signal()
    """Another article is open, or none."""
    claims_changed = Signal(object)
    """The ids (a frozenset) of claims of the open article that changed, came or went."""
    selection_changed = Signal()
    """Another claim is selected, or none."""
    library_changed = Signal()
    """The desk's articles, or their counts, are others."""
    sources_changed = Signal()
    """What the register knows of sources, or who stands behind claims, is something else."""
    backups_changed = Signal()
    """A backup was made, or one took the place of the desk, or it was found that none is due."""
    damaged = Signal(str, str)
    """The desk is damaged and was not opened, and which backup of it is good: two sentences; `restore_offered` brings it back."""
    backup_failed = Signal(str)
    """A backup that was asked for could not be made, or not be put in place: a sentence for the user."""
    backup_read = Signal(object, object)
    """A backup (its path) was read: its Contents, or the ClaimDeskError that says why it cannot be restored."""
    failed = Signal(str)
    """The world failed: a sentence for the user."""
    said = Signal(str)
    """Something worth telling that needs no answer."""
    locked_changed = Signal()
    """The desk was locked, or unlocked."""
    history_followed = Signal(object)
    """How far the chain of hashes was followed (a Chain), once it is followed to its end or to where it is broken."""
    still_locked = Signal(str)
    """Why the desk could not be unlocked, in a sentence."""

    def __init__(
        self, desk: Desk | None, background: Background, entrance: Entrance | None = None, parent: QObject | None = None
    ) -> None:
        """Without a `desk` the session is locked; `entrance` unlocks it."""
        super().__init__(parent)
        self._opened = desk
        self._entrance = entrance
        self._background = background
        self.article: Article | None = None
        self.claims: list[Claim] = []
        self.numbers: dict[int, int] = {}
        self.selected: int | None = None
        self.suggesting = False
        self.support = Support.FULL
        self._backup_failed = False
        self._offered: tuple[Backups, Backup] | None = None
        self._unwanted, self._given_up = Event(), Event()
        self._waiting: list[tuple[Article, bytes]] = []
        self._chain = Chain()
        self._following = QTimer(self, interval=0)
        self._following.timeout.connect(self._follow_history)
        self._listening = QTimer(self, interval=NEWS_EVERY)
        self._listening.timeout.connect(self.take_news)
        self._listening.start()

    # -- locking

    @property
    def is_locked(self) -> bool:
        """Whether no desk is open."""
        return self._opened is None

    @property
    def is_encrypted(self) -> bool:
        """Whether the desk is, or will be when it is unlocked, an encrypted one."""
        return self._opened.is_encrypted if self._opened is not None else True

    @property
    def can_lock(self) -> bool:
        """Whether locking would keep anybody out: a plain desk can be read without ClaimDesk."""
        return self._opened is not None and self._opened.is_encrypted and self._entrance is not None

    @property
    def takes_keyring(self) -> bool:
        """Whether the system's keyring can unlock the desk."""
        return self._entrance is not None and self._entrance.takes_keyring

    def lock(self) -> None:
        """Put everything on the desk, close it, and forget it and its key, until it is unlocked."""
        if self.can_lock:
            self._let_go()

    def _let_go(self) -> None:
        self.article_leaving.emit()
        self._unwanted.set()
        self._following.stop()
        self._desk.close()
        self._opened = None
        self.article, self.claims, self.numbers, self.selected, self.suggesting = None, [], {}, None, False
        self.article_changed.emit()
        self.library_changed.emit()
        self.locked_changed.emit()

    def unlock_by_keyring(self) -> None:
        """Unlock the desk with the key that the system's keyring holds; the system may ask its user first."""
        entrance, self._given_up = self._at_entrance(), Event()
        self._unlock(partial(entrance.key_by_keyring, self._given_up.is_set))

    def unlock_by_words(self, words: str) -> None:
        """Unlock the desk with its passphrase or recovery key; a keyring that is still asked is no longer waited for."""
        self._given_up.set()
        self._unlock(partial(self._at_entrance().key_by_words, words))

    def _unlock(self, find_key: Callable[[], bytes]) -> None:
        self._background.run(find_key, self._open_desk, self._stay_locked)

    def _open_desk(self, key: bytes | None) -> None:
        if not self.is_locked:
            return
        try:
            self._opened = self._at_entrance().open(key)
        except DamagedDeskError as error:
            self._look_for_backup(Backups(self._at_entrance().path, key), error)
            return
        except ClaimDeskError as error:
            self._stay_locked(error)
            return
        self.library_changed.emit()
        self.open_last()
        self.locked_changed.emit()
        waiting, self._waiting = self._waiting, []
        for article, original in waiting:
            self._take_in(article, original)

    def _stay_locked(self, error: ClaimDeskError) -> None:
        self.still_locked.emit(str(error))

    def _at_entrance(self) -> Entrance:
        if self._entrance is None:
            raise RuntimeError("this session cannot be unlocked")
        return self._entrance

    # -- encryption

    @property
    def background(self) -> Background:
        """Where work runs beside the window."""
        return self._background

    @property
    def folder(self) -> Path:
        """Where the desk's file lies."""
        return self._at_entrance().path.parent

    @property
    def can_encrypt(self) -> bool:
        """Whether the desk is open and plain."""
        return self._opened is not None and not self._opened.is_encrypted and self._entrance is not None

    @property
    def has_passphrase(self) -> bool:
        """Whether a passphrase unlocks the desk."""
        return Slot.PASSPHRASE in self._at_entrance().kinds

    def keyring_works(self) -> bool:
        """Whether this computer has a keyring to ask."""
        return secrets.works()

    def plan_keys(self, way: str, passphrase: str, cancelled: Callable[[], bool]) -> tuple[bytes, str]:
        """The key that the plain desk shall have, and its recovery key; takes its time, and waits for the keyring."""
        return self._at_entrance().plan(Slot(way), passphrase, cancelled)

    def give_up_keys(self) -> None:
        """What was planned shall not be."""
        self._background.run(self._at_entrance().give_up, lambda _: None, self._fail)

    def encrypt(self, key: bytes) -> None:
        """Encrypt the plain desk with the key that was planned; it is closed meanwhile, and open again afterwards, either way."""
        entrance = self._at_entrance()
        self._let_go()

        def stay_plain(error: ClaimDeskError) -> None:
            self._open_desk(None)
            self._fail(error)
            self.give_up_keys()

        def go_on(_: None) -> None:
            self._open_desk(key)
            self.said.emit("The desk is encrypted. Copies and backups that were made of it before are not.")

        self._background.run(partial(entrance.encrypt, key), go_on, stay_plain)

    def plan_recovery(self) -> str:
        """A new recovery key, which counts from `keep_recovery` on; empty where it cannot be made."""
        try:
            return self._at_entrance().plan_recovery(self._desk.key or b"")
        except ClaimDeskError as error:
            self._fail(error)
            return ""

    def keep_recovery(self) -> None:
        """From now on the planned recovery key is the only one."""
        try:
            self._at_entrance().keep_planned()
        except ClaimDeskError as error:
            self._fail(error)
            return
        self.said.emit("From now on the new recovery key opens the desk, and the old one does not.")

    def set_passphrase(self, words: str) -> None:
        """Let a passphrase, in place of an older one, unlock the desk."""
        if self._opened is not None and self._opened.key is not None:
            set_it = partial(self._at_entrance().set_passphrase, self._opened.key, words)
            self._background.run(set_it, lambda _: self.said.emit("The new passphrase unlocks the desk."), self._fail)

    @property
    def _desk(self) -> Desk:
        if self._opened is None:
            raise DeskError("The desk is locked. Unlock it first.")
        return self._opened

    # -- articles

    def articles(self) -> list[ArticleSummary]:
        """What the library shows, newest first; nothing while the desk is locked."""
        return [] if self.is_locked else self._desk.articles()

    def open_last(self) -> bool:
        """Open the article that was open when the window was last closed, else the newest; False on an empty desk."""
        known = [summary.id for summary in self._desk.articles()]
        last = self._desk.setting(_LAST_ARTICLE)
        if not known:
            return False
        self.open(int(last) if last and int(last) in known else known[0])
        return True

    def open(self, article_id: int) -> None:
        """Show an article of the desk; it gets its suggestions if it never had any."""
        self.article_leaving.emit()
        if self.article is not None and self.article.id == article_id:
            self._catch_up()
            return
        try:
            article = self._desk.article(article_id)
            claims = self._desk.claims(article_id)
            self._desk.set_setting(_LAST_ARTICLE, str(article_id))
        except ClaimDeskError as error:
            self._fail(error)
            return
        self.article, self.claims, self.selected = article, claims, None
        self.numbers = numbered(claims)
        self.support, self.suggesting = support(article.language), False
        self._unwanted.set()
        self.article_changed.emit()
        if not self._desk.has_run(article_id, Verb.SUGGEST):
            self.suggest()

    def open_files(self, paths: Iterable[Path]) -> None:
        """Take files in, read beside the window; the last of them ends up open."""
        for path in paths:
            self._background.run(partial(articles.from_file, path), lambda read: self._take_in(*read), self._fail)

    def open_text(self, raw: str) -> None:
        """Take in a text that was pasted or dropped."""
        original = raw.encode("utf-8", "surrogatepass")
        self._background.run(partial(articles.from_text, raw), lambda read: self._take_in(read, original), self._fail)

    def _take_in(self, article: Article, original: bytes) -> None:
        if self.is_locked:
            self._waiting.append((article, original))
            self.said.emit("What was opened meanwhile is put on the desk as soon as it is unlocked.")
            return
        try:
            known = self._desk.find_article(sha256(article.text))
            added = known or self._desk.add_article(article, original=original)
        except ClaimDeskError as error:
            self._fail(error)
            return
        if known is None:
            self.library_changed.emit()
        self.open(added.id)
        if known is not None:
            self.said.emit("This text is on the desk already; here it is.")

    # -- suggestions

    def prepare(self) -> None:
        """Load the suggestion model beside the window, before anybody needs it."""
        self._background.run(prepare, lambda _: None, self._fail)

    def suggest(self) -> None:
        """Look for claims beside the window; what is found becomes one edit, unless another article is open by then."""
        if self.article is None or self.suggesting:
            return
        self.suggesting, self._unwanted = True, Event()
        self.claims_changed.emit(frozenset())
        if len(self.article.text) > LONG and not self.claims:
            self._look_for_claims(self.article, FIRST_PART)
        else:
            self._look_for_claims(self.article, None)

    def _look_for_claims(self, article: Article, up_to: int | None) -> None:
        self._background.run(
            partial(suggest, article, up_to=up_to, cancelled=self._unwanted.is_set),
            partial(self._take_suggestions, article.id, up_to is None),
            self._fail,
        )

    def _take_suggestions(self, article_id: int, whole: bool, found: Suggestions) -> None:
        if self.article is None or self.article.id != article_id:
            return
        article = self.article
        self._catch_up()  # what another program found meanwhile is not taken twice
        self.suggesting = not whole
        if not self._do(lambda: edits.take_suggestions(self.claims, article, found.claims, whole=whole)):
            self.claims_changed.emit(frozenset())
        if self.selected is None:
            self.select(next(iter(edits.still_open(self.claims)), None))
        if not whole:
            self._look_for_claims(article, None)

    # -- what a person does to claims

    def select(self, claim_id: int | None) -> None:
        """Make a claim the one that keys and buttons mean."""
        if claim_id != self.selected:
            self.selected = claim_id
            self.selection_changed.emit()

    def claim(self, claim_id: int | None) -> Claim | None:
        """The claim of that id, if the open article has it."""
        return next((claim for claim in self.claims if claim.id == claim_id), None)

    def accept(self, ids: Collection[int]) -> bool:
        """Count the claims."""
        return self._do(lambda: edits.accept(self.claims, ids))

    def dismiss(self, ids: Collection[int]) -> bool:
        """Put the claims aside."""
        return self._do(lambda: edits.dismiss(self.claims, ids))

    def reopen(self, ids: Collection[int]) -> bool:
        """Put the claims back among those to review."""
        return self._do(lambda: edits.reopen(self.claims, ids))

    def relevel(self, ids: Collection[int], level: str) -> bool:
        """Give the claims another level."""
        return self._do(lambda: edits.relevel(self.claims, ids, level))

    def set_note(self, claim_id: int, note: str) -> bool:
        """Replace the note of a claim."""
        return self._do(lambda: edits.set_note(self.claims, claim_id, note))

    def name_source(self, claim_id: int, name: str) -> bool:
        """Say in full who the source of a claim is."""
        return self._do(lambda: edits.name_source(self.claims, claim_id, name))

    def set_denied(self, claim_id: int, targets: Collection[int]) -> bool:
        """Say which claims a claim denies."""
        return self._do(lambda: edits.set_denied(self.claims, claim_id, targets))

    def mark(self, start: int, end: int, level: str) -> bool:
        """Mark a stretch of the article (code points) as a claim and select it."""
        article = self._open_article()
        before = {claim.id for claim in self.claims}
        if not self._do(lambda: edits.mark(self.claims, article, start, end, level)):
            return False
        self.select(next(claim.id for claim in self.claims if claim.id not in before))
        return True

    def set_spans(self, claim_id: int, role: Role, start: int, end: int) -> bool:
        """Make a stretch of the article (code points) the content, source or cue of a claim."""
        article = self._open_article()
        return self._do(lambda: edits.set_spans(self.claims, article, claim_id, role, start, end))

    def move_edge(self, claim_id: int, role: Role, edge: Edge, place: int) -> bool:
        """Put an edge of a claim at a place in the text (code points)."""
        return self._do(lambda: edits.move_edge(self.claims, claim_id, role, edge, place))

    def nudge_edge(self, claim_id: int, role: Role, edge: Edge, words: int) -> bool:
        """Move an edge of a claim by words."""
        article = self._open_article()
        return self._do(lambda: edits.nudge_edge(self.claims, article, claim_id, role, edge, words))

    # -- the register of sources

    def sources(self) -> list[SourceSummary]:
        """The sources of all articles, by name; none while the desk is locked."""
        return [] if self.is_locked else self._desk.sources()

    def known_sources(self) -> list[Source]:
        """The sources that somebody may name; none while the desk is locked."""
        return [] if self.is_locked else self._desk.known_sources()

    def names_meant(self) -> dict[str, str]:
        """The names of sources by what else leads to them, folded."""
        return {} if self.is_locked else self._desk.names_meant()

    def claims_of(self, source_id: int) -> list[SourcedClaim]:
        """The claims of a source in all articles, the newest article first."""
        return self._desk.claims_of(source_id)

    def describe_source(self, before: Source, after: Source) -> None:
        """Say what is known of a source."""
        self._change_register(lambda: sources.describe(self._desk.register(), self._claims_of(before), before, after))

    def merge_sources(self, kept: Source, gone: Source) -> None:
        """Make one source of two."""
        self._change_register(lambda: sources.merge(self._desk.register(), self._claims_of(gone), kept, gone))

    def split_source(self, source: Source, claim_ids: Collection[int], name: str) -> None:
        """Give some claims of a source to another one, of that name."""
        self._change_register(
            lambda: sources.split(
                self._desk.register(), [one for one in self._claims_of(source) if one.id in claim_ids], source, name
            )
        )

    def sources_undoable(self) -> str | None:
        """The sentence of the edit of the register that undo would take back."""
        return None if self.is_locked else self._desk.register_undoable()

    def sources_redoable(self) -> str | None:
        """The sentence of the edit of the register that redo would do again."""
        return None if self.is_locked else self._desk.register_redoable()

    def undo_sources(self) -> None:
        """Take back the last edit of the register, whenever it was made."""
        self._change_register(self._desk.undo_register, write=False)

    def redo_sources(self) -> None:
        """Do again what was last taken back in the register."""
        self._change_register(self._desk.redo_register, write=False)

    def _claims_of(self, source: Source) -> list[Claim]:
        return [one.claim for one in self._desk.claims_of(source.id)]

    def _change_register(self, verb: Callable[[], RegisterEdit | None], *, write: bool = True) -> None:
        """Compute an edit of the register, have the desk write it, tell the panels."""
        try:
            edit = verb()
            if edit is None:
                return
            if write:
                self._desk.commit_register(edit)
        except ClaimDeskError as error:
            self._fail(error)
            edit = None
        if self.article is not None:
            self._catch_up()
        self.sources_changed.emit()
        if edit is not None:
            self.library_changed.emit()

    # -- undo

    def undoable(self) -> str | None:
        """The sentence of the edit that undo would take back."""
        return self._desk.undoable(self.article.id) if self.article else None

    def redoable(self) -> str | None:
        """The sentence of the edit that redo would do again."""
        return self._desk.redoable(self.article.id) if self.article else None

    def undo(self) -> None:
        """Take back the last edit of this article, whenever it was made."""
        self._replay(self._desk.undo, "Undone")

    def redo(self) -> None:
        """Do again what was last taken back."""
        self._replay(self._desk.redo, "Done again")

    def _replay(self, step: Callable[[int], Edit | None], what: str) -> None:
        if self.article is None:
            return
        try:
            edit = step(self.article.id)
        except ClaimDeskError as error:
            self._fail(error)
            self._catch_up()
            return
        if edit is not None:
            self._took(edit)
            if len(edit.changes) == 1 and edit.changes[0].after is not None:
                self.select(edit.claim_ids[0])
            self.said.emit(f"{what}: {edit.sentence}")

    # -- search

    def search(
        self, query: str, chosen: SearchFilter, kinds: Collection[HitKind], limit: int, before: int | None = None
    ) -> tuple[Page, ...]:
        """Pages of what stands on the desk, as `Desk.search` finds them; none if that failed."""
        try:
            return self._desk.search(query, chosen, kinds=kinds, limit=limit, before=before)
        except ClaimDeskError as error:
            self._fail(error)
            return ()

    def places(self, query: str) -> tuple[list[Span], int]:
        """Where the words of a query stand in the open article, and which of these places its excerpt shows first."""
        article, asked = self._open_article(), words.read(query)
        places = excerpt.apart(span for span, _ in words.found(article.text, asked))
        body = article.title_span.end if article.title_span else 0
        first = body + excerpt.heart(article.text[body:], asked)
        return places, next((at for at, span in enumerate(places) if span.start >= first), 0)

    # -- the history

    def past(self) -> list[Step]:
        """What was done to the open article, the newest first."""
        return self._desk.past(self.article.id) if self.article else []

    def undo_to(self, step_id: int) -> None:
        """Take back all that was done to the open article after a step of its past, or nothing of it."""
        article = self._open_article()
        try:
            count = self._desk.undo_to(article.id, step_id)
        except ClaimDeskError as error:
            self._fail(error)
            self._catch_up()
            return
        self._catch_up()
        self.library_changed.emit()
        self.said.emit(
            "Undone: 1 step. Redo brings it back."
            if count == 1
            else f"Undone: {count} steps. Redo brings them back, one by one."
        )

    def select_by_step(self, step_id: int) -> bool:
        """Select the claim that a step concerns, of several the next one; False if the article has none of them now."""
        there = {claim.id for claim in self.claims}
        concerned = [claim_id for claim_id in self._desk.claims_told(step_id) if claim_id in there]
        if not concerned:
            return False
        at = concerned.index(self.selected) + 1 if self.selected in concerned else 0
        self.select(concerned[at % len(concerned)])
        return True

    def follow_history(self) -> None:
        """Follow the whole chain of hashes anew, in parts between which the window does its other work."""
        self._chain = Chain()
        self._following.start()

    def _follow_history(self) -> None:
        before = self._chain
        try:
            self._chain = self._desk.follow_history(before, ROWS_AT_ONCE)
        except ClaimDeskError as error:
            self._following.stop()
            self._fail(error)
            return
        if self._chain.broken is not None or self._chain.rows < before.rows + ROWS_AT_ONCE:
            self._following.stop()
            self.history_followed.emit(self._chain)

    # -- what others do to the desk

    def take_news(self) -> None:
        """Show what another program did to the desk since this was last asked: within a second, and for nothing if it did nothing."""
        if self._opened is None:
            return
        try:
            articles = self._opened.news()
        except DeskError:
            return  # it is being written; there is another time to ask, and an edit would say what is wrong
        if self.article is not None and self.article.id in articles:
            self._catch_up()
        if articles:
            self.library_changed.emit()
            self.sources_changed.emit()

    # -- the report

    def open_suggestions(self) -> int:
        """How many claims of the open article nobody has reviewed."""
        return len(edits.still_open(self.claims))

    def has_confidential_sources(self) -> bool:
        """Whether the desk knows a source whose name must not leave the program unasked."""
        return bool(self._desk.confidential_sources())

    def namings(self) -> list[Naming]:
        """The places where the open article's own words name a confidential source."""
        return namings(self._open_article(), self._desk.mask_sources())

    def export(self, path: Path, *, suggestions: bool, names: bool) -> None:
        """Write the report of the open article, in the format that the file's ending names.

        Confidential sources stand in it by their pseudonyms, unless their `names` are wanted.
        """
        self._catch_up()
        article, claims, head = self._open_article(), list(self.claims), self._desk.head()
        register = [] if names else self._desk.mask_sources()

        def write() -> None:
            made_at = datetime.now(UTC)
            report = reports.build(
                article, claims, suggestions=suggestions, made_at=made_at, version=__version__, head=head,
                register=register,
            )  # fmt: skip
            reports.write(report, path)

        self._background.run(write, lambda _: self.said.emit(f"Report written: {path.name}"), self._fail)

    # -- backups

    def backups(self) -> list[Backup]:
        """The backups of the desk, the newest first; none while it is locked."""
        try:
            return self._opened.backups.all() if self._opened is not None else []
        except ClaimDeskError as error:
            self._fail(error)
            return []

    def backup_folder(self) -> Path:
        """Where they lie."""
        return self._desk.backups.folder

    def keep_backed_up(self) -> None:
        """Make a backup beside the window whenever one is due, from now on."""
        timer = QTimer(self, interval=BACKUP_LOOK)
        timer.timeout.connect(self._back_up_if_due)
        timer.start()
        self.locked_changed.connect(self._back_up_if_due)
        self._back_up_if_due()

    def back_up(self) -> None:
        """Make a backup beside the window, because somebody asked for it."""
        self.article_leaving.emit()
        self._background.run(self._desk.backups.make, lambda _: self.backups_changed.emit(), self._backup_failure)

    def read_backup(self, path: Path) -> None:
        """Read all of a backup beside the window, and tell what it holds."""

        def tell(found: Contents | ClaimDeskError) -> None:
            self.backup_read.emit(path, found)

        if self._opened is not None:
            self._background.run(partial(self._opened.backups.contents, path), tell, tell)

    def restore(self, path: Path) -> None:
        """Put a backup in the place of the desk, beside the window; what the desk holds now becomes a backup.

        The desk is closed meanwhile, and open again afterwards, either way.
        """
        backups = self._desk.backups
        try:
            key = backups.key_of(path)
        except ClaimDeskError as error:
            self._backup_failure(error)
            return
        self._let_go()

        def go_on(_: Backup | None) -> None:
            self._open_desk(key)
            self.backups_changed.emit()

        def stay(error: ClaimDeskError) -> None:
            self._open_desk(backups.key)
            self._backup_failure(error)

        self._background.run(partial(restoring.restore, backups.desk, path, key), go_on, stay)

    def restore_offered(self) -> None:
        """Put the backup that was offered in the place of the damaged desk, which is kept, and unlock it."""
        if self._offered is not None:
            (backups, good), self._offered = self._offered, None
            put = partial(restoring.restore, backups.desk, good.path, backups.key)
            self._background.run(put, lambda _: self._open_desk(backups.key), self._stay_locked)

    def _look_for_backup(self, backups: Backups, error: DamagedDeskError) -> None:
        def offer(good: Backup | None) -> None:
            self._stay_locked(error)
            if good is not None:
                self._offered = backups, good
                self.damaged.emit(str(error), good.in_words)

        self._background.run(backups.newest_good, offer, self._stay_locked)

    def _back_up_if_due(self) -> None:
        if self._opened is not None:
            make = self._opened.backups.make_if_due
            self._background.run(make, lambda _: self.backups_changed.emit(), self._automatic_backup_failed)

    def _automatic_backup_failed(self, error: ClaimDeskError) -> None:
        """Tell it once: who reads it every half hour reads it no more."""
        if not self._backup_failed:
            self.failed.emit(f"The desk could not be backed up. {error}")
        self._backup_failed = True

    def _backup_failure(self, error: ClaimDeskError) -> None:
        self.backup_failed.emit(str(error))

    def close(self) -> None:
        """Close the desk; nothing can be asked of the session afterwards."""
        self._unwanted.set()
        self._given_up.set()
        self._listening.stop()
        self._following.stop()
        self._background.stop()
        if self._opened is not None:
            self._opened.close()
            self._opened = None  # what still comes in finds the desk locked

    # -- the one road of an edit

    def _do(self, verb: Callable[[], Edit | None]) -> bool:
        """Compute an edit, have the desk write it, tell the panels; False if nothing was to change or it failed."""
        try:
            edit = verb()
            if edit is None:
                return False
            done = self._desk.commit(edit)
        except ClaimDeskError as error:
            self._fail(error)
            self._catch_up()
            return False
        if not done.changes:  # an alias was written where its source stands already
            return False
        self._took(done)
        return True

    def _catch_up(self) -> None:
        """Take over what another window did to the open article meanwhile; nothing happens if it did nothing."""
        article = self._open_article()
        try:
            claims = self._desk.claims(article.id)
        except ClaimDeskError as error:
            self._fail(error)
            return
        if claims != self.claims:
            self.claims, self.numbers = claims, numbered(claims)
            if self.claim(self.selected) is None:
                self.selected = None
            self.claims_changed.emit(frozenset(claim.id for claim in claims))

    def _took(self, edit: Edit) -> None:
        touched = set(edit.claim_ids)
        after = [change.after for change in edit.changes if change.after is not None]
        self.claims = in_text_order([*(claim for claim in self.claims if claim.id not in touched), *after])
        self.numbers = numbered(self.claims)
        if self.claim(self.selected) is None:
            self.selected = None
            self.selection_changed.emit()
        self.claims_changed.emit(frozenset(touched))
        self.library_changed.emit()
        if any(_names(change.before) != _names(change.after) for change in edit.changes):
            self.sources_changed.emit()

    def _fail(self, error: ClaimDeskError) -> None:
        self.failed.emit(str(error))

    def _open_article(self) -> Article:
        if self.article is None:
            raise RuntimeError("no article is open")
        return self.article


def _names(claim: Claim | None) -> tuple[str, ...]:
    return claim.names if claim is not None else ()
