"""What the program makes is its user's alone; where a desk may lie, and what is told of one that lies elsewhere."""

import json
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.e2e.test_cli import Terminal
from tests.e2e.test_main_job import start
from tests.e2e.test_two_starts import Program, until

QUIET = "Η γέφυρα 🙂\n\nΗ γέφυρα ανοίγει τη Δευτέρα, είπε ο δήμαρχος. पुल सोमवार को खुलेगा। 다리가 열린다.\n"
"""An article in a language without suggestions, so that no model is waited for."""
POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows knows no such modes")


@pytest.fixture
def open_umask() -> Iterator[None]:
    """What most systems start programs with: others may read what these make."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def readable_by_others(folder: Path) -> list[str]:
    return [str(path) for path in [folder, *folder.rglob("*")] if stat.S_IMODE(path.lstat().st_mode) & 0o077]


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    made = Terminal(tmp_path / "work")
    made.folder.mkdir()
    (made.folder / "news.txt").write_text(QUIET, encoding="utf-8")
    return made


def allow_anywhere(terminal: Terminal) -> None:
    (terminal.folder / "home").mkdir(exist_ok=True)
    (terminal.folder / "home" / "settings.toml").write_text("desk_anywhere = true\n", encoding="utf-8")


@POSIX
@pytest.mark.usefixtures("open_umask")
def test_whatever_the_terminal_makes_is_its_users_alone(terminal: Terminal) -> None:
    (terminal.folder / "words.txt").write_text("bridge and river", encoding="utf-8")
    terminal.environment["CLAIMDESK_PASSPHRASE_FILE"] = "words.txt"
    for words in (
        ("import", "news.txt"),
        ("desk", "encrypt", "--by", "passphrase"),
        ("desk", "backup"),
        ("desk", "export-plain", "plain.db"),
        ("report", "1", "--to", "report.html"),
    ):
        code, _, err = terminal(*words)
        assert code == 0, err
    made = [terminal.folder / name for name in ("home", "plain.db", "report.html")]
    assert [found for path in made for found in readable_by_others(path)] == []


@POSIX
@pytest.mark.usefixtures("open_umask")
def test_whatever_the_window_makes_is_its_users_alone(tmp_path: Path) -> None:
    program = Program(tmp_path)
    article = tmp_path / "article.txt"
    article.write_text(QUIET, encoding="utf-8")
    window = program.window("home", article)
    try:
        made = [tmp_path / "desk" / name for name in ("desk.db", "desk.db.lock", "desk.db-wal", "desk.db-shm")]
        until(lambda: all(path.exists() for path in made))
        assert readable_by_others(tmp_path / "desk") == []
        assert not (tmp_path / "home").exists() or readable_by_others(tmp_path / "home") == []
    finally:
        program.end()
    assert window.returncode is not None


def test_a_new_desk_in_a_synced_folder_is_refused_and_nothing_is_made(terminal: Terminal) -> None:
    (terminal.folder / "Dropbox").mkdir()
    refused = terminal.fails("import", "news.txt", "--desk", "Dropbox/desk.db")
    assert "would lie in a folder of Dropbox" in refused
    assert list((terminal.folder / "Dropbox").iterdir()) == []
    allow_anywhere(terminal)
    code, _, err = terminal("import", "news.txt", "--desk", "Dropbox/desk.db")
    assert (code, err) == (0, "")
    assert (terminal.folder / "Dropbox" / "desk.db").exists()


def test_a_backup_is_not_put_into_a_synced_folder_as_a_new_desk(terminal: Terminal) -> None:
    assert terminal("import", "news.txt")[0] == 0
    assert terminal("desk", "backup", "--to", "stick")[0] == 0
    (backup,) = (terminal.folder / "stick").glob("*.db")
    assert "No desk was made" in terminal.fails("desk", "restore", str(backup), "--desk", "OneDrive/desk.db")
    assert not (terminal.folder / "OneDrive").exists()


def test_a_desk_that_lies_in_a_synced_folder_is_worked_on_and_told_once(terminal: Terminal) -> None:
    terminal.environment["CLAIMDESK_DESK"] = "Dropbox/desk.db"
    allow_anywhere(terminal)
    assert terminal("import", "news.txt")[0] == 0
    (terminal.folder / "home" / "settings.toml").unlink()
    for words in (("list", "--json"), ("desk", "info", "--json")):
        code, out, err = terminal(*words)
        assert code == 0
        assert json.loads(out)
        assert err.count("\n") == err.count("lies in a folder of Dropbox") == 1


def test_copies_in_conflict_are_told_wherever_the_desk_lies(terminal: Terminal) -> None:
    assert terminal("import", "news.txt")[0] == 0
    copy = "desk (अदा's conflicted copy 2031-05-02).db"
    (terminal.folder / "home" / copy).touch()
    code, out, err = terminal("list")
    assert (code, out.count("\n"), err.count("\n")) == (0, 1, 1)
    assert copy in err


SAYS_SO = """
    assert "lies in a folder of Dropbox" in window().panels.notice.words, window().panels.notice.words
"""
SAYS_NOTHING = """
    assert window().panels.notice.words == "", window().panels.notice.words
"""


def test_the_window_tells_of_a_desk_in_a_synced_folder(tmp_path: Path) -> None:
    home = tmp_path / "Dropbox" / "home"
    home.mkdir(parents=True)
    settings = home / "settings.toml"
    settings.write_text("desk_anywhere = true\n", encoding="utf-8")
    start(home, SAYS_NOTHING)
    settings.unlink()
    start(home, SAYS_SO)


def test_the_window_tells_it_of_an_encrypted_desk_once_it_is_unlocked(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = terminal.folder / "home"
    allow_anywhere(terminal)
    (terminal.folder / "words.txt").write_text("bridge and river", encoding="utf-8")
    terminal.environment |= {"CLAIMDESK_PASSPHRASE_FILE": "words.txt", "CLAIMDESK_ENCRYPTION": "passphrase"}
    assert terminal("import", "--sample")[0] == 0  # the window is waited for until it shows claims
    moved = terminal.folder / "Dropbox"
    home.rename(moved)
    (moved / "settings.toml").unlink()
    monkeypatch.setenv("CLAIMDESK_PASSPHRASE_FILE", "words.txt")
    start(moved, SAYS_SO, locked=True)


@pytest.mark.skipif(sys.platform != "linux", reason="the window is started without a screen")
def test_the_window_makes_no_desk_in_a_synced_folder(terminal: Terminal) -> None:
    terminal.environment |= {"QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"}
    assert "No desk was made" in terminal.fails("open", "--desk", "Nextcloud/desk.db")
    assert list((terminal.folder / "Nextcloud").iterdir()) == []
