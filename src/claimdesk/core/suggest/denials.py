"""Which claims a denial denies: by what points back ("these claims"), by whom it answers, and by shared words.

Every claim near a denial that somebody else made is weighed by signs that are added up; a link is made only where they
suffice, since a wrong link misleads more than a missing one. Whatever is compared of a claim is read once.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import log, sqrt

import regex

from claimdesk.core.claim import Span, Suggestion, hull, words_of
from claimdesk.core.suggest.lexicon import Lexicon, lexicon

ENOUGH = 0.37
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
_UPHELD = regex.compile(
    r"\b(?:not|never|\w+n['’]t|cannot|refus\w+|declin\w+)\s(?:\w+\s){0,2}(?:den|reject|dismiss|disput|refut|rebut|repudiat|disavow|contest)",
    regex.IGNORECASE,
)
_POINTS_BACK = regex.compile(
    rf"[“\"‘'\s]*(?:that\s+|all\s+|any\s+|both\s+|of\s+)*(?:these|those|such|the|that|this|his|her|their|its|[\p{{L}} .-]{{2,40}}?['’]s?)"
    rf"\s+(?:[\p{{Ll}}-]+\s+)?(?P<noun>{_NOUN})\b{_COMPLEMENT}",
    regex.IGNORECASE,
)
_IT = regex.compile(
    rf"[“\"‘'\s]*(?:an?\s+{_NOUN}[\s.,]*$)|"
    r"[“\"‘'\s]*(?:(?:it|that|this|which|so|something|them|as much)(?:[\s.,;”\"’]*$|\s+(?:as|and|but)\b|,)"
    r"|(?:that|this|it)(?:\s+(?:is|was)|['’]s)\s+(?:not|simply|just|absolutely|completely|totally|a\s+lie|false|untrue|wrong|nonsense)\b)",
    regex.IGNORECASE,
)
_FAULT = regex.compile(
    r"(?:any|all|the|having\s+any|that\s+it\s+had\s+any)?\s*(?:wrongdoing|involvement|responsibility|misconduct|impropriety|knowledge|blame|guilt|role|part"
    r"|allegations?|accusations?|charges?)(?:[\s.,”\"]*$|\s+(?:in|for|with|of)\b)",
    regex.IGNORECASE,
)
_ACCUSES = regex.compile(r"\b(?:accus|alleg|blam|fault)\w*", regex.IGNORECASE)
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
_NEGATION = regex.compile(r"\b(?:not|\w+n['’]t|never|no|none|nothing|neither)\b", regex.IGNORECASE)
_PRONOUN = regex.compile(r"(?:he|she|it|they|I|we)$", regex.IGNORECASE)
_OF_SELF = regex.compile(r"[“\"‘'\s]*(?:that\s+)?(?:he|she|they|it|I|we|his|her|its|their|our|my)\b", regex.IGNORECASE)
_NAME = regex.compile(r"\p{Lu}[\p{L}\p{M}]*(?:[-’'&]\p{L}+)*(?: \p{Lu}[\p{L}\p{M}]*(?:[-’'&]\p{L}+)*)*")
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
_KINDS = {
    "rumo": frozenset({"speculation"}),
    "speculat": frozenset({"speculation"}),
    "report": frozenset({"media", "document"}),
}
Name = frozenset[str]
"""The words of a name without titles, lower case: "Kim" is part of "Kim Yong-kyun"."""


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
    upheld: bool
    of_self: bool
    asks: bool
    accuses: bool
    level: str
    attributed: bool


def resolved(text: str, claims: Sequence[Suggestion]) -> list[Suggestion]:
    """The claims, which are in text order, with what each denial denies; `denies` holds places in the list.

    Who contradicts what others accuse them of denies it too. Each denial sees a window of neighbours: linear in the claims.
    """
    known = lexicon()
    article = _Article(text, [_read(text, claim, known) for claim in claims])
    return [_resolved(article, claim, at) for at, claim in enumerate(claims)]


def contradicts(text: str, answer: Suggestion, accusation: Suggestion) -> bool:
    """Whether `answer` denies without a denying verb what `accusation` says of its speaker: "I never sold it".

    The accusation must be somebody else's, name who answers, and share two telling words with the answer at least.
    """
    known = lexicon()
    return _contradicts(_read(text, answer, known), _read(text, accusation, known))


def _resolved(article: "_Article", claim: Suggestion, at: int) -> Suggestion:
    if claim.level == "denial":
        return replace(claim, denies=article.denied(at))
    answered = article.contradicted(at)
    if answered is None:
        return claim
    reason = f"{claim.reason.split(';')[0]}; contradicts what others say"
    return replace(claim, level="denial", denies=(answered,), reason=reason)


def _contradicts(answer: _Read, accusation: _Read) -> bool:
    negated = _NEGATED_SELF if accusation.accuses else _NEVER_DID
    if not accusation.attributed or not negated.match(answer.content) or _NEGATION.search(accusation.content):
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

    def denied(self, at: int) -> tuple[int, ...]:
        """The claims that the denial at `at` denies, in text order; none where nothing is sure enough."""
        denial = self._read[at]
        if denial.upheld:
            return ()
        others = self._others(at)
        pointed = self._pointed_at(at, others)
        if pointed:
            return pointed
        weighed = {i: self._sureness(at, i) for i in others}
        least = max(ENOUGH, 0.8 * max(weighed.values(), default=0.0))
        kept = sorted((i for i in weighed if weighed[i] >= least), key=lambda i: -weighed[i])
        return tuple(sorted(kept[:MOST]))

    def contradicted(self, at: int) -> int | None:
        """The nearest accusation before `at` that the claim there contradicts, if it does."""
        answer = self._read[at]
        if not _NEGATED_SELF.match(answer.content):
            return None
        before = range(at - 1, max(-1, at - BEFORE), -1)
        return next((i for i in before if _contradicts(answer, self._read[i])), None)

    # -- by what points back

    def _pointed_at(self, at: int, others: Sequence[int]) -> tuple[int, ...]:
        content = self._read[at].content
        pointer = _POINTS_BACK.match(content)
        if pointer is not None:
            noun = pointer["noun"].lower()
            return self._run(at, self._of_its_kind(noun, at, others), many=noun.endswith("s"))
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
        if other.asks:
            return 0.0
        alike = self._alike(denial, other)
        if not 0 <= self._distance(i, at) <= NEAR:
            return alike if alike >= FAR else 0.0
        about = _is_about(other, denial)
        sure = 0.9 * alike + 0.15 * about + 0.1 * (about and denial.of_self)
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
            and not _same(denial.speaker, self._read[i].speaker)
            and (not denial.owners or _same(denial.owners, self._read[i].speaker))
        ]

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
        speaker=_names(f"{source} , {claim.source_entity or ''}", known),
        roles=frozenset(_WORD.findall(source.lower())) - _COMMON,
        names=_names(told, known),
        things=frozenset(_THING.findall(told.lower())),
        owners=_names(
            " , ".join(name for match in _OWNER.finditer(content) for name in match.group("owner", "by", "of") if name),
            known,
        ),
        upheld=_UPHELD.search(cue) is not None,
        is_pronoun=_PRONOUN.match(source) is not None,
        of_self=_OF_SELF.match(content) is not None,
        asks=_ASKS.match(content) is not None,
        accuses=_ACCUSES.search(cue) is not None,
        level=claim.level,
        attributed=bool(claim.source or claim.cue),
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
