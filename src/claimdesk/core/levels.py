"""The attribution levels: who stands behind a claim, and how.

Each has a colour for light and for dark surroundings **and** marks that need no colour: a glyph and an underline.
The order is that of the digits 1 to 9 on the keyboard, not that of precedence (see docs/levels.md for that).
"""

from dataclasses import dataclass
from enum import StrEnum


class Underline(StrEnum):
    """The style of the line under a claim's content."""

    SOLID = "solid"
    DASHED = "dashed"
    DOTTED = "dotted"
    DOUBLE = "double"
    WAVY = "wavy"


@dataclass(frozen=True, slots=True)
class Level:
    """One attribution level with its names, its definition and its look."""

    slug: str
    label: str
    short: str
    definition: str
    glyph: str
    underline: Underline
    light: str
    dark: str


LEVELS: tuple[Level, ...] = (
    Level(
        "official", "Official statement", "Official",
        "On the record: an institution, or an identified office-holder, candidate or spokesperson in that role.",
        "■", Underline.SOLID, "#1D5FA6", "#7DB4F0",
    ),
    Level(
        "media", "Media report", "Media",
        "Another outlet, agency or broadcaster, or the press in general.",
        "◆", Underline.DASHED, "#7A4DA3", "#C59BEA",
    ),
    Level(
        "denial", "Denial", "Denial",
        "Whoever speaks denies, rejects, disputes or disavows a claim or an accusation.",
        "⊘", Underline.DOUBLE, "#B3261E", "#F28B82",
    ),
    Level(
        "expert", "Expert analysis", "Expert",
        "A scholar, analyst, think tank, pollster or professional consulted for what they know.",
        "▲", Underline.SOLID, "#0B6E5F", "#5FC9B5",
    ),
    Level(
        "anonymous", "Anonymous source", "Anonymous",
        "A person whom the article neither names nor identifies as an institution's voice.",
        "?", Underline.DASHED, "#8A5A00", "#E3B25B",
    ),
    Level(
        "witness", "Witness or personal account", "Witness",
        "Somebody who saw or lived it, or a private person speaking for themselves.",
        "●", Underline.SOLID, "#9A3A6B", "#EE9BC4",
    ),
    Level(
        "document", "Document or data", "Document",
        "A written or recorded thing: law, treaty, filing, study, poll, statistics, footage.",
        "▤", Underline.SOLID, "#4A5A2A", "#B5C98A",
    ),
    Level(
        "speculation", "Speculation", "Speculation",
        "A hedge with no source that could be asked.",
        "≈", Underline.WAVY, "#A04A00", "#F0A36B",
    ),
    Level(
        "unattributed", "Unattributed", "Unattributed",
        "The author's own voice: a factual assertion that names no source.",
        "○", Underline.DOTTED, "#5B6470", "#A9B3BF",
    ),
)  # fmt: skip

BY_SLUG: dict[str, Level] = {level.slug: level for level in LEVELS}


def by_digit(digit: int) -> Level:
    """The level on the key `digit`, 1 to 9."""
    return LEVELS[digit - 1]


def digit(slug: str) -> int:
    """The key of the level `slug`, 1 to 9."""
    return LEVELS.index(BY_SLUG[slug]) + 1
