"""What a cue does with words, whoever says them: guess without a source that could be asked, ask, or lean on the press."""

import regex

_GUESS = regex.compile(
    r"\b(?:speculat\w*|rumou?r\w*|suspicions?|suspected|believed|thought to|said to|mentioned as|tipped (?:as|to)|feared|"
    r"allegedly|supposedly|purportedly|presumably|tongues wag)\b",
    regex.IGNORECASE,
)
_REPORTED = regex.compile(r"\b(?:is|are|was|were|been|be) (?:\w+ )?reported\b|\breportedly\b", regex.IGNORECASE)
_MODAL = regex.compile(r"\b(?:would|could|might|may)\b(?! not\b)", regex.IGNORECASE)


def guess(cue: str, *, has_source: bool, is_nobody: bool) -> str | None:
    """Why a claim is speculation, in words: rumour without a source, or what unnamed people might say; None if it is none."""
    if not has_source and _GUESS.search(cue):
        return "is a guess, and nobody who could be asked"
    if has_source and is_nobody and _MODAL.search(cue):
        return "says only what somebody without a name might say"
    return None


def is_interviewer(source: str, cue: str, content: str) -> bool:
    """Whether somebody asks in a transcript: HOLT: Why did you go?"""
    return cue.strip() == ":" and source.isupper() and content.rstrip("”\"' ").endswith("?")


def is_report_of_nobody(cue: str) -> bool:
    """Whether a cue without a source leans on the press: was widely reported."""
    return _REPORTED.search(cue) is not None
