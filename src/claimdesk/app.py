"""The desktop door: opens the desk, shows the window, and sees to what nobody expected."""

import os
import sys
import traceback
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import TracebackType

from claimdesk.core import settings
from claimdesk.core.errors import ClaimDeskError, DeskError

CRASHES = "crashes.log"


def start(paths: Sequence[Path] = (), *, desk: Path | None = None) -> int:
    """Show the window with `paths` opened, the article of last time, or the sample on a desk that is empty.

    Returns the exit code when the window is closed. Raises ClaimDeskError where there is no display, or no desk.
    """
    if not _has_display():
        raise DeskError(
            "There is no display to show the window on. The commands work without one: see claimdesk --help."
        )
    from PySide6.QtCore import QLoggingCategory, QTimer
    from PySide6.QtGui import QIcon
    from PySide6.QtWidgets import QApplication

    from claimdesk.core.desk import Desk
    from claimdesk.core.resources import RESOURCES, SAMPLE_ARTICLE
    from claimdesk.ui.background import Background
    from claimdesk.ui.session import Session
    from claimdesk.ui.window import Window

    # Qt says of each script that a face lacks that it asks another face; that is no news for a terminal.
    QLoggingCategory.setFilterRules("qt.text.font.db.warning=false")
    home = settings.home()
    preferences = settings.load(home)
    opened = Desk.open(desk or settings.desk_path(), who=preferences.who)
    app = QApplication.instance() or QApplication([sys.argv[0]])
    assert isinstance(app, QApplication)  # noqa: S101 - Qt keeps one of them only
    app.setApplicationName("ClaimDesk")
    app.setDesktopFileName("claimdesk")
    app.setWindowIcon(QIcon(str(RESOURCES / "icons" / "claimdesk.svg")))
    session = Session(opened, Background())
    window = Window(session, preferences, partial(settings.save, home))
    sys.excepthook = lambda *failure: _crashed(home, window.notice.fail, *failure)
    if paths:
        session.open_last()
        session.open_files(paths)
    elif not session.open_last():
        session.open_files([SAMPLE_ARTICLE])
    window.show()
    QTimer.singleShot(0, session.prepare)
    code = app.exec()
    session.close()
    return code


def main() -> None:
    """The program without a terminal: what cannot be done is said in a dialog."""
    try:
        sys.exit(start([Path(argument) for argument in sys.argv[1:]]))
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
