"""One window's work on one desk, in rooms: the only part of the window that talks to the desk.

A panel's wish becomes an edit by a pure verb, the desk writes it with its history in one transaction, and only then do the
claims here change and the signals tell the panels. What failed changed nothing and is told in one sentence.
"""

from claimdesk.ui.session.session import Session

__all__ = ["Session"]
