"""Whether years of work stay quick: `python -m tests.benchmarks.desk_scale [--articles 20000] [--claims 1000000] [--keep FOLDER]`.

Makes a desk by `big_desk`, a copy of it that is encrypted, and measures on both what a user waits for, each part in a process of
its own: opening, edits, the first page of searches, memory, and on the plain one the window. Opened is measured as the
program does it: the file, the library, the article of last time with its claims. "cold" means that the system was asked to forget
the file first. Times are by the wall clock. With --keep the desks stay there, and are used again.
"""

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[2]
FIGURES = "open under 2 s, save p99 under 100 ms, first page of any search p95 under 50 ms, memory under 300 MB"
OPENED, SAVED, READ = 5, 1_000, 50
"""How often a desk is opened, how many edits are saved, how many articles are read for the memory."""


def timed(do: Callable[[], object]) -> float:
    """How long it takes, in milliseconds."""
    start = time.perf_counter()
    do()
    return (time.perf_counter() - start) * 1000


def tell(what: str, taken: list[float]) -> None:
    """Print the shortest, the middle, the 95th and the 99th of a hundred, and the longest."""
    cuts = statistics.quantiles(taken, n=100, method="inclusive") if len(taken) > 1 else taken * 99
    figures = (min(taken), statistics.median(taken), cuts[94], cuts[98], max(taken))
    print(f"{what:<46}" + "".join(f"{figure:10.1f}" for figure in figures), flush=True)


def resident() -> float:
    """MB of memory that this process has now, without what it gave back."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def peak() -> float:
    """MB of memory that this process ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


# Parts: each in a process of its own


def opening(path: Path, key: bytes | None) -> None:
    """Open the desk once, as the program does, and print how long each step took."""
    from claimdesk.core.desk import Entrance

    steps: dict[str, float] = {}
    entrance = Entrance(path, "bench")
    entrance.is_encrypted  # noqa: B018 - the program asks that first
    whole = time.perf_counter()
    start = time.perf_counter()
    desk = entrance.open(key)
    steps["file"] = (time.perf_counter() - start) * 1000
    steps["library"] = timed(partial(desk.articles, counted=False))
    last = desk.setting("last_article") or "7"
    steps["article"] = timed(lambda: (desk.article(int(last)), desk.claims(int(last))))
    steps["whole"] = (time.perf_counter() - whole) * 1000
    print(json.dumps(steps))
    desk.close()


def saving(path: Path, key: bytes | None) -> None:
    """Relevel a thousand claims of as many articles, one by one, and undo that."""
    from claimdesk.core import edits
    from claimdesk.core.desk import Desk
    from claimdesk.core.levels import LEVELS

    dice, saved, undone = random.Random(3), [], []
    with Desk.open(path, who="bench", key=key) as desk:
        articles = [summary.id for summary in desk.articles()]
        chosen = dice.sample(articles, min(SAVED, len(articles)))
        for article in chosen:
            claims = desk.claims(article)
            claim = dice.choice(claims)
            edit = edits.relevel(claims, [claim.id], next(one.slug for one in LEVELS if one.slug != claim.level))
            if edit is None:
                raise ValueError("another level is a change")
            saved.append(timed(partial(desk.commit, edit)))
        undone = [timed(partial(desk.undo, article)) for article in chosen]
    tell("save one edit", saved)
    tell("undo one edit", undone)


def searching(path: Path, key: bytes | None) -> None:
    """The first page of all kinds, for every sort of query."""
    from tests.benchmarks.big_desk import Language
    from tests.benchmarks.search import queries

    from claimdesk.core.desk import Desk

    every: list[float] = []
    with Desk.open(path, who="bench", key=key) as desk:
        for sort, asked in queries(Language(random.Random(7))).items():
            taken = [timed(partial(desk.search, query, chosen, limit=6)) for query, chosen in asked * 2]
            every += taken
            tell(sort, taken)
    tell("first page of any search", every)


def memory(path: Path, key: bytes | None) -> None:
    """Open the desk, read articles, search, look at history and register; what that needs at most."""
    from tests.benchmarks.big_desk import Language
    from tests.benchmarks.search import queries

    from claimdesk.core.desk import Desk

    language = Language(random.Random(7))
    asked = [one for sort in queries(language).values() for one in sort][:: max(1, 200 // READ)][:READ]
    before, dice = resident(), random.Random(5)
    with Desk.open(path, who="bench", key=key) as desk:
        library = desk.articles(counted=False)
        print(f"{'memory: the library':<46}{resident() - before:10.1f} MB", flush=True)
        for summary in dice.sample(library, min(READ, len(library))):
            desk.article(summary.id), desk.claims(summary.id), desk.past(summary.id)
        for query, chosen in asked:
            desk.search(query, chosen, limit=6)
        took = timed(lambda: sources.extend(desk.sources())) if (sources := []) == [] else 0
        print(f"{f'memory: with a register of {len(sources):,} sources':<46}{resident() - before:10.1f} MB", flush=True)
        print(f"{'the register':<46}{took:10.1f} ms")
    print(f"{'memory: most, over the interpreter':<46}{peak() - before:10.1f} MB")
    print(f"{'memory: most of the process':<46}{peak():10.1f} MB", flush=True)


def window(path: Path, key: bytes | None) -> None:
    """A real window: the longest time that it did not answer in each thing that a user does."""
    del key  # only the plain one
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tests.benchmarks.big_window import perform

    before = resident()
    perform(path, tell)
    print(f"{'window: most memory, over Python with Qt':<46}{peak() - before:10.1f} MB")
    print(f"{'window: most memory of the process':<46}{peak():10.1f} MB")


PARTS: dict[str, Callable[[Path, bytes | None], None]] = {
    "opening": opening, "saving": saving, "searching": searching, "memory": memory, "window": window,
}  # fmt: skip


# The whole


def run(part: str, path: Path, key: bytes | None) -> str:
    """What a part prints, in a fresh process."""
    command = [sys.executable, "-m", "tests.benchmarks.desk_scale", "--part", part, "--desk", str(path)]
    environment = os.environ | {"BENCHMARK_KEY": key.hex() if key else ""}
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


def open_often(path: Path, key: bytes | None) -> None:
    """Open the desk in several processes, first cold."""
    forget(path)
    cold = json.loads(run("opening", path, key))
    warm = [json.loads(run("opening", path, key)) for _ in range(OPENED)]
    for step, name in (("file", "open the file"), ("library", "the library"), ("article", "the last article")):
        tell(f"{name}", [one[step] for one in warm])
    tell("open, all of it", [one["whole"] for one in warm])
    tell("open, all of it, cold", [cold["whole"]])


def forget(path: Path) -> None:
    """Ask the system to forget what it holds of the file in memory."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def desks(folder: Path, articles: int, claims: int) -> Iterator[tuple[str, Path, bytes | None]]:
    """The plain desk, then its encrypted copy."""
    import shutil

    from tests.benchmarks.big_desk import fill

    from claimdesk.core.desk import Entrance, Slot

    plain = folder / "plain.db"
    fill(plain, articles, claims)
    print(f"{'size of the file':<46}{plain.stat().st_size / 1e6:10.1f} MB", flush=True)
    yield "plain", plain, None
    kept, encrypted = folder / "key", folder / "encrypted" / "desk.db"
    if not encrypted.exists():
        encrypted.parent.mkdir()
        shutil.copy(plain, encrypted)
        entrance = Entrance(encrypted, "bench")
        key, _ = entrance.plan(Slot.PASSPHRASE, "rain over the harbour")
        took = timed(partial(entrance.encrypt, key))
        kept.write_bytes(key)
        print(f"{'encrypt the desk':<46}{took / 1000:10.1f} s", flush=True)
    yield "encrypted", encrypted, kept.read_bytes()


def measure(folder: Path, articles: int, claims: int) -> None:
    """Everything, on both desks."""
    print(f"{articles:,} articles, {claims:,} claims, {date.today()}. To reach: {FIGURES}.")
    for how, path, key in desks(folder, articles, claims):
        print(f"\n{how + ', milliseconds':<46}{'least':>10}{'p50':>10}{'p95':>10}{'p99':>10}{'longest':>10}")
        open_often(path, key)
        for part in ("saving", "searching", "memory", *(["window"] if key is None else [])):
            print(run(part, path, key), end="", flush=True)


def main() -> None:
    """Read the arguments; measure all, or, in a process of its own, one part."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, help="the folder where the desks stay")
    parser.add_argument("--part", choices=PARTS, help=argparse.SUPPRESS)
    parser.add_argument("--desk", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.part:
        key = bytes.fromhex(os.environ.get("BENCHMARK_KEY", ""))
        PARTS[given.part](given.desk, key or None)
        return
    with tempfile.TemporaryDirectory() as folder:
        if given.keep:
            given.keep.mkdir(parents=True, exist_ok=True)
        measure(given.keep or Path(folder), given.articles, given.claims)


if __name__ == "__main__":
    main()
