"""What any room of the session may have to tell the panels."""

from PySide6.QtCore import QObject, Signal

from claimdesk.core.errors import ClaimDeskError


class Facts(QObject):
    """The signals that belong to no room alone."""

    library_changed = Signal(object)
    """The ids (a frozenset) of articles that came to the desk, or whose counts or details are others; None for all of them."""
    sources_changed = Signal()
    """What the register knows of sources, or who stands behind claims, is something else."""
    failed = Signal(str)
    """The world failed: a sentence for the user."""
    said = Signal(str)
    """Something worth telling that needs no answer."""

    def fail(self, error: ClaimDeskError) -> None:
        """Tell what failed."""
        self.failed.emit(str(error))
