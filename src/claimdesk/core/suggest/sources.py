"""Who a source is in full: "Kim" back to Kim Yong-kyun, "he" to the man who spoke last, "both nations" to the two."""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import regex

from claimdesk.core.claim import words_of
from claimdesk.core.suggest import acts
from claimdesk.core.suggest.attribution import Attribution
from claimdesk.core.suggest.kinds import (
    NOBODY_IN_PARTICULAR,
    PARTISANS,
    PERSONAL,
    SPEAKS_FOR,
    kind_of,
    split_head,
    words_in,
)
from claimdesk.core.suggest.lexicon import Lexicon
from claimdesk.core.suggest.people import ARTICLE, NAME, NAME_WORD, NOT_A_NAME, People, Profile, of_somebody_named

_DETERMINER = regex.compile(
    r"^(?:the|a|an|both|this|that|these|those|some|many|several|one|other|another|its|his|her|their|our)\s+",
    regex.IGNORECASE,
)
_NAME_PHRASE = regex.compile(
    r"[\p{L}\p{N}'’&.-]+(?:\s+(?:of|for|and|on|de|du)\s+(?:the\s+|an?\s+)?(?=\p{Lu})\S+|\s+[\p{Lu}\d]\S*"
    r"|\s+(?!(?:who|that|which|with|in|at|from|of|for|on|and|near|to|last|this|next|by|as|after|during|before|when)\b)\p{Ll}\S*)*"
)
_BESIDE_NAME = regex.compile(r"(?<=\p{Ll})(?<!\b(?:and|or|of|for|from|in|on|at|to|by|with)) the (?=\p{Lu})")
_OWNER = regex.compile(r"^\p{Ll}[\p{L} -]*['’]s\s+")
_CUT = regex.compile(r"\s+(?:from|of|at|in|with|who|for|on|and|near|to|that|which)\b|,|\(|\s[–—-]+\s")
_OF_OFFICE = regex.compile(
    r"\bof (?=(?:state|staff|parliament|congress|defen[cs]e|health|education|justice|labou?r|commerce|the (?:interior|treasury))\b)",
    regex.IGNORECASE,
)
_LEADS = regex.compile(
    r"^(?:(?:even|only|especially|including|particularly|by|from|because|while|as)\s+)+", regex.IGNORECASE
)
_ENDS = regex.compile(r"(?:\s+(?:him|her|it|them)sel(?:f|ves)|['’]s?)$")
_LABEL = regex.compile(
    r"^[\d:.\s]*(?:[ap]\.?m\.?)?\s*:?$|^(?:question|answer|reporter|moderator|q|a)\.?:$", regex.IGNORECASE
)
_INSTANCES = regex.compile(r"^.*?s,? (?:including|like|such as)\s+")
_BESIDE = regex.compile(r",\s+(?!(?:and|or|nor|former)\b)(?:\p{Ll}|\d)")
_JOINED = regex.compile(r",?\s+(?:and|or|nor)\s+|,\s+")
_BEGINS_A_PART = regex.compile(r"(?:the\s+)?(?:former\s+)?\p{Lu}")
_STRETCH = regex.compile(r",|[–—]|\b(?:named|called|like|including)\b")
_BREAKS = regex.compile(
    r"\b(?:of|from|at|in|with|who|for|on|near|to|that|which|by|about|against|between|whose|when|than|as|\p{Ll}+ing)\b"
)
_OWNED = regex.compile(
    r"^(?:(?P<pronoun>[Hh]is|[Hh]er)|(?:[Tt]he\s+)?(?P<owner>\p{Lu}[^,]*?)(?:['’]s|(?<=s)['’]))\s+(?P<thing>.+)$"
)
_BODY_ALONE = frozenset(["the campaign", "the government", "the administration"])
_BODY = regex.compile(
    r"(?P<owner>\p{Lu}[\p{L}\p{M}-]+)(?:['’]s?)?\s+(?:presidential\s+|re-election\s+)?(?P<body>campaign|camp|government|administration)\b"
)
_CAMPAIGNS = frozenset("campaign camp team".split())
_SAYINGS = frozenset(
    "account words word tweet tweets mind remarks remark comments comment speech statement statements post posts page website site "
    "article column piece book reporting editorial view position words answer response testimony op-ed essay board".split()
)
_BODIES = frozenset(
    "group organization organisation association charity foundation union agency network institute".split()
)
_CONTENDERS = frozenset(
    "candidate nominee front-runner frontrunner senator governor businessman businesswoman billionaire politician hopeful".split()
)
_WRITTEN_BY = regex.compile(r"\b(?:by|from) (?:the )?(?:[\p{Ll}-]+ )*(\p{Lu}.*)")
_TITLE_OF_WRITING = regex.compile(
    r"(?:\d{4}\s+)?(?:\p{Lu}[\p{L}\p{N}.&/’'-]*\s+)+(?:[\p{Ll}]+\s+)?(?:\p{Ll}+|\p{Lu}\p{L}+)$"
)
_POLLS = frozenset("poll polls survey surveys".split())
_DAYS = regex.compile(
    r"^(?:(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
    r"(?:['’]s)?\s+)+"
)
_PAIR = regex.compile(
    r"^(?:both|the two|two)\s+(?:nations|countries|sides|governments|states|capitals)$", regex.IGNORECASE
)
_BOTH = regex.compile(r"^(?:both|neither|either)\s+", regex.IGNORECASE)
_AND = regex.compile(r"\b(?:and|or|nor)\b")
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
_BOUNDS = frozenset(
    "with by to than as like and but or is are was were be been for among that who which include including".split()
)
_PLURAL_ENDS = ("ers", "ors", "ists", "ents", "ants", "ees", "ones")
GENERIC = frozenset("report reports data figures records documents media press evidence".split())
"""Nouns of the press and of writings that name nobody who could be asked."""
_LEAKS = frozenset(
    "e-mail e-mails email emails diary tape tapes disclosure disclosures filing filings returns records memo memos "
    "submission submissions affidavit affidavits deposition depositions".split()
)
"""What of somebody's leaked or was filed does not speak for them, as their own letter, video or site does."""
_ROLE_BETWEEN = regex.compile(r"(?:\s\p{Ll}[\p{Ll}-]+){1,3}\s(?=\p{Lu})")
"""Between a house and whoever works there: Harlan Capital | portfolio manager | Ann Lee."""
_REACH = 3000
"""Code points that a pronoun or "both nations" reaches back over."""
_ANTECEDENT_WITHIN = 90
_SENTENCE = 300
"""Code points within which the main clause follows a cue."""
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

    def __init__(self, text: str, words: Lexicon) -> None:
        self._text = text
        self._words = words
        self._people = People(text, words)
        self._others = self._people.others
        self._last: dict[str, tuple[int, Who]] = {}
        self._writings: dict[str, str] = {}

    def speaker(self, said: Attribution) -> Who:
        """Who says it: the source, or where none is marked the subject of the sentence, if the cue tells what somebody does."""
        if said.source:
            return self.who(said.source[0].of(self._text), said.source[0].start)
        return self._subject(said) if said.cue and acts.is_active(words_of(self._text, said.cue)) else NOBODY

    def _subject(self, said: Attribution) -> Who:
        """Whom the sentence of a cue is about: the person at its head, or right behind the comma that ends the cue's clause."""
        cue = said.cue[0].start
        if owner := _OWN_CUE.match(self._text, cue):
            return self._resolved(" ".join(owner["name"].split()), cue)
        start = self._people.sentence_start(cue)
        opening = _PRONOUN_FIRST.match(self._text, start, cue)
        if opening:
            return self._stood_for(_PRONOUNS[opening["pronoun"].lower()], start)
        if (found := self._people.first_between(start, cue)) is not None:
            return Who(found.name, found.kind, found, found.name)
        behind = _BEHIND_COMMA.search(self._text, cue, cue + _SENTENCE)
        if behind:
            return self._resolved(" ".join(behind["name"].split()), behind.start("name"))
        title = self._text.partition("\n")[0]
        named = self._people.only_between(0, len(title))
        return Who(named.name, named.kind, named, named.name) if named is not None else NOBODY

    def who(self, source: str, start: int) -> Who:
        """The source whose words are `source` and begin at code point `start`; it is remembered for later pronouns."""
        plain = " ".join(source.split()).strip(" ,'’\"“”‘.")
        low = plain.lower()
        if not low:
            return NOBODY
        if _LABEL.match(plain):
            return Who(None, kind_of(plain, self._words), words=plain)
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
            subject = self._people.last_subject(pronoun, start, spoke)
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
        while first > 0 and parts[first].lower() not in _OPENS and not self._bounds(parts[first - 1]):
            first -= 1
        phrase = " ".join(parts[first:])
        return self._resolved(phrase, start - len(phrase))

    def _bounds(self, word: str) -> bool:
        """Whether a noun phrase does not reach over this word to the left."""
        low = word.lower()
        return low in _BOUNDS or (low in self._words.verbs and word.islower())

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

    def _fits_better(self, pronoun: str, start: int) -> bool:
        """Whether somebody is remembered who is known to go by this pronoun, and not from long ago."""
        place, found = self._last.get(pronoun, (0, NOBODY))
        return found.person is not None and found.person.pronoun == pronoun and start - place <= _REACH

    # -- names

    def _resolved(self, plain: str, start: int) -> Who:
        if _PAIR.match(plain):
            return Who(self._two_countries(start), "official", words=plain)
        kind = kind_of(plain, self._words)
        somebody = None if self._is_writing(plain) else self._together(plain) or self._somebody(plain)
        if somebody is not None:
            return somebody
        described = self._described(plain, start)
        if described is not None:
            return Who(described.name, described.kind or kind, described, plain)
        owner = self._owner(plain, start, kind)
        if owner is not None:
            return owner
        name = self._body_before(plain.lower().split()[-1], start) if plain.lower() in _BODY_ALONE else None
        return Who(name or self._institution(plain, start, kind) or None, kind, words=plain)

    def _together(self, plain: str) -> Who | None:
        """Several people, or people and an institution, by all their names: Ann Lee and the State Department."""
        examples = _INSTANCES.match(plain)
        behind = plain[examples.end() :] if examples and not self.person_in(examples.group()) else plain
        phrase = _BESIDE.split(_BOTH.sub("", behind))[0]
        parts = _JOINED.split(phrase)
        if len(parts) < 2 or not _AND.search(phrase) or any(_BREAKS.search(part) for part in parts[:-1]):
            return None
        names, people = self._names_of(parts)
        if not people or len(names) < 2:
            return None
        kind = of_somebody_named(kind_of(examples.group(), self._words)) if examples else None
        return Who(f"{', '.join(names[:-1])} and {names[-1]}", kind or people[0].kind, people[0], plain)

    def _names_of(self, parts: Sequence[str]) -> tuple[list[str], list[Profile]]:
        """The names of all the parts, each once, and the people among them; none where one of the parts has no name."""
        names: list[str] = []
        people: list[Profile] = []
        for part in parts:
            person = self.person_in(part)
            if person is not None:
                people.append(person)
            elif not _BEGINS_A_PART.match(part):
                continue
            name = person.name if person else people and self._institution(part, -1, kind_of(part, self._words))
            if not name:
                return [], []
            names.append(name)
        return list(dict.fromkeys(names)), people

    def _somebody(self, plain: str) -> Who | None:
        """The person whom the words name, with the kind that the words or else the article tell."""
        person = self.person_in(plain)
        return Who(person.name, self._told(plain, person) or person.kind, person, plain) if person is not None else None

    def _is_writing(self, plain: str) -> bool:
        """Whether the words name something written, whoever's name is in its: a Harlan Times poll."""
        head, _ = split_head(plain)
        return bool(head) and head[-1].lower() in self._words.roles["document"]

    def _told(self, plain: str, person: Profile) -> str | None:
        """The kind that the words around a person's name tell: Professor … from Kyungnam University."""
        before, name, after = plain.partition(person.name)
        if not name:
            return None
        return of_somebody_named(kind_of(before, self._words)) or self._people.kind_told(after.strip(" ,"))

    def person_in(self, plain: str) -> Profile | None:
        """The person whom the words name, in full or by the family name; not the one whom somebody speaks for."""
        named = self._named_in_full(plain)
        if named is not None:
            return named
        head = _CUT.split(_OF_OFFICE.sub("of_", plain))[0]
        alone = self._people.named(head) if " " not in head else None
        if alone is not None:
            return alone
        title, bare, _ = self._people.without_titles(head)
        parts = self._before_verb(bare.split())
        if not parts:
            return None
        found = self._people.named(parts[0] if len(parts) == 1 else parts[-1], title)
        if found is None:
            return None
        known = {ARTICLE.sub("", part).lower() for part in found.name.split()}
        return found if all(ARTICLE.sub("", part).lower() in known for part in parts) else None

    def _named_in_full(self, plain: str) -> Profile | None:
        """The person whose full name is the head of the words; of a house and whoever works there the second."""
        found = None
        for match in NAME.finditer(plain):
            _, name, _ = self._people.without_titles(match.group())
            profile = self._people.named(name) if " " in name else None
            at = match.start() + match.group().rindex(name)
            if profile is None or not self._is_head(plain[:at], plain[at + len(name) :]):
                continue
            found = profile
            goes_on = _ROLE_BETWEEN.match(plain, match.end())
            if goes_on is None or any(self._bounds(word) for word in goes_on.group().split()):
                break
        return found

    def _is_head(self, before: str, behind: str) -> bool:
        """Whether a name is the head of its phrase: the mayor, Ann Lee; author and doctor Ann Lee; but not an Ann Lee aide."""
        following = behind.split()[0].strip(",") if behind[:1] == " " and behind.strip() else ""
        modifies = behind[:2] in {"'s", "’s"} or following in self._modified
        return not modifies and not _BREAKS.search(_STRETCH.split(_OF_OFFICE.sub("of_", before))[-1])

    @cached_property
    def _people_nouns(self) -> frozenset[str]:
        roles = self._words.roles
        return (roles["official"] | roles["anonymous"] | roles["witness"] | roles["expert"]) - self._words.institutions

    @cached_property
    def _described_as(self) -> frozenset[str]:
        roles = self._words.roles
        listed = roles["official"] | roles["expert"] | roles["witness"] | roles["media"]
        return (listed | _CONTENDERS | PARTISANS) - self._words.institutions

    @cached_property
    def _modified(self) -> frozenset[str]:
        return frozenset[str]().union(*self._words.roles.values())

    def _before_verb(self, parts: list[str]) -> list[str]:
        verbs = self._words.verbs
        ends = (at for at, part in enumerate(parts) if at and part.islower() and (part in verbs or part.endswith("ed")))
        return parts[: next(ends, len(parts))]

    def _described(self, plain: str, start: int) -> Profile | None:
        """The person whose role the words repeat: the mayor."""
        masked = _OF_OFFICE.sub("of_", plain)
        if plain[:4].lower() != "the " or _CUT.search(masked):
            return None
        low = words_in(masked.replace("of_", ""))[1:]
        if not low or low[-1] not in self._described_as or (len(low) == 1 and low[0] in PARTISANS):
            return None
        spoke = sorted(self._last.values(), key=lambda last: -last[0])
        last = [who.person for _, who in spoke if who.person is not None]
        lasting = {word for word in low if word not in _PASSING}
        described = self._people.described(set(low), last) or self._people.described(lasting, last)
        return described or (self._last_named(start) if low[-1] in _CONTENDERS | PARTISANS else None)

    def _last_named(self, start: int) -> Profile | None:
        """The person who spoke last, or with whom a sentence began since then, if they may hold an office or seek one."""
        spoke = max((self._last.get(pronoun, (-1, NOBODY)) for pronoun in ("he", "she")), key=lambda last: last[0])
        after = max(spoke[0], start - _REACH)
        spoken = spoke[1].person if spoke[0] >= start - _REACH else None
        last = self._people.last_subject("", start, after) or spoken
        return last if last is not None and last.kind in {None, "official"} else None

    def _owner(self, plain: str, start: int, kind: str | None) -> Who | None:
        """Who stands behind words or a campaign that somebody owns: Lee's remarks; his campaign."""
        found = _OWNED.match(plain)
        noun = (words_in(_CUT.split(found["thing"])[0]) or [""])[-1] if found else ""
        if found is None or noun not in _CAMPAIGNS | _SAYINGS | self._words.roles["document"]:
            return None
        if found["owner"]:
            person = self.person_in(found["owner"])
        else:
            person = self._stood_for(_PRONOUNS[found["pronoun"].lower()], start).person
        name = person.name if person else self._in_full(found["owner"]) if found["owner"] else None
        if name is None:
            return None
        if noun in _CAMPAIGNS:
            return Who(f"{name.split()[-1] if person else name} campaign", kind, words=plain)
        if person is not None and noun not in _LEAKS:
            return Who(name, person.kind, person, plain)
        return Who(name, kind, words=plain) if noun in _SAYINGS else None

    def _body_before(self, body: str, start: int) -> str | None:
        """The campaign or government that was named last: "the campaign" is the Lee campaign, "the government" the Peruvian one."""
        named = self._bodies.get(body, [])
        at = bisect_left(named, (start, ""))
        return named[at - 1][1] if at else None

    @cached_property
    def _bodies(self) -> dict[str, list[tuple[int, str]]]:
        """The campaigns and governments that the article names, in the order of the text: Lee's campaign is the Lee campaign."""
        found: dict[str, list[tuple[int, str]]] = {}
        for one in _BODY.finditer(self._text):
            owner, body = one["owner"], "campaign" if one["body"] == "camp" else one["body"]
            if owner.lower() not in NOT_A_NAME and (body != "government" or owner.lower() in self._words.peoples):
                found.setdefault(body, []).append((one.start(), f"{owner} {body}"))
        return found

    def _institution(self, plain: str, start: int, kind: str | None) -> str | None:
        """The name of a source that is no person, None where it has none: experts, a resident, reports."""
        bare = _OWNER.sub("", _DETERMINER.sub("", plain))
        head = _CUT.split(bare)[0]
        noun = words_in(head)[-1:]
        if not bare or plain.lower() in NOT_A_NAME:
            return None
        if noun and noun[0] in SPEAKS_FOR:
            return self._spoken_for(plain, head)
        if self._is_unnamed(plain, head):
            return None
        is_name = " " not in head and not head.islower()
        if not is_name and any(word in self._words.roles["document"] for word in words_in(head)):
            return self._document(bare, head)
        if noun and plain[:4].lower() == "the " and " " in bare and bare.islower():
            alike = (name for name in self._by_last_word.get(noun[0], []) if name.lower().endswith(f" {bare}"))
            if named := next(alike, None):
                return named
        if noun and noun[0] in self._words.institutions | _BODIES and head.islower():
            return self._referred(plain, bare, noun[0], start)
        starts = start if plain == bare else -1
        if not any(letter.isupper() for letter in bare) or self._is_common_noun(head, starts, kind):
            return None
        return self._outlet(plain, bare) if kind == "media" else self._name_of(bare)

    def _is_unnamed(self, plain: str, head: str) -> bool:
        """Whether people are only counted among their like: Welsh officials; a Kent Liberal; most of the big unions."""
        first, last = plain.split()[0].lower(), head.split()[-1] if head else ""
        like = (words_in(last) or [""])[0].removesuffix("s")
        if first in NOBODY_IN_PARTICULAR and like in PARTISANS | self._words.peoples:
            return True
        return last.islower() and last in self._people_nouns and (last.endswith("s") or first in NOBODY_IN_PARTICULAR)

    def _document(self, bare: str, head: str) -> str | None:
        """A writing by its own name, 1991 North-South Basic Agreement, or by that of its author; a poll stays one: Kent Daily poll."""
        words = head.split()
        last = max(at for at, word in enumerate(words) if set(words_in(word)) & self._words.roles["document"])
        noun = words_in(words[last])[0]
        name = _TITLE_OF_WRITING.search(_DAYS.sub("", " ".join(words[: last + 1])))
        if name:
            return self._noted(noun, name.group())
        author = _WRITTEN_BY.search(bare)
        if author:
            house = _NAME_PHRASE.match(_CUT.split(author.group(1))[0])
            named = house.group() if house else ""
            return self._noted(noun, f"{named} {noun}" if noun in _POLLS else named)
        return self._writings.get(noun) if bare.lower() == noun else None

    def _noted(self, noun: str, name: str) -> str:
        self._writings[noun] = name
        return name

    def _outlet(self, plain: str, bare: str) -> str:
        """An outlet by its name, with the article that belongs to it: The Times, but Reuters."""
        name = self._name_of(bare)
        longer = self._longest_ending_in(name) if " " not in name else name
        last = longer.split()[-1]
        goes_with_the = plain.lower().startswith("the ") and last in self._words.outlets and not last.isupper()
        return f"The {longer}" if goes_with_the else longer

    def _longest_ending_in(self, word: str) -> str:
        """The full name of what goes by its last word: Post is Daily Post where the article names that."""
        named = self._by_last_word.get(word.lower(), [])
        return named[-1] if len(named) == 1 else word

    def _is_common_noun(self, head: str, start: int, kind: str | None) -> bool:
        """Whether a capital is only that of the sentence: Experts, Opposition leaders."""
        if any(letter.isupper() for letter in head[1:]) or not head[:1].isupper():
            return head.islower()
        if self._others[head] > self._people.at_sentence_start[head] or not self._people.starts_sentence(start):
            return False
        if words_in(head)[0] in self._words.peoples:
            return False
        noun = words_in(head)[-1]
        listed = kind in {"anonymous", "expert", "witness"} or (
            kind == "official" and noun in self._words.roles["official"]
        )
        return (
            (listed and noun not in self._words.institutions)
            or noun in GENERIC | self._words.roles["document"]
            or noun.endswith(_PLURAL_ENDS)
        )

    def _spoken_for(self, plain: str, head: str) -> str | None:
        """Whom a nameless spokesman speaks for: a spokesman for Northwind; a City spokeswoman."""
        behind = regex.search(r"\b(?:for|of|from)\s+(?:the\s+)?(\p{Lu}.*)$", plain)
        if behind:
            name = _CUT.split(behind.group(1))[0]
            found = self.person_in(name)
            return found.name if found else self._in_full(name)
        before = " ".join(head.split()[:-1])
        return (
            self._in_full(before) if before[:1].isupper() and head.split()[0] not in {"A", "The", "Another"} else None
        )

    def _in_full(self, name: str) -> str:
        return self._people.acronyms.get(name, name) if name.isupper() else name

    def _name_of(self, bare: str) -> str:
        """A name without adjectives before it and phrases behind it; an acronym as the name that it is short for."""
        countries = regex.search(r"\b\p{Lu}[\p{L} ]*$", bare)
        if " and " in bare and all(part[:1].isupper() for part in bare.split(" and ")):
            first, rest = bare.split(" ", 1)
            return (
                rest if countries and first.lower() not in self._words.countries and self._are_countries(rest) else bare
            )
        name = bare.split(",")[0].split(" (")[0]
        longer = regex.match(rf"(?:\p{{Ll}}[\p{{L}}-]*\s+)*((?:\d+\s+)?{NAME_WORD.pattern}.*)", name)
        name = longer.group(1) if longer else name
        # "The aid group the Halley Fund": the noun before it is no part of the name.
        name = _BESIDE_NAME.split(name)[-1]
        words = _NAME_PHRASE.match(name)
        return self._in_full(words.group() if words else name)

    def _are_countries(self, names: str) -> bool:
        return all(name.lower() in self._words.countries for name in names.split(" and "))

    def _referred(self, plain: str, bare: str, noun: str, start: int) -> str | None:
        """A body that goes by its noun: "the ministry" is the Foreign Ministry named before; police are police."""
        low = words_in(plain)
        if low[0] == "the" and noun in self._words.companies - _BODIES:
            return self._main_organisation
        named = self._by_last_word.get(noun, [])
        if low[0] != "the" or len(low) != 2:
            return _CUT.split(bare)[0]
        if named:
            return named[-1]
        place, found = self._last.get("it", (-_REACH, NOBODY))
        is_near = noun in _BODIES and start - place <= _REACH
        if is_near and found.name and found.name.lower() not in self._words.countries:
            return found.name
        return self._main_organisation if noun in self._words.companies else None

    @cached_property
    def _by_last_word(self) -> dict[str, list[str]]:
        """The names of two words and more by their last word, lower case, in the order of the text."""
        found: dict[str, list[str]] = {}
        for name in self._others:
            parts = name.lower().split()
            if len(parts) > 1:
                found.setdefault(parts[-1], []).append(name)
        return found

    @cached_property
    def _main_organisation(self) -> str | None:
        """The institution that the article names most, in full: what "the company" is."""
        mentions: dict[str, int] = {}
        for name, count in self._others.items():
            first = name.split(" ", 1)[0]
            for short in {name, first} & self._others.keys():
                mentions[short] = mentions.get(short, 0) + count
        fit = {name: count for name, count in mentions.items() if count > 1 and self._may_be_organisation(name)}
        best = max(fit, key=fit.__getitem__, default=None)
        return next((name for name in self._others if best and name.startswith(f"{best} ")), best)

    def _may_be_organisation(self, name: str) -> bool:
        low = name.lower()
        return low not in self._words.countries and low not in NOT_A_NAME and not kind_of(name, self._words)

    def _two_countries(self, before: int) -> str | None:
        found: list[str] = []
        for match in NAME.finditer(self._text, max(0, before - _REACH), before):
            parts = match.group().removesuffix("'s").removesuffix("’s").split()
            for size in (3, 2, 1):
                country = self._words.countries.get(" ".join(parts[:size]).lower())
                if country:
                    found = [*(name for name in found if name != country), country]
                    break
        return " and ".join(found[-2:]) if len(found) >= 2 else None
