"""The claims of the open article as a list of two-line rows, with the sourcing and the filters over it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStyle,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from claimdesk.core.claim import Article, Claim, Review, words_of
from claimdesk.core.levels import BY_SLUG, LEVELS
from claimdesk.ui import theme as look
from claimdesk.ui.chips import make_chips, offer, row_of
from claimdesk.ui.rows import RowDelegate, RowModel, elided, set_up_rows
from claimdesk.ui.sourcing_bar import SourcingBar
from claimdesk.ui.theme import Theme

ROW_HEIGHT = 49
STATE = {Review.SUGGESTED: "·", Review.ACCEPTED: "✓", Review.DISMISSED: "✕"}

NO_SOURCE = "no source"

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims the list shows: by review state (None: all but the dismissed), level ("": all) and source (None: all).

    `sure` leaves out what is still to review and was suggested with little confidence. `surest_first` is another order than
    that of the text: what a person decided first, then suggestions by their confidence.
    """

    review: Review | None = None
    level: str = ""
    source: str | None = None
    sure: bool = False
    surest_first: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether every claim is shown but the dismissed and, if so chosen, the weak ones."""
        return self.review is None and not self.level and self.source is None

    def lets_through(self, row: "Row") -> bool:
        """Whether the claim of a row is shown."""
        claim = row.claim
        state = claim.review is not Review.DISMISSED if self.review is None else claim.review is self.review
        sure = not (self.sure and claim.is_weak)
        return state and sure and self.level in {"", claim.level} and self.source in {None, row.source}


@dataclass(frozen=True, slots=True)
class Row:
    """What one row says."""

    claim: Claim
    number: int | None
    words: str
    source: str
    """Who says it: the name in full, else the words of the text; empty if nobody is named."""
    detail: str

    @property
    def spoken(self) -> str:
        """The row for a screen reader."""
        label = BY_SLUG[self.claim.level].label
        number = f"Claim {self.number}" if self.number else "Dismissed claim"
        return f"{number}, {label}, {self.claim.review.value}: {self.words}. {self.detail}"


def rows(article: Article, claims: Sequence[Claim], numbers: dict[int, int]) -> list[Row]:
    """The rows of the list in text order."""
    return [_row(article, claim, numbers) for claim in claims]


def _row(article: Article, claim: Claim, numbers: dict[int, int]) -> Row:
    source = claim.source_name or words_of(article.text, claim.source)
    words = words_of(article.text, claim.content).removeprefix("that ")
    return Row(claim, numbers.get(claim.id), words, source, _detail(claim, source, numbers))


def _detail(claim: Claim, source: str, numbers: dict[int, int]) -> str:
    parts = [source or NO_SOURCE]
    if claim.via:
        parts.append("via " + ", ".join(claim.via))
    denied = [str(numbers[target]) for target in claim.denies if target in numbers]
    if denied:
        parts.append("denies " + ", ".join(denied))
    if claim.note:
        parts.append("note")
    return " · ".join(parts)


class ClaimModel(RowModel[Row]):
    """The rows that the filter lets through."""

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words, the row for a screen reader, the row itself for the delegate."""
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.words
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return row.spoken if role == Qt.ItemDataRole.AccessibleTextRole else row.claim.reason
        return row if role == Qt.ItemDataRole.UserRole else None


class ClaimDelegate(RowDelegate):
    """Paints a row: glyph, number, words, state; under them level and source."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one row."""
        row: Row = index.data(Qt.ItemDataRole.UserRole)
        box = QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, box, chosen=chosen)
        self._top_line(painter, box, row)
        self._bottom_line(painter, box, row)
        if chosen and option.state & QStyle.StateFlag.State_HasFocus:
            look.draw_focus(painter, box, self.theme)
        painter.restore()

    def _ground(self, painter: QPainter, box: QRectF, *, chosen: bool) -> None:
        painter.fillRect(box, QColor(self.theme.selection if chosen else self.theme.panel))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), QColor(self.theme.line))
        if chosen:
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), QColor(self.theme.accent))

    def _top_line(self, painter: QPainter, box: QRectF, row: Row) -> None:
        gone = row.claim.review is Review.DISMISSED
        line = QRectF(box.left(), box.top() + 6, box.width(), 20)
        painter.setFont(look.sans(10))
        painter.setPen(QColor(self.theme.dim if gone else self.theme.level(row.claim.level)))
        painter.drawText(line.adjusted(14, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, BY_SLUG[row.claim.level].glyph)
        painter.setPen(QColor(self.theme.dim))
        number = QRectF(line.left() + 26, line.top(), 26, line.height())
        painter.drawText(number, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(row.number or "–"))
        font = look.sans(10)
        font.setStrikeOut(gone)
        painter.setFont(font)
        painter.setPen(QColor(self.theme.dim if gone else self.theme.ink))
        words = line.adjusted(60, 0, -34, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, elided(painter, row.words, words.width()))
        painter.setFont(look.sans(10, bold=True))
        painter.setPen(QColor(self.theme.dim))
        state = line.adjusted(0, 0, -14, 0)
        painter.drawText(state, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, STATE[row.claim.review])

    def _bottom_line(self, painter: QPainter, box: QRectF, row: Row) -> None:
        line = QRectF(box.left() + 60, box.top() + 25, box.width() - 74, 18)
        painter.setFont(look.sans(8.8))
        label = BY_SLUG[row.claim.level].label
        painter.setPen(QColor(self.theme.level(row.claim.level)))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, label)
        used = QFontMetricsF(painter.font()).horizontalAdvance(label + " ")
        painter.setPen(QColor(self.theme.dim))
        rest = line.adjusted(used, 0, 0, 0)
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, elided(painter, f"· {row.detail}", rest.width()))


class ClaimTable(QTableView):
    """The rows; it has one column only, so Home and End mean the first and the last of them."""

    def moveCursor(  # noqa: N802 - Qt's name
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Where a key leads."""
        model, ends = self.model(), QAbstractItemView.CursorAction
        if model.rowCount() and action in {ends.MoveHome, ends.MoveEnd}:
            return model.index(0 if action is ends.MoveHome else model.rowCount() - 1, 0)
        return super().moveCursor(action, modifiers)


def _shortened(name: str) -> str:
    return name if len(name) <= 14 else name[:13] + "…"


class ClaimList(QFrame):
    """The panel at the right: how the article is sourced, what of it to show, and the claims themselves."""

    claim_chosen = Signal(int)
    filter_changed = Signal()
    """Somebody chose to see other claims."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("claims")
        self._rows: list[Row] = []
        self.filter = ClaimFilter()
        self._model = ClaimModel()
        self._delegate = ClaimDelegate(theme, ROW_HEIGHT, self)
        self._theme = theme
        self._head = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._head.setFont(look.sans(11.5, bold=True))
        self._progress = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._progress.setProperty("kind", "dim")
        self._bar = SourcingBar(theme)
        self._remark = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._remark.setProperty("kind", "dim")
        self._remark.hide()
        self._legend = QLabel(textFormat=Qt.TextFormat.RichText)
        self._empty = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter, textFormat=Qt.TextFormat.PlainText)
        self._empty.setProperty("kind", "dim")
        self._empty.setMargin(28)
        self._chips = self._make_chips()
        self.view = self._make_view()
        self._arrange()

    # -- what is shown

    def show_claims(self, article: Article | None, claims: Sequence[Claim], numbers: dict[int, int], hint: str) -> None:
        """Show the claims of an article; `hint` stands in the list's place where it is empty."""
        self._rows = rows(article, claims, numbers) if article is not None else []
        self._empty.setText(hint)
        for menu in (self._chips[name].menu() for name in ("level", "source")):
            menu.clear()  # they are filled when they open, and name sources
        self._refresh()

    def show_remark(self, words: str) -> None:
        """Say under the head what to know of these claims; nothing if `words` are empty."""
        self._remark.setText(words)
        self._remark.setVisible(bool(words))

    def select_claim(self, claim_id: int | None) -> None:
        """Select a claim's row and bring it into sight; if the filter hides the claim, nothing is selected."""
        place = self._model.place(lambda row: row.claim.id == claim_id)
        selection = self.view.selectionModel()
        if place < 0:
            selection.clear()
        elif self.view.currentIndex().row() != place or not selection.hasSelection():
            index = self._model.index(place, 0)
            selection.setCurrentIndex(index, selection.SelectionFlag.ClearAndSelect)
            self.view.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)

    def neighbour(self, claim_id: int | None, step: int, *, open_only: bool = False) -> int | None:
        """The claim `step` rows further on (or back) that is shown, or that is still to review; None past either end."""
        shown = [row.claim for row in self._model.rows]
        at = self._model.place(lambda row: row.claim.id == claim_id)
        if at < 0:
            at = -1 if step > 0 else len(shown)
        ahead = shown[at + 1 :] if step > 0 else shown[: max(at, 0)][::-1]
        if open_only:
            ahead = [claim for claim in ahead if claim.review is Review.SUGGESTED]
        return ahead[abs(step) - 1].id if len(ahead) >= abs(step) else None

    def shown_open(self) -> list[int]:
        """The shown claims that are still to review."""
        return [row.claim.id for row in self._model.rows if row.claim.review is Review.SUGGESTED]

    def first_open(self) -> int | None:
        """The first shown claim that is still to review."""
        return next(iter(self.shown_open()), None)

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = self._delegate.theme = theme
        self._bar.set_theme(theme)
        self._refresh()

    def set_filter(self, chosen: ClaimFilter) -> None:
        """Show other claims."""
        self.filter = chosen
        self._refresh()
        self.filter_changed.emit()

    def show_review(self, review: Review | None) -> None:
        """Show the claims in one state of review; None shows all, of every level and source."""
        plain = replace(self.filter, review=review, level="", source=None)
        self.set_filter(plain if review is None else replace(self.filter, review=review))

    def show_sure(self, *, only: bool) -> None:
        """Show weak suggestions too, or `only` the others."""
        self.set_filter(replace(self.filter, sure=only))

    def sort(self, *, surest_first: bool) -> None:
        """Show the claims in text order, or those first that the program is surest of."""
        self.set_filter(replace(self.filter, surest_first=surest_first))

    def shows(self, claim_id: int | None) -> bool:
        """Whether the claim is among those that the filter lets through."""
        return self._model.place(lambda row: row.claim.id == claim_id) >= 0

    # -- inside

    def _refresh(self) -> None:
        shown = [row for row in self._rows if self.filter.lets_through(row)]
        if self.filter.surest_first:
            shown.sort(key=lambda row: -(row.claim.confidence if row.claim.confidence is not None else 1.0))
        kept = [row.claim for row in self._rows if row.claim.review is not Review.DISMISSED]
        by_review = Counter(row.claim.review for row in self._rows)
        counts = Counter(claim.level for claim in kept)
        self._head.setText("1 claim" if len(kept) == 1 else f"{len(kept)} claims")
        weak = sum(row.claim.is_weak for row in self._rows) if self.filter.sure else 0
        hidden = f" · {weak} weak hidden" if weak else ""
        self._progress.setText(
            f"{by_review[Review.ACCEPTED]} accepted · {by_review[Review.SUGGESTED]} to review{hidden}"
        )
        self._bar.show_counts(counts)
        self._legend.setText(self._legend_of(counts))
        self._label_chips(by_review)
        self._model.show_rows(shown, lambda row: row.claim.id)
        if self._rows and not shown:
            self._empty.setText("No claim passes these filters. Choose All to see every claim.")
        self._empty.setVisible(not shown)
        self.view.setVisible(bool(shown))

    def _legend_of(self, counts: Counter[str]) -> str:
        return "&nbsp;&nbsp;".join(
            f'<span style="color:{self._theme.level(level.slug)}">{level.glyph}</span>&nbsp;{counts[level.slug]}'
            for level in LEVELS
            if counts[level.slug]
        )

    def _make_view(self) -> ClaimTable:
        view = ClaimTable()
        view.setModel(self._model)
        view.setItemDelegate(self._delegate)
        set_up_rows(view, "Claims", ROW_HEIGHT)
        view.selectionModel().currentRowChanged.connect(self._chosen)
        view.clicked.connect(self._chosen)
        return view

    def _chosen(self, index: QModelIndex) -> None:
        if index.isValid():
            self.claim_chosen.emit(self._model.rows[index.row()].claim.id)

    def _make_chips(self) -> dict[str, QPushButton]:
        chips = make_chips(
            ("all", "suggested", "accepted", "dismissed", "level", "source"),
            {"level": self._offer_levels, "source": self._offer_sources},
        )
        for name, review in (("all", None), *((state.value, state) for state in Review)):
            chips[name].clicked.connect(lambda _=False, r=review: self.show_review(r))
        return chips

    def _label_chips(self, by_review: Counter[Review]) -> None:
        review, chips = self.filter.review, self._chips
        chips["all"].setText("All")
        chips["suggested"].setText(f"To review {by_review[Review.SUGGESTED]}")
        chips["accepted"].setText(f"Accepted {by_review[Review.ACCEPTED]}")
        chips["dismissed"].setText(f"✕ {by_review[Review.DISMISSED]}")
        chips["dismissed"].setAccessibleName(f"Dismissed {by_review[Review.DISMISSED]}")
        chips["dismissed"].setToolTip("Dismissed claims")
        chips["dismissed"].setVisible(bool(by_review[Review.DISMISSED]) or review is Review.DISMISSED)
        chips["level"].setText((BY_SLUG[self.filter.level].short if self.filter.level else "Level") + " ▾")
        name = self.filter.source
        chips["source"].setText((_shortened(name or NO_SOURCE) if name is not None else "Source") + " ▾")
        chips["all"].setChecked(self.filter.is_plain)
        for state in Review:
            chips[state.value].setChecked(review is state)
        chips["level"].setChecked(bool(self.filter.level))
        chips["source"].setChecked(name is not None)

    def _offer_levels(self) -> None:
        counts = Counter(row.claim.level for row in self._rows)
        options = [(level.slug, f"{level.glyph}  {level.label}  {counts[level.slug]}") for level in LEVELS]
        self._offer("level", [("", "All levels"), *options])

    def _offer_sources(self) -> None:
        counts = Counter(row.source for row in self._rows)
        names = sorted(counts, key=lambda name: (not name, name.casefold()))
        options = [(name, f"{name or NO_SOURCE.capitalize()}  {counts[name]}") for name in names]
        self._offer("source", [(None, "All sources"), *options])

    def _offer(self, field: str, options: Sequence[tuple[str | None, str]]) -> None:
        current = getattr(self.filter, field)
        offer(self._chips[field], options, current, lambda v: self.set_filter(replace(self.filter, **{field: v})))

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._head)
        head.addWidget(self._progress, 1, Qt.AlignmentFlag.AlignBottom)
        top = QVBoxLayout()
        top.setContentsMargins(14, 12, 12, 8)
        top.setSpacing(8)
        top.addLayout(head)
        top.addWidget(self._bar)
        top.addWidget(self._legend)
        top.addLayout(row_of(self._chips))
        top.addWidget(self._remark)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.view, 1)
        column.addWidget(self._empty, 1)
