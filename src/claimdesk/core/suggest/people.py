"""The people and institutions that an article names: names in full, roles, and the pronoun that fits each person.

Everything is read once, before anybody is asked for; what is asked later is looked up by name or by a part of it.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

import regex

from claimdesk.core.suggest.kinds import PRESS, is_press, is_scholar, kind_of, words_in
from claimdesk.core.suggest.lexicon import Lexicon

_ABBREVIATED = r"(?:Mr|Mrs|Ms|Dr|Prof|Sens?|Reps?|Gov|Gen|Lt|Col|Sgt|Capt|Maj|Adm|Rev|St|Jr|Sr|(?:\p{Lu}\.)*\p{Lu})\."
_PARTICLE = "de|da|del|della|der|den|di|do|dos|das|du|la|le|van|von|zu|ter|ten|bin|ibn|ben|abu|al|el|e|y"
_NAME_WORD = rf"(?:{_ABBREVIATED}|\p{{Lu}}[\p{{L}}\p{{M}}]*(?:[-'’&.]\p{{L}}[\p{{L}}\p{{M}}]*)*)"
NAME = regex.compile(
    rf"(?<![\p{{L}}\p{{M}}\p{{N}}]){_NAME_WORD}(?:[ \u00a0](?:(?:{_PARTICLE})[ ])*(?:(?:al|el|ad|an|ar|as|ash)-)?{_NAME_WORD})*"
)
"""A run of capitalised words, titles included."""
NAME_WORD = regex.compile(_NAME_WORD)
NOT_A_NAME = frozenset(
    "the a an on in but and as at if when while after before since for from with it he she they we you i this that these "
    "those there his her their our my no not yes so yet or nor by to of is was were are be what who why how where one two "
    "three both some many most all any each every another other last next new former meanwhile however also then now still "
    "january february march april may june july august september october november december monday tuesday wednesday thursday "
    "friday saturday sunday unlike like should could would will can do does did have has had though although because even only "
    "just than about under over between among against through without within despite according amid until unless whether "
    "perhaps maybe later earlier today yesterday here several few more such many not neither either".split()
)
"""Words that are capitalised without being a name."""

_BEHIND = regex.compile(
    r"(?:[ ]\((?P<party>[^()\n]{1,30})\))?(?:,[ ]\d{1,3}(?=,))?"
    r"(?:,[ ](?P<apposition>[^,.;:\n“”\"()–—]{3,120})|[ ](?:is|was)[ ](?P<is>(?:an?|the)[ ][^,.;:\n“”\"()]{3,80})"
    r"|[ ](?:—|–|--?)[ ](?P<aside>[^.;:\n“”\"()–—]{3,80})[ ](?:—|–|--?)[ ]|[ ](?P<of>(?:of|from|at|with)[ ][^,.;:\n“”\"()]{3,60}))?"
)
_AGE = regex.compile(r",[ ](?:\d{1,3}(?=[,.])|an?[ ]\d{1,3}-year-old\b)")
_ONE_OF = regex.compile(r"^one of (?:the )?")
_ARTICLE = regex.compile(r"^(?:an?|another)\s")
_PARTISAN = regex.compile(
    r"(?:an?|the)\s(?:[\p{L}-]+\s){0,2}(?:Democrat|Republican|conservative|liberal|independent)\b(?!\s\p{Ll}+(?:er|or|man|woman|ist|ate|head)\b)",
    regex.IGNORECASE,
)
_ONCE = regex.compile(r"(?:an?|another|one|the [^,]{1,20}['’]s)\s+(?:\p{Ll}+\s+)?former\b")
_WAS = regex.compile(r"\b(?:former|ex-\p{Ll}+)\b", regex.IGNORECASE)
_PARTY = regex.compile(r"(?:[RDI]|Lab|Con|Lib Dem|SNP)\b")
_GOES_BY = regex.compile(r"\b(?:s?he|hi[ms]|himself|hers?|herself)\b", regex.IGNORECASE)
_NOT_TITLES = regex.compile(rf"^(?:(?:{'|'.join(sorted(NOT_A_NAME))})\s+)+", regex.IGNORECASE)
_LEADS_IN = regex.compile(r"\b(?:according to|in the words of|in the view of) [^,.;\n]*$", regex.IGNORECASE)
_ACRONYM = regex.compile(r"[ ]\((?:the[ ])?(?P<acronym>\p{Lu}[\p{Lu}\p{N}]{1,7})\)")
_LONG_NAME = regex.compile(
    r"\b(?!(?:The|An|In|At|On|For|From|By) )\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+){0,3}(?: (?:of|for|and|on) (?:the )?\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+){0,3}){1,3}"
)
"""A name with small words inside: Department of the Interior."""
ARTICLE = regex.compile(r"^(?:al|el|ad|an|ar|as|ash)-(?=\p{Lu})", regex.IGNORECASE)
"""The article that belongs to an Arabic family name and is written or left out: al-Haddad, Haddad."""
_MARRIED = {"mr": "he", "mrs": "she", "ms": "she", "miss": "she"}
_NEVER_A_PERSON = frozenset(
    "university institute ministry department agency committee council court party times post news press association union "
    "bank foundation center centre college school hospital state states house "
    "senate congress parliament act agreement treaty  cup league team club company corp inc ltd plc "
    "group holdings airlines international national federal united north south east west nations commission board office "
    "journal magazine network republic kingdom administration institution society trust fund research policy "
    "western eastern northern southern york jersey hampshire carolina dakota orleans angeles vegas zealand capitol "
    "liberal conservative independent republican republicans democrat democrats democratic poll survey caucus "
    "row road county city street avenue boulevard square valley beach island islands lake europe asia africa america "
    "police service services army navy force forces media television radio assembly council organization organisation".split()
)
_BEFORE_ONE_NAME = frozenset("mr mrs ms dr sen rep gov gen".split())
_ADDRESS = _BEFORE_ONE_NAME | {"miss", "mayor", "judge", "justice"}
"""Titles of somebody who may go by an outlet's name or by the first of two: Mr. Guardian; Mr. Tonga is Tonga Moala."""
_FORE_WORDS = frozenset(
    "said says pastor staff challenger rival billionaire millionaire host front-runner frontrunner contributor strategist mogul "
    "activist columnist legend star chief rev".split()
)
"""What stands before a name in a headline or a title and is no part of it, besides titles and roles."""
_OWNS = ("'s", "’s", "s'", "s’")
_SUFFIXES = frozenset("jr sr ii iii iv".split())
_IN_FULL = {
    "sen": "senator",
    "rep": "representative",
    "gov": "governor",
    "gen": "general",
    "sgt": "sergeant",
    "capt": "captain",
}
_BARE_ROLES = frozenset(
    "director head president chief chairman chairwoman chair founder co-founder professor author executive editor leader "
    "secretary minister mayor governor senator spokesman spokeswoman spokesperson manager captain coach vice-president senior "
    "deputy associate assistant lead owner dean general commander principal".split()
)
_OPENS_DESCRIPTION = frozenset("a an the one another who whose its his her their former".split())
_CALLING = regex.compile(
    r"(?:\p{Ll}[\p{Ll}-]+ ){0,3}\p{Ll}+(?:er|or|ist|ian|ant|man|woman|chief|head|star) (?:of|for|at|with|in)\b"
)
_TITLE_WORDS_BEFORE = 5
_APPOSITION_WORDS = 10
_HEAD = 80
"""Code points that the head of a sentence has, up to the name of whom it is about: The charity's former director, …"""
_SENTENCE = regex.compile(
    r"\n+|(?<!\b(?:Mrs?|Ms|Dr|Prof|Sens?|Reps?|Gov|Gen|Lt|Col|Sgt|Capt|Rev|St|Jr|Sr|\p{Lu})\.)(?<=[.!?:;]|[.!?:;,][\"”’')])[ \u00a0]+"
)
_QUOTED = regex.compile(r"“[^“”\n]*”?|\"[^\"\n]*\"|''[^\n]*?''")
_LEAD = 70
_PRONOUN_WITHIN = 160
_SUBJECT = 2
"""Votes of a pronoun that is a subject, as a name at a sentence's head is; "his" may be anybody's."""
_NAMESAKES = 3
_FOLLOWERS = regex.compile(
    r"(?:['’]s?)? (?:(?:own|presidential|economic|foreign|tax|new|re-election|reelection|national|\d{4})[ ]){0,2}(?:campaigns?|administration|government|cabinet|"
    r"presidency|candidacy|nomination|supporters?|surrogates?|allies|aides?|advisers?|backers?|delegates?|voters|rally|rallies|"
    r"camp|ticket|running[ ]mate|policy|policies|proposals?|agenda|platform|rhetoric|remarks|attacks|spokes(?:man|woman|person))\b"
)
_IN_ONE_BREATH = regex.compile(r",? (?:and|or|over|versus|vs\.?) (?:\p{Lu}[\p{L}.]* ){0,2}")
_FOLLOWS = regex.compile(
    r"\b(?:vot(?:e|es|ed|ing) (?:for|against)|elect(?:s|ed|ing)?|nominat(?:e|es|ed|ing)|campaign(?:ing|ed)? for|caucus(?:ed|ing)? for|"
    r"endors(?:e|es|ed|ing|ement of)|rival|opponent|supporters of|support for|backing|supports|supporting|supported|against|attack(?:s|ed|ing)?(?: on)?|criticis(?:ed|ing)|criticiz(?:ed|ing)|showdown with)[ ](?:\p{Lu}[\w.]*[ ])?$"
)
_LOOK_BACK = 8
"""Sentences with a person at their head that a pronoun looks back over."""


@dataclass(slots=True)
class Profile:
    """A person of the article; `roles` are the words that describe them anywhere in it, lower case.

    `kinds` are all that the article's words tell, `kind` is the one that counts; `was_once` is whether it calls
    them a former something.
    `is_followed` is whether the article speaks of their campaign or government, or of votes for them.
    `politics` is the share of the article's words that name offices and bodies.
    `office_holders` counts those whom the article names: where there are many, somebody whom it does not describe may be one.
    """

    name: str
    start: int
    roles: set[str] = field(default_factory=set)
    kind: str | None = None
    pronoun: str = ""
    mentions: int = 0
    in_full: int = 0
    has_age: bool = False
    office_holders: int = 0
    politics: float = 0.0
    kinds: set[str] = field(default_factory=set)
    was_once: bool = False
    is_followed: bool = False


class _Mention(NamedTuple):
    before: str
    name: str
    start: int
    run: int

    @property
    def end(self) -> int:
        return self.start + len(self.name)


class People:
    """Who and what an article names. `others` counts names that are no person's."""

    def __init__(self, text: str, words: Lexicon) -> None:
        self._text = text
        self._words = words
        self._titles = (
            words.titles
            | (words.roles["official"] | words.roles["expert"] | words.roles["media"]) - words.institutions
            | {"nominee", "minority", "majority"}
        )
        self._roles = frozenset[str]().union(*words.roles.values()) - words.institutions - words.roles["document"]
        self._by_name: dict[str, Profile] = {}
        self._by_part: dict[str, list[Profile]] = {}
        self._by_given: dict[str, list[Profile]] = {}
        self.others: Counter[str] = Counter()
        self.at_sentence_start: Counter[str] = Counter()
        self.acronyms: dict[str, str] = {}
        mentions = [mention for match in NAME.finditer(text) if (mention := self._mention(match)).name]
        self._addressed = {one.name.split()[-1] for one in mentions if _ADDRESS & set(words_in(one.before)[-1:])}
        self._meet(mention for mention in mentions if self._is_person(mention.name))
        self._forget_companies(mentions)
        self._places = self._told_of(mentions)
        self._find_followed()
        self._starts = [0, *(match.end() for match in _SENTENCE.finditer(text))]
        self._quoted = [match.span() for match in _QUOTED.finditer(text)]
        self._heads = list(self._subjects())
        self._by_role: dict[str, list[Profile]] = {}
        self._sum_up()

    def named(self, name: str, title: str = "") -> Profile | None:
        """The person with this full name, or the one who goes by it as a part; a title ("Mrs") tells namesakes apart."""
        if name in self._by_name:
            return self._by_name[name]
        name = ARTICLE.sub("", name)
        if name not in self._by_part and len(name) > 3 and name.isupper():
            name = name.title()
        namesakes = self._by_part.get(name) or self._by_given.get(name, [])
        if self._by_given.get(name) == namesakes and len(namesakes) > 1:
            return None
        pronoun = _MARRIED.get(title.lower().rstrip("."), "")
        fit = [profile for profile in namesakes if profile.pronoun in {"", pronoun}] if pronoun else []
        return next(iter(fit or namesakes), None)

    def described(self, wanted: set[str], last: Sequence[Profile] = ()) -> Profile | None:
        """The only person whose roles hold all these words; of several the one who spoke last, if that is told."""
        fewest = min((self._by_role.get(word, []) for word in wanted), key=len, default=[])
        fits = [person for person in fewest if wanted <= person.roles] if len(fewest) <= _NAMESAKES else []
        return fits[0] if len(fits) == 1 else next((one for one in last if one in fits), None)

    def last_subject(self, pronoun: str, before: int, after: int) -> Profile | None:
        """The person who goes by this pronoun and with whom the last sentence began between two places, outside quotations."""
        at = bisect_left(self._heads, before, key=lambda head: head[0])
        unsure = None
        for place, profile in reversed(self._heads[max(0, at - _LOOK_BACK) : at]):
            if place <= after:
                break
            if not pronoun or profile.pronoun == pronoun:
                return profile
            if not profile.pronoun:
                unsure = unsure or profile
        return unsure

    def first_between(self, start: int, end: int) -> Profile | None:
        """The first person named between two code points."""
        return next((profile for _, profile in self._between(start, end)), None)

    def only_between(self, start: int, end: int) -> Profile | None:
        """The person named between two code points, if it is one person only."""
        named = {profile.name: profile for _, profile in self._between(start, end)}
        return next(iter(named.values())) if len(named) == 1 else None

    def _between(self, start: int, end: int) -> list[tuple[_Mention, Profile]]:
        first, last = (bisect_left(self._places, at, key=lambda place: place[0].start) for at in (start, end))
        return self._places[first:last]

    def sentence_start(self, at: int) -> int:
        """Where the sentence begins in which a code point stands."""
        return self._starts[bisect_right(self._starts, at) - 1]

    def starts_sentence(self, start: int) -> bool:
        """Whether a sentence, a quotation or a line begins at this code point; so it does where nobody knows (-1)."""
        before = self._text[max(0, start - 3) : start].rstrip(" \u00a0") if start >= 0 else "-"
        return not before or before[-1] in '.!?\n“"”:'

    def without_titles(self, run: str) -> tuple[str, str, int]:
        """The titles before a name, the name, and the number of words of the titles: Prime Minister | Jan Novak | 2."""
        parts = run.split()
        if not parts:
            return "", "", 0
        first = 0
        while first < len(parts) - 1 and (parts[first].lower() in NOT_A_NAME or self._is_title(parts[first])):
            first += 1
        first = self._behind_inner_title(parts, first)
        if parts[first].lower() in NOT_A_NAME or (first == 0 and self._is_bare_title(parts[0])):
            return run, "", 0
        name = " ".join(self._before_verb(parts[first:]))
        for ending in ("'s", "’s", "'", "’"):
            name = name.removesuffix(ending)
        return " ".join(parts[:first]), name, first

    # -- reading

    def _told_of(self, mentions: Sequence[_Mention]) -> list[tuple[_Mention, Profile]]:
        """The mentions of people in text order, once all that they tell is kept."""
        in_full = [(mention, self._by_name[mention.name]) for mention in mentions if mention.name in self._by_name]
        in_short = [mention for mention in mentions if mention.name not in self._by_name]
        for long_name in _LONG_NAME.findall(self._text):
            self.acronyms.setdefault(_initials(long_name), long_name)
        for mention, profile in in_full:
            self._note(mention, profile)
        for profile in self._everybody():
            profile.pronoun = profile.pronoun or self._words.given.get(self._given(profile.name.split()), "")
        self._listen(in_full)
        known = [(mention, person) for mention in in_short if (person := self._known(mention)) is not None]
        told = sorted(in_full + known, key=lambda pair: pair[0].start)
        self._listen(told)
        return told

    def _sum_up(self) -> None:
        """Note what the article as a whole tells of each of its people, and who has which role."""
        everybody = self._everybody()
        office_holders = sum(profile.kind == "official" for profile in everybody)
        low = words_in(self._text)
        politics = sum(word in self._words.roles["official"] for word in low) / max(len(low), 1)
        for profile in everybody:
            profile.office_holders = office_holders
            profile.politics = politics
            profile.roles.update(_IN_FULL[role] for role in profile.roles & _IN_FULL.keys())
            for role in profile.roles:
                self._by_role.setdefault(role, []).append(profile)

    def _mention(self, match: "regex.Match[str]") -> _Mention:
        run = match.group()
        before, name, number = self.without_titles(run)
        start = match.start() + (_place(run, number) if number else 0)
        return _Mention(before, name, start, match.start())

    def _behind_inner_title(self, parts: list[str], first: int) -> int:
        """Past a role in the midst of a run with a full name behind it: Halden Foods CEO | Jan Novak."""
        for at in range(len(parts) - 2, first - 1, -1):
            low = parts[at].lower().rstrip(".")
            if at == len(parts) - 2 and low not in _BEFORE_ONE_NAME:
                continue
            ends_here = low in self._titles or low in self._roles or parts[at].endswith(_OWNS) or is_scholar(low)
            if ends_here and not _SUFFIXES & {part.lower().rstrip(".") for part in parts[at + 1 : at + 3]}:
                return at + 1
        return first

    def _before_verb(self, parts: list[str]) -> list[str]:
        """A name without the headline that goes on behind it: Jan Novak | Says Dam Holds."""
        verbs = self._words.verbs
        third = (at for at in range(1, len(parts)) if (verb := verbs.get(parts[at].lower())) and verb.form == "third")
        return parts[: next(third, len(parts))]

    def _is_bare_title(self, part: str) -> bool:
        return self._is_title(part) and not part.endswith(("'s", "’s"))

    def _is_title(self, part: str) -> bool:
        low = part.lower().rstrip(".")
        return (
            low in self._words.titles
            or low in {"u.s", "u.k", "u.n", "uk", "us", "eu", "sens", "reps"}
            or part.endswith(("'s", "’s", "-based", "-born"))
            or low in self._words.peoples
            or low in _FORE_WORDS
        )

    def _is_person(self, name: str) -> bool:
        parts = name.split()
        if (
            not 2 <= len(parts) <= 5
            or name.lower() in self._words.countries
            or any(part.isupper() and len(part) > 3 and "." not in part for part in parts)
            or all(self._is_title(part) for part in parts)
            or (parts[-1].isupper() and parts[-1].lower() in self._roles)
        ):
            return False
        if (parts[-1].lower() in self._words.countries and not self._is_given(parts[0])) or any(
            "'s" in part or "’s" in part for part in parts
        ):
            return False
        low = {part.lower().rstrip(".") for part in parts}
        if any(part.endswith("s") and (part in self._roles or part in self._words.institutions) for part in low):
            return False
        return (
            not low & _NEVER_A_PERSON
            and not self._words.outlets & set(parts[:-1])
            and (parts[-1] not in self._words.outlets or parts[-1] in self._addressed)
            and not any(phrase in name.lower() for phrase in self._words.phrases["media"])
        )

    def _meet(self, mentions: Iterable[_Mention]) -> None:
        met = list(mentions)
        counts = Counter(mention.name for mention in met)
        fullest = _fullest(counts, self._words.given)
        for mention in met:
            name = fullest.get(mention.name, mention.name)
            profile = self._by_name.setdefault(name, Profile(name, mention.start))
            self._by_name[mention.name] = profile
            profile.in_full += 1
        self._family = {name.split()[-1] for name in self._by_name}
        for profile in sorted(self._everybody(), key=lambda profile: -profile.in_full):
            parts = profile.name.split()
            last = self._last_name(parts)
            for part in {last, parts[0]} if self._is_family_first(parts) else {last}:
                _add(self._by_part, ARTICLE.sub("", part), profile)
            if self._is_given(parts[0]):
                _add(self._by_given, parts[0], profile)

    @staticmethod
    def _last_name(parts: Sequence[str]) -> str:
        return parts[-2] if parts[-1].lower().rstrip(".") in _SUFFIXES else parts[-1]

    def _given(self, parts: Sequence[str]) -> str:
        """The given name of a full one, lower case: ann of Ann Lee, yong-kyun of Kim Yong-kyun."""
        return parts[-1 if parts[0].lower() in self._words.family_first else 0].lower()

    def _is_given(self, name: str) -> bool:
        return name.lower() in self._words.given

    def _everybody(self) -> list[Profile]:
        return list({id(profile): profile for profile in self._by_name.values()}.values())

    def _is_family_first(self, parts: Sequence[str]) -> bool:
        """Whether the family name comes first: Kim Yong-kyun; Mr. Tonga where Tonga Moala is named."""
        first = parts[0]
        is_addressed = first in self._addressed and first not in self._family and not self._is_given(first)
        return first.lower() in self._words.family_first or is_addressed

    def _forget_companies(self, mentions: list[_Mention]) -> None:
        """Take back what goes by its first word and so is no person: Northwind Foods is Northwind, Ann Lee is Lee."""
        alone = Counter(mention.name for mention in mentions)
        titled = {mention.name for mention in mentions if mention.before}
        gone = set[int]()
        for profile in self._everybody():
            first, last = profile.name.split()[0], self._last_name(profile.name.split())
            is_person = self._is_given(first) or self._is_family_first([first]) or titled & {profile.name, last}
            if not is_person and alone[first] > alone[last]:
                gone.add(id(profile))
        self._by_name = {name: profile for name, profile in self._by_name.items() if id(profile) not in gone}
        for part, namesakes in self._by_part.items():
            self._by_part[part] = [profile for profile in namesakes if id(profile) not in gone]

    def _known(self, mention: _Mention) -> Profile | None:
        """The person of a mention, met anew if only a title tells that it is one: Mr. Lowe; what is no person is counted."""
        profile = self.named(mention.name.rstrip("."), mention.before)
        if profile is None and _MARRIED.keys() & words_in(mention.before) and len(mention.name.split()) == 1:
            profile = self._by_name[mention.name] = Profile(mention.name, mention.start)
        if profile is None or profile.name != mention.name:
            self._count(mention)
        if profile is not None:
            self._note(mention, profile)
        return profile

    def _note(self, mention: _Mention, profile: Profile) -> None:
        """Keep what a mention tells of a person."""
        profile.mentions += 1
        self._describe(profile, mention)

    def _subjects(self) -> Iterator[tuple[int, Profile]]:
        """Where sentences begin with a person: their first of each pronoun, outside quotations, whose name owns nothing."""
        sentence, taken = -1, set[str]()
        for mention, profile in self._places:
            if self._owns_or_is_quoted(mention) or not self._seems_a_person(profile):
                continue
            start = self.sentence_start(mention.run)
            # "As Ann Lee left, Ida Holt said": the first is in a clause of its own.
            is_new_clause = self._text.startswith(", ", mention.run - 2) and self._opens_clause(start)
            if start != sentence or is_new_clause:
                sentence, taken = start, set()
            if mention.run - start <= _HEAD and not taken & {"", profile.pronoun}:
                taken.add(profile.pronoun)
                yield mention.start, profile

    def _owns_or_is_quoted(self, mention: _Mention) -> bool:
        inside = bisect_right(self._quoted, (mention.start, len(self._text))) - 1
        is_quoted = inside >= 0 and mention.start < self._quoted[inside][1]
        return is_quoted or self._text.startswith(_OWNS, mention.end)

    def _opens_clause(self, start: int) -> bool:
        word = NAME_WORD.match(self._text, start)
        return word is not None and word.group().lower() in NOT_A_NAME

    @staticmethod
    def _seems_a_person(profile: Profile) -> bool:
        """Whether more than capitals tells that a name is a person's."""
        told = profile.pronoun or profile.kind or profile.roles or profile.has_age
        return bool(told) or profile.mentions > profile.in_full

    def _count(self, mention: _Mention) -> None:
        plain = mention.name.rstrip(".")
        self.others[plain] += 1
        if self.starts_sentence(mention.run):
            self.at_sentence_start[plain] += 1
        behind = _ACRONYM.match(self._text, mention.end)
        if len(plain.split()) > 1:
            self.acronyms.setdefault(_initials(plain), plain)
            if behind:
                self.acronyms[behind["acronym"]] = plain

    def _describe(self, profile: Profile, mention: _Mention) -> None:
        head = f"{self._words_before(mention.run)} {_NOT_TITLES.sub('', mention.before)}".strip()
        # "According to Ann Lee, the mayor resigned": what follows is what she said, not what she is.
        leads_in = _LEADS_IN.search(self._text, max(0, mention.start - _LEAD), mention.start)
        behind = None if leads_in else _BEHIND.match(self._text, mention.end)
        found = behind.groupdict() if behind else {}
        apposition, origin = found.get("apposition") or found.get("is") or "", found.get("of") or ""
        if aside := found.get("aside"):
            apposition = aside if describes(aside) else f"a {aside}" if kind_of(aside, self._words) else ""
        has_age = bool(_AGE.match(self._text, mention.end)) or self._text.endswith("-year-old ", 0, mention.run)
        profile.has_age = profile.has_age or has_age
        profile.was_once = profile.was_once or bool(_WAS.search(head) or _ONCE.match(apposition))
        opens = describes(apposition)
        profile.roles.update(self._title_of(head))
        party = found.get("party") or ""
        profile.roles.update(words_in(f"{party} {apposition if opens else ''}")[:_APPOSITION_WORDS])
        elected = "official" if _PARTY.match(party) else None
        behind_it = self._kind_behind(apposition, origin, has_age=profile.has_age)
        kind = self._title_kind(head) or elected or behind_it
        if kind is not None:
            profile.kinds.add(kind)
            profile.kind = profile.kind or kind
        profile.is_followed = profile.is_followed or self._is_followed(mention)
        if not profile.pronoun:
            told = set(words_in(f"{mention.before} {head} {apposition if opens else ''}"))
            profile.pronoun = "she" if told & self._words.female else "he" if told & self._words.male else ""

    def _find_followed(self) -> None:
        """Whoever is named in one breath with those who have followers is one of them; all of them seek an office or hold one."""
        for (before, one), (behind, other) in pairwise(self._places):
            if one is not other and _IN_ONE_BREATH.fullmatch(self._text, before.end, behind.start):
                one.is_followed = other.is_followed = one.is_followed or other.is_followed
        for profile in self._everybody():
            if profile.is_followed and profile.kind in {None, "witness"}:
                profile.kind = "official"

    def _is_followed(self, mention: _Mention) -> bool:
        before = self._text[max(0, mention.start - _LEAD) : mention.start]
        return bool(_FOLLOWERS.match(self._text, mention.end) or _FOLLOWS.search(before))

    def _listen(self, known: list[tuple[_Mention, Profile]]) -> None:
        """Give those whom no title tells the pronoun that most often comes next behind their name."""
        votes: dict[str, Counter[str]] = {}
        for number, (mention, profile) in enumerate(known):
            until = known[number + 1][0].run if number + 1 < len(known) else len(self._text)
            heard = _GOES_BY.search(self._text, mention.end, min(until, mention.end + _PRONOUN_WITHIN))
            if heard:
                word = heard.group().lower()
                said = "she" if word.startswith(("s", "her")) else "he"
                votes.setdefault(profile.name, Counter())[said] += _SUBJECT if word in {"he", "she"} else 1
        for name, counted in votes.items():
            if not self._by_name[name].pronoun:
                self._by_name[name].pronoun = counted.most_common(1)[0][0]

    def _words_before(self, start: int) -> str:
        """The words right before a name that belong to it: Rovers captain; South Korea's Defense Minister,."""
        lead = regex.split(r"[.;:“”\"()\n–—]|,(?=[ ].*[ ])", self._text[max(0, start - 70) : start])[-1]
        parts = lead.replace(",", " ").split()[-_TITLE_WORDS_BEFORE:]
        kept: list[str] = []
        for part in reversed(parts):
            if part.lower() in NOT_A_NAME - {"former", "new"} or (part.lower() in self._words.verbs and part.islower()):
                break
            kept.append(part)
        return " ".join(reversed(kept))

    def _title_of(self, head: str) -> list[str]:
        """The words before a name that are its title: none where the last of them is no role."""
        low = words_in(head)
        last = low[-1] if low else ""
        is_title = last in self._titles | self._roles and last not in PRESS and not last.endswith("s")
        return low if is_title else []

    def _title_kind(self, head: str) -> str | None:
        """The kind that the words right before a name give: captain, Dr, spokeswoman; Radio Kent's."""
        if head.endswith(_OWNS):
            return "media" if is_press(head, self._words) else None
        title = " ".join(self._title_of(head))
        return (
            title
            and of_somebody_named(kind_of(title.split()[-1], self._words))
            and of_somebody_named(kind_of(head, self._words))
        )

    def _kind_behind(self, apposition: str, origin: str, *, has_age: bool) -> str | None:
        if kind := self.kind_told(apposition):
            return kind
        house = origin.split(maxsplit=1)[1] if origin else apposition
        if house[:1].isupper() and kind_of(house, self._words) == "expert":
            return "expert"
        return "witness" if has_age else None

    def kind_told(self, apposition: str) -> str | None:
        """The kind that words behind a name make of its bearer; who was something once is asked for what they know."""
        if not describes(apposition):
            return None
        told = _ONE_OF.sub("", apposition).split(" and ")[0]
        kind = None if _PARTISAN.match(told) else kind_of(_ARTICLE.sub("", told), self._words)
        if kind in {"official", "anonymous"} and _ONCE.match(apposition):
            return "expert"
        return of_somebody_named(kind)


def of_somebody_named(kind: str | None) -> str | None:
    """The kind of somebody who has a name: an adviser or aide is anonymous only without one."""
    return "official" if kind == "anonymous" else None if kind == "document" else kind


def describes(words: str) -> bool:
    """Whether words behind a name's comma tell of its bearer: a professor of law; head of the union; who runs a bank."""
    low = words_in(words)[:4]
    if not low:
        return False
    if low[0] in _OPENS_DESCRIPTION or low[0] in _BARE_ROLES:
        return True
    if len(low) > 1 and low[-1] in _BARE_ROLES:
        return True
    if _CALLING.match(words):
        return True
    return any(role in _BARE_ROLES and behind in {"of", "for", "at", "with"} for role, behind in pairwise(low))


def _add(found: dict[str, list[Profile]], part: str, profile: Profile) -> None:
    namesakes = found.setdefault(part, [])
    if len(namesakes) < _NAMESAKES:
        namesakes.append(profile)


def _fullest(names: Iterable[str], given: Collection[str]) -> dict[str, str]:
    """Names of one person to the fullest: Ann Lee to Ann B. Lee; but Pastor Ann Lee, whose first word is no name, to Ann Lee."""
    known = set(names)
    found: dict[str, str] = {}
    for name in sorted((name for name in known if name.count(" ") > 1), key=lambda name: (name.count(" "), name)):
        parts = name.split()
        endings = {" ".join(parts[at:]): parts[at] for at in range(1, len(parts) - 1)}
        for ending, first in endings.items():
            if ending in known and first.lower() in given and parts[0].lower() not in given:
                found[name] = ending
            elif ending in known:
                found[ending] = name
        if name not in found and (short := f"{parts[0]} {parts[-1]}") in known:
            found[short] = name
    return {name: _last(found, name) for name in found}


def _last(found: Mapping[str, str], name: str) -> str:
    """Where a chain of names ends: Lee Holt to Ann Lee Holt to Ann Lee Holt Jr."""
    passed = set[str]()
    while name in found and name not in passed:
        passed.add(name)
        name = found[name]
    return name


def _place(run: str, number: int) -> int:
    """Where word `number` of a run begins."""
    return [match.start() for match in regex.finditer(r"\S+", run)][number]


def _initials(name: str) -> str:
    return "".join(part[0] for part in name.split() if part[0].isupper())
