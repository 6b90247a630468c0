"""The keyring in every state that a computer may have it in: a real one, locked, gone, silent, false, or a plain file.

    python -m tests.reliability.keyring   each state once
    python -m tests.reliability.keyring   --full    each state 20 times

Each state is a program of its own, with a home and a session bus of its own, that asks `claimdesk.core.secrets` as the program does
and answers with what it was told. Prints how often each answer came and the longest wait; ends with 1 where an answer is not the
expected one, or a file holds what only a keyring may hold.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from time import monotonic

HERE = Path(__file__).parent
SECRET = bytes(range(200, 232))
NEEDED = ("dbus-run-session", "gnome-keyring-daemon")

ASK = """
import json, os, signal, subprocess, sys, threading, time
from claimdesk.core import secrets
from claimdesk.core.errors import Cancelled, KeyringError

SECRET = bytes(range(200, 232))
told, began = [], time.monotonic()

def tell(what, call):
    try:
        found = call()
        told.append([what, "secret" if found == SECRET else found.hex() if isinstance(found, bytes) else found])
    except KeyringError as error:
        told.append([what, str(error)])
    except Cancelled:
        told.append([what, "cancelled"])

def daemon(*words):
    subprocess.run(["gnome-keyring-daemon", "--components=secrets", *words], input=b"a passphrase", stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL, check=True)
"""

STATES: dict[str, tuple[str, list[list[object]]]] = {
    "a real one": (
        """
daemon("--unlock", "--daemonize")
tell("works", secrets.works)
tell("nothing yet", lambda: secrets.fetch("desk"))
tell("keep", lambda: secrets.keep("desk", b"older"))
tell("keep", lambda: secrets.keep("desk", SECRET))
tell("fetch", lambda: secrets.fetch("desk"))
tell("of another", lambda: secrets.fetch("other"))
tell("forget", lambda: secrets.forget("desk"))
tell("forget again", lambda: secrets.forget("desk"))
tell("gone", lambda: secrets.fetch("desk"))
""",
        [["works", True], ["nothing yet", "holds no key"], ["keep", None], ["keep", None], ["fetch", "secret"],
         ["of another", "holds no key"], ["forget", None], ["forget again", None], ["gone", "holds no key"]],
    ),
    "a wrong value": (
        """
daemon("--unlock", "--daemonize")
import keyring
for value in ("no hexadecimal", "", "पुल"):
    keyring.set_password(secrets.SERVICE, "desk", value)
    tell("fetch", lambda: secrets.fetch("desk"))
from claimdesk.core.desk.keys import Keys
held, key = Keys.new()
held = held.with_keyring(key)
tell("opens", lambda: held.from_keyring() == key)
secrets.keep(held.desk, SECRET)
tell("another's", held.from_keyring)
secrets.keep(held.desk, b"short")
tell("too short", held.from_keyring)
""",
        [["fetch", "holds no key"], ["fetch", ""], ["fetch", "holds no key"], ["opens", True], ["another's", "does not open this desk"],
         ["too short", "does not open this desk"]],
    ),
    "locked": (
        """
daemon("--unlock", "--daemonize")
secrets.keep("desk", SECRET)
import secretstorage
with secretstorage.dbus_init() as bus:
    secretstorage.get_default_collection(bus).lock()
secrets.PATIENCE = 1.0
tell("fetch", lambda: secrets.fetch("desk"))
""",
        [["fetch", "keyring"]],
    ),
    "the bus gone in the middle": (
        """
daemon("--unlock", "--daemonize")
secrets.keep("desk", SECRET)
import keyring
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection
with open_dbus_connection() as asking:
    bus = asking.send_and_get_reply(message_bus.GetConnectionUnixProcessID("org.freedesktop.DBus")).body[0]
backend = keyring.get_keyring()
whole = type(backend).get_password
def dying(self, *words):
    os.kill(bus, signal.SIGKILL)
    return whole(self, *words)
type(backend).get_password = dying
secrets.PATIENCE = 10.0
tell("fetch", lambda: secrets.fetch("desk"))
tell("keep", lambda: secrets.keep("desk", SECRET))
""",
        [["fetch", "locked or did not allow it"], ["keep", "locked or did not allow it"]],
    ),
    "none": (
        """
tell("works", secrets.works)
tell("keep", lambda: secrets.keep("desk", SECRET))
tell("fetch", lambda: secrets.fetch("desk"))
tell("forget", lambda: secrets.forget("desk"))
""",
        [["works", False], ["keep", "no keyring"], ["fetch", "no keyring"], ["forget", "no keyring"]],
    ),
    "one that hangs": (
        """
secrets.PATIENCE = 0.3
secrets.SHORT_PATIENCE = 0.2
tell("works", secrets.works)
for what, call in (("keep", lambda: secrets.keep("desk", SECRET)), ("fetch", lambda: secrets.fetch("desk")), ("forget", lambda: secrets.forget("desk"))):
    tell(what, call)
secrets.PATIENCE = 600.0
cancelled = threading.Event()
threading.Timer(0.2, cancelled.set).start()
tell("fetch", lambda: secrets.fetch("desk", cancelled.is_set))
tell("keep", lambda: secrets.keep("desk", SECRET, cancelled.is_set))
""",
        [["works", True], ["keep", "does not answer"], ["fetch", "does not answer"], ["forget", "does not answer"],
         ["fetch", "cancelled"], ["keep", "cancelled"]],
    ),
    "one that hangs while it is looked for": (
        """
secrets.PATIENCE = secrets.SHORT_PATIENCE = 0.3
tell("works", secrets.works)
tell("fetch", lambda: secrets.fetch("desk"))
""",
        [["works", False], ["fetch", "does not answer"]],
    ),
    "one that forgets": (
        """
tell("keep", lambda: secrets.keep("desk", SECRET))
""",
        [["keep", "holds no key"]],
    ),
    "one that fails": (
        """
tell("keep", lambda: secrets.keep("desk", SECRET))
tell("fetch", lambda: secrets.fetch("desk"))
tell("forget", lambda: secrets.forget("desk"))
""",
        [["keep", "locked or did not allow it"], ["fetch", "locked or did not allow it"], ["forget", "locked or did not allow it"]],
    ),
    "a plain file": (
        """
tell("works", secrets.works)
tell("keep", lambda: secrets.keep("desk", SECRET))
""",
        [["works", False], ["keep", "no keyring"]],
    ),
    "two plain files in a row": (
        """
import keyring
from keyring.backends.chainer import ChainerBackend
assert isinstance(keyring.get_keyring(), ChainerBackend), keyring.get_keyring()
tell("works", secrets.works)
tell("keep", lambda: secrets.keep("desk", SECRET))
""",
        [["works", False], ["keep", "no keyring"]],
    ),
}  # fmt: skip
"""Of each state: the program, and what it must answer: a value, or words of the sentence."""

BACKENDS = {
    "one that hangs": "keyring_doubles.Hangs",
    "one that hangs while it is looked for": "keyring_doubles.HangsAtOnce",
    "one that forgets": "keyring_doubles.Forgets",
    "one that fails": "keyring_doubles.Fails",
    "a plain file": "keyrings.alt.file.PlaintextKeyring",
}
REAL = {"a real one", "a wrong value", "locked", "the bus gone in the middle"}
"""States that need a session bus and the keyring of GNOME."""

DOUBLES = """
import os, threading
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

class Hangs(KeyringBackend):
    priority = 1
    def get_password(self, service, username): threading.Event().wait()
    set_password = delete_password = lambda self, *words: threading.Event().wait()

class HangsAtOnce(Hangs):
    def __init__(self): threading.Event().wait()

class Forgets(KeyringBackend):
    priority = 1
    def get_password(self, service, username): return None
    def set_password(self, service, username, password): pass

class Fails(KeyringBackend):
    priority = 1
    def get_password(self, service, username): raise KeyringLocked("no")
    set_password = delete_password = lambda self, *words: self.get_password("", "")
"""
PLAIN_FILES = """
from pathlib import Path
from keyring.backend import KeyringBackend

class PlaintextKeyring(KeyringBackend):
    priority = 0.5
    def get_password(self, service, username): return None
    def set_password(self, service, username, password): Path.home().joinpath("secrets.txt").write_text(password)

class EncryptedKeyring(PlaintextKeyring):
    priority = 0.6
"""


def missing() -> str:
    """What of the programs for a real keyring is not here, in a sentence; empty if all are."""
    lacking = [name for name in NEEDED if not shutil.which(name)]
    return f"{', '.join(lacking)} cannot be found" if lacking else ""


def ask(state: str, folder: Path) -> tuple[list[list[object]], float, list[str]]:
    """What the program of a state answers, how long it took, and the files that hold the secret in plain."""
    for name, content in (
        ("keyring_doubles.py", DOUBLES),
        ("keyrings/alt/__init__.py", ""),
        ("keyrings/alt/file.py", PLAIN_FILES),
    ):
        (folder / "modules" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "modules" / name).write_text(content, encoding="utf-8")
    home = folder / "home"
    home.mkdir()
    outside = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DBUS_", "XDG_", "GNOME_", "PYTHON_KEYRING"))
    }
    environment = {
        **outside, "HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "XDG_RUNTIME_DIR": str(home), "XDG_CONFIG_HOME": str(home),
        "PYTHONPATH": os.pathsep.join(filter(None, [str(folder / "modules"), outside.get("PYTHONPATH", "")])),
    }  # fmt: skip
    program = ASK + STATES[state][0] + "print(json.dumps(told), flush=True)\nos._exit(0)\n"
    command = [sys.executable, "-c", program]
    if state in REAL:
        command = ["dbus-run-session", "--", *command]
    else:
        environment["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nowhere"
    if state in BACKENDS:
        environment["PYTHON_KEYRING_BACKEND"] = BACKENDS[state]
    if state == "two plain files in a row":
        (home / "python_keyring").mkdir()
        listed = "[backend]\ndefault-keyring=keyring.backends.chainer.ChainerBackend\n"
        (home / "python_keyring" / "keyringrc.cfg").write_text(listed, encoding="utf-8")
        program = "import keyrings.alt.file\n" + program
        command = [sys.executable, "-c", program]
    began = monotonic()
    done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    took = monotonic() - began
    lines = done.stdout.splitlines()
    if not lines:
        return [["failed", done.stderr[-2000:]]], took, []
    forms = (SECRET, SECRET.hex().encode())
    plain = [
        str(file) for file in home.rglob("*") if file.is_file() and any(form in file.read_bytes() for form in forms)
    ]
    return json.loads(lines[-1]), took, plain


def is_as_expected(answers: list[list[object]], expected: list[list[object]]) -> bool:
    """Whether each answer is the value, or holds the words, that are expected."""
    return len(answers) == len(expected) and all(
        what == asked and (want in answer if isinstance(want, str) and isinstance(answer, str) else answer == want)
        for (what, answer), (asked, want) in zip(answers, expected, strict=True)
    )


def main() -> int:
    """Ask in each state, count, judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true")
    times = 20 if parser.parse_args().full else 1
    counts: Counter[str] = Counter()
    longest: dict[str, float] = {}
    for state, (_, expected) in STATES.items():
        if state in REAL and missing():
            print(f"{state}: left out, {missing()}", file=sys.stderr)
            counts["left out"] += 1
            continue
        for _ in range(times):
            with tempfile.TemporaryDirectory() as folder:
                answers, took, plain = ask(state, Path(folder))
            good = is_as_expected(answers, expected)
            counts.update({"asked": 1, "answers": len(answers), "not as expected": not good, "in plain": bool(plain)})
            longest[state] = round(max(longest.get(state, 0), took), 1)
            if not good or plain:
                print(f"{state}: {answers} {plain}", file=sys.stderr)
    print(json.dumps({**counts, "longest seconds": longest}))
    return int(bool(counts["not as expected"] or counts["in plain"]))


if __name__ == "__main__":
    sys.exit(main())
