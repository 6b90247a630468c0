"""Where the panels stand: library, article and claims side by side, and what takes their place."""

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from claimdesk.core.settings import Settings
from claimdesk.ui.window.panels import Panels

MIN_LIBRARY, MIN_MIDDLE, MIN_RIGHT = 150, 320, 340
"""Pixels that the three columns need at least."""


class Arrangement(QStackedWidget):
    """The work in three columns, or the page of a locked desk."""

    def __init__(self, panels: Panels) -> None:
        super().__init__()
        self._panels = panels
        self._middle = QStackedWidget()
        for page in (panels.welcome, panels.article, panels.search):
            self._middle.addWidget(page)
        self._right = QSplitter(Qt.Orientation.Vertical)
        self._right.addWidget(panels.claims)
        self._right.addWidget(panels.inspector)
        self._right.setSizes([344, 398])
        self._columns = QSplitter()
        self._arrange(_column(panels.notice, panels.reading, panels.find_bar, self._middle))
        self.addWidget(self._columns)
        self.addWidget(panels.unlock_page)

    def show_locked(self, *, locked: bool) -> None:
        """Show the work, or the ways to unlock the desk."""
        self.setCurrentWidget(self._panels.unlock_page if locked else self._columns)

    def show_article(self, *, is_open: bool) -> None:
        """Show the article, or the welcome where none is open."""
        self._middle.setCurrentWidget(self._panels.article if is_open else self._panels.welcome)

    def show_search(self) -> None:
        """Show the search page in the article's place."""
        self._middle.setCurrentWidget(self._panels.search)

    def fit_library(self, width: int, *, wanted: bool) -> None:
        """Show the library if it is wanted and a window of this width (pixels) has room for it."""
        self._panels.library.setVisible(wanted and width >= MIN_LIBRARY + MIN_MIDDLE + MIN_RIGHT + 2)

    def restore(self, settings: Settings) -> None:
        """Put the columns where they were left."""
        for splitter, state in ((self._columns, settings.splitter), (self._right, settings.right_splitter)):
            if state:
                splitter.restoreState(from_base64(state))

    @property
    def state(self) -> dict[str, str]:
        """Where the columns stand, as fields of the settings."""
        return {
            "splitter": to_base64(self._columns.saveState()),
            "right_splitter": to_base64(self._right.saveState()),
        }

    def _arrange(self, middle: QWidget) -> None:
        for widget, stretch in ((self._panels.library, 0), (middle, 1), (self._right, 0)):
            self._columns.addWidget(widget)
            self._columns.setStretchFactor(self._columns.count() - 1, stretch)
            self._columns.setCollapsible(self._columns.count() - 1, False)
        for splitter in (self._columns, self._right):
            splitter.setHandleWidth(1)
            splitter.setChildrenCollapsible(False)
        self._panels.library.setMinimumWidth(MIN_LIBRARY)
        self._right.setMinimumWidth(MIN_RIGHT)
        middle.setMinimumWidth(MIN_MIDDLE)
        self._columns.setSizes([196, 672, 412])


def _column(*widgets: QWidget) -> QWidget:
    column = QWidget()
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for widget in widgets:
        layout.addWidget(widget)
    return column


def to_base64(state: QByteArray) -> str:
    """Qt's bytes as the settings hold them."""
    return bytes(state.toBase64().data()).decode("ascii")


def from_base64(state: str) -> QByteArray:
    """Qt's bytes again."""
    return QByteArray.fromBase64(state.encode("ascii"))
