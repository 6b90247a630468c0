"""The past of the open article: undo, redo, its steps; and whether the desk's history is whole."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from claimdesk.core.edits import Edit
from claimdesk.core.errors import ClaimDeskError
from claimdesk.core.past import Chain, Step
from claimdesk.ui.session.facts import Facts
from claimdesk.ui.session.open_desk import OpenDesk
from claimdesk.ui.session.review import OpenReview

ROWS_AT_ONCE = 200
"""Rows of the history that are verified without a pause."""


class History(QObject):
    """What was done, and can be taken back, whenever it was done."""

    followed = Signal(object)
    """How far the chain of hashes was followed (a Chain), once it is followed to its end or to where it is broken."""

    def __init__(self, desk: OpenDesk, review: OpenReview, facts: Facts) -> None:
        super().__init__()
        self._desk = desk
        self._review = review
        self._facts = facts
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
        """Take back all that was done to the open article after a step of its past, or nothing of it."""
        article = self._review.open_article()
        try:
            count = self._desk.now.undo_to(article.id, step_id)
        except ClaimDeskError as error:
            self._facts.fail(error)
            self._review.catch_up()
            return
        self._review.catch_up()
        self._facts.library_changed.emit()
        self._facts.said.emit(
            "Undone: 1 step. Redo brings it back."
            if count == 1
            else f"Undone: {count} steps. Redo brings them back, one by one."
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
