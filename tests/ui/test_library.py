"""The library over a desk of many articles: what is counted when, and what an edit refreshes."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tests.ui.reviewing import settle

from claimdesk.core import edits
from claimdesk.core.claim import Article, ArticleSummary
from claimdesk.core.desk import Desk, records
from claimdesk.ui.library import AT_ONCE
from claimdesk.ui.window import Window

MANY = 3 * AT_ONCE


@pytest.fixture
def desk(window: Window, qtbot: QtBot) -> Desk:
    """The window's desk with many articles more, each with a claim, which another program put there."""
    desk = window.session._desk.now
    for number in range(MANY):
        article = desk.add_article(Article(f"पुल {number} बंद 🙂. 다리. الجسر.", f"Article {number}", "hi"))
        edit = edits.mark([], article, 0, 3, "media")
        assert edit is not None
        desk.commit(edit)
    window.session.facts.library_changed.emit(None)
    settle(qtbot, window)
    return desk


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many articles were counted each time that any was."""
    found: list[int] = []
    load = records.load_summaries

    def spy(*given: object, counted: bool = True) -> list[ArticleSummary]:
        summaries = load(*given, counted=counted)  # type: ignore[arg-type]
        found.extend([len(summaries)] if counted else [])
        return summaries

    monkeypatch.setattr(records, "load_summaries", spy)
    return found


def spoken(window: Window, row: int) -> str:
    model = window.panels.library.view.model()
    return str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole))


def test_only_what_is_looked_at_is_counted(window: Window, desk: Desk, counted: list[int], qtbot: QtBot) -> None:
    assert spoken(window, 0) == f"Article {MANY - 1}, 1 claims, all reviewed"
    counted.clear()
    middle = MANY // 2
    assert spoken(window, middle) == f"Article {MANY - 1 - middle}, 1 claims, all reviewed"
    assert spoken(window, middle + 1) == f"Article {MANY - 2 - middle}, 1 claims, all reviewed"
    assert len(counted) == 1
    assert counted[0] <= AT_ONCE


def test_an_edit_counts_its_own_article_only(window: Window, desk: Desk, counted: list[int], qtbot: QtBot) -> None:
    window.panels.library.grab()
    counted.clear()
    first = window.session.review.claims[0].id
    window.session.edits.accept([first])
    settle(qtbot, window)
    assert counted == [1]
    assert spoken(window, MANY).endswith(f"1 of {len(window.session.review.claims)} reviewed")


def test_a_new_article_comes_first_and_the_open_one_stays_selected(window: Window, desk: Desk, qtbot: QtBot) -> None:
    view = window.panels.library.view
    before = view.currentIndex().row()
    added = desk.add_article(Article("한국어 기사 🙂.", "New"))
    window.session.facts.library_changed.emit(frozenset({added.id}))
    assert spoken(window, 0) == "New, no claims"
    assert view.model().rowCount() == MANY + 2
    assert view.currentIndex().row() == before + 1
