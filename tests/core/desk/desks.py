"""Desks of both kinds for the tests of what happens to whole files."""

import multiprocessing
import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

from claimdesk.core import edits
from claimdesk.core.claim import Article
from claimdesk.core.desk import Backups, Desk, connection, keys, restoring
from claimdesk.core.desk.keys import Keys

TEXT = "पुल बंद रहेगा 🙂. 다리가 안전하다. الجسر آمن. The bridge is safe, the office said. "


@dataclass(frozen=True)
class Place:
    """A desk that is not open, and what opens it."""

    path: Path
    key: bytes | None

    def open(self) -> Desk:
        return Desk.open(self.path, who="Rosa", key=self.key)

    @property
    def backups(self) -> Backups:
        return Backups(self.path, self.key)

    def head(self) -> str:
        with self.open() as desk:
            return desk.head()

    def digest(self) -> str:
        db = connection.connect(self.path, 5.0, self.key)
        try:
            return connection.digest(db)
        finally:
            db.close()


def make(path: Path, *, encrypted: bool) -> Place:
    """A desk with one article, its original, and a claim."""
    key = None
    if encrypted:
        made, key = Keys.new()
        keys.save(path, made.with_recovery(key)[0])
    place = Place(path, key)
    with place.open() as desk:
        article = desk.add_article(Article(TEXT * 20, "Bridge"), original=bytes(range(256)) * 40)
        edit = edits.mark([], article, 0, 13, "official")
        desk.commit(edit)
    return place


def write_more(place: Place, title: str = "More") -> None:
    """Another article on the desk."""
    with place.open() as desk:
        desk.add_article(Article(TEXT + title, title))


def killed_at(place: Place, step: int, backup: Path | None) -> bool:
    """Whether a program that makes a backup, or restores `backup`, is killed just before its file operation of that number.

    It is not where it came to its end with fewer.
    """
    starter = multiprocessing.get_context(
        "forkserver"
    )  # children start fast, from a process that never had a desk open
    starter.set_forkserver_preload(["claimdesk.core.desk", "sqlite_utils"])
    program = starter.Process(target=_work_until, args=(place, step, backup))
    program.start()
    program.join()
    assert program.exitcode in {0, -signal.SIGKILL}
    return program.exitcode != 0


def _work_until(place: Place, step: int, backup: Path | None) -> None:
    seen = 0

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal seen
        if event in {"open", "os.rename", "os.remove", "os.mkdir"} and str(place.path.parent) in str(arguments[0]):
            seen += 1
            if seen == step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    if backup is None:
        place.backups.make()
    else:
        restoring.restore(place.path, backup, place.key)


def flip(path: Path, at: int, bit: int = 1) -> None:
    """Turn one bit of a file round."""
    with path.open("rb+") as file:
        file.seek(at)
        (byte,) = file.read(1)
        file.seek(at)
        file.write(bytes([byte ^ bit]))
