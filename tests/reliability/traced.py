"""What a program does to its files, call by call, as strace tells it: for scripts that let some of it be lost or fail.

A program that is watched is this module's own: it works on a desk through every kind of edit, and says so on its standard output after
each one that is committed ("ACK", the number of rows of the history, the hash of the last).
"""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import regex
from tests.reliability.gestures import do_something

from claimdesk.core.desk import Desk, connection

ROOT = Path(__file__).parents[2]
CALLS = "openat,pwrite64,write,fdatasync,fsync,ftruncate,unlink,close"
CHECKPOINT = 20
"""Pages of the log after which it is written into the desk: far fewer than usual, so that this happens all the time."""
_CALL = regex.compile(rb"^(?:\d+\s+)?(\w+)\((.*)\)\s+= (-?\d+)(?: .*)?$")
_TEXT = regex.compile(rb'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True, slots=True)
class Call:
    """One call that succeeded: its name, what stands in its text, its numbers, and its result."""

    name: str
    text: bytes
    numbers: tuple[int, ...]
    result: int


def watched(desk: Path, edits: int, seed: int, *, synchronous: str = "FULL") -> tuple[list[Call], str]:
    """Let a program of its own do so many edits on `desk` under strace; its calls in order, and what it said."""
    trace = desk.parent.parent / f"{desk.parent.name}.trace"
    command = [sys.executable, "-m", "tests.reliability.traced", str(desk), str(edits), str(seed), synchronous]
    strace = ["strace", "-f", "-xx", "-s", "70000", "-e", f"trace={CALLS}", "-o", str(trace)]
    done = subprocess.run([*strace, *command], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    return list(calls(trace)), done.stdout


def is_possible() -> bool:
    """Whether there is an strace that may watch a program here."""
    tried = shutil.which("strace") and subprocess.run(
        ["strace", "-o", os.devnull, "true"], capture_output=True, check=False
    )
    return bool(tried) and tried.returncode == 0  # type: ignore[union-attr]


def calls(trace: Path) -> Iterator[Call]:
    """The calls of a trace that succeeded."""
    with trace.open("rb") as lines:
        for line in lines:
            found = _CALL.match(line.rstrip())
            if found is None or int(found[3]) < 0:
                continue
            text = _TEXT.search(found[2])
            rest = found[2][text.end() :] if text else found[2]
            before = found[2][: text.start()] if text else b""
            numbers = tuple(int(part) for part in regex.findall(rb"(?<![\w|])\d+(?![\w|])", before + b" " + rest))
            raw = bytes.fromhex(text[1].replace(rb"\x", b"").decode()) if text else b""
            yield Call(found[1].decode(), raw, numbers, int(found[3]))


def work(words: Sequence[str]) -> None:
    """Do so many edits on a desk, and acknowledge each."""
    path, edits, seed, synchronous = Path(words[0]), int(words[1]), int(words[2]), words[3]
    pragmas = (f"synchronous = {synchronous}" if one.startswith("synchronous") else one for one in connection._PRAGMAS)
    vars(connection)["_PRAGMAS"] = tuple(pragmas)  # the control run must be wrong
    chance = random.Random(seed)
    with Desk.open(path, who="victim") as desk:
        desk._db.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT}").fetchall()
        done = 0
        while done < edits:
            if do_something(desk, chance):
                done += 1
                os.write(1, f"ACK {len(desk.history())} {desk.head()}\n".encode())
        os._exit(0)  # as a computer that loses power: nothing is tidied up


if __name__ == "__main__":
    work(sys.argv[1:])
