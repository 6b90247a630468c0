"""Takes the right to write a desk away, or the desk itself, and looks what it says, and whether everything is there afterwards.

    python -m tests.reliability.no_permission [--full]

A program without the rights of root tries every deed on a desk whose folder, or file, or both, are read-only: it must be refused in
one sentence, no byte of the desk may change, and with the rights given back it must work. And the folder of an open desk is moved away, or deleted:
nothing may be written or made anew until it is back, under a desk alone as under a window. Ends with 1 where that is not so, and
with 2 where there are no such rights, or no program can give up its own.
"""

import argparse
import json
import multiprocessing
import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.reliability.deeds import DEEDS, NOTE, attempt, hashes, is_one_sentence, prepared, wrong_with

from claimdesk.core import edits
from claimdesk.core.claim import Article
from claimdesk.core.desk import Desk
from claimdesk.core.errors import ClaimDeskError

NOBODY = 65534
FORBIDDEN = {"the folder": (0o555, 0o600), "the file": (0o755, 0o444), "both": (0o555, 0o444)}
"""What is read-only, as the rights of folder and file."""


# -- rights


def as_nobody(folder: Path, do: Callable[[], str]) -> str:
    """What `do` said in a program without the rights of root, to whom all of the folder belongs."""
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
    starter = multiprocessing.get_context("fork")  # which has all of the program in memory: its files are root's
    ours, theirs = starter.Pipe(duplex=False)
    process = starter.Process(target=_tell, args=(do, theirs))
    process.start()
    theirs.close()
    try:
        return str(ours.recv())
    except EOFError:
        return f"it ended with {process.exitcode}"
    finally:
        process.join()


def _tell(do: Callable[[], str], told: Connection) -> None:
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    told.send(do())


def forbidden(folder: Path, deed: str, what: str) -> list[str]:
    """Do a deed where something is read-only, allow it, do it again; what was wrong."""
    path = prepared(folder, deed)
    before, bytes_before = hashes(path), path.read_bytes()
    for_folder, for_file = FORBIDDEN[what]
    path.chmod(for_file)
    folder.chmod(for_folder)
    said = as_nobody(folder, lambda: attempt(deed, path))
    same = path.read_bytes() == bytes_before
    folder.chmod(0o700)
    path.chmod(0o600)
    wrong = wrong_with(deed, path, before, done=False) + ["the desk changed"] * (not same)
    wrong += [] if is_one_sentence(said) else [f"it said: {said!r}"]
    again = as_nobody(folder, lambda: attempt(deed, path))
    return wrong + ([f"allowed it said: {again!r}"] if again else wrong_with(deed, path, before, done=True))


# -- a folder that goes away


def edit(desk: Desk) -> None:
    """Write another note than is there."""
    article = desk.articles()[-1].id
    claims = desk.claims(article)
    done = edits.set_note(claims, claims[0].id, "" if claims[0].note == NOTE else NOTE)
    assert done is not None
    desk.commit(done)


OPEN_DEEDS: dict[str, Callable[[Desk], object]] = {
    "edit": edit,
    "import": lambda desk: desk.add_article(Article("पुल बंद 🙂", "T")),
    "undo": lambda desk: desk.undo(desk.articles()[-1].id),
    "backup": lambda desk: desk.backups.make(),
}


def went_away(folder: Path, *, comes_back: bool) -> list[str]:
    """Move the folder of an open desk, or delete it, do every deed, put it back if it was moved, do them again; what was wrong."""
    path, wrong = prepared(folder, "edit"), []
    before = hashes(path)
    with Desk.open(path, who="victim") as desk:
        edit(desk)
        away = folder.with_name("away")
        folder.rename(away)
        if not comes_back:
            shutil.rmtree(away)
        for name, deed in OPEN_DEEDS.items():
            try:
                deed(desk)
                wrong.append(f"{name} was done in a folder that is not there")
            except ClaimDeskError as error:
                wrong += [] if is_one_sentence(str(error)) else [f"{name} said: {error}"]
        if folder.exists():
            wrong.append("the folder was made anew")
        if comes_back:
            shutil.rmtree(folder, ignore_errors=True)
            away.rename(folder)
            for deed in OPEN_DEEDS.values():
                deed(desk)
    if comes_back and hashes(path)[: len(before)] != before:
        wrong.append("something is lost")
    return wrong


def window_without_folder(folder: Path) -> list[str]:
    """Delete the folder under a window that goes on: an edit, a while of its own work, the end; what was wrong."""
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from claimdesk.core.settings import Settings
    from claimdesk.ui.background import Background
    from claimdesk.ui.session import Session
    from claimdesk.ui.window import Window

    app = QApplication.instance() or QApplication([])
    path = prepared(folder, "edit")
    session = Session(Desk.open(path, who="victim"), Background())
    window = Window(session, Settings(), lambda _: None)
    window.show()
    session.review.open(1)
    said: list[str] = []
    session.facts.failed.connect(said.append)
    shutil.rmtree(folder)
    with mistakes() as made:
        kept = session.edits.set_note(session.review.claims[0].id, "a note that must not seem to be kept")
        session.backups.keep_making()
        QTest.qWait(2500)  # until it has looked for the edits of other programs, twice
        window.close()
        session.close()
    del app
    wrong = {
        "the note seemed to be kept": bool(kept),
        f"it said: {said}": not said or not all(map(is_one_sentence, said)),
        f"mistakes were made: {made}": bool(made),
        "the folder was made anew": folder.exists(),
    }
    return [sentence for sentence, is_so in wrong.items() if is_so]


@contextmanager
def mistakes() -> Iterator[list[str]]:
    """The names of what nobody caught."""
    found: list[str] = []

    def note(kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        found.append(f"{kind.__name__}: {error}")

    before, sys.excepthook = sys.excepthook, note
    try:
        yield found
    finally:
        sys.excepthook = before


def run() -> tuple[Counter[str], list[str]]:
    """All of it; how much was tried, and what was wrong."""
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    for deed in DEEDS:  # once with every right, so that all of the program is in memory
        with tempfile.TemporaryDirectory() as name:
            attempt(deed, prepared(Path(name), deed))
        for what in FORBIDDEN:
            with tempfile.TemporaryDirectory() as name:
                wrong += [f"{deed}, {what} read-only: {one}" for one in forbidden(Path(name), deed, what)]
                counts["forbidden"] += 1
    for name_of, missing in (("moved", True), ("deleted", False)):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name, "desk")
            folder.mkdir()
            wrong += [f"{name_of}: {one}" for one in went_away(folder, comes_back=missing)]
            counts["went away"] += 1
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "desk")
        folder.mkdir()
        wrong += [f"under a window: {one}" for one in window_without_folder(folder)]
        counts["went away"] += 1
    return counts, wrong


def main() -> int:
    """Forbid, count, judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true", help="the same: all of it takes some seconds")
    parser.parse_args()
    if os.name != "posix":
        print("There are no such rights here: nothing was tested.", file=sys.stderr)
        return 2
    counts, wrong = run()
    print(json.dumps({**counts, "wrong": wrong}, indent=1))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
