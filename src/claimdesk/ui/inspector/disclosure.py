"""A form that shows what there is, and offers what there is not in one quiet line."""

from collections.abc import Callable, Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from claimdesk.ui.inspector.fields import dim, go_to, quiet
from claimdesk.ui.inspector.flow import Flow

LABELS = 66
"""Pixels of the column of labels, the same in every form, so that the fields stand under each other."""


class Disclosure(QWidget):
    """Rows by name; those that are empty are hidden until somebody asks for them."""

    opened = Signal(str)
    """Somebody asked for an empty row, and it is shown."""

    def __init__(self) -> None:
        super().__init__()
        self._fields: dict[str, QWidget] = {}
        self._offers: dict[str, QPushButton] = {}
        self._ways: dict[str, Callable[[], None]] = {}
        self._opened: set[str] = set()
        self._possible: set[str] = set()
        self._filled: set[str] = set()
        self._rows: dict[str, QWidget] = {}
        self._labels: dict[str, QLabel] = {}
        self._line = QWidget()
        self._flow = Flow(self._line, spacing=2)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(5)
        self._column.addWidget(self._line)

    def add(self, name: str, label: str, field: QWidget, offer: str = "", go: Callable[[], None] | None = None) -> None:
        """Add a row; without a `label` it goes over the whole width. `offer` names it while it is empty, `go` begins it."""
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        if label:
            said = self._labels[name] = dim(label, bold=False)
            said.setFixedWidth(LABELS)
            said.setContentsMargins(0, 5, 0, 0)
            line.addWidget(said, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(field, 1)
        if field.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Fixed:
            line.addStretch(1)
            line.setStretch(line.indexOf(field), 0)
        self._rows[name] = row
        self._column.insertWidget(self._column.count() - 1, row)
        self._fields[name] = field
        self._possible.add(name)
        if offer:
            self.offer(name, offer, go or (lambda: go_to(field)))

    def offer(self, name: str, words: str, go: Callable[[], None]) -> None:
        """Offer something more in the quiet line; where it is a row of that name, the row is shown before `go` is called."""
        self._offers[name] = quiet(f"+ {words}", f"Add {words}")
        self._ways[name] = go
        self._possible.add(name)
        self._offers[name].clicked.connect(lambda: self.open(name))
        self._flow.addWidget(self._offers[name])

    def rename(self, name: str, label: str) -> None:
        """Call a row something else."""
        self._labels[name].setText(label)

    def show_filled(self, filled: Collection[str], possible: Collection[str] | None = None, *, anew: bool) -> None:
        """Show the rows that say something; `possible` are those that make sense at all. `anew` closes what was opened."""
        self._filled = set(filled)
        self._possible = set(possible) if possible is not None else self._fields.keys() | self._offers.keys()
        if anew:
            self._opened.clear()
        self._lay_out()

    def open(self, name: str) -> None:
        """Show a row though it is empty, and begin it."""
        if name in self._fields:
            self._opened.add(name)
            self._lay_out()
        self._ways[name]()
        self.opened.emit(name)

    def _lay_out(self) -> None:
        for name, row in self._rows.items():
            shown = name in self._possible and (
                name in self._filled or name in self._opened or name not in self._offers
            )
            row.setVisible(shown)
        for name, button in self._offers.items():
            there = name in self._fields and (name in self._filled or name in self._opened)
            button.setVisible(name in self._possible and not there)
        self._line.setVisible(any(not button.isHidden() for button in self._offers.values()))
