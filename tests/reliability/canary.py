"""Looks for words of an encrypted desk in every byte of its folder, after many edits and a kill in the middle of them.

    python -m tests.reliability.canary   a few kills
    python -m tests.reliability.canary   --full    100 kills after 1,000 edits each

A program of its own works on an encrypted desk whose title, text, note, source name and original hold words that stand nowhere else.
It is killed, and each file of the folder is read for them, in UTF-8 and in UTF-16 of both orders. The same search must find them in
a plain copy of that desk, or it would prove nothing. Prints the figures; ends with 1 where a word is found, or the search is blind.
"""

import argparse
import json
import multiprocessing
import random
import sys
import tempfile
from collections import Counter
from multiprocessing.connection import Connection
from pathlib import Path

from claimdesk.core import edits
from claimdesk.core.claim import Article
from claimdesk.core.desk import Desk, keys, protection
from claimdesk.core.desk.keys import Keys

SECRETS = {
    "title": "Kanarienvogel-Überschrift-7f3a",
    "text": "canary-गुप्त-पाठ-비밀-81c4",
    "note": "canary-ملاحظة-note-🙂-d02e",
    "source": "Canary Źródło 출처 b6f9",
    "original": "canary-original-uncompressed-55aa",
}
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")


def secrets_of(encoding: str) -> dict[str, bytes]:
    """What is looked for, in one encoding."""
    return {name: secret.encode(encoding) for name, secret in SECRETS.items()}


def found_in(folder: Path) -> list[tuple[str, str]]:
    """Each file below the folder that holds one of the words in plain, with that word."""
    return [
        (str(file.relative_to(folder)), SECRETS[name])
        for file in sorted(folder.rglob("*"))
        if file.is_file()
        for encoding in ENCODINGS
        for name, secret in secrets_of(encoding).items()
        if secret in file.read_bytes()
    ]


def change(desk: Desk, chance: random.Random) -> None:
    """One edit that writes the words once more."""
    if not desk.articles() or chance.random() < 0.03:
        text = f"{SECRETS['title']}\n\n{SECRETS['text']} {chance.random()} " * 20
        article = desk.add_article(Article(text, SECRETS["title"]), original=SECRETS["original"].encode() * 50)
        desk.commit(edits.mark([], article, 0, 12, "official"))
        return
    claims = desk.claims(chance.choice(desk.articles()).id)
    verb = chance.choice(("note", "source", "undo"))
    edit = None
    if verb == "note":
        edit = edits.set_note(claims, claims[0].id, f"{SECRETS['note']} {chance.random()}") if claims else None
    elif verb == "source":
        edit = edits.name_source(claims, claims[0].id, f"{SECRETS['source']} {chance.random()}") if claims else None
    elif claims and claims[0].note:
        desk.undo(claims[0].article_id)
    if edit is not None:
        desk.commit(edit)


def work(path: Path, key: bytes, seed: int, told: Connection) -> None:
    """Edit until killed."""
    chance = random.Random(seed)
    with Desk.open(path, who="victim", key=key) as desk:
        while True:
            change(desk, chance)
            told.send("done")


def work_and_kill(path: Path, edits: int, seed: int) -> tuple[int, bytes]:
    """Make an encrypted desk, have a program of its own do so many edits and some more, kill it; the edits, and the desk's key."""
    held, key = Keys.new()
    keys.save(path, held.with_recovery(key)[0])
    start = multiprocessing.get_context("spawn")
    ours, theirs = start.Pipe(duplex=False)
    process = start.Process(target=work, args=(path, key, seed, theirs))
    process.start()
    theirs.close()
    done = 0
    while done < edits + seed % 7:
        ours.recv()
        done += 1
    process.kill()
    process.join()
    return done, key


def run(kills: int, edits: int, seed: int) -> Counter[str]:
    """Kill so many desks; what was found where."""
    counts: Counter[str] = Counter()
    for kill in range(kills):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            done, key = work_and_kill(folder / "desk.db", edits, seed + kill)
            sizes = [file.stat().st_size for file in folder.rglob("*") if file.is_file()]
            hits = found_in(folder)
            for file, secret in hits:
                print(f"kill {kill}, seed {seed + kill}: {secret} in {file}", file=sys.stderr)
            with Desk.open(folder / "desk.db", who="checker", key=key) as desk:
                broken = desk.verify_history() is not None
            (folder / "plain").mkdir()
            protection.export_plain(folder / "desk.db", key, folder / "plain" / "copy.db")
            seen = {secret for _, secret in found_in(folder / "plain")}
            counts.update(
                {
                    "kills": 1, "edits": done, "files read": len(sizes), "bytes read": sum(sizes),
                    "words found": len(hits), "histories broken": broken,
                    "searches that were blind": len(set(SECRETS.values()) - {SECRETS["original"]} - seen) > 0,
                }
            )  # fmt: skip
    return counts


def main() -> int:
    """Kill, look, judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--seed", type=int, default=random.randrange(10**9))
    arguments = parser.parse_args()
    counts = run(100, 1000, arguments.seed) if arguments.full else run(3, 300, arguments.seed)
    print(json.dumps({"seed": arguments.seed, **counts}))
    return int(bool(counts["words found"] or counts["histories broken"] or counts["searches that were blind"]))


if __name__ == "__main__":
    sys.exit(main())
