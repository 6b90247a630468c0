"""The sources of a desk as values, and values as rows; every function runs inside a transaction of its caller.

A row of `source` keeps its name for ever and is never taken away, so what an undo in an article brings back finds it as it was. The
one exception is a source that is removed from everywhere, the history included.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from claimdesk.core.desk import records, search
from claimdesk.core.desk.connection import CHANGED_MEANWHILE
from claimdesk.core.errors import DeskError
from claimdesk.core.sources import Source, SourceChange, SourcedClaim, SourceKind, SourceSummary, folded, listed

if TYPE_CHECKING:
    from sqlite_utils import Database

Json = dict[str, Any]

_TOLD = ("kind", "role", "affiliation", "aliases", "confidential", "pseudonym", "note")
"""What the history tells of a source: everything that can change."""
_KINDS = {kind.value: kind for kind in SourceKind}
_COLUMNS = "source.id, source.name, kind, role, affiliation, confidential, pseudonym, source.note"


def load_register(db: "Database", *, counted: bool = True) -> list[SourceSummary]:
    """Every source with its counts, in which dismissed claims are left out, by name; 0 or 1 where they are not `counted`."""
    aliases = _load_aliases(db)
    rows = db.execute(_COUNTED if counted else _UNCOUNTED).fetchall()
    summaries = [SourceSummary(_source(row[:8], aliases), *row[8:]) for row in rows]
    return sorted(summaries, key=lambda summary: (folded(summary.source.name), summary.source.id))


_COUNTED = (
    f"SELECT {_COLUMNS}, count(DISTINCT claim.id), count(DISTINCT claim.article) FROM source"  # noqa: S608
    " LEFT JOIN attribution ON attribution.source = source.id"
    " LEFT JOIN claim ON claim.id = attribution.claim AND claim.review <> 'dismissed' GROUP BY source.id"
)
_ANY = (
    "EXISTS (SELECT 1 FROM attribution JOIN claim ON claim.id = attribution.claim"
    " WHERE attribution.source = source.id AND claim.review <> 'dismissed')"
)
_UNCOUNTED = f"SELECT {_COLUMNS}, any, any FROM (SELECT *, {_ANY} AS any FROM source) AS source"  # noqa: S608


def load_known(db: "Database", *, confidential: bool = False) -> list[Source]:
    """The sources that the register shows, or the confidential ones of them, uncounted and so in a fraction of the time.

    Here claims that were dismissed keep a source in sight.
    """
    where = "WHERE confidential = 1 OR id IN (SELECT source FROM source_alias)" if confidential else ""
    aliases = _load_aliases(db)
    rows = db.execute(
        f"SELECT {_COLUMNS}, EXISTS (SELECT 1 FROM attribution WHERE attribution.source = source.id) FROM source {where}"  # noqa: S608
    ).fetchall()
    shown = listed([SourceSummary(_source(row[:8], aliases), row[8], row[8]) for row in rows])
    return [entry.source for entry in shown if entry.source.confidential or not confidential]


def load_all(db: "Database") -> list[Source]:
    """Every source that the desk knows, uncounted, also those whose claims went to another."""
    aliases = _load_aliases(db)
    return [_source(row, aliases) for row in db.execute(f"SELECT {_COLUMNS} FROM source ORDER BY id").fetchall()]  # noqa: S608


def load_source(db: "Database", name: str) -> Source:
    """What is known of the source of that name, be it only the name."""
    row = db.execute(f"SELECT {_COLUMNS} FROM source WHERE name = ?", [name]).fetchone()  # noqa: S608
    return _source(row, _load_aliases(db, row[0])) if row else Source(0, name)


def load_meant(db: "Database") -> dict[str, str]:
    """The names of sources by what else leads to them, folded: an alias, or a confidential name in other letters."""
    confidential = db.execute("SELECT name, name FROM source WHERE confidential = 1").fetchall()
    aliases = db.execute("SELECT alias, name FROM source_alias JOIN source ON source.id = source").fetchall()
    return {folded(other): name for other, name in [*confidential, *aliases]}


def load_claims_of(db: "Database", source_id: int, limit: int | None) -> list[SourcedClaim]:
    """The claims that rest on a source or came through it, dismissed ones too, those of the newest article first.

    Where there is a `limit` they are the newest, so many at most.
    """
    rows = db.execute(
        "SELECT claim.id, claim.exact, article.title FROM claim JOIN article ON article.id = claim.article"
        " WHERE claim.id IN (SELECT DISTINCT claim FROM attribution WHERE source = ? ORDER BY claim DESC LIMIT ?)",
        [source_id, -1 if limit is None else limit],
    ).fetchall()
    said = {claim_id: (" ".join(words.split()), title) for claim_id, words, title in rows}
    claims = records.load_claims(db, said)
    return [SourcedClaim(claim, *said[claim.id]) for claim in sorted(claims, key=lambda claim: -claim.article_id)]


def write_sources(db: "Database", changes: Sequence[SourceChange]) -> None:
    """Write what is known of sources; raises DeskError where the desk knows something else of them than before."""
    if any(_told(load_source(db, change.before.name)) != _told(change.before) for change in changes):
        raise DeskError(CHANGED_MEANWHILE)
    for change in changes:
        after = change.after
        values = (
            after.kind,
            after.role,
            after.affiliation,
            after.confidential,
            after.pseudonym,
            after.note,
            after.name,
        )
        db.execute("INSERT OR IGNORE INTO source (name) VALUES (?)", [after.name])
        db.execute("DELETE FROM source_alias WHERE source = (SELECT id FROM source WHERE name = ?)", [after.name])
        db.execute(
            "UPDATE source SET kind = ?, role = ?, affiliation = ?, confidential = ?, pseudonym = ?, note = ? WHERE name = ?",
            values,
        )
    for change in changes:
        _write_aliases(db, change.after)
    search.index_sources(db, [change.after.name for change in changes])


def told(changes: Sequence[SourceChange]) -> list[Json]:
    """The changes as the history keeps them: of each source what differs."""
    return [_differences(change.before.name, _told(change.before), _told(change.after)) for change in changes]


def retold(db: "Database", changes: Iterable[Json]) -> list[SourceChange]:
    """Told changes as changes of what the desk knows; raises DeskError where they do not fit that."""
    return [_retold(change, load_source(db, change["name"])) for change in changes]


def backwards(changes: Sequence[Json]) -> list[Json]:
    """Told changes that take back the given ones."""
    return [change | {"before": change["after"], "after": change["before"]} for change in changes]


def _source(row: Sequence[Any], aliases: dict[int, tuple[str, ...]]) -> Source:
    source_id, name, kind, role, affiliation, confidential, pseudonym, note = row
    known = (_KINDS[kind], role, affiliation, aliases.get(source_id, ()), bool(confidential), pseudonym, note)
    return Source(source_id, name, *known)


def _load_aliases(db: "Database", source_id: int | None = None) -> dict[int, tuple[str, ...]]:
    """The aliases of every source, or of one."""
    chosen = "" if source_id is None else "WHERE source = ?"
    aliases: dict[int, tuple[str, ...]] = defaultdict(tuple)
    rows = db.execute(
        f"SELECT source, alias FROM source_alias {chosen} ORDER BY rowid",  # noqa: S608
        [] if source_id is None else [source_id],
    )
    for owner, alias in rows.fetchall():
        aliases[owner] += (alias,)
    return aliases


def _write_aliases(db: "Database", source: Source) -> None:
    wanted = [json.dumps(source.aliases)]
    if db.execute("SELECT 1 FROM source_alias WHERE alias IN (SELECT value FROM json_each(?))", wanted).fetchone():
        raise DeskError(CHANGED_MEANWHILE)
    db.conn.executemany(
        "INSERT INTO source_alias SELECT ?, id FROM source WHERE name = ?",
        [(alias, source.name) for alias in source.aliases],
    )


def _told(source: Source) -> Json:
    return {name: getattr(source, name) for name in _TOLD} | {"aliases": list(source.aliases)}


def _differences(name: str, before: Json, after: Json) -> Json:
    differ = [key for key in _TOLD if before[key] != after[key]]
    return {"name": name, "before": {key: before[key] for key in differ}, "after": {key: after[key] for key in differ}}


def _retold(change: Json, held: Source) -> SourceChange:
    known = _told(held)
    if any(known[key] != value for key, value in change["before"].items()):
        raise DeskError(CHANGED_MEANWHILE)
    after = known | change["after"]
    return SourceChange(
        held,
        Source(held.id, held.name, **after | {"kind": SourceKind(after["kind"]), "aliases": tuple(after["aliases"])}),
    )
