"""What a desk's file holds, and the steps by which older desks come up to it. docs/desk-format.md tells it in prose.

A step that was released never changes: what comes later is a step of its own, with a sample of the schema before it in
tests/data.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from claimdesk.core.desk.connection import APPLICATION_ID, pragma, writing
from claimdesk.core.desk.search import make_index, make_source_index
from claimdesk.core.errors import DeskError
from claimdesk.core.levels import LEVELS

if TYPE_CHECKING:
    from sqlite_utils import Database

Step = Callable[["Database"], None]


def first_desk(db: "Database") -> None:
    """Articles, their claims, and the history of both."""
    for part in (_ARTICLES, _CLAIMS, _HISTORY, _VIEW):
        db.executescript(part)
    db.table("level").insert_all(
        {"slug": level.slug, "place": place, "label": level.label, "definition": level.definition}
        for place, level in enumerate(LEVELS, 1)
    )


def certainty_and_manner(db: "Database") -> None:
    """How certain a claim's wording is, and whether it stands in the source's own words; NULL where nobody has told."""
    db.executescript(_CERTAINTY_AND_MANNER)
    db.executescript(_VIEW.replace("    claim.note\n", "    claim.note,\n    claim.certainty,\n    claim.manner\n"))


def search(db: "Database") -> None:
    """The index that the search over the desk asks. A word folded otherwise than it was then needs a step that makes it anew."""
    make_index(db)


def register(db: "Database") -> None:
    """What is known of a source beside its name, and a history that also tells of what belongs to no article."""
    db.executescript(_REGISTER)
    db.executescript(_HISTORY_WITHOUT_ARTICLE)
    db.executescript(_VIEW_WITH_SOURCES)


def checking(db: "Database") -> None:
    """What a checker adds to a claim, an article's pages and remarks, and what was done to it on other desks.

    And an index of what the register knows of sources.
    """
    for part in (_ARTICLE_PARTS, _CHECKING, _READABLE_VIEWS, _COUNTING_VIEWS):
        db.executescript(part)
    make_source_index(db)


STEPS: tuple[Step, ...] = (first_desk, certainty_and_manner, search, register, checking)
"""Every step in order; a desk's version is the number of steps that it has taken."""


def refuse_newer(path: Path, stamp: tuple[int, int]) -> None:
    """Raises DeskError if the desk whose file says `stamp` of itself was written by a later ClaimDesk than this."""
    application, version = stamp
    if application == APPLICATION_ID and version > len(STEPS):
        raise DeskError(
            f"The desk {path.name} was made by a newer ClaimDesk (format {version}, this one knows {len(STEPS)}). "
            "It was not touched; update ClaimDesk to open it."
        )


def is_older(stamp: tuple[int, int]) -> bool:
    """Whether the desk whose file says `stamp` of itself was written by an earlier ClaimDesk than this."""
    application, version = stamp
    return application == APPLICATION_ID and 0 < version < len(STEPS)


def migrate(db: "Database") -> None:
    """Bring the desk up to this program's schema: all steps or none."""
    from sqlite_utils.migrations import Migrations

    if pragma(db, "user_version") == len(STEPS):
        return
    steps = Migrations("claimdesk")
    for step in STEPS:
        steps()(step)
    with writing(db):
        steps.apply(db)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {len(STEPS)}")


_ARTICLES = """
CREATE TABLE article (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL,
    title_start INTEGER,
    title_end INTEGER,
    language TEXT NOT NULL,
    outlet TEXT NOT NULL,
    byline TEXT NOT NULL,
    published TEXT NOT NULL,
    url TEXT NOT NULL,
    filename TEXT NOT NULL,
    imported_at TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    revises INTEGER REFERENCES article(id),
    text TEXT NOT NULL,
    CHECK ((title_start IS NULL) = (title_end IS NULL)),
    CHECK (title_start IS NULL OR (0 <= title_start AND title_start < title_end))
) STRICT;
CREATE INDEX article_by_sha256 ON article(sha256);
CREATE TRIGGER article_text_never_changes BEFORE UPDATE OF text, sha256 ON article
BEGIN
    SELECT RAISE(ABORT, 'the text of an article never changes');
END;

CREATE TABLE article_original (
    article INTEGER PRIMARY KEY REFERENCES article(id) ON DELETE CASCADE,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    zlib BLOB NOT NULL
) STRICT;

CREATE TABLE furniture (
    article INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
    piece INTEGER NOT NULL,
    start INTEGER NOT NULL CHECK (start >= 0),
    "end" INTEGER NOT NULL CHECK ("end" > start),
    PRIMARY KEY (article, piece)
) STRICT, WITHOUT ROWID;
"""

_CLAIMS = """
CREATE TABLE level (
    slug TEXT PRIMARY KEY,
    place INTEGER NOT NULL UNIQUE,
    label TEXT NOT NULL,
    definition TEXT NOT NULL
) STRICT;

CREATE TABLE claim (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL REFERENCES article(id),
    start INTEGER NOT NULL CHECK (start >= 0),
    "end" INTEGER NOT NULL CHECK ("end" > start),
    exact TEXT NOT NULL,
    prefix TEXT NOT NULL,
    suffix TEXT NOT NULL,
    level TEXT NOT NULL REFERENCES level(slug),
    review TEXT NOT NULL CHECK (review IN ('suggested', 'accepted', 'dismissed')),
    origin TEXT NOT NULL CHECK (origin IN ('program', 'person')),
    confidence REAL,
    reason TEXT NOT NULL,
    note TEXT NOT NULL,
    created INTEGER NOT NULL REFERENCES history(id) DEFERRABLE INITIALLY DEFERRED,
    changed INTEGER NOT NULL REFERENCES history(id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX claim_by_article ON claim(article, level, review);

CREATE TABLE span (
    claim INTEGER NOT NULL REFERENCES claim(id) ON DELETE CASCADE,
    role TEXT NOT NULL CHECK (role IN ('content', 'source', 'cue')),
    piece INTEGER NOT NULL,
    start INTEGER NOT NULL CHECK (start >= 0),
    "end" INTEGER NOT NULL CHECK ("end" > start),
    PRIMARY KEY (claim, role, piece)
) STRICT, WITHOUT ROWID;

CREATE TABLE source (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE attribution (
    claim INTEGER NOT NULL REFERENCES claim(id) ON DELETE CASCADE,
    place INTEGER NOT NULL CHECK (place >= 0),
    source INTEGER NOT NULL REFERENCES source(id),
    PRIMARY KEY (claim, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX attribution_by_source ON attribution(source);

CREATE TABLE link (
    claim INTEGER NOT NULL REFERENCES claim(id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('denies', 'confirms', 'repeats')),
    target INTEGER NOT NULL REFERENCES claim(id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (claim, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_by_target ON link(target);
"""

_HISTORY = """
CREATE TABLE history (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL REFERENCES article(id),
    kind TEXT NOT NULL CHECK (kind IN ('import', 'edit', 'undo', 'redo')),
    verb TEXT NOT NULL,
    sentence TEXT NOT NULL,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    undoes INTEGER REFERENCES history(id),
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    changes TEXT NOT NULL
) STRICT;
CREATE INDEX history_by_article ON history(article);
CREATE TRIGGER history_is_never_rewritten BEFORE UPDATE ON history
BEGIN
    SELECT RAISE(ABORT, 'the history of a desk is never rewritten');
END;
CREATE TRIGGER history_is_never_shortened BEFORE DELETE ON history
BEGIN
    SELECT RAISE(ABORT, 'the history of a desk is never shortened');
END;

CREATE TABLE setting (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
"""

_CERTAINTY_AND_MANNER = """
ALTER TABLE claim ADD COLUMN certainty TEXT CHECK (certainty IN ('certain', 'probable', 'possible', 'alleged'));
ALTER TABLE claim ADD COLUMN manner TEXT CHECK (manner IN ('direct', 'indirect', 'mixed'));
DROP VIEW claims;
"""

_REGISTER = """
ALTER TABLE source ADD COLUMN kind TEXT NOT NULL DEFAULT 'unknown'
    CHECK (kind IN ('person', 'institution', 'outlet', 'document', 'unknown'));
ALTER TABLE source ADD COLUMN role TEXT NOT NULL DEFAULT '';
ALTER TABLE source ADD COLUMN affiliation TEXT NOT NULL DEFAULT '';
ALTER TABLE source ADD COLUMN pseudonym TEXT NOT NULL DEFAULT '';
ALTER TABLE source ADD COLUMN confidential INTEGER NOT NULL DEFAULT 0
    CHECK (confidential = 0 OR (confidential = 1 AND pseudonym <> ''));
ALTER TABLE source ADD COLUMN note TEXT NOT NULL DEFAULT '';
CREATE INDEX source_confidential ON source(name) WHERE confidential = 1;

CREATE TABLE source_alias (
    alias TEXT PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE
) STRICT;
CREATE INDEX source_alias_by_source ON source_alias(source);
"""

# A column's NOT NULL cannot be taken away, so the table is made anew with the same rows, ids and hashes. What refers to them
# is checked at the end of the transaction, when they are there again; for each row SQLite looks for it, hence the indexes.
_HISTORY_WITHOUT_ARTICLE = """
PRAGMA defer_foreign_keys = ON;
CREATE INDEX claim_by_created ON claim(created);
CREATE INDEX claim_by_changed ON claim(changed);
CREATE INDEX history_by_undoes ON history(undoes);
CREATE TEMP TABLE history_kept AS SELECT * FROM main.history;
DROP TABLE main.history;
CREATE TABLE history (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER REFERENCES article(id),
    kind TEXT NOT NULL CHECK (kind IN ('import', 'edit', 'undo', 'redo')),
    verb TEXT NOT NULL,
    sentence TEXT NOT NULL,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    undoes INTEGER REFERENCES history(id),
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    changes TEXT NOT NULL
) STRICT;
CREATE INDEX history_by_undoes ON history(undoes);
INSERT INTO main.history SELECT * FROM history_kept ORDER BY id;
DROP INDEX history_by_undoes;
DROP INDEX claim_by_created;
DROP INDEX claim_by_changed;
DROP TABLE history_kept;
CREATE INDEX history_by_article ON history(article);
CREATE TRIGGER history_is_never_rewritten BEFORE UPDATE ON history
BEGIN
    SELECT RAISE(ABORT, 'the history of a desk is never rewritten');
END;
CREATE TRIGGER history_is_never_shortened BEFORE DELETE ON history
BEGIN
    SELECT RAISE(ABORT, 'the history of a desk is never shortened');
END;
"""

_VIEW = """
CREATE VIEW claims AS
SELECT
    claim.id,
    claim.article AS article_id,
    article.title AS article,
    claim.exact AS claim,
    level.label AS level,
    (SELECT source.name FROM attribution JOIN source ON source.id = attribution.source
        WHERE attribution.claim = claim.id AND attribution.place = 0) AS source,
    (SELECT group_concat(words, ' … ') FROM (
        SELECT substr(article.text, start + 1, "end" - start) AS words
        FROM span WHERE span.claim = claim.id AND role = 'source' ORDER BY piece)) AS source_words,
    (SELECT group_concat(words, ' … ') FROM (
        SELECT substr(article.text, start + 1, "end" - start) AS words
        FROM span WHERE span.claim = claim.id AND role = 'cue' ORDER BY piece)) AS cue,
    claim.review,
    claim.note
FROM claim
JOIN article ON article.id = claim.article
JOIN level ON level.slug = claim.level
ORDER BY claim.article, claim.start, claim."end" DESC, claim.id;
"""

_VIEW_WITH_SOURCES = """
DROP VIEW claims;
CREATE VIEW claims AS
SELECT
    claim.id,
    claim.article AS article_id,
    article.title AS article,
    claim.exact AS claim,
    level.label AS level,
    source.name AS source,
    nullif(source.role, '') AS role,
    nullif(source.affiliation, '') AS affiliation,
    (SELECT group_concat(words, ' … ') FROM (
        SELECT substr(article.text, start + 1, "end" - start) AS words
        FROM span WHERE span.claim = claim.id AND span.role = 'source' ORDER BY piece)) AS source_words,
    (SELECT group_concat(words, ' … ') FROM (
        SELECT substr(article.text, start + 1, "end" - start) AS words
        FROM span WHERE span.claim = claim.id AND span.role = 'cue' ORDER BY piece)) AS cue,
    claim.review,
    claim.note,
    claim.certainty,
    claim.manner
FROM claim
JOIN article ON article.id = claim.article
JOIN level ON level.slug = claim.level
LEFT JOIN attribution ON attribution.claim = claim.id AND attribution.place = 0
LEFT JOIN source ON source.id = attribution.source
ORDER BY claim.article, claim.start, claim."end" DESC, claim.id;
"""

_ARTICLE_PARTS = """
ALTER TABLE article ADD COLUMN retrieved_at TEXT NOT NULL DEFAULT '';
ALTER TABLE article_original ADD COLUMN media_type TEXT NOT NULL DEFAULT '';
ALTER TABLE article_original ADD COLUMN headers TEXT NOT NULL DEFAULT '[]';

CREATE TABLE page (
    article INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
    number INTEGER NOT NULL CHECK (number >= 1),
    start INTEGER NOT NULL CHECK (start >= 0),
    PRIMARY KEY (article, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE remark (
    article INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('comment', 'footnote', 'endnote')),
    author TEXT NOT NULL,
    text TEXT NOT NULL,
    start INTEGER CHECK (start >= 0),
    "end" INTEGER CHECK ("end" > start),
    PRIMARY KEY (article, place),
    CHECK ((start IS NULL) = ("end" IS NULL))
) STRICT, WITHOUT ROWID;
"""

_CHECKING = """
ALTER TABLE link ADD COLUMN confidence REAL;
ALTER TABLE attribution ADD COLUMN second INTEGER NOT NULL DEFAULT 0 CHECK (second IN (0, 1));
ALTER TABLE claim ADD COLUMN terms TEXT CHECK (terms IN ('on_record', 'background', 'deep_background', 'off_record'));
ALTER TABLE claim ADD COLUMN restated TEXT NOT NULL DEFAULT '';
ALTER TABLE claim ADD COLUMN question TEXT NOT NULL DEFAULT '';
ALTER TABLE claim ADD COLUMN verdict TEXT
    CHECK (verdict IN ('confirmed', 'partly', 'misleading', 'refuted', 'unproven'));
ALTER TABLE claim ADD COLUMN rationale TEXT NOT NULL DEFAULT '';
ALTER TABLE claim ADD COLUMN checked_by TEXT NOT NULL DEFAULT '';
ALTER TABLE claim ADD COLUMN checked_at TEXT NOT NULL DEFAULT '';
CREATE INDEX claim_by_verdict ON claim(verdict) WHERE verdict IS NOT NULL;

CREATE TABLE evidence_file (
    sha256 TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    zlib BLOB NOT NULL
) STRICT;

CREATE TABLE evidence (
    claim INTEGER NOT NULL REFERENCES claim(id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('url', 'file', 'document', 'interview')),
    locator TEXT NOT NULL,
    title TEXT NOT NULL,
    stance TEXT NOT NULL CHECK (stance IN ('supports', 'refutes', 'context')),
    quote TEXT NOT NULL,
    page TEXT NOT NULL,
    archive TEXT NOT NULL,
    retrieved TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    reliability TEXT CHECK (reliability IN ('A', 'B', 'C', 'D', 'E', 'F')),
    credibility TEXT CHECK (credibility IN ('1', '2', '3', '4', '5', '6')),
    note TEXT NOT NULL,
    PRIMARY KEY (claim, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX evidence_by_file ON evidence(sha256) WHERE sha256 <> '';

CREATE TABLE reply (
    claim INTEGER NOT NULL REFERENCES claim(id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    whom TEXT NOT NULL,
    asked TEXT NOT NULL,
    channel TEXT NOT NULL,
    answered TEXT NOT NULL,
    answer TEXT NOT NULL,
    PRIMARY KEY (claim, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE claim_word (
    claim INTEGER NOT NULL REFERENCES claim(id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('tag', 'anonymity')),
    word TEXT NOT NULL,
    PRIMARY KEY (claim, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_word_by_word ON claim_word(kind, word);

CREATE TABLE foreign_history (
    article INTEGER NOT NULL REFERENCES article(id),
    place INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('import', 'edit', 'undo', 'redo')),
    sentence TEXT NOT NULL,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (article, place),
    UNIQUE (article, hash)
) STRICT, WITHOUT ROWID;
"""

# What sqlite-utils and Datasette show of a plain desk to somebody who does not know its tables.
_READABLE_VIEWS = _VIEW_WITH_SOURCES.replace(
    "    claim.manner\n",
    """    claim.manner,
    claim.terms,
    nullif(claim.restated, '') AS restated,
    (SELECT group_concat(word, ', ') FROM (
        SELECT word FROM claim_word WHERE claim_word.claim = claim.id AND kind = 'tag' ORDER BY place)) AS tags,
    (SELECT count(*) FROM evidence WHERE evidence.claim = claim.id) AS evidence,
    claim.verdict,
    nullif(claim.rationale, '') AS rationale
""",
)

_COUNTING_VIEWS = """
CREATE VIEW articles AS
SELECT
    article.id,
    article.title,
    nullif(article.outlet, '') AS outlet,
    nullif(article.byline, '') AS byline,
    nullif(article.published, '') AS published,
    nullif(article.language, '') AS language,
    nullif(article.url, '') AS url,
    article.imported_at,
    count(claim.id) FILTER (WHERE claim.review <> 'dismissed') AS claims,
    count(claim.id) FILTER (WHERE claim.review = 'accepted') AS accepted,
    count(claim.id) FILTER (WHERE claim.review = 'suggested') AS suggested,
    count(claim.verdict) FILTER (WHERE claim.review <> 'dismissed') AS with_verdict,
    count(claim.id) FILTER (WHERE claim.review <> 'dismissed' AND NOT EXISTS (
        SELECT 1 FROM attribution WHERE attribution.claim = claim.id AND attribution.place = 0)) AS without_source
FROM article
LEFT JOIN claim ON claim.article = article.id
GROUP BY article.id
ORDER BY article.id;

CREATE VIEW sources AS
SELECT
    source.id,
    source.name,
    source.kind,
    nullif(source.role, '') AS role,
    nullif(source.affiliation, '') AS affiliation,
    (SELECT group_concat(alias, ', ') FROM (
        SELECT alias FROM source_alias WHERE source_alias.source = source.id ORDER BY source_alias.rowid)) AS aliases,
    source.confidential,
    nullif(source.pseudonym, '') AS pseudonym,
    count(DISTINCT claim.id) AS claims,
    count(DISTINCT claim.article) AS articles
FROM source
LEFT JOIN attribution ON attribution.source = source.id
LEFT JOIN claim ON claim.id = attribution.claim AND claim.review <> 'dismissed'
GROUP BY source.id
HAVING claims > 0 OR (
    source.name COLLATE NOCASE NOT IN (SELECT alias FROM source_alias)
    AND (source.kind <> 'unknown' OR source.role <> '' OR source.affiliation <> '' OR source.note <> ''
        OR source.confidential = 1 OR source.pseudonym <> '' OR source.id IN (SELECT source FROM source_alias)))
ORDER BY source.name COLLATE NOCASE, source.id;
"""
