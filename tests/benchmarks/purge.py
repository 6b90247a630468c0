"""How long the removal of a source takes on a large desk: `python tests/benchmarks/purge.py [--articles 1000] [--claims 100]`.

Prints seconds by the wall clock, on a plain desk in a temporary folder, with one backup; `--claims` are those of each article.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from claimdesk.core import edits
from claimdesk.core.claim import Article, Span, Suggestion
from claimdesk.core.desk import Desk, purge

SENTENCE = "नगर निगम ने कहा कि पुल बंद रहेगा 🙂. 시장은 말했다. The old bridge stays closed, the office said. "
NAME = "Zephyrine Okonkwo-Blum"


def seconds(what: str, do: Callable[[], object]) -> None:
    """Print how long `do` takes."""
    start = time.perf_counter()
    do()
    print(f"{what:<44}{time.perf_counter() - start:10.1f} s")


def fill(path: Path, articles: int, claims: int) -> None:
    """A desk on which one claim in fifty rests on the source."""
    with Desk.open(path, who="Rosa") as desk:
        for number in range(articles):
            article = desk.add_article(Article(SENTENCE * claims + str(number), f"Article {number}"))
            places = (len(SENTENCE) * place for place in range(claims))
            found = [
                Suggestion((Span(at, at + 30),), level="official", source_entity=f"Office {at % 97}", reason="“said”")
                for at in places
            ]
            found = (
                [*found[:-1], Suggestion(found[-1].content, level="media", source_entity=NAME)] if number % 2 else found
            )
            edit = edits.take_suggestions([], article, found)
            if edit is not None:
                desk.commit(edit)
        desk.backups.make()


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--claims", type=int, default=100)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "desk.db"
        fill(path, arguments.articles, arguments.claims)
        print(f"{arguments.articles * arguments.claims} claims, {path.stat().st_size:,} bytes")
        seconds("what would go", lambda: purge.plan(path, None, NAME))
        seconds("removed from the desk and one backup", lambda: purge.purge(path, None, NAME, "Rosa"))


if __name__ == "__main__":
    main()
