"""Work that would hold up the window runs here: a pure function of `core` on a thread, its result back as a signal."""

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QThread, Signal

from claimdesk.core.errors import Cancelled, ClaimDeskError

Result = TypeVar("Result")


class _Task(QThread):
    """One call on a thread of its own; a raised exception is kept, to be dealt with where the result is taken."""

    def __init__(self, call: Callable[[], Any], parent: QObject) -> None:
        super().__init__(parent)
        self._call = call
        self.result: Any = None
        self.error: BaseException | None = None

    def run(self) -> None:
        """Qt calls this on the new thread."""
        try:
            self.result = self._call()
        except BaseException as error:  # noqa: BLE001 - raised again on the window's thread, in Background._finish
            self.error = error


class Background(QObject):
    """Runs functions beside the window; what they return arrives on the window's own thread."""

    busy_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks: set[_Task] = set()

    @property
    def busy(self) -> bool:
        """Whether anything is still running."""
        return bool(self._tasks)

    def run(
        self, call: Callable[[], Result], done: Callable[[Result], None], failed: Callable[[ClaimDeskError], None]
    ) -> None:
        """Call `call` on a thread and give its result to `done`.

        What the world did wrong (ClaimDeskError) goes to `failed`; what we did wrong is raised on the window's thread. Work
        that stopped because nobody wants it any more (Cancelled) tells nobody.
        """
        task = _Task(call, self)
        task.finished.connect(lambda: self._finish(task, done, failed))
        self._tasks.add(task)
        if len(self._tasks) == 1:
            self.busy_changed.emit(True)
        task.start(QThread.Priority.LowPriority)

    def stop(self) -> None:
        """Let what runs come to its end, its results unheard: for the moment when the window closes."""
        for task in self._tasks:
            task.finished.disconnect()
            task.wait()
        self._tasks.clear()

    def _finish(self, task: _Task, done: Callable[[Any], None], failed: Callable[[ClaimDeskError], None]) -> None:
        self._tasks.discard(task)
        task.deleteLater()
        if not self._tasks:
            self.busy_changed.emit(False)
        if isinstance(task.error, Cancelled):
            return
        if isinstance(task.error, ClaimDeskError):
            failed(task.error)
        elif task.error is not None:
            raise task.error
        else:
            done(task.result)
