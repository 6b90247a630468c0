"""The desk: the local SQLite file with every article, claim and edit, plain or encrypted."""

from claimdesk.core.desk.desk import Desk
from claimdesk.core.desk.entrance import Entrance
from claimdesk.core.desk.history import HistoryEntry, Kind
from claimdesk.core.desk.keys import Slot

__all__ = ["Desk", "Entrance", "HistoryEntry", "Kind", "Slot"]
