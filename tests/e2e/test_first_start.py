"""The first start from its dialog to the next start: where the desk lies, that it is found again, and what is asked once it is gone."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.e2e.test_two_starts import until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the window is started without a screen")

ARTICLE = "Η γέφυρα 🙂\n\nΗ γέφυρα ανοίγει τη Δευτέρα, είπε ο δήμαρχος. पुल सोमवार को खुलेगा। 다리가 열린다.\n"
"""In a language without suggestions, so that no model is waited for."""
DRIVER = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QLineEdit, QMessageBox

app = QApplication(sys.argv)

def modal(kind):
    dialog = app.activeModalWidget()
    return dialog if type(dialog).__name__ == kind and dialog.isVisible() else None

def window():
    return next((w for w in app.topLevelWidgets() if type(w).__name__ == "Window" and w.isVisible()), None)

def click(dialog, words):
    from PySide6.QtWidgets import QAbstractButton
    next(b for b in dialog.findChildren(QAbstractButton) if b.text().replace("&", "") == words and b.isVisible()).click()

def said(dialog):
    return " ".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())

def pick(folder):
    dialog = modal("QFileDialog")
    if dialog is None:
        QTimer.singleShot(20, lambda: pick(folder))
        return
    dialog.findChild(QLineEdit).setText(folder)
    dialog.accept()

def change(dialog, folder):
    QTimer.singleShot(0, lambda: pick(folder))
    click(dialog, "Change…")

def steps():
    STEPS
    yield lambda: window() and window().session.review.article and not window().session.suggestions.running
    print(window().session._desk.now.path)
    window().close()

going = steps()
awaited = next(going)

def look():
    # Each step returns to the loop of a dialog, which could not end else.
    global awaited
    found = awaited()
    if not found:
        return
    try:
        awaited = going.send(found)
    except StopIteration:
        timer.stop()

timer = QTimer(interval=10)
timer.timeout.connect(look)
timer.start()
from claimdesk.app import start
sys.exit(start([Path(argument) for argument in sys.argv[1:]]))
"""
CHOOSE = """
    first = yield lambda: modal("FirstStart")
    change(first, "{0}")
    click(first, "Do not encrypt it")
    click(first, "Continue")
"""


class Place:
    """A home, a folder for a desk, and the program started from both doors."""

    def __init__(self, folder: Path) -> None:
        self.home, self.folder, self.article = folder / "home", folder / "कार्य 다리", folder / "news.txt"
        self.folder.mkdir()
        self.article.write_text(ARTICLE, encoding="utf-8")
        (folder / "run").mkdir(mode=0o700)
        self.environment = {
            **os.environ, "CLAIMDESK_HOME": str(self.home), "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8",
            "XDG_RUNTIME_DIR": str(folder / "run"),
        }  # fmt: skip
        for name in ("CLAIMDESK_DESK", "CLAIMDESK_ENCRYPTION"):
            self.environment.pop(name, None)
        self.running: list[subprocess.Popen[str]] = []

    @property
    def desk(self) -> Path:
        return self.folder / "desk.db"

    def begin(self, steps: str) -> subprocess.Popen[str]:
        command = [
            sys.executable,
            "-c",
            DRIVER.replace("    STEPS", steps.strip("\n") or "    pass"),
            str(self.article),
        ]
        begun = subprocess.Popen(
            command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
        )
        self.running.append(begun)
        return begun

    def window(self, steps: str = "") -> str:
        """What desk the window of a start has that takes these steps."""
        out, err = (begun := self.begin(steps)).communicate(timeout=60)
        assert begun.returncode == 0, err
        assert "Traceback" not in err
        return out.strip()

    def terminal(self, *words: str, **environment: str) -> tuple[int, str, str]:
        done = subprocess.run(
            [sys.executable, "-m", "claimdesk", *words], env=self.environment | environment, capture_output=True,
            encoding="utf-8", timeout=60, check=False,
        )  # fmt: skip
        return done.returncode, done.stdout, done.stderr


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path)
    yield made
    for begun in made.running:
        if begun.poll() is None:
            begun.kill()
        begun.communicate()


def test_the_chosen_folder_is_found_again_by_every_door(place: Place) -> None:
    assert place.window(CHOOSE.format(place.folder)) == str(place.desk)
    assert place.desk.exists()
    assert not (place.home / "desk.db").exists()
    assert list(place.home.glob("*.lock")) == []
    assert place.window() == str(place.desk)
    code, out, err = place.terminal("desk", "info", "--json")
    assert (code, json.loads(out)["path"], err) == (0, str(place.desk), "")
    code, out, _ = place.terminal("list", "--json")
    assert [row["title"] for row in json.loads(out)] == ["Η γέφυρα 🙂"]


def test_a_desk_that_is_gone_is_told_and_no_other_made_in_its_place(place: Place) -> None:
    place.window(CHOOSE.format(place.folder))
    away = place.folder.with_name("away")
    place.folder.rename(away)
    for words in (
        ("list",), ("import", str(place.article)), ("desk", "backups"), ("desk", "check"), ("report", "1", "--to", "r.html"),
        ("report", str(place.article), "--to", "r.html"), ("desk", "restore", str(away / "desk.db")),
    ):  # fmt: skip
        code, _, err = place.terminal(*words, CLAIMDESK_ENCRYPTION="off")
        assert code == 1, words
        assert err.count("\n") == 1
        assert f"The desk {place.desk} is not there" in err
    left = place.begin("""
    box = yield lambda: modal("MissingDialog")
    assert "is not there" in said(box)
    click(box, "Quit")
    return
""")
    _, err = left.communicate(timeout=60)
    assert (left.returncode, "Traceback" in err) == (0, False), err
    assert not place.folder.exists()
    assert not (place.home / "desk.db").exists()
    again = f'''
    click((yield lambda: modal("MissingDialog")), "Try Again")
    box = yield lambda: modal("MissingDialog")
    Path("{away}").rename("{place.folder}")
    click(box, "Try Again")
'''
    assert place.window(again) == str(place.desk)


def test_another_folder_with_a_desk_is_chosen_in_place_of_one_that_is_gone(place: Place) -> None:
    place.window(CHOOSE.format(place.folder))
    away = place.folder.with_name("away")
    place.folder.rename(away)
    choose = f'''
    QTimer.singleShot(200, lambda: pick("{away}"))
    click((yield lambda: modal("MissingDialog")), "Choose Another Desk…")
'''
    assert place.window(choose) == str(away / "desk.db")
    assert place.window() == str(away / "desk.db")
    assert not place.folder.exists()


def test_of_two_first_starts_at_once_one_asks_and_one_desk_is_made(place: Place) -> None:
    ready = place.home.with_name("second has ended")
    wait = f'''
    yield Path("{ready}").exists
'''
    first = place.begin(wait + CHOOSE.format(place.folder))
    until((place.home / "desk.db.lock").exists)
    second = place.begin("")
    second.communicate(timeout=60)
    ready.touch()
    out, err = first.communicate(timeout=60)
    assert (first.returncode, second.returncode) == (0, 0), err
    assert out.strip() == str(place.desk)
    assert [path.name for path in place.home.parent.rglob("desk*.db")] == ["desk.db"]
