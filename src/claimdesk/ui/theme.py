"""The colours and letters of the window, in light and dark.

Colour belongs to the attribution levels alone, plus one accent for what is selected. The palette is set by hand because
Qt's own colour scheme has no effect offscreen or on plain X.
"""

from dataclasses import dataclass
from functools import cache
from string import Template

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPainter, QPalette, QPen
from PySide6.QtWidgets import QApplication

from claimdesk.core.levels import BY_SLUG
from claimdesk.core.resources import RESOURCES

SERIF = ("Noto Serif", "Charter", "Georgia", "Cambria", "Liberation Serif", "DejaVu Serif")
"""Families for reading, best first; the first that the system has is taken."""
SANS = ("Noto Sans", "Segoe UI", "SF Pro Text", "Helvetica Neue", "Liberation Sans", "DejaVu Sans")
SCRIPTS = ("Devanagari", "Arabic", "Hebrew", "Bengali", "Tamil", "Thai", "CJK KR", "CJK SC", "CJK JP")
"""Scripts for which the Noto families have a face of their own, asked for after the reading face."""


@dataclass(frozen=True, slots=True)
class Theme:
    """One set of colours; the names are those of the surfaces and letters that they paint."""

    name: str
    window: str
    panel: str
    raised: str
    paper: str
    selection: str
    ink: str
    dim: str
    line: str
    accent: str
    error: str
    error_surface: str

    @property
    def dark(self) -> bool:
        """Whether the letters are lighter than the paper."""
        return self.name == "dark"

    def level(self, slug: str) -> str:
        """The colour of an attribution level."""
        level = BY_SLUG[slug]
        return level.dark if self.dark else level.light

    def tint(self, slug: str) -> QColor:
        """The light wash behind an accepted claim: a tenth of the level's colour on paper."""
        colour = QColor(self.level(slug))
        colour.setAlpha(34 if self.dark else 22)
        return colour


LIGHT = Theme(
    "light", window="#F1EFEA", panel="#FFFFFF", raised="#F7F6F3", paper="#FDFCF9", selection="#E6EFFA", ink="#1E2328",
    dim="#5F6873", line="#DEDAD2", accent="#1D5FA6", error="#8C1D18", error_surface="#FBEAE8",
)  # fmt: skip
DARK = Theme(
    "dark", window="#14171B", panel="#1B1F24", raised="#23282F", paper="#181B20", selection="#26384D", ink="#E6E8EB",
    dim="#9AA4AF", line="#2E343C", accent="#7DB4F0", error="#F4B4AE", error_surface="#3B2322",
)  # fmt: skip


def choose(preference: str) -> Theme:
    """The theme for "light", "dark" or "system"."""
    if preference == "system":
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return DARK if dark else LIGHT
    return DARK if preference == "dark" else LIGHT


@cache
def _families(wanted: tuple[str, ...], noto: str) -> list[str]:
    installed = set(QFontDatabase.families())
    first = [family for family in wanted if family in installed][:1]
    scripts = [f"{kind} {script}" for script in SCRIPTS for kind in (noto, "Noto Sans")]
    return [*first, *(family for family in scripts if family in installed), "Noto Color Emoji"]


def serif(points: float) -> QFont:
    """The face to read an article in, `points` large."""
    font = QFont(_families(SERIF, "Noto Serif"))
    font.setStyleHint(QFont.StyleHint.Serif)
    font.setPointSizeF(points)
    return font


def sans(points: float, *, bold: bool = False) -> QFont:
    """The face of everything but the article, `points` large."""
    font = QFont(_families(SANS, "Noto Sans"))
    font.setStyleHint(QFont.StyleHint.SansSerif)
    font.setPointSizeF(points)
    font.setBold(bold)
    return font


def mono(points: float) -> QFont:
    """A face in which no letter is taken for another, `points` large."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPointSizeF(points)
    return font


def apply(theme: Theme, app: QApplication) -> None:
    """Give the whole program the theme's palette, style sheet and face."""
    app.setStyle("Fusion")
    app.setFont(sans(10))
    app.setPalette(_palette(theme))
    tick = RESOURCES / "icons" / f"check-{theme.name}.svg"
    arrow = RESOURCES / "icons" / f"arrow-{theme.name}.svg"
    colours = {field: getattr(theme, field) for field in Theme.__slots__}
    app.setStyleSheet(_STYLE.substitute(colours, tick=tick.as_posix(), arrow=arrow.as_posix()))


def draw_focus(painter: QPainter, box: QRectF, theme: Theme, *, radius: float = 0) -> None:
    """Frame the row of a list that keys mean."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.accent), 2))
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -2), radius, radius)


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.window, role.WindowText: theme.ink, role.Base: theme.panel, role.AlternateBase: theme.raised,
        role.Text: theme.ink, role.Button: theme.panel, role.ButtonText: theme.ink, role.ToolTipBase: theme.raised,
        role.ToolTipText: theme.ink, role.PlaceholderText: theme.dim, role.Highlight: theme.accent,
        role.HighlightedText: theme.paper, role.Link: theme.accent, role.LinkVisited: theme.accent,
        role.Light: theme.raised, role.Mid: theme.line, role.Dark: theme.line, role.Shadow: theme.line,
        role.BrightText: theme.error,
    }  # fmt: skip
    palette = QPalette()
    for which, colour in colours.items():
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(theme.dim))
    return palette


_STYLE = Template("""
QToolTip { background: $raised; color: $ink; border: 1px solid $line; padding: 4px 6px; }
QMenuBar { background: $raised; border-bottom: 1px solid $line; padding: 2px 6px; }
QMenuBar::item { padding: 4px 9px; border-radius: 5px; background: transparent; }
QMenuBar::item:selected { background: $selection; }
QMenu { background: $panel; border: 1px solid $line; padding: 5px; }
QMenu::item { padding: 5px 26px 5px 24px; border-radius: 4px; }
QMenu::item:selected { background: $selection; color: $ink; }
QMenu::item:disabled { color: $dim; }
QMenu::separator { height: 1px; background: $line; margin: 5px 8px; }
QMenu::icon { padding-left: 6px; }
QStatusBar { background: $raised; border-top: 1px solid $line; color: $dim; }
QStatusBar::item { border: none; }
QSplitter::handle { background: $line; }
QSplitter::handle:hover { background: $accent; }
QLabel[kind="dim"], QLabel[kind="heading"] { color: $dim; }
QLabel[kind="error"] { color: $error; }
#recovery { background: $panel; border: 1px solid $line; border-radius: 8px; padding: 14px; }
QLabel[kind="key"] { background: $panel; border: 1px solid $line; border-bottom-width: 2px; border-radius: 4px;
  padding: 0 5px; color: $ink; }
#library, #claims, #inspector, #sources, #register { background: $raised; }
#source, #source_claims, #source_merge { background: $raised; }
#inspector QScrollArea, #inspector QScrollArea > QWidget > QWidget { background: transparent; }
#card { background: $panel; border: 1px solid $line; border-radius: 8px; }
#article { background: $paper; border: none; selection-background-color: $accent; selection-color: $paper; }
#notice { background: $error_surface; border-bottom: 1px solid $line; }
#notice QLabel { color: $error; }
#notice[kind="said"] { background: $selection; }
#notice[kind="said"] QLabel { color: $ink; }
#reading { background: $selection; border-bottom: 1px solid $line; }
QProgressBar { background: $line; border: none; border-radius: 3px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QComboBox { background: $panel; border: 1px solid $line; border-radius: 6px; padding: 3px 8px; }
QComboBox:focus { border: 1px solid $accent; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url("$arrow"); width: 11px; height: 11px; }
QComboBox:disabled { color: $dim; }
QComboBox QAbstractItemView { background: $panel; border: 1px solid $line; selection-background-color: $selection;
  selection-color: $ink; }
QTableView::indicator { width: 13px; height: 13px; border: 1px solid $dim; border-radius: 4px; background: $panel; }
QTableView::indicator:checked { background: $accent; border-color: $accent; image: url("$tick"); }
QCheckBox:disabled { color: $dim; }
#welcome, #search, #search QListView { background: $paper; }
QTableView, QListView { background: $panel; border: none; outline: none; }
#library QListView { background: $raised; }
QHeaderView { background: $raised; }
QHeaderView::section { background: $raised; color: $dim; border: none; border-top: 1px solid $line;
  border-bottom: 1px solid $line; padding: 4px 8px; font-size: 8.6pt; }
QHeaderView::section:first { padding-left: 14px; }
QLineEdit, QPlainTextEdit { background: $panel; border: 1px solid $line; border-radius: 6px; padding: 4px 7px;
  selection-background-color: $accent; selection-color: $paper; }
QLineEdit:focus, QPlainTextEdit:focus { border: 1px solid $accent; }
QCheckBox::indicator, QRadioButton::indicator { width: 13px; height: 13px; border: 1px solid $dim; background: $panel; }
QCheckBox::indicator { border-radius: 4px; }
QRadioButton::indicator { border-radius: 7px; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border: 1px solid $accent; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url("$tick"); }
QRadioButton::indicator:checked { width: 5px; height: 5px; border: 5px solid $accent; }
QCheckBox, QRadioButton { padding: 3px 0; }
QCheckBox:focus, QRadioButton:focus { color: $accent; }
QPushButton { background: $panel; border: 1px solid $line; border-radius: 6px; padding: 4px 11px; }
QPushButton:hover { border-color: $accent; }
QPushButton:focus { border: 2px solid $accent; padding: 3px 10px; }
QPushButton:disabled { color: $dim; }
QPushButton:default { border-color: $accent; }
QPushButton[kind="chip"] { border-radius: 11px; padding: 3px 8px; }
QPushButton[kind="chip"]:focus { padding: 2px 7px; }
QPushButton[kind="chip"]:checked { background: $selection; border-color: $accent; color: $ink; }
QPushButton[kind="chip"]::menu-indicator { width: 0; }
QPushButton[kind="link"] { text-align: left; border-radius: 12px; padding: 3px 10px; }
QPushButton[kind="link"]:focus { padding: 2px 9px; }
QPushButton[kind="offer"] { background: transparent; border: 1px solid transparent; color: $dim; padding: 2px 5px; }
QPushButton[kind="offer"]:hover { color: $accent; border-color: $line; }
QPushButton[kind="offer"]:focus { color: $accent; border: 2px solid $accent; padding: 1px 4px; }
QPushButton[kind="offer"]::menu-indicator { width: 0; }
QPushButton[kind="fold"], QPushButton[kind="section"] { background: transparent; border: none; text-align: left; color: $dim; }
QPushButton[kind="fold"] { padding: 3px 2px; }
QPushButton[kind="section"] { border-top: 1px solid $line; border-radius: 0; padding: 8px 2px 3px 2px; }
QPushButton[kind="fold"]:hover, QPushButton[kind="section"]:hover { color: $ink; }
QPushButton[kind="fold"]:focus, QPushButton[kind="section"]:focus { color: $accent; }
QPushButton[kind="entry"] { text-align: left; padding: 5px 9px; }
QPushButton[kind="entry"]:focus { padding: 4px 8px; }
QPushButton[kind="entry"][open="true"] { background: $selection; border-color: $accent; }
QDateEdit { background: $panel; border: 1px solid $line; border-radius: 6px; padding: 2px 6px; min-height: 19px; }
QDateEdit::drop-down { border: none; width: 22px; }
QDateEdit::down-arrow { image: url("$arrow"); width: 11px; height: 11px; }
QDateEdit:focus { border: 2px solid $accent; padding: 1px 5px; }
QComboBox:hover, QDateEdit:hover { border-color: $accent; }
QPushButton[kind="level"] { text-align: left; padding: 4px 6px; }
QPushButton[kind="level"]:focus { padding: 3px 5px; }
QPushButton[kind="level"]:checked { border: 2px solid $accent; padding: 3px 5px; font-weight: bold; }
QRadioButton::indicator { width: 12px; height: 12px; border: 1px solid $dim; border-radius: 7px; background: $panel; }
QRadioButton::indicator:checked { border: 4px solid $accent; width: 6px; height: 6px; }
QRadioButton::indicator:disabled { border-color: $line; }
QRadioButton:disabled { color: $dim; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar::handle:vertical { background: $line; border-radius: 4px; min-height: 36px; margin: 2px; }
QScrollBar::handle:vertical:hover { background: $dim; }
QScrollBar::add-line, QScrollBar::sub-line { height: 0; width: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle:horizontal { background: $line; border-radius: 4px; min-width: 36px; margin: 2px; }
""")
