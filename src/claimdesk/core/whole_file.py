"""Files that are written whole or not at all."""

import errno
import os
import tempfile
from pathlib import Path


def write(path: Path, data: bytes) -> None:
    """Put `data` in the place of `path` in one step, readable by its user alone; what stood there stays if anything fails.

    Raises OSError, also for a file that is protected against changes, and for what is no ordinary file, such as a device.
    """
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "there is something else of that name")
    if path.exists() and not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".claimdesk-", suffix=".tmp")
    half = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
        sync_folder(path.parent)
    finally:
        half.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Have the system write down which names the folder holds; Windows does so by itself. Raises OSError."""
    if os.name != "nt":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
