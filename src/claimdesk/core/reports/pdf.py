"""The report as a PDF that a screen reader can read too (PDF/UA-1): tagged, with bookmarks, links and embedded fonts.

Typst sets it. It is given the template and one JSON file, both in memory, and an empty folder as all that it can see of the
disk; words of the article reach it as values only.
"""

import json
import tempfile
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import regex

from claimdesk.core.errors import ReportError
from claimdesk.core.reports import facts
from claimdesk.core.reports.plain import plain
from claimdesk.core.reports.report import Report
from claimdesk.core.reports.template import read
from claimdesk.core.resources import RESOURCES

if TYPE_CHECKING:
    from typst import Fonts

INSTEAD = "\ufffd"
"""What is drawn where this computer has no font for a character."""

_FAMILIES = (
    "Libertinus Serif",
    # Of Noto Serif Devanagari some letters are copied twice.
    "Noto Naskh Arabic", "Noto Serif Hebrew", "Noto Sans Devanagari", "Noto Sans Bengali", "Noto Sans Tamil", "Noto Serif Thai",
    "Geeza Pro", "Kohinoor Devanagari", "Segoe UI", "Nirmala UI",
    "Noto Color Emoji", "Apple Color Emoji", "Segoe UI Emoji",
)  # fmt: skip
_EAST_ASIAN = {
    "ko": ("Noto Serif CJK KR", "AppleMyungjo", "Apple SD Gothic Neo", "Batang", "Malgun Gothic"),
    "ja": ("Noto Serif CJK JP", "Hiragino Mincho ProN", "Yu Mincho", "MS Mincho"),
    "zh": ("Noto Serif CJK SC", "Noto Serif CJK TC", "Songti SC", "Microsoft YaHei", "SimSun"),
}
"""Han letters have another form in each of these languages; that of the article comes first."""

_UNSEEN = regex.compile(
    r"[\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]|[\p{Cc}--[\t\n]]|\p{Cn}", regex.V1
)
"""Characters that show nothing and can only disorder what does, and those that PDF/UA-1 has no place for."""
_NOT_DRAWN = regex.compile(r'the text `"(.*?)"` could not be displayed with font')
_ESCAPE = regex.compile(r"\\u\{([0-9a-f]+)\}")
_PACKAGE = regex.compile(r"@\s*[\w-]+/")
_ROUNDS = 4


def render(report: Report) -> bytes:
    """The file's bytes."""
    return _set(report, (RESOURCES / "templates" / "report.typ").read_text(encoding="utf-8"), "report.typ")


def render_own(report: Report, template: Path) -> bytes:
    """The file's bytes as a person's own Typst template has them; what `report.json` holds is told in docs/reports.md.

    Raises ReportError, with the number of the line, where the template is broken or wants something from the network.
    """
    source = read(template)
    if found := _PACKAGE.search(source):
        line = source.count("\n", 0, found.start()) + 1
        raise ReportError(
            f"The template {template.name} wants a package in line {line}, which would be fetched from the network. "
            "Put what it needs into the template."
        )
    return _set(report, source, template.name)


def _set(report: Report, template: str, name: str) -> bytes:
    """The report as the template sets it; what no font has is replaced, and that is said in the report."""
    missing: set[str] = set()
    for _ in range(_ROUNDS):
        data = _drawable(report, missing)
        try:
            return _compiled(template, data, int(report.provenance.made_at.timestamp()))
        except _NotDrawnError as error:
            if error.characters <= missing:
                break
            missing |= error.characters
        except _BrokenError as error:
            raise ReportError(f"The template {name} is broken{error}. Mend it there.") from error
    raise ReportError(
        "This computer has no fonts for some of the article's letters. Install Noto fonts, or choose the web page."
    )


class _NotDrawnError(Exception):
    """There is no font for these characters."""

    def __init__(self, characters: set[str]) -> None:
        super().__init__()
        self.characters = characters


class _BrokenError(Exception):
    """The template cannot be set; the text says where and why."""


def _compiled(template: str, data: dict[str, Any], made_at: int) -> bytes:
    import typst

    files = {"main.typ": template.encode(), "report.json": json.dumps(data).encode()}
    with tempfile.TemporaryDirectory() as nothing:
        compiler = typst.Compiler(
            files,  # type: ignore[type-var]  # its type hints know of one file only
            root=nothing,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            package_path=nothing,
            package_cache_path=nothing,
        )
        try:
            made = compiler.compile(format="pdf", pdf_standards="ua-1", timestamp=made_at)
        except typst.TypstError as error:
            raise _failure(error.message, error.diagnostic) from error
    if not isinstance(made, bytes):
        raise TypeError("one PDF is one file")
    return made


def _failure(message: str, diagnostic: str) -> Exception:
    missing = {_unescaped(found[1]) for found in _NOT_DRAWN.finditer(diagnostic)}
    if missing:
        return _NotDrawnError({character for text in missing for character in text})
    place = regex.search(r"main\.typ:(\d+):", diagnostic)
    what = message.partition(" (searched at")[0]
    return _BrokenError(f" at line {place[1]}: {what}" if place else f": {what}")


def _unescaped(text: str) -> str:
    """The characters that Typst writes in a message by their numbers, in hexadecimal."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


def _drawable(report: Report, missing: set[str]) -> dict[str, Any]:
    """The report as data, without what cannot be drawn, and with sentences that say so."""
    table = dict.fromkeys(map(ord, missing), INSTEAD)
    unseen: set[str] = set()

    def clean(value: Any) -> Any:
        if isinstance(value, str):
            unseen.update(_UNSEEN.findall(value))
            return _UNSEEN.sub("", value).translate(table)
        if isinstance(value, dict):
            return {key: clean(inside) for key, inside in value.items()}
        return [clean(inside) for inside in value] if isinstance(value, list) else value

    data: dict[str, Any] = clean(plain(report))
    # PDF/UA-1 has no place for a heading of which nothing shows.
    data["title"] = data["title"].strip() or "Sourcing report"
    empty = [one for one in data["headlines"] if not any(run["text"].strip() for run in one["runs"])]
    data["headlines"] = [one for one in data["headlines"] if one not in empty]
    data["body"] = empty + data["body"]
    data["families"] = list(_families(report.language))
    data["notices"] = list(_notices(missing, unseen))
    return data


def _notices(missing: set[str], unseen: set[str]) -> Iterator[str]:
    """Sentences on what the PDF does not show as it is."""
    if missing:
        what = facts.count(len(missing), "character")
        scripts = ", ".join(sorted({_script(character) for character in missing}))
        yield (
            f"The computer that made this file has no font for {what} ({scripts}); {INSTEAD} stands in their place. The web "
            "page of this report has them all."
        )
    if unseen:
        codes = ", ".join(f"U+{ord(character):04X}" for character in sorted(unseen))
        yield f"Invisible control characters of the text are left out here: {codes}."


def _script(character: str) -> str:
    known = {
        "Arabic": r"\p{Arabic}", "Devanagari": r"\p{Devanagari}", "Hangul": r"\p{Hangul}", "Han": r"\p{Han}",
        "Kana": r"[\p{Hiragana}\p{Katakana}]", "Hebrew": r"\p{Hebrew}", "Thai": r"\p{Thai}", "Bengali": r"\p{Bengali}",
        "Cyrillic": r"\p{Cyrillic}", "emoji": r"\p{Emoji}",
    }  # fmt: skip
    return next((name for name, pattern in known.items() if regex.match(pattern, character)), "other signs")


def _families(language: str) -> Iterable[str]:
    """The families to set in, most wanted first: those that this computer has; where none holds a letter, Typst looks on."""
    installed = set(_fonts().families())
    first = _EAST_ASIAN.get(language[:2].lower(), ())
    east = (name for names in (first, *_EAST_ASIAN.values()) for name in names)
    return (name for name in dict.fromkeys((*_FAMILIES, *east)) if name in installed)


@cache
def _fonts() -> "Fonts":
    """The fonts that Typst brings and those of the system."""
    import typst

    return typst.Fonts()
