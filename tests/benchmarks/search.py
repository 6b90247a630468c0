"""How long a search over a big desk takes: `python tests/benchmarks/search.py [--full] [--desk FILE]`.

Makes a desk of 2,000 articles with 100,000 claims (20,000 with 1,000,000 where --full is given) and prints how long the first
page of all four kinds takes for each sort of query, the size of the file, and what the index adds to an edit. With --desk the
desk is kept there, and used again if it is there.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from itertools import accumulate, pairwise
from pathlib import Path

from claimdesk.core import edits
from claimdesk.core.claim import Article, Review, Span, Suggestion
from claimdesk.core.desk import Desk, search
from claimdesk.core.edits import Edit
from claimdesk.core.hits import SearchFilter
from claimdesk.core.levels import LEVELS
from claimdesk.core.text import sha256

SYLLABLES = "ba ke ti ro mu sha len dor vi na gre pol ster in ou ma lo ri de ca".split()
MIXED = "नगर निगम पुल बंद 시장은 다리가 안전하다 الوزير الجسر آمن мэр мост закрыт".split()
BATCH = 10_000


class Language:
    """Invented words that are as frequent as words are: the n-th comes up once where the first comes up n times."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        made = {"".join(dice.choices(SYLLABLES, k=dice.randint(1, 5))): None for _ in range(60_000)}
        self.words = [*list(made)[:40], *MIXED, *list(made)[40:]]
        self._weights = list(accumulate(1 / place for place in range(1, len(self.words) + 1)))

    def sentence(self, length: int) -> str:
        """So many words."""
        return " ".join(self._dice.choices(self.words, cum_weights=self._weights, k=length))


def fill(path: Path, articles: int, claims: int) -> Language:
    """Write the desk by plain SQL, then let the index be made as an older desk gets it; prints how long that takes."""
    dice = random.Random(7)
    language = Language(dice)
    if path.exists():
        return language
    with Desk.open(path, who="bench") as desk:
        db = desk._db  # by its verbs a desk of this size would take hours
        db.execute("BEGIN")
        db.conn.executemany(
            "INSERT INTO article (id, title, language, outlet, byline, published, url, filename, imported_at, sha256, text)"
            " VALUES (?, ?, ?, ?, '', ?, '', '', '2031-01-01T00:00:00Z', ?, ?)",
            article_rows(language, dice, articles),
        )
        names = [language.sentence(2).title() + f" {number}" for number in range(max(100, articles // 2))]
        db.conn.executemany("INSERT INTO source (id, name) VALUES (?, ?)", list(enumerate(names, 1)))
        db.conn.executemany(
            'INSERT INTO claim (id, article, start, "end", exact, prefix, suffix, level, review, origin, reason, note, created,'
            " changed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'program', 'cue', ?, 1, 1)",
            claim_rows(language, dice, articles, claims),
        )
        spans = ((claim, "content", 0, claim % 4000, claim % 4000 + 60) for claim in range(1, claims + 1))
        db.conn.executemany("INSERT INTO span VALUES (?, ?, ?, ?, ?)", spans)
        chosen = ((claim, 0, min(int(dice.paretovariate(0.6)), len(names))) for claim in range(1, claims + 1))
        db.conn.executemany("INSERT INTO attribution VALUES (?, ?, ?)", chosen)
        db.execute("INSERT INTO history VALUES (1, 1, 'import', 'import', 'Import', '2031', 'b', NULL, '', 'x', '{}')")
        db.execute("COMMIT")
        before = size(desk, path)
        start = time.perf_counter()
        db.execute("BEGIN")
        for table in ("article_search", "claim_search"):
            db.execute(f"DROP TABLE {table}_words")
            db.execute(f"DROP TABLE {table}")
        search.make_index(db)
        db.execute("COMMIT")
        print(f"{'make the index of an older desk':<44}{time.perf_counter() - start:10.1f} s")
        print(f"{'the index in the file':<44}{(size(desk, path) - before) / 1e6:10.1f} MB")
    return language


def size(desk: Desk, path: Path) -> int:
    """Bytes of the file, with all that was written in it."""
    desk._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return path.stat().st_size


def article_rows(language: Language, dice: random.Random, count: int) -> Iterator[tuple[object, ...]]:
    """Articles of some 600 words."""
    first = date(2001, 1, 1)
    for number in range(1, count + 1):
        title, text = language.sentence(8), "\n\n".join(language.sentence(60) for _ in range(10))
        published = (first + timedelta(days=dice.randrange(9000))).isoformat()
        whole = f"{title}\n\n{text}"
        yield number, title, dice.choice(["en", "hi", "ko"]), language.sentence(1), published, sha256(whole), whole


def claim_rows(language: Language, dice: random.Random, articles: int, count: int) -> Iterator[tuple[object, ...]]:
    """Claims of some 14 words; one in twenty has a note, one in fifty thousand is a denial."""
    common = [level.slug for level in LEVELS if level.slug != "denial"]
    for number in range(1, count + 1):
        article = (number - 1) * articles // count + 1
        level = "denial" if number % 50_000 == 9 else dice.choice(common)
        review = dice.choice(list(Review))
        start = number % 4000
        note = language.sentence(6) if number % 20 == 0 else ""
        yield number, article, start, start + 60, language.sentence(14), "before", "after", level, review, note


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
    articles, claims = (20_000, 1_000_000) if given.full else (2_000, 100_000)
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
