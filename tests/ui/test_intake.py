"""Articles into the window by every way there is: read beside it, looked at, taken in; real files, a real site on this machine."""

import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar, TypeVar

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot
from tests.ui.reviewing import settle

from claimdesk.core.articles import Draft
from claimdesk.core.articles.addresses import named
from claimdesk.core.claim import Article
from claimdesk.core.settings import Settings, load
from claimdesk.ui.dialogs.address import AddressDialog
from claimdesk.ui.dialogs.article_details import ArticleDetails
from claimdesk.ui.dialogs.confirm_article import ConfirmArticle
from claimdesk.ui.dialogs.confirm_many import ConfirmMany
from claimdesk.ui.dialogs.paste import PasteDialog
from claimdesk.ui.window import Window

Dialog = TypeVar("Dialog")

BODY = (
    "The town council voted on Monday night to close the old bridge 🌉, the mayor, Ruth Anselm, said.",
    "The vote was nine to four, and the session took five hours, the council’s clerk said on Tuesday.",
    "Tern Works, the company that maintained the bridge, denied that it had been told of the cracks.",
)
HINDI = "परिषद ने पुराना पुल बंद करने का फैसला किया, महापौर ने सोमवार रात को बताया।"
ARABIC = "إغلاق الجسر القديم\n\nقال الوزير إن الجسر سيغلق غدا، ونفت الشركة أنها علمت بالشقوق في الأعمدة.\n"


def page(title: str = "Council votes to close the old bridge", paragraphs: tuple[str, ...] = BODY) -> str:
    words = "".join(f"<p>{words}</p>" for words in paragraphs)
    return (
        f"<html lang='en'><head><meta charset='utf-8'><title>{title}</title><meta name='author' content='Ada Osei'>"
        "<meta property='og:site_name' content='The Harbour Post'>"
        "<meta property='article:published_time' content='2026-03-02'></head><body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>{title}</h1>{words}</article><footer>All rights reserved</footer></body></html>"
    )


def mail() -> bytes:
    made = EmailMessage()
    made["Subject"], made["From"], made["To"] = (
        "The bridge stays closed",
        "Press <press@harbour.example>",
        "desk@x.example",
    )
    made["Date"], made["Message-ID"] = "Mon, 02 Mar 2026 09:00:00 +0000", "<1@harbour.example>"
    made.set_content(
        "The old bridge stays closed until autumn, the harbour office said.\n\n다리는 닫혔다고 시장이 말했다.\n"
    )
    made.add_attachment("Ferries\n\nThe ferry runs again, the office said.", filename="ferries.txt")
    made.add_attachment(b"\x89PNG\r\n\x1a\n0000", maintype="image", subtype="png", filename="photo.png")
    return made.as_bytes()


class Site(BaseHTTPRequestHandler):
    """Answers with one page, or falls silent until the test is over."""

    silent: ClassVar[list[threading.Event]] = []
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        for over in self.silent:
            over.wait(20)
            return
        self.send_response(200 if self.path == "/story" else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page().encode())

    def log_message(self, *args: object) -> None:
        """Nothing is written to the terminal."""


@pytest.fixture
def site() -> Iterator[str]:
    Site.asked, Site.silent = [], []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    for over in Site.silent:
        over.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def empty(open_window: Callable[..., Window], site: str) -> Window:
    """A window without an article, that may fetch from the site."""
    return open_window(Settings(fetch_hosts=(site,)))


def shown(qtbot: QtBot, kind: type[Dialog]) -> Dialog:
    """The dialog of this kind, once it is there."""

    def found() -> list[Dialog]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]

    qtbot.waitUntil(lambda: bool(found()), timeout=10_000)
    return found()[0]


def drop(window: Window, data: QMimeData) -> None:
    window.dropEvent(
        QDropEvent(
            QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
    )


def drop_files(window: Window, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    drop(window, data)


def article(window: Window) -> Article:
    found = window.session.review.article
    assert found is not None
    return found


def finished(qtbot: QtBot, window: Window) -> None:
    qtbot.waitUntil(lambda: window.session.articles.reading.now is None, timeout=10_000)
    settle(qtbot, window)


def told(dialog: ConfirmArticle | ArticleDetails | AddressDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisibleTo(dialog))


def press_button(dialog: AddressDialog | ConfirmMany, words: str) -> None:
    next(one for one in dialog.findChildren(QPushButton) if one.text().startswith(words)).click()


def test_a_web_page_is_looked_at_and_what_was_corrected_counts(qtbot: QtBot, empty: Window, tmp_path: Path) -> None:
    (tmp_path / "bridge.html").write_text(page(), encoding="utf-8")
    drop_files(empty, tmp_path / "bridge.html")
    dialog = shown(qtbot, ConfirmArticle)
    assert dialog.fields.details.byline == "Ada Osei"
    assert dialog.fields.details.published == "2026-03-02"
    dialog.fields.title.setText("Bridge to close 🌉 다리")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    finished(qtbot, empty)
    assert article(empty).title == "Bridge to close 🌉 다리"
    assert article(empty).outlet == "The Harbour Post"
    original = empty.session.articles.original(article(empty).id)
    assert original is not None
    assert original.size == len(page().encode())


def test_escape_leaves_nothing_behind(qtbot: QtBot, empty: Window, tmp_path: Path) -> None:
    (tmp_path / "bridge.html").write_text(page(), encoding="utf-8")
    drop_files(empty, tmp_path / "bridge.html")
    QTest.keyClick(shown(qtbot, ConfirmArticle), Qt.Key.Key_Escape)
    finished(qtbot, empty)
    assert empty.session.articles.all() == []


def test_plain_text_comes_in_without_a_question_unless_one_wants_to_look(
    qtbot: QtBot, empty: Window, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(f"पुल बंद\n\n{HINDI}\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Ferries run\n\nThe ferry runs again, the office said.\n", encoding="utf-8")
    drop_files(empty, tmp_path / "a.txt")
    finished(qtbot, empty)
    assert article(empty).title == "पुल बंद"
    empty.actions_by_name["confirm_always"].trigger()
    assert load(tmp_path).confirm_always
    drop_files(empty, tmp_path / "b.txt")
    shown(qtbot, ConfirmArticle).reject()
    assert len(empty.session.articles.all()) == 1


def test_a_guessed_encoding_is_a_question_and_another_shows_at_once(
    qtbot: QtBot, empty: Window, tmp_path: Path
) -> None:
    (tmp_path / "jisr.txt").write_bytes(ARABIC.encode("cp1256"))
    drop_files(empty, tmp_path / "jisr.txt")
    dialog = shown(qtbot, ConfirmArticle)
    assert "guessed" in told(dialog)
    assert dialog.draft.article.text == ARABIC
    dialog.fields.outlet.setText("ميناء")
    choose(dialog.encoding, "windows-1251")
    qtbot.waitUntil(lambda: dialog.draft.article.text != ARABIC)
    assert dialog.fields.details.outlet == "ميناء"
    choose(dialog.encoding, "windows-1256")
    qtbot.waitUntil(lambda: dialog.draft.article.text == ARABIC)
    choose(dialog.encoding, "UTF-8")
    qtbot.waitUntil(lambda: "not valid" in told(dialog))
    assert dialog.encoding.currentText() == "windows-1256"
    dialog.accept()
    finished(qtbot, empty)
    assert (article(empty).text, article(empty).outlet) == (ARABIC, "ميناء")


def choose(box: QComboBox, words: str) -> None:
    box.setCurrentText(words)
    box.activated.emit(box.currentIndex())


def test_a_new_version_takes_the_reviewed_claims_along(qtbot: QtBot, empty: Window, tmp_path: Path) -> None:
    session = empty.session
    session.articles.open_text("Council votes to close the old bridge\n\n" + "\n\n".join(BODY))
    settle(qtbot, empty)
    while session.history.undoable():
        session.history.undo()
    for words in ("The vote was nine to four", "it had been told of the cracks"):
        start = article(empty).text.index(words)
        session.edits.mark(start, start + len(words), "official")
    old = article(empty).id
    later = (BODY[0], BODY[1].replace("nine", "eight"), BODY[2])
    (tmp_path / "later.html").write_text(page(paragraphs=later), encoding="utf-8")
    drop_files(empty, tmp_path / "later.html")
    dialog = shown(qtbot, ConfirmArticle)
    assert not dialog.version.isChecked()
    assert "% the same" in dialog.version_of.currentText()
    dialog.version.setChecked(True)
    qtbot.waitUntil(lambda: "1 reviewed claim would come along; 1 reviewed claim whose" in told(dialog))
    dialog.accept()
    finished(qtbot, empty)
    assert article(empty).revises == old
    assert "1 claim of the version before stands in other words now" in empty.panels.notice.words
    kept = [claim for claim in session.review.claims if claim.level == "official" and claim.confidence is None]
    assert [claim.hull.of(article(empty).text) for claim in kept] == ["it had been told of the cracks"]


def test_what_is_on_the_desk_already_is_opened(qtbot: QtBot, empty: Window, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"पुल बंद\n\n{HINDI}\n", encoding="utf-8")
    drop_files(empty, tmp_path / "a.txt")
    finished(qtbot, empty)
    drop_files(empty, tmp_path / "a.txt")
    finished(qtbot, empty)
    assert "on the desk already" in empty.panels.notice.words
    assert len(empty.session.articles.all()) == 1


def test_what_is_attached_to_a_mail_is_offered(qtbot: QtBot, empty: Window, tmp_path: Path) -> None:
    (tmp_path / "press.eml").write_bytes(mail())
    drop_files(empty, tmp_path / "press.eml")
    dialog = shown(qtbot, ConfirmArticle)
    (ferries, photo) = (box for _, box in dialog.attachments)
    assert ferries.isEnabled()
    assert not photo.isEnabled()
    assert "photo.png is a picture" in told(dialog)
    ferries.setChecked(True)
    dialog.accept()
    qtbot.waitUntil(lambda: len(empty.session.articles.all()) == 2, timeout=10_000)
    finished(qtbot, empty)
    assert {one.title for one in empty.session.articles.all()} == {"The bridge stays closed", "Ferries"}


def folder_of(tmp_path: Path) -> Path:
    folder = tmp_path / "drop"
    folder.mkdir()
    (folder / "a.txt").write_text(f"पुल बंद\n\n{HINDI}\n", encoding="utf-8")
    (folder / "b.html").write_text(page(), encoding="utf-8")
    (folder / "c.png").write_bytes(b"\x89PNG0000")
    (folder / "d.txt").write_text("Ferries run 다리\n\nThe ferry runs again, the office said.\n", encoding="utf-8")
    return folder


def test_a_folder_is_one_list_from_which_anything_can_be_left_out(qtbot: QtBot, empty: Window, tmp_path: Path) -> None:
    drop_files(empty, folder_of(tmp_path))
    dialog = shown(qtbot, ConfirmMany)
    model = dialog.model
    rows = [[str(model.data(model.index(row, column))) for column in range(3)] for row in range(model.rowCount())]
    assert [row[0] for row in rows] == [
        "पुल बंद", "Council votes to close the old bridge", "drop/c.png", "Ferries run 다리",
    ]  # fmt: skip
    assert "is a picture" in rows[2][2]
    model.setData(model.index(3, 0), Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    with qtbot.waitSignal(empty.session.articles.taken_in) as taken:
        press_button(dialog, "Import 2 Articles")
    assert taken.args == [2]
    finished(qtbot, empty)
    assert {one.title for one in empty.session.articles.all()} == {"पुल बंद", "Council votes to close the old bridge"}
    original = empty.session.articles.original(article(empty).id)
    assert original is not None
    assert original.size > 0


def test_a_zip_archive_is_read_like_a_folder(qtbot: QtBot, empty: Window, tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for path in sorted(folder.iterdir()):
            archive.write(path, path.name)
    drop_files(empty, tmp_path / "all.zip")
    press_button(shown(qtbot, ConfirmMany), "Import 3 Articles")
    finished(qtbot, empty)
    assert len(empty.session.articles.all()) == 3


def test_a_page_is_fetched_only_by_the_button_of_its_dialog(qtbot: QtBot, empty: Window, site: str) -> None:
    data = QMimeData()
    data.setUrls([QUrl(f"http://{site}/story")])
    drop(empty, data)
    dialog = shown(qtbot, AddressDialog)
    assert dialog.address == f"http://{site}/story"
    assert "The site will see this computer’s network address." in told(dialog)
    assert Site.asked == []
    press_button(dialog, "Fetch Page")
    confirm = shown(qtbot, ConfirmArticle)
    assert Site.asked == ["/story"]
    assert confirm.fields.details.url == f"http://{site}/story"
    confirm.accept()
    finished(qtbot, empty)
    assert article(empty).retrieved_at
    original = empty.session.articles.original(article(empty).id)
    assert original is not None
    assert "Content-Type" in dict(original.headers)


def test_a_page_that_was_named_at_the_start_is_offered_and_not_fetched(
    qtbot: QtBot, empty: Window, site: str, tmp_path: Path
) -> None:
    (tmp_path / "bridge.txt").write_text("\n\n".join(BODY), encoding="utf-8")
    empty.intake.open([named(f"http://{site}/story"), named(str(tmp_path / "bridge.txt"))])
    dialog = shown(qtbot, AddressDialog)
    assert (dialog.address, Site.asked) == (f"http://{site}/story", [])
    dialog.reject()
    finished(qtbot, empty)
    assert article(empty).filename == "bridge.txt"


def test_a_fetch_that_fails_is_one_sentence(qtbot: QtBot, empty: Window, site: str) -> None:
    empty.intake.ask_address(f"http://{site}/gone")
    press_button(shown(qtbot, AddressDialog), "Fetch Page")
    finished(qtbot, empty)
    assert "has no page at this address" in empty.panels.notice.words


def test_a_silent_site_can_be_left_at_once(qtbot: QtBot, empty: Window, site: str) -> None:
    Site.silent = [threading.Event()]
    empty.intake.ask_address(f"http://{site}/story")
    press_button(shown(qtbot, AddressDialog), "Fetch Page")
    qtbot.waitUntil(lambda: "Fetching 127.0.0.1" in empty.panels.reading.words and Site.asked == ["/story"])
    empty.actions_by_name["stop_reading"].trigger()
    assert empty.panels.reading.words == ""
    qtbot.waitUntil(lambda: not empty.session.background.busy, timeout=2000)
    assert empty.session.articles.all() == []


def test_an_address_on_the_clipboard_is_offered_and_text_is_not(qtbot: QtBot, empty: Window, site: str) -> None:
    QGuiApplication.clipboard().setText(f" http://{site}/story ")
    empty.actions_by_name["open_address"].trigger()
    dialog = shown(qtbot, AddressDialog)
    assert dialog.findChildren(QLineEdit)[0].text() == f"http://{site}/story"
    dialog.reject()
    QGuiApplication.clipboard().setText("The ferry runs again.")
    empty.actions_by_name["open_address"].trigger()
    dialog = shown(qtbot, AddressDialog)
    assert dialog.findChildren(QLineEdit)[0].text() == ""
    dialog.reject()


def test_pasted_text_is_edited_and_comes_in(qtbot: QtBot, empty: Window) -> None:
    QGuiApplication.clipboard().setText(f"पुल बंद 😀\n\n{HINDI}")

    def write() -> None:
        dialog = shown(qtbot, PasteDialog)
        dialog.findChildren(QPlainTextEdit)[0].appendPlainText("다리가 닫혔다.")
        dialog.accept()

    QTimer.singleShot(0, write)
    empty.actions_by_name["paste"].trigger()
    finished(qtbot, empty)
    assert article(empty).text.endswith("다리가 닫혔다.")


def test_a_pasted_page_is_looked_at_and_can_be_plain_text(qtbot: QtBot, empty: Window) -> None:
    data = QMimeData()
    data.setText("Every word\n\n" + "\n\n".join(BODY))
    data.setHtml(page())
    QGuiApplication.clipboard().setMimeData(data)
    empty.actions_by_name["paste"].trigger()
    dialog = shown(qtbot, ConfirmArticle)
    assert dialog.fields.details.title == "Council votes to close the old bridge"
    dialog.read_as.setCurrentIndex(1)
    dialog.read_as.activated.emit(1)
    qtbot.waitUntil(lambda: dialog.draft.article.text.startswith("Every word"))
    dialog.accept()
    finished(qtbot, empty)
    assert article(empty).title == "Every word"


def test_details_are_corrected_later_and_undone(qtbot: QtBot, window: Window) -> None:
    before = article(window).details
    window.actions_by_name["details"].trigger()
    dialog = shown(qtbot, ArticleDetails)
    dialog.fields.byline.setText("आशा वर्मा")
    dialog.fields.published.setText("not a day")
    dialog.fields.published.textEdited.emit("")
    assert not dialog.fields.are_right
    assert "Write it as 2026-03-01" in told(dialog)
    dialog.fields.published.setText("2026-03-02")
    dialog.fields.published.textEdited.emit("")
    dialog.accept()
    assert article(window).details == replace(before, byline="आशा वर्मा", published="2026-03-02")
    window.session.history.undo()
    assert article(window).details == before


def test_another_language_offers_to_look_for_claims_again(qtbot: QtBot, window: Window) -> None:
    window.panels.article.details_wanted.emit()
    dialog = shown(qtbot, ArticleDetails)
    assert dialog.look_again.isHidden()
    dialog.fields.language.setCurrentIndex(dialog.fields.language.findData("de"))
    dialog.fields.language.activated.emit(0)
    assert "in German" in dialog.look_again.text()
    assert dialog.wants_suggestions
    dialog.accept()
    assert window.session.suggestions.running
    settle(qtbot, window)
    assert article(window).language == "de"


def test_what_cannot_be_seen_is_counted_and_the_text_stays(qtbot: QtBot, empty: Window) -> None:
    text = "Payment\u200b notice\n\nThe minister said \u202eevil\u202c that 다리 is क्‍षति.\n"
    plain = empty.panels.article.viewport().grab().toImage()
    empty.session.articles.open_text(text)
    settle(qtbot, empty)
    assert article(empty).text == text
    assert "1 invisible character and 2 direction controls" in empty.panels.article.meta
    assert empty.panels.article.viewport().grab().toImage() != plain


def test_what_was_imported_stays_when_the_rest_is_stopped(qtbot: QtBot, empty: Window, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(60):
        words = f"The ferry number {number} runs again, the office said. {HINDI}"
        (folder / f"{number:02}.txt").write_text(f"Ferry {number} 다리\n\n{words}\n", encoding="utf-8")
    (folder / "x.png").write_bytes(b"\x89PNG0000")
    articles = empty.session.articles
    drop_files(empty, folder)
    dialog = shown(qtbot, ConfirmMany)
    empty.session.facts.library_changed.connect(articles.reading.stop, Qt.ConnectionType.QueuedConnection)
    with qtbot.waitSignal(articles.taken_in) as taken:
        press_button(dialog, "Import 60 Articles")
    finished(qtbot, empty)
    assert taken.args == [len(articles.all())]
    assert 0 < len(articles.all()) < 60


def test_a_claim_of_a_file_with_pages_knows_its_page(qtbot: QtBot, empty: Window) -> None:
    text = "Report on the bridge\n\nThe piers moved, engineers said. 🌉\n\nपुल बंद है, the mayor said.\n"
    found = Article(text, "Report on the bridge", "en", pages=(0, text.index("पुल")))
    empty.session.articles.take_in(Draft(found, b"%PDF-"))
    settle(qtbot, empty)
    start = text.index("पुल बंद है")
    empty.session.edits.mark(start, start + len("पुल बंद है"), "official")
    assert any("page 2" in label.text() for label in empty.panels.inspector.findChildren(QLabel))


def test_a_file_that_is_refused_is_one_sentence_beside_the_work(qtbot: QtBot, empty: Window, tmp_path: Path) -> None:
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 and nothing that follows from it")
    drop_files(empty, tmp_path / "broken.docx")
    finished(qtbot, empty)
    assert "broken.docx" in empty.panels.notice.words
    assert empty.session.articles.all() == []


def test_more_than_an_article_can_be_is_refused_before_it_is_made_words(qtbot: QtBot, empty: Window) -> None:
    data = QMimeData()
    data.setText("다리가 닫혔다. " * 1_000_000)
    drop(empty, data)
    assert "larger than 10 MB" in empty.panels.notice.words


def test_an_empty_clipboard_is_an_empty_field(qtbot: QtBot, empty: Window) -> None:
    QGuiApplication.clipboard().clear()
    found: list[str] = []

    def look() -> None:
        dialog = shown(qtbot, PasteDialog)
        found.append(dialog.text())
        dialog.reject()

    QTimer.singleShot(0, look)
    empty.actions_by_name["paste"].trigger()
    empty.actions_by_name["open_address"].trigger()
    dialog = shown(qtbot, AddressDialog)
    assert (found, dialog.address) == ([""], "")
    dialog.reject()
    assert empty.session.articles.all() == []
