"""The dialog in which a report is exported; the rest of the window needs nothing else of this room."""

from claimdesk.ui.export.dialog import ExportDialog
from claimdesk.ui.export.levels import Counts

__all__ = ["Counts", "ExportDialog"]
