"""Tells when nobody has touched the window for a while."""

from time import monotonic

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

_INPUT = {
    QEvent.Type.KeyPress,
    QEvent.Type.KeyRelease,  # all that is heard of a key that means a command
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.InputMethod,
}
_LOOK_EVERY = 5000
"""Milliseconds between two looks at the clock."""


class Idle(QObject):
    """Watches what the system sends to windows, dialogs too, and not every event inside the program.

    The system's own dialog for files is none of them: what is done there is not heard.
    """

    reached = Signal()

    def __init__(self, minutes: float, parent: QObject) -> None:
        """`minutes` without a touch until it is reached, 0 for never."""
        super().__init__(parent)
        self._seconds = minutes * 60
        self._last = monotonic()
        self._timer = QTimer(self, interval=_LOOK_EVERY)
        self._timer.timeout.connect(self.look)
        QGuiApplication.instance().focusWindowChanged.connect(self.watch)  # type: ignore[union-attr]
        if minutes > 0:
            self._timer.start()

    def watch(self, window: QWindow | None) -> None:
        """Hear what the system sends to this window from now on."""
        if window is not None:
            window.installEventFilter(self)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Keep when somebody last touched something; nothing is held back."""
        if event.type() in _INPUT:
            self._last = monotonic()
        return False

    def look(self) -> None:
        """Say so if it has been too long."""
        if monotonic() - self._last >= self._seconds:
            self._last = monotonic()
            self.reached.emit()
