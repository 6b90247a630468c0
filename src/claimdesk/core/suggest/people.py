"""The people and institutions that an article names, and whom a name, a part of one or a role means.

Everything is read once, before anybody is asked for; what is asked later is looked up by name or by a part of it.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import regex

from claimdesk.core.suggest.kinds import words_in
from claimdesk.core.suggest.lexicon import Lexicon
from claimdesk.core.suggest.names import ARTICLE, Mention, Names, family_name, initials, long_names
from claimdesk.core.suggest.portraits import Portraits, Profile
from claimdesk.core.suggest.segments import stretches
from claimdesk.core.suggest.subjects import Subjects
from claimdesk.core.suggest.wanted import never, while_wanted

_ACRONYM = regex.compile(r"[ ]\((?:the[ ])?(?P<acronym>\p{Lu}[\p{Lu}\p{N}]{1,7})\)")
_MARRIED = {"mr": "he", "mrs": "she", "ms": "she", "miss": "she"}
_ADDRESSES = frozenset("mr mrs ms dr sen rep gov mayor judge justice".split())
"""Titles whose bearer is a person, whatever the name: Mr. Guardian; Mr. Tonga."""
_NAMESAKES = 3


class People:
    """Who and what an article names. `others` counts names that are no person's, `at_sentence_start` those that begin one."""

    def __init__(self, text: str, words: Lexicon, cancelled: Callable[[], bool] = never) -> None:
        self._text = text
        self._names = Names(words)
        self._portraits = Portraits(text, words, self._names)
        self._by_name: dict[str, Profile] = {}
        self._by_part: dict[str, list[Profile]] = {}
        self._by_given: dict[str, list[Profile]] = {}
        self._by_role: dict[str, list[Profile]] = {}
        self.others: Counter[str] = Counter()
        self.at_sentence_start: Counter[str] = Counter()
        self.acronyms: dict[str, str] = {}
        for long_name in while_wanted(long_names(text), cancelled):
            self.acronyms.setdefault(initials(long_name), long_name)
        self._known = self._met(self._names.mentions(text, cancelled), cancelled)
        self.subjects = Subjects(text, self._known, cancelled)
        self._portraits.find_followed(self._known)
        self._find_roles(words, cancelled)

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

    def only_between(self, start: int, end: int) -> Profile | None:
        """The person named between two code points, if it is one person only."""
        first, last = (bisect_left(self._known, at, key=lambda pair: pair[0].start) for at in (start, end))
        named = {profile.name: profile for _, profile in self._known[first:last]}
        return next(iter(named.values())) if len(named) == 1 else None

    def starts_sentence(self, start: int) -> bool:
        """Whether a sentence, a quotation or a line begins at this code point; so it does where nobody knows (-1)."""
        before = self._text[max(0, start - 3) : start].rstrip(" \u00a0") if start >= 0 else "-"
        return not before or before[-1] in '.!?\n“"”:'

    def without_titles(self, run: str) -> tuple[str, str, int]:
        """The titles before a name, the name, and the number of words of the titles."""
        return self._names.without_titles(run)

    # -- reading

    def _met(self, mentions: Sequence[Mention], cancelled: Callable[[], bool]) -> list[tuple[Mention, Profile]]:
        """The mentions of persons, after all that they tell of them was kept."""
        self._addressed = {
            mention.name.split()[-1] for mention in mentions if _ADDRESSES & set(words_in(mention.before))
        }
        self._meet(one for one in mentions if self._names.is_person(one.name, one.before, self._addressed))
        self._forget_companies(mentions)
        in_full = [(mention, self._by_name[mention.name]) for mention in mentions if mention.name in self._by_name]
        in_short = [mention for mention in mentions if mention.name not in self._by_name]
        for mention, profile in while_wanted(in_full, cancelled):
            self._portraits.describe(profile, mention)
        for profile in self._everybody():
            profile.pronoun = profile.pronoun or self._names.pronoun(profile.name)
        self._portraits.listen(in_full)
        known = in_full + [
            (mention, person)
            for mention in while_wanted(in_short, cancelled)
            if (person := self._found(mention)) is not None
        ]
        known.sort(key=lambda pair: pair[0].start)
        self._portraits.listen(known)
        return known

    def _find_roles(self, words: Lexicon, cancelled: Callable[[], bool]) -> None:
        """Look up persons by their roles, and tell each how much the article speaks of offices."""
        everybody = self._everybody()
        office_holders = sum(profile.kind == "official" for profile in everybody)
        said, offices = 0, 0
        for stretch in while_wanted(stretches(self._text), cancelled):
            low = words_in(stretch)
            said, offices = said + len(low), offices + sum(word in words.roles["official"] for word in low)
        for profile in everybody:
            profile.office_holders = office_holders
            profile.politics = offices / max(said, 1)
            for role in profile.roles:
                self._by_role.setdefault(role, []).append(profile)

    def _meet(self, mentions: Iterable[Mention]) -> None:
        met = list(mentions)
        counts = Counter(mention.name for mention in met)
        fullest = self._names.fullest(counts)
        for mention in met:
            name = fullest.get(mention.name, mention.name)
            profile = self._by_name.setdefault(name, Profile(name, mention.start))
            self._by_name[mention.name] = profile
            profile.in_full += 1
        self._family = {name.split()[-1] for name in self._by_name}
        for profile in sorted(self._everybody(), key=lambda profile: -profile.in_full):
            parts = profile.name.split()
            last = family_name(profile.name)
            for part in {last, parts[0]} if self._is_family_first(parts) else {last}:
                _add(self._by_part, ARTICLE.sub("", part), profile)
            if self._names.given(parts[0]):
                _add(self._by_given, parts[0], profile)

    def _everybody(self) -> list[Profile]:
        return list({id(profile): profile for profile in self._by_name.values()}.values())

    def _is_family_first(self, parts: Sequence[str]) -> bool:
        """Whether the family name comes first: Kim Yong-kyun; Mr. Tonga where Tonga Moala is named."""
        first = parts[0]
        is_addressed = first in self._addressed and first not in self._family and not self._names.given(first)
        return self._names.is_family_first(first) or is_addressed

    def _forget_companies(self, mentions: Sequence[Mention]) -> None:
        """Take back what goes by its first word and so is no person: Northwind Foods is Northwind, Ann Lee is Lee."""
        alone = Counter(mention.name for mention in mentions)
        titled = {mention.name for mention in mentions if mention.before}
        gone = set[int]()
        for profile in self._everybody():
            first, last = profile.name.split()[0], profile.name.split()[-1]
            is_person = self._names.given(first) or self._is_family_first([first]) or titled & {profile.name, last}
            if not is_person and alone[first] > alone[last]:
                gone.add(id(profile))
                self._by_part[last] = [other for other in self._by_part.get(last, []) if other is not profile]
        self._by_name = {name: profile for name, profile in self._by_name.items() if id(profile) not in gone}

    def _found(self, mention: Mention) -> Profile | None:
        """The person of a mention, met anew if only a title tells that it is one: Mr. Lowe; what is no person is counted."""
        profile = self.named(mention.name.rstrip("."), mention.before)
        if profile is None and _MARRIED.keys() & words_in(mention.before) and len(mention.name.split()) == 1:
            profile = self._by_name[mention.name] = Profile(mention.name, mention.start)
        if profile is None or profile.name != mention.name:
            self._count(mention)
        if profile is not None:
            self._portraits.describe(profile, mention)
        return profile

    def _count(self, mention: Mention) -> None:
        plain = mention.name.rstrip(".")
        self.others[plain] += 1
        if self.starts_sentence(mention.run):
            self.at_sentence_start[plain] += 1
        behind = _ACRONYM.match(self._text, mention.end)
        if len(plain.split()) > 1:
            self.acronyms.setdefault(initials(plain), plain)
            if behind:
                self.acronyms[behind["acronym"]] = plain


def _add(found: dict[str, list[Profile]], part: str, profile: Profile) -> None:
    namesakes = found.setdefault(part, [])
    if len(namesakes) < _NAMESAKES:
        namesakes.append(profile)
