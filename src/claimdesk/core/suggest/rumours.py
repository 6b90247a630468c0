"""What nobody in particular says: "it is believed that …", "speculation that …", "rumours spread that …".

The corpus that the tagger learned from has few of these; a handful of phrases finds those that it misses, and keeps it from
naming a source for them that only stands nearby.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import regex

from claimdesk.core.claim import Span
from claimdesk.core.suggest.attribution import Attribution
from claimdesk.core.suggest.edges import tidy

CONFIDENCE = 0.6
_NOUN = r"(?:speculation|rumou?rs?|whispers|suspicions?)"
_RUMOUR = regex.compile(
    rf"""
    \b(?P<cue>it\s(?:is|was|has\sbeen|had\sbeen)\s(?:\p{{L}}+ly\s)?(?:believed|thought|feared|rumou?red|suspected|speculated|assumed))
        \s(?P<content>that\s[^\n]+?)
    | \b(?P<cue>{_NOUN}(?:\s(?:has|have|is|are|was|were)?\s?(?:\p{{L}}+\s){{0,2}}?(?:spread|circulat\p{{L}}+|gr[eo]w\p{{L}}*|mount\p{{L}}*))?)
        \s(?P<content>that\s[^\n]+?)
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
_END = regex.compile(r"[.!?](?:[”\"’']|\s|$)")
_OWN = regex.compile(r"['’]s?\s*$|\b(?:his|her|their|its|my|our)\s*$", regex.IGNORECASE)
_IS_SAID = regex.compile(r"\b(?:believed|thought|feared|rumou?red|suspected|speculated|assumed)\b", regex.IGNORECASE)
_IS_RUMOUR = regex.compile(rf"\b{_NOUN}\b", regex.IGNORECASE)


def rumours(text: str, lines: Iterable[Span], said: Iterable[Attribution]) -> Iterator[Attribution]:
    """The rumours in `lines` whose cue none of `said` has; their source is empty."""
    taken = {at for one in said for span in (*one.cue, *one.source) for at in range(span.start, span.end)}
    for line in lines:
        for match in _RUMOUR.finditer(text, line.start, line.end):
            start, end = match.span("cue")
            if taken.isdisjoint(range(start, end)) and not _OWN.search(text, max(line.start, start - 30), start):
                stop = _END.search(text, match.start("content"), line.end)
                content = Span(match.start("content"), stop.start() if stop else line.end)
                yield Attribution(tidy(text, [content]), (), (Span(start, end),), CONFIDENCE)


def of_nobody(text: str, said: Attribution) -> Attribution:
    """The attribution without a source where its cue is a rumour, unless the rumour is somebody's: her suspicion that …"""
    cue = said.cue[0] if said.cue else None
    source = said.source[0] if said.source else None
    if source is None or _is_rumour(text, source):
        return replace(said, source=(), cue=said.cue or said.source) if source is not None else said
    if cue is not None and source.of(text).lower() == "it" and _IS_SAID.search(text, cue.start, cue.end):
        return replace(said, source=(), cue=(Span(min(source.start, cue.start), cue.end),))
    if cue is None or not _is_rumour(text, cue):
        return said
    owned = source.end <= cue.start and cue.start - source.end <= 1
    return said if owned or _OWN.search(text, source.start, source.end) else replace(said, source=())


def _is_rumour(text: str, span: Span) -> bool:
    return span.end - span.start <= 60 and _IS_RUMOUR.search(text, span.start, span.end) is not None
