"""The register of sources over all articles: what it knows, its edits, and their undo."""

from collections.abc import Callable, Collection

from claimdesk.core import sources
from claimdesk.core.claim import Claim
from claimdesk.core.errors import ClaimDeskError
from claimdesk.core.sources import RegisterEdit, Source, SourcedClaim, SourceSummary
from claimdesk.ui.session.facts import Facts
from claimdesk.ui.session.open_desk import OpenDesk
from claimdesk.ui.session.review import OpenReview


class SourceRegister:
    """The sources of the desk; there are none while it is locked."""

    def __init__(self, desk: OpenDesk, review: OpenReview, facts: Facts) -> None:
        self._desk = desk
        self._review = review
        self._facts = facts

    def all(self) -> list[SourceSummary]:
        """The sources of all articles, by name."""
        return [] if self._desk.is_locked else self._desk.now.sources()

    def known(self) -> list[Source]:
        """The sources that somebody may name."""
        return [] if self._desk.is_locked else self._desk.now.known_sources()

    def names_meant(self) -> dict[str, str]:
        """The names of sources by what else leads to them, folded."""
        return {} if self._desk.is_locked else self._desk.now.names_meant()

    def claims_of(self, source_id: int) -> list[SourcedClaim]:
        """The claims of a source in all articles, the newest article first."""
        return self._desk.now.claims_of(source_id)

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
            self._facts.library_changed.emit()
