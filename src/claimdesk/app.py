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
from claimdesk.core.articles.addresses import Named, named
from claimdesk.core.errors import ClaimDeskError, DeskError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from claimdesk.arrival import Arrived
    from claimdesk.ui.single import Single
    from claimdesk.ui.window import Window

CRASHES = "crashes.log"
LISTEN_AFTER = 100
"""Milliseconds from the start on until later starts are heard: the window is on the screen first."""
FIRST_BACKUP = 2000
"""Milliseconds after which it is looked whether a backup is due: the window and the article come first."""


def start(wanted: Sequence[Named] = (), *, desk: Path | None = None) -> int:
    """Show the window with what is `wanted` opened, the article of last time, or the sample on a desk that is empty.

    Returns the exit code when the window is closed. Raises ClaimDeskError where there is no display, or no desk.
    """
    if not _has_display():
        raise DeskError(
            "There is no display to show the window on. The commands work without one: see claimdesk --help."
        )
    from claimdesk import arrival

    held = arrival.alone(desk, wanted)
    if held is None:
        return 0
    place, single = held
    try:
        return _show(place, wanted, single)
    finally:
        single.release()


def _show(place: settings.DeskPlace, named_first: Sequence[Named], single: "Single") -> int:
    """The one window of a desk, from its start to its end."""
    from PySide6.QtCore import QLoggingCategory, QObject, QTimer
    from PySide6.QtGui import QIcon
    from PySide6.QtWidgets import QApplication

    from claimdesk import arrival
    from claimdesk.core.resources import RESOURCES
    from claimdesk.ui import theme
    from claimdesk.ui.background import Background
    from claimdesk.ui.garbage import Garbage
    from claimdesk.ui.session import Session
    from claimdesk.ui.window import Window

    # Qt says of each script that a face lacks that it asks another face; that is no news for a terminal.
    QLoggingCategory.setFilterRules("qt.text.font.db.warning=false")
    home = settings.home()
    preferences = settings.load(home)
    app = QApplication.instance() or QApplication([sys.argv[0]])
    assert isinstance(app, QApplication)  # noqa: S101 - Qt keeps one of them only
    garbage = Garbage(app)
    app.setApplicationName("ClaimDesk")
    app.setDesktopFileName("claimdesk")
    app.setWindowIcon(QIcon(str(RESOURCES / "icons" / "claimdesk.svg")))
    background = Background()
    wanted = list(named_first)
    early = single.asked.connect(wanted.extend)
    single.asked.connect(lambda _: _raise(app))
    QTimer.singleShot(LISTEN_AFTER, single.listen)
    theme.apply(theme.choose(preferences.theme), app)
    arrived = arrival.arrive(place, single, preferences, background, wanted)
    if arrived is None:
        return 0
    session = Session(arrived.desk, background, arrived.entrance)
    window = Window(session, arrived.preferences, partial(settings.save, home))
    sys.excepthook = lambda *failure: _crashed(home, window.panels.notice.fail, *failure)
    window.show()
    if session.locking.is_locked:
        window.locking.unlock_when_shown(partial(_open_articles, window, wanted))
    else:
        session.review.open_last()
        _open_articles(window, wanted)
    _tell_of_place(arrived, window.panels.notice.fail)
    QObject.disconnect(early)
    single.asked.connect(partial(_open_when_unlocked, window))
    QTimer.singleShot(0, session.suggestions.prepare)
    QTimer.singleShot(FIRST_BACKUP, session.backups.keep_making)
    code = app.exec()
    session.close()
    garbage.collect()
    return code


def _tell_of_place(arrived: "Arrived", tell: Callable[[str], None]) -> None:
    """Warn of what is wrong with a desk's place: others can read it, it can be damaged there, or its place is not remembered."""
    from claimdesk.core.desk import privacy, whereabouts

    path = arrived.entrance.path
    place = "" if arrived.preferences.desk_anywhere else whereabouts.warning(path)
    sentences = (arrived.failed, privacy.keep_private(path), place, whereabouts.warning_of_copies(path))
    told = [sentence for sentence in sentences if sentence]
    if told:
        tell(" ".join(told))


def _open_articles(window: "Window", wanted: Sequence[Named]) -> None:
    """The articles that were named, or the sample where there is nothing else to show."""
    if wanted:
        window.intake.open(wanted)
    elif window.session.review.article is None:
        window.intake.open_sample()


def _open_when_unlocked(window: "Window", wanted: Sequence[Named]) -> None:
    """Open what a later start was to open, now or once somebody has unlocked the desk."""
    from PySide6.QtCore import Qt

    if window.session.locking.is_locked:
        once = Qt.ConnectionType.SingleShotConnection
        window.session.locking.changed.connect(partial(_open_when_unlocked, window, wanted), once)
    else:
        window.intake.open(wanted)


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
        sys.exit(start([named(argument) for argument in sys.argv[1:]]))
    except ClaimDeskError as error:
        _say_in_dialog(str(error))
        sys.exit(1)


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
