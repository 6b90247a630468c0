"""Makes a write or a sync of the disk fail, each one in turn, and looks what the desk is afterwards.

    python -m tests.reliability.faults [--full]

A program of its own does one thing with a desk: an edit, an import, a change of an old desk's format, an encryption. Under strace its
k-th write finds the disk full (ENOSPC), or its k-th sync fails (EIO), for every k that there is. It must say so in one sentence, do it
when it is asked again, and have lost nothing that was on the desk before.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import sqlcipher3.dbapi2 as driver  # type: ignore[import-untyped]
from tests.reliability.traced import ROOT, is_possible

from claimdesk.core import edits
from claimdesk.core.claim import Article
from claimdesk.core.desk import Desk, keys, protection
from claimdesk.core.errors import ClaimDeskError

OLD_DESK = Path(__file__).parents[1] / "data" / "desk-schema-1.db"
FAULTS = {"pwrite64": "ENOSPC", "fsync": "EIO"}
KEY = bytes(range(32))
DESK = keys.Keys("c0ffee" * 5 + "00", keys._mark("c0ffee" * 5 + "00", KEY))
NOTE = "Ask the office for the contract. पुल 🙂"


def edit(path: Path) -> None:
    """Write a note on the first claim."""
    with Desk.open(path, who="victim") as desk:
        article = desk.articles()[0].id
        claims = desk.claims(article)
        done = edits.set_note(claims, claims[0].id, NOTE)
        if done is not None:
            desk.commit(done)


def import_article(path: Path) -> None:
    """Put an article of some length on the desk."""
    with Desk.open(path, who="victim") as desk:
        desk.add_article(
            Article("The bridge is closed. पुल बंद है। 🙂\n" * 900, "Bridge"), original=bytes(range(256)) * 200
        )


def migrate(path: Path) -> None:
    """Open a desk of the first format."""
    Desk.open(path, who="victim").close()


def encrypt(path: Path) -> None:
    """Encrypt the desk, unless that is done already."""
    if keys.load(path) is None:
        protection.encrypt(path, DESK, KEY)


THINGS: dict[str, Callable[[Path], None]] = {
    "edit": edit,
    "import": import_article,
    "migration": migrate,
    "encryption": encrypt,
}


def prepared(folder: Path, thing: str) -> Path:
    """A desk on which the thing can be done."""
    path = folder / "desk.db"
    shutil.copyfile(OLD_DESK, path)
    if thing != "migration":
        Desk.open(path, who="maker").close()
    return path


def rows(path: Path) -> list[str]:
    """The history of a desk of any format, as its hashes; raises SystemExit where the file is not whole."""
    with closing(driver.connect(str(path))) as connection:
        if keys.load(path) is not None:
            connection.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
        if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise SystemExit("the desk is damaged")
        return [row[0] for row in connection.execute("SELECT hash FROM history ORDER BY id")]


def fail_once(thing: str, call: str, number: int) -> tuple[bool, str]:
    """Let the `number`-th `call` fail while the thing is done; whether it came to that, and what was wrong then."""
    with tempfile.TemporaryDirectory() as folder:
        path = prepared(Path(folder), thing)
        before = rows(path)
        trace = Path(folder) / "trace"
        inject = f"inject={call}:error={FAULTS[call]}:when={number}"
        strace = ["strace", "-f", "-o", str(trace), "-e", f"trace={call}", "-e", inject]
        done = subprocess.run(
            [*strace, sys.executable, "-m", "tests.reliability.faults", "--do", thing, str(path)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        injected = "(INJECTED)" in trace.read_text(errors="replace")
        if done.returncode:
            return injected, f"it ended with {done.returncode}: {done.stderr.strip().splitlines()[-1:]}"
        said = json.loads(done.stdout)
        if said[-1] != "":
            return injected, f"asked again it said: {said[-1]}"
        if rows(path)[: len(before)] != before:
            return injected, "something is lost"
        return injected, "it said two sentences" if any("\n" in sentence for sentence in said) else ""


def do(thing: str, path: Path) -> list[str]:
    """Do the thing, once more if the world failed; what was said each time, nothing where it went well."""
    said: list[str] = []
    while len(said) < 2 and (not said or said[-1]):
        try:
            THINGS[thing](path)
            said.append("")
        except ClaimDeskError as error:
            said.append(str(error))
    return said


def run(every: int) -> tuple[Counter[str], list[str]]:
    """Let every `every`-th call of each kind fail in turn; how many did, and what was wrong."""
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    for thing in THINGS:
        for call in FAULTS:
            number, injected = 1, True
            while injected:
                injected, what = fail_once(thing, call, number)
                counts[f"{thing}: {call}"] += injected
                if what:
                    wrong.append(f"{thing}, {call} {number}: {what}")
                number += every
    return counts, wrong


def main() -> int:
    """Fail, count, judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=5, help="let only every so manieth call fail")
    parser.add_argument("--full", action="store_true", help="every call")
    parser.add_argument("--do", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.do:
        print(json.dumps(do(given.do[0], Path(given.do[1]))))
        return 0
    if not is_possible():
        print("There is no strace that may watch a program here: nothing was tested.", file=sys.stderr)
        return 2
    counts, wrong = run(1 if given.full else given.every)
    print(json.dumps({"failed calls": counts, "wrong": wrong}, indent=1))
    return 0 if counts.total() >= len(THINGS) and not wrong else 1


if __name__ == "__main__":
    sys.exit(main())
