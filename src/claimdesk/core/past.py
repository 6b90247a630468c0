"""What was done to an article, step by step, as its history shows it to a person."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Self


class Kind(StrEnum):
    """What a row of the history tells of."""

    IMPORT = "import"
    EDIT = "edit"
    UNDO = "undo"
    REDO = "redo"


class Step(NamedTuple):
    """One thing that was done to an article, at `at` (ISO time in UTC).

    `stands` is False for an edit that was taken back. `back` says how many edits must be taken back until the article is again
    as it was right after this step, 0 if it is so now; None where undo alone does not lead there.
    What was done `elsewhere`, on the desk of somebody whose case came here, has an id below 0 and is not undone here.
    """

    id: int
    kind: Kind
    sentence: str
    at: str
    who: str
    stands: bool
    back: int | None
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Chain:
    """How far a history's chain of hashes was followed: so many rows, the last of which has this id and hash.

    `broken` is the id of the first row that is not what was written there, or does not follow from the row before.
    """

    rows: int = 0
    last: int = 0
    hash: str = ""
    broken: int | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """How a history ended at some time: how many rows it had, and the hash of the last. Who notes it can tell later if rows were cut off."""

    rows: int = 0
    hash: str = ""

    def __str__(self) -> str:
        return f"{self.rows}:{self.hash}"

    @classmethod
    def read(cls, noted: str) -> Self:
        """What `str` wrote; raises ValueError for what is none."""
        rows, _, digest = noted.strip().partition(":")
        if not (rows.isdecimal() and len(digest) == 64):
            raise ValueError(noted)
        return cls(int(rows), digest.lower())
