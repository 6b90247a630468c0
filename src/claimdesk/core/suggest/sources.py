"""Who a source is in full: "Kim" back to Kim Yong-kyun, "he" to the man spoken of last, "both nations" to the two.

Names are runs of capitalised words without their titles; the first fuller name of the article that ends (or, where family
names come first, begins) with a shorter one is the same person.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from claimdesk.core.suggest.lexicon import Lexicon

_WORD = r"(?:(?:\p{Lu}\.)+|(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|St)\.|\p{Lu}[\p{L}\p{M}'’-]*)"
_NAME = regex.compile(
    rf"(?<![\p{{L}}\p{{M}}]){_WORD}(?:[ ](?:(?:de|da|del|der|di|la|le|van|von|bin|al|el)[ ])?{_WORD})*"
)
_PERSON = regex.compile(r"\p{Lu}[\p{L}\p{M}'’-]+|\p{Lu}\.")
_CUT = regex.compile(r"\s+(?:from|of|at|in|with|who|for|on|and|near|to)\b|,|\(|\s[–—-]\s")
_NUMBERED = regex.compile(r"^(?:the|a|an|this|that)?\s*(?:\p{Ll}[\p{L}-]*\s+)*(?=[\p{Lu}\d])")
_POSSESSIVE = regex.compile(r"['’]s\s+(?=\p{L})")
_SPACES = regex.compile(r"\s+")
_DETERMINER = regex.compile(
    r"^(?:the|a|an|both|this|that|these|those|some|many|several|one|other|another)\s+", regex.IGNORECASE
)
_PAIR = regex.compile(
    r"^(?:both|the two|two)\s+(?:nations|countries|sides|governments|states|capitals)$", regex.IGNORECASE
)
_HE = frozenset({"he", "his", "him"})
_SHE = frozenset({"she", "her"})
_THEY = frozenset({"they", "their", "it", "its", "them"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A person's name where it first stands in full, and the words before it (a title, a role)."""

    name: str
    start: int
    before: str


class Register:
    """The people of one article."""

    def __init__(self, text: str, words: Lexicon) -> None:
        self._text = text
        self._words = words
        self._people = self._find_people(text)
        self._last: dict[str, str] = {}

    def _find_people(self, text: str) -> list[Mention]:
        found: dict[str, Mention] = {}
        for match in _NAME.finditer(text):
            name = self.without_titles(match.group().rstrip(".'’"))
            parts = name.split()
            if len(parts) < 2 or len(parts) > 4 or not all(_PERSON.fullmatch(part) or part.islower() for part in parts):
                continue
            if name.lower() in self._words.countries or parts[0].lower() in {
                "the",
                "on",
                "in",
                "but",
                "and",
                "a",
                "as",
                "at",
            }:
                continue
            start = match.start() + match.group().find(parts[0])
            found.setdefault(name, Mention(name, start, text[max(0, start - 60) : start]))
        return list(found.values())

    def without_titles(self, name: str) -> str:
        """The name without Dr, President, Defense Minister …"""
        parts = name.split()
        while len(parts) > 1 and (
            parts[0].lower().rstrip(".") in self._words.titles or parts[0].endswith(("'s", "’s"))
        ):
            parts.pop(0)
        while len(parts) > 2 and parts[0].lower() in self._words.roles["expert"]:
            parts.pop(0)
        return " ".join(parts)

    def fullest(self, name: str) -> str:
        """The first fuller name in the article of which `name` is the family name, else `name`."""
        bare = _POSSESSIVE.split(name)[0].removesuffix("'s").removesuffix("’s")
        parts = bare.split()
        for mention in self._people:
            whole = mention.name.split()
            if len(whole) > len(parts) and whole[-len(parts) :] == parts:
                return mention.name
        for mention in self._people:
            whole = mention.name.split()
            if len(parts) == 1 and whole[0] == parts[0] and parts[0].lower() in self._words.family_first:
                return mention.name
        return bare

    def entity(self, source: str, before: int) -> str | None:
        """The name in full of the source whose words are `source` and begin at code point `before`; None if unnamed."""
        plain = _SPACES.sub(" ", source).strip(" ,'’\"“”")
        low = plain.lower()
        if low in _HE | _SHE | _THEY:
            return self._last.get("she" if low in _SHE else "he" if low in _HE else "they")
        if _PAIR.match(plain):
            return self._two_countries(before)
        entity = self._named(plain)
        if entity is not None:
            self._remember(entity, low)
        return entity

    def mention(self, name: str) -> Mention | None:
        """Where a person's name first stands in full."""
        return next((mention for mention in self._people if mention.name == name), None)

    def role_after(self, name: str, words: Lexicon) -> str | None:
        """What an apposition behind the name says: Ann Lee, a farmer from Kent."""
        mention = self.mention(name)
        if mention is None:
            return None
        end = mention.start + len(name)
        after = self._text[end : end + 60].split("\n")[0]
        if not after.startswith(", "):
            return None
        near = after[2:].split(",")[0].lower().split()
        for kind in ("expert", "official", "witness", "media"):
            if any(word.strip(".") in words.roles[kind] for word in near):
                return kind
        return None

    def _named(self, plain: str) -> str | None:
        person = self._person_in(plain)
        if person is not None:
            return person
        bare = _DETERMINER.sub("", plain)
        if not any(letter.isupper() for letter in bare) or self._is_kind_of_people(bare.lower()):
            return None
        if " and " in bare and all(part[:1].isupper() for part in bare.split(" and ")):
            return " and ".join(self.fullest(part) for part in bare.split(" and "))
        bare = _CUT.split(bare)[0] if not self._is_organisation(bare) else bare.split(",")[0]
        bare = _NUMBERED.sub("", bare) if not bare[:1].isupper() else bare
        if not bare:
            return None
        return self.fullest(self.without_titles(bare)) if len(bare.split()) <= 4 else bare

    def _person_in(self, plain: str) -> str | None:
        """A person named in the words, the last of "South Korea's Defense Minister, Kim Yong-kyun"."""
        known = {mention.name for mention in self._people}
        inside = [name for name in known if regex.search(rf"\b{regex.escape(name)}\b", plain)]
        inside = [
            name for name in inside if not self._is_organisation(name) and name.lower() not in self._words.countries
        ]
        if len(inside) == 1:
            return inside[0]
        if inside:
            return max(inside, key=plain.find)
        stripped = self.without_titles(_CUT.split(plain)[0])
        full = self.fullest(stripped)
        return full if full != stripped and full in known else None

    def _is_organisation(self, name: str) -> bool:
        last = {word.lower() for word in name.split()}
        roles = self._words.roles
        return bool(
            last & (roles["official"] | roles["media"] | roles["document"]) - {"president", "chief"}
        ) and not any(word.lower() in self._words.titles for word in name.split()[:1])

    def _is_kind_of_people(self, word: str) -> bool:
        """Whether a word that only begins a sentence names nobody: Experts, Residents."""
        return word.endswith("s") and any(
            word in self._words.roles[kind] for kind in ("expert", "anonymous", "witness")
        )

    def _two_countries(self, before: int) -> str | None:
        found: list[str] = []
        for match in _NAME.finditer(self._text, 0, before):
            words = match.group().removesuffix("'s").removesuffix("’s")
            for size in (3, 2, 1):
                country = self._words.countries.get(" ".join(words.split()[:size]).lower())
                if country:
                    found = [*(name for name in found if name != country), country]
                    break
        return " and ".join(found[-2:]) if len(found) >= 2 else None

    def _remember(self, entity: str, low: str) -> None:
        words = set(low.split())
        person = self.mention(entity)
        if person is None:
            self._last["they"] = entity
            return
        marks = words | set(person.before.lower().split()[-3:])
        if not marks & self._words.female:
            self._last["he"] = entity
        if not marks & self._words.male:
            self._last["she"] = entity


def words_of(source: str) -> Sequence[str]:
    """The words of a source, lower case, without possessives."""
    return [
        word.removesuffix("'s").removesuffix("’s")
        for word in regex.findall(r"[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}'’-]*", source.lower())
    ]
