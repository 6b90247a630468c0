"""A plain desk, and a plain copy of any desk, open in the programs that people use to look into databases."""

import json
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from claimdesk.core import checking, edits, sources
from claimdesk.core.claim import Article, Span, Suggestion
from claimdesk.core.desk import Desk, keys, protection
from claimdesk.core.desk.keys import Keys
from claimdesk.core.edits import Edit
from claimdesk.core.evidence import Verdict
from claimdesk.core.sources import SourceKind

TEXT = "The ferry 🛳️ stops, the “council” said. नगर निगम: पुल बंद है। 다리가 안전하다. الجسر آمن."
SAID = "The ferry 🛳️ stops"
DOCUMENT = Path(__file__).parents[3] / "docs" / "desk-format.md"
WITH_NEWER_SQLITE = (
    "import sys, sqlcipher3, sqlcipher3.dbapi2 as driver; "
    "sys.modules['pysqlite3'] = driver; from datasette.cli import cli; cli()"
)
"""Datasette as it runs where `pysqlite3` is installed, which it takes before the SQLite of the system."""


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A plain desk, and a plain copy of an encrypted one."""
    folder = tmp_path_factory.mktemp("desks")
    held, key = Keys.new()
    keys.save(folder / "secret.db", held.with_recovery(key)[0])
    for name, used in (("plain", None), ("secret", key)):
        with Desk.open(folder / f"{name}.db", who="Rosa", key=used) as desk:
            fill(desk)
    protection.export_plain(folder / "secret.db", key, folder / "secret_copy.db")
    return {name: folder / f"{name}.db" for name in ("plain", "secret_copy")}


def of(words: str) -> Span:
    """Where `words` stand in the text."""
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def fill(desk: Desk) -> None:
    article = desk.add_article(Article(TEXT, "Ferry 🛳️", "en", outlet="गजट"))
    desk.add_article(Article("Nothing claimed 나연", "Empty"))
    found = [
        Suggestion((of(SAID),), (of("the “council”"),), (of("said"),), "official", "नगर निगम", ("Gazette",)),
        Suggestion((of("다리가 안전하다"),), level="media", source_entity="나연"),
    ]
    verbs: tuple[Callable[[], Edit | None], ...] = (
        lambda: edits.take_suggestions([], article, found),
        lambda: edits.accept(desk.claims(1), [1]),
        lambda: edits.dismiss(desk.claims(1), [2]),
        lambda: checking.set_verdict(desk.claims(1), 1, Verdict.CONFIRMED, "Seen", who="Rosa", day="2026-03-01"),
    )
    for verb in verbs:
        edit = verb()
        assert edit is not None
        desk.commit(edit)
    before = next(entry.source for entry in desk.register() if entry.source.name == "Gazette")
    after = sources.Source(before.id, "Gazette", SourceKind.OUTLET, aliases=("The Gazette", "गजट समाचार"))
    described = sources.describe(desk.register(), [], before, after)
    assert described is not None
    desk.commit_register(described)


def sqlite_utils(*words: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", "sqlite_utils", *words], capture_output=True, encoding="utf-8", timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def datasette(path: Path, address: str) -> Any:
    """What the real program answers to one request, without a network."""
    is_old = sqlite3.sqlite_version_info < (3, 43) and not path.stem.endswith("copy")
    start = ["-c", WITH_NEWER_SQLITE] if is_old else ["-m", "datasette"]
    done = subprocess.run(
        [sys.executable, "-W", "ignore", *start, "serve", str(path), "--get", address],
        capture_output=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


CLAIM = {
    "article": "Ferry 🛳️", "claim": SAID, "level": "Official statement", "source": "नगर निगम", "source_words": "the “council”",
    "cue": "said", "review": "accepted", "verdict": "confirmed",
}  # fmt: skip
ARTICLES: list[dict[str, Any]] = [
    {"id": 1, "title": "Ferry 🛳️", "outlet": "गजट", "claims": 1, "accepted": 1, "suggested": 0, "with_verdict": 1},
    {"id": 2, "title": "Empty", "outlet": None, "claims": 0, "accepted": 0, "suggested": 0, "with_verdict": 0},
]
SOURCES: list[dict[str, Any]] = [
    {"name": "Gazette", "kind": "outlet", "aliases": "The Gazette, गजट समाचार", "claims": 1, "articles": 1},
    {"name": "नगर निगम", "kind": "unknown", "aliases": None, "claims": 1, "articles": 1},
]


def is_told(rows: list[dict[str, Any]], wanted: list[dict[str, Any]]) -> bool:
    """Whether the rows say, among other things, what is wanted of them."""
    return len(rows) == len(wanted) and all(row.items() >= one.items() for row, one in zip(rows, wanted, strict=True))


@pytest.mark.parametrize("name", ["plain", "secret_copy"])
def test_the_sqlite_utils_command_shows_tables_views_and_rows(desks: dict[str, Path], name: str) -> None:
    path = str(desks[name])
    assert {"article", "claim", "source", "history"} <= {row["table"] for row in sqlite_utils("tables", path)}
    assert [row["view"] for row in sqlite_utils("views", path)] == ["claims", "articles", "sources"]
    rows = sqlite_utils("rows", path, "claims")
    assert rows[0].items() >= CLAIM.items()
    assert [row["review"] for row in rows] == ["accepted", "dismissed"]
    assert is_told(sqlite_utils("rows", path, "articles"), ARTICLES)
    assert is_told(sqlite_utils("rows", path, "sources"), SOURCES)
    asked = "SELECT claim, level FROM claims WHERE source = :who"
    assert sqlite_utils("query", path, asked, "-p", "who", "नगर निगम") == [
        {"claim": SAID, "level": "Official statement"}
    ]


@pytest.mark.parametrize("name", ["plain", "secret_copy"])
def test_datasette_shows_it(desks: dict[str, Path], name: str) -> None:
    told = datasette(desks[name], f"/{name}.json")
    assert {view["name"] for view in told["views"]} == {"articles", "claims", "sources"}
    assert {table["name"]: table["count"] for table in told["tables"]}["claim"] == 2
    assert datasette(desks[name], f"/{name}/claims.json?_shape=array&review=accepted")[0].items() >= CLAIM.items()
    assert is_told(datasette(desks[name], f"/{name}/articles.json?_shape=array"), ARTICLES)
    assert is_told(datasette(desks[name], f"/{name}/sources.json?_shape=array"), SOURCES)


def test_a_copy_is_a_desk_that_searches_as_ever(desks: dict[str, Path], tmp_path: Path) -> None:
    shutil.copy(desks["secret_copy"], tmp_path / "desk.db")
    with Desk.open(tmp_path / "desk.db", who="Rosa") as desk:
        assert [page.hits[0].article_id for page in desk.search("ferry") if page.hits] == [1, 1]
        assert desk.verify_history() is None


def test_the_document_names_every_table_column_and_reference(desks: dict[str, Path]) -> None:
    diagram = DOCUMENT.read_text(encoding="utf-8").split("```mermaid\nerDiagram\n")[1].split("```")[0]
    drawn = {
        table: re.findall(r"^ {8}([A-Z]+) (\w+)(?: ((?:PK|FK)(?:, FK)?))?$", body, re.MULTILINE)
        for table, body in re.findall(r"^ {4}(\w+) \{\n(.*?)^ {4}\}$", diagram, re.MULTILINE | re.DOTALL)
    }
    lines = {
        (one, other, by) for one, other, by in re.findall(r'^ {4}(\w+) \S+ (\w+) : "(\w+)"$', diagram, re.MULTILINE)
    }
    with closing(sqlite3.connect(desks["plain"])) as db:
        tables = [
            name
            for (name,) in db.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%STRICT%'"
            ).fetchall()
            if not name.startswith("_")
        ]
        real, references = {}, {("evidence_file", "evidence", "sha256")}
        for table in tables:
            to = {row[3]: row[2] for row in db.execute(f"PRAGMA foreign_key_list({table})").fetchall()}
            references |= {(target, table, column) for column, target in to.items()}
            real[table] = [
                (kind, name, ", ".join(key for key, is_so in (("PK", place), ("FK", name in to)) if is_so))
                for _, name, kind, _, _, place in db.execute(f"PRAGMA table_info({table})").fetchall()
            ]
        views = {name: {row[1] for row in db.execute(f"PRAGMA table_info({name})").fetchall()} for name in ("claims", "articles", "sources")}  # fmt: skip
    assert drawn == real
    assert lines == references
    prose = DOCUMENT.read_text(encoding="utf-8")
    for name, columns in (*views.items(), *((table, {column[1] for column in of}) for table, of in real.items())):
        section = prose.split(f"\n`{name}`: ")[1].split("\n\n`")[0]
        said = {
            word for line in re.findall(r"^\| ([^|]+) \|", section, re.MULTILINE) for word in re.split(r"[,\s]+", line)
        }
        assert columns <= said, (name, columns - said)
