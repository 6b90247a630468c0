"""Backups: made while a desk is edited, compared with it, for their owner alone, and whole or not there."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.core.desk.desks import Place, flip, killed_at, make, write_more

from claimdesk.core.claim import Article
from claimdesk.core.desk import Backup, Backups, Desk, keys, protection
from claimdesk.core.desk.check import check
from claimdesk.core.desk.keys import Keys
from claimdesk.core.errors import DamagedDeskError, DeskError, WrongKeyError

NOW = datetime(2026, 3, 29, 12, 0, tzinfo=UTC)
POSIX = pytest.mark.skipif(os.name == "nt", reason="permissions and limits of POSIX")


@pytest.fixture(params=[False, True], ids=["plain", "encrypted"])
def place(tmp_path: Path, request: pytest.FixtureRequest) -> Place:
    return make(tmp_path / "desk.db", encrypted=request.param)


def files(folder: Path) -> list[str]:
    """The names of the files in a folder of backups, without its lock."""
    return sorted(path.name for path in folder.iterdir() if not path.name.endswith(".lock"))


def opened(place: Place, backup: Backup) -> Desk:
    return Desk.open(backup.path, who="Rosa", key=place.key)


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


def test_a_backup_is_a_desk_of_its_own_with_all_that_the_desk_held(place: Place) -> None:
    with place.open() as desk:
        made = desk.backups.make(now=NOW)
        held = desk.backups.contents(made.path)
        assert (held.articles, held.claims, held.head) == (1, 1, desk.head())
        claims, original = desk.claims(1), desk.original(1)
    assert made.path.name == "desk-00001-20260329T120000Z.db"
    assert (made.number, made.at, made.size) == (1, NOW, made.path.stat().st_size)
    assert [finding for finding in check(made.path, place.key) if not finding.ok] == []
    with opened(place, made) as copy:
        assert (copy.claims(1), copy.original(1)) == (claims, original)
        assert copy.verify_history() is None


@POSIX
def test_backups_are_for_their_owner_alone(place: Place) -> None:
    place.backups.make()
    assert {stat.S_IMODE(path.stat().st_mode) for path in place.backups.folder.iterdir()} == {0o600}
    assert stat.S_IMODE(place.backups.folder.stat().st_mode) == 0o700


def test_a_backup_of_an_encrypted_desk_is_encrypted_and_has_its_keys_beside_it(tmp_path: Path) -> None:
    place = make(tmp_path / "desk.db", encrypted=True)
    made = place.backups.make(now=NOW)
    assert files(place.backups.folder) == [made.path.name, f"{made.path.name}.keys"]
    assert keys.load(made.path) == keys.load(place.path)
    held = b"".join(path.read_bytes() for path in place.backups.folder.iterdir())
    assert b"SQLite format" not in held
    assert "पुल".encode() not in held
    with pytest.raises(WrongKeyError):
        Backups(place.path, None).contents(made.path)


def test_a_backup_is_made_of_what_is_committed_and_not_yet_in_the_one_file(place: Place) -> None:
    with place.open() as desk:
        desk.add_article(Article("in the log only", "Log"))
        assert place.path.with_name("desk.db-wal").stat().st_size
        made = desk.backups.make()
        with opened(place, made) as copy:
            assert [article.title for article in copy.articles()] == ["Log", "Bridge"]


def test_edits_go_on_while_a_backup_is_made(place: Place) -> None:
    with place.open() as desk, desk.backups.alone():
        desk.add_article(Article("not held up", "Now"))
        assert len(desk.articles()) == 2


def test_numbers_count_up_and_order_backups_whatever_the_clock_says(place: Place) -> None:
    for years in (0, -10, 10, 0):
        place.backups.make(now=NOW + timedelta(days=3650) * (years // 10))
    assert [backup.number for backup in place.backups.all()] == [4, 3, 2, 1]
    assert place.backups.all()[0].at == NOW


def test_the_backups_of_two_desks_in_one_folder_are_not_mixed(tmp_path: Path) -> None:
    one, other = (make(tmp_path / name, encrypted=False) for name in ("desk.db", "desk-2.db"))
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / "desk-letter.db").write_bytes(b"mine")
    for half_day in range(40):
        one.backups.make(now=NOW + timedelta(hours=12 * half_day))
    kept = other.backups.make(now=NOW - timedelta(days=900))
    assert [backup.path for backup in other.backups.all()] == [kept.path]
    assert len(one.backups.all()) < 40
    assert all(backup.path != kept.path for backup in one.backups.all())
    assert (tmp_path / "backups" / "desk-letter.db").read_bytes() == b"mine"


def test_what_need_not_stay_goes_with_its_keys(tmp_path: Path) -> None:
    place = make(tmp_path / "desk.db", encrypted=True)
    for hour in range(0, 24 * 4, 8):
        place.backups.make(now=NOW + timedelta(hours=hour))
    names = [backup.path.name for backup in place.backups.all()]
    assert len(names) == 9
    assert files(place.backups.folder) == sorted([*names, *(f"{name}.keys" for name in names)])


def test_files_of_a_damaged_desk_are_never_rotated_away(place: Place) -> None:
    first = place.backups.make(now=NOW - timedelta(days=800))
    kept = first.path.with_name(first.path.name.replace(".db", "-replaced.db"))
    kept.write_bytes(b"damaged")
    for day in range(40):
        place.backups.make(now=NOW + timedelta(days=day))
    assert kept.read_bytes() == b"damaged"


def test_a_backup_in_another_folder_leaves_those_at_home_alone(place: Place, tmp_path: Path) -> None:
    place.backups.make(now=NOW)
    made = place.backups.make(to=tmp_path / "stick", now=NOW)
    assert made.path.parent == tmp_path / "stick"
    assert place.backups.contents(made.path).articles == 1
    assert len(place.backups.all()) == 1


def test_a_backup_is_due_when_the_newest_is_old_and_the_desk_changed_since(place: Place) -> None:
    backups, later = place.backups, NOW + timedelta(hours=12)
    assert backups.make_if_due(NOW) is not None
    assert backups.make_if_due(later) is None
    write_more(place)
    assert backups.make_if_due(later - timedelta(seconds=1)) is None
    assert backups.make_if_due(later) is not None
    write_more(place, "Yet more")
    assert backups.make_if_due(NOW - timedelta(days=3650)) is not None, "a clock that was set back holds nothing up"


def test_a_desk_on_which_nothing_was_done_gets_no_backup(tmp_path: Path) -> None:
    with Desk.open(tmp_path / "desk.db", who="Rosa") as desk:
        assert desk.backups.make_if_due(NOW) is None
        assert desk.backups.all() == []


def test_a_desk_whose_newest_backup_is_damaged_gets_another(place: Place) -> None:
    made = place.backups.make(now=NOW)
    made.path.write_bytes(made.path.read_bytes()[:5000])
    assert place.backups.make_if_due(NOW + timedelta(hours=13)) is not None


def test_a_damaged_backup_is_found_and_the_newest_good_one_named(place: Place) -> None:
    good, bad = place.backups.make(now=NOW), place.backups.make(now=NOW)
    flip(bad.path, 4096 + 8 if place.key is None else 9000, 255)
    for _ in range(2):
        with pytest.raises(DamagedDeskError, match=f"backup {bad.path.name} is"):
            place.backups.contents(bad.path)
    assert place.backups.newest_good() == good
    assert f"number {good.number}, of" in place.backups.advice()
    assert f"claimdesk desk restore {good.number}" in place.backups.advice()


def test_any_other_file_is_no_backup(place: Place, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    for content in (b"", b"Dear editor", bytes(5000)):
        letter.write_bytes(content)
        with pytest.raises(DeskError, match=r"letter\.txt"):
            place.backups.contents(letter)
    with pytest.raises(DeskError, match="There is no backup"):
        place.backups.contents(tmp_path / "nowhere.db")


def test_to_look_into_a_backup_leaves_it_and_its_folder_alone(place: Place) -> None:
    made = place.backups.make()
    before = made.path.read_bytes(), made.path.stat().st_mtime_ns, files(place.backups.folder)
    place.backups.contents(made.path)
    assert (made.path.read_bytes(), made.path.stat().st_mtime_ns, files(place.backups.folder)) == before


@POSIX
def test_a_full_disk_leaves_no_part_of_a_backup_and_all_old_ones(place: Place) -> None:
    size, before = place.backups.make().size, files(place.backups.folder)
    failed = 0
    for room in range(0, size, size // 12):
        with full_disk(room), pytest.raises(DeskError, match=r"full|room|cannot be written"):
            place.backups.make()
        failed += 1
        assert files(place.backups.folder) == before
    assert failed >= 12
    assert place.backups.make().number == 2


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can mount")
def test_a_disk_that_is_really_full_leaves_the_desk_and_no_part_of_a_backup(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], check=False).returncode:
        pytest.skip("this machine does not let root mount")
    try:
        place = make(disk / "desk.db", encrypted=True)
        before = place.digest()
        with open(disk / "ballast", "wb") as ballast:  # noqa: PTH123
            ballast.write(b"x" * (os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize - 60_000))
        with pytest.raises(DeskError, match=r"full|no space"):
            place.backups.make()
        assert files(place.backups.folder) == []
        assert place.digest() == before
        (disk / "ballast").unlink()
        assert place.backups.make().number == 1
    finally:
        subprocess.run(["umount", disk], check=True)


@POSIX
def test_a_backup_that_is_killed_at_any_step_leaves_no_half_one_to_be_seen(place: Place) -> None:
    before, step = place.digest(), 1
    while killed_at(place, step, None):
        for backup in place.backups.all():
            assert place.backups.contents(backup.path).articles == 1
        step += 1
    assert step > 6
    place.backups.make()
    names = files(place.backups.folder)
    assert [name for name in names if ".part" in name] == []
    assert len([name for name in names if name.endswith(".keys")]) == (len(place.backups.all()) if place.key else 0)
    assert place.digest() == before


def test_a_desk_is_backed_up_before_it_is_encrypted_or_decrypted(tmp_path: Path) -> None:
    place = make(tmp_path / "desk.db", encrypted=False)
    made, key = Keys.new()
    protection.encrypt(place.path, made.with_recovery(key)[0], key)
    protection.decrypt(place.path, key)
    second, first = place.backups.all()
    assert keys.load(first.path) is None
    assert Backups(place.path, key).contents(second.path) == place.backups.contents(first.path)


def test_a_desk_that_went_away_is_not_made_anew_by_a_backup(tmp_path: Path) -> None:
    place = make(tmp_path / "desk.db", encrypted=False)
    with place.open() as desk:
        moved = place.path.rename(tmp_path / "moved.db")
        for attempt in (desk.backups.make, desk.backups.make_if_due):
            with pytest.raises(DeskError, match="moved or deleted"):
                attempt()
        assert not place.path.exists()
        moved.rename(place.path)


def test_an_empty_file_where_a_desk_with_backups_was_is_not_made_a_new_desk(place: Place) -> None:
    place.backups.make()
    place.path.write_bytes(b"")
    with pytest.raises(DamagedDeskError, match="is empty, though there are backups"):
        place.open()
    assert place.path.read_bytes() == b""


@pytest.mark.parametrize("script", ["backup", "damage"])
def test_the_short_form_of_what_is_run_for_long_before_a_release(script: str) -> None:
    command = [sys.executable, "-m", f"tests.reliability.{script}", "--times", "12"]
    done = subprocess.run(command, cwd=Path(__file__).parents[3], capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
