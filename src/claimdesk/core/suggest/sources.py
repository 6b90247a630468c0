"""Who a source is in full: "Kim" back to Kim Yong-kyun, "he" to the man who spoke last, "both nations" to the two.

Every person whom the article names in full has a profile: the name without titles, the kind of source that the words before
and behind the name make of them, and the pronoun that fits, where a title tells.
"""

from bisect import bisect_left
from dataclasses import dataclass
from typing import NamedTuple

import regex

from claimdesk.core.suggest.kinds import SPEAKS_FOR, kind_of, words_in
from claimdesk.core.suggest.lexicon import Lexicon

_ABBREVIATED = r"(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Maj|Adm|Rev|St|Jr|Sr|(?:\p{Lu}\.)*\p{Lu})\."
_NAME_WORD = rf"(?:{_ABBREVIATED}|\p{{Lu}}[\p{{L}}\p{{M}}]*(?:[-'’&.]\p{{L}}[\p{{L}}\p{{M}}]*)*)"
_NAME = regex.compile(
    rf"(?<![\p{{L}}\p{{M}}\p{{N}}]){_NAME_WORD}(?:[ \u00a0](?:(?:de|da|del|der|den|di|du|la|le|van|von|bin|ibn|al|el)[ ])*{_NAME_WORD})*"
)
_BEHIND = regex.compile(
    r"(?:,[ ]\d{1,3}(?=,))?(?:,[ ](?P<apposition>[^,.;:\n“”\"()]{3,120})|[ ](?P<of>(?:of|from|at|with)[ ][^,.;:\n“”\"()]{3,60}))?"
)
_AGE = regex.compile(r",[ ]\d{1,3}(?=[,.])")
_INDEFINITE = regex.compile(r"^(?:an?|one of)\b", regex.IGNORECASE)
_ONE_OF = regex.compile(r"^one of (?:the )?")
_DETERMINER = regex.compile(
    r"^(?:the|a|an|both|this|that|these|those|some|many|several|one|other|another|its|his|her|their|our)\s+",
    regex.IGNORECASE,
)
_NAME_PHRASE = regex.compile(
    r"[\p{L}\p{N}'’&.-]+(?:\s+(?:of|for|and|on|de|du)\s+(?:the\s+)?(?=\p{Lu})\S+|\s+[\p{Lu}\d]\S*"
    r"|\s+(?!(?:who|that|which|with|in|at|from|of|for|on|and|near|to|last|this|next|by|as|after|during|before|when)\b)\p{Ll}\S*)*"
)
_OWNER = regex.compile(r"^\p{Ll}[\p{L} -]*['’]s\s+")
_CUT = regex.compile(r"\s+(?:from|of|at|in|with|who|for|on|and|near|to|that|which)\b|,|\(|\s[–—-]+\s")
_PAIR = regex.compile(
    r"^(?:both|the two|two)\s+(?:nations|countries|sides|governments|states|capitals)$", regex.IGNORECASE
)
_PRONOUNS = {
    "he": "he", "his": "he", "him": "he", "she": "she", "her": "she", "they": "they", "their": "they", "it": "it", "its": "it",
}  # fmt: skip
_NOT_A_NAME = frozenset(
    "the a an on in but and as at if when while after before since for from with it he she they we you i this that these "
    "those there his her their our my no not yes so yet or nor by to of is was were are be what who why how where one two "
    "three both some many most all any each every another other last next new former meanwhile however also then now still "
    "january february march april may june july august september october november december monday tuesday wednesday thursday "
    "friday saturday sunday".split()
)
_NEVER_A_PERSON = frozenset(
    "university institute ministry department agency committee council court party times post news press association union "
    "bank foundation center centre college school hospital state states house "
    "senate congress parliament act agreement treaty  cup league team club company corp inc ltd plc "
    "group holdings airlines international national federal united north south east west nations commission board office "
    "journal magazine network republic kingdom administration institution society trust fund research policy "
    "police service services army navy force forces media television radio assembly council".split()
)
_PLURAL_ENDS = ("ers", "ors", "ists", "ents", "ants", "ees", "ones")
GENERIC = frozenset("report reports data figures records documents media press evidence".split())
"""Nouns of the press and of writings that name nobody who could be asked."""
HEAD = 40
"""Code points before a name that still are the head of its sentence: The charity's former director, …"""
_TITLE_WORDS_BEFORE = 5


class Who(NamedTuple):
    """A source resolved: its name in full (None if it has none) and its kind (None if nothing tells)."""

    name: str | None
    kind: str | None


@dataclass(slots=True)
class Profile:
    """A person of the article."""

    name: str
    start: int
    roles: frozenset[str] = frozenset()
    kind: str | None = None
    pronoun: str = ""


class Register:
    """The people and institutions of one article, and who spoke last in the reading so far."""

    def __init__(self, text: str, words: Lexicon) -> None:
        self._text = text
        self._words = words
        self._people: dict[str, Profile] = {}
        self._by_part: dict[str, Profile] = {}
        self._others: dict[str, int] = {}
        self._at_sentence_start: dict[str, int] = {}
        self._heads: list[tuple[int, Profile]] = []
        self._last: dict[str, Who] = {}
        self._last_place = 0
        for match in _NAME.finditer(text):
            self._read(match)
        for profile in [profile for profile in self._people.values() if self._goes_by_its_first_word(profile)]:
            del self._people[profile.name]
            self._by_part = {part: other for part, other in self._by_part.items() if other is not profile}
            self._others[profile.name] = self._others.get(profile.name, 0) + 1

    # -- reading the names

    def _read(self, match: "regex.Match[str]") -> None:
        before, name, start = self._split_titles(match.group(), match.start())
        if not name:
            return
        if not self._is_person(name):
            plain = name.rstrip(".")
            self._others[plain] = self._others.get(plain, 0) + 1
            if self._starts_sentence(match.start()):
                self._at_sentence_start[plain] = self._at_sentence_start.get(plain, 0) + 1
            if plain in self._by_part:
                self._note_head(self._by_part[plain], start)
            return
        profile = self._people.get(name)
        if profile is None:
            profile = self._people[name] = Profile(name, start)
            for part in {name.split()[-1], *self._first_family(name)}:
                self._by_part.setdefault(part, profile)
        self._describe(profile, before, start, start + len(name))
        self._note_head(profile, start)

    def _note_head(self, profile: Profile, start: int) -> None:
        """Keep where a person stands at a sentence's head, titles aside."""
        before = regex.split(r"[.!?]\s|\n", self._text[max(0, start - HEAD) : start])
        if len(before) > 1 or start <= HEAD:
            self._heads.append((start, profile))

    def _split_titles(self, run: str, start: int) -> tuple[str, str, int]:
        """The titles before a name, the name, and where it begins: Prime Minister | Jan Novak."""
        parts = run.split()
        if not parts:
            return "", "", start
        first = 0
        while first < len(parts) - 1 and (parts[first].lower() in _NOT_A_NAME or self._is_title(parts[first])):
            first += 1
        if parts[first].lower() in _NOT_A_NAME or (first == 0 and self._is_bare_title(parts[0])):
            return run, "", start
        name = " ".join(parts[first:])
        for ending in ("'s", "’s", "'", "’"):
            name = name.removesuffix(ending)
        return " ".join(parts[:first]), name, start + _place(run, first)

    def _is_bare_title(self, part: str) -> bool:
        return self._is_title(part) and not part.endswith(("'s", "’s"))

    def _is_title(self, part: str) -> bool:
        low = part.lower().rstrip(".")
        return (
            low in self._words.titles
            or low in {"u.s", "u.k", "u.n", "uk", "us", "eu"}
            or part.endswith(("'s", "’s"))
            or low in self._words.peoples
        )

    def _first_family(self, name: str) -> list[str]:
        """The family name of a name in which it may come first, as in Korea, China and Vietnam."""
        parts = name.split()
        return parts[:1] if parts[0].lower() in self._words.family_first else []

    def _is_person(self, name: str) -> bool:
        parts = name.split()
        if (
            not 2 <= len(parts) <= 5
            or name.lower() in self._words.countries
            or any(part.isupper() and len(part) > 3 for part in parts)
        ):
            return False
        if parts[-1].lower() in self._words.countries or any("'s" in part or "’s" in part for part in parts):
            return False
        low = {part.lower().rstrip(".") for part in parts}
        return (
            not low & _NEVER_A_PERSON
            and not low & self._words.outlets
            and not any(phrase == name.lower() for phrase in self._words.phrases["media"])
        )

    def _goes_by_its_first_word(self, profile: Profile) -> bool:
        """Whether the name is no person's: Northwind Foods is Northwind for short, Ann Lee is Lee."""
        first, last = profile.name.split()[0], profile.name.split()[-1]
        short = first.lower() not in self._words.family_first and not profile.pronoun
        return short and self._others.get(first, 0) > self._others.get(last, 0)

    def _describe(self, profile: Profile, titles: str, start: int, end: int) -> None:
        head = self._words_before(start)
        behind = _BEHIND.match(self._text, end)
        apposition = (behind.group("apposition") or "") if behind else ""
        origin = (behind.group("of") or "") if behind else ""
        role = _role(head, apposition)
        profile.roles |= frozenset(words_in(head)) | frozenset(words_in(apposition)[:8])
        if profile.kind is None:
            profile.kind = self._title_kind(head) or self._kind_behind(
                apposition, origin, has_age=bool(_AGE.match(self._text, end))
            )
        if not profile.pronoun:
            told = set(words_in(f"{titles} {role}"))
            profile.pronoun = "she" if told & self._words.female else "he" if told & self._words.male else ""

    def _words_before(self, start: int) -> str:
        """The words right before a name that belong to it: Rovers captain; South Korea's Defense Minister,."""
        lead = regex.split(r"[.;:“”\"()\n–—]|,(?=[ ].*[ ])", self._text[max(0, start - 70) : start])[-1]
        parts = lead.replace(",", " ").split()[-_TITLE_WORDS_BEFORE:]
        kept: list[str] = []
        for part in reversed(parts):
            if part.lower() in _NOT_A_NAME - {"former", "new"} or (
                part.lower() in self._words.verbs and part.islower()
            ):
                break
            kept.append(part)
        return " ".join(reversed(kept))

    def _title_kind(self, head: str) -> str | None:
        """The kind that the word right before a name gives: captain, Dr, spokeswoman."""
        return _of_somebody_named(kind_of(" ".join(head.split()[-1:]), self._words)) and _of_somebody_named(
            kind_of(head, self._words)
        )

    def _kind_behind(self, apposition: str, origin: str, *, has_age: bool) -> str | None:
        role = _ONE_OF.sub("", apposition)
        kind = kind_of(role, self._words) if _opens_apposition(apposition) else None
        if kind in {"official", "anonymous"} and regex.match(r"an?\s+former\b", apposition):
            return "expert"
        if kind is not None:
            return _of_somebody_named(kind)
        if origin and kind_of(origin.split(maxsplit=1)[1], self._words) == "expert":
            return "expert"
        return "witness" if has_age or _INDEFINITE.match(apposition) else None

    # -- asking who somebody is

    def who(self, source: str, start: int) -> Who:
        """The source whose words are `source` and begin at code point `start`; it is remembered for later pronouns."""
        plain = " ".join(source.split()).strip(" ,'’\"“”")
        low = plain.lower()
        if low in _PRONOUNS:
            return self._stood_for(_PRONOUNS[low], start)
        found = self._resolved(plain, start)
        self._last_place = start
        self._remember(found, low)
        return found

    def _stood_for(self, pronoun: str, start: int) -> Who:
        """Whom a pronoun means: who spoke last, or a person with whom a sentence began since then."""
        if pronoun in {"he", "she"}:
            at = bisect_left(self._heads, start, key=lambda head: head[0])
            for place, profile in reversed(self._heads[max(0, at - 3) : at]):
                if place > self._last_place and profile.pronoun in {"", pronoun}:
                    return Who(profile.name, profile.kind)
        return self._last.get(pronoun, Who(None, None))

    def _resolved(self, plain: str, start: int) -> Who:
        if _PAIR.match(plain):
            return Who(self._two_countries(start), "official")
        person = self.person_in(plain)
        kind = kind_of(plain, self._words)
        if person is not None:
            told = _of_somebody_named(kind_of(self._without(plain, person), self._words))
            return Who(person.name, told or person.kind)
        described = self._described(plain)
        if described is not None:
            return Who(described.name, described.kind or kind)
        return Who(self._institution(plain, start, kind), kind)

    def _without(self, plain: str, person: Profile) -> str:
        """The words around a person's name: Professor … from Kyungnam University."""
        before, _, after = plain.partition(person.name)
        if not after and before == plain:
            return ""
        behind = after.strip(" ,")
        return before if kind_of(before, self._words) else behind if _opens_apposition(behind) else ""

    def person_in(self, plain: str) -> Profile | None:
        """The person whom the words name, in full or by the family name; not the one whom somebody speaks for."""
        head = _CUT.split(plain)[0] if not regex.search(r",\s+\p{Lu}", plain) else plain
        for name, profile in self._people.items():
            at = plain.find(name)
            if (
                at >= 0
                and (at == 0 or plain[at - 1] in " ,’'")
                and (at < len(head) or plain[:at].rstrip().endswith(","))
            ):
                return profile
        _, bare, _ = self._split_titles(head, 0)
        parts = bare.split()
        return (
            self._by_part.get(bare)
            if len(parts) == 1
            else self._by_part.get(parts[-1])
            if parts and self._is_short_form(parts)
            else None
        )

    def _is_short_form(self, parts: list[str]) -> bool:
        profile = self._by_part.get(parts[-1])
        return profile is not None and all(part in profile.name.split() for part in parts)

    def _described(self, plain: str) -> Profile | None:
        """The person whose role the words repeat: the mayor."""
        if not regex.match(r"the\s+\p{Ll}", plain, regex.IGNORECASE) or _CUT.search(plain):
            return None
        wanted = set(words_in(plain)[1:])
        heads = wanted & (self._words.roles["official"] | self._words.roles["expert"]) - self._words.institutions
        if not heads:
            return None
        fits = [person for person in self._people.values() if wanted <= person.roles]
        return fits[0] if len(fits) == 1 else None

    def _institution(self, plain: str, start: int, kind: str | None) -> str | None:
        """The name of a source that is no person, None where it has none: experts, a resident, reports."""
        bare = _OWNER.sub("", _DETERMINER.sub("", plain))
        head = _CUT.split(bare)[0]
        noun = words_in(head)[-1:]
        if any(word in self._words.roles["document"] for word in bare.split()[:3]):
            written_by = regex.search(r"\bby (?:the )?(\p{Lu}.*)", bare)
            return _CUT.split(written_by.group(1))[0] if written_by else None
        if noun and noun[0] in SPEAKS_FOR:
            return self._spoken_for(plain, head)
        if noun and noun[0] in self._words.institutions and not head[: -len(noun[0])].strip().istitle():
            return self._referred(plain, bare, noun[0])
        starts = start if plain == bare else -1
        if not any(letter.isupper() for letter in bare) or self._is_common_noun(head, starts, kind):
            return None
        return self._name_of(bare)

    def _is_common_noun(self, head: str, start: int, kind: str | None) -> bool:
        """Whether a capital is only that of the sentence: Experts, Opposition leaders."""
        if any(letter.isupper() for letter in head[1:]) or not head[:1].isupper():
            return head.islower()
        if self._others.get(head, 0) > self._at_sentence_start.get(head, 0) or not self._starts_sentence(start):
            return False
        if words_in(head)[0] in self._words.peoples:
            return False
        noun = words_in(head)[-1]
        listed = kind in {"anonymous", "expert", "witness"} or (
            kind == "official" and noun in self._words.roles["official"]
        )
        return (listed and noun not in self._words.institutions) or noun in GENERIC or noun.endswith(_PLURAL_ENDS)

    def _starts_sentence(self, start: int) -> bool:
        before = self._text[max(0, start - 3) : start].rstrip(" \u00a0") if start >= 0 else "-"
        return not before or before[-1] in '.!?\n“"”:'

    def _spoken_for(self, plain: str, head: str) -> str | None:
        """Whom a nameless spokesman speaks for: a spokesman for Northwind; a City spokeswoman."""
        behind = regex.search(r"\b(?:for|of|from)\s+(?:the\s+)?(\p{Lu}.*)$", plain)
        if behind:
            name = _CUT.split(behind.group(1))[0]
            return self.person_name(name) or name
        before = " ".join(head.split()[:-1])
        return before if before[:1].isupper() and head.split()[0] not in {"A", "The", "Another"} else None

    def person_name(self, name: str) -> str | None:
        """The full name of a person who goes by `name`."""
        found = self.person_in(name)
        return found.name if found else None

    def _name_of(self, bare: str) -> str:
        """A name without adjectives before it and phrases behind it."""
        countries = regex.search(r"\b\p{Lu}[\p{L} ]*$", bare)
        if " and " in bare and all(part[:1].isupper() for part in bare.split(" and ")):
            first, rest = bare.split(" ", 1)
            return (
                rest if countries and first.lower() not in self._words.countries and self._are_countries(rest) else bare
            )
        name = bare.split(",")[0]
        longer = regex.match(rf"(?:\p{{Ll}}[\p{{L}}-]*\s+)*((?:\d+\s+)?{_NAME_WORD}.*)", name)
        name = longer.group(1) if longer else name
        words = _NAME_PHRASE.match(name)
        return words.group() if words else name

    def _are_countries(self, names: str) -> bool:
        return all(name.lower() in self._words.countries for name in names.split(" and "))

    def _referred(self, plain: str, bare: str, noun: str) -> str | None:
        """A body that goes by its noun: "the ministry" is the Foreign Ministry named before; police are police."""
        low = words_in(plain)
        if low[0] == "the" and noun in self._words.companies:
            return self._main_organisation()
        named = [name for name in self._others if name.lower().split()[-1] == noun and len(name.split()) > 1]
        if low[0] == "the" and len(low) == 2 and named:
            return named[-1]
        return _CUT.split(bare)[0]

    def _main_organisation(self) -> str | None:
        """The institution that the article names most, in full: what "the company" is."""
        names = [
            n
            for n in self._others
            if n.lower() not in self._words.countries and n.lower() not in _NOT_A_NAME and not kind_of(n, self._words)
        ]
        best = max(names, key=self._mentions, default=None)
        if best is None or self._mentions(best) < 2:
            return None
        return next((name for name in self._others if name.startswith(best + " ")), best)

    def _mentions(self, name: str) -> int:
        """How often a name stands in the article, alone or as the beginning of a longer one."""
        longer = f"{name} "
        return sum(count for other, count in self._others.items() if other == name or other.startswith(longer))

    def _two_countries(self, before: int) -> str | None:
        found: list[str] = []
        for match in _NAME.finditer(self._text, max(0, before - 3000), before):
            parts = match.group().removesuffix("'s").removesuffix("’s").split()
            for size in (3, 2, 1):
                country = self._words.countries.get(" ".join(parts[:size]).lower())
                if country:
                    found = [*(name for name in found if name != country), country]
                    break
        return " and ".join(found[-2:]) if len(found) >= 2 else None

    def _remember(self, found: Who, low: str) -> None:
        person = self._people.get(found.name or "")
        if person is None:
            self._last["they" if low.endswith("s") or " and " in low else "it"] = found
            if found.kind in {"official", "media"}:
                self._last["they"] = self._last["it"] = found
            if found.name is None and found.kind is not None and not low.endswith("s"):
                self._last["he"] = self._last["she"] = found
            return
        if person.pronoun != "she":
            self._last["he"] = found
        if person.pronoun != "he":
            self._last["she"] = found


def _of_somebody_named(kind: str | None) -> str | None:
    """The kind of somebody who has a name: an adviser or aide is anonymous only without one."""
    return "official" if kind == "anonymous" else None if kind == "document" else kind


def _place(run: str, number: int) -> int:
    """Where word `number` of a run begins."""
    return [match.start() for match in regex.finditer(r"\S+", run)][number]


def _role(head: str, apposition: str) -> str:
    return f"{head} {apposition if _opens_apposition(apposition) else ''}"


def _opens_apposition(words: str) -> bool:
    """Whether the words behind a name's comma tell of its bearer: a professor of law; head of the union; who runs a bank."""
    first = words.split(maxsplit=1)[0].lower() if words.split() else ""
    return (
        first in {"a", "an", "the", "one", "who", "whose", "its", "his", "her", "their", "former"}
        or first in _BARE_ROLES
    )


_BARE_ROLES = frozenset(
    "director head president chief chairman chairwoman chair founder co-founder professor author executive editor leader "
    "secretary minister mayor governor senator spokesman spokeswoman spokesperson manager captain coach vice-president senior "
    "deputy associate assistant lead owner dean general commander principal".split()
)
