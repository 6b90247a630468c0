"""A source that is removed from everywhere: what becomes of its names in all that was written beside the articles.

A claim that rested on it rests on nobody, a chain of hearsay goes on without it, and in a sentence or a note a placeholder stands in
its place. Each is a function of the words alone, so what the history tells of a claim and the claim itself change alike, and
what was done before can be undone and redone as ever, as if the source had never been there.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import regex

from claimdesk.core.claim import Span
from claimdesk.core.confidential import Finder, apart, parts_of
from claimdesk.core.sources import Source, SourceKind, folded

PLACEHOLDER = "[removed source]"
"""What stands in sentences and notes where the source was named."""

_NAME = frozenset({"source_name"})
_NAMES = frozenset({"via", "second_sources", "aliases"})
_OF_FILES = frozenset({"filename", "title", "locator", "archive"})
_STAYS = frozenset(
    "content source cue links pages furniture level review origin certainty manner terms verdict checked_by checked_at anonymity"
    " kind stance retrieved asked answered reliability credibility"
    " sha256 language published imported_at retrieved_at url outlet byline name".split()
)
"""What holds no words of the user, or what was published; the names of other sources stay too."""


class Removal:
    """Takes sources out of words. `gone` are all rows of the register that mean the one that goes.

    `names` and `pseudonyms` are those that it ever had beside these, `others` the names and pseudonyms of all other sources: in full
    they stay, also where they hold a name that goes, which those in `kept` do.
    """

    def __init__(
        self, gone: Sequence[Source], names: Iterable[str], pseudonyms: Iterable[str], others: Iterable[str]
    ) -> None:
        full = [*(name for source in gone for name in source.names), *names]
        parts = [part for source in gone if source.kind is SourceKind.PERSON for part in parts_of(source)]
        stays = [name for name in (PLACEHOLDER, *others) if folded(name) not in set(map(folded, full))]
        self.names = tuple(sorted({folded(name): name for name in full}.values()))
        self._folded = frozenset(map(folded, full))
        self._names, self._parts = _finder(full, stays), _finder(parts, stays)
        self._pseudonyms = _exactly({*(source.pseudonym for source in gone), *pseudonyms} - {"", *stays})
        wanted = _finder(full, ())
        self.kept = tuple(name for name in stays if name != PLACEHOLDER and any(wanted.spans(name)))

    def takes(self, name: str) -> bool:
        """Whether this is one of the names that go."""
        return folded(name) in self._folded

    def without(self, names: Iterable[str]) -> list[str]:
        """The names without those that go."""
        return [name for name in names if not self.takes(name)]

    def words(self, words: str, *, small: bool = False) -> str:
        """What somebody or the program wrote, with the placeholder where it names the source.

        Names are found whatever their case and accents, a part of a person's name where it is written large, or `small` too as in the
        names of files, a pseudonym as it is.
        """
        if not words:
            return words
        found = list(self._names.spans(words))
        found += [span for span in self._parts.spans(words) if small or not words[span.start].islower()]
        found += [Span(*match.span()) for match in self._pseudonyms.finditer(words)]
        if not found:
            return words
        left, end = [], 0
        for span in apart(sorted(found, key=lambda span: (span.start, -span.end))):
            left += [words[end : span.start], PLACEHOLDER]
            end = span.end
        return "".join((*left, words[end:]))

    def told(self, value: Any, key: str = "") -> Any:
        """What a row of the history tells, under this key if it has one, without the source."""
        if isinstance(value, dict):
            return {of: self.told(one, of) for of, one in value.items()}
        if isinstance(value, list) and key in _NAMES:
            return self.without(value)
        if isinstance(value, list):
            return [self.told(one, key) for one in value if not self._is_of_source(one)]
        if not isinstance(value, str) or key in _STAYS:
            return value
        if key in _NAME:
            return "" if self.takes(value) else value
        return self.words(value, small=key in _OF_FILES)

    def _is_of_source(self, value: Any) -> bool:
        """Whether this is what the history tells of the source itself."""
        return isinstance(value, dict) and isinstance(value.get("name"), str) and self.takes(value["name"])


def _finder(names: Iterable[str], stays: Iterable[str]) -> Finder:
    wanted = Finder([(name, PLACEHOLDER) for name in names])
    return Finder(
        [*((name, PLACEHOLDER) for name in names), *((name, "") for name in stays if any(wanted.spans(name)))]
    )


def _exactly(words: Iterable[str]) -> regex.Pattern[str]:
    """What finds these words as they are, and as no part of a longer one."""
    found = "|".join(map(regex.escape, sorted(words, key=len, reverse=True))) or r"(?!)"
    return regex.compile(rf"(?<![\p{{L}}\p{{M}}\p{{N}}])(?:{found})(?![\p{{L}}\p{{M}}\p{{N}}])")
