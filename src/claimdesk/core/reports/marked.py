"""The article's paragraphs as lines of a text document: words marked by level, numbers, and where remarks begin and end."""

from collections.abc import Iterable, Iterator, Sequence

from claimdesk.core.claim import Role
from claimdesk.core.levels import BY_SLUG, Level
from claimdesk.core.reports.annotated import Kind, Mark, Paragraph, Run
from claimdesk.core.reports.blocks import Closes, Line, Look, Opens, Piece, Style, Words
from claimdesk.core.reports.plain import is_rtl

UNREVIEWED = "*"
"""What stands after the number of a suggestion that nobody reviewed."""

_TINT = 0.12
"""How much of a level's colour lies behind the words of an accepted claim, 0 to 1."""
_STYLES = {Kind.HEADLINE: Style.HEADLINE, Kind.BODY: Style.ARTICLE, Kind.FURNITURE: Style.FURNITURE}

Place = tuple[int, int]
"""A run: the place of its paragraph, and its own therein."""


def lines(paragraphs: Sequence[Paragraph]) -> list[Line]:
    """A line for each paragraph; the remark on a claim goes from the first piece of its content to the last."""
    first, last = _bounds(paragraphs)
    drawn: list[Line] = []
    for at, paragraph in enumerate(paragraphs):
        pieces: list[Piece] = []
        for i, run in enumerate(paragraph.runs):
            numbers = _contents(run)
            pieces += (Opens(number) for number in numbers if first[number] == (at, i))
            pieces.append(Words(run.text, look(run.marks), paragraph.language))
            # What opened last closes first, though neither format asks for it.
            pieces += (Closes(number) for number in reversed(numbers) if last[number] == (at, i))
            pieces += (piece for mark in run.ends for piece in _number(mark, is_apart=mark.number not in first))
        style = _STYLES[paragraph.kind]
        drawn.append(Line(style, tuple(pieces), is_rtl(paragraph.text), paragraph.number))
    return drawn


def look(marks: Sequence[Mark]) -> Look:
    """How words within these marks look: of contents that overlap, the line is the shortest's and the ground the longest's."""
    contents = [mark for mark in marks if mark.role is Role.CONTENT]
    others = [mark for mark in marks if mark.role is not Role.CONTENT]
    near = min(contents, key=lambda mark: mark.lane, default=None)
    ground = next((mark for mark in contents if mark.reviewed), None)
    inner = near or (others[-1] if others else None)
    return Look(
        bold=any(mark.role is Role.SOURCE for mark in others),
        italic=any(mark.role is Role.CUE for mark in others),
        underline=BY_SLUG[near.level].underline if near else None,
        colour=BY_SLUG[others[-1].level].light if others else "",
        line=BY_SLUG[inner.level].light if inner else "",
        shade=tint(BY_SLUG[ground.level].light) if ground else "",
        is_framed=near is not None and not near.reviewed,
    )


def number_of(level: Level, number: int, *, reviewed: bool) -> str:
    """The number of a claim as it stands in the text, with the sign of its level."""
    return f"{level.glyph}{number}{'' if reviewed else UNREVIEWED}"


def tint(colour: str) -> str:
    """The colour ("#1D5FA6") thinned with white, for the ground behind words."""
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * _TINT):02X}" for part in parts)


def _contents(run: Run) -> list[int]:
    """The claims in whose content the run lies, outermost first."""
    return list(dict.fromkeys(mark.number for mark in run.marks if mark.role is Role.CONTENT))


def _bounds(paragraphs: Iterable[Paragraph]) -> tuple[dict[int, Place], dict[int, Place]]:
    """In which run the content of each claim begins, and in which it ends."""
    first: dict[int, Place] = {}
    last: dict[int, Place] = {}
    for at, paragraph in enumerate(paragraphs):
        for i, run in enumerate(paragraph.runs):
            for number in _contents(run):
                first.setdefault(number, (at, i))
                last[number] = (at, i)
    return first, last


def _number(mark: Mark, *, is_apart: bool) -> Iterator[Piece]:
    """The number of a claim; one `is_apart` that has no words in any paragraph, and its remark is then about the number."""
    level = BY_SLUG[mark.level]
    shown = number_of(level, mark.number, reviewed=mark.reviewed)
    words = Words(shown, Look(bold=True, colour=level.light, is_raised=True), to=f"claim_{mark.number}")
    yield from (Opens(mark.number), words, Closes(mark.number)) if is_apart else (words,)
