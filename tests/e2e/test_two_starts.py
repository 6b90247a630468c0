"""The program started twice on one desk, and the terminal beside its window."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

WORDS = {
    "one": "The office said on Friday that this crossing stays closed until autumn.",
    "two": "Engineers found no cracks in any pillar, according to a report. 다리",
}
"""Two articles that have so little in common that neither is taken for a new version of the other."""


class Program:
    """Starts ClaimDesk on one desk, each start with a home of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.desk = folder / "desk" / "desk.db"
        self.windows: list[subprocess.Popen[str]] = []
        (folder / "run").mkdir(mode=0o700)

    def environment(self, home: str) -> dict[str, str]:
        return {
            **os.environ, "CLAIMDESK_HOME": str(self.folder / home), "CLAIMDESK_DESK": str(self.desk),
            "CLAIMDESK_ENCRYPTION": "off", "QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": str(self.folder / "run"),
        }  # fmt: skip

    def window(self, home: str, *files: Path) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "claimdesk", "open", *map(str, files)]
        started = subprocess.Popen(command, env=self.environment(home), stderr=subprocess.PIPE, encoding="utf-8")
        self.windows.append(started)
        return started

    def terminal(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "claimdesk", *arguments]
        return subprocess.run(
            command, env=self.environment("terminal"), capture_output=True, encoding="utf-8", timeout=60, check=False
        )

    def titles(self) -> list[str]:
        if not self.desk.exists():
            return []
        listed = self.terminal("list", "--json")
        return [row["title"] for row in json.loads(listed.stdout)] if listed.returncode == 0 else []

    def file(self, name: str) -> Path:
        path = self.folder / f"{name}.txt"
        path.write_text(f"Bridge {name} पुल 🙂\n\n{WORDS[name]}\n", encoding="utf-8")
        return path

    def end(self) -> None:
        for window in self.windows:
            if window.poll() is None:
                window.send_signal(signal.SIGKILL)
            window.communicate()
        self.windows.clear()


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    made = Program(tmp_path)
    yield made
    made.end()


def until(is_so: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.parametrize("_", range(5))
def test_of_two_starts_at_once_one_becomes_the_window_and_the_other_writes_nothing(program: Program, _: int) -> None:
    both = [program.window(home, program.file(home)) for home in ("one", "two")]
    until(lambda: any(window.poll() is not None for window in both))
    until(lambda: {"Bridge one पुल 🙂", "Bridge two पुल 🙂"} <= set(program.titles()))
    assert sorted(window.poll() is None for window in both) == [False, True]
    loser = next(window for window in both if window.poll() is not None)
    assert loser.returncode == 0
    assert not (program.folder / ("one" if loser is both[0] else "two")).exists()
    beside = {path.name for path in program.desk.parent.iterdir()}
    assert beside <= {"desk.db", "desk.db-wal", "desk.db-shm", "desk.db.lock", "backups"}


def test_the_desk_of_a_killed_window_is_opened_again(program: Program) -> None:
    program.window("one", program.file("one"))
    until(lambda: "Bridge one पुल 🙂" in program.titles())
    program.end()
    assert program.desk.with_name("desk.db.lock").exists()
    program.window("two", program.file("two"))
    until(lambda: "Bridge two पुल 🙂" in program.titles())
    assert program.windows[0].poll() is None


def test_a_window_that_does_not_answer_is_told_in_one_sentence(program: Program) -> None:
    first = program.window("one", program.file("one"))
    until(lambda: "Bridge one पुल 🙂" in program.titles())
    first.send_signal(signal.SIGSTOP)
    begun = time.monotonic()
    second = program.window("two")
    _, told = second.communicate(timeout=30)
    assert second.returncode == 1
    assert told.strip().splitlines() == [
        "ClaimDesk has this desk open already, but its window does not answer. Wait until it does, or end that program, "
        "then start again."
    ]
    assert time.monotonic() - begun < 15
    first.send_signal(signal.SIGCONT)


def test_the_terminal_shows_the_history_and_holds_it_against_a_noted_head(program: Program) -> None:
    assert program.terminal("import", str(program.file("one"))).returncode == 0
    info = json.loads(program.terminal("desk", "info", "--json").stdout)
    assert f"Head of the history: {info['history']}" in program.terminal("desk", "info").stdout
    assert program.terminal("import", str(program.file("two"))).returncode == 0
    lines = program.terminal("history").stdout.splitlines()
    assert "Suggest" in lines[0]
    assert "Import “Bridge one पुल 🙂”" in lines[-1]
    of_second = json.loads(program.terminal("history", "2", "--json", "--head", info["history"]).stdout)
    assert [(row["article_id"], row["kind"]) for row in of_second] == [(2, "edit"), (2, "import")]
    other = info["history"][:-1] + ("0" if info["history"][-1] != "0" else "1")
    refused = program.terminal("history", "--head", other)
    assert refused.returncode == 1
    assert "not what ClaimDesk wrote" in refused.stderr
    assert program.terminal("history", "--head", "12").returncode == 2
    assert program.terminal("history", "99").returncode == 1
