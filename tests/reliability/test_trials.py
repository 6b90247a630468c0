"""A short form of each of the long trials; their figures come from --full."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def run(script: str, *arguments: str) -> list[dict[str, Any]]:
    """What a trial counted."""
    done = subprocess.run(
        [sys.executable, "-m", f"tests.reliability.{script}", *arguments], cwd=ROOT,
        capture_output=True, encoding="utf-8", timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode in {0, 1}, (
        done.stdout + done.stderr
    )  # 1 also where something took long, which is no failure here
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_whatever_is_done_to_a_history_is_found() -> None:
    (counts,) = run("tampering", "--tampers", "100", "--rows", "2000")
    assert (counts["tampered"], counts["found"]) == (100, 100)


def test_two_programs_on_one_desk_lose_nothing() -> None:
    starts, fast, slow = run("two_processes", "--starts", "2", "--edits", "60")
    assert starts["one owner"] == 2
    assert not any(starts[what] for what in ("others that wrote", "strange files beside the desk", "broken histories"))
    for counts in (fast, slow):
        assert (counts["lost"], counts["broken"], counts["the window shows the last of it"]) == (0, False, True)


def test_damaged_files_are_read_or_refused_and_nothing_else() -> None:
    for counts in run("hostile_files", "--files", "12", "--no-bombs"):
        assert counts["good"], counts


def test_desks_hand_their_articles_over_without_loss() -> None:
    (counts,) = run("round_trips", "--desks", "20")
    assert (counts["desks"], counts["lossless"]) == (20, 20)


def test_hostile_texts_stay_words_in_reports() -> None:
    for counts in run("report_injection", "--ending", ".csv", "--ending", ".md"):
        assert (counts["alive"], counts["not made or not read"]) == (0, 0), counts
