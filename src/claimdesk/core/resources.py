"""Where the files that ship with ClaimDesk lie: in the package when installed, beside `src/` in a checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
_INSTALLED = _PACKAGE / "resources"

RESOURCES = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent.parent / "resources"
SAMPLE_ARTICLE = RESOURCES / "sample" / "north-korea-troops.txt"
