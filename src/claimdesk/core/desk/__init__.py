"""The desk: the local SQLite file with every article, claim and edit."""

from claimdesk.core.desk.desk import Desk
from claimdesk.core.desk.history import HistoryEntry, Kind

__all__ = ["Desk", "HistoryEntry", "Kind"]
