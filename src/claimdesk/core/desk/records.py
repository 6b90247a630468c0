"""The desk's rows as values, and values as rows; every function runs inside a transaction of its caller."""

import hashlib
import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from claimdesk.core.claim import (
    Article,
    ArticleSummary,
    Certainty,
    Claim,
    Link,
    LinkKind,
    Manner,
    Origin,
    Review,
    Role,
    Span,
    in_text_order,
)
from claimdesk.core.desk import search
from claimdesk.core.edits import Change
from claimdesk.core.errors import DeskError, EditError
from claimdesk.core.text import quote

if TYPE_CHECKING:
    from sqlite_utils import Database

_PLAIN = (
    "title",
    "language",
    "outlet",
    "byline",
    "published",
    "url",
    "filename",
    "imported_at",
    "sha256",
    "revises",
    "text",
)

_ROLES = tuple(Role)

Row = tuple[Any, ...]


# Articles


def insert_article(db: "Database", article: Article, original: bytes | None) -> int:
    """Write the article with the bytes that it came from; its new id."""
    row: dict[str, Any] = {name: getattr(article, name) for name in _PLAIN}
    if article.title_span:
        row |= {"title_start": article.title_span.start, "title_end": article.title_span.end}
    article_id = int(str(db.table("article").insert(row).last_pk))
    pieces = [(article_id, piece, span.start, span.end) for piece, span in enumerate(article.furniture)]
    db.conn.executemany("INSERT INTO furniture VALUES (?, ?, ?, ?)", pieces)
    if original is not None:
        digest = hashlib.sha256(original).hexdigest()
        values = (article_id, digest, len(original), zlib.compress(original, 9))
        db.execute("INSERT INTO article_original VALUES (?, ?, ?, ?)", values)
    search.index_article(db, article_id)
    return article_id


def load_article(db: "Database", article_id: int) -> Article | None:
    """The article of this id, None if there is none."""
    row = next(db.query("SELECT * FROM article WHERE id = ?", [article_id]), None)
    if row is None:
        return None
    pieces = db.execute('SELECT start, "end" FROM furniture WHERE article = ? ORDER BY piece', [article_id])
    title_span = None if row["title_start"] is None else Span(row["title_start"], row["title_end"])
    return Article(
        id=article_id,
        title_span=title_span,
        furniture=tuple(Span(*piece) for piece in pieces.fetchall()),
        **{name: row[name] for name in _PLAIN},
    )


def load_original(db: "Database", article_id: int) -> bytes | None:
    """The bytes that the article came from; raises DeskError where they are no longer those."""
    row = db.execute("SELECT sha256, zlib FROM article_original WHERE article = ?", [article_id]).fetchone()
    if row is None:
        return None
    try:
        original = zlib.decompress(row[1])
    except zlib.error:
        original = b""
    if hashlib.sha256(original).hexdigest() != row[0]:
        raise DeskError(
            "The original file of this article is damaged on this desk. Import it again from where it came."
        )
    return original


def load_summaries(db: "Database", ids: Iterable[int] | None = None) -> list[ArticleSummary]:
    """Every article, or those of these ids, the newest first."""
    chosen = [] if ids is None else [json.dumps(list(ids))]
    among = "" if ids is None else "WHERE {} IN (SELECT value FROM json_each(?))"
    counts: dict[int, dict[tuple[str, Review], int]] = defaultdict(dict)
    kinds: dict[tuple[str, str], tuple[str, Review]] = {}  # one for all articles, which saves most of the memory
    for article_id, level, review, count in db.execute(
        f"SELECT article, level, review, count(*) FROM claim {among.format('article')} GROUP BY article, level, review",  # noqa: S608
        chosen,
    ):
        kind = kinds.setdefault((level, review), (level, Review(review)))
        counts[article_id][kind] = count
    rows = db.execute(
        f"SELECT id, title, outlet, published, language, imported_at FROM article {among.format('id')} ORDER BY id DESC",  # noqa: S608
        chosen,
    )
    return [
        ArticleSummary(article_id, title, outlet, published, language, imported_at, counts.get(article_id, {}))
        for article_id, title, outlet, published, language, imported_at in rows
    ]


# Claims, read


def load_claims(db: "Database", ids: Iterable[int]) -> list[Claim]:
    """The claims of these ids that the desk holds, in text order, by four queries however many they are."""
    chosen = [json.dumps(list(ids))]
    rows = db.execute(
        "SELECT id, article, level, review, origin, confidence, reason, note, certainty, manner FROM claim"
        " WHERE id IN (SELECT value FROM json_each(?))",
        chosen,
    ).fetchall()
    spans, names, links = _load_spans(db, chosen), _load_names(db, chosen), _load_links(db, chosen)
    return in_text_order([_claim(row, spans, names.get(row[0], {}), links.get(row[0], [])) for row in rows])


def claim_ids(db: "Database", article_id: int) -> list[int]:
    """The ids of the article's claims."""
    return [row[0] for row in db.execute("SELECT id FROM claim WHERE article = ?", [article_id]).fetchall()]


def _claim(row: Row, spans: dict[tuple[int, str], list[Span]], names: dict[int, str], links: list[Link]) -> Claim:
    claim_id, article_id, level, review, origin, confidence, reason, note, certainty, manner = row
    content, source, cue = (tuple(spans.get((claim_id, role), ())) for role in _ROLES)
    return Claim(
        claim_id, article_id, content, source, cue, level, Review(review), Origin(origin),
        source_name=names.pop(0, ""), via=tuple(names.values()), links=tuple(links),
        confidence=confidence, reason=reason, note=note,
        certainty=Certainty(certainty) if certainty else None, manner=Manner(manner) if manner else None,
    )  # fmt: skip


def _load_spans(db: "Database", chosen: Sequence[str]) -> dict[tuple[int, str], list[Span]]:
    spans: dict[tuple[int, str], list[Span]] = defaultdict(list)
    for claim_id, role, start, end in db.execute(
        'SELECT claim, role, start, "end" FROM span WHERE claim IN (SELECT value FROM json_each(?))'
        " ORDER BY claim, role, piece",
        chosen,
    ).fetchall():
        spans[claim_id, role].append(Span(start, end))
    return spans


def _load_names(db: "Database", chosen: Sequence[str]) -> dict[int, dict[int, str]]:
    """Claim id to the names of its source (place 0) and of those through whom it came (places 1 and on)."""
    names: dict[int, dict[int, str]] = defaultdict(dict)
    for claim_id, place, name in db.execute(
        "SELECT claim, place, name FROM attribution JOIN source ON source.id = attribution.source"
        " WHERE claim IN (SELECT value FROM json_each(?)) ORDER BY claim, place",
        chosen,
    ).fetchall():
        names[claim_id][place] = name
    return names


def _load_links(db: "Database", chosen: Sequence[str]) -> dict[int, list[Link]]:
    links: dict[int, list[Link]] = defaultdict(list)
    for claim_id, kind, target in db.execute(
        "SELECT claim, kind, target FROM link WHERE claim IN (SELECT value FROM json_each(?)) ORDER BY claim, place",
        chosen,
    ).fetchall():
        links[claim_id].append(Link(LinkKind(kind), target))
    return links


# Claims, written


def first_free_id(db: "Database") -> int:
    """The id that the next new claim gets; those of claims that were taken away are not given again."""
    row = db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'claim'").fetchone()
    return row[0] + 1 if row else 1


def write_changes(db: "Database", changes: Sequence[Change], text: str, sequence: int) -> None:
    """Write what differs between before and after; `sequence` is the id of the history row that tells of it.

    Raises EditError where a span lies outside `text`, the article's.
    """
    _check_inside(changes, len(text))
    gone = [(change.claim_id,) for change in changes if change.after is None]
    db.conn.executemany("DELETE FROM claim WHERE id = ?", gone)
    _insert_claims(db, [change.after for change in changes if change.after and not change.before], text, sequence)
    _update_claims(db, [change for change in changes if change.before and change.after], text, sequence)
    _write_spans(db, changes)
    _write_names(db, changes)
    _write_links(db, changes)
    _index_words(db, changes)


def _check_inside(changes: Sequence[Change], length: int) -> None:
    ends = (span.end for change in changes if change.after for role in Role for span in change.after.spans(role))
    if max(ends, default=0) > length:
        raise EditError("That lies outside the article's text. Open the article again, then mark the words once more.")


def _insert_claims(db: "Database", claims: Sequence[Claim], text: str, sequence: int) -> None:
    db.conn.executemany(
        'INSERT INTO claim (id, article, start, "end", exact, prefix, suffix, level, review, origin, confidence, reason, note,'
        " certainty, manner, created, changed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(claim.id, claim.article_id, *_anchor(claim, text), *_said(claim), sequence, sequence) for claim in claims],
    )


def _update_claims(db: "Database", changes: Sequence[Change], text: str, sequence: int) -> None:
    claims = [change.after for change in changes if change.after]
    db.conn.executemany(
        "UPDATE claim SET level = ?, review = ?, origin = ?, confidence = ?, reason = ?, note = ?, certainty = ?, manner = ?,"
        " changed = ? WHERE id = ?",
        [(*_said(claim), sequence, claim.id) for claim in claims],
    )
    moved = [
        change.after
        for change in changes
        if change.before and change.after and change.before.content != change.after.content
    ]
    db.conn.executemany(
        'UPDATE claim SET start = ?, "end" = ?, exact = ?, prefix = ?, suffix = ? WHERE id = ?',
        [(*_anchor(claim, text), claim.id) for claim in moved],
    )


def _anchor(claim: Claim, text: str) -> Row:
    anchor = quote(text, claim.hull)
    return claim.hull.start, claim.hull.end, anchor.exact, anchor.prefix, anchor.suffix


def _said(claim: Claim) -> Row:
    return (
        claim.level, claim.review, claim.origin, claim.confidence, claim.reason, claim.note, claim.certainty, claim.manner
    )  # fmt: skip


def _write_spans(db: "Database", changes: Sequence[Change]) -> None:
    rows = [
        (claim.id, role, piece, span.start, span.end)
        for claim in _cleared(db, changes, "span", "content", "source", "cue")
        for role in Role
        for piece, span in enumerate(claim.spans(role))
    ]
    db.conn.executemany("INSERT INTO span VALUES (?, ?, ?, ?, ?)", rows)


def _write_names(db: "Database", changes: Sequence[Change]) -> None:
    rows = [
        (claim.id, place, name)
        for claim in _cleared(db, changes, "attribution", "source_name", "via")
        for place, name in enumerate((claim.source_name, *claim.via))
        if name or place
    ]
    db.conn.executemany("INSERT OR IGNORE INTO source (name) VALUES (?)", [(name,) for *_, name in rows])
    db.conn.executemany("INSERT INTO attribution SELECT ?, ?, id FROM source WHERE name = ?", rows)


def _write_links(db: "Database", changes: Sequence[Change]) -> None:
    rows = [
        (claim.id, place, link.kind, link.target)
        for claim in _cleared(db, changes, "link", "links")
        for place, link in enumerate(claim.links)
    ]
    db.conn.executemany("INSERT INTO link VALUES (?, ?, ?, ?)", rows)


def _index_words(db: "Database", changes: Sequence[Change]) -> None:
    searched = attrgetter("content", "note", "source_name", "via")
    differ = [c for c in changes if not (c.before and c.after and searched(c.before) == searched(c.after))]
    search.index_claims(db, [change.claim_id for change in differ])


def _cleared(db: "Database", changes: Sequence[Change], table: str, *fields: str) -> list[Claim]:
    """The claims as they shall be whose `fields` differ from what they were; their rows in `table` are gone."""
    part = attrgetter(*fields)
    differ = [c for c in changes if c.after and not (c.before and part(c.before) == part(c.after))]
    db.conn.executemany(
        f"DELETE FROM {table} WHERE claim = ?",  # noqa: S608
        [(c.claim_id,) for c in differ if c.before],
    )
    return [c.after for c in differ if c.after]
