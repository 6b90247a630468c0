"""What goes when a source is removed from everywhere, asked for by typing its name, since nothing brings it back."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QProgressBar, QPushButton, QVBoxLayout, QWidget

from claimdesk.core.sources import Source, folded
from claimdesk.ui import theme as look


class PurgeDialog(QDialog):
    """Says what goes and what stays; it can be closed at any time but while the source is being removed."""

    purge_wanted = Signal()

    def __init__(self, source: Source, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Remove from Everywhere")
        self.resize(560, 420)
        self._source = source
        self.words = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.words.setAccessibleName("What goes and what stays")
        self.name = QLineEdit(placeholderText=source.name)
        self.name.setAccessibleName("The name of the source, typed to confirm")
        self.remove, self._cancel = QPushButton("&Remove from Everywhere"), QPushButton("Cancel")
        self.remove.setAutoDefault(False)
        self.told = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.told.setAccessibleName("What is being done")
        self._progress = QProgressBar(maximum=0, textVisible=False)
        self._progress.setFixedHeight(6)
        self._is_planned = self._is_removing = False
        self.name.textChanged.connect(self._enable)
        self.remove.clicked.connect(self._remove)
        self._cancel.clicked.connect(self.reject)
        self._arrange()
        self._show_busy("Looking where the source stands…")

    def show_plan(self, lines: Sequence[str]) -> None:
        """Show what goes and what stays, and let the name be typed."""
        self.words.setText("\n".join(f"•  {line}" for line in lines))
        self._is_planned = True
        self._show_busy("")
        self.name.setFocus()

    def show_progress(self, done: int, of: int) -> None:
        """Show how many files are done."""
        self._progress.setMaximum(of)
        self._progress.setValue(done)
        self.told.setText(
            "Writing the desk anew…" if done + 1 == of else f"Looking through backup {done + 1} of {of - 1}…"
        )

    def show_failure(self, sentence: str) -> None:
        """Say what went wrong; it may be tried again."""
        self._is_removing = False
        self._show_busy("")
        self.told.setText(sentence)
        self.told.show()

    def reject(self) -> None:
        """Close, unless the source is being removed."""
        if not self._is_removing:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """As `reject`."""
        if self._is_removing:
            event.ignore()
        else:
            super().closeEvent(event)

    def _remove(self) -> None:
        self._is_removing = True
        self._show_busy("Closing the desk…")
        self.purge_wanted.emit()

    def _show_busy(self, words: str) -> None:
        self._progress.setMaximum(0)
        self._progress.setVisible(bool(words))
        self.told.setText(words)
        self.told.setVisible(bool(words))
        self._enable()

    def _enable(self) -> None:
        is_busy = not self._progress.isHidden()
        self.name.setEnabled(self._is_planned and not is_busy)
        self.remove.setEnabled(self.name.isEnabled() and folded(self.name.text()) == folded(self._source.name))
        self._cancel.setEnabled(not self._is_removing)

    def _arrange(self) -> None:
        heading = QLabel(
            f"Remove “{self._source.name}” from everywhere", wordWrap=True, textFormat=Qt.TextFormat.PlainText
        )
        heading.setFont(look.sans(13, bold=True))
        final = QLabel("As if the source had never been there. It cannot be undone.")
        asked = QLabel("To go on, type its name:")
        asked.setBuddy(self.name)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self.remove)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 18, 20, 16)
        whole.setSpacing(10)
        for said in (heading, final, self.words):
            whole.addWidget(said)
        whole.addStretch(1)
        whole.addWidget(asked)
        whole.addWidget(self.name)
        whole.addWidget(self.told)
        whole.addWidget(self._progress)
        whole.addLayout(buttons)
