"""Kills a program in the middle of its edits, again and again, and looks whether the desk kept all that it acknowledged.

    python -m tests.reliability.kill --kills 1000

The program under test is a process of its own that works on a desk through every kind of edit and acknowledges each one after
it was committed. After every kill the desk is opened as a user would: each acknowledged edit must stand in its history, the
claims must be those that were acknowledged last, and SQLite must find the file whole. Ends with 1 where it does not, or where
too few kills hit the middle of an edit to prove anything.
"""

import argparse
import json
import multiprocessing
import random
import sys
import tempfile
from collections import Counter
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path

import sqlcipher3.dbapi2 as driver  # type: ignore[import-untyped]
from tests.reliability.gestures import digest, do_something

from claimdesk.core.desk import Desk

KILLS_PER_DESK = 100
LONGEST = 0.15
"""Seconds that a program lives at most after it opened the desk, or, one in ten, began to open it."""


def work(path: Path, seed: int, told: Connection) -> None:
    """Edit until killed; tell before each gesture, and after it once it is on the disk."""
    chance = random.Random(seed)
    told.send(("opening",))
    with Desk.open(path, who="victim") as desk:
        told.send(("open",))
        while True:
            told.send(("doing",))
            if article_id := do_something(desk, chance):
                told.send(("done", desk.head(), article_id, digest(desk.claims(article_id))))


def kill_once(path: Path, seed: int) -> list[tuple[str, ...]]:
    """Let the program work on the desk for a random moment, kill it; what it told until then."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=work, args=(path, seed, theirs))
    process.start()
    theirs.close()
    chance = random.Random(seed)
    told: list[tuple[str, ...]] = [ours.recv()]
    if chance.random() < 0.9:
        told.append(ours.recv())
    process.join(chance.uniform(0, LONGEST))
    if not process.is_alive():
        raise SystemExit(f"the program ended by itself with {process.exitcode} (seed {seed})")
    process.kill()
    process.join()
    try:
        while True:
            told.append(ours.recv())
    except EOFError:
        return told


def check(path: Path, known: list[str], told: list[tuple[str, ...]]) -> tuple[list[str], list[str]]:
    """The hashes of the history as the desk holds it now, and what is wrong with it in sentences."""
    done = [message for message in told if message[0] == "done"]
    acknowledged = known + [message[1] for message in done]
    with Desk.open(path, who="checker") as desk:
        found = [entry.hash for entry in desk.history()]
        broken = desk.verify_history()
        same = not done or done[-1][1] != desk.head() or digest(desk.claims(int(done[-1][2]))) == done[-1][3]
    with closing(driver.connect(str(path))) as connection:
        whole = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        loose = connection.execute("PRAGMA foreign_key_check").fetchall()
    wrong = {
        "an acknowledged edit is lost": found[: len(acknowledged)] != acknowledged,
        "there is more than the one edit that was under way": len(found) > len(acknowledged) + 1,
        "the history is broken": broken is not None,
        "the claims are not those that were acknowledged": not same,
        "the file is damaged": not whole,
        "a row refers to nothing": bool(loose),
    }
    return found, [sentence for sentence, is_so in wrong.items() if is_so]


def run(folder: Path, kills: int, seed: int) -> Counter[str]:
    """Kill so many times; how often what was met."""
    counts: Counter[str] = Counter()
    for kill in range(kills):
        path = folder / f"{kill // KILLS_PER_DESK}" / "desk.db"
        if kill % KILLS_PER_DESK == 0:
            known: list[str] = []
        told = kill_once(path, seed + kill)
        before, (known, wrong) = known, check(path, known, told)
        edits_done = sum(message[0] == "done" for message in told)
        counts.update(
            {
                "kills": 1,
                "while opening": told[-1][0] == "opening",
                "in an edit": told[-1][0] == "doing",
                "acknowledged edits": edits_done,
                "committed and not yet acknowledged": len(known) - len(before) - edits_done,
                "failures": bool(wrong),
            }
        )
        for sentence in wrong:
            print(f"kill {kill}, seed {seed + kill}: {sentence}", file=sys.stderr)
    return counts


def main() -> int:
    """Kill, count, judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--full", action="store_true", help="1,000 kills")
    parser.add_argument("--seed", type=int, default=random.randrange(10**9))
    arguments = parser.parse_args()
    if sys.platform != "win32":  # children start fast, from a process that never had a desk open
        multiprocessing.set_start_method("forkserver")
        multiprocessing.set_forkserver_preload(["claimdesk.core.desk", "sqlite_utils"])
    with tempfile.TemporaryDirectory() as folder:
        counts = run(Path(folder), 1000 if arguments.full else arguments.kills, arguments.seed)
    print(json.dumps({"seed": arguments.seed, **counts}))
    proved = counts["in an edit"] * 3 >= counts["kills"]
    return 0 if proved and not counts["failures"] else 1


if __name__ == "__main__":
    sys.exit(main())
