"""The register of sources over all articles: what it knows, its edits, and their undo."""

from collections.abc import Callable, Collection
from contextlib import closing
from functools import partial

from PySide6.QtCore import QObject, Signal

from claimdesk.core import sources
from claimdesk.core.claim import Claim
from claimdesk.core.desk import Desk
from claimdesk.core.errors import ClaimDeskError
from claimdesk.core.sources import RegisterEdit, Source, SourcedClaim, SourceSummary
from claimdesk.ui.background import Background
from claimdesk.ui.session.facts import Facts
from claimdesk.ui.session.open_desk import OpenDesk
from claimdesk.ui.session.review import OpenReview

SHOWN = 500
"""Claims of a source that are shown; a source of thousands would hold up the window each time that it is selected."""


class SourceRegister(QObject):
    """The sources of the desk; there are none while it is locked."""

    loaded = Signal(list)
    """The sources of all articles with their counts (SourceSummary), by name: what `load` asked for."""

    def __init__(self, desk: OpenDesk, review: OpenReview, facts: Facts, background: Background) -> None:
        super().__init__()
        self._desk = desk
        self._review = review
        self._facts = facts
        self._background = background
        self._loads = 0

    def load(self) -> None:
        """Have all sources told by `loaded`: at once, or on a large desk as soon as their claims are counted."""
        self._loads += 1
        desk = self._desk.opened
        if desk is None:
            self.loaded.emit([])
        elif desk.is_large:
            told = partial(self._tell, desk, self._loads)
            self._background.run(partial(_counted_beside, desk), told, self._facts.fail)
        else:
            self.loaded.emit(desk.sources())

    def _tell(self, desk: Desk, load: int, sources: list[SourceSummary]) -> None:
        """Of several that were asked for only the last is news."""
        if self._desk.opened is desk and load == self._loads:
            self.loaded.emit(sources)

    def known(self) -> list[Source]:
        """The sources that somebody may name."""
        return [] if self._desk.is_locked else self._desk.now.known_sources()

    def names_meant(self) -> dict[str, str]:
        """The names of sources by what else leads to them, folded."""
        return {} if self._desk.is_locked else self._desk.now.names_meant()

    def newest_claims_of(self, source_id: int) -> tuple[list[SourcedClaim], bool]:
        """The newest claims of a source in all articles, and whether there are more than are shown."""
        claims = self._desk.now.claims_of(source_id, SHOWN + 1)
        return claims[:SHOWN], len(claims) > SHOWN

    def describe(self, before: Source, after: Source) -> None:
        """Say what is known of a source."""
        self._commit(lambda: sources.describe(self._desk.now.register(), self._claims_of(before), before, after))

    def merge(self, kept: Source, gone: Source) -> None:
        """Make one source of two."""
        self._commit(lambda: sources.merge(self._desk.now.register(), self._claims_of(gone), kept, gone))

    def split(self, source: Source, claim_ids: Collection[int], name: str) -> None:
        """Give some claims of a source to another one, of that name."""

        def verb() -> RegisterEdit | None:
            chosen = [claim for claim in self._claims_of(source) if claim.id in claim_ids]
            return sources.split(self._desk.now.register(), chosen, source, name)

        self._commit(verb)

    def undoable(self) -> str | None:
        """The sentence of the edit of the register that undo would take back."""
        return None if self._desk.is_locked else self._desk.now.register_undoable()

    def redoable(self) -> str | None:
        """The sentence of the edit of the register that redo would do again."""
        return None if self._desk.is_locked else self._desk.now.register_redoable()

    def undo(self) -> None:
        """Take back the last edit of the register, whenever it was made."""
        self._commit(self._desk.now.undo_register, write=False)

    def redo(self) -> None:
        """Do again what was last taken back in the register."""
        self._commit(self._desk.now.redo_register, write=False)

    def _claims_of(self, source: Source) -> list[Claim]:
        return [one.claim for one in self._desk.now.claims_of(source.id)]

    def _commit(self, verb: Callable[[], RegisterEdit | None], *, write: bool = True) -> None:
        """Compute an edit of the register, have the desk write it, tell the panels."""
        try:
            edit = verb()
            if edit is None:
                return
            if write:
                self._desk.now.commit_register(edit)
        except ClaimDeskError as error:
            self._facts.fail(error)
            edit = None
        if self._review.article is not None:
            self._review.catch_up()
        self._facts.sources_changed.emit()
        if edit is not None:
            self._facts.library_changed.emit(frozenset(one.article_id for one in edit.edits))


def _counted_beside(desk: Desk) -> list[SourceSummary]:
    """All sources with their counts, on a thread that the desk does not belong to."""
    with closing(desk.again()) as here:
        return here.sources()
