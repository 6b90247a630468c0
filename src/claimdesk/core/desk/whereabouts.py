"""Whether a desk's place is safe, and whether the desk is still there: a folder that is shared by a network, or copied by a syncing client, can damage it.

SQLite relies on locks that network file systems do not keep, and a syncing client copies the desk and its log one after the other,
while they change. Only names and what the system says of its mounts are looked at; nothing is asked of a network.
"""

import os
import re
import sys
import unicodedata
from pathlib import Path, PurePath

from claimdesk.core.desk.backup import FOLDER
from claimdesk.core.desk.connection import real
from claimdesk.core.errors import DeskError

MOUNTS = Path("/proc/self/mountinfo")

_NETWORK = frozenset(
    "nfs nfs4 cifs smb smb3 smbfs ncpfs afs coda ceph lustre glusterfs davfs webdav 9p vboxsf fuse.sshfs fuse.smbnetfs "
    "fuse.davfs2 fuse.rclone fuse.glusterfs fuse.ceph fuse.s3fs fuse.gcsfuse fuse.curlftpfs fuse.gvfsd-fuse "
    "fuse.kio-fuse fuse.google-drive-ocamlfuse fuse.onedriver fuse.vmhgfs-fuse".split()
)
"""What Linux calls file systems that lie on another computer, or that a virtual machine shares with its host."""
_CLIENTS = {
    "Dropbox": r"dropbox( \(.+\))?",
    "OneDrive": r"onedrive( ?-.+)?|skydrive",
    "Google Drive": r"google ?drive( ?-.+)?|my drive",
    "iCloud": r"mobile documents|icloud ?drive",
    "Nextcloud": r"nextcloud\d*",
    "ownCloud": r"owncloud\d*",
    "Box": r"box sync|box-box",
    "pCloud": r"pcloud ?(drive|sync)",
    "Proton Drive": r"proton ?drive( ?-.+)?|protondrive-.+",
    "MEGA": r"megasync( uploads| downloads)?|mega (uploads|downloads)",
    "Yandex.Disk": r"yandex\.disk(\.localized)?",
    "Seafile": r"seafile|seadrive(_root)?",
    "Synology Drive": r"synologydrive|cloudstation",
    "a syncing program": r"cloudstorage",  # where macOS keeps the folders of all others
}
"""Syncing clients, and how the folders are called that each makes by itself, in small letters."""
_MARKERS = {
    "Syncthing": (".stfolder",),
    "Dropbox": (".dropbox.cache",),  # `.dropbox` lies in the home folder too
    "Nextcloud": (".owncloudsync.log", ".nextcloudsync.log"),
}
"""What lies in the top folder of a client whatever its name is."""
_CONFLICT = re.compile(r"conflict|konflikt|conflit|конфл|競合|冲突|충돌")
"""What clients write into the name of a copy that they could not bring together with the file itself."""


def trouble(desk: Path, mounts: str | None = None) -> str:
    """What is wrong with the place of a desk, as the end of a sentence: "in a folder of Dropbox"; empty if nothing is known.

    `mounts` is the text of Linux's `/proc/self/mountinfo`, read from the system if it is None.
    """
    file = real(desk)
    client = _client(file)
    if client:
        return f"in a folder of {client}"
    return "on a network drive" if _is_network(file, _mounts() if mounts is None else mounts) else ""


def refuse(desk: Path, mounts: str | None = None) -> None:
    """Raises DeskError where no new desk should be made at this path."""
    wrong = objection(desk, mounts)
    if wrong:
        raise DeskError(f"No desk was made: {wrong}")


def objection(desk: Path, mounts: str | None = None) -> str:
    """Why no new desk should be made at this path, in a sentence; empty if nothing speaks against it."""
    wrong = trouble(desk, mounts)
    if not wrong:
        return ""
    return (
        f"{desk.name} would lie {wrong}, where it can be damaged. Choose a folder of this computer alone; if you know that "
        "this one is safe, write desk_anywhere = true into settings.toml."
    )


def read_only(desk: Path) -> str:
    """What to do where no file can be put into the folder of a new desk at this path; empty where one can, as far as is known."""
    folder = next((parent for parent in real(desk).parents if os.access(parent, os.F_OK)), Path())
    return "" if os.access(folder, os.W_OK | os.X_OK) else "You may not write in this folder. Choose another."


def missing(desk: Path) -> str:
    """What to do where the desk at this path, which was there, is there no more."""
    return f"The desk {desk} is not there: connect its disk or bring its folder back, then try again."


def warning(desk: Path, mounts: str | None = None) -> str:
    """What whoever opens the desk at this path should know of its place; empty if nothing."""
    wrong = trouble(desk, mounts)
    if not wrong:
        return ""
    return (
        f"This desk lies {wrong}, where it can be damaged. Close ClaimDesk, and move {desk.name}, the files beside it "
        f"that begin with its name and the folder {FOLDER} to a folder of this computer alone."
    )


def warning_of_copies(desk: Path) -> str:
    """What whoever opens this desk should know of the copies beside it; empty if there are none."""
    copies = conflicts(desk)
    if not copies:
        return ""
    more = f" and {len(copies) - 1} more" if len(copies) > 1 else ""
    return (
        f"A syncing program made a copy of this desk, which may hold work that this one lacks: {copies[0]}{more}. "
        "Compare them before you delete any."
    )


def conflicts(desk: Path) -> list[str]:
    """The names of the files beside a desk that a syncing client made of it, in order."""
    file = real(desk)
    try:
        names = sorted(path.name for path in file.parent.iterdir())
    except OSError:  # such a desk cannot be opened either, and its opening says so
        return []
    return [name for name in names if _is_conflict(name, file)]


def _is_conflict(name: str, file: Path) -> bool:
    """As "desk (Ada's conflicted copy).db" and "desk.sync-conflict-20310502-101500.db" are of "desk.db"."""
    added = name.removeprefix(file.stem)
    words = unicodedata.normalize("NFC", added.casefold())
    return added != name and not added[:1].isalnum() and file.suffix in added and bool(_CONFLICT.search(words))


def is_remote(path: PurePath) -> bool:
    r"""Whether a path of Windows names another computer: `\\server\share\desk.db`; mapped drives do once they are resolved."""
    return path.drive.startswith("\\\\") and not path.drive.startswith(("\\\\?\\", "\\\\.\\"))


def _client(file: Path) -> str:
    for folder in file.parents:
        name = folder.name.casefold()
        for client, pattern in _CLIENTS.items():
            if re.fullmatch(pattern, name):
                return client
        for client, markers in _MARKERS.items():
            if any((folder / marker).exists() for marker in markers):
                return client
    return ""


def _is_network(file: Path, mounts: str) -> bool:
    """By the mount that is the nearest over the file; of several at one place, the last hides the others."""
    nearest, kind = Path(), ""
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        fields, of_system = before.split(" "), after.split(" ")
        if len(fields) < 5:
            continue
        point = Path(re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), fields[4]))
        if file.is_relative_to(point) and len(point.parts) >= len(nearest.parts):
            nearest, kind = point, of_system[0]
    # A virtual machine may have all of its own disk as 9p, and nobody else writes there.
    return is_remote(file) or (kind in _NETWORK and (kind, nearest) != ("9p", Path("/")))


def _mounts() -> str:
    return MOUNTS.read_text(encoding="utf-8", errors="surrogateescape") if sys.platform == "linux" else ""
