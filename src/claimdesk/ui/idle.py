"""Tells when nobody has touched the window for a while."""

from time import monotonic

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

_INPUT = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.InputMethod,
}
_LOOK_EVERY = 5000
"""Milliseconds between two looks at the clock."""


class Idle(QObject):
    """Watches what the system sends to a window, not every event inside the program; an open dialog counts as somebody there."""

    reached = Signal()

    def __init__(self, window: QWidget, minutes: float) -> None:
        super().__init__(window)
        self._window = window
        self._seconds = minutes * 60
        self._last = monotonic()
        self._timer = QTimer(self, interval=_LOOK_EVERY)
        self._timer.timeout.connect(self.look)
        window.installEventFilter(self)
        if minutes > 0:
            self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Once the window is on the screen, its system window is what is watched."""
        handle = self._window.windowHandle()
        if watched is self._window and event.type() is QEvent.Type.Show and handle is not None:
            handle.installEventFilter(self)
        elif watched is handle and event.type() in _INPUT:
            self._last = monotonic()
        return False

    def look(self) -> None:
        """Say so if it has been too long."""
        if QApplication.activeModalWidget() is not None:
            self._last = monotonic()
        elif monotonic() - self._last >= self._seconds:
            self._last = monotonic()
            self.reached.emit()
