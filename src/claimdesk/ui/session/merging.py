"""A colleague's review of an article, beside the open one, and both brought together."""

from collections.abc import Collection
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from claimdesk.core import bundle, merging
from claimdesk.core.case import Bundle
from claimdesk.core.confidential import Mask
from claimdesk.core.errors import ClaimDeskError
from claimdesk.core.merging import Choice, Comparison
from claimdesk.ui.background import Background
from claimdesk.ui.session.facts import Facts
from claimdesk.ui.session.open_desk import OpenDesk
from claimdesk.ui.session.review import OpenReview


class Merging(QObject):
    """Reads the file beside the window; an article that is not on the desk is put there with its review."""

    compared = Signal(object, object)
    """The two reviews of the article that is open now (a Comparison), and the Bundle that the other came in."""

    def __init__(self, desk: OpenDesk, review: OpenReview, facts: Facts, background: Background) -> None:
        super().__init__()
        self._desk = desk
        self._review = review
        self._facts = facts
        self._background = background

    def compare(self, path: Path) -> None:
        """Open the article of a bundle or case with the review that it has here, and compare the two."""
        self._background.run(partial(bundle.load, path), self.take, self._facts.fail)

    def take(self, theirs: Bundle) -> None:
        """The same with a bundle that was read already."""
        try:
            known = self._desk.now.find_article(theirs.case.article.sha256)
            article = known or self._desk.now.take_in(theirs)
            mask = Mask(self._desk.now.mask_sources())
        except ClaimDeskError as error:
            self._facts.fail(error)
            return
        if known is None:
            self._facts.library_changed.emit(frozenset({article.id}))
            self._facts.sources_changed.emit()
        self._review.open(article.id)
        if known is None:
            self._facts.said.emit("The article is on the desk, with the review that came with it.")
        else:
            self.compared.emit(merging.compare(article, self._review.claims, theirs.case, mask), theirs)

    def merge(self, comparison: Comparison, theirs: Bundle, chosen: Collection[Choice]) -> None:
        """Bring both reviews together; in disagreements theirs counts where it is chosen."""
        try:
            done = self._desk.now.merge(merging.merged(comparison, chosen), theirs, comparison.article.id)
        except ClaimDeskError as error:
            self._facts.fail(error)
            self._review.catch_up()
            return
        self._review.catch_up()
        self._facts.library_changed.emit(frozenset({comparison.article.id}))
        self._facts.sources_changed.emit()
        self._facts.said.emit(f"{done.sentence}. Undo takes it back." if done else "Nothing to merge: it is all here.")
