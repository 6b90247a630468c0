"""The window: puts the panels side by side, turns keys and clicks into wishes to the session, and facts into refreshes."""

from claimdesk.ui.window.window import Window

__all__ = ["Window"]
