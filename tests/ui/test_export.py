"""The report out of the window: one dialog, by keys and by mouse, and the file that comes of it."""

import csv
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from types import ModuleType

import pytest
from PySide6.QtCore import QObject, Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.reviewing import settle

from claimdesk.core import reports
from claimdesk.core.claim import Review
from claimdesk.core.reports import ENDINGS, purpose
from claimdesk.core.settings import Settings, load
from claimdesk.ui.export import ExportDialog
from claimdesk.ui.window import Window

TITLE = "Harbour bridge to open early"
Act = Callable[[ExportDialog], None]
Export = Callable[[Act], None]


@pytest.fixture
def export(qtbot: QtBot, open_window: Callable[..., Window], window: Window, tmp_path: Path) -> Export:
    """Gives the command, does something in its dialog, and closes what is still open; two claims are accepted, one is not.

    What goes wrong inside is raised outside.
    """
    window.preferences.change(report_folder=str(tmp_path))
    claims = window.session.review.claims
    window.session.edits.accept([claims[0].id, claims[2].id])

    def run(act: Act) -> None:
        failures: list[BaseException] = []

        def inside() -> None:
            dialog = QApplication.activeModalWidget()
            assert isinstance(dialog, ExportDialog)
            try:
                qtbot.waitUntil(lambda: bool(dialog.leaving.toPlainText()))
                act(dialog)
            except BaseException as error:  # noqa: BLE001
                failures.append(error)
            if dialog.isVisible():
                qtbot.waitUntil(lambda: not window.session.background.busy)
                dialog.reject()

        QTimer.singleShot(0, inside)
        window.actions_by_name["export"].trigger()
        settle(qtbot, window)
        if failures:
            raise failures[0]

    return run


@pytest.fixture
def slow_format(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """A format whose files take until the event is set."""
    finished = Event()

    def render(report: reports.Report) -> bytes:
        finished.wait(20)
        return report.title.encode()

    module = ModuleType("slow")
    module.render = render  # type: ignore[attr-defined]
    for endings in (reports.FORMATS, ENDINGS):
        monkeypatch.setitem(endings, ".slow", "Slow")
    monkeypatch.setitem(sys.modules, "claimdesk.core.reports.slow", module)
    yield finished
    finished.set()


class Opened(QObject):
    """Takes the addresses that the system would be asked to open."""

    def __init__(self) -> None:
        super().__init__()
        self.paths: list[Path] = []
        QDesktopServices.setUrlHandler("file", self, "take")  # type: ignore[arg-type]

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.paths.append(Path(url.toLocalFile()))


@pytest.fixture
def opened() -> Iterator[Opened]:
    taking = Opened()
    yield taking
    QDesktopServices.unsetUrlHandler("file")


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {
        "desk.db",
        "desk.db-wal",
        "desk.db-shm",
        "settings.toml",
        "backups",
    }


def write(dialog: ExportDialog, name: str) -> None:
    """Type a name into its field."""
    dialog.name.setFocus()
    dialog.name.setText(name)
    dialog.name.textEdited.emit(name)  # QTest has no keys but those of Latin letters


def press(dialog: ExportDialog, key: Qt.Key) -> None:
    QTest.keyClick(dialog.focusWidget() or dialog, key)


def test_every_format_is_in_the_list_and_says_what_it_is_for(export: Export) -> None:
    def act(dialog: ExportDialog) -> None:
        told = [
            dialog.formats.item(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(dialog.formats.count())
        ]
        assert told == [f"{name}, {ending}. {purpose(ending)}" for ending, name in ENDINGS.items()]
        assert all(map(purpose, ENDINGS))

    export(act)


def test_arrow_and_enter_export_in_another_format_and_the_notice_leads_to_it(
    qtbot: QtBot, window: Window, export: Export, opened: Opened, tmp_path: Path
) -> None:
    def act(dialog: ExportDialog) -> None:
        assert dialog.formats.hasFocus()
        assert dialog.name.text() == f"{TITLE}.html"
        dialog.formats.choose(".html")
        step = Qt.Key.Key_Down if list(ENDINGS).index(".csv") > list(ENDINGS).index(".html") else Qt.Key.Key_Up
        while dialog.formats.ending != ".csv":
            press(dialog, step)
        assert dialog.name.text() == f"{TITLE}.csv"
        qtbot.waitUntil(dialog.export.isEnabled)
        press(dialog, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not dialog.isVisible())

    export(act)
    with (tmp_path / f"{TITLE}.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [(row["No."], row["Level"]) for row in rows] == [
        ("1", "Official statement"),
        ("3", "Witness or personal account"),
    ]
    assert window.panels.notice.words == f"Report written: {TITLE}.csv"
    assert opened.paths == []
    offers = {one.text(): one for one in window.panels.notice.findChildren(QPushButton) if one.isVisible()}
    offers["Open"].click()
    offers["Show in Folder"].click()
    assert opened.paths == [tmp_path / f"{TITLE}.csv", tmp_path]


def test_what_is_chosen_is_in_the_file_and_remembered_but_for_names(
    qtbot: QtBot, window: Window, export: Export, tmp_path: Path
) -> None:
    def first(dialog: ExportDialog) -> None:
        assert dialog.levels.boxes["official"].text() == "Official  1"
        dialog.suggestions.click()
        assert dialog.levels.boxes["unattributed"].text() == "Unattributed  0 + 1"
        dialog.levels.boxes["official"].click()
        qtbot.waitUntil(dialog.export.isEnabled)
        assert "1 accepted claim, and 1 suggestion marked as not reviewed" in dialog.leaving.toPlainText()
        dialog.export.click()
        qtbot.waitUntil(lambda: not dialog.isVisible())

    export(first)
    page = (tmp_path / f"{TITLE}.html").read_text(encoding="utf-8")
    assert "This report shows 8 of the 9 attribution levels. Left out: Official statement (1 claim)." in page
    assert "क्या आपने कोई गलती पाई? 북한은 다리를 열었다. قال الوزير" in page

    def second(dialog: ExportDialog) -> None:
        assert (dialog.suggestions.isChecked(), dialog.levels.left_out) == (True, ("official",))
        assert (dialog.names.isChecked(), dialog.folder) == (False, tmp_path)
        assert dialog.name.text() == f"{TITLE} 2.html", "a file that is there is not offered again"

    export(second)
    kept = load(tmp_path)
    assert (kept.report_format, kept.report_suggestions, kept.report_left_out) == (".html", True, ("official",))
    assert not [field for field in Settings.__slots__ if "names" in field]


def test_whoever_cancels_writes_nothing_and_is_offered_the_same_again(
    export: Export, window: Window, tmp_path: Path
) -> None:
    def act(dialog: ExportDialog) -> None:
        dialog.levels.boxes["denial"].click()
        press(dialog, Qt.Key.Key_Escape)
        assert not dialog.isVisible()

    export(act)
    assert files(tmp_path) == set()
    assert window.preferences.now.report_left_out == ()


def test_without_any_level_there_is_nothing_to_export(export: Export) -> None:
    def act(dialog: ExportDialog) -> None:
        for box in dialog.levels.boxes.values():
            box.click()
        assert not dialog.export.isEnabled()

    export(act)


def test_format_and_name_follow_each_other_and_a_missing_ending_is_added(
    qtbot: QtBot, export: Export, tmp_path: Path
) -> None:
    def act(dialog: ExportDialog) -> None:
        write(dialog, "रिपोर्ट v1.5 북한.CSV")
        assert dialog.formats.ending == ".csv"
        dialog.formats.choose(".html")
        assert dialog.name.text() == "रिपोर्ट v1.5 북한.html"
        write(dialog, "تقرير")
        qtbot.waitUntil(dialog.export.isEnabled)
        press(dialog, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not dialog.isVisible())

    export(act)
    assert files(tmp_path) == {"تقرير.html"}


def test_a_file_that_is_there_is_replaced_only_after_it_was_said(qtbot: QtBot, export: Export, tmp_path: Path) -> None:
    (tmp_path / "mine.html").write_text("edited by hand")

    def act(dialog: ExportDialog) -> None:
        write(dialog, "mine.html")
        qtbot.waitUntil(dialog.export.isEnabled)
        press(dialog, Qt.Key.Key_Return)
        assert dialog.told.isVisible()
        assert "already" in dialog.told.text()
        assert dialog.export.text() == "&Replace"
        write(dialog, "other.html")
        assert (dialog.told.isVisible(), dialog.export.text()) == (False, "&Export")
        write(dialog, "mine.html")
        press(dialog, Qt.Key.Key_Return)
        assert (tmp_path / "mine.html").read_text() == "edited by hand"
        press(dialog, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not dialog.isVisible())

    export(act)
    assert "Harbour bridge" in (tmp_path / "mine.html").read_text(encoding="utf-8")
    assert files(tmp_path) == {"mine.html"}


def test_the_file_dialog_chooses_folder_name_and_format(
    qtbot: QtBot, window: Window, export: Export, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "फ़ोल्डर 🌉"
    elsewhere.mkdir()

    def choose() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        field = dialog.findChild(QLineEdit)
        assert field is not None
        field.setText(str(elsewhere / "chosen.csv"))
        dialog.accept()

    def act(dialog: ExportDialog) -> None:
        QTimer.singleShot(50, choose)
        dialog.choose.click()
        assert (dialog.path, dialog.formats.ending) == (elsewhere / "chosen.csv", ".csv")
        assert str(elsewhere) in dialog.where.toolTip()
        qtbot.waitUntil(dialog.export.isEnabled)
        dialog.export.click()
        qtbot.waitUntil(lambda: not dialog.isVisible())

    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    export(act)
    assert files(elsewhere) == {"chosen.csv"}
    assert window.preferences.now.report_folder == str(elsewhere)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "needs a name"),
        ("report.doc", "“.doc” is not an ending"),
        ("gone/report.html", "no such file or directory. Choose another folder"),
        (f"{'न' * 120}.html", "name too long"),
    ],
)
def test_what_cannot_be_written_is_said_beside_the_name_and_nothing_is_lost(
    qtbot: QtBot, export: Export, tmp_path: Path, name: str, sentence: str
) -> None:
    def act(dialog: ExportDialog) -> None:
        dialog.levels.boxes["media"].click()
        dialog.name.setText(name)
        qtbot.waitUntil(dialog.export.isEnabled)
        dialog.export.click()
        qtbot.waitUntil(dialog.told.isVisible)
        assert sentence in dialog.told.text()
        assert dialog.told.text().endswith(".")
        assert (dialog.name.text(), dialog.levels.left_out) == (name, ("media",))
        assert dialog.name.hasFocus()
        assert files(tmp_path) == set()
        write(dialog, "good.html")
        qtbot.waitUntil(dialog.export.isEnabled)
        press(dialog, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not dialog.isVisible())

    export(act)
    assert files(tmp_path) == {"good.html"}


def test_what_takes_long_shows_it_and_can_be_stopped_with_nothing_written(
    qtbot: QtBot, export: Export, slow_format: Event, tmp_path: Path
) -> None:
    def act(dialog: ExportDialog) -> None:
        dialog.formats.choose(".slow")
        qtbot.waitUntil(dialog.export.isEnabled)
        dialog.export.click()
        qtbot.waitUntil(dialog._progress.isVisible)
        assert not dialog.export.isEnabled()
        assert dialog.cancel.text() == "Stop"
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert dialog.isVisible()
        slow_format.set()
        qtbot.waitUntil(dialog.export.isEnabled)
        assert dialog.told.text() == "Stopped. Nothing was written."
        assert not dialog._progress.isVisible()
        assert files(tmp_path) == set()
        dialog.export.click()
        qtbot.waitUntil(lambda: not dialog.isVisible())

    export(act)
    assert files(tmp_path) == {f"{TITLE}.slow"}


def test_a_format_that_holds_the_whole_review_says_so_and_takes_no_choice(qtbot: QtBot, export: Export) -> None:
    def act(dialog: ExportDialog) -> None:
        dialog.levels.boxes["official"].click()
        assert not dialog.more.isVisible()
        dialog.formats.choose(".claimdesk")
        assert "dismissed claims and the history" in dialog.more.text()
        assert (dialog.more.isVisible(), dialog.levels.isEnabled(), dialog.suggestions.isEnabled()) == (
            True,
            False,
            False,
        )
        assert (dialog.wanted.suggestions, len(dialog.wanted.levels)) == (True, 9)
        dialog.formats.choose(".html")
        assert len(dialog.wanted.levels) == 8

    export(act)


def test_claims_that_change_meanwhile_are_counted_anew(qtbot: QtBot, window: Window, export: Export) -> None:
    def act(dialog: ExportDialog) -> None:
        waiting = next(claim for claim in window.session.review.claims if claim.review is Review.SUGGESTED)
        window.session.edits.accept([waiting.id])
        assert dialog.levels.boxes["unattributed"].text() == "Unattributed  1"
        qtbot.waitUntil(dialog.export.isEnabled)
        assert "3 accepted claims" in dialog.leaving.toPlainText()

    export(act)


def test_another_article_closes_the_dialog(qtbot: QtBot, window: Window, export: Export, tmp_path: Path) -> None:
    def act(dialog: ExportDialog) -> None:
        window.session.articles.open_text("Another article\n\nThe mayor said that the bridge is safe.")
        qtbot.waitUntil(lambda: not dialog.isVisible())

    export(act)
    assert files(tmp_path) == set()


def test_the_offered_name_keeps_a_confidential_source_back(
    qtbot: QtBot, window: Window, export: Export, tmp_path: Path
) -> None:
    window.panels.sources.open("Ayşe Demir")
    window.panels.sources.form.confidential.click()
    window.panels.sources.close()
    window.session.articles.open_text("Ayşe Demir’s bridge: “open”\n\nThe minister said that the bridge is open.")
    settle(qtbot, window)

    def act(dialog: ExportDialog) -> None:
        assert dialog.name.text().endswith("Source As bridge open.html")
        assert not {"Ayşe", "Demir"} & set(re.findall(r"\w+", dialog.name.text()))

    export(act)


def test_tab_reaches_every_control_and_no_letter_means_two(qtbot: QtBot, window: Window, export: Export) -> None:
    window.panels.sources.open("Ayşe Demir")
    window.panels.sources.form.confidential.click()
    window.panels.sources.close()

    def act(dialog: ExportDialog) -> None:
        dialog.published.click()
        dialog.formats.setFocus()
        reached: list[QWidget] = []
        while dialog.focusWidget() not in reached:
            reached.append(dialog.focusWidget())
            QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        controls = {
            dialog.formats, dialog.suggestions, *dialog.levels.boxes.values(), dialog.names, dialog.places, dialog.published,
            dialog.leaving, dialog.name, dialog.choose, dialog.cancel, dialog.export,
        }  # fmt: skip
        assert set(reached) == controls
        assert all(one.accessibleName() or getattr(one, "text", str)() for one in controls - {dialog.name})
        labels = [one.text() for one in dialog.findChildren(QLabel) if one.isVisible()]
        buttons = [one.text() for one in dialog.findChildren(QAbstractButton) if one.isVisible()]
        letters = [found.group(1).lower() for words in labels + buttons if (found := re.search("&([^&])", words))]
        assert len(letters) >= 8
        assert len(letters) == len(set(letters))

    export(act)
