"""What the search takes for a word, in every script, and what a person who searches means by a query.

A word is compared without case, accents, Arabic and Hebrew vowel points and invisible characters; the vowel signs of Indic
scripts belong to it. Where a script writes no spaces each letter counts as a word, so that a part of a sentence is found.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

import regex

from claimdesk.core.claim import Span
from claimdesk.core.text import normalise

MOST_WORDS = 64
"""Words of a query that are looked for; what a query has beyond them is left out."""

_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_LETTERS = r"\p{L}\p{N}\p{Co}\p{Mn}\p{Mc}"
_HIDDEN = "\u00ad\u061c\u200c-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
_RUN = regex.compile(f"[{_LETTERS}{_HIDDEN}]++")
_WORD = regex.compile(
    rf"(?V1)[[{_UNSPACED}]&&[\p{{L}}\p{{N}}]][\p{{Mn}}\p{{Mc}}]*+"
    rf"|[[{_LETTERS}]--[{_UNSPACED}]](?:[{_HIDDEN}]*+[[{_LETTERS}]--[{_UNSPACED}]])*+"
)
_UNWRITTEN = regex.compile(f"[{_HIDDEN}\u0640]")
_HANGUL = regex.compile(r"\p{Hangul}")
_PARTS = regex.compile('["“”„«»]([^"“”„«»]*)(?:["“”„«»]|$)|([^\\s"“”„«»]+)')


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must stand side by side; where `begins` is set the last of them may go on."""

    words: tuple[str, ...]
    begins: bool


Query = tuple[Phrase, ...]
"""Phrases that must all occur; none where nothing is asked."""


def read(query: str) -> Query:
    """What a person means: all words, “quoted words” side by side, the last word and Korean ones perhaps longer.

    A single letter is no beginning of a word, but a Korean syllable is. Punctuation only parts words.
    """
    phrases: list[tuple[tuple[str, ...], bool]] = []
    room = MOST_WORDS
    for part in _PARTS.finditer(normalise(query)):
        words = tuple(word for word, _, _ in words_of(part[1] or part[2] or ""))[:room]
        room -= len(words)
        if words:
            phrases.append((words, part[2] is None))
    return tuple(
        Phrase(words, _begins(words[-1], last=at == len(phrases) and not quoted))
        for at, (words, quoted) in enumerate(phrases, 1)
    )


def _begins(word: str, *, last: bool) -> bool:
    return _HANGUL.search(word) is not None or (last and len(word) > 1)


def words_of(text: str, start: int = 0) -> Iterator[tuple[str, int, int]]:
    """The words of a text from `start` on as they are compared, each with its start and end."""
    for run in _RUN.finditer(text, start):
        for word, first, end in _parted(run[0]):
            yield word, run.start() + first, run.start() + end


def folded(text: str) -> str:
    """The words of a text as the index keeps them."""
    if text.isascii():  # SQLite parts and folds these alike
        return text
    return " ".join(word for run in _RUN.findall(text) for word, _, _ in _parted(run))


@lru_cache(maxsize=1 << 16)
def _parted(run: str) -> tuple[tuple[str, int, int], ...]:
    """The words in a run of letters, with their places in it."""
    if run.isascii():
        return ((run.lower(), 0, len(run)),)
    words = ((_bare(found[0]), *found.span()) for found in _WORD.finditer(run))
    return tuple(word for word in words if word[0])


def _bare(word: str) -> str:
    """A word without what it may be written without."""
    letters = unicodedata.normalize("NFD", _UNWRITTEN.sub("", word).casefold())
    return unicodedata.normalize("NFC", "".join(letter for letter in letters if not _is_accent(letter)))


def _is_accent(letter: str) -> bool:
    """Whether it is an accent or a vowel point; vowel signs and nukta of Indic scripts have other combining classes."""
    place = unicodedata.combining(letter)
    return 10 <= place <= 36 or place >= 200


def found(text: str, query: Query) -> Iterator[tuple[Span, int]]:
    """Where the phrases of a query stand in a text, in text order, and which of them it is."""
    known: dict[str, list[tuple[int, int]]] = {}
    for run in _RUN.finditer(text):
        letters = run[0]
        if letters not in known:
            known[letters] = _beginnings(letters, query)
        for start, at in known[letters]:
            end = _end(text, run.start() + start, query[at])
            if end is not None:
                yield Span(run.start() + start, end), at


def _beginnings(run: str, query: Query) -> list[tuple[int, int]]:
    """Where in a run of letters phrases may begin, and which."""
    return [(start, at) for word, start, _ in _parted(run) for at, phrase in enumerate(query) if _fits(word, phrase, 0)]


def _end(text: str, start: int, phrase: Phrase) -> int | None:
    """Where the phrase ends that begins at `start`; None if it does not stand there."""
    words = list(islice(words_of(text, start), len(phrase.words)))
    if len(words) == len(phrase.words) and all(_fits(word, phrase, at) for at, (word, _, _) in enumerate(words)):
        return words[-1][2]
    return None


def _fits(word: str, phrase: Phrase, at: int) -> bool:
    """Whether a word may be the phrase's word at a place."""
    asked = phrase.words[at]
    return word == asked or (phrase.begins and at == len(phrase.words) - 1 and word.startswith(asked))
