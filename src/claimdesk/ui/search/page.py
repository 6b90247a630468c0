"""Search over the desk, in the article's place: one line to write in, filters, and the hits in groups under it."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from claimdesk.core.hits import Hit, HitKind, Page, SearchFilter
from claimdesk.ui import theme as look
from claimdesk.ui.chips import row_of
from claimdesk.ui.search.filters import SearchFilters
from claimdesk.ui.search.hit_list import SIDE, HitDelegate, HitView
from claimdesk.ui.search.hits import HEADS, Heading, HitModel, MoreRow
from claimdesk.ui.theme import Theme

FIRST, MORE = 6, 30
"""Hits of a group that are shown at first, and how many more each time."""
PAUSE = 120
"""Milliseconds without a key after which the desk is asked."""

WITH_COUNT = 560
"""Pixels from which on there is room for the figures beside the filters."""

_Index = QModelIndex | QPersistentModelIndex


class SearchPage(QFrame):
    """Asks for pages of hits and tells which hit was chosen; it keeps query and hits until it is told to forget them."""

    wanted = Signal(str, SearchFilter)
    """Hits are asked for, those of every kind."""
    more_wanted = Signal(str, SearchFilter, HitKind, int)
    """Further hits of a kind are asked for, from a place on."""
    hit_chosen = Signal(Hit, str)
    """A hit, and the query that found it."""
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("search")
        self.filters = SearchFilters()
        self.filters.changed.connect(self._ask)
        self._pages: dict[HitKind, Page] = {}
        self._wait = QTimer(self, singleShot=True, interval=PAUSE)
        self._wait.timeout.connect(self._ask)
        self._go_on = QTimer(self, singleShot=True, interval=0)
        self._go_on.timeout.connect(self._fill)
        self.line = QLineEdit(placeholderText="Search all articles, claims, notes and sources", clearButtonEnabled=True)
        self.line.setAccessibleName("Search the desk")
        self.line.setFont(look.sans(11.5))
        self.line.textChanged.connect(lambda _: self._wait.start())
        self._model = HitModel()
        self.view = HitView(self._model)
        self.view.clicked.connect(self._choose)
        self._delegate = HitDelegate(theme, self.view)
        self.view.setItemDelegate(self._delegate)
        self._empty = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter, textFormat=Qt.TextFormat.PlainText)
        self._empty.setProperty("kind", "dim")
        self._empty.setMargin(40)
        self._count = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._count.setProperty("kind", "dim")
        self._arrange()
        self._say()

    # -- what is shown

    def open(self, words: str) -> None:
        """Show the page, for the selected words if there are any, else for those of last time as they are found now."""
        if words:
            self.line.setText(words)
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()
        self._ask()

    def show_pages(self, pages: Sequence[Page]) -> None:
        """Show what was found; a hit that was selected and is among it stays so, else the first is."""
        chosen = self._selected_hit()
        self._pages = {page.kind: page for page in pages}
        self._refresh(chosen)
        self._announce()

    def add_page(self, page: Page) -> None:
        """Show further hits of a kind under those that are shown."""
        chosen = self._selected_hit() or next(iter(page.hits), None)
        self._pages[page.kind] = replace(page, hits=self._pages[page.kind].hits + page.hits)
        self._refresh(chosen)

    def forget(self) -> None:
        """Let go of query and hits."""
        self.line.clear()
        self._wait.stop()
        self._pages = {}
        self._refresh(None)

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._delegate.theme = theme
        self.view.viewport().update()

    # -- asking

    def _ask(self) -> None:
        self._wait.stop()
        if self.line.text().strip():
            self.wanted.emit(self.line.text(), self.filters.chosen)
        else:
            self.show_pages(())

    def _fill(self) -> None:
        """Go on with a group that is not full yet, because few hits passed the filter: a little at a time."""
        for page in self._pages.values():
            if page.further is not None and len(page.hits) < FIRST:
                self.more_wanted.emit(self.line.text(), self.filters.chosen, page.kind, page.further)
                return

    # -- inside

    def _refresh(self, chosen: Hit | None) -> None:
        at = self.view.verticalScrollBar().value()
        self._model.show_pages(list(self._pages.values()))
        rows = self._model.rows
        self.view.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        same = next(
            (i for i, row in enumerate(rows) if isinstance(row, Hit) and chosen and _is_same(row, chosen)), None
        )
        if rows:
            self.view.doItemsLayout()
            self.view.verticalScrollBar().setValue(at if same is not None else 0)
            self.view.setCurrentIndex(self._model.index(same if same is not None else 1))
        self._say()
        if any(page.further is not None and len(page.hits) < FIRST for page in self._pages.values()):
            self._go_on.start()

    def _say(self) -> None:
        """What was found, in figures; where nothing was, what to do."""
        found = [
            f"{heading.figure} {HEADS[heading.kind].lower() if heading.figure != '1' else heading.kind.value}"
            for heading in self._model.rows
            if isinstance(heading, Heading)
        ]
        self._count.setText(" · ".join(found))
        query = self.line.text().strip()
        searching = any(page.further is not None for page in self._pages.values())
        if not query:
            words = "All words that you write must occur; the last may be a beginning.\nPut “words in quotes” to find them side by side."
        elif searching and not found:
            words = "Looking…"
        else:
            narrowed = "" if self.filters.is_plain else " with these filters. Choose All to search everything"
            words = f"Nothing found for “{query}”{narrowed}."
        self._empty.setText(words)

    def _announce(self) -> None:
        """Tell a screen reader how many hits there are, since they change while somebody writes elsewhere."""
        words = self._count.text() or self._empty.text()
        self.line.setAccessibleDescription(words)
        if self.line.text().strip():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.line, words))

    def _selected_hit(self) -> Hit | None:
        index = self.view.currentIndex()
        row = self._model.rows[index.row()] if index.isValid() else None
        return row if isinstance(row, Hit) else None

    def _choose(self, index: _Index) -> None:
        row = self._model.rows[index.row()] if index.isValid() else None
        match row:
            case Hit():
                self.hit_chosen.emit(row, self.line.text())
            case MoreRow():
                self.more_wanted.emit(self.line.text(), self.filters.chosen, row.kind, row.before)
            case _:
                pass

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """A narrow page leaves out the figures, which the headings tell too."""
        self._count.setVisible(self.width() >= WITH_COUNT)
        super().resizeEvent(event)

    # -- keys

    def event(self, event: QEvent) -> bool:
        """Keep from the window's shortcuts what is written here, and Enter and Escape; Enter on a button means the button."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride and self._is_own(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows go from the line to the hits, letters from the hits to the line; Enter chooses, Escape closes."""
        match event.key():
            case Qt.Key.Key_Escape:
                self.closed.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                if self._wait.isActive():
                    self._ask()
                self._choose(self.view.currentIndex())
            case Qt.Key.Key_Down | Qt.Key.Key_PageDown if self._model.rows:
                self.view.setFocus(Qt.FocusReason.OtherFocusReason)
                self.view.keyPressEvent(event)
            case Qt.Key.Key_Up if self.view.hasFocus():
                self.line.setFocus(Qt.FocusReason.OtherFocusReason)
            case _ if self.view.hasFocus() and self._is_own(event):
                self.line.setFocus(Qt.FocusReason.OtherFocusReason)
                self.line.end(False)
                self.line.keyPressEvent(event)
            case _:
                super().keyPressEvent(event)

    def _is_own(self, event: QKeyEvent) -> bool:
        """Whether a key writes, chooses or closes here; Enter on a button means the button."""
        command = (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
        )
        on_button = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and isinstance(
            QApplication.focusWidget(), QAbstractButton
        )
        return bool(event.text()) and not event.modifiers() & command and not on_button

    def _arrange(self) -> None:
        close = QPushButton("Close")
        close.clicked.connect(self.closed)
        asking = QHBoxLayout()
        asking.addWidget(self.line, 1)
        asking.addWidget(close)
        chips = row_of(self.filters.chips)
        chips.addWidget(self._count)
        top = QVBoxLayout()
        top.setContentsMargins(SIDE, 16, SIDE, 8)
        top.setSpacing(10)
        top.addLayout(asking)
        top.addLayout(chips)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.view, 1)
        column.addWidget(self._empty, 1)
        self.setTabOrder(self.line, self.view)


def _is_same(hit: Hit, other: Hit) -> bool:
    return (hit.kind, hit.article_id, hit.claim_id) == (other.kind, other.article_id, other.claim_id)
