"""A desk's files that others can read are set right where they are this person's own, and told of in any case."""

import os
import stat
from pathlib import Path

import pytest

from claimdesk.core.desk import Backups, Desk, Entrance, Slot, keys, privacy

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows knows no such modes")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An encrypted desk with a backup in folders that everybody may pass through and read."""
    monkeypatch.setattr(keys, "_PASSES", 1)
    monkeypatch.setattr(keys, "_MEMORY", 8)
    for folder in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
        folder.chmod(0o755)
    entrance = Entrance(tmp_path / "अभिलेख 다리" / "desk.db", "tester")
    key, _ = entrance.plan(Slot.PASSPHRASE, "bridge and river")
    entrance.make(key).close()
    Backups(entrance.path, key).make()
    entrance.path.parent.chmod(0o755)
    return entrance.path


def others(folder: Path) -> set[str]:
    """What others can read in it."""
    return {path.name for path in folder.rglob("*") if stat.S_IMODE(path.lstat().st_mode) & 0o077}


def open_all(desk: Path) -> None:
    for path in desk.parent.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)


def test_a_desk_as_the_program_makes_it_is_private(desk: Path) -> None:
    assert others(desk.parent) == set()
    assert privacy.keep_private(desk) == ""


def test_what_others_could_read_is_set_right_and_told_once(desk: Path) -> None:
    open_all(desk)
    (desk.parent / "other.txt").touch(mode=0o644)
    assert "could read files of this desk" in privacy.keep_private(desk)
    assert others(desk.parent) == {"other.txt"}
    assert stat.S_IMODE(desk.parent.stat().st_mode) == 0o755
    assert stat.S_IMODE((desk.parent / "backups").stat().st_mode) == 0o700
    assert privacy.keep_private(desk) == ""


def test_a_folder_that_keeps_others_out_is_enough(desk: Path) -> None:
    open_all(desk)
    desk.parent.chmod(0o700)
    assert privacy.keep_private(desk) == ""


def test_links_lead_to_the_desk_and_are_no_part_of_it(desk: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").touch(mode=0o644)
    desk.with_name("desk.db-journal").symlink_to(tmp_path / "elsewhere")
    open_all(desk)
    (tmp_path / "elsewhere").chmod(0o644)
    (tmp_path / "link.db").symlink_to(desk)
    assert privacy.keep_private(tmp_path / "link.db")
    assert stat.S_IMODE(desk.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "elsewhere").stat().st_mode) == 0o644


def test_what_cannot_be_set_right_is_told_with_what_to_do(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_all(desk)
    monkeypatch.setattr(Path, "chmod", lambda *_: None)  # as a disk without modes does
    for _ in range(2):
        told = privacy.keep_private(desk)
        assert "can read desk.db" in told
        assert "Move the desk" in told


def test_a_desk_that_is_open_is_set_right_and_written_on(desk: Path) -> None:
    plain = desk.with_name("plain.db")
    with Desk.open(plain, who="tester") as opened:
        for path in desk.parent.glob("plain.db*"):
            path.chmod(0o644)
        assert privacy.keep_private(plain)
        opened.set_setting("draft", "पुल 🙂")
    assert others(desk.parent) == set()
