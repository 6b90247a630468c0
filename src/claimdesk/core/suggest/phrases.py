"""Which person the words of a source name, and where a noun phrase ends."""

from functools import cached_property

import regex

from claimdesk.core.suggest.lexicon import Lexicon
from claimdesk.core.suggest.names import ARTICLE, NAME
from claimdesk.core.suggest.people import People
from claimdesk.core.suggest.portraits import Profile

CUT = regex.compile(r"\s+(?:from|of|at|in|with|who|for|on|and|near|to|that|which)\b|,|\(|\s[–—-]+\s")
OF_OFFICE = regex.compile(
    r"\bof (?=(?:state|staff|parliament|congress|defen[cs]e|health|education|justice|labou?r|commerce|the (?:interior|treasury))\b)",
    regex.IGNORECASE,
)
_INSTANCES = regex.compile(r"^.*?s,? (?:including|like|such as)\s+")
_BESIDE = regex.compile(r",\s+(?!(?:and|or|nor|former)\b)(?:\p{Ll}|\d)")
_JOINED = regex.compile(r",?\s+(?:and|or|nor)\s+|,\s+")
_BOTH = regex.compile(r"^(?:both|neither|either)\s+", regex.IGNORECASE)
_AND = regex.compile(r"\b(?:and|or|nor)\b")
_STRETCH = regex.compile(r",|[–—]|\b(?:named|called|like|including)\b")
_BREAKS = regex.compile(
    r"\b(?:of|from|at|in|with|who|for|on|near|to|that|which|by|about|against|between|whose|when|than|as|\p{Ll}+ing)\b"
)
_BOUNDS = frozenset(
    "with by to than as like and but or is are was were be been for among that who which include including".split()
)
_ROLE_BETWEEN = regex.compile(r"(?:\s\p{Ll}[\p{Ll}-]+){1,3}\s(?=\p{Lu})")
"""Between a house and whoever works there: Harlan Capital | portfolio manager | Ann Lee."""


class Phrases:
    """Reads the phrases of one article's sources, whose people are known."""

    def __init__(self, words: Lexicon, people: People) -> None:
        self._words = words
        self._people = people

    def person_in(self, plain: str) -> Profile | None:
        """The person whom the words name, in full or by the family name; not the one whom somebody speaks for."""
        found = self._in_full(plain)
        if found is not None:
            return found
        head = CUT.split(OF_OFFICE.sub("of_", plain))[0]
        alone = self._people.named(head) if " " not in head else None
        if alone is not None:
            return alone
        title, bare, _ = self._people.without_titles(head)
        parts = bare.split()
        if not parts:
            return None
        found = self._people.named(parts[0] if len(parts) == 1 else parts[-1], title)
        if found is None:
            return None
        known = {ARTICLE.sub("", part).lower() for part in found.name.split()}
        return found if all(ARTICLE.sub("", part).lower() in known for part in parts) else None

    def _in_full(self, plain: str) -> Profile | None:
        """The person whom the words name by a name of two words or more that is the head of its phrase."""
        found = None
        for match in NAME.finditer(plain):
            _, name, _ = self._people.without_titles(match.group())
            profile = self._people.named(name) if " " in name else None
            at = match.start() + match.group().rindex(name)
            if profile is not None and self._is_head(plain[:at], plain[at + len(name) :]):
                found = profile
                goes_on = _ROLE_BETWEEN.match(plain, match.end())
                if goes_on is None or any(self.bounds(word) for word in goes_on.group().split()):
                    break
        return found

    def parts(self, plain: str) -> list[str]:
        """What is named together: Ann Lee | the State Department; nothing where it is one phrase."""
        examples = _INSTANCES.match(plain)
        behind = plain[examples.end() :] if examples and not self.person_in(examples.group()) else plain
        phrase = _BESIDE.split(_BOTH.sub("", behind))[0]
        parts = _JOINED.split(phrase)
        is_one = len(parts) < 2 or not _AND.search(phrase) or any(_BREAKS.search(part) for part in parts[:-1])
        return [] if is_one else parts

    def bounds(self, word: str) -> bool:
        """Whether a noun phrase does not reach over this word to the left."""
        low = word.lower()
        return low in _BOUNDS or (low in self._words.verbs and word.islower())

    def _is_head(self, before: str, behind: str) -> bool:
        """Whether a name is the head of its phrase: the mayor, Ann Lee; author and doctor Ann Lee; but not an Ann Lee aide."""
        following = behind.split()[0].strip(",") if behind[:1] == " " and behind.strip() else ""
        modifies = behind[:2] in {"'s", "’s"} or following in self._modified
        return not modifies and not _BREAKS.search(_STRETCH.split(OF_OFFICE.sub("of_", before))[-1])

    @cached_property
    def _modified(self) -> frozenset[str]:
        return frozenset[str]().union(*self._words.roles.values())
