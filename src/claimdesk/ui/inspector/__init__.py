"""The inspector: the selected claim in full, and every wish that can be said about it."""

from claimdesk.ui.inspector.inspector import Inspector

__all__ = ["Inspector"]
