"""Kills a program at each step of bringing an old desk up to the newest format, and fills its disk there, and looks what is left.

    python -m tests.reliability.migration [--full]

Each frozen desk of tests/data is opened by a program of its own, plain and encrypted. Under strace it is killed before its k-th
write, sync, shortening, renaming or deleting of a file, for every k that there is; or from its k-th write on the disk is full; or one of
its syncs fails. What lies there then must be the old desk or the new one, every row of it, and nothing between; whatever backup is
listed must hold the old desk, and where the new one lies there, there must be such a backup. Opened once more, it is the new desk.
What the old desk held must be in the new: every row and column of it. And a desk of a later format than that is refused, its files byte for
byte as they were, also where a killed program left a log beside it. Ends with 1 where anything of that is not so.
"""

import argparse
import hashlib
import json
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from tests.reliability.deeds import SAMPLES, encrypt, is_one_sentence, key_of, looked_at
from tests.reliability.traced import ROOT, is_possible

from claimdesk.core.desk import Backups, Desk, connection, schema
from claimdesk.core.errors import DeskError

if TYPE_CHECKING:
    from sqlite_utils import Database

KILL = f"signal={signal.SIGKILL.name}:when={{}}"
FAULTS = {
    "pwrite64": (KILL, "error=ENOSPC:when={}+"),
    "write": (KILL,),
    "fsync": (KILL, "error=EIO:when={}"),
    "ftruncate": (KILL,),
    "rename": (KILL, "error=ENOSPC:when={}"),
    "unlink": (KILL,),
}
"""What happens at a call: the program dies before it, or it fails."""
BOOKKEEPING = ("sqlite_", "_sqlite_", "search")
"""Tables of SQLite, of the migrations with their time, and of the index, which is made anew from the rest."""
Rows = dict[str, dict[str, list[object]]]


@dataclass(frozen=True, slots=True)
class Old:
    """A desk of an old format in a folder that nobody touches: what it holds, and what it is once it was brought up."""

    path: Path
    rows: Rows
    migrated: Rows

    def __str__(self) -> str:
        return f"format {self.path.parent.name}"


# -- what a desk holds


def rows_of(db: "Database") -> Rows:
    """Every value of every table, by table and column, in an order of its own."""
    names = [name for name in db.table_names() if not name.startswith(BOOKKEEPING)]
    columns = {name: [column.name for column in db.table(name).columns] for name in names}
    return {
        name: {
            column: [row[0] for row in db.execute(f'SELECT "{column}" FROM "{name}" ORDER BY {by}').fetchall()]
            for column in columns[name]
        }
        for name in names
        for by in [", ".join(f'"{pk}"' for pk in db.table(name).pks)]
    }


def olds(folder: Path, *, encrypted: bool) -> Iterator[Old]:
    """Every frozen desk that is not of the newest format; raises SystemExit where bringing it up loses anything of it."""
    for sample in SAMPLES:
        for name in ("untouched", "reference"):
            path = folder / name / f"{sample.stem.rpartition('-')[2]}{' encrypted' * encrypted}" / "desk.db"
            path.parent.mkdir(parents=True)
            shutil.copyfile(sample, path)
            if encrypted:
                encrypt(path)
                shutil.rmtree(path.parent / "backups")
        with closing(connection.look_into(path, key_of(path))) as db:
            rows, version = rows_of(db), connection.pragma(db, "user_version")
        with Desk.open(path, who="reference", key=key_of(path)) as desk:
            new = rows_of(desk._db)
        for table, columns in rows.items():
            for column, values in columns.items():
                if new.get(table, {}).get(column) != values:
                    raise SystemExit(f"{sample.name}: {table}.{column} is not what it was")
        if version < len(schema.STEPS):
            yield Old(folder / "untouched" / path.parent.name / "desk.db", rows, new)


# -- one fault


def fail_once(old: Old, call: str, fault: str) -> tuple[bool, list[str]]:
    """Let a program bring the desk up and meet the fault; whether it came to that, and what was wrong then."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "desk")
        shutil.copytree(old.path.parent, folder)
        path, trace = folder / "desk.db", Path(name, "trace")
        # --seccomp-bpf would be faster, but with it nobody is killed
        strace = ["strace", "-f", "-o", str(trace), "-e", f"trace={call}", "-e"]
        program = [sys.executable, "-m", "tests.reliability.migration", "--open", str(path)]
        done = subprocess.run(
            [*strace, f"inject={call}:{fault}", *program], cwd=ROOT, capture_output=True, text=True, check=False
        )
        killed = done.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL)
        happened = killed or "(INJECTED)" in trace.read_text(errors="replace")
        said = done.stdout.strip()
        wrong = [] if killed or not done.returncode else [f"it ended with {done.returncode}: {done.stderr[-300:]}"]
        if said and not is_one_sentence(said):
            wrong.append(f"it said no sentence: {said!r}")
        return happened, wrong + wrong_with(old, path, refused=bool(said), whole=not happened)


def wrong_with(old: Old, path: Path, *, refused: bool, whole: bool) -> list[str]:
    """What is wrong with a desk after a fault, and after it was opened once more; in sentences."""
    key = key_of(path)
    backups = Backups(path, key)
    with looked_at(path) as db:
        found = rows_of(db)
    try:
        kept = [_rows_of_backup(backups, backup.path) for backup in backups.all()]
        with Desk.open(path, who="user", key=key) as desk:
            after = rows_of(desk._db)
        kept_after = [_rows_of_backup(backups, backup.path) for backup in backups.all()]
    except DeskError as error:
        return [f"it cannot be used afterwards: {error}"]
    wrong = {
        "it is neither the old desk nor the new one": found not in (old.rows, old.migrated),
        "it is the old desk though nothing failed": whole and found != old.migrated,
        "it is the new desk though a sentence said that nothing was done": refused and found != old.rows,
        "it is the new desk, and there is no backup of the old": found == old.migrated and old.rows not in kept,
        "a backup is not the old desk": any(rows != old.rows for rows in kept + kept_after),
        "opened again it is not the new desk": after != old.migrated,
        "opened again there is no backup of the old": not kept_after,
        "something is left beside it": bool(list(path.parent.rglob("*.part*"))),
    }
    return [sentence for sentence, is_so in wrong.items() if is_so]


def _rows_of_backup(backups: Backups, backup: Path) -> Rows:
    backups.contents(backup)
    with closing(connection.look_into(backup, backups.key_of(backup))) as db:
        return rows_of(db)


# -- a later format


def refused_newer(folder: Path, old: Old, *, log: bool) -> list[str]:
    """Give the desk a format that is not there yet, with a log beside it or none; what is wrong with how it is refused."""
    shutil.copytree(old.path.parent, folder)
    path = folder / "desk.db"
    key = key_of(path)
    with Desk.open(path, who="newer", key=key) as desk:
        desk._db.execute(f"PRAGMA user_version = {len(schema.STEPS) + 1}")
        if log:
            for side in ("", "-wal"):
                shutil.copyfile(path.with_name(path.name + side), folder / f"killed{side}")
    if log:
        (folder / "killed").replace(path)
        (folder / "killed-wal").replace(path.with_name("desk.db-wal"))
    before = prints(folder)
    try:
        Desk.open(path, who="older", key=key).close()
    except DeskError as error:
        same = {name: prints(folder).get(name) for name in before} == before
        told = "newer ClaimDesk" in str(error) and is_one_sentence(str(error))
        return [] if same and told else [f"{old}: the files changed" if told else f"{old}: it said {error}"]
    return [f"{old}: a newer desk was opened"]


def prints(folder: Path) -> dict[str, str]:
    """The hash of every file of a folder."""
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file()
    }


# -- all of them


def run_one(every: int, tried: tuple[Old, str, str]) -> tuple[Counter[str], list[str]]:
    """Let a fault happen at every `every`-th call of a desk's way up; how often it did, and what was wrong."""
    old, call, fault = tried
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    for number in count(1, every):
        happened, what = fail_once(old, call, fault.format(number))
        wrong += [f"{old}, {call} {number}, {fault}: {sentence}" for sentence in what]
        if not happened:
            return counts, wrong
        counts["kills" if fault == KILL else "failed calls"] += 1
        counts[f"{old}: {call}"] += 1
    raise AssertionError("there is no end of numbers")


def main() -> int:
    """Kill, fail, count, judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=7, help="only at every so manieth call, and of plain desks")
    parser.add_argument("--desks", type=int, help="only so many desks, the oldest first")
    parser.add_argument("--full", action="store_true", help="every call, of encrypted desks too")
    parser.add_argument("--open", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.open:
        try:
            Desk.open(given.open, who="victim", key=key_of(given.open)).close()
        except DeskError as error:
            print(error)
        return 0
    if not is_possible():
        print("There is no strace that may watch a program here: nothing was tested.", file=sys.stderr)
        return 2
    every = 1 if given.full else given.every
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(2) as pool:
        found = [old for encrypted in (False, True)[: 1 + given.full] for old in olds(Path(name), encrypted=encrypted)]
        found = found[: given.desks]
        tried = [(old, call, fault) for old in found for call, faults in FAULTS.items() for fault in faults]
        counts: Counter[str] = Counter()
        wrong: list[str] = []
        for counted, sentences in pool.map(partial(run_one, every), tried):
            counts += counted
            wrong += sentences
        for number, old in enumerate(found):
            for log in (False, True):
                wrong += refused_newer(Path(name) / f"newer-{number}-{log}", old, log=log)
                counts["newer desks refused"] += 1
    print(json.dumps({"formats": len(schema.STEPS), "desks": len(found), **counts, "wrong": wrong}, indent=1))
    proved = all(counts[f"{old}: {call}"] for old in found for call in ("pwrite64", "fsync", "rename"))
    proved &= counts["kills"] > counts["failed calls"]  # most calls can only be killed at
    return 0 if found and proved and not wrong else 1


if __name__ == "__main__":
    sys.exit(main())
