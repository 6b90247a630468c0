"""What tells of an attribution's level: its traits, as words that the learned part weighs and a person understands.

A trait is "kind:value". Names are never traits: a person counts as a person, and by the words that describe them.
"""

from collections.abc import Iterator

import regex

from claimdesk.core.claim import hull, words_of
from claimdesk.core.suggest.attribution import Attribution
from claimdesk.core.suggest.kinds import kind_of, split_head, words_in
from claimdesk.core.suggest.lexicon import KINDS, Lexicon
from claimdesk.core.suggest.people import Profile
from claimdesk.core.suggest.sources import Who

_QUOTED = regex.compile(r"[“\"]|''|‘")
_SELF = regex.compile(r"\b(?:I|I['’]\w+|my|me|myself|mine)\b")
_OURS = regex.compile(r"\b(?:we|we['’]\w+|our|us|ours)\b", regex.IGNORECASE)
_FIGURE = regex.compile(r"\d|\bpercent\b")
_NEGATED = regex.compile(r"\b(?:not|never|no|none|nothing|neither|nor|\w+n['’]t)\b", regex.IGNORECASE)
_PRONOUNS = frozenset("he she they it i we you who which that whose his her their its my our your this".split())
_DETERMINERS = frozenset(
    "a an the some many several most all every each any few no one two three four five another other his her its their "
    "these those both".split()
)
_MODALS = frozenset("would could may might can will should must".split())
_AUXILIARIES = frozenset("is are was were be been being has have had do does did to also now not".split())
_LONG = 12
_IN_WORDS = {
    "role": "source is described with “{}”",
    "described as": "the article describes the source as {}",
    "person": "source is {}",
    "person mentioned": "source is named {} in the article",
    "phrase": "the words of the source are {}",
    "known": "source is {}",
    "head": "source is “{}”",
    "head kind": "source is {}",
    "before": "source is “{} …”",
    "before kind": "the words before the source's noun tell of {}",
    "behind": "the words behind the source's noun hold “{}”",
    "behind kind": "the words behind the source's noun tell of {}",
    "determiner": "source begins with “{}”",
    "pronoun": "source is “{}”",
    "shape": "source is a {}",
    "cue": "cue is a form of “{}”",
    "cue group": "cue is one of “{}”",
    "cue modal": "cue holds “{}”",
    "cue form": "cue has {}",
    "content": "the words claimed: {}",
    "content begins": "the words claimed begin with “{}”",
    "source": "source: {}",
}


def traits(text: str, said: Attribution, who: Who, words: Lexicon) -> frozenset[str]:
    """The traits of one attribution of `text`, whose source is `who`."""
    source = hull(said.source).of(text) if said.source else ""
    found = set(_of_cue(words_of(text, said.cue), words))
    found.update(_of_content(words_of(text, said.content)))
    if not source:
        found.add("source:none")
    else:
        found.update(_of_source(source, words))
        found.update(_of_somebody(source, who, words))
    return frozenset(found)


def in_words(trait: str) -> str:
    """A trait as a reason that a person understands."""
    kind, _, value = trait.removeprefix("stands for ").partition(":")
    return _IN_WORDS[kind].format(value)


def cue_lemma(cue: str, words: Lexicon) -> str:
    """The lemma of the verb that a cue is of, else its last word."""
    low = words_in(cue)
    telling = [word for word in low if word not in _AUXILIARIES | _MODALS] or low
    verbs = [words.verbs[word].lemma for word in telling if word in words.verbs]
    return verbs[0] if verbs else telling[-1] if telling else ""


def cue_groups(cue: str, words: Lexicon) -> frozenset[str]:
    """The groups of cues that the verbs of a cue belong to."""
    return frozenset[str]().union(*(words.verbs[word].groups for word in words_in(cue) if word in words.verbs))


def _of_cue(cue: str, words: Lexicon) -> Iterator[str]:
    low = words_in(cue)
    lemma = cue_lemma(cue, words)
    yield f"cue:{lemma or cue.strip() or 'none'}"
    for word in low:
        if word in words.verbs:
            yield from (f"cue group:{group}" for group in words.verbs[word].groups)
        if word in _MODALS:
            yield f"cue modal:{word}"
    if low and not any(word in words.verbs for word in low):
        yield "cue form:no verb of saying"
    if _NEGATED.search(cue):
        yield "cue form:negated"
    if len(low) > 3:
        yield "cue form:long"
    if {"is", "are", "was", "were", "been", "be"} & set(low[:-1]) and low[-1].endswith(("ed", "en")):
        yield "cue form:passive"


def _of_content(content: str) -> Iterator[str]:
    if _QUOTED.search(content[:3]):
        yield "content:quoted"
    elif _QUOTED.search(content):
        yield "content:partly quoted"
    if _SELF.search(content):
        yield "content:says I"
    if _OURS.search(content):
        yield "content:says we"
    if _FIGURE.search(content):
        yield "content:has figures"
    if "?" in content:
        yield "content:asks"
    if _NEGATED.search(content):
        yield "content:negated"
    first = content.split(maxsplit=1)[0].lower() if content.strip() else "empty"
    if first in {"that", "to", "empty", "what", "how", "whether", "if"}:
        yield f"content begins:{first}"


def _of_source(source: str, words: Lexicon) -> Iterator[str]:
    """What the words of the source tell by themselves."""
    low = words_in(source)
    if not low:
        return
    if len(low) == 1 and low[0] in _PRONOUNS:
        yield f"pronoun:{low[0]}"
        return
    yield f"phrase:{kind_of(source, words) or 'of no known kind'}"
    head, tail = split_head(source)
    if low[0] in _DETERMINERS or low[0].isdigit():
        yield f"determiner:{low[0] if not low[0].isdigit() else 'number'}"
    elif head and head[0][0].islower():
        yield "determiner:none"
    if all(word.isupper() for word in head if word[0].isalpha()) and head:
        yield "shape:capitals"
    elif head and head[-1][0].isupper():
        yield "shape:name"
    else:
        yield "shape:common noun"
        if head and head[-1].endswith("s"):
            yield "shape:plural"
    if head:
        yield from _of_words([head[-1]], "head", words)
        yield from _of_words(head[:-1], "before", words)
    yield from _of_words(tail[:_LONG], "behind", words)
    if regex.search(r",\s*\d{1,3}\b", source):
        yield "shape:age"


def _of_somebody(source: str, who: Who, words: Lexicon) -> Iterator[str]:
    """What the article tells of those whom the words stand for."""
    yield f"known:{who.kind or 'of no known kind'}"
    if who.person is not None:
        yield "person:named"
        yield from _of_person(who.person, words)
    elif who.words and who.words != source:
        yield from (f"stands for {trait}" for trait in _of_source(who.words, words) if not trait.startswith("before"))
    elif who.name is None:
        yield "person:without a name"


def _of_person(person: Profile, words: Lexicon) -> Iterator[str]:
    yield f"person mentioned:{'once' if person.mentions < 2 else 'a few times' if person.mentions < 8 else 'often'}"
    if person.has_age:
        yield "person:age"
    if not person.roles:
        yield "person:not described"
    for role in person.roles:
        kinds = [kind for kind in KINDS if role in words.roles[kind]]
        yield from (f"described as:{kind}" for kind in kinds)
        if role.isalpha():
            yield f"role:{role}"


def _of_words(found: list[str], place: str, words: Lexicon) -> Iterator[str]:
    """Common nouns as they are, listed names by their class, other names as names."""
    for word in found:
        low = word.lower()
        kinds = [kind for kind in KINDS if low in words.roles[kind]]
        yield from (f"{place} kind:{kind}" for kind in kinds)
        if word in words.outlets:
            yield f"{place} kind:outlet"
        elif low in words.countries:
            yield f"{place} kind:country"
        elif low in words.institutions:
            yield f"{place} kind:institution"
        if word[0].islower() or kinds:
            yield f"{place}:{low}"
        elif place == "head":
            yield "head:NAME"
