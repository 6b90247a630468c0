"""Articles with their attributions marked in place: "[The ministry] {said} <the dam would hold>."."""

import regex

from claimdesk.core.claim import Span, hull
from claimdesk.core.suggest.attribution import Attribution
from claimdesk.core.suggest.levels import Decision, level_of
from claimdesk.core.suggest.lexicon import lexicon
from claimdesk.core.suggest.sources import NOBODY, Register, Who

_MARKS = {"[": "source", "{": "cue", "<": "content"}
_CLOSING = frozenset("]}>")


def read(marked: str) -> tuple[str, list[Attribution]]:
    """The text without its marks, and one attribution for each sentence that holds marks (cut where “.” or a quotation ends)."""
    text, said = "", []
    for sentence in regex.split(r"(?<=[.”]) (?=[^a-z])|(?<=\n)", marked):
        spans: dict[str, list[Span]] = {"source": [], "cue": [], "content": []}
        opened: list[tuple[str, int]] = []
        for letter in sentence:
            if letter in _MARKS:
                opened.append((_MARKS[letter], len(text)))
            elif letter in _CLOSING:
                role, start = opened.pop()
                spans[role].append(Span(start, len(text)))
            else:
                text += letter
        text += "" if text.endswith("\n") else " "
        if any(spans.values()):
            said.append(Attribution(tuple(spans["content"]), tuple(spans["source"]), tuple(spans["cue"]), 1.0))
    return text, said


def decided(marked: str) -> list[tuple[Who, Decision]]:
    """Who speaks, and the level, of each marked attribution."""
    text, said = read(marked)
    register = Register(text, lexicon())
    found = []
    for one in said:
        who = register.who(hull(one.source).of(text), hull(one.source).start) if one.source else NOBODY
        found.append((who, level_of(text, one, who, lexicon())))
    return found
