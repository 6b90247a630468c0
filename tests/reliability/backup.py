"""Makes backups of a desk that another program keeps editing, and looks whether each of them restores to what the desk was.

    python -m tests.reliability.backup --full

A program of its own edits the desk through every kind of edit, without a pause, and tells each one after it was committed. Every
backup must hold each edit that was told before it was begun, none that was not made, and be sound; it is restored in the place of
another desk, which must then hold exactly what the backup holds, row for row. Half of the desks are encrypted. In the end the
desk itself goes back to one of its backups and on again. Ends with 1 where anything of that is not so, or where too few edits
came between the beginning and the end of a backup to prove anything. `--full` is 200 backups, else it is 20.
"""

import argparse
import json
import multiprocessing
import random
import sys
import tempfile
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from tests.reliability.gestures import do_something

from claimdesk.core.desk import Backups, Desk, connection, keys
from claimdesk.core.desk.check import check
from claimdesk.core.desk.keys import Keys
from claimdesk.core.desk.restoring import restore

PER_DESK = 20
"""Backups of one desk, which grows meanwhile."""


@dataclass(frozen=True)
class Place:
    """A desk and its key."""

    path: Path
    key: bytes | None

    @property
    def backups(self) -> Backups:
        """Its backups."""
        return Backups(self.path, self.key)

    def open(self) -> Desk:
        """The desk, open."""
        return Desk.open(self.path, who="reliability", key=self.key)


def new_place(folder: Path, *, encrypted: bool) -> Place:
    """A desk with some edits."""
    folder.mkdir()
    key = None
    if encrypted:
        made, key = Keys.new()
        keys.save(folder / "desk.db", made.with_recovery(key)[0])
    place = Place(folder / "desk.db", key)
    with place.open() as desk:
        for seed in range(12):
            do_something(desk, random.Random(seed))
    return place


def edit_on(place: Place, seed: int, told: Connection) -> None:
    """Edit without a pause until the other end is closed; tell the newest hash after each edit."""
    chance = random.Random(seed)
    with place.open() as desk:
        try:
            while True:
                if do_something(desk, chance):
                    told.send(desk.head())
        except BrokenPipeError:
            return


def digest(path: Path, key: bytes | None) -> str:
    """What a file holds, in one hash."""
    with closing(connection.look_into(path, key)) as db:
        return connection.digest(db)


def heads(path: Path, key: bytes | None) -> list[str]:
    """The hashes of the history of a desk or backup."""
    with closing(connection.look_into(path, key)) as db:
        return [head for (head,) in db.execute("SELECT hash FROM history ORDER BY id").fetchall()]


def heard(told: Connection) -> list[str]:
    """What was told by now."""
    found = []
    while told.poll():
        found.append(told.recv())
    return found


def one_desk(folder: Path, times: int, seed: int, counts: Counter[str]) -> list[str]:
    """Back a desk up so many times while it is edited; what is wrong, in sentences."""
    place, wrong = new_place(folder / "edited", encrypted=seed % 2 == 1), []
    other = Place(folder / "other" / "desk.db", place.key)
    other.path.parent.mkdir()
    starter = multiprocessing.get_context("spawn")  # a program of its own, that does not hold our end of the pipe too
    ours, theirs = starter.Pipe(duplex=False)
    editor = starter.Process(target=edit_on, args=(place, seed, theirs))
    editor.start()
    theirs.close()
    told, made = [ours.recv()], []
    for _ in range(times):
        told += heard(ours)
        before = len(told)
        backup = place.backups.make(to=folder / "kept")
        told += heard(ours)
        counts.update({"backups": 1, "edits meanwhile": len(told) - before, "with edits meanwhile": len(told) > before})
        found = heads(backup.path, place.key)
        if not set(told[:before]) <= set(found):
            wrong.append(f"backup {backup.number} lacks an edit that was told before it was begun")
        restore(other.path, backup.path, place.key)
        if digest(other.path, place.key) != digest(backup.path, place.key):
            wrong.append(f"backup {backup.number} is restored to something else")
        wrong += [
            f"backup {backup.number}: {one.name}: {one.wrong}" for one in check(other.path, place.key) if not one.ok
        ]
        made.append((backup, found))
        counts.update({"restored": 1})
    ours.close()
    editor.join()
    with place.open() as desk:
        history = [entry.hash for entry in desk.history()]
    if editor.exitcode or history[: len(found)] != found:
        wrong.append("the editor came to grief")
    wrong += [
        f"backup {backup.number} is not what the desk was at one moment"
        for backup, found in made
        if history[: len(found)] != found
    ]
    return wrong + there_and_back(place, made[0][0].path, history)


def there_and_back(place: Place, backup: Path, history: list[str]) -> list[str]:
    """Take the desk itself back to a backup and on again; what is wrong, in sentences."""
    kept = restore(place.path, backup, place.key)
    with place.open() as desk:
        then = [entry.hash for entry in desk.history()]
    if kept is None or then != heads(backup, place.key):
        return ["the desk did not go back to its backup"]
    restore(place.path, kept.path, place.key)
    with place.open() as desk:
        return [] if [entry.hash for entry in desk.history()] == history else ["what was kept is not what was replaced"]


def main() -> int:
    """Back up, count, judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--seed", type=int, default=random.randrange(10**9))
    arguments = parser.parse_args()
    times = 200 if arguments.full else arguments.times
    counts: Counter[str] = Counter()
    failures = 0
    with tempfile.TemporaryDirectory() as name:
        for number in range(0, times, PER_DESK):
            folder = Path(name) / str(number)
            folder.mkdir()
            for sentence in one_desk(
                folder, min(PER_DESK, times - number), arguments.seed + number // PER_DESK, counts
            ):
                print(f"desk {number // PER_DESK}, seed {arguments.seed}: {sentence}", file=sys.stderr)
                failures += 1
    print(json.dumps({"seed": arguments.seed, **counts, "failures": failures}))
    proved = counts["restored"] == times and counts["with edits meanwhile"] * 2 >= times
    return 0 if proved and not failures else 1


if __name__ == "__main__":
    sys.exit(main())
