"""Collects garbage on the window's own thread only.

Python collects on whichever thread happens to allocate; what it frees there may be a part of the window, which Qt does not survive.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY = 2000
"""Milliseconds between two looks whether there is enough to collect."""


class Garbage(QObject):
    """From its making on, nothing is collected but here."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        gc.disable()
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """Collect the oldest generation that is due, as Python itself would."""
        due = [
            at for at, (count, most) in enumerate(zip(gc.get_count(), self._thresholds, strict=True)) if count > most
        ]
        if due:
            gc.collect(due[-1])
