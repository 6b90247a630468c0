"""How soon a window has the claims of an article: `python tests/benchmarks/open_article.py [--words 1000 10000] [--at 0.5]`.

A real window over a real desk, off screen unless QT_QPA_PLATFORM says otherwise. From pasting the text to the first claims of what
is on the screen and to all of the article's, the model's loading included in the first; the longest time that the window did not answer;
and the rows of history that the reading made. With `--at` the article is opened as a search does it, at that share of its length.
"""

import argparse
import os
import tempfile
import time
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtWidgets import QApplication

from claimdesk.core import settings
from claimdesk.core.articles import from_path
from claimdesk.core.claim import Span
from claimdesk.core.desk import Desk
from claimdesk.core.resources import SAMPLE_ARTICLE
from claimdesk.core.settings import Settings
from claimdesk.ui.background import Background
from claimdesk.ui.session import Session
from claimdesk.ui.window import Window


def text_of(words: int) -> str:
    """The sample's paragraphs again and again, numbered so that no two texts are the same."""
    sample = from_path(SAMPLE_ARTICLE).article
    body = [line for line in sample.text[: sample.furniture[0].start].split("\n") if line.strip()][1:]
    lines = [f"{line} ({number})" for number in range(max(1, words // 330)) for line in body]
    return f"An article of {words} words\n\n" + "\n\n".join(lines)


def measure(app: QApplication, window: Window, words: int, at: float) -> None:
    """Open one text and print the times."""
    gaps = [0.0]
    clock, beat = QElapsedTimer(), QTimer(interval=5)
    clock.start()
    beat.timeout.connect(lambda: gaps.append(clock.restart()))
    session, first = window.session, 0.0
    began = time.perf_counter()
    beat.start()
    session.articles.open_text(text_of(words))
    shown = False
    while (
        session.review.article is None
        or session.suggestions.running
        or not session.review.claims
        or session.background.busy
    ):
        app.processEvents()
        if session.review.article is not None and not shown:
            shown, place = True, int(at * len(session.review.article.text))
            window.panels.article.show_places([Span(place, place + 1)] if at else [], 0)
        sight = window.panels.article.visible() if session.review.claims and not first else None
        if sight is not None and any(claim.hull.overlaps(sight) for claim in session.review.claims):
            first = time.perf_counter() - began
        time.sleep(0.001)  # else this loop would take the processor from what it measures
    whole = time.perf_counter() - began
    beat.stop()
    rows = sum(step.sentence.startswith("Suggest ") for step in session.history.past())
    print(
        f"{words:,} words: first claims in sight {first or whole:.2f} s, all {len(session.review.claims):,} after {whole:.2f} s, "
        f"longest gap {max(gaps):.0f} ms, {rows} rows of history"
    )


def main() -> None:
    """Measure each size in one window."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--words", type=int, nargs="+", default=[1000, 1000, 10_000])
    arguments.add_argument("--at", type=float, default=0.0, help="where the article is opened, 0 to 1")
    given = arguments.parse_args()
    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        session = Session(Desk.open(Path(folder) / "desk.db", who="benchmark"), Background())
        window = Window(session, Settings(), partial(settings.save, Path(folder)))
        window.show()
        for place, words in enumerate(given.words):
            session.review.article = None
            session.review.claims = []
            measure(app, window, words + place * 7, given.at)
        window.close()
        session.close()


if __name__ == "__main__":
    main()
