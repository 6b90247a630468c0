"""What the words of a claim do, whoever says them: deny, or guess without a source that could be asked."""

from collections.abc import Collection

import regex

from claimdesk.core.suggest.kinds import words_in

DENIES = frozenset("deny rebut refute repudiate disavow disclaim pooh-pooh debunk".split())
"""Verbs that deny by themselves."""
TURNS_DOWN = frozenset("reject dismiss dispute contest".split())
"""Verbs that deny where what is turned down was claimed: rejected the allegation, not rejected the offer."""

_REQUESTED = frozenset(
    "request requests offer offers bid bids proposal proposals plan plans plea pleas appeal appeals application applications "
    "invitation invitations motion motions deal deals permit permits access entry visa visas bail parole asylum service services "
    "call calls bill bills challenge".split()
)
_CLAIMED = frozenset(
    "claim claims allegation allegations accusation accusations suggestion suggestions assertion assertions report reports "
    "charge charges criticism criticisms critique notion rumour rumours rumor rumors speculation argument arguments idea ideas "
    "finding findings characterization characterisation account story stories theory theories concern concerns fears it this that "
    "these those them".split()
)
_FIRST_WORDS = 10
_NEAR_START = 120
_NOT_TRUE = regex.compile(
    r"\b(?:no knowledge|nothing to do with|not true|untrue|baseless|unfounded|unsubstantiated|groundless|fabricat\w+|hoax|"
    r"n?either .{3,80} nor|no truth|(?:dismissed|rejected|denied|denies|denying) (?:those|these|the|any|all|that)|categorical(?:ly)? den\w+|pure fiction|nonsense|an? (?:\w+ ){0,2}lie|without (?:foundation|merit)|no (?:wrongdoing|involvement)|"
    r"false (?:claims?|allegations?|accusations?|reports?)|(?:is|are|was|were|as|him|it|them) (?:completely |totally |entirely |utterly )?false|"
    r"did nothing wrong|not guilty|(?:his|her|their|its) innocence|innocent of|"
    r"(?:did not|didn['’]t|had not|hadn['’]t) (?:commit|kill|steal|cheat|break (?:the|any) law|violate|take part|participate|collude|mishandle))\b",
    regex.IGNORECASE,
)
_NEVER = regex.compile(
    r"(?:that\s+)?[“\"'‘\s]*(?:he|she|they|it|I|we)(?:['’](?:ve|s|d)| has| have| had)? (?:-+ ?)?never\b"
    r"(?! (?:seen|heard|felt|thought|imagined|experienced|known|expected|forg|again|stop|let|be\b|gives?\b|want|wavered|"
    r"been (?:so|more|this|a)\b|had (?:so|such|a)\b))",
    regex.IGNORECASE,
)
_GUESS = regex.compile(
    r"\b(?:speculat\w*|rumou?r\w*|suspicions?|suspected|believed|thought to|said to|mentioned as|tipped (?:as|to)|feared|"
    r"(?:widely |generally )?(?:expected|assumed)|allegedly|supposedly|purportedly|presumably|tongues wag)\b",
    regex.IGNORECASE,
)
_NEGATED = regex.compile(r"\b(?:not|never|nor|neither|without|\p{L}+n['’]t)\b", regex.IGNORECASE)
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


def denial(content: str, lemma: str, groups: Collection[str]) -> str | None:
    """Why a claim is a denial, in words; None if it is none."""
    low = words_in(content)[:_FIRST_WORDS]
    if is_denying(lemma):
        return None if _is_refusal(low) else "is a denial"
    if lemma in TURNS_DOWN:
        turned_down = next((word for word in low if word in _CLAIMED | _REQUESTED), None)
        denied = turned_down in _CLAIMED if turned_down else lemma == "dispute"
        return "turns down what was claimed" if denied else None
    if "evidence" in groups and "clause" not in groups:
        return None
    start = content[:_NEAR_START]
    if _NOT_TRUE.search(start):
        return "introduces words that deny something"
    return "introduces what the speaker never did" if _NEVER.match(start) else None


def is_denying(lemma: str) -> bool:
    """Whether a verb denies by itself, also in a past form that no list holds."""
    return lemma in DENIES or lemma.removesuffix("ed") in DENIES


def is_negated(cue: str) -> bool:
    """Whether a cue says that something was not said: have not denied; neither confirmed nor denied."""
    return _NEGATED.search(cue) is not None


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


def _is_refusal(low: list[str]) -> bool:
    """Whether what is denied is something asked for or proposed: denied them bail, rebutted the plan."""
    return next((word in _REQUESTED for word in low if word in _CLAIMED | _REQUESTED), False)
