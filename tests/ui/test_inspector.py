"""Sourcing and verification in the inspector, by keys and by mouse, through real widgets over a real desk."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.reviewing import selected, settle

from claimdesk.core.claim import Certainty
from claimdesk.core.evidence import EvidenceKind, Reliability, Terms, Verdict
from claimdesk.ui.inspector.evidence import EvidenceList
from claimdesk.ui.inspector.fields import Choice, Line, Lines
from claimdesk.ui.inspector.names import Chip, NameChips
from claimdesk.ui.inspector.replies import ReplyLog
from claimdesk.ui.inspector.verdict import VerdictKey
from claimdesk.ui.session import evidence as files
from claimdesk.ui.window import Window


def named(window: Window, kind: type, name: str, number: int = 0) -> QWidget:
    """The field that a screen reader calls so."""
    children: list[QWidget] = window.panels.inspector.findChildren(kind)
    return [one for one in children if one.accessibleName() == name][number]


def focus() -> QWidget:
    """What keys mean now."""
    found = QApplication.focusWidget()
    assert found is not None
    return found


def offer(window: Window, name: str) -> None:
    """Ask for something that is not there yet."""
    button = named(window, QPushButton, f"Add {name}")
    assert button.isVisibleTo(window)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def write(field: QWidget, words: str) -> None:
    """Write words that no keyboard here has, as an input method does."""
    field.setFocus()
    if isinstance(field, Line):
        field.insert(words)
        field.textEdited.emit(field.text())
    elif isinstance(field, Lines):
        field.insertPlainText(words)


def test_what_is_empty_is_only_offered_and_what_is_said_is_shown(window: Window) -> None:
    note, question = named(window, Lines, "Note"), named(window, Lines, "Open question")
    assert not note.isVisibleTo(window)
    offer(window, "note")
    assert note.isVisibleTo(window)
    write(note, "कल पूछो 🙂")
    window.session.review.select(window.session.review.claims[1].id)
    assert not note.isVisibleTo(window)
    assert [claim.note for claim in window.session.review.claims] == ["कल पूछो 🙂", "", ""]
    window.session.edits.set_question(selected(window).id, "متى يفتح؟")
    assert question.isVisibleTo(window)


@pytest.mark.parametrize(("what", "field"), [("second source", "second_sources"), ("via", "via"), ("tags", "tags")])
def test_names_are_written_one_after_the_other_and_taken_away_by_key(window: Window, what: str, field: str) -> None:
    offer(window, what)
    chips = next(
        one for one in window.panels.inspector.findChildren(NameChips)
        if one.accessibleName() == {"second source": "Second source", "via": "Via", "tags": "Tag"}[what]
    )  # fmt: skip
    for name in ("국방부", "وزارة الدفاع"):
        write(chips.line, name)
        QTest.keyClick(chips.line, Qt.Key.Key_Return)
    assert getattr(selected(window), field) == ("국방부", "وزارة الدفاع")
    write(chips.line, "국방부")  # there already: it is no other name, and nothing is left unsaved
    assert not window.panels.inspector.is_unsaved
    window.panels.article.setFocus()
    chip = chips.findChildren(Chip)[-1]
    chip.setFocus()
    QTest.keyClick(chip, Qt.Key.Key_Delete)
    assert getattr(selected(window), field) == ("국방부",)
    assert selected(window).review.value == "suggested"
    window.session.history.undo()
    assert getattr(selected(window), field) == ("국방부", "وزارة الدفاع")


def test_a_name_that_is_still_being_written_is_one_name(window: Window) -> None:
    offer(window, "second source")
    line = named(window, Line, "Second source")
    write(line, "Kim")
    window.panels.inspector.save()
    assert selected(window).second_sources == ("Kim",)
    write(line, " Yong-kyun")
    window.panels.inspector.save()
    assert selected(window).second_sources == ("Kim Yong-kyun",)


def test_terms_and_certainty_are_chosen_and_digits_in_them_are_no_levels(window: Window) -> None:
    offer(window, "terms")
    terms = named(window, Choice, "Terms")
    assert isinstance(terms, Choice)
    terms.setCurrentIndex(terms.values.index(Terms.OFF_RECORD))
    terms.activated.emit(terms.currentIndex())
    certainty = named(window, Choice, "Certainty")
    certainty.setFocus()
    QTest.keyClick(certainty, Qt.Key.Key_3)
    assert selected(window).terms is Terms.OFF_RECORD
    assert selected(window).level == "official"
    window.session.edits.set_certainty(selected(window).id, Certainty.ALLEGED)
    assert isinstance(certainty, Choice)
    assert certainty.currentText() == "hedged as alleged"


def test_evidence_is_written_by_keys_alone_and_an_address_is_known_as_one(window: Window, qtbot: QtBot) -> None:
    QTest.keyClick(window.panels.article, Qt.Key.Key_E)
    locator = named(window, Line, "Document")
    qtbot.waitUntil(locator.hasFocus)
    write(locator, "https://example.org/पुल")
    window.panels.inspector.save()
    write(locator, "/한국")
    window.panels.article.setFocus()
    assert [one.locator for one in selected(window).evidence] == ["https://example.org/पुल/한국"]
    assert (selected(window).evidence[0].kind, bool(selected(window).evidence[0].retrieved)) == (EvidenceKind.URL, True)
    offer(window, "quote")
    write(named(window, Lines, "Quote"), "الجسر مفتوح 🙂")
    offer(window, "grade")
    grade = named(window, Choice, "Reliability of the source, A to F")
    assert isinstance(grade, Choice)
    grade.activated.emit(grade.values.index(Reliability.B))
    assert (selected(window).evidence[0].quote, selected(window).evidence[0].grade) == ("الجسر مفتوح 🙂", "B–")
    window.session.history.undo()
    assert (selected(window).evidence[0].quote, selected(window).evidence[0].grade) == ("الجسر مفتوح 🙂", "")


def test_words_of_one_piece_of_evidence_never_end_on_another(window: Window) -> None:
    for address in ("https://example.org/1", "https://example.org/2"):
        window.panels.inspector._verification.evidence.add_address(address)
    listed = window.panels.inspector.findChild(EvidenceList)
    assert listed is not None
    listed.toggle(0)
    offer(window, "quote")
    write(named(window, Lines, "Quote"), "첫째")
    listed.toggle(1)
    assert [one.quote for one in selected(window).evidence] == ["첫째", ""]
    listed._rows[1].setFocus()
    QTest.keyClick(listed._rows[1], Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert [one.quote for one in selected(window).evidence] == ["", "첫째"]
    QTest.keyClick(listed._rows[0], Qt.Key.Key_Delete)
    assert [one.quote for one in selected(window).evidence] == ["첫째"]


def test_a_file_is_kept_on_the_desk_and_comes_out_again_the_same(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    raw = "साक्ष्य 🙂 증거".encode() * 300
    (tmp_path / "증거.bin").write_bytes(raw)
    given = QMimeData()
    given.setUrls([QUrl.fromLocalFile(str(tmp_path / "증거.bin"))])
    assert window.panels.inspector._verification.take(given)
    settle(qtbot, window)
    kept = selected(window).evidence[0]
    assert (kept.kind, kept.locator, len(kept.sha256)) == (EvidenceKind.FILE, "증거.bin", 64)
    window.session.evidence.save(kept, tmp_path / "copy.bin")
    settle(qtbot, window)
    assert (tmp_path / "copy.bin").read_bytes() == raw


def test_a_file_that_is_too_large_is_refused_in_a_sentence(
    window: Window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LARGEST", 10)
    (tmp_path / "film.mp4").write_bytes(b"x" * 11)
    window.session.evidence.keep(selected(window).id, tmp_path / "film.mp4")
    settle(qtbot, window)
    assert "the most that the desk keeps" in window.panels.notice.words
    assert selected(window).evidence == ()


def test_only_web_addresses_are_opened_and_only_on_a_click(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def note(url: QUrl) -> bool:
        opened.append(url.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", note)
    for address in ("file:///etc/passwd", "javascript:alert(1)", "https://", "smb://host/x"):
        window.panels.inspector.wishes.open_address.emit(address)
        assert "Only web addresses" in window.panels.notice.words
    window.panels.inspector._verification.evidence.add_address("https://example.org/a")
    assert opened == []
    listed = window.panels.inspector.findChild(EvidenceList)
    assert listed is not None
    listed.toggle(0)
    QTest.mouseClick(named(window, QPushButton, "Open the address in the browser"), Qt.MouseButton.LeftButton)
    assert opened == ["https://example.org/a"]


def test_an_address_that_is_pasted_among_the_evidence_is_evidence(window: Window, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("https://example.org/pasted")
    QTest.keyClick(window.panels.article, Qt.Key.Key_V)
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), VerdictKey))
    QTest.keyClick(focus(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [one.locator for one in selected(window).evidence] == ["https://example.org/pasted"]


def test_verdicts_by_keys_and_the_next_unchecked(
    window: Window, qtbot: QtBot, open_window: Callable[..., Window]
) -> None:
    session = window.session
    session.edits.accept([claim.id for claim in session.review.claims])
    assert "3 of 3 unchecked" in [one.text() for one in window.panels.claims.findChildren(QPushButton)]
    QTest.keyClick(window.panels.article, Qt.Key.Key_V)
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), VerdictKey))
    QTest.keyClick(focus(), Qt.Key.Key_4)
    first = session.review.claims[0]
    assert (first.verdict, first.checked_by, first.level) == (Verdict.REFUTED, "tester", "official")
    QTest.keyClick(focus(), Qt.Key.Key_U)
    assert selected(window).id == session.review.claims[1].id
    assert "2 of 3 unchecked" in [one.text() for one in window.panels.claims.findChildren(QPushButton)]
    window.actions_by_name["show_unchecked"].trigger()
    assert window.panels.claims.view.model().rowCount() == 2
    session.edits.give_rationale(first.id, "पुल बंद है")
    again = open_window().session.review.claims[0]
    assert (again.verdict, again.rationale) == (Verdict.REFUTED, "पुल बंद है")


def test_the_row_of_a_claim_says_its_verdict_and_its_evidence(window: Window) -> None:
    window.session.edits.accept([selected(window).id])
    window.session.edits.give_verdict(window.session.review.claims[0].id, Verdict.PARTLY)
    window.session.review.select(window.session.review.claims[0].id)
    window.panels.inspector._verification.evidence.add_address("https://example.org")
    spoken = window.panels.claims.view.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Partly confirmed, 1 piece of evidence" in spoken


def test_the_checklist_is_there_for_anonymous_sources_only(window: Window) -> None:
    box = named(window, QPushButton, "Anonymity checklist, 0 of 6 answered")
    assert not box.isVisibleTo(window)
    window.session.edits.relevel([selected(window).id], "anonymous")
    assert box.isVisibleTo(window)
    QTest.mouseClick(box, Qt.MouseButton.LeftButton)
    QTest.mouseClick(window.panels.inspector.findChildren(QCheckBox)[0], Qt.MouseButton.LeftButton)
    assert len(selected(window).anonymity) == 1
    assert "1 of 6 answered" in box.accessibleName()


def test_who_was_asked_stands_in_the_log(window: Window) -> None:
    offer(window, "reply")
    write(named(window, Line, "Who was asked"), "وزارة النقل")
    offer(window, "answer")
    write(named(window, Lines, "Answer"), "답변 없음")
    window.panels.inspector.save()
    log = window.panels.inspector.findChild(ReplyLog)
    assert log is not None
    assert [(one.whom, one.answer, bool(one.asked)) for one in selected(window).replies] == [
        ("وزارة النقل", "답변 없음", True)
    ]


def test_every_field_has_a_name_for_those_who_do_not_see_it(window: Window) -> None:
    kinds = (Line, Lines, Choice, QPushButton, QCheckBox)
    unnamed = [
        one for kind in kinds for one in window.panels.inspector.findChildren(kind)
        if not (one.accessibleName() or (isinstance(one, QPushButton | QCheckBox) and one.text()))
    ]  # fmt: skip
    assert unnamed == []
