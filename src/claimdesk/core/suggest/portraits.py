"""What an article tells of each person whom it names: titles, descriptions, age, followers, the pronoun that fits."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import regex

from claimdesk.core.suggest.kinds import PARTISANS, PRESS, is_press, kind_of, words_in
from claimdesk.core.suggest.lexicon import Lexicon
from claimdesk.core.suggest.names import NOT_A_NAME, OWNS, Mention, Names

_BEHIND = regex.compile(
    r"(?:[ ]\((?P<party>[^()\n]{1,30})\))?(?:,[ ]\d{1,3}(?=,))?"
    r"(?:,[ ](?P<apposition>[^,.;:\n“”\"()–—]{3,120})|[ ](?:is|was)[ ](?P<is>(?:an?|the)[ ][^,.;:\n“”\"()]{3,80})"
    r"|[ ](?:—|–|--?)[ ](?P<aside>[^.;:\n“”\"()–—]{3,80})[ ](?:—|–|--?)[ ]|[ ](?P<of>(?:of|from|at|with)[ ][^,.;:\n“”\"()]{3,60}))?"
)
_AGE = regex.compile(r",[ ](?:\d{1,3}(?=[,.])|an?[ ]\d{1,3}-year-old\b)")
_ONE_OF = regex.compile(r"^one of (?:the )?")
_ARTICLE = regex.compile(r"^(?:an?|another)\s")
_PARTISAN = regex.compile(
    rf"(?:an?|the)\s(?:[\p{{L}}-]+\s){{0,2}}(?:{'|'.join(sorted(PARTISANS))})\b(?!\s\p{{Ll}}+(?:er|or|man|woman|ist|ate|head)\b)",
    regex.IGNORECASE,
)
_ONCE = regex.compile(r"(?:an?|another|one|the [^,]{1,20}['’]s)\s+(?:\p{Ll}+\s+)?former\b")
_WAS = regex.compile(r"\b(?:former|ex-\p{Ll}+)\b", regex.IGNORECASE)
_PARTY = regex.compile(r"(?:[RDI]|Lab|Con|Lib Dem|SNP)\b")
_GOES_BY = regex.compile(r"\b(?:s?he|hi[ms]|himself|hers?|herself)\b", regex.IGNORECASE)
_NOT_TITLES = regex.compile(rf"^(?:(?:{'|'.join(sorted(NOT_A_NAME))})\s+)+", regex.IGNORECASE)
_LEADS_IN = regex.compile(r"\b(?:according to|in the words of|in the view of) [^,.;\n]*$", regex.IGNORECASE)
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
_LEAD = 70
_PRONOUN_WITHIN = 160
_SUBJECT = 2
"""Votes of a pronoun that is a subject, as a name at a sentence's head is; "his" may be anybody's."""
_IN_FULL = {
    "sen": "senator",
    "rep": "representative",
    "gov": "governor",
    "gen": "general",
    "sgt": "sergeant",
    "capt": "captain",
}
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


Known = Sequence[tuple[Mention, Profile]]
"""Mentions with the persons whom they name, in the order of the text."""


class Portraits:
    """Reads around the mentions of a text, and keeps in the profiles what it tells."""

    def __init__(self, text: str, words: Lexicon, names: Names) -> None:
        self._text = text
        self._words = words
        self._titles = names.titles | names.roles

    def describe(self, profile: Profile, mention: Mention) -> None:
        """Keep what one mention tells of a person."""
        profile.mentions += 1
        head = f"{self._words_before(mention.run)} {_NOT_TITLES.sub('', mention.before)}".strip()
        apposition, origin, party = self._behind(mention)
        described = apposition if describes(apposition) else ""
        profile.has_age = profile.has_age or self._tells_age(mention)
        profile.was_once = profile.was_once or bool(_WAS.search(head) or _ONCE.match(apposition))
        profile.is_followed = profile.is_followed or self._is_followed(mention)
        title = self._title_of(head)
        profile.roles.update(title, (_IN_FULL[role] for role in title if role in _IN_FULL))
        profile.roles.update(words_in(f"{party} {described}")[:_APPOSITION_WORDS])
        elected = "official" if _PARTY.match(party) else None
        kind = self._title_kind(head) or elected or self._kind_behind(apposition, origin, has_age=profile.has_age)
        if kind is not None:
            profile.kinds.add(kind)
            profile.kind = profile.kind or kind
        if not profile.pronoun:
            told = set(words_in(f"{mention.before} {head} {described}"))
            profile.pronoun = "she" if told & self._words.female else "he" if told & self._words.male else ""

    def find_followed(self, known: Known) -> None:
        """Whoever is named in one breath with those who have followers is one of them; all of them seek an office or hold one."""
        for (before, one), (behind, other) in pairwise(known):
            if one is not other and _IN_ONE_BREATH.fullmatch(self._text, before.end, behind.start):
                one.is_followed = other.is_followed = one.is_followed or other.is_followed
        for _, profile in known:
            if profile.is_followed and profile.kind in {None, "witness"}:
                profile.kind = "official"

    def listen(self, known: Known) -> None:
        """Give those whom no title tells the pronoun that most often comes next behind their name."""
        votes: dict[str, Counter[str]] = {}
        for number, (mention, profile) in enumerate(known):
            until = known[number + 1][0].run if number + 1 < len(known) else len(self._text)
            heard = _GOES_BY.search(self._text, mention.end, min(until, mention.end + _PRONOUN_WITHIN))
            if heard:
                word = heard.group().lower()
                said = "she" if word.startswith(("s", "her")) else "he"
                votes.setdefault(profile.name, Counter())[said] += _SUBJECT if word in {"he", "she"} else 1
        for _, profile in known:
            if not profile.pronoun and profile.name in votes:
                profile.pronoun = votes[profile.name].most_common(1)[0][0]

    # -- the words around a name

    def _behind(self, mention: Mention) -> tuple[str, str, str]:
        """The description, the house and the party that stand behind a name."""
        # "According to Ann Lee, the mayor resigned": what follows is what she said, not what she is.
        leads_in = _LEADS_IN.search(self._text, max(0, mention.start - _LEAD), mention.start)
        behind = None if leads_in else _BEHIND.match(self._text, mention.end)
        found = behind.groupdict() if behind else {}
        apposition = found.get("apposition") or found.get("is") or ""
        if aside := found.get("aside"):
            apposition = aside if describes(aside) else f"a {aside}" if kind_of(aside, self._words) else ""
        return apposition, found.get("of") or "", found.get("party") or ""

    def _tells_age(self, mention: Mention) -> bool:
        return bool(_AGE.match(self._text, mention.end)) or self._text.endswith("-year-old ", 0, mention.run)

    def _is_followed(self, mention: Mention) -> bool:
        before = self._text[max(0, mention.start - _LEAD) : mention.start]
        return bool(_FOLLOWERS.match(self._text, mention.end) or _FOLLOWS.search(before))

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
        is_title = last in self._titles and last not in PRESS and not last.endswith("s")
        return low if is_title else []

    def _title_kind(self, head: str) -> str | None:
        """The kind that the words right before a name give: captain, Dr, spokeswoman; Radio Kent's."""
        if head.endswith(OWNS):
            return "media" if is_press(head, self._words) else None
        title = " ".join(self._title_of(head))
        return (
            title
            and of_somebody_named(kind_of(title.split()[-1], self._words))
            and of_somebody_named(kind_of(head, self._words))
        )

    def _kind_behind(self, apposition: str, origin: str, *, has_age: bool) -> str | None:
        if kind := kind_told(apposition, self._words):
            return kind
        house = origin.split(maxsplit=1)[1] if origin else apposition
        if house[:1].isupper() and kind_of(house, self._words) == "expert":
            return "expert"
        return "witness" if has_age else None


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


def kind_told(apposition: str, words: Lexicon) -> str | None:
    """The kind that words behind a name make of its bearer; who was something once is asked for what they know."""
    if not describes(apposition):
        return None
    told = _ONE_OF.sub("", apposition).split(" and ")[0]
    kind = None if _PARTISAN.match(told) else kind_of(_ARTICLE.sub("", told), words)
    if kind in {"official", "anonymous"} and _ONCE.match(apposition):
        return "expert"
    return of_somebody_named(kind)
