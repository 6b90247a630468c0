"""Who a source is in full: "Kim" back to Kim Yong-kyun, "he" to the man who spoke last, "both nations" to the two."""

from functools import cached_property
from typing import NamedTuple

import regex

from claimdesk.core.claim import words_of
from claimdesk.core.suggest import acts
from claimdesk.core.suggest.attribution import Attribution
from claimdesk.core.suggest.bodies import Bodies
from claimdesk.core.suggest.kinds import (
    PARTISANS,
    PERSONAL,
    kind_of,
    split_head,
    words_in,
)
from claimdesk.core.suggest.lexicon import Lexicon
from claimdesk.core.suggest.names import NOT_A_NAME
from claimdesk.core.suggest.people import People
from claimdesk.core.suggest.phrases import CUT, OF_OFFICE, Phrases
from claimdesk.core.suggest.portraits import Profile, kind_told, of_somebody_named

_LEADS = regex.compile(
    r"^(?:(?:even|only|especially|including|particularly|by|from|because|while|as)\s+)+", regex.IGNORECASE
)
_ENDS = regex.compile(r"(?:\s+(?:him|her|it|them)sel(?:f|ves)|['’]s?)$")
_LABEL = regex.compile(
    r"^[\d:.\s]*(?:[ap]\.?m\.?)?\s*:?$|^(?:question|answer|reporter|moderator|q|a)\.?:$", regex.IGNORECASE
)
_BEGINS_A_PART = regex.compile(r"(?:the\s+)?(?:former\s+)?\p{Lu}")
_OWNED = regex.compile(
    r"^(?:(?P<pronoun>[Hh]is|[Hh]er)|(?:[Tt]he\s+)?(?P<owner>(?:\p{Lu}[^,]*?\s)?\p{Lu}\S*?)(?:['’]s|(?<=s)['’]))\s+(?P<thing>.+)$"
)
_CAMPAIGNS = frozenset("campaign camp team".split())
_SAYINGS = frozenset(
    "account words word tweet tweets mind remarks remark comments comment speech statement statements post posts page website site "
    "article column piece book reporting editorial view position words answer response testimony op-ed essay board".split()
)
_LEAKED = frozenset(
    "email emails e-mail e-mails diary tape tapes disclosure disclosures filing filings return returns records memo memos".split()
)
"""What somebody wrote for others than the public: a document, where their own letter, video or site speaks for them."""
_CONTENDERS = frozenset(
    "candidate nominee front-runner frontrunner senator governor businessman businesswoman billionaire politician hopeful".split()
)
_PAIR = regex.compile(
    r"^(?:both|the two|two)\s+(?:nations|countries|sides|governments|states|capitals)$", regex.IGNORECASE
)
_PASSING = frozenset("former then new longtime own retired".split())
_ANTECEDENT_ENDS = regex.compile(r"[.;:!?“”\"\n]")
_OPENS = frozenset(
    "the a an this these those some many several all both two three one another his her its their other few most any".split()
)
_PRONOUNS = {
    "he": "he", "his": "he", "him": "he", "she": "she", "her": "she", "they": "they", "their": "they", "them": "they", "it": "it",
    "its": "it", "both": "they", "each": "they", "others": "they",
}  # fmt: skip
_THOSE_ASKED = regex.compile(
    r"(?:everyone|everybody|all)(?: of them)?$"
    r"|(?:everyone|everybody|all|those|many|most|several|some)(?: of them)? (?:whom |that )?(?:i|we) \p{L}+(?: (?:with|to))?$"
)
_CLITIC = regex.compile(r"(?<=^(?:s?he|they|it|who|that))['’](?:s|re|ve|d|ll)$")
_RELATIVES = frozenset("who whose which that".split())
_REACH = 3000
"""Code points that a pronoun or "both nations" reaches back over."""
_ANTECEDENT_WITHIN = 90
_SENTENCE = 300
"""Code points within which the main clause of a sentence follows its cue."""
_PRONOUN_FIRST = regex.compile(r"(?:(?:And|But|Yet|So|Then)\s+)?(?P<pronoun>s?he)\b", regex.IGNORECASE)
_OWN_CUE = regex.compile(r"(?P<name>(?:(?:Mr|Mrs|Ms|Dr)\.\s)?\p{Lu}[\p{L}-]+)['’]s\b")
_BEHIND_COMMA = regex.compile(
    r"[^.!?\n]*?,[”\"]?\s+(?P<name>(?:(?:Mr|Mrs|Ms|Dr)\.\s)?\p{Lu}[\p{L}'’-]+(?:\s\p{Lu}[\p{L}'’-]+)*)\s+\p{Ll}"
)


class Who(NamedTuple):
    """A source resolved: its name in full (None if it has none) and its kind (None if nothing tells).

    `person` is what the article tells of the person whom it names; `words` are the words that named the source, those of
    whom a pronoun stands for where the source is one.
    """

    name: str | None
    kind: str | None
    person: Profile | None = None
    words: str = ""


NOBODY = Who(None, None)


class Register:
    """The people and institutions of one article, and who spoke last in the reading so far."""

    def __init__(self, text: str, words: Lexicon, people: People | None = None) -> None:
        """`people` are those of the text, where they are known already."""
        self._text = text
        self._title_end = len(text.partition("\n")[0])
        self._words = words
        self._people = people or People(text, words)
        self._phrases = Phrases(words, self._people)
        self._bodies = Bodies(text, words, self._people, self._phrases)
        self._last: dict[str, tuple[int, Who]] = {}

    def speaker(self, said: Attribution) -> Who:
        """Who says it: the source, or where none is marked the subject of the sentence, if the cue tells what somebody does."""
        if said.source:
            return self.who(said.source[0].of(self._text), said.source[0].start)
        return self._subject(said) if said.cue and acts.is_active(words_of(self._text, said.cue)) else NOBODY

    def _subject(self, said: Attribution) -> Who:
        """Whom the sentence of a cue is about: the person at its head, or right behind the comma that ends the cue's clause."""
        cue = said.cue[0].start
        if owner := _OWN_CUE.match(self._text, cue):
            return self._resolved(owner["name"], cue)
        start = self._people.subjects.sentence_start(cue)
        opening = _PRONOUN_FIRST.match(self._text, start, cue)
        if opening:
            return self._stood_for(_PRONOUNS[opening["pronoun"].lower()], start)
        if (found := self._people.subjects.last("", cue, start - 1)) is not None:
            return Who(found.name, found.kind, found, found.name)
        behind = _BEHIND_COMMA.search(self._text, cue, cue + _SENTENCE)
        if behind:
            return self._resolved(behind["name"], behind.start("name"))
        named = self._people.only_between(0, self._title_end)
        return Who(named.name, named.kind, named, named.name) if named is not None else NOBODY

    def who(self, source: str, start: int) -> Who:
        """The source whose words are `source` and begin at code point `start`; it is remembered for later pronouns."""
        plain = " ".join(source.split()).strip(" ,'’\"“”‘.")
        low = plain.lower()
        if not low or _LABEL.match(plain):
            return NOBODY
        low = _CLITIC.sub("", low)
        pronoun = _PRONOUNS.get("they" if _THOSE_ASKED.match(low) else low)
        if pronoun:
            found = self._stood_for(pronoun, start)
            if found is not NOBODY:
                self._last[pronoun] = (start, found)
            return found
        if low in _RELATIVES:
            found = self._antecedent(start)
            # "A book by Ann Lee, which": of a person only "who" is said.
            return found if found.person is None or low in {"who", "whose"} else Who(None, None, words=source)
        found = self._resolved(_ENDS.sub("", _LEADS.sub("", plain)) or plain, start)
        self._remember(found, low, start)
        return found

    # -- pronouns

    def _stood_for(self, pronoun: str, start: int) -> Who:
        """Whom a pronoun means: who spoke last, or a person with whom a sentence began since then."""
        spoke, found = self._last.get(pronoun, (-_REACH, NOBODY))
        if start - spoke > _REACH:
            spoke, found = start - _REACH, NOBODY
        if pronoun in {"he", "she"}:
            subject = self._people.subjects.last(pronoun, start, spoke)
            if subject is not None:
                found = Who(subject.name, subject.kind, subject, subject.name)
        return found

    def _antecedent(self, start: int) -> Who:
        """Whom a relative pronoun stands for: the noun phrase right before it, from its article or preposition on."""
        before = _ANTECEDENT_ENDS.split(self._text[max(0, start - _ANTECEDENT_WITHIN) : start])[-1].rstrip(" ,")
        parts = before.split(",")[-1].split()
        if not parts:
            return NOBODY
        first = len(parts) - 1
        while first > 0 and parts[first].lower() not in _OPENS and not self._phrases.bounds(parts[first - 1]):
            first -= 1
        phrase = " ".join(parts[first:])
        return self._resolved(phrase, start - len(phrase))

    def _remember(self, found: Who, low: str, start: int) -> None:
        if found.person is None:
            plural = low.endswith("s") or " and " in low
            self._last["they" if plural else "it"] = (start, found)
            if found.kind in {"official", "media"}:
                self._last["they"] = self._last["it"] = (start, found)
            if found.name is None and not plural and PERSONAL & set(words_in(low)):
                self._last["he"] = self._last["she"] = (start, found)
            return
        for pronoun in ("he", "she"):
            if found.person.pronoun == pronoun or (not found.person.pronoun and not self._fits_better(pronoun, start)):
                self._last[pronoun] = (start, found)

    def _it(self, start: int) -> str | None:
        """The name of the body that spoke last, and not long ago."""
        place, found = self._last.get("it", (-_REACH, NOBODY))
        return found.name if start - place <= _REACH else None

    def _fits_better(self, pronoun: str, start: int) -> bool:
        """Whether somebody is remembered who is known to go by this pronoun, and not from long ago."""
        place, found = self._last.get(pronoun, (0, NOBODY))
        return found.person is not None and found.person.pronoun == pronoun and start - place <= _REACH

    # -- names

    def _resolved(self, plain: str, start: int) -> Who:
        if _PAIR.match(plain):
            return Who(self._bodies.two_countries(start), "official", words=plain)
        kind = kind_of(plain, self._words)
        found = self._owned(plain, start, kind) or (
            None if self._is_writing(plain) else self._somebody(plain, start, kind)
        )
        return found or Who(self._bodies.name(plain, start, kind, self._it(start)), kind, words=plain)

    def _somebody(self, plain: str, start: int, kind: str | None) -> Who | None:
        """The people whom the words name or describe; None where they tell of something else."""
        several = self._together(plain)
        if several is not None:
            return several
        person = self._phrases.person_in(plain)
        if person is not None:
            return Who(person.name, self._told(plain, person) or person.kind, person, plain)
        described = self._described(plain, start)
        return Who(described.name, described.kind or kind, described, plain) if described is not None else None

    def _together(self, plain: str) -> Who | None:
        """Several people, or people and an institution, by all their names: Ann Lee and the State Department."""
        names: list[str] = []
        people: list[Profile] = []
        for part in self._phrases.parts(plain):
            person = self._phrases.person_in(part)
            if person is not None:
                people.append(person)
            elif not _BEGINS_A_PART.match(part):
                continue
            name = person.name if person else people and self._bodies.name(part, -1, kind_of(part, self._words), None)
            if not name:
                return None
            names.append(name)
        names = list(dict.fromkeys(names))
        if not people or len(names) < 2:
            return None
        return Who(f"{', '.join(names[:-1])} and {names[-1]}", people[0].kind, people[0], plain)

    def _is_writing(self, plain: str) -> bool:
        """Whether the words name something written, whoever's name is in its: a Harlan Times poll; Ann Lee's e-mails."""
        head, _ = split_head(plain)
        return bool(head) and head[-1].lower() in self._words.roles["document"]

    def _told(self, plain: str, person: Profile) -> str | None:
        """The kind that the words around a person's name tell: Professor … from Kyungnam University."""
        before, name, after = plain.partition(person.name)
        if not name:
            return None
        return of_somebody_named(kind_of(before, self._words)) or kind_told(after.strip(" ,"), self._words)

    def _described(self, plain: str, start: int) -> Profile | None:
        """The person whose role the words repeat: the mayor."""
        masked = OF_OFFICE.sub("of_", plain)
        if plain[:4].lower() != "the " or CUT.search(masked):
            return None
        low = words_in(masked.replace("of_", ""))[1:]
        if not low or low[-1] not in self._described_as or (len(low) == 1 and low[0] in PARTISANS):
            return None
        spoke = sorted(self._last.values(), key=lambda last: -last[0])
        last = [who.person for _, who in spoke if who.person is not None]
        lasting = {word for word in low if word not in _PASSING}
        described = self._people.described(set(low), last) or (
            self._people.described(lasting, last) if lasting else None
        )
        return described or (self._last_named(start) if low[-1] in _CONTENDERS | PARTISANS else None)

    def _last_named(self, start: int) -> Profile | None:
        """The person who spoke last, or with whom a sentence began since then."""
        spoke = max((self._last.get(pronoun, (-1, NOBODY)) for pronoun in ("he", "she")), key=lambda last: last[0])
        after = max(spoke[0], start - _REACH)
        subject = self._people.subjects.last("", start, after)
        return subject or (spoke[1].person if spoke[0] >= start - _REACH else None)

    def _owned(self, plain: str, start: int, kind: str | None) -> Who | None:
        """Who stands behind words or a campaign that somebody owns: Lee's remarks; his campaign."""
        if plain.lower() in {"the campaign", "the government", "the administration"}:
            body = self._bodies.last_before(plain.split()[-1], start)
            return Who(body, kind, words=plain) if body else None
        found = _OWNED.match(plain)
        owner = found["owner"] if found else None
        if found is None:
            return None
        noun = (words_in(CUT.split(found["thing"])[0]) or [""])[-1]
        speaks = noun in _SAYINGS or (owner and noun in self._words.roles["document"] - _LEAKED)
        person = self._phrases.person_in(owner) if owner else self._meant(found["pronoun"], start)
        name = (
            person.name if person else self._bodies.in_full(owner) if owner and owner.lower() not in NOT_A_NAME else ""
        )
        if not name or not (speaks or noun in _CAMPAIGNS):
            return None
        if speaks:
            return Who(name, person.kind if person else kind, person, plain)
        return Who(f"{name.split()[-1] if person else name} campaign", kind, words=plain)

    def _meant(self, pronoun: str, start: int) -> Profile | None:
        return self._stood_for(_PRONOUNS[pronoun.lower()], start).person

    @cached_property
    def _described_as(self) -> frozenset[str]:
        roles = self._words.roles
        listed = roles["official"] | roles["expert"] | roles["witness"] | roles["media"]
        return (listed | _CONTENDERS | PARTISANS) - self._words.institutions
