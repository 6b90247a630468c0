"""A source is removed from one open desk: what would go is counted, or goes, by the same look at every place that can name it.

What was published stays: the texts of articles, what is known of them, and the files that they were read from.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from claimdesk.core.desk import history, register, search
from claimdesk.core.desk.connection import writing
from claimdesk.core.errors import DeskError
from claimdesk.core.past import Kind
from claimdesk.core.removal import Removal
from claimdesk.core.sources import Source, folded

if TYPE_CHECKING:
    from sqlite_utils import Database

Row = tuple[Any, ...]

SENTENCE = "Remove a source from everywhere"
"""What the history says of it."""


class Words(NamedTuple):
    """Columns of a table that hold what the user or the program wrote, with those that tell its rows apart.

    `only` narrows its rows; `small`: parts of a person's name count there in small letters too.
    """

    table: str
    keys: tuple[str, ...]
    columns: tuple[str, ...]
    only: str = "1"
    small: bool = False


WRITTEN = (
    Words("claim", ("id",), ("reason", "note", "restated", "question", "rationale")),
    Words("evidence", ("claim", "place"), ("title", "locator", "archive"), small=True),
    Words("evidence", ("claim", "place"), ("quote", "page", "note")),
    Words("reply", ("claim", "place"), ("whom", "channel", "answer")),
    Words("claim_word", ("claim", "place"), ("word",), only="kind = 'tag'"),
    Words("source", ("id",), ("role", "affiliation", "pseudonym", "note")),
    Words("article", ("id",), ("filename",), small=True),
    Words("article", ("id",), ("title",), only="instr(text, title) = 0", small=True),
    Words("article_original", ("article",), ("headers",), small=True),
    Words("remark", ("article", "place"), ("author", "text"), only="kind = 'comment'"),
    Words("foreign_history", ("article", "place"), ("sentence", "who")),
    Words("setting", ("key",), ("value",)),
)


@dataclass(frozen=True, slots=True)
class Traces:
    """Where a source stands on a desk.

    So many names of it, claims that rest on it or came through it, other places where it is named in words, rows of the history;
    and articles whose own words name it, which stay.
    """

    names: int
    claims: int
    words: int
    rows: int
    articles: int

    def __bool__(self) -> bool:
        return bool(self.names or self.claims or self.words or self.rows)


def removal_of(db: "Database", asked: int | str) -> tuple[Source, Removal]:
    """The source of this number, name or alias, and what takes it out of words; raises DeskError where there is none.

    With it go the rows of its aliases, and what once was a name of it, unless that is another source now.
    """
    everyone = register.load_all(db)
    listed = register.load_known(db)
    source = _meant(asked, listed, everyone)
    names, pseudonyms = _ever(db, source, everyone, listed)
    gone = [one for one in everyone if folded(one.name) in names]
    rest = [one for one in everyone if folded(one.name) not in names]
    others = [words for one in rest for words in (*one.names, one.pseudonym) if words]
    return source, Removal(gone, names.values(), pseudonyms, others)


def traces(db: "Database", removal: Removal) -> Traces:
    """Where the source stands on a desk, none of it changed."""
    names = sum(removal.takes(name) for one in register.load_all(db) for name in one.names)
    words = sum(1 for written in WRITTEN for _ in _reworded(db, written, removal))
    rows = sum(1 for _ in _redacted(db, removal))
    return Traces(names, len(_claims_of(db, removal)), words, rows, _published(db, removal))


def redact(db: "Database", removal: Removal, who: str) -> None:
    """Remove the source from a desk; `who` signs the row of the history that tells of it. All of it, or nothing."""
    with writing(db):
        rows = list(_redacted(db, removal))
        claims = set(_claims_of(db, removal))
        _take_out(db, removal, claims)
        for written in WRITTEN:
            changed = list(_reworded(db, written, removal))
            _reword(db, written, changed)
            claims |= {row[-1] for row in changed} if written.table == "claim" else set()
            for row in changed if written.columns == ("title",) else ():
                search.index_article(db, row[-1])
        history.redact(db, rows, SENTENCE, who)
        search.index_claims(db, claims)
        search.refill_source_index(db)
        search.let_go(db)


# Who it is


def _meant(asked: int | str, listed: list[Source], everyone: list[Source]) -> Source:
    """The source that a number or a name means: one of the register, the owner of an alias, or a name that is left of it."""
    if isinstance(asked, int):
        found = next((one for one in everyone if one.id == asked), None)
    else:
        wanted = folded(asked)
        named = [one for one in (*listed, *everyone) if folded(one.name) == wanted]
        owner = [one for one in everyone if wanted in map(folded, one.aliases)]
        found = next(iter([*(one for one in named if one in listed), *owner, *named]), None)
    if found is None:
        raise DeskError(
            "There is no such source on this desk; nothing was changed. `claimdesk sources --names` shows those that there are."
        )
    return found


def _ever(
    db: "Database", source: Source, everyone: list[Source], listed: list[Source]
) -> tuple[dict[str, str], set[str]]:
    """The names that mean a source or once meant it, by their folded form, and the pseudonyms that it ever had."""
    owners = {folded(alias): one.id for one in everyone for alias in one.aliases}
    own = {folded(one.name): one.id for one in listed if owners.get(folded(one.name), one.id) == one.id}
    others = {name for name, owner in {**owners, **own}.items() if owner != source.id}
    known: dict[str, tuple[set[str], set[str]]] = {}
    for one in everyone:
        _know(known, one.name, one.aliases, one.pseudonym)
    for told in _told_of_register(db):
        for state in (told["before"], told["after"]):
            _know(known, told["name"], state.get("aliases", ()), state.get("pseudonym", ""))
    names: dict[str, str] = {}
    pseudonyms: set[str] = set()
    left = [source.name]
    while left:
        name = left.pop()
        if folded(name) in names or (folded(name) in others and name != source.name):
            continue
        names[folded(name)] = name
        aliases, had = known.get(folded(name), (set(), set()))
        left += sorted(aliases)
        pseudonyms |= had
    return names, pseudonyms


def _know(known: dict[str, tuple[set[str], set[str]]], name: str, aliases: Any, pseudonym: str) -> None:
    of_name = known.setdefault(folded(name), (set(), set()))
    of_name[0].update(aliases)
    of_name[1].update({pseudonym} - {""})


def _told_of_register(db: "Database") -> Iterator[dict[str, Any]]:
    for (changes,) in db.execute("SELECT changes FROM history WHERE article IS NULL ORDER BY id"):
        told = json.loads(changes)
        yield from told.get("sources", ()) if isinstance(told, dict) else ()


# Where it stands


def _ids(db: "Database", removal: Removal) -> list[int]:
    """The rows of the register that go; a backup can have them under other numbers than the desk."""
    return [key for key, name in db.execute("SELECT id, name FROM source").fetchall() if removal.takes(name)]


def _claims_of(db: "Database", removal: Removal) -> list[int]:
    chosen = [json.dumps(_ids(db, removal))]
    rows = db.execute(
        "SELECT DISTINCT claim FROM attribution WHERE source IN (SELECT value FROM json_each(?))", chosen
    ).fetchall()
    return [row[0] for row in rows]


def _reworded(db: "Database", written: Words, removal: Removal) -> Iterator[Row]:
    """The rows that name the source in words: what these columns say without it, and the keys."""
    gone = set(_ids(db, removal)) if written.table == "source" else set()
    several = f"SELECT {', '.join((*written.columns, *written.keys))} FROM {written.table} WHERE {written.only}"  # noqa: S608
    for row in db.execute(several):
        said, keys = row[: len(written.columns)], row[len(written.columns) :]
        after = tuple(removal.words(words, small=written.small) for words in said)
        if after != said and keys[0] not in gone:
            yield *after, *keys


def _reword(db: "Database", written: Words, rows: list[Row]) -> None:
    assigned = ", ".join(f"{column} = ?" for column in written.columns)
    where = " AND ".join(f"{key} = ?" for key in written.keys)
    db.conn.executemany(f"UPDATE {written.table} SET {assigned} WHERE {where}", rows)  # noqa: S608


def _redacted(db: "Database", removal: Removal) -> Iterator[dict[str, Any]]:
    """The rows of the history that name the source, as they are to be."""
    for row in history.rows_written(db):
        told = json.loads(row["changes"])
        after, sentence = removal.told(told), removal.words(row["sentence"], small=row["kind"] == Kind.IMPORT)
        if after == told and sentence == row["sentence"]:
            continue
        after, titled = _with_titles(db, row["article"], told, after)
        if row["kind"] == Kind.IMPORT and titled:
            sentence = row["sentence"]
        if after != told or sentence != row["sentence"]:
            yield row | {"sentence": sentence, "changes": history.written(after)}


def _with_titles(db: "Database", article_id: int | None, told: Any, after: Any) -> tuple[Any, bool]:
    """What is told after the removal, with those titles as they were that stand in their article's text; whether all do."""
    if isinstance(told, list):
        pairs = [_with_titles(db, article_id, *pair) for pair in zip(told, after, strict=True)]
        return [pair[0] for pair in pairs], all(pair[1] for pair in pairs)
    if not isinstance(told, dict) or article_id is None:
        return after, False
    if told.get("id", 0) is None:  # what changed about the article itself
        states = {of: _with_titles(db, article_id, told[of], after[of])[0] for of in ("before", "after")}
        return after | states, True
    if "title" not in told or "content" in told:
        return after, False
    printed = db.execute("SELECT instr(text, ?) > 0 FROM article WHERE id = ?", [told["title"], article_id]).fetchone()[
        0
    ]
    return (after | {"title": told["title"]}, True) if printed else (after, False)


def _published(db: "Database", removal: Removal) -> int:
    """In how many articles the search finds one of the names."""
    return search.count_articles(db, removal.names)


# How it goes


def _take_out(db: "Database", removal: Removal, claims: set[int]) -> None:
    """Let claims rest on nobody, close the chains of hearsay over the gap, and take the source out of the register."""
    gone = [(source_id,) for source_id in _ids(db, removal)]
    db.conn.executemany("DELETE FROM attribution WHERE source = ?", gone)
    chosen = [json.dumps(sorted(claims))]
    kept = db.execute(
        "SELECT claim, CASE place WHEN 0 THEN 0 ELSE row_number() OVER (PARTITION BY claim, place > 0 ORDER BY place) END,"
        " second, source FROM attribution WHERE claim IN (SELECT value FROM json_each(?)) ORDER BY claim, place",
        chosen,
    ).fetchall()
    db.execute("DELETE FROM attribution WHERE claim IN (SELECT value FROM json_each(?))", chosen)
    db.conn.executemany("INSERT INTO attribution (claim, place, second, source) VALUES (?, ?, ?, ?)", kept)
    aliases = db.execute("SELECT alias FROM source_alias").fetchall()
    db.conn.executemany("DELETE FROM source_alias WHERE alias = ?", [row for row in aliases if removal.takes(row[0])])
    db.conn.executemany("DELETE FROM source WHERE id = ?", gone)
