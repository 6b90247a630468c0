"""The sourcing of an article as one slim bar: how much of it rests on each attribution level."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from claimdesk.core.levels import LEVELS
from claimdesk.ui.theme import Theme


def paint_bar(painter: QPainter, box: QRectF, counts: Mapping[str, int], theme: Theme) -> None:
    """Draw the levels of `counts` (slug to number of claims) in proportion, in the order of their digits."""
    total = sum(counts.values())
    clip = QPainterPath()
    clip.addRoundedRect(box, box.height() / 2, box.height() / 2)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipPath(clip)
    painter.fillRect(box, QColor(theme.line))
    x = box.left()
    for level in LEVELS:
        width = box.width() * counts.get(level.slug, 0) / total if total else 0
        if width:
            painter.fillRect(QRectF(x, box.top(), max(1.0, width - 1), box.height()), QColor(theme.level(level.slug)))
            x += width
    painter.restore()


class SourcingBar(QWidget):
    """The bar as a widget, with the counts in words for those who cannot see it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._counts: Mapping[str, int] = {}
        self.setFixedHeight(8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Sourcing")

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show these numbers of claims per level."""
        self._counts = counts
        words = ", ".join(f"{level.label} {counts[level.slug]}" for level in LEVELS if counts.get(level.slug))
        self.setToolTip(words)
        self.setAccessibleDescription(words)
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as there is room."""
        return QSize(200, 8)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the bar."""
        del event
        painter = QPainter(self)
        paint_bar(painter, QRectF(self.rect()), self._counts, self._theme)
        painter.end()
