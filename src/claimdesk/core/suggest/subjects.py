"""With whom the sentences of an article begin, outside quotations: whom a later pronoun stands for."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator

import regex

from claimdesk.core.suggest.names import NAME_WORD, NOT_A_NAME, OWNS, Mention
from claimdesk.core.suggest.portraits import Known, Profile
from claimdesk.core.suggest.wanted import while_wanted

_HEAD = 80
"""Code points that the head of a sentence has, up to the name of whom it is about: The charity's former director, …"""
_SENTENCE = regex.compile(
    r"\n+|(?<!\b(?:Mrs?|Ms|Dr|Prof|Sens?|Reps?|Gov|Gen|Lt|Col|Sgt|Capt|Rev|St|Jr|Sr|\p{Lu})\.)(?<=[.!?:;]|[.!?:;,][\"”’')])[ \u00a0]+"
)
_QUOTED = regex.compile(r"“[^“”\n]*”?|\"[^\"\n]*\"|''[^\n]*?''")
_LOOK_BACK = 8
"""Sentences with a person at their head that a pronoun looks back over."""


class Subjects:
    """Where each sentence of a text begins, and with which of the known persons."""

    def __init__(self, text: str, known: Known, cancelled: Callable[[], bool]) -> None:
        self._text = text
        self._starts = [0, *(match.end() for match in while_wanted(_SENTENCE.finditer(text), cancelled))]
        self._quoted = [match.span() for match in while_wanted(_QUOTED.finditer(text), cancelled)]
        self._heads = list(self._found(while_wanted(known, cancelled)))

    def last(self, pronoun: str, before: int, after: int) -> Profile | None:
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

    def sentence_start(self, at: int) -> int:
        """Where the sentence begins that goes on at a code point."""
        return self._starts[bisect_right(self._starts, at) - 1]

    def _found(self, known: Iterable[tuple[Mention, Profile]]) -> Iterator[tuple[int, Profile]]:
        """Where sentences begin with a person: their first of each pronoun, outside quotations, whose name owns nothing."""
        sentence, taken = -1, set[str]()
        for mention, profile in known:
            if (
                self._is_quoted(mention.start)
                or self._text.startswith(OWNS, mention.end)
                or not self._seems_a_person(profile)
            ):
                continue
            at = bisect_right(self._starts, mention.run)
            if at != sentence:
                sentence, taken = at, set()
            # "As Ann Lee left, Ida Holt said": the first is in a clause of its own.
            if self._text.startswith(", ", mention.run - 2) and self._opens_clause(self._starts[at - 1]):
                taken = set()
            if mention.run - self._starts[at - 1] <= _HEAD and not taken & {"", profile.pronoun}:
                taken.add(profile.pronoun)
                yield mention.start, profile

    def _is_quoted(self, at: int) -> bool:
        inside = bisect_right(self._quoted, (at, len(self._text))) - 1
        return inside >= 0 and at < self._quoted[inside][1]

    def _opens_clause(self, start: int) -> bool:
        word = NAME_WORD.match(self._text, start)
        return word is not None and word.group().lower() in NOT_A_NAME

    @staticmethod
    def _seems_a_person(profile: Profile) -> bool:
        """Whether more than capitals tells that a name is a person's."""
        told = profile.pronoun or profile.kind or profile.roles or profile.has_age
        return bool(told) or profile.mentions > profile.in_full
