"""A source is removed from everywhere in the window: what goes is said, its name is asked for, and it is gone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.ui.reviewing import settle

from claimdesk.ui.dialogs.purge import PurgeDialog
from claimdesk.ui.window import Window

NAME = "Zephyrine Okonkwo-Blum 출처"


@pytest.fixture
def named(qtbot: QtBot, window: Window) -> Window:
    """The source stands behind the first claim, and in its note, with a backup of that; the register shows it."""
    session = window.session
    claim = session.review.claims[0]
    session.edits.name_source(claim.id, NAME)
    session.edits.set_note(claim.id, f"Ask {NAME} 🙂")
    session.backups.make()
    settle(qtbot, window)
    window.panels.sources.open(NAME)
    return window


def in_dialog(qtbot: QtBot, window: Window, act: Callable[[PurgeDialog], None]) -> None:
    """Press the button, do something in the dialog; what goes wrong inside is raised outside."""
    failures: list[BaseException] = []

    def inside() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, PurgeDialog)
        try:
            qtbot.waitUntil(dialog.name.isEnabled)
            act(dialog)
        except BaseException as error:  # noqa: BLE001
            failures.append(error)
        qtbot.waitUntil(lambda: not window.session.background.busy)
        dialog.reject()

    QTimer.singleShot(0, inside)
    window.panels.sources.remove.click()
    settle(qtbot, window)
    if failures:
        raise failures[0]


def held(window: Window) -> bytes:
    folder = Path(window.session.backups.folder).parent
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_it_goes_once_its_name_is_typed(qtbot: QtBot, named: Window) -> None:
    session = named.session

    def act(dialog: PurgeDialog) -> None:
        assert "Claims that rest on it or came through it, and will not any more: 1" in dialog.words.text()
        assert "words stay" in dialog.words.text()
        assert not dialog.remove.isEnabled()
        QTest.keyClicks(dialog.name, "Zephyrine")
        assert not dialog.remove.isEnabled()
        dialog.name.setText(NAME.lower())
        assert dialog.remove.isEnabled()
        dialog.remove.click()
        dialog.reject()
        assert dialog.isVisible(), "it stays while the source is being removed"
        qtbot.waitUntil(lambda: not dialog.isVisible())

    assert NAME.encode() in held(named)
    in_dialog(qtbot, named, act)
    assert not session.locking.is_locked
    assert (session.review.claims[0].source_name, session.review.claims[0].note) == ("", "Ask [removed source] 🙂")
    assert NAME not in {source.name for source in session.register.known()}
    assert NAME.encode() not in held(named)
    assert "removed from the desk" in named.panels.notice.words
    session.history.undo()
    assert session.review.claims[0].note == ""


def test_whoever_closes_the_dialog_changes_nothing(qtbot: QtBot, named: Window) -> None:
    in_dialog(qtbot, named, lambda dialog: dialog.name.setText("another name"))
    assert named.session.review.claims[0].source_name == NAME


def test_a_failure_is_told_in_the_dialog_and_the_desk_is_open_again(qtbot: QtBot, named: Window) -> None:
    (backup,) = named.session.backups.all()
    blocked = backup.path.with_name(backup.path.name + ".part")
    blocked.mkdir()

    def act(dialog: PurgeDialog) -> None:
        dialog.name.setText(NAME)
        dialog.remove.click()
        qtbot.waitUntil(dialog.remove.isEnabled)
        assert "may of its backups: 1." in dialog.told.text()
        blocked.rmdir()
        dialog.remove.click()
        qtbot.waitUntil(lambda: not dialog.isVisible())

    in_dialog(qtbot, named, act)
    assert named.session.review.claims[0].source_name == ""


def test_only_one_source_can_be_removed_at_a_time(named: Window) -> None:
    sources = named.panels.sources
    assert sources.remove.isEnabled()
    sources.list.view.selectAll()
    assert sources.remove.isEnabled() == (len(sources.list.selected()) == 1)
