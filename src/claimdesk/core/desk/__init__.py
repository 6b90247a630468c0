"""The desk: the local SQLite file with every article, claim and edit, plain or encrypted."""

from claimdesk.core.desk.backup import Backup, Backups, Contents
from claimdesk.core.desk.desk import Desk
from claimdesk.core.desk.entrance import Entrance
from claimdesk.core.desk.history import HistoryEntry
from claimdesk.core.desk.keys import Slot
from claimdesk.core.past import Kind

__all__ = ["Backup", "Backups", "Contents", "Desk", "Entrance", "HistoryEntry", "Kind", "Slot"]
