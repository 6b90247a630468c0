"""The history of the open article, beside the work: what was done, when and by whom, and the way back to any step."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QStyle,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from claimdesk.core.past import Chain, Kind, Step
from claimdesk.ui import theme as look
from claimdesk.ui.chips import make_chips
from claimdesk.ui.rows import RowDelegate, RowModel, elided, set_up_rows
from claimdesk.ui.theme import Theme

ROW_HEIGHT = 30
COLUMNS = ("When", "Who", "Kind", "What was done")
WIDTHS = (158, 116, 86)
"""Pixels of all columns but the last, which takes the rest."""
MARKS = {Kind.IMPORT: "⤓", Kind.EDIT: "•", Kind.UNDO: "↶", Kind.REDO: "↷"}
CHIPS = {None: "All", Kind.EDIT: "Edits", Kind.UNDO: "Undo", Kind.REDO: "Redo", Kind.IMPORT: "Import"}
SHOWN_OF_HEAD = 12
"""Characters of a hash that tell it from others at a glance."""

_Index = QModelIndex | QPersistentModelIndex


def local_time(at: str) -> str:
    """A time in UTC as it was on this computer's clock."""
    return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d  %H:%M:%S")


class StepModel(RowModel[Step]):
    """The steps that the filter lets through: when, who, kind, what."""

    COLUMNS = len(COLUMNS)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """What a column tells."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a cell, the row for a screen reader, the step for the delegate."""
        step = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                who = f"{step.who} (elsewhere)" if step.elsewhere else step.who
                return (local_time(step.at), who, f"{MARKS[step.kind]}  {step.kind.capitalize()}", step.sentence)[
                    index.column()
                ]
            case Qt.ItemDataRole.ToolTipRole:
                return f"{step.sentence} (taken back)" if not step.stands else step.sentence
            case Qt.ItemDataRole.AccessibleTextRole:
                gone = ", taken back" if not step.stands else ""
                return f"{step.kind.capitalize()}: {step.sentence}{gone}, {step.who}, {local_time(step.at)}"
            case Qt.ItemDataRole.UserRole:
                return step
        return None


class StepDelegate(RowDelegate):
    """Paints a cell; what was taken back is grey and struck out."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one cell."""
        step: Step = index.data(Qt.ItemDataRole.UserRole)
        box, chosen = QRectF(option.rect), bool(option.state & QStyle.StateFlag.State_Selected)
        what = index.column() == len(COLUMNS) - 1
        painter.save()
        painter.fillRect(box, QColor(self.theme.selection if chosen else self.theme.panel))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), QColor(self.theme.line))
        if chosen and index.column() == 0:
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), QColor(self.theme.accent))
        font = look.sans(9.5)
        font.setStrikeOut(what and not step.stands)
        painter.setFont(font)
        painter.setPen(QColor(self.theme.ink if what and step.stands else self.theme.dim))
        words = box.adjusted(14 if index.column() == 0 else 8, 0, -8, -1)
        line = elided(painter, str(index.data()), words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, line)
        painter.restore()


class StepTable(QTableView):
    """The steps; Enter goes to what the row concerns."""

    enter_pressed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter means the row, Home and End the first and last of them."""
        rows = self.model().rowCount()
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.enter_pressed.emit()
            case Qt.Key.Key_Home | Qt.Key.Key_End if rows:
                self.selectRow(0 if event.key() == Qt.Key.Key_Home else rows - 1)
            case _:
                super().keyPressEvent(event)


class Filter(QLineEdit):
    """A field whose arrows go on into the list."""

    left_downwards = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Down and Enter leave the field for the list."""
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.left_downwards.emit()
        else:
            super().keyPressEvent(event)


class History(QDialog):
    """The window of the history; it stays open beside the work."""

    jump_wanted = Signal(int)
    """The claims of this step are to be shown."""
    work_wanted = Signal()
    """Somebody goes back to the review."""
    undo_wanted = Signal(int)
    """All that was done after this step is to be taken back."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("history")
        self.setWindowTitle("History")
        self.resize(760, 560)
        self._theme = theme
        self._steps: Sequence[Step] = []
        self._kind: Kind | None = None
        self._model = StepModel()
        self._delegate = StepDelegate(theme, ROW_HEIGHT, self)
        self._title, self._told, self._chain = (
            QLabel(textFormat=Qt.TextFormat.PlainText),
            QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText),
            QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText),
        )
        self.filter = Filter(placeholderText="Filter by words, name or time", clearButtonEnabled=True)
        self.chips = make_chips(CHIPS)
        self.view = self._make_view()
        self._empty = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter, textFormat=Qt.TextFormat.PlainText)
        self.undo = QPushButton("&Undo to Here")
        self._arrange()
        self._connect()

    def show_steps(self, title: str, steps: Sequence[Step]) -> None:
        """Show what was done to the article of this title, the newest first; the chosen step stays chosen."""
        self._title.setText(title)
        self._steps = steps
        counts = Counter(step.kind for step in steps)
        for kind, chip in self.chips.items():
            chip.setText(f"{CHIPS[kind]} {counts[kind]}" if kind else CHIPS[kind])
            chip.setVisible(kind is None or bool(counts[kind]) or kind is self._kind)
        self._refresh()

    def show_chain(self, chain: Chain | None) -> None:
        """Say whether the desk's chain of hashes is whole; None while it is being followed."""
        broken = chain is not None and chain.broken is not None
        if chain is None:
            words = "Checking the history of this desk…"
        elif broken:
            words = (
                f"✕  Row {chain.broken} of this desk’s history is not what ClaimDesk wrote there. Keep a copy of the desk as it is, "
                "and compare it with a backup."
            )
        else:
            rows = "1 row" if chain.rows == 1 else f"{chain.rows:,} rows, each bound to the one before"
            words = f"✓  The history of this desk is whole: {rows}. Head {chain.hash[:SHOWN_OF_HEAD]}…"
        self._chain.setText(words)
        self._chain.setToolTip(f"{chain.rows}:{chain.hash}" if chain is not None and not broken else "")
        self._set_kind(self._chain, "error" if broken else "dim")

    def tell(self, sentence: str) -> None:
        """Say what came of the last wish."""
        self._told.setText(sentence)

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = self._delegate.theme = theme
        self.view.viewport().update()

    def chosen(self) -> Step | None:
        """The step of the current row."""
        row = self.view.currentIndex().row()
        return self._model.rows[row] if 0 <= row < len(self._model.rows) else None

    # -- inside

    def _refresh(self) -> None:
        """Show the steps that the filter lets through."""
        chosen = self.chosen()
        words = self.filter.text().casefold().split()
        shown = [step for step in self._steps if self._kind in {None, step.kind} and _has(step, words)]
        self._model.show_rows(shown)
        for kind, chip in self.chips.items():
            chip.setChecked(kind is self._kind)
        self._empty.setText(
            "No step fits the filter. Clear it, or choose All."
            if self._steps
            else "Open an article to see what was done to it."
        )
        self._empty.setVisible(not shown)
        self.view.setVisible(bool(shown))
        if shown:
            wanted = chosen.id if chosen is not None else None
            self.view.selectRow(max(self._model.place(lambda step: step.id == wanted), 0))
        self._offer()

    def _offer(self) -> None:
        """Say what Undo to Here would do."""
        step = self.chosen()
        self.undo.setEnabled(step is not None and bool(step.back))
        if step is None:
            self.tell("")
        elif step.elsewhere:
            self.tell(f"Done on the desk of {step.who}, before the review came here.")
        elif step.back is None:
            self.tell("What this step did is taken back.")
        elif not step.back:
            self.tell("The article is as it was after this step.")
        else:
            edits, them = ("the edit", "it") if step.back == 1 else (f"the {step.back:,} edits", "them")
            self.tell(f"Undo to Here takes back {edits} after this step; redo brings {them} back.")

    def _choose_kind(self, kind: Kind | None) -> None:
        self._kind = kind
        self._refresh()

    def _jump(self) -> None:
        step = self.chosen()
        if step is not None:
            self.jump_wanted.emit(step.id)

    def _go(self) -> None:
        self._jump()
        self.work_wanted.emit()

    def _undo(self) -> None:
        step = self.chosen()
        if step is not None:
            self.undo_wanted.emit(step.id)

    def _set_kind(self, label: QLabel, kind: str) -> None:
        label.setProperty("kind", kind)
        label.style().unpolish(label)
        label.style().polish(label)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._refresh)
        self.filter.left_downwards.connect(self.view.setFocus)
        self.view.selectionModel().currentRowChanged.connect(self._offer)
        self.view.clicked.connect(self._jump)
        self.view.enter_pressed.connect(self._go)
        self.undo.clicked.connect(self._undo)
        for kind, chip in self.chips.items():
            chip.clicked.connect(lambda _=False, chosen=kind: self._choose_kind(chosen))

    def _make_view(self) -> StepTable:
        view = StepTable()
        view.setModel(self._model)
        view.setItemDelegate(self._delegate)
        set_up_rows(view, "What was done", ROW_HEIGHT)
        view.setWordWrap(False)
        head = view.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setStretchLastSection(True)
        head.setSectionsClickable(False)
        head.show()
        for column, width in enumerate(WIDTHS):
            view.setColumnWidth(column, width)
        return view

    def _arrange(self) -> None:
        self._title.setFont(look.sans(11.5, bold=True))
        for label in (self._told, self._chain, self._empty):
            label.setProperty("kind", "dim")
        self._chain.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.filter.setAccessibleName("Filter of the history")
        chips = QHBoxLayout()
        chips.setSpacing(5)
        chips.addWidget(self.filter, 1)
        chips.addSpacing(6)
        for chip in self.chips.values():
            chip.setAutoDefault(False)
            chips.addWidget(chip)
        self.undo.setAutoDefault(False)
        last = QHBoxLayout()
        last.addWidget(self._told, 1)
        last.addWidget(self.undo)
        top, bottom = QVBoxLayout(), QVBoxLayout()
        top.addWidget(self._title)
        top.addLayout(chips)
        bottom.addLayout(last)
        bottom.addWidget(self._chain)
        for part in (top, bottom):
            part.setContentsMargins(16, 0, 16, 0)
            part.setSpacing(10)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 14, 0, 12)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self.view, 1)
        column.addWidget(self._empty, 1)
        column.addLayout(bottom)


def _has(step: Step, words: Sequence[str]) -> bool:
    """Whether all words occur in what a row says; a date or time is one with - or : in it, else every 2 would mean a year."""
    said = f"{step.sentence} {step.who}".casefold()
    return all(word in said or ({"-", ":"} & set(word) and word in local_time(step.at)) for word in words)
