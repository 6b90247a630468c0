"""A name for the file of a report that every system takes."""

import unicodedata

from claimdesk.core.confidential import Mask

LONGEST = 180
"""Bytes of UTF-8 that a name has at most: room for an ending and for the name that the file has while it is written."""
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{digit}" for port in ("com", "lpt") for digit in range(10))}


def file_name(title: str, mask: Mask) -> str:
    """A name from an article's title, without an ending; confidential sources stand in it by what the mask gives them.

    What is no letter, digit or mark of a script becomes a space; a long title ends at a word.
    """
    spoken = "".join(letter if _stays(letter) else " " for letter in mask.words(title) if letter not in "'’")
    words = " ".join(spoken.split()).lstrip("-")
    if len(words.encode()) > LONGEST:
        cut = words.encode()[:LONGEST].decode(errors="ignore")
        words = cut.rsplit(" ", 1)[0]
    words = words.strip()
    return f"{words} report".strip() if words.casefold() in {"", *_DEVICES} else words


def _stays(letter: str) -> bool:
    return letter in "-_" or unicodedata.category(letter)[0] in "LMN"
