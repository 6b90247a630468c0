"""What a process that reads foreign files gives up before it looks at them: memory, files, the network, other programs.

Each limit is one of the system's own where the system has it: Linux has them all, macOS those of `resource`, Windows none. The
hook on Python's own calls holds everywhere, and is what tells of a reader that tries.
"""

import contextlib
import ctypes
import os
import socket
import sys
from collections.abc import Iterable
from pathlib import Path

MEMORY = 1 << 30
"""Bytes of address space that reading one file may take."""

_FILES = 64
_NEW_USER, _NEW_NET, _NO_NEW_PRIVILEGES = 0x10000000, 0x40000000, 38  # of <linux/sched.h> and <linux/prctl.h>

_FORBIDDEN = (
    "socket.bind", "socket.connect", "socket.getaddrinfo", "socket.gethostby", "socket.getnameinfo", "socket.send",
    "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.startfile", "os.system", "pty.", "webbrowser.",
    "os.chdir", "os.chmod", "os.chown", "os.kill", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink",
    "os.truncate", "os.utime", "shutil.", "sqlite3.", "tempfile.", "winreg.",
)  # fmt: skip
"""What Python's audit events begin with of which none is needed to read a file."""

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Forbidden(BaseException):
    """A reader tried what reading needs not; no `except Exception` of a library holds it up."""


def confine(readable: Iterable[str]) -> None:
    """Give up for good what reading needs not; files may be opened below the folders `readable` only, and only to be read.

    To be called before any reader is imported, in a process that has one thread.
    """
    _without_network()
    _within_limits()
    sys.addaudithook(_Watch(readable))


def allow_processor(seconds: int) -> None:
    """Let this process compute for so many seconds more; the system ends it then, where it has such a limit."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hardest = resource.getrlimit(resource.RLIMIT_CPU)
    until = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (until, hardest))


def _without_network() -> None:
    """A network of its own that leads nowhere, and no way to more rights than now; where Linux lets anybody do that."""
    socket.has_ipv6 = False  # else urllib3, which trafilatura brings, binds a socket at its import to find out
    if not sys.platform.startswith("linux"):
        return
    system = ctypes.CDLL(None, use_errno=True)
    system.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    if system.unshare(_NEW_USER | _NEW_NET):
        system.unshare(
            _NEW_NET
        )  # where user namespaces are closed to all, root may still; else the hook is what is left


def _within_limits() -> None:
    if sys.platform == "win32":
        return
    import resource

    for name, most in (
        ("RLIMIT_AS", MEMORY),
        ("RLIMIT_FSIZE", 0),
        ("RLIMIT_CORE", 0),
        ("RLIMIT_NOFILE", _FILES),
        ("RLIMIT_NPROC", 0),
    ):
        with contextlib.suppress(ValueError, OSError):  # macOS knows some of them and refuses to set them
            resource.setrlimit(getattr(resource, name), (most, most))


class _Watch:
    """Python's audit hook: refuses connections, programs, writing, and reading what is not the program's own."""

    def __init__(self, readable: Iterable[str]) -> None:
        self._readable = frozenset(Path(folder).resolve() for folder in readable)

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            self._opening(*arguments)
        elif event.startswith(_FORBIDDEN):
            raise Forbidden(event)

    def _opening(self, path: object, mode: object, flags: object) -> None:
        if isinstance(path, int):  # a file that is open already
            return
        if not isinstance(path, str | bytes) or self._writes(mode, flags):
            raise Forbidden("open for writing")
        real = Path(os.path.realpath(os.fsdecode(path)))
        if real not in self._readable and self._readable.isdisjoint(real.parents):
            raise Forbidden("open")

    @staticmethod
    def _writes(mode: object, flags: object) -> bool:
        by_flags = isinstance(flags, int) and flags & _WRITING
        return bool(by_flags or (isinstance(mode, str) and set(mode) & set("wax+")))
