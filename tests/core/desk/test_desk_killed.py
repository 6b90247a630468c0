"""The plug is pulled in the middle of an edit, the disk is full or fails: everything that was acknowledged is there.

Each test is the short form of a script in tests/reliability, which says what it does and proves that its faults happened.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.reliability import full_disk

ROOT = Path(__file__).parents[3]
STRACE = pytest.mark.skipif(shutil.which("strace") is None, reason="strace, which lets calls fail, is not here")


def run(script: str, *words: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", f"tests.reliability.{script}", *words],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    counts: dict[str, Any] = json.loads(done.stdout)
    return counts


def test_a_program_killed_in_its_edits_loses_none_that_it_acknowledged() -> None:
    counts = run("kill", "--kills", "15")
    assert (counts["kills"], counts["failures"]) == (15, 0)
    assert counts["in an edit"] >= 5
    assert counts["acknowledged edits"] > 0


@STRACE
def test_a_power_cut_loses_no_acknowledged_edit_and_would_without_full_syncing() -> None:
    counts = run("power_cut", "--cuts", "25")
    assert not counts["FULL"].keys() & {"lost", "broken", "damaged"}
    assert counts["NORMAL (control)"]["lost"] > 0


@STRACE
def test_a_full_disk_and_a_failing_one_are_told_and_lose_nothing() -> None:
    counts = run("faults", "--every", "60")
    assert not counts["wrong"]
    deeds = ("edit", "import", "backup", "migration", "encryption", "restore")
    assert all(counts["failed calls"][f"{deed}: pwrite64"] for deed in deeds)


@STRACE
def test_an_old_desk_whose_way_up_is_cut_is_the_old_one_or_the_new() -> None:
    counts = run("migration", "--desks", "1", "--every", "60")
    assert not counts["wrong"]
    assert counts["kills"] > counts["failed calls"] > 0
    assert counts["newer desks refused"] == 2


@pytest.mark.skipif(not full_disk.is_possible(), reason="a disk to fill can be mounted by root alone")
def test_a_disk_that_is_really_full_loses_nothing() -> None:
    counts = run("full_disk", "--step", "25")
    assert not counts["wrong"]
    assert counts["full disks"] >= 6


@pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")
def test_a_desk_that_may_not_be_written_or_went_away_is_not_changed() -> None:
    counts = run("no_permission")
    assert not counts["wrong"]
    assert counts["went away"] == 3


def test_a_removal_of_a_source_that_is_cut_off_leaves_the_desk_as_it_was_or_without_it_and_can_be_finished() -> None:
    counts = run("purge", "--kills", "4")
    assert (counts["kills"], counts["failures"]) == (4, 0)
