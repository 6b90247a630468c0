"""Makes a write or a sync of the disk fail, each one in turn, and looks what the desk is afterwards.

    python -m tests.reliability.faults [--full]

A program of its own does one thing with a desk: an edit, an import, a backup, a change of an old desk's format, an encryption, a
restore. Under strace its k-th write and all after it find the disk full (ENOSPC), or its k-th sync fails (EIO), for every k that there
is. It must say so in one sentence, do it when it is asked again and the disk takes it, and have lost nothing that was on the desk
before; no half backup may be listed meanwhile.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.reliability.deeds import DEEDS, attempt, hashes, is_one_sentence, prepared, wrong_with
from tests.reliability.traced import ROOT, is_possible

FAULTS = {"pwrite64": "error=ENOSPC:when={}+", "fsync": "error=EIO:when={}"}
"""A disk stays full until somebody makes room; a sync may fail once."""


def fail_once(deed: str, call: str, number: int) -> tuple[bool, list[str]]:
    """Let the `number`-th `call` fail while the deed is done; whether it came to that, and what was wrong then."""
    with tempfile.TemporaryDirectory() as folder:
        path = prepared(Path(folder), deed)
        before, trace = hashes(path), Path(folder) / "trace"
        inject = f"inject={call}:{FAULTS[call].format(number)}"
        strace = ["strace", "--seccomp-bpf", "-f", "-o", str(trace), "-e", f"trace={call}", "-e", inject]
        done = subprocess.run(
            [*strace, sys.executable, "-m", "tests.reliability.deeds", deed, str(path)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        injected = "(INJECTED)" in trace.read_text(errors="replace")
        trace.unlink()
        if done.returncode:
            return injected, [f"it ended with {done.returncode}: {done.stderr.strip().splitlines()[-1:]}"]
        said = json.loads(done.stdout)
        wrong = [f"it said no sentence: {words!r}" for words in said if words and not is_one_sentence(words)]
        if said[-1]:
            wrong += wrong_with(deed, path, before, done=False)
            said.append(attempt(deed, path))
        wrong += [f"asked again it said: {said[-1]}"] if said[-1] else wrong_with(deed, path, before, done=True)
        return injected, wrong


def run(every: int) -> tuple[Counter[str], list[str]]:
    """Let every `every`-th call of each kind fail in turn; how many did, and what was wrong."""
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    for deed in DEEDS:
        for call in FAULTS:
            number, injected = 1, True
            while injected:
                injected, what = fail_once(deed, call, number)
                counts[f"{deed}: {call}"] += injected
                wrong += [f"{deed}, {call} {number}: {sentence}" for sentence in what]
                number += every
    return counts, wrong


def main() -> int:
    """Fail, count, judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=5, help="let only every so manieth call fail")
    parser.add_argument("--full", action="store_true", help="every call")
    given = parser.parse_args()
    if not is_possible():
        print("There is no strace that may watch a program here: nothing was tested.", file=sys.stderr)
        return 2
    counts, wrong = run(1 if given.full else given.every)
    print(json.dumps({"failed calls": counts, "wrong": wrong}, indent=1))
    return 0 if all(counts[f"{deed}: {call}"] for deed in DEEDS for call in FAULTS) and not wrong else 1


if __name__ == "__main__":
    sys.exit(main())
