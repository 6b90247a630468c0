"""How names look: a run of capitalised words, its titles apart from the name; which given name goes by which pronoun."""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple

import regex

from claimdesk.core.suggest.kinds import is_scholar
from claimdesk.core.suggest.lexicon import Lexicon
from claimdesk.core.suggest.wanted import while_wanted

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
    "said says perhaps maybe later earlier today yesterday here several few more such many not neither either".split()
)
"""Words that are capitalised without being a name."""
_LONG_NAME = regex.compile(
    r"\b(?!(?:The|An|In|At|On|For|From|By) )\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+){0,3}(?: (?:of|for|and|on) (?:the )?\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+){0,3}){1,3}"
)
"""A name with small words inside: Department of the Interior."""
ARTICLE = regex.compile(r"^(?:al|el|ad|an|ar|as|ash)-(?=\p{Lu})", regex.IGNORECASE)
"""The article that belongs to an Arabic family name and is written or left out: al-Haddad, Haddad."""
_NEVER_A_PERSON = frozenset(
    "university institute ministry department agency committee council court party times post news press association union "
    "bank foundation center centre college school hospital state states house "
    "senate congress parliament act agreement treaty  cup league team club company corp inc ltd plc "
    "group holdings airlines international national federal united north south east west nations commission board office "
    "journal magazine network republic kingdom administration institution society trust fund research policy "
    "western eastern northern southern york jersey hampshire carolina dakota orleans angeles vegas zealand "
    "county city street avenue boulevard square valley beach island islands lake row road capitol "
    "europe asia africa america poll survey caucus republican republicans democrat democrats democratic "
    "liberal conservative independent "
    "police service services army navy force forces media television radio assembly council organization organisation".split()
)
_BEFORE_ONE_NAME = frozenset("mr mrs ms dr sen rep gov gen".split())
OWNS = ("'s", "’s", "s'", "s’")
_SUFFIXES = frozenset("jr sr ii iii iv".split())


class Mention(NamedTuple):
    """A name where it stands, with the titles before it; `run` is where those begin."""

    before: str
    name: str
    start: int
    run: int

    @property
    def end(self) -> int:
        """Right behind the name."""
        return self.start + len(self.name)


class Names:
    """What of a run of capitalised words is a title and what a name, and whether it can be a person's."""

    def __init__(self, words: Lexicon) -> None:
        self._words = words
        self.titles = (
            words.titles
            | (words.roles["official"] | words.roles["expert"] | words.roles["media"]) - words.institutions
            | {"nominee", "minority", "majority"}
        )
        self.roles = frozenset[str]().union(*words.roles.values()) - words.institutions - words.roles["document"]

    def mentions(self, text: str, cancelled: Callable[[], bool]) -> list[Mention]:
        """All names of a text, in its order."""
        return [
            mention for match in while_wanted(NAME.finditer(text), cancelled) if (mention := self._mention(match)).name
        ]

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

    def given(self, name: str) -> str:
        """The pronoun that goes with a given name, empty where nobody can tell."""
        return self._words.given.get(name.lower(), "")

    def pronoun(self, name: str) -> str:
        """The pronoun that the given name in a full name tells: Ann Lee; Kim Yong-kyun."""
        first, *rest = name.split()
        return self.given(rest[0] if rest and self.is_family_first(first) else first)

    def is_family_first(self, part: str) -> bool:
        """Whether a word is a family name that comes before the given one."""
        return part.lower() in self._words.family_first

    def is_person(self, name: str, title: str, addressed: Collection[str]) -> bool:
        """Whether a name can be a person's, by its words and the title before it; `addressed` are those who are Mr or Senator."""
        parts = name.split()
        trusted = bool(title) and not title.endswith(OWNS) and self.given(parts[0])
        if (
            not 2 <= len(parts) <= 5
            or name.lower() in self._words.countries
            or any(part.isupper() and len(part) > 3 and "." not in part for part in parts)
            or all(self._is_title(part) for part in parts)
            or (parts[-1].isupper() and parts[-1].lower() in self.roles)
        ):
            return False
        if (parts[-1].lower() in self._words.countries and not self.given(parts[0])) or any(
            "'s" in part or "’s" in part for part in parts
        ):
            return False
        low = {part.lower().rstrip(".") for part in parts}
        if any(part.endswith("s") and (part in self.roles or part in self._words.institutions) for part in low):
            return False
        return (
            not low & _NEVER_A_PERSON
            and (trusted or not self._words.outlets & set(parts[:-1]))
            and (trusted or parts[-1] not in self._words.outlets or parts[-1] in addressed)
            and not any(phrase in name.lower() for phrase in self._words.phrases["media"])
        )

    def fullest(self, names: Iterable[str]) -> dict[str, str]:
        """Names of one person to the fullest: Ann Lee to Ann B. Lee; but Pastor Ann Lee, whose first word is no name, to Ann Lee."""
        known = set(names)
        found: dict[str, str] = {}
        for name in sorted((name for name in known if name.count(" ") > 1), key=lambda name: (name.count(" "), name)):
            parts = name.split()
            endings = {" ".join(parts[at:]): parts[at] for at in range(1, len(parts) - 1)}
            for ending, first in endings.items():
                if ending in known and self.given(first) and not self.given(parts[0]):
                    found[name] = ending
                elif ending in known:
                    found[ending] = name
            if name not in found and (short := f"{parts[0]} {parts[-1]}") in known:
                found[short] = name
        return found

    # -- words of a run

    def _mention(self, match: "regex.Match[str]") -> Mention:
        run = match.group()
        before, name, number = self.without_titles(run)
        start = match.start() + (_place(run, number) if number else 0)
        return Mention(before, name, start, match.start())

    def _behind_inner_title(self, parts: list[str], first: int) -> int:
        """Past a role in the midst of a run with a full name behind it: Halden Foods CEO | Jan Novak."""
        for at in range(len(parts) - 2, first - 1, -1):
            low = parts[at].lower().rstrip(".")
            if at == len(parts) - 2 and low not in _BEFORE_ONE_NAME:
                continue
            ends_here = low in self.titles or low in self.roles or parts[at].endswith(OWNS) or is_scholar(low)
            if ends_here and not _SUFFIXES & {part.lower().rstrip(".") for part in parts[at + 1 : at + 3]}:
                return at + 1
        return first

    def _before_verb(self, parts: list[str]) -> list[str]:
        """A name without what goes on behind it: Jan Novak | Says Dam Holds; Novak | delivered."""
        return parts[: next((at for at in range(1, len(parts)) if self._is_verb(parts[at])), len(parts))]

    def _is_verb(self, part: str) -> bool:
        verb = self._words.verbs.get(part.lower())
        return (part.islower() and part.endswith("ed")) or (
            verb is not None and (part.islower() or verb.form == "third")
        )

    def _is_bare_title(self, part: str) -> bool:
        return self._is_title(part) and not part.endswith(("'s", "’s"))

    def _is_title(self, part: str) -> bool:
        low = part.lower().rstrip(".")
        return (
            low in self._words.titles
            or low in {"u.s", "u.k", "u.n", "uk", "us", "eu", "sens", "reps"}
            or part.endswith(("'s", "’s", "-based", "-born"))
            or low in self._words.peoples
        )


def initials(name: str) -> str:
    """The capitals of a name: FDA for the Food and Drug Administration."""
    return "".join(part[0] for part in name.split() if part[0].isupper())


def long_names(text: str) -> Iterator[str]:
    """The names with small words inside: Department of the Interior."""
    return (match.group() for match in _LONG_NAME.finditer(text))


def family_name(name: str) -> str:
    """The last word of a name that is no suffix: Lowe of Ed Lowe Jr."""
    parts = name.split()
    return parts[-2] if parts[-1].lower().rstrip(".") in _SUFFIXES else parts[-1]


def _place(run: str, number: int) -> int:
    """Where word `number` of a run begins."""
    return [match.start() for match in regex.finditer(r"\S+", run)][number]
