"""Which files are opened as a desk, which are refused and left as they are, and how old ones come up to date."""

import hashlib
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlcipher3.dbapi2 as driver  # type: ignore[import-untyped]

from claimdesk.core.claim import Article, LinkKind, Review, Span
from claimdesk.core.desk import Desk, connection, schema
from claimdesk.core.errors import DeskError

if TYPE_CHECKING:
    from sqlite_utils import Database

SAMPLES = sorted((Path(__file__).parents[2] / "data").glob("desk-schema-*.db"))
"""A frozen desk of every schema that was ever released."""
POSIX = pytest.mark.skipif(os.name == "nt", reason="permissions and device files of POSIX")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A desk with one article, closed."""
    path = tmp_path / "desk.db"
    with Desk.open(path, who="Rosa") as desk:
        desk.add_article(Article("कहा 🙂 말했다 قال", "T"), original=bytes(range(256)) * 64)
    return path


def print_of(path: Path) -> tuple[str, int]:
    return hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns


def refused(path: Path) -> str:
    """The sentence with which the file is refused, that leaves it byte for byte alone, and nothing beside it."""
    before = print_of(path), sorted(path.parent.iterdir())
    with pytest.raises(DeskError) as failure:
        Desk.open(path, who="Rosa")
    assert (print_of(path), sorted(path.parent.iterdir())) == before
    assert str(failure.value).endswith(".")
    return str(failure.value)


@contextmanager
def one_step_more() -> Iterator[None]:
    """A later ClaimDesk, whose desks take a step more."""

    def second(db: "Database") -> None:
        db.execute("ALTER TABLE claim ADD COLUMN later TEXT")

    with pytest.MonkeyPatch.context() as later:
        later.setattr(schema, "STEPS", (*schema.STEPS, second))
        yield


@contextmanager
def as_ordinary_user(*owned: Path) -> Iterator[None]:
    """Without root's right to do everything, where the tests run as root."""
    if os.geteuid() != 0:
        yield
        return
    nobody = 65534
    for file in owned:
        os.chown(file, nobody, nobody)
    os.seteuid(nobody)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user can reach."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@POSIX
def test_a_new_desk_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "ClaimDesk" / "desk.db"
    with Desk.open(path, who="Rosa") as desk:
        desk.add_article(Article("text", "T"))
        files = list(path.parent.iterdir())
        assert {file.name for file in files} == {"desk.db", "desk.db-wal", "desk.db-shm"}
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@POSIX
def test_a_folder_that_was_there_keeps_its_rights(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    Desk.open(tmp_path / "desk.db", who="Rosa").close()
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


def test_a_desk_is_set_up_for_safety(path: Path) -> None:
    with closing(driver.connect(str(path))) as connection:
        asked = ("journal_mode", "application_id", "user_version", "integrity_check")
        assert [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in asked] == [
            "wal", 0x436C446B, len(schema.STEPS), "ok",
        ]  # fmt: skip
        tables = connection.execute(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict"
        )
        assert {name for (name,) in tables} <= {"sqlite_schema", "sqlite_sequence"}


def test_every_connection_is_set_up_for_safety(path: Path) -> None:
    with closing(connection.connect(path, 2.5)) as db:
        pragmas = {
            "synchronous": 2, "fullfsync": 1, "checkpoint_fullfsync": 1, "foreign_keys": 1, "secure_delete": 1, "trusted_schema": 0,
            "cell_size_check": 1, "temp_store": 2, "busy_timeout": 2500,
        }  # fmt: skip
        assert {name: connection.pragma(db, name) for name in pragmas} == pragmas


def test_an_empty_file_becomes_a_desk(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    path.touch()
    with Desk.open(path, who="Rosa") as desk:
        assert desk.articles() == []


def test_a_desk_whose_making_was_cut_short_is_made_again(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    with closing(driver.connect(str(path))) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    assert path.stat().st_size > 0
    with Desk.open(path, who="Rosa") as desk:
        assert desk.articles() == []


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="is not a file, so it cannot be a desk"):
        Desk.open(tmp_path, who="Rosa")


@POSIX
def test_a_device_is_refused() -> None:
    with pytest.raises(DeskError, match="null is not a file"):
        Desk.open(Path("/dev/null"), who="Rosa")


def test_a_path_through_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(DeskError, match="cannot be written there"):
        Desk.open(tmp_path / "file" / "desk.db", who="Rosa")


@POSIX
def test_a_desk_is_followed_through_a_link(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "elsewhere" / "link.db"
    link.parent.mkdir()
    link.symlink_to(path)
    with Desk.open(link, who="Rosa") as desk:
        desk.set_setting("a", "b")
        assert list(link.parent.iterdir()) == [link]
    with Desk.open(path, who="Rosa") as desk:
        assert desk.setting("a") == "b"


def test_any_other_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    for content in ("Dear editor, कहा 🙂\n".encode(), b"\0", bytes(5000)):
        letter.write_bytes(content)
        assert "letter.txt is not a ClaimDesk desk, or it is damaged" in refused(letter)


def test_the_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "photos.db"
    with closing(driver.connect(str(other))) as connection:
        connection.execute("CREATE TABLE photo (id INTEGER PRIMARY KEY)")
        connection.commit()
    assert "photos.db is a database, but not a ClaimDesk desk" in refused(other)


def test_a_truncated_desk_is_refused_and_left_alone(path: Path) -> None:
    whole = path.read_bytes()
    for size in (len(whole) // 2, 4096, 100):
        path.write_bytes(whole[:size])
        assert "damaged" in refused(path)


def test_a_desk_with_a_torn_page_is_refused_and_left_alone(path: Path) -> None:
    whole = path.read_bytes()
    for place in (100, 4096, 3 * 4096, 9 * 4096):
        path.write_bytes(whole[:place] + b"\xff" * 200 + whole[place + 200 :])
        assert "damaged" in refused(path)


def test_a_newer_desk_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    with one_step_more():
        Desk.open(path, who="Rosa").close()
    assert "was made by a newer ClaimDesk" in refused(path)
    with one_step_more(), Desk.open(path, who="Rosa") as desk:
        assert desk.articles() == []


NEWER_AND_GONE = """
import os, sys
import sqlcipher3.dbapi2 as driver
connection = driver.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA user_version = 99")
os._exit(0)
"""


def test_a_newer_desk_whose_program_was_killed_is_refused_and_left_alone(path: Path) -> None:
    subprocess.run([sys.executable, "-c", NEWER_AND_GONE, str(path)], check=True)
    log = path.with_name("desk.db-wal")
    before = print_of(log)
    assert "newer ClaimDesk (format 99" in refused(path)
    assert print_of(log) == before


def test_an_older_desk_is_copied_before_it_is_brought_up(path: Path) -> None:
    with one_step_more(), Desk.open(path, who="Rosa") as desk:
        assert [article.title for article in desk.articles()] == ["T"]
    copy = path.with_name(f"desk.db.before-{len(schema.STEPS)}.db")
    assert sorted(path.parent.iterdir()) == [path, copy]
    if os.name != "nt":
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with Desk.open(copy, who="Rosa") as old:
        assert [article.title for article in old.articles()] == ["T"]
        assert old.verify_history() is None


def test_a_step_that_fails_leaves_the_desk_as_it_was(path: Path) -> None:
    def half(db: "Database") -> None:
        db.execute("DROP VIEW claims")
        raise ZeroDivisionError

    with pytest.MonkeyPatch.context() as later:
        later.setattr(schema, "STEPS", (*schema.STEPS, half))
        with pytest.raises(ZeroDivisionError):
            Desk.open(path, who="Rosa")
    with Desk.open(path, who="Rosa") as desk:
        assert [article.title for article in desk.articles()] == ["T"]
    with closing(driver.connect(str(path))) as connection:
        assert connection.execute("SELECT count(*) FROM claims").fetchone() == (0,)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_a_desk_of_every_schema_is_read_whole(sample: Path, tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    shutil.copy(sample, path)
    with Desk.open(path, who="Rosa") as desk:
        (summary,) = desk.articles()
        article = desk.article(summary.id)
        claims = desk.claims(article.id)
        assert (article.title, article.language, article.furniture) == ("Lighthouse sold 🗼", "en", (Span(130, 144),))
        assert desk.original(article.id) == article.text.encode()
        assert [(claim.content[0].of(article.text), claim.level, claim.review) for claim in claims] == [
            ("The old lighthouse was sold for one crown", "official", Review.ACCEPTED),
            ("the town got nothing", "denial", Review.SUGGESTED),
            ("दीपस्तंभ बंद रहेगा", "media", Review.ACCEPTED),
        ]
        assert (claims[0].source_name, claims[0].via) == ("Town council", ("Gazette",))
        assert [(link.kind, link.target) for link in claims[1].links] == [(LinkKind.DENIES, claims[0].id)]
        assert claims[0].note == "Ask for the contract 🙂"
        assert desk.verify_history() is None
        assert desk.redoable(article.id) == "Relevel claim 1 as media report"
        for _ in range(len(desk.history()) - 3):
            desk.undo(article.id)
        assert desk.claims(article.id) == []


@POSIX
def test_a_folder_that_can_not_be_written_is_said_so(open_folder: Path) -> None:
    open_folder.chmod(0o555)
    with as_ordinary_user(open_folder), pytest.raises(DeskError, match="cannot be written there: permission denied"):
        Desk.open(open_folder / "desk.db", who="Rosa")
    assert list(open_folder.iterdir()) == []


@POSIX
def test_a_desk_in_a_read_only_folder_is_said_so(path: Path, open_folder: Path) -> None:
    moved = open_folder / "desk.db"
    shutil.copy(path, moved)
    moved.chmod(0o600)
    with as_ordinary_user(open_folder, moved):
        open_folder.chmod(0o555)
        with pytest.raises(DeskError, match=r"read-only|may write there"):
            Desk.open(moved, who="Rosa")
        open_folder.chmod(0o755)
        with Desk.open(moved, who="Rosa") as desk:
            assert len(desk.articles()) == 1


@POSIX
def test_a_read_only_desk_is_said_so(path: Path, open_folder: Path) -> None:
    moved = open_folder / "desk.db"
    shutil.copy(path, moved)
    with as_ordinary_user(open_folder, moved):
        moved.chmod(0o400)
        with pytest.raises(DeskError, match="cannot be written there: permission denied"):
            Desk.open(moved, who="Rosa")
