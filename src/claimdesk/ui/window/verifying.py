"""What the inspector wishes for that leaves the window: files chosen and written, addresses opened, the next unchecked claim."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from claimdesk.core.evidence import Evidence, is_web_address
from claimdesk.ui.session import Session
from claimdesk.ui.window.panels import Panels


class Verifying:
    """Asks where a file is, and where it goes."""

    def __init__(self, session: Session, panels: Panels, window: QWidget) -> None:
        self._session = session
        self._panels = panels
        self._window = window
        wishes, edits = panels.inspector.wishes, session.edits
        wishes.evidence.connect(edits.change_evidence)
        wishes.evidence_move.connect(edits.move_evidence)
        wishes.verdict.connect(edits.give_verdict)
        wishes.rationale.connect(edits.give_rationale)
        wishes.reply.connect(edits.change_reply)
        wishes.anonymity.connect(edits.set_anonymity)
        wishes.question.connect(edits.set_question)
        wishes.files.connect(self._keep)
        wishes.save_file.connect(self._save)
        wishes.open_address.connect(self._open)

    def next_unchecked(self) -> None:
        """Select the next claim without a verdict, from the top again after the last."""
        found = self._panels.claims.next_unchecked(self._session.review.selected)
        if found is not None:
            self._session.review.select(found)
        else:
            self._panels.notice.say("The list shows no accepted claim without a verdict.")

    def add_files(self) -> None:
        """Ask for files that are evidence for the selected claim."""
        if self._session.review.selected is not None:
            self._keep(self._session.review.selected, [])

    def _keep(self, claim_id: int, names: list[str]) -> None:
        if not names:
            names, _ = QFileDialog.getOpenFileNames(self._window, "Add Evidence")
        for name in names:
            self._session.evidence.keep(claim_id, Path(name))

    def _save(self, one: Evidence) -> None:
        name, _ = QFileDialog.getSaveFileName(self._window, "Save a Copy", Path(one.locator).name)
        if name:
            self._session.evidence.save(one, Path(name))

    def _open(self, address: str) -> None:
        """Open an address in the browser, which tells that site who looks at it: only when somebody asks for it."""
        url = QUrl(address, QUrl.ParsingMode.StrictMode)
        if not is_web_address(address) or not url.isValid():
            self._panels.notice.fail("Only web addresses can be opened, those that begin with http:// or https://.")
        elif not QDesktopServices.openUrl(url):
            self._panels.notice.fail("No browser could be opened. Copy the address into one.")
