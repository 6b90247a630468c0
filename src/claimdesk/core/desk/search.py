"""Search over the desk: an index of the words of articles and claims, kept by the code that writes them, and pages of hits.

The index holds words as `words` folds them, not the texts. Hits come newest first, which is the order of the index itself:
to rank a frequent word would mean to read all of its hits. Every function runs inside a transaction of its caller.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heapreplace, merge
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any

from claimdesk.core.claim import Review
from claimdesk.core.desk import words
from claimdesk.core.desk.connection import writing
from claimdesk.core.desk.excerpt import beginning, excerpt
from claimdesk.core.desk.words import Phrase, Query
from claimdesk.core.hits import Hit, HitKind, Page, SearchFilter

if TYPE_CHECKING:
    from sqlite_utils import Database

LOOK_AT = 1_000
"""Hits of the words that one page looks through for those that pass the filter, so that no page takes long."""

_ASKED, _LONGEST = 24, 40
"""How many words of a text are asked for to find articles like it; longer ones are addresses and no words."""
_PORTIONS = (50, 500)
"""How many hits are looked at together: few at first, since most pass."""
_NEWEST = 2**63 - 1
_PREFIXES = (2, 3)
"""Letters of beginnings of words for which the index holds lists of their own."""
_LONGER = 50
"""Words with a longer beginning that are asked for one by one, newest hits first; FTS5 would read all hits of a beginning."""
_NAMED = 20
"""Sources that are asked for by what is known of them whose names the index is asked for; hits of more are many anyway."""
_INDEX = (
    f"content = '', contentless_delete = 1, prefix = '{_PREFIXES[0]} {_PREFIXES[1]}',"
    " tokenize = \"unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'\""
)

Row = tuple[Any, ...]
Condition = tuple[str, list[str]]
"""A condition in SQL, and what stands for its question marks."""


# The index


def make_index(db: "Database") -> None:
    """Make the index and fill it with all that the desk holds."""
    db.execute(f"CREATE VIRTUAL TABLE article_search USING fts5(title, text, outlet, byline, {_INDEX})")
    db.execute(f"CREATE VIRTUAL TABLE claim_search USING fts5(exact, note, source, {_INDEX})")
    for table in ("article_search", "claim_search"):
        db.execute(f"CREATE VIRTUAL TABLE {table}_words USING fts5vocab({table}, instance)")
    _insert(db, "article_search", db.execute(f"{_ARTICLES} ORDER BY id"))
    _insert(db, "claim_search", db.execute(f"{_CLAIMS} ORDER BY id"))


def ensure_index(db: "Database") -> None:
    """Make the index where there is none, as in a plain copy for other programs; raises DeskError where it cannot be written."""
    if db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'claim_search'").fetchone() is None:
        with writing(db):
            make_index(db)
            make_source_index(db)


def drop_index(db: "Database") -> None:
    """Take the index away: programs whose SQLite is older than 3.43 stumble over it."""
    for table in _COLUMNS:
        db.execute(f"DROP TABLE IF EXISTS {table}_words")
        db.execute(f"DROP TABLE IF EXISTS {table}")


def make_source_index(db: "Database") -> None:
    """Make the index of what the register knows of sources beside their names, and fill it."""
    db.execute(f"CREATE VIRTUAL TABLE source_search USING fts5(known, {_INDEX})")
    db.execute("CREATE VIRTUAL TABLE source_search_words USING fts5vocab(source_search, instance)")
    _insert(db, "source_search", db.execute(f"{_SOURCES} ORDER BY id"))


def refill_source_index(db: "Database") -> None:
    """Bring the index up to what the register knows now of all sources."""
    db.execute("INSERT INTO source_search(source_search) VALUES ('delete-all')")
    _insert(db, "source_search", db.execute(f"{_SOURCES} ORDER BY id"))


def index_sources(db: "Database", names: Collection[str]) -> None:
    """Bring the index up to what the register knows now of the sources of these names."""
    chosen = json.dumps(list(names))
    of_names = "SELECT id FROM source WHERE name IN (SELECT value FROM json_each(?))"
    db.execute(f"DELETE FROM source_search WHERE rowid IN ({of_names})", [chosen])  # noqa: S608
    _insert(db, "source_search", db.execute(f"{_SOURCES} AND id IN ({of_names}) ORDER BY id", [chosen]))


def index_article(db: "Database", article_id: int) -> None:
    """Take an article into the index, as it is now."""
    db.execute("DELETE FROM article_search WHERE rowid = ?", [article_id])
    _insert(db, "article_search", db.execute(f"{_ARTICLES} WHERE id = ?", [article_id]))


def index_claims(db: "Database", ids: Collection[int]) -> None:
    """Bring the index up to what these claims say now; those that are gone leave it."""
    in_order = sorted(ids)  # out of order FTS5 writes each row by itself
    db.conn.executemany("DELETE FROM claim_search WHERE rowid = ?", [(claim_id,) for claim_id in in_order])
    chosen = f"{_CLAIMS} WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"  # noqa: S608
    _insert(db, "claim_search", db.execute(chosen, [json.dumps(in_order)]))


def let_go(db: "Database") -> None:
    """Write the index anew without the words of what left it, which it keeps until then."""
    for table in _COLUMNS:
        db.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")  # noqa: S608


def count_articles(db: "Database", names: Iterable[str]) -> int:
    """In how many articles one of these names stands, word for word."""
    phrases = (" ".join(word for word, _, _ in words.words_of(name)) for name in names)
    asked = " OR ".join(f'"{phrase}"' for phrase in phrases if phrase)
    query = "SELECT count(*) FROM article_search WHERE article_search MATCH ?"
    return int(db.execute(query, [asked]).fetchone()[0]) if asked else 0


def _insert(db: "Database", table: str, rows: Iterable[Row]) -> None:
    folded = ((row_id, *map(words.folded, texts)) for row_id, *texts in rows)
    columns, values = _COLUMNS[table], ", ".join("?" * (_COLUMNS[table].count(",") + 1))
    db.conn.executemany(f"INSERT INTO {table} ({columns}) VALUES ({values})", folded)  # noqa: S608


_COLUMNS = {
    "article_search": "rowid, title, text, outlet, byline",
    "claim_search": "rowid, exact, note, source",
    "source_search": "rowid, known",
}
_ARTICLES = "SELECT id, title, text, outlet, byline FROM article"
_NAMES = (
    "(SELECT coalesce(group_concat(source.name, ', ' ORDER BY place), '') FROM attribution"
    " JOIN source ON source.id = attribution.source WHERE attribution.claim = claim.id)"
)
_CLAIMS = f"SELECT id, exact, note, {_NAMES} FROM claim"  # noqa: S608
_ALIASES = "(SELECT group_concat(alias, ', ' ORDER BY rowid) FROM source_alias WHERE source_alias.source = source.id)"
_SOURCES = (
    f"SELECT id, concat_ws(', ', name, {_ALIASES}, role, affiliation) FROM source"  # noqa: S608
    " WHERE (role <> '' OR affiliation <> '' OR id IN (SELECT source FROM source_alias))"
)
"""Of those of whom nothing but the name is known the index of claims knows it."""


def alike(db: "Database", text: str, most: int) -> list[int]:
    """The ids of articles that have many of the longest, and so of the rarest, words of a text; those with most of them first."""
    asked_of = {word for word, _, _ in words.words_of(text) if len(word) < _LONGEST}
    longest = sorted(asked_of, key=lambda word: (-len(word), word))
    asked = [f'"{word}"' for word in longest[:_ASKED]]
    if not asked:
        return []
    rows = db.execute(
        "SELECT rowid FROM article_search WHERE article_search MATCH ? ORDER BY rank LIMIT ?",
        ["text : (" + " OR ".join(asked) + ")", most],
    )
    return [row[0] for row in rows.fetchall()]


# Pages of hits


def pages(
    db: "Database", query: Query, chosen: SearchFilter, kinds: Collection[HitKind], limit: int, before: int | None
) -> tuple[Page, ...]:
    """A page of hits of each kind: the newest, or those from `before` on."""
    source, outlet = words.read(chosen.source), words.read(chosen.outlet)
    if not query or (chosen.source and not source) or (chosen.outlet and not outlet):
        return tuple(Page(kind, (), None) for kind in kinds)
    terms = {table: _Terms(*(_terms(db, table, asked) for asked in (query, source, outlet))) for table in _COLUMNS}
    described = _described(db, terms["source_search"].source)
    return tuple(_page(db, kind, query, chosen, terms, described, limit, before) for kind in kinds)


def _page(
    db: "Database", kind: HitKind, query: Query, chosen: SearchFilter, terms: "dict[str, _Terms]",
    described: "dict[int, str]", limit: int, before: int | None,
) -> Page:  # fmt: skip
    table = _table(kind)
    matching = db.execute(
        f"SELECT rowid FROM {table} WHERE {table} MATCH ? AND rowid <= ? ORDER BY rowid DESC",  # noqa: S608
        [_match(kind, terms[table], described), _NEWEST if before is None else before],
    )
    ids = (row[0] for row in matching)
    conditions = list(_conditions(kind, chosen, terms, described))
    asked_for = _described(db, terms["source_search"].query) if kind is HitKind.SOURCE else {}
    if asked_for:
        newest_first = merge(ids, _claims_of(db, asked_for, _NEWEST if before is None else before), reverse=True)
        ids = (claim for claim, _ in groupby(newest_first))
    passed: list[Row] = []
    for some in _portions(ids):
        passed += _passing(db, kind, some, conditions, limit + 1 - len(passed))
        if len(passed) > limit:
            break
    further = passed[limit][0] if len(passed) > limit else next(ids, None)
    matching.close()
    return Page(kind, tuple(_hits(db, kind, passed[:limit], query)), further)


def _table(kind: HitKind) -> str:
    return "article_search" if kind is HitKind.ARTICLE else "claim_search"


def _portions(ids: Iterator[int]) -> Iterator[list[int]]:
    """The first `LOOK_AT` ids in a small portion and then in larger ones, as most pages are full after the first."""
    left, size = LOOK_AT, _PORTIONS[0]
    while left > 0 and (some := list(islice(ids, min(size, left)))):
        yield some
        left, size = left - len(some), _PORTIONS[1]


def _described(db: "Database", terms: list[str]) -> dict[int, str]:
    """The names, by id, of the sources that have the terms in their name, an alias, a role or an affiliation that is known."""
    if not terms:
        return {}
    select = "SELECT id, name FROM source WHERE id IN (SELECT rowid FROM source_search WHERE source_search MATCH ?)"
    return dict(db.execute(select, [_all(terms)]).fetchall())


def _claims_of(db: "Database", sources: Iterable[int], before: int) -> Iterator[int]:
    """The claims of any of the sources, newest first, the first of them `before` at most."""
    newest = "SELECT (SELECT max(claim) FROM attribution WHERE source = value AND claim <= ?), value FROM json_each(?)"
    following = "SELECT max(claim) FROM attribution WHERE source = ? AND claim < ?"
    heads = [(-claim, source) for claim, source in db.execute(newest, [before, json.dumps(list(sources))]) if claim]
    heapify(heads)
    while heads:
        claim, source = -heads[0][0], heads[0][1]
        yield claim
        older = db.execute(following, [source, claim]).fetchone()[0]
        heapreplace(heads, (-older, source)) if older else heappop(heads)


def _passing(db: "Database", kind: HitKind, ids: list[int], conditions: Sequence[Condition], limit: int) -> list[Row]:
    """The rows of those ids that pass the conditions, newest first, `limit` at most."""
    select = _ARTICLE_ROWS if kind is HitKind.ARTICLE else _CLAIM_ROWS
    where = "".join(f" AND {text}" for text, _ in conditions)
    values = [json.dumps(ids), *(value for _, some in conditions for value in some), limit]
    return db.execute(f"{select}{where} ORDER BY 1 DESC LIMIT ?", values).fetchall()


_ARTICLE_ROWS = (
    "SELECT article.id, title, outlet, published, text, byline, coalesce(title_end, 0)"
    " FROM article WHERE article.id IN (SELECT value FROM json_each(?))"
)
_CLAIM_ROWS = (
    "SELECT claim.id, title, outlet, published, exact, note, article.id, level, review"
    " FROM claim JOIN article ON article.id = claim.article WHERE claim.id IN (SELECT value FROM json_each(?))"
)


# What is asked, in the words of SQLite


@dataclass(frozen=True, slots=True)
class _Terms:
    """The phrases of the query, of the source's and of the outlet's name, as FTS5 takes them for one table."""

    query: list[str]
    source: list[str]
    outlet: list[str]


def _match(kind: HitKind, terms: _Terms, described: dict[int, str]) -> str:
    """What is asked of the index, as one expression of FTS5."""
    match kind:
        case HitKind.ARTICLE:
            return _all([*terms.query, *_in_column("outlet", terms.outlet)])
        case HitKind.SOURCE:
            return _all([*_in_column("source", terms.query), *_by_source(terms.source, described)])
        case HitKind.CLAIM | HitKind.NOTE:
            column = "exact" if kind is HitKind.CLAIM else "note"
            here = f"{{{column}}} : ({' OR '.join(terms.query)})"
            everywhere = terms.query if len(terms.query) > 1 else []  # a single one is everywhere where it is here
            return _all([here, *everywhere, *_by_source(terms.source, described)])


def _by_source(names: list[str], described: dict[int, str]) -> list[str]:
    """Names of the source that the index can narrow the hits by; it finds some too many, which a condition then sorts out."""
    if not names or len(described) > _NAMED:
        return []
    phrases = [" ".join(word for word, _, _ in words.words_of(name)) for name in described.values()]
    either = [f"({_all(names)})", *(f'"{phrase}"' for phrase in phrases if phrase)]
    return [f"{{source}} : ({' OR '.join(either)})"]


def _all(parts: Sequence[str]) -> str:
    return " AND ".join(f"({part})" for part in parts)


def _in_column(column: str, terms: Sequence[str]) -> list[str]:
    return [f"{{{column}}} : ({_all(terms)})"] if terms else []


def _terms(db: "Database", table: str, query: Query) -> list[str]:
    """Each phrase as FTS5 takes it; nobody can break out of that, as words hold letters and digits only."""
    return [_term(db, table, phrase) for phrase in query]


def _term(db: "Database", table: str, phrase: Phrase) -> str:
    *before, last = phrase.words
    longer = [last]
    if phrase.begins and len(last) not in _PREFIXES:
        longer = _beginning_with(db, table, last)
    if (phrase.begins and len(last) in _PREFIXES) or len(longer) > _LONGER:
        return f'"{" ".join(phrase.words)}" *'
    return " OR ".join(f'"{" ".join([*before, word])}"' for word in longer or [last])


def _beginning_with(db: "Database", table: str, beginning: str) -> list[str]:
    """The words of the index that begin so, or one more of them than are asked for one by one."""
    found: list[str] = []
    at = beginning
    while len(found) <= _LONGER:
        row = db.execute(f"SELECT term FROM {table}_words WHERE term >= ? LIMIT 1", [at]).fetchone()  # noqa: S608
        if row is None or not row[0].startswith(beginning):
            break
        found.append(row[0])
        at = row[0] + "\x01"  # nothing stands between a word and this, and SQLite goes there without reading the hits
    return found


def _conditions(
    kind: HitKind, chosen: SearchFilter, terms: dict[str, _Terms], described: dict[int, str]
) -> Iterator[Condition]:
    """What the index does not know."""
    if chosen.language:
        yield "instr(lower(article.language) || '-', ?) = 1", [f"{chosen.language.lower()}-"]
    if chosen.since:
        yield "article.published >= ?", [chosen.since.isoformat()]
    if chosen.until:
        yield "article.published <> '' AND substr(article.published, 1, 10) <= ?", [chosen.until.isoformat()]
    if kind is HitKind.ARTICLE:
        yield from _on_claims_of_article(chosen, terms["claim_search"].source, described)
    else:
        yield from _on_claim(chosen)
        yield from _of_source(terms["claim_search"].source, described, at_once=False)
        for match in _in_column("outlet", terms["article_search"].outlet):
            yield "article.id IN (SELECT rowid FROM article_search WHERE article_search MATCH ?)", [match]


def _on_claim(chosen: SearchFilter) -> Iterator[Condition]:
    yield ("claim.review = ?", [chosen.review]) if chosen.review else ("claim.review <> ?", [Review.DISMISSED])
    if chosen.level:
        yield "claim.level = ?", [chosen.level]
    if chosen.verdict:
        yield "claim.verdict = ?", [chosen.verdict]


def _of_source(names: list[str], described: dict[int, str], *, at_once: bool) -> Iterator[Condition]:
    """That a claim is of a source with these names, or of one of the described; `at_once` where many claims are looked at."""
    for match in _in_column("source", names):
        # The plus has SQLite read these ids once, and not once an article.
        named = "+claim.id IN (SELECT rowid FROM claim_search WHERE claim_search MATCH ?)"
        if not at_once:
            named = "EXISTS (SELECT 1 FROM claim_search WHERE claim_search MATCH ? AND rowid = claim.id)"
        known = "attribution.source IN (SELECT value FROM json_each(?))"
        by_them = f"EXISTS (SELECT 1 FROM attribution WHERE attribution.claim = claim.id AND {known})"  # noqa: S608
        yield f"({named} OR {by_them})", [match, json.dumps(list(described))]


def _on_claims_of_article(chosen: SearchFilter, source: list[str], described: dict[int, str]) -> Iterator[Condition]:
    if chosen.level or chosen.review or chosen.verdict or source:
        conditions = [*_on_claim(chosen), *_of_source(source, described, at_once=True)]
        texts = "".join(f" AND {text}" for text, _ in conditions)
        values = [value for _, some in conditions for value in some]
        yield f"EXISTS (SELECT 1 FROM claim WHERE claim.article = article.id{texts})", values  # noqa: S608


# Hits


def _hits(db: "Database", kind: HitKind, rows: Sequence[Row], query: Query) -> Iterator[Hit]:
    sources = _sources_of(db, [row[0] for row in rows]) if kind is HitKind.SOURCE else {}
    for row in rows:
        yield _article_hit(row, query) if kind is HitKind.ARTICLE else _claim_hit(kind, row, query, sources)


def _sources_of(db: "Database", ids: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    """For each claim its sources in their order, with what else is known of each."""
    sources: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for claim_id, name, about in db.execute(_WHO, [json.dumps(ids)]).fetchall():
        sources[claim_id].append((name, about))
    return sources


_WHO = (
    f"SELECT claim, name, concat_ws(', ', nullif(role, ''), nullif(affiliation, ''), {_ALIASES})"  # noqa: S608
    " FROM attribution JOIN source ON source.id = attribution.source"
    " WHERE claim IN (SELECT value FROM json_each(?)) ORDER BY claim, place"
)


def _article_hit(row: Row, query: Query) -> Hit:
    article_id, title, outlet, published, text, byline, title_end = row
    excerpts = [excerpt(part, query) for part in (text[title_end:], title, outlet, byline)]
    snippet, marks = next((one for one in excerpts if one[1]), excerpts[0])
    return Hit(HitKind.ARTICLE, article_id, None, title, snippet, marks, "", None, outlet, published)


def _claim_hit(kind: HitKind, row: Row, query: Query, sources: dict[int, list[tuple[str, str]]]) -> Hit:
    claim_id, title, outlet, published, exact, note, article_id, level, review = row
    if kind is HitKind.SOURCE:
        who = ", ".join(_called(name, about, query) for name, about in sources[claim_id])
        snippet, marks = beginning(f"{who}: {exact}", query, len(who))
    else:
        snippet, marks = excerpt(exact if kind is HitKind.CLAIM else note, query)
    return Hit(kind, article_id, claim_id, title, snippet, marks, level, Review(review), outlet, published)


def _called(name: str, about: str, query: Query) -> str:
    """The name of a source, with what else is known of it where that is what was asked for."""
    return f"{name} ({about})" if about and any(True for _ in words.found(about, query)) else name
