"""The chain of hearsay: who stands between the article and the source, as far as the words around the cue say so.

Two directions: the source is a person and an outlet only carries the words ("told Reuters"), or the source is an outlet that
names whom it has them from ("state media, quoting officials").
"""

import regex

from claimdesk.core.claim import hull
from claimdesk.core.suggest.attribution import Attribution
from claimdesk.core.suggest.kinds import kind_of
from claimdesk.core.suggest.lexicon import Lexicon, lexicon

REACH = 160
"""Code points before and behind source and cue that are read, within their sentence."""

_NAME = r"\p{Lu}[\p{L}\p{M}\p{N}&.’'-]*(?:\s(?:of\s|and\s|de\s|the\s)?(?:\p{Lu}[\p{L}\p{M}\p{N}&.’'-]*|\d+\b))*"
_COMMON = r"(?:[\p{Ll}-]+\s){0,3}?(?:newspaper|broadcaster|magazine|tabloid|radio\sstation|television|channel|station|website|agency|podcast)"
_OUTLET = (
    rf"(?:(?:[Tt]he|an?|its|his|her)\s+)?(?:\p{{Lu}}\p{{L}}+['’]s\s+)?"
    rf"(?P<outlet>(?:{_COMMON}\s)?{_NAME}|(?:\p{{Lu}}\p{{L}}+\s)?{_COMMON})"
)
_TOLD = regex.compile(rf"\b(?:told|tells|telling)\s+{_OUTLET}")
_CARRIED = regex.compile(
    rf"\b(?:[Ss](?:peaking|poke|peaks)\sto|[Tt]alking\sto"
    r"|(?:[Ii]n|[Dd]uring)\s(?:(?:an?|the|his|her|their)\s)?(?:[\p{L}-]+\s){0,3}?"
    r"(?:interviews?|remarks|comments|conversation|appearance|article|column|op-ed|essay|statement)"
    r"\s(?:with|to|for|on|in|published\s(?:in|by))"
    rf"|(?:reported|quoted|cited|published|carried)\s(?:by|in))\s+{_OUTLET}"
)
_ON_AIR = regex.compile(rf"\b(?:said|says|appearing|appeared|asked|spoke|speaking)\s(?:\p{{L}}+\s)?on\s+{_OUTLET}")
_REPORTED = regex.compile(
    rf"\baccording\sto\s+{_OUTLET}|(?:,|\bas)\s+{_OUTLET}\s+(?:(?:has|had|first)\s)?(?:reported|reports)\b"
)
_QUOTES = regex.compile(
    r"(?:,\s*(?:citing|quoting)|\bthat\s(?:quoted|cited)|\b(?:quoted|quotes|quoting|cited|cites|citing))\s+"
    r"(?P<whom>(?!from\b|in\b|as\b|it\b|him\b|her\b|them\b)[^,;:.“”\"\n]{2,80}?)(?=\s+as\s+(?:saying|telling)|\s+(?:said|reported|reports|says|wrote)\b|[,;:.\n]|$)"
)
_STOP = regex.compile(r"[.!?][”\"’')]*\s+(?=[\p{Lu}“\"‘(])|\n")
_PEOPLE_OF_THE_PRESS = regex.compile(
    r"\b(?:reporters?|journalists?|correspondents?|editors?|columnists?|anchors?|hosts?|moderators?|press)\b"
)
_BLANK = "\0"
_ARTICLE = regex.compile(r"^(?:the|a|an)\s+", regex.IGNORECASE)
_POSSESSIVE = regex.compile(r"(?:['’]s\b|(?<=s)['’]\s).*$")


def of(text: str, said: Attribution) -> tuple[str, ...]:
    """Names between the article and the source, nearest to the article first; none where the words do not say so.

    Of a person's words it is the outlet that carried them, of an outlet's those whom it quotes. Only the sentence around
    source and cue counts, without the content itself. Takes constant time in the length of the text.
    """
    if not said.source:
        return ()
    words = lexicon()
    source = " ".join(span.of(text) for span in said.source)
    cue = " ".join(span.of(text) for span in said.cue).split()
    around = _around(text, said)
    if kind_of(source, words) in {"media", "document"}:
        quoted = [match["whom"] for match in _QUOTES.finditer(around)]
        names = [name for name in quoted if name[0].isupper() or kind_of(name, words)]
    else:
        told = [match for match in _TOLD.finditer(around) if match.group().split()[0] in cue]
        found = [*told, *_CARRIED.finditer(around), *_ON_AIR.finditer(around), *_REPORTED.finditer(around)]
        names = [name for name in (_plain(match["outlet"]) for match in found) if _is_outlet(name, words)]
        names = [name for name in names if name.lower() not in source.lower()]
    return tuple(dict.fromkeys(_ARTICLE.sub("", name.strip()) for name in names))


def _around(text: str, said: Attribution) -> str:
    """The sentence around source and cue, and what follows the content in its own; the content's words are blanked out."""
    core = hull(said.source + said.cue)
    start = max(0, core.start - REACH)
    start = max((match.end() for match in _STOP.finditer(text, start, core.start + 1)), default=start)
    end = _sentence_end(text, core.end)
    letters = list(text[start:end])
    for span in said.content:
        for place in range(max(span.start, start), min(span.end, end)):
            letters[place - start] = _BLANK
    behind = hull(said.content).end
    return "".join(letters) + (_BLANK + text[behind : _sentence_end(text, behind)] if behind > end else "")


def _sentence_end(text: str, place: int) -> int:
    """Where the sentence ends in which `place` stands, not further on than REACH."""
    stop = _STOP.search(text, place, min(len(text), place + REACH))
    return stop.start() if stop else min(len(text), place + REACH)


def _plain(name: str) -> str:
    """The name without what it possesses: CNN's "State of the Union" is CNN."""
    return _POSSESSIVE.sub("", name).rstrip(".")


def _is_outlet(name: str, words: Lexicon) -> bool:
    return kind_of(name, words) == "media" and not _PEOPLE_OF_THE_PRESS.search(name)
