"""Puts the blocks of a document together into one text and knows where in it each comment and note belongs."""

import regex

from claimdesk.core.claim import Span
from claimdesk.core.text import normalise

_BEFORE_TEXT = regex.compile(r"^[\s\ufeff]+")
"""White space, and byte order marks, of which `normalise` takes one away each time."""
_BLOCK, _CELL, _LINE = "\n\n", " | ", " "


class Composer:
    """Takes a document's words in the order of reading; a blank line stands between blocks, " | " between cells of a row.

    White space at the ends of a block goes, everything else stays as it is. Places are code points of `text`, which is
    normalised: `core.text.normalise` would leave it as it is.
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._gap = ""
        """What comes in front of the next word of this text, if there is one."""
        self._white = ""
        """White space inside a block, kept back until a word follows it."""
        self._prefix = ""
        self._in_block = False
        self._rows = 0
        """How many tables stand inside each other here."""
        self._word = 0
        self._awaiting: list[str] = []
        self._starts: dict[str, int] = {}
        self._spans: dict[str, Span] = {}

    @property
    def text(self) -> str:
        """All that was written so far."""
        return "".join(self._pieces)

    @property
    def length(self) -> int:
        """Code points written so far."""
        return self._length

    @property
    def ends_in_space(self) -> bool:
        """Whether the block has no words yet, or white space after the last of them."""
        return not self._in_block or bool(self._white)

    def add(self, words: str) -> None:
        """Write `words` into the block, which they begin if there is none."""
        words = normalise(words)
        if not self._pieces:
            words = _BEFORE_TEXT.sub("", words)
        body = words.rstrip()
        lead = body[: len(body) - len(body.lstrip())] if body else words
        if self._in_block:
            self._white += lead
        if not body:
            return
        self._write(body[len(lead) :])
        self._white = words[len(body) :]

    def prefix(self, bullet: str) -> None:
        """Write `bullet` in front of the block that comes next, if a word comes in it."""
        self._prefix = bullet

    def end_block(self) -> None:
        """What comes next is a block of its own; inside a cell, only a word of its own."""
        if self._rows:
            self._white = self._white or (_LINE if self._in_block else "")
            return
        self._gap = _BLOCK if self._length else ""
        self._in_block, self._white, self._prefix = False, "", ""

    def start_row(self) -> None:
        """A row of a table begins; `end_row` ends it."""
        self.end_block()
        self._rows += 1

    def next_cell(self) -> None:
        """What comes next stands in the cell after the one so far."""
        self._white = self._white.removesuffix(_LINE) + _CELL if self._in_block else ""

    def end_row(self) -> None:
        """The row is a block; one inside another row's cell is a part of that."""
        self._rows -= 1
        self.end_block()

    def open(self, key: str) -> None:
        """The stretch `key` begins with the next word."""
        self._awaiting.append(key)

    def started(self, key: str) -> int:
        """Where the stretch `key` began; the end of the text so far if no word came since."""
        return self._starts.get(key, self._length)

    def close(self, key: str) -> None:
        """The stretch `key` ends with the word before; without a word in it, it is about none."""
        start = self._starts.pop(key, None)
        if start is None:
            self._awaiting = [one for one in self._awaiting if one != key]
        elif start < self._length:
            self._spans[key] = Span(start, self._length)

    def mark(self, key: str) -> None:
        """The stretch `key` is the word in front of this place, if the block has one."""
        if self._in_block and key not in self._spans:
            self._spans[key] = Span(self._word, self._length)

    def span(self, key: str) -> Span | None:
        """The stretch `key`; None where it is about no words."""
        return self._spans.get(key)

    def _write(self, words: str) -> None:
        between = self._white if self._in_block else self._gap + self._prefix
        starts_word = bool(between)
        self._append(between)
        if starts_word or not self._in_block:
            self._word = self._length
        for key in self._awaiting:
            self._starts[key] = self._length
        self._awaiting.clear()
        white = next((at for at in range(len(words), 0, -1) if words[at - 1].isspace()), 0)
        if white:
            self._word = self._length + white
        self._append(words)
        self._gap, self._white, self._prefix, self._in_block = "", "", "", True

    def _append(self, piece: str) -> None:
        if piece:
            self._pieces.append(piece)
            self._length += len(piece)
