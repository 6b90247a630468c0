"""The absence of speech makes no claim: "declined to comment", "did not respond to questions", "asked not to be named"."""

import regex

from claimdesk.core.claim import words_of
from claimdesk.core.suggest.attribution import Attribution

_ASKED = r"comments?|questions?|requests?|inquir\w+|enquir\w+|calls?|e-?mails?|messages?|interviews?|letters?"
_SILENT = regex.compile(
    rf"""
    \b(?:declin|refus)\w*\b .{{0,40}} \b(?:to\s)?(?:comment|answer|elaborate|respond|reply|discuss|be\s(?:named|interviewed|identified))\b
    | \b(?:not|never|n['’]t|no\slonger)\b .{{0,20}} \b(?:respond|repl\w+|answer|comment|return|available|reached)\b
      (?: .{{0,40}} \b(?:{_ASKED})\b | \W*$ )
    | \bnot\sto\sbe\s(?:named|identified|quoted)\b | \b(?:could\snot|couldn['’]t)\sbe\sreached\b | \bno\scomment\b
    | \b(?:would|could|did)(?:\snot|n['’]t)\s(?:say|comment|elaborate|specify|disclose|confirm)\b
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
_EMPTY = frozenset("this that it so no yes what which who whom how why them".split())
_DENIES = regex.compile(r"\b(?:den|disput|reject|dismiss|refut|rebut|contest)\w*", regex.IGNORECASE)
_WORDS = 16
"""Words of cue and content together at most: a longer sentence says more than that somebody was silent."""


def is_no_claim(text: str, said: Attribution) -> bool:
    """Whether an attribution asserts nothing: silence, or nothing but a word that stands for something else.

    A denial of such a word ("denied this") is a claim all the same; what it denies is told by its link.
    """
    if is_silence(text, said):
        return True
    content = words_of(text, said.content).strip("“”\"'’ ")
    return content.lower() in _EMPTY and _DENIES.search(words_of(text, said.cue)) is None


def is_silence(text: str, said: Attribution) -> bool:
    """Whether an attribution only tells that somebody did not speak."""
    spans = sorted((*said.cue, *said.content))
    words = text[spans[0].start : spans[-1].end]
    return len(words.split()) <= _WORDS and _SILENT.search(words) is not None
