#!/usr/bin/env python3
"""Sets ClaimDesk up on a bare machine, and starts, tests or checks it there.

    python packaging/bootstrap.py run       start it; without a display, do the sample's job and say where the results are
    python packaging/bootstrap.py test      run the tests; further words go to pytest
    python packaging/bootstrap.py lint      check style and types
    python packaging/bootstrap.py reliability  run every script in tests/reliability in full, one after the other
    python packaging/bootstrap.py setup     only set up; with --dev the tools for tests and checks too
    python packaging/bootstrap.py model     train the suggestion model anew; --corpus FOLDER names the texts to learn from
    python packaging/bootstrap.py lock      write the two lock files anew; further words go to uv

It needs nothing but Python 3.11 or newer: the standard library does the rest. What is there already is not done again.
"""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this very file is what an older Python is started with
    sys.exit("ClaimDesk needs Python 3.11 or newer; this is %d.%d." % sys.version_info[:2])  # noqa: UP031

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import venv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
TRAINING = ROOT / ".venv-training"
STAMP = VENV / "claimdesk-setup.txt"
LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"
SAMPLE = ROOT / "resources" / "sample" / "north-korea-troops.txt"
RESULTS = ROOT / "build" / "sample"

# Debian's name of the package, and the library that the loader must find. Qt's own message names the wrong one.
QT_LIBRARIES = {
    "libglib2.0-0": "libglib-2.0.so.0",
    "libgl1": "libGL.so.1",
    "libegl1": "libEGL.so.1",
    "libdbus-1-3": "libdbus-1.so.3",
    "libfontconfig1": "libfontconfig.so.1",
    "libxkbcommon0": "libxkbcommon.so.0",
}
X11_LIBRARIES = {
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-image0": "libxcb-image.so.0",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-render-util0": "libxcb-render-util.so.0",
    "libxcb-shape0": "libxcb-shape.so.0",
    "libxcb-xkb1": "libxcb-xkb.so.1",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
}
TEST_PROGRAMS = {"dbus": "dbus-run-session", "gnome-keyring": "gnome-keyring-daemon", "strace": "strace"}
"""Debian's name of the package, and the program in it: a real keyring for the tests, and what lets the disk fail in them. Where
they are missing, some tests are left out."""
OPENERS = {
    "chromium": "chromium",
    "libreoffice-writer-nogui": "soffice",
    "libreoffice-calc-nogui": "soffice",
    "minisign": "minisign",
    "poppler-utils": "pdftotext",
}
"""Where every change is checked (CI is set) reports are opened again by these independent programs, nearly a gigabyte of them."""
FONTS = ("fonts-noto-core", "fonts-noto-cjk", "fonts-noto-color-emoji")


def main(words: Sequence[str]) -> int:
    """Do what the first word says with the rest; the exit code."""
    verbs = {
        "setup": setup_only, "run": run, "test": test, "lint": lint, "reliability": reliability, "model": model, "lock": lock
    }  # fmt: skip
    if not words or words[0] not in verbs:
        print(__doc__)
        return 0 if words and words[0] in ("-h", "--help", "help") else 2
    return verbs[words[0]](list(words[1:]))


def setup_only(words: list[str]) -> int:
    """Set up, and say how to go on."""
    set_up(dev="--dev" in words, needed=())
    say("Ready. Start it with `make run`, test it with `make test`.")
    return 0


def run(words: list[str]) -> int:
    """Open the window; where there is no display, take the sample through the same job in the terminal."""
    if words or has_display():
        set_up(needed=QT_LIBRARIES if has_display() else ())
        return call([script("claimdesk"), *words])
    set_up(needed=())
    return run_headless()


def test(words: list[str]) -> int:
    """Run the tests, off screen unless Qt is told otherwise."""
    set_up(dev=True, needed=QT_LIBRARIES, wished=missing_test_programs())
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return call([python(), "-m", "pytest", *words])


def lint(_words: list[str]) -> int:
    """Check style and types; every check runs, also when one before it failed."""
    set_up(dev=True, needed=())
    checks = (["ruff", "check"], ["ruff", "format", "--check"], ["mypy"])
    return max(call([python(), "-m", *check]) for check in checks)


def reliability(words: list[str]) -> int:
    """Run every script in tests/reliability in full, one after the other; each runs, also when one before it failed."""
    set_up(dev=True, needed=())
    failed = 0
    for path in sorted((ROOT / "tests" / "reliability").glob("*.py")):
        if '"--full"' in path.read_text(encoding="utf-8") and not path.name.startswith("test_"):
            say(path.stem)
            failed |= bool(call([python(), "-m", f"tests.reliability.{path.stem}", "--full", *words]))
    return int(failed)


def model(words: list[str]) -> int:
    """Make the suggestion model in an environment of its own, because what it takes is large and nothing else needs it."""
    if not starts(str(TRAINING / "bin" / "python"), "-c", "import torch"):
        say("Making .venv-training")
        venv.create(TRAINING, with_pip=True)
        pip = [str(TRAINING / "bin" / "python"), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
        require([*pip, "--upgrade", "pip"])
        require([*pip, "--editable", str(ROOT), "--group", "training"])
    return call([str(TRAINING / "bin" / "python"), "training/make_model.py", *words])


def lock(words: list[str]) -> int:
    """Write the lock files anew: for every system, with hashes, without the name of any package index."""
    set_up(dev=True, needed=())
    compile_ = ["uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes"]
    plain = ["--no-emit-index-url", "--no-emit-find-links", "--no-annotate", "--no-header", *words]
    runtime = ["pyproject.toml", "--group", "build", "-o", LOCK.name]
    dev = ["--group", "dev", "-c", LOCK.name, "-o", DEV_LOCK.name]
    return call([python(), "-m", *compile_, *plain, *runtime]) or call([python(), "-m", *compile_, *plain, *dev])


def run_headless() -> int:
    """Import the sample with its suggestions and write its reports; say where they lie."""
    say("No display here, so the sample article is reviewed and reported in the terminal instead of a window.")
    RESULTS.mkdir(parents=True, exist_ok=True)
    desk_command = script("claimdesk")
    os.environ.setdefault("CLAIMDESK_ENCRYPTION", "off")  # for a desk that this makes: nobody is there to keep its key
    results = {"Report to read": RESULTS / "report.html", "Table of claims": RESULTS / "claims.csv"}
    if code := call([desk_command, "import", "--sample"]):
        return code
    for path in results.values():
        if code := call([desk_command, "report", str(SAMPLE), "--suggestions", "--to", str(path)], quiet=True):
            return code
    suggestions = RESULTS / "suggestions.json"
    with suggestions.open("wb") as out:
        if code := subprocess.run([desk_command, "suggest", "--json", str(SAMPLE)], stdout=out, check=False).returncode:
            return code
    for name, path in {**results, "Suggestions": suggestions}.items():
        say(f"{name}: {path.relative_to(ROOT)}")
    desk = "from claimdesk.core import settings; print('The desk:', settings.desk_path())"
    return call([python(), "-c", desk])


def set_up(*, dev: bool = False, needed: Iterable[str], wished: Sequence[str] = ()) -> None:
    """Bring the machine and .venv up to date; exits with one line if a package in `needed` cannot be had.

    What is `wished` and cannot be had is only named in that line.
    """
    ready = is_current(STAMP, digest(), dev=dev) and starts(python())
    needed = {*needed, *(() if ready else missing_venv_packages())}
    missing = [*missing_system_packages(), *wished]
    if missing and (wished or needed.intersection(missing) or not ready):
        provide(missing, needed)
    if not ready:
        make_venv()
        install(dev=dev)
        STAMP.write_text(stamp(digest(), dev=dev), encoding="utf-8")


def provide(missing: list[str], needed: set[str]) -> None:
    """Install what the system lacks, with rights; else name it in one line, and stop if it is in `needed`."""
    prefix, failure = apt_prefix(), ""
    if prefix is not None:
        say(f"Installing {count(missing, 'system package')}: {' '.join(missing)}")
        failure = apt_install(prefix, missing)
        importlib.invalidate_caches()
        missing = [*missing_system_packages(), *(set(missing) & set(missing_test_programs()))]
    if missing:
        print(missing_line(missing, failure), file=sys.stderr, flush=True)
    if needed.intersection(missing):
        sys.exit(1)


def missing_system_packages() -> list[str]:
    """Debian's names of the packages that are not here; empty where the system is not Linux."""
    if sys.platform != "linux":
        return []
    libraries = {**QT_LIBRARIES, **X11_LIBRARIES}
    missing = [package for package, library in libraries.items() if not loads(library)]
    return [*missing_venv_packages(), *missing, *missing_fonts()]


def missing_test_programs() -> list[str]:
    """Debian's names of the packages whose programs only the tests start; empty where the system is not Linux."""
    if sys.platform != "linux":
        return []
    programs = TEST_PROGRAMS | (OPENERS if os.environ.get("CI") else {})
    return [package for package, program in programs.items() if not shutil.which(program)]


def missing_venv_packages() -> list[str]:
    """Debian keeps what a virtual environment needs in a package of its own."""
    if sys.platform != "linux" or importlib.util.find_spec("ensurepip"):
        return []
    return [f"python{sys.version_info.major}.{sys.version_info.minor}-venv"]


def missing_fonts() -> list[str]:
    """The font packages without which Devanagari, Hangul or emoji are boxes; only Debian and its kin can be asked."""
    if not shutil.which("dpkg-query"):
        return []
    query = ["dpkg-query", "--show", "--showformat", "${Package} ${db:Status-Status}\n", *FONTS]
    known = subprocess.run(query, capture_output=True, text=True, check=False).stdout.splitlines()
    return [font for font in FONTS if f"{font} installed" not in known]


def missing_line(missing: Sequence[str], failure: str = "") -> str:
    """The one line that names all that is missing, and what to type."""
    why = f" ({failure})" if failure else ""
    return f"Missing on this system{why}; please run: sudo apt-get install --no-install-recommends {' '.join(missing)}"


def apt_prefix() -> list[str] | None:
    """What stands before apt-get for the right to install; None where there is no apt-get or no right."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    sudo = ["sudo", "-n"]
    return sudo if shutil.which("sudo") and starts(*sudo, "true") else None


def apt_install(prefix: list[str], packages: Sequence[str]) -> str:
    """Install `packages`; the last line of what apt-get complained of, empty if it did not."""
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y"]
    for step in (["update"], ["install", "--no-install-recommends", *packages]):
        done = subprocess.run([*apt, *step], capture_output=True, text=True, check=False)
        if done.returncode:
            return (done.stderr.strip().splitlines() or ["apt-get failed"])[-1]
    return ""


def make_venv() -> None:
    """Make .venv, or mend one that has lost its Python or its pip."""
    if not starts(python(), "-m", "pip", "--version"):
        say("Making .venv")
        venv.create(VENV, clear=not starts(python()), with_pip=True, symlinks=os.name != "nt")


def install(*, dev: bool) -> None:
    """Install exactly what the lock files name, each file with its hash, and then this checkout itself."""
    locks = [LOCK, DEV_LOCK] if dev else [LOCK]
    pip = [python(), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-warn-script-location"]
    say("Installing the Python packages of " + " and ".join(path.name for path in locks))
    # The locks name everything; what they leave out on purpose (pyproject.toml, override-dependencies) pip would ask for.
    require([*pip, "--no-deps", "--require-hashes", *(word for path in locks for word in ("-r", str(path)))])
    require([*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])


def digest() -> str:
    """What .venv depends on, in one hash: the place of the checkout, its lock files and its pyproject.toml."""
    parts = [str(ROOT).encode(), *(path.read_bytes() for path in (LOCK, DEV_LOCK, ROOT / "pyproject.toml"))]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def stamp(state: str, *, dev: bool) -> str:
    """What `STAMP` says of a finished set-up."""
    return f"{'dev' if dev else 'runtime'} {state}\n"


def is_current(path: Path, state: str, *, dev: bool) -> bool:
    """Whether the stamp at `path` is of `state`; one with the tools is good for a run without them too."""
    written = path.read_text(encoding="utf-8") if path.is_file() else ""
    return written == stamp(state, dev=True) or (not dev and written == stamp(state, dev=False))


def has_display(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> bool:
    """Whether a window can be shown here."""
    return not platform.startswith("linux") or any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def python() -> str:
    """The Python of .venv."""
    return script("python")


def script(name: str) -> str:
    """A program of .venv."""
    return str(VENV / "Scripts" / f"{name}.exe" if os.name == "nt" else VENV / "bin" / name)


def loads(library: str) -> bool:
    """Whether the system's loader finds `library`."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def starts(*command: str) -> bool:
    """Whether `command` (a Python is asked for its version) can be started and ends well."""
    words = command if len(command) > 1 else (*command, "--version")
    try:
        return not subprocess.run(words, capture_output=True, check=False).returncode
    except OSError:
        return False


def call(command: Sequence[str], *, quiet: bool = False) -> int:
    """Run `command` in the checkout; its exit code."""
    out = subprocess.DEVNULL if quiet else None
    try:
        return subprocess.run(command, cwd=ROOT, stdout=out, check=False).returncode
    except KeyboardInterrupt:
        return 130


def require(command: Sequence[str]) -> None:
    """Run `command` and leave with its exit code if it fails; it has said why itself."""
    if code := call(command):
        sys.exit(code)


def count(things: Sequence[object], name: str) -> str:
    """How many `things` there are, in words: one system package, three system packages."""
    return f"1 {name}" if len(things) == 1 else f"{len(things)} {name}s"


def say(sentence: str) -> None:
    """One line on what happens, at once."""
    print(sentence, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
