"""What may leave the program of confidential sources: their pseudonyms, and never their names, roles or affiliations.

Whatever ClaimDesk or its user wrote (source columns, reasons, notes, names of files) is rewritten. The article's own words are
published and stay as they are; where they name such a source, `namings` says so, and whoever hands over the report decides.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import regex

from claimdesk.core.claim import Article, Span
from claimdesk.core.page import paragraphs
from claimdesk.core.sources import Source, SourceKind, folded

WITHHELD = "[withheld]"
"""What stands in place of the role or affiliation of a confidential source."""
AROUND = 40
"""Code points of an article's text that are shown on either side of a name."""

_INVISIBLE = r"[\p{Mn}\p{Cf}]*"
_CASED = regex.compile(r"[\p{Lu}\p{Ll}\p{Lt}]")
_DECLINED = regex.compile(r"\p{Cyrillic}{6}$")
_PIECE = regex.compile(r"[^\s\p{Pd}_.,’']+")
_SAYS = regex.compile(r"[^\s\p{Pd}_]")
"""What a name needs so that it can be found; without it, it would be found everywhere."""
_NO_NAME = frozenset(
    "mr mrs ms miss mx dr prof professor sir dame lord lady gen general col colonel capt captain lt major sgt president "
    "minister senator judge herr frau monsieur madame señor señora господин госпожа श्री श्रीमती 씨 السيد السيدة د".split()
)
"""Words of a name that name nobody."""
_LONG = 5
"""Letters from which on a name may have another ending than in the register: that of a case, or of a people."""


@dataclass(frozen=True, slots=True)
class Naming:
    """A place where the published words name a confidential source: which part of the article, and the words around it."""

    where: str
    words: str


class Mask:
    """Puts pseudonyms in place of the names of those among `sources` that are confidential.

    The others are needed for those persons among them who share a part of the name with one that is hidden: theirs, in full,
    may be said.
    """

    def __init__(self, sources: Sequence[Source]) -> None:
        hidden = [source for source in sources if source.confidential]
        self._pseudonyms = {folded(name): source.pseudonym for source in hidden for name in source.names}
        names = [(name, source.pseudonym) for source in hidden for name in source.names]
        parts = [(part, source.pseudonym) for source in hidden for part in parts_of(source)]
        about = [(part, WITHHELD) for source in hidden for part in (source.role, source.affiliation)]
        free = [(name, "") for name in _free_names(sources, [part for part, _ in parts])]
        self._names, self._parts = Finder([*names, *free]), Finder([*parts, *free])
        self._named, self._written = Finder([*parts, *names, *free]), Finder([*about, *parts, *names, *free])

    def hides(self, name: str) -> bool:
        """Whether this is the name or an alias of a confidential source."""
        return folded(name) in self._pseudonyms

    def name(self, name: str) -> str:
        """The pseudonym where this names a confidential source, else the name without the names of such sources in it."""
        return self._pseudonyms.get(folded(name)) or self._named.replaced(name)

    def words(self, words: str) -> str:
        """What somebody wrote beside the article, without names, roles and affiliations of confidential sources."""
        return self._written.replaced(words)

    def spans(self, text: str) -> list[Span]:
        """Where a text names a confidential source, in full, by an alias or by a part of the name written large."""
        names = list(self._names.spans(text))
        parts = [span for span in self._parts.spans(text) if not text[span.start].islower()]
        alone = [part for part in parts if not any(part.overlaps(name) for name in names)]
        return apart(sorted([*names, *alone]))


def namings(article: Article, sources: Sequence[Source]) -> list[Naming]:
    """The places where the published words of an article name one of the sources that are confidential."""
    mask = Mask(sources)
    found: list[Naming] = []
    number = 0
    for line in paragraphs(article.text):
        if article.title_span is not None and article.title_span.overlaps(line):
            where = "headline"
        elif any(stretch.contains(line) for stretch in article.furniture):
            where = "page furniture"
        else:
            number += 1
            where = f"paragraph {number}"
        found += [Naming(where, words) for words in _around(line.of(article.text), mask)]
    beside = [("byline", article.byline), ("outlet", article.outlet), ("address", article.url)]
    if article.title not in article.text:
        beside.insert(0, ("title", article.title))
    return found + [Naming(where, words) for where, value in beside for words in _around(value, mask)]


def warning(places: int) -> str:
    """The sentence that tells of so many places where the published words name such a source; empty for none."""
    if not places:
        return ""
    where = "1 place" if places == 1 else f"{places} places"
    return f"The article's own words name a confidential source in {where}, and a report shows them as they are."


def _around(words: str, mask: Mask) -> Iterator[str]:
    for span in mask.spans(words):
        before, after = words[max(0, span.start - AROUND) : span.start], words[span.end : span.end + AROUND]
        start, end = "…" if span.start > AROUND else "", "…" if span.end + AROUND < len(words) else ""
        yield f"{start}{before}{span.of(words)}{after}{end}".strip()


class Finder:
    """Finds names in a text, whatever their case, accents and invisible characters.

    What to put there goes with each; a name with nothing may stay, and no shorter one is found inside it.
    """

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        pairs = {name: instead for name, instead in names if _SAYS.search(name)}
        ordered = sorted(pairs, key=len, reverse=True)
        self._instead = [pairs[name] for name in ordered]
        self._pattern = (
            regex.compile("|".join(f"({_pattern(name)})" for name in ordered), regex.IGNORECASE) if ordered else None
        )

    def spans(self, text: str) -> Iterator[Span]:
        """Where a name stands that may not stay, in text order."""
        if self._pattern is not None:
            yield from (Span(*match.span()) for match in self._pattern.finditer(text) if self._put(match))

    def replaced(self, text: str) -> str:
        """The text with what is to be put in place of the names."""
        if self._pattern is None:
            return text
        return self._pattern.sub(lambda match: self._put(match) or match.group(), text)

    def _put(self, match: regex.Match[str]) -> str:
        return self._instead[(match.lastindex or 1) - 1]


def _free_names(sources: Iterable[Source], secret: Iterable[str]) -> Iterator[str]:
    """The names of several words, of persons who are not confidential, that have a secret part in them."""
    parts = set(map(folded, secret))
    for source in sources:
        if source.kind is SourceKind.PERSON and not source.confidential:
            for name in source.names:
                pieces = set(map(folded, _PIECE.findall(name)))
                if len(pieces) > 1 and pieces & parts:
                    yield name


def parts_of(source: Source) -> Iterator[str]:
    """The words of a person's names that name them too, such as the surname; of what is unknown to be one, too."""
    if source.kind not in {SourceKind.PERSON, SourceKind.UNKNOWN}:
        return
    for piece in chain.from_iterable((*name.split(), *_PIECE.findall(name)) for name in source.names):
        letters = regex.findall(r"\p{L}", piece)
        if len(letters) > 1 and not piece[0].islower() and piece.casefold() not in _NO_NAME:
            yield piece


def _pattern(name: str) -> str:
    """What finds a name: no part of a longer word in scripts with capitals, where a long name may take an ending."""
    stem, ending = name.strip(), "s?"
    if _DECLINED.search(stem):
        stem, ending = stem[:-2], r"\p{L}{0,4}"
    elif len(stem) >= _LONG:
        ending = r"\p{L}{0,2}"
    whole = r"[\s\p{Pd}_]*".join(_letters(word) for word in regex.split(r"[\s\p{Pd}_]+", stem) if word)
    if _CASED.search(name) is None:
        return whole
    return rf"(?<![\p{{L}}\p{{M}}\p{{N}}]){whole}{ending}(?![\p{{L}}\p{{N}}])"


def _letters(word: str) -> str:
    return "".join(_letter(letter) + _INVISIBLE for letter in unicodedata.normalize("NFC", word))


def _letter(letter: str) -> str:
    bare = unicodedata.normalize("NFD", letter)[0]
    return regex.escape(letter) if bare == letter else f"(?:{regex.escape(letter)}|{regex.escape(bare)})"


def apart(spans: Sequence[Span]) -> list[Span]:
    """The spans without those that overlap the one before."""
    kept: list[Span] = []
    for span in spans:
        if not kept or not kept[-1].overlaps(span):
            kept.append(span)
    return kept
