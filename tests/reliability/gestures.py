"""What a user does to a desk, at random: every kind of edit, for the scripts that make the desk fail in the middle of it."""

import hashlib
import json
import random
from collections.abc import Callable

from claimdesk.core import edits
from claimdesk.core.claim import Article, Claim, Span, Suggestion
from claimdesk.core.desk import Desk
from claimdesk.core.edits import Edit
from claimdesk.core.levels import LEVELS

WORDS = ("पुल", "बंद", "रहेगा", "🙂", "👩‍👩‍👧", "다리가", "안전하다고", "الجسر", "آمن", "said", "denied", "office")
Gesture = Callable[[random.Random, Article, list[Claim]], Edit | None]


def some_id(chance: random.Random, claims: list[Claim]) -> list[int]:
    """The id of one of the claims, none of none."""
    return [chance.choice(claims).id] if claims else []


def mark(chance: random.Random, article: Article, claims: list[Claim]) -> Edit | None:
    """Mark a stretch by hand, unless it is marked already."""
    start = chance.randrange(len(article.text) - 8)
    taken = {claim.content for claim in claims}
    edit = edits.mark([], article, start, start + chance.randrange(4, 8), chance.choice(LEVELS).slug)
    return None if any(change.after and change.after.content in taken for change in edit.changes) else edit


def suggest(chance: random.Random, article: Article, claims: list[Claim]) -> Edit | None:
    """Suggest up to forty claims that deny each other."""
    starts = sorted(chance.sample(range(len(article.text) - 9), 40))
    found = [
        Suggestion(
            (Span(start, start + 9),), (Span(start, start + 2),), level="media", source_entity="김 기자", via=("गजट",),
            denies=(number - 1,) if number else (),
        )
        for number, start in enumerate(starts)
    ]  # fmt: skip
    return edits.take_suggestions(claims, article, found)


GESTURES: tuple[Gesture, ...] = (
    mark,
    mark,
    suggest,
    lambda _, __, claims: edits.accept(claims, edits.still_open(claims)),
    lambda chance, _, claims: edits.accept(claims, some_id(chance, claims)),
    lambda chance, _, claims: edits.dismiss(claims, some_id(chance, claims)),
    lambda chance, _, claims: edits.relevel(claims, some_id(chance, claims), chance.choice(LEVELS).slug),
    lambda chance, _, claims: edits.set_note(claims, claims[0].id, f"नोट {chance.random()}") if claims else None,
)


def digest(claims: list[Claim]) -> str:
    """What stands for these claims."""
    return hashlib.sha256(json.dumps([claim.to_json() for claim in claims]).encode()).hexdigest()


def do_something(desk: Desk, chance: random.Random) -> int:
    """One gesture of a user; the id of the article that it touched, 0 if it changed nothing."""
    articles = desk.articles()
    if len(articles) < 3:
        return desk.add_article(Article(" ".join(chance.choices(WORDS, k=200)), "T"), original=b"raw" * 99).id
    article = desk.article(chance.choice(articles).id)
    if chance.random() < 0.25:
        undo_or_redo = chance.choice((desk.undo, desk.redo))
        return article.id if undo_or_redo(article.id) else 0
    edit = chance.choice(GESTURES)(chance, article, desk.claims(article.id))
    return desk.commit(edit).article_id if edit else 0
