"""The words that the rules go by: cues with all their forms, roles of sources, countries. Read once from the files here."""

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from claimdesk.core.suggest.inflect import Form, forms

KINDS = ("media", "document", "anonymous", "expert", "official", "witness")
"""The kinds of sources, in the order of precedence of the levels of the same names."""

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Verb:
    """What a form can be: its lemma, which form it is, and the groups of cues that the lemma belongs to."""

    lemma: str
    form: Form
    groups: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All word lists, lower case; `roles` maps a kind of source to its nouns, `phrases` to its expressions,
    `given` a given name to the pronoun that goes with it.
    """

    verbs: dict[str, Verb]
    roles: dict[str, frozenset[str]]
    outlets: frozenset[str]
    institutions: frozenset[str]
    companies: frozenset[str]
    phrases: dict[str, tuple[str, ...]]
    titles: frozenset[str]
    female: frozenset[str]
    male: frozenset[str]
    given: dict[str, str]
    family_first: frozenset[str]
    countries: dict[str, str]
    peoples: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The one lexicon, read at the first call."""
    cues = tomllib.loads((_HERE / "cues.toml").read_text(encoding="utf-8"))
    roles = tomllib.loads((_HERE / "roles.toml").read_text(encoding="utf-8"))
    names = tomllib.loads((_HERE / "names.toml").read_text(encoding="utf-8"))
    return Lexicon(
        verbs=_verbs(cues["verbs"]),
        roles={kind: frozenset(roles[kind].split()) for kind in KINDS},
        outlets=frozenset(roles["media_names"].split()),
        institutions=frozenset(roles["institutions"].split()),
        companies=frozenset(roles["companies"].split()),
        phrases={"media": tuple(roles["media_phrases"]), "expert": tuple(roles["expert_phrases"])},
        titles=frozenset(roles["titles"].split()),
        female=frozenset(roles["female"].split()),
        male=frozenset(roles["male"].split()),
        given={name: pronoun for pronoun in ("she", "he") for name in names[pronoun].split()},
        family_first=frozenset(names["family_first"].split()),
        countries=_countries("country", "people", "capital"),
        peoples=frozenset(_countries("people")),
    )


def _verbs(groups: dict[str, str]) -> dict[str, Verb]:
    belongs: dict[str, set[str]] = {}
    for group, lemmas in groups.items():
        for lemma in lemmas.split():
            belongs.setdefault(lemma.split("_")[0], set()).add(group)
    found: dict[str, Verb] = {}
    for lemma, kinds in belongs.items():
        for form, word in forms(lemma).items():
            if word not in found or form == "past":
                found[word] = Verb(lemma, form, frozenset(kinds))
    return found


def _countries(*columns: str) -> dict[str, str]:
    """Each name in `columns` (lower case) to the country's name."""
    found: dict[str, str] = {}
    with (_HERE / "countries.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            for name in (row[column] for column in columns):
                if name:
                    found.setdefault(name.lower(), row["country"])
    return found
