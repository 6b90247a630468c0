"""Attributions in languages that the tagger was not trained on: quotation marks and a list of cues, with low confidence.

A cue is looked for in each sentence; what stands where the language puts the source and the content becomes just that.
This finds the plain cases only, and the window says so.
"""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import regex

from claimdesk.core.claim import Span, Suggestion
from claimdesk.core.suggest.edges import tidy
from claimdesk.core.suggest.segments import Quote, Sentence

CONFIDENCE = 0.3
Range = tuple[int, int]

SOURCE_WORDS = 9
"""Words of a source at most: what is longer was cut wrongly."""
_ROLES = ("official", "media", "expert", "anonymous", "witness", "document")
_PUNCTUATION = regex.compile(r"[,:;،؛—–।“”„»«\"]|\s-\s")
FEWEST = 2
"""Words of a content at least."""
_COMMAS = " ,،—–-"
_NAME = regex.compile(r"(?!(?:D(?:er|ie|as)|Eine?|Les?|La|El|Los|Las) )\p{Lu}\p{Ll}+(?:[ -]\p{Lu}\p{Ll}+)+")
"""A name in a script with capitals: two capitals at least, of which German nouns in a row may also be one."""
_TOPIC = regex.compile(r"(?P<source>.{1,60}?)(?:은|는|이|가|께서)\s+")
_NO_NAME = regex.compile(
    r"(?:\s+(?:ने|a|ont|avait|avaient|hat|haben|hatte|hatten|ha|han|había|habían)|(?<=\p{Hangul})에(?:게)?)?\s*$"
)
"""What stands between a source and its cue and is no part of the name: a mark of the one who acts, an auxiliary verb."""
_POSTPOSED = frozenset({"के"})
"""First words of phrases like "according to" that stand behind the source."""


@dataclass(frozen=True, slots=True)
class Cues:
    """The words of one language; see languages.toml."""

    order: str
    cues: frozenset[str]
    denial: frozenset[str]
    that: frozenset[str]
    by: tuple[tuple[str, ...], ...]
    roles: dict[str, tuple[str, ...]]


@cache
def languages() -> dict[str, Cues]:
    """The languages that have a list, by BCP 47 tag."""
    path = Path(__file__).with_name("languages.toml")
    return {tag: _cues(words) for tag, words in tomllib.loads(path.read_text(encoding="utf-8")).items()}


def suggestions(text: str, found: Sequence[Sentence], quotes: Sequence[Quote], language: str) -> Iterator[Suggestion]:
    """The attributed claims of sentences in a language that has a list; raises KeyError for any other."""
    words = languages()[language]
    for sentence in found:
        suggestion = _of_sentence(text, sentence, quotes, words)
        if suggestion is not None:
            yield suggestion


def _cues(words: dict[str, str]) -> Cues:
    sets = {name: frozenset(words[name].split()) for name in ("cues", "denial", "that")}
    by = tuple(tuple(phrase.split("_")) for phrase in words["by"].split())
    return Cues(words["order"], by=by, roles={role: tuple(words[role].split()) for role in _ROLES}, **sets)


def _of_sentence(text: str, sentence: Sentence, quotes: Sequence[Quote], words: Cues) -> Suggestion | None:
    tokens = sentence.tokens
    at = next((i for i, token in enumerate(tokens) if token.low in words.cues | words.denial and token.quote < 0), None)
    if at is None:
        return _by(text, sentence, words)
    quoted = [(q.start, q.end) for q in quotes if sentence.start <= q.start and q.end <= sentence.end]
    source, content = _parts(text, sentence, at, quoted, words)
    cue = Span(tokens[at].start, tokens[at].end)
    return _suggestion(text, content, source, cue, words, denies=tokens[at].low in words.denial)


def _by(text: str, sentence: Sentence, words: Cues) -> Suggestion | None:
    """The claim of a sentence with "according to": before a comma, behind one, or behind the source as in Hindi and Korean."""
    tokens = sentence.tokens
    for at, phrase in ((at, phrase) for at in range(len(tokens)) for phrase in words.by):
        if tuple(token.low for token in tokens[at : at + len(phrase)]) != phrase or tokens[at].quote >= 0:
            continue
        cue = Span(tokens[at].start, tokens[at + len(phrase) - 1].end)
        before, behind = (sentence.start, cue.start), (cue.end, sentence.end)
        comma = _PUNCTUATION.search(text, *behind)
        if at and (words.order == "sov" or phrase[0] in _POSTPOSED):
            source, content = before, behind
        elif at == 0 and comma is not None:
            source, content = (behind[0], comma.start()), (comma.end(), behind[1])
        elif at and text[: before[1]].rstrip()[-1:] in _COMMAS:
            source, content = behind, before
        else:
            continue
        near = _near(text, source, last=source is before)
        if near:
            return _suggestion(text, [content], near, cue, words, denies=False)
    return None


def _suggestion(
    text: str, content: Sequence[Range], source: Sequence[Range], cue: Span, words: Cues, *, denies: bool
) -> Suggestion | None:
    contents, sources = (tidy(text, [Span(*one) for one in ranges if one[0] < one[1]]) for ranges in (content, source))
    if not contents or (len(contents) == 1 and len(contents[0].of(text).split()) < FEWEST):
        return None
    said_by = " ".join(span.of(text) for span in sources)
    level = "denial" if denies else _level(said_by, words)
    name = _NAME.search(said_by)
    reason = f"cue “{cue.of(text)}” of a list; the source and the words were told by their place"
    return Suggestion(
        contents, sources, (cue,), level, name.group() if name else None, confidence=CONFIDENCE, reason=reason
    )


def _parts(
    text: str, sentence: Sentence, at: int, quoted: Sequence[Range], words: Cues
) -> tuple[list[Range], list[Range]]:
    """Source and content of the cue at token `at`."""
    tokens = sentence.tokens
    before, after = (sentence.start, tokens[at].start), (tokens[at].end, sentence.end)
    if words.order == "sov":
        return _topic_first(text, before, quoted)
    that = next((token for token in tokens[at + 1 :] if token.low in words.that and token.quote < 0), None)
    if that is not None:
        beside, last = ((after[0], that.start), False) if words.order == "vso" else (before, True)
        return _near(text, beside, last=last), [(that.end, sentence.end)]
    if quoted:
        postposed = words.order == "vso" or not _NO_NAME.sub("", text[quoted[-1][1] : before[1]]).strip(_COMMAS)
        behind = postposed and (words.order == "vso" or quoted[0][1] <= before[1])
        return _near(text, after if behind else before, last=not behind), list(quoted)
    colon = text.find(":", *after)
    if colon >= 0:
        return _near(text, before, last=True), [(colon + 1, after[1])]
    if words.order == "svo" and text[before[0] : before[1]].rstrip(" ")[-1:] in _COMMAS:
        return _near(text, after, last=False), [before]
    return _near(text, before, last=True), [after]


def _topic_first(text: str, before: Range, quoted: Sequence[Range]) -> tuple[list[Range], list[Range]]:
    """Korean: the source ends with a particle of topic or subject, the content follows up to the cue."""
    topic = _TOPIC.match(text, *before)
    if topic is None:
        return [], list(quoted) or [before]
    rest = [(topic.end(), before[1])]
    return [topic.span("source")], [one for one in quoted if one[0] >= topic.end()] or rest


def _near(text: str, beside: Range, *, last: bool) -> list[Range]:
    """The words right beside the cue, up to the next punctuation; none where there are too many to name anybody."""
    start, end = beside
    while last and end > start and text[end - 1] in _COMMAS:
        end -= 1
    cuts = [match.span() for match in _PUNCTUATION.finditer(text, start, end)]
    if cuts:
        start, end = (cuts[-1][1], end) if last else (start, cuts[0][0])
    if last:
        end = start + len(_NO_NAME.sub("", text[start:end]))
    return [(start, end)] if 0 < len(text[start:end].split()) <= SOURCE_WORDS else []


def _level(source: str, words: Cues) -> str:
    if not source:
        return "unattributed"
    low = source.casefold().split()
    for role in ("media", "expert", "anonymous", "witness", "document", "official"):
        if any(word.startswith(words.roles[role]) for word in low):
            return role
    return "official"
