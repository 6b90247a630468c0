"""How long the desk takes for an article of a hundred thousand words: `python tests/benchmarks/desk.py [--claims 10000]`.

Prints the median of several runs in milliseconds, by the wall clock, on a new desk in a temporary folder.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from claimdesk.core import edits
from claimdesk.core.claim import Article, Span, Suggestion
from claimdesk.core.desk import Desk
from claimdesk.core.edits import Edit
from claimdesk.core.levels import LEVELS

SENTENCE = "नगर निगम ने कहा कि पुल बंद रहेगा 🙂. 시장은 말했다. The old bridge stays closed, the office said. "


def milliseconds(what: str, do: Callable[[], object], times: int = 5) -> None:
    """Print how long `do` takes."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        do()
        taken.append((time.perf_counter() - start) * 1000)
    print(f"{what:<44}{statistics.median(taken):10.1f} ms")


def suggestions(text: str, count: int) -> list[Suggestion]:
    """So many suggestions over the text, each with source, cue and a denial of the one before."""
    step = len(text) // count
    return [
        Suggestion(
            (Span(at, at + 6),), (Span(at + 1, at + 3),), (Span(at + 4, at + 5),), LEVELS[number % 9].slug,
            f"Source {number % 50}", ("Gazette",), (number - 1,) if number else (), 0.5, "“said” with an office",
        )
        for number, at in enumerate(range(0, step * count, step))
    ]  # fmt: skip


def done(edit: Edit | None) -> Edit:
    """The edit, which must change something."""
    if edit is None:
        raise ValueError("nothing would change")
    return edit


def measure(path: Path, count: int) -> None:
    """Every verb that a user waits for."""
    milliseconds("open a new desk (first: with imports)", lambda: Desk.open(path, who="bench").close(), 1)
    text = SENTENCE * (count // 2)
    with Desk.open(path, who="bench") as desk:
        article = desk.add_article(Article(text, "T"))
        found = suggestions(text, count)
        milliseconds("commit all suggestions", lambda: desk.commit(done(edits.take_suggestions([], article, found))), 1)
        claims = desk.claims(article.id)
        milliseconds("load all claims", lambda: desk.claims(article.id))
        milliseconds("library with counts", desk.articles)
        every = done(edits.accept(claims, edits.still_open(claims)))
        milliseconds("commit accept-all", lambda: desk.commit(every), 1)
        milliseconds("undo accept-all", lambda: desk.undo(article.id), 1)
        milliseconds("redo accept-all", lambda: desk.redo(article.id), 1)
        claims = desk.claims(article.id)
        levels = iter(LEVELS * 100)

        def relevel() -> None:
            nonlocal claims
            edit = edits.relevel(claims, [claims[5].id], next(levels).slug)
            if edit is not None:
                claims[5] = done(desk.commit(edit)).changes[0].after or claims[5]

        milliseconds("commit one relevel", relevel, 300)
        milliseconds("undoable, redoable", lambda: (desk.undoable(article.id), desk.redoable(article.id)), 50)
        milliseconds("undo one relevel", lambda: desk.undo(article.id), 20)
        milliseconds("verify the history", desk.verify_history)
    milliseconds("open it again", lambda: Desk.open(path, who="bench").close())
    print(f"{'size of the file':<44}{path.stat().st_size / 1e6:10.1f} MB")


def main() -> None:
    """Read the arguments, measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=10_000)
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder) / "desk.db", parser.parse_args().claims)


if __name__ == "__main__":
    main()
