"""Two programs on one desk: windows that start at the same moment, and edits from two sides.

    python -m tests.reliability.two_processes --full

Starts: two windows of one desk start at the same moment, each with a home of its own, again and again, also over the lock of a killed
one. One may live; the other must end, having shown its file in the first and written nothing: not in its home, not beside the desk.
Edits: a window and another program write notes on the claims of one article. Each logs a note outside the desk once it is
committed. Every logged note must stand in the history once, the chain must be whole, and the window must show what the other
did within two seconds. Ends with 1 where it does not, or where the two hardly met.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from itertools import pairwise
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import sqlcipher3.dbapi2 as driver  # type: ignore[import-untyped]

from claimdesk.core import edits
from claimdesk.core.claim import Article
from claimdesk.core.desk import Desk

TEXT = "पुल बंद रहेगा 🙂 said the office. 다리가 안전하다고 말했다. قال الوزير إن الجسر آمن. " * 4
SLOWEST = 2.0
"""Seconds until the window must show what another program did."""
BESIDE = {"desk.db", "desk.db-wal", "desk.db-shm", "desk.db.lock", "backups"}

OTHER = """
import sys, time
from pathlib import Path
from claimdesk.core import edits
from claimdesk.core.desk import Desk
from claimdesk.core.errors import DeskError
path, log, count, pause = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])
refused = 0
with Desk.open(path, who="terminal", patience=30.0) as desk, log.open("w") as told:
    print("open", flush=True)
    sys.stdin.readline()
    for number in range(count):
        while True:
            claims = desk.claims(1)
            claim = claims[number % len(claims)]
            try:
                desk.commit(edits.set_note(claims, claim.id, f"terminal {number}"))
                break
            except DeskError:
                refused += 1
        told.write(f"{time.time()} terminal {number}\\n")
        told.flush()
        time.sleep(pause)
print(refused, flush=True)
"""


# -- starts


def start(desk: Path, home: Path, article: Path) -> subprocess.Popen[bytes]:
    """A window of the desk, with a home of its own and a file to open."""
    environment = {
        **os.environ,
        "CLAIMDESK_DESK": str(desk), "CLAIMDESK_HOME": str(home), "CLAIMDESK_ENCRYPTION": "off",
        "XDG_RUNTIME_DIR": str(desk.parent.parent / "run"),
    }  # fmt: skip
    command = [sys.executable, "-m", "claimdesk", "open", str(article)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def wait_until_known(desk: Path, titles: set[str], seconds: float) -> bool:
    """Whether articles of all these titles are on the desk in time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if desk.exists():
            try:
                with closing(driver.connect(f"{desk.as_uri()}?mode=ro", uri=True, timeout=5)) as connection:
                    if titles <= {title for (title,) in connection.execute("SELECT title FROM article")}:
                        return True
            except driver.OperationalError:
                pass  # its tables are being made
        time.sleep(0.05)
    return False


def start_two(folder: Path, number: int, together: int) -> Counter[str]:
    """Several windows of one desk at the same moment; what came of it. The one that lives is killed."""
    desk = folder / "desk" / "desk.db"
    titles = [f"Article {number}.{place} पुल 🙂" for place in range(together)]
    homes, windows = [], []
    locked = desk.with_name("desk.db.lock").exists()
    for place, title in enumerate(titles):
        home, article = folder / f"home-{number}-{place}", folder / f"{number}-{place}.txt"
        home.mkdir()
        (home / "settings.toml").write_text(f'who = "{number}.{place}"\n')
        words = " ".join(f"word{number}x{place}x{at}" for at in range(20))  # nothing that could be a version of another
        article.write_text(f"{title}\n\nThe office said: {words}.\n", encoding="utf-8")
        homes.append(home)
        windows.append((desk, home, article))
    processes = [start(*window) for window in windows]
    until = time.monotonic() + 60
    while sum(process.poll() is None for process in processes) > 1 and time.monotonic() < until:
        time.sleep(0.02)
    owners = [place for place, process in enumerate(processes) if process.poll() is None]
    shown = wait_until_known(desk, set(titles), 60)
    lost = [place for place in range(together) if place not in owners]
    wrote = [place for place in lost if {path.name for path in homes[place].iterdir()} != {"settings.toml"}]
    beside = {path.name for path in desk.parent.iterdir()} - BESIDE
    ended_well = all(processes[place].returncode == 0 for place in lost)
    for process in processes:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        process.communicate()
    with Desk.open(desk, who="checker") as opened:
        signed = {entry.who for entry in opened.history()}
        broken = opened.verify_history()
    wrote += [place for place in lost if f"{number}.{place}" in signed]
    return Counter(
        {
            "starts": 1,
            "over the lock of a killed window": locked,
            "one owner": len(owners) == 1,
            "the others' files opened by it": shown,
            "the others ended well": ended_well,
            "others that wrote": len(wrote),
            "strange files beside the desk": len(beside),
            "broken histories": broken is not None,
        }
    )


def starts(folder: Path, count: int) -> Counter[str]:
    """So many double starts, of two windows each, every tenth of five."""
    (folder / "run").mkdir(mode=0o700)
    total: Counter[str] = Counter()
    for number in range(count):
        total.update(start_two(folder, number, 5 if number % 10 == 9 else 2))
    return total


# -- edits


def interleave(folder: Path, count: int, pause: float) -> dict[str, float]:
    """Half of `count` notes by a window and half by another program; what came of it."""
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from claimdesk.core.settings import Settings
    from claimdesk.ui.background import Background
    from claimdesk.ui.session import Session
    from claimdesk.ui.window import Window

    app = QApplication.instance() or QApplication([])
    path, log = folder / "edits.db", folder / "terminal.log"
    prepared(path)
    session = Session(Desk.open(path, who="window", patience=30.0), Background())
    window = Window(session, Settings(), lambda _: None)
    window.show()
    seen: dict[str, float] = {}
    session.review.claims_changed.connect(
        lambda _: [seen.setdefault(claim.note, time.time()) for claim in session.review.claims if claim.note]
    )
    refused: list[str] = []
    session.facts.failed.connect(refused.append)
    session.review.open(1)
    command = [sys.executable, "-c", OTHER, str(path), str(log), str(count // 2), str(pause)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        other.stdout.readline()
        other.stdin.write("\n")
        other.stdin.flush()
        mine, number = [], 0
        while other.poll() is None or number < count // 2:
            if number < count // 2:
                claim = session.review.claims[number % len(session.review.claims)]
                if session.edits.set_note(claim.id, f"window {number}"):
                    mine.append(f"window {number}")
                    number += 1
            QTest.qWait(1)
        others_refused = int(other.stdout.readline())
    QTest.qWait(int(SLOWEST * 1000))
    told = [line.split(" ", 1) for line in log.read_text().splitlines()]
    slowest = max((seen[words] - float(at) for at, words in told if words in seen), default=0.0)
    shown = [claim.note for claim in session.review.claims]
    window.close()
    session.close()
    del app
    with Desk.open(path, who="checker") as desk:
        changes = desk._db.execute("SELECT changes FROM history WHERE verb = 'note' ORDER BY id").fetchall()
        written = Counter(change["after"]["note"] for (row,) in changes for change in json.loads(row))
        broken, same = desk.verify_history(), [claim.note for claim in desk.claims(1)] == shown
        whos = [entry.who for entry in desk.history(1)]
    acknowledged = [words for _, words in told] + mine
    return {
        "acknowledged edits": len(acknowledged),
        "by the other program": len(told),
        "changes from one side to the other": sum(one != two for one, two in pairwise(whos)),
        "refused because the other was first, and done again": len(refused) + others_refused,
        "lost": sum(written[words] != 1 for words in acknowledged),
        "broken": broken is not None,
        "the window shows the last of it": same,
        "the other's edits seen by the window": sum(words in seen for _, words in told),
        "slowest to be seen, seconds": round(slowest, 3),
    }


def prepared(path: Path) -> None:
    """A desk with one article and eight claims on it, suggested already."""
    with Desk.open(path, who="before") as desk:
        article = desk.add_article(Article(TEXT, "T"))
        for place in range(8):
            desk.commit(edits.mark([], article, place * 20, place * 20 + 9, "media"))
        edit = edits.reopen(desk.claims(1), [claim.id for claim in desk.claims(1)])
        assert edit is not None
        desk.commit(edits.Edit(edits.Verb.SUGGEST, edit.sentence, 1, edit.changes))


def main() -> int:
    """Start, edit, judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--starts", type=int, default=3)
    parser.add_argument("--edits", type=int, default=200)
    parser.add_argument("--full", action="store_true", help="100 double starts and 10,000 edits")
    arguments = parser.parse_args()
    counts = (100, 10_000) if arguments.full else (arguments.starts, arguments.edits)
    with tempfile.TemporaryDirectory() as folder:
        started = starts(Path(folder), counts[0])
        print(json.dumps(started), flush=True)
        fast = interleave(Path(folder), counts[1], 0.01)
        print(json.dumps(fast), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        slow = interleave(Path(folder), max(counts[1] // 100, 20), 0.8)
        print(json.dumps(slow))
    good = all(
        started[what] == started["starts"]
        for what in ("one owner", "the others' files opened by it", "the others ended well")
    )
    bad = ("others that wrote", "strange files beside the desk", "broken histories")
    good &= not any(started[what] for what in bad)
    for found in (fast, slow):
        good &= not found["lost"] and not found["broken"] and bool(found["the window shows the last of it"])
        good &= found["slowest to be seen, seconds"] < SLOWEST
    met = started["over the lock of a killed window"] >= counts[0] - 1
    met &= fast["changes from one side to the other"] >= counts[1] / 20
    met &= slow["the other's edits seen by the window"] == slow["by the other program"]
    return 0 if good and met else 1


if __name__ == "__main__":
    sys.exit(main())
