"""How long "Undo to Here" takes over many edits: `python -m tests.benchmarks.undo_to [--edits 10000] [--claims 100]`.

Makes an article with so many edits on its claims, every sort that a review has, and takes all of them back at once, as the
history window does it. Prints how long that takes, and how soon one that is called off stops and that it left nothing.
"""

import argparse
import contextlib
import tempfile
import time
from pathlib import Path

from claimdesk.core import edits
from claimdesk.core.claim import Article, Claim, Review, Span, Suggestion
from claimdesk.core.desk import Desk, history
from claimdesk.core.edits import Edit
from claimdesk.core.errors import Cancelled
from claimdesk.core.levels import LEVELS
from claimdesk.core.past import Kind

SENTENCE = "नगर निगम ने कहा कि पुल बंद रहेगा 🙂. "


def make(path: Path, claims: int, count: int) -> int:
    """Write an article and `count` edits, all of them in one transaction for speed; the id of the step before them."""
    with Desk.open(path, who="bench") as desk:
        text = SENTENCE * claims
        article = desk.add_article(Article(text, "T"))
        found = [Suggestion((Span(at * len(SENTENCE), at * len(SENTENCE) + 20),)) for at in range(claims)]
        desk.commit(some(edits.take_suggestions([], article, found)))
        first = desk.past(article.id)[0].id
        there = {claim.id: claim for claim in desk.claims(article.id)}
        ids = list(there)
        with desk._writing():
            for number in range(count):
                edit = _edit(there, ids[number * 7 % len(ids)], number)
                desk._write(edit, Kind.EDIT, history.told(edit))
                there |= {change.claim_id: change.after for change in edit.changes if change.after}
    return first


def _edit(there: dict[int, Claim], claim_id: int, number: int) -> Edit:
    claim = [there[claim_id]]
    match number % 3:
        case 0:
            other = next(level.slug for level in LEVELS[number % 5 :] if level.slug != claim[0].level)
            return some(edits.relevel(claim, [claim_id], other))
        case 1:
            return some(edits.set_note(claim, claim_id, f"Ask for contract {number}"))
        case _:
            verb = edits.dismiss if claim[0].review is not Review.DISMISSED else edits.accept
            return some(verb(claim, [claim_id]))


def call_off(desk: Desk, step: int, at: int) -> float:
    """Call an undo off when so many edits are taken back; seconds from then until the desk can be written again."""
    called_off = 0.0

    def went_on(undone: int) -> None:
        nonlocal called_off
        if undone >= at:
            called_off = time.perf_counter()
            raise Cancelled

    with contextlib.suppress(Cancelled):
        desk.undo_to(1, step, went_on)
    return time.perf_counter() - called_off


def some(edit: Edit | None) -> Edit:
    """The edit, which must change something."""
    if edit is None:
        raise ValueError("nothing would change")
    return edit


def main() -> None:
    """Read the arguments, make the article, measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--edits", type=int, default=10_000)
    parser.add_argument("--claims", type=int, default=100)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "desk.db"
        first = make(path, given.claims, given.edits)
        with Desk.open(path, who="bench") as desk:
            head, claims = desk.head(), desk.claims(1)
            took = call_off(desk, first, given.edits // 2)
            same = (desk.head(), desk.claims(1)) == (head, claims)
            print(
                f"{'called off half-way, it stops after':<44}{took:10.3f} s, and {'nothing' if same else 'SOMETHING'} is left of it"
            )
            start = time.perf_counter()
            desk.undo_to(1, first)
            print(f"{f'take back {given.edits:,} edits':<44}{time.perf_counter() - start:10.2f} s")
            print(f"{'the history is whole':<44}{desk.verify_history() is None!s:>10}")


if __name__ == "__main__":
    main()
