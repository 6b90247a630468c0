"""The review in the window, by keys and by mouse, through real widgets over a real desk."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.reviewing import ARTICLE, note_of, place, selected, settle, source_of

from claimdesk.core import edits
from claimdesk.core.claim import Origin, Review, words_of
from claimdesk.core.desk import Desk
from claimdesk.core.settings import Settings, load
from claimdesk.ui import commands
from claimdesk.ui.claim_list import ROW_HEIGHT
from claimdesk.ui.theme import LIGHT
from claimdesk.ui.window import Window

NONE = Qt.KeyboardModifier.NoModifier


def press(qtbot: QtBot, window: Window, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key, modifiers)


def select_words(window: Window, words: str) -> None:
    cursor = window.panels.article.textCursor()
    start, end = (len(ARTICLE[:at].encode("utf-16-le")) // 2 for at in place(words))
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    window.panels.article.setTextCursor(cursor)


def words(window: Window) -> str:
    article = window.session.review.article
    assert article is not None
    return words_of(article.text, selected(window).content)


def test_j_and_k_move_through_the_claims_and_stop_at_the_ends(qtbot: QtBot, window: Window) -> None:
    press(qtbot, window, Qt.Key.Key_J)
    assert words(window) == "Engineers finished the work in 14 months"
    press(qtbot, window, Qt.Key.Key_J)
    press(qtbot, window, Qt.Key.Key_J)
    assert words(window) == "cracks in two pillars"
    press(qtbot, window, Qt.Key.Key_K)
    assert words(window) == "Engineers finished the work in 14 months"


def test_enter_accepts_and_goes_on_to_the_next_claim_to_review(qtbot: QtBot, window: Window) -> None:
    first = selected(window).id
    press(qtbot, window, Qt.Key.Key_Return)
    claim = window.session.review.claim(first)
    assert claim is not None
    assert claim.review is Review.ACCEPTED
    assert words(window) == "Engineers finished the work in 14 months"


def test_enter_stays_where_moving_on_is_switched_off(qtbot: QtBot, window: Window) -> None:
    window.actions_by_name["move_on"].trigger()
    press(qtbot, window, Qt.Key.Key_Return)
    assert words(window) == "The bridge will open on Monday"
    assert selected(window).review is Review.ACCEPTED


def test_delete_puts_a_claim_aside_and_the_dismissed_chip_brings_it_back(qtbot: QtBot, window: Window) -> None:
    first = selected(window).id
    press(qtbot, window, Qt.Key.Key_Delete)
    assert window.panels.claims.view.model().rowCount() == 2
    press(qtbot, window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    assert window.panels.claims.view.model().rowCount() == 1
    window.session.review.select(first)
    press(qtbot, window, Qt.Key.Key_R)
    press(qtbot, window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert window.panels.claims.view.model().rowCount() == 3


def test_a_digit_without_selected_words_changes_the_level(qtbot: QtBot, window: Window) -> None:
    press(qtbot, window, Qt.Key.Key_3)
    assert selected(window).level == "denial"


def test_a_digit_with_selected_words_marks_them_as_a_claim(qtbot: QtBot, window: Window) -> None:
    select_words(window, "북한은 다리를 열었다")
    press(qtbot, window, Qt.Key.Key_2)
    assert words(window) == "북한은 다리를 열었다"
    claim = selected(window)
    assert (claim.level, claim.review, claim.origin) == ("media", Review.ACCEPTED, Origin.PERSON)
    assert window.panels.article.selection() is None


def test_words_behind_an_emoji_and_in_arabic_are_marked_where_they_stand(qtbot: QtBot, window: Window) -> None:
    for text in ("قال الوزير", "क्या आपने कोई गलती"):
        select_words(window, text)
        press(qtbot, window, Qt.Key.Key_5)
        assert words(window) == text


def test_undo_and_redo_by_keys_take_back_and_do_again(qtbot: QtBot, window: Window) -> None:
    press(qtbot, window, Qt.Key.Key_7)
    press(qtbot, window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert selected(window).level == "official"
    assert "Undone: Relevel claim 1 as document or data" in window.panels.notice.words
    press(qtbot, window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert selected(window).level == "document"


def test_accept_all_is_one_step_and_one_undo(qtbot: QtBot, window: Window) -> None:
    press(qtbot, window, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert {claim.review for claim in window.session.review.claims} == {Review.ACCEPTED}
    assert window.actions_by_name["undo"].text() == "&Undo Accept 3 claims"
    window.actions_by_name["undo"].trigger()
    assert {claim.review for claim in window.session.review.claims} == {Review.SUGGESTED}


def test_accept_all_leaves_what_the_list_hides(qtbot: QtBot, window: Window) -> None:
    chip = next(one for one in window.panels.claims.findChildren(QPushButton) if one.text().startswith("Level"))
    chip.menu().aboutToShow.emit()
    next(action for action in chip.menu().actions() if "Witness" in action.text()).trigger()
    press(qtbot, window, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert [claim.review for claim in window.session.review.claims] == [
        Review.SUGGESTED,
        Review.SUGGESTED,
        Review.ACCEPTED,
    ]
    assert "2 that it hides are still open" in window.panels.notice.words


def test_what_was_said_of_one_article_is_gone_with_the_next_edit(qtbot: QtBot, window: Window) -> None:
    window.session.articles.open_text(ARTICLE)
    settle(qtbot, window)
    assert "already" in window.panels.notice.words
    press(qtbot, window, Qt.Key.Key_3)
    assert window.panels.notice.words == ""


def test_new_words_of_a_note_come_behind_the_old_ones(qtbot: QtBot, window: Window) -> None:
    window.session.edits.set_note(selected(window).id, "first")
    window.panels.article.setFocus()
    press(qtbot, window, Qt.Key.Key_O)
    note = note_of(window)
    qtbot.waitUntil(note.hasFocus)
    QTest.keyClicks(note, " then")
    assert note.toPlainText() == "first then"


def test_undo_works_after_closing_and_starting_again(
    qtbot: QtBot, window: Window, open_window: Callable[..., Window]
) -> None:
    press(qtbot, window, Qt.Key.Key_8)
    again = open_window()
    assert again.session.review.claims[0].level == "speculation"
    again.actions_by_name["undo"].trigger()
    assert again.session.review.claims[0].level == "official"


def test_alt_and_arrows_move_the_edges_by_words(qtbot: QtBot, window: Window) -> None:
    alt, shift = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
    press(qtbot, window, Qt.Key.Key_Left, alt)
    assert words(window) == "The bridge will open on"
    press(qtbot, window, Qt.Key.Key_Right, alt | shift)
    assert words(window) == "bridge will open on"


def test_the_edge_of_the_selected_claim_can_be_dragged_with_the_mouse(qtbot: QtBot, window: Window) -> None:
    from claimdesk.ui import article_paint

    view = window.panels.article
    qtbot.waitUntil(lambda: view._selected_mark() is not None)
    mark = view._selected_mark()
    assert mark is not None
    ends = article_paint.handles(mark)
    assert ends is not None
    press_at = ends[1].center().toPoint()
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, NONE, press_at)
    target = press_at - QPoint(70, 0)
    QTest.mouseMove(view.viewport(), target)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, NONE, target)
    assert words(window) == "The bridge will open on"


def test_the_end_of_an_arabic_claim_is_dragged_at_its_left(qtbot: QtBot, window: Window) -> None:
    from claimdesk.ui import article_paint

    window.session.edits.mark(*place("الجسر سيفتح"), "official")
    view = window.panels.article
    qtbot.waitUntil(lambda: (mark := view._selected_mark()) is not None and mark.leftward)
    mark = view._selected_mark()
    assert mark is not None
    ends = article_paint.handles(mark)
    assert ends is not None
    assert ends[1].center().x() < ends[0].center().x()
    press_at = (ends[1].center() - view._offset()).toPoint()
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, NONE, press_at)
    target = press_at - QPoint(30, 0)
    QTest.mouseMove(view.viewport(), target)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, NONE, target)
    assert words(window) == "الجسر سيفتح غدا"


def test_the_selected_words_become_the_source_or_the_cue(qtbot: QtBot, window: Window) -> None:
    select_words(window, "said")
    press(qtbot, window, Qt.Key.Key_C)
    select_words(window, "Ayşe Demir")
    press(qtbot, window, Qt.Key.Key_S)
    claim = selected(window)
    assert [span.of(ARTICLE) for span in (*claim.cue, *claim.source)] == ["said", "Ayşe Demir"]
    assert claim.source_name == "Ayşe Demir"


def test_a_note_is_on_the_desk_when_it_is_left_and_keys_in_it_are_letters(
    qtbot: QtBot, window: Window, open_window: Callable[..., Window]
) -> None:
    window.actions_by_name["note"].trigger()
    note = note_of(window)
    qtbot.waitUntil(note.hasFocus)
    QTest.keyClicks(note, "jk 3: ask the ministry")
    window.panels.article.setFocus()
    assert selected(window).note == "jk 3: ask the ministry"
    assert open_window().session.review.claims[0].note == "jk 3: ask the ministry"


def test_a_note_goes_to_the_claim_it_was_written_on_when_another_is_selected(qtbot: QtBot, window: Window) -> None:
    window.actions_by_name["note"].trigger()
    note = note_of(window)
    qtbot.waitUntil(note.hasFocus)
    QTest.keyClicks(note, "first")
    window.session.review.select(window.session.review.claims[1].id)
    assert [claim.note for claim in window.session.review.claims] == ["first", "", ""]
    assert note.toPlainText() == ""


def test_a_click_on_a_claim_in_the_article_selects_its_row_and_a_row_selects_in_the_article(
    qtbot: QtBot, window: Window
) -> None:
    view = window.panels.article
    qtbot.waitUntil(lambda: len(view._marks) == 3)
    middle = view._marks[2].content[0].box.center().toPoint()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, NONE, middle)
    assert words(window) == "cracks in two pillars"
    assert window.panels.claims.view.currentIndex().row() == 2
    rows = window.panels.claims.view
    QTest.mouseClick(
        rows.viewport(), Qt.MouseButton.LeftButton, NONE, rows.visualRect(rows.model().index(1, 0)).center()
    )
    assert words(window) == "Engineers finished the work in 14 months"


def test_clicking_again_reaches_every_claim_that_overlaps(qtbot: QtBot, window: Window) -> None:
    window.session.edits.mark(*place("Residents reported cracks in two pillars"), "media")
    view = window.panels.article
    qtbot.waitUntil(lambda: len(view._marks) == 4)
    inner = next(mark for mark in view._marks if mark.claim.level == "witness")
    spot = inner.content[0].box.center().toPoint()
    window.session.review.select(None)
    seen = []
    for _ in range(2):
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, NONE, spot)
        seen.append(words(window))
    assert seen == ["cracks in two pillars", "Residents reported cracks in two pillars"]
    assert len({mark.lane for mark in view._marks if mark.hit(QPointF(spot))}) == 2


def test_the_list_can_be_narrowed_by_level_and_review_state(qtbot: QtBot, window: Window) -> None:
    press(qtbot, window, Qt.Key.Key_Return)
    press(qtbot, window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.panels.claims.view.model().rowCount() == 2
    chip = next(b for b in window.panels.claims.findChildren(QPushButton) if b.text().startswith("Level"))
    menu = chip.menu()
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if "Witness" in action.text()).trigger()
    assert window.panels.claims.view.model().rowCount() == 1
    press(qtbot, window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert window.panels.claims.view.model().rowCount() == 0
    assert window.session.review.selected_claim is None


def test_a_dropped_file_is_opened(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    file = tmp_path / "news.txt"
    file.write_text("Flood warning lifted\n\nThe river fell by two metres, the agency said.\n", encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    window.dropEvent(
        QDropEvent(
            QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
    )
    settle(qtbot, window)
    assert window.session.review.article is not None
    assert window.session.review.article.title == "Flood warning lifted"
    assert window.windowTitle() == "Flood warning lifted – ClaimDesk"


def test_a_file_that_is_no_article_is_one_sentence_and_changes_nothing(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    before = window.session.review.article
    window.session.articles.open_files([empty])
    settle(qtbot, window)
    assert "empty.txt" in window.panels.notice.words
    assert window.session.review.article is before


def test_the_same_text_twice_is_one_article(qtbot: QtBot, window: Window) -> None:
    window.session.articles.open_text(ARTICLE)
    settle(qtbot, window)
    assert len(window.session.articles.all()) == 1
    assert "already" in window.panels.notice.words


def test_an_empty_desk_says_what_to_do_next(open_window: Callable[..., Window]) -> None:
    empty = open_window()
    assert empty.panels.welcome.isVisible()
    assert {button.text() for button in empty.panels.welcome.findChildren(QPushButton)} == {
        "Open Articles…",
        "Open Address…",
        "Paste Text…",
        "Open the Sample",
    }
    assert not empty.actions_by_name["export"].isEnabled()


def test_the_window_comes_back_as_it_was_left(qtbot: QtBot, open_window: Callable[..., Window]) -> None:
    first = open_window()
    first.actions_by_name["library"].trigger()
    first.resize(790, 640)
    first.actions_by_name["theme:dark"].trigger()
    first.actions_by_name["larger"].trigger()
    first.close()
    again = open_window(first.preferences.now)
    assert again.height() == 640
    assert not again.panels.library.isVisible()
    assert again.preferences.now.text_size == Settings().text_size + 1
    assert again.palette().window().color().lightness() < 60


def find(qtbot: QtBot, window: Window, words: str) -> QLineEdit:
    press(qtbot, window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    line = window.panels.find_bar.findChild(QLineEdit)
    assert line is not None
    qtbot.waitUntil(line.hasFocus)
    QTest.keyClicks(line, words)
    return line


def told(window: Window) -> str:
    label = window.panels.find_bar.findChild(QLabel)
    assert label is not None
    return label.text()


def test_find_counts_the_places_goes_round_them_and_says_when_there_are_none(qtbot: QtBot, window: Window) -> None:
    line = find(qtbot, window, "reports")
    assert told(window) == "1 of 1"
    line.selectAll()
    QTest.keyClicks(line, "BRIDGE")
    assert told(window) == "1 of 2"
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert told(window) == "2 of 2"
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert told(window) == "1 of 2"
    QTest.keyClick(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert told(window) == "2 of 2"
    QTest.keyClicks(line, "head")
    assert told(window) == "not in this article"


def test_words_that_were_found_are_not_what_a_digit_marks(qtbot: QtBot, window: Window) -> None:
    line = find(qtbot, window, "contractor")
    QTest.keyClick(line, Qt.Key.Key_Escape)
    qtbot.waitUntil(window.panels.article.hasFocus)
    press(qtbot, window, Qt.Key.Key_4)
    assert len(window.session.review.claims) == 3
    assert selected(window).level == "expert"


def test_words_selected_before_are_let_go_when_another_claim_is_chosen_by_key(qtbot: QtBot, window: Window) -> None:
    select_words(window, "contractor")
    press(qtbot, window, Qt.Key.Key_J)
    press(qtbot, window, Qt.Key.Key_4)
    assert len(window.session.review.claims) == 3
    assert selected(window).level == "expert"


def test_a_claim_marked_by_a_careless_drag_holds_whole_words(qtbot: QtBot, window: Window) -> None:
    select_words(window, "ontractor deni")
    press(qtbot, window, Qt.Key.Key_3)
    assert words(window) == "contractor denied"


def test_enter_on_a_button_means_that_button(qtbot: QtBot, window: Window) -> None:
    first = selected(window)
    button = next(one for one in window.panels.inspector.findChildren(QPushButton) if one.text().startswith("Dismiss"))
    button.setFocus()
    press(qtbot, window, Qt.Key.Key_Return)
    assert [claim.review for claim in window.session.review.claims if claim.id == first.id] == [Review.DISMISSED]


def test_what_the_filter_hides_is_not_what_keys_mean(qtbot: QtBot, window: Window) -> None:
    hidden = selected(window)
    chip = next(one for one in window.panels.claims.findChildren(QPushButton) if one.text().startswith("Level"))
    chip.menu().aboutToShow.emit()
    next(action for action in chip.menu().actions() if "Witness" in action.text()).trigger()
    assert words(window) == "cracks in two pillars"
    press(qtbot, window, Qt.Key.Key_Return)
    claim = window.session.review.claim(hidden.id)
    assert claim is not None
    assert claim.review is Review.SUGGESTED


def test_all_shows_every_level_and_source_again_also_claims_without_a_source(qtbot: QtBot, window: Window) -> None:
    chip = next(one for one in window.panels.claims.findChildren(QPushButton) if one.text().startswith("Source"))
    chip.menu().aboutToShow.emit()
    assert [action.text() for action in chip.menu().actions()] == [
        "All sources",
        "transport minister Ayşe Demir  1",
        "No source  2",
    ]
    chip.menu().actions()[2].trigger()
    assert window.panels.claims.view.model().rowCount() == 2
    press(qtbot, window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert window.panels.claims.view.model().rowCount() == 3


def test_a_note_written_until_another_article_opens_is_kept(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    written_on = selected(window)
    window.actions_by_name["note"].trigger()
    note = note_of(window)
    qtbot.waitUntil(note.hasFocus)
    QTest.keyClicks(note, "call the harbour")
    window.session.articles.open_text("Another text\n\nIt is dry, the agency said.")
    settle(qtbot, window)
    with Desk.open(window.session._desk.now.path, who="reader") as desk:
        assert [claim.note for claim in desk.claims(written_on.article_id)] == ["call the harbour", "", ""]


def test_what_is_written_is_saved_while_somebody_goes_on_writing(qtbot: QtBot, window: Window) -> None:
    source = source_of(window)
    source.setFocus()
    source.selectAll()
    QTest.keyClicks(source, "Ann")
    assert window.status.saved.text() == "Saving…"
    qtbot.waitUntil(lambda: selected(window).source_name == "Ann", timeout=3000)
    QTest.keyClicks(source, " Demir")
    qtbot.waitUntil(lambda: selected(window).source_name == "Ann Demir", timeout=3000)
    assert source.text() == "Ann Demir"
    assert window.status.saved.text() == "Saved"


def test_escape_leaves_a_note_and_enter_a_source(qtbot: QtBot, window: Window) -> None:
    for widget, key in ((note_of(window), Qt.Key.Key_Escape), (source_of(window), Qt.Key.Key_Return)):
        widget.setFocus()
        QTest.keyClicks(widget, "x")
        QTest.keyClick(widget, key)
        qtbot.waitUntil(window.panels.article.hasFocus)
    assert (selected(window).note, selected(window).source_name) == ("x", "transport minister Ayşe Demirx")
    assert {claim.review for claim in window.session.review.claims} == {Review.SUGGESTED}


def test_a_preference_is_kept_as_soon_as_it_is_chosen(window: Window, tmp_path: Path) -> None:
    window.actions_by_name["larger"].trigger()
    window.actions_by_name["theme:dark"].trigger()
    kept = load(tmp_path)
    assert (kept.text_size, kept.theme) == (Settings().text_size + 1, "dark")


def test_another_theme_leaves_the_article_in_its_face(window: Window) -> None:
    face = window.panels.article.document().defaultFont().families()
    window.actions_by_name["theme:dark"].trigger()
    assert window.panels.article.document().defaultFont().families() == face
    assert face != window.font().families()


def test_a_narrow_window_leaves_the_library_out_and_brings_it_back(qtbot: QtBot, window: Window) -> None:
    window.resize(700, 600)
    qtbot.waitUntil(lambda: not window.panels.library.isVisible())
    assert window.width() == 700
    window.resize(1200, 700)
    qtbot.waitUntil(window.panels.library.isVisible)


def test_the_claim_that_another_one_denies_is_chosen_by_hand(qtbot: QtBot, window: Window) -> None:
    window.session.edits.mark(*place("The contractor denied the reports"), "denial")
    button = next(one for one in window.panels.inspector.findChildren(QPushButton) if one.text() == "Denies…")
    button.menu().aboutToShow.emit()
    next(action for action in button.menu().actions() if "cracks" in action.text()).trigger()
    cracks = next(claim for claim in window.session.review.claims if claim.level == "witness")
    assert selected(window).denies == (cracks.id,)
    button.menu().aboutToShow.emit()
    next(action for action in button.menu().actions() if "cracks" in action.text()).trigger()
    assert selected(window).denies == ()


def test_what_is_no_denial_any_more_denies_nothing_until_undo(qtbot: QtBot, window: Window) -> None:
    window.session.edits.mark(*place("The contractor denied the reports"), "denial")
    cracks = next(claim for claim in window.session.review.claims if claim.level == "witness")
    window.session.edits.set_denied(selected(window).id, [cracks.id])
    press(qtbot, window, Qt.Key.Key_1)
    assert (selected(window).level, selected(window).denies) == ("official", ())
    press(qtbot, window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (selected(window).level, selected(window).denies) == ("denial", (cracks.id,))


def test_home_and_end_go_to_the_first_and_the_last_claim_of_the_list(qtbot: QtBot, window: Window) -> None:
    press(qtbot, window, Qt.Key.Key_F7)
    qtbot.waitUntil(window.panels.claims.view.hasFocus)
    press(qtbot, window, Qt.Key.Key_End)
    assert words(window) == "cracks in two pillars"
    press(qtbot, window, Qt.Key.Key_Home)
    assert words(window) == "The bridge will open on Monday"


def test_the_row_that_keys_mean_is_framed_in_both_lists(qtbot: QtBot, window: Window) -> None:
    accent = QColor(LIGHT.accent).name()
    window.actions_by_name["theme:light"].trigger()
    for view in (window.panels.claims.view, window.panels.library.view):
        window.panels.article.setFocus()
        corner = view.visualRect(view.currentIndex()).center()
        row = view.visualRect(view.currentIndex())
        edges = [QPoint(corner.x(), y) for y in range(row.top(), row.top() + 6)]
        assert accent not in {view.viewport().grab().toImage().pixelColor(at).name() for at in edges}
        view.setFocus()
        qtbot.waitUntil(view.hasFocus)
        assert accent in {view.viewport().grab().toImage().pixelColor(at).name() for at in edges}


def test_page_down_and_page_up_go_through_a_long_list_by_what_is_seen(qtbot: QtBot, window: Window) -> None:
    for start in range(34, 34 + 60):
        window.session.edits.mark(start, start + 60, "media")
    view, session = window.panels.claims.view, window.session
    press(qtbot, window, Qt.Key.Key_F7)
    qtbot.waitUntil(view.hasFocus)
    press(qtbot, window, Qt.Key.Key_Home)
    for key, step in ((Qt.Key.Key_PageDown, 1), (Qt.Key.Key_PageUp, -1)):
        before = view.currentIndex().row()
        press(qtbot, window, key)
        moved = (view.currentIndex().row() - before) * step
        assert 1 < moved <= view.viewport().height() / ROW_HEIGHT + 1
        assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))
        assert session.review.numbers[selected(window).id] == view.currentIndex().row() + 1


def test_tab_goes_through_the_form_as_it_is_read(qtbot: QtBot, window: Window) -> None:
    window.resize(1280, 1500)  # so that nothing has to be scrolled into sight
    window._arrangement._right.setSizes([300, 1100])
    window.session.edits.mark(*place("The contractor denied the reports"), "denial")
    window.session.edits.set_note(selected(window).id, "अंत")
    window.session.edits.set_denied(
        selected(window).id, [window.session.review.claims[0].id, window.session.review.claims[1].id]
    )
    links = [one for one in window.panels.inspector.findChildren(QPushButton) if one.text().startswith("denies ")]
    qtbot.waitUntil(lambda: all(link.isVisible() for link in links))
    press(qtbot, window, Qt.Key.Key_F7)
    qtbot.waitUntil(window.panels.claims.view.hasFocus)
    seen: list[QWidget] = []
    while not (seen and isinstance(seen[-1], QPlainTextEdit)):
        press(qtbot, window, Qt.Key.Key_Tab)
        at = QApplication.focusWidget()
        assert at is not None
        seen.append(at)
    assert [
        one.toolTip() if one.property("kind") == "link" else one.text() for one in seen if isinstance(one, QPushButton)
    ] == [
        "Dismiss  Del",
        "Reopen",
        "3  Denial",
        "denies 1  The bridge will open on Monday",
        "denies 2  Engineers finished the work in 14 months",
        "Denies…",
    ]
    places = [(one.mapTo(window, QPoint(0, 0)).y(), one.mapTo(window, QPoint(0, 0)).x()) for one in seen]
    assert places == sorted(places)


def test_an_article_in_another_language_says_how_its_claims_were_found(qtbot: QtBot, window: Window) -> None:
    window.session.articles.open_text(
        "Die Brücke\n\nDer Minister sagte, dass die Brücke sicher sei. Niemand hat sich verletzt.\n"
    )
    settle(qtbot, window)
    assert words(window) == "die Brücke sicher sei"
    assert any(
        "German is read by quotation marks" in label.text() for label in window.panels.claims.findChildren(QLabel)
    )


def test_weak_suggestions_can_be_left_out_of_the_list(qtbot: QtBot, window: Window) -> None:
    window.session.articles.open_text(
        "Die Brücke\n\nDer Minister sagte, dass die Brücke sicher sei. Niemand hat sich verletzt.\n"
    )
    settle(qtbot, window)
    assert window.panels.claims.view.model().rowCount() == 1
    press(qtbot, window, Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
    assert window.panels.claims.view.model().rowCount() == 0
    window.session.edits.mark(0, 10, "official")
    assert window.panels.claims.view.model().rowCount() == 1


def test_the_surest_claims_can_stand_first(qtbot: QtBot, window: Window) -> None:
    window.session.articles.open_text(
        "The dam\n\nThe dam held for 9 days. The mayor said that the dam would hold until Monday.\n"
    )
    settle(qtbot, window)
    model = window.panels.claims.view.model()

    def shown() -> list[float]:
        rows = [model.index(at, 0).data(Qt.ItemDataRole.UserRole) for at in range(model.rowCount())]
        return [row.claim.confidence for row in rows]

    in_text_order = shown()
    assert len(in_text_order) == 2
    press(qtbot, window, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    assert shown() == sorted(in_text_order, reverse=True) != in_text_order
    press(qtbot, window, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    assert shown() == in_text_order


def test_a_long_article_has_the_claims_of_its_beginning_before_the_rest(qtbot: QtBot, window: Window) -> None:
    body = "\n\n".join(f"The dam held for {day} days, mayor Ann Lee said." for day in range(400))
    window.session.articles.open_text(f"Dam holds\n\n{body}")
    qtbot.waitUntil(lambda: bool(window.session.review.claims) and window.session.suggestions.running, timeout=20000)
    first = {claim.id for claim in window.session.review.claims}
    settle(qtbot, window)
    assert first < {claim.id for claim in window.session.review.claims}
    assert window.session.history.undoable() == f"Suggest {len(window.session.review.claims)} claims"


def test_no_two_entries_of_a_menu_answer_to_the_same_letter() -> None:
    def letters(entries: Sequence[object]) -> list[str]:
        texts = [one.text if isinstance(one, commands.Command) else str(one[0]) for one in entries]  # type: ignore[index]
        return [found.group(1).lower() for text in texts if (found := re.search("&([^&])", text))]

    menus = [entries for _, entries in commands.MENUS]
    menus += [one[1] for entries in menus for one in entries if isinstance(one, tuple)]
    for entries in menus:
        assert len(set(letters(entries))) == len(letters(entries))


def test_the_article_clicked_again_shows_what_another_window_did(window: Window) -> None:
    session = window.session
    with Desk.open(session._desk.now.path, who="other") as other:
        claims = other.claims(session.review.claims[0].article_id)
        edit = edits.relevel(claims, [claims[0].id], "expert")
        assert edit is not None
        other.commit(edit)
    session.review.open(claims[0].article_id)
    assert session.review.claims[0].level == "expert"


def test_what_another_window_did_is_taken_over_when_an_edit_meets_it(window: Window) -> None:
    session = window.session
    with Desk.open(session._desk.now.path, who="other") as other:
        claims = other.claims(session.review.claims[0].article_id)
        edit = edits.relevel(claims, [claims[0].id], "expert")
        assert edit is not None
        other.commit(edit)
    assert not session.edits.relevel([session.review.claims[0].id], "media")
    assert "meanwhile" in window.panels.notice.words
    assert session.review.claims[0].level == "expert"
    assert session.edits.relevel([session.review.claims[0].id], "media")
