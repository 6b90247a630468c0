"""The history of a desk: what was done, by whom and when, each row bound to the row before it by its hash.

It only grows: an undo is a row of its own. So it is the audit trail and the undo stack in one, and outlives every restart.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from claimdesk.core.claim import Claim
from claimdesk.core.desk.connection import CHANGED_MEANWHILE
from claimdesk.core.edits import Change
from claimdesk.core.errors import DeskError

if TYPE_CHECKING:
    from sqlite_utils import Database

Json = dict[str, Any]

_HASHED = ("id", "article", "kind", "verb", "sentence", "at", "who", "undoes", "prev_hash", "changes")
_ALL = f"SELECT {', '.join(_HASHED)}, hash FROM history ORDER BY id"  # noqa: S608


class Kind(StrEnum):
    """What a row of the history tells of."""

    IMPORT = "import"
    EDIT = "edit"
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One thing that was done; `article_id` is None for what belongs to no article.

    `at` is ISO time in UTC; `undoes` the edit that an undo took back, or a redo brought back.
    """

    id: int
    article_id: int | None
    verb: str
    sentence: str
    kind: Kind
    at: str
    who: str
    undoes: int | None
    hash: str


@dataclass(frozen=True, slots=True)
class Steps:
    """The edits that can be undone, and those that can be redone; the next one stands last in each."""

    done: tuple[tuple[int, str], ...]
    undone: tuple[tuple[int, str], ...]


def now() -> str:
    """The time in UTC, to the second, as ISO 8601."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def next_id(db: "Database") -> int:
    """The id of the row that is written next."""
    return int(db.execute("SELECT coalesce(max(id), 0) + 1 FROM history").fetchone()[0])


def head(db: "Database") -> str:
    """The hash of the newest row, empty before the first."""
    row = db.execute("SELECT hash FROM history ORDER BY id DESC LIMIT 1").fetchone()
    return row[0] if row else ""


def append(
    db: "Database", article_id: int | None, kind: Kind, verb: str, sentence: str, who: str, changes: Json | list[Json],
    undoes: int | None = None,
) -> None:  # fmt: skip
    """Write one row, chained to the newest one."""
    values = (next_id(db), article_id, kind, verb, sentence, now(), who, undoes, head(db), _canonical(changes))
    row = dict(zip(_HASHED, values, strict=True))
    db.table("history").insert(row | {"hash": _hash(row)})


def entries(db: "Database", article_id: int | None) -> list[HistoryEntry]:
    """What was done to one article, or to all, the oldest first."""
    rows = db.execute(
        "SELECT id, article, verb, sentence, kind, at, who, undoes, hash FROM history"
        " WHERE ?1 IS NULL OR article = ?1 ORDER BY id",
        [article_id],
    ).fetchall()
    return [
        HistoryEntry(row_id, article, verb, sentence, Kind(kind), at, who, undoes, digest)
        for row_id, article, verb, sentence, kind, at, who, undoes, digest in rows
    ]


def steps(db: "Database", article_id: int | None) -> Steps:
    """What can be undone and redone in an article, or in the register (None).

    An edit after an undo makes what was undone before it final.
    """
    done: list[tuple[int, str]] = []
    undone: list[tuple[int, str]] = []
    for row_id, kind, sentence in db.execute(
        "SELECT id, kind, sentence FROM history WHERE article IS ? AND kind <> 'import' ORDER BY id", [article_id]
    ).fetchall():
        match Kind(kind):
            case Kind.UNDO:
                undone.append(done.pop())
            case Kind.REDO:
                done.append(undone.pop())
            case _:
                done.append((row_id, sentence))
                undone.clear()
    return Steps(tuple(done), tuple(undone))


def first_broken(db: "Database") -> int | None:
    """The id of the first row that is not what was written, or does not follow from the row before; None if all do."""
    before = ""
    for values in db.execute(_ALL):
        row = dict(zip(_HASHED, values, strict=False))
        if row["prev_hash"] != before or _hash(row) != values[-1]:
            return int(row["id"])
        before = values[-1]
    return None


def told(changes: Sequence[Change]) -> list[Json]:
    """The changes as the history keeps them: new and deleted claims whole, of others only what differs."""
    return [_told(change) for change in changes]


def ids_told(changes: Sequence[Json]) -> list[int]:
    """The ids of the claims that told changes speak of."""
    return [change["id"] for change in changes]


def retold(changes: Sequence[Json], held: dict[int, Claim]) -> list[Change]:
    """Told changes as changes of the claims that the desk holds; raises DeskError where they do not fit those."""
    return [_retold(change, held.get(change["id"])) for change in changes]


def backwards(changes: Sequence[Json]) -> list[Json]:
    """Told changes that take back the given ones."""
    return [{"id": change["id"], "before": change["after"], "after": change["before"]} for change in reversed(changes)]


def fits(change: Json, held: dict[int, Claim]) -> bool:
    """Whether a told change of a claim that is there can be done to what the desk holds of it."""
    claim = held.get(change["id"])
    return claim is not None and all(claim.to_json()[key] == value for key, value in change["before"].items())


def load_changes(db: "Database", row_id: int) -> tuple[str, Any]:
    """The verb of a row and the changes that it tells of."""
    verb, changes = db.execute("SELECT verb, changes FROM history WHERE id = ?", [row_id]).fetchone()
    return verb, json.loads(changes)


def _told(change: Change) -> Json:
    before = change.before.to_json() if change.before else None
    after = change.after.to_json() if change.after else None
    if before and after:
        differ = [key for key in before if before[key] != after[key]]
        before, after = ({key: claim[key] for key in differ} for claim in (before, after))
    return {"id": change.claim_id, "before": before, "after": after}


def _retold(change: Json, held: Claim | None) -> Change:
    before, after = change["before"], change["after"]
    if before is None:
        return Change(None, Claim.from_json(after))
    if held is None or any(held.to_json()[key] != value for key, value in before.items()):
        raise DeskError(CHANGED_MEANWHILE)
    return Change(held, None if after is None else Claim.from_json(held.to_json() | after))


def _hash(row: Json) -> str:
    return hashlib.sha256(_canonical(row).encode()).hexdigest()


def _canonical(data: Json | list[Json]) -> str:
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
