"""Characters that nobody sees and that can mislead: they stay in the text, are counted, and are shown as marks.

Those that a script or an emoji needs to be written rightly (the joiner in क्‍ष, in 👩‍🚒, the half-space of Persian) are no such
characters, nor is a direction mark beside words that run from right to left.
"""

import re
import unicodedata
from dataclasses import dataclass

import regex

_DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_EMBEDDING = "\u202a-\u202e\u2066-\u2069"
_OTHERS = (
    "\x01-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200d\u2060-\u2064\u206a-\u206f\u3164\ufeff\uffa0"
    "\ufff9-\ufffb\U000e0000-\U000e007f"
)
_ANY = re.compile(f"[{_DIRECTION}{_OTHERS}]")
_DIRECTIONAL = regex.compile(f"[{_DIRECTION}]")
_OVERRIDING = regex.compile(f"[{_EMBEDDING}]")
_JOINERS = regex.compile("[\u200c\u200d]")
_JOINED = regex.compile(
    r"[\p{Deva}\p{Beng}\p{Guru}\p{Gujr}\p{Orya}\p{Taml}\p{Telu}\p{Knda}\p{Mlym}\p{Sinh}\p{Arab}\p{Syrc}\p{Mymr}\p{Khmr}\p{Emoji}\ufe0f]"
)
_LEFTWARD = regex.compile(r"(?=\p{L})[\p{Bidi_Class=R}\p{Bidi_Class=AL}]")
_TAG = regex.compile("[\U000e0020-\U000e007f]")
_FLAG = regex.compile("\U0001f3f4[\U000e0020-\U000e007e]*\\Z")
_NEAR = 16
"""Code points on either side in which a letter is looked for that says why a mark is there."""
_NAMES = {"\xad": "soft hyphen", "\ufeff": "byte order mark (zero-width no-break space)"}


@dataclass(frozen=True, slots=True)
class Invisible:
    """One such character, at the code point `place`."""

    place: int
    char: str

    @property
    def is_directional(self) -> bool:
        """Whether it changes the order in which the words around it are shown."""
        return _DIRECTIONAL.match(self.char) is not None

    @property
    def called(self) -> str:
        """What it is: "right-to-left override (U+202E)"."""
        name = _NAMES.get(self.char) or unicodedata.name(self.char, "control character").lower()
        return f"{name} (U+{ord(self.char):04X})"


def find(text: str, start: int = 0, end: int | None = None) -> list[Invisible]:
    """All of them in a stretch of the text (code points), in order."""
    found = _ANY.finditer(text, start, len(text) if end is None else end)
    return [Invisible(one.start(), one[0]) for one in found if not _is_needed(text, one.start(), one[0])]


def told(found: list[Invisible]) -> str:
    """How many there are, in words; empty for none."""
    turning = sum(one.is_directional for one in found)
    if not found:
        return ""
    if not turning:
        return _counted(len(found))
    if turning == len(found):
        return _counted(turning, "direction control")
    return f"{_counted(len(found) - turning)} and {_counted(turning, 'direction control')}"


def _counted(number: int, what: str = "invisible character") -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _is_needed(text: str, place: int, char: str) -> bool:
    """Whether the words are written rightly only with it."""
    before, after = text[max(0, place - 1) : place], text[place + 1 : place + 2]
    if _JOINERS.match(char):
        return bool(_JOINED.match(before) or _is_combined_emoji(text, place)) and not after.isspace()
    if _TAG.match(char):
        return _FLAG.search(text[max(0, place - _NEAR) : place]) is not None
    if _DIRECTIONAL.match(char) and not _OVERRIDING.match(char):
        return _LEFTWARD.search(text[max(0, place - _NEAR) : place + _NEAR]) is not None
    return char == "\xad" and before.isalpha() and after.isalpha()


def _is_combined_emoji(text: str, place: int) -> bool:
    return regex.search(r"\p{Emoji}[\p{M}\p{Emoji_Modifier}\ufe0f]*\Z", text[max(0, place - 4) : place]) is not None
