"""A backup takes the place of a desk: the old desk or the new one, whatever happens, and the old one is kept."""

import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver  # type: ignore[import-untyped]
from tests.core.desk.desks import Place, flip, killed_at, make, write_more
from tests.core.desk.test_backup import NOW, POSIX, files, full_disk

from claimdesk.core.desk import Backup, Backups, Desk, keys, protection
from claimdesk.core.desk.keys import Keys
from claimdesk.core.desk.restoring import restore
from claimdesk.core.errors import DamagedDeskError, DeskError


@pytest.fixture(params=[False, True], ids=["plain", "encrypted"])
def place(tmp_path: Path, request: pytest.FixtureRequest) -> Place:
    """A desk with a backup, on which something was done since."""
    place = make(tmp_path / "desk.db", encrypted=request.param)
    place.backups.make(now=NOW)
    write_more(place)
    return place


def left_open(place: Place) -> None:
    """Let the log of the desk stand beside it, as a program that was killed leaves it."""
    program = """
import os, sys
from pathlib import Path
from claimdesk.core.claim import Article
from claimdesk.core.desk import Desk
desk = Desk.open(Path(sys.argv[1]), who="victim", key=bytes.fromhex(sys.argv[2]) or None)
desk.add_article(Article("in the log", "Log"))
os._exit(0)
"""
    subprocess.run([sys.executable, "-c", program, str(place.path), (place.key or b"").hex()], check=True)
    assert place.path.with_name("desk.db-wal").stat().st_size


def test_the_desk_is_what_it_was_and_what_it_was_until_now_is_a_backup(place: Place) -> None:
    (backup,), until_now = place.backups.all(), place.head()
    kept = restore(place.path, backup.path, place.key)
    assert kept is not None
    assert (kept.number, kept.replaced) == (2, False)
    assert place.head() == place.backups.contents(backup.path).head
    assert place.backups.contents(kept.path).head == until_now
    restore(place.path, kept.path, place.key)
    assert place.head() == until_now


def test_what_only_the_log_of_a_killed_program_holds_is_kept_too_and_is_not_taken_for_the_new_desks(
    place: Place,
) -> None:
    (backup,) = place.backups.all()
    left_open(place)
    kept = restore(place.path, backup.path, place.key)
    assert kept is not None
    assert place.backups.contents(kept.path).articles == 3
    assert not place.path.with_name("desk.db-wal").exists()
    with place.open() as desk:
        assert [article.title for article in desk.articles()] == ["Bridge"]
        assert desk.verify_history() is None


@pytest.mark.parametrize("harm", ["flipped", "cut", "emptied", "gone"])
def test_a_damaged_desk_gives_way_to_a_backup_and_its_files_are_kept_as_they_are(place: Place, harm: str) -> None:
    (backup,) = place.backups.all()
    size = place.path.stat().st_size
    harms: dict[str, Callable[[], object]] = {
        "flipped": lambda: flip(place.path, 4096 + 8, 255), "cut": lambda: place.path.write_bytes(place.path.read_bytes()[:size // 2]),
        "emptied": lambda: place.path.write_bytes(b""), "gone": place.path.unlink,
    }  # fmt: skip
    harms[harm]()
    held = place.path.read_bytes() if harm != "gone" else b""
    kept = restore(place.path, backup.path, place.key)
    assert place.head() == place.backups.contents(backup.path).head
    if harm == "gone":
        assert kept is None
        return
    assert kept is not None
    assert kept.replaced
    assert kept.path.read_bytes() == held
    assert keys.load(kept.path) == keys.load(place.path)
    assert place.backups.newest_good() == backup


def test_a_damaged_backup_is_refused_and_the_desk_left_as_it_is(place: Place) -> None:
    (backup,) = place.backups.all()
    flip(backup.path, 4096 + 8, 255)
    before = place.path.read_bytes(), sorted(place.path.parent.iterdir()), files(place.backups.folder)
    with pytest.raises(DamagedDeskError, match=backup.path.name):
        restore(place.path, backup.path, place.key)
    assert (place.path.read_bytes(), sorted(place.path.parent.iterdir()), files(place.backups.folder)) == before


def test_a_desk_that_is_open_elsewhere_is_not_replaced(place: Place) -> None:
    (backup,) = place.backups.all()
    program = """
import sys
from pathlib import Path
from claimdesk.core.desk import Desk
with Desk.open(Path(sys.argv[1]), who="other", key=bytes.fromhex(sys.argv[2]) or None) as desk:
    print("open", flush=True)
    sys.stdin.read()
    desk.set_setting("still", "mine")
"""
    command = [sys.executable, "-c", program, str(place.path), (place.key or b"").hex()]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"open"
        with pytest.raises(DeskError, match="open in another window or program"):
            restore(place.path, backup.path, place.key)
        other.communicate()
    assert other.returncode == 0
    with place.open() as desk:
        assert (len(desk.articles()), desk.setting("still")) == (2, "mine")
    assert files(place.backups.folder) == [backup.path.name, *([f"{backup.path.name}.keys"] if place.key else [])]


@POSIX
def test_a_restore_that_is_killed_at_any_step_leaves_the_old_desk_or_the_new(place: Place) -> None:
    (backup,) = place.backups.all()
    new, old, step, met = place.backups.contents(backup.path).head, place.head(), 1, set()

    def held(one: Backup) -> str:
        return "" if one.replaced else place.backups.contents(one.path).head

    while killed_at(place, step, backup.path):
        met.add(place.head())
        if place.head() == new:
            restore(place.path, next(one.path for one in place.backups.all() if held(one) == old), place.key)
        assert place.head() == old
        step += 1
    assert met == {old, new}
    assert step > 15
    assert place.head() == new
    assert not [path for path in place.path.parent.iterdir() if "restoring" in path.name]


@POSIX
def test_a_full_disk_leaves_the_desk_as_it_was(place: Place) -> None:
    (backup,) = place.backups.all()
    head, size, before = place.head(), backup.size, files(place.backups.folder)
    for room in range(0, size, size // 8):
        with full_disk(room), pytest.raises(DeskError):
            restore(place.path, backup.path, place.key)
        assert files(place.backups.folder) == before
    assert place.head() == head
    restore(place.path, backup.path, place.key)
    assert place.head() != head


def test_the_desks_own_keys_stay_where_they_are_of_the_same_key(tmp_path: Path) -> None:
    place = make(tmp_path / "desk.db", encrypted=True)
    backup = place.backups.make()
    held = keys.load(place.path)
    assert held is not None
    assert place.key is not None
    newer, recovery = held.with_recovery(place.key)
    keys.save(place.path, newer)
    restore(place.path, backup.path, place.key)
    loaded = keys.load(place.path)
    assert loaded == newer
    assert loaded is not None
    assert loaded.from_words(recovery) == place.key


@pytest.mark.parametrize("harm", ["gone", "damaged"])
def test_a_desk_that_lost_its_keys_gets_those_of_the_backup(tmp_path: Path, harm: str) -> None:
    place = make(tmp_path / "desk.db", encrypted=True)
    backup = place.backups.make()
    beside, head = keys.beside(place.path), place.head()
    if harm == "gone":
        beside.unlink()
    else:
        beside.write_text("{}", encoding="utf-8")
    restore(place.path, backup.path, place.key)
    assert keys.load(place.path) == keys.load(backup.path)
    assert place.head() == head


def test_back_before_an_encryption_and_on_again(tmp_path: Path) -> None:
    place = make(tmp_path / "desk.db", encrypted=False)
    made, key = Keys.new()
    protection.encrypt(place.path, made.with_recovery(key)[0], key)
    (plain,) = place.backups.all()
    kept = restore(place.path, plain.path, None)
    assert not keys.beside(place.path).exists()
    Desk.open(place.path, who="Rosa").close()
    assert kept is not None
    backup = Backups(place.path, key).make() if not kept.replaced else None
    assert backup is None, "without its key the encrypted desk is kept as it was"
    restore(place.path, kept.path, key)
    with Desk.open(place.path, who="Rosa", key=key) as desk:
        assert len(desk.articles()) == 1


def test_a_backup_of_a_newer_claimdesk_is_refused(tmp_path: Path) -> None:
    place = make(tmp_path / "desk.db", encrypted=False)
    backup, head = place.backups.make(), place.head()
    with closing(driver.connect(str(backup.path))) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(DeskError, match="newer ClaimDesk"):
        restore(place.path, backup.path, place.key)
    assert place.head() == head


def test_the_desk_itself_is_no_backup_of_it(place: Place) -> None:
    with pytest.raises(DeskError, match="the desk itself"):
        restore(place.path, place.path, place.key)
