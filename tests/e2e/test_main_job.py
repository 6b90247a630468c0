"""The main job from the program's start to the exported file: open, accept, relevel, undo, quit, start again, export."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

DRIVER = """
import sys
from pathlib import Path
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication, QDialog, QLabel, QLineEdit, QMessageBox, QPlainTextEdit, QPushButton,
)

app = QApplication(sys.argv)

def window():
    return next((w for w in app.topLevelWidgets() if type(w).__name__ == "Window" and w.isVisible()), None)

def until(ready):
    while not ready():
        QTest.qWait(10)

def key(name, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(app.focusWidget() or window(), name, modifiers)

def ready():
    shown = window()
    return shown and shown.session.review.article and shown.session.review.claims and not shown.session.suggestions.running

def answer(path):
    dialog = app.activeModalWidget()
    if type(dialog).__name__ == "ExportDialog":
        dialog.name.setText(path)
        until(dialog.export.isEnabled)
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    else:
        QTimer.singleShot(50, lambda: answer(path))

def act():
    until(ready)
    window().activateWindow()
    until(window().isActiveWindow)
    window().panels.article.setFocus()
    STEPS
    window().close()

QTimer.singleShot(0, act)
from claimdesk.app import start
sys.exit(start())
"""

FIRST = """
    key(Qt.Key.Key_Return)
    key(Qt.Key.Key_Return)
    key(Qt.Key.Key_4)
    key(Qt.Key.Key_6)
    key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    key(Qt.Key.Key_Return)
"""
SECOND = """
    key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    target = sys.argv[1]
    QTimer.singleShot(50, lambda: answer(target))
    key(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    until(lambda: Path(target).exists())
"""


LOCKED = """
    window().actions_by_name["note"].trigger()
    until(lambda: isinstance(app.focusWidget(), QPlainTextEdit))
    QTest.keyClicks(app.focusWidget(), "ask the ministry")
    key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert window().session.locking.is_locked
    unlock()
    until(ready)
    assert [claim.note for claim in window().session.review.claims if claim.note] == ["ask the ministry"]
"""
UNLOCK = """
def unlock():
    page = window().panels.unlock_page
    until(page.isVisible)
    field = page.findChild(QLineEdit)
    until(field.hasFocus)
    assert window().session.review.article is None and not window().session.review.claims
    QTest.keyClicks(field, "no such words")
    QTest.keyClick(field, Qt.Key.Key_Return)
    until(lambda: any("not the passphrase" in label.text() for label in page.findChildren(QLabel)))
    field.clear()
    QTest.keyClicks(field, "bridge and river")
    QTest.keyClick(field, Qt.Key.Key_Return)

def act():
    until(window)
    window().activateWindow()
    until(window().isActiveWindow)
    unlock()
"""


def start(home: Path, steps: str, *arguments: str, locked: bool = False) -> None:
    program = DRIVER.replace("    STEPS", steps.strip("\n"))
    if locked:
        program = program.replace("\ndef act():\n", UNLOCK)
    environment = {
        **os.environ,
        "CLAIMDESK_HOME": str(home),
        "CLAIMDESK_ENCRYPTION": "off",
        "QT_QPA_PLATFORM": "offscreen",
    }
    environment.pop("CLAIMDESK_DESK", None)
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


def claimdesk(home: Path, *arguments: str) -> str:
    environment = {**os.environ, "CLAIMDESK_HOME": str(home), "CLAIMDESK_ENCRYPTION": "off"}
    environment.pop("CLAIMDESK_DESK", None)
    command = [sys.executable, "-m", "claimdesk", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, check=True, timeout=60).stdout.decode()


def test_a_review_outlives_the_program_and_ends_in_a_report(tmp_path: Path) -> None:
    start(tmp_path, FIRST)
    listed = json.loads(claimdesk(tmp_path, "list", "--json"))
    assert [(row["title"], row["accepted"]) for row in listed] == [
        ("North Korea Allegedly Sends Troops to Support Russia in Ukraine Conflict", 3)
    ]

    page = tmp_path / "report.html"
    start(tmp_path, SECOND, str(page))
    text = page.read_text(encoding="utf-8")
    assert "क्या आपने कोई गलती या अशुद्धि पाई?" in text
    assert "<script" not in text

    table = tmp_path / "claims.csv"
    claimdesk(tmp_path, "report", str(listed[0]["id"]), "--to", str(table))
    with table.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["Level"] for row in rows] == ["Official statement", "Media report", "Expert analysis"]


def test_an_encrypted_desk_is_unlocked_worked_on_locked_and_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "words.txt").write_text("bridge and river", encoding="utf-8")
    home = tmp_path / "home"
    monkeypatch.setenv("CLAIMDESK_PASSPHRASE_FILE", str(tmp_path / "words.txt"))
    environment = {**os.environ, "CLAIMDESK_HOME": str(home), "CLAIMDESK_ENCRYPTION": "passphrase"}
    environment.pop("CLAIMDESK_DESK", None)
    command = [sys.executable, "-m", "claimdesk", "import", "--sample"]
    subprocess.run(command, env=environment, capture_output=True, check=True, timeout=60)

    start(home, LOCKED, locked=True)
    start(home, FIRST, locked=True)
    assert sorted(file.name for file in home.glob("desk*")) == ["desk.db", "desk.db.keys"]
    assert b"ask the ministry" not in b"".join(file.read_bytes() for file in home.rglob("*") if file.is_file())
    assert json.loads(claimdesk(home, "list", "--json"))[0]["accepted"] == 3
