"""What another program does to the desk while its window is open, and a second start of the window."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import thread_time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtNetwork import QLocalServer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot
from tests.ui.reviewing import selected, settle

from claimdesk.app import _open_when_unlocked
from claimdesk.core import edits
from claimdesk.core.claim import Article, Claim
from claimdesk.core.desk import Desk, Entrance, Slot
from claimdesk.core.edits import Edit
from claimdesk.core.errors import DeskError
from claimdesk.core.settings import Settings
from claimdesk.ui import single
from claimdesk.ui.background import Background
from claimdesk.ui.session import Session
from claimdesk.ui.single import Single
from claimdesk.ui.window import Window

Gesture = Callable[[list[Claim]], Edit | None]


def elsewhere(window: Window, gesture: Gesture) -> None:
    """Another program does something to the article that is open here."""
    with Desk.open(window.session._desk.now.path, who="other") as other:
        edit = gesture(other.claims(window.session.review.claims[0].article_id))
        assert edit is not None
        other.commit(edit)


def note_field(window: Window) -> QPlainTextEdit:
    return window.panels.form._note


def test_an_edit_from_elsewhere_shows_within_two_seconds_and_the_selection_stays(window: Window, qtbot: QtBot) -> None:
    second = window.session.review.claims[1].id
    window.session.review.select(second)
    elsewhere(window, lambda claims: edits.relevel(claims, [claims[0].id], "expert"))
    qtbot.waitUntil(lambda: window.session.review.claims[0].level == "expert", timeout=2000)
    assert selected(window).id == second
    assert not window.panels.notice.words
    assert "expert" in window.actions_by_name["undo"].text()


def test_a_new_article_from_elsewhere_is_in_the_library(window: Window, qtbot: QtBot) -> None:
    with Desk.open(window.session._desk.now.path, who="other") as other:
        other.add_article(Article("दूसरा लेख 🙂", "दूसरा"))
    model = window.panels.library.view.model()
    qtbot.waitUntil(lambda: model.rowCount() == 2, timeout=2000)
    assert model.index(0, 0).data() == "दूसरा"
    assert window.session.review.article is not None
    assert window.session.review.article.title != "दूसरा"


def test_a_note_that_is_being_written_is_kept_when_others_change_other_things(window: Window, qtbot: QtBot) -> None:
    note_field(window).setFocus()
    QTest.keyClicks(note_field(window), "call the mini")
    elsewhere(window, lambda claims: edits.relevel(claims, [claims[0].id, claims[1].id], "expert"))
    window.session.news.take()
    QTest.keyClicks(note_field(window), "stry")
    window.panels.form.save()
    assert note_field(window).toPlainText() == "call the ministry"
    assert (selected(window).note, selected(window).level) == ("call the ministry", "expert")
    assert not window.panels.notice.words


def test_two_notes_on_one_claim_are_told_and_neither_is_lost(window: Window, qtbot: QtBot) -> None:
    note_field(window).setFocus()
    QTest.keyClicks(note_field(window), "mine")
    elsewhere(window, lambda claims: edits.set_note(claims, claims[0].id, "theirs"))
    window.session.news.take()
    assert selected(window).note == "mine"
    assert note_field(window).toPlainText() == "mine"
    assert "Yours was kept" in window.panels.notice.words
    window.session.history.undo()
    assert selected(window).note == "theirs"


def test_a_claim_that_was_taken_back_elsewhere_is_selected_no_more(window: Window) -> None:
    gone = window.session.review.claims[-1].id
    window.session.review.select(gone)
    path, article_id = window.session._desk.now.path, window.session.review.claims[0].article_id
    with Desk.open(path, who="other") as other:
        while any(claim.id == gone for claim in other.claims(article_id)):
            other.undo(article_id)
    window.session.news.take()
    assert window.session.review.claim(gone) is None
    assert window.session.review.selected is None


def test_words_on_a_claim_that_was_taken_back_elsewhere_are_not_lost(window: Window, qtbot: QtBot) -> None:
    gone = window.session.review.claims[-1].id
    window.session.review.select(gone)
    note_field(window).setFocus()
    QTest.keyClicks(note_field(window), "half a thought")
    path, article_id = window.session._desk.now.path, window.session.review.claims[0].article_id
    with Desk.open(path, who="other") as other:
        while any(claim.id == gone for claim in other.claims(article_id)):
            other.undo(article_id)
    window.session.news.take()
    assert "half a thought" in window.panels.notice.words


def test_a_note_that_is_undone_is_not_written_again_by_its_field(window: Window, qtbot: QtBot) -> None:
    note_field(window).setFocus()
    QTest.keyClicks(note_field(window), "mine")
    window.panels.form.save()
    window.session.history.undo()
    assert note_field(window).toPlainText() == ""
    window.panels.form.save()
    assert selected(window).note == ""
    assert window.session.history.redoable() == "Note on claim 1"


def test_to_ask_for_news_costs_next_to_nothing(window: Window) -> None:
    begun = thread_time()
    for _ in range(200):
        window.session.news.take()
    assert (thread_time() - begun) / 200 < 0.001


def test_the_start_does_not_wait_for_the_library_of_the_network() -> None:
    program = "import sys, claimdesk.ui.single, claimdesk.ui.window; sys.exit('PySide6.QtNetwork' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)


@pytest.fixture
def locked(qtbot: QtBot, tmp_path: Path) -> Iterator[tuple[Session, str]]:
    """A session whose encrypted desk is locked, and the words that unlock it."""
    entrance = Entrance(tmp_path / "desk.db", "tester")
    key, recovery = entrance.plan(Slot.PASSPHRASE, "correct horse battery")
    entrance.make(key).close()
    session = Session(None, Background(), entrance)
    yield session, recovery
    session.close()


def test_files_for_a_locked_window_wait_until_it_is_unlocked(
    locked: tuple[Session, str], qtbot: QtBot, tmp_path: Path
) -> None:
    session, recovery = locked
    article = tmp_path / "article.txt"
    article.write_text("The ferry stops, the office said.", encoding="utf-8")
    window = Window(session, Settings(), lambda _: None)
    qtbot.addWidget(window)
    _open_when_unlocked(window, [article])
    session.news.take()
    assert session.locking.is_locked
    session.locking.unlock_by_words(recovery)
    qtbot.waitUntil(lambda: session.review.article is not None and not session.suggestions.running, timeout=20000)
    assert session.review.article is not None
    assert session.review.article.text.startswith("The ferry stops")


def test_a_locked_desk_shows_no_history(locked: tuple[Session, str], qtbot: QtBot) -> None:
    session, recovery = locked
    window = Window(session, Settings(), lambda _: None)
    qtbot.addWidget(window)
    window.show()
    session.locking.unlock_by_words(recovery)
    qtbot.waitUntil(lambda: not session.locking.is_locked, timeout=20000)
    session.articles.open_text("The ferry stops, the office said.")
    settle(qtbot, window)
    window.companions.open_history()
    assert window.panels.history.view.model().rowCount() > 0
    session.locking.lock()
    assert not window.panels.history.isVisible()
    assert window.panels.history.view.model().rowCount() == 0
    assert not window.panels.history.windowTitle().startswith("The ferry")
    assert not any("ferry" in label.text() for label in window.panels.history.findChildren(QLabel))


@pytest.fixture
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "run"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    return folder


def test_a_desk_has_one_window_until_that_lets_it_go(qtbot: QtBot, tmp_path: Path, runtime: Path) -> None:
    first = Single(tmp_path / "new" / "desk.db")
    assert first.own([])
    with pytest.raises(DeskError, match="does not answer"):
        Single(tmp_path / "new" / "desk.db").own([])
    assert Single(tmp_path / "new" / "other.db").own([])
    first.release()
    assert Single(tmp_path / "new" / "desk.db").own([])


def test_a_link_to_a_desk_is_the_same_desk(qtbot: QtBot, tmp_path: Path, runtime: Path) -> None:
    (tmp_path / "desk.db").touch()
    (tmp_path / "link.db").symlink_to(tmp_path / "desk.db")
    first = Single(tmp_path / "desk.db")
    assert first.own([])
    with pytest.raises(DeskError):
        Single(tmp_path / "link.db").own([])


def test_only_its_owner_reaches_the_window(qtbot: QtBot, tmp_path: Path, runtime: Path) -> None:
    first = Single(tmp_path / "desk.db")
    assert first.own([])
    first.listen()
    (address,) = runtime.iterdir()
    assert not address.stat().st_mode & 0o077
    runtime.chmod(0o755)
    assert single._address(tmp_path / "desk.db") is None


def test_what_a_killed_owner_left_at_the_address_is_taken_over(qtbot: QtBot, tmp_path: Path, runtime: Path) -> None:
    address = single._address(tmp_path / "desk.db")
    assert address is not None
    left = QLocalServer()
    assert left.listen(address)
    first = Single(tmp_path / "desk.db")
    assert first.own([])
    first.listen()
    assert first._server is not None
    assert first._server.isListening()


@pytest.mark.parametrize("words", [b"no JSON\n", b"[1]\n", b"{}\n" * 3, b"\xff\n"])
def test_words_that_nobody_of_ours_sends_open_nothing(
    qtbot: QtBot, tmp_path: Path, runtime: Path, words: bytes
) -> None:
    from PySide6.QtNetwork import QLocalSocket

    first = Single(tmp_path / "desk.db")
    assert first.own([])
    first.listen()
    asked: list[list[Path]] = []
    first.asked.connect(asked.append)
    caller = QLocalSocket()
    assert first._server is not None
    caller.connectToServer(first._server.fullServerName())
    assert caller.waitForConnected(1000)
    caller.write(words)
    caller.flush()
    qtbot.waitUntil(lambda: caller.state() is not QLocalSocket.LocalSocketState.ConnectedState or bool(asked))
    assert all(paths == [] for paths in asked)


def test_ctrl_h_and_the_menu_know_no_history_without_an_article(open_window: Callable[..., Window]) -> None:
    window = open_window()
    assert not window.actions_by_name["history"].isEnabled()
    QTest.keyClick(window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    assert not window.panels.history.isVisible()
