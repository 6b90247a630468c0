"""The backups of the desk: what each holds, a new one, and the way back to an old one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale, Qt, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from claimdesk.ui import theme as look

COLUMNS = ("Made", "Articles", "Claims", "Size", "State")
HOW = (
    "ClaimDesk makes a backup by itself while you work, every 12 hours if the desk has changed. Each is read whole and compared "
    "with the desk before it counts. All of the last two days stay, then one of each day, week and month."
)
REMEMBERED = (
    "Old backups keep what was deleted from the desk since. A source that nobody may find any more is taken out of them too by "
    "“Remove from Everywhere…” in the window of sources; anything else has to be deleted here."
)


@dataclass(frozen=True, slots=True)
class Row:
    """One backup. `path` is its file; `whole` is False for the files of a damaged desk that were kept as they were."""

    path: Path
    at: datetime
    size: int
    whole: bool


@dataclass(frozen=True, slots=True)
class State:
    """What was found in a backup: how many articles and claims, None of one that cannot be restored, and `why` in a sentence."""

    words: str
    why: str = ""
    articles: int | None = None
    claims: int | None = None


class BackupsDialog(QDialog):
    """The list of backups. It asks for what a backup holds one after the other, from the newest on."""

    back_up_wanted = Signal()
    restore_wanted = Signal(object)
    """The path of the backup."""
    reading_wanted = Signal(object)
    """The path of a backup of which it should be told what it holds."""

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Backups")
        self.resize(760, 520)
        self._folder = folder
        self._rows: list[Row] = []
        self._states: dict[Path, State] = {}
        self.table = _table()
        self.table.itemSelectionChanged.connect(self._enable)
        self.table.doubleClicked.connect(self._restore)
        self._words = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self._words.setAccessibleName("What is being done")
        self._progress = QProgressBar(maximum=0, textVisible=False)
        self._progress.setFixedHeight(6)
        self.back_up, self.restore, self._close = (
            QPushButton(words) for words in ("&Back Up Now", "&Restore…", "Close")
        )
        self.back_up.clicked.connect(self.back_up_wanted)
        self.restore.clicked.connect(self._restore)
        self._close.clicked.connect(self.reject)
        self._arrange()
        self.show_busy("")
        self.table.setFocus()

    def show_backups(self, rows: Sequence[Row]) -> None:
        """Show these backups, the newest first; what was found in one before is still known."""
        chosen = self._chosen()
        self._rows = list(rows)
        self.table.setRowCount(len(rows))
        for place, row in enumerate(rows):
            self._fill(place, row)
        kept = next((place for place, row in enumerate(rows) if chosen is not None and row.path == chosen.path), 0)
        if rows:
            self.table.selectRow(kept)
        self._enable()
        self._ask()

    def show_state(self, path: Path, state: State) -> None:
        """Show what was found in a backup, and ask for the next."""
        self._states[path] = state
        for place, row in enumerate(self._rows):
            if row.path == path:
                self._fill(place, row)
        self._enable()
        self._ask()

    def show_busy(self, words: str) -> None:
        """Say what is being done, so that nothing else can be; empty when it is done."""
        self._words.setText(words)
        self._words.setVisible(bool(words))
        self._progress.setVisible(bool(words))
        self._enable()

    def show_failure(self, sentence: str) -> None:
        """Say what went wrong."""
        self.show_busy("")
        self._words.setText(sentence)
        self._words.show()

    @property
    def busy(self) -> bool:
        """Whether a backup is being made or put in place."""
        return not self._progress.isHidden()

    def reject(self) -> None:
        """Close, unless something is being done to the desk."""
        if not self.busy:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """As `reject`."""
        if self.busy:
            event.ignore()
        else:
            super().closeEvent(event)

    def _arrange(self) -> None:
        heading = QLabel("Backups of this desk")
        heading.setFont(look.sans(13, bold=True))
        where = QLabel(str(self._folder), textFormat=Qt.TextFormat.PlainText)
        where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        where.setAccessibleName("Folder of the backups")
        show = QPushButton("Open &Folder")
        show.setAutoDefault(False)
        show.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder))))
        folder = QHBoxLayout()
        folder.addWidget(where, 1)
        folder.addWidget(show)
        buttons = QHBoxLayout()
        buttons.addWidget(self.back_up)
        buttons.addWidget(self.restore)
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        column.addWidget(heading)
        column.addWidget(_dim(HOW))
        column.addWidget(self.table, 1)
        column.addWidget(self._progress)
        column.addWidget(self._words)
        column.addLayout(folder)
        column.addWidget(_dim(REMEMBERED))
        column.addLayout(buttons)

    def _fill(self, place: int, row: Row) -> None:
        state = self._states.get(row.path) or State("reading…" if row.whole else "kept as it was when it was replaced")
        size = QLocale().formattedDataSize(row.size, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)
        counts = ("" if number is None else QLocale().toString(number) for number in (state.articles, state.claims))
        for column, words in enumerate((when(row.at), *counts, size, state.words)):
            item = QTableWidgetItem(words)
            item.setTextAlignment(_aligned(column))
            item.setToolTip(state.why or row.path.name)
            self.table.setItem(place, column, item)

    def _ask(self) -> None:
        unread = next((row for row in self._rows if row.whole and row.path not in self._states), None)
        if unread is not None and not self.busy:
            self.reading_wanted.emit(unread.path)

    def _chosen(self) -> Row | None:
        place = self.table.currentRow()
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def _enable(self) -> None:
        chosen = self._chosen()
        state = self._states.get(chosen.path) if chosen is not None else None
        self.back_up.setEnabled(not self.busy)
        self._close.setEnabled(not self.busy)
        self.table.setEnabled(not self.busy)
        self.restore.setEnabled(not self.busy and state is not None and state.articles is not None)

    def _restore(self) -> None:
        """Say what happens, and let it happen."""
        chosen = self._chosen()
        state = self._states.get(chosen.path) if chosen is not None else None
        if chosen is None or state is None or not self.restore.isEnabled():
            return
        box = QMessageBox(self)
        box.setWindowTitle("Restore")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(f"The desk becomes what it was on {when(chosen.at)}.")
        box.setInformativeText(
            f"It will hold the {state.articles} articles and {state.claims} claims of then. What it holds now is kept as the newest backup, so "
            "that you can go back."
        )
        restore = box.addButton("Restore", QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(restore)
        box.exec()
        if box.clickedButton() is restore:
            self.restore_wanted.emit(chosen.path)


def when(at: datetime) -> str:
    """A time as this place and language write it, to the minute."""
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(int(at.timestamp())), "d MMMM yyyy, HH:mm")


def _table() -> QTableWidget:
    table = QTableWidget(0, len(COLUMNS))
    table.setAccessibleName("Backups, the newest first")
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.setStyleSheet(
        "QTableView::item { padding: 0 6px; }"
        "QHeaderView::section { padding: 5px 9px; border: none; border-bottom: 1px solid palette(mid); }"
    )
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(30)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    for column in range(len(COLUMNS)):
        mode = QHeaderView.ResizeMode.Stretch if column == len(COLUMNS) - 1 else QHeaderView.ResizeMode.ResizeToContents
        header.setSectionResizeMode(column, mode)
        title = QTableWidgetItem(COLUMNS[column])
        title.setTextAlignment(_aligned(column))
        table.setHorizontalHeaderItem(column, title)
    return table


def _aligned(column: int) -> Qt.AlignmentFlag:
    """Numbers stand at the right of their column."""
    right = 0 < column < len(COLUMNS) - 1
    return Qt.AlignmentFlag.AlignVCenter | (Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft)


def _dim(words: str) -> QLabel:
    label = QLabel(words, textFormat=Qt.TextFormat.PlainText, wordWrap=True)
    label.setProperty("kind", "dim")
    return label
