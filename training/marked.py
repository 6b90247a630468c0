"""Texts with their attributions marked in place: "[The ministry] {said} <the dam would hold>."."""

import regex

from claimdesk.core.claim import Span
from claimdesk.core.suggest.attribution import Attribution

_MARKS = {"[": "source", "{": "cue", "<": "content"}
_CLOSING = frozenset("]}>")
_SENTENCE_ENDS = regex.compile(r"(?<=[.”]) (?=[^a-z])")


def read(marked: str) -> tuple[str, list[Attribution]]:
    """The text without its marks, and an attribution for each sentence that marks a cue.

    A full stop or a closing quotation mark ends a sentence if no small letter follows, so titles go without a full stop.
    """
    text, said = "", []
    for sentence in _SENTENCE_ENDS.split(marked):
        spans: dict[str, list[Span]] = {"source": [], "cue": [], "content": []}
        opened = ("", 0)
        for letter in sentence:
            if letter in _MARKS:
                opened = (_MARKS[letter], len(text))
            elif letter in _CLOSING:
                spans[opened[0]].append(Span(opened[1], len(text)))
            else:
                text += letter
        text += " "
        if spans["cue"]:
            said.append(Attribution(tuple(spans["content"]), tuple(spans["source"]), tuple(spans["cue"]), 1.0))
    return text, said
