"""The attribution level of a claim from its source, its cue and its words, in the order of precedence of the nine levels."""

import regex

from claimdesk.core.suggest.kinds import words_in

_SAYS = {
    "media": "source is a news outlet or the press",
    "document": "source is a document or data",
    "anonymous": "source is not named",
    "expert": "source is an expert",
    "official": "source speaks for an institution or holds an office",
    "witness": "source speaks for themselves",
}
_DENIES = frozenset("deny rebut refute repudiate disavow disclaim".split())
_TURNS_DOWN = frozenset("reject dismiss dispute contest".split())
_REQUESTED = frozenset(
    "request requests offer offers bid bids proposal proposals plan plans plea pleas appeal appeals application applications "
    "invitation invitations motion motions deal deals".split()
)
_CLAIMED = frozenset(
    "claim claims allegation allegations accusation accusations suggestion suggestions assertion assertions report reports "
    "charge charges criticism notion rumour rumours rumor rumors speculation argument arguments".split()
)
_NOT_TRUE = regex.compile(
    r"\b(?:no knowledge|nothing to do with|not true|untrue|baseless|unfounded|unsubstantiated|groundless|fabricat\w+|hoax|"
    r"neither .{3,80} nor|no truth|pure fiction|nonsense|without (?:foundation|merit)|no (?:wrongdoing|involvement)|"
    r"false (?:claims?|allegations?|accusations?|reports?)|(?:is|are|was|were|as|him|it|them) (?:completely |totally |entirely |utterly )?false|"
    r"did nothing wrong)\b",
    regex.IGNORECASE,
)


def level_of(
    source: str, kind: str | None, cue: str, content: str, lemma: str, groups: frozenset[str]
) -> tuple[str, str]:
    """The level's slug and the reason in words that a person understands."""
    tied = f"cue “{cue}”"
    if _is_denial(content, lemma, groups):
        return (
            "denial",
            f"{tied} is a denial" if lemma in _DENIES | _TURNS_DOWN else f"{tied}, and the words deny something",
        )
    if "speculation" in groups:
        return "speculation", f"{tied}, and nobody who could be asked"
    if not source or source.lower() == "you":
        return "unattributed", f"{tied}, and no source is named"
    if kind is None:
        kind = "witness" if source.lower() in {"i", "we"} else "official"
    return kind, f"{tied}; {_SAYS[kind]}"


def _is_denial(content: str, lemma: str, groups: frozenset[str]) -> bool:
    if lemma in _DENIES:
        return True
    if lemma in _TURNS_DOWN:
        return next((word in _CLAIMED for word in words_in(content)[:10] if word in _CLAIMED | _REQUESTED), True)
    return groups.isdisjoint({"speculation", "evidence"}) and _NOT_TRUE.search(content) is not None
