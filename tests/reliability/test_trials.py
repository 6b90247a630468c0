"""A short form of each of the long trials; their figures come from --full."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def run(script: str, *arguments: str) -> list[dict[str, Any]]:
    """What a trial counted."""
    done = subprocess.run(
        [sys.executable, str(HERE / script), *arguments],
        capture_output=True, encoding="utf-8", timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_whatever_is_done_to_a_history_is_found() -> None:
    (counts,) = run("tampering.py", "--tampers", "100", "--rows", "2000")
    assert (counts["tampered"], counts["found"]) == (100, 100)


def test_two_programs_on_one_desk_lose_nothing() -> None:
    starts, fast, slow = run("two_processes.py", "--starts", "2", "--edits", "60")
    assert starts["one owner"] == 2
    assert (fast["lost"], slow["lost"]) == (0, 0)
