"""The desk in the window: how it is kept from the first start on, locked, unlocked, and encrypted later."""

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from time import monotonic

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QAction, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot
from tests.ui.reviewing import ARTICLE, place, selected, settle

from claimdesk.core import secrets
from claimdesk.core.desk import Desk, Entrance, Slot, connection, keys
from claimdesk.core.errors import Cancelled, DeskError, KeyringError
from claimdesk.core.settings import Settings, load, save
from claimdesk.ui.background import Background
from claimdesk.ui.dialogs.first_start import FirstStart
from claimdesk.ui.dialogs.place_line import PlaceLine, Spot
from claimdesk.ui.dialogs.progress import Progress
from claimdesk.ui.session import Session
from claimdesk.ui.session import history as past
from claimdesk.ui.window import Window
from claimdesk.ui.window.help import show_about

PASSPHRASE = "पुल bridge 다리 🌉"
NONE = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


class Ring:
    """A keyring in memory, of the kind that the system's own is: it stands at the end of `secrets`, not in its place."""

    def __init__(self) -> None:
        self.held: dict[str, str] = {}
        self.refuses = False
        self.silent = threading.Event()
        self.silent.set()

    def get_password(self, _: str, name: str) -> str | None:
        self.silent.wait()
        self._allow()
        return self.held.get(name)

    def set_password(self, _: str, name: str, value: str) -> None:
        self.silent.wait()
        self._allow()
        self.held[name] = value

    def delete_password(self, _: str, name: str) -> None:
        self.silent.wait()
        self._allow()
        self.held.pop(name)

    def _allow(self) -> None:
        from keyring.errors import KeyringLocked

        if self.refuses:
            raise KeyringLocked("no")


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "_PASSES", 1)
    monkeypatch.setattr(keys, "_MEMORY", 8)


@pytest.fixture(autouse=True)
def ring(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ring]:
    import keyring

    ring = Ring()
    monkeypatch.setattr(keyring, "get_keyring", lambda: ring)
    yield ring
    ring.silent.set()


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., Window]]:
    """Opens a window on the desk as the program does: locked if it is encrypted and no key is given."""
    windows: list[Window] = []

    def make(desk: Desk | None = None, settings: Settings | None = None) -> Window:
        entrance = Entrance(tmp_path / "desk.db", "tester")
        session = Session(desk, Background(), entrance)
        window = Window(session, settings or load(tmp_path), partial(save, tmp_path))
        windows.append(window)
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    yield make
    for window in windows:
        window.close()
        window.session.close()


def made(tmp_path: Path, way: Slot | None) -> tuple[Desk, str]:
    """A new desk, and its recovery key."""
    entrance = Entrance(tmp_path / "desk.db", "tester")
    if way is None:
        return entrance.make(), ""
    key, recovery = entrance.plan(way, PASSPHRASE if way is Slot.PASSPHRASE else "")
    return entrance.make(key), recovery


def fill(qtbot: QtBot, window: Window) -> None:
    """The article, its suggestions put aside, one claim with a source and a note."""
    session = window.session
    session.articles.open_text(ARTICLE)
    settle(qtbot, window)
    while session.history.undoable():
        session.history.undo()
    session.edits.mark(*place("The bridge will open on Monday"), "official")
    session.edits.name_source(session.review.claims[0].id, "Ayşe Demir")
    session.edits.set_note(session.review.claims[0].id, "call the harbour")
    window.panels.article.setFocus()


@pytest.fixture
def window(qtbot: QtBot, opened: Callable[..., Window], tmp_path: Path) -> Window:
    """A window on an open encrypted desk that a passphrase unlocks."""
    window = opened(made(tmp_path, Slot.PASSPHRASE)[0])
    fill(qtbot, window)
    return window


def locked(window: Window) -> bool:
    return window.session.locking.is_locked


def words_of(page: QWidget) -> QLineEdit:
    """The field of the unlock page."""
    field = page.findChild(QLineEdit)
    assert field is not None
    return field


def unlock(qtbot: QtBot, window: Window, words: str = PASSPHRASE) -> None:
    words_of(window.panels.unlock_page).setText(words)
    QTest.keyClick(words_of(window.panels.unlock_page), Qt.Key.Key_Return)
    settle(qtbot, window)


def button(parent: QWidget, words: str) -> QAbstractButton:
    """The button that can be seen and says so."""
    return next(one for one in parent.findChildren(QAbstractButton) if one.text() == words and one.isVisible())


def told(dialog: QWidget) -> str:
    """All that can be read in it."""
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def all_words(window: QWidget) -> str:
    """All text that any part of the window holds, shown or not."""
    found: list[object] = []
    for widget in (window, *window.findChildren(QWidget)):
        found += [widget.windowTitle(), widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()]
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            found.append(widget.text())
        if isinstance(widget, QPlainTextEdit | QTextEdit):
            found.append(widget.toPlainText())
        if isinstance(widget, QMenu):
            found.append(widget.title())
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            found += every_cell(widget)
    found += [action.text() for action in window.findChildren(QAction)]
    return "\n".join(str(one) for one in found)


def every_cell(view: QAbstractItemView) -> list[object]:
    model = view.model()
    roles = [
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
        Qt.ItemDataRole.UserRole,
    ]
    return [
        model.index(row, 0, QModelIndex()).data(role)  # no list of the window has a second column
        for row in range(model.rowCount(QModelIndex()))
        for role in roles
    ]


SECRETS = (
    "bridge will open",
    "Ayşe Demir",
    "call the harbour",
    "Harbour bridge",
    "क्या आपने",
    "북한은",
    "harbour office says",
)


# -- the first start


@pytest.fixture
def first_start(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., FirstStart]]:
    background = Background()

    def make(*, keyring: bool = True, is_new: bool = True) -> FirstStart:
        entrance = Entrance(tmp_path / "home" / "desk.db", "tester")
        dialog = FirstStart(
            entrance.path.parent,
            keyring,
            lambda way, *words: entrance.plan(Slot(way), *words),
            background,
            is_new=is_new,
        )
        dialog.setProperty("entrance", entrance)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    yield make
    background.stop()


def type_groups(dialog: QWidget, recovery: str) -> None:
    """Type the groups that are asked for, as they stand in a recovery key."""
    for label in dialog.findChildren(QLabel):
        if "type group &" in label.text():
            number = int(label.text().split("&")[1].split()[0])
            field = label.buddy()
            assert isinstance(field, QLineEdit)
            field.setText(recovery.split("-")[number - 1].lower())


def shown_recovery(qtbot: QtBot, dialog: QWidget) -> str:
    """The recovery key, once it is shown."""
    shown = dialog.findChild(QLabel, "recovery")
    assert isinstance(shown, QLabel)
    qtbot.waitUntil(lambda: shown.isVisible() and bool(shown.text()), timeout=20000)
    return "-".join(shown.text().split())


def test_the_first_start_by_keyring_makes_a_desk_that_keyring_and_recovery_key_open(
    qtbot: QtBot, first_start: Callable[..., FirstStart]
) -> None:
    dialog = first_start()
    button(dialog, "Continue").click()
    recovery = shown_recovery(qtbot, dialog)
    assert not button(dialog, "Start").isEnabled()
    type_groups(dialog, "AAAA-" * 8 + "AAAA")
    assert "is another one" in told(dialog)
    assert not button(dialog, "Start").isEnabled()
    type_groups(dialog, recovery)
    button(dialog, "Start").click()
    entrance: Entrance = dialog.property("entrance")
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert not entrance.path.parent.exists()
    entrance.make(dialog.key).close()
    assert entrance.key_by_keyring() == entrance.key_by_words(recovery) == dialog.key


def test_the_first_start_by_passphrase_asks_for_one_that_is_long_and_typed_twice(
    qtbot: QtBot, first_start: Callable[..., FirstStart]
) -> None:
    dialog = first_start(keyring=False)
    assert not button(dialog, "Encrypt it, and unlock it with this computer’s keyring").isEnabled()
    assert button(dialog, "Encrypt it with a passphrase").isChecked()
    once, again = [field for field in dialog.findChildren(QLineEdit) if field.isVisible()]
    for first, second, sentence in (
        ("", "", ""), ("short", "", "5 characters more."), (PASSPHRASE, "", ""), (PASSPHRASE, "other", "not the same yet"),
    ):  # fmt: skip
        once.setText(first)
        again.setText(second)
        assert sentence in told(dialog)
        assert not button(dialog, "Continue").isEnabled()
    again.setText(PASSPHRASE)
    button(dialog, "Continue").click()
    type_groups(dialog, shown_recovery(qtbot, dialog))
    button(dialog, "Start").click()
    entrance: Entrance = dialog.property("entrance")
    with entrance.make(dialog.key) as desk:
        assert desk.is_encrypted
    assert entrance.key_by_words(PASSPHRASE) == dialog.key


def test_the_first_start_without_encryption_makes_a_plain_desk(first_start: Callable[..., FirstStart]) -> None:
    dialog = first_start()
    button(dialog, "Do not encrypt it").click()
    button(dialog, "Continue").click()
    assert (dialog.result(), dialog.key) == (QDialog.DialogCode.Accepted, None)


def test_a_folder_that_is_not_safe_keeps_the_first_start_and_a_desk_in_it_is_opened(
    qtbot: QtBot, first_start: Callable[..., FirstStart], tmp_path: Path
) -> None:
    dialog = first_start()
    line = dialog.findChild(PlaceLine)
    assert line is not None
    for spot, words, can_go_on in (
        (Spot("desk.db would lie in a folder of Dropbox."), "Continue", False), (Spot(), "Continue", True),
        (Spot(has_desk=True), "Open", True),
    ):  # fmt: skip
        line._look_at = {tmp_path / "कार्य": spot}.__getitem__
        line.show_folder(tmp_path / "कार्य")
        assert spot.objection in told(dialog)
        assert button(dialog, words).isEnabled() is can_go_on
    assert not any(way.isVisible() for way in dialog.findChildren(QRadioButton))
    button(dialog, "Open").click()
    assert (dialog.result(), dialog.key, dialog.folder) == (QDialog.DialogCode.Accepted, None, tmp_path / "कार्य")


def test_a_keyring_that_refuses_is_told_and_another_way_can_be_chosen(
    qtbot: QtBot, first_start: Callable[..., FirstStart], ring: Ring
) -> None:
    ring.refuses = True
    dialog = first_start()
    button(dialog, "Continue").click()
    qtbot.waitUntil(lambda: "locked or did not allow it" in told(dialog))
    button(dialog, "Encrypt it with a passphrase").click()
    for field in (field for field in dialog.findChildren(QLineEdit) if field.isVisible()):
        field.setText(PASSPHRASE)
    button(dialog, "Continue").click()
    assert shown_recovery(qtbot, dialog)


@pytest.mark.parametrize("moment", ["at once", "while the keyring is silent", "before the recovery key was kept"])
def test_quitting_the_first_start_makes_no_file_and_leaves_no_key(
    qtbot: QtBot, first_start: Callable[..., FirstStart], ring: Ring, moment: str
) -> None:
    dialog = first_start()
    if moment != "at once":
        if "silent" in moment:
            ring.silent.clear()
        button(dialog, "Continue").click()
    if "recovery" in moment:
        shown_recovery(qtbot, dialog)
    began = monotonic()
    button(dialog, "Quit").click()
    assert dialog.result() == QDialog.DialogCode.Rejected
    dialog._background.stop()
    assert monotonic() - began < secrets.PATIENCE / 6
    entrance: Entrance = dialog.property("entrance")
    ring.silent.set()
    entrance.give_up()
    assert not entrance.path.parent.exists()
    assert "recovery" not in moment or ring.held == {}


# -- locked


def test_ctrl_l_locks_and_nothing_of_the_desk_is_left_in_the_window(qtbot: QtBot, window: Window) -> None:
    chip = next(one for one in window.panels.claims.findChildren(QPushButton) if one.text().startswith("Source"))
    chip.menu().aboutToShow.emit()
    denies = next(one for one in window.panels.form.findChildren(QPushButton) if one.text() == "Denies…")
    denies.menu().aboutToShow.emit()
    window.panels.find_bar.open("harbour office says")
    window.actions_by_name["sources"].trigger()
    window.activateWindow()
    window.actions_by_name["search"].trigger()
    window.panels.search.open("harbour")
    settle(qtbot, window)
    assert "Ayşe Demir" in all_words(window.panels.sources)
    assert "call the harbour" in all_words(window.panels.search)
    before = all_words(window)
    assert [secret for secret in SECRETS if secret not in before] == []
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_L, CONTROL)
    assert locked(window)
    after = all_words(window)
    assert [secret for secret in SECRETS if secret in after] == []
    enabled = {name for name, action in window.actions_by_name.items() if action.isEnabled()}
    assert enabled == {"quit", "keys", "about", "full_screen", "theme:system", "theme:light", "theme:dark"}
    assert window.session._desk.opened is None


def test_what_was_being_written_is_on_the_desk_and_undo_goes_on(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    article = window.session.review.article
    assert article is not None
    window.actions_by_name["note"].trigger()
    note = window.panels.form.findChild(QPlainTextEdit)
    assert note is not None
    qtbot.waitUntil(note.hasFocus)
    QTest.keyClicks(note, " today")
    window.actions_by_name["lock"].trigger()
    assert sorted(file.name for file in tmp_path.glob("desk*")) == ["desk.db", "desk.db.keys"]
    unlock(qtbot, window)
    assert window.session.review.article == article
    assert selected(window).note == "call the harbour today"
    window.actions_by_name["undo"].trigger()
    assert selected(window).note == "call the harbour"
    assert all(window.actions_by_name[name].isEnabled() for name in ("open", "accept", "lock", "find"))


def test_a_note_that_cannot_be_put_on_the_desk_is_not_locked_away(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    window.actions_by_name["note"].trigger()
    note = window.panels.form.findChild(QPlainTextEdit)
    assert note is not None
    QTest.keyClicks(note, " lost?")
    (tmp_path / "desk.db").rename(tmp_path / "away.db")
    window.actions_by_name["lock"].trigger()
    assert not locked(window)
    assert "moved or deleted" in window.panels.notice.words
    assert note.toPlainText() == "call the harbour lost?"
    (tmp_path / "away.db").rename(tmp_path / "desk.db")
    window.actions_by_name["lock"].trigger()
    assert locked(window)
    unlock(qtbot, window)
    assert selected(window).note == "call the harbour lost?"


def test_nobody_there_locks_the_desk_when_it_is_time(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    now = monotonic()
    monkeypatch.setattr("claimdesk.ui.idle.monotonic", lambda: now)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_F7)
    minutes = window.preferences.now.lock_after
    now += minutes * 60 - 1
    window.idle.look()
    assert not locked(window)
    QTest.mouseMove(window.windowHandle(), window.rect().center())
    now += 2
    window.idle.look()
    assert not locked(window)
    now += minutes * 60
    window.idle.look()
    assert locked(window)


@pytest.fixture
def leave(window: Window, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Nobody touches anything for as long as it takes until the desk is locked, or a part of that."""
    now = monotonic()
    monkeypatch.setattr("claimdesk.ui.idle.monotonic", lambda: now)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_F7)

    def leave(part: float = 1.0) -> None:
        nonlocal now
        now += window.preferences.now.lock_after * 60 * part + 1
        window.idle.look()

    return leave


@pytest.mark.parametrize("command", ["keys", "about", "backups", "passphrase", "recovery", "open", "paste", "export"])
def test_an_open_dialog_does_not_keep_the_desk_open(
    qtbot: QtBot, window: Window, leave: Callable[..., None], command: str
) -> None:
    found: list[QWidget] = []
    left: list[bool] = []

    def go_away() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            QTimer.singleShot(10, go_away)
        else:
            found.append(dialog)
            leave()
            left.append(dialog.isVisible())
            dialog.close()  # else a test that fails would wait for ever

    QTimer.singleShot(0, go_away)
    window.actions_by_name[command].trigger()
    assert len(found) == 1
    assert left == [False]
    assert locked(window)
    unlock(qtbot, window)
    assert selected(window).note == "call the harbour"


def test_somebody_who_types_in_a_dialog_is_there(window: Window, leave: Callable[..., None]) -> None:
    seen = []

    def type_on(dialog: QDialog) -> None:
        leave(0.9)
        QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_A)
        leave(0.9)
        seen.append(locked(window))
        leave()
        dialog.reject()

    in_dialog(type_on)
    window.actions_by_name["paste"].trigger()
    assert seen == [False]
    assert locked(window)


def test_an_open_menu_does_not_keep_the_desk_open(qtbot: QtBot, window: Window, leave: Callable[..., None]) -> None:
    menu = window.menuBar().actions()[0].menu()
    assert isinstance(menu, QMenu)
    menu.popup(window.pos())
    assert QApplication.activePopupWidget() is menu
    leave()
    assert QApplication.activePopupWidget() is None
    assert locked(window)


def test_a_dialog_over_a_dialog_is_closed_too(qtbot: QtBot, window: Window, leave: Callable[..., None]) -> None:
    inner: list[bool] = []

    def go_on(dialog: QDialog) -> None:
        in_dialog(go_away)
        show_about(dialog)

    def go_away(dialog: QDialog) -> None:
        inner.append(isinstance(dialog, QMessageBox))
        leave()

    in_dialog(go_on)
    window.actions_by_name["backups"].trigger()
    assert inner == [True]
    assert QApplication.activeModalWidget() is None
    assert locked(window)
    unlock(qtbot, window)
    assert selected(window).note == "call the harbour"


def test_what_was_being_written_as_an_article_is_kept_on_the_desk(
    qtbot: QtBot, window: Window, leave: Callable[..., None], tmp_path: Path
) -> None:
    written = "पुल बंद रहेगा 🙂\n다리가 안전하다 الجسر آمن"

    def write(dialog: QDialog) -> None:
        field = dialog.findChild(QPlainTextEdit)
        assert field is not None
        field.selectAll()
        field.insertPlainText(written)
        leave()

    in_dialog(write)
    window.actions_by_name["paste"].trigger()
    assert locked(window)
    assert written.split()[0].encode() not in b"".join(
        file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()
    )
    unlock(qtbot, window)
    assert "New Article from Text" in window.panels.notice.words
    shown: list[str] = []

    def add(dialog: QDialog) -> None:
        field = dialog.findChild(QPlainTextEdit)
        assert field is not None
        shown.append(field.toPlainText())
        dialog.accept()

    in_dialog(add)
    window.actions_by_name["paste"].trigger()
    settle(qtbot, window)
    assert shown == [written]
    assert window.session.review.article is not None
    assert window.session.review.article.text.startswith("पुल बंद रहेगा 🙂")
    assert window.session.articles.draft() == ""


def test_what_cannot_be_kept_is_not_locked_away(window: Window, leave: Callable[..., None], tmp_path: Path) -> None:
    left: list[tuple[bool, bool]] = []

    def write(dialog: QDialog) -> None:
        field = dialog.findChild(QPlainTextEdit)
        assert field is not None
        field.insertPlainText("lost?")
        (tmp_path / "desk.db").rename(tmp_path / "away.db")
        leave()
        left.append((dialog.isVisible(), locked(window)))
        (tmp_path / "away.db").rename(tmp_path / "desk.db")
        dialog.reject()

    in_dialog(write)
    window.actions_by_name["paste"].trigger()
    assert left == [(True, False)]
    assert window.session.articles.draft() == ""


def test_an_undo_of_many_edits_ends_before_the_desk_is_locked(
    qtbot: QtBot, window: Window, leave: Callable[..., None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(past, "AT_ONCE", 1)
    session = window.session
    claim = session.review.claims[0].id
    step = session.history.past()[0].id
    for note in ("पुल 🙂", "다리", "الجسر"):
        session.edits.set_note(claim, note)
    window.companions.open_history()
    with closing(connection.connect(tmp_path / "desk.db", 5.0, session._desk.now.key)) as other:
        other.execute("BEGIN IMMEDIATE")  # so that it cannot have ended before nobody is there
        session.history.undo_to(step)
        shown = window.panels.history.findChild(Progress)
        assert shown is not None
        leave()
        assert shown.isVisible()
        assert not locked(window)
        other.rollback()
    qtbot.waitUntil(lambda: locked(window))
    assert window.panels.history.findChild(Progress) is None or not shown.isVisible()
    unlock(qtbot, window)
    assert selected(window).note == "call the harbour"
    for note in ("पुल 🙂", "다리", "الجسر"):
        session.history.redo()
        assert selected(window).note == note
    assert session._desk.now.verify_history() is None


def test_wrong_words_are_told_and_the_right_ones_unlock(qtbot: QtBot, window: Window) -> None:
    window.actions_by_name["lock"].trigger()
    unlock(qtbot, window, "not this one")
    assert locked(window)
    assert "not the passphrase or the recovery key" in told(window.panels.unlock_page)
    assert words_of(window.panels.unlock_page).hasFocus()
    unlock(qtbot, window)
    assert not locked(window)
    assert PASSPHRASE not in all_words(window)
    assert words_of(window.panels.unlock_page).text() == ""


def test_the_recovery_key_unlocks(qtbot: QtBot, opened: Callable[..., Window], tmp_path: Path) -> None:
    desk, recovery = made(tmp_path, Slot.PASSPHRASE)
    window = opened(desk)
    fill(qtbot, window)
    window.actions_by_name["lock"].trigger()
    unlock(qtbot, window, recovery.lower())
    assert not locked(window)


def test_the_keyring_unlocks_from_the_start_and_again(
    qtbot: QtBot, opened: Callable[..., Window], tmp_path: Path
) -> None:
    desk, _ = made(tmp_path, Slot.KEYRING)
    desk.close()
    window = opened()
    assert locked(window)
    then = []
    window.locking.unlock_when_shown(lambda: then.append("done"))
    qtbot.waitUntil(lambda: not locked(window))
    fill(qtbot, window)
    window.actions_by_name["lock"].trigger()
    button(window.panels.unlock_page, "Unlock with This Computer’s Keyring").click()
    qtbot.waitUntil(lambda: not locked(window))
    assert selected(window).note == "call the harbour"
    assert then == ["done"]


def test_a_silent_keyring_leaves_the_recovery_key_and_the_way_out(
    qtbot: QtBot, opened: Callable[..., Window], tmp_path: Path, ring: Ring
) -> None:
    desk, recovery = made(tmp_path, Slot.KEYRING)
    desk.close()
    ring.silent.clear()
    window = opened()
    window.locking.unlock_when_shown(lambda: None)
    qtbot.waitUntil(lambda: "Waiting for the keyring" in told(window.panels.unlock_page))
    unlock(qtbot, window, recovery)
    assert not locked(window)
    window.session.locking.lock()
    button(window.panels.unlock_page, "Unlock with This Computer’s Keyring").click()
    began = monotonic()
    window.close()
    window.session.close()
    assert monotonic() - began < secrets.PATIENCE / 6
    assert not window.session.background.busy


def test_a_keyring_that_refuses_is_told_where_it_can_be_read(
    qtbot: QtBot, opened: Callable[..., Window], tmp_path: Path, ring: Ring
) -> None:
    made(tmp_path, Slot.KEYRING)[0].close()
    ring.refuses = True
    window = opened()
    window.locking.unlock_when_shown(lambda: None)
    qtbot.waitUntil(lambda: "locked or did not allow it" in told(window.panels.unlock_page))
    ring.refuses = False
    ring.held.clear()
    button(window.panels.unlock_page, "Unlock with This Computer’s Keyring").click()
    qtbot.waitUntil(lambda: "holds no key for this desk" in told(window.panels.unlock_page))
    assert locked(window)


def test_what_comes_in_while_it_is_locked_waits_and_is_taken_in(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    file = tmp_path / "flood.txt"
    file.write_text("Flood warning lifted\n\nThe river fell by two metres, the agency said.\n", encoding="utf-8")
    window.session.articles.open_text("Dam holds\n\nThe dam held, the mayor said.")
    window.actions_by_name["lock"].trigger()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    window.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, NONE))
    settle(qtbot, window)
    assert "as soon as it is unlocked" in told(window.panels.unlock_page)
    assert "Dam holds" not in all_words(window)
    unlock(qtbot, window)
    titles = {summary.title for summary in window.session.articles.all()}
    assert titles == {"Flood warning lifted", "Dam holds", "Harbour bridge to open early 😀"}


def test_a_file_that_is_none_is_told_on_the_locked_page(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    window.actions_by_name["lock"].trigger()
    window.session.articles.open_files([tmp_path / "empty.txt"])
    settle(qtbot, window)
    assert "empty.txt" in told(window.panels.unlock_page)


def test_a_desk_that_was_damaged_meanwhile_stays_locked_with_a_sentence(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    window.actions_by_name["lock"].trigger()
    content = bytearray((tmp_path / "desk.db").read_bytes())
    content[5000] ^= 1
    (tmp_path / "desk.db").write_bytes(content)
    unlock(qtbot, window)
    assert locked(window)
    assert "damaged and was left as it is" in told(window.panels.unlock_page)


def test_a_plain_desk_cannot_be_locked_and_says_that_it_is_plain(
    qtbot: QtBot, opened: Callable[..., Window], tmp_path: Path
) -> None:
    window = opened(made(tmp_path, None)[0])
    fill(qtbot, window)
    assert not window.actions_by_name["lock"].isEnabled()
    window.session.locking.lock()
    window.idle.reached.emit()
    assert not locked(window)
    assert "Desk not encrypted" in told(window)


def test_an_encrypted_desk_says_so(window: Window) -> None:
    assert "Desk encrypted" in told(window)
    names = ("encrypt", "recovery", "passphrase")
    assert [window.actions_by_name[name].isEnabled() for name in names] == [False, True, True]


# -- other keys


def in_dialog(do: Callable[[QDialog], None]) -> None:
    """Do it in the dialog that opens next."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            do(dialog)
        else:
            QTimer.singleShot(10, look)

    QTimer.singleShot(0, look)


def test_a_plain_desk_is_encrypted_from_the_menu(qtbot: QtBot, opened: Callable[..., Window], tmp_path: Path) -> None:
    window = opened(made(tmp_path, None)[0])
    fill(qtbot, window)
    before = window.session.review.article
    kept: list[str] = []

    def answer(dialog: QDialog) -> None:
        assert not any(one.isVisible() for one in dialog.findChildren(QRadioButton) if "not encrypt" in one.text())
        button(dialog, "Encrypt it with a passphrase").click()
        for field in (field for field in dialog.findChildren(QLineEdit) if field.isVisible()):
            field.setText(PASSPHRASE)
        button(dialog, "Continue").click()
        kept.append(shown_recovery(qtbot, dialog))
        type_groups(dialog, kept[0])
        button(dialog, "Encrypt").click()

    in_dialog(answer)
    window.actions_by_name["encrypt"].trigger()
    settle(qtbot, window)
    assert connection.is_plain(tmp_path / "desk.db") is False
    assert "Desk encrypted" in told(window)
    assert "encrypted" in window.panels.notice.words
    assert window.session.review.article == before
    window.actions_by_name["undo"].trigger()
    assert selected(window).note == ""
    window.actions_by_name["lock"].trigger()
    unlock(qtbot, window, kept[0])
    assert not locked(window)


def test_a_desk_that_is_open_elsewhere_stays_plain_and_open(
    qtbot: QtBot, opened: Callable[..., Window], tmp_path: Path, ring: Ring
) -> None:
    window = opened(made(tmp_path, None)[0])
    fill(qtbot, window)

    def answer(dialog: QDialog) -> None:
        button(dialog, "Continue").click()
        type_groups(dialog, shown_recovery(qtbot, dialog))
        button(dialog, "Encrypt").click()

    in_dialog(answer)
    with Desk.open(tmp_path / "desk.db", who="other"):
        window.actions_by_name["encrypt"].trigger()
        settle(qtbot, window)
    assert "open in another window" in window.panels.notice.words
    assert "Desk not encrypted" in told(window)
    assert selected(window).note == "call the harbour"
    assert connection.is_plain(tmp_path / "desk.db")
    assert ring.held == {}


def test_cancelling_leaves_the_desk_plain(
    qtbot: QtBot, opened: Callable[..., Window], tmp_path: Path, ring: Ring
) -> None:
    window = opened(made(tmp_path, None)[0])

    def answer(dialog: QDialog) -> None:
        button(dialog, "Continue").click()
        shown_recovery(qtbot, dialog)
        button(dialog, "Cancel").click()

    in_dialog(answer)
    window.actions_by_name["encrypt"].trigger()
    settle(qtbot, window)
    assert connection.is_plain(tmp_path / "desk.db")
    assert not (tmp_path / "desk.db.keys").exists()
    assert ring.held == {}


@pytest.mark.parametrize("keep", [True, False])
def test_a_new_recovery_key_counts_once_it_was_typed_again(
    qtbot: QtBot, opened: Callable[..., Window], tmp_path: Path, keep: bool
) -> None:
    desk, old = made(tmp_path, Slot.PASSPHRASE)
    window = opened(desk)
    new: list[str] = []

    def answer(dialog: QDialog) -> None:
        new.append(shown_recovery(qtbot, dialog))
        type_groups(dialog, new[0])
        button(dialog, "Use This One" if keep else "Keep the Old One").click()

    in_dialog(answer)
    window.actions_by_name["recovery"].trigger()
    entrance = Entrance(tmp_path / "desk.db", "tester")
    good, bad = (new[0], old) if keep else (old, new[0])
    assert entrance.key_by_words(good) == entrance.key_by_words(PASSPHRASE) == desk.key
    with pytest.raises(DeskError):
        entrance.key_by_words(bad)
    assert ("new recovery key opens the desk" in window.panels.notice.words) is keep


@pytest.mark.parametrize("way", [Slot.PASSPHRASE, Slot.KEYRING])
def test_a_passphrase_is_changed_or_set(qtbot: QtBot, opened: Callable[..., Window], tmp_path: Path, way: Slot) -> None:
    desk, recovery = made(tmp_path, way)
    window = opened(desk)

    def answer(dialog: QDialog) -> None:
        once, again = dialog.findChildren(QLineEdit)
        once.setText("a new 다리 one")
        assert not button(dialog, "Set Passphrase").isEnabled()
        again.setText("a new 다리 one")
        button(dialog, "Set Passphrase").click()

    in_dialog(answer)
    window.actions_by_name["passphrase"].trigger()
    settle(qtbot, window)
    assert "new passphrase unlocks the desk" in window.panels.notice.words
    entrance = Entrance(tmp_path / "desk.db", "tester")
    assert entrance.key_by_words("a new 다리 one") == entrance.key_by_words(recovery) == desk.key
    with pytest.raises(DeskError):
        entrance.key_by_words(PASSPHRASE)


def test_a_silent_keyring_can_be_given_up(ring: Ring) -> None:
    ring.silent.clear()
    left = threading.Event()
    left.set()
    with pytest.raises(Cancelled):
        secrets.fetch("desk", left.is_set)
    ring.silent.set()
    with pytest.raises(KeyringError, match="holds no key"):
        secrets.fetch("desk")
