"""The desk: the local SQLite file with every article, claim and edit, plain or encrypted."""

from claimdesk.core.desk.backup import Backup, Backups, Contents
from claimdesk.core.desk.desk import Desk
from claimdesk.core.desk.history import HistoryEntry, Kind
from claimdesk.core.desk.keys import Keys, Slot

__all__ = ["Backup", "Backups", "Contents", "Desk", "HistoryEntry", "Keys", "Kind", "Slot"]
