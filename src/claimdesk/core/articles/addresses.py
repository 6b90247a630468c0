"""What somebody names an article by: a file by its path, or a page of the web by its address."""

from pathlib import Path
from urllib.parse import urlsplit

Named = Path | str
"""A Path for a file, a str for an address."""


def is_address(words: str) -> bool:
    """Whether this is the address of a page rather than the name of a file."""
    return urlsplit(words.strip()[:8].lower()).scheme in {"http", "https"}


def named(words: str) -> Named:
    """What somebody means by what they typed."""
    return words.strip() if is_address(words) else Path(words)
