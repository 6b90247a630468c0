"""What a user of a big desk does in the window, and the longest time that it did not answer meanwhile; `desk_scale` runs it."""

import random
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtWidgets import QApplication

from claimdesk.core import settings
from claimdesk.core.claim import Claim, Review
from claimdesk.core.desk import Entrance
from claimdesk.core.levels import LEVELS
from claimdesk.core.settings import Settings
from claimdesk.ui.background import Background
from claimdesk.ui.session import Session
from claimdesk.ui.window import Window

CALM = 0.25
"""Seconds that the window is watched after each thing that was done."""


class Watch:
    """Runs the window's loop and keeps the longest time between two beats of a timer."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._clock, self._beat = QElapsedTimer(), QTimer(interval=2)
        self._beat.timeout.connect(self._tick)
        self.longest = 0.0

    def gap(self, do: Callable[[], object], *, until: Callable[[], bool] = lambda: True) -> float:
        """Milliseconds that the window did not answer at most, from when it is done until all came to rest."""
        self._clock.start()
        self._beat.start()
        self.longest = 0.0
        do()
        end = time.perf_counter() + CALM
        while time.perf_counter() < end or not until():
            self._app.processEvents()
            time.sleep(0.0005)  # else this loop would take the processor from what it measures
        self._tick()
        self._beat.stop()
        return self.longest

    def _tick(self) -> None:
        self.longest = max(self.longest, self._clock.nsecsElapsed() / 1e6)
        self._clock.restart()


def perform(path: Path, tell: Callable[[str, list[float]], None]) -> None:
    """Open the window on the desk and do what a user does; `tell` prints the gaps of each thing, in milliseconds."""
    app = QApplication([])
    watch, dice = Watch(app), random.Random(11)
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        entrance = Entrance(path, "bench")
        session = Session(entrance.open(None), Background(), entrance)
        window = Window(session, Settings(), partial(settings.save, Path(folder)))
        window.show()
        session.review.open_last()
        app.processEvents()
        tell("window: from the desk to the article", [(time.perf_counter() - start) * 1000])
        for what, gestures in _gestures(window, dice).items():
            tell(f"window: {what}", [watch.gap(one, until=lambda: not session.background.busy) for one in gestures])
        _look_at_history(window, watch, tell)
        window.close()
        session.close()


def _gestures(window: Window, dice: random.Random) -> dict[str, list[Callable[[], object]]]:
    session, panels = window.session, window.panels
    review, library = session.review, panels.library.view
    articles = [summary.id for summary in session.articles.all()]
    words = ["ba", "bake", "पुल", "다리", "الجسر", "keti ba", "source", "office"]

    def any_claim() -> Claim:
        return dice.choice([claim for claim in review.claims if claim.review is not Review.DISMISSED])

    def relevel() -> None:
        claim = any_claim()
        session.edits.relevel([claim.id], next(level.slug for level in LEVELS if level.slug != claim.level))

    return {
        "open an article": [partial(review.open, dice.choice(articles)) for _ in range(20)],
        "relevel a claim": [relevel] * 20,
        "undo": [session.history.undo] * 20,
        "name a source": [lambda: session.edits.name_source(any_claim().id, f"Source {dice.random()}")] * 5,
        "scroll the library to its end and back": [library.scrollToBottom, library.scrollToTop] * 2,
        "open the search": [window.actions_by_name["search"].trigger],
        "search while writing": [partial(panels.search.line.setText, query) for query in words],
        "import an article": [partial(session.articles.open_text, f"Bridge {dice.random()}\n\nThe mayor said the bridge is shut.")],
        "open the register": [window.actions_by_name["sources"].trigger],
        "search in the register": [partial(panels.sources.list.search.setText, word) for word in ("ba", "bak", "")],
        "close the register": [panels.sources.close],
    }  # fmt: skip


def _look_at_history(window: Window, watch: Watch, tell: Callable[[str, list[float]], None]) -> None:
    """The history of the open article, with the chain of the whole desk followed for some seconds."""
    tell("window: open the history", [watch.gap(window.actions_by_name["history"].trigger)])
    end = time.perf_counter() + 3
    tell("window: follow the chain, 3 s", [watch.gap(lambda: None, until=lambda: time.perf_counter() > end)])
