"""Two reviews of one article side by side: where they disagree, one of the two is chosen, with keys or mouse."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QStyle,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from claimdesk.core.merging import Choice, Comparison, Disagreement
from claimdesk.ui import theme as look
from claimdesk.ui.rows import RowDelegate, RowModel, elided, set_up_rows
from claimdesk.ui.theme import Theme

ROW_HEIGHT = 30
COLUMNS = ("Claim", "About", "Mine", "Theirs")
WIDTHS = (210, 120, 196)
"""Pixels of all columns but the last, which takes the rest."""
MINE, THEIRS = 2, 3
CHOSEN, OPEN = "●", "○"

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Question:
    """A disagreement, and which side was chosen: None while nobody has."""

    about: Disagreement
    theirs: bool | None = None


class QuestionModel(RowModel[Question]):
    """A row a disagreement: the claim, what it is about, and what either side says."""

    COLUMNS = len(COLUMNS)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """What a column tells."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a cell, the row for a screen reader, the question for the delegate."""
        question = self.rows[index.row()]
        about = question.about
        match role:
            case Qt.ItemDataRole.DisplayRole:
                mine, theirs = (OPEN if question.theirs is not side else CHOSEN for side in (False, True))
                lines = (about.mine.replace("\n", "; "), about.theirs.replace("\n", "; "))
                number = f"{about.number}  " if about.number else ""
                return (f"{number}{about.claim}", about.label, f"{mine}  {lines[0]}", f"{theirs}  {lines[1]}")[
                    index.column()
                ]
            case Qt.ItemDataRole.AccessibleTextRole:
                taken = {None: "nothing chosen", False: "mine chosen", True: "theirs chosen"}[question.theirs]
                return f"{about.label} of claim {about.number or ''}: mine {about.mine}; theirs {about.theirs}; {taken}"
            case Qt.ItemDataRole.UserRole:
                return question
        return None


class QuestionDelegate(RowDelegate):
    """Paints a cell; the side that was not chosen is grey."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one cell."""
        question: Question = index.data(Qt.ItemDataRole.UserRole)
        box, current = QRectF(option.rect), bool(option.state & QStyle.StateFlag.State_Selected)
        side = {MINE: False, THEIRS: True}.get(index.column())
        is_strong = index.column() == 0 or (side is not None and question.theirs in {None, side})
        painter.save()
        painter.fillRect(box, QColor(self.theme.selection if current else self.theme.panel))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), QColor(self.theme.line))
        if current and index.column() == 0:
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), QColor(self.theme.accent))
        painter.setFont(look.sans(9.5, bold=side is not None and question.theirs is side))
        painter.setPen(QColor(self.theme.ink if is_strong else self.theme.dim))
        words = box.adjusted(14 if index.column() == 0 else 8, 0, -8, -1)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, elided(painter, str(index.data()), words.width()))
        painter.restore()


class QuestionTable(QTableView):
    """The disagreements; left means mine, right means theirs, and Space the other one."""

    side_chosen = Signal(object)
    """True for theirs, False for mine, None for the other than before."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Left, Right and Space choose; Home and End go to the first and last."""
        rows = self.model().rowCount()
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                self.side_chosen.emit(event.key() == Qt.Key.Key_Right)
            case Qt.Key.Key_Space:
                self.side_chosen.emit(None)
            case Qt.Key.Key_Home | Qt.Key.Key_End if rows:
                self.selectRow(0 if event.key() == Qt.Key.Key_Home else rows - 1)
            case _:
                super().keyPressEvent(event)


class MergeDialog(QDialog):
    """Shows what agrees and what is added, and asks for the rest; nothing is merged before all is chosen."""

    def __init__(self, comparison: Comparison, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Merge a Review")
        self.resize(860, 620)
        self._model = QuestionModel()
        self._model.show_rows([Question(one) for one in comparison.disagreements])
        self.view = self._make_view(theme)
        self.mine, self.theirs = _side("What I say"), _side("What they say")
        self.all_mine, self.all_theirs = QPushButton("All &Mine"), QPushButton("All &Theirs")
        self.merge, self._cancel = QPushButton("Mer&ge"), QPushButton("Cancel")
        self.told = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._arrange(comparison)
        self._connect()
        if self._model.rows:
            self.view.selectRow(0)
            self.view.setFocus()
        self._offer()

    @property
    def chosen(self) -> frozenset[Choice]:
        """The disagreements in which theirs counts."""
        return frozenset(row.about.choice for row in self._model.rows if row.theirs)

    # -- inside

    def _choose(self, theirs: bool | None) -> None:
        """Choose a side in the current row, and go on to the next."""
        at = self.view.currentIndex().row()
        if not 0 <= at < len(self._model.rows):
            return
        turned = theirs is None
        side = not self._model.rows[at].theirs if theirs is None else theirs
        self._show([Question(row.about, side) if place == at else row for place, row in enumerate(self._model.rows)])
        if not turned and at + 1 < len(self._model.rows):
            self.view.selectRow(at + 1)

    def _choose_all(self, *, theirs: bool) -> None:
        self._show([Question(row.about, theirs) for row in self._model.rows])
        self.merge.setFocus()

    def _show(self, rows: Sequence[Question]) -> None:
        self._model.show_rows(rows, lambda row: row.about.choice)
        self._offer()

    def _show_sides(self) -> None:
        at = self.view.currentIndex().row()
        about = self._model.rows[at].about if 0 <= at < len(self._model.rows) else None
        self.mine.setPlainText(about.mine if about else "")
        self.theirs.setPlainText(about.theirs if about else "")

    def _click(self, index: QModelIndex) -> None:
        if index.column() in {MINE, THEIRS}:
            self._choose(index.column() == THEIRS)

    def _offer(self) -> None:
        left = sum(row.theirs is None for row in self._model.rows)
        self.merge.setEnabled(not left)
        self.merge.setDefault(not left)
        places = "1 place is" if left == 1 else f"{left} places are"
        self.told.setText(f"{places} still to be chosen: ← mine, → theirs." if left else "Undo takes the merge back.")

    def _connect(self) -> None:
        self.view.selectionModel().currentRowChanged.connect(self._show_sides)
        self.view.side_chosen.connect(self._choose)
        self.view.clicked.connect(self._click)
        self.all_mine.clicked.connect(lambda: self._choose_all(theirs=False))
        self.all_theirs.clicked.connect(lambda: self._choose_all(theirs=True))
        self.merge.clicked.connect(self.accept)
        self._cancel.clicked.connect(self.reject)

    def _make_view(self, theme: Theme) -> QuestionTable:
        view = QuestionTable()
        view.setModel(self._model)
        view.setItemDelegate(QuestionDelegate(theme, ROW_HEIGHT, self))
        set_up_rows(view, "Where the two reviews disagree", ROW_HEIGHT)
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

    def _arrange(self, comparison: Comparison) -> None:
        title = QLabel(comparison.article.title, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        title.setFont(look.sans(11.5, bold=True))
        summary = QLabel(in_words(comparison), wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        summary.setAccessibleName("How the two reviews compare")
        has_questions = bool(self._model.rows)
        sides = QHBoxLayout()
        for name, side in (("&Mine", self.mine), ("&Theirs", self.theirs)):
            column = QVBoxLayout()
            label = QLabel(name.replace("&", ""))
            label.setProperty("kind", "dim")
            column.addWidget(label)
            column.addWidget(side)
            sides.addLayout(column)
            label.setVisible(has_questions)
            side.setVisible(has_questions)
        buttons = QHBoxLayout()
        for button in (self.all_mine, self.all_theirs):
            button.setAutoDefault(False)
            button.setVisible(has_questions)
            buttons.addWidget(button)
        self.told.setProperty("kind", "dim")
        buttons.addWidget(self.told, 1)
        self._cancel.setAutoDefault(False)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self.merge)
        self.view.setVisible(has_questions)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(18, 16, 18, 14)
        whole.setSpacing(10)
        whole.addWidget(title)
        whole.addWidget(summary)
        whole.addWidget(self.view, 1)
        whole.addLayout(sides)
        if not has_questions:
            whole.addStretch(1)
        whole.addLayout(buttons)


def in_words(comparison: Comparison) -> str:
    """How two reviews compare, in two lines."""
    agreeing, added, mine = (
        _claims(count) for count in (comparison.agreeing, len(comparison.added), comparison.only_mine)
    )
    lines = [f"The two agree on {agreeing}. {added} only of theirs will be added, {mine} only of mine stay."]
    kappas = (("levels", comparison.kappa_level), ("reviews", comparison.kappa_review))
    told = ", ".join(f"{value:.2f} over {what}" for what, value in kappas if value is not None)
    return "\n".join([*lines, f"Agreement beyond chance (Cohen’s kappa): {told}."] if told else lines)


def _claims(count: int) -> str:
    return "1 claim" if count == 1 else f"{count} claims"


def _side(name: str) -> QPlainTextEdit:
    side = QPlainTextEdit(readOnly=True, tabChangesFocus=True)
    side.setAccessibleName(name)
    side.setFixedHeight(130)
    return side
