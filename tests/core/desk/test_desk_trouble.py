"""What goes wrong around a desk: a full disk, other programs, a file that goes away, a history that was tampered with."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver  # type: ignore[import-untyped]
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimdesk.core import edits
from claimdesk.core.claim import Article
from claimdesk.core.desk import Desk
from claimdesk.core.edits import Edit
from claimdesk.core.errors import DeskError

TEXT = "पुल बंद रहेगा 🙂. 다리가 안전하다. الجسر آمن. " * 20


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk.db"


@pytest.fixture
def desk(path: Path) -> Iterator[Desk]:
    with Desk.open(path, who="Rosa", patience=0.05) as opened:
        article = opened.add_article(Article(TEXT, "T"))
        opened.commit(edits.mark([], article, 0, 13, "official"))
        yield opened


def note(desk: Desk, words: str) -> Edit:
    """The edit that writes `words` as the note of the first claim of article 1."""
    claims = desk.claims(1)
    edit = edits.set_note(claims, claims[0].id, words)
    assert edit is not None
    return edit


@contextmanager
def full_disk(size: int) -> Iterator[None]:
    """No file can grow beyond `size` bytes."""
    resource = pytest.importorskip("resource", reason="limits of POSIX")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def log_size(path: Path) -> int:
    """Bytes of the log that stands beside an open desk."""
    return path.with_name(path.name + "-wal").stat().st_size


@contextmanager
def held_by_another(path: Path) -> Iterator[None]:
    """Another program is in the middle of writing."""
    with closing(driver.connect(str(path), isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


def test_a_full_disk_loses_nothing_and_the_edit_can_be_done_again(path: Path, desk: Desk) -> None:
    edit = note(desk, "नोट 🙂 " * 20_000)
    before = desk.claims(1), desk.history(), desk.undoable(1)
    writes: list[Callable[[], object]] = [
        lambda: desk.commit(edit),
        lambda: desk.add_article(Article(TEXT * 200, "big")),
    ]
    size = log_size(path)
    for room in range(0, 60_000, 5_000):
        with full_disk(size + room):
            for write in writes:
                with pytest.raises(DeskError, match="nothing was written"):
                    write()
            assert (desk.claims(1), desk.history(), desk.undoable(1)) == before
    assert desk.commit(edit) == edit
    assert desk.claims(1)[0].note == "नोट 🙂 " * 20_000
    assert [article.title for article in desk.articles()] == ["T"]
    assert desk.verify_history() is None


def test_undo_on_a_full_disk_leaves_the_edit_standing(path: Path, desk: Desk) -> None:
    edit = desk.commit(note(desk, "long 🙂 " * 20_000))
    with full_disk(log_size(path)), pytest.raises(DeskError, match="nothing was written"):
        desk.undo(1)
    assert desk.undoable(1) == edit.sentence
    assert desk.undo(1) == edit.reversed()


def test_a_desk_that_another_program_is_writing_is_said_so_and_can_be_used_afterwards(path: Path, desk: Desk) -> None:
    edit = note(desk, "seen")
    writes: list[Callable[[], object]] = [
        lambda: desk.commit(edit),
        lambda: desk.undo(1),
        lambda: desk.set_setting("a", "b"),
    ]
    with held_by_another(path):
        for write in writes:
            with pytest.raises(DeskError, match="being written by another program"):
                write()
        assert desk.claims(1)[0].note == ""
    assert desk.commit(edit) == edit


def test_a_desk_that_stays_locked_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    with held_by_another(path), pytest.raises(DeskError, match="being written by another program"):
        Desk.open(path, who="Rosa", patience=0.05)
    with Desk.open(path, who="Rosa") as desk:
        assert desk.articles() == []


def test_a_desk_that_was_moved_away_takes_no_more_edits(path: Path, desk: Desk, tmp_path: Path) -> None:
    edit = note(desk, "lost?")
    moved = path.rename(tmp_path / "moved.db")
    with pytest.raises(DeskError, match="moved or deleted"):
        desk.commit(edit)
    path.touch()
    with pytest.raises(DeskError, match="moved or deleted"):
        desk.commit(edit)
    path.unlink()
    moved.rename(path)
    assert desk.commit(edit) == edit


IMPORTER = """
import sys
from pathlib import Path
from claimdesk.core import edits
from claimdesk.core.claim import Article
from claimdesk.core.desk import Desk
with Desk.open(Path(sys.argv[1]), who="importer") as desk:
    print("open", flush=True)
    for number in range(60):
        article = desk.add_article(Article(f"मूल {number} 🙂", str(number)))
        desk.commit(edits.mark([], article, 0, 3, "media"))
"""


def test_a_window_and_an_import_at_once_lose_nothing(path: Path, desk: Desk) -> None:
    desk.close()
    command = [sys.executable, "-c", IMPORTER, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as importer, Desk.open(path, who="window") as window:
        assert importer.stdout is not None
        assert importer.stdout.readline() == b"open" + b"\r\n"[-1:]
        done = 0
        while importer.poll() is None:
            window.commit(note(window, str(done := done + 1)))
    assert importer.returncode == 0
    with Desk.open(path, who="Rosa") as desk_again:
        whos = [entry.who for entry in desk_again.history()]
        assert (whos.count("importer"), whos.count("window")) == (120, done)
        assert len(desk_again.articles()) == 61
        assert desk_again.claims(1)[0].note == str(done)
        assert desk_again.verify_history() is None


def test_two_programs_that_make_the_same_desk_at_once_make_one(tmp_path: Path) -> None:
    path = tmp_path / "new" / "desk.db"
    command = [sys.executable, "-c", IMPORTER, str(path)]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE) as one,
        subprocess.Popen(command, stdout=subprocess.PIPE) as two,
    ):
        one.communicate()
        two.communicate()
    assert (one.returncode, two.returncode) == (0, 0)
    with Desk.open(path, who="Rosa") as desk:
        assert len(desk.articles()) == 120
        assert desk.verify_history() is None


def test_a_window_whose_claims_are_old_is_told_and_can_go_on(path: Path, desk: Desk) -> None:
    old = note(desk, "mine")
    with Desk.open(path, who="Kim") as other:
        other.commit(note(other, "theirs"))
    with pytest.raises(DeskError, match="changed meanwhile"):
        desk.commit(old)
    desk.commit(note(desk, "mine, after theirs"))
    assert desk.claims(1)[0].note == "mine, after theirs"


@pytest.fixture(scope="module")
def long_history(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of a desk with twelve rows of history."""
    path = tmp_path_factory.mktemp("history") / "desk.db"
    with Desk.open(path, who="Rosa") as desk:
        article = desk.add_article(Article(TEXT, "T"))
        desk.commit(edits.mark([], article, 0, 13, "official"))
        for number in range(8):
            desk.commit(note(desk, f"नोट {number} 🙂"))
        desk.undo(1)
        desk.redo(1)
        assert len(desk.history()) == 12
        assert desk.verify_history() is None
    return path.read_bytes()


TAMPERED = {
    "article": "article + 1",
    "kind": "CASE kind WHEN 'edit' THEN 'redo' ELSE 'edit' END",
    "verb": "verb || 's'",
    "sentence": "sentence || ' '",
    "at": "'1999-01-01T00:00:00Z'",
    "who": "'somebody else'",
    "undoes": "coalesce(undoes, 0) + 1",
    "prev_hash": "'0' || substr(prev_hash, 2) || 'x'",
    "hash": "'x' || substr(hash, 2)",
    "changes": "changes || ' '",
}


def tampered(path: Path, statement: str, row: int) -> int | None:
    """What the history says of itself after a forger's `statement`, with the triggers out of the way."""
    with closing(driver.connect(str(path), isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER history_is_never_rewritten")
        connection.execute("DROP TRIGGER history_is_never_shortened")
        assert connection.execute(statement, [row]).rowcount == 1
    with Desk.open(path, who="Rosa") as desk:
        return desk.verify_history()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(column=st.sampled_from(sorted(TAMPERED)), row=st.integers(1, 12))
def test_a_forged_row_of_history_is_found(long_history: bytes, path: Path, column: str, row: int) -> None:
    path.write_bytes(long_history)
    assert tampered(path, f"UPDATE history SET {column} = {TAMPERED[column]} WHERE id = ?", row) == row


@pytest.mark.parametrize("row", range(1, 12))
def test_a_row_that_is_missing_from_the_history_is_found(long_history: bytes, path: Path, row: int) -> None:
    path.write_bytes(long_history)
    assert tampered(path, "DELETE FROM history WHERE id = ?", row) == row + 1


def test_rows_of_history_that_changed_places_are_found(long_history: bytes, path: Path) -> None:
    path.write_bytes(long_history)
    assert tampered(path, "UPDATE history SET id = 99 WHERE id = ?", 4) == 5


def test_an_undo_of_claims_that_were_changed_outside_the_program_is_refused(path: Path, desk: Desk) -> None:
    claim = desk.claims(1)[0]
    desk.commit(note(desk, "mine"))
    with closing(driver.connect(str(path), isolation_level=None)) as connection:
        connection.execute("UPDATE claim SET note = 'forged'")
    with pytest.raises(DeskError, match="changed meanwhile"):
        desk.undo(1)
    assert desk.claims(1) == [replace(claim, note="forged")]


def test_the_history_can_be_checked_by_anybody_as_its_format_says(long_history: bytes, path: Path) -> None:
    path.write_bytes(long_history)
    before = ""
    with closing(driver.connect(str(path))) as connection:
        connection.row_factory = driver.Row
        for row in map(dict, connection.execute("SELECT * FROM history ORDER BY id")):
            written = row.pop("hash")
            told = json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
            assert row["prev_hash"] == before
            assert hashlib.sha256(told.encode()).hexdigest() == written
            before = written
    with Desk.open(path, who="Rosa") as desk:
        assert desk.head() == before
