"""Search over the desk, in the article's place: one line to write in, filters, and the hits in groups under it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFont,
    QKeyEvent,
    QPainter,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from claimdesk.core.claim import Review, Span
from claimdesk.core.hits import Hit, HitKind, Page, SearchFilter
from claimdesk.core.levels import BY_SLUG, LEVELS
from claimdesk.core.text import Utf16Map
from claimdesk.ui import theme as look
from claimdesk.ui.theme import Theme

FIRST, MORE = 6, 30
"""Hits of a group that are shown at first, and how many more each time."""
PAUSE = 120
"""Milliseconds without a key after which the desk is asked."""

WITH_COUNT = 560
"""Pixels from which on there is room for the figures beside the filters."""

_HEADS = {HitKind.ARTICLE: "Articles", HitKind.CLAIM: "Claims", HitKind.NOTE: "Notes", HitKind.SOURCE: "Sources"}
_STATES = {Review.SUGGESTED: "to review", Review.ACCEPTED: "accepted", Review.DISMISSED: "dismissed"}
_SIDE = 22
"""Pixels at the left of a row."""

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Heading:
    """The row over a group."""

    kind: HitKind
    count: int
    more: bool

    @property
    def figure(self) -> str:
        """How many hits there are, as far as they were looked for."""
        return f"{self.count}+" if self.more else str(self.count)


@dataclass(frozen=True, slots=True)
class MoreRow:
    """The row under a group that has further hits."""

    kind: HitKind
    before: int

    @property
    def words(self) -> str:
        """What the row offers."""
        return f"Show more {_HEADS[self.kind].lower()}"


Row = Heading | Hit | MoreRow


def about(hit: Hit) -> str:
    """Where a hit stands: for a claim its level, its review and its article; outlet and day.

    Each part is isolated, since the words of one that runs from right to left would turn the others round.
    """
    claim = (BY_SLUG[hit.level].label, _STATES[hit.review], hit.title) if hit.review else ()
    return " · ".join(f"\u2068{part}\u2069" for part in (*claim, hit.outlet, hit.published) if part)


class HitModel(QAbstractListModel):
    """The groups of hits, each under its heading."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []

    def show_pages(self, pages: Sequence[Page]) -> None:
        """Show other hits."""
        self.beginResetModel()
        self.rows = [row for page in pages if page.hits for row in _group(page)]
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:  # noqa: N802 - Qt's name
        """One row a heading, a hit or an offer of more."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """A heading is passed over by keys and mouse."""
        if isinstance(self.rows[index.row()], Heading):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words, the row for a screen reader, the row itself for the delegate."""
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _words(row)
            case Qt.ItemDataRole.AccessibleTextRole:
                return _spoken(row)
            case Qt.ItemDataRole.UserRole:
                return row
        return None


def _group(page: Page) -> list[Row]:
    more = [MoreRow(page.kind, page.further)] if page.further is not None else []
    return [Heading(page.kind, len(page.hits), more=bool(more)), *page.hits, *more]


def _words(row: Row) -> str:
    match row:
        case Heading():
            return _HEADS[row.kind]
        case MoreRow():
            return row.words
        case Hit():
            return row.title if row.kind is HitKind.ARTICLE else row.snippet


def _spoken(row: Row) -> str:
    match row:
        case Heading():
            return f"{_HEADS[row.kind]}, {row.figure}"
        case MoreRow():
            return row.words
        case Hit():
            title = f"{row.title}: " if row.kind is HitKind.ARTICLE else ""
            return f"{row.kind.value.capitalize()}. {title}{row.snippet} {about(row)}"


class HitDelegate(QStyledItemDelegate):
    """Paints a hit: title or level, the words around it with those that were found marked, and where it stands."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self.theme = theme
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802 - Qt's name
        """As high as the words need at the width of the view."""
        del option
        row: Row = index.data(Qt.ItemDataRole.UserRole)
        width = self._view.viewport().width()
        match row:
            case Heading():
                return QSize(width, 38)
            case MoreRow():
                return QSize(width, 34)
            case Hit():
                title = 21 if row.kind is HitKind.ARTICLE else 0
                return QSize(width, round(title + self._laid_out(row, width).boundingRect().height()) + 36)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one row."""
        row: Row = index.data(Qt.ItemDataRole.UserRole)
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(self.theme.selection))
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), QColor(self.theme.accent))
        match row:
            case Heading():
                self._heading(painter, box, row)
            case MoreRow():
                painter.setFont(look.sans(9.2))
                painter.setPen(QColor(self.theme.accent))
                painter.drawText(box.adjusted(_SIDE + 20, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, row.words)
            case Hit():
                self._hit(painter, box, row)
        painter.restore()

    def _heading(self, painter: QPainter, box: QRectF, row: Heading) -> None:
        line = box.adjusted(_SIDE, 12, -_SIDE, 0)
        painter.setFont(look.sans(8.5, bold=True))
        painter.setPen(QColor(self.theme.dim))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, _HEADS[row.kind].upper())
        painter.setFont(look.sans(8.5))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, row.figure)
        painter.fillRect(QRectF(line.left(), box.bottom() - 1, line.width(), 1), QColor(self.theme.line))

    def _hit(self, painter: QPainter, box: QRectF, hit: Hit) -> None:
        inner = box.adjusted(_SIDE + 20, 8, -_SIDE, -7)
        top = inner.top()
        if hit.level:
            painter.setFont(look.sans(10))
            painter.setPen(QColor(self.theme.level(hit.level)))
            mark = QRectF(box.left() + _SIDE, top, 18, 18)
            painter.drawText(mark, Qt.AlignmentFlag.AlignVCenter, BY_SLUG[hit.level].glyph)
        if hit.kind is HitKind.ARTICLE:
            self._line(
                painter,
                QRectF(inner.left(), top - 1, inner.width(), 20),
                hit.title,
                look.sans(10, bold=True),
                self.theme.ink,
            )
            top += 21
        words = self._laid_out(hit, round(box.width()))
        painter.setPen(QColor(self.theme.ink))
        words.draw(painter, QPointF(inner.left(), top))
        where = QRectF(inner.left(), inner.bottom() - 17, inner.width(), 18)
        self._line(painter, where, about(hit), look.sans(8.8), self.theme.dim)

    def _line(self, painter: QPainter, box: QRectF, words: str, font: QFont, colour: str) -> None:
        painter.setFont(font)
        painter.setPen(QColor(colour))
        elided = painter.fontMetrics().elidedText(words[:300], Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)

    def _laid_out(self, hit: Hit, width: int) -> QTextLayout:
        """The snippet in lines for a row of so many pixels; it runs as its own script does."""
        layout = QTextLayout(hit.snippet, look.sans(9.8))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        layout.setTextOption(option)
        layout.setFormats([self._mark(span, Utf16Map(hit.snippet)) for span in hit.marks])
        layout.beginLayout()
        top = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width - 2 * _SIDE - 20)
            line.setPosition(QPointF(0, top))
            top += line.height()
        layout.endLayout()
        return layout

    def _mark(self, span: Span, units: Utf16Map) -> QTextLayout.FormatRange:
        ground = QColor(self.theme.accent)
        ground.setAlpha(70 if self.theme.dark else 44)
        mark = QTextLayout.FormatRange()
        mark.start = units.to_units(span.start)
        mark.length = units.to_units(span.end) - mark.start
        letters = QTextCharFormat()
        letters.setBackground(ground)
        letters.setFontWeight(QFont.Weight.Bold)
        mark.format = letters
        return mark


class HitView(QListView):
    """The list of hits; letters, Enter, Escape and the way up from the first hit are left to the page."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Move among the hits."""
        above_all = event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 1
        if event.text() or above_all:
            event.ignore()
        else:
            super().keyPressEvent(event)


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
        self.filter = SearchFilter()
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
        self.view = self._make_view()
        self._delegate = HitDelegate(theme, self.view)
        self.view.setItemDelegate(self._delegate)
        self._empty = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter, textFormat=Qt.TextFormat.PlainText)
        self._empty.setProperty("kind", "dim")
        self._empty.setMargin(40)
        self._count = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._count.setProperty("kind", "dim")
        self._chips = self._make_chips()
        self._arrange()
        self._label_chips()
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
            self.wanted.emit(self.line.text(), self.filter)
        else:
            self.show_pages(())

    def _fill(self) -> None:
        """Go on with a group that is not full yet, because few hits passed the filter: a little at a time."""
        for page in self._pages.values():
            if page.further is not None and len(page.hits) < FIRST:
                self.more_wanted.emit(self.line.text(), self.filter, page.kind, page.further)
                return

    def set_filter(self, chosen: SearchFilter) -> None:
        """Narrow the hits, or widen them."""
        self.filter = chosen
        self._label_chips()
        self._ask()

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
            f"{heading.figure} {_HEADS[heading.kind].lower() if heading.figure != '1' else heading.kind.value}"
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
            narrowed = "" if self.filter == SearchFilter() else " with these filters. Choose All to search everything"
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
                self.more_wanted.emit(self.line.text(), self.filter, row.kind, row.before)
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

    # -- making

    def _make_view(self) -> HitView:
        view = HitView()
        view.setModel(self._model)
        view.setAccessibleName("What was found")
        view.setResizeMode(QListView.ResizeMode.Adjust)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.clicked.connect(self._choose)
        return view

    def _make_chips(self) -> dict[str, QPushButton]:
        chips = {name: QPushButton() for name in ("all", "review", "level")}
        for chip in chips.values():
            chip.setProperty("kind", "chip")
            chip.setFont(look.sans(8.6))
            chip.setCheckable(True)
        chips["all"].clicked.connect(lambda: self.set_filter(SearchFilter()))
        for name, fill in (("review", self._fill_reviews), ("level", self._fill_levels)):
            menu = QMenu(chips[name])
            menu.aboutToShow.connect(fill)
            chips[name].setMenu(menu)
        return chips

    def _label_chips(self) -> None:
        chips, review, level = self._chips, self.filter.review, self.filter.level
        chips["all"].setText("All")
        chips["all"].setToolTip("All articles, and all claims but the dismissed ones")
        chips["all"].setChecked(self.filter == SearchFilter())
        chips["review"].setText((_STATES[review].capitalize() if review else "Review") + " ▾")
        chips["review"].setAccessibleName(f"Review: {_STATES[review] if review else 'all but dismissed'}")
        chips["review"].setChecked(review is not None)
        chips["level"].setText((BY_SLUG[level].short if level else "Level") + " ▾")
        chips["level"].setAccessibleName(f"Level: {BY_SLUG[level].label if level else 'all'}")
        chips["level"].setChecked(bool(level))

    def _fill_reviews(self) -> None:
        states = [(state, words.capitalize()) for state, words in _STATES.items()]
        self._fill_menu("review", [(None, "All but dismissed"), *states])

    def _fill_levels(self) -> None:
        levels = [(level.slug, f"{level.glyph}  {level.label}") for level in LEVELS]
        self._fill_menu("level", [("", "All levels"), *levels])

    def _fill_menu(self, field: str, options: Sequence[tuple[str | None, str]]) -> None:
        menu = self._chips[field].menu()
        menu.clear()
        for value, label in options:
            action = menu.addAction(label.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(getattr(self.filter, field) == value)
            action.triggered.connect(lambda _=False, v=value: self.set_filter(replace(self.filter, **{field: v})))

    def _arrange(self) -> None:
        close = QPushButton("Close")
        close.clicked.connect(self.closed)
        asking = QHBoxLayout()
        asking.addWidget(self.line, 1)
        asking.addWidget(close)
        chips = QHBoxLayout()
        chips.setSpacing(5)
        for chip in self._chips.values():
            chips.addWidget(chip)
        chips.addStretch(1)
        chips.addWidget(self._count)
        top = QVBoxLayout()
        top.setContentsMargins(_SIDE, 16, _SIDE, 8)
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
