"""PolNeAR's articles as windows of word pieces with their attributions: what the tagger learns from."""

import gzip
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from claimdesk.core.page import paragraphs
from claimdesk.core.suggest.windows import WINDOW, Window, windows

ROLES = ("source", "cue", "content")
SIZES = (112, 224)
"""Word pieces of a window in training, from and to: shorter and longer than those at run time."""


@dataclass(frozen=True)
class Relation:
    """An attribution in a window: the indices of its pieces, role by role."""

    source: frozenset[int]
    cue: frozenset[int]
    content: frozenset[int]


@dataclass(frozen=True)
class Example:
    """A window and the attributions whose cue lies in it."""

    window: Window
    relations: tuple[Relation, ...]


def read(path: Path) -> list[dict[str, Any]]:
    """The articles of a corpus file, one JSON object a line, gzipped."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def examples(article: dict[str, Any], tokenizer: Tokenizer, size: int = WINDOW) -> Iterator[Example]:
    """The windows of an article with their attributions; what lies outside of a cue's window is left out."""
    text = article["text"]
    for window in windows(text, paragraphs(text), tokenizer, size):
        yield Example(window, tuple(_relations(article["attributions"], window)))


def shuffled(articles: Sequence[dict[str, Any]], tokenizer: Tokenizer, chance: random.Random) -> list[Example]:
    """All examples of an epoch in random order, each article cut into windows of another size than before."""
    found = [example for article in articles for example in examples(article, tokenizer, chance.randint(*SIZES))]
    chance.shuffle(found)
    return found


def _relations(attributions: Sequence[dict[str, Any]], window: Window) -> Iterator[Relation]:
    for one in attributions:
        roles = [frozenset(_pieces(one[role], window)) for role in ROLES]
        if roles[1] and roles[2]:
            source, cue, content = roles
            yield Relation(source - cue, cue, content - cue - source)


def _pieces(spans: Sequence[Sequence[int]], window: Window) -> Iterator[int]:
    for index, (start, end) in enumerate(window.places):
        if any(start < stop and begin < end for begin, stop in spans):
            yield index
