"""A real window over a real desk file."""

import gc
import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.ui.reviewing import ARTICLE, place, settle

from claimdesk.core.claim import Role
from claimdesk.core.desk import Entrance
from claimdesk.core.settings import Settings, load, save
from claimdesk.ui.background import Background
from claimdesk.ui.session import Session
from claimdesk.ui.window import Window


@pytest.fixture(autouse=True)
def collected() -> Iterator[None]:
    """What a test left is collected on this thread, as the program does it."""
    gc.disable()
    yield
    gc.collect()


@pytest.fixture
def open_window(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., Window]]:
    """Opens windows on the same desk, one after the other, and closes them."""
    opened: list[Window] = []

    def close() -> None:
        if opened:
            window = opened.pop()
            window.close()
            window.session.close()

    def make(settings: Settings | None = None) -> Window:
        close()
        entrance = Entrance(tmp_path / "desk.db", "tester")
        session = Session(entrance.open(None), Background(), entrance)
        window = Window(session, settings or load(tmp_path), partial(save, tmp_path))
        opened.append(window)
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        session.review.open_last()
        settle(qtbot, window)
        return window

    yield make
    close()


@pytest.fixture
def window(open_window: Callable[..., Window], qtbot: QtBot) -> Window:
    """A window with the article above, its suggestions put aside and three claims marked by hand."""
    made = open_window()
    made.session.articles.open_text(ARTICLE)
    settle(qtbot, made)
    session = made.session
    while session.history.undoable():
        session.history.undo()
    for words, level in (
        ("The bridge will open on Monday", "official"),
        ("Engineers finished the work in 14 months", "unattributed"),
        ("cracks in two pillars", "witness"),
    ):
        start = ARTICLE.index(words)
        session.edits.mark(start, start + len(words), level)
    session.edits.set_spans(session.review.claims[0].id, Role.SOURCE, *place("transport minister Ayşe Demir"))
    session.edits.reopen([claim.id for claim in session.review.claims])
    session.review.select(session.review.claims[0].id)
    made.panels.article.setFocus()
    return made
