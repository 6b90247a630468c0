"""The review of the open article: its claims, which of them is selected, and the one road of an edit."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from claimdesk.core import edits
from claimdesk.core.claim import Article, Claim, in_text_order, numbered
from claimdesk.core.edits import Edit
from claimdesk.core.errors import ClaimDeskError
from claimdesk.ui.session.facts import Facts
from claimdesk.ui.session.open_desk import OpenDesk

_LAST_ARTICLE = "last_article"


class OpenReview(QObject):
    """The open article, if any, as the panels show it."""

    leaving = Signal()
    """The open article is about to be another: what is still being written must be put on the desk now."""
    article_changed = Signal()
    """Another article is open, or none."""
    opened = Signal()
    """An article was opened, and the panels show it."""
    details_changed = Signal()
    """What is known of the open article beside its text is something else."""
    claims_changed = Signal(object)
    """The ids (a frozenset) of claims of the open article that changed, came or went."""
    selection_changed = Signal()
    """Another claim is selected, or none."""

    def __init__(self, desk: OpenDesk, facts: Facts) -> None:
        super().__init__()
        self._desk = desk
        self._facts = facts
        self.article: Article | None = None
        self.claims: list[Claim] = []
        self.numbers: dict[int, int] = {}
        self.selected: int | None = None

    # -- which article is open

    def open(self, article_id: int) -> None:
        """Show an article of the desk."""
        self.leaving.emit()
        if self.article is not None and self.article.id == article_id:
            self.catch_up()
            return
        try:
            article = self._desk.now.article(article_id)
            claims = self._desk.now.claims(article_id)
            self._desk.now.set_setting(_LAST_ARTICLE, str(article_id))
        except ClaimDeskError as error:
            self._facts.fail(error)
            return
        self._show(article, claims)
        self.opened.emit()

    def open_last(self) -> bool:
        """Open the article that was open when the window was last closed, else the newest; False on an empty desk."""
        desk = self._desk.now
        last = desk.setting(_LAST_ARTICLE)
        article_id = int(last) if last and desk.articles([int(last)]) else desk.newest_article()
        if article_id is None:
            return False
        self.open(article_id)
        return True

    def forget(self) -> None:
        """Show no article."""
        self._show(None, [])

    def open_article(self) -> Article:
        """The open article, where there must be one."""
        if self.article is None:
            raise RuntimeError("no article is open")
        return self.article

    def _show(self, article: Article | None, claims: list[Claim]) -> None:
        self.article, self.claims, self.selected = article, claims, None
        self.numbers = numbered(claims)
        self.article_changed.emit()

    # -- its claims

    def select(self, claim_id: int | None) -> None:
        """Make a claim the one that keys and buttons mean."""
        if claim_id != self.selected:
            self.selected = claim_id
            self.selection_changed.emit()

    def claim(self, claim_id: int | None) -> Claim | None:
        """The claim of that id, if the open article has it."""
        return next((claim for claim in self.claims if claim.id == claim_id), None)

    @property
    def selected_claim(self) -> Claim | None:
        """The claim that keys and buttons mean."""
        return self.claim(self.selected)

    def open_suggestions(self) -> int:
        """How many claims of the open article nobody has reviewed."""
        return len(edits.still_open(self.claims))

    # -- the one road of an edit

    def commit(self, verb: Callable[[], Edit | None]) -> bool:
        """Compute an edit, have the desk write it, tell the panels; False if nothing was to change or it failed."""
        try:
            edit = verb()
            if edit is None:
                return False
            done = self._desk.now.commit(edit)
        except ClaimDeskError as error:
            self._facts.fail(error)
            self.catch_up()
            return False
        if done.is_empty:  # an alias was written where its source stands already
            return False
        self.take_over(done)
        return True

    def take_over(self, edit: Edit) -> None:
        """Show what the desk has just written."""
        if edit.details is not None:
            self.article = self.open_article().with_details(edit.details.after)
            self.details_changed.emit()
        touched = set(edit.claim_ids)
        after = [change.after for change in edit.changes if change.after is not None]
        self.claims = in_text_order([*(claim for claim in self.claims if claim.id not in touched), *after])
        self.numbers = numbered(self.claims)
        if self.selected_claim is None:
            self.selected = None
            self.selection_changed.emit()
        self.claims_changed.emit(frozenset(touched))
        self._facts.library_changed.emit(frozenset({edit.article_id}))
        if any(_names(change.before) != _names(change.after) for change in edit.changes):
            self._facts.sources_changed.emit()

    def catch_up(self) -> None:
        """Take over what another window did to the open article meanwhile; nothing happens if it did nothing."""
        article = self.open_article()
        try:
            known, claims = self._desk.now.article(article.id), self._desk.now.claims(article.id)
        except ClaimDeskError as error:
            self._facts.fail(error)
            return
        if known != article:
            self.article = known
            self.details_changed.emit()
        if claims != self.claims:
            self.claims, self.numbers = claims, numbered(claims)
            if self.selected_claim is None:
                self.selected = None
            self.claims_changed.emit(frozenset(claim.id for claim in claims))


def _names(claim: Claim | None) -> tuple[str, ...]:
    return claim.names if claim is not None else ()
