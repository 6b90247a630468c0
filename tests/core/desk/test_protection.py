"""A desk that becomes encrypted, or plain again: nothing is lost, nothing can be read, and a cut leaves the old one or the new one."""

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver  # type: ignore[import-untyped]
from tests.reliability.canary import found_in, secrets_of, work_and_kill

from claimdesk.core import edits
from claimdesk.core.claim import Article
from claimdesk.core.desk import Desk, Entrance, connection, keys, protection
from claimdesk.core.desk.keys import Keys
from claimdesk.core.errors import DeskError, WrongKeyError

POSIX = pytest.mark.skipif(os.name == "nt", reason="file modes and signals of POSIX")
TEXT = "Ferry line stops 🛳️. पुल बंद रहेगा. 다리가 안전하다. الجسر آمن. " * 9


def without_slow_words() -> tuple[Keys, bytes]:
    """Keys that only a recovery key opens, and the desk's key."""
    held, key = Keys.new()
    return held.with_recovery(key)[0], key


def digest(path: Path, key: bytes | None) -> str:
    with closing(connection.connect(path, 1.0, key)) as db:
        return connection.digest(db)


def fill(desk: Desk) -> None:
    """Some articles, claims, notes, an undo; and an id that must never be given again."""
    for title in ("one", "two"):
        article = desk.add_article(Article(TEXT + title, title), original=title.encode() * 999)
        desk.commit(edits.mark([], article, 0, 16, "official"))
        claims = desk.claims(article.id)
        for note in ("first 🙂", "दूसरा"):
            edit = edits.set_note(desk.claims(article.id), claims[0].id, note)
            assert edit is not None
            desk.commit(edit)
    desk.commit(edits.mark([], article, 17, 20, "media"))
    desk.undo(article.id)


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    path = tmp_path / "folder" / "desk.db"
    with Desk.open(path, who="Rosa") as desk:
        fill(desk)
    return path


@pytest.fixture
def encrypted(plain: Path) -> tuple[Path, bytes]:
    held, key = without_slow_words()
    protection.encrypt(plain, held, key)
    return plain, key


def test_encrypting_and_decrypting_keeps_every_row_and_undo(plain: Path) -> None:
    before = digest(plain, None)
    held, key = without_slow_words()
    protection.encrypt(plain, held, key)
    assert digest(plain, key) == before
    with Desk.open(plain, who="Rosa", key=key) as desk:
        assert desk.is_encrypted
        assert desk.verify_history() is None
        assert desk.undoable(2) == "Note on claim 1"
        rows = len(desk.history())
        undone = desk.undo(2)
        assert undone is not None
        assert desk.claims(2)[0].note == "first 🙂"
        desk.redo(2)
        assert desk.verify_history() is None
        assert len(desk.history()) == rows + 2
        assert desk.commit(edits.mark([], desk.article(2), 17, 20, "media")).claim_ids == (4,)
    before = digest(plain, key)
    protection.decrypt(plain, key)
    assert sorted(file.name for file in plain.parent.iterdir() if file.is_file()) == ["desk.db"]
    assert digest(plain, None) == before
    with Desk.open(plain, who="Rosa") as desk:
        assert not desk.is_encrypted
        assert desk.verify_history() is None


def test_a_plain_copy_is_whole_and_leaves_the_desk_encrypted(encrypted: tuple[Path, bytes], tmp_path: Path) -> None:
    path, key = encrypted
    protection.export_plain(path, key, tmp_path / "copy.db")
    assert digest(tmp_path / "copy.db", None) == digest(path, key)
    assert connection.is_plain(path) is False
    with pytest.raises(DeskError, match="is there already"):
        protection.export_plain(path, key, tmp_path / "copy.db")
    with pytest.raises(DeskError, match="cannot be written"):
        protection.export_plain(path, key, tmp_path / "no" / "copy.db")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["copy.db", "folder"]


@POSIX
def test_all_of_its_files_are_for_their_owner_alone(encrypted: tuple[Path, bytes], tmp_path: Path) -> None:
    path, key = encrypted
    protection.export_plain(path, key, tmp_path / "copy.db")
    with Desk.open(path, who="Rosa", key=key) as desk:
        fill(desk)
        files = [*(file for file in path.parent.rglob("*") if file.is_file()), tmp_path / "copy.db"]
        assert {"desk.db-wal", "desk.db.keys"} <= {file.name for file in files}
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("to", ["encrypted", "plain"])
def test_a_desk_that_is_open_elsewhere_stays_as_it_is(plain: Path, to: str) -> None:
    held, key = without_slow_words()
    if to == "plain":
        protection.encrypt(plain, held, key)
    with Desk.open(plain, who="window", key=key if to == "plain" else None) as window:
        before = sorted(file.name for file in plain.parent.iterdir() if file.is_file())
        with pytest.raises(DeskError, match="open in another window"):
            protection.encrypt(plain, held, key) if to == "encrypted" else protection.decrypt(plain, key)
        assert sorted(file.name for file in plain.parent.iterdir() if file.is_file()) == before
        fill(window)
        assert window.verify_history() is None


def test_nobody_comes_in_while_a_desk_is_written_anew(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program that opens it at any step is turned away, and what it would have written is not lost with the old file."""
    held, key = without_slow_words()
    turned_away = []

    def come_in() -> None:
        try:
            Desk.open(plain, who="other", patience=0.05).close()
        except DeskError as error:
            turned_away.append(str(error))

    for room, name in ((protection, "_copy"), (protection, "_compare"), (keys, "write")):
        whole = getattr(room, name)

        def then(*words: object, whole: Callable[..., object] = whole) -> object:
            done = whole(*words)
            come_in()
            return done

        monkeypatch.setattr(room, name, then)
    protection.encrypt(plain, held, key)
    assert len(turned_away) == 3
    assert {"being written by another program" in told for told in turned_away} == {True}


def test_what_is_there_already_is_said_so(plain: Path) -> None:
    held, key = without_slow_words()
    with pytest.raises(DeskError, match="not encrypted"):
        protection.decrypt(plain, key)
    protection.encrypt(plain, held, key)
    with pytest.raises(DeskError, match="encrypted already"):
        protection.encrypt(plain, held, key)


def test_a_wrong_key_and_a_damaged_page_are_different_sentences(encrypted: tuple[Path, bytes]) -> None:
    path, key = encrypted
    for wrong in (b"x" * 32, None, b""):
        with pytest.raises(WrongKeyError, match="this is not its key"):
            Desk.open(path, who="Rosa", key=wrong)
    whole = path.read_bytes()
    for page in range(len(whole) // 4096):
        damaged = bytearray(whole)
        damaged[page * 4096 + 2000] ^= 1
        path.write_bytes(damaged)
        with pytest.raises(DeskError, match="damaged and was left as it is") as told:
            Desk.open(path, who="Rosa", key=key)
        assert not isinstance(told.value, WrongKeyError)
        assert path.read_bytes() == damaged
        with pytest.raises(DeskError, match="damaged"):
            protection.export_plain(path, key, path.with_name("copy.db"))


def test_a_plain_file_in_the_place_of_an_encrypted_desk_is_not_opened(
    encrypted: tuple[Path, bytes], tmp_path: Path
) -> None:
    path, key = encrypted
    Desk.open(tmp_path / "other.db", who="somebody").close()
    shutil.copy(tmp_path / "other.db", path)
    before = path.read_bytes()
    with pytest.raises(DeskError, match="should be encrypted, but what lies there is not"):
        Desk.open(path, who="Rosa", key=key)
    assert path.read_bytes() == before


def test_an_encrypted_desk_without_its_keys_says_what_is_missing(encrypted: tuple[Path, bytes]) -> None:
    path, _ = encrypted
    keys.beside(path).unlink()
    before = path.read_bytes()
    with pytest.raises(DeskError, match="the file with its keys is not beside it"):
        Desk.open(path, who="Rosa")
    assert path.read_bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_the_keys_of_a_desk_behind_a_link_lie_beside_the_desk(encrypted: tuple[Path, bytes], tmp_path: Path) -> None:
    path, key = encrypted
    link = tmp_path / "link.db"
    link.symlink_to(path)
    entrance = Entrance(link, "Rosa")
    recovery = entrance.plan_recovery(key)
    entrance.keep_planned()
    assert Entrance(path, "Rosa").key_by_words(recovery) == key
    with entrance.open(key) as desk:
        assert desk.articles()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["folder", "link.db"]


def test_a_planned_recovery_key_counts_once_it_is_kept(encrypted: tuple[Path, bytes]) -> None:
    path, key = encrypted
    entrance = Entrance(path, "Rosa")
    new = entrance.plan_recovery(key)
    with pytest.raises(WrongKeyError):
        Entrance(path, "Rosa").key_by_words(new)
    entrance.keep_planned()
    assert Entrance(path, "Rosa").key_by_words(new) == key


# -- nothing of it can be read


def test_no_byte_of_an_encrypted_desk_can_be_read_after_edits_and_a_kill(tmp_path: Path) -> None:
    edits_done, key = work_and_kill(tmp_path / "desk.db", edits=300, seed=1)
    assert edits_done >= 300
    assert {"desk.db", "desk.db-wal", "desk.db.keys"} <= {file.name for file in tmp_path.iterdir()}
    assert found_in(tmp_path) == []
    with Desk.open(tmp_path / "desk.db", who="Rosa", key=key) as desk:
        assert desk.verify_history() is None
    protection.export_plain(tmp_path / "desk.db", key, tmp_path / "copy.db")
    shown = {secret for _, secret in found_in(tmp_path)}
    assert shown >= {secret.decode("utf-8") for name, secret in secrets_of("utf-8").items() if name != "original"}
    (tmp_path / "copy.db").unlink()
    protection.decrypt(tmp_path / "desk.db", key)
    assert found_in(tmp_path) != []


# -- a cut

CUT = """
import os, sys
from pathlib import Path
from claimdesk.core.desk import protection, keys, connection
from claimdesk.core.desk.keys import Keys

path, verb, last = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
steps = 0

def counted(call):
    def step(*words, **named):
        global steps
        steps += 1
        if steps == last:
            os.kill(os.getpid(), 9)
        done = call(*words, **named)
        return done
    return step

held = keys.load(path.with_name("keys-to-be")) if verb == "encrypt" else keys.load(path)
key = bytes.fromhex(sys.argv[4])
for module, name in ((os, "replace"), (os, "fsync"), (os, "open"), (os, "unlink"), (os, "rename"), (Path, "replace"), (Path, "unlink"),
                     (protection, "_copy"), (protection, "_compare"), (connection, "digest"), (connection, "connect")):
    setattr(module, name, counted(getattr(module, name)))
if verb == "encrypt":
    protection.encrypt(path, held, key)
else:
    protection.decrypt(path, key)
print(steps)
"""


def cut(path: Path, verb: str, step: int, key: bytes) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", CUT, str(path), verb, str(step), key.hex()]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def opened_by(path: Path, key: bytes) -> bytes | None:
    """The key that the desk takes now, as a user would find it."""
    return key if Entrance(path, "Rosa").is_encrypted else None


@POSIX
@pytest.mark.parametrize("verb", ["encrypt", "decrypt"])
def test_a_cut_at_any_step_leaves_the_old_desk_or_the_new_one(plain: Path, tmp_path: Path, verb: str) -> None:
    held, key = without_slow_words()
    if verb == "decrypt":
        protection.encrypt(plain, held, key)
    before = digest(plain, key if verb == "decrypt" else None)
    whole = tmp_path / "whole"
    shutil.copytree(plain.parent, whole)
    left: set[bytes | None] = set()
    for step in range(1, steps_of(whole, verb, held, key) + 1):
        folder = tmp_path / f"step-{step}"
        shutil.copytree(plain.parent, folder)
        if verb == "encrypt":
            keys.save(folder / "keys-to-be", held)
        done = cut(folder / "desk.db", verb, step, key)
        assert done.returncode == -9, (step, done.stderr)
        keys.beside(folder / "keys-to-be").unlink(missing_ok=True)
        now = opened_by(folder / "desk.db", key)
        left.add(now)
        with Desk.open(folder / "desk.db", who="Rosa", key=now) as desk:
            assert desk.verify_history() is None
            assert desk.undoable(2) is not None
        assert digest(folder / "desk.db", now) == before, step
        expected = ["desk.db"] if now is None else ["desk.db", "desk.db.keys"]
        files = (file.name for file in folder.iterdir() if file.is_file())
        left_there = sorted(name for name in files if not name.startswith(".claimdesk-"))
        assert left_there == expected, step  # but for half a file of keys, which holds nothing of the desk
    assert left == {None, key}


def steps_of(folder: Path, verb: str, held: Keys, key: bytes) -> int:
    """The number of steps of the whole thing, done on this desk."""
    if verb == "encrypt":
        keys.save(folder / "keys-to-be", held)
    done = cut(folder / "desk.db", verb, 0, key)
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


@pytest.fixture
def full_disk() -> Iterator[Callable[[int], None]]:
    resource = pytest.importorskip("resource", reason="limits of POSIX")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_leaves_the_desk_as_it_was(plain: Path, full_disk: Callable[[int], None]) -> None:
    before = digest(plain, None)
    held, key = without_slow_words()
    for size in range(0, plain.stat().st_size * 3 // 5, plain.stat().st_size // 5):
        full_disk(size)
        try:
            with pytest.raises(DeskError):
                protection.encrypt(plain, held, key)
        finally:
            full_disk(-1)
        assert {file.name for file in plain.parent.iterdir() if file.is_file()} <= {
            "desk.db",
            "desk.db-wal",
            "desk.db-shm",
        }
        assert digest(plain, None) == before
    protection.encrypt(plain, held, key)
    assert digest(plain, key) == before


def test_a_database_that_is_no_desk_is_not_encrypted(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(driver.connect(str(path))) as other:
        other.execute("CREATE TABLE mine (a)")
    before = path.read_bytes()
    with pytest.raises(DeskError, match="not a ClaimDesk desk"):
        protection.encrypt(path, *without_slow_words())
    assert path.read_bytes() == before
