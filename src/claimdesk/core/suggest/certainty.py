"""How certain a claim is worded: the hedges of its main assertion and of its cue, with the words that tell.

Hedges follow the epistemic part of the scales of Sauri and Pustejovsky (FactBank, 2009): certain, probable, possible;
"alleged" is the press's own fourth: the speaker does not vouch for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

import regex

from claimdesk.core.claim import Certainty, Spans
from claimdesk.core.suggest.finite import is_finite
from claimdesk.core.suggest.lexicon import Verb, lexicon


@dataclass(frozen=True, slots=True)
class Wording:
    """A certainty and the hedges that make it, in the text's own words and order; none where the claim is certain."""

    certainty: Certainty = Certainty.CERTAIN
    words: tuple[str, ...] = ()


_SCALE = tuple(Certainty)
_HEDGES: dict[str, Certainty] = {
    **dict.fromkeys("likely unlikely probably presumably apparently seemingly evidently".split(), Certainty.PROBABLE),
    **dict.fromkeys("may might could possibly perhaps maybe conceivably potentially".split(), Certainty.POSSIBLE),
    **dict.fromkeys("allegedly reportedly supposedly purportedly ostensibly reputedly".split(), Certainty.ALLEGED),
}
_DESCRIBING = frozenset("of the a an among by with for from all other".split())
"""Before a hedge that only describes a noun: a third of likely voters."""
_MODALS = frozenset("may might could".split())
_WITH_TO = {
    **dict.fromkeys("appear appears appeared seem seems seemed".split(), Certainty.PROBABLE),
    **dict.fromkeys("expected thought believed presumed assumed estimated bound".split(), Certainty.PROBABLE),
    **dict.fromkeys("alleged said reported rumoured rumored claimed accused".split(), Certainty.ALLEGED),
}
"""Hedges only with "to" behind them: appears to have failed, is said to own."""
_NOUNS = {
    **dict.fromkeys("probability likelihood".split(), Certainty.PROBABLE),
    **dict.fromkeys("possibility chance prospect risk".split(), Certainty.POSSIBLE),
}
_CUES = {
    **dict.fromkeys("believe think suspect assume expect guess reckon suppose suggest indicate imply presume".split(), Certainty.PROBABLE),
    **dict.fromkeys("speculate fear hint wonder hypothesise hypothesize theorise theorize surmise conjecture speculation".split(), Certainty.POSSIBLE),
    **dict.fromkeys("fears rumour rumours rumor rumors suspicion suspicions".split(), Certainty.POSSIBLE),
    **dict.fromkeys("allege accuse purport allegation allegations accusation accusations alleged".split(), Certainty.ALLEGED),
}  # fmt: skip
_CLOSERS = {"“": "”", "«": "»", "»": "«", '"': '"', "”": "”"}
_QUOTATION_MARKS = frozenset('“”«»"')
_NOUN_PLACE = 4
"""How early a hedging noun must stand to hedge the whole: a high probability of losses; there is a risk that."""
_TOKEN = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:[-'’][\p{L}\p{M}\p{N}]+)*|[–—;:,“”«»\"]|--")
_RELATIVES = frozenset("who which whom whose that".split())
_BREAKS = frozenset(
    "because if when while although though after before since unless until who which whom whose that what where how why whether as so whereas ; – — --".split()
)
_OPENS = frozenset(
    "if when while although though after before since unless as because despite in on at with during for by".split()
)
_MONTH_BEFORE = frozenset("in on of by since until last next this early late mid from to and before after".split())


def of(text: str, content: Spans, cue: Spans) -> Wording:
    """The certainty of a claim: that of its least certain hedge.

    Of the content only the main assertion counts: what stands before its first subordinate clause, no opening clause, no
    relative clause, no words quoted inside from elsewhere. Spans are in code points of `text`; linear in their length.
    """
    found = [*_in_cue(text, cue), *_in_content(text, content)]
    if not found:
        return Wording()
    degree = max((degree for degree, _ in found), key=_SCALE.index)
    return Wording(degree, tuple(dict.fromkeys(words for _, words in found)))


def _in_cue(text: str, cue: Spans) -> list[tuple[Certainty, str]]:
    found = []
    verbs = lexicon().verbs
    written = _words(text, cue)
    for word, follows in zip_longest(written, written[1:], fillvalue=""):
        low = word.lower()
        verb: Verb | None = verbs.get(low)
        degree = _CUES.get(verb.lemma if verb else low) or _CUES.get(low) or _HEDGES.get(low)
        if degree is not None and not (low == "may" and word != low) and not (low == "could" and follows == "not"):
            found.append((degree, word))
    return found


def _in_content(text: str, content: Spans) -> list[tuple[Certainty, str]]:
    tokens = _main([word for span in content for word in _unquoted(_words(text, (span,)))])
    low = [token.lower().replace("’", "'") for token in tokens]
    found = []
    for at, word in enumerate(low):
        follows = low[at + 1] if at + 1 < len(low) else ""
        if word in _MODALS:
            if _is_modal(tokens, at, follows):
                found.append((Certainty.POSSIBLE, tokens[at]))
        elif word in _HEDGES and not (at and low[at - 1] in _DESCRIBING):
            found.append((_HEDGES[word], tokens[at]))
        elif word in _WITH_TO and follows == "to":
            found.append((_WITH_TO[word], f"{tokens[at]} to"))
        elif word in _NOUNS and follows in {"of", "that"} and at < _NOUN_PLACE:
            found.append((_NOUNS[word], tokens[at]))
    return found


def _is_modal(tokens: Sequence[str], at: int, follows: str) -> bool:
    """Whether "may", "might", "could" hedge here: no month, no "could not", no noun."""
    if tokens[at] == "May" and (not at or tokens[at - 1].lower() in _MONTH_BEFORE or tokens[at - 1][0].islower()):
        return False
    return follows[:1].isalpha() and not (tokens[at].lower() == "could" and follows == "not")


def _words(text: str, spans: Spans) -> list[str]:
    return [match.group() for span in spans for match in _TOKEN.finditer(text, span.start, span.end)]


def _main(tokens: Sequence[str]) -> list[str]:
    """The words of the main assertion, without an opening clause and without clauses inside or behind it."""
    low = [token.lower().replace("’", "'") for token in tokens]
    at = next((i for i, word in enumerate(low) if word != "that" and word[0].isalnum()), len(low))
    if at < len(low) and low[at] in _OPENS and "," in low[at : at + 24]:
        at = low.index(",", at) + 1
    kept: list[str] = []
    seen_verb = False
    while at < len(low):
        if low[at] in _BREAKS and kept:
            if seen_verb:
                break
            at = _behind_clause(low, at)
            continue
        seen_verb = seen_verb or low[at] in _WITH_TO or _finite(low, at)
        kept.append(tokens[at])
        at += 1
    return kept


def _behind_clause(low: Sequence[str], at: int) -> int:
    """Past "who may have seen it": to the comma that closes it, else past its finite verb; past a mere joining word."""
    if low[at - 1] == ",":
        return next((i for i in range(at + 1, len(low)) if low[i] == ","), len(low))
    if low[at] in _RELATIVES:
        return next((i + 1 for i in range(at + 1, len(low)) if _finite(low, i)), len(low))
    return at + 1


def _finite(low: Sequence[str], at: int) -> bool:
    return is_finite(low[at], low[at - 1] if at else "", low[at + 1] if at + 1 < len(low) else "", lexicon())


def _unquoted(tokens: Sequence[str]) -> list[str]:
    """Without the words that are quoted from elsewhere: behind a colon or comma, or behind a verb of saying."""
    verbs = lexicon().verbs
    kept: list[str] = []
    inside: str | None = None
    for token in tokens:
        if inside is not None:
            inside = None if token in inside else inside
            continue
        if token in _CLOSERS and kept and (kept[-1] in {":", ","} or _is_saying(verbs.get(kept[-1].lower()))):
            inside = _CLOSERS[token]
            continue
        if token not in _QUOTATION_MARKS:
            kept.append(token)
    return kept


def _is_saying(verb: Verb | None) -> bool:
    return verb is not None and not verb.groups.isdisjoint({"clause", "person"})
