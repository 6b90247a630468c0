"""The dialog that brings a colleague's review together with one's own."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from claimdesk.core.case import Bundle
from claimdesk.core.merging import Comparison
from claimdesk.ui import theme
from claimdesk.ui.dialogs.merge import MergeDialog
from claimdesk.ui.session import Session
from claimdesk.ui.window.panels import Panels
from claimdesk.ui.window.preferences import Preferences

CASES = "Case bundles (*.claimdesk *.json);;All files (*)"


class MergeDialogs:
    """Opens it for a file, and turns what was chosen into the session's merge."""

    def __init__(self, session: Session, panels: Panels, preferences: Preferences, window: QWidget) -> None:
        self._session = session
        self._panels = panels
        self._preferences = preferences
        self._window = window
        session.merging.compared.connect(self._ask)

    def choose(self) -> None:
        """Ask for the file of the other review."""
        self._panels.form.save()
        path, _ = QFileDialog.getOpenFileName(self._window, "Merge a Review", "", CASES)
        if path:
            self._session.merging.compare(Path(path))

    def _ask(self, comparison: Comparison, theirs: Bundle) -> None:
        dialog = MergeDialog(comparison, theme.choose(self._preferences.now.theme), self._window)
        if dialog.exec():
            self._session.merging.merge(comparison, theirs, dialog.chosen)
        dialog.deleteLater()
