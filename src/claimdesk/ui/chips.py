"""Chips over a list: buttons that narrow it, some of them with a menu of what it can be narrowed to."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton

from claimdesk.ui import theme as look

Name = TypeVar("Name")
Option = tuple[str | None, str]
"""A value that a filter can have, and its label."""


def make_chips(
    names: Iterable[Name], menus: Mapping[Name, Callable[[], None]] | None = None
) -> dict[Name, QPushButton]:
    """A chip for each name; those of `menus` have a menu, which is filled each time before it is shown."""
    chips = {name: QPushButton() for name in names}
    for chip in chips.values():
        chip.setProperty("kind", "chip")
        chip.setFont(look.sans(8.6))
        chip.setCheckable(True)
    for name, fill in (menus or {}).items():
        menu = QMenu(chips[name])
        menu.aboutToShow.connect(fill)
        chips[name].setMenu(menu)
    return chips


def offer(chip: QPushButton, options: Sequence[Option], current: object, choose: Callable[[Any], None]) -> None:
    """Fill the menu of a chip with these options, of which the `current` value is ticked."""
    menu = chip.menu()
    menu.clear()
    for value, label in options:
        action = menu.addAction(label.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(current == value)
        action.triggered.connect(lambda _=False, v=value: choose(v))


def row_of(chips: Mapping[str, QPushButton]) -> QHBoxLayout:
    """The chips side by side, with room behind them."""
    row = QHBoxLayout()
    row.setSpacing(5)
    for chip in chips.values():
        row.addWidget(chip)
    row.addStretch(1)
    return row
