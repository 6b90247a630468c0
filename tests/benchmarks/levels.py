"""How good the levels are: `python -m tests.benchmarks.levels GOLD.jsonl [--marks MARKS.csv --texts TEXTS.jsonl.gz]`.

The learned part is fitted anew for each fold of GOLD's articles, without the articles that it is measured on; MARKS of TEXTS are
learned from too. Three figures, over the claims that are marked firm, and denial links: with the gold spans; with --scorer PATH/score_claims.py on whole
suggestions, matched by that script; with --held MARKS.csv on articles of TEXTS that nothing was ever fitted or tuned on.
It needs scikit-learn, which `make model` installs.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.suggestions import article, read
from training.denials import pairs_of
from training.levels import OWN, Example, cross_validated, decide, fit, folds, read_gold, read_marks, read_own

from claimdesk.core.suggest import suggest, to_json

CONFUSIONS = 10


def report(pairs: Sequence[tuple[str, str]]) -> None:
    """Print accuracy, macro-F1, each level's figures and the commonest confusions of (gold, given) pairs."""
    gold, given = Counter(level for level, _ in pairs), Counter(level for _, level in pairs)
    right = Counter(level for level, other in pairs if level == other)
    scores = {level: 2 * right[level] / (gold[level] + given[level]) for level in gold}
    print(
        f"accuracy {right.total() / len(pairs):.4f}  macro-F1 {sum(scores.values()) / len(scores):.4f}  of {len(pairs)} claims"
    )
    for level, count in gold.most_common():
        precision, recall = right[level] / max(given[level], 1), right[level] / count
        print(f"  {level:<13} precision {precision:.2f}  recall {recall:.2f}  F1 {scores[level]:.2f}  of {count}")
    for (level, other), count in Counter(pair for pair in pairs if pair[0] != pair[1]).most_common(CONFUSIONS):
        print(f"  {count:>3} {level} taken for {other}")


def report_links(gold: Path) -> None:
    """Print how many denial links are right, with the gold spans and levels."""
    articles = read(gold)
    for claim in (claim for one in articles for claim in one["claims"]):
        denied = claim.get("denies") or []
        claim["denies"] = [denied] if isinstance(denied, str) else denied
    found = [pair for one in articles for pair in pairs_of(one)]
    linked = [pair.is_denied for pair in found if pair.is_linked]
    marked = sum(len(claim["denies"]) for one in articles for claim in one["claims"])
    print(
        f"Denial links with gold spans and levels: {sum(linked)} of {len(linked)} are right, of {marked} that there are"
    )


def measure_suggestions(gold: Path, examples: Sequence[Example], more: Sequence[Example], scorer: Path) -> None:
    """Print the scorer's figures of whole suggestions, each article's levels by weights that never saw it."""
    texts = {one["id"]: article(one["text"]) for one in read(gold)}
    found = [
        to_json(texts[name], name, suggest(texts[name], weights=weights))
        for held, weights in folds(examples, more)
        for name in sorted(held)
    ]
    with tempfile.TemporaryDirectory() as folder:
        predicted = Path(folder) / "predicted.jsonl"
        predicted.write_text("".join(json.dumps(one) + "\n" for one in found), encoding="utf-8")
        subprocess.run([sys.executable, str(scorer), str(gold), str(predicted)], check=True)


def main() -> None:
    """Measure one gold file by cross-validation over its articles."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("gold", type=Path)
    arguments.add_argument("--marks", type=Path)
    arguments.add_argument("--texts", type=Path)
    arguments.add_argument("--held", type=Path)
    arguments.add_argument("--scorer", type=Path)
    given = arguments.parse_args()
    gold = read_gold(given.gold)
    more = read_own(OWN) + (read_marks(given.marks, given.texts) if given.marks else [])
    print("Gold spans, by cross-validation:")
    report([(example.level, level) for example, level in cross_validated(gold, more) if example.firm])
    report_links(given.gold)
    if given.held:
        weights = fit([*gold, *more])
        print("Gold spans of articles that were held back:")
        held = read_marks(given.held, given.texts)
        report([(example.level, decide(example, weights)) for example in held if example.firm])
    if given.scorer:
        print("Whole suggestions, by cross-validation:", flush=True)
        measure_suggestions(given.gold, gold, more, given.scorer)


if __name__ == "__main__":
    main()
