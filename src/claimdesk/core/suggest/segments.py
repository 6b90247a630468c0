"""The text in pieces: quotations, sentences that do not break inside a quotation, and words with their places.

Offsets are code points of the whole text, end exclusive. Nothing reaches over a line break.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import regex
from sentencex import segment

from claimdesk.core.claim import Article, Span, Spans
from claimdesk.core.page import paragraphs
from claimdesk.core.suggest.wanted import never, while_wanted

LONGEST_STRETCH = 10_000
"""Code points of a line that are read at once; hardly a paragraph is longer.

Sentences in quotation marks take as long as all before them in their stretch, and nobody can stop what reads one."""
SENTENCE_WORDS = 400
"""Words of a sentence that are read; what is longer is no prose."""


class Token(NamedTuple):
    """A word, a number or a sign, with the quotation that holds it (its place in the list, -1 for none)."""

    start: int
    end: int
    text: str
    low: str
    quote: int


class Sentence(NamedTuple):
    """A sentence in a paragraph (counted from 0 among those that are read)."""

    tokens: tuple[Token, ...]
    paragraph: int

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.tokens[-1].end


class Quote(NamedTuple):
    """A quotation with its marks; `is_open` if its paragraph ends before it does."""

    start: int
    end: int
    is_open: bool


_TOKEN = regex.compile(
    r"""
    \p{Lu}-(?:\p{Lu}\p{Ll}{0,4}\.)+                                # R-N.M., D-Calif.
    | (?:\p{L}\.){2,}                                            # U.S., p.m.
    | (?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Maj|Adm|Rev|Hon|St|Jr|Sr|Inc|Corp|Co|Ltd|\p{Lu})\.(?=\s+\p{Lu})
    | \p{Sc}?\d+(?:[.,:]\d+)*%?
    | \p{L}[\p{L}\p{M}\p{N}]* (?:[-'’‑.&/][\p{L}\p{N}][\p{L}\p{M}\p{N}]*)* (?:(?<=[sS])['’](?=\s))?
    | --+ | '' | \.\.+ | \S
    """,
    regex.VERBOSE,
)
_DATELINE = regex.compile(r"(?=\p{Lu}{4})[^“”\"\n]{4,80}?(?<!\w)(?:—|–|--|-|―)\s*(?=[\p{Lu}\p{N}“\"‘])")
_MARK = regex.compile(r"''|[\"“”„‟«»‘’']")
_PAIRS = {"“": "”", "„": "“”", "«": "»", "»": "«", "‟": "”"}
_CLOCK_END = regex.compile(r"\b[ap]\.m\.\s*$")
_CLOCK_NEXT = regex.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:E|C|M|P)[DS]?T\b|GMT|Eastern|Pacific")
_ENDS_SINGLE = regex.compile(r"[^‘]{0,400}?[.,!?…]['’](?!\w)")


def quotes(text: str, paragraph: Span, cancelled: Callable[[], bool] = never) -> list[Quote]:
    """The outermost quotations of a paragraph, in straight, curly or angled marks, double or single."""
    found: list[Quote] = []
    opening: tuple[int, str] | None = None
    for match in while_wanted(_MARK.finditer(text, paragraph.start, paragraph.end), cancelled):
        mark, place = match.group(), match.start()
        before = text[place - 1] if place > paragraph.start else " "
        after = text[match.end()] if match.end() < paragraph.end else " "
        if opening is None:
            closers = _closers(mark, before, after)
            opening = (place, closers) if closers else None
        elif mark in opening[1].split() and _closes(mark, before, after) and not _is_possessive(text, match.end()):
            found.append(Quote(opening[0], match.end(), is_open=False))
            opening = None
    if opening and opening[1] != "’ '" and opening[0] == paragraph.start:
        found.append(Quote(opening[0], paragraph.end, is_open=True))
    return found


def beside(article: Article) -> Spans:
    """What is not the article's body: its page's furniture, and its headline."""
    return article.furniture if article.title_span is None else (*article.furniture, article.title_span)


def sentences(text: str, skip: Spans, cancelled: Callable[[], bool] = never) -> tuple[list[Sentence], list[Quote]]:
    """The sentences of all paragraphs outside of `skip`, and the quotations that their words point at."""
    found: list[Sentence] = []
    marks: list[Quote] = []
    lines = [line for line in paragraphs(text) if not any(line.overlaps(span) for span in skip)]
    for number, line in enumerate(lines):
        here = quotes(text, line, cancelled)
        tokens = list(while_wanted(_tokens(text, behind_dateline(text, line), here, len(marks)), cancelled))
        breaks = _breaks(text, line, here, cancelled)
        marks.extend(here)
        parts = while_wanted(_split(tokens, breaks), cancelled)
        found.extend(Sentence(tuple(part[:SENTENCE_WORDS]), number) for part in parts)
    return found, marks


def _closers(mark: str, before: str, after: str) -> str:
    """The marks that can close what `mark` opens, empty if it opens nothing here."""
    if after.isspace() and mark not in "«":
        return ""
    if mark in _PAIRS:
        return " ".join(_PAIRS[mark])
    if before.isalnum():
        return ""
    if mark in ('"', "''"):
        return mark
    return "’ '" if mark in "‘'" and not after.isdigit() else ""


def _closes(mark: str, before: str, after: str) -> bool:
    if mark in "»«":  # French sets them off with spaces
        return True
    if mark in "’'":
        return not after.isalnum() and not before.isspace()
    return not before.isspace() or after.isspace()


def _is_possessive(text: str, end: int) -> bool:
    """Whether the mark before `end` belongs to a plural ("the workers’ rights"): the quotation ends further on."""
    return text[end - 1] in "'’" and text[end - 2] == "s" and _ENDS_SINGLE.match(text, end) is not None


def _tokens(text: str, line: Span, marks: Sequence[Quote], first: int) -> Iterator[Token]:
    at = 0
    for match in _TOKEN.finditer(text, line.start, line.end):
        start, end = match.span()
        while at < len(marks) and marks[at].end <= start:
            at += 1
        inside = at < len(marks) and marks[at].start <= start
        if inside and end > marks[at].end:
            end = marks[at].end
        word = text[start:end]
        if word.isspace():  # the separators U+001C to U+001F, which the pattern takes for signs
            continue
        yield Token(start, end, word, word.lower().replace("’", "'"), first + at if inside else -1)


def behind_dateline(text: str, line: Span) -> Span:
    """The line without the place and the agency that a wire story opens with: WASHINGTON (AP) — …"""
    found = _DATELINE.match(text, line.start, min(line.end, line.start + 100))
    return Span(found.end(), line.end) if found and found.end() < line.end else line


def _breaks(text: str, line: Span, marks: Sequence[Quote], cancelled: Callable[[], bool]) -> list[int]:
    """Where sentences begin, except in a quotation, after a clock time or before a comma or a small letter."""
    words = line.of(text)
    clean = words.encode("utf-8", "replace").decode("utf-8") if not words.isascii() else words
    starts: list[int] = []
    place = line.start
    at = 0
    for part in (part for stretch in while_wanted(stretches(clean), cancelled) for part in segment("en", stretch)):
        while at < len(marks) and marks[at].end <= place:
            at += 1
        inside = at < len(marks) and marks[at].start < place
        if not inside and not (starts and _goes_on(text, starts[-1], place)):
            starts.append(place)
        place += len(part)
    return starts


def stretches(line: str) -> Iterator[str]:
    """A line in stretches of bearable length, each up to a space where there is one."""
    start = 0
    while len(line) - start > LONGEST_STRETCH:
        end = line.rfind(" ", start, start + LONGEST_STRETCH) + 1 or start + LONGEST_STRETCH
        yield line[start:end]
        start = end
    yield line[start:]


def _goes_on(text: str, start: int, place: int) -> bool:
    if not text[place - 1].isspace() or text[place] in ".,;:!?)" or text[place].islower():
        return True
    before = text[max(start, place - 12) : place]
    return _CLOCK_END.search(before) is not None and _CLOCK_NEXT.match(text, place) is not None


def _split(tokens: Sequence[Token], breaks: Sequence[int]) -> Iterator[list[Token]]:
    part: list[Token] = []
    at = 1
    for token in tokens:
        while at < len(breaks) and breaks[at] <= token.start:
            at += 1
            if part:
                yield part
            part = []
        part.append(token)
    if part:
        yield part
