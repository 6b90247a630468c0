"""What a user has a program do with a desk, one deed at a time: for the scripts whose disk does not take it.

Each deed can be asked for again, and does then what was left of it. A deed that the world forbids is told in one sentence.

    python -m tests.reliability.deeds DEED DESK

does it, once more if it failed, and prints what was said each time as JSON: nothing where it went well.
"""

import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from claimdesk.core import edits
from claimdesk.core.claim import Article
from claimdesk.core.desk import Backups, Desk, connection, keys, protection
from claimdesk.core.desk.restoring import restore as put_back
from claimdesk.core.errors import ClaimDeskError

if TYPE_CHECKING:
    from sqlite_utils import Database

SAMPLES = sorted((Path(__file__).parents[1] / "data").glob("desk-schema-*.db"))
"""A frozen desk of every format, the oldest first."""
KEY = bytes(range(32))
NOTE = "Ask the office for the contract. पुल 🙂"
_NAME = "c0ffee" * 5 + "00"
_KEYS = keys.Keys(_NAME, keys._mark(_NAME, KEY))


def edit(path: Path) -> None:
    """Write a note on the first claim of the oldest article."""
    with Desk.open(path, who="victim") as desk:
        article = desk.articles()[-1].id
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


def back_up(path: Path) -> None:
    """Make a backup of the desk."""
    Backups(path).make()


def migrate(path: Path) -> None:
    """Open a desk of the first format."""
    Desk.open(path, who="victim").close()


def encrypt(path: Path) -> None:
    """Encrypt the desk, unless that is done already."""
    if key_of(path) is None:
        protection.encrypt(path, _KEYS, KEY)


def restore(path: Path) -> None:
    """Put the first backup in the place of the desk."""
    put_back(path, Backups(path).numbered(1).path, None)


DEEDS: dict[str, Callable[[Path], None]] = {
    "edit": edit,
    "import": import_article,
    "backup": back_up,
    "migration": migrate,
    "encryption": encrypt,
    "restore": restore,
}


def prepared(folder: Path, deed: str) -> Path:
    """A desk on which the deed can be done; for a restore, one with a backup and an edit since."""
    path = folder / "desk.db"
    shutil.copyfile(SAMPLES[0], path)
    if deed != "migration":
        Desk.open(path, who="maker").close()
        shutil.rmtree(folder / "backups")
    if deed == "restore":
        back_up(path)
        edit(path)
    return path


def key_of(path: Path) -> bytes | None:
    """The key of the desk as it lies there, None if it is plain."""
    protection.settle(path)
    return KEY if keys.load(path) is not None else None


def hashes(path: Path) -> list[str]:
    """The history of a desk of any format; raises SystemExit where its file is not sound."""
    with looked_at(path) as db:
        return _hashes(db)


@contextmanager
def looked_at(path: Path) -> Iterator["Database"]:
    """A copy of a desk with its log, as a killed program or a full disk left it; raises SystemExit where it is not sound."""
    key = key_of(path)
    with tempfile.TemporaryDirectory() as folder:
        for side in ("", "-wal"):
            if path.with_name(path.name + side).exists():
                shutil.copyfile(path.with_name(path.name + side), Path(folder, path.name + side))
        with closing(connection.connect(Path(folder, path.name), 5.0, key)) as db:
            for question, answer in (("integrity_check", [("ok",)]), ("foreign_key_check", [])):
                if db.execute(f"PRAGMA {question}").fetchall() != answer:
                    raise SystemExit(f"the desk is damaged: {question}")
            yield db


def _hashes(db: "Database") -> list[str]:
    return [row[0] for row in db.execute("SELECT hash FROM history ORDER BY id").fetchall()]


def _hashes_of_backup(backup: Path) -> list[str]:
    with closing(connection.look_into(backup)) as db:
        return _hashes(db)


def attempt(deed: str, path: Path) -> str:
    """Do the deed; the sentence with which it failed, nothing if it did not."""
    try:
        DEEDS[deed](path)
    except ClaimDeskError as error:
        return str(error)
    return ""


def wrong_with(deed: str, path: Path, before: list[str], *, done: bool) -> list[str]:
    """What is wrong with a desk whose history was `before` until the deed was tried, or done; in sentences."""
    try:
        backups = Backups(path, key_of(path))
        kept = hashes(path)[: len(before)] == before
        if deed == "restore" and done:
            kept = any(_hashes_of_backup(backup.path) == before for backup in backups.all())
        listed = len([backups.contents(backup.path) for backup in backups.all()])
    except ClaimDeskError as error:
        return [f"a half backup is listed: {error}"]
    wrong = {
        "something is lost": not kept,
        "there is no backup": done and deed in {"backup", "migration", "encryption", "restore"} and not listed,
        "the desk is plain": done and deed == "encryption" and key_of(path) is None,
        "something is left beside the desk": done and bool(list(path.parent.rglob("*.part*"))),
    }
    return [sentence for sentence, is_so in wrong.items() if is_so]


def is_one_sentence(said: str) -> bool:
    """Whether this can be shown to a user: one paragraph that ends as a sentence does, and no code."""
    return said.endswith(".") and "\n" not in said and "Errno" not in said


if __name__ == "__main__":
    first = attempt(sys.argv[1], Path(sys.argv[2]))
    print(json.dumps([first, attempt(sys.argv[1], Path(sys.argv[2]))] if first else [first]))
