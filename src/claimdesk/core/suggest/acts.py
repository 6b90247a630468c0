"""What a cue tells, whoever speaks: a guess without a source that could be asked, a question, a report, what somebody does or is asked."""

import regex

_GUESS = regex.compile(
    r"\b(?:speculat\w*|rumou?r\w*|suspicions?|suspected|believed|thought to|said to|mentioned as|tipped (?:as|to)|feared|"
    r"(?:widely |generally )?(?:expected|assumed)|allegedly|supposedly|purportedly|presumably|tongues wag)\b",
    regex.IGNORECASE,
)
_REPORTED = regex.compile(r"\b(?:is|are|was|were|been|be) (?:\w+ )?reported\b|\breportedly\b", regex.IGNORECASE)
_MODAL = regex.compile(r"\b(?:would|could|might|may)\b(?! not\b)", regex.IGNORECASE)
_ACTIVE = regex.compile(
    r"(?!it\b)(?:(?:\p{Ll}+ly|not|also|even|then) )*(?!\p{L}+(?:tion|ism)s\b|(?:question|charge|concern|doubt|fear|hope|demand|plan)s\b)(?!(?:seem|sound|appear|look|concern|accord|includ|regard|remark)\p{Ll}*\b)"
    r"(?:\p{L}{3,}ing|\p{L}{3,}(?<!s)s(?! (?:about|over|of|that|to|for|from|on)\b)|lie|claim|say|tell)\b",
)
_OWNED = regex.compile(r"\p{Lu}[\p{L}.\s-]*['’]s\s")
_DONE_TO = regex.compile(
    r"(?:(?:is|are|was|were|(?:has|have|had) been|being)\b (?:\p{Ll}+ )?)(?:asked|pressed|questioned|quizzed|grilled|accused|criticised"
    r"|criticized|mocked|ridiculed|known|nominated)\b"
)
_ASKED_FIRST = regex.compile(r"(?:When |Once )?(?:[Aa]sked|[Pp]ressed|[Qq]uestioned)\b")


def guess(cue: str, *, has_source: bool, is_nobody: bool) -> str | None:
    """Why a claim is speculation, in words: rumour without a source, or what unnamed people might say; None if it is none."""
    if not has_source and _GUESS.search(cue):
        return "is a guess, and nobody who could be asked"
    if has_source and is_nobody and _MODAL.search(cue):
        return "says only what somebody without a name might say"
    return None


def is_interviewer(source: str, cue: str, content: str, text: str) -> bool:
    """Whether somebody asks in a transcript, here or most of the time: HOLT: Why did you go?"""
    if cue.strip() != ":" or not source.isupper():
        return False
    turns = regex.findall(rf"^\W*{regex.escape(source)}:(.*)$", text, regex.MULTILINE)
    return content.rstrip("”\"' ").endswith("?") or 2 * sum("?" in turn for turn in turns) > len(turns)


def is_active(cue: str) -> bool:
    """Whether a cue tells what somebody does, so that its sentence has a subject who says it: extols; openly lie; replacing it."""
    return _ACTIVE.match(cue) is not None or _OWNED.match(cue) is not None


def is_done_to(cue: str, *, before_source: bool) -> bool:
    """Whether a cue tells what others say to its subject or of it: was asked; Asked whether; has been criticised for."""
    return (_ASKED_FIRST if before_source else _DONE_TO).match(cue) is not None


def is_report_of_nobody(cue: str) -> bool:
    """Whether a cue without a source leans on the press: was widely reported."""
    return _REPORTED.search(cue) is not None
