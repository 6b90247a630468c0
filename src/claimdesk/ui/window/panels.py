"""The panels of the window, each made once."""

from PySide6.QtWidgets import QWidget

from claimdesk.ui.article_view import ArticleView
from claimdesk.ui.claim_list import ClaimList
from claimdesk.ui.dialogs.history import History
from claimdesk.ui.find_bar import FindBar
from claimdesk.ui.inspector import Inspector
from claimdesk.ui.library import Library
from claimdesk.ui.notice import Notice
from claimdesk.ui.reading_bar import ReadingBar
from claimdesk.ui.search import SearchPage
from claimdesk.ui.session import Session
from claimdesk.ui.sources_window import SourcesWindow
from claimdesk.ui.theme import Theme
from claimdesk.ui.unlock_page import UnlockPage
from claimdesk.ui.welcome import Welcome


class Panels:
    """What the rooms of the window show things in; panels know nothing of each other."""

    def __init__(self, session: Session, theme: Theme, points: int, window: QWidget) -> None:
        """`points` is the size of the article's text; register and history are windows of their own beside `window`."""
        self.library = Library(theme)
        self.article = ArticleView(theme, points)
        self.claims = ClaimList(theme)
        self.inspector = Inspector(theme)
        self.notice, self.find_bar, self.welcome, self.unlock_page = Notice(), FindBar(), Welcome(), UnlockPage()
        self.reading = ReadingBar()
        self.search = SearchPage(theme)
        self.sources = SourcesWindow(session, theme, window)
        self.history = History(theme, window)

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        for panel in (
            self.library, self.article, self.search, self.claims, self.inspector, self.sources, self.history,
        ):  # fmt: skip
            panel.set_theme(theme)
