"""The drawings of `resources/icons` in whatever colour and size they are wanted."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from claimdesk.core.resources import RESOURCES
from claimdesk.ui import theme as look


@cache
def picture(name: str, colour: str, size: int = 18) -> QPixmap:
    """A drawing in one colour, `size` pixels wide and as sharp on a dense screen; the drawings say `currentColor`."""
    drawing = (RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    drawn = QPixmap(size * 2, size * 2)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(drawn.rect()))
    painter.end()
    drawn.setDevicePixelRatio(2)
    return drawn


def icon(name: str, colour: str, size: int = 18) -> QIcon:
    """A drawing as an icon."""
    return QIcon(picture(name, colour, size))


def glyph_icon(glyph: str, colour: str, ratio: float) -> QIcon:
    """A level's glyph in its colour, 14 pixels wide."""
    picture = QPixmap(int(14 * ratio), int(14 * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setPen(QColor(colour))
    painter.setFont(look.sans(9.5))
    painter.drawText(
        picture.rect().adjusted(0, 0, int(14 - 14 * ratio), int(14 - 14 * ratio)), Qt.AlignmentFlag.AlignCenter, glyph
    )
    painter.end()
    return QIcon(picture)
