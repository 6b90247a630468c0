"""An article as a Qt document: plain text only, laid out for reading, its positions those of the article.

Whatever changes the width of words is a character format of the document: a bold source, an italic cue, the room for a
claim's number. Whatever does not is painted (see article_paint). Nothing is ever inserted, and nothing is read back.
"""

from collections.abc import Iterable, Sequence

import regex
from PySide6.QtCore import QTextBoundaryFinder, QUrl
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)

from claimdesk.core.claim import Article, Claim, Review
from claimdesk.core.text import Utf16Map
from claimdesk.ui import theme

LEADING = 124
"""Height of a line in percent of the face's own."""
META_ROOM = 42
"""Pixels under the headline, where outlet, date and language are painted."""

LONG_WORD = 8_000
"""UTF-16 units without a place to break a line, from which on Qt, looking for one, would hold up the window."""

NEAR = 16
"""Code points in front of a number in which a letter is looked for that says which way the words run."""

_UNSPACED = regex.compile(rf"\S{{{LONG_WORD},}}")
_HANGUL = regex.compile(r"\p{Hangul}")
_ENDLESS_SPACE = regex.compile(r"[^\S\n]{65000,}")
"""More white space in a row than Qt counts (16 bits): it would try to break such a line for ever."""
_RIGHT_TO_LEFT = regex.compile(r"[\p{Bidi_Class=R}\p{Bidi_Class=AL}]")
_STRONG = regex.compile(r"[\p{Bidi_Class=R}\p{Bidi_Class=AL}\p{Bidi_Class=L}]")
_AFTER_CLAIM = regex.compile(r"\p{P}{0,3}")

_Range = tuple[int, int, str]
"""Start, end (UTF-16 units) and what the words are: "source", "cue", or "number:7" for white space made wider by a 7."""


class ArticleDocument(QTextDocument):
    """The text of one article with the formats of its claims; offsets in here are UTF-16 units."""

    def __init__(self, article: Article, points: float) -> None:
        super().__init__()
        self.article = article
        self.units = Utf16Map(article.text)
        self.number_font = theme.sans(points * 0.62, bold=True)
        self.wrap_mode = _wrap_mode(article.text)
        self.paragraph_numbers: dict[int, int] = {}
        self.mixed: set[int] = set()
        """Numbers of the blocks with words that run from right to left."""
        self.labels: dict[int, list[int]] = {}
        self.numbers: dict[int, int] = {}
        self._ranges: set[_Range] = set()
        self.setUndoRedoEnabled(False)
        self.setDocumentMargin(0)
        self.setDefaultFont(theme.serif(points))
        self.setPlainText(article.text)
        self._lay_out(points)

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: N802 - Qt's name
        """Nothing: an article never makes the program fetch or open anything."""
        del kind, name
        return None

    def show_claims(self, claims: Sequence[Claim], numbers: dict[int, int]) -> None:
        """Give the words of the claims their formats; only what differs from before is touched."""
        self.numbers = numbers
        shown = [claim for claim in claims if claim.review is not Review.DISMISSED]
        self.labels = self._labels(shown, numbers)
        wanted = set(self._role_ranges(shown)) | set(self._number_ranges())
        gone, new = self._ranges - wanted, wanted - self._ranges
        if not gone and not new:
            return
        cursor = QTextCursor(self)
        cursor.beginEditBlock()
        for start, end, kind in gone:
            _merge(cursor, start, end, self._format("plain" if ":" not in kind else "number:"))
        for start, end, kind in new | {kept for kept in wanted & self._ranges if _touches(kept, gone)}:
            _merge(cursor, start, end, self._format(kind))
        cursor.endEditBlock()
        self._ranges = wanted

    def number_place(self, end: int) -> int:
        """Where the number of a claim that ends at `end` (code points) is painted: behind the punctuation."""
        match = _AFTER_CLAIM.match(self.article.text, end)
        return self.units.to_units(match.end() if match else end)

    def runs_leftward(self, place: int) -> bool:
        """Whether the words in front of `place` (UTF-16 units) run from right to left, by the last of their letters."""
        end = self.units.to_code_points(place)
        letters = _STRONG.findall(self.article.text, max(0, end - NEAR), end)
        return bool(letters) and _RIGHT_TO_LEFT.match(letters[-1]) is not None

    def _lay_out(self, points: float) -> None:
        cursor = QTextCursor(self)
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.setBlockFormat(_block_format(LEADING, bottom=points * 0.85))
        title, furniture = self.article.title_span, self.article.furniture
        block = self.begin()
        paragraph = 0
        while block.isValid():
            start, words = self.units.to_code_points(block.position()), block.text()
            if _RIGHT_TO_LEFT.search(words):
                self.mixed.add(block.blockNumber())
            if _ENDLESS_SPACE.search(words):
                _forbid_breaks(cursor, block)
            if not words.strip():
                _flatten(cursor, block)
            elif title is not None and start <= title.start < start + block.length():
                self._set_title(cursor, block, points)
            elif not any(span.start <= start < span.end for span in furniture):
                paragraph += 1
                self.paragraph_numbers[block.blockNumber()] = paragraph
            block = block.next()
        cursor.endEditBlock()

    def _set_title(self, cursor: QTextCursor, block: QTextBlock, points: float) -> None:
        letters = QTextCharFormat()
        letters.setFontPointSize(points * 1.42)
        letters.setFontWeight(QFont.Weight.Bold)
        cursor.setPosition(block.position())
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(letters)
        cursor.setBlockFormat(_block_format(105, bottom=META_ROOM))

    def _labels(self, claims: Iterable[Claim], numbers: dict[int, int]) -> dict[int, list[int]]:
        """Place (UTF-16 units) to the ids of the claims whose numbers stand there."""
        labels: dict[int, list[int]] = {}
        for claim in claims:
            if claim.id in numbers:
                labels.setdefault(self.number_place(claim.hull.end), []).append(claim.id)
        return labels

    def _role_ranges(self, claims: Iterable[Claim]) -> Iterable[_Range]:
        for claim in claims:
            for kind, spans in (("source", claim.source), ("cue", claim.cue)):
                for span in spans:
                    yield self.units.to_units(span.start), self.units.to_units(span.end), kind

    def _number_ranges(self) -> Iterable[_Range]:
        """White space behind a claim is widened to make room for its number; scripts that join letters stay untouched."""
        for place, ids in self.labels.items():
            if self.characterAt(place).isspace() and place + 1 < self.characterCount():
                yield place, place + 1, "number:" + " ".join(str(self.numbers[claim_id]) for claim_id in ids)

    def _format(self, kind: str) -> QTextCharFormat:
        letters = QTextCharFormat()
        if kind.startswith("number:"):
            width = QFontMetricsF(self.number_font).horizontalAdvance(kind.removeprefix("number:"))
            letters.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
            letters.setFontLetterSpacing(width)
        elif kind == "source":
            letters.setFontWeight(QFont.Weight.DemiBold)
        elif kind == "cue":
            letters.setFontItalic(True)
        else:
            letters.setFontWeight(QFont.Weight.Normal)
            letters.setFontItalic(False)
        return letters


def _touches(one: _Range, others: set[_Range]) -> bool:
    return any(one[0] < end and start < one[1] for start, end, _ in others)


def _merge(cursor: QTextCursor, start: int, end: int, letters: QTextCharFormat) -> None:
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    cursor.mergeCharFormat(letters)


def _block_format(leading: float, *, bottom: float) -> QTextBlockFormat:
    block = QTextBlockFormat()
    block.setLineHeight(leading, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    block.setBottomMargin(bottom)
    return block


def _flatten(cursor: QTextCursor, block: QTextBlock) -> None:
    """A blank line takes no room: the paragraphs' own margins part them."""
    flat = QTextBlockFormat()
    flat.setLineHeight(1, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    cursor.setPosition(block.position())
    cursor.setBlockFormat(flat)


def _forbid_breaks(cursor: QTextCursor, block: QTextBlock) -> None:
    one_line = QTextBlockFormat()
    one_line.setNonBreakableLines(True)
    cursor.setPosition(block.position())
    cursor.mergeBlockFormat(one_line)


def _wrap_mode(text: str) -> QTextOption.WrapMode:
    """Between words; between any two letters in an article with a word that would hold up the window (see LONG_WORD).

    Qt has one way of wrapping for a whole document.
    """
    runs = (match.group() for match in _UNSPACED.finditer(text))
    modes = QTextOption.WrapMode
    return modes.WrapAnywhere if any(map(_has_long_word, runs)) else modes.WrapAtWordBoundaryOrAnywhere


def _has_long_word(run: str) -> bool:
    """Whether more than LONG_WORD units of the run hang together; Qt breaks no line between syllables of Hangul."""
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Line, _HANGUL.sub("a", run))
    finder.toEnd()
    end, place = finder.position(), 0
    while place + LONG_WORD < end:
        finder.setPosition(place + LONG_WORD)
        before = finder.toPreviousBoundary()
        if before <= place:
            return True
        place = before
    return False
