"""A colleague's review is brought together with one's own in the window, with the keyboard, over two real desks."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot
from tests.ui.reviewing import ARTICLE, settle

from claimdesk.core import edits, reports
from claimdesk.core.claim import Article, Review
from claimdesk.core.desk import Desk
from claimdesk.ui.dialogs.merge import MergeDialog
from claimdesk.ui.window import Window


@pytest.fixture
def bundle(window: Window, tmp_path: Path) -> Path:
    """The open article as a colleague has reviewed it; meanwhile two levels were changed here too."""
    session = window.session
    with Desk.open(tmp_path / "desk.db", who="tester") as desk:
        sent = desk.bundle(session.review.open_article().id)
    with Desk.open(tmp_path / "theirs.db", who="राधा") as theirs:
        article = theirs.take_in(sent)
        claims = theirs.claims(article.id)
        start, end = _place("Ayşe Demir")
        for verb in (
            partial(edits.accept, ids=[claim.id for claim in claims]),
            partial(edits.relevel, ids=[claims[0].id], level="expert"),
            partial(edits.relevel, ids=[claims[2].id], level="document"),
            partial(edits.mark, article=article, start=start, end=end, level="media"),
        ):
            edit = verb(theirs.claims(article.id))
            assert edit is not None
            theirs.commit(edit)
        path = tmp_path / "राधा 🙂.claimdesk"
        reports.write_bundle(theirs.bundle(article.id), path, made_at=datetime.now(UTC))
    first, _, third = (claim.id for claim in session.review.claims)
    session.edits.relevel([first], "media")
    session.edits.relevel([third], "speculation")
    return path


def _place(words: str) -> tuple[int, int]:
    return ARTICLE.index(words), ARTICLE.index(words) + len(words)


@pytest.fixture
def merge(window: Window, bundle: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Chooses the command and the bundle, and does something with the dialog that comes."""

    def run(act: Callable[[MergeDialog], None]) -> None:
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(bundle), ""))
        seen: list[MergeDialog] = []

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, MergeDialog):
                seen.append(dialog)
                waiting.stop()
                act(dialog)

        waiting = QTimer(interval=20)
        waiting.timeout.connect(look)
        waiting.start()
        window.actions_by_name["merge"].trigger()
        qtbot.waitUntil(lambda: bool(seen) and QApplication.activeModalWidget() is None)
        settle(qtbot, window)

    return run


def test_sides_are_chosen_with_the_arrows_and_merged_as_one_edit(window: Window, merge: Callable[..., None]) -> None:
    before = list(window.session.review.claims)

    def act(dialog: MergeDialog) -> None:
        assert not dialog.merge.isEnabled()
        assert (dialog.mine.toPlainText(), dialog.theirs.toPlainText()) == ("Media report", "Expert analysis")
        QTest.keyClick(dialog.view, Qt.Key.Key_Right)
        QTest.keyClick(dialog.view, Qt.Key.Key_Left)
        assert dialog.merge.isEnabled()
        dialog.merge.click()

    merge(act)
    claims = window.session.review.claims
    assert len(claims) == len(before) + 1
    by_id = {claim.id: claim for claim in claims}
    assert [by_id[claim.id].level for claim in before] == ["expert", "unattributed", "speculation"]
    assert all(claim.review is Review.ACCEPTED for claim in claims)
    window.session.history.undo()
    assert window.session.review.claims == before
    window.companions.open_history()
    (last,) = (step for step in window.session.history.past() if step.elsewhere and step.sentence.startswith("Mark"))
    window.panels.history.view.selectRow(window.session.history.past().index(last))
    assert window.panels.history.chosen() == last
    assert not window.panels.history.undo.isEnabled()


def test_all_theirs_all_mine_and_the_other_side_of_one(window: Window, merge: Callable[..., None]) -> None:
    def act(dialog: MergeDialog) -> None:
        dialog.all_mine.click()
        assert dialog.chosen == frozenset()
        dialog.all_theirs.click()
        assert len(dialog.chosen) == 2
        dialog.view.selectRow(0)
        QTest.keyClick(dialog.view, Qt.Key.Key_Space)
        assert len(dialog.chosen) == 1
        said = [label.text() for label in dialog.findChildren(QLabel)]
        assert any("1 claim only of theirs will be added" in text and "kappa" in text for text in said)
        dialog.merge.click()

    merge(act)
    assert [c.level for c in window.session.review.claims if c.level in {"media", "document"}].count("document") == 1


def test_nothing_changes_where_it_is_cancelled(window: Window, merge: Callable[..., None]) -> None:
    before = list(window.session.review.claims)
    merge(lambda dialog: dialog.reject())
    assert window.session.review.claims == before


def test_a_bundle_that_is_opened_comes_with_its_review(
    open_window: Callable[..., Window], qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "राधा 🙂.claimdesk"
    with Desk.open(tmp_path / "theirs.db", who="राधा") as theirs:
        article = theirs.add_article(Article(ARTICLE, "पुल 🙂"))
        theirs.commit(edits.mark([], article, *_place("북한은 다리를 열었다"), "expert"))
        reports.write_bundle(theirs.bundle(article.id), path, made_at=datetime.now(UTC))
    window = open_window()
    window.intake.read_files([path])
    settle(qtbot, window)
    assert window.session.review.open_article().title == "पुल 🙂"
    assert [(claim.level, claim.review) for claim in window.session.review.claims] == [("expert", Review.ACCEPTED)]
