"""Where a desk may lie: what is known of a place by its names and by the system's mounts."""

from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from claimdesk.core.desk import whereabouts
from claimdesk.core.errors import DeskError

MOUNTS = r"""22 1 0:21 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:40 / /srv/newsroom rw - nfs4 server:/newsroom rw,vers=4.2
31 22 0:41 / /srv/newsroom/scratch rw - ext4 /dev/sdb1 rw
32 22 0:42 / /srv/two\040words\011एक rw shared:4 - cifs //server/share rw
33 22 0:43 / /mnt/remote rw - fuse.sshfs ada@host: rw
34 22 0:44 / /mnt/safe rw - fuse.gocryptfs /vault rw
35 22 0:45 / /mnt/hidden rw - nfs server:/x rw
36 22 0:46 / /mnt/hidden rw - tmpfs tmpfs rw
37 22 0:47 / /mnt/asked rw - autofs systemd-1 rw
38 37 0:48 / /mnt/asked rw - smb3 //server/asked rw
39 22 0:49 / /mnt/c rw - 9p drvfs rw
no mount at all
"""


@pytest.mark.parametrize(
    "desk",
    [
        "/srv/newsroom/desk.db",
        "/srv/newsroom/ada/अभिलेख/desk.db",
        "/srv/two words\tएक/desk.db",
        "/mnt/remote/desk.db",
        "/mnt/asked/desk.db",
        "/mnt/c/desk.db",
    ],
)
def test_a_network_drive_is_known_by_its_mount(desk: str) -> None:
    assert whereabouts.trouble(Path(desk), MOUNTS) == "on a network drive"


@pytest.mark.parametrize(
    "desk",
    [
        "/home/ada/desk.db",
        "/srv/newsroom/scratch/desk.db",
        "/srv/newsroom2/desk.db",
        "/srv/two/desk.db",
        "/mnt/safe/desk.db",
        "/mnt/hidden/desk.db",
    ],
)
def test_a_disk_of_this_computer_is_fine(desk: str) -> None:
    assert whereabouts.trouble(Path(desk), MOUNTS) == ""


def test_the_own_disk_of_a_virtual_machine_is_fine() -> None:
    assert whereabouts.trouble(Path("/home/ada/desk.db"), "22 1 0:21 / / rw - 9p none rw\n") == ""
    assert whereabouts.trouble(Path("/home/ada/desk.db"), "22 1 0:21 / / rw - nfs server:/root rw\n") != ""


@pytest.mark.parametrize(
    ("folder", "client"),
    [
        ("Dropbox", "Dropbox"),
        ("Dropbox (편집국)", "Dropbox"),
        ("OneDrive - Daily Courier", "OneDrive"),
        ("Google Drive/My Drive", "Google Drive"),
        ("Library/CloudStorage/GoogleDrive-ada@example.org", "Google Drive"),
        ("Library/CloudStorage/Elsewhere", "a syncing program"),
        ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud"),
        ("iCloudDrive", "iCloud"),
        ("NEXTCLOUD/अभिलेख", "Nextcloud"),
        ("Nextcloud2", "Nextcloud"),
        ("ownCloud", "ownCloud"),
    ],
)
def test_a_syncing_client_is_known_by_its_folder(tmp_path: Path, folder: str, client: str) -> None:
    assert whereabouts.trouble(tmp_path / folder / "cases" / "desk.db", "") == f"in a folder of {client}"


@pytest.mark.parametrize("folder", ["dropboxes", "My OneDrive notes", "Nextcloud story", "mobile", "box", "sync", "😀"])
def test_a_folder_of_a_similar_name_is_fine(tmp_path: Path, folder: str) -> None:
    assert whereabouts.trouble(tmp_path / folder / "desk.db", "") == ""


def test_a_desk_of_the_name_of_a_client_is_no_folder_of_it(tmp_path: Path) -> None:
    assert whereabouts.trouble(tmp_path / "dropbox", "") == ""


def test_a_folder_of_any_name_is_known_by_what_syncing_leaves_in_it(tmp_path: Path) -> None:
    (tmp_path / "shared" / ".stfolder").mkdir(parents=True)
    assert whereabouts.trouble(tmp_path / "shared" / "deep" / "desk.db", "") == "in a folder of Syncthing"
    assert whereabouts.trouble(tmp_path / "alone" / "desk.db", "") == ""


def test_a_link_is_followed_to_where_the_desk_lies(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "cases").symlink_to(tmp_path / "Dropbox")
    assert whereabouts.trouble(tmp_path / "cases" / "desk.db", "") == "in a folder of Dropbox"


def test_a_drive_of_another_computer_is_known_on_windows() -> None:
    assert whereabouts.is_remote(PureWindowsPath(r"\\server\newsroom\desk.db"))
    for path in (r"C:\Users\ada\desk.db", r"\\?\C:\Users\ada\desk.db", "desk.db"):
        assert not whereabouts.is_remote(PureWindowsPath(path))
    assert not whereabouts.is_remote(PurePosixPath("/home/ada/desk.db"))


def test_the_system_itself_is_asked_where_no_mounts_are_named(tmp_path: Path) -> None:
    assert whereabouts.trouble(tmp_path / "desk.db") == ""


def test_a_new_desk_is_refused_with_the_reason_and_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(DeskError, match=r"lie in a folder of Dropbox.*Choose a folder of this computer.*desk_anywhere"):
        whereabouts.refuse(tmp_path / "Dropbox" / "desk.db", "")
    whereabouts.refuse(tmp_path / "desk.db", MOUNTS)


def test_whoever_has_a_desk_there_is_told_what_to_do(tmp_path: Path) -> None:
    assert "move fälle.db, the files beside it that begin with its name and the folder backups" in whereabouts.warning(
        Path("/mnt/remote/fälle.db"), MOUNTS
    )
    assert whereabouts.warning(tmp_path / "desk.db", MOUNTS) == ""


@pytest.mark.parametrize(
    "copy",
    [
        "desk (Ada's conflicted copy 2031-05-02).db",
        "desk (conflicted copy 2031-05-02 101500).db",
        "desk.sync-conflict-20310502-101500-ABCDEFG.db",
        "desk (SFConflict ada@example.org 2031-05-02-10-15-00).db",
        "desk (In Konflikt stehende Kopie von Ada 2031-05-02).db",
        "desk (충돌된 사본).db",
        "desk (Copie en conflit de Ada).db-wal",
    ],
)
def test_a_copy_that_a_client_made_is_told(tmp_path: Path, copy: str) -> None:
    (tmp_path / "desk.db").touch()
    assert whereabouts.warning_of_copies(tmp_path / "desk.db") == ""
    (tmp_path / copy).touch()
    assert whereabouts.conflicts(tmp_path / "desk.db") == [copy]
    assert copy in whereabouts.warning_of_copies(tmp_path / "desk.db")


def test_what_belongs_to_another_file_is_no_copy(tmp_path: Path) -> None:
    for name in ("desk.db", "desk.db-wal", "desks in conflict.db", "desk (conflict notes).txt", "other (conflict).db"):
        (tmp_path / name).touch()
    assert whereabouts.conflicts(tmp_path / "desk.db") == []
    assert whereabouts.conflicts(tmp_path / "nowhere" / "desk.db") == []


def test_of_many_copies_one_is_named_and_the_rest_counted(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"desk (conflicted copy {number}).db").touch()
    assert "desk (conflicted copy 0).db and 2 more." in whereabouts.warning_of_copies(tmp_path / "desk.db")
