"""How fast suggestions are: `python tests/benchmarks/suggest_speed.py [--words 100000]`.

One thread, one process a figure. Prints the first suggestions of a 1,000-word article with the loading of the model, the
memory that this adds, words a second on a long article, how long a cancelled reading of it goes on, also where it is a single line,
how time grows from one to ten articles and with hostile texts of twice the size.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from claimdesk.core.articles import from_path
from claimdesk.core.claim import Article
from claimdesk.core.resources import SAMPLE_ARTICLE

HOSTILE: dict[str, Callable[[int], str]] = {
    "no full stop": lambda words: "the minister said that the river rose and " * (words // 8),
    "one line": lambda words: "The minister said that the river rose. " * (words // 7),
    "only quotation marks": lambda words: "“" * words + '"' * words,
    "unpaired quotation marks": lambda words: "“The river rose, she said. " * (words // 5),
    "no spaces": lambda words: "a" * (words * 5),
    "bidi controls": lambda words: "\u202ethe mayor said\u202c it \u2067rose\u2069 " * (words // 5),
    "emoji": lambda words: "😀 she said 👩‍🚒 it rose 🇺🇦 " * (words // 7),
}


def article(text: str) -> Article:
    """The text as an English article of one paragraph after the other."""
    return Article(text, "Speed", language="en")


def prose(words: int) -> str:
    """The sample's body again and again until there are so many words."""
    sample = from_path(SAMPLE_ARTICLE).article
    body = sample.text[: sample.furniture[0].start].strip()
    return "\n\n".join([body] * max(1, words // len(body.split())))


def seconds(call: Callable[[], Any]) -> float:
    """How long a call takes by the wall clock."""
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def memory() -> float:
    """Resident memory of this process in megabytes (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def first() -> dict[str, float]:
    """Loading and the first suggestions, in a process of its own."""
    page, before, began = article(prose(1000)), memory(), time.perf_counter()
    from claimdesk.core.suggest import suggest

    count = len(suggest(page).claims)
    return {"seconds": time.perf_counter() - began, "megabytes": memory() - before, "claims": count}


def main() -> None:
    """Print all figures."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--words", type=int, default=20_000, help="words of the long article and the hostile texts")
    arguments.add_argument("--first", action="store_true", help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.first:
        print(json.dumps(first()))
        return
    answer = json.loads(subprocess.run([sys.executable, __file__, "--first"], capture_output=True, check=True).stdout)
    print(
        "first suggestions of 1,000 words, loading included: {seconds:.2f} s, {megabytes:.0f} MB added".format(**answer)
    )
    from claimdesk.core.suggest import suggest

    suggest(article(prose(300)))
    page = article(prose(given.words))
    taken = seconds(lambda: suggest(page))
    print(f"{len(page.text.split()) / taken:,.0f} words a second on {len(page.text.split()):,} words")
    for name, text in (("in paragraphs", page.text), ("in one line", " ".join(page.text.split()))):
        told = "a cancelled reading of {} words {} goes on for {:.0f} ms of processor time at most"
        print(told.format(len(text.split()), name, longest_gap(article(text)) * 1000))
    one = article(prose(2000))
    single, tenfold = seconds(lambda: suggest(one)), seconds(lambda: [suggest(one) for _ in range(10)])
    print(f"ten articles take {tenfold / single:.1f} times the time of one")
    for name, make in HOSTILE.items():
        half, whole = (article(make(size)) for size in (given.words // 2, given.words))
        shorter, longer = seconds(partial(suggest, half)), seconds(partial(suggest, whole))
        print(f"{name}: {longer:.2f} s for {len(whole.text):,} code points, {longer / shorter:.1f} times its half")


def longest_gap(page: Article) -> float:
    """The longest time between two questions whether anybody still wants the result, in seconds of this thread's work."""
    from claimdesk.core.suggest import suggest

    asked: list[float] = []

    def never() -> bool:
        asked.append(time.thread_time())
        return False

    suggest(page, cancelled=never)
    asked.append(time.thread_time())
    return max(later - earlier for earlier, later in pairwise(asked))


if __name__ == "__main__":
    main()
