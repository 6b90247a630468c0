"""One long work after the other beside the window, told of while it goes on, and stopped within moments.

A work is a generator on a thread: what it yields is handled on the window's own thread, a little at a time, so that neither a
thousand files nor what the desk has to do for each of them holds up the window.
"""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from queue import Empty, Full, Queue
from threading import Event
from time import perf_counter
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from claimdesk.core.errors import Cancelled, ClaimDeskError
from claimdesk.ui.background import Background

SLICE = 0.03
"""Seconds that the window's thread gives to what came before it looks after the window again."""
EVERY = 40
"""Milliseconds between two looks at what came."""
AHEAD = 8
"""Results that a work may be ahead of the window, so that not all of their bytes are held at once."""

Tell = Callable[[str, int, int], None]
Work = Callable[[Tell, Callable[[], bool]], Iterator[Any]]


@dataclass(frozen=True, slots=True)
class Progress:
    """What is going on: `verb` ("Reading") says what is done to `name`, number `done` of `of`; 0 where that is not known."""

    verb: str
    name: str = ""
    done: int = 0
    of: int = 0


@dataclass(eq=False, slots=True)
class _Job:
    verb: str
    work: Work
    each: Callable[[Any], None]
    ended: Callable[[bool], None]
    now: Progress
    came: Queue[Any] = field(default_factory=lambda: Queue(AHEAD))
    unwanted: Event = field(default_factory=Event)
    finished: bool = False

    def run(self) -> None:
        """The whole of it; on the thread."""
        for result in self.work(self._tell, self.unwanted.is_set):
            self._hand_over(result)

    def _tell(self, name: str, done: int, of: int) -> None:
        self.now = Progress(self.verb, name, done, of)

    def _hand_over(self, result: Any) -> None:
        while not self.unwanted.is_set():
            try:
                self.came.put(result, timeout=0.05)
            except Full:
                continue
            return
        raise Cancelled


class Reading(QObject):
    """The works that were asked for, of which the first is under way."""

    progressed = Signal(object)
    """A Progress, None when nothing goes on any more."""
    failed = Signal(str)
    """In a sentence: why a work came to nothing."""

    def __init__(self, background: Background) -> None:
        super().__init__()
        self._background = background
        self._jobs: deque[_Job] = deque()
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self._look)

    @property
    def now(self) -> Progress | None:
        """What is going on."""
        return self._jobs[0].now if self._jobs else None

    def run(
        self, verb: str, work: Work, each: Callable[[Any], None], ended: Callable[[bool], None] = lambda _: None
    ) -> None:
        """Do a work after those that were asked for before.

        `each` is called with each of its results, `ended` at its end, with whether it came there: not where it failed or was stopped.
        """
        self._jobs.append(_Job(verb, work, each, ended, Progress(verb)))
        if len(self._jobs) == 1:
            self._start()

    def stop(self) -> None:
        """Stop all of them. What came of one and was handled stays; the rest is not wanted any more."""
        jobs, self._jobs = self._jobs, deque()
        self._timer.stop()
        for job in jobs:
            job.unwanted.set()
        if jobs:
            self.progressed.emit(None)
        for job in jobs:
            job.ended(False)

    def _start(self) -> None:
        job = self._jobs[0]
        self._background.run(job.run, lambda _: self._finish(job), lambda error: self._fail(job, error))
        self._timer.start()

    def _look(self) -> None:
        """Handle what came, for a moment; go on to the next work after the last of it."""
        job = self._jobs[0]
        self.progressed.emit(job.now)
        until = perf_counter() + SLICE
        while perf_counter() < until:
            try:
                result = job.came.get_nowait()
            except Empty:
                if job.finished:
                    self._end(job, whole=True)
                return
            job.each(result)
            if job.unwanted.is_set():
                return

    def _finish(self, job: _Job) -> None:
        job.finished = True
        if not job.unwanted.is_set():
            self._look()

    def _fail(self, job: _Job, error: ClaimDeskError) -> None:
        if not job.unwanted.is_set():
            self._end(job, whole=False)
            self.failed.emit(str(error))

    def _end(self, job: _Job, *, whole: bool) -> None:
        self._jobs.remove(job)
        if self._jobs:
            self._start()
        else:
            self._timer.stop()
            self.progressed.emit(None)
        job.ended(whole)
