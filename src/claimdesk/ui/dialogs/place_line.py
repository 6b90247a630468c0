"""The line that says in which folder a desk shall lie, with a button to choose another."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QDir, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from claimdesk.ui import theme as look
from claimdesk.ui.dialogs.key_pages import plain_words

IS_THERE = "There is a desk in this folder already. It is opened as it is, and unlocked if it is encrypted."


@dataclass(frozen=True, slots=True)
class Spot:
    """What is known of a folder: why no new desk may lie there, in a sentence, and whether one lies there already."""

    objection: str = ""
    has_desk: bool = False


Look = Callable[[Path], Spot]
"""From a folder to what is known of it."""


class PlaceLine(QWidget):
    """The folder, and under it what speaks against it or what is there."""

    changed = Signal()

    def __init__(self, folder: Path, look_at: Look | None, *, movable: bool, parent: QWidget | None = None) -> None:
        """Without `look_at` nothing is known of any folder."""
        super().__init__(parent)
        self._look_at = look_at or (lambda _: Spot())
        self._shown = _Path()
        self._change = QPushButton("Change…")
        self._change.setAccessibleName("Change the folder of the desk")
        self._change.setAutoDefault(False)
        self._change.setVisible(movable)
        self._change.clicked.connect(self._choose)
        self._told = plain_words("")
        row = QHBoxLayout()
        row.addWidget(self._shown, 1)
        row.addWidget(self._change)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self._told)
        self.show_folder(folder)

    def show_folder(self, folder: Path) -> None:
        """Let the desk lie in this folder, if nothing speaks against it."""
        self.folder = folder
        self.spot = spot = self._look_at(folder)
        self._shown.show_path(QDir.toNativeSeparators(str(folder)))
        self._told.setText(IS_THERE if spot.has_desk else spot.objection)
        self._told.setVisible(bool(self._told.text()))
        self._told.setProperty("kind", "dim" if spot.has_desk else "error")
        self._told.style().unpolish(self._told)
        self._told.style().polish(self._told)
        self.changed.emit()

    def _choose(self) -> None:
        folder = choose_folder(self, self.folder)
        if folder is not None:
            self.show_folder(folder)


class _Path(QLabel):
    """A path, of which the middle is left out where it is too long."""

    def __init__(self) -> None:
        super().__init__(textFormat=Qt.TextFormat.PlainText)
        self._whole = ""
        self.setFont(look.mono(12))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_path(self, path: str) -> None:
        self._whole = path
        self.setToolTip(path)
        self.setAccessibleName(f"Folder of the desk: {path}")
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideMiddle, self.width()))


def choose_folder(parent: QWidget | None, begin: Path) -> Path | None:
    """Ask for a folder, from the nearest to `begin` on that is there; None if somebody left that."""
    there = next((str(folder) for folder in (begin, *begin.parents) if QDir(str(folder)).exists()), "")
    name = QFileDialog.getExistingDirectory(parent, "Folder of the Desk", there)
    return Path(name) if name else None
