"""Builds the rooms of a session, each from those that it needs, and ends them."""

from PySide6.QtCore import QObject

from claimdesk.core.desk import Desk, Entrance
from claimdesk.ui.background import Background
from claimdesk.ui.session.articles import Articles
from claimdesk.ui.session.backups import DeskBackups
from claimdesk.ui.session.edits import ClaimEdits
from claimdesk.ui.session.facts import Facts
from claimdesk.ui.session.history import History
from claimdesk.ui.session.keys import Keys
from claimdesk.ui.session.locking import Locking
from claimdesk.ui.session.merging import Merging
from claimdesk.ui.session.news import News
from claimdesk.ui.session.open_desk import OpenDesk
from claimdesk.ui.session.purging import Purging
from claimdesk.ui.session.register import SourceRegister
from claimdesk.ui.session.report import ReportWriting
from claimdesk.ui.session.review import OpenReview
from claimdesk.ui.session.search import DeskSearch
from claimdesk.ui.session.suggesting import Suggesting


class Session(QObject):
    """One window's work on one desk: the one thing that whoever puts panels together is given."""

    def __init__(
        self, desk: Desk | None, background: Background, entrance: Entrance | None = None, parent: QObject | None = None
    ) -> None:
        """Without a `desk` the session is locked; `entrance` unlocks it."""
        super().__init__(parent)
        held, facts = OpenDesk(desk, entrance), Facts()
        review = OpenReview(held, facts)
        locking = Locking(held, review, facts, background)
        self._desk = held
        self.background = background
        self.facts = facts
        self.review = review
        self.edits = ClaimEdits(review)
        self.history = History(held, review, facts, background)
        self.suggestions = Suggesting(held, review, facts, background)
        self.history.undoing.connect(self.suggestions.stop)
        locking.changed.connect(self.history.call_off)
        self.locking = locking
        self.keys = Keys(held, locking, facts, background)
        self.merging = Merging(held, review, facts, background)
        self.articles = Articles(held, review, locking, facts, background)
        self.register = SourceRegister(held, review, facts, background)
        self.search = DeskSearch(held, review, facts)
        self.report = ReportWriting(held, review, background)
        self.backups = DeskBackups(held, review, locking, facts, background)
        self.purging = Purging(held, review, locking, facts, background)
        self.news = News(held, review, facts)

    def close(self) -> None:
        """Close the desk; nothing can be asked of the session afterwards."""
        self.suggestions.stop()
        self.articles.reading.stop()
        self.history.call_off()
        self.backups.stop_looking()
        self.locking.give_up()
        self.news.stop()
        self.background.stop()
        self._desk.close()
