"""Runs the tests of the window where there is no network, and looks whether anything so much as made a socket for one.

    python -m tests.reliability.network [--full]

strace watches every socket that is made, connected, bound or sent through, by Python and by Qt alike, and stops for nothing else, so that the
tests run at their own pace; where the system allows it they run in a namespace whose only network is a loopback that is down.
Only AF_UNIX may be met. What failed is run once more, watched as before: exit 0 means that each test passed. The control is a
program that knocks at a port of this very computer, which must be noticed: else the script would prove nothing.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.reliability.traced import ROOT, is_possible

FAMILY = re.compile(r"(?:socket\(|sa_family=)(AF_\w+)")
LOCAL = "AF_UNIX"
KNOCK = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('127.0.0.1', 9))"
CALLS = "socket,connect,bind,sendto,sendmsg,sendmmsg"
APART = ("unshare", "--map-root-user", "--net")
SOME_TESTS_FAILED = 1
"""What pytest ends with then."""


def can_be_apart() -> bool:
    """Whether a program can be given a network of its own here, which leads nowhere."""
    try:
        return subprocess.run([*APART, "true"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def families(command: Sequence[str], *, apart: bool) -> tuple[int, Counter[str]]:
    """The exit code of a program, and how often it used sockets of which family."""
    with tempfile.TemporaryDirectory() as folder:
        trace = Path(folder) / "trace"
        strace = ["strace", "--seccomp-bpf", "-f", "-qq", "-o", str(trace), "-e", f"trace={CALLS}"]
        program = [*strace, *(APART if apart else ()), *command]
        code = subprocess.run(program, cwd=ROOT, stdout=sys.stderr, check=False).returncode
        return code, Counter(FAMILY.findall(trace.read_text(errors="replace")))


def tested(tests: Sequence[str], *, apart: bool) -> tuple[int, int, Counter[str]]:
    """Run the tests; the exit code at last, how often they were run, and which sockets were used."""
    with tempfile.TemporaryDirectory() as cache:
        pytest = [sys.executable, "-m", "pytest", "-q", "-o", f"cache_dir={cache}", *tests]
        code, found = families(pytest, apart=apart)
        if code != SOME_TESTS_FAILED:
            return code, 1, found
        code, again = families([*pytest, "--last-failed", "--last-failed-no-failures=none"], apart=apart)
        return code, 2, found + again


def main() -> int:
    """Run, count, judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true", help="also the tests that start the whole program")
    parser.add_argument("tests", nargs="*", default=["tests/ui"], help="the tests of the window, or some of them")
    given = parser.parse_args()
    if not is_possible():
        print("There is no strace that may watch a program here: nothing was tested.", file=sys.stderr)
        return 2
    apart = can_be_apart()
    noticed = families([sys.executable, "-c", KNOCK], apart=apart)[1]["AF_INET"]
    code, times, found = tested([*given.tests, *(["tests/e2e"] if given.full else [])], apart=apart)
    strangers = {family: count for family, count in found.items() if family != LOCAL}
    counts = {"control noticed": noticed, "without a network": apart, "tests ended with": code, "runs": times}
    print(json.dumps({**counts, "sockets": found, "of a network": strangers}))
    return 0 if code == 0 and noticed and found[LOCAL] and not strangers else 1


if __name__ == "__main__":
    sys.exit(main())
