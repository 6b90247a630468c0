"""Runs the tests of the window and of the whole program under strace, and looks whether anything spoke to a network.

    python -m tests.reliability.network [--full]

Only sockets of this machine (AF_UNIX, AF_NETLINK) may be connected, bound or sent through. The control is a program that knocks at
a port of this very computer, which must be noticed: else the script would prove nothing.
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

FAMILY = re.compile(r"sa_family=(AF_\w+)")
LOCAL = frozenset({"AF_UNIX", "AF_NETLINK", "AF_UNSPEC"})
KNOCK = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('127.0.0.1', 9))"


def families(command: Sequence[str]) -> tuple[int, Counter[str]]:
    """The exit code of a program, and how often it used sockets of which family."""
    with tempfile.TemporaryDirectory() as folder:
        trace = Path(folder) / "trace"
        strace = ["strace", "-f", "-qq", "-o", str(trace), "-e", "trace=connect,bind,sendto,sendmsg"]
        code = subprocess.run([*strace, *command], cwd=ROOT, stdout=sys.stderr, check=False).returncode
        return code, Counter(FAMILY.findall(trace.read_text(errors="replace")))


def main() -> int:
    """Run, count, judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true", help="the whole test suite, not that of the window alone")
    given = parser.parse_args()
    if not is_possible():
        print("There is no strace that may watch a program here: nothing was tested.", file=sys.stderr)
        return 2
    noticed = families([sys.executable, "-c", KNOCK])[1]["AF_INET"]
    # What itself runs strace cannot be watched by another.
    tests = ["tests", "--deselect=tests/core/desk/test_desk_killed.py"] if given.full else ["tests/ui"]
    code, found = families([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests])
    strangers = {family: count for family, count in found.items() if family not in LOCAL}
    print(
        json.dumps({"tests ended with": code, "control noticed": noticed, "sockets": found, "of a network": strangers})
    )
    return 0 if code == 0 and noticed and not strangers else 1


if __name__ == "__main__":
    sys.exit(main())
