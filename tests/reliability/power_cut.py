"""Cuts the power at a random moment of a program's edits, and looks whether the desk kept all that it acknowledged.

    python -m tests.reliability.power_cut [--cuts 1000]

The program's writes are recorded call by call by strace. A cut keeps what was synced before it; of what was written since then, each
stretch of 512 bytes survives by chance or not, at three rates. The desk is then opened as a user would: every acknowledged edit
must be there, its history unbroken, the file whole. The control run does the same with synchronous=NORMAL, and must lose edits:
else the script would prove nothing. What a folder lists is taken as safe, as on a journaling file system.
"""

import argparse
import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.reliability.traced import Call, is_possible, watched

from claimdesk.core.desk import Desk
from claimdesk.core.errors import ClaimDeskError

RATES = (0.0, 0.5, 0.9)
"""How much of what was not synced survives a cut."""
SECTOR = 512
EDITS = 60


class Disk:
    """The files of one folder as a disk holds them: what is safe, and what was written since and may be lost."""

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder).encode()
        self._safe: dict[bytes, bytearray] = {}
        self._waiting: dict[bytes, list[tuple[int, bytes | None]]] = {}
        self._open: dict[int, bytes] = {}
        self.acknowledged: tuple[int, str] = (0, "")

    def does(self, call: Call) -> None:
        """Take a call of the program over."""
        match call.name:
            case "openat" if call.text.startswith(self._folder):
                self._open[call.result] = call.text
                self._safe.setdefault(call.text, bytearray())
                self._waiting.setdefault(call.text, [])
            case "openat" | "close":
                self._open.pop(call.result if call.name == "openat" else call.numbers[0], None)
            case "write" if call.text.startswith(b"ACK ") and call.numbers[0] == 1:
                _, rows, head = call.text.decode().split()
                self.acknowledged = (int(rows), head)
            case "unlink":
                self._safe.pop(call.text, None)
                self._waiting.pop(call.text, None)
            case name if call.numbers and (path := self._open.get(call.numbers[0])) in self._waiting:
                self._change(name, path, call)

    def _change(self, name: str, path: bytes, call: Call) -> None:
        waiting = self._waiting[path]
        if name in {"fdatasync", "fsync"}:
            _apply(self._safe[path], waiting)
            waiting.clear()
        elif name == "pwrite64":
            waiting.append((call.numbers[2], call.text))
        elif name == "ftruncate":
            waiting.append((call.numbers[1], None))

    def cut(self, target: Path, chance: random.Random, rate: float) -> int:
        """Write into `target` what such a cut leaves; how many unsynced stretches were lost."""
        lost = 0
        for path, safe in self._safe.items():
            if path.endswith(b"-shm"):
                continue
            kept: list[tuple[int, bytes | None]] = []
            for at, data in self._waiting[path]:
                for start in range(0, len(data) if data is not None else 1, SECTOR):
                    part = data[start : start + SECTOR] if data is not None else None
                    if chance.random() < rate:
                        kept.append((at + start, part))
                    else:
                        lost += 1
            left = bytearray(safe)
            _apply(left, kept)
            (target / Path(path.decode()).name).write_bytes(left)
        return lost


def _apply(data: bytearray, writes: Sequence[tuple[int, bytes | None]]) -> None:
    for at, words in writes:
        if words is None:
            del data[at:]
            data.extend(bytes(at - len(data)))
        else:
            data.extend(bytes(max(0, at + len(words) - len(data))))
            data[at : at + len(words)] = words


def wrong_with(path: Path, acknowledged: tuple[int, str]) -> str:
    """What is wrong with a desk after a cut, in a word; empty if nothing is."""
    rows, head = acknowledged
    if not rows:
        return ""
    try:
        with Desk.open(path, who="checker") as desk:
            found = [entry.hash for entry in desk.history()]
            if desk.verify_history() is not None:
                return "broken"
            if desk._db.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                return "damaged"
    except ClaimDeskError:
        return "damaged"
    return "" if len(found) >= rows and found[rows - 1] == head else "lost"


def run(folder: Path, cuts: int, seed: int, synchronous: str) -> Counter[str]:
    """Cut so many times in the edits of one program; how often what was met."""
    (folder / synchronous).mkdir()
    recorded, _ = watched(folder / synchronous / "desk.db", EDITS, seed, synchronous=synchronous)
    begun = next(at for at, call in enumerate(recorded) if call.text.startswith(b"ACK "))
    chance = random.Random(seed)
    places = sorted(chance.randrange(begun, len(recorded)) for _ in range(cuts))
    counts: Counter[str] = Counter({"cuts": cuts})
    disk, done = Disk(folder / synchronous), 0
    for place in places:
        for call in recorded[done:place]:
            disk.does(call)
        done = place
        for rate in RATES:
            with tempfile.TemporaryDirectory(dir=folder) as target:
                lost = disk.cut(Path(target), chance, rate)
                counts["unsynced stretches that were lost"] += lost
                counts["cuts that lost something unsynced"] += bool(lost)
                if wrong := wrong_with(Path(target) / "desk.db", disk.acknowledged):
                    counts[wrong] += 1
    return counts


def main() -> int:
    """Cut, count, judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cuts", type=int, default=100)
    parser.add_argument("--full", action="store_true", help="1,000 cuts")
    parser.add_argument("--seed", type=int, default=random.randrange(10**9))
    given = parser.parse_args()
    if not is_possible():
        print("There is no strace that may watch a program here: nothing was tested.", file=sys.stderr)
        return 2
    cuts = 1000 if given.full else given.cuts
    with tempfile.TemporaryDirectory() as folder:
        full, normal = (run(Path(folder), cuts, given.seed, mode) for mode in ("FULL", "NORMAL"))
    print(json.dumps({"seed": given.seed, "FULL": full, "NORMAL (control)": normal}))
    fine = not any(full[what] for what in ("lost", "broken", "damaged"))
    return 0 if fine and normal["lost"] and full["cuts that lost something unsynced"] else 1


if __name__ == "__main__":
    sys.exit(main())
