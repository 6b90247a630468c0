"""Damages files of every kind thousands of times, and sets bombs, and looks whether reading them ever does more than say a sentence.

    python -m tests.reliability.hostile_files [--full | --files N] [--kinds html pdf …] [--seed N] [--no-bombs]

Bytes of sound files, and of the parts of those that are archives, are changed, cut, doubled and put in each other's place. One confined
process reads many of them and is started anew when it dies. Counted are: files read and refused, processes that died, readings of
over 5 seconds of the processor, anything else than one sentence, attempts that the confinement stopped (a connection, a program, a file), files left
behind, and the most memory. Bombs are read as the program reads them, each by a process of its own, and must be over in 10 seconds
of the processor. The control is a reader that hangs and one that opens a file, which must be noticed. Ends with 1 where anything was.
"""

import argparse
import json
import random
import re
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.reliability.hostile_seeds import bombs, damaged, sound_files

from claimdesk.core.articles import Kind, Reading, read
from claimdesk.core.articles.isolation import ask, started
from claimdesk.core.errors import ArticleError
from claimdesk.core.text import normalise

SECONDS = 5
BOMB_SECONDS = 10
MOST_MEMORY = 1 << 30
FORBIDDEN = ("hung", "stopped by the confinement", "no sentence", "not normalised", "files left")

CONTROL = """
import json, sys
request = json.loads(sys.stdin.buffer.readline())
if request["name"] == "hang":
    sys.stdin.buffer.read()
print(json.dumps({"failed": "Forbidden"}), flush=True)
"""


@dataclass
class Counts:
    """What became of the damaged files of one kind; `memory` is the most of any process, in bytes."""

    outcomes: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    memory: int = 0

    def is_good(self) -> bool:
        """Whether nothing but reading and refusing happened; where nothing was read the damage was too great to show anything."""
        return (
            self.outcomes["read"] > 0
            and not any(self.outcomes[what] for what in FORBIDDEN)
            and self.memory < MOST_MEMORY
        )


def trial(kind: Kind, files: int, seed: int) -> Counts:
    """Read `files` damaged files of a kind."""
    counts, chance = Counts(), random.Random(f"{seed} {kind}")
    waiting = (damaged(chance.choice(sound_files(kind)), chance) for _ in range(files))
    raw = next(waiting, None)
    while raw is not None:
        with started() as process:
            folder = Path(f"/proc/{process.pid}/cwd").resolve()
            while raw is not None and process.poll() is None:
                _one(process, kind, raw, counts)
                counts.memory = max(counts.memory, _most_memory(process.pid))
                raw = next(waiting, None)
            counts.outcomes["files left"] += sum(1 for _ in folder.iterdir())
            counts.outcomes["processes that died"] += process.poll() is not None
    return counts


def _one(process: "subprocess.Popen[bytes]", kind: Kind, raw: bytes, counts: Counts) -> None:
    start = time.monotonic()
    try:
        reading = ask(process, kind, raw, "file", seconds=SECONDS)
    except ArticleError as error:
        counts.outcomes[_told(error)] += 1
    else:
        counts.outcomes["read" if _is_sound(reading) else "not normalised"] += 1
    counts.slowest = max(counts.slowest, time.monotonic() - start)


def _told(error: ArticleError) -> str:
    """Which sentence it was."""
    sentence = str(error)
    if not re.fullmatch(r"\S[^\n]{10,500}\.", sentence):
        return "no sentence"
    if "was stopped" in sentence:
        return "hung"
    if "Forbidden" in str(error.__cause__):
        return "stopped by the confinement"
    return "called damaged" if "made to do harm" in sentence else "refused"


def _is_sound(reading: Reading) -> bool:
    ends = [span.end for span in reading.furniture] + [one.span.end for one in reading.remarks if one.span]
    return normalise(reading.text) == reading.text and max([*ends, *reading.pages], default=0) <= len(reading.text)


def _most_memory(pid: int) -> int:
    """The most that a process had in memory at any time; 0 where that cannot be known."""
    try:
        found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0
    return int(found[1]) * 1024 if found else 0


def explosions() -> Iterator[dict[str, object]]:
    """What became of each bomb: how long it took by the clock and by the processor, and what was said."""
    for called, name, raw in bombs():
        start, used = time.monotonic(), _processor()
        try:
            outcome = f"read, {len(read(raw, name).text)} characters"
        except ArticleError as error:
            outcome = f"{_told(error)}: {error}"
        yield {
            "bomb": called, "bytes": len(raw), "seconds": round(time.monotonic() - start, 2),
            "of the processor": round(_processor() - used, 2), "outcome": outcome,
        }  # fmt: skip


def _processor() -> float:
    """Seconds of the processor that this program and those it started have had."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def control() -> set[str]:
    """What is noticed of readers that do what none may."""
    noticed = set()
    for name in ("hang", "open"):
        process = subprocess.Popen([sys.executable, "-c", CONTROL], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        try:
            ask(process, Kind.HTML, b"<html>", name, seconds=1)
        except ArticleError as error:
            noticed.add(_told(error) if name == "open" else "hung" if "was stopped" in str(error) else "")
        finally:
            process.kill()
            process.communicate()
    return noticed


def main() -> int:
    """Damage, read, count, judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true", help="10,000 files of each kind")
    parser.add_argument("--files", type=int, default=50, help="how many files of each kind")
    parser.add_argument("--kinds", nargs="*", type=Kind, default=list(Kind), help="which kinds, all of them without")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-bombs", action="store_true")
    given = parser.parse_args()
    good = control() == {"hung", "stopped by the confinement"}
    for kind in given.kinds:
        counts = trial(kind, 10_000 if given.full else given.files, given.seed)
        figures = {"slowest": round(counts.slowest, 2), "memory": counts.memory, "good": counts.is_good()}
        print(json.dumps({"kind": kind, **counts.outcomes, **figures}), flush=True)
        good &= counts.is_good()
    for bomb in () if given.no_bombs else explosions():
        print(json.dumps(bomb), flush=True)
        good &= float(str(bomb["of the processor"])) <= BOMB_SECONDS
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
