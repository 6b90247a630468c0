"""The people and institutions that an article names: names in full, roles, and the pronoun that fits each person.

Everything is read once, before anybody is asked for; what is asked later is looked up by name or by a part of it.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

import regex

from claimdesk.core.suggest.kinds import PRESS, is_press, is_scholar, kind_of, words_in
from claimdesk.core.suggest.lexicon import Lexicon

_ABBREVIATED = r"(?:Mr|Mrs|Ms|Dr|Prof|Sens?|Reps?|Gov|Gen|Lt|Col|Sgt|Capt|Maj|Adm|Rev|St|Jr|Sr|(?:\p{Lu}\.)*\p{Lu})\."
_NAME_WORD = rf"(?:{_ABBREVIATED}|\p{{Lu}}[\p{{L}}\p{{M}}]*(?:[-'’&.]\p{{L}}[\p{{L}}\p{{M}}]*)*)"
NAME = regex.compile(
    rf"(?<![\p{{L}}\p{{M}}\p{{N}}]){_NAME_WORD}(?:[ \u00a0](?:(?:de|da|del|der|den|di|du|la|le|van|von|bin|ibn|al|el)[ ])*{_NAME_WORD})*"
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
    "perhaps maybe here several few more such many not".split()
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
_MARRIED = {"mr": "he", "mrs": "she", "ms": "she", "miss": "she"}
_NEVER_A_PERSON = frozenset(
    "university institute ministry department agency committee council court party times post news press association union "
    "bank foundation center centre college school hospital state states house "
    "senate congress parliament act agreement treaty  cup league team club company corp inc ltd plc "
    "group holdings airlines international national federal united north south east west nations commission board office "
    "journal magazine network republic kingdom administration institution society trust fund research policy "
    "western eastern northern southern york jersey hampshire carolina dakota orleans angeles vegas zealand "
    "county city street avenue europe asia africa america poll survey caucus republican democrat "
    "police service services army navy force forces media television radio assembly council organization organisation".split()
)
_OWNS = ("'s", "’s", "s'", "s’")
_SUFFIXES = frozenset("jr sr ii iii iv".split())
_BARE_ROLES = frozenset(
    "director head president chief chairman chairwoman chair founder co-founder professor author executive editor leader "
    "secretary minister mayor governor senator spokesman spokeswoman spokesperson manager captain coach vice-president senior "
    "deputy associate assistant lead owner dean general commander principal".split()
)
_OPENS_DESCRIPTION = frozenset("a an the one another who whose its his her their former".split())
_CALLING = regex.compile(
    r"(?:\p{Ll}[\p{Ll}-]+ ){0,3}\p{Ll}+(?:er|or|ist|ian|ant|man|woman|chief|head|star) (?:of|for|at|with|in)\b"
)
_ADDRESSED = regex.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Mayor|Judge|Justice)\b\.?[ ](?:\p{Lu}\S+[ ])?(?P<last>\p{Lu}\p{L}+)"
)
"""Somebody who may go by an outlet's name: Mr. Guardian."""
_TITLE_WORDS_BEFORE = 5
_APPOSITION_WORDS = 10
_HEAD = 40
"""Code points before a name that still are the head of its sentence: The charity's former director, …"""
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
    """Who and what an article names. `others` counts names that are no person's, `heads` are persons at sentence starts."""

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
        self.others: Counter[str] = Counter()
        self.at_sentence_start: Counter[str] = Counter()
        self.heads: list[tuple[int, Profile]] = []
        self.places: list[tuple[int, int, Profile]] = []
        self.acronyms: dict[str, str] = {}
        self._addressed = {match["last"] for match in _ADDRESSED.finditer(text)}
        mentions = [mention for match in NAME.finditer(text) if (mention := self._mention(match)).name]
        self._meet(mention for mention in mentions if self._is_person(mention.name))
        self._forget_companies(mentions)
        in_full = [(mention, self._by_name[mention.name]) for mention in mentions if mention.name in self._by_name]
        in_short = [mention for mention in mentions if mention.name not in self._by_name]
        for mention, person in in_full:
            self._note(mention, person)
        self._listen(in_full)
        known = [(mention, profile) for mention in in_short if (profile := self._known(mention)) is not None]
        self._listen(sorted(in_full + known, key=lambda pair: pair[0].start))
        self.heads.sort(key=lambda head: head[0])
        self.places.sort(key=lambda place: place[0])
        self._find_followed()
        office_holders = sum(profile.kind == "official" for profile in self._by_name.values())
        low = words_in(text)
        offices = words.roles["official"]
        politics = sum(word in offices for word in low) / max(len(low), 1)
        self._by_role: dict[str, list[Profile]] = {}
        for profile in self._by_name.values():
            profile.office_holders = office_holders
            profile.politics = politics
            for role in profile.roles:
                self._by_role.setdefault(role, []).append(profile)

    def named(self, name: str, title: str = "") -> Profile | None:
        """The person with this full name, or the one who goes by it as a part; a title ("Mrs") tells namesakes apart."""
        if name in self._by_name:
            return self._by_name[name]
        namesakes = self._by_part.get(name, [])
        pronoun = _MARRIED.get(title.lower().rstrip("."), "")
        fit = [profile for profile in namesakes if profile.pronoun in {"", pronoun}] if pronoun else []
        return next(iter(fit or namesakes), None)

    def described(self, wanted: set[str]) -> Profile | None:
        """The only person whose roles hold all these words."""
        fewest = min((self._by_role.get(word, []) for word in wanted), key=len, default=[])
        fits = [person for person in fewest if wanted <= person.roles] if len(fewest) <= _NAMESAKES else []
        return fits[0] if len(fits) == 1 else None

    def first_between(self, start: int, end: int) -> Profile | None:
        """The first person named between two code points."""
        at = bisect_left(self.places, start, key=lambda place: place[0])
        return self.places[at][2] if at < len(self.places) and self.places[at][0] < end else None

    def only_between(self, start: int, end: int) -> Profile | None:
        """The person named between two code points, if it is one person only."""
        first, last = (bisect_left(self.places, at, key=lambda place: place[0]) for at in (start, end))
        named = {profile.name: profile for _, _, profile in self.places[first:last]}
        return next(iter(named.values())) if len(named) == 1 else None

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

    def _mention(self, match: "regex.Match[str]") -> _Mention:
        run = match.group()
        before, name, number = self.without_titles(run)
        start = match.start() + (_place(run, number) if number else 0)
        return _Mention(before, name, start, match.start())

    def _behind_inner_title(self, parts: list[str], first: int) -> int:
        """Past a role in the midst of a run with a full name behind it: Halden Foods CEO | Jan Novak."""
        for at in range(len(parts) - 3, first - 1, -1):
            low = parts[at].lower().rstrip(".")
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
            or part.endswith(("'s", "’s", "-based"))
            or low in self._words.peoples
        )

    def _is_person(self, name: str) -> bool:
        parts = name.split()
        if (
            not 2 <= len(parts) <= 5
            or name.lower() in self._words.countries
            or any(part.isupper() and len(part) > 3 and "." not in part for part in parts)
            or all(self._is_title(part) for part in parts)
        ):
            return False
        if parts[-1].lower() in self._words.countries or any("'s" in part or "’s" in part for part in parts):
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
        for mention in mentions:
            profile = self._by_name.get(mention.name)
            if profile is None:
                profile = self._by_name[mention.name] = Profile(mention.name, mention.start)
            profile.in_full += 1
        for profile in sorted(self._by_name.values(), key=lambda profile: -profile.in_full):
            parts = profile.name.split()
            family_first = parts[:1] if parts[0].lower() in self._words.family_first else []
            last = parts[-2] if parts[-1].lower().rstrip(".") in _SUFFIXES else parts[-1]
            for part in {last, *family_first}:
                namesakes = self._by_part.setdefault(part, [])
                if len(namesakes) < _NAMESAKES:
                    namesakes.append(profile)

    def _forget_companies(self, mentions: list[_Mention]) -> None:
        """Take back what goes by its first word and so is no person: Northwind Foods is Northwind, Ann Lee is Lee."""
        alone = Counter(mention.name for mention in mentions)
        titled = {mention.name for mention in mentions if mention.before}
        for name in list(self._by_name):
            first, last = name.split()[0], name.split()[-1]
            short = first.lower() not in self._words.family_first and not titled & {name, last}
            if short and alone[first] > alone[last]:
                gone = self._by_name.pop(name)
                self._by_part[last] = [profile for profile in self._by_part.get(last, []) if profile is not gone]

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
        """Keep what a mention tells of a person, and where it stands if that is at a sentence's head."""
        profile.mentions += 1
        self.places.append((mention.start, mention.end, profile))
        self._describe(profile, mention)
        before = regex.split(r"[.!?]\s|\n", self._text[max(0, mention.start - _HEAD) : mention.start])
        if len(before) > 1 or mention.start <= _HEAD:
            self.heads.append((mention.start, profile))

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
        for (_, end, one), (start, _, other) in pairwise(self.places):
            if one is not other and _IN_ONE_BREATH.fullmatch(self._text, end, start):
                one.is_followed = other.is_followed = one.is_followed or other.is_followed
        for profile in self._by_name.values():
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


def _place(run: str, number: int) -> int:
    """Where word `number` of a run begins."""
    return [match.start() for match in regex.finditer(r"\S+", run)][number]


def _initials(name: str) -> str:
    return "".join(part[0] for part in name.split() if part[0].isupper())
