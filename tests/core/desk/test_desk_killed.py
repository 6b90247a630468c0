"""The plug is pulled in the middle of an edit: everything that was acknowledged is there."""

import json
import subprocess
import sys
from pathlib import Path

KILL = Path(__file__).parents[2] / "benchmarks" / "kill.py"


def test_a_program_killed_in_its_edits_loses_none_that_it_acknowledged() -> None:
    done = subprocess.run(
        [sys.executable, str(KILL), "--kills", "15"], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    counts = json.loads(done.stdout)
    assert (counts["kills"], counts["failures"]) == (15, 0)
    assert counts["in an edit"] >= 5
    assert counts["acknowledged edits"] > 0
