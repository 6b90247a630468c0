"""What goes into a report, asked only where there is something to decide."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from claimdesk.core.confidential import Naming, warning


class ExportDialog(QDialog):
    """Asks whether open suggestions and the names of confidential sources go into the report."""

    def __init__(
        self, still_open: int, namings: Sequence[Naming], *, confidential: bool, parent: QWidget | None = None
    ) -> None:
        """`still_open` suggestions wait for review; `confidential` says whether the desk knows such sources."""
        super().__init__(parent)
        self.setWindowTitle("Export Report")
        self.setMinimumWidth(460)
        self._suggestions = QCheckBox("Show them too, marked as not reviewed")
        self._names = QCheckBox("Show the names of confidential sources")
        self._published = QCheckBox("These words are published: export them as they are")
        self._has_namings = bool(namings)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(9)
        if still_open:
            waiting = "1 suggestion has" if still_open == 1 else f"{still_open} suggestions have"
            column.addWidget(_words(f"{waiting} not been reviewed. The report counts accepted claims only."))
            column.addWidget(self._suggestions)
        if confidential:
            column.addWidget(
                _words("Confidential sources stand in the report by their pseudonyms, also in reasons and notes.")
            )
            column.addWidget(self._names)
        if namings:
            column.addWidget(_words(warning(len(namings))))
            column.addWidget(_places(namings))
            column.addWidget(self._published)
        buttons = QDialogButtonBox()
        self._export = buttons.addButton("Export", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column.addSpacing(6)
        column.addWidget(buttons)
        for box in (self._names, self._published):
            box.toggled.connect(self._check)
        self._check()

    @property
    def suggestions(self) -> bool:
        """Whether open suggestions are wanted."""
        return self._suggestions.isChecked()

    @property
    def names(self) -> bool:
        """Whether the names of confidential sources are wanted."""
        return self._names.isChecked()

    def _check(self) -> None:
        self._export.setEnabled(not self._has_namings or self._names.isChecked() or self._published.isChecked())


def _words(text: str) -> QLabel:
    return QLabel(text, wordWrap=True, textFormat=Qt.TextFormat.PlainText)


def _places(namings: Sequence[Naming]) -> QPlainTextEdit:
    lines = "\n\n".join(f"{naming.where.capitalize()}: {naming.words}" for naming in namings)
    places = QPlainTextEdit(lines, readOnly=True, tabChangesFocus=True)
    places.setAccessibleName("Places where the text names a confidential source")
    places.setFixedHeight(130)
    return places
