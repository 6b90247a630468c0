"""A desk as years of work leave it, out of one seed: `python -m tests.benchmarks.big_desk FILE [--articles 20000] [--claims 1000000]`.

Articles, claims, register and history come from the same functions as in the program, so the desk passes `claimdesk desk check`
and every edit on it can be undone. Only that all of it is one transaction, and that the index of the words is made
at the end, is for speed: a million claims take some minutes.
"""

import argparse
import random
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

from claimdesk.core import edits
from claimdesk.core.claim import Article, Certainty, Claim, Manner, Review, Span, Suggestion
from claimdesk.core.desk import Desk, history, records, register, search
from claimdesk.core.desk.desk import _with_real_ids
from claimdesk.core.edits import Change, Edit, Verb
from claimdesk.core.levels import LEVELS
from claimdesk.core.past import Kind
from claimdesk.core.sources import Source, SourceChange, SourceKind
from claimdesk.core.text import sha256

ARTICLES, CLAIMS = 20_000, 1_000_000
"""The size that the figures are for."""
SYLLABLES = "ba ke ti ro mu sha len dor vi na gre pol ster in ou ma lo ri de ca".split()
MIXED = "नगर निगम पुल बंद 시장은 다리가 안전하다 الوزير الجسر آمن мэр мост закрыт".split()
WORDS = 12
"""Words of a claim."""
_CUES = ("said", "announced", "denied", "कहा", "말했다", "قال")
_WHO = "bench"


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
    """Make the desk, unless it is there already; the words that are in it. Prints how long that takes."""
    dice = random.Random(7)
    language = Language(dice)
    if path.exists():
        return language
    start = time.perf_counter()
    with Desk.open(path, who=_WHO) as desk:
        db = desk._db  # by its verbs, each a transaction that waits for the disk, a desk of this size would take hours
        index_article, index_claims = search.index_article, search.index_claims
        search.index_article = lambda *_: None
        search.index_claims = lambda *_: None
        db.execute("BEGIN")
        sources = _Sources(language, dice, max(100, articles // 2))
        for number in range(articles):
            count = (number + 1) * claims // articles - number * claims // articles
            _write_article(desk, language, dice, sources, count)
        register.write_sources(db, sources.described())
        history.append(db, None, Kind.EDIT, "describe_source", "Describe sources", _WHO, {"sources": [], "rows": []})
        db.execute("COMMIT")
        search.index_article, search.index_claims = index_article, index_claims
        print(f"{'write articles, claims and history':<44}{time.perf_counter() - start:10.1f} s", flush=True)
        _index(desk, path)
    return language


def _index(desk: Desk, path: Path) -> None:
    """Make the index of all words at once, as an older desk gets it."""
    before, start, db = size(desk, path), time.perf_counter(), desk._db
    db.execute("BEGIN")
    for table in ("article_search", "claim_search"):
        db.execute(f"DROP TABLE {table}_words")
        db.execute(f"DROP TABLE {table}")
    search.make_index(db)
    db.execute("COMMIT")
    print(f"{'make the index of an older desk':<44}{time.perf_counter() - start:10.1f} s")
    print(f"{'the index in the file':<44}{(size(desk, path) - before) / 1e6:10.1f} MB", flush=True)


def size(desk: Desk, path: Path) -> int:
    """Bytes of the file, with all that was written in it."""
    desk._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return path.stat().st_size


class _Sources:
    """Those who say something, a few of them very often; one in four is described, one in a hundred confidential."""

    def __init__(self, language: Language, dice: random.Random, count: int) -> None:
        self._language, self._dice = language, dice
        self.names = [f"{language.sentence(2).title()} {number}" for number in range(count)]

    def any(self) -> str:
        """One of them."""
        return self.names[min(int(self._dice.paretovariate(0.6)), len(self.names)) - 1]

    def described(self) -> list[SourceChange]:
        """What is known of some of them."""
        return [
            SourceChange(Source(0, name), self._known(number, name))
            for number, name in enumerate(self.names)
            if number % 4 == 0
        ]

    def _known(self, number: int, name: str) -> Source:
        words = self._language.sentence(4).split()
        hidden = number % 100 == 0
        return Source(
            0, name, SourceKind.PERSON, f"{words[0]} {words[1]}", f"{words[2]} office", (f"{words[3].title()} {number}",),
            hidden, f"Source {number}" if hidden else "",
        )  # fmt: skip


def _write_article(desk: Desk, language: Language, dice: random.Random, sources: _Sources, count: int) -> None:
    """An article with its import, the suggestions for it, and a review of two thirds of them."""
    db = desk._db
    article, found = _article(language, dice, sources, count)
    article = replace(article, id=records.insert_article(db, article))
    history.append(db, article.id, Kind.IMPORT, "import", f"Import “{article.title}”", _WHO, {"title": article.title})
    suggested = edits.take_suggestions([], article, found)
    if suggested is None:
        return
    suggested = _with_real_ids(suggested, records.first_free_id(db))
    _write(desk, article, suggested)
    claims = [change.after for change in suggested.changes if change.after]
    reviewed = tuple(change for claim in claims for change in _reviewed(dice, language, claim))
    _write(desk, article, Edit(Verb.ACCEPT, "Review claims", article.id, reviewed))


def _write(desk: Desk, article: Article, edit: Edit) -> None:
    sequence = history.append(desk._db, article.id, Kind.EDIT, edit.verb, edit.sentence, _WHO, history.told(edit))
    records.write_changes(desk._db, edit.changes, article.text, sequence)


def _reviewed(dice: random.Random, language: Language, claim: Claim) -> Iterator[Change]:
    """What a person made of a claim: two in three are reviewed, one in twenty has a note."""
    review = dice.choice(list(Review))
    note = language.sentence(6) if dice.random() < 0.05 else ""
    if review is not claim.review or note:
        yield Change(claim, replace(claim, review=review, note=note))


def _article(
    language: Language, dice: random.Random, sources: _Sources, count: int
) -> tuple[Article, list[Suggestion]]:
    """A text in which each sentence is a claim, four sentences a paragraph, and those claims."""
    title = language.sentence(8)
    words = language.sentence(count * WORDS).split()
    text, found = title + "\n\n", []
    for number in range(count):
        name, cue = sources.any(), dice.choice(_CUES)
        said = " ".join(words[number * WORDS : (number + 1) * WORDS])
        at = len(text)
        text += f"{name} {cue} {said}." + ("\n\n" if number % 4 == 3 else " ")
        found.append(_suggestion(dice, name, cue, said, at, number))
    published = (date(2001, 1, 1) + timedelta(days=dice.randrange(9000))).isoformat()
    article = Article(
        text, title, dice.choice(("en", "hi", "ko")), Span(0, len(title)), (), 0, language.sentence(1), "", published,
        imported_at="2031-01-01T00:00:00Z", sha256=sha256(text),
    )  # fmt: skip
    return article, found


def _suggestion(dice: random.Random, name: str, cue: str, said: str, at: int, number: int) -> Suggestion:
    """One of some fifty thousand is a denial."""
    level = "denial" if dice.random() < 2e-5 else dice.choice(_COMMON)
    cued = at + len(name) + 1
    content = cued + len(cue) + 1
    return Suggestion(
        (Span(content, content + len(said)),), (Span(at, at + len(name)),), (Span(cued, cued + len(cue)),), level, name,
        denies=(number - 1,) if number and dice.random() < 0.02 else (), confidence=round(dice.uniform(0.2, 1), 2),
        reason=f"“{cue}” with a name", certainty=Certainty.CERTAIN, manner=Manner.INDIRECT,
    )  # fmt: skip


_COMMON = [level.slug for level in LEVELS if level.slug != "denial"]


def main() -> None:
    """Read the arguments, make the desk."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--articles", type=int, default=ARTICLES)
    parser.add_argument("--claims", type=int, default=CLAIMS)
    given = parser.parse_args()
    fill(given.file, given.articles, given.claims)
    print(f"{'size of the file':<44}{given.file.stat().st_size / 1e6:10.1f} MB")


if __name__ == "__main__":
    main()
