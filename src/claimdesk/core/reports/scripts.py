"""Words cut where their script changes, so that each piece can be told its language, its fonts and its direction."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, StrEnum

import regex


class Family(StrEnum):
    """How office programs sort scripts: each has fonts and a language for every family."""

    WESTERN = "western"
    ASIAN = "asian"
    COMPLEX = "complex"


class Script(Enum):
    """A script with its family, the language that it most likely is, whether it runs from the right, a font of Windows."""

    WESTERN = (Family.WESTERN, "", False, "")
    ARABIC = (Family.COMPLEX, "ar", True, "Arial")
    HEBREW = (Family.COMPLEX, "he", True, "Arial")
    DEVANAGARI = (Family.COMPLEX, "hi", False, "Nirmala UI")
    BENGALI = (Family.COMPLEX, "bn", False, "Nirmala UI")
    TAMIL = (Family.COMPLEX, "ta", False, "Nirmala UI")
    THAI = (Family.COMPLEX, "th", False, "Leelawadee UI")
    HANGUL = (Family.ASIAN, "ko", False, "Malgun Gothic")
    KANA = (Family.ASIAN, "ja", False, "Yu Gothic")
    HAN = (Family.ASIAN, "zh", False, "Microsoft YaHei")

    def __init__(self, family: Family, language: str, is_rtl: bool, font: str) -> None:
        self.family = family
        self.language = language
        self.is_rtl = is_rtl
        self.font = font


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of one script, in one language; it is a BCP 47 tag and empty where nobody knows."""

    text: str
    script: Script
    language: str


_LETTERS = {
    Script.ARABIC: r"[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]",
    Script.HEBREW: r"\p{Script=Hebrew}",
    Script.DEVANAGARI: r"\p{Script=Devanagari}",
    Script.BENGALI: r"\p{Script=Bengali}",
    Script.TAMIL: r"\p{Script=Tamil}",
    Script.THAI: r"\p{Script=Thai}",
    Script.HANGUL: r"\p{Script=Hangul}",
    Script.KANA: r"[\p{Script=Hiragana}\p{Script=Katakana}]",
    Script.HAN: r"\p{Script=Han}",
}
# A stretch goes on over marks, joiners, digits and blanks as long as a letter of the same script follows.
_STRETCH = regex.compile(
    "|".join(
        rf"(?P<{script.name}>{letters}(?:[\p{{M}}\u200c\u200d]|[^\p{{L}}]*?{letters})*)"
        for script, letters in _LETTERS.items()
    )
)
_SAME_SCRIPT = {
    "ar": {"fa", "ur", "ps", "ug", "sd", "ckb"},
    "he": {"yi"},
    "hi": {"mr", "ne", "sa"},
    "bn": {"as"},
    "zh": {"ja", "ko", "yue"},
}
_TAG = regex.compile(r"[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8})*")
_WESTERN_LETTER = regex.compile(r"[\p{Latin}\p{Cyrillic}\p{Greek}]")


def tag(language: str) -> str:
    """The language tag as files may hold it; empty for what is none."""
    return language if _TAG.fullmatch(language) else ""


def stretches(text: str, language: str = "") -> Iterator[Stretch]:
    """The text in pieces of one script each; `language` is what it is written in as a whole."""
    at = 0
    for found in _STRETCH.finditer(text):
        if found.start() > at:
            yield _western(text[at : found.start()], language)
        script = Script[found.lastgroup or "WESTERN"]
        yield Stretch(found.group(), script, _of(script, language))
        at = found.end()
    if at < len(text):
        yield _western(text[at:], language)


def _western(text: str, language: str) -> Stretch:
    """Letters that no other script claims; of blanks and signs alone nobody can tell a language."""
    known = tag(language) if _WESTERN_LETTER.search(text) and not _is_of_another_script(language) else ""
    return Stretch(text, Script.WESTERN, known)


def _is_of_another_script(language: str) -> bool:
    short = language.split("-")[0].lower()
    return any(short == script.language or short in _SAME_SCRIPT.get(script.language, ()) for script in _LETTERS)


def _of(script: Script, language: str) -> str:
    """The whole's language where it is written in this script, else the one that the script speaks for."""
    short = language.split("-")[0].lower()
    fits = short == script.language or short in _SAME_SCRIPT.get(script.language, ())
    return (tag(language) if fits else "") or script.language
