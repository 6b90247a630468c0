"""The window of the history beside the work, through real widgets over a real desk."""

from contextlib import closing
from time import thread_time

import pytest
import sqlcipher3.dbapi2 as driver  # type: ignore[import-untyped]
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.ui.reviewing import selected

from claimdesk.core.past import Kind, Step
from claimdesk.ui.dialogs.history import COLUMNS, History
from claimdesk.ui.dialogs.progress import Progress
from claimdesk.ui.session import history as past
from claimdesk.ui.theme import DARK, LIGHT
from claimdesk.ui.window import Window


@pytest.fixture
def history(window: Window, qtbot: QtBot) -> History:
    """The history of the article of the other tests, opened by its key; the newest steps are three reviews."""
    session = window.session
    first, second, third = (claim.id for claim in session.review.claims)
    session.edits.accept([first])
    session.edits.relevel([second], "expert")
    session.edits.accept([second, third])
    QTest.keyClick(window.panels.article, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.panels.history.isVisible() and window.panels.history.chosen() is not None)
    return window.panels.history


def sentences(history: History) -> list[str]:
    model = history.view.model()
    return [str(model.index(row, len(COLUMNS) - 1).data()) for row in range(model.rowCount())]


def choose(history: History, sentence: str) -> Step:
    history.view.selectRow(sentences(history).index(sentence))
    step = history.chosen()
    assert step is not None
    return step


def click(history: History, sentence: str) -> None:
    choose(history, sentence)
    place = history.view.visualRect(history.view.currentIndex()).center()
    QTest.mouseClick(history.view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def told(history: History) -> str:
    return history._told.text()


def test_the_newest_step_stands_first_and_says_who_did_it(history: History) -> None:
    assert sentences(history)[:3] == ["Accept 2 claims", "Relevel claim 2 as expert analysis", "Accept claim 1"]
    assert sentences(history)[-1].startswith("Import “Harbour bridge")
    assert history.view.model().index(0, 1).data() == "tester"


def test_every_edit_shows_at_once(history: History, window: Window, qtbot: QtBot) -> None:
    window.session.edits.dismiss([window.session.review.claims[0].id])
    qtbot.waitUntil(lambda: sentences(history)[0] == "Dismiss claim 1")
    window.session.history.undo()
    qtbot.waitUntil(lambda: len(sentences(history)) > 1 and not history._steps[1].stands)
    words = history.view.model().index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert words.startswith("Edit: Dismiss claim 1, taken back, tester")


def test_a_click_selects_the_claim_and_again_the_next_of_several(
    history: History, window: Window, qtbot: QtBot
) -> None:
    first, second, third = window.session.review.claims
    click(history, "Accept claim 1")
    assert selected(window) == first
    click(history, "Accept 2 claims")
    assert selected(window) == second
    click(history, "Accept 2 claims")
    assert selected(window) == third
    click(history, "Accept 2 claims")
    assert selected(window) == second
    assert history.isVisible()


def test_enter_goes_to_the_claim_and_back_to_the_work(history: History, window: Window, qtbot: QtBot) -> None:
    choose(history, "Relevel claim 2 as expert analysis")
    QTest.keyClick(history.view, Qt.Key.Key_Return)
    assert selected(window) == window.session.review.claims[1]
    qtbot.waitUntil(window.isActiveWindow)
    assert window.panels.article.hasFocus()


def test_a_step_whose_claims_are_gone_says_so(history: History, qtbot: QtBot) -> None:
    click(history, sentences(history)[-1])
    assert "none of the claims" in told(history)


def test_the_filter_takes_words_names_and_kinds(history: History, window: Window, qtbot: QtBot) -> None:
    total = len(sentences(history))
    QTest.keyClicks(history.filter, "ACCEPT 2")
    assert sentences(history) == ["Accept 2 claims"]
    QTest.keyClick(history.filter, Qt.Key.Key_Down)
    qtbot.waitUntil(history.view.hasFocus)
    history.filter.setText("tester accept claim")
    assert "Accept claim 1" in sentences(history)
    history.filter.setText("nobody")
    assert history._empty.isVisible()
    assert not history.view.isVisible()
    assert not history.undo.isEnabled()
    history.filter.clear()
    assert len(sentences(history)) == total
    window.session.history.undo()
    qtbot.waitUntil(lambda: len(sentences(history)) == total + 1)
    history.chips[Kind.IMPORT].click()
    assert len(sentences(history)) == 1
    history.chips[None].click()
    assert len(sentences(history)) == total + 1


def test_undo_to_here_takes_back_what_came_after_and_says_so(history: History, window: Window, qtbot: QtBot) -> None:
    reviews = [claim.review for claim in window.session.review.claims]
    step = choose(history, "Accept claim 1")
    assert step.back == 2
    assert "the 2 edits after this step" in told(history)
    history.undo.click()
    assert window.session.review.claims[1].level == "unattributed"
    assert "Undone: 2 steps" in window.panels.notice.words
    qtbot.waitUntil(lambda: sentences(history)[0] == "Relevel claim 2 as expert analysis")
    assert history.chosen() is not None
    assert history.chosen().id == step.id  # type: ignore[union-attr]
    assert not history.undo.isEnabled()
    window.session.history.redo()
    window.session.history.redo()
    assert [claim.review for claim in window.session.review.claims] == reviews
    assert window.session.history.redoable() is None


def test_a_failed_undo_to_here_changes_nothing_and_is_told(history: History, window: Window, qtbot: QtBot) -> None:
    choose(history, "Accept claim 1")
    with closing(driver.connect(str(window.session._desk.now.path), isolation_level=None)) as connection:
        connection.execute("UPDATE claim SET note = 'forged', level = 'denial'")
    history.undo.click()
    assert "meanwhile" in window.panels.notice.words
    assert "meanwhile" in told(history)
    assert {claim.level for claim in window.session.review.claims} == {"denial"}


def progress(window: Window) -> Progress | None:
    return next((one for one in window.panels.history.findChildren(Progress) if one.isVisible()), None)


def test_many_edits_are_taken_back_beside_the_window(
    history: History, window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(past, "AT_ONCE", 1)
    before = [claim.review for claim in window.session.review.claims]
    choose(history, "Accept claim 1")
    history.undo.click()
    assert progress(window) is not None
    qtbot.waitUntil(lambda: "Undone: 2 steps" in window.panels.notice.words)
    assert progress(window) is None
    assert window.session.review.claims[1].level == "unattributed"
    qtbot.waitUntil(lambda: sentences(history)[0] == "Relevel claim 2 as expert analysis")
    window.session.history.redo()
    window.session.history.redo()
    assert [claim.review for claim in window.session.review.claims] == before
    assert window.session._desk.now.verify_history() is None


def test_what_is_called_off_leaves_everything_as_it_was(
    history: History, window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(past, "AT_ONCE", 1)
    desk, review = window.session._desk.now, window.session.review
    head, claims = desk.head(), list(review.claims)
    choose(history, "Accept claim 1")
    with closing(driver.connect(str(desk.path), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")  # so that it cannot be done before it is called off
        history.undo.click()
        shown = progress(window)
        assert shown is not None
        shown.cancel.click()
        other.execute("ROLLBACK")
    qtbot.waitUntil(lambda: not window.session.background.busy)
    assert "nothing was taken back" in window.panels.notice.words
    assert (desk.head(), desk.claims(1), review.claims) == (head, claims, claims)
    assert window.session.edits.relevel([claims[0].id], "denial")


def test_an_undo_beside_the_window_that_fails_is_told(
    history: History, window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(past, "AT_ONCE", 1)
    choose(history, "Accept claim 1")
    with closing(driver.connect(str(window.session._desk.now.path), isolation_level=None)) as connection:
        connection.execute("UPDATE claim SET note = 'forged', level = 'denial'")
    history.undo.click()
    qtbot.waitUntil(lambda: "meanwhile" in window.panels.notice.words)
    assert progress(window) is None
    assert {claim.level for claim in window.session.review.claims} == {"denial"}


def test_whether_the_chain_is_whole_is_said(history: History, window: Window, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "is whole" in history._chain.text())
    assert window.session._desk.now.head()[:12] in history._chain.text()
    with closing(driver.connect(str(window.session._desk.now.path), isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER history_is_never_rewritten")
        connection.execute("UPDATE history SET who = 'nobody' WHERE id = 3")
    window.companions.open_history()
    qtbot.waitUntil(lambda: "Row 3 of this desk" in history._chain.text())
    assert history._chain.property("kind") == "error"


def test_another_theme_reaches_the_history(history: History, window: Window) -> None:
    window.actions_by_name["theme:dark"].trigger()
    assert history._delegate.theme == DARK
    window.actions_by_name["theme:light"].trigger()
    assert history._delegate.theme == LIGHT


def test_ten_thousand_steps_are_shown_and_filtered_without_delay(qtbot: QtBot) -> None:
    steps = [
        Step(number, Kind.EDIT, f"Accept claim {number}", "2031-05-06T07:08:09Z", "me", number % 3 > 0, 10_000 - number)
        for number in range(10_000, 0, -1)
    ]
    history = History(LIGHT)
    qtbot.addWidget(history)
    history.show()
    begun = thread_time()
    history.show_steps("T", steps)
    history.grab()
    shown = thread_time()
    history.filter.setText("claim 9999")
    history.grab()
    assert len(sentences(history)) == 1
    history.filter.clear()
    QTest.keyClick(history.view, Qt.Key.Key_End)
    assert history.chosen() == steps[-1]
    QTest.keyClick(history.view, Qt.Key.Key_Home)
    assert history.chosen() == steps[0]
    assert shown - begun < 1.0
    assert thread_time() - shown < 2.0
