"""The desk's rows as values, and values as rows; every function runs inside a transaction of its caller."""

import hashlib
import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from claimdesk.core.claim import (
    Article,
    ArticleSummary,
    Certainty,
    Claim,
    Details,
    Link,
    LinkKind,
    Manner,
    Origin,
    Original,
    Packed,
    Remark,
    RemarkKind,
    Review,
    Role,
    Span,
    in_text_order,
)
from claimdesk.core.desk import checks, search
from claimdesk.core.edits import Change
from claimdesk.core.errors import DeskError, EditError
from claimdesk.core.evidence import AnonymityCheck, Evidence, Reply, Terms, Verdict
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
    "retrieved_at",
    "text",
)

_ROLES = tuple(Role)

_ANCHOR = ("start", '"end"', "exact", "prefix", "suffix")
_SAID = (
    "level", "review", "origin", "confidence", "reason", "note", "certainty", "manner", "terms", "restated", "question",
    "verdict", "rationale", "checked_by", "checked_at",
)  # fmt: skip
"""What the row of a claim holds beside its place; the columns are called as the fields are."""
_CHOICES: dict[str, type[StrEnum]] = {
    "review": Review, "origin": Origin, "certainty": Certainty, "manner": Manner, "terms": Terms, "verdict": Verdict
}  # fmt: skip

Row = tuple[Any, ...]


# Articles


def insert_article(db: "Database", article: Article) -> int:
    """Write the article; its new id."""
    row: dict[str, Any] = {name: getattr(article, name) for name in _PLAIN}
    if article.title_span:
        row |= {"title_start": article.title_span.start, "title_end": article.title_span.end}
    article_id = int(str(db.table("article").insert(row).last_pk))
    pieces = [(article_id, piece, span.start, span.end) for piece, span in enumerate(article.furniture)]
    db.conn.executemany("INSERT INTO furniture VALUES (?, ?, ?, ?)", pieces)
    pages = [(article_id, number, start) for number, start in enumerate(article.pages, 1)]
    db.conn.executemany("INSERT INTO page VALUES (?, ?, ?)", pages)
    remarks = [
        (article_id, place, one.kind, one.author, one.text, one.span and one.span.start, one.span and one.span.end)
        for place, one in enumerate(article.remarks)
    ]
    db.conn.executemany("INSERT INTO remark VALUES (?, ?, ?, ?, ?, ?, ?)", remarks)
    search.index_article(db, article_id)
    return article_id


def write_details(db: "Database", article_id: int, details: Details) -> None:
    """Write what is known of an article beside its text."""
    db.table("article").update(article_id, asdict(details))
    search.index_article(db, article_id)


def load_article(db: "Database", article_id: int) -> Article | None:
    """The article of this id, None if there is none."""
    row = next(db.query("SELECT * FROM article WHERE id = ?", [article_id]), None)
    if row is None:
        return None
    pieces = db.execute('SELECT start, "end" FROM furniture WHERE article = ? ORDER BY piece', [article_id])
    pages = db.execute("SELECT start FROM page WHERE article = ? ORDER BY number", [article_id])
    remarks = db.execute(
        'SELECT kind, text, author, start, "end" FROM remark WHERE article = ? ORDER BY place', [article_id]
    )
    return Article(
        id=article_id,
        title_span=_span(row["title_start"], row["title_end"]),
        furniture=tuple(Span(*piece) for piece in pieces.fetchall()),
        pages=tuple(start for (start,) in pages.fetchall()),
        remarks=tuple(
            Remark(RemarkKind(kind), words, author, _span(*span)) for kind, words, author, *span in remarks.fetchall()
        ),
        **{name: row[name] for name in _PLAIN},
    )


def _span(start: int | None, end: int | None) -> Span | None:
    return None if start is None or end is None else Span(start, end)


# Bytes that are kept


def insert_original(
    db: "Database", article_id: int, packed: Packed, media_type: str, headers: tuple[tuple[str, str], ...]
) -> None:
    """Write the bytes that an article was read from."""
    values = (article_id, packed.sha256, packed.size, packed.zlib, media_type, json.dumps(headers))
    db.execute("INSERT INTO article_original VALUES (?, ?, ?, ?, ?, ?)", values)


def load_original(db: "Database", article_id: int) -> bytes | None:
    """The bytes that the article came from; raises DeskError where they are no longer those."""
    row = db.execute("SELECT sha256, zlib FROM article_original WHERE article = ?", [article_id]).fetchone()
    return _unpacked(
        row, "The original file of this article is damaged on this desk. Import it again from where it came."
    )


def load_original_info(db: "Database", article_id: int) -> Original | None:
    """What is known of the bytes that the article came from."""
    row = db.execute(
        "SELECT sha256, size, media_type, headers FROM article_original WHERE article = ?", [article_id]
    ).fetchone()
    if row is None:
        return None
    digest, size, media_type, headers = row
    return Original(digest, size, media_type, tuple((name, value) for name, value in json.loads(headers)))


def insert_file(db: "Database", raw: bytes) -> str:
    """Write a file that is evidence, unless it is there; its SHA-256."""
    digest = hashlib.sha256(raw).hexdigest()
    db.execute("INSERT OR IGNORE INTO evidence_file VALUES (?, ?, ?)", (digest, len(raw), zlib.compress(raw, 9)))
    return digest


def load_file(db: "Database", sha256: str) -> bytes | None:
    """The bytes of a file that is evidence; raises DeskError where they are no longer those."""
    row = db.execute("SELECT sha256, zlib FROM evidence_file WHERE sha256 = ?", [sha256]).fetchone()
    return _unpacked(row, "This file is damaged on this desk. Add it to the claim again from where it came.")


def _unpacked(row: Row | None, damaged: str) -> bytes | None:
    if row is None:
        return None
    digest, packed = row
    try:
        raw = zlib.decompress(packed)
    except zlib.error:
        raw = b""
    if hashlib.sha256(raw).hexdigest() != digest:
        raise DeskError(damaged)
    return raw


# Summaries


def load_summaries(db: "Database", ids: Iterable[int] | None = None, *, counted: bool = True) -> list[ArticleSummary]:
    """Every article, or those of these ids, the newest first, with counts where they are `counted`."""
    chosen = [] if ids is None else [json.dumps(list(ids))]
    among = "" if ids is None else "WHERE {} IN (SELECT value FROM json_each(?))"
    counts = _load_counts(db, among.format("article"), chosen) if counted else {}
    rows = db.execute(
        f"SELECT id, title, outlet, published, language, imported_at FROM article {among.format('id')} ORDER BY id DESC",  # noqa: S608
        chosen,
    )
    return [
        ArticleSummary(article_id, title, outlet, published, language, imported_at, counts.get(article_id, {}))
        for article_id, title, outlet, published, language, imported_at in rows
    ]


def _load_counts(db: "Database", among: str, chosen: list[str]) -> dict[int, dict[tuple[str, Review], int]]:
    """Article id to how many of its claims have a level and a review."""
    counts: dict[int, dict[tuple[str, Review], int]] = defaultdict(dict)
    kinds: dict[tuple[str, str], tuple[str, Review]] = {}  # one for all articles, which saves most of the memory
    for article_id, level, review, count in db.execute(
        f"SELECT article, level, review, count(*) FROM claim {among} GROUP BY article, level, review",  # noqa: S608
        chosen,
    ):
        counts[article_id][kinds.setdefault((level, review), (level, Review(review)))] = count
    return counts


# Claims, read


def load_claims(db: "Database", ids: Iterable[int]) -> list[Claim]:
    """The claims of these ids that the desk holds, in text order, by four queries however many they are."""
    chosen = [json.dumps(list(ids))]
    rows = db.execute(
        f"SELECT id, article, {', '.join(_SAID)} FROM claim WHERE id IN (SELECT value FROM json_each(?))",  # noqa: S608
        chosen,
    ).fetchall()
    parts = _Parts(
        _load_spans(db, chosen),
        _load_names(db, chosen),
        _load_links(db, chosen),
        checks.load_evidence(db, chosen),
        checks.load_replies(db, chosen),
        checks.load_words(db, chosen),
    )
    return in_text_order([_claim(row, parts) for row in rows])


def claim_ids(db: "Database", article_id: int) -> list[int]:
    """The ids of the article's claims."""
    return [row[0] for row in db.execute("SELECT id FROM claim WHERE article = ?", [article_id]).fetchall()]


@dataclass(frozen=True, slots=True)
class _Parts:
    """What claims have in other tables, by their ids."""

    spans: dict[tuple[int, str], list[Span]]
    names: dict[int, list[tuple[str, bool, int]]]
    links: dict[int, list[Link]]
    evidence: dict[int, list[Evidence]]
    replies: dict[int, list[Reply]]
    words: dict[tuple[int, str], list[str]]


def _claim(row: Row, parts: _Parts) -> Claim:
    claim_id, article_id, *said = row
    known = dict(zip(_SAID, said, strict=True))
    known |= {name: kind(known[name]) for name, kind in _CHOICES.items() if known[name] is not None}
    content, source, cue = (tuple(parts.spans.get((claim_id, role), ())) for role in _ROLES)
    names = parts.names.get(claim_id, [])
    return Claim(
        claim_id, article_id, content, source, cue,
        source_name=next((name for name, second, place in names if not second and place == 0), ""),
        via=tuple(name for name, second, place in names if not second and place > 0),
        second_sources=tuple(name for name, second, _ in names if second),
        links=tuple(parts.links.get(claim_id, ())),
        evidence=tuple(parts.evidence.get(claim_id, ())),
        replies=tuple(parts.replies.get(claim_id, ())),
        tags=tuple(parts.words.get((claim_id, checks.TAG), ())),
        anonymity=tuple(AnonymityCheck(one) for one in parts.words.get((claim_id, checks.ANONYMITY), ())),
        **known,
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


def _load_names(db: "Database", chosen: Sequence[str]) -> dict[int, list[tuple[str, bool, int]]]:
    """Claim id to the names of its source (place 0), of those through whom it came (1 and on), and of second sources."""
    names: dict[int, list[tuple[str, bool, int]]] = defaultdict(list)
    for claim_id, name, second, place in db.execute(
        "SELECT claim, name, second, place FROM attribution JOIN source ON source.id = attribution.source"
        " WHERE claim IN (SELECT value FROM json_each(?)) ORDER BY claim, place",
        chosen,
    ).fetchall():
        names[claim_id].append((name, bool(second), place))
    return names


def _load_links(db: "Database", chosen: Sequence[str]) -> dict[int, list[Link]]:
    links: dict[int, list[Link]] = defaultdict(list)
    for claim_id, kind, target, confidence in db.execute(
        "SELECT claim, kind, target, confidence FROM link WHERE claim IN (SELECT value FROM json_each(?))"
        " ORDER BY claim, place",
        chosen,
    ).fetchall():
        links[claim_id].append(Link(LinkKind(kind), target, confidence))
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
    checks.write_evidence(db, _cleared(db, changes, "evidence", "evidence"))
    checks.write_replies(db, _cleared(db, changes, "reply", "replies"))
    checks.write_words(db, _cleared(db, changes, "claim_word", "tags", "anonymity"))
    _index_words(db, changes)


def _check_inside(changes: Sequence[Change], length: int) -> None:
    ends = (span.end for change in changes if change.after for role in Role for span in change.after.spans(role))
    if max(ends, default=0) > length:
        raise EditError("That lies outside the article's text. Open the article again, then mark the words once more.")


def _insert_claims(db: "Database", claims: Sequence[Claim], text: str, sequence: int) -> None:
    columns = ("id", "article", *_ANCHOR, *_SAID, "created", "changed")
    db.conn.executemany(
        f"INSERT INTO claim ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",  # noqa: S608
        [(claim.id, claim.article_id, *_anchor(claim, text), *_said(claim), sequence, sequence) for claim in claims],
    )


def _update_claims(db: "Database", changes: Sequence[Change], text: str, sequence: int) -> None:
    claims = [change.after for change in changes if change.after]
    db.conn.executemany(
        f"UPDATE claim SET {', '.join(f'{name} = ?' for name in _SAID)}, changed = ? WHERE id = ?",  # noqa: S608
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


_said = attrgetter(*_SAID)


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
        (claim.id, place, second, name)
        for claim in _cleared(db, changes, "attribution", "source_name", "via", "second_sources")
        for place, (name, second) in enumerate(
            [(claim.source_name, False), *((n, False) for n in claim.via), *((n, True) for n in claim.second_sources)]
        )
        if name or place
    ]
    db.conn.executemany("INSERT OR IGNORE INTO source (name) VALUES (?)", [(name,) for *_, name in rows])
    db.conn.executemany(
        "INSERT INTO attribution (claim, place, second, source) SELECT ?, ?, ?, id FROM source WHERE name = ?", rows
    )


def _write_links(db: "Database", changes: Sequence[Change]) -> None:
    rows = [
        (claim.id, place, link.kind, link.target, link.confidence)
        for claim in _cleared(db, changes, "link", "links")
        for place, link in enumerate(claim.links)
    ]
    db.conn.executemany("INSERT INTO link VALUES (?, ?, ?, ?, ?)", rows)


def _index_words(db: "Database", changes: Sequence[Change]) -> None:
    searched = attrgetter("content", "note", "names")
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
