"""The attribution level of a claim: rules in the order of precedence of the nine levels, and a learned part where they are silent.

Rules decide what an act or a plain word tells: denials, guesses, nobody as a source, the press, writings, experts, people
without a name. Between the rest, above all those who speak for an institution and those who speak for themselves, the weights of
`learned` decide.
"""

from typing import NamedTuple

import regex

from claimdesk.core.claim import Spans, hull, words_of
from claimdesk.core.suggest import acts, denying, learned
from claimdesk.core.suggest.attribution import Attribution
from claimdesk.core.suggest.kinds import words_in
from claimdesk.core.suggest.lexicon import Lexicon
from claimdesk.core.suggest.sources import NOBODY, Who
from claimdesk.core.suggest.traits import cue_lemma, in_words, traits

_SAYS = {
    "media": "source is a news outlet or the press",
    "document": "source is a document or data",
    "anonymous": "source is not named",
    "expert": "source is an expert",
    "official": "source speaks for an institution or holds an office",
    "witness": "source speaks for themselves",
    "unattributed": "no source is named",
    "speculation": "nobody who could be asked",
}
_CERTAIN = {"media": 0.9, "document": 0.95, "anonymous": 0.85, "expert": 0.9}
"""How often a rule's kind was right in marked articles; of other kinds the learned part is asked."""
_TRANSCRIPT = 5000
_AROUND = 120
"""Code points around source and cue in which somebody may ask for anonymity."""
_UNNAMED = regex.compile(
    r"\bon (?:the )?condition of anonymity\b|\b(?:asked|asking|wished|wishing|declined|refused|not authori[sz]ed|requested) .{0,20}?"
    r"(?:not to be|to remain|to be|be) (?:named|identified|quoted|anonymous)\b|\b(?:requested|granted) anonymity\b|\bcannot be named\b",
    regex.IGNORECASE,
)
_STOP = regex.compile(r"[.!?][”\"’')]*\s+\p{Lu}|\n")
_THE_AUTHOR = frozenset("i me my we us you one".split())
_NOTHING = frozenset("it this that there what nobody none".split())


class Decision(NamedTuple):
    """A level's slug, the reason in words that a person understands, and how sure it is, 0 to 1."""

    level: str
    reason: str
    confidence: float


def level_of(text: str, said: Attribution, who: Who, words: Lexicon, weights: learned.Weights) -> Decision:
    """The level of one attribution of `text`, whose source is `who`."""
    found = ruled(text, said, who, words) or _learned(text, said, who, words, weights)
    if said.source or who == NOBODY:
        return found
    return found._replace(reason=found.reason.replace("source ", "the sentence's subject ", 1))


def ruled(text: str, said: Attribution, who: Who, words: Lexicon) -> Decision | None:
    """What the rules say; None where they leave it to the learned part."""
    cue, content = words_of(text, said.cue), words_of(text, said.content)
    source = hull(said.source).of(text).lower() if said.source else ""
    tied = f"cue “{cue}”" if cue else "no cue"
    act = denying.denial(cue, content, by_words=who.kind not in {"document", "expert"})
    if act is not None:
        return Decision("denial", f"{tied} {act}", 0.85)
    if source and who.name is None and _is_unnamed(text, said):
        return Decision("anonymous", f"{tied}; the source speaks without a name", 0.9)
    if source.partition("'")[0].partition("’")[0] in _THE_AUTHOR:
        return Decision("unattributed", f"“{source}” is the author and the readers", 0.8)
    if source in _NOTHING and who == NOBODY:
        return Decision("unattributed", f"“{source}” names no source", 0.7)
    if source and acts.is_interviewer(words_of(text, said.source), cue, content, _near(text, said)):
        return Decision("media", "source asks in a transcript", 0.8)
    if source and acts.is_done_to(cue, before_source=_is_behind(said.source, said.cue)):
        return Decision("unattributed", f"{tied} is what others say to the source or of it", 0.6)
    is_nobody = who.name is None and who.kind in {None, "anonymous", "witness"}
    guess = acts.guess(cue, has_source=bool(source), is_nobody=is_nobody)
    if guess is not None:
        return Decision("speculation", f"{tied} {guess}", 0.6)
    if not source and who == NOBODY:
        if acts.is_report_of_nobody(cue):
            return Decision("media", f"{tied} leans on reports", 0.6)
        return Decision("unattributed", f"{tied}, and no source is named", 0.75)
    if who.person is not None and who.kind is None and cue_lemma(cue, words) == "report":
        return Decision("media", f"{tied} is what journalists do, and nothing else describes the source", 0.6)
    if who.kind in _CERTAIN and not _is_doubtful(who):
        return Decision(who.kind, f"{tied}; {_says(who.kind, source, who, words)}", _CERTAIN[who.kind])
    return None


def _near(text: str, said: Attribution) -> str:
    """The part of a transcript in which the same people take turns."""
    around = hull((*said.source, *said.cue, *said.content))
    return text[max(0, around.start - _TRANSCRIPT) : around.end + _TRANSCRIPT]


def _is_behind(source: Spans, cue: Spans) -> bool:
    return bool(cue) and cue[0].start < source[0].start


def _is_doubtful(who: Who) -> bool:
    """Whether somebody taken for an expert has an office too, or seeks one."""
    return (
        who.kind == "expert" and who.person is not None and (who.person.is_followed or who.person.kinds != {"expert"})
    )


def _is_unnamed(text: str, said: Attribution) -> bool:
    """Whether the words around the source say that it does not want its name told."""
    around = hull((*said.source, *said.cue))
    start, end = max(0, around.start - _AROUND), around.end + _AROUND
    found = _UNNAMED.search(text, start, end)
    if found is None:
        return False
    first, last = sorted((min(found.end(), around.end), max(found.start(), around.start)))
    return _STOP.search(text, first, last) is None


def _learned(text: str, said: Attribution, who: Who, words: Lexicon, weights: learned.Weights) -> Decision:
    found = traits(text, said, who, words)
    verdict = weights.verdict(found)
    says = _says(verdict.level, hull(said.source).of(text).lower() if said.source else "", who, words)
    if says == _SAYS[verdict.level]:
        why = next((reason for trait in verdict.telling if (reason := in_words(trait, found[trait])) is not None), None)
        says = f"{says}: {why}" if why else says
    return Decision(verdict.level, says, verdict.probability)


def _says(level: str, source: str, who: Who, words: Lexicon) -> str:
    """What a level says of its source, with the word that tells it: source is an expert: “professor”."""
    nouns = words.roles.get(level, frozenset())
    first, *rest = source.split(",")
    near = [*reversed(words_in(first)), *words_in(" ".join(rest)), *_roles(who, words)]
    told = next((word for word in near if word in nouns), None)
    return f"{_SAYS[level]}: “{told}”" if told else _SAYS[level]


def _roles(who: Who, words: Lexicon) -> list[str]:
    """The words that describe a person, those that name no body first: minister before defense."""
    return sorted(who.person.roles, key=lambda role: (role in words.institutions, role)) if who.person else []
