"""The learned part of the levels: a multinomial logistic regression over traits, fitted by training/levels.py.

The weights are a small JSON file, one line a trait, so that a person can read what tells of which level.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from math import exp
from typing import NamedTuple

from claimdesk.core.resources import RESOURCES

WEIGHTS = RESOURCES / "model" / "levels.json"


class Verdict(NamedTuple):
    """The likeliest level, its probability, and the traits that speak for it against the next likeliest, the most telling first."""

    level: str
    probability: float
    telling: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """For each level its bias, and for each trait its weight for each level, in the order of `levels`."""

    levels: tuple[str, ...]
    bias: tuple[float, ...]
    traits: dict[str, tuple[float, ...]]

    def verdict(self, found: Collection[str]) -> Verdict:
        """What the traits found speak for; traits that were not seen in training say nothing."""
        known = sorted(trait for trait in found if trait in self.traits)
        scores = list(self.bias)
        for trait in known:
            for at, weight in enumerate(self.traits[trait]):
                scores[at] += weight
        second, best = sorted(range(len(scores)), key=scores.__getitem__)[-2:]
        probability = 1 / sum(exp(score - scores[best]) for score in scores)
        lead = {trait: self.traits[trait][best] - self.traits[trait][second] for trait in known}
        telling = sorted((trait for trait in known if lead[trait] > 0), key=lambda trait: -lead[trait])
        return Verdict(self.levels[best], probability, tuple(telling))


def to_json(weights: Weights) -> str:
    """The weights as text, a line a trait, those that tell most first."""
    ordered = sorted(weights.traits.items(), key=lambda item: (-max(map(abs, item[1])), item[0]))
    lines = ",\n".join(f"  {json.dumps(trait)}: {json.dumps(row)}" for trait, row in ordered)
    head = f'{{\n "levels": {json.dumps(weights.levels)},\n "bias": {json.dumps(weights.bias)},\n "traits": {{\n'
    return f"{head}{lines}\n }}\n}}\n"


def from_json(text: str) -> Weights:
    """What `to_json` wrote."""
    read = json.loads(text)
    rows = {trait: tuple(row) for trait, row in read["traits"].items()}
    return Weights(tuple(read["levels"]), tuple(read["bias"]), rows)


@cache
def weights() -> Weights:
    """The weights that ship with the program, read at the first call."""
    return from_json(WEIGHTS.read_text(encoding="utf-8"))
