"""Fits the learned part of the attribution levels, and estimates by cross-validation over articles how good the levels are.

    python -m training.levels GOLD.jsonl… [--marks MARKS.csv --texts TEXTS.jsonl.gz] --to resources/model/levels.json

GOLD holds articles with marked levels, one JSON object a line, as `claimdesk suggest --json` writes them ("firm": false where two
readers could differ). MARKS adds levels to attributions of a corpus whose texts may not be passed on: article, attribution, level, whether
it is firm, and which attributions a denial denies; TEXTS is that corpus (PolNeAR: "attributions" of "id", "source", "cue", "content").
training/levels.csv is such a table for PolNeAR's training part: 567 attributions of 402 articles, chosen so that each level is
frequent, and all attributions of 160 more; training/levels-held.csv has those of 40 others, which nothing is fitted or tuned on. Each was
read once by a language model that followed docs/levels.md, so they are fit for learning from and for comparing, no gold standard.
What is learned from always includes training/own.txt.
scikit-learn is needed here only; what it fits is written as JSON.
"""

import argparse
import csv
import gzip
import hashlib
import json
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sklearn.feature_extraction import DictVectorizer  # type: ignore[import-not-found,import-untyped,unused-ignore]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-not-found,import-untyped,unused-ignore]
from training.marked import read

from claimdesk.core.claim import Span, Spans
from claimdesk.core.suggest.attribution import Attribution
from claimdesk.core.suggest.learned import Weights, to_json
from claimdesk.core.suggest.levels import ruled
from claimdesk.core.suggest.lexicon import lexicon
from claimdesk.core.suggest.sources import Register
from claimdesk.core.suggest.traits import traits

SEED = 1
FOLDS = 10
STRENGTH = 0.1
"""Inverse of the regularisation (scikit-learn's C)."""
ARTICLES = 3
"""Articles that a trait must occur in, so that none is learned by heart."""
UNSURE = 0.4
"""Weight of an example on which two readers could differ."""
OWN = Path(__file__).with_name("own.txt")
"""Short texts on other kinds of news than politics, so that not everybody is taken for an office-holder."""
OWN_WEIGHT = 0.5
"""They are short and plain, so that few of them say as much as an article does."""
_ROLES = ("content", "source", "cue")


@dataclass(frozen=True, slots=True)
class Example:
    """One attribution with its level by hand; `decided` is the level where the rules decide alone."""

    article: str
    traits: frozenset[str]
    level: str
    firm: bool
    decided: str | None
    weight: float = 1.0


def read_gold(path: Path) -> list[Example]:
    """The examples of a file of articles with marked levels."""
    return [
        example
        for article in _lines(path)
        for example in _examples(article["id"], article["text"], article["claims"], lambda claim: claim["level"])
    ]


def read_marks(marks: Path, texts: Path) -> list[Example]:
    """The examples of a table of levels and the corpus that it marks; the table names an article by `mark_of` its id."""
    return [
        example
        for article in marked(marks, texts)
        for example in _examples(article["id"], article["text"], article["claims"], lambda claim: claim["level"])
    ]


def marked(marks: Path, texts: Path) -> Iterator[dict[str, Any]]:
    """The articles of a corpus that a table marks, as GOLD holds them; the level of a claim without a mark is None."""
    with marks.open(encoding="utf-8", newline="") as rows:
        told = {(row["article"], row["attribution"]): row for row in csv.DictReader(rows)}
    articles = {article for article, _ in told}
    for article in _lines(texts):
        name = mark_of(article["id"])
        if name in articles:
            claims = [one | _told(told.get((name, str(one["id"])))) for one in article["attributions"]]
            yield {"id": article["id"], "text": article["text"], "claims": claims}


def _told(row: Mapping[str, str] | None) -> dict[str, Any]:
    if row is None:
        return {"level": None}
    return {"level": row["level"], "firm": row["firm"] == "1", "denies": row["denies"].split()}


def mark_of(identifier: str) -> str:
    """What stands for an article: ids of a corpus can hold words of its headlines."""
    return hashlib.sha256(identifier.encode()).hexdigest()[:12]


def fit(examples: Sequence[Example]) -> Weights:
    """The weights that tell the levels of the examples which the rules leave open."""
    open_ones = [example for example in examples if example.decided is None and example.level != "denial"]
    seen: defaultdict[str, set[str]] = defaultdict(set)
    for example in open_ones:
        for trait in example.traits:
            seen[trait].add(example.article)
    kept = {trait for trait, articles in seen.items() if len(articles) >= ARTICLES}
    rows = DictVectorizer()
    matrix = rows.fit_transform([dict.fromkeys(sorted(example.traits & kept), 1.0) for example in open_ones])
    alike = Counter((example.article, example.level) for example in open_ones)
    # The same speaker over and over tells less than as many others would.
    weight = [one.weight * (1 if one.firm else UNSURE) * alike[one.article, one.level] ** -0.25 for one in open_ones]
    model = LogisticRegression(C=STRENGTH, max_iter=1000, random_state=SEED)
    model.fit(matrix, [example.level for example in open_ones], sample_weight=weight)
    columns = model.coef_.T.round(3).tolist()
    return Weights(
        tuple(model.classes_.tolist()),
        tuple(model.intercept_.round(3).tolist()),
        {trait: tuple(column) for trait, column in zip(rows.get_feature_names_out().tolist(), columns, strict=True)},
    )


def decide(example: Example, weights: Weights) -> str:
    """The level that the program gives an example."""
    return example.decided or weights.verdict(example.traits).level


def cross_validated(gold: Sequence[Example], more: Sequence[Example] = ()) -> list[tuple[Example, str]]:
    """Each gold example with the level that it gets from weights fitted on `more` and on all articles but its own fold."""
    return [
        (example, decide(example, weights))
        for held, weights in folds(gold, more)
        for example in gold
        if example.article in held
    ]


def folds(gold: Sequence[Example], more: Sequence[Example] = ()) -> Iterator[tuple[set[str], Weights]]:
    """Sets of articles, all of gold's in turn, each with weights that were fitted on `more` and the other articles."""
    articles = sorted({example.article for example in gold})
    random.Random(SEED).shuffle(articles)
    for fold in range(FOLDS):
        held = set(articles[fold::FOLDS])
        yield held, fit([example for example in (*gold, *more) if example.article not in held])


def read_own(path: Path) -> list[Example]:
    """The examples of a file of short marked texts, each an article of its own; the last attribution has the level."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            level, words = line.split("\t")
            text, said = read(words)
            (example,) = _example(words, text, said, [None] * (len(said) - 1) + [level])
            found.append(replace(example, weight=OWN_WEIGHT))
    return found


def _examples(
    name: str, text: str, claims: Iterable[dict[str, Any]], level: Callable[[dict[str, Any]], str | None]
) -> list[Example]:
    """The examples of one article's claims that have a level."""
    placed, said = said_in(claims)
    firm = [claim.get("firm", True) for claim in placed]
    return _example(name, text, said, [level(claim) for claim in placed], firm)


def said_in(claims: Iterable[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[Attribution]]:
    """The claims of an article that have any span, in text order, and each as an attribution."""
    placed = sorted((claim for claim in claims if any(claim[role] for role in _ROLES)), key=_place)
    return placed, [
        Attribution(_spans(one["content"]), _spans(one["source"]), _spans(one["cue"]), 1.0) for one in placed
    ]


def _example(
    name: str, text: str, said: Sequence[Attribution], levels: Sequence[str | None], firm: Sequence[bool] = ()
) -> list[Example]:
    """An example for each attribution with a level; the others are read too, since pronouns go back to them."""
    words, register = lexicon(), Register(text, lexicon())
    found = []
    for at, (one, level) in enumerate(zip(said, levels, strict=True)):
        who = register.speaker(one)
        if level is not None:
            rule = ruled(text, one, who, words)
            told, decided = frozenset(traits(text, one, who, words)), rule.level if rule is not None else None
            found.append(Example(name, told, level, firm[at] if firm else True, decided))
    return found


def _place(claim: dict[str, Any]) -> int:
    return min((start for role in _ROLES for start, _ in claim[role]), default=0)


def _spans(pairs: Iterable[Sequence[int]]) -> Spans:
    return tuple(sorted(Span(start, end) for start, end in pairs if start < end))


def _lines(path: Path) -> Iterable[dict[str, Any]]:
    text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    yield from (json.loads(line) for line in text.splitlines() if line.strip())


def main() -> None:
    """Fit on everything that is given, and write the weights."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("gold", nargs="+", type=Path)
    arguments.add_argument("--marks", type=Path, help="levels by hand: article,attribution,level")
    arguments.add_argument("--texts", type=Path, help="the corpus that --marks marks")
    arguments.add_argument("--to", required=True, type=Path)
    given = arguments.parse_args()
    examples = [example for path in given.gold for example in read_gold(path)] + read_own(OWN)
    if given.marks:
        examples += read_marks(given.marks, given.texts)
    given.to.parent.mkdir(parents=True, exist_ok=True)
    given.to.write_text(to_json(fit(examples)), encoding="utf-8")


if __name__ == "__main__":
    main()
