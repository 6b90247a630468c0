"""Fills a real disk to its last pages, does things with a desk there, makes room, and does them again.

    python -m tests.reliability.full_disk [--full]

The disk is a tmpfs of 256 KB, or a little more for a desk and its backup, and one of 8 MB with a desk of some megabytes; to make them
takes the rights of root. Of each as much is filled as leaves 0, 1, 2 … pages free, until what is done fits. Until then it must be refused in one sentence that tells of room, and
the desk must hold all that it held; after room was made it must work. Ends with 1 where anything of that is not so, and with 2 where
nothing can be mounted.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from tests.reliability.deeds import DEEDS, attempt, hashes, is_one_sentence, prepared, wrong_with

from claimdesk.core.claim import Article
from claimdesk.core.desk import Desk

PAGE = 4096
SMALL, LARGE = 256 * 1024, 8 * 1024 * 1024
ROOM = 64 * 1024 * 1024
"""Bytes that the disk has once room was made."""
OF_ROOM = ("full", "room", "no space left")


@contextmanager
def disk(size: int) -> Iterator[Path]:
    """A disk of so many bytes."""
    with tempfile.TemporaryDirectory() as name:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size},mode=700", "tmpfs", name], check=True)
        try:
            yield Path(name)
        finally:
            subprocess.run(["umount", name], check=True)


def is_possible() -> bool:
    """Whether a disk of our own can be mounted here."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return False
    try:
        with disk(SMALL):
            return True
    except (OSError, subprocess.CalledProcessError):
        return False


def fill(folder: Path, size: int, left: int) -> None:
    """Make the disk so large, or as large as what lies there and is to be left, and fill it until so many bytes are free."""
    state = os.statvfs(folder)
    used = (state.f_blocks - state.f_bfree) * state.f_frsize
    subprocess.run(["mount", "-o", f"remount,size={max(size, used + left)}", str(folder)], check=True)
    state = os.statvfs(folder)
    free = max(state.f_bavail * state.f_frsize - left, 0)
    with (folder / "ballast").open("wb") as file:
        file.write(bytes(free))


def grow(path: Path, size: int) -> None:
    """Put articles on a desk until it has so many bytes; letters at random, since their bytes are kept too."""
    chance = random.Random(size)
    with Desk.open(path, who="maker") as desk:
        while path.stat().st_size < size:
            text = " ".join(chance.choices(["पुल", "🙂", "다리", "الجسر", "bridge", "closed"], k=20_000))
            desk.add_article(Article(text, "T"), original=chance.randbytes(100_000))


def try_with(deed: str, size: int, left: int) -> tuple[bool, list[str]]:
    """Do the deed on a disk of `size` bytes with so many left, make room, do it again; whether it failed, and what was wrong."""
    with disk(ROOM) as folder:
        path = prepared(folder, deed)
        if size == LARGE and deed != "migration":  # to open it would be to bring it up
            grow(path, LARGE // 3)
        before = hashes(path)
        fill(folder, size, left)
        said = attempt(deed, path)
        wrong = wrong_with(deed, path, before, done=not said)
        if said and not (is_one_sentence(said) and any(words in said for words in OF_ROOM)):
            wrong.append(f"it said: {said!r}")
        (folder / "ballast").unlink()
        subprocess.run(["mount", "-o", f"remount,size={ROOM}", str(folder)], check=True)
        if said:
            again = attempt(deed, path)
            wrong += [f"with room it said: {again!r}"] if again else wrong_with(deed, path, before, done=True)
        return bool(said), wrong


def run(sizes: tuple[int, ...], step: int) -> tuple[Counter[str], list[str]]:
    """Every deed on every disk, with more and more room until it fits; how often it was full, and what was wrong."""
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    for size in sizes:
        for deed in DEEDS:
            # a large desk takes hundreds of pages, each of which is one like the next
            for pages in count(0, step * (1 if size == SMALL or deed in {"edit", "migration"} else 29)):
                full, what = try_with(deed, size, pages * PAGE)
                counts[f"{deed} on {size // 1024} KB"] += full
                counts["full disks"] += full
                wrong += [f"{deed}, {size // 1024} KB, {pages} pages left: {sentence}" for sentence in what]
                if not full:
                    break
    return counts, wrong


def main() -> int:
    """Fill, count, judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--step", type=int, default=9, help="pages by which the room grows, on the small disk alone")
    parser.add_argument("--full", action="store_true", help="every page, and the large disk")
    given = parser.parse_args()
    if not is_possible():
        print("No disk can be mounted here, which takes the rights of root: nothing was tested.", file=sys.stderr)
        return 2
    sizes = (SMALL, LARGE) if given.full else (SMALL,)
    counts, wrong = run(sizes, 1 if given.full else given.step)
    print(json.dumps({**counts, "wrong": wrong}, indent=1))
    proved = all(counts[f"{deed} on {size // 1024} KB"] for deed in DEEDS for size in sizes)
    return 0 if proved and not wrong else 1


if __name__ == "__main__":
    sys.exit(main())
