"""Suggestions: an article in, its claims out, each with its source, cue, level and a reason; nothing leaves the machine.

`suggest` is the only entry. English is read by the learned tagger (tagger.py); eight more languages by quotation marks and
a list of cues (cues.py). Levels, sources, denials, certainty and the author's own voice are decided after that.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from claimdesk.core.claim import Article, Span, Spans, Suggestion, hull, words_of
from claimdesk.core.page import paragraphs
from claimdesk.core.suggest import certainty, cues, denials, manner, via, voice
from claimdesk.core.suggest.attribution import Attribution
from claimdesk.core.suggest.learned import Weights
from claimdesk.core.suggest.learned import weights as learned_weights
from claimdesk.core.suggest.levels import level_of
from claimdesk.core.suggest.lexicon import Lexicon, lexicon
from claimdesk.core.suggest.quotations import completed
from claimdesk.core.suggest.rumours import of_nobody, rumours
from claimdesk.core.suggest.segments import Quote, Sentence, behind_dateline, sentences
from claimdesk.core.suggest.silence import is_no_claim
from claimdesk.core.suggest.sources import Register
from claimdesk.core.suggest.wanted import never, while_wanted

SUGGESTER = "PolNeAR tagger 1"
CUE_LISTS = "cue lists 1"


class Support(StrEnum):
    """How well suggestions are made in a language: by the model, by a list of cues, or not at all."""

    FULL = "full"
    WEAK = "weak"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What was found, by which suggester, and how far its language can be read."""

    claims: tuple[Suggestion, ...] = ()
    suggester: str = SUGGESTER
    support: Support = Support.FULL


def support(language: str) -> Support:
    """How well suggestions are made in a language (BCP 47)."""
    return Support.FULL if language == "en" else Support.WEAK if language in cues.languages() else Support.NONE


def suggest(
    article: Article,
    *,
    up_to: int | None = None,
    cancelled: Callable[[], bool] = never,
    weights: Weights | None = None,
) -> Suggestions:
    """The claims of an article in text order: attributed ones, and checkable assertions of the author's own.

    Spans lie inside the article's text, outside its furniture, and never reach over a line break. With `up_to` (code
    points) the reading ends soon after that place, with the same claims before it as in a whole reading. Asks
    `cancelled` every 50 ms or so, at the latest after 100, and raises Cancelled if it says so. The same text always gives
    the same suggestions.
    `weights` are for measuring: other weights of the levels than those that ship.
    """
    how = support(article.language)
    if how is Support.NONE:
        return Suggestions(support=how)
    skip = _beside(article)
    found, marks = sentences(article.text, skip, cancelled)
    if up_to is not None:
        found = [sentence for sentence in found if sentence.start < up_to]
    if how is Support.WEAK:
        claims = tuple(cues.suggestions(article.text, found, marks, article.language))
        return Suggestions(claims, CUE_LISTS, how)
    from claimdesk.core.suggest.tagger import tagger  # what it brings takes a third of a second to load

    lines = [line for line in paragraphs(article.text) if not any(line.overlaps(span) for span in skip)]
    lines = [behind_dateline(article.text, line) for line in lines]
    read = tagger().attributions(article.text, lines, up_to=up_to, cancelled=cancelled)
    said = [of_nobody(article.text, one) for one in read if not is_no_claim(article.text, one)]
    said = completed(article.text, said, marks, lines, cancelled)
    read_lines = [line for line in lines if up_to is None or line.start < up_to]
    said += rumours(article.text, while_wanted(read_lines, cancelled), said)
    attributed = _attributed(article.text, said, marks, lexicon(), weights or learned_weights(), cancelled)
    own = _own_voice(article.text, while_wanted(found, cancelled), said, lexicon())
    claims_in_order = sorted([*attributed, *own], key=_in_text)
    return Suggestions(tuple(denials.resolved(article.text, claims_in_order, cancelled)))


def body_sentences(article: Article, cancelled: Callable[[], bool] = never) -> list[Span]:
    """The sentences of an article's body in order, without headline and furniture; raises Cancelled as `suggest` does."""
    found, _ = sentences(article.text, _beside(article), cancelled)
    return [Span(sentence.start, sentence.end) for sentence in found]


def _beside(article: Article) -> Spans:
    title = (article.title_span,) if article.title_span is not None else ()
    return article.furniture + title


def prepare() -> None:
    """Load what suggestions need, so that the first article need not wait for it."""
    from claimdesk.core.suggest.tagger import tagger

    tagger()


def _attributed(
    text: str,
    said: Sequence[Attribution],
    marks: Sequence[Quote],
    words: Lexicon,
    weights: Weights,
    cancelled: Callable[[], bool],
) -> Iterator[Suggestion]:
    register = Register(text, words, cancelled)
    for one in while_wanted(sorted(said, key=_place), cancelled):
        who = register.speaker(one)
        decided = level_of(text, one, who, words, weights)
        cue = f"cue “{words_of(text, one.cue)}”"
        reason = decided.reason if cue in decided.reason or not one.cue else f"{cue}; {decided.reason}"
        yield Suggestion(
            one.content, one.source, one.cue, decided.level, who.name if one.source else None, via.of(text, one),
            certainty=certainty.of(text, one.content, one.cue).certainty,
            manner=manner.of(text, one.content, marks),
            confidence=one.confidence, reason=reason,
        )  # fmt: skip


def _in_text(claim: Suggestion) -> tuple[int, int]:
    whole = hull(claim.content)
    return whole.start, -whole.end


def _place(one: Attribution) -> int:
    return min(span.start for span in (*one.content, *one.source, *one.cue))


def _own_voice(
    text: str, found: Iterable[Sentence], said: Sequence[Attribution], words: Lexicon
) -> Iterator[Suggestion]:
    """The author's own assertions, in what no attribution covers."""
    taken = sorted(
        (span for one in said for span in (*one.content, *one.source, *one.cue)), key=lambda span: span.start
    )
    starts = [span.start for span in taken]
    for sentence in found:
        inside = taken[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        yield from voice.assertions(text, sentence, tuple(inside), words)


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
