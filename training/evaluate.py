"""How well a model finds the attributions of PolNeAR's dev articles: two of the figures that the model card reports.

rel_overlap: source, cue and content share a letter each with those of a gold attribution, or are empty in both.
rel_claim: the contents' Jaccard is at least 0.5 and the sources overlap. One to one, best first, over code points; the
project's scorer counts words, which gives about the same.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from claimdesk.core.claim import Spans
from claimdesk.core.page import paragraphs
from claimdesk.core.suggest.attribution import Attribution
from claimdesk.core.suggest.tagger import Tagger
from corpus import read

ROLES = ("source", "cue", "content")


def evaluate(model: Path, corpus: Path) -> None:
    """Print precision, recall and F1 of both figures."""
    tagger = Tagger(model)
    right = {"rel_overlap": 0, "rel_claim": 0}
    found = wanted = 0
    for article in read(corpus / "dev.jsonl.gz"):
        text = article["text"]
        said = [_of_found(one) for one in tagger.attributions(text, paragraphs(text))]
        gold = [{role: _places(one[role]) for role in ROLES} for one in article["attributions"]]
        found, wanted = found + len(said), wanted + len(gold)
        for figure in right:
            right[figure] += _matched(said, gold, figure)
    for figure, count in right.items():
        precision, recall = count / found, count / wanted
        print(f"{figure:12s} P {precision:.3f}  R {recall:.3f}  F1 {2 * precision * recall / (precision + recall):.3f}")


def _of_found(one: Attribution) -> dict[str, set[int]]:
    def pairs(spans: Spans) -> set[int]:
        return _places([(span.start, span.end) for span in spans])

    return {"source": pairs(one.source), "cue": pairs(one.cue), "content": pairs(one.content)}


def _places(spans: Any) -> set[int]:
    return {at for start, end in spans for at in range(start, end)}


def _alike(one: set[int], other: set[int]) -> float:
    return len(one & other) / len(one | other) if one | other else 1.0


def _matched(said: list[dict[str, set[int]]], gold: list[dict[str, set[int]]], figure: str) -> int:
    pairs = [
        (sum(_alike(a[role], b[role]) for role in ROLES), i, j)
        for i, a in enumerate(said)
        for j, b in enumerate(gold)
        if a["content"] & b["content"] and _counts(a, b, figure)
    ]
    taken: set[tuple[str, int]] = set()
    count = 0
    for _, i, j in sorted(pairs, reverse=True):
        if taken.isdisjoint({("said", i), ("gold", j)}):
            taken |= {("said", i), ("gold", j)}
            count += 1
    return count


def _counts(said: Mapping[str, set[int]], gold: Mapping[str, set[int]], figure: str) -> bool:
    source = bool(said["source"] & gold["source"]) or (not said["source"] and not gold["source"])
    if figure == "rel_claim":
        return source and _alike(said["content"], gold["content"]) >= 0.5
    return source and (bool(said["cue"] & gold["cue"]) or (not said["cue"] and not gold["cue"]))
