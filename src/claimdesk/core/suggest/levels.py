"""The attribution level of a claim from its source and cue, in the order of precedence that docs/levels.md tells."""

from dataclasses import dataclass

import regex

from claimdesk.core.suggest.lexicon import Lexicon
from claimdesk.core.suggest.sources import Register, words_of

_KINDS = ("media", "document", "anonymous", "expert", "official", "witness")
_SAYS = {
    "media": "source is a news outlet or the press",
    "document": "source is a document or data",
    "anonymous": "source is not named",
    "expert": "source is an expert",
    "official": "source speaks for an institution or holds an office",
    "witness": "source speaks for themselves",
}
_BEHIND = regex.compile(r" (?:from|of|at|for|on|who|which|with|whose) ")
_DENIES = regex.compile(
    r"\b(?:no knowledge|nothing to do with|not true|untrue|baseless|unfounded|unsubstantiated|groundless|fabricat\w+|hoax|"
    r"neither .{3,80} nor|no truth|pure fiction|nonsense|false (?:claims?|allegations?|accusations?|reports?)|"
    r"(?:is|are|was|were|as|him|it|them) (?:completely |totally |entirely |utterly )?false|did nothing wrong|"
    r"(?:has|have|had) never|I never|exaggerat\w+)\b",
    regex.IGNORECASE,
)
_REQUESTS = regex.compile(
    r"\b(?:request|offer|bid|proposal|plan|plea|appeal|application|invitation|motion|deal)s?\b", regex.IGNORECASE
)
_TURNING_DOWN = frozenset({"reject", "dismiss", "dispute"})
_DENYING = _TURNING_DOWN | {"deny", "rebut", "refute", "repudiate", "disavow", "disclaim"}
_SPOKES = frozenset("spokesman spokeswoman spokesperson spokespeople".split())


@dataclass(frozen=True, slots=True)
class Said:
    """An attribution in words: its source as written and in full, its cue with the lemma, and what is claimed."""

    source: str
    entity: str | None
    cue: str
    lemma: str
    groups: frozenset[str]
    content: str


def level_of(said: Said, words: Lexicon, register: Register) -> tuple[str, str]:
    """The level's slug and the reason in words that a person understands."""
    source, entity = said.source, said.entity
    tied = f"cue “{said.cue}”" if said.cue else "no cue"
    if said.lemma in _DENYING and not (said.lemma in _TURNING_DOWN and _REQUESTS.search(said.content[:80])):
        return "denial", f"{tied} is a denial"
    if source and said.groups.isdisjoint({"speculation", "evidence"}) and _DENIES.search(said.content):
        return "denial", f"{tied}; what is said rejects a claim"
    if "speculation" in said.groups or not source:
        return "speculation", f"{tied}, and nobody who could be asked"
    person = register.mention(entity) if entity is not None else None
    kind = _kind(source.replace(person.name, "") if person is not None else source, words)
    if kind is None and entity is not None and entity.lower() != source.lower():
        kind = _kind_of_person(entity, words, register)
    if kind is None:
        kind = _kind_of_name(source, entity, words, register)
    return kind, f"{tied}; {_SAYS[kind]}"


def _kind(source: str, words: Lexicon) -> str | None:
    """What the nouns of a source say of it; None where it is only a name or a pronoun."""
    low = " ".join(words_of(source))
    parts = _BEHIND.split(low)[0].split()
    every = set(low.split())
    if any(phrase in low for phrase in words.phrases["media"]):
        return "media"
    if every & _SPOKES:
        return "official"
    if any(phrase in low for phrase in words.phrases["expert"]) and not every & {"president", "minister"}:
        return "expert"
    for word in reversed(parts):
        for kind in _KINDS:
            if word in words.roles[kind]:
                return _refined(kind, word, source, every, words)
    if low in words.countries or any(name in words.countries for name in (low, *low.split(" and "))):
        return "official"
    return None


def _refined(kind: str, word: str, source: str, every: set[str], words: Lexicon) -> str:
    named = any(part[:1].isupper() for part in source.split()[1:])
    if (
        kind == "anonymous"
        and word in {"adviser", "advisor", "aide", "critic", "diplomat", "employee", "official", "colleague"}
        and named
    ):
        return "official" if not every & {"anonymity"} else "anonymous"
    if kind == "expert" and every & words.roles["official"] & {"minister", "president", "commissioner", "senator"}:
        return "official"
    return kind


def _kind_of_person(entity: str, words: Lexicon, register: Register) -> str | None:
    mention = register.mention(entity)
    if mention is None:
        return _kind(entity, words)
    near = mention.before.rsplit(".", 1)[-1].rsplit(";", 1)[-1]
    return _kind(near, words)


def _kind_of_name(source: str, entity: str | None, words: Lexicon, register: Register) -> str:
    """A name of which nothing is known: in a news text somebody who holds an office more often than not."""
    if entity is not None:
        return _kind_of_person(entity, words, register) or register.role_after(entity, words) or "official"
    return "witness" if source.lower() in {"i", "we", "you"} else "official"
