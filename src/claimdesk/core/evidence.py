"""What a checker adds to a claim: evidence with its grade, a verdict, the terms, the log of asking for a reply."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any, Self
from urllib.parse import urlsplit


class Terms(StrEnum):
    """On which terms a source spoke."""

    ON_RECORD = "on_record"
    BACKGROUND = "background"
    DEEP_BACKGROUND = "deep_background"
    OFF_RECORD = "off_record"


class EvidenceKind(StrEnum):
    """What a piece of evidence is."""

    URL = "url"
    FILE = "file"
    DOCUMENT = "document"
    INTERVIEW = "interview"


class Stance(StrEnum):
    """What a piece of evidence does to the claim."""

    SUPPORTS = "supports"
    REFUTES = "refutes"
    CONTEXT = "context"


class Reliability(StrEnum):
    """The Admiralty grade of a source, A to F (NATO AJP-2.1)."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"

    @property
    def meaning(self) -> str:
        """The grade in words."""
        return _RELIABILITY[self]


class Credibility(StrEnum):
    """The Admiralty grade of a piece of information, 1 to 6 (NATO AJP-2.1)."""

    ONE = "1"
    TWO = "2"
    THREE = "3"
    FOUR = "4"
    FIVE = "5"
    SIX = "6"

    @property
    def meaning(self) -> str:
        """The grade in words."""
        return _CREDIBILITY[self]


_RELIABILITY = {
    Reliability.A: "completely reliable",
    Reliability.B: "usually reliable",
    Reliability.C: "fairly reliable",
    Reliability.D: "not usually reliable",
    Reliability.E: "unreliable",
    Reliability.F: "reliability cannot be judged",
}
_CREDIBILITY = {
    Credibility.ONE: "confirmed by other sources",
    Credibility.TWO: "probably true",
    Credibility.THREE: "possibly true",
    Credibility.FOUR: "doubtful",
    Credibility.FIVE: "improbable",
    Credibility.SIX: "truth cannot be judged",
}


class Verdict(StrEnum):
    """What the checker concluded of a claim."""

    CONFIRMED = "confirmed"
    PARTLY = "partly"
    MISLEADING = "misleading"
    REFUTED = "refuted"
    UNPROVEN = "unproven"

    @property
    def label(self) -> str:
        """The verdict in words."""
        return _VERDICTS[self]

    @property
    def glyph(self) -> str:
        """Its mark, which needs no colour."""
        return _MARKS[self]


_VERDICTS = {
    Verdict.CONFIRMED: "Confirmed",
    Verdict.PARTLY: "Partly confirmed",
    Verdict.MISLEADING: "Misleading",
    Verdict.REFUTED: "Refuted",
    Verdict.UNPROVEN: "Cannot be proven",
}
_MARKS = {
    Verdict.CONFIRMED: "⊕",
    Verdict.PARTLY: "◐",
    Verdict.MISLEADING: "◇",
    Verdict.REFUTED: "⊖",
    Verdict.UNPROVEN: "◌",
}


class AnonymityCheck(StrEnum):
    """What a newsroom asks before it lets a source stay unnamed; ticked where the answer is yes."""

    IDENTITY = "identity"
    FIRST_HAND = "first_hand"
    MOTIVE = "motive"
    NO_OTHER_WAY = "no_other_way"
    DESCRIPTION = "description"
    SECOND_SOURCE = "second_source"

    @property
    def question(self) -> str:
        """What is asked."""
        return _ANONYMITY[self]


_ANONYMITY = {
    AnonymityCheck.IDENTITY: "An editor knows who the source is",
    AnonymityCheck.FIRST_HAND: "The source knows it at first hand",
    AnonymityCheck.MOTIVE: "The source's motive is known and told",
    AnonymityCheck.NO_OTHER_WAY: "It cannot be had on the record",
    AnonymityCheck.DESCRIPTION: "How the source is described is agreed, and true",
    AnonymityCheck.SECOND_SOURCE: "A second, independent source confirms it",
}


def is_web_address(words: str) -> bool:
    """Whether the words are one address that a browser can open, and nothing else: http or https, with a host."""
    if any(letter.isspace() or not letter.isprintable() for letter in words):
        return False
    try:
        parts = urlsplit(words)
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that bears on whether a claim is true.

    `locator` is the address, the name of the file, or who was asked; `archive` the address of an archived copy; `page` a
    page or a time ("p. 12", "03:15"); `retrieved` an ISO date. `sha256` (hexadecimal) names the file that the desk keeps,
    empty where none is kept. The two grades are None where nobody gave them.
    """

    kind: EvidenceKind
    locator: str
    title: str = ""
    stance: Stance = Stance.SUPPORTS
    quote: str = ""
    page: str = ""
    archive: str = ""
    retrieved: str = ""
    sha256: str = ""
    reliability: Reliability | None = None
    credibility: Credibility | None = None
    note: str = ""

    @property
    def about(self) -> tuple[str, str]:
        """What tells it from others on the same claim, whatever else is said of it."""
        return self.kind, self.locator

    @property
    def grade(self) -> str:
        """The Admiralty grade as it is written, "B2"; a dash stands for the half that nobody gave, empty if both."""
        if self.reliability is None and self.credibility is None:
            return ""
        return f"{self.reliability or '–'}{self.credibility or '–'}"

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)

    def rewritten(self, write: Callable[[str], str]) -> "Evidence":
        """The same with everything that somebody may have typed as `write` gives it; what names a kept file stays."""
        return replace(
            self,
            locator=write(self.locator),
            title=write(self.title),
            quote=write(self.quote),
            page=write(self.page),
            archive=write(self.archive),
            retrieved=write(self.retrieved),
            note=write(self.note),
        )

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The evidence that `to_json` wrote; raises KeyError, TypeError or ValueError where `data` is none."""
        known = data | {"kind": EvidenceKind(data["kind"]), "stance": Stance(data["stance"])}
        known["reliability"] = Reliability(data["reliability"]) if data["reliability"] else None
        known["credibility"] = Credibility(data["credibility"]) if data["credibility"] else None
        return cls(**known)


@dataclass(frozen=True, slots=True)
class Reply:
    """One entry of the right-of-reply log: who was asked when and how, and what they answered; the days are ISO dates."""

    whom: str
    asked: str
    channel: str = ""
    answered: str = ""
    answer: str = ""

    @property
    def about(self) -> str:
        """What tells it from others on the same claim, whatever else is said of it."""
        return self.whom

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)

    def rewritten(self, write: Callable[[str], str]) -> "Reply":
        """The same with everything that somebody may have typed as `write` gives it."""
        return Reply(**{name: write(value) for name, value in asdict(self).items()})

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The entry that `to_json` wrote; raises TypeError where `data` is none."""
        return cls(**data)
