"""The levels whose claims go into a report, each with its mark, its colour and how many claims it has."""

from collections.abc import Collection, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from claimdesk.core.levels import LEVELS
from claimdesk.ui.icons import glyph_icon
from claimdesk.ui.theme import Theme

Counts = Mapping[str, tuple[int, int]]
"""A level's slug to how many claims of it are accepted, and how many wait for review."""


class LevelBoxes(QWidget):
    """A box for each level."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName("Levels")
        self.boxes = {level.slug: QCheckBox() for level in LEVELS}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(0)
        for at, level in enumerate(LEVELS):
            box = self.boxes[level.slug]
            box.setIcon(glyph_icon(level.glyph, theme.level(level.slug), self.devicePixelRatioF()))
            box.setToolTip(level.definition)
            box.toggled.connect(lambda _: self.changed.emit())
            grid.addWidget(box, at // 3, at % 3)
        self.setFocusProxy(self.boxes[LEVELS[0].slug])

    @property
    def chosen(self) -> frozenset[str]:
        """The slugs of those that are ticked."""
        return frozenset(slug for slug, box in self.boxes.items() if box.isChecked())

    @property
    def left_out(self) -> tuple[str, ...]:
        """The slugs of the others."""
        return tuple(slug for slug, box in self.boxes.items() if not box.isChecked())

    def leave_out(self, slugs: Collection[str]) -> None:
        """Tick all but these."""
        for slug, box in self.boxes.items():
            box.setChecked(slug not in slugs)

    def show_counts(self, counts: Counts, *, with_suggestions: bool) -> None:
        """Show how many claims of each level would be in the report."""
        for level in LEVELS:
            accepted, waiting = counts.get(level.slug, (0, 0))
            more = f" + {waiting}" if with_suggestions and waiting else ""
            box = self.boxes[level.slug]
            box.setText(f"{level.short}  {accepted}{more}")
            box.setAccessibleName(f"{level.label}, {accepted} accepted, {waiting} not reviewed")
