"""One source of the register in full; whoever leaves a field has said it, and it is written as one step."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from claimdesk.core.sources import Source, SourceKind
from claimdesk.ui import theme as look
from claimdesk.ui.icons import icon
from claimdesk.ui.theme import Theme

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class Lines(QPlainTextEdit):
    """Several lines that tell when they have been left."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Whoever leaves has finished."""
        super().focusOutEvent(event)
        self.left.emit()


class Line(QLineEdit):
    """A line that Escape sets back to what the register knows, and whose keys mean nothing else to the window."""

    given_up = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape gives up what was written."""
        if event.key() == Qt.Key.Key_Escape and self.isModified():
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep Enter and Escape from the window's shortcuts."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and (event.key() in _ENTER or (event.key() == Qt.Key.Key_Escape and self.isModified()))
        ):
            event.accept()
            return True
        return super().event(event)


class SourceForm(QFrame):
    """Shows one source and asks for changes to it."""

    described = Signal(object, object)
    """A source as it was shown, and as somebody says it is."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("source")
        self._source: Source | None = None
        self.name = _line("Name", "Name in full")
        self.kind = QComboBox()
        self.kind.setAccessibleName("Kind")
        for kind in SourceKind:
            self.kind.addItem(kind.value.capitalize(), kind)
        self.role = _line("Role", "Minister, harbour master, spokesperson …")
        self.affiliation = _line("Affiliation", "Ministry, company, newspaper …")
        self.aliases = _lines("Aliases", "Other names, one a line: whoever writes one means this source")
        self.confidential = QCheckBox("Confidential: reports show only the pseudonym")
        self.pseudonym = _line("Pseudonym", "")
        self._hint = QLabel(
            "Name, aliases, role and affiliation stay in this program. What the article itself prints stays printed; "
            "the export says where it names this source.",
            wordWrap=True, textFormat=Qt.TextFormat.PlainText,
        )  # fmt: skip
        self._hint.setProperty("kind", "dim")
        self._hint.setFont(look.sans(8.8))
        self.note = _lines("Note", "For you alone: no report shows it")
        self._arrange()
        self._connect()
        self.set_theme(theme)

    def show_source(self, source: Source) -> None:
        """Show a source; of the same one, what somebody is writing stays."""
        other = self._source is None or self._source.name != source.name
        self._source = source
        for field, words in self._fields():
            if other or not field.hasFocus() or not _is_modified(field):
                _set(field, words)
        with QSignalBlocker(self.kind), QSignalBlocker(self.confidential):
            self.kind.setCurrentIndex(self.kind.findData(source.kind))
            self.confidential.setChecked(source.confidential)
        self._fields_box.setRowVisible(self.pseudonym, source.confidential)
        self._fields_box.setRowVisible(self._hint, source.confidential)

    def forget(self) -> None:
        """Show no source."""
        self._source = None
        self._set_back()

    def save(self) -> None:
        """Ask for what is written to be taken over, if it says something new; whoever hears it shows the source again."""
        source = self._source
        if source is None:
            return
        after = replace(
            source,
            name=self.name.text(),
            kind=self.kind.currentData(),
            role=self.role.text(),
            affiliation=self.affiliation.text(),
            aliases=tuple(self.aliases.toPlainText().splitlines()),
            confidential=self.confidential.isChecked(),
            pseudonym=self.pseudonym.text(),
            note=self.note.toPlainText(),
        )
        for field, _ in self._fields():
            _set_modified(field, modified=False)
        if after != source:
            self._source = None
            self.described.emit(source, after)

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        for place, kind in enumerate(SourceKind):
            self.kind.setItemIcon(place, icon(kind, theme.dim))
        self.confidential.setIcon(icon("lock", theme.accent, 16))

    def _fields(self) -> list[tuple[QLineEdit | QPlainTextEdit, str]]:
        """The written fields with what the register knows for each."""
        known = self._source or Source(0, "")
        return [
            (self.name, known.name), (self.role, known.role), (self.affiliation, known.affiliation),
            (self.aliases, "\n".join(known.aliases)), (self.pseudonym, known.pseudonym), (self.note, known.note),
        ]  # fmt: skip

    def _set_back(self) -> None:
        for field, words in self._fields():
            _set(field, words)

    def _connect(self) -> None:
        for line in (self.name, self.role, self.affiliation, self.pseudonym):
            line.editingFinished.connect(self.save)
            line.given_up.connect(self._set_back)
        for lines in (self.aliases, self.note):
            lines.left.connect(self.save)
        self.kind.currentIndexChanged.connect(self.save)
        self.confidential.toggled.connect(self.save)

    def _arrange(self) -> None:
        self._fields_box = fields = QFormLayout()
        fields.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        fields.setHorizontalSpacing(14)
        fields.setVerticalSpacing(7)
        fields.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.kind.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.aliases.setFixedHeight(56)
        self.note.setFixedHeight(56)
        for label, field in (
            ("Name", self.name), ("Kind", self.kind), ("Role", self.role), ("Affiliation", self.affiliation),
            ("Aliases", self.aliases), ("", self.confidential), ("Pseudonym", self.pseudonym), ("", self._hint),
            ("Note", self.note),
        ):  # fmt: skip
            said = QLabel(label)
            said.setProperty("kind", "dim")
            said.setFont(look.sans(9))
            fields.addRow(said, field)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(18, 14, 18, 10)
        whole.addLayout(fields)


def _line(name: str, hint: str) -> Line:
    line = Line(placeholderText=hint)
    line.setAccessibleName(name)
    return line


def _lines(name: str, hint: str) -> Lines:
    lines = Lines(tabChangesFocus=True, placeholderText=hint)
    lines.setAccessibleName(name)
    return lines


def _set(field: QLineEdit | QPlainTextEdit, words: str) -> None:
    if isinstance(field, QLineEdit):
        if field.text() != words:
            field.setText(words)
            field.setCursorPosition(0)
    elif field.toPlainText() != words:
        field.setPlainText(words)
    _set_modified(field, modified=False)


def _is_modified(field: QLineEdit | QPlainTextEdit) -> bool:
    return field.isModified() if isinstance(field, QLineEdit) else field.document().isModified()


def _set_modified(field: QLineEdit | QPlainTextEdit, *, modified: bool) -> None:
    if isinstance(field, QLineEdit):
        field.setModified(modified)
    else:
        field.document().setModified(modified)
