"""What a source is called that is no person: an institution, an outlet, a campaign, a country, something written."""

from bisect import bisect_left
from functools import cached_property

import regex

from claimdesk.core.suggest.kinds import NOBODY_IN_PARTICULAR, PARTISANS, SPEAKS_FOR, is_share, kind_of, words_in
from claimdesk.core.suggest.lexicon import Lexicon
from claimdesk.core.suggest.names import NAME, NAME_WORD, NOT_A_NAME
from claimdesk.core.suggest.people import People
from claimdesk.core.suggest.phrases import CUT, Phrases

_DETERMINER = regex.compile(
    r"^(?:the|a|an|both|this|that|these|those|some|many|several|one|other|another|its|his|her|their|our)\s+",
    regex.IGNORECASE,
)
_NAME_PHRASE = regex.compile(
    r"[\p{L}\p{N}'’&.-]+(?:\s+(?:of|for|and|on|de|du)\s+(?:the\s+|an?\s+)?(?=\p{Lu})\S+|\s+[\p{Lu}\d]\S*"
    r"|\s+(?!(?:who|that|which|with|in|at|from|of|for|on|and|near|to|last|this|next|by|as|after|during|before|when)\b)\p{Ll}\S*)*"
)
_OWNER = regex.compile(r"^\p{Ll}[\p{L} -]*['’]s\s+")
_OF_A_PLACE = regex.compile(r"^\p{Lu}[\p{L} -]*['’]s\s+")
_BODY = regex.compile(
    r"(?P<owner>\p{Lu}[\p{L}\p{M}-]+)(?:['’]s?)?\s+(?:presidential\s+|re-election\s+)?(?P<body>campaign|camp|government|administration)\b"
)
_BODIES = frozenset(
    "group organization organisation association charity foundation union agency network institute".split()
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
_PLURAL_ENDS = ("ers", "ors", "ists", "ents", "ants", "ees", "ones")
_GENERIC = frozenset("report reports data figures records documents media press evidence".split())
"""Nouns of the press and of writings that name nobody who could be asked."""
_LONGEST_ENDING = 4
_REACH = 3000
"""Code points that "both nations" reaches back over."""


class Bodies:
    """The institutions and writings of one article, by the names that it gives them."""

    def __init__(self, text: str, words: Lexicon, people: People, phrases: Phrases) -> None:
        self._text = text
        self._words = words
        self._people = people
        self._phrases = phrases
        self._others = people.others
        self._writings: dict[str, str] = {}

    def name(self, plain: str, start: int, kind: str | None, it: str | None) -> str | None:
        """The name of a source that is no person, None where it has none: experts, a resident, reports."""
        bare = _OWNER.sub("", _DETERMINER.sub("", plain))
        head = CUT.split(bare)[0]
        noun = words_in(head)[-1:]
        if not bare or plain.lower() in NOT_A_NAME or is_share(words_in(plain)):
            return None
        if noun and noun[0] in SPEAKS_FOR:
            return self._spoken_for(plain, head)
        if self._is_unnamed(plain, head):
            return None
        starts = start if plain == bare else -1
        low = {word.lower() for word in words_in(head)}
        if low & self._words.roles["document"] and (" " in head or not self._has_own_capital(head, starts)):
            return self._document(bare, head)
        if plain[:4].lower() == "the " and bare.islower() and bare in self._by_ending:
            return self._by_ending[bare]
        if noun and noun[0] in self._words.institutions | _BODIES and head.islower():
            return self._referred(plain, bare, noun[0], it)
        if not any(letter.isupper() for letter in bare) or self._is_common_noun(head, starts, kind):
            return None
        return self._outlet(plain, bare) if kind == "media" else self._name_of(bare)

    def in_full(self, name: str) -> str:
        """A name, or what it is short for: the FDA is the Food and Drug Administration."""
        return self._people.acronyms.get(name, name) if name.isupper() else name

    def last_before(self, body: str, start: int) -> str | None:
        """The campaign or government that was named last: "the campaign" is the Lee campaign, "the government" the Peruvian one."""
        named = self._named_bodies.get(body, [])
        at = bisect_left(named, (start, ""))
        return named[at - 1][1] if at else None

    def two_countries(self, before: int) -> str | None:
        """The two countries that were named last: what both nations are."""
        found: list[str] = []
        for match in NAME.finditer(self._text, max(0, before - _REACH), before):
            parts = match.group().removesuffix("'s").removesuffix("’s").split()
            for size in (3, 2, 1):
                country = self._words.countries.get(" ".join(parts[:size]).lower())
                if country:
                    found = [*(name for name in found if name != country), country]
                    break
        return " and ".join(found[-2:]) if len(found) >= 2 else None

    # -- kinds of names

    def _is_unnamed(self, plain: str, head: str) -> bool:
        """Whether people are only counted among their like: Welsh officials; a Kent Liberal; most of the big unions."""
        first, last = plain.split()[0].lower(), head.split()[-1] if head else ""
        if (
            first in NOBODY_IN_PARTICULAR
            and words_in(last)
            and words_in(last)[0].removesuffix("s") in PARTISANS | self._words.peoples
        ):
            return True
        return last.islower() and last in self._people_nouns and (last.endswith("s") or first in NOBODY_IN_PARTICULAR)

    @cached_property
    def _people_nouns(self) -> frozenset[str]:
        roles = self._words.roles
        return (roles["official"] | roles["anonymous"] | roles["witness"] | roles["expert"]) - self._words.institutions

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
            house = _NAME_PHRASE.match(CUT.split(author.group(1))[0])
            named = house.group() if house else ""
            return self._noted(noun, f"{named} {noun}" if noun in _POLLS else named)
        return self._writings.get(noun) if bare.lower() == noun else None

    def _noted(self, noun: str, name: str) -> str:
        self._writings[noun] = name
        return name

    def _outlet(self, plain: str, bare: str) -> str:
        """An outlet by its name, with the article that belongs to it: The Times, but Reuters."""
        name = self._name_of(bare)
        of_a_place = _OF_A_PLACE.sub("", name)
        name = of_a_place if of_a_place.lower() in self._words.phrases["media"] else name
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
        if self._has_own_capital(head, start):
            return False
        if words_in(head)[0] in self._words.peoples:
            return False
        noun = words_in(head)[-1]
        listed = kind in {"anonymous", "expert", "witness"} or (
            kind == "official" and noun in self._words.roles["official"]
        )
        return (listed and noun not in self._words.institutions) or noun in _GENERIC or noun.endswith(_PLURAL_ENDS)

    def _has_own_capital(self, word: str, start: int) -> bool:
        """Whether a word has a capital inside sentences too."""
        inside = self._others[word] > self._people.at_sentence_start[word]
        return word[:1].isupper() and (inside or not self._people.starts_sentence(start))

    def _spoken_for(self, plain: str, head: str) -> str | None:
        """Whom a nameless spokesman speaks for: a spokesman for Northwind; a City spokeswoman."""
        behind = regex.search(r"\b(?:for|of|from)\s+(?:the\s+)?(\p{Lu}.*)$", plain)
        if behind:
            name = CUT.split(behind.group(1))[0]
            found = self._phrases.person_in(name)
            return found.name if found else self.in_full(name)
        before = " ".join(head.split()[:-1])
        return self.in_full(before) if before[:1].isupper() and head.split()[0] not in {"A", "The", "Another"} else None

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
        name = (
            regex.split(r"(?<=\p{Ll}) the (?=\p{Lu})", name)[-1] if not name[:1].isupper() or " the " in bare else name
        )
        words = _NAME_PHRASE.match(name)
        return self.in_full(words.group() if words else name)

    def _are_countries(self, names: str) -> bool:
        return all(name.lower() in self._words.countries for name in names.split(" and "))

    def _referred(self, plain: str, bare: str, noun: str, it: str | None) -> str | None:
        """A body that goes by its noun: "the ministry" is the Foreign Ministry named before; police are police."""
        low = words_in(plain)
        if low[0] == "the" and noun in self._words.companies - _BODIES:
            return self._main_organisation
        named = self._by_last_word.get(noun, [])
        if low[0] == "the" and len(low) == 2:
            if named:
                return named[-1]
            if noun in _BODIES and it and it.lower() not in self._words.countries:
                return it
            return self._main_organisation if noun in self._words.companies else None
        return CUT.split(bare)[0]

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
    def _by_ending(self) -> dict[str, str]:
        """The first name for each of the endings that names have, of two words and more, lower case: budget office."""
        found: dict[str, str] = {}
        for name in self._others:
            parts = name.lower().split()
            for size in range(2, min(len(parts) - 1, _LONGEST_ENDING) + 1):
                found.setdefault(" ".join(parts[-size:]), name)
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

    @cached_property
    def _named_bodies(self) -> dict[str, list[tuple[int, str]]]:
        """The campaigns and governments that the article names, in the order of the text: Lee's campaign is the Lee campaign."""
        found: dict[str, list[tuple[int, str]]] = {}
        for one in _BODY.finditer(self._text):
            owner, body = one["owner"], "campaign" if one["body"] == "camp" else one["body"]
            if owner.lower() not in NOT_A_NAME and (body != "government" or owner.lower() in self._words.peoples):
                found.setdefault(body, []).append((one.start(), f"{owner} {body}"))
        return found
