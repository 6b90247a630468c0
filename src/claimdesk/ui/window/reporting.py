"""The report out: where it goes, and what goes with it."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from claimdesk.core.reports import BUNDLES, FORMATS
from claimdesk.ui.dialogs.export import ExportDialog
from claimdesk.ui.session import Session
from claimdesk.ui.window.panels import Panels

REPORTS = {f"{name} (*{ending})": ending for ending, name in {**FORMATS, **BUNDLES}.items()}


class Reporting:
    """Asks before anything is written."""

    def __init__(self, session: Session, panels: Panels, window: QWidget) -> None:
        self._session = session
        self._panels = panels
        self._window = window

    def choose(self) -> None:
        """Ask where the report goes, and what goes with it."""
        article = self._session.review.article
        if article is None:
            return
        self._panels.form.save()
        name = "".join(c if c.isalnum() or c in " -_" else " " for c in article.title)[:60].strip()
        path, chosen = QFileDialog.getSaveFileName(
            self._window, "Export Report", f"{name or 'report'}.html", ";;".join(REPORTS)
        )
        asked = self.ask() if path else None
        if asked is not None:
            target = Path(path)
            if not target.suffix:
                target = target.with_suffix(REPORTS.get(chosen, ".html"))
            self._session.report.write(target, suggestions=asked.suggestions, names=asked.names)

    def ask(self) -> ExportDialog | None:
        """What goes into the report, asked only where there is something to decide; None if cancelled."""
        report = self._session.report
        still_open, confidential = self._session.review.open_suggestions(), report.has_confidential_sources()
        dialog = ExportDialog(still_open, report.namings(), confidential=confidential, parent=self._window)
        return dialog if not (still_open or confidential) or dialog.exec() else None
