"""What another program does to the desk meanwhile."""

from PySide6.QtCore import QObject, QTimer

from claimdesk.core.errors import DeskError
from claimdesk.ui.session.facts import Facts
from claimdesk.ui.session.open_desk import OpenDesk
from claimdesk.ui.session.review import OpenReview

LOOK_EVERY = 700
"""Milliseconds between two looks whether another program wrote to the desk."""


class News(QObject):
    """Asks the desk again and again; it costs nothing if nobody else did anything."""

    def __init__(self, desk: OpenDesk, review: OpenReview, facts: Facts) -> None:
        super().__init__()
        self._desk = desk
        self._review = review
        self._facts = facts
        self._listening = QTimer(self, interval=LOOK_EVERY)
        self._listening.timeout.connect(self.take)
        self._listening.start()

    def take(self) -> None:
        """Show what another program did to the desk since this was last asked."""
        if self._desk.opened is None:
            return
        try:
            articles = self._desk.opened.news()
        except DeskError:
            return  # it is being written; there is another time to ask, and an edit would say what is wrong
        if self._review.article is not None and self._review.article.id in articles:
            self._review.catch_up()
        if articles:
            self._facts.library_changed.emit(articles - {None})
            self._facts.sources_changed.emit()

    def stop(self) -> None:
        """Ask no more."""
        self._listening.stop()
