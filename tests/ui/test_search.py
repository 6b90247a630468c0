"""Search over the desk in the window: by keys and mouse, through real widgets over a real desk."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from tests.ui.reviewing import ARTICLE, selected, settle

from claimdesk.core import checking, edits
from claimdesk.core.claim import Article, Review, Span, words_of
from claimdesk.core.desk import Desk, search
from claimdesk.core.evidence import Verdict
from claimdesk.core.hits import Hit, HitKind, SearchFilter
from claimdesk.ui.search import FIRST, Heading, MoreRow
from claimdesk.ui.window import Window

BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
OTHER = "다른 기사 🙂\n\nAnother bridge, of stone. पुल पुराना है। الجِسرُ قديم."


@pytest.fixture
def desk(window: Window) -> Desk:
    """The desk of the window, with one article more."""
    desk = window.session._desk.now
    article = desk.add_article(Article(OTHER, "다른 기사 🙂", "ko", Span(0, 7), outlet="연합", published="2031-05-03"))
    start = OTHER.index("पुल")
    desk.commit(edits.mark([], article, start, start + len("पुल पुराना है"), "media"))
    return desk


def ask(qtbot: QtBot, window: Window, query: str) -> None:
    """Open the search by its keys, write the query, and wait until the desk was asked."""
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_F, BOTH)
    qtbot.waitUntil(window.panels.search.line.hasFocus)
    if query.isascii():
        QTest.keyClicks(window.panels.search.line, query)
    else:  # Qt's test keyboard has no other letters
        window.panels.search.line.setText(query)
    qtbot.waitUntil(lambda: not window.panels.search._wait.isActive())


def rows(window: Window) -> list[str]:
    return [_short(row) for row in window.panels.search._model.rows]


def _short(row: object) -> str:
    match row:
        case Heading():
            return f"{row.kind.value} {row.figure}"
        case Hit():
            return row.title if row.kind is HitKind.ARTICLE else row.snippet
        case MoreRow():
            return row.words
    raise AssertionError(row)


def press(window: Window, key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key)


def told(window: Window) -> str:
    return window.panels.search._empty.text() if window.panels.search._empty.isVisible() else ""


def test_what_is_written_is_found_at_once_in_groups(qtbot: QtBot, window: Window, desk: Desk) -> None:
    ask(qtbot, window, "bridge")
    assert rows(window) == [
        "article 2", "다른 기사 🙂", "Harbour bridge to open early 😀", "claim 1", "The bridge will open on Monday",
    ]  # fmt: skip
    assert window.panels.search._count.text() == "2 articles · 1 claim"
    assert window.panels.search.isVisible()
    assert not window.panels.article.isVisible()


@pytest.mark.parametrize(
    ("query", "found"),
    [("पुल", ["article 1", "다른 기사 🙂", "claim 1", "पुल पुराना है"]), ("기사", ["article 1", "다른 기사 🙂"]),
     ("الجسر", ["article 2", "다른 기사 🙂", "Harbour bridge to open early 😀"])],
)  # fmt: skip
def test_every_script_is_found(qtbot: QtBot, window: Window, desk: Desk, query: str, found: list[str]) -> None:
    ask(qtbot, window, query)
    assert rows(window) == found


def test_arrows_and_enter_open_a_claim_in_another_article(qtbot: QtBot, window: Window, desk: Desk) -> None:
    ask(qtbot, window, "पुल")
    press(window, Qt.Key.Key_Down)
    assert window.panels.search.view.hasFocus()
    press(window, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert window.session.review.article is not None
    assert window.session.review.article.title == "다른 기사 🙂"
    assert words_of(OTHER, selected(window).content) == "पुल पुराना है"
    assert window.panels.article.isVisible()
    assert window.panels.article.hasFocus()


def test_enter_opens_the_first_hit_even_before_the_desk_was_asked(qtbot: QtBot, window: Window, desk: Desk) -> None:
    ask(qtbot, window, "harbour")
    window.panels.search.line.clear()
    QTest.keyClicks(window.panels.search.line, "stone")
    assert window.panels.search._wait.isActive()
    press(window, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert window.session.review.article is not None
    assert window.session.review.article.text == OTHER


def test_the_words_found_in_an_article_are_marked_and_escape_lets_them_go(qtbot: QtBot, window: Window) -> None:
    ask(qtbot, window, "monday bridg")
    press(window, Qt.Key.Key_Return)
    view = window.panels.article
    assert [span.of(ARTICLE) for span in view._found] == ["bridge", "bridge", "Monday"]
    assert view._found[view._at].start > ARTICLE.index("\n")
    press(window, Qt.Key.Key_Escape)
    assert view._found == []


def test_escape_closes_and_the_same_keys_bring_query_and_hits_back(qtbot: QtBot, window: Window) -> None:
    ask(qtbot, window, "pillars")
    press(window, Qt.Key.Key_Escape)
    assert window.panels.article.isVisible()
    qtbot.waitUntil(window.panels.article.hasFocus)
    ask(qtbot, window, "")
    assert window.panels.search.line.selectedText() == "pillars"
    assert "cracks in two pillars" in rows(window)


def test_a_hit_stays_chosen_when_the_search_is_opened_again(qtbot: QtBot, window: Window, desk: Desk) -> None:
    ask(qtbot, window, "bridge")
    press(window, Qt.Key.Key_Down)
    assert window.panels.search.view.currentIndex().row() == 2
    press(window, Qt.Key.Key_Return)
    window.actions_by_name["search"].trigger()
    assert window.panels.search.line.text() == "bridge"
    assert window.panels.search.view.currentIndex().row() == 2


def test_headings_are_passed_over_and_the_way_up_leads_to_the_line(qtbot: QtBot, window: Window, desk: Desk) -> None:
    ask(qtbot, window, "bridge")
    places = []
    for _ in range(2):
        press(window, Qt.Key.Key_Down)
        places.append(window.panels.search.view.currentIndex().row())
    assert places == [2, 4]
    for _ in range(3):
        press(window, Qt.Key.Key_Up)
    assert window.panels.search.line.hasFocus()


def test_letters_and_digits_write_in_the_line_and_change_no_claim(qtbot: QtBot, window: Window) -> None:
    before = list(window.session.review.claims)
    ask(qtbot, window, "bridge")
    press(window, Qt.Key.Key_Down)
    for key in (Qt.Key.Key_3, Qt.Key.Key_J, Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
        press(window, key)
    assert window.panels.search.line.text() == "bridge3"
    assert window.session.review.claims == before


def test_filters_narrow_and_all_widens(qtbot: QtBot, window: Window, desk: Desk) -> None:
    ask(qtbot, window, "bridge")
    chips = window.panels.search.filters.chips
    chips["level"].menu().aboutToShow.emit()
    next(action for action in chips["level"].menu().actions() if "Media" in action.text()).trigger()
    assert rows(window) == ["article 1", "다른 기사 🙂"]
    chips["review"].menu().aboutToShow.emit()
    next(action for action in chips["review"].menu().actions() if action.text() == "Dismissed").trigger()
    assert rows(window) == []
    assert told(window) == "Nothing found for “bridge” with these filters. Choose All to search everything."
    chips["all"].click()
    assert len(rows(window)) == 5
    assert window.panels.search.filters.chosen == SearchFilter()


def test_claims_are_found_by_verdict(qtbot: QtBot, window: Window, desk: Desk) -> None:
    claims = desk.claims(1)
    bridge = next(claim for claim in claims if "bridge" in claim.content[0].of(desk.article(1).text))
    edit = checking.set_verdict(claims, bridge.id, Verdict.REFUTED, "It is open.", who="Rosa", day="2031-05-02")
    assert edit is not None
    desk.commit(edit)
    ask(qtbot, window, "bridge")
    chip = window.panels.search.filters.chips["verdict"]
    chip.menu().aboutToShow.emit()
    next(action for action in chip.menu().actions() if action.text() == "Refuted").trigger()
    assert (chip.text(), chip.isChecked()) == ("Refuted ▾", True)
    found = [hit.claim_id for page in window.panels.search._pages.values() for hit in page.hits if hit.claim_id]
    assert set(found) == {bridge.id}
    chip.menu().aboutToShow.emit()
    next(action for action in chip.menu().actions() if action.text() == "Misleading").trigger()
    assert rows(window) == []


def test_what_is_not_there_is_said_and_an_empty_line_says_how(qtbot: QtBot, window: Window) -> None:
    ask(qtbot, window, "zebra")
    assert told(window) == "Nothing found for “zebra”."
    assert window.panels.search.line.accessibleDescription() == told(window)
    window.panels.search.line.clear()
    qtbot.waitUntil(lambda: "quotes" in told(window))


def test_there_is_more_than_the_first_hits(qtbot: QtBot, window: Window, desk: Desk) -> None:
    for number in range(FIRST + 3):
        desk.add_article(Article(f"stone {number}", f"Stone {number}"))
    ask(qtbot, window, "stone")
    assert (rows(window)[0], rows(window)[-1]) == (f"article {FIRST}+", "Show more articles")
    window.panels.search.view.setFocus()
    press(window, Qt.Key.Key_End)
    press(window, Qt.Key.Key_Return)
    assert rows(window)[0] == f"article {FIRST + 4}"
    assert window.panels.search.view.currentIndex().row() == FIRST + 1


def test_hits_that_few_pass_the_filter_come_a_little_at_a_time(
    qtbot: QtBot, window: Window, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "LOOK_AT", 2)
    for number in range(9):
        desk.add_article(Article(f"a bridge {number}", f"Bridge {number}"))
    window.panels.search.filters.choose(SearchFilter(level="official"))
    ask(qtbot, window, "bridge")
    qtbot.waitUntil(lambda: rows(window)[:2] == ["article 1", "Harbour bridge to open early 😀"])


def test_a_dismissed_claim_that_was_found_is_shown_in_the_list(qtbot: QtBot, window: Window) -> None:
    claim = window.session.review.claims[0]
    window.session.edits.dismiss([claim.id])
    window.panels.search.filters.choose(SearchFilter(review=Review.DISMISSED))
    ask(qtbot, window, "monday")
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Return)
    assert selected(window).id == claim.id
    assert window.panels.claims.shows(claim.id)


def test_the_rows_speak(qtbot: QtBot, window: Window, desk: Desk) -> None:
    ask(qtbot, window, "पुल")
    model = window.panels.search._model
    spoken = [model.index(at).data(Qt.ItemDataRole.AccessibleTextRole) for at in range(model.rowCount())]
    assert spoken[0] == "Articles, 1"
    assert spoken[3].startswith("Claim. पुल पुराना है ")
    assert "Media report" in spoken[3]
    assert window.panels.search.line.accessibleName() == "Search the desk"
    assert window.panels.search.view.accessibleName() == "What was found"
    assert all(chip.accessibleName() or chip.text() for chip in window.panels.search.filters.chips.values())


def test_an_article_is_never_read_as_markup(qtbot: QtBot, window: Window, desk: Desk) -> None:
    desk.add_article(Article("A <b>stone</b> & <img src='file:///x'> here", "<h1>Stone</h1>"))
    ask(qtbot, window, "stone here")
    assert rows(window)[1] == "<h1>Stone</h1>"
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in window.panels.search.findChildren(QLabel))
    window.panels.search.grab()


def test_find_in_the_article_and_a_click_in_the_lists_leave_the_search(qtbot: QtBot, window: Window) -> None:
    for leave in (
        window.actions_by_name["find"].trigger,
        window.actions_by_name["focus_article"].trigger,
        lambda: window.panels.claims.view.clicked.emit(window.panels.claims.view.model().index(0, 0)),
    ):
        window.actions_by_name["search"].trigger()
        assert window.panels.search.isVisible()
        leave()
        assert window.panels.article.isVisible()


def test_an_empty_desk_can_be_searched(open_window: Callable[..., Window], qtbot: QtBot) -> None:
    empty = open_window()
    ask(qtbot, empty, "bridge")
    assert told(empty) == "Nothing found for “bridge”."
    press(empty, Qt.Key.Key_Escape)
    assert empty.panels.welcome.isVisible()


def test_the_page_is_painted_in_both_themes_and_narrow(qtbot: QtBot, window: Window, desk: Desk) -> None:
    ask(qtbot, window, "bridge")
    wide = window.panels.search.view.sizeHintForRow(2)
    for name in ("theme:dark", "theme:light"):
        window.actions_by_name[name].trigger()
        assert not window.panels.search.grab().isNull()
    window.resize(680, 600)
    qtbot.waitUntil(lambda: window.panels.search.width() < 400)
    assert window.panels.search.view.sizeHintForRow(2) > wide
    assert not window.panels.search._count.isVisible()
