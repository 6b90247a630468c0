"""What each format is for, in the words of somebody who has to choose one, and what some of them hold beside the report."""

_PURPOSES: dict[str, str] = {
    ".docx": "For an editor: each claim as a comment in Word",
    ".odt": "For an editor: each claim as a comment in LibreOffice",
    ".pdf": "For a lawyer and the files: to read and to print",
    ".html": "To read in any browser, also offline",
    ".xlsx": "One row a claim: to sort, filter and count",
    ".csv": "One row a claim, for any spreadsheet",
    ".md": "Plain text with footnotes, for notes and wikis",
    ".json": "The whole review, for other programs and desks",
    ".jsonld": "Annotations and claim reviews for the web",
    ".qdpx": "For programs that code texts, such as QualCoder",
    ".claimdesk": "For a colleague: to review it further in ClaimDesk",
}
_MORE: dict[str, str] = {
    ".json": "Holds the whole review, so all levels, suggestions, dismissed claims and the history of this article go with it.",
    ".claimdesk": (
        "Holds the whole review, so all levels, suggestions, dismissed claims and the history of this article go with it; "
        "where no name is withheld, also the file that the article came from and the files that are kept as evidence."
    ),
}


def purpose(ending: str) -> str:
    """What the format of an ending is for, in a few words; empty where nobody said."""
    return _PURPOSES.get(ending, "")


def more(ending: str) -> str:
    """What a file of this ending holds whatever is chosen, in a sentence; empty where it holds the report that was chosen."""
    return _MORE.get(ending, "")
