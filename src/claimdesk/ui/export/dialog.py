"""The report out: in which format, what of the review goes into it, what would leave with it, and where it goes."""

import os
from pathlib import Path, PurePath

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from claimdesk.core.confidential import warning
from claimdesk.core.reports import ENDINGS, Contents, Wanted, more
from claimdesk.core.settings import Settings
from claimdesk.ui import theme as look
from claimdesk.ui.export.formats import FormatList
from claimdesk.ui.export.levels import Counts, LevelBoxes
from claimdesk.ui.theme import Theme

SHOWN_AFTER = 400
"""Milliseconds of writing after which its progress is shown."""


class ExportDialog(QDialog):
    """Asks all of it in one place; it says what it needs to know and do, and stays until the report is written."""

    look_wanted = Signal(object)
    """It should be told what would leave with what is wanted (Wanted)."""
    write_wanted = Signal(object, object)
    """The file (a Path) and what is wanted in it."""
    stop_wanted = Signal()

    def __init__(
        self, counts: Counts, name: str, folder: Path, last: Settings, theme: Theme, parent: QWidget | None = None
    ) -> None:
        """`name` is offered for the file, without an ending; `last` says what was chosen the last time."""
        super().__init__(parent)
        self.setWindowTitle("Export Report")
        self.resize(900, 660)
        self.folder = folder
        self._counts = counts
        self._shown: Wanted | None = None
        self._contents: Contents | None = None
        self._may_replace: Path | None = None
        self._is_writing = False
        self.formats = FormatList(theme)
        self.suggestions = QCheckBox("Open &suggestions too, marked as not reviewed")
        self.levels = LevelBoxes(theme)
        self.names = QCheckBox("The &names of confidential sources, not their pseudonyms")
        self.published = QCheckBox("These &words are published: export them as they are")
        self.warning, self.more, self.told, self.where = _words(), _words("dim"), _words("error"), _words("dim")
        self.places, self.leaving = (
            _reading("Places where the text names a confidential source"),
            _reading("What leaves"),
        )
        self.name = QLineEdit()
        self.choose, self.export, self.cancel = QPushButton("&Choose…"), QPushButton("&Export"), QPushButton("Cancel")
        self._progress = QProgressBar(maximum=0, textVisible=False)
        self._progress_soon = QTimer(self, singleShot=True, interval=SHOWN_AFTER)
        self._choices = QWidget()
        self._arrange()
        self._remember(last, name)
        self._connect()
        self._change()
        self.formats.setFocus()

    # -- what is chosen

    @property
    def wanted(self) -> Wanted:
        """What is to go into the report; some formats hold all of the review, whatever is ticked."""
        names = self.names.isChecked()
        if more(self.formats.ending):
            return Wanted(suggestions=True, names=names)
        return Wanted(self.suggestions.isChecked(), self.levels.chosen, names)

    @property
    def choices(self) -> dict[str, object]:
        """What is remembered for the next time, by the names of the settings."""
        return {
            "report_format": self.formats.ending,
            "report_suggestions": self.suggestions.isChecked(),
            "report_left_out": self.levels.left_out,
            "report_folder": str(self.path.parent),
        }

    @property
    def path(self) -> Path:
        """The file that the report goes to."""
        return self.folder / os.path.expanduser(self.name.text().strip())  # noqa: PTH111 - Path's raises for unknown users

    # -- what it is told

    def show_contents(self, wanted: Wanted, contents: Contents) -> None:
        """Show what would leave; it is dropped if something else is wanted by now."""
        if wanted != self.wanted:
            return
        self._shown, self._contents = wanted, contents
        people = [
            f"    {person.in_words}" for person in sorted(contents.people, key=lambda person: not person.confidential)
        ]
        sources = [f"Sources: {len(people)}", *people] if people else ["No sources"]
        self.leaving.setPlainText("\n".join([*contents.in_words, *sources]))
        self.names.setVisible(contents.any_confidential)
        self.places.setPlainText("\n".join(f"{one.where.capitalize()}: {one.words}" for one in contents.namings))
        self.warning.setText(warning(len(contents.namings)))
        for widget in (self.warning, self.places, self.published):
            widget.setVisible(bool(contents.namings))
        self._enable()

    def show_counts(self, counts: Counts) -> None:
        """The claims changed meanwhile: show these counts, and ask anew what would leave."""
        self._counts, self._shown = counts, None
        self._change()

    def show_failure(self, sentence: str) -> None:
        """Say what went wrong beside the name; everything chosen stays."""
        self._end_writing(sentence)
        self.name.setFocus()
        self.name.selectAll()

    def show_stopped(self) -> None:
        """Say that nothing was written."""
        self._end_writing("Stopped. Nothing was written.")

    def reject(self) -> None:
        """Close; while the report is being written, stop that instead."""
        if self._is_writing:
            self.cancel.setEnabled(False)
            self.stop_wanted.emit()
        else:
            super().reject()

    # -- what is done with it

    def _change(self) -> None:
        """Something else is wanted: show it, and ask what would leave."""
        holds_all = more(self.formats.ending)
        self.more.setText(holds_all)
        self.more.setVisible(bool(holds_all))
        self.suggestions.setEnabled(not holds_all)
        self.levels.setEnabled(not holds_all)
        self.levels.show_counts(self._counts, with_suggestions=self.wanted.suggestions)
        self._enable()
        self.look_wanted.emit(self.wanted)

    def _choose_format(self) -> None:
        """The name follows the format."""
        stem = self._stem()
        self._set_name(f"{stem}{self.formats.ending}" if stem else "")
        self._change()

    def _write_name(self, name: str) -> None:
        """The format follows the name."""
        self._forget_file()
        ending = PurePath(name.strip()).suffix.lower()
        if ending != self.formats.ending:
            self.formats.choose(ending)

    def _set_name(self, name: str) -> None:
        self.name.setText(name)
        self._forget_file()

    def _forget_file(self) -> None:
        """Whatever was said of another file no longer holds."""
        self._may_replace = None
        self.export.setText("&Export")
        self._say("")

    def _stem(self) -> str:
        name = self.name.text().strip()
        ending = PurePath(name).suffix
        return name.removesuffix(ending) if ending.lower() in ENDINGS else name

    def _choose_file(self) -> None:
        self._complete_name()
        kinds = {f"{ENDINGS[ending]} (*{ending})": ending for ending in (self.formats.ending, *ENDINGS)}
        named, kind = QFileDialog.getSaveFileName(self, "Export Report", str(self.path), ";;".join(kinds))
        if not named:
            return
        path = Path(named)
        self.folder = path.parent
        if kinds.get(kind, self.formats.ending) != self.formats.ending:
            self.formats.choose(kinds[kind])
        self._write_name(path.name)
        self._set_name(path.name)
        self._complete_name()
        self._may_replace = path if path.name == self.name.text() else None  # the file dialog asked about it
        self._show_folder()
        self.export.setFocus()

    def _complete_name(self) -> None:
        """A name without an ending gets that of the format."""
        name = self.name.text().strip()
        if name and not PurePath(name).suffix:
            self._set_name(f"{name}{self.formats.ending}")

    def _export(self) -> None:
        self._complete_name()
        if not self.name.text().strip():
            self.show_failure("The report needs a name.")
        elif self._may_replace != self.path and _is_there(self.path):
            self._may_replace = self.path
            self._say("There is a file of this name already. Replace it, or choose another name.")
            self.export.setText("&Replace")
        else:
            self._start_writing()

    def _start_writing(self) -> None:
        self._is_writing = True
        self._say("")
        self.cancel.setText("Stop")
        self._progress_soon.start()
        self._enable()
        self.write_wanted.emit(self.path, self.wanted)

    def _end_writing(self, sentence: str) -> None:
        self._is_writing = False
        self._progress_soon.stop()
        self._progress.hide()
        self.cancel.setText("Cancel")
        self.cancel.setEnabled(True)
        self._say(sentence)
        self._enable()

    def _say(self, sentence: str) -> None:
        self.told.setText(sentence)
        self.told.setVisible(bool(sentence))

    def _enable(self) -> None:
        """It can be written once it is known what leaves, and the places that name a source are answered for."""
        self._choices.setEnabled(not self._is_writing)
        self.name.setEnabled(not self._is_writing)
        self.choose.setEnabled(not self._is_writing)
        is_known = self._contents is not None and self._shown == self.wanted
        named = self._contents is not None and bool(self._contents.namings)
        answered = not named or self.names.isChecked() or self.published.isChecked()
        self.export.setEnabled(is_known and answered and bool(self.wanted.levels) and not self._is_writing)

    def _show_folder(self) -> None:
        room = QFontMetricsF(self.where.font())
        self.where.setText(f"in {room.elidedText(str(self.folder), Qt.TextElideMode.ElideMiddle, 600)}")
        self.where.setToolTip(str(self.folder))

    # -- how it is put together

    def _remember(self, last: Settings, name: str) -> None:
        self.formats.choose(last.report_format)
        self.suggestions.setChecked(last.report_suggestions)
        self.levels.leave_out(last.report_left_out)
        self.name.setText(f"{name}{self.formats.ending}")
        number = 2
        while _is_there(self.path):
            self.name.setText(f"{name} {number}{self.formats.ending}")
            number += 1
        self._show_folder()

    def _connect(self) -> None:
        self.formats.currentItemChanged.connect(lambda *_: self._choose_format())
        for box in (self.suggestions, self.names):
            box.toggled.connect(lambda _: self._change())
        self.levels.changed.connect(self._change)
        self.published.toggled.connect(lambda _: self._enable())
        self.name.textEdited.connect(self._write_name)
        self.choose.clicked.connect(self._choose_file)
        self.export.clicked.connect(self._export)
        self.cancel.clicked.connect(self.reject)
        self._progress_soon.timeout.connect(self._progress.show)

    def _arrange(self) -> None:
        for button in (self.choose, self.cancel):
            button.setAutoDefault(False)
        self.export.setDefault(True)
        for widget in (self.names, self.warning, self.places, self.published, self.more, self.told, self._progress):
            widget.hide()
        self.places.setFixedHeight(96)
        self._progress.setFixedHeight(6)
        self._progress.setAccessibleName("The report is being written")
        self.told.setAccessibleName("What went wrong")
        sides = QHBoxLayout(self._choices)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(20)
        sides.addLayout(_column(_heading("&Format", self.formats), self.formats))
        goes_in = _column(
            _heading("What &goes in", self.levels), self.suggestions, self.levels, self.more, self.names, self.warning,
            self.places, self.published, _heading("What &leaves this computer with it", self.leaving), self.leaving,
        )  # fmt: skip
        sides.addLayout(goes_in, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 16, 20, 16)
        whole.setSpacing(10)
        whole.addWidget(self._choices, 1)
        whole.addLayout(self._foot())

    def _foot(self) -> QVBoxLayout:
        label = QLabel("F&ile name")
        label.setBuddy(self.name)
        file = QHBoxLayout()
        file.addWidget(label)
        file.addWidget(self.name, 1)
        file.addWidget(self.choose)
        buttons = QHBoxLayout()
        buttons.addWidget(self.where, 1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.export)
        foot = QVBoxLayout()
        foot.setSpacing(7)
        foot.addLayout(file)
        foot.addWidget(self.told)
        foot.addWidget(self._progress)
        foot.addLayout(buttons)
        return foot


def _column(*widgets: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(6)
    for widget in widgets:
        column.addWidget(widget, 1 if isinstance(widget, QListWidget) or widget is widgets[-1] else 0)
    return column


def _heading(text: str, buddy: QWidget) -> QLabel:
    heading = QLabel(text)
    heading.setFont(look.sans(10, bold=True))
    heading.setBuddy(buddy)
    return heading


def _words(kind: str = "") -> QLabel:
    words = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
    if kind:
        words.setProperty("kind", kind)
    return words


def _reading(name: str) -> QPlainTextEdit:
    text = QPlainTextEdit(readOnly=True, tabChangesFocus=True)
    text.setAccessibleName(name)
    return text


def _is_there(path: Path) -> bool:
    """Whether there is a file; what can be no file's name is none."""
    return os.path.isfile(path)  # noqa: PTH113 - Path's own raises for names that are too long
