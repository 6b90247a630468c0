"""The desk: the local SQLite file with every article, claim and edit."""

from claimdesk.core.desk.desk import Desk
from claimdesk.core.desk.history import HistoryEntry, Kind
from claimdesk.core.desk.search import Hit, HitKind, Page, SearchFilter

__all__ = ["Desk", "HistoryEntry", "Hit", "HitKind", "Kind", "Page", "SearchFilter"]
