"""Who a source is in full: "Kim" back to Kim Yong-kyun, "he" to the man who spoke last, "both nations" to the two."""

from bisect import bisect_left
from functools import cached_property
from typing import NamedTuple

import regex

from claimdesk.core.claim import words_of
from claimdesk.core.suggest import acts
from claimdesk.core.suggest.attribution import Attribution
from claimdesk.core.suggest.kinds import PERSONAL, SPEAKS_FOR, kind_of, split_head, words_in
from claimdesk.core.suggest.lexicon import Lexicon
from claimdesk.core.suggest.people import NAME, NAME_WORD, NOT_A_NAME, People, Profile, of_somebody_named

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
_BY_SOMEBODY = regex.compile(r"['’]s?\s+(?!(?:e-?mails?|diary|tapes?|disclosures?|filings?|returns|records|memos?)\b)")
"""The own letter, video or site of somebody speaks for them; what leaked or was filed does not."""
_ROLE_BETWEEN = regex.compile(r"(?:\s\p{Ll}[\p{Ll}-]+){1,3}\s(?=\p{Lu})")
"""Between a house and whoever works there: Harlan Capital | portfolio manager | Ann Lee."""
_REACH = 3000
"""Code points that a pronoun or "both nations" reaches back over."""
_ANTECEDENT_WITHIN = 90
_SENTENCE = 300
"""Code points within which a sentence begins before a cue, and its main clause follows."""
_PRONOUN_FIRST = regex.compile(r"(?:(?:And|But|Yet|So|Then)\s+)?(?P<pronoun>s?he)\b", regex.IGNORECASE)
_SENTENCE_END = regex.compile(r"(?<!\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov))[.!?][”\"'’]*\s|\n")
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
        before = max(0, cue - _SENTENCE)
        start = max((end.end() for end in _SENTENCE_END.finditer(self._text, before, cue)), default=before)
        opening = _PRONOUN_FIRST.match(self._text, start, cue)
        if opening:
            return self._stood_for(_PRONOUNS[opening["pronoun"].lower()], start)
        if (found := self._people.first_between(start, cue)) is not None:
            return Who(found.name, found.kind, found, found.name)
        behind = _BEHIND_COMMA.search(self._text, cue, cue + _SENTENCE)
        if behind:
            return self._resolved(behind["name"], behind.start("name"))
        title = self._text.partition("\n")[0]
        named = self._people.only_between(0, len(title))
        return Who(named.name, named.kind, named, named.name) if named is not None else NOBODY

    def who(self, source: str, start: int) -> Who:
        """The source whose words are `source` and begin at code point `start`; it is remembered for later pronouns."""
        plain = " ".join(source.split()).strip(" ,'’\"“”")
        low = plain.lower()
        if not low:
            return NOBODY
        low = _CLITIC.sub("", low)
        pronoun = _PRONOUNS.get("they" if _THOSE_ASKED.match(low) else low)
        if pronoun:
            return self._stood_for(pronoun, start)
        if low in _RELATIVES:
            found = self._antecedent(start)
            # "A book by Ann Lee, which": of a person only "who" is said.
            return found if found.person is None or low in {"who", "whose"} else Who(None, None, words=source)
        found = self._resolved(plain, start)
        self._remember(found, low, start)
        return found

    # -- pronouns

    def _stood_for(self, pronoun: str, start: int) -> Who:
        """Whom a pronoun means: who spoke last, or a person with whom a sentence began since then."""
        spoke, found = self._last.get(pronoun, (-_REACH, NOBODY))
        if pronoun in {"he", "she"}:
            heads = self._people.heads
            at = bisect_left(heads, start, key=lambda head: head[0])
            for place, profile in reversed(heads[max(0, at - 3) : at]):
                if place > spoke and profile.pronoun in {"", pronoun}:
                    return Who(profile.name, profile.kind, profile, profile.name)
        return found if start - spoke <= _REACH else NOBODY

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
        person = None if self._is_writing(plain) else self.person_in(plain)
        if person is not None:
            return Who(person.name, self._told(plain, person) or person.kind, person, plain)
        described = self._described(plain)
        if described is not None:
            return Who(described.name, described.kind or kind, described, plain)
        return Who(self._institution(plain, start, kind), kind, words=plain)

    def _is_writing(self, plain: str) -> bool:
        """Whether the words name something written, whoever's name is in its: a Harlan Times poll, not Ann Lee's letter."""
        head, _ = split_head(plain)
        return bool(head) and head[-1].lower() in self._words.roles["document"] and not _BY_SOMEBODY.search(plain)

    def _told(self, plain: str, person: Profile) -> str | None:
        """The kind that the words around a person's name tell: Professor … from Kyungnam University."""
        before, name, after = plain.partition(person.name)
        if not name:
            return None
        return of_somebody_named(kind_of(before, self._words)) or self._people.kind_told(after.strip(" ,"))

    def person_in(self, plain: str) -> Profile | None:
        """The person whom the words name, in full or by the family name; not the one whom somebody speaks for."""
        head = _CUT.split(plain)[0] if not regex.search(r",\s+\p{Lu}", plain) else plain
        if " " not in plain and plain.lower() in NOT_A_NAME:
            return self._people.named(plain) if plain[:1].isupper() else None
        found = None
        for match in NAME.finditer(plain):
            _, name, _ = self._people.without_titles(match.group())
            profile = self._people.named(name) if " " in name else None
            at = match.end() - len(name)
            if profile is not None and (at < len(head) or plain[:at].rstrip().endswith(",")):
                found = profile
                goes_on = _ROLE_BETWEEN.match(plain, match.end())
                if goes_on is None or any(self._bounds(word) for word in goes_on.group().split()):
                    break
        if found is not None:
            return found
        title, bare, _ = self._people.without_titles(head)
        parts = bare.split()
        if not parts:
            return None
        found = self._people.named(bare if len(parts) == 1 else parts[-1], title)
        return found if found is not None and set(parts) <= set(found.name.split()) else None

    def _described(self, plain: str) -> Profile | None:
        """The person whose role the words repeat: the mayor."""
        if not regex.match(r"the\s+\p{Ll}", plain, regex.IGNORECASE) or _CUT.search(plain):
            return None
        wanted = set(words_in(plain)[1:])
        roles = self._words.roles
        heads = wanted & (roles["official"] | roles["expert"] | roles["witness"]) - self._words.institutions
        return self._people.described(wanted) if heads else None

    def _institution(self, plain: str, start: int, kind: str | None) -> str | None:
        """The name of a source that is no person, None where it has none: experts, a resident, reports."""
        bare = _OWNER.sub("", _DETERMINER.sub("", plain))
        head = _CUT.split(bare)[0]
        noun = words_in(head)[-1:]
        if not bare or plain.lower() in NOT_A_NAME:
            return None
        if any(word in self._words.roles["document"] for word in bare.split()[:3]):
            written_by = regex.search(r"\bby (?:the )?(\p{Lu}.*)", bare)
            return _CUT.split(written_by.group(1))[0] if written_by else self._titled_document(bare, head)
        if noun and noun[0] in SPEAKS_FOR:
            return self._spoken_for(plain, head)
        if noun and noun[0] in self._words.institutions and not head[: -len(noun[0])].strip().istitle():
            return self._referred(plain, bare, noun[0])
        starts = start if plain == bare else -1
        if not any(letter.isupper() for letter in bare) or self._is_common_noun(head, starts, kind):
            return None
        return self._outlet(plain, bare) if kind == "media" else self._name_of(bare)

    def _titled_document(self, bare: str, head: str) -> str | None:
        """A law or treaty by its name: 1991 North-South Basic Agreement."""
        name = regex.search(r"(?:\d{4}\s+)?(?:\p{Lu}\S*\s+){2,}\p{Lu}\S*$", head)
        return name.group() if name and name.group() in bare else None

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
        return (listed and noun not in self._words.institutions) or noun in GENERIC or noun.endswith(_PLURAL_ENDS)

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
        words = _NAME_PHRASE.match(name)
        return self._in_full(words.group() if words else name)

    def _are_countries(self, names: str) -> bool:
        return all(name.lower() in self._words.countries for name in names.split(" and "))

    def _referred(self, plain: str, bare: str, noun: str) -> str | None:
        """A body that goes by its noun: "the ministry" is the Foreign Ministry named before; police are police."""
        low = words_in(plain)
        if low[0] == "the" and noun in self._words.companies:
            return self._main_organisation
        named = self._by_last_word.get(noun, [])
        if low[0] == "the" and len(low) == 2 and named:
            return named[-1]
        return _CUT.split(bare)[0]

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
