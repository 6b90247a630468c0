"""Rich files are read by a process of their own, which has no network, little memory and little time, and is believed little.

The bytes go in through a pipe and plain data comes out of one, so nothing of an article is ever on the disk on the way. Whatever
such a process does (stops, hangs, eats memory, lies), is one sentence here.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import IO

from claimdesk.core.articles.answers import UntrueError, reading_in
from claimdesk.core.articles.kinds import RICH_BYTES, Kind
from claimdesk.core.articles.reading import Reading
from claimdesk.core.errors import ArticleError, Cancelled, reason

CHILD = "--read-foreign-file"
"""The argument that makes a packaged program this process: its door calls `child.main()` before anything else."""

_LARGEST_ANSWER = 2 * RICH_BYTES
_PATIENCE = 3
"""Seconds of the clock for each of the processor that a reading may take: other programs want their share too."""

_EVERY = 0.02
"""Seconds between two looks at the clock and at whether the reading is still wanted."""

_START = "import sys; sys.path[:] = sys.argv[1:]; from claimdesk.core.articles.child import main; main()"


def command() -> list[str]:
    """The command line of the child: this program's own Python and libraries, whatever lies in the folder or environment.

    In a packaged program `sys.executable` is the program itself, which has to look for `CHILD` among its arguments first.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, CHILD]
    return [sys.executable, "-I", "-S", "-B", "-X", "utf8", "-c", _START, *filter(None, sys.path)]


def read_apart(
    kind: Kind,
    raw: bytes,
    name: str,
    encoding: str | None = None,
    *,
    cancelled: Callable[[], bool] = lambda: False,
    seconds: float | None = None,
) -> Reading:
    """The reading of `raw` by a process of its own, which is gone when this returns.

    `seconds` are of the processor, those of the kind without them; three times as many of the clock end it too. Raises
    ArticleError with one sentence where there is none, and Cancelled within moments once `cancelled()` holds.
    """
    with started() as process:
        return ask(process, kind, raw, name, encoding, cancelled=cancelled, seconds=seconds)


@contextmanager
def started() -> Iterator["subprocess.Popen[bytes]"]:
    """A process that answers `ask`, in an empty folder and with next to no environment; it is killed at the end."""
    with tempfile.TemporaryDirectory(prefix="claimdesk-", ignore_cleanup_errors=True) as folder:
        process = _launched(folder)
        try:
            yield process
        finally:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):  # what was not written any more cannot be flushed
                    if pipe:
                        pipe.close()


def _launched(folder: str) -> "subprocess.Popen[bytes]":
    try:
        return subprocess.Popen(  # noqa: S603 - this very program
            command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=_environment(folder),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:
        raise ArticleError(
            f"The program that reads files cannot be started: {reason(error)}; close other programs."
        ) from error


def ask(
    process: "subprocess.Popen[bytes]",
    kind: Kind,
    raw: bytes,
    name: str,
    encoding: str | None = None,
    *,
    cancelled: Callable[[], bool] = lambda: False,
    seconds: float | None = None,
) -> Reading:
    """What a started process says of `raw`; after an ArticleError it may be dead and must be asked no more if `poll()` says so."""
    allowed = kind.seconds if seconds is None else seconds
    request = {"kind": kind, "name": name, "encoding": encoding, "size": len(raw), "seconds": int(allowed)}
    answer = _Exchange(process, json.dumps(request).encode() + b"\n", raw)
    until = time.monotonic() + _PATIENCE * allowed
    while not answer.is_there(_EVERY):
        if cancelled():
            process.kill()
            raise Cancelled
        if time.monotonic() > until:
            process.kill()
            raise _stopped(name)
    return _understood(answer.line, process, kind, name)


class _Exchange:
    """One request written and its answer read, both beside the thread that waits; a killed process ends both."""

    def __init__(self, process: "subprocess.Popen[bytes]", request: bytes, raw: bytes) -> None:
        self.line = b""
        self._writer = threading.Thread(target=self._write, args=(process.stdin, request, raw), daemon=True)
        self._reader = threading.Thread(target=self._read, args=(process.stdout,), daemon=True)
        self._writer.start()
        self._reader.start()

    def is_there(self, seconds: float) -> bool:
        """Whether the answer, or the end of the process, came; waits so long for it."""
        self._reader.join(seconds)
        return not self._reader.is_alive()

    def _read(self, pipe: IO[bytes]) -> None:
        with suppress(OSError, ValueError):  # closed because nobody waits any more
            self.line = pipe.readline(_LARGEST_ANSWER)

    @staticmethod
    def _write(pipe: IO[bytes], request: bytes, raw: bytes) -> None:
        with suppress(OSError, ValueError):  # it died: that is told by the answer that does not come
            pipe.write(request)
            pipe.write(raw)
            pipe.flush()


def _understood(line: bytes, process: "subprocess.Popen[bytes]", kind: Kind, name: str) -> Reading:
    if not line.endswith(b"\n"):
        process.kill()
        raise _dead(process.wait(), kind, name)
    try:
        answer = reading_in(line)
    except UntrueError as error:
        raise _damaged(kind, name) from error
    if isinstance(answer, str):
        raise ArticleError(answer)
    return answer


def _dead(code: int, kind: Kind, name: str) -> ArticleError:
    """The sentence for a process that ended without an answer; out of time, if the system ended it for that."""
    if os.name == "posix" and -code == signal.SIGXCPU:
        return _stopped(name)
    return _damaged(kind, name)


def _stopped(name: str) -> ArticleError:
    return ArticleError(f"Reading {name} took too long and was stopped; save it as plain text and import that.")


def _damaged(kind: Kind, name: str) -> ArticleError:
    return ArticleError(
        f"{name} cannot be read as {kind.called}: it is damaged, or made to do harm; open it in the program that made it and "
        f"save it as plain text."
    )


def _environment(folder: str) -> dict[str, str]:
    """No more than what programs need to start; where they would put files there is nothing, and nothing may be put."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ}
    return {**kept, "HOME": folder, "TMPDIR": folder, "TEMP": folder, "TMP": folder, "TZ": "UTC", "LC_ALL": "C.UTF-8"}
