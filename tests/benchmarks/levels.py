"""How good the levels are: `python -m tests.benchmarks.levels GOLD.jsonl [--marks MARKS.csv --texts TEXTS.jsonl.gz]`.

The gold spans are given; the learned part is fitted anew for each fold of articles, without the articles that it is measured on.
Figures are over the claims that are marked firm.
"""

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from training.levels import OWN, cross_validated, read_gold, read_marks, read_own

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


def main() -> None:
    """Measure one gold file by cross-validation over its articles."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("gold", type=Path)
    arguments.add_argument("--marks", type=Path)
    arguments.add_argument("--texts", type=Path)
    given = arguments.parse_args()
    more = read_own(OWN) + (read_marks(given.marks, given.texts) if given.marks else [])
    found = cross_validated(read_gold(given.gold), more)
    report([(example.level, level) for example, level in found if example.firm])


if __name__ == "__main__":
    main()
