"""One window a desk: the first holds a lock beside the desk, and is told what those that start after it were to open.

The lock is the system's own kind: one whose owner was killed is taken over, and none ever counts as old by the clock. Nothing but
the lock is written before it is held. The first window listens at an address that follows from the desk's real path and that no other
person of this computer can reach.
"""

import hashlib
import json
import os
import stat
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLockFile, QObject, QThread, Signal

from claimdesk.core.articles.addresses import Named, named
from claimdesk.core.errors import DeskError

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

PATIENCE = 2.0
"""Seconds in which a window that listens has to answer."""
STARTING = 20.0
"""Seconds that a busy computer may take from the lock of a first window until it listens."""
AGAIN_AFTER = 20
"""Milliseconds between two tries."""
_LONGEST = 1 << 20
"""Bytes of a message; paths that are longer are no paths."""
_DONE = b"shown\n"
_SILENT = "ClaimDesk has this desk open already, but its window does not answer. Wait until it does, or end that program, then start again."


class Single(QObject):
    """The right to be the one window of the desk at a path."""

    asked = Signal(object)
    """Another start wants the window to be seen, and these files and pages (a list of Named) opened in it."""

    def __init__(self, desk: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = Path(os.path.realpath(desk))
        self._lock = _lock_beside(self._desk)
        self._left: QLockFile | None = None
        self._server: QLocalServer | None = None
        self._callers: list[QLocalSocket] = []

    def own(self, wanted: Sequence[Named]) -> bool:
        """Become the window of the desk; False if there is one, which has shown itself and opens what is `wanted`.

        Raises DeskError if that one listens and does not say within two seconds that it did, or does not come to listen.
        """
        address = _address(self._desk)
        until = monotonic() + (STARTING if address else PATIENCE)
        message = json.dumps([one if isinstance(one, str) else str(one.absolute()) for one in wanted]).encode() + b"\n"
        while not self._takes_lock():
            told = _told(address, message)
            if told:
                return False
            if told is False or monotonic() > until:
                raise DeskError(_SILENT)
            QThread.msleep(AGAIN_AFTER)  # it has only just begun, or ends just now
        return True

    def move(self, desk: Path, wanted: Sequence[Named]) -> bool:
        """Become the window of another desk; what `own` says of it. The desk before is held until `leave` lets it go.

        Raises DeskError as `own` does.
        """
        other = Path(os.path.realpath(desk))
        if other == self._desk:
            return True
        self._left, self._desk, self._lock = self._lock, other, _lock_beside(other)
        if not self.own(wanted):
            return False
        if self._server is not None:
            self._server.close()
            self.listen()
        return True

    def leave(self) -> None:
        """Let another window have the desk that this was the window of before it moved."""
        if self._left is not None:
            self._left.unlock()

    def _takes_lock(self) -> bool:
        """Take the lock; False if another holds it. Where none can be written no desk can either, and its opening says so."""
        try:
            self._desk.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError:
            return True
        return self._lock.tryLock(0) or self._lock.error() is not QLockFile.LockError.LockFailedError

    def listen(self) -> None:
        """From now on hear those that start after this; where there can be no address, they get no answer."""
        from PySide6.QtNetwork import QLocalServer

        address = _address(self._desk)
        if address is None:
            return
        QLocalServer.removeServer(address)  # what a killed owner left; this is the owner now
        self._server = server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(lambda: self._meet(server))
        server.listen(address)

    def release(self) -> None:
        """Let other windows have the desk, and the one before."""
        self.leave()
        self._lock.unlock()

    def _meet(self, server: "QLocalServer") -> None:
        while server.hasPendingConnections():
            caller = server.nextPendingConnection()
            self._callers.append(caller)
            caller.readyRead.connect(self._hear)
            caller.disconnected.connect(self._hear)
        self._hear()

    def _hear(self) -> None:
        """Answer whoever has said something, and forget who has left."""
        for caller in list(self._callers):
            if caller.canReadLine():
                self._answer(caller)
            elif caller.bytesAvailable() > _LONGEST:
                caller.abort()
            if caller.state() is caller.LocalSocketState.UnconnectedState and caller in self._callers:
                self._callers.remove(caller)
                caller.deleteLater()

    def _answer(self, caller: "QLocalSocket") -> None:
        try:
            wanted = list(map(named, _texts(json.loads(bytes(caller.readLine().data())))))
        except (ValueError, TypeError):
            caller.abort()
            return
        caller.write(_DONE)
        caller.disconnectFromServer()
        self.asked.emit(wanted)


def _texts(said: Any) -> list[str]:
    """What was said, if it is a list of texts; raises TypeError if it is not."""
    if not isinstance(said, list) or not all(isinstance(one, str) for one in said):
        raise TypeError("no list of texts")
    return said


def _lock_beside(desk: Path) -> QLockFile:
    lock = QLockFile(str(desk.with_name(desk.name + ".lock")))
    lock.setStaleLockTime(0)
    return lock


def _told(address: str | None, message: bytes) -> bool | None:
    """Give the first window a message; whether it answered, None where nobody listens yet."""
    from PySide6.QtNetwork import QLocalSocket

    until = monotonic() + PATIENCE
    caller = QLocalSocket()
    caller.connectToServer(address or "")
    if not caller.waitForConnected(_left(until)):
        return None
    caller.write(message)
    while caller.waitForReadyRead(_left(until)):
        if caller.canReadLine():
            return bool(caller.readLine().data() == _DONE)
    return False


def _left(until: float) -> int:
    return max(int((until - monotonic()) * 1000), 0)


def _address(desk: Path) -> str | None:
    """Where the window of a desk listens; None where there is no place that this person has for themselves."""
    name = f"claimdesk-{hashlib.sha256(os.fsencode(desk)).hexdigest()[:24]}"
    if sys.platform == "win32":
        return name
    given = os.environ.get("XDG_RUNTIME_DIR")
    folder = Path(given) if given else Path(tempfile.gettempdir(), f"claimdesk-{os.getuid()}")
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
    except OSError:
        return None
    private = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077
    return str(folder / name) if private else None
