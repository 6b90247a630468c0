"""The history of a desk: what was done, by whom and when, each row bound to the row before it by its hash.

It only grows: an undo is a row of its own. So it is the audit trail and the undo stack in one, and outlives every restart.

The one exception is a source that is removed from everywhere: rows that named it are redacted. They keep the hash under which they were
written, so the chain is the same as ever, and the row of the purge has the hash of what each says from then on.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from claimdesk.core.claim import Article, Claim, Details
from claimdesk.core.desk.connection import CHANGED_MEANWHILE
from claimdesk.core.edits import Change, DetailsChange, Edit, Verb
from claimdesk.core.errors import DeskError
from claimdesk.core.past import Chain, Head, Kind, Step

if TYPE_CHECKING:
    from sqlite_utils import Database

Json = dict[str, Any]

_HASHED = ("id", "article", "kind", "verb", "sentence", "at", "who", "undoes", "prev_hash", "changes")
_AFTER = f"SELECT {', '.join(_HASHED)}, hash FROM history WHERE id > ? ORDER BY id LIMIT ?"  # noqa: S608
_NEWEST = f"""SELECT id, kind, undoes, sentence FROM history
    WHERE article IS ? AND id < ? AND kind <> 'import' AND verb <> '{Verb.PURGE_SOURCE}' ORDER BY id DESC LIMIT 1"""  # noqa: S608
_PURGES = (
    f"SELECT {', '.join(_HASHED)}, hash FROM history WHERE article IS NULL AND verb = '{Verb.PURGE_SOURCE}' ORDER BY id"  # noqa: S608
)
_UNDO_OF = (
    "SELECT id FROM history WHERE article IS ? AND kind = 'undo' AND undoes = ? AND id < ? ORDER BY id DESC LIMIT 1"
)
_LAST = 2**62
"""More than the id of any row."""
_INSERT = f"INSERT INTO history ({', '.join(_HASHED)}, hash) VALUES ({', '.join('?' * (len(_HASHED) + 1))})"  # noqa: S608
_KINDS = {kind.value: kind for kind in Kind}
_EVERYTHING = -1
"""SQLite's limit where there is none."""


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


def now() -> str:
    """The time in UTC, to the second, as ISO 8601."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def next_id(db: "Database") -> int:
    """The id of the row that is written next."""
    return int(db.execute("SELECT coalesce(max(id), 0) + 1 FROM history").fetchone()[0])


def head_to_note(db: "Database") -> Head:
    """How many rows there are, and the hash of the newest."""
    return Head(db.execute("SELECT count(*) FROM history").fetchone()[0], head(db))


def head(db: "Database") -> str:
    """The hash of the newest row, empty before the first."""
    row = db.execute("SELECT hash FROM history ORDER BY id DESC LIMIT 1").fetchone()
    return row[0] if row else ""


def append(
    db: "Database", article_id: int | None, kind: Kind, verb: str, sentence: str, who: str, changes: Json | list[Json],
    undoes: int | None = None,
) -> int:  # fmt: skip
    """Write one row, chained to the newest one; its id."""
    last, before = db.execute("SELECT id, hash FROM history ORDER BY id DESC LIMIT 1").fetchone() or (0, "")
    values = (last + 1, article_id, kind, verb, sentence, now(), who, undoes, before, _canonical(changes))
    row = dict(zip(_HASHED, values, strict=True))
    db.execute(_INSERT, [*values, _hash(row)])
    return int(last) + 1


def entries(db: "Database", article_id: int | None) -> list[HistoryEntry]:
    """What was done to one article, or to all, the oldest first."""
    of_article = "WHERE article = ?" if article_id is not None else ""
    rows = db.execute(
        f"SELECT id, article, verb, sentence, kind, at, who, undoes, hash FROM history {of_article} ORDER BY id",  # noqa: S608
        [article_id] if article_id is not None else [],
    ).fetchall()
    return [
        HistoryEntry(row_id, article, verb, sentence, Kind(kind), at, who, undoes, digest)
        for row_id, article, verb, sentence, kind, at, who, undoes, digest in rows
    ]


def next_undo(db: "Database", article_id: int | None) -> tuple[int, str] | None:
    """Id and sentence of the edit that can be undone next: the newest that stands."""
    row = db.execute(_NEWEST, [article_id, _LAST]).fetchone()
    while row and row[1] == Kind.UNDO:  # what stood before the edit that it took back stands now
        row = db.execute(_NEWEST, [article_id, row[2]]).fetchone()
    return (row[2] or row[0], row[3]) if row else None


def next_redo(db: "Database", article_id: int | None) -> tuple[int, str] | None:
    """Id and sentence of the edit that can be redone next; an edit after an undo makes what was undone before it final."""
    row = db.execute(_NEWEST, [article_id, _LAST]).fetchone()
    while row and row[1] == Kind.REDO:  # what could be redone before that edit was undone can be redone now
        undone = db.execute(_UNDO_OF, [article_id, row[2], row[0]]).fetchone()
        row = undone and db.execute(_NEWEST, [article_id, undone[0]]).fetchone()
    return (row[2], row[3]) if row and row[1] == Kind.UNDO else None


def past(db: "Database", article_id: int | None) -> list[Step]:
    """All that was done to an article, the newest first."""
    rows = db.execute(
        "SELECT id, kind, undoes, sentence, at, who FROM history WHERE article IS ? ORDER BY id", [article_id]
    ).fetchall()
    states, standing = _states(row[:3] for row in rows)
    steps = []
    for (row_id, kind, _, sentence, at, who), state in zip(reversed(rows), reversed(states), strict=True):
        place = standing.get(state)
        stands = place is not None or kind == Kind.UNDO
        steps.append(Step(row_id, _KINDS[kind], sentence, at, who, stands, place))
    return steps


def edits_after(db: "Database", article_id: int, row_id: int) -> list[tuple[int, str]] | None:
    """Id and sentence of the edits to be undone, in that order, until all is as it was right after a row.

    None where undo alone does not lead there.
    """
    rows = db.execute(
        "SELECT id, kind, undoes, sentence FROM history WHERE article = ? ORDER BY id", [article_id]
    ).fetchall()
    states, standing = _states(row[:3] for row in rows)
    state = next((state for row, state in zip(rows, states, strict=True) if row[0] == row_id), None)
    if state not in standing:
        return None
    sentences = {row[0]: row[3] for row in rows}
    return [(edit, sentences[edit]) for edit in islice(standing, standing[state])]


def _states(rows: Iterable[tuple[int, str, int | None]]) -> tuple[list[int], dict[int, int]]:
    """After each row (id, kind, undoes) the newest edit that stood, 0 for none; and those that stand now, the newest first.

    With each of the latter goes how many stand above it. An undo goes back to what stood below the edit that it undoes.
    """
    below = {0: 0}
    states = []
    top = 0
    for row_id, kind, undoes in rows:
        if kind == Kind.UNDO:
            top = below.get(undoes or 0, top)
        elif kind == Kind.REDO:
            top = undoes or top
        elif kind == Kind.EDIT:
            below[row_id] = top
            top = row_id
        states.append(top)
    standing: dict[int, int] = {}
    while top not in standing:
        standing[top] = len(standing)
        top = below.get(top, 0)
    return states, standing


def claims_told(db: "Database", row_id: int) -> list[int]:
    """The ids of the claims that a row of an article tells of, in its order; none of an import."""
    rows = db.execute(
        "SELECT value ->> 'id' FROM history, json_each(changes)"
        " WHERE history.id = ? AND kind <> 'import' AND article IS NOT NULL AND value ->> 'id' IS NOT NULL",
        [row_id],
    ).fetchall()
    return [claim_id for (claim_id,) in rows]


def told_since(db: "Database", row_id: int) -> tuple[int, frozenset[int | None]]:
    """The newest row's id, and the articles that the rows after `row_id` tell of."""
    rows = db.execute("SELECT id, article FROM history WHERE id > ? ORDER BY id", [row_id]).fetchall()
    return (rows[-1][0] if rows else row_id), frozenset(article for _, article in rows)


def follow(db: "Database", chain: Chain, limit: int = _EVERYTHING) -> Chain:
    """Follow the chain of hashes from where it was left, `limit` rows further at most; a redacted row is as its purge left it."""
    rows, last, before = chain.rows, chain.last, chain.hash
    redacted = _redacted(db)
    with closing(db.execute(_AFTER, [last, limit])) as found:
        for values in found:
            row = dict(zip(_HASHED, values, strict=False))
            if row["prev_hash"] != before or not _is_as_written(row, values[-1], redacted):
                return replace(chain, rows=rows, last=last, hash=before, broken=int(row["id"]))
            rows, last, before = rows + 1, row["id"], values[-1]
    return replace(chain, rows=rows, last=last, hash=before)


def first_broken(db: "Database", noted: Head | None = None) -> int | None:
    """The id of the first row that is not what was written, None if all are.

    Where a history that is whole in itself does not go through the `noted` head, rows at its end were cut off, or it was
    written anew.
    """
    noted = noted or Head()
    start = follow(db, Chain(), noted.rows)
    if start.broken is None and (start.rows, start.hash) != (noted.rows, noted.hash):
        return start.last + 1 if start.rows < noted.rows else start.last
    return follow(db, start).broken if start.broken is None else start.broken


def purges(db: "Database") -> tuple[int, int]:
    """How often a source was removed from everywhere, and how many rows of the history were redacted by that."""
    return len(db.execute(_PURGES).fetchall()), len(_redacted(db))


def rows_written(db: "Database") -> Iterator[Json]:
    """Every row but those of purges, in order; `as_written` says of each whether it is what was written, or what a purge left of it."""
    redacted = _redacted(db)
    with closing(db.execute(_AFTER, [0, _EVERYTHING])) as found:
        for values in found:
            row = dict(zip(_HASHED, values, strict=False))
            if row["verb"] != Verb.PURGE_SOURCE:
                yield row | {"as_written": _is_as_written(row, values[-1], redacted)}


def redact(db: "Database", rows: Sequence[Json], sentence: str, who: str) -> None:
    """Let rows say what they say here from now on, and write the row of the purge that tells of it.

    One that was not `as_written` is redacted like the others, and stays one that was tampered with.
    """
    guard = db.execute("SELECT sql FROM sqlite_schema WHERE name = 'history_is_never_rewritten'").fetchall()
    db.execute("DROP TRIGGER IF EXISTS history_is_never_rewritten")
    hashes = {}
    for row in rows:
        values = {name: row[name] for name in _HASHED}
        db.execute(
            "UPDATE history SET sentence = ?, changes = ? WHERE id = ?", [row["sentence"], row["changes"], row["id"]]
        )
        if row["as_written"]:
            hashes[str(row["id"])] = _hash(values)
    for (statement,) in guard:
        db.execute(statement)
    append(db, None, Kind.EDIT, Verb.PURGE_SOURCE, sentence, who, {"sources": [], "rows": [], "redacted": hashes})


def written(changes: Json | list[Json]) -> str:
    """Changes as a row of the history holds them."""
    return _canonical(changes)


def told(edit: Edit) -> list[Json]:
    """The edit as the history keeps it: new and deleted claims whole, of others only what differs.

    What changed about the article itself stands at the end, with no id.
    """
    changes = [_told(change) for change in edit.changes]
    if edit.details is not None:
        before, after = _differences(asdict(edit.details.before), asdict(edit.details.after))
        changes.append({"id": None, "before": before, "after": after})
    return changes


def ids_told(changes: Sequence[Json]) -> list[int]:
    """The ids of the claims that told changes speak of."""
    return [change["id"] for change in changes if change["id"] is not None]


def retold(changes: Sequence[Json], held: dict[int, Claim]) -> list[Change]:
    """Told changes as changes of the claims that the desk holds; raises DeskError where they do not fit those."""
    return [_retold(change, held.get(change["id"])) for change in changes if change["id"] is not None]


def retold_details(changes: Sequence[Json], article: Article) -> DetailsChange | None:
    """What told changes say of the article itself, None for nothing; raises DeskError where it does not fit what is known."""
    change = next((change for change in changes if change["id"] is None), None)
    if change is None:
        return None
    known = asdict(article.details)
    if not known.items() >= change["before"].items():
        raise DeskError(CHANGED_MEANWHILE)
    return DetailsChange(article.details, Details(**known | change["after"]))


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
        before, after = _differences(before, after)
    else:
        before, after = (claim and _without_empty(claim) for claim in (before, after))
    return {"id": change.claim_id, "before": before, "after": after}


def _differences(before: Json, after: Json) -> tuple[Json, Json]:
    differ = [key for key in before if before[key] != after[key]]
    return {key: before[key] for key in differ}, {key: after[key] for key in differ}


def _without_empty(claim: Json) -> Json:
    """A whole claim without what nobody added to it."""
    return {key: value for key, value in claim.items() if value or key not in Claim.ADDED}


def _retold(change: Json, held: Claim | None) -> Change:
    before, after = change["before"], change["after"]
    if before is None:
        return Change(None, Claim.from_json(after))
    if held is None or any(held.to_json()[key] != value for key, value in before.items()):
        raise DeskError(CHANGED_MEANWHILE)
    return Change(held, None if after is None else Claim.from_json(held.to_json() | after))


def _redacted(db: "Database") -> dict[int, str]:
    """The hashes of what redacted rows say now, by their id: the purge that came last counts.

    A purge that is not what was written redacts nothing, and none redacts rows that came after it.
    """
    found: dict[int, str] = {}
    for values in db.execute(_PURGES).fetchall():
        row = dict(zip(_HASHED, values, strict=False))
        if _hash(row) == values[-1]:
            hashes = json.loads(row["changes"])["redacted"]
            found |= {int(row_id): digest for row_id, digest in hashes.items() if int(row_id) < row["id"]}
    return found


def _is_as_written(row: Json, digest: str, redacted: dict[int, str]) -> bool:
    """Whether a row says what was written under this hash, or what a purge left of it; no purge redacts another."""
    found = _hash(row)
    return found == digest or (redacted.get(row["id"]) == found and row["verb"] != Verb.PURGE_SOURCE)


def _hash(row: Json) -> str:
    return hashlib.sha256(_canonical(row).encode()).hexdigest()


def _canonical(data: Json | list[Json]) -> str:
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
