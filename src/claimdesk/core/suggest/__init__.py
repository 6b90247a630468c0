"""Suggestions: an article in, its claims out, each with its source, cue, level and a reason; nothing leaves the machine.

The heart is rules over English cues as yet. `suggest` is the only entry, whatever the heart is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from claimdesk.core.claim import Article, Span, Spans, Suggestion, hull, words_of
from claimdesk.core.suggest import attribution, denials, voice
from claimdesk.core.suggest.attribution import Found
from claimdesk.core.suggest.levels import level_of
from claimdesk.core.suggest.lexicon import Lexicon, lexicon
from claimdesk.core.suggest.phrases import Range
from claimdesk.core.suggest.segments import Sentence, sentences
from claimdesk.core.suggest.sources import Register, Who

SUGGESTER = "rules 1"
LANGUAGES = frozenset({"en"})


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What was found, by which suggester; `supported` is False for a language that it cannot read."""

    claims: tuple[Suggestion, ...] = ()
    suggester: str = SUGGESTER
    supported: bool = True


def suggest(article: Article) -> Suggestions:
    """The claims of an article in text order: attributed ones, and checkable assertions of the author's own.

    Spans lie inside the article's text, outside its title and furniture, and never reach over a line break.
    """
    if article.language not in LANGUAGES:
        return Suggestions(supported=False)
    words, text = lexicon(), article.text
    skip = article.furniture + ((article.title_span,) if article.title_span is not None else ())
    found, marks = sentences(text, skip)
    register = Register(text, words)
    claims: list[Suggestion] = []
    spoken: Sentence | None = None
    for sentence in found:
        if spoken is not None and _goes_on(spoken, sentence):
            claims[-1] = _continued(claims[-1], sentence)
            spoken = sentence
            continue
        said = attribution.find(sentence, marks, words)
        claims += [_suggestion(text, sentence, one, register) for one in said]
        claims += _own_voice(sentence, said, words)
        spoken = sentence if said and _is_speech(sentence, said[-1]) and claims[-1].cue else None
    claims.sort(key=lambda claim: (hull(claim.content).start, -hull(claim.content).end))
    return Suggestions(tuple(denials.resolved(text, claims)))


def to_json(article: Article, identifier: str, suggestions: Suggestions) -> dict[str, Any]:
    """The suggestions of an article as other programs read them: spans as [start, end] in code points."""
    names = [f"c{number:02}" for number in range(1, len(suggestions.claims) + 1)]
    return {
        "id": identifier,
        "language": article.language,
        "text": article.text,
        "title": _pair(article.title_span) if article.title_span is not None else None,
        "boilerplate": [_pair(span) for span in article.furniture],
        "suggester": suggestions.suggester,
        "claims": [
            {
                "id": name,
                "content": [_pair(span) for span in claim.content],
                "source": [_pair(span) for span in claim.source],
                "cue": [_pair(span) for span in claim.cue],
                "level": claim.level,
                "source_entity": claim.source_entity,
                "denies": [names[target] for target in claim.denies] or None,
                "via": list(claim.via),
                "confidence": round(claim.confidence, 2),
                "reason": claim.reason,
            }
            for name, claim in zip(names, suggestions.claims, strict=True)
        ],
    }


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]


def _suggestion(text: str, sentence: Sentence, one: Found, register: Register) -> Suggestion:
    source = _spans(sentence, [one.source]) if one.source is not None else ()
    cue, content = _spans(sentence, [one.cue]), _spans(sentence, one.content)
    said_by = source[0].of(text) if source else ""
    who = register.who(said_by, source[0].start) if source else Who(None, None)
    level, reason = level_of(said_by, who.kind, cue[0].of(text), words_of(text, content), one.lemma, one.groups)
    return Suggestion(content, source, cue, level, who.name, confidence=one.confidence, reason=reason)


def _is_speech(sentence: Sentence, one: Found) -> bool:
    """Whether what is claimed ends as a quotation, so that a quotation behind it goes on with the same speaker."""
    return sentence.tokens[one.content[-1][1] - 1].quote >= 0


def _goes_on(spoken: Sentence, sentence: Sentence) -> bool:
    """Whether a sentence is nothing but a quotation, in the same paragraph as the speech before it or in the next."""
    return sentence.paragraph - spoken.paragraph <= 1 and all(token.quote >= 0 for token in sentence.tokens)


def _continued(claim: Suggestion, sentence: Sentence) -> Suggestion:
    return replace(claim, content=(*claim.content, Span(sentence.start, sentence.end)))


def _own_voice(sentence: Sentence, said: Sequence[Found], words: Lexicon) -> list[Suggestion]:
    taken: list[Range] = []
    for one in said:
        taken += [*one.content, one.cue, *([one.source] if one.source is not None else [])]
    found = []
    for start, stop in voice.clauses(sentence, taken):
        first = voice.assertion(sentence.tokens[start:stop], words, whole=not said)
        if first is not None:
            content = _spans(sentence, [(start + first[0], start + first[1])])
            found.append(Suggestion(content, confidence=first[2], reason=first[3]))
    return found


def _spans(sentence: Sentence, ranges: Sequence[Range]) -> Spans:
    return tuple(Span(sentence.tokens[start].start, sentence.tokens[stop - 1].end) for start, stop in ranges)
