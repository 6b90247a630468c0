"""Whether somebody denies something: told by the verb of the cue and what it turns down, or by the words that are said."""

import regex

from claimdesk.core.suggest.kinds import words_in

_DENIES = regex.compile(
    r"\b(?:den(?:y|ies|ied|ying|ials? (?:of|that))|rebut|refut|pooh-pooh|debunk)\w*", regex.IGNORECASE
)
"""Verbs that deny by themselves, whatever their object."""
_TURNS_DOWN = regex.compile(
    r"\b(?:(?:reject|dismiss|contest|discount|downplay)(?:s|es|ed|ing)?|disput(?:e[sd]?|ing)(?! (?:over|between|about)\b)"
    r"|disagree\w* with|(?:push|hit|fir|punch)(?:es|ed|ing|e|s)? back (?:on|at|against)|scoff\w* at|t(?:ak\w+|ook) (?:\w+ )?issue with"
    r"|(?:brush|laugh|play|shrug|shoot|shot|knock|bat|swat|beat|strik|struck|wav)\w* (?:down|off|aside|away))\b",
    regex.IGNORECASE,
)
"""Verbs that deny where what they turn down was claimed: rejected the allegation, not rejected the offer."""
_TAKES_BACK = regex.compile(r"\b(?:repudiat|disavow|disclaim|contradict|walk\w* back\b)\w*", regex.IGNORECASE)
"""Verbs that deny where what they go against was said at all: disavowed his remarks, not disavowed a friend."""
_NO_ACT = regex.compile(
    r"\b(?:not|never|nor|neither|no|without|\p{L}+n['’]t|cannot|refus\w+|declin\w+|can|could|will|would|should|may|might|appear\w* to|effort to|vow\w* to)\b",
    regex.IGNORECASE,
)
"""Words of a cue that say that nothing was denied: has not denied, refusal to disavow, could deny."""
_CALLS = regex.compile(
    r"\b(?:call(?!\w* (?:on|for)\b)|brand|label|describ|derid|dub|denounc|slam|blast|characteri[sz])\w*",
    regex.IGNORECASE,
)
_REQUESTED = frozenset(
    "request requests offer offers bid bids proposal proposals plan plans plea pleas appeal appeals application applications "
    "invitation invitations motion motions deal deals permit permits access entry visa visas bail parole asylum service services "
    "call calls bill bills challenge change changes".split()
)
_CLAIMED = frozenset(
    "claim claims allegation allegations accusation accusations suggestion suggestions assertion assertions report reports "
    "charge charges criticism criticisms critique critiques notion rumour rumours rumor rumors speculation argument arguments "
    "idea ideas finding findings characterization characterisation account story stories theory theories concern concerns fears "
    "implication implications insinuation insinuations contention assessment assessments comparison comparisons it this that".split()
)
_SAID = _CLAIMED | frozenset("remark remarks comment comments statement statements view views stance stances".split())
_POINTERS = frozenset("it this that".split())
_FIRST_WORDS, _NEXT = 10, 2
_NEAR_START = 120
_MARKS = regex.compile(r"[“”\"]|''|(?<!\p{L})['‘’]|['’](?!\p{L})")
_GIVEN = regex.compile(
    r"(?:him|her|them|us|me)\b(?! \p{L}+ing\b)|.{3,60} status to\b|(?:(?:[Tt]he|[Hh]is|[Hh]er|its|[Tt]heir|our|my) )?"
    r"(?!(?:that|all|any|both|either|with|in|at|on|to|of|if|whether)\b|\p{L}+ing\b)[\p{L}.-]+(?: \p{Lu}[\p{L}.-]+)? (?:an?|the|any|another)\b"
)
"""Something that somebody is not given: Lind a photograph, his party the victory, them bail."""
_UNTRUE = (
    r"(?:not true|untrue|false(?! (?!and|but|as|because)\p{Ll})|baseless|unfounded|unsubstantiated|groundless|fabricat\w+|nonsense"
    r"|propaganda(?! for\b)|hogwash|bogus|hot air|an? misunderstanding|fiction|an? hoax|an? (?:[\w-]+ ){0,2}lie|lies|without (?:foundation|merit))\b"
)
_CALLED_UNTRUE = regex.compile(
    rf"\b{_UNTRUE}|(?:charge|claim|allegation|accusation|suggestion|report|story|assertion|it|that)s?\b.{{0,40}}?"
    r"\b(?:pathetic|ridiculous|absurd|preposterous|laughable|ludicrous|wrong|inaccurate|misleading)\b",
    regex.IGNORECASE,
)
_CLAIM = r"(?:claim|allegation|accusation|charge|report|assertion|suggestion|rumou?r|notion|insinuation|implication|characteri[sz]ation)s?"
_SELF = r"(?:that )?(?:he|she|they|it|I|we)"
_NOT_SO = regex.compile(
    rf"\b(?:is|are|was|were|(?:that|it|this|he|she)['’]s|['’]re) (?:[\w-]+ ){{0,3}}?{_UNTRUE}|(?:^|[,.!] ){_UNTRUE}"
    r"|(?<!who ha[sd] |who have )\bno knowledge of\b|\b(?:nothing to do with|no truth|no (?:wrongdoing|involvement)"
    r"|did nothing (?:wrong|illegal|improper)|(?:^|plea of |is |are |was |were )not guilty|innocent of|categorical(?:ly)? den\w+"
    rf"|(?<!had |is |are |was |were |being |been )(?:reject|dismiss|den(?:y|ie)|disput|refut)(?:s|d|es|ed|e|ing)? (?:those|these|any|all|the|that) (?:\w+ )?{_CLAIM}"
    rf"|disagree with (?:the|that|this|any) (?:\w+ )?{_CLAIM}|using (?:\w+ )?false {_CLAIM}"
    r"|(?:did not|didn['’]t|had not|hadn['’]t) (?:commit|kill|steal|cheat|break (?:the|any) law|violate|take part|participate|collude|mishandle))\b"
    r"|\b(?:his|her|their|its) innocence\b"
    r"|^(?:that )?(?:\w+ )?n?either .{3,80} nor .{0,30}?\b(?:has|had|have|ever|did|was|were|helped|received?|asked|took|made|knew|played)\b",
    regex.IGNORECASE,
)
_NEVER_DID = regex.compile(
    rf"(?:^{_SELF}|(?:[.!?…] )(?:I|we))(?:['’](?:ve|d)| has| have| had)?[ ,-]+never\b(?:[ ,-]+(?:ever|never|would have|has|had|have|actually|even|once|personally))*"
    r"[ ,-]+(?:sa(?:y|id)|suggest|tell|told|claim|promis|pledg|ask|threat|endors|call|mean|imply|implied|intend|touch|made contact"
    r"|s[eo]ld|took|taken?|stole|paid|pay|accept|receiv|sent|send|provid|instruct|used?\b|hit\b|harm|hurt|abus|cheat|lied|did|done"
    r"|discuss|agree|offer|dump|been \w+ed\b)",
    regex.IGNORECASE,
)
_NOT_TRYING = regex.compile(
    rf"{_SELF}(?: (?:is|are|was|were|am) not| (?:is|are|was|were)n['’]t|['’](?:m|s|re) not) (?:\w+ly )?"
    r"(?:hiding(?! the fact\b)|avoiding|dodging|(?:trying|seeking|attempting|meaning) to)\b",
    regex.IGNORECASE,
)
_NO_ASSERTION = regex.compile(r"(?:if|whether|an?|between)\b", regex.IGNORECASE)
"""How words begin that assert nothing: an unfounded perception, if they did not take part."""


def denial(cue: str, content: str, *, by_words: bool = True) -> str | None:
    """Why a claim is a denial, in words; None if it is none. Without `by_words` only the verb of the cue counts."""
    if _NO_ACT.search(cue):
        return None
    said = _MARKS.sub("", content).strip()
    if _DENIES.search(cue):
        return None if _is_refusal(said) else "is a denial"
    for verbs, objects in ((_TAKES_BACK, _SAID), (_TURNS_DOWN, _CLAIMED)):
        verb = verbs.search(cue)
        if verb is not None:
            turned_down = _first_told(f"{cue[verb.end() :]} {said}", objects)
            denied = turned_down in objects if turned_down else verb.group().lower().startswith("disput")
            return "turns down what was claimed" if denied else None
    if not by_words:
        return None
    if _CALLS.search(cue):
        return "calls something untrue" if _CALLED_UNTRUE.search(said[:_NEAR_START]) else None
    return None if _NO_ASSERTION.match(said) else _said(said)


def _said(said: str) -> str | None:
    """Why words deny something, whatever verb introduces them."""
    start = said[:_NEAR_START]
    if _NOT_SO.search(start):
        return "introduces words that deny something"
    if _NEVER_DID.search(said):
        return "introduces what the speaker never did"
    return "introduces what the speaker is not doing" if _NOT_TRYING.match(start) else None


def _is_refusal(said: str) -> bool:
    """Whether what is denied is something asked for or not given: denied them bail, rebutted the plan."""
    told = _first_told(said, _CLAIMED)
    return told in _REQUESTED if told else _GIVEN.match(said) is not None


def _first_told(words: str, objects: frozenset[str]) -> str | None:
    """The word that says what is turned down: one of `objects`, or something that was asked for; "this" only before neither."""
    low = words_in(words)[:_FIRST_WORDS]
    told = [(at, word) for at, word in enumerate(low) if word in objects | _REQUESTED]
    if len(told) > 1 and told[0][1] in _POINTERS and told[1][0] - told[0][0] <= _NEXT:
        del told[0]
    return told[0][1] if told else None
