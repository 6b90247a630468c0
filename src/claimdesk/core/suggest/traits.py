"""What tells of an attribution's level: its traits, which the learned part weighs, each with the words in which it was seen.

A trait is "kind:value". Names are never traits: a person counts as a person, and by the words that describe them.
"""

from collections.abc import Iterator

import regex

from claimdesk.core.claim import hull, words_of
from claimdesk.core.suggest.attribution import Attribution
from claimdesk.core.suggest.kinds import is_press, kind_of, split_head, words_in
from claimdesk.core.suggest.lexicon import KINDS, Lexicon
from claimdesk.core.suggest.names import NOT_A_NAME
from claimdesk.core.suggest.portraits import Profile
from claimdesk.core.suggest.sources import NOBODY, Who

Traits = dict[str, str]
"""Each trait with the words of the article in which it was seen, where there are any."""
Seen = Iterator[tuple[str, str]]

_QUOTED = regex.compile(r"[“\"]|''|‘")
_SELF = regex.compile(r"\b(?:I|I['’]\w+|my|me|myself|mine)\b")
_OURS = regex.compile(r"\b(?:we|we['’]\w+|our|us|ours)\b", regex.IGNORECASE)
_FIGURE = regex.compile(r"\d|\bpercent\b")
_NEGATED = regex.compile(r"\b(?:not|never|no|none|nothing|neither|nor|\w+n['’]t)\b", regex.IGNORECASE)
_AGE = regex.compile(r",\s*\d{1,3}\b")
_PRONOUNS = frozenset("he she they it i we you who which that whose his her their its my our your this".split())
_DETERMINERS = frozenset(
    "a an the some many several most all every each any few no one two three four five another other his her its their "
    "these those both".split()
)
_MODALS = frozenset("would could may might can will should must".split())
_BE = frozenset("is are was were be been being".split())
_AUXILIARIES = _BE | frozenset("has have had do does did to also now not".split())
_OPENINGS = frozenset("that to what how whether if".split())
_LONG_CUE = 3
_BEHIND_HEAD = 12
_OFTEN = 8
_FEW = 3
_POLITICS = (0.012, 0.024)
"""Shares of an article's words that name offices and bodies; political news is mostly above both."""
_IN_WORDS = {
    "head": "source is “{}”",
    "head kind": "source is “{}”",
    "before": "source is described with “{}”",
    "before kind": "source is described with “{}”",
    "behind": "source is described with “{}”",
    "behind kind": "source is described with “{}”",
    "described as": "source is described with “{}” in the article",
    "role": "source is described with “{}” in the article",
    "pronoun": "source is “{}”",
    "person mentioned": "source is named {} in the article",
    "cue": "cue “{}”",
    "cue group": "cue “{}”",
    "cue modal": "cue with “{}”",
}
_COMMONPLACE = frozenset({"cue:say", "cue group:clause"})
_PLAIN = {
    "person:followed": "the article speaks of their campaign, their policy or of votes for them",
    "person:age": "source is given with an age",
    "person:not described": "nothing in the article describes the source",
    "person:without a name": "source has no name",
    "content:says I": "the words claimed say “I”",
    "content:says we": "the words claimed say “we”",
    "shape:plural": "source is several people without a name",
}


def traits(text: str, said: Attribution, who: Who, words: Lexicon) -> Traits:
    """The traits of one attribution of `text`, whose source is `who`."""
    found = dict(_of_cue(words_of(text, said.cue), words)) | dict(_of_content(words_of(text, said.content)))
    if not said.source:
        found["source:none"] = ""
        return found if who == NOBODY else found | dict(_of_somebody("", who, words))
    source = hull(said.source).of(text)
    return found | dict(_of_source(source, words)) | dict(_of_somebody(source, who, words))


def in_words(trait: str, seen: str) -> str | None:
    """A trait as a reason that a person understands; None for one that tells people nothing."""
    plain = trait.removeprefix("stands for ")
    template = None if plain in _COMMONPLACE else _IN_WORDS.get(plain.partition(":")[0])
    return template.format(seen) if template and seen else _PLAIN.get(plain)


def cue_lemma(cue: str, words: Lexicon) -> str:
    """The lemma of the verb that a cue is of, else its last word."""
    low = words_in(cue)
    telling = [word for word in low if word not in _AUXILIARIES | _MODALS] or low
    verbs = [words.verbs[word].lemma for word in telling if word in words.verbs]
    return verbs[0] if verbs else telling[-1] if telling else ""


def cue_groups(cue: str, words: Lexicon) -> frozenset[str]:
    """The groups of cues that the verbs of a cue belong to."""
    return frozenset[str]().union(*(words.verbs[word].groups for word in words_in(cue) if word in words.verbs))


def _of_cue(cue: str, words: Lexicon) -> Seen:
    low = words_in(cue)
    yield f"cue:{cue_lemma(cue, words) or cue.strip() or 'none'}", cue
    for group in sorted(cue_groups(cue, words)):
        yield f"cue group:{group}", cue
    for word in low:
        if word in _MODALS:
            yield f"cue modal:{word}", word
    if low and not any(word in words.verbs for word in low):
        yield "cue form:no verb of saying", ""
    if is_press(cue, words):
        yield "cue form:names an outlet", ""
    if _NEGATED.search(cue):
        yield "cue form:negated", ""
    if len(low) > _LONG_CUE:
        yield "cue form:long", ""
    if _BE & set(low[:-1]) and low[-1].endswith(("ed", "en")):
        yield "cue form:passive", ""


def _of_content(content: str) -> Seen:
    if _QUOTED.search(content[:3]):
        yield "content:quoted", ""
    elif _QUOTED.search(content):
        yield "content:partly quoted", ""
    told = {"says I": _SELF, "says we": _OURS, "has figures": _FIGURE, "negated": _NEGATED}
    for name, pattern in told.items():
        if pattern.search(content):
            yield f"content:{name}", ""
    if "?" in content:
        yield "content:asks", ""
    first = content.split(maxsplit=1)[0].lower() if content.strip() else "nothing"
    if first in _OPENINGS or first == "nothing":
        yield f"content begins:{first}", ""


def _of_source(source: str, words: Lexicon) -> Seen:
    """What the words of the source tell by themselves."""
    low = words_in(source)
    if not low:
        return
    if len(low) == 1 and low[0] in _PRONOUNS:
        yield f"pronoun:{low[0]}", source
        return
    yield f"phrase:{kind_of(source, words) or 'of no known kind'}", ""
    head, tail = split_head(source)
    if low[0] in _DETERMINERS or low[0].isdigit():
        yield f"determiner:{'number' if low[0].isdigit() else low[0]}", ""
    elif head and head[0][0].islower():
        yield "determiner:none", ""
    if head:
        yield from _of_shape(head)
        yield from _of_words(head[-1:], "head", words)
        yield from _of_words(head[:-1], "before", words)
    yield from _of_words(tail[:_BEHIND_HEAD], "behind", words)
    if _AGE.search(source):
        yield "shape:age", ""


def _of_shape(head: list[str]) -> Seen:
    if all(word.isupper() for word in head if word[0].isalpha()):
        yield "shape:capitals", ""
    elif head[-1][0].isupper():
        yield "shape:name", ""
    else:
        yield "shape:common noun", ""
        if head[-1].endswith("s"):
            yield "shape:plural", ""


def _of_somebody(source: str, who: Who, words: Lexicon) -> Seen:
    """What the article tells of those whom the words stand for."""
    yield f"known:{who.kind or 'of no known kind'}", ""
    if who.person is not None:
        yield from _of_person(who.person, words)
    elif who.words and who.words != source:
        yield from ((f"stands for {trait}", seen) for trait, seen in _of_source(who.words, words))
    elif who.name is None:
        yield "person:without a name", ""


def _of_person(person: Profile, words: Lexicon) -> Seen:
    yield "person:named", ""
    often = "once" if person.mentions < 2 else "a few times" if person.mentions < _OFTEN else "often"
    yield f"person mentioned:{often}", often
    if person.has_age:
        yield "person:age", ""
    if person.kind is None:
        count = person.office_holders
        yield f"office-holders in the article:{'none' if not count else 'few' if count <= _FEW else 'many'}", ""
    for kind in sorted(person.kinds):
        yield f"known as:{kind}", ""
    if len(person.kinds) > 1:
        yield "known as:several", ""
    if person.is_followed:
        yield "person:followed", ""
    if person.was_once:
        yield "person:former", ""
    if not person.is_followed and not person.kinds:
        share = person.politics
        yield f"politics:{'little' if share < _POLITICS[0] else 'some' if share < _POLITICS[1] else 'much'}", ""
    if not person.roles:
        yield "person:not described", ""
    for role in sorted(person.roles):
        kinds = _kinds(role, words)
        for kind in kinds:
            yield f"described as:{kind}", role
        # Listed words only: whatever else describes a person may be a name.
        if role in words.titles or (kinds and kinds != ["document"]):
            yield f"role:{role}", role


def _of_words(found: list[str], place: str, words: Lexicon) -> Seen:
    """Common nouns as they are, listed names by their class, other names as names."""
    for word in found:
        low = word.lower()
        kinds = _kinds(low, words)
        for kind in kinds:
            yield f"{place} kind:{kind}", word
        if word in words.outlets:
            yield f"{place} kind:outlet", word
        elif low in words.countries:
            yield f"{place} kind:country", word
        elif low in words.institutions:
            yield f"{place} kind:institution", word
        if word[0].islower() or kinds:
            yield f"{place}:{low}", "" if low in NOT_A_NAME else word
        elif place == "head":
            yield "head:NAME", ""


def _kinds(word: str, words: Lexicon) -> list[str]:
    return [kind for kind in KINDS if word in words.roles[kind]]
