"""Damages an encrypted desk at random, and looks whether that is found and the newest good backup named, every time.

    python -m tests.reliability.damage --full

Each time one to three bits of the desk's file are turned round, or the file is cut at a random place. The check must find
something wrong, and the desk must not open, unless only pages are hit that hold nothing, and it still holds all that it held. Its file must be left as it is to the byte, no other file may come or go, and the newest
backup that is good must be the one that is offered: one of the three backups is damaged in the same way now and then. At the end of every
hundred the offered backup is restored, and the desk must be sound and hold what it held, with the damaged file kept. Ends with 1
where anything of that is not so. `--full` is 10,000 times, else it is 500.
"""

import argparse
import json
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.reliability.gestures import do_something

from claimdesk.core.desk import Backup, Backups, Desk, keys
from claimdesk.core.desk.check import check
from claimdesk.core.desk.keys import Keys
from claimdesk.core.desk.restoring import restore
from claimdesk.core.errors import DamagedDeskError

RESTORED = 100
"""How many damages come between two restores."""


def harm(content: bytes, chance: random.Random) -> tuple[str, bytes]:
    """Content that is damaged, and how."""
    if chance.random() < 0.25:
        return "cut", content[: chance.randrange(len(content))]
    changed = bytearray(content)
    for place in chance.sample(range(len(content)), chance.randrange(1, 4)):
        changed[place] ^= 1 << chance.randrange(8)
    return "bits turned", bytes(changed)


def make(path: Path, chance: random.Random) -> tuple[bytes, list[Backup]]:
    """An encrypted desk with three backups, the newest first; its key with them."""
    made, key = Keys.new()
    keys.save(path, made.with_recovery(key)[0])
    backups = Backups(path, key)
    with Desk.open(path, who="reliability", key=key) as desk:
        for _ in range(3):
            for _ in range(8):
                do_something(desk, chance)
            backups.make()
    return key, backups.all()


def state(desk: Desk) -> list[object]:
    """All that a desk tells of its articles, claims, originals and history."""
    of_articles = [
        (desk.article(one.id), desk.original(one.id), desk.claims(one.id), desk.undoable(one.id))
        for one in desk.articles()
    ]
    return [of_articles, desk.history(), desk.verify_history()]


def damaged_once(path: Path, key: bytes, good: Backup, chance: random.Random, counts: Counter[str]) -> list[str]:
    """Damage the desk, look at what is found, and mend it; what is wrong, in sentences."""
    with Desk.open(path, who="reliability", key=key) as desk:
        held = state(desk)
    whole, around = path.read_bytes(), sorted(path.parent.rglob("*"))
    how, content = harm(whole, chance)
    path.write_bytes(content)
    counts.update({"damages": content != whole, how: 1})
    wrong = []
    if all(one.ok for one in check(path, key)):
        wrong.append("the check finds nothing")
    try:
        with Desk.open(path, who="reliability", key=key) as desk:
            opened = state(desk)
        counts.update({"unused pages": opened == held})
        wrong += [] if opened == held else ["the desk opens, and holds something else"]
    except DamagedDeskError:
        counts.update({"refused": 1})
    if path.read_bytes() != content or sorted(path.parent.rglob("*")) != around:
        wrong.append("the damaged desk was not left as it is")
    if Backups(path, key).newest_good() != good:
        wrong.append("the newest good backup is not the one that is offered")
    path.write_bytes(whole)
    return wrong


def damaged_backup(backups: list[Backup], chance: random.Random, counts: Counter[str]) -> Backup:
    """Damage the newest backup, or none; the newest that is good."""
    if chance.random() < 0.5:
        return backups[0]
    counts.update({"damaged backups": 1})
    backups[0].path.write_bytes(harm(backups[0].path.read_bytes(), chance)[1])
    return backups[1]


def hundred(folder: Path, times: int, chance: random.Random, counts: Counter[str]) -> list[str]:
    """Damage a desk so many times, then restore it; what is wrong, in sentences."""
    folder.mkdir()
    path = folder / "desk.db"
    key, backups = make(path, chance)
    good = damaged_backup(backups, chance, counts)
    head = Backups(path, key).contents(good.path).head
    wrong = [sentence for _ in range(times) for sentence in damaged_once(path, key, good, chance, counts)]
    with Desk.open(path, who="reliability", key=key) as desk:
        held = desk.head()
    _, content = harm(path.read_bytes(), chance)
    path.write_bytes(content)
    kept = restore(path, good.path, key)
    if kept is None or not _is_kept(kept, path, key, content, held):
        wrong.append("the damaged desk was not kept when it was replaced")
    if any(not one.ok for one in check(path, key)):
        wrong.append("the restored desk is not sound")
    with Desk.open(path, who="reliability", key=key) as desk:
        if desk.head() != head:
            wrong.append("the restored desk is not what the backup was")
    counts.update({"restored": 1})
    return wrong


def _is_kept(kept: Backup, path: Path, key: bytes, content: bytes, head: str) -> bool:
    """Whether what was replaced is there as it was; where the damage hit only what holds nothing, as a sound backup."""
    return kept.path.read_bytes() == content if kept.replaced else Backups(path, key).contents(kept.path).head == head


def main() -> int:
    """Damage, count, judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=500)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--seed", type=int, default=random.randrange(10**9))
    arguments = parser.parse_args()
    times = 10_000 if arguments.full else arguments.times
    counts: Counter[str] = Counter()
    failures = 0
    with tempfile.TemporaryDirectory() as name:
        for number in range(0, times, RESTORED):
            chance = random.Random(arguments.seed + number)
            for sentence in hundred(Path(name) / str(number), min(RESTORED, times - number), chance, counts):
                print(f"seed {arguments.seed} + {number}: {sentence}", file=sys.stderr)
                failures += 1
    print(json.dumps({"seed": arguments.seed, **counts, "failures": failures}))
    proved = (
        counts["damages"] == counts["refused"] + counts["unused pages"] == times and counts["refused"] * 10 >= times * 9
    )
    return 0 if proved and not failures else 1


if __name__ == "__main__":
    sys.exit(main())
