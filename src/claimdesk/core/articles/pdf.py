"""PDF documents: their words in the order of reading, with the place where each page starts.

Nothing in a PDF is run, fetched or unpacked: PDFium is asked for the letters of each page and where they stand.
"""

import ctypes
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median
from typing import Any

import regex

from claimdesk.core.articles import properties
from claimdesk.core.articles.composer import Composer
from claimdesk.core.articles.intake import LARGEST, TOO_LARGE
from claimdesk.core.articles.layout import MARKS, Line, Note, Paragraph, paragraphs, plain
from claimdesk.core.articles.reading import Reading
from claimdesk.core.claim import Remark, RemarkKind
from claimdesk.core.errors import ArticleError
from claimdesk.core.text import normalise

MOST_PAGES = 10_000

_RTL = regex.compile(r"[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]")
_STRONG = regex.compile(r"\p{L}")
_MARK = regex.compile(r"\p{Mn}")
_LTR_RUN = regex.compile(
    r"[\p{Latin}\p{Greek}\p{Cyrillic}](?:[^\n\p{Script=Arabic}\p{Script=Hebrew}]*[\p{Latin}\p{Greek}\p{Cyrillic}\p{Nd}])?"
    r"|[%$€£]?\p{Nd}(?:[\p{Nd}.,:/\-]*\p{Nd})?[%$€£]?"
)
_PAIRS = "()[]{}«»‹›"
_PAIR = regex.compile(r"[()\[\]{}«»‹›]")
_JOINED = regex.compile(
    r"[\p{Devanagari}\p{Bengali}\p{Gurmukhi}\p{Gujarati}\p{Oriya}\p{Tamil}\p{Telugu}\p{Kannada}\p{Malayalam}\p{Sinhala}]"
)
_BUILT_UP = _JOINED
_HANGUL = regex.compile(r"\p{Hangul}")
_NUKTA = regex.compile("([\u0900-\u0903\u093a\u093b\u093e-\u094c]+)(\u093c)")
_LAM, _ALEFS = "\u0644", "\u0627\u0622\u0623\u0625"
_EMPTY = 4
"""Bytes that PDFium needs for the text of an object that has none, with the space that it may have."""
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_RAISED_SIZE = 0.85
_SPACE = 0.15
"""The gap between letters, in ems, from which on PDFium's guess of a space is believed."""
_CLEAR_SPACE = 0.2
"""The same where PDFium sees no space, in scripts whose letters are built up of several."""
_BETWEEN_SCRIPTS = 0.5
"""The same between Korean and other letters where the file writes its spaces: office programs set these apart."""
_WITHIN_WORD, _TOUCHING = 0.5, 0.05
"""The gaps between letters that are read from the right from which on two words, and parts of one word, are apart."""
_APART = 2.0
"""The gap in ems that parts a line into cells or columns."""
_NO_LETTERS = {0, 0xFFFF}
_WHITE = {*range(9, 33), 0x85, *range(0x2000, 0x2007), *range(0x2008, 0x200B), 0x205F, 0x3000}


def read(raw: bytes, name: str) -> Reading:
    """What the PDF in `raw` says; `name` is the file's, for the sentences of ArticleError."""
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(raw)
    except pdfium.PdfiumError as error:
        raise ArticleError(_refusal(error, name)) from None
    try:
        pages = len(document)
        if pages > MOST_PAGES:
            raise ArticleError(
                f"{name} has more than {MOST_PAGES:,} pages; save those that you need as a file of their own."
            )
        lines, warnings = _lines(document, name)
        if not lines:
            raise ArticleError(
                f"{name} has no text in it: its pages are pictures, as a scanner makes them; make their text readable (OCR) first."
            )
        body, notes = paragraphs(lines)
        out, remarks = _composed(body, notes)
        said = document.get_metadata_dict()
        text = out.text
        return Reading(
            text=text,
            title=properties.title(said["Title"], name) or _headline(lines),
            byline=properties.byline(said["Author"]),
            published=properties.published(said["CreationDate"]),
            language=properties.language(_language(document)),
            pages=tuple(_starts(out, pages)),
            remarks=tuple(remarks),
            warnings=tuple(warnings),
        )
    finally:
        document.close()


def _refusal(error: Exception, name: str) -> str:
    from pypdfium2 import raw

    if getattr(error, "err_code", None) in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
        return f"{name} is protected by a password; ask for an unlocked copy, or save one."
    return f"{name} is damaged or no PDF; ask for it again, or print it to a new PDF."


def _language(document: Any) -> str:
    from pypdfium2 import raw

    length = raw.FPDFCatalog_GetLanguage(document, None, 0)
    buffer = ctypes.create_string_buffer(length)
    raw.FPDFCatalog_GetLanguage(document, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")


def _lines(document: Any, name: str) -> tuple[list[Line], list[str]]:
    """All stretches of words, and what is to be told of pages without any."""
    import pypdfium2 as pdfium

    lines: list[Line] = []
    letters, pictures, damaged = 0, list[int](), list[int]()
    for number in range(len(document)):
        try:
            page = document[number]
            found = [line for line in _Letters(page, number).lines() if line.text]
        except pdfium.PdfiumError:
            damaged.append(number + 1)
            continue
        if not found and next(page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE], max_depth=2), None) is not None:
            pictures.append(number + 1)
        page.close()
        lines += found
        letters += sum(len(line.text) for line in found)
        if letters > LARGEST:
            raise ArticleError(TOO_LARGE.format(what=name))
    warnings = []
    if pictures:
        warnings.append(f"Pages that are pictures have no text: {_listed(pictures)}.")
    if damaged:
        warnings.append(f"Pages that are damaged could not be read: {_listed(damaged)}.")
    return lines, warnings


def _listed(numbers: list[int]) -> str:
    return ", ".join(str(number) for number in numbers[:20]) + (" …" if len(numbers) > 20 else "")


@dataclass(frozen=True, slots=True)
class _Letter:
    """One letter of a page: where it begins, its edges, and which text object it is part of."""

    char: str
    place: float
    left: float
    right: float
    part_of: int = 0
    word: int = 0
    """Counts the words as the file has them, which no space need stand between."""


class _Letters:
    """The letters of one page, put together into stretches of words in the order of the file."""

    def __init__(self, page: Any, number: int) -> None:
        from pypdfium2 import raw

        self._raw = raw
        self._text = page.get_textpage()
        self._number = number
        self._height = page.get_height()
        self._unnamed = _unnamed(page, self._text)
        self._object = self._word = 0
        self._em, self._cos, self._sin = 10.0, 1.0, 0.0
        self._stretches: list[_Stretch] = []
        self._writes_spaces = False
        self._reset()

    def _reset(self) -> None:
        self._letters: list[_Letter] = []
        self._left = self._word_left = math.inf
        self._right = self._word_right = -math.inf
        self._base: float | None = None
        self._size = 0.0
        self._sizes = Counter[float]()
        self._may_end_word = self._has_spaces = False

    def lines(self) -> list[Line]:
        """Each stretch of words that stands on one line without a wide gap in it."""
        from pypdfium2 import raw

        x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
        for at in range(self._text.count_chars()):
            code = raw.FPDFText_GetUnicode(self._text, at)
            if code in _NO_LETTERS:
                continue
            is_white = code in _WHITE
            if is_white and (
                raw.FPDFText_IsGenerated(self._text, at) == 1 or not raw.FPDFText_GetTextObject(self._text, at)
            ):
                self._may_end_word = True  # PDFium guessed it
                self._word += 1
                continue
            self._look_at_object(at)
            raw.FPDFText_GetCharOrigin(self._text, at, x, y)
            raw.FPDFText_GetLooseCharBox(self._text, at, box)
            place, base, left, right = self._turned(x.value, y.value, box)
            if is_white:
                self._add_space(place, left, right)
                continue
            if self._is_elsewhere(base, left, right):
                self._end()
            self._add(chr(code), place, base, left, right)
        self._end()
        return [one.line(self._number, self._height) for one in self._stretches]

    def _look_at_object(self, at: int) -> None:
        """Learn the size and the direction of the letters where they may change."""
        raw = self._raw
        found = raw.FPDFText_GetTextObject(self._text, at)
        address = ctypes.addressof(found.contents) if found else 0
        if address and address == self._object:
            return
        self._object = address
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(self._text, at, matrix)
        height = math.hypot(matrix.c, matrix.d) or 1.0
        width = math.hypot(matrix.a, matrix.b)
        self._em = (raw.FPDFText_GetFontSize(self._text, at) * height) or 10.0
        is_level = not width or (abs(matrix.b) < 0.02 * width and matrix.a >= 0)
        self._cos, self._sin = (1.0, 0.0) if is_level else (matrix.a / width, matrix.b / width)

    def _turned(self, x: float, y: float, box: Any) -> tuple[float, float, float, float]:
        """Where a letter begins, its base line, its left and right edge, as if its line were level."""
        if not self._sin and self._cos > 0:
            return x, y, box.left, box.right
        corners = [h * self._cos + v * self._sin for h in (box.left, box.right) for v in (box.top, box.bottom)]
        return x * self._cos + y * self._sin, y * self._cos - x * self._sin, min(corners), max(corners)

    def _is_elsewhere(self, base: float, left: float, right: float) -> bool:
        """Whether a letter stands on another line than the words so far, or far from them."""
        if self._base is None:
            return False
        gap = max(left - self._right, self._left - right)
        return abs(base - self._base) > 0.5 * max(self._em, self._size) or gap > _APART * self._em

    def _add(self, char: str, place: float, base: float, left: float, right: float) -> None:
        if self._letters and (self._may_end_word or _JOINED.match(char) or _JOINED.match(self._letters[-1].char)):
            self._word_right = self._unnamed.extended(self._word_right, left, base, self._em)
            gap = max(left - self._word_right, self._word_left - right)
            if gap > self._enough(char) * self._em:
                self._end_word(
                    (self._word_right + left) / 2 if left > self._word_right else (self._word_left + right) / 2
                )
        is_raised = (
            char.isdigit()
            and self._base is not None
            and self._em < _RAISED_SIZE * self._size
            and base > self._base + 0.1 * self._em
        )
        self._letters.append(
            _Letter(char.translate(_RAISED) if is_raised else char, place, left, right, self._object, self._word)
        )
        self._left, self._right = min(self._left, left), max(self._right, right)
        self._word_left, self._word_right = min(self._word_left, left), max(self._word_right, right)
        if (self._base is None or self._em > self._size) and not _MARK.match(char):
            self._base, self._size = base, self._em
        self._sizes[round(self._em, 2)] += 1
        self._may_end_word = False

    def _enough(self, char: str) -> float:
        """The gap in ems that is a space in front of `char`."""
        before = self._letters[-1].char
        if (
            self._writes_spaces
            and (char + before).isalnum()
            and (_HANGUL.match(char) is None) is not (_HANGUL.match(before) is None)
        ):
            return _BETWEEN_SCRIPTS
        return _SPACE if self._may_end_word else _CLEAR_SPACE

    def _add_space(self, place: float, left: float, right: float) -> None:
        if self._letters:
            self._letters.append(_Letter(" ", place, left, right, self._object))
        self._end_word(place)
        self._writes_spaces = self._has_spaces = True

    def _end_word(self, place: float) -> None:
        if self._letters:
            self._letters.append(_Letter(" ", place, place, place))
        self._word_left, self._word_right = math.inf, -math.inf
        self._may_end_word = False

    def _end(self) -> None:
        """The stretch so far ends, if there are letters in it."""
        if self._base is not None:
            em = self._sizes.most_common(1)[0][0]
            new = _Stretch(self._letters, self._left, self._right, self._base, em, self._has_spaces)
            if self._stretches and self._stretches[-1].goes_on_in(new):
                self._stretches[-1] = self._stretches[-1].with_(new)
            else:
                self._stretches.append(new)
        self._reset()


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Letters beside each other in the order of the file."""

    letters: list[_Letter]
    left: float
    right: float
    base: float
    em: float
    has_spaces: bool

    @property
    def is_rtl(self) -> bool:
        """Whether most of its letters are read from the right."""
        return _is_rtl("".join(letter.char for letter in self.letters))

    def goes_on_in(self, other: "_Stretch") -> bool:
        """Whether the other is a part of the same right-to-left line, which programs write in any order."""
        gap = max(other.left - self.right, self.left - other.right)
        em = max(self.em, other.em)
        return abs(self.base - other.base) < 0.5 * em and gap < em and (self.is_rtl or other.is_rtl)

    def with_(self, other: "_Stretch") -> "_Stretch":
        """Both as one; numbers that stand higher and are smaller are raised ones."""
        large, small = (self, other) if self.em >= other.em else (other, self)
        letters = small.letters
        if small.em < _RAISED_SIZE * large.em and small.base > large.base + 0.1 * small.em:
            letters = [replace(one, char=one.char.translate(_RAISED)) for one in letters]
        left, right = min(self.left, other.left), max(self.right, other.right)
        return replace(large, letters=[*large.letters, *letters], left=left, right=right)

    def line(self, page: int, height: float) -> Line:
        """Its words as they are read."""
        text = regex.sub(" {2,}", " ", reading_order(self.letters, self.em)).strip(" ")
        return Line(text, self.left, self.right, self.base, self.em, page, height, self.has_spaces)


class _Unnamed:
    """What is drawn on a page as a part of letters and has no character of its own, as in scripts whose letters are built up."""

    def __init__(self, boxes: Iterable[tuple[float, float, float]]) -> None:
        self._rows: dict[int, list[tuple[float, float]]] = defaultdict(list)
        for left, right, bottom in boxes:
            self._rows[round(bottom / 2)].append((left, right))

    def extended(self, edge: float, next_left: float, base: float, em: float) -> float:
        """The right edge of a word with what belongs to it up to the next letter."""
        row = round(base / 2)
        for at in (row - 1, row, row + 1):
            for left, right in self._rows.get(at, ()):
                if edge - em < left < edge + 0.1 * em and edge < right < next_left + em:
                    edge = right
        return edge


def _unnamed(page: Any, text: Any) -> _Unnamed:
    from pypdfium2 import raw

    if not _BUILT_UP.search(text.get_text_range()):
        return _Unnamed(())
    objects = page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=4)
    bounds = (one.get_bounds() for one in objects if raw.FPDFTextObj_GetText(one, text, None, 0) <= _EMPTY)
    return _Unnamed((left, right, bottom) for left, bottom, right, _ in bounds)


def reading_order(letters: Sequence[_Letter], em: float) -> str:
    """The letters as they are read, whatever order a program wrote those of a right-to-left line in."""
    text = "".join(letter.char for letter in letters)
    if not _is_rtl(text):
        return _NUKTA.sub(r"\2\1", text)
    real = (one for one in letters if one.char != " " or one.part_of)
    from_right = sorted(real, key=lambda one: (-round(one.place, 1), -one.left))
    from_right = _without_kashidas(_with_lam_before_alef(from_right), em)
    ordered: list[tuple[_Letter, list[str]]] = []
    last = None
    for one in from_right:
        if not _MARK.match(one.char):
            ordered.append((one, [" ", one.char] if last and _are_apart(last, one, em) else [one.char]))
            last = one
    for mark in from_right:
        if _MARK.match(mark.char):
            _nearest(ordered, mark).append(mark.char)
    text = "".join(char for _, group in ordered for char in group)
    return _PAIR.sub(_facing, _LTR_RUN.sub(lambda run: run[0][::-1], text))


def _with_lam_before_alef(letters: list[_Letter]) -> list[_Letter]:
    """The two share one shape, and nothing in it says which comes first; it is always the lam."""
    found = list(letters)
    for at, (one, two) in enumerate(pairwise(letters)):
        overlap = min(one.right, two.right) - max(one.left, two.left)
        if (
            one.char in _ALEFS
            and two.char == _LAM
            and (overlap > 0.5 * (one.right - one.left) or one.place == two.place)
        ):
            found[at], found[at + 1] = two, one
    return found


def _is_rtl(text: str) -> bool:
    return 2 * len(_RTL.findall(text)) > len(_STRONG.findall(text))


def _are_apart(one: _Letter, two: _Letter, em: float) -> bool:
    """Whether a space stands between two letters of a right-to-left line."""
    gap = one.left - two.right
    if not (one.char + two.char).isalnum():
        return gap > _SPACE * em
    return gap > _WITHIN_WORD * em or (one.word != two.word and gap > _TOUCHING * em)


def _nearest(ordered: list[tuple[_Letter, list[str]]], mark: _Letter) -> list[str]:
    """The characters of the letter over or under which a mark is drawn."""
    middle = (mark.left + mark.right) / 2
    letters = [one for one in ordered if one[0].char not in ("", " ")]
    if not letters:
        return []
    return min(letters, key=lambda one: max(one[0].left - middle, middle - one[0].right, 0.0))[1]


def _without_kashidas(letters: list[_Letter], em: float) -> list[_Letter]:
    """With nothing for what LibreOffice draws to make Arabic words longer, to which it gives the code of some character.

    These are objects of their own, and touch the letters on both sides. `letters` come from right to left.
    """
    chars: dict[int, set[str]] = defaultdict(set)
    for letter in letters:
        chars[letter.part_of].add(letter.char)
    has_spaces = any(" " in said and len(said) > 1 for said in chars.values())
    found: list[_Letter] = []
    for is_alone, run in groupby(
        letters, lambda one: one.char.isascii() and len(chars[one.part_of]) == 1 and (one.char != " " or has_spaces)
    ):
        drawn = list(run)
        at = len(found)
        before, after = (letters[one] if 0 <= one < len(letters) else None for one in (at - 1, at + len(drawn)))
        touches = before is not None and after is not None and _RTL.match(before.char) and _RTL.match(after.char)
        if is_alone and touches and before and after:
            edges = before.left - drawn[0].right, drawn[-1].left - after.right
            drawn = [replace(one, char="") for one in drawn] if max(edges) < 0.1 * em else drawn
        found += drawn
    return found


def _facing(pair: "regex.Match[str]") -> str:
    """A bracket or quotation mark as it faces the words that it stands at, since drawn letters do not say."""
    before, after = pair.string[: pair.start()][-1:], pair.string[pair.end() :][:1]
    opens = after.strip() != "" and (before.strip() == "" or not before.isalnum())
    at = _PAIRS.index(pair[0])
    return _PAIRS[at - at % 2 + (0 if opens else 1)]


def _composed(body: list[Paragraph], notes: list[Note]) -> tuple[Composer, list[Remark]]:
    """The text with a mark where each page starts, and its footnotes, each at the word behind which its number stands."""
    out = Composer()
    waiting = {(note.page, note.mark): note for note in notes}
    found: list[Remark] = []
    opened = 0
    for paragraph in body:
        for page, words in paragraph.pieces:
            while opened <= page:
                out.open(f"page {opened}")
                opened += 1
            at = 0
            for mark in MARKS.finditer(words):
                note = waiting.pop((page, plain(mark[0])), None)
                if note is not None:
                    out.add(words[at : mark.start()])
                    out.mark(f"note {len(found)}")
                    found.append(Remark(RemarkKind.FOOTNOTE, normalise(note.text)))
                    at = mark.end()
            out.add(words[at:])
        out.end_block()
    for note in waiting.values():
        out.add(f"{note.mark} {note.text}")
        out.end_block()
    return out, [replace(one, span=out.span(f"note {at}")) for at, one in enumerate(found)]


def _starts(out: Composer, pages: int) -> Iterator[int]:
    for number in range(pages):
        yield out.started(f"page {number}")


def _headline(lines: list[Line]) -> str:
    """The largest words of the first page, where they are larger than the text and not many."""
    first = [line for line in lines if line.page == lines[0].page]
    usual = median(line.em for line in lines)
    largest = max(line.em for line in first)
    words = " ".join(line.text for line in first if line.em > 0.97 * largest)
    return " ".join(words.split()) if largest > 1.15 * usual and len(words) <= 200 else ""
