"""Files that are evidence: a copy goes on the desk, and comes out of it again where somebody says."""

from contextlib import closing
from pathlib import Path

from claimdesk.core import whole_file
from claimdesk.core.desk import Desk
from claimdesk.core.errors import ClaimDeskError, DeskError, EditError, reason
from claimdesk.core.evidence import Evidence, EvidenceKind
from claimdesk.ui.background import Background
from claimdesk.ui.session.edits import ClaimEdits, today
from claimdesk.ui.session.facts import Facts
from claimdesk.ui.session.open_desk import OpenDesk
from claimdesk.ui.session.review import OpenReview

LARGEST = 50 * 1024 * 1024
"""Bytes of a file that the desk still keeps: every backup holds it again."""


class EvidenceFiles:
    """Reads and writes them beside the window. A kept file is never opened by this program."""

    def __init__(
        self, desk: OpenDesk, review: OpenReview, edits: ClaimEdits, facts: Facts, background: Background
    ) -> None:
        self._desk = desk
        self._review = review
        self._edits = edits
        self._facts = facts
        self._background = background

    def keep(self, claim_id: int, path: Path) -> None:
        """Keep a copy of a file, and put it on a claim as evidence once it is kept."""
        desk = self._desk.now

        def put(digest: str) -> None:
            if self._review.claim(claim_id) is None:
                error = EditError(
                    "The file was not put on its claim, for another article is open. Open that one and add it again."
                )
                self._facts.fail(error)
                return
            found = Evidence(EvidenceKind.FILE, path.name, retrieved=today(), sha256=digest)
            self._edits.change_evidence(claim_id, None, found)

        self._background.run(lambda: _keep(desk, path), put, self._facts.fail)

    def save(self, one: Evidence, path: Path) -> None:
        """Write the kept file of a piece of evidence to `path`."""
        desk = self._desk.now
        said = f"Copy written: {path.name}"
        self._background.run(
            lambda: _save(desk, one.sha256, path), lambda _: self._facts.said.emit(said), self._facts.fail
        )


def _keep(desk: Desk, path: Path) -> str:
    """The SHA-256 of a file that the desk keeps now; on a thread that the desk does not belong to."""
    try:
        if not path.is_file():
            raise EditError(f"“{path.name}” is no file. Choose a file, or add a folder's files one by one.")
        if path.stat().st_size > LARGEST:
            raise EditError(
                f"“{path.name}” is larger than {LARGEST // 2**20} MB, the most that the desk keeps. Leave it where it is, and add "
                "its name as a document."
            )
        raw = path.read_bytes()
    except OSError as error:
        raise EditError(f"“{path.name}” could not be read: {reason(error)}.") from error
    with closing(desk.again()) as here:
        return here.keep_file(raw)


def _save(desk: Desk, sha256: str, path: Path) -> None:
    with closing(desk.again()) as here:
        raw = here.kept_file(sha256)
    if raw is None:
        raise DeskError("The desk keeps no copy of this file. Add it to the claim again from where it came.")
    try:
        whole_file.write(path, raw)
    except OSError as error:
        raise ClaimDeskError(f"“{path.name}” could not be written: {reason(error)}.") from error
