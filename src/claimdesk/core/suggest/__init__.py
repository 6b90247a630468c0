"""Suggestions: an article in, its claims out, each with its source, cue, level and a reason; nothing leaves the machine.

`suggest` reads a whole article, `suggest_outwards` gives the claims around a place first. English is read by the learned
tagger (reading.py, tagger.py); eight more languages by quotation marks and a list of cues (cues.py). Levels, sources, denials,
certainty and the author's own voice are decided after that.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from claimdesk.core.claim import Article, Span, Suggestion
from claimdesk.core.suggest import cues
from claimdesk.core.suggest.learned import Weights
from claimdesk.core.suggest.learned import weights as learned_weights
from claimdesk.core.suggest.segments import beside, sentences
from claimdesk.core.suggest.wanted import never

SUGGESTER = "PolNeAR tagger 1"
CUE_LISTS = "cue lists 1"
FIRST_PART = 6_000
"""Code points that `suggest_outwards` reads first: more than a window shows, and read in a third of a second."""
GROWTH = 4
"""How many times as long as all before it each further part is: all claims so far are decided anew with each of them."""


class Support(StrEnum):
    """How well suggestions are made in a language: by the model, by a list of cues, or not at all."""

    FULL = "full"
    WEAK = "weak"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What was found, by which suggester, how far its language can be read, and whether all of the article was."""

    claims: tuple[Suggestion, ...] = ()
    suggester: str = SUGGESTER
    support: Support = Support.FULL
    is_whole: bool = True


def support(language: str) -> Support:
    """How well suggestions are made in a language (BCP 47)."""
    return Support.FULL if language == "en" else Support.WEAK if language in cues.languages() else Support.NONE


def suggest(article: Article, *, cancelled: Callable[[], bool] = never, weights: Weights | None = None) -> Suggestions:
    """The claims of an article in text order: attributed ones, and checkable assertions of the author's own.

    Spans lie inside the article's text, outside its furniture, and never reach over a line break. Asks
    `cancelled` every 50 ms or so, at the latest after 100, and raises Cancelled if it says so. The same text always gives
    the same suggestions.
    `weights` are for measuring: other weights of the levels than those that ship.
    """
    if support(article.language) is not Support.FULL:
        return _by_cues(article, cancelled)
    from claimdesk.core.suggest.reading import Reading  # what it brings takes a third of a second to load

    reading = Reading(article, weights or learned_weights(), cancelled)
    reading.read(0, len(article.text))
    return Suggestions(tuple(reading.claims()))


def suggest_outwards(
    article: Article, place: Callable[[], int], *, cancelled: Callable[[], bool] = never
) -> Iterator[Suggestions]:
    """The claims of an article from a place outwards: of what stands around it, then of ever more, in the end of all.

    `place` says before each part which code point is looked at now; the part begins with what is nearest to it and not yet
    read. Each suggestion holds all claims of what was read by then. The last is whole, and the same that `suggest` gives; until
    then a claim may lack what only the rest of the text tells: pieces of its content in the next paragraph, the full name and
    the level of its source, what it denies. Nothing is read twice. Otherwise as `suggest`.
    """
    if support(article.language) is not Support.FULL:
        yield _by_cues(article, cancelled)
        return
    from claimdesk.core.suggest.reading import Reading

    reading, read, length = Reading(article, learned_weights(), cancelled), 0, len(article.text)
    while True:
        part = GROWTH * read or FIRST_PART
        if read + 2 * part > length:  # what would be left is not worth another part
            part = length
        reading.read(place(), part)
        read += part
        yield Suggestions(tuple(reading.claims()), is_whole=reading.is_whole)
        if reading.is_whole:
            return


def _by_cues(article: Article, cancelled: Callable[[], bool]) -> Suggestions:
    how = support(article.language)
    if how is Support.NONE:
        return Suggestions(support=how)
    found, marks = sentences(article.text, beside(article), cancelled)
    return Suggestions(tuple(cues.suggestions(article.text, found, marks, article.language)), CUE_LISTS, how)


def body_sentences(article: Article, cancelled: Callable[[], bool] = never) -> list[Span]:
    """The sentences of an article's body in order, without headline and furniture; raises Cancelled as `suggest` does."""
    found, _ = sentences(article.text, beside(article), cancelled)
    return [Span(sentence.start, sentence.end) for sentence in found]


def prepare() -> None:
    """Load what suggestions need, so that the first article need not wait for it."""
    from claimdesk.core.suggest.tagger import tagger

    tagger()


def to_json(article: Article, identifier: str, suggestions: Suggestions) -> dict[str, Any]:
    """The suggestions of an article as other programs read them: spans as [start, end] in code points.

    `denies` are the names of claims, `denies_confidence` how likely each link is right, in the same order; `may_deny` are pairs
    of a name and a confidence too low for a link. All three are None where there is none.
    """
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
                "denies_confidence": [round(sure, 2) for sure in claim.denies_confidence] or None,
                "may_deny": [[names[target], round(sure, 2)] for target, sure in claim.may_deny] or None,
                "via": list(claim.via),
                "certainty": claim.certainty,
                "manner": claim.manner,
                "confidence": round(claim.confidence, 2),
                "reason": claim.reason,
            }
            for name, claim in zip(names, suggestions.claims, strict=True)
        ],
    }


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]
