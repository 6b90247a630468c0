"""A text document as neutral values: paragraphs and tables with their words, which word processors' formats are drawn from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from claimdesk.core.levels import Underline


class Style(StrEnum):
    """What a paragraph is; the style sheet of each format has one of this name."""

    BRAND = "Brand"
    TITLE = "Title"
    HEADING_1 = "Heading1"
    HEADING_2 = "Heading2"
    HEADING_3 = "Heading3"
    HEADLINE = "Headline"
    ARTICLE = "Article"
    FURNITURE = "Furniture"
    LABEL = "Label"
    TEXT = "Text"
    QUOTE = "Quote"
    FACT = "Fact"
    DETAIL = "Detail"
    ITEM = "Item"
    CELL = "Cell"
    FIGURE = "Figure"
    HEAD = "Head"
    FIGURE_HEAD = "FigureHead"


@dataclass(frozen=True, slots=True)
class Look:
    """How words look beside their paragraph's style; colours as "#1D5FA6", `line` is that of what is under or around them."""

    bold: bool = False
    italic: bool = False
    underline: Underline | None = None
    colour: str = ""
    line: str = ""
    shade: str = ""
    is_framed: bool = False
    is_raised: bool = False
    is_code: bool = False


PLAIN = Look()
BOLD = Look(bold=True)
DIM = "#5F6873"
LABEL = Look(colour=DIM)
CODE = Look(is_code=True)


@dataclass(frozen=True, slots=True)
class Words:
    """Words of one look; `link` is a web address, `to` the name of a place in the document, that they lead to."""

    text: str
    look: Look = PLAIN
    language: str = ""
    link: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class Opens:
    """Here begins what the remark on a claim is about."""

    number: int


@dataclass(frozen=True, slots=True)
class Closes:
    """Here ends what the remark on a claim is about."""

    number: int


Piece = Words | Opens | Closes


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph; `number` is that of the article's body and 0 for none, `name` the place that links lead to."""

    style: Style
    pieces: tuple[Piece, ...]
    is_rtl: bool = False
    number: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart: as much of its cell as `share`, 0 to 100; the words beside it say the same."""

    share: int
    colour: str


Cell = tuple[Line | Bar, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head that is repeated on every page; `widths` are thousandths of the page's, `title` and `about` are read
    to those who do not see it.
    """

    title: str
    about: str
    widths: tuple[int, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def heads(self) -> tuple[Line, ...]:
        """The cells of the head, those over figures at the same side as these."""
        first = self.rows[0] if self.rows else ()
        over = {i for i, cell in enumerate(first) if isinstance(cell[0], Line) and cell[0].style is Style.FIGURE}
        return tuple(
            Line(Style.FIGURE_HEAD if i in over else Style.HEAD, (Words(title),)) for i, title in enumerate(self.head)
        )


Block = Line | Table


@dataclass(frozen=True, slots=True)
class Remark:
    """What stands beside the article about one claim, in lines."""

    author: str
    initials: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextDocument:
    """The blocks in order, the remarks by the number of their claim, and what the file says about itself."""

    title: str
    author: str
    language: str
    made_at: datetime
    version: str
    blocks: tuple[Block, ...]
    remarks: Mapping[int, Remark] = field(default_factory=dict)
