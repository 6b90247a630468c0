"""Which claims a denial denies: by what points back ("these claims"), by whom it answers, and by shared words.

Every claim near a denial that somebody else made is weighed by signs that are added up; a link is made only where they
suffice, since a wrong link misleads more than a missing one. What falls short of that is a candidate, for a person to look at.
How likely either is right was fitted to marked articles (training/denials.py). Whatever is compared of a claim is read once.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import exp, log, sqrt
from typing import NamedTuple

import regex

from claimdesk.core.claim import Span, Suggestion, hull, words_of
from claimdesk.core.resources import RESOURCES
from claimdesk.core.suggest.lexicon import Lexicon, lexicon
from claimdesk.core.suggest.wanted import never, while_wanted

ENOUGH = 0.34
"""The sureness that a link needs."""
FAR = 0.5
"""How alike a denial and a claim must be that do not stand near each other."""
BEFORE, BEHIND = 60, 30
"""How many claims before and behind a denial are looked at; behind it only shared words count."""
NEAR = 600
"""Code points that "these claims" reaches back over."""
GAP = 250
"""Code points that may lie between two claims that "these claims" means together."""
ADDRESS = 100
"""Code points that may lie between a cue and its content."""
MOST = 6
"""The most claims that one denial is linked to."""
WORTH_A_LOOK, OFFERED = 0.08, 3
"""The confidence that a candidate needs, and how many of them are told."""
WEIGHTS = RESOURCES / "model" / "denials.json"

_NOUN = (
    r"(?:(?:claim|allegation|accusation|charge|report|assertion|suggestion|rumou?r|argument|notion|contention|insinuation|implication"
    r"|characteri[sz]ation|idea|comparison|complaint|criticism|critique)s?|accounts?|story|stories)"
)
_COMPLEMENT = r"(?!\s+(?:of|that|about|by|over|from|for|regarding|concerning|(?:in|on)\s+the)\b)"
_OWNER = regex.compile(
    rf"\b(?:(?P<owner>\p{{Lu}}[\p{{L}} .-]{{1,40}}?)['’]s?\s+(?:[\p{{L}}-]+\s+){{0,2}}{_NOUN}\b"
    rf"|{_NOUN}\s+(?:by|from|of)\s+(?:the\s+)?(?P<by>\p{{Lu}}[^,.;]{{1,60}})"
    rf"|(?:the|an?)\s+(?P<of>\p{{Lu}}[\p{{L}} .-]{{1,40}}?)\s+{_NOUN}\b)"
)
_ASKS = regex.compile(r"(?:that\s+)?(?:whether|if)\b", regex.IGNORECASE)
_DISOWNS = regex.compile(r"\b(?:disavow|repudiat|disclaim|walk\w* back\b)", regex.IGNORECASE)
"""Cues with which people take back what they or their friends said, which no sign here tells."""
_POINTS_BACK = regex.compile(
    rf"[“\"‘'\s]*(?:that\s+|all\s+|any\s+|both\s+(?=of|the)|of\s+)*(?:both|these|those|such|the|that|this|his|her|their|its|[\p{{L}} .-]{{2,40}}?['’]s?)"
    rf"\s+(?:[\p{{Ll}}-]+\s+)?(?P<noun>{_NOUN})\b{_COMPLEMENT}",
    regex.IGNORECASE,
)
_BOTH = regex.compile(r"[“\"‘'\s]*both\b", regex.IGNORECASE)
_IT = regex.compile(
    rf"[“\"‘'\s]*(?:an?\s+{_NOUN}[\s.,]*$)|"
    r"[“\"‘'\s]*(?:(?:it|that|this|which|whom|so|as much)(?:[\s.,;”\"’]*$|\s+(?:as|and|but)\b|,)"
    r"|(?:that|this|it)(?:\s+(?:is|was)|['’]s)\s+(?:not|simply|just|absolutely|completely|totally|a\s+lie|false|untrue|wrong|nonsense)\b)",
    regex.IGNORECASE,
)
_FAULT = regex.compile(
    r"(?:any|all|the|having\s+any|that\s+it\s+had\s+any)?\s*(?:wrongdoing|involvement|responsibility|misconduct|impropriety|knowledge|blame|guilt|role|part"
    r"|allegations?|accusations?|charges?)(?:[\s.,”\"]*$|\s+(?:in|for|with|of)\b)"
    r"|.{0,30}\bnothing to do with (?:it|this|that|any of it)\b|.{0,30}\bdid nothing (?:wrong|illegal|improper)\b|.{0,20}\binnocen(?:t|ce)\b",
    regex.IGNORECASE,
)
_ACCUSES = regex.compile(r"\b(?:accus|alleg|blam|fault|attack|critici|charg)\w*", regex.IGNORECASE)
_CONTRAST = regex.compile(r"\b(?:but|however|although|though|while|yet)\b", regex.IGNORECASE)
_STOP = regex.compile(r"[.!?][”\"’')]*\s+|\n+")
_SELF = r"[“\"‘'\s]*(?:that\s+)?(?:he|she|they|it|I|we|his|her|its|their|our|my|the (?:company|firm|team|club|party|campaign))\b"
_NEGATED_SELF = regex.compile(
    rf"{_SELF}.{{0,40}}?\b(?:not|\w+n['’]t|never|no|nothing)\b(?!\s+(?:only|just|quite|yet|sure))", regex.IGNORECASE
)
_NEVER_DID = regex.compile(
    rf"{_SELF}.{{0,40}}?\b(?:never|(?:did|had|has|have)(?:\s+not|n['’]t)|nothing to do with"
    r"|no\s+(?:knowledge|role|part|involvement|contact|ties|connection)s?)\b(?!\s+(?:only|just|quite|yet))",
    regex.IGNORECASE,
)
_NEGATION = regex.compile(r"\b(?:not|\w+n['’]t|never|no|none|nothing|neither|(?:declin|refus)\w+)\b", regex.IGNORECASE)
_NOT_SO = regex.compile(
    r"[\p{L} .“\"‘']{2,45}?(?:['’][sm]|['’]re)?\s*\b(?:never|(?:(?:is|are|was|were|am|did|['’]s|['’]m|['’]re)\s+not"
    r"|(?:is|are|was|were|did)n['’]t)\b(?!\s+(?:only|just|quite|yet|sure)))",
    regex.IGNORECASE,
)
"""How words begin that go on with a denial: There never was a lock."""
_PRONOUN = regex.compile(r"(?:he|she|it|they|I|we|who|which)$", regex.IGNORECASE)
_OF_SELF = regex.compile(r"[“\"‘'\s]*(?:that\s+)?(?:he|she|they|it|I|we|his|her|its|their|our|my)\b", regex.IGNORECASE)
_OPPONENTS = regex.compile(
    r"\p{Lu}[\p{L} .-]{1,40}?['’]s? (?:[\p{Ll}-]+ ){0,2}(?:critic|opponent|rival|accuser|detractor|challenger|foe|victim|ex-wife|all(?=y\b|ies\b))\p{Ll}*"
    r"|\b(?:critic|opponent|rival|accuser|detractor|challenger|foe|victim)s? (?:of|to) \p{Lu}[\p{L} .-]+"
)
"""Those who stand beside or against somebody named, and are not that person: Lind's critics, opponents of Lind."""
_NAME = regex.compile(r"\p{Lu}[\p{L}\p{M}]*(?:[-’'&]\p{L}+)*(?: \p{Lu}[\p{L}\p{M}]*(?:[-’'&]\p{L}+)*)*")
_WHERE = regex.compile(r"\b(?:in|near) \p{Lu}[\p{L}-]+\b(?!['’])")
"""Where something is, which is seldom whom a claim is about."""
_WORD = regex.compile(r"[\p{L}\p{M}]{3,}|\d+")
_THING = regex.compile(r"\bthe\s+([\p{L}\p{M}]{4,})")
_ENDING = regex.compile(r"(?:ations?|ings?|ed|es|s|ly|e)$")
_COMMON = frozenset(
    "the and for that this these those with from have has had been being were was are will would shall should could can may might "
    "must did does his her hers him its they them their theirs there here which who whom whose what when where why how about after "
    "before over under into than then also said say says saying told tell never ever not nor neither either any all both some many "
    "most more much very only just even still such other others another one two our ours your you she out off own but because while "
    "false true untrue lie lies claim claims report reports reported allegation allegations accusation accusations charge charges "
    "rumour rumours rumor rumors idea notion suggestion argument statement something anything nothing everything people person "
    "called calls call calling deny denied denies denying reject rejected dismiss dismissed".split()
)
_NO_NAME = frozenset(
    "a an i it he we in on at by of to as mr mrs ms dr sir no so if yes sen rep gov gen lt col sgt prof d r".split()
)
_THE_READER = frozenset("you we us one".split())
_KINDS = {
    "rumo": frozenset({"speculation"}),
    "speculat": frozenset({"speculation"}),
    "report": frozenset({"media", "document"}),
}
Name = frozenset[str]
"""The words of a name without titles, lower case: "Kim" is part of "Kim Yong-kyun"."""


class Weighed(NamedTuple):
    """A claim that a denial may deny: its place in the list, how much speaks for it (0 to 1), whether words point at it
    or contradict it, and whether that is enough for a link.
    """

    place: int
    sureness: float
    is_meant: bool
    is_linked: bool

    @property
    def confidence(self) -> float:
        """How likely a reader would link the two, 0 to 1."""
        weights = _weights()
        total = weights["bias"] + weights["sureness"] * self.sureness + weights["meant"] * self.is_meant
        total += weights["linked"] * self.is_linked
        return 1 / (1 + exp(-total))


@dataclass(frozen=True, slots=True)
class _Read:
    """A claim as it is compared: where it stands, its telling words, who speaks and who is spoken of."""

    place: Span
    content: str
    stems: frozenset[str]
    speaker: frozenset[Name]
    roles: frozenset[str]
    names: frozenset[Name]
    things: frozenset[str]
    owners: frozenset[Name]
    is_pronoun: bool
    takes_back: bool
    of_self: bool
    asks: bool
    negated: bool
    accuses: bool
    level: str
    attributed: bool


def resolved(text: str, claims: Sequence[Suggestion], cancelled: Callable[[], bool] = never) -> list[Suggestion]:
    """The claims, which are in text order, with what each denial denies and what it may deny; places in the list.

    Who contradicts what others accuse them of denies it too. Each denial sees a window of neighbours: linear in the claims.
    """
    known = lexicon()
    article = _Article(text, [_read(text, claim, known) for claim in while_wanted(claims, cancelled)])
    found: list[Suggestion] = []
    for at, claim in enumerate(while_wanted(claims, cancelled)):
        found.append(_resolved(article, claim, at, found[-1] if found else None))
    return found


def weighed(text: str, claims: Sequence[Suggestion]) -> dict[int, list[Weighed]]:
    """What each of the claims that are denials may deny, by its place in the list: for fitting and for measuring."""
    known = lexicon()
    article = _Article(text, [_read(text, claim, known) for claim in claims])
    return {at: article.denied(at) for at, claim in enumerate(claims) if claim.level == "denial"}


def contradicts(text: str, answer: Suggestion, accusation: Suggestion) -> bool:
    """Whether `answer` denies without a denying verb what `accusation` says of its speaker: "I never sold it".

    The accusation must be somebody else's, name who answers, and share two telling words with the answer at least.
    """
    known = lexicon()
    return _contradicts(_read(text, answer, known), _read(text, accusation, known))


def _resolved(article: "_Article", claim: Suggestion, at: int, before: Suggestion | None) -> Suggestion:
    """The claim with what it denies, `before` being the claim before it, already resolved."""
    follows = before if before is not None and before.level == "denial" and article.goes_on(at) else None
    if claim.level == "denial":
        told = _told(claim, article.denied(at))
        return _as_before(told, follows) if follows is not None and not told.denies else told
    answered = article.contradicted(at)
    if answered is not None:
        return _told(_as_denial(claim, "contradicts what others say"), [answered])
    if follows is not None and article.negates(at):
        return _as_before(_as_denial(claim, "goes on with the denial before it"), follows)
    return claim


def _told(claim: Suggestion, found: Sequence[Weighed]) -> Suggestion:
    """The claim with its links in text order, and the likeliest of those that are none."""
    links = sorted(one for one in found if one.is_linked)
    others = [one for one in found if not one.is_linked and one.confidence >= WORTH_A_LOOK]
    others.sort(key=lambda one: (-one.confidence, one.place))
    return replace(
        claim,
        denies=tuple(one.place for one in links),
        denies_confidence=tuple(one.confidence for one in links),
        may_deny=tuple((one.place, one.confidence) for one in others[:OFFERED]),
    )


def _as_before(claim: Suggestion, before: Suggestion) -> Suggestion:
    return replace(claim, denies=before.denies, denies_confidence=before.denies_confidence, may_deny=before.may_deny)


def _as_denial(claim: Suggestion, why: str) -> Suggestion:
    return replace(claim, level="denial", reason=f"{claim.reason.split(';')[0]}; {why}")


@cache
def _weights() -> dict[str, float]:
    weights: dict[str, float] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return weights


def _contradicts(answer: _Read, accusation: _Read) -> bool:
    negated = _NEGATED_SELF if accusation.accuses else _NEVER_DID
    if not accusation.attributed or not negated.match(answer.content) or accusation.negated:
        return False
    if not _is_about(accusation, answer) or _same(answer.speaker, accusation.speaker):
        return False
    shared = answer.stems & accusation.stems
    return len(shared) >= 2 and len(shared) >= 0.3 * sqrt(len(answer.stems) * len(accusation.stems))


class _Article:
    """All claims of an article as they are compared, and how telling their words are: the fewer claims hold one, the more."""

    def __init__(self, text: str, read: Sequence[_Read]) -> None:
        self._text = text
        self._read = read
        self._held = Counter(stem for one in read for stem in one.stems)
        self._size = max(30, len(read)) + 1

    def denied(self, at: int) -> list[Weighed]:
        """The claims that the denial at `at` may deny, in text order; none is linked where nothing is sure enough."""
        denial = self._read[at]
        if denial.takes_back:
            return []
        others = self._others(at)
        meant = self._pointed_at(at, others)
        sure = {i: self._sureness(at, i) for i in (*others, *meant)}
        linked = meant or self._sure_enough(at, {i: sure[i] for i in others})
        return [Weighed(i, sure[i], i in meant, i in linked) for i in sorted(sure)]

    def _sure_enough(self, at: int, sure: Mapping[int, float]) -> tuple[int, ...]:
        """Those for which enough speaks, and not much less than for the best of them."""
        denial = self._read[at]
        known = denial.speaker or not denial.is_pronoun
        least = max(ENOUGH if known else FAR, 0.8 * max(sure.values(), default=0.0))
        return tuple(sorted((i for i in sure if sure[i] >= least), key=lambda i: -sure[i])[:MOST])

    def contradicted(self, at: int) -> Weighed | None:
        """The nearest accusation before `at` that the claim there contradicts, if it does."""
        answer = self._read[at]
        if not _NEGATED_SELF.match(answer.content):
            return None
        before = range(at - 1, max(-1, at - BEFORE), -1)
        found = next((i for i in before if _contradicts(answer, self._read[i])), None)
        return Weighed(found, self._sureness(at, found), is_meant=True, is_linked=True) if found is not None else None

    def goes_on(self, at: int) -> bool:
        """Whether who made the claim before `at` goes on speaking right behind it."""
        return self._sentences(at - 1, at) <= 1 and self._goes_with(at - 1, at)

    def negates(self, at: int) -> bool:
        """Whether the claim at `at` says from its start that something is not so."""
        return _NOT_SO.match(self._read[at].content) is not None

    # -- by what points back

    def _pointed_at(self, at: int, others: Sequence[int]) -> tuple[int, ...]:
        content = self._read[at].content
        pointer = _POINTS_BACK.match(content)
        if pointer is not None:
            noun = pointer["noun"].lower()
            meant = self._of_its_kind(noun, at, others)
            return self._both(at, meant) if _BOTH.match(content) else self._run(at, meant, many=noun.endswith("s"))
        if _IT.match(content):
            near = [i for i in self._others(at, own_voice=True) if i < at and self._sentences(i, at) <= 1]
            said = [i for i in others if i < at and self._sentences(i, at) <= 2]
            return tuple((said or near)[-1:])
        if _FAULT.match(content):
            return self._accusation(at, others)
        return ()

    def _of_its_kind(self, noun: str, at: int, others: Sequence[int]) -> Sequence[int]:
        """Those that the noun can mean, if one of them is near: rumours are speculation, reports the press's."""
        levels = next((levels for start, levels in _KINDS.items() if noun.startswith(start)), frozenset())
        fitting = [i for i in others if self._read[i].level in levels]
        return fitting if any(0 <= self._distance(i, at) <= NEAR for i in fitting) else others

    def _accusation(self, at: int, others: Sequence[int]) -> tuple[int, ...]:
        """The nearest claim that puts a fault on who denies it: in a word that both have, or right before."""
        stems = self._read[at].stems
        near = [i for i in others if 0 <= self._distance(i, at) <= NEAR and self._charges(i, at)]
        fitting = [i for i in near if len(stems) < 2 or stems & self._read[i].stems or self._sentences(i, at) <= 1]
        return tuple(fitting[-1:])

    def _run(self, at: int, others: Sequence[int], *, many: bool) -> tuple[int, ...]:
        """The claim that "this claim" means, or those that "these claims" means: one close behind the other."""
        before = [i for i in reversed(others) if i < at and self._distance(i, at) >= 0 and not self._read[i].asks]
        near = [i for i in before if self._distance(i, at) <= NEAR]
        first = next((i for i in near if self._read[at].owners or self._charges(i, at)), None)
        if first is None or self._lines(near[0], at) == 0 < self._lines(first, at):
            first = next((i for i in near if self._sentences(i, at) <= 1), first)
        if first is None:
            return ()
        found = [first]
        for i in before[before.index(first) + 1 :] if many else ():
            if self._distance(i, found[-1]) > GAP or len(found) == MOST:
                break
            if self._charges(i, at) or self._goes_with(i, found[-1]):
                found.append(i)
        return tuple(reversed(found))

    def _both(self, at: int, others: Sequence[int]) -> tuple[int, ...]:
        """The two claims that "both claims" means, if they are near."""
        two = [i for i in others if 0 <= self._distance(i, at) <= NEAR][-2:]
        return tuple(two) if len(two) > 1 else ()

    def _charges(self, i: int, at: int) -> bool:
        """Whether a claim accuses somebody or speaks of who denies."""
        return self._read[i].accuses or _is_about(self._read[i], self._read[at])

    def _goes_with(self, i: int, later: int) -> bool:
        """Whether two claims have one speaker, by name or because a pronoun stands for somebody unknown."""
        one, other = self._read[i], self._read[later]
        unknown = (one.is_pronoun and not one.speaker) or (other.is_pronoun and not other.speaker)
        return unknown or _same(one.speaker, other.speaker)

    # -- by signs that add up

    def _sureness(self, at: int, i: int) -> float:
        """How sure it is that the denial at `at` denies the claim `i`, 0 to 1."""
        denial, other = self._read[at], self._read[i]
        if other.asks or other.negated:
            return 0.0
        alike = self._alike(denial, other)
        if not 0 <= self._distance(i, at) <= NEAR:
            return alike if alike >= FAR else 0.0
        named, about = _same(denial.speaker, other.names), _is_about(other, denial)
        sure = 0.9 * alike + 0.05 * named + 0.1 * about + 0.1 * (about and denial.of_self)
        sure += 0.15 * _same(other.speaker, denial.names) + 0.25 * other.accuses
        apart = self._sentences(i, at)
        if apart <= 1 and not (apart == 0 and denial.is_pronoun and not denial.speaker):
            between = self._text[other.place.end : denial.place.start]
            sure += 0.2 + 0.1 * (_CONTRAST.search(between) is not None) + 0.1 * _same(denial.names, other.names)
        elif self._lines(i, at) <= 2:
            sure += 0.1
        return min(sure, 1.0)

    def _alike(self, denial: _Read, other: _Read) -> float:
        """The share of the telling words that both have, more exactly their cosine; 0 where they share less than two."""
        shared = denial.stems & other.stems
        if len(shared) < 2:
            return 0.0
        wanted, held = self._weight(denial.stems), self._weight(other.stems)
        return self._weight(shared) / max(wanted, sqrt(wanted * held))

    def _weight(self, stems: Iterable[str]) -> float:
        return sum(log(self._size / self._held[stem]) for stem in stems) or 1.0

    # -- who and where

    def _others(self, at: int, *, own_voice: bool = False) -> list[int]:
        """The claims around `at` that somebody else made and that are no denials; before it, and some behind."""
        denial = self._read[at]
        return [
            i
            for i in range(max(0, at - BEFORE), min(len(self._read), at + BEHIND))
            if i != at
            and self._read[i].level != "denial"
            and (own_voice or self._read[i].attributed)
            and not self._read[i].place.overlaps(denial.place)
            and not self._one_speaker(denial, self._read[i])
            and (not denial.owners or _same(denial.owners, self._read[i].speaker))
        ]

    @staticmethod
    def _one_speaker(one: _Read, other: _Read) -> bool:
        """Whether two claims have the same speaker, also where both say only "he"."""
        alike = one.is_pronoun and not one.speaker and not other.speaker and one.roles == other.roles
        return alike or _same(one.speaker, other.speaker)

    def _distance(self, i: int, at: int) -> int:
        return self._read[at].place.start - self._read[i].place.end

    def _lines(self, i: int, at: int) -> int:
        return self._text.count("\n", self._read[i].place.end, self._read[at].place.start)

    def _sentences(self, i: int, at: int) -> int:
        """How many sentences end between two claims, 9 if they are far from each other."""
        if not 0 <= self._distance(i, at) <= NEAR:
            return 9
        return len(_STOP.findall(self._text, self._read[i].place.end - 1, self._read[at].place.start))


def _read(text: str, claim: Suggestion, known: Lexicon) -> _Read:
    content = words_of(text, claim.content)
    source = words_of(text, claim.source)
    cue = words_of(text, claim.cue)
    told = f"{cue} {_addressed(text, claim)} {content}"
    return _Read(
        place=hull(claim.content + claim.cue),
        content=content,
        stems=_stems(content),
        speaker=_names(f"{_OPPONENTS.sub('', source)} , {claim.source_entity or ''}", known),
        roles=frozenset(_WORD.findall(source.lower())) - _COMMON,
        names=_names(_WHERE.sub("", told), known),
        things=frozenset(_THING.findall(told.lower())),
        owners=_names(
            " , ".join(name for match in _OWNER.finditer(content) for name in match.group("owner", "by", "of") if name),
            known,
        ),
        takes_back=_DISOWNS.search(cue) is not None,
        is_pronoun=_PRONOUN.match(source) is not None,
        of_self=_OF_SELF.match(content) is not None,
        asks=_ASKS.match(content) is not None,
        negated=_NEGATION.search(f"{cue} {content}") is not None,
        accuses=_ACCUSES.search(cue) is not None,
        level=claim.level,
        attributed=bool(claim.source or claim.cue) and source.lower() not in _THE_READER,
    )


def _addressed(text: str, claim: Suggestion) -> str:
    """The words between cue and content, which are neither's: accused | the port | of dumping sludge."""
    if not claim.cue or not 0 < claim.content[0].start - claim.cue[-1].end <= ADDRESS:
        return ""
    return text[claim.cue[-1].end : claim.content[0].start]


def _is_about(claim: _Read, speaker: _Read) -> bool:
    """Whether a claim speaks of who makes another: by a name, or as the thing that they stand for (the port)."""
    return _same(speaker.speaker, claim.names) or not speaker.roles.isdisjoint(claim.things)


def _names(words: str, known: Lexicon) -> frozenset[Name]:
    """The names in `words`, countries by one name: their capitals and peoples mean the same."""
    found = set()
    for match in _NAME.finditer(words):
        parts = [part.removesuffix("'s") for part in match.group().lower().replace("’", "'").split()]
        while parts and parts[0] in _COMMON:
            del parts[0]
        whole = " ".join(parts)
        country = known.countries.get(whole) or known.countries.get(whole.removesuffix("s"))
        if country:
            parts = [country.lower()]
        found.add(frozenset(part for part in parts if part not in known.titles) or frozenset(parts))
    return frozenset(name for name in found if name and not name <= _NO_NAME)


def _same(some: frozenset[Name], others: frozenset[Name]) -> bool:
    """Whether a name of the one is a name of the other, or part of it."""
    return any(one <= other or other <= one for one in some for other in others)


def _stems(words: str) -> frozenset[str]:
    return frozenset(_ENDING.sub("", word)[:6] for word in _WORD.findall(words.lower()) if word not in _COMMON)
