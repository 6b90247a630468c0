"""What the inspector calls the values of a claim."""

from claimdesk.core.claim import Certainty, Manner, Review
from claimdesk.core.evidence import EvidenceKind, Stance, Terms

STATE = {
    Review.SUGGESTED: "to review",
    Review.ACCEPTED: "accepted",
    Review.DISMISSED: "dismissed",
}
MANNER: dict[Manner | None, str] = {
    None: "manner not known",
    Manner.DIRECT: "quoted",
    Manner.INDIRECT: "in other words",
    Manner.MIXED: "partly quoted",
}
CERTAINTY: dict[Certainty | None, str] = {
    None: "certainty not known",
    Certainty.CERTAIN: "without a hedge",
    Certainty.PROBABLE: "hedged as probable",
    Certainty.POSSIBLE: "hedged as possible",
    Certainty.ALLEGED: "hedged as alleged",
}
TERMS: dict[Terms | None, tuple[str, str]] = {
    None: ("not said", "Nobody has said on which terms the source spoke"),
    Terms.ON_RECORD: ("on the record", "Words and name may be printed"),
    Terms.BACKGROUND: (
        "background",
        "The words may be printed, the name may not; how the source is described is agreed",
    ),
    Terms.DEEP_BACKGROUND: ("deep background", "What was said may be used, without any source for it"),
    Terms.OFF_RECORD: ("off the record", "Nothing of it may be printed"),
}
KINDS = {
    EvidenceKind.URL: "Web address",
    EvidenceKind.FILE: "File",
    EvidenceKind.DOCUMENT: "Document",
    EvidenceKind.INTERVIEW: "Interview",
}
LOCATORS = {
    EvidenceKind.URL: ("Address", "https://…"),
    EvidenceKind.FILE: ("File", "The name of the file"),
    EvidenceKind.DOCUMENT: ("Document", "Title, number or shelf mark"),
    EvidenceKind.INTERVIEW: ("Person", "Who was asked"),
}
"""What the locator of each kind is called, and what is written there."""
STANCES = {
    Stance.SUPPORTS: ("supports", "It speaks for the claim"),
    Stance.REFUTES: ("refutes", "It speaks against the claim"),
    Stance.CONTEXT: ("context", "It helps to understand the claim"),
}


def pieces(count: int) -> str:
    """How much evidence there is: "1 piece of evidence"."""
    return "1 piece of evidence" if count == 1 else f"{count} pieces of evidence"
