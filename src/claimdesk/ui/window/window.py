"""Builds the rooms of the window, binds every command to one of them, and hears what only a window hears."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import get_args

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QMainWindow, QPlainTextEdit

from claimdesk.core.claim import Review, Role
from claimdesk.core.levels import LEVELS
from claimdesk.core.settings import Settings
from claimdesk.core.settings import Theme as ThemeChoice
from claimdesk.ui import commands, theme
from claimdesk.ui.idle import Idle
from claimdesk.ui.session import Session
from claimdesk.ui.window.appearance import Appearance
from claimdesk.ui.window.arrangement import MIN_MIDDLE, MIN_RIGHT, Arrangement, from_base64, to_base64
from claimdesk.ui.window.backups import BackupDialogs
from claimdesk.ui.window.companions import Companions
from claimdesk.ui.window.describing import Describing
from claimdesk.ui.window.finding import Finding
from claimdesk.ui.window.help import show_about, show_keys
from claimdesk.ui.window.intake import Intake
from claimdesk.ui.window.locking import LockAndKeys
from claimdesk.ui.window.merging import MergeDialogs
from claimdesk.ui.window.panels import Panels
from claimdesk.ui.window.preferences import Preferences
from claimdesk.ui.window.purging import PurgeDialogs
from claimdesk.ui.window.reporting import Reporting
from claimdesk.ui.window.reviewing import NUDGES, Reviewing
from claimdesk.ui.window.showing import Showing
from claimdesk.ui.window.status import Status

WITH_HINTS = 900
"""Pixels from which on the status bar has room for the keys."""


class Window(QMainWindow):
    """One session on the screen."""

    def __init__(self, session: Session, settings: Settings, keep: Callable[[Settings], None]) -> None:
        """`keep` stores preferences as soon as they change; it raises ClaimDeskError where it cannot."""
        super().__init__()
        self.session = session
        self.setWindowTitle("ClaimDesk")
        self.setAcceptDrops(True)
        self.panels = panels = Panels(session, theme.choose(settings.theme), settings.text_size, self)
        self.preferences = preferences = Preferences(settings, keep, panels.notice.fail)
        self.idle = Idle(settings.lock_after, self)
        self.actions_by_name = actions = commands.build(self)
        self.status = Status(session, self.statusBar())
        self._arrangement = Arrangement(panels)
        self._showing = Showing(session, panels, actions, self._arrangement, self.status, preferences, self)
        self._appearance = Appearance(panels, actions, self._arrangement, preferences, self)
        self.reviewing = Reviewing(session, panels, preferences)
        self._finding = Finding(session, panels, self._arrangement, preferences, self)
        self.companions = Companions(session, panels, self._finding, self.idle)
        self.intake = Intake(session, panels, preferences, self)
        self._describing = Describing(session, panels, self)
        self.reporting = Reporting(session, panels, preferences, self)
        self.merging = MergeDialogs(session, panels, preferences, self)
        self.locking = LockAndKeys(session, panels, self.intake, self)
        self._backups = BackupDialogs(session, panels, self.locking, self)
        self._purging = PurgeDialogs(session, panels, self.locking, self)
        commands.bind(actions, self._handlers())
        self.idle.reached.connect(self.locking.lock)
        session.locking.changed.connect(self._show_status_bar)
        self._take_place()
        self._appearance.apply()
        self._showing.show_all()
        self._show_status_bar()

    def _handlers(self) -> Mapping[str, Callable[[], object]]:
        """What each command does."""
        session, reviewing, finding, appearance = self.session, self.reviewing, self._finding, self._appearance
        handlers: dict[str, Callable[[], object]] = {
            "open": self.intake.choose_files, "open_folder": self.intake.choose_folder,
            "open_address": self.intake.ask_address, "stop_reading": self.intake.stop,
            "confirm_always": appearance.toggle_confirming, "details": self._describing.open,
            "paste": self.intake.paste, "sample": self.intake.open_sample,
            "export": self.reporting.choose, "merge": self.merging.choose, "backups": self._backups.show,
            "encrypt": self.locking.encrypt, "recovery": self.locking.make_recovery_key,
            "passphrase": self.locking.change_passphrase, "lock": self.locking.lock, "quit": self.close,
            "undo": session.history.undo, "redo": session.history.redo, "history": self.companions.open_history,
            "copy": self._copy, "find": finding.open_find, "search": finding.open_search,
            "next": partial(reviewing.step, 1), "previous": partial(reviewing.step, -1),
            "next_open": reviewing.next_open, "accept": reviewing.accept, "dismiss": reviewing.dismiss,
            "reopen": reviewing.reopen, "accept_all": reviewing.accept_all,
            "as_source": partial(reviewing.use_words_as, Role.SOURCE),
            "as_cue": partial(reviewing.use_words_as, Role.CUE),
            "as_content": partial(reviewing.use_words_as, Role.CONTENT), "note": self.panels.form.write_note,
            "move_on": appearance.toggle_move_on, "hide_weak": appearance.toggle_weak,
            "surest_first": appearance.toggle_order, "suggest": session.suggestions.start,
            "sources": self.companions.open_sources, "focus_article": finding.read,
            "focus_claims": self.panels.claims.view.setFocus,
            "library": appearance.toggle_library, "full_screen": appearance.toggle_full_screen,
            "larger": appearance.larger, "smaller": appearance.smaller, "normal": appearance.normal,
            "keys": partial(show_keys, self.actions_by_name, self), "about": partial(show_about, self),
        }  # fmt: skip
        show = self.panels.claims.show_review
        handlers |= {f"level:{level.slug}": partial(reviewing.give_level, level.slug) for level in LEVELS}
        handlers |= {f"theme:{name}": partial(appearance.use_theme, name) for name in get_args(ThemeChoice)}
        handlers |= {name: partial(reviewing.nudge, *step) for name, step in NUDGES.items()}
        handlers |= {f"show_{review.value if review else 'all'}": partial(show, review) for review in (None, *Review)}
        return handlers

    def _copy(self) -> None:
        focus = QApplication.focusWidget()
        widget = focus if isinstance(focus, QPlainTextEdit) else self.panels.article
        widget.copy()

    def _show_status_bar(self) -> None:
        self.statusBar().setVisible(not self.session.locking.is_locked)

    def _take_place(self) -> None:
        """Put the window where it was left; Qt itself refuses a place that is on no screen."""
        settings = self.preferences.now
        self.setCentralWidget(self._arrangement)
        self.setMinimumSize(MIN_MIDDLE + MIN_RIGHT + 1, 480)  # else the library would keep the window from being narrow
        self.resize(1280, 800)
        if settings.geometry:
            self.restoreGeometry(from_base64(settings.geometry))
        self._arrangement.restore(settings)
        self._appearance.fit_library()

    # -- what only a window hears

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """A narrow window keeps article and claims, and leaves out the library and the hints at keys."""
        self._appearance.fit_library()
        self.status.show_hints(wanted=self.width() >= WITH_HINTS)
        super().resizeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """On the screen there is something to touch."""
        super().showEvent(event)
        self.idle.watch(self.windowHandle())

    def event(self, event: QEvent) -> bool:
        """Enter on a button that has the focus means that button, not the window's Accept."""
        if isinstance(event, QKeyEvent) and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            button = self.focusWidget()
            if isinstance(button, QAbstractButton) and button.isVisible():
                if event.type() is QEvent.Type.ShortcutOverride:
                    event.accept()
                    return True
                if event.type() is QEvent.Type.KeyPress:
                    button.click()
                    return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape in the article lets go of the words that were found in it."""
        if event.key() == Qt.Key.Key_Escape:
            self._finding.forget_places()
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Keep what is being written, and where the window stood."""
        self.panels.form.save()
        self.companions.close()
        self.preferences.change(geometry=to_base64(self.saveGeometry()), **self._arrangement.state)
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Files and text are welcome."""
        data = event.mimeData()
        if any((data.hasUrls(), data.hasText(), data.hasHtml())):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Take in what was dropped."""
        self.intake.drop(event.mimeData())
        event.acceptProposedAction()
