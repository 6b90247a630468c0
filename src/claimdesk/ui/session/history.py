"""The past of the open article: undo, redo, its steps; and whether the desk's history is whole."""

from collections.abc import Callable
from contextlib import closing
from functools import partial
from threading import Event

from PySide6.QtCore import QObject, QTimer, Signal

from claimdesk.core.desk import Desk
from claimdesk.core.edits import Edit
from claimdesk.core.errors import Cancelled, ClaimDeskError
from claimdesk.core.past import Chain, Step
from claimdesk.ui.background import Background
from claimdesk.ui.session.facts import Facts
from claimdesk.ui.session.open_desk import OpenDesk
from claimdesk.ui.session.review import OpenReview

AT_ONCE = 100
"""Edits that are taken back without a pause; more are beside the window."""
ROWS_AT_ONCE = 200
"""Rows of the history that are verified without a pause."""


class History(QObject):
    """What was done, and can be taken back, whenever it was done."""

    followed = Signal(object)
    """How far the chain of hashes was followed (a Chain), once it is followed to its end or to where it is broken."""

    undoing = Signal(int)
    """So many edits are being taken back beside the window; until `undo_ended` nothing else is to be written."""
    undo_ended = Signal()
    """They are taken back, or none of them is."""

    def __init__(self, desk: OpenDesk, review: OpenReview, facts: Facts, background: Background) -> None:
        super().__init__()
        self._desk = desk
        self._review = review
        self._facts = facts
        self._background = background
        self._called_off = Event()
        self._ended = Event()
        self._ended.set()
        self.undone = 0
        self._chain = Chain()
        self._following = QTimer(self, interval=0)
        self._following.timeout.connect(self._follow_on)

    # -- undo

    def undoable(self) -> str | None:
        """The sentence of the edit that undo would take back."""
        article = self._review.article
        return self._desk.now.undoable(article.id) if article else None

    def redoable(self) -> str | None:
        """The sentence of the edit that redo would do again."""
        article = self._review.article
        return self._desk.now.redoable(article.id) if article else None

    def undo(self) -> None:
        """Take back the last edit of this article, whenever it was made."""
        self._replay(self._desk.now.undo, "Undone")

    def redo(self) -> None:
        """Do again what was last taken back."""
        self._replay(self._desk.now.redo, "Done again")

    def _replay(self, step: Callable[[int], Edit | None], what: str) -> None:
        article = self._review.article
        if article is None:
            return
        try:
            edit = step(article.id)
        except ClaimDeskError as error:
            self._facts.fail(error)
            self._review.catch_up()
            return
        if edit is not None:
            self._review.take_over(edit)
            if len(edit.changes) == 1 and edit.changes[0].after is not None:
                self._review.select(edit.claim_ids[0])
            self._facts.said.emit(f"{what}: {edit.sentence}")

    # -- the steps

    def past(self) -> list[Step]:
        """What was done to the open article, the newest first, and at the end what was done to it elsewhere."""
        article = self._review.article
        if article is None:
            return []
        deeds = self._desk.now.past_elsewhere(article.id)
        elsewhere = [
            Step(-place, deed.kind, deed.sentence, deed.at, deed.who, stands=True, back=None, elsewhere=True)
            for place, deed in enumerate(deeds, 1)
        ]
        return [*self._desk.now.past(article.id), *reversed(elsewhere)]

    def undo_to(self, step_id: int) -> None:
        """Take back all that was done to the open article after a step of its past, or nothing of it.

        It is one transaction, so that what is called off, or cut short, leaves no steps that nobody wanted; where it
        takes long it runs beside the window, on a connection of its own.
        """
        article_id, desk = self._review.open_article().id, self._desk.now
        edits = next((step.back or 0 for step in self.past() if step.id == step_id), 0)
        if edits <= AT_ONCE:
            self._undo_at_once(partial(desk.undo_to, article_id, step_id))
            return
        self.undone, self._called_off, self._ended = 0, Event(), Event()
        undo = partial(_undo_beside, desk, article_id, step_id, self._went_on, self._ended)
        self.undoing.emit(edits)
        self._background.run(undo, partial(self._show_undone, article_id), self._fail_undo)

    @property
    def is_undoing(self) -> bool:
        """Whether many edits are being taken back beside the window."""
        return not self._ended.is_set()

    def call_off(self) -> None:
        """What is being taken back beside the window stays as it was."""
        self._called_off.set()

    def _went_on(self, undone: int) -> None:
        """Called on the thread that undoes."""
        if self._called_off.is_set():
            raise Cancelled
        self.undone = undone

    def _undo_at_once(self, undo: Callable[[], int]) -> None:
        try:
            count = undo()
        except ClaimDeskError as error:
            self._fail_undo(error)
            return
        self._show_undone(self._review.open_article().id, count)

    def _fail_undo(self, error: ClaimDeskError) -> None:
        self.undo_ended.emit()
        self._facts.fail(error)
        if self._review.article is not None:
            self._review.catch_up()

    def _show_undone(self, article_id: int, count: int) -> None:
        self.undo_ended.emit()
        if self._review.article is None:
            return
        self._review.catch_up()
        self._facts.library_changed.emit(frozenset({article_id}))
        self._facts.said.emit(
            "Undone: 1 step. Redo brings it back."
            if count == 1
            else f"Undone: {count:,} steps. Redo brings them back, one by one."
        )

    def select_by_step(self, step_id: int) -> bool:
        """Select the claim that a step concerns, of several the next one; False if the article has none of them now."""
        review = self._review
        there = {claim.id for claim in review.claims}
        concerned = [claim_id for claim_id in self._desk.now.claims_told(step_id) if claim_id in there]
        if not concerned:
            return False
        at = concerned.index(review.selected) + 1 if review.selected in concerned else 0
        review.select(concerned[at % len(concerned)])
        return True

    # -- the chain of hashes

    def follow(self) -> None:
        """Follow the whole chain of hashes anew, in parts between which the window does its other work."""
        self._chain = Chain()
        self._following.start()

    def _follow_on(self) -> None:
        if self._desk.is_locked:
            self._following.stop()
            return
        before = self._chain
        try:
            self._chain = self._desk.now.follow_history(before, ROWS_AT_ONCE)
        except ClaimDeskError as error:
            self._following.stop()
            self._facts.fail(error)
            return
        if self._chain.broken is not None or self._chain.rows < before.rows + ROWS_AT_ONCE:
            self._following.stop()
            self.followed.emit(self._chain)


def _undo_beside(desk: Desk, article_id: int, step_id: int, went_on: Callable[[int], None], ended: Event) -> int:
    """Take back what came after a step, on a thread that the desk does not belong to; `ended` is set whichever way it ends."""
    try:
        with closing(desk.again()) as here:
            return here.undo_to(article_id, step_id, went_on)
    finally:
        ended.set()
