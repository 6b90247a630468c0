"""The desktop door: opens the desk, shows the window, and sees to what nobody expected."""

import os
import sys
import traceback
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from claimdesk.core import settings
from claimdesk.core.errors import ClaimDeskError, DamagedDeskError, DeskError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from claimdesk.core.desk import Desk, Entrance
    from claimdesk.ui.background import Background
    from claimdesk.ui.single import Single
    from claimdesk.ui.window import Window

CRASHES = "crashes.log"
LISTEN_AFTER = 100
"""Milliseconds from the start on until later starts are heard: the window is on the screen first."""
FIRST_BACKUP = 2000
"""Milliseconds after which it is looked whether a backup is due: the window and the article come first."""


def start(paths: Sequence[Path] = (), *, desk: Path | None = None) -> int:
    """Show the window with `paths` opened, the article of last time, or the sample on a desk that is empty.

    Returns the exit code when the window is closed. Raises ClaimDeskError where there is no display, or no desk.
    """
    if not _has_display():
        raise DeskError(
            "There is no display to show the window on. The commands work without one: see claimdesk --help."
        )
    from claimdesk.ui.single import Single

    where = desk or settings.desk_path()
    single = Single(where)
    if not single.own(paths):
        return 0
    try:
        return _show(where, paths, single)
    finally:
        single.release()


def _show(desk: Path, paths: Sequence[Path], single: "Single") -> int:
    """The one window of a desk, from its start to its end."""
    from PySide6.QtCore import QLoggingCategory, QObject, QTimer
    from PySide6.QtGui import QIcon
    from PySide6.QtWidgets import QApplication

    from claimdesk.core.desk import Entrance
    from claimdesk.core.resources import RESOURCES
    from claimdesk.ui.background import Background
    from claimdesk.ui.garbage import Garbage
    from claimdesk.ui.session import Session
    from claimdesk.ui.window import Window

    # Qt says of each script that a face lacks that it asks another face; that is no news for a terminal.
    QLoggingCategory.setFilterRules("qt.text.font.db.warning=false")
    home = settings.home()
    preferences = settings.load(home)
    entrance = Entrance(desk, preferences.who)
    app = QApplication.instance() or QApplication([sys.argv[0]])
    assert isinstance(app, QApplication)  # noqa: S101 - Qt keeps one of them only
    garbage = Garbage(app)
    app.setApplicationName("ClaimDesk")
    app.setDesktopFileName("claimdesk")
    app.setWindowIcon(QIcon(str(RESOURCES / "icons" / "claimdesk.svg")))
    background = Background()
    wanted = list(paths)
    early = single.asked.connect(wanted.extend)
    single.asked.connect(lambda _: _raise(app))
    QTimer.singleShot(LISTEN_AFTER, single.listen)
    opened = None
    if entrance.is_new:
        opened = _made(app, entrance, preferences, background)
        if opened is None:
            return 0
    elif not entrance.is_encrypted:
        opened = _opened(entrance)
    session = Session(opened, background, entrance)
    window = Window(session, preferences, partial(settings.save, home))
    sys.excepthook = lambda *failure: _crashed(home, window.panels.notice.fail, *failure)
    window.show()
    if session.locking.is_locked:
        window.locking.unlock_when_shown(partial(_open_articles, window, wanted))
    else:
        session.review.open_last()
        _open_articles(window, wanted)
    _tell_of_place(desk, preferences, window.panels.notice.fail)
    QObject.disconnect(early)
    single.asked.connect(partial(_open_when_unlocked, window))
    QTimer.singleShot(0, session.suggestions.prepare)
    QTimer.singleShot(FIRST_BACKUP, session.backups.keep_making)
    code = app.exec()
    session.close()
    garbage.collect()
    return code


def _made(
    app: "QApplication", entrance: "Entrance", preferences: settings.Settings, background: "Background"
) -> "Desk | None":
    """A new desk as CLAIMDESK_ENCRYPTION says, else as its user says; None if they left."""
    from claimdesk.core import secrets
    from claimdesk.core.desk import Slot, whereabouts
    from claimdesk.ui import theme
    from claimdesk.ui.dialogs.first_start import FirstStart

    if not preferences.desk_anywhere:
        whereabouts.refuse(entrance.path)
    if settings.encryption() == "off":
        return entrance.make()
    theme.apply(theme.choose(preferences.theme), app)
    dialog = FirstStart(
        entrance.path.parent, secrets.works(), lambda way, *words: entrance.plan(Slot(way), *words), background
    )
    if not dialog.exec():
        background.stop()
        entrance.give_up()
        return None
    return entrance.make(dialog.key)


def _tell_of_place(desk: Path, preferences: settings.Settings, tell: Callable[[str], None]) -> None:
    """Warn where a desk can be damaged by its place, or a syncing program made copies of it."""
    from claimdesk.core.desk import whereabouts

    place = "" if preferences.desk_anywhere else whereabouts.warning(desk)
    told = [sentence for sentence in (place, whereabouts.warning_of_copies(desk)) if sentence]
    if told:
        tell(" ".join(told))


def _open_articles(window: "Window", paths: Sequence[Path]) -> None:
    """The articles that were named, or the sample where there is nothing else to show."""
    if paths:
        window.intake.read_files(paths)
    elif window.session.review.article is None:
        window.intake.open_sample()


def _open_when_unlocked(window: "Window", paths: Sequence[Path]) -> None:
    """Open what a later start was to open, now or once somebody has unlocked the desk."""
    from PySide6.QtCore import Qt

    if window.session.locking.is_locked:
        once = Qt.ConnectionType.SingleShotConnection
        window.session.locking.changed.connect(partial(_open_when_unlocked, window, paths), once)
    else:
        window.intake.read_files(paths)


def _raise(app: "QApplication") -> None:
    """Bring what is on the screen before the windows of other programs."""
    from PySide6.QtCore import Qt

    shown = (widget for widget in app.topLevelWidgets() if widget.isVisible() and widget.parentWidget() is None)
    first = app.activeModalWidget() or next(shown, None)
    if first is not None:
        first.setWindowState(first.windowState() & ~Qt.WindowState.WindowMinimized)
        first.raise_()
        first.activateWindow()


def main() -> None:
    """The program without a terminal: what cannot be done is said in a dialog."""
    os.umask(0o077)  # whatever file is made, also by SQLite and Qt, is this person's alone
    try:
        sys.exit(start([Path(argument) for argument in sys.argv[1:]]))
    except ClaimDeskError as error:
        _say_in_dialog(str(error))
        sys.exit(1)


def _opened(entrance: "Entrance") -> "Desk":
    """The plain desk; where it is damaged, its newest good backup in its place if that is wanted. Raises DeskError."""
    from claimdesk.core.desk import Backups, restoring

    try:
        return entrance.open(None)
    except DamagedDeskError as error:
        from claimdesk.ui.dialogs.damaged import DamagedDialog

        good = Backups(entrance.path).newest_good()
        if good is None:
            raise
        if not DamagedDialog(str(error), good.in_words).ask():
            raise DeskError(f"{error} {good.in_words}") from error
        restoring.restore(entrance.path, good.path, None)
        return entrance.open(None)


def _has_display() -> bool:
    """Whether Qt will find a screen; on Linux without one it would end the whole program."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _say_in_dialog(sentence: str) -> None:
    if not _has_display():
        print(sentence, file=sys.stderr)  # noqa: T201 - there is nowhere else to say it
        return
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication, QMessageBox

    app = QApplication.instance() or QApplication([sys.argv[0]])
    box = QMessageBox(QMessageBox.Icon.Warning, "ClaimDesk", sentence)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.exec()
    del app


def _crashed(
    home: Path, tell: object, kind: type[BaseException], _error: BaseException, trace: TracebackType | None
) -> None:
    """Our own mistake: kept beside the desk as places in the program, without its words, which may be a source's."""
    places = "".join(f"  {frame.filename}:{frame.lineno} {frame.name}\n" for frame in traceback.extract_tb(trace))
    noted = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {kind.__name__}\n{places}"
    with (home / CRASHES).open("a", encoding="utf-8") as log:
        log.write(noted)
    print(noted, end="", file=sys.stderr)  # noqa: T201 - which some systems keep as a log too
    if callable(tell):
        tell(
            f"ClaimDesk made a mistake ({kind.__name__}). What you did before it is saved; its place is noted in {CRASHES}."
        )
