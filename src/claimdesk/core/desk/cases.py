"""An article with all that the desk holds of it as a case, and what comes of one; every function runs inside a transaction of its caller."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from claimdesk.core.case import Bundle, Case, Deed
from claimdesk.core.claim import Article, Claim, Packed
from claimdesk.core.desk import history, records, register
from claimdesk.core.edits import Change
from claimdesk.core.past import Kind
from claimdesk.core.text import sha256

if TYPE_CHECKING:
    from sqlite_utils import Database

_COLUMNS = "hash, kind, sentence, at, who"


def load_case(db: "Database", article: Article) -> Case:
    """The article with its claims, their sources, and its history."""
    claims = records.load_claims(db, records.claim_ids(db, article.id))
    named = {name for claim in claims for name in claim.names}
    past = [Deed(one.hash, one.kind, one.sentence, one.at, one.who) for one in history.entries(db, article.id)]
    before = db.execute("SELECT sha256 FROM article WHERE id = ?", [article.revises]).fetchone()
    return Case(
        article=article,
        claims=tuple(claims),
        sources=tuple(one for one in register.load_all(db) if one.name in named),
        original=records.load_original_info(db, article.id),
        past=tuple(past),
        past_elsewhere=tuple(load_elsewhere(db, article.id)),
        revises=before[0] if before else "",
    )


def load_bundle(db: "Database", case: Case) -> Bundle:
    """The case with the bytes that the desk keeps for it; raises DeskError where they are damaged."""
    digests = sorted({one.sha256 for claim in case.claims for one in claim.evidence if one.sha256})
    files = ((digest, records.load_file(db, digest)) for digest in digests)
    kept = {digest: raw for digest, raw in files if raw is not None}
    return Bundle(case, records.load_original(db, case.article.id), kept)


def insert_article(db: "Database", bundle: Bundle) -> Article:
    """Write the article of a case with its original and evidence; the article as the desk has it."""
    case = bundle.case
    before = db.execute("SELECT max(id) FROM article WHERE sha256 = ?", [case.revises]).fetchone()[0]
    article = replace(
        case.article,
        revises=before,
        sha256=sha256(case.article.text),
        imported_at=case.article.imported_at or history.now(),
    )
    article = replace(article, id=records.insert_article(db, article))
    if bundle.original is not None and case.original is not None:
        packed = Packed.of(bundle.original)
        records.insert_original(db, article.id, packed, case.original.media_type, case.original.headers)
    insert_files(db, bundle.files)
    return article


def insert_files(db: "Database", files: Mapping[str, bytes]) -> None:
    """Write files of evidence, unless they are there."""
    for raw in files.values():
        records.insert_file(db, raw)


def without_lost_files(db: "Database", changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes with evidence that names only files that the desk keeps: one that did not come along has no file here."""
    kept = {digest for (digest,) in db.execute("SELECT sha256 FROM evidence_file").fetchall()}
    return tuple(Change(change.before, change.after and _with_kept_files(change.after, kept)) for change in changes)


def _with_kept_files(claim: Claim, kept: Collection[str]) -> Claim:
    evidence = tuple(one if one.sha256 in kept else replace(one, sha256="") for one in claim.evidence)
    return replace(claim, evidence=evidence)


def load_elsewhere(db: "Database", article_id: int) -> list[Deed]:
    """What was done to an article on other desks, as far as it is known, in the order in which it came."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM foreign_history WHERE article = ? ORDER BY place",  # noqa: S608
        [article_id],
    ).fetchall()
    return [Deed(digest, Kind(kind), *said) for digest, kind, *said in rows]


def keep_elsewhere(db: "Database", article_id: int, case: Case) -> None:
    """Keep what a case tells of its past, but for what was done here or is known already."""
    known = {one.hash for one in history.entries(db, article_id)} | {one.hash for one in load_elsewhere(db, article_id)}
    new = {one.hash: one for one in (*case.past_elsewhere, *case.past) if one.hash not in known}
    first = db.execute("SELECT coalesce(max(place), -1) + 1 FROM foreign_history WHERE article = ?", [article_id])
    rows = [
        (article_id, place, one.kind, one.sentence, one.at, one.who, one.hash)
        for place, one in enumerate(new.values(), first.fetchone()[0])
    ]
    db.conn.executemany("INSERT INTO foreign_history VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
