"""Backups in the window: the list, a new one, the way back, and what is told by itself."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox
from pytestqt.qtbot import QtBot
from tests.core.desk.desks import flip, make
from tests.ui.reviewing import settle

from claimdesk import arrival
from claimdesk.core.claim import Article
from claimdesk.core.desk import Desk, Entrance
from claimdesk.core.errors import DeskError
from claimdesk.core.settings import Settings
from claimdesk.ui.background import Background
from claimdesk.ui.dialogs.backups import BackupsDialog
from claimdesk.ui.dialogs.damaged import DamagedDialog
from claimdesk.ui.session import Session
from claimdesk.ui.window import Window


def in_dialog(qtbot: QtBot, window: Window, act: Callable[[BackupsDialog], None]) -> None:
    """Open the dialog of backups, do something in it, close it; what goes wrong inside is raised outside."""
    failures: list[BaseException] = []

    def inside() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, BackupsDialog)
        try:
            qtbot.waitUntil(lambda: not window.session.background.busy)
            act(dialog)
            qtbot.waitUntil(lambda: not dialog.busy and not window.session.background.busy)
        except BaseException as error:  # noqa: BLE001
            failures.append(error)
        dialog.show_busy("")
        dialog.reject()

    QTimer.singleShot(0, inside)
    window.actions_by_name["backups"].trigger()
    settle(qtbot, window)
    if failures:
        raise failures[0]


def cells(dialog: BackupsDialog, row: int) -> list[str]:
    found = (dialog.table.item(row, column) for column in range(dialog.table.columnCount()))
    return [item.text() for item in found if item is not None]


def answer(button: str, said: list[str]) -> None:
    """Press a button of the message box that opens next, and note what it says."""

    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        said.append(f"{box.text()} {box.informativeText()}")
        next(one for one in box.buttons() if one.text().replace("&", "") == button).click()

    QTimer.singleShot(0, press)


def test_the_list_says_what_each_backup_holds(qtbot: QtBot, window: Window) -> None:
    desk = window.session._desk.now
    older = desk.backups.make(now=datetime.now(UTC) - timedelta(days=1))
    desk.add_article(Article("another", "Another"))
    desk.backups.make()
    raw = bytearray(older.path.read_bytes())
    raw[100:160] = b"\xff" * 60
    older.path.write_bytes(raw)

    def look(dialog: BackupsDialog) -> None:
        qtbot.waitUntil(lambda: cells(dialog, 1)[-1] == "cannot be restored")
        made, articles, claims, size, state = cells(dialog, 0)
        assert (articles, claims, state) == ("2", "3", "verified")
        assert made.startswith(f"{datetime.now(UTC).astimezone().day} ")
        assert size.endswith("kB")
        assert dialog.restore.isEnabled()
        dialog.table.selectRow(1)
        assert not dialog.restore.isEnabled()
        words = " ".join(label.text() for label in dialog.findChildren(QLabel))
        assert "keep what was deleted" in words
        assert str(desk.backups.folder) in words

    in_dialog(qtbot, window, look)


def test_back_up_now_adds_one_and_the_status_bar_says_so(qtbot: QtBot, window: Window) -> None:
    assert window.status.backed_up.isHidden()

    def act(dialog: BackupsDialog) -> None:
        assert dialog.table.rowCount() == 0
        assert not dialog.restore.isEnabled()
        dialog.back_up.click()
        assert dialog.busy
        dialog.reject()
        assert dialog.isVisible(), "it stays while something is being done"
        qtbot.waitUntil(lambda: not dialog.busy)
        qtbot.waitUntil(lambda: cells(dialog, 0)[-1] == "verified")

    in_dialog(qtbot, window, act)
    assert window.status.backed_up.text() == "Backed up today"


def test_what_is_being_written_is_in_the_backup(qtbot: QtBot, window: Window) -> None:
    window.panels.form._note.setPlainText("कल पूछो 🙂")
    window.session.backups.make()
    settle(qtbot, window)
    (made,) = window.session.backups.all()
    with Desk.open(made.path, who="tester") as copy:
        assert "कल पूछो 🙂" in {claim.note for claim in copy.claims(1)}


def test_restore_says_what_happens_brings_the_desk_back_and_keeps_what_it_was(qtbot: QtBot, window: Window) -> None:
    session = window.session
    levels = [claim.level for claim in session.review.claims]
    session.backups.make()
    settle(qtbot, window)
    session.edits.relevel([claim.id for claim in session.review.claims], "denial")
    said: list[str] = []

    def act(dialog: BackupsDialog) -> None:
        qtbot.waitUntil(lambda: dialog.restore.isEnabled())
        answer("Restore", said)
        dialog.restore.click()
        qtbot.waitUntil(lambda: not dialog.busy and dialog.table.rowCount() == 2)

    in_dialog(qtbot, window, act)
    assert "will hold the 1 articles and 3 claims of then" in said[0]
    assert "kept as the newest backup" in said[0]
    assert session.review.article is not None
    assert [claim.level for claim in session.review.claims] == levels
    session.edits.relevel([session.review.claims[0].id], "media")
    assert session.history.undoable() is not None
    kept = session.backups.all()[0]
    with Desk.open(kept.path, who="tester") as copy:
        assert {claim.level for claim in copy.claims(1)} == {"denial"}


def test_restore_can_be_left(qtbot: QtBot, window: Window) -> None:
    window.session.backups.make()
    settle(qtbot, window)
    before = window.session.review.claims

    def act(dialog: BackupsDialog) -> None:
        qtbot.waitUntil(lambda: dialog.restore.isEnabled())
        answer("Cancel", [])
        dialog.restore.click()

    in_dialog(qtbot, window, act)
    assert window.session.review.claims == before
    assert len(window.session.backups.all()) == 1


def test_a_restore_that_is_refused_leaves_the_window_as_it_was(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    session = window.session
    session.backups.make()
    settle(qtbot, window)
    claims, (backup,) = session.review.claims, session.backups.all()

    def act(dialog: BackupsDialog) -> None:
        qtbot.waitUntil(lambda: dialog.restore.isEnabled())
        backup.path.write_bytes(backup.path.read_bytes()[:9000])
        answer("Restore", [])
        dialog.restore.click()
        qtbot.waitUntil(lambda: not dialog.busy)
        assert f"The backup {backup.path.name} is damaged" in dialog._words.text()

    in_dialog(qtbot, window, act)
    assert session.review.claims == claims
    session.edits.relevel([claims[0].id], "denial")
    assert session.review.claims[0].level == "denial"


def test_a_backup_is_made_by_itself_and_again_only_when_it_is_due(qtbot: QtBot, window: Window) -> None:
    window.session.backups.keep_making()
    settle(qtbot, window)
    assert [one.number for one in window.session.backups.all()] == [1]
    assert window.status.backed_up.text() == "Backed up today"
    window.session.edits.relevel([window.session.review.claims[0].id], "denial")
    window.session.backups.make_if_due()
    settle(qtbot, window)
    assert [one.number for one in window.session.backups.all()] == [1]


def test_a_backup_by_itself_that_fails_is_told_once(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    (tmp_path / "backups").write_bytes(b"in the way")
    window.session.backups.keep_making()
    settle(qtbot, window)
    assert window.panels.notice.words.startswith("The desk could not be backed up. ")
    window.panels.notice.hide()
    window.session.backups.make_if_due()
    settle(qtbot, window)
    assert window.panels.notice.words == ""


@pytest.mark.parametrize(("button", "restores"), [("Restore the Backup", True), ("Quit", False)])
def test_a_damaged_desk_is_offered_its_backup_and_nothing_that_erases_it(
    qtbot: QtBot, button: str, restores: bool
) -> None:
    dialog = DamagedDialog("The desk is damaged.", "The newest good backup is number 3.")
    qtbot.addWidget(dialog)
    said: list[str] = []
    answer(button, said)
    assert dialog.ask() is restores
    assert said == ["The desk is damaged. The newest good backup is number 3. What is damaged is kept beside it."]
    assert [one.text() for one in dialog.buttons()] == ["Restore the Backup", "Quit"]


@pytest.mark.parametrize("button", ["Restore the Backup", "Quit"])
def test_a_damaged_encrypted_desk_is_offered_its_backup_when_it_is_unlocked(
    qtbot: QtBot, tmp_path: Path, button: str
) -> None:
    place = make(tmp_path / "desk.db", encrypted=True)
    place.backups.make()
    flip(place.path, 3 * 4096 + 5)
    damaged = place.path.read_bytes()
    session = Session(None, Background(), Entrance(place.path, "tester"))
    window = Window(session, Settings(), lambda _: None)
    qtbot.addWidget(window)
    window.show()
    said: list[str] = []
    answer_when_asked(qtbot, button, said)
    session.locking.open_desk(place.key)
    qtbot.waitUntil(lambda: bool(said) and not session.background.busy)
    assert "The newest good backup is number 1, of" in said[0]
    if button == "Quit":
        assert session.locking.is_locked
        assert not window.isVisible()
        assert place.path.read_bytes() == damaged
    else:
        assert [article.title for article in session.articles.all()] == ["Bridge"]
        assert session.backups.all()[0].path.read_bytes() == damaged
        settle(qtbot, window)
        window.close()
    session.close()


def test_a_damaged_plain_desk_is_offered_its_backup_at_the_start(qtbot: QtBot, tmp_path: Path) -> None:
    place = make(tmp_path / "desk.db", encrypted=False)
    place.backups.make()
    place.path.write_bytes(place.path.read_bytes()[:9000])
    said: list[str] = []
    answer("Quit", said)
    with pytest.raises(DeskError, match="The newest good backup is number 1, of"):
        arrival._opened(Entrance(place.path, "tester"))
    answer("Restore the Backup", said)
    with arrival._opened(Entrance(place.path, "tester")) as desk:
        assert [article.title for article in desk.articles()] == ["Bridge"]
        assert [backup.replaced for backup in desk.backups.all()] == [True, False]
    assert "erase" not in " ".join(said).lower()


def answer_when_asked(qtbot: QtBot, button: str, said: list[str]) -> None:
    """As `answer`, for a box that opens only after work beside the window."""

    def wait() -> None:
        if isinstance(QApplication.activeModalWidget(), QMessageBox):
            answer(button, said)
        else:
            QTimer.singleShot(20, wait)

    wait()
