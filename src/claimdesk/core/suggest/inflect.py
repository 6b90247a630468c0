"""English verb forms from lemmas, so that the lexicon can list each verb once."""

from typing import Literal

Form = Literal["base", "third", "past", "participle", "gerund"]

_IRREGULAR = {
    "say": "said said", "tell": "told told", "write": "wrote written", "think": "thought thought", "find": "found found",
    "swear": "swore sworn", "show": "showed shown", "speak": "spoke spoken", "see": "saw seen", "know": "knew known",
    "feel": "felt felt", "read": "read read", "seek": "sought sought", "forecast": "forecast forecast", "lay": "laid laid",
    "shoot": "shot shot", "foresee": "foresaw foreseen", "understand": "understood understood", "hold": "held held",
    "learn": "learned learned", "rebut": "rebutted rebutted", "prove": "proved proven", "put": "put put",
}  # fmt: skip
_DOUBLED = frozenset("admit permit refer rebut quip hint_ vet commit dub prefer plan submit".split())
_VOWELS = "aeiou"


def forms(lemma: str) -> dict[Form, str]:
    """The five forms of a verb: say, says, said, said, saying."""
    past, participle = _IRREGULAR[lemma].split() if lemma in _IRREGULAR else (_past(lemma),) * 2
    return {"base": lemma, "third": _third(lemma), "past": past, "participle": participle, "gerund": _gerund(lemma)}


def _third(lemma: str) -> str:
    if lemma.endswith(("s", "x", "z", "ch", "sh")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2] not in _VOWELS:
        return lemma[:-1] + "ies"
    return lemma + "s"


def _past(lemma: str) -> str:
    if lemma.endswith("e"):
        return lemma + "d"
    if lemma.endswith("y") and lemma[-2] not in _VOWELS:
        return lemma[:-1] + "ied"
    return (lemma + lemma[-1] if lemma in _DOUBLED else lemma) + "ed"


def _gerund(lemma: str) -> str:
    if lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")):
        return lemma[:-1] + "ing"
    return (lemma + lemma[-1] if lemma in _DOUBLED else lemma) + "ing"
