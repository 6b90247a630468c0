"""What a checker added to claims, as rows: evidence, the log of replies, tags and answered questions."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import astuple, fields
from typing import TYPE_CHECKING

from claimdesk.core.claim import Claim
from claimdesk.core.evidence import Evidence, Reply

if TYPE_CHECKING:
    from sqlite_utils import Database

TAG, ANONYMITY = "tag", "anonymity"
"""The kinds of single words that claims carry."""

_EVIDENCE = tuple(field.name for field in fields(Evidence))
_REPLY = tuple(field.name for field in fields(Reply))


def load_evidence(db: "Database", chosen: Sequence[str]) -> dict[int, list[Evidence]]:
    """Claim id to its evidence; `chosen` holds the ids as one JSON list."""
    found: dict[int, list[Evidence]] = defaultdict(list)
    for claim_id, *values in db.execute(_select("evidence", _EVIDENCE), chosen).fetchall():
        found[claim_id].append(Evidence.from_json(dict(zip(_EVIDENCE, values, strict=True))))
    return found


def load_replies(db: "Database", chosen: Sequence[str]) -> dict[int, list[Reply]]:
    """Claim id to its log of replies; `chosen` holds the ids as one JSON list."""
    found: dict[int, list[Reply]] = defaultdict(list)
    for claim_id, *values in db.execute(_select("reply", _REPLY), chosen).fetchall():
        found[claim_id].append(Reply(*values))
    return found


def load_words(db: "Database", chosen: Sequence[str]) -> dict[tuple[int, str], list[str]]:
    """Claim id and kind to its words of that kind; `chosen` holds the ids as one JSON list."""
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    for claim_id, kind, word in db.execute(_select("claim_word", ("kind", "word")), chosen).fetchall():
        found[claim_id, kind].append(word)
    return found


def write_evidence(db: "Database", claims: Iterable[Claim]) -> None:
    """Write the evidence of claims that have no rows of it."""
    rows = [(claim.id, place, *astuple(one)) for claim in claims for place, one in enumerate(claim.evidence)]
    db.conn.executemany(_insert("evidence", _EVIDENCE), rows)


def write_replies(db: "Database", claims: Iterable[Claim]) -> None:
    """Write the replies of claims that have no rows of them."""
    rows = [(claim.id, place, *astuple(one)) for claim in claims for place, one in enumerate(claim.replies)]
    db.conn.executemany(_insert("reply", _REPLY), rows)


def write_words(db: "Database", claims: Iterable[Claim]) -> None:
    """Write the tags and answered questions of claims that have no rows of them."""
    rows = [
        (claim.id, place, kind, word)
        for claim in claims
        for place, (kind, word) in enumerate(
            [*((TAG, tag) for tag in claim.tags), *((ANONYMITY, one) for one in claim.anonymity)]
        )
    ]
    db.conn.executemany(_insert("claim_word", ("kind", "word")), rows)


def _select(table: str, columns: Sequence[str]) -> str:
    return (
        f"SELECT claim, {', '.join(columns)} FROM {table}"  # noqa: S608
        " WHERE claim IN (SELECT value FROM json_each(?)) ORDER BY claim, place"
    )


def _insert(table: str, columns: Sequence[str]) -> str:
    return f"INSERT INTO {table} (claim, place, {', '.join(columns)}) VALUES ({', '.join('?' * (len(columns) + 2))})"  # noqa: S608
