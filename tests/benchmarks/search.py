"""How long a search over a big desk takes: `python -m tests.benchmarks.search [--full] [--desk FILE]`.

Makes a desk of 2,000 articles with 100,000 claims (20,000 with 1,000,000 where --full is given) and prints how long the first
page of all four kinds takes for each sort of query, the size of the file, and what the index adds to an edit. With --desk the
desk is kept there, and used again if it is there.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import pairwise
from pathlib import Path

from tests.benchmarks.big_desk import ARTICLES, CLAIMS, MIXED, Language, fill

from claimdesk.core import edits
from claimdesk.core.claim import Article, Review, Span, Suggestion
from claimdesk.core.desk import Desk, search
from claimdesk.core.edits import Edit
from claimdesk.core.hits import SearchFilter
from claimdesk.core.levels import LEVELS

BATCH = 10_000


def queries(language: Language) -> dict[str, list[tuple[str, SearchFilter]]]:
    """Sorts of queries, a dozen each."""
    frequent, usual, rare = language.words[:12], language.words[200:212], language.words[9000:9012]
    plain = SearchFilter()
    return {
        "rare words": [(f"{word} ", plain) for word in rare],
        "usual words": [(word, plain) for word in usual],
        "frequent words": [(word, plain) for word in frequent],
        "the first two letters": [(word[:2], plain) for word in usual],
        "the first three letters": [(word[:3], plain) for word in usual],
        "the first four letters": [(word[:4], plain) for word in usual],
        "Hindi, Korean, Arabic, Russian": [(word, plain) for word in MIXED],
        "one letter or syllable": [(word[:1], plain) for word in (*usual[:6], *"시다안नب"[:6])],
        "two words": [(f"{one} {two}", plain) for one, two in zip(frequent, usual, strict=True)],
        "two frequent words": [(f"{one} {two}", plain) for one, two in pairwise(frequent)],
        "quoted words": [(f'"{one} {two}"', plain) for one, two in zip(frequent, usual, strict=True)],
        "by a usual level and review": [(word, SearchFilter("media", Review.ACCEPTED)) for word in usual],
        "by a level that is very rare": [(word, SearchFilter("denial")) for word in frequent],
        "by days": [(word, SearchFilter(since=date(2024, 1, 1), until=date(2024, 2, 1))) for word in frequent],
        "by outlet and language": [(word, SearchFilter(outlet=frequent[3], language="hi")) for word in frequent],
        "by a rare source (terminal only)": [(word, SearchFilter(source=rare[0])) for word in frequent],
        "by a frequent source (terminal only)": [(word, SearchFilter(source=frequent[0])) for word in usual],
    }


def measure_searches(desk: Desk, language: Language) -> None:
    """Every sort of query, the first time and again."""
    print(f"\n{'first page of all kinds, milliseconds':<44}{'p50':>10}{'p95':>10}{'longest':>10}")
    window: list[float] = []
    for sort, asked in queries(language).items():
        taken = []
        for query, chosen in asked * 3:
            start = time.perf_counter()
            desk.search(query, chosen, limit=8)
            taken.append((time.perf_counter() - start) * 1000)
        tell(sort, taken)
        window += taken if "terminal" not in sort else []
    tell("all that the window asks", window)


def tell(what: str, taken: list[float]) -> None:
    """Print the middle, the 95th of a hundred and the longest."""
    high = statistics.quantiles(taken, n=20)[-1] if len(taken) > 1 else taken[0]
    print(f"{what:<44}{statistics.median(taken):10.1f}{high:10.1f}{max(taken):10.1f}")


def measure_edits(desk: Desk) -> None:
    """What the index adds to edits of an article with ten thousand claims, each on its own desk-wide place in the index."""
    print(f"\n{'edits, milliseconds':<44}{'p50':>10}{'p95':>10}{'longest':>10}")
    index_claims = search.index_claims
    for how, write in (("with the index", index_claims), ("without it", lambda *_: None)):
        search.index_claims = write
        article = desk.add_article(Article("The office said that नगर निगम बंद है so. " * (BATCH // 4), f"T {how}"))
        every = some(edits.take_suggestions([], article, suggestions(BATCH)))
        tell(f"commit {BATCH} suggestions, {how}", [timed(partial(desk.commit, every))])
        tell(f"undo them, {how}", [timed(partial(desk.undo, article.id))])
        tell(f"redo them, {how}", [timed(partial(desk.redo, article.id))])
        claim = desk.claims(article.id)[5]
        taken = []
        for number in range(100):
            edit = some(edits.set_note([claim], claim.id, f"Ask for contract {number}"))
            taken.append(timed(partial(desk.commit, edit)))
            claim = edit.changes[0].after or claim
        tell(f"write a note, {how}", taken)
    search.index_claims = index_claims


def suggestions(count: int) -> list[Suggestion]:
    """So many suggestions, each of six words or so, over a text that is long enough."""
    return [
        Suggestion((Span(at, at + 30),), (), (), LEVELS[at % 9].slug, f"Source {at % 50}")
        for at in range(0, count * 10, 10)
    ]


def timed(do: Callable[[], object]) -> float:
    """How long it takes, in milliseconds."""
    start = time.perf_counter()
    do()
    return (time.perf_counter() - start) * 1000


def some(edit: Edit | None) -> Edit:
    """The edit, which must change something."""
    if edit is None:
        raise ValueError("nothing would change")
    return edit


def main() -> None:
    """Read the arguments, make the desk, measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true", help="20,000 articles with 1,000,000 claims")
    parser.add_argument("--desk", type=Path, help="where the desk is kept")
    given = parser.parse_args()
    articles, claims = (ARTICLES, CLAIMS) if given.full else (2_000, 100_000)
    with tempfile.TemporaryDirectory() as folder:
        path = given.desk or Path(folder) / "desk.db"
        language = fill(path, articles, claims)
        print(f"{'size of the file':<44}{path.stat().st_size / 1e6:10.1f} MB")
        start = time.perf_counter()
        with Desk.open(path, who="bench") as desk:
            print(f"{'open the desk':<44}{time.perf_counter() - start:10.1f} s")
            measure_searches(desk, language)
            measure_edits(desk)


if __name__ == "__main__":
    main()
