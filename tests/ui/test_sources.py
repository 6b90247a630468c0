"""The register of sources in its window, in the claim form and in the export, through real widgets over a real desk."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.reviewing import selected, settle, source_of

from claimdesk.core import edits
from claimdesk.core.claim import Article, Review
from claimdesk.core.desk import Entrance
from claimdesk.core.desk.keys import Slot
from claimdesk.core.settings import Settings
from claimdesk.core.sources import Source, SourceKind
from claimdesk.ui.background import Background
from claimdesk.ui.export import ExportDialog
from claimdesk.ui.session import Session
from claimdesk.ui.sources_window import SourcesWindow
from claimdesk.ui.window import Window

OTHER = "The pier is closed\n\nDemir said that the pier is closed. قال الوزير نعم.\n"


def control(key: Qt.Key, *, shift: bool = False) -> tuple[Qt.Key, Qt.KeyboardModifier]:
    modifiers = Qt.KeyboardModifier.ControlModifier
    return key, modifiers | Qt.KeyboardModifier.ShiftModifier if shift else modifiers


@pytest.fixture
def register(qtbot: QtBot, window: Window) -> SourcesWindow:
    """The register beside the article, in which the minister stands behind the first claim and Demir behind the second.

    A second article is on the desk, with a claim of Demir too.
    """
    session = window.session
    first = session.review.article
    assert first is not None
    session.edits.name_source(session.review.claims[0].id, "Ayşe Demir")
    session.edits.name_source(session.review.claims[1].id, "Demir")
    session.edits.name_source(session.review.claims[2].id, "नगर निगम")
    session.articles.open_text(OTHER)
    settle(qtbot, window)
    while session.history.undoable():
        session.history.undo()
    start = OTHER.index("the pier is closed")
    session.edits.mark(start, start + 18, "official")
    session.edits.name_source(session.review.claims[0].id, "Demir")
    session.review.open(first.id)
    session.review.select(session.review.claims[0].id)
    window.activateWindow()
    window.panels.article.setFocus()
    QTest.keyClick(window.panels.article, *control(Qt.Key.Key_S, shift=True))
    QTest.keyClick(window.panels.article, Qt.Key.Key_Control)  # else Qt takes Ctrl for held
    qtbot.waitUntil(window.panels.sources.isVisible)
    return window.panels.sources


def shown(register: SourcesWindow) -> dict[str, tuple[int, int]]:
    model = register.list.view.model()
    rows = (model.index(row, 0) for row in range(model.rowCount()))
    entries = [row.data(Qt.ItemDataRole.UserRole) for row in rows]
    return {entry.source.name: (entry.claims, entry.articles) for entry in entries}


def current(register: SourcesWindow) -> Source:
    (source,) = register.list.selected()
    return source


def choose(register: SourcesWindow, *names: str) -> None:
    """Select the sources of these names, as Ctrl and the mouse would."""
    view = register.list.view
    view.selectionModel().clearSelection()
    for row in range(view.model().rowCount()):
        index = view.model().index(row, 0)
        if index.data() in names:
            view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.Select)


def write(field: QLineEdit, words: str) -> None:
    field.setFocus()
    field.selectAll()
    if words.isascii():
        QTest.keyClicks(field, words)
    else:
        field.insert(words)  # QTest cannot type it
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_the_register_opens_at_the_source_of_the_selected_claim(register: SourcesWindow) -> None:
    assert shown(register) == {"Ayşe Demir": (1, 1), "Demir": (2, 2), "नगर निगम": (1, 1)}
    assert current(register).name == "Ayşe Demir"
    assert register.form.name.text() == "Ayşe Demir"
    assert register.claims.view.model().rowCount() == 1


def test_the_search_finds_names_aliases_and_roles(register: SourcesWindow) -> None:
    write(register.form.role, "Transport minister")
    register.list.search.setFocus()
    for words, found in (("MINISTER", ["Ayşe Demir"]), ("निगम", ["नगर निगम"]), ("demir", ["Ayşe Demir", "Demir"])):
        register.list.search.setText(words)
        assert list(shown(register)) == found
    register.list.search.setText("nobody")
    assert not register.list.view.isVisible()
    register.list.select("नगर निगम")
    assert current(register).name == "नगर निगम"


def test_what_is_written_is_kept_and_shown_beside_the_claim(window: Window, register: SourcesWindow) -> None:
    write(register.form.role, "Transport minister")
    write(register.form.affiliation, "सरकार 🙂")
    register.form.kind.setCurrentIndex(register.form.kind.findData(SourceKind.PERSON))
    assert (current(register).about, current(register).kind) == ("Transport minister, सरकार 🙂", SourceKind.PERSON)
    assert window.panels.inspector._sourcing.source.about.text() == "Transport minister, सरकार 🙂"
    assert not window.panels.inspector._sourcing.source._lock.isVisible()


def test_aliases_and_note_are_kept_when_they_are_left(register: SourcesWindow) -> None:
    for field, words in ((register.form.aliases, "Minister Demir\n데미르\n\n"), (register.form.note, "call her")):
        field.setFocus()
        field.setPlainText(words)
        register.form.name.setFocus()
    assert (current(register).aliases, current(register).note) == (("Minister Demir", "데미르"), "call her")
    assert register.form.aliases.toPlainText() == "Minister Demir\n데미르"


def test_escape_gives_up_what_was_written_and_what_is_refused_is_set_back(register: SourcesWindow) -> None:
    register.form.name.setFocus()
    QTest.keyClicks(register.form.name, "x")
    QTest.keyClick(register.form.name, Qt.Key.Key_Escape)
    assert (register.form.name.text(), register.isVisible()) == ("Ayşe Demir", True)
    write(register.form.name, "demir")
    assert "merge them" in register.notice.words
    assert (register.form.name.text(), current(register).name) == ("Ayşe Demir", "Ayşe Demir")
    write(register.form.role, "minister")
    assert register.notice.words == ""
    QTest.keyClick(register.list.view, Qt.Key.Key_Escape)
    assert not register.isVisible()


def test_a_renamed_source_stays_selected_and_undo_gives_the_name_back(window: Window, register: SourcesWindow) -> None:
    write(register.form.name, "Ayşe Demir-Öz")
    assert (current(register).name, current(register).aliases) == ("Ayşe Demir-Öz", ("Ayşe Demir",))
    assert selected(window).source_name == "Ayşe Demir-Öz"
    register.list.view.setFocus()
    QTest.keyClick(register.list.view, *control(Qt.Key.Key_Z))
    assert selected(window).source_name == "Ayşe Demir"
    assert "Ayşe Demir-Öz" not in shown(register)
    QTest.keyClick(register.list.view, *control(Qt.Key.Key_Z, shift=True))
    assert selected(window).source_name == "Ayşe Demir-Öz"
    assert register.undo.toolTip() == "Undo: Rename “Ayşe Demir” as “Ayşe Demir-Öz”"


def test_two_selected_sources_are_merged_under_the_name_that_is_chosen(
    qtbot: QtBot, window: Window, register: SourcesWindow
) -> None:
    choose(register, "Ayşe Demir", "Demir")
    assert [choice.text() for choice in register.merge.choices] == ["Ayşe Demir", "Demir"]
    assert register.merge.choices[0].isChecked()
    QTest.mouseClick(register.merge.merge, Qt.MouseButton.LeftButton)
    assert shown(register) == {"Ayşe Demir": (3, 2), "नगर निगम": (1, 1)}
    assert (current(register).name, current(register).aliases) == ("Ayşe Demir", ("Demir",))
    assert [claim.source_name for claim in window.session.review.claims] == ["Ayşe Demir", "Ayşe Demir", "नगर निगम"]
    assert window.actions_by_name["undo"].text() == "&Undo Merge “Demir” into “Ayşe Demir”"
    window.actions_by_name["undo"].trigger()
    assert shown(register) == {"Ayşe Demir": (2, 2), "Demir": (1, 1), "नगर निगम": (1, 1)}


def test_three_sources_are_not_merged_at_once(register: SourcesWindow) -> None:
    register.list.view.selectAll()
    assert register._hint.text() == "Select two sources to merge them."
    assert register._hint.isVisible()


def test_chosen_claims_are_split_off(qtbot: QtBot, register: SourcesWindow) -> None:
    register.list.select("Demir")
    assert not register.claims.split.isEnabled()
    register.claims.view.selectRow(0)
    register.claims.name.setFocus()
    QTest.keyClicks(register.claims.name, "Cem Demir")
    assert register.claims.split.text() == "Split Off 1"
    QTest.mouseClick(register.claims.split, Qt.MouseButton.LeftButton)
    assert (shown(register)["Demir"], shown(register)["Cem Demir"]) == ((1, 1), (1, 1))
    QTest.mouseClick(register.undo, Qt.MouseButton.LeftButton)
    assert shown(register)["Demir"] == (2, 2)


def test_enter_opens_a_claim_in_its_article(window: Window, register: SourcesWindow) -> None:
    register.list.select("Demir")
    register.claims.view.setFocus()
    register.claims.view.selectRow(0)
    QTest.keyClick(register.claims.view, Qt.Key.Key_Return)
    article = window.session.review.article
    assert article is not None
    assert article.text == OTHER
    assert selected(window).source_name == "Demir"
    window.session.edits.dismiss([selected(window).id])
    register.claims.view.selectRow(0)
    QTest.keyClick(register.claims.view, Qt.Key.Key_Return)
    assert (selected(window).review, window.panels.claims.shows(selected(window).id)) == (Review.DISMISSED, True)


def test_a_confidential_source_has_a_pseudonym_and_a_lock(window: Window, register: SourcesWindow) -> None:
    assert not register.form.pseudonym.isVisible()
    register.form.confidential.click()
    assert (current(register).confidential, register.form.pseudonym.text()) == (True, "Source A")
    assert register.form.pseudonym.isVisible()
    assert window.panels.inspector._sourcing.source._lock.isVisible()
    assert "in reports “Source A”" in window.panels.inspector._sourcing.source.about.text()
    write(register.form.pseudonym, "Ayşe X")
    assert "holds a part of the name" in register.notice.words
    assert register.form.pseudonym.text() == "Source A"
    spoken = register.list.view.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Ayşe Demir, confidential, unknown, 1 claim in 1 article"


def field(window: Window) -> QLineEdit:
    return source_of(window)


def test_an_alias_in_the_claim_form_becomes_the_source(qtbot: QtBot, window: Window, register: SourcesWindow) -> None:
    choose(register, "Ayşe Demir", "Demir")
    register.merge.merge.click()
    register.close()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.session.review.select(window.session.review.claims[2].id)
    write(field(window), "DEMIR")
    assert selected(window).source_name == "Ayşe Demir"
    assert field(window).text() == "Ayşe Demir"
    assert window.status.saved.text() == "Saved"


def test_names_and_aliases_are_offered_while_one_writes(qtbot: QtBot, window: Window, register: SourcesWindow) -> None:
    register.close()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.session.review.select(window.session.review.claims[2].id)
    field(window).setFocus()
    field(window).selectAll()
    QTest.keyClicks(field(window), "demi")
    popup = field(window).completer().popup()
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert field(window).text() == "Ayşe Demir"
    window.panels.article.setFocus()
    assert selected(window).source_name == "Ayşe Demir"


def box(dialog: QWidget, words: str) -> QCheckBox:
    return next(one for one in dialog.findChildren(QCheckBox) if one.text().startswith(words))


def export(qtbot: QtBot, window: Window, target: Path, answer: Callable[[ExportDialog], None]) -> str:
    """The report that comes of the export command when its dialog is answered."""
    failures: list[BaseException] = []

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ExportDialog)
        try:
            qtbot.waitUntil(lambda: bool(dialog.leaving.toPlainText()))
            dialog.name.setText(str(target))
            answer(dialog)
        except BaseException as error:  # noqa: BLE001
            failures.append(error)
            dialog.reject()

    QTimer.singleShot(20, act)
    window.actions_by_name["export"].trigger()
    settle(qtbot, window)
    if failures:
        raise failures[0]
    return target.read_text(encoding="utf-8") if target.exists() else ""


def test_the_export_keeps_names_back_until_they_are_asked_for(
    qtbot: QtBot, window: Window, register: SourcesWindow, tmp_path: Path
) -> None:
    register.list.select("नगर निगम")
    register.form.confidential.click()
    window.session.edits.accept([claim.id for claim in window.session.review.claims])

    def without(dialog: ExportDialog) -> None:
        assert "Source A (the pseudonym of a confidential source), 1 claim" in dialog.leaving.toPlainText()
        assert "नगर निगम" not in dialog.leaving.toPlainText()
        dialog.export.click()

    text = export(qtbot, window, tmp_path / "one.html", without)
    assert ("Source A" in text, "नगर निगम" in text) == (True, False)

    def with_names(dialog: ExportDialog) -> None:
        assert not dialog.names.isChecked()
        dialog.names.click()
        qtbot.waitUntil(dialog.export.isEnabled)
        assert "नगर निगम (confidential, BY NAME), 1 claim" in dialog.leaving.toPlainText()
        dialog.export.click()

    assert "नगर निगम" in export(qtbot, window, tmp_path / "two.html", with_names)
    export(qtbot, window, tmp_path / "three.html", without)


def test_a_text_that_names_the_source_has_to_be_ticked(
    qtbot: QtBot, window: Window, register: SourcesWindow, tmp_path: Path
) -> None:
    register.form.confidential.click()
    seen: list[str] = []

    def look(dialog: ExportDialog) -> None:
        seen.append(dialog.places.toPlainText())
        assert dialog.places.isVisible()
        assert not dialog.export.isEnabled()
        dialog.published.click()
        assert dialog.export.isEnabled()
        dialog.reject()

    assert export(qtbot, window, tmp_path / "none.html", look) == ""
    assert "transport minister Ayşe Demir said on Friday" in seen[0]


def test_a_desk_without_claims_says_where_sources_come_from(open_window: Callable[..., Window]) -> None:
    window = open_window()
    window.actions_by_name["sources"].trigger()
    assert "No sources yet" in window.panels.sources.list._empty.text()
    window.actions_by_name["theme:dark"].trigger()
    window.actions_by_name["theme:light"].trigger()


def test_of_a_locked_desk_no_source_stays_in_any_field(qtbot: QtBot, tmp_path: Path) -> None:
    entrance = Entrance(tmp_path / "locked.db", "Rosa")
    key, _ = entrance.plan(Slot.PASSPHRASE, "correct horse battery staple")
    desk = entrance.make(key)
    article = desk.add_article(Article(OTHER, "Pier", "en"))
    desk.commit(edits.mark([], article, 0, 8, "media"))
    session = Session(desk, Background(), entrance)
    window = Window(session, Settings(), lambda _: None)
    qtbot.addWidget(window)
    window.show()
    session.review.open(article.id)
    settle(qtbot, window)
    for claim in list(session.review.claims):
        session.edits.name_source(claim.id, "Zephyrine Blum")
    window.actions_by_name["sources"].trigger()
    write(window.panels.sources.form.role, "lockkeeper")
    window.panels.sources.form.note.setPlainText("call her")
    session.locking.lock()
    assert not window.panels.sources.isVisible()
    assert shown(window.panels.sources) == {}
    fields = [*window.findChildren(QLineEdit), *window.panels.sources.findChildren(QLineEdit)]
    assert not [one.text() for one in fields if one.text() not in {"", "no day"}]
    assert [one.toPlainText() for one in window.panels.sources.findChildren(QPlainTextEdit)] == ["", ""]
    assert window.panels.inspector._known.offered.stringList() == []
    assert window.panels.inspector._sourcing.source.about.text() == ""
    assert not window.actions_by_name["sources"].isEnabled()
    session.locking.unlock_by_words("correct horse battery staple")
    qtbot.waitUntil(lambda: not session.locking.is_locked, timeout=20000)
    settle(qtbot, window)
    window.actions_by_name["sources"].trigger()
    window.panels.sources.list.select("Zephyrine Blum")
    assert (current(window.panels.sources).role, current(window.panels.sources).note) == ("lockkeeper", "call her")
    window.close()
    session.close()
