"""The article's text and its offsets in Qt are those of the article, whatever the characters."""

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QLabel

from claimdesk.core.claim import Article, Claim, Span
from claimdesk.core.text import normalise
from claimdesk.ui.article_document import ArticleDocument
from claimdesk.ui.article_paint import lanes
from claimdesk.ui.article_view import ArticleView
from claimdesk.ui.theme import LIGHT

TEXTS = st.text(
    st.one_of(st.characters(), st.sampled_from("\n\r\u2028\u2029\0😀👩‍👩‍👧e\u0301ن क्षि 북한\u202e\u200b\ud800")),
    min_size=1,
    max_size=60,
)


@given(raw=TEXTS)
@settings(deadline=None)
def test_the_document_has_one_position_for_each_utf16_unit_of_the_article(qapp: QApplication, raw: str) -> None:
    text = normalise(raw) or "x"
    document = ArticleDocument(Article(text, "t"), 12)
    assert document.characterCount() - 1 == len(text.encode("utf-16-le")) // 2


@given(raw=TEXTS, data=st.data())
@settings(deadline=None)
def test_what_is_selected_is_what_is_marked(qapp: QApplication, raw: str, data: st.DataObject) -> None:
    text = normalise(raw) or "x"
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    view = ArticleView(LIGHT, 12)
    view.show_article(Article(text, "t"))
    cursor = view.textCursor()
    cursor.setPosition(len(text[:start].encode("utf-16-le")) // 2)
    cursor.setPosition(len(text[:end].encode("utf-16-le")) // 2, QTextCursor.MoveMode.KeepAnchor)
    view.setTextCursor(cursor)
    selection = view.selection()
    assert selection == Span(start, end)


def test_half_an_emoji_counts_whole(qapp: QApplication) -> None:
    view = ArticleView(LIGHT, 12)
    view.show_article(Article("a😀b", "t"))
    cursor = view.textCursor()
    cursor.setPosition(0)
    cursor.setPosition(2, QTextCursor.MoveMode.KeepAnchor)
    view.setTextCursor(cursor)
    assert view.selection() == Span(0, 2)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 20)), max_size=15))
def test_claims_that_share_words_never_share_a_lane(pairs: list[tuple[int, int]]) -> None:
    claims = [Claim(i, 1, (Span(start, start + length),)) for i, (start, length) in enumerate(pairs)]
    found = lanes(claims)
    clashes = [
        (a.id, b.id)
        for a in claims
        for b in claims
        if a.id < b.id and a.hull.overlaps(b.hull) and found[a.id] == found[b.id]
    ]
    assert clashes == []


def test_a_number_stands_at_that_side_where_its_claim_ends(qapp: QApplication) -> None:
    text = "😀 The dam held. قال الوزير إن الجسر آمن. 다리가 안전하다."
    document = ArticleDocument(Article(text, "t"), 12)
    for words, leftward in (("held", False), ("الجسر آمن", True), ("안전하다", False)):
        assert document.runs_leftward(document.number_place(text.index(words) + len(words))) is leftward


def test_an_article_never_loads_anything(qapp: QApplication) -> None:
    document = ArticleDocument(Article('<img src="file:///etc/hostname"> text', "t"), 12)
    assert document.toPlainText().startswith("<img")
    assert document.resource(2, "file:///etc/hostname") is None


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="None is immortal and not counted")
def test_void_calls_of_qt_leave_the_reference_count_of_none_alone(qapp: QApplication) -> None:
    label = QLabel()
    before = sys.getrefcount(None)
    for i in range(1000):
        label.setText(str(i))
    assert sys.getrefcount(None) > before - 500
