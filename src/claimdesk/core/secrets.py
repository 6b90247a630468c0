"""The keyring of the operating system: one secret under a name, and in a sentence why it was not to be had.

A call may make the system ask its user, and may hang with a broken session bus, so each runs on a thread of its own and is waited
for only so long. A keyring that would keep secrets in a plain file counts as none.
"""

from collections.abc import Callable
from queue import Empty, Queue
from threading import Thread
from time import monotonic
from typing import Any

from claimdesk.core.errors import Cancelled, KeyringError

SERVICE = "ClaimDesk"
PATIENCE = 60.0
"""Seconds that the keyring is waited for: somebody may have to type a password into its own dialog."""
SHORT_PATIENCE = 5.0
"""Seconds that it is waited for where nobody has to type anything."""

_BEAT = 0.05
"""Seconds between two looks whether somebody still waits."""
Answer = tuple[Any, Exception | None]

_NO_KEYRING = "This system has no keyring that ClaimDesk can use. Unlock the desk with its recovery key or passphrase."
_LOCKED = (
    "The system's keyring is locked or did not allow it. Unlock the keyring and try again, or use the recovery key."
)
_SILENT = "The system's keyring does not answer. Try again, or unlock the desk with its recovery key or passphrase."
_IN_PLAIN = ("keyrings.alt", "keyring.backends.null", "keyring.backends.fail")


def works() -> bool:
    """Whether there is a keyring to ask; nobody is asked for anything."""
    try:
        return _within(_backend, SHORT_PATIENCE) is not None
    except KeyringError:
        return False


def keep(name: str, secret: bytes, cancelled: Callable[[], bool] = lambda: False) -> None:
    """Put a secret into the keyring in place of what is there under this name, and look that it can be had again.

    Raises KeyringError, and Cancelled as `fetch` does.
    """
    _ask(lambda keyring: keyring.set_password(SERVICE, name, secret.hex()), cancelled)
    if fetch(name, cancelled) != secret:
        raise KeyringError(_LOCKED)


def fetch(name: str, cancelled: Callable[[], bool] = lambda: False) -> bytes:
    """The secret of this name; raises KeyringError, also where the keyring holds none.

    Asks `cancelled` several times a second, and raises Cancelled if it says so; the keyring itself cannot be stopped.
    """
    found = _ask(lambda keyring: keyring.get_password(SERVICE, name), cancelled)
    try:
        return bytes.fromhex(found)
    except (TypeError, ValueError) as error:
        raise KeyringError(
            "The system's keyring holds no key for this desk. Unlock it with its recovery key or passphrase."
        ) from error


def holds(name: str) -> bool:
    """Whether the keyring has anything under this name; raises KeyringError where it does not tell."""
    return _ask(lambda keyring: keyring.get_password(SERVICE, name)) is not None


def forget(name: str) -> None:
    """Take the secret of this name out of the keyring, if it is there; raises KeyringError where it does not answer soon."""
    from keyring.errors import PasswordDeleteError

    def delete(keyring: Any) -> None:
        try:
            keyring.delete_password(SERVICE, name)
        except PasswordDeleteError:  # there is none
            return

    _ask(delete, patience=SHORT_PATIENCE)


def _ask(
    call: Callable[[Any], Any], cancelled: Callable[[], bool] = lambda: False, patience: float | None = None
) -> Any:
    def asked() -> Any:
        backend = _backend()
        if backend is None:
            raise KeyringError(_NO_KEYRING)
        return call(backend)

    return _within(asked, PATIENCE if patience is None else patience, cancelled)


def _backend() -> Any:
    """The keyring that the system has, None where it has none, or only one that keeps secrets in plain.

    Of several that `keyring` would ask in a row the first will do: what it refuses must not go to the next.
    """
    import keyring  # takes a quarter of a second to load
    from keyring.backends.chainer import ChainerBackend

    found = keyring.get_keyring()
    candidates = found.backends if isinstance(found, ChainerBackend) else [found]
    return next((one for one in candidates if not type(one).__module__.startswith(_IN_PLAIN)), None)


def _within(call: Callable[[], Any], seconds: float, cancelled: Callable[[], bool] = lambda: False) -> Any:
    """What `call` returns on a thread of its own; raises KeyringError where the keyring fails or takes longer."""
    from keyring.errors import KeyringError as Refused

    answers: Queue[Answer] = Queue()

    def answer() -> None:
        try:
            answers.put((call(), None))
        except Exception as error:  # noqa: BLE001 - raised again below, on the thread that asked
            answers.put((None, error))

    Thread(target=answer, name="keyring", daemon=True).start()
    found, error = _waited_for(answers, seconds, cancelled)
    if isinstance(error, (Refused, OSError, EOFError)) or _is_of_the_bus(error):
        raise KeyringError(_LOCKED) from error
    if error is not None:
        raise error
    return found


def _waited_for(answers: Queue[Answer], seconds: float, cancelled: Callable[[], bool]) -> Answer:
    until = monotonic() + seconds
    while monotonic() < until:
        if cancelled():
            raise Cancelled
        try:
            return answers.get(timeout=_BEAT)
        except Empty:
            continue
    raise KeyringError(_SILENT)


def _is_of_the_bus(error: Exception | None) -> bool:
    """Whether what talks to the keyring for us failed: the session bus broke off, or its answer made no sense."""
    return error is not None and type(error).__module__.partition(".")[0] in {"secretstorage", "jeepney", "dbus"}
