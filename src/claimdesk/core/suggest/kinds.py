"""What kind of source a noun phrase names, by its head noun: "a lawyer for the news outlets" is a lawyer, no outlet.

The kinds are attribution levels: media, document, anonymous, expert, official and witness.
"""

from collections.abc import Sequence
from itertools import pairwise

import regex

from claimdesk.core.suggest.lexicon import Lexicon

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}&]|[-.'’](?=[\p{L}\p{N}]))*%?")
_UNNAMED = regex.compile(
    r"\banonymity\b|\b(?:people|person|those|somebody|someone|man|woman|sources?) (?:familiar with|briefed on|close to|around|with "
    r"(?:direct )?knowledge of)|\bnot to be (?:named|identified)\b",
    regex.IGNORECASE,
)
_HEAD_ENDS = frozenset(
    "of for from at in with who whom whose that which to on about by into near against between familiar involved close around across throughout "
    "outside inside speaking after before during behind under over working based affiliated called named".split()
)
SPEAKS_FOR = frozenset("spokesman spokeswoman spokesperson spokesmen spokespeople spokespersons".split())
"""Nouns for those through whom a body speaks."""
PERSONAL = frozenset(
    "resident witness eyewitness bystander neighbour neighbor survivor victim mother father brother sister son daughter wife "
    "husband widow widower friend relative grandmother grandfather uncle aunt cousin girlfriend boyfriend villager farmer "
    "shopkeeper fisherman voter driver passenger tourist student pupil worker customer patient protester demonstrator fan "
    "supporter teenager man woman boy girl visitor teacher nurse doctor professor expert analyst scientist researcher economist "
    "official officer spokesman spokeswoman spokesperson minister mayor senator judge lawyer prosecutor source aide adviser "
    "person somebody someone reporter journalist owner manager director coach player captain pilot soldier diplomat".split()
)
"""Nouns for one person, who may go on as "he" or "she"."""
_PERCENT = frozenset("percent % per".split())
_PARTS = frozenset("majority minority third quarter half thirds quarters tenth two-thirds three-quarters".split())
_PART_OF = regex.compile(
    r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine)(?: (?:in|out of) (?:every )?)(?:\d+|three|four|five|ten)\b",
    regex.IGNORECASE,
)
_RESPONDENTS = frozenset(
    "voters respondents adults people americans britons those residents households students".split()
)
_HEADS_OF = frozenset(
    "heads runs leads directs founded director head president chief founder co-founder chair chairman chairwoman member executive dean".split()
)
_RESEARCH = frozenset(
    "university institute institution college school observatory laboratory lab museum studies research policy science "
    "sciences economics think-tank tax".split()
)
_COUNTED = frozenset(
    "one two three four five six seven eight nine ten several some many most all both another other".split()
)
_RESEARCH_BODIES = frozenset("foundation project center centre institute institution university".split())
_SOME_OF = regex.compile(
    r"^(?:(?:only |nearly |almost |about )?(?:one|two|three|four|five|some|many|several|most|all|both|any|none|each|few|others) of"
    r"|an? (?:(?:large|small|growing|wide|broad) )?(?:array|variety|number|group|handful|couple|panel|team|series|range|string|raft|host|lot) of"
    r"|(?:dozens|scores|hundreds|thousands|lots) of)(?: (?:the|his|her|its|their|our|my|these|those))?\s+",
    regex.IGNORECASE,
)
_SCHOLAR = regex.compile(r"(?:ologist|ologer|onomist|onomer|ographer|physicist)s?$")
_ARTICLES = frozenset("a an the".split())
_OF_PARTY = regex.compile(r"\((?:[RDI]|Lab|Con|Lib Dem|SNP)\b")
_LAWYERS = frozenset("lawyer attorney solicitor barrister".split())
_FIELDS_OF_LAW = frozenset(
    "election tax immigration constitutional bankruptcy employment rights ethics environmental land-use patent antitrust labor labour".split()
)
_PRACTISES = frozenset("in at with".split())
NOBODY_IN_PARTICULAR = frozenset("a an one another some many most several few numerous other fellow top".split())
"""First words of those who are only counted among their like."""
PARTISANS = frozenset("republican democrat conservative liberal independent libertarian".split())
_POLITICIANS = (
    frozenset(
        "lawmaker legislator senator congressman congresswoman strategist "
        "democrats republicans conservatives liberals lawmakers legislators senators representatives politicians leaders "
        "ministers mps".split()
    )
    | PARTISANS
)
_PRESS_BODIES = frozenset("agency service network group organisation organization board".split())
PRESS = frozenset(
    "editorial editorials papers publications media press news newspaper newspapers tv television radio broadcast".split()
)
"""Nouns for the press as a whole, or what is published; none is a person's title."""


def _written(phrase: str) -> list[str]:
    return [word.replace("’", "'").removesuffix("'s").rstrip(".") for word in _WORD.findall(phrase)]


def words_in(phrase: str) -> list[str]:
    """The words of a phrase in lower case, without possessive endings."""
    return [word.lower() for word in _written(phrase)]


def split_head(phrase: str) -> tuple[list[str], list[str]]:
    """The words of a noun phrase up to its head noun, and those behind it, as they are written."""
    first = _written(phrase.split(",")[0].split("(")[0])
    stop = _head_end([word.lower() for word in first])
    return first[:stop], first[stop:] + _written(phrase[len(phrase.split(",")[0]) :])


def _head_end(low: Sequence[str]) -> int:
    """Where the words up to the head noun end: a lawyer | for the bank; an inside source |."""
    ends = (at for at in range(1, len(low)) if low[at] in _HEAD_ENDS and low[at - 1] not in _ARTICLES)
    return next(ends, len(low))


def kind_of(phrase: str, words: Lexicon) -> str | None:
    """The kind of source that `phrase` names; None where it is only a name, a pronoun or a noun that is not listed."""
    if _UNNAMED.search(phrase):
        return "anonymous"
    if _PART_OF.search(phrase) or is_share(words_in(phrase.split(",")[0])):
        return "document"
    written = _written(_SOME_OF.sub("", phrase).split(",")[0])
    if not written:
        return None
    low = [word.lower() for word in written]
    stop = _head_end(low)
    head = low[:stop]
    if low == ["some"] or (low[0] in NOBODY_IN_PARTICULAR and head[-1] in _POLITICIANS and "," not in phrase):
        return "anonymous"
    if SPEAKS_FOR & set(low) or _OF_PARTY.search(phrase):
        return "official"
    if any(" ".join(head).endswith(outlet) for outlet in words.phrases["media"]):
        return "media"
    if low[stop - 1].removesuffix("s") in words.peoples and low[stop - 1].endswith("s"):
        return "witness"
    press = is_press(" ".join(written[:stop]), words)
    return _by_head(head, low, words, press=press) or _by_name(low, words, press=press)


def is_share(low: Sequence[str]) -> bool:
    """Whether a share of people speaks: 52 percent of registered voters; a third of those asked; no minority leader."""
    if any(word in _PERCENT or word.endswith("%") for word in low[:4]) or low[-1:] in (["polled"], ["surveyed"]):
        return True
    if low[-1:] == ["third"] or any(word in _PARTS and behind in {"of", "who"} for word, behind in pairwise(low[:6])):
        return True
    counted = any(first.isdigit() or first in _COUNTED for first in low[:2])
    return (
        counted
        and "of" in low[1:4]
        and any(word.isdigit() or word == "ten" for word in low)
        and bool(_RESPONDENTS & set(low))
    )


def _by_head(head: Sequence[str], low: Sequence[str], words: Lexicon, *, press: bool) -> str | None:
    """The kind of the last word of the head that is listed."""
    joined = " ".join(low)
    if head[-1] in words.roles["document"]:
        return _refined("document", head[-1], head, low, press=press)
    for phrase in words.phrases["expert"]:
        if phrase in joined and not {"spokesman", "minister", "president"} & set(head):
            return "expert"
    head = head[1:] if head[0] == "fellow" and len(head) > 1 else head
    if head[-1] == "dr" and (words.roles["official"] - words.institutions) & set(head):
        head = head[:-1]  # an office goes before a doctor's title
    for word in reversed(head):
        for kind, nouns in words.roles.items():
            if word in nouns:
                return _refined(kind, word, head, low, press=press)
        if is_scholar(word):
            return "expert"
    return None


def _refined(kind: str, word: str, head: Sequence[str], low: Sequence[str], *, press: bool) -> str:
    """The kind of a listed noun in its company: a report of an outlet is press, the director of an institute an expert."""
    if word in {"report", "reports", "journal", "journals"}:
        return "media" if press or (word == "reports" and len(head) <= 2) else "document"
    if kind == "official" and press and word in _PRESS_BODIES:
        return "media"
    if word in _LAWYERS and _knows_a_field_of_law(word, low):
        return "expert"
    if kind == "official" and (
        (word in _HEADS_OF and _RESEARCH & set(low)) or (word in _RESEARCH_BODIES and _RESEARCH & set(low))
    ):
        return "expert"
    return kind


def _knows_a_field_of_law(word: str, low: Sequence[str]) -> bool:
    """Whether a lawyer is asked for the law and not for a client: an election lawyer; a lawyer in Leeds, not one for the bank."""
    at = low.index(word)
    if any(other == "for" or other.startswith("represent") for other in low[at:]):
        return False
    return (
        low[at - 1] in _FIELDS_OF_LAW
        or (low[at + 1 : at + 2] or [""])[0] in _PRACTISES
        or any("speciali" in one for one in low)
    )


def is_scholar(word: str) -> bool:
    """Whether a lower-case noun names somebody after their science: glaciologists, an astronomer."""
    return _SCHOLAR.search(word) is not None


def is_press(phrase: str, words: Lexicon) -> bool:
    """Whether a phrase names an outlet or speaks of the press."""
    written = _written(phrase)
    joined = " ".join(written).lower()
    return (
        bool(words.outlets & set(written))
        or bool(PRESS & set(joined.split()))
        or any(p in joined for p in words.phrases["media"])
    )


def _by_name(low: Sequence[str], words: Lexicon, *, press: bool) -> str | None:
    """Outlets and states by their names."""
    if press:
        return "media"
    names = " ".join(low).removeprefix("both ").split(" and ")
    return "official" if all(name.removeprefix("the ") in words.countries for name in names) else None
