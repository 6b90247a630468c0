"""Fits how likely a denial's link is right: `python -m training.denials MARKS.csv TEXTS.jsonl.gz --to resources/model/denials.json`.

MARKS and TEXTS as training/levels.py reads them. Counted are the articles of which every attribution is marked, with the marked
spans and levels: there each claim near a denial is either denied or not. Three signs decide: how much speaks for a claim, whether
words point at it, and whether the program links it; the regularisation is scikit-learn's own, which keeps a confidence from 1 where the
rules, which were written while looking at these articles, are never wrong. Prints a reliability table by cross-validation over articles. Needs scikit-learn.
"""

import argparse
import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression  # type: ignore[import-not-found,import-untyped,unused-ignore]
from sklearn.model_selection import GroupKFold, cross_val_predict  # type: ignore[import-not-found,import-untyped,unused-ignore]
from training.levels import marked, said_in

from claimdesk.core.claim import Suggestion
from claimdesk.core.suggest.denials import weighed
from claimdesk.core.suggest.lexicon import lexicon
from claimdesk.core.suggest.sources import Register

EDGES = (0.0, 0.05, 0.08, 0.2, 0.6, 0.8, 1.01)
"""Where the rows of the table begin and end."""


class Pair(NamedTuple):
    """A denial and a claim near it: its signs, whether the program links them, whether the marks do."""

    article: str
    sureness: float
    is_meant: bool
    is_linked: bool
    is_denied: bool


def pairs(marks: Path, texts: Path) -> Iterator[Pair]:
    """All pairs of the articles that are marked throughout."""
    for article in marked(marks, texts):
        if all(claim["level"] for claim in article["claims"]):
            yield from pairs_of(article)


def pairs_of(article: dict[str, Any]) -> Iterator[Pair]:
    """The pairs of one article, with the marked spans and levels; its claims are marked with the ids that each denies."""
    text, register = article["text"], Register(article["text"], lexicon())
    placed, said = said_in(article["claims"])
    claims = [
        Suggestion(one.content, one.source, one.cue, claim["level"], register.speaker(one).name if one.source else None)
        for claim, one in zip(placed, said, strict=True)
    ]
    order = sorted((at for at in range(len(claims)) if claims[at].content), key=lambda at: claims[at].content[0])
    names = [str(placed[at]["id"]) for at in order]
    for at, found in weighed(text, [claims[at] for at in order]).items():
        denied = placed[order[at]]["denies"]
        for one in found:
            yield Pair(article["id"], one.sureness, one.is_meant, one.is_linked, names[one.place] in denied)


def fit(found: list[Pair]) -> dict[str, float]:
    """The weights; prints how reliable they are on articles that they were not fitted to."""
    table = np.array([[one.sureness, one.is_meant, one.is_linked] for one in found], dtype=float)
    right = np.array([one.is_denied for one in found])
    regression = LogisticRegression(C=1.0, max_iter=1000)
    groups = [one.article for one in found]
    sure = cross_val_predict(regression, table, right, groups=groups, cv=GroupKFold(10), method="predict_proba")[:, 1]
    linked = np.array([one.is_linked for one in found])
    for name, those in (("links", linked), ("no links", ~linked)):
        print(f"{name}: {those.sum()}, of which {right[those].sum()} right")
        for low, high in pairwise(EDGES):
            inside = those & (sure >= low) & (sure < high)
            if inside.any():
                print(f"  told {sure[inside].mean():.2f}  right {right[inside].mean():.2f}  of {inside.sum()}")
    regression.fit(table, right)
    bias, (sureness, meant, is_linked) = float(regression.intercept_[0]), regression.coef_[0].tolist()
    weights = {"bias": bias, "sureness": sureness, "meant": meant, "linked": is_linked}
    return {name: round(weight, 3) for name, weight in weights.items()}


def main() -> None:
    """Fit, print, write."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("marks", type=Path)
    arguments.add_argument("texts", type=Path)
    arguments.add_argument("--to", required=True, type=Path)
    given = arguments.parse_args()
    weights = fit(list(pairs(given.marks, given.texts)))
    given.to.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
