"""From lines on pages to paragraphs: columns, running heads, hyphens at line ends, footnotes.

A page knows where letters stand and nothing of paragraphs, so these are told from gaps, indents and lines that end early.
Lengths are points (1/72 inch), heights grow upwards as in PDF.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import quantiles

import regex

CELL = " | "
HYPHENS = "-\u00ad\u2010\u0002\ufffe"
"""What a hyphen at the end of a line may be; the last two are what PDFium makes of some."""

MARKS = regex.compile(r"(?<=[\p{L}\p{M}\p{N}\p{P}]{2}|[\p{Hangul}\p{Han}])[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}")
"""The raised number that refers to a footnote."""

_WIDE = 2.0
"""The gap between words, in ems, from which on they stand in different cells or columns."""
_MARGIN = 0.13
"""The share of a page's height at the head and at the foot in which running lines stand."""
_MOST_RUNNING, _APART = 3, 1.7
"""Running lines under each other at the most, and the room between them and the text, in ems."""
_SHORT_LINE = 60
_NEW_PITCH = 1.3
"""How much further than usual two lines are apart where a paragraph ends."""
_INDENT = 0.8
_SAME_SIZE = 0.06
_NOTE_SIZE = 0.93
_AROUND = 8
"""Lines before and after one that tell where its column ends."""

_RTL = regex.compile(r"[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]")
_LETTER = regex.compile(r"\p{L}")
_STOP = regex.compile(r"[.!?:;。！？｡।۔։؟…][\"'”’»›)\]]*[⁰¹²³⁴⁵⁶⁷⁸⁹]*$")
_BULLET = regex.compile(r"^(?:[•▪◦‣●○■□▸►·*–—-]|\(?\d{1,3}[.)]|\(?[a-z][.)])(?:\s|$)")
_LOWER = regex.compile(r"^[\"'“‘„«(\[]?\p{Ll}")
_NO_SPACES = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}、。，！？「」『』（）]")
_HANGUL = regex.compile(r"\p{Hangul}")
_PARTICLE = regex.compile(r"(?:[은는을를이가에의로와과도며고서면지다게한할던된인만터야])$")
"""How Korean words mostly end."""
_SHORT = frozenset(
    "안 못 한 두 세 네 몇 이 그 저 각 첫 뒤 번 해 때 것 수 등 및 또 더 잘 다 개 명 여러 모든 지난 다시 이미 아직 매우 가장 가운데 언제 그러나 하지만 그리고 또한".split()
)
"""Words that go before others and have no such end."""
_ENDING = regex.compile(
    r"[은는을를이가에의로와과도만다고]|(?:습)?니다|[했됐었았였겠하되]다|까지|부터|에서|에게|으로|라고|다고"
)
"""What is no Korean word by itself."""
_NOTE = regex.compile(r"^([0-9]{1,3}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|[ivx]{1,5}|[*†‡])[ \t.)]*(?=\S)")
_PLAIN_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_PRINTED = regex.compile(
    r"(?i)\W*(?:page |p\. ?|seite |पृष्ठ |쪽 |صفحة )?0(?: ?(?:/|of|von) ?0)?\W*"
    r"|(?:https?|file)://\S+ (?:\| )?0/0|0[/.]0[/.]0, 0:0(?: [AP]M)?(?: .*)?"
)
"""A page number, or what a browser prints at the foot and the head of a page; every number is a nought."""
_DIGITS = regex.compile(r"[\p{Nd}]+|\b[ivxlc]{1,7}\b")
_WORDS = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:[-\u2010][\p{L}\p{M}\p{N}]+)*")
_LAST = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:[-\u2010][\p{L}\p{M}\p{N}]+)*$")
_FIRST = regex.compile(r"^[\p{L}\p{M}\p{N}]+(?:[-\u2010][\p{L}\p{M}\p{N}]+)*")
_KEEPING = frozenset(
    "all anti co cross ex half long multi non post pre pro quasi self semi short so-called well vice".split()
)
"""First parts after which a hyphen at a line's end is more often the word's own."""


@dataclass(frozen=True, slots=True)
class Line:
    """Words beside each other on page `page` (from 0), whose height is `height`; `em` is the size of most of its letters."""

    text: str
    left: float
    right: float
    base: float
    em: float
    page: int
    height: float = 0.0
    has_spaces: bool = False

    @property
    def is_rtl(self) -> bool:
        """Whether it is read from the right."""
        return 2 * len(_RTL.findall(self.text)) > len(_LETTER.findall(self.text))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that make one paragraph, with hyphens mended; each page's words by themselves."""

    pieces: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: the number or sign that refers to it on its page, and its words."""

    page: int
    mark: str
    text: str


def plain(mark: str) -> str:
    """A raised number as one on the line."""
    return mark.translate(_PLAIN_DIGITS)


def paragraphs(pieces: Sequence[Line]) -> tuple[list[Paragraph], list[Note]]:
    """The paragraphs that stretches of words in the order of the file make, and the footnotes under them."""
    lines = without_running_lines(_lines(_by_column(pieces)))
    body, notes = _notes(lines)
    mend = _Mender(body)
    return [mend(group) for group in _groups(body)], notes


def _by_column(pieces: Sequence[Line]) -> Iterator[Line]:
    """In the order of the file, unless that goes from one column to the other at every line."""
    for page in _pages(pieces):
        rows = [
            (one, two)
            for one, two in pairwise(page)
            if abs(one.base - two.base) < 0.3 * one.em and two.left > one.right
        ]
        gutter = _gutter(rows)
        if gutter is None:
            yield from page
            continue
        first, last = rows[0][0].base, rows[-1][0].base
        inside = [one for one in page if last - 0.3 * one.em <= one.base <= first + 0.3 * one.em]
        yield from (one for one in page if one.base > first + 0.3 * one.em)
        left, right = ([one for one in inside if (one.left >= gutter) is side] for side in (False, True))
        yield from (*right, *left) if page[0].is_rtl else (*left, *right)
        yield from (one for one in page if one.base < last - 0.3 * one.em)


def _gutter(rows: Sequence[tuple[Line, Line]]) -> float | None:
    """Where the second column begins, if the rows are two columns of prose and not a table."""
    if len(rows) < 6 or any(len(one.text) < 12 for row in rows[:-1] for one in row if not _STOP.search(one.text)):
        return None
    end, start = max(one.right for one, _ in rows), min(two.left for _, two in rows)
    return start if end < start else None


def _pages(pieces: Sequence[Line]) -> Iterator[list[Line]]:
    found: dict[int, list[Line]] = defaultdict(list)
    for one in pieces:
        found[one.page].append(one)
    yield from found.values()


def _lines(pieces: Iterator[Line]) -> list[Line]:
    """Pieces that stand beside each other become one line, cells of a table's row with " | " between them."""
    rows = [row for page in _pages(list(pieces)) for row in _rows(page, is_rtl=_reads_from_right(page))]
    found: list[Line] = []
    for at, row in enumerate(rows):
        beside = [
            rows[other] for other in (at - 1, at + 1) if 0 <= other < len(rows) and rows[other][0].page == row[0].page
        ]
        is_table = any(_are_aligned(row, other) for other in beside)
        found.append(_joined_row(row, CELL if is_table else " "))
    return found


def _reads_from_right(pieces: Sequence[Line]) -> bool:
    return 2 * sum(len(one.text) for one in pieces if one.is_rtl) > sum(len(one.text) for one in pieces)


def _rows(pieces: Sequence[Line], *, is_rtl: bool) -> Iterator[list[Line]]:
    """Pieces of a page on the same height, in the order of reading; `is_rtl` is that of rows without letters."""
    row: list[Line] = []

    def ordered() -> list[Line]:
        has_letters = any(_LETTER.search(one.text) for one in row)
        from_right = _reads_from_right(row) if has_letters else is_rtl
        return sorted(row, key=lambda one: -one.right if from_right else one.left)

    for piece in pieces:
        if row and not all(_is_beside(one, piece) for one in row):
            yield ordered()
            row = []
        row.append(piece)
    if row:
        yield ordered()


def _is_beside(one: Line, two: Line) -> bool:
    em = max(one.em, two.em)
    is_level = abs(one.base - two.base) <= 0.35 * em
    return is_level and max(two.left - one.right, one.left - two.right) > -em


def _are_aligned(row: Sequence[Line], other: Sequence[Line]) -> bool:
    """Whether pieces of both rows begin at the same place, not counting the first of each, as cells do."""
    if row[0].left > row[-1].left:
        return any(abs(one.right - two.right) < 0.1 * one.em for one in row[1:] for two in other[1:])
    return any(abs(one.left - two.left) < 0.1 * one.em for one in row[1:] for two in other[1:])


def _joined_row(row: Sequence[Line], between: str) -> Line:
    first = row[0]
    if len(row) > 1 and _BULLET.fullmatch(first.text + " "):
        between = " "
    return replace(
        first,
        text=between.join(one.text for one in row),
        left=min(one.left for one in row),
        right=max(one.right for one in row),
        base=max(row, key=lambda one: one.em).base,
        em=max(row, key=lambda one: len(one.text)).em,
        has_spaces=any(one.has_spaces for one in row),
    )


def without_running_lines(lines: Sequence[Line]) -> list[Line]:
    """The lines without heads and feet that come again on other pages, and without page numbers."""
    edges = [edge for page in _pages(lines) for edge in _edges(page)]
    pages = len({line.page for line in lines})
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    for edge, _ in edges:
        seen[_shape(edge), round(edge.base / 4)].add(edge.page)

    def runs(line: Line, *, is_apart: bool) -> bool:
        shape, height = _shape(line), round(line.base / 4)
        times = len(set[int]().union(*(seen.get((shape, height + step), set()) for step in (-1, 0, 1))))
        comes_again = pages > 1 and times >= min(pages, max(2, pages // 4))
        is_numbered = "0" in shape and len(shape) < _SHORT_LINE
        return (comes_again and (is_apart or is_numbered)) or _PRINTED.fullmatch(shape) is not None

    gone = {id(edge) for edge, is_apart in edges if runs(edge, is_apart=is_apart)}
    return [line for line in lines if id(line) not in gone]


def _shape(line: Line) -> str:
    """The words with a nought for every number."""
    return _DIGITS.sub("0", line.text)


def _edges(page: Sequence[Line]) -> Iterator[tuple[Line, bool]]:
    """The lines at the head and the foot of a page that stand apart from the rest of it; else the first and last alone."""
    notes = _marks(page)
    downwards = sorted(page, key=lambda line: -line.base)
    for lines in (downwards, downwards[::-1]):
        found: list[Line] = []
        is_apart = False
        for at, line in enumerate(lines[:_MOST_RUNNING]):
            number = _NOTE.match(line.text)
            if not _is_in_margin(line) or (number and plain(number[1]) in notes):
                break
            found.append(line)
            is_apart = at + 1 == len(lines) or _stand_apart(line, lines[at + 1])
            if is_apart:
                break
        yield from ((line, is_apart) for line in (found if is_apart else found[:1]))


def _is_in_margin(line: Line) -> bool:
    return not _MARGIN * line.height <= line.base <= (1 - _MARGIN) * line.height


def _stand_apart(one: Line, two: Line) -> bool:
    """Whether there is more room between two lines than in a paragraph, or they are of two sizes."""
    size = max(one.em, two.em)
    return abs(one.base - two.base) > _APART * size or abs(one.em - two.em) > _SAME_SIZE * size


def _marks(page: Sequence[Line]) -> set[str]:
    """The numbers of the footnotes that a page refers to."""
    return {plain(mark) for line in page for mark in MARKS.findall(line.text)}


def _notes(lines: Sequence[Line]) -> tuple[list[Line], list[Note]]:
    """The lines of the text, and the footnotes that its raised numbers refer to."""
    sizes = Counter[float]()
    for line in lines:
        sizes[round(line.em, 1)] += len(line.text)
    size = sizes.most_common(1)[0][0] if sizes else 0.0
    gone: set[int] = set()
    notes: list[Note] = []
    for page in _pages(lines):
        foot = _foot(page, size)
        below = {id(line) for line in foot}
        marks = _marks([line for line in page if id(line) not in below])
        for group in _each_note(foot):
            note = _note(group)
            if note.mark in marks:
                notes.append(note)
                gone.update(id(line) for line in group)
    return [line for line in lines if id(line) not in gone], notes


def _each_note(foot: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of each footnote."""
    group: list[Line] = []
    for line in foot:
        if group and _NOTE.match(line.text) and _follows(group, line):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _foot(page: Sequence[Line], size: float) -> list[Line]:
    """The lines of the footnotes of a page: the lowest ones, all small, the first with a number."""
    lowest = sorted(page, key=lambda line: line.base)
    small: list[Line] = []
    for line in lowest:
        if line.em > _NOTE_SIZE * size or line.base > 0.6 * line.height:
            break
        small.append(line)
    chosen = [line for line in page if line in small]
    while chosen and not _NOTE.match(chosen[0].text):
        chosen.pop(0)
    return chosen


def _follows(group: Sequence[Line], line: Line) -> bool:
    """Whether a number at the start of a line is that of the next note, and not one of its words."""
    before, here = (_NOTE.match(one.text) for one in (group[0], line))
    if before is None or here is None:
        return False
    one, two = plain(before[1]), plain(here[1])
    return not (one.isdigit() and two.isdigit()) or int(two) == int(one) + 1


def _note(lines: Sequence[Line]) -> Note:
    found = _NOTE.match(lines[0].text)
    mark = plain(found[1]) if found else ""
    first = replace(lines[0], text=lines[0].text[found.end() :] if found else lines[0].text)
    joined = _Mender(lines)([first, *lines[1:]])
    return Note(lines[0].page, mark, " ".join(text for _, text in joined.pieces))


def _groups(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of each paragraph."""
    pitch = _pitches(lines)
    group: list[Line] = []
    for at, line in enumerate(lines):
        if group and _begins(lines, at, group, pitch):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _pitches(lines: Sequence[Line]) -> dict[float, float]:
    """How far lines of one paragraph are apart, for each size of letters."""
    found: dict[float, list[float]] = defaultdict(list)
    for one, two in pairwise(lines):
        if one.page == two.page and 0 < one.base - two.base < 3 * one.em:
            found[round(two.em)].append(one.base - two.base)
    return {em: quantiles(all_, n=4)[0] if len(all_) > 1 else min(all_[0], 1.5 * em) for em, all_ in found.items()}


def _begins(lines: Sequence[Line], at: int, group: Sequence[Line], pitch: dict[float, float]) -> bool:
    """Whether the line begins a paragraph."""
    last, line = lines[at - 1], lines[at]
    if CELL in line.text or CELL in last.text or abs(line.em - last.em) > _SAME_SIZE * max(line.em, last.em):
        return True
    if _BULLET.match(line.text) and not (line.text[0] in "–—-" and not _BULLET.match(group[0].text)):
        return True
    if line.page != last.page or line.base > last.base:
        return not _goes_on(lines, at)
    drop = last.base - line.base
    if drop > _NEW_PITCH * pitch.get(round(line.em), drop):
        return True
    return _ends_early(lines, at) or (not _BULLET.match(group[0].text) and _is_indented(lines, at))


def _goes_on(lines: Sequence[Line], at: int) -> bool:
    """Whether a paragraph goes on in the next column or on the next page."""
    last, line = lines[at - 1], lines[at]
    if last.text[-1:] in HYPHENS and _LOWER.match(line.text):
        return True
    if _STOP.search(last.text):
        return False
    edge, opposite = _edge(lines, at - 1)
    width = abs(edge - opposite)
    room = abs(edge - (last.left if last.is_rtl else last.right))
    return room < 0.2 * width or bool(_LOWER.match(line.text))


def _ends_early(lines: Sequence[Line], at: int) -> bool:
    """Whether the line before ends though the first word of this one had room in it."""
    last, line = lines[at - 1], lines[at]
    edge, _ = _edge(lines, at - 1)
    room = abs(edge - (last.left if last.is_rtl else last.right))
    word = len(line.text.split(maxsplit=1)[0]) if line.text.split() else 0
    letter = (line.right - line.left) / max(1, len(line.text))
    slack = 0.6 if _STOP.search(last.text) else 2.0
    return room > (word + 1) * letter + slack * line.em


def _edge(lines: Sequence[Line], at: int) -> tuple[float, float]:
    """Where the column that a line stands in ends and begins, as its neighbours show it."""
    line = lines[at]
    near = [line]
    for step in (-1, 1):
        other = at
        while abs(other - at) < _AROUND and 0 <= other + step < len(lines):
            other += step
            one = lines[other]
            is_beside = one.left < line.right and line.left < one.right and CELL not in one.text
            if one.page != line.page or not is_beside or abs(one.em - line.em) > _SAME_SIZE * line.em:
                break
            near.append(one)
    right, left = max(one.right for one in near), min(one.left for one in near)
    return (left, right) if line.is_rtl else (right, left)


def _is_indented(lines: Sequence[Line], at: int) -> bool:
    """Whether the line stands further in than the one before and the one after."""
    last, line = lines[at - 1], lines[at]
    after = lines[at + 1] if at + 1 < len(lines) and lines[at + 1].page == line.page else last
    if (
        after.base < line.base
        and abs(after.right - last.right if line.is_rtl else after.left - last.left) > 0.5 * line.em
    ):
        return False

    def inset(other: Line) -> float:
        return other.right - line.right if line.is_rtl else line.left - other.left

    return inset(last) > _INDENT * line.em and (inset(after) > _INDENT * line.em or after.base > line.base)


class _Mender:
    """Joins lines; a hyphen at a line's end goes unless the word has it elsewhere or is of a kind that keeps it."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._words = Counter(
            word.casefold() for line in lines for word in _WORDS.findall(line.text[:-1] if line.text else "")
        )
        self._spaces_are_written = any(line.has_spaces for line in lines if _HANGUL.search(line.text))

    def __call__(self, group: Sequence[Line]) -> Paragraph:
        """The lines as one paragraph."""
        pieces: list[tuple[int, str]] = []
        for line, after in zip(group, [*group[1:], None], strict=True):
            text = line.text if after is None else self._joined(line.text, after.text)
            if pieces and pieces[-1][0] == line.page:
                pieces[-1] = (line.page, pieces[-1][1] + text)
            else:
                pieces.append((line.page, text))
        return Paragraph(tuple(pieces))

    def _joined(self, text: str, then: str) -> str:
        """A line with what stands between it and the next."""
        if text[-1:] in HYPHENS and text[-2:-1].isalnum() and then[:1].isalnum():
            stem = text[:-1]
            return stem + "-" if self._keeps(text[-1], stem, then) else stem
        if _NO_SPACES.search(text[-1:]) and _NO_SPACES.match(then[:1]):
            return text
        is_cut = (
            (_HANGUL.match(text[-1:]) or text[-1:].isdigit()) and _HANGUL.match(then[:1]) and self._cuts(text, then)
        )
        return text if is_cut or text.endswith(("\u2014", "/")) else text + " "

    def _cuts(self, text: str, then: str) -> bool:
        """Whether a Korean word goes on in the next line, as browsers break them; office programs break at spaces."""
        if self._spaces_are_written:
            return False
        one, two = _LAST.search(text), _FIRST.match(then)
        first, second = (found[0] if found else "" for found in (one, two))
        if self._words[first + second]:
            return True
        if (self._words[first] > 1 and self._words[second] > 1) or first in _SHORT:
            return False
        return _PARTICLE.search(first) is None or _ENDING.fullmatch(second) is not None

    def _keeps(self, hyphen: str, stem: str, then: str) -> bool:
        if hyphen == "\u00ad" and _LOWER.match(then):
            return False
        one, two = _LAST.search(stem), _FIRST.match(then)
        if one is None or two is None or not _LOWER.match(then):
            return True
        first, second = one[0].casefold(), two[0].casefold()
        whole, parted = self._words[first + second], self._words[f"{first}-{second}"]
        if whole or parted:
            return parted > whole
        return first.rpartition("-")[2] in _KEEPING or first[-1].isdigit()
