"""What was found in a folder, an archive or several files, before it is on the desk: one list, from which anything can be left out."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHeaderView, QTableView, QVBoxLayout, QWidget

from claimdesk.core.articles import Candidate
from claimdesk.ui.dialogs.article_fields import dim
from claimdesk.ui.rows import LONGEST, RowModel, set_up_rows

_HEADINGS = ("Article", "Kind", "State")
_Index = QModelIndex | QPersistentModelIndex


class CandidateModel(RowModel[Candidate]):
    """A row each, with a check where it can be taken in."""

    COLUMNS = len(_HEADINGS)

    def __init__(self, rows: Sequence[Candidate]) -> None:
        super().__init__()
        self.rows = rows
        self._left_out: set[int] = set()

    @property
    def chosen(self) -> list[Candidate]:
        """Those that shall be taken in."""
        return [row for at, row in enumerate(self.rows) if at not in self._left_out and _can_come(row)]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Title, kind and state in words; refusals in full for whoever rests on them."""
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _words(row)[index.column()][:LONGEST]
            case Qt.ItemDataRole.CheckStateRole if index.column() == 0 and _can_come(row):
                return Qt.CheckState.Unchecked if index.row() in self._left_out else Qt.CheckState.Checked
            case Qt.ItemDataRole.ToolTipRole:
                return (row.refused or row.name)[:LONGEST].replace("<", "‹")
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(_words(row))[:LONGEST]
        return None

    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802 - Qt's name
        """Check a row, or leave it out."""
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        (self._left_out.discard if Qt.CheckState(value) is Qt.CheckState.Checked else self._left_out.add)(index.row())
        self.dataChanged.emit(index, index, [role])
        return True

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """What is refused or there already cannot be chosen."""
        row = self.rows[index.row()]
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        return flags | Qt.ItemFlag.ItemIsUserCheckable if _can_come(row) else flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: N802 - Qt's name
        """The columns' names."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _HEADINGS[section]
        return None


class ConfirmMany(QDialog):
    """The list; its button takes in what is checked. Closing it leaves nothing behind."""

    def __init__(self, candidates: Sequence[Candidate], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Import Articles")
        self.resize(860, 520)
        self.model = CandidateModel(candidates)
        self._told = dim("")
        self.view = QTableView()
        self.view.setModel(self.model)
        set_up_rows(self.view, "Articles that were found", 30)
        header = self.view.horizontalHeader()
        header.setVisible(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for place, width in enumerate((380, 150, 300)):
            header.resizeSection(place, width)
        header.setStretchLastSection(True)
        buttons = QDialogButtonBox()
        self._import = buttons.addButton("Import", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addWidget(self._told)
        column.addWidget(self.view, 1)
        column.addWidget(buttons)
        self.model.dataChanged.connect(lambda *_: self._count())
        self._count()
        self._import.setDefault(True)
        self._import.setFocus()

    def _count(self) -> None:
        rows, chosen = self.model.rows, len(self.model.chosen)
        there, refused = sum(row.known is not None for row in rows), sum(bool(row.refused) for row in rows)
        parts = [f"{len(rows):,} files were found"]
        parts += [f"{there:,} on the desk already"] if there else []
        parts += [f"{refused:,} cannot be read"] if refused else []
        self._told.setText(", ".join(parts) + ".")
        self._import.setText("Import 1 Article" if chosen == 1 else f"Import {chosen:,} Articles")
        self._import.setEnabled(chosen > 0)


def _can_come(row: Candidate) -> bool:
    return row.draft is not None and row.known is None


def _words(row: Candidate) -> tuple[str, str, str]:
    if row.draft is None:
        return row.name, "", row.refused
    kind = (row.draft.kind.called if row.draft.kind is not None else "text").removeprefix("a ").removeprefix("an ")
    if row.known is not None:
        state = "on the desk already"
    elif row.kin:
        state = f"new version? {row.kin[0].likeness:.0%} the same as “{row.kin[0].title}”"
    else:
        state = " ".join(("new.", *row.draft.warnings)) if row.draft.warnings else "new"
    return row.draft.article.title, kind, state
