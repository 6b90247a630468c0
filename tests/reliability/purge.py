"""Kills a program while it removes a source from everywhere, again and again, and looks what is left.

    python -m tests.reliability.purge --full   200 kills

A program of its own removes a source from a copy of the same desk and its backups, and says so when it is done; it is killed at a random
moment. Then the desk must open, with the source as it was or without it, each backup must be whole, and what was said to be
done must be done. The same once more must finish: no byte of the source is in any file then, and the claims are those of a removal that
nobody cut off. Every other desk is encrypted; plain copies of it are looked through. Ends with 1 where it is not so, or where too few
kills hit a removal that was under way to prove anything.
"""

import argparse
import json
import multiprocessing
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

from claimdesk.core import edits, sources
from claimdesk.core.claim import Article, Span, Suggestion
from claimdesk.core.desk import Backups, Desk, keys, protection, purge
from claimdesk.core.desk.keys import Keys
from claimdesk.core.sources import SourceKind

TEXT = "पुल बंद रहेगा 🙂 said the office. 다리가 안전하다고 말했다. الجسر آمن. " * 30
NAME = "Canary Źródło-Quellmann"
TRACES = ("Canary", "Quellmann", "출처-b6f9")
BACKUPS = 3


def make(path: Path, key: bytes | None) -> None:
    """A desk on which the source stands everywhere, with backups that were made meanwhile."""
    with Desk.open(path, who="Rosa", key=key) as desk:
        article = desk.add_article(Article(TEXT, "Bridge"), original=TEXT.encode())
        found = [
            Suggestion(
                (Span(at, at + 9),), level="media", source_entity=NAME if at % 40 else "김 기자", via=("गजट", NAME)
            )
            for at in range(0, 1000, 20)
        ]
        commit(desk, edits.take_suggestions([], article, found))
        before = next(entry.source for entry in desk.sources() if entry.source.name == NAME)
        after = replace(before, kind=SourceKind.PERSON, aliases=("출처-b6f9",), confidential=True)
        edit = sources.describe(desk.register(), [], before, after)
        if edit is not None:
            desk.commit_register(edit)
        for number in range(BACKUPS):
            commit(desk, edits.set_note(desk.claims(1), 1, f"Quellmann नोट {number}"))
            desk.backups.make()
        commit(desk, edits.accept(desk.claims(1), [2, 3, 4]))


def commit(desk: Desk, edit: edits.Edit | None) -> None:
    if edit is None:
        raise ValueError("every step changes something")
    desk.commit(edit)


def work(path: Path, key: bytes | None, told: Connection) -> None:
    """Remove the source; tell before and after."""
    told.send("begun")
    purge.purge(path, key, NAME, "victim")
    told.send("done")
    told.recv()


def kill_once(path: Path, key: bytes | None, after: float) -> bool:
    """Kill the program so many seconds after it began; whether it had said that it was done."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.Process(target=work, args=(path, key, theirs))
    process.start()
    ours.recv()
    done = ours.poll(after)
    process.kill()
    process.join()
    return done or ours.poll()


def is_named(path: Path, key: bytes | None) -> bool:
    """Whether a desk still knows the source; that it opens and its history holds is checked too."""
    with Desk.open(path, who="checker", key=key) as desk:
        if desk.verify_history() is not None:
            raise SystemExit("the history is broken")
        return any(entry.source.name == NAME for entry in desk.register())


def digest(path: Path, key: bytes | None) -> str:
    """What stands for the claims of a desk."""
    with Desk.open(path, who="checker", key=key) as desk:
        return json.dumps([claim.to_json() for claim in desk.claims(1)])


def traces_in(path: Path, key: bytes | None) -> list[str]:
    """The words of the source that are in any byte of the desk and its backups, or of plain copies of them."""
    plain = path.parent / "plain"
    plain.mkdir()
    for file in [path, *(backup.path for backup in Backups(path, key).all())] if key is not None else []:
        protection.export_plain(file, key, plain / file.name)
    held = b"".join(file.read_bytes() for file in path.parent.rglob("*") if file.is_file())
    forms = {form for word in TRACES for form in (word, word.lower())}
    return [form for form in forms for encoding in ("utf-8", "utf-16-le", "utf-16-be") if form.encode(encoding) in held]


def look(path: Path, key: bytes | None, done: bool, before: str, after: str) -> tuple[str, list[str]]:
    """How far the removal came, and what is wrong in sentences; it is finished on the way."""
    wrong = {}
    backups = Backups(path, key)
    with backups.alone():  # what was left half is gone, as before the next backup
        held = backups.all()
    named = is_named(path, key)
    left = sum(is_named_in(backups, backup.path) for backup in held)
    wrong["a backup is missing"] = len(held) != BACKUPS
    wrong["what was done is not"] = done and (named or left > 0)
    wrong["the desk was done before its backups"] = not named and left > 0
    wrong["the claims are neither those before nor those after"] = digest(path, key) != (before if named else after)
    if named:
        purge.purge(path, key, NAME, "Rosa")
    wrong["the next one did not finish"] = digest(path, key) != after or is_named(path, key)
    wrong["there is a trace"] = bool(traces_in(path, key))
    how = "after" if not named else "before" if left == BACKUPS else "between"
    return how, [sentence for sentence, is_so in wrong.items() if is_so]


def is_named_in(backups: Backups, backup: Path) -> bool:
    """Whether a whole backup names the source; looked at in a copy, since to open it as a desk would change it."""
    backups.contents(backup)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.db"
        shutil.copy(backup, copy)
        if backups.key is not None:
            shutil.copy(keys.beside(backup), keys.beside(copy))
        return is_named(copy, backups.key)


def run(folder: Path, kills: int, seed: int) -> Counter[str]:
    """Kill so many times; how often what was met."""
    counts: Counter[str] = Counter()
    samples = [sample(folder / kind, kind == "encrypted") for kind in ("plain", "encrypted")]
    for kill in range(kills):
        chance = random.Random(seed + kill)
        original, key, before, after, seconds = samples[kill % 2]
        place = folder / str(kill)
        shutil.copytree(original.parent, place)
        done = kill_once(place / "desk.db", key, chance.uniform(0, seconds * 1.5))
        how, wrong = look(place / "desk.db", key, done, before, after)
        shutil.rmtree(place)
        counts.update({"kills": 1, "under way": not done, "said to be done": done, how: 1, "failures": bool(wrong)})
        for sentence in wrong:
            print(f"kill {kill}, seed {seed + kill}: {sentence}", file=sys.stderr)
    return counts


def sample(folder: Path, encrypted: bool) -> tuple[Path, bytes | None, str, str, float]:
    """A desk to be copied, its key, its claims before and after a removal that nobody cuts off, and the seconds that takes."""
    held, key = Keys.new()
    folder.mkdir()
    if encrypted:
        keys.save(folder / "desk.db", held.with_recovery(key)[0])
    used = key if encrypted else None
    make(folder / "desk.db", used)
    whole = folder.with_name(f"{folder.name}-whole")
    shutil.copytree(folder, whole)
    if not traces_in(whole / "desk.db", used):
        raise SystemExit("the search for traces is blind")
    shutil.rmtree(whole / "plain")
    begun = time.perf_counter()
    purge.purge(whole / "desk.db", used, NAME, "Rosa")
    seconds = time.perf_counter() - begun
    return folder / "desk.db", used, digest(folder / "desk.db", used), digest(whole / "desk.db", used), seconds


def main() -> int:
    """Kill, count, judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--full", action="store_true", help="200 kills")
    parser.add_argument("--seed", type=int, default=random.randrange(10**9))
    arguments = parser.parse_args()
    if sys.platform != "win32":  # children start fast, from a process that never had a desk open
        multiprocessing.set_start_method("forkserver")
        multiprocessing.set_forkserver_preload(["claimdesk.core.desk.purge", "sqlite_utils"])
    with tempfile.TemporaryDirectory() as folder:
        counts = run(Path(folder), 200 if arguments.full else arguments.kills, arguments.seed)
    print(json.dumps({"seed": arguments.seed, **counts}))
    proved = counts["under way"] * 3 >= counts["kills"]
    return 0 if proved and not counts["failures"] else 1


if __name__ == "__main__":
    sys.exit(main())
