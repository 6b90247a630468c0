"""Texts that nobody would write but a file can hold: they are shown whole and hold nothing up."""

from collections.abc import Callable
from itertools import pairwise
from time import thread_time

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QTextCursor, QTextOption
from pytestqt.qtbot import QtBot
from tests.ui.reviewing import settle

from claimdesk.core.claim import Span
from claimdesk.ui.window import Window

LINK = "http://example.org/" + "news/bridge?day=1&" * 1000


def longest_gap(qtbot: QtBot, window: Window, text: str) -> float:
    """Seconds of its own work for which the window did not answer while the text was opened; other programs may be busy."""
    beats = [thread_time()]
    beat = QTimer(interval=5)
    beat.timeout.connect(lambda: beats.append(thread_time()))
    beat.start()
    window.session.articles.open_text(text)
    qtbot.waitUntil(lambda: window.session.review.article is not None, timeout=20000)
    settle(qtbot, window)
    beats.append(thread_time())
    beat.stop()
    return max(late - early for early, late in pairwise(beats))


@pytest.mark.parametrize(
    "text",
    ["a" * 200_000, "북한은다리를열었다" * 10_000, "a" + " " * 70_000 + "b"],
    ids=["letters", "Hangul", "spaces"],
)
def test_a_text_without_end_does_not_freeze_the_window(
    qtbot: QtBot, open_window: Callable[..., Window], text: str
) -> None:
    window = open_window()
    gap = longest_gap(qtbot, window, f"A headline 😀\n\nBefore it {text} after it.\n\nThe mayor said so.\n")
    assert gap < 2.0  # on a slow machine under load; Qt left alone takes 6 s, or for ever


def test_a_word_without_end_is_shown_whole_and_marked_where_it_stands(
    qtbot: QtBot, open_window: Callable[..., Window]
) -> None:
    text = f"A headline 😀\n\nBefore it {'a' * 200_000} after it.\n\nThe mayor said so.\n"
    window = open_window()
    window.session.articles.open_text(text)
    settle(qtbot, window)
    view = window.panels.article
    assert view.document().toPlainText() == text
    assert view.document().idealWidth() <= view.viewport().width()
    start = text.index("after it")
    cursor = view.textCursor()
    cursor.setPosition(start + 1)  # the emoji is two of Qt's
    cursor.setPosition(start + 9, QTextCursor.MoveMode.KeepAnchor)
    view.setTextCursor(cursor)
    assert view.selection() == Span(start, start + 8)
    window.reviewing.give_level("media")
    assert window.session.review.claims[-1].content == (Span(start, start + 8),)


@pytest.mark.parametrize("text", [LINK, "देवनागरी " * 2000, "漢字" * 8000], ids=["link", "Hindi", "Chinese"])
def test_words_stay_whole_where_lines_can_be_broken(
    qtbot: QtBot, open_window: Callable[..., Window], text: str
) -> None:
    window = open_window()
    window.session.articles.open_text(f"A headline\n\n{text}\n")
    settle(qtbot, window)
    assert window.panels.article.wordWrapMode() is QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere


def test_the_next_article_breaks_its_lines_between_words_again(
    qtbot: QtBot, open_window: Callable[..., Window]
) -> None:
    window = open_window()
    for text in (f"One\n\n{'a' * 50_000}\n", "Two\n\nThe mayor said so.\n"):
        window.session.articles.open_text(text)
        settle(qtbot, window)
    assert window.panels.article.wordWrapMode() is QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
