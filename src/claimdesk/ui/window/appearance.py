"""How the window looks: colours, size of the text, which parts and claims are shown."""

from collections.abc import Mapping
from typing import get_args

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from claimdesk.core.settings import TEXT_SIZES, Settings
from claimdesk.core.settings import Theme as ThemeChoice
from claimdesk.ui import commands, theme
from claimdesk.ui.window.arrangement import Arrangement
from claimdesk.ui.window.panels import Panels
from claimdesk.ui.window.preferences import Preferences


class Appearance:
    """Changes it, and remembers it among the preferences."""

    def __init__(
        self,
        panels: Panels,
        actions: Mapping[str, QAction],
        arrangement: Arrangement,
        preferences: Preferences,
        window: QWidget,
    ) -> None:
        self._panels = panels
        self._actions = actions
        self._arrangement = arrangement
        self._preferences = preferences
        self._window = window
        for name in ("move_on", "hide_weak", "confirm_always"):
            actions[name].setChecked(getattr(preferences.now, name))
        actions["library"].setChecked(preferences.now.library_visible)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self.apply)

    def use_theme(self, preference: ThemeChoice) -> None:
        """Change between light and dark."""
        self._preferences.change(theme=preference)
        self.apply()

    def apply(self) -> None:
        """Draw everything in the colours that are preferred."""
        chosen = theme.choose(self._preferences.now.theme)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(chosen, app)
        self._panels.set_theme(chosen)
        commands.set_icons(self._actions, chosen)
        for name in get_args(ThemeChoice):
            self._actions[f"theme:{name}"].setChecked(self._preferences.now.theme == name)

    def larger(self) -> None:
        """Set the article a point larger."""
        self._set_points(self._preferences.now.text_size + 1)

    def smaller(self) -> None:
        """Set the article a point smaller."""
        self._set_points(self._preferences.now.text_size - 1)

    def normal(self) -> None:
        """Set the article in the size of the first day."""
        self._set_points(Settings().text_size)

    def toggle_move_on(self) -> None:
        """Whether accepting or dismissing a claim selects the next."""
        self._preferences.change(move_on=self._actions["move_on"].isChecked())

    def toggle_confirming(self) -> None:
        """Whether every article is shown before it is imported."""
        self._preferences.change(confirm_always=self._actions["confirm_always"].isChecked())

    def toggle_weak(self) -> None:
        """Whether suggestions of little confidence are listed."""
        self._preferences.change(hide_weak=self._actions["hide_weak"].isChecked())
        self._panels.claims.show_sure(only=self._preferences.now.hide_weak)

    def toggle_order(self) -> None:
        """Whether the surest claims come first."""
        self._panels.claims.sort(surest_first=self._actions["surest_first"].isChecked())

    def toggle_library(self) -> None:
        """Whether the library is shown."""
        self._preferences.change(library_visible=self._actions["library"].isChecked())
        self.fit_library()
        if self._preferences.now.library_visible and self._panels.library.isHidden():
            self._panels.notice.say("The window is too narrow for the library. Make it wider.")

    def fit_library(self) -> None:
        """Show the library if it is wanted and the window has room for it."""
        self._arrangement.fit_library(self._window.width(), wanted=self._preferences.now.library_visible)

    def toggle_full_screen(self) -> None:
        """Whether the window fills the screen."""
        self._window.setWindowState(self._window.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _set_points(self, points: int) -> None:
        if points in TEXT_SIZES:
            self._preferences.change(text_size=points)
            self._panels.article.set_points(points)
