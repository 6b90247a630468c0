"""The level of the claim on nine keys, and what it means."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QPushButton, QSizePolicy, QWidget

from claimdesk.core.claim import Claim
from claimdesk.core.levels import BY_SLUG, LEVELS
from claimdesk.ui import theme as look
from claimdesk.ui.icons import glyph_icon
from claimdesk.ui.inspector.fields import dim
from claimdesk.ui.inspector.wishes import Wishes
from claimdesk.ui.theme import Theme


class LevelKeys(QWidget):
    """Nine buttons, of which Tab reaches the one that is chosen; under them its definition."""

    def __init__(self, wishes: Wishes) -> None:
        super().__init__()
        self._group = QButtonGroup(self, exclusive=True)
        self._definition = dim()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(5)
        for i, level in enumerate(LEVELS):
            button = QPushButton(f"{i + 1}  {level.short}")
            button.setCheckable(True)
            button.setProperty("kind", "level")
            button.setProperty("level", level.slug)
            button.setFont(look.sans(9.2))
            button.setToolTip(f"{level.label}: {level.definition}")
            button.setAccessibleName(f"{level.label}, key {i + 1}")
            button.setAccessibleDescription(level.definition)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._group.addButton(button)
            grid.addWidget(button, i // 3, i % 3)
        grid.addWidget(self._definition, len(LEVELS) // 3, 0, 1, 3)
        self._group.buttonClicked.connect(lambda button: wishes.level.emit(button.property("level")))

    def show_claim(self, claim: Claim) -> None:
        """Show the level of a claim."""
        for button in self._group.buttons():
            chosen = button.property("level") == claim.level
            button.setChecked(chosen)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if chosen else Qt.FocusPolicy.ClickFocus)
        self._definition.setText(BY_SLUG[claim.level].definition)

    def set_theme(self, theme: Theme) -> None:
        """Draw the glyphs in other colours."""
        for button in self._group.buttons():
            level = BY_SLUG[button.property("level")]
            button.setIcon(glyph_icon(level.glyph, theme.level(level.slug), self.devicePixelRatioF()))
