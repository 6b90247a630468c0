"""Tampers with the history of a desk, again and again, and looks whether that is found.

    python -m tests.reliability.tampering --full

Each time one thing is done to a copy of the same desk by another program, its triggers out of the way: a field is changed, a row is
deleted, two rows change places, rows are cut off at the end, or a row is forged with the right hash. That it was done is seen from the
rows themselves. All of it must be found against a head that was noted before, and nothing may be found in a desk that nobody
touched. Cut tails are also looked for without the head, where nobody can find them. With --full a history of a million
rows is verified too. Ends with 1 where anything was missed.
"""

import argparse
import hashlib
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver  # type: ignore[import-untyped]

from claimdesk.core import edits
from claimdesk.core.claim import Article
from claimdesk.core.desk import Desk

ROWS = 60
COLUMNS = ("id", "article", "kind", "verb", "sentence", "at", "who", "undoes", "prev_hash", "changes")
"""What the hash of a row is made of, as docs/desk-format.md says."""
QUICKEST = 60.0
"""Seconds in which a million rows must be verified."""

Connection = Any
Tamper = Callable[[Connection, random.Random], None]


def rows_of(connection: Connection) -> list[tuple[Any, ...]]:
    return list(connection.execute(f"SELECT {', '.join(COLUMNS)}, hash FROM history ORDER BY id"))


def hash_of(row: Sequence[Any]) -> str:
    told = dict(zip(COLUMNS, row, strict=False))
    return hashlib.sha256(
        json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    ).hexdigest()


def change_a_field(connection: Connection, chance: random.Random) -> None:
    row = chance.choice(rows_of(connection))
    column = chance.choice([*COLUMNS, "hash"])
    old = row[[*COLUMNS, "hash"].index(column)]
    others: dict[str, Callable[[], Any]] = {
        "id": lambda: old + 1000,
        "article": lambda: 3 - old,
        "undoes": lambda: chance.choice([number for number in range(1, ROWS) if number != old]),
        "kind": lambda: chance.choice([kind for kind in ("edit", "undo", "redo", "import") if kind != old]),
        "at": lambda: "1999-01-01T00:00:00Z",
    }
    other = others.get(column, lambda: letter_changed(str(old), chance))()
    connection.execute(f"UPDATE history SET {column} = ? WHERE id = ?", [other, row[0]])


def letter_changed(words: str, chance: random.Random) -> str:
    """The words with one letter more, less, or another."""
    at = chance.randrange(len(words) + 1)
    changed = words[:at] + chance.choice("ए 🙂x0") + words[at + chance.randrange(2) :]
    return changed if changed != words else words + "x"


def delete_a_row(connection: Connection, chance: random.Random) -> None:
    connection.execute("DELETE FROM history WHERE id = ?", [chance.randrange(1, ROWS)])


def swap_two_rows(connection: Connection, chance: random.Random) -> None:
    one, other = chance.sample(range(1, ROWS + 1), 2)
    for old, new in ((one, -1), (other, one), (-1, other)):
        connection.execute("UPDATE history SET id = ? WHERE id = ?", [new, old])


def cut_the_tail(connection: Connection, chance: random.Random) -> None:
    connection.execute("DELETE FROM history WHERE id > ?", [chance.randrange(1, ROWS)])


def forge_from_a_row_on(connection: Connection, chance: random.Random) -> None:
    """Change who did it, and write all hashes anew from there on."""
    start, before = chance.randrange(1, ROWS + 1), ""
    for row in rows_of(connection):
        values = list(row[:-1])
        if values[0] == start:
            values[COLUMNS.index("who")] = "somebody else"
        values[COLUMNS.index("prev_hash")] = before
        before = hash_of(values)
        connection.execute(
            "UPDATE history SET who = ?, prev_hash = ?, hash = ? WHERE id = ?",
            [values[COLUMNS.index("who")], values[COLUMNS.index("prev_hash")], before, values[0]],
        )


TAMPERS: tuple[Tamper, ...] = (change_a_field, delete_a_row, swap_two_rows, cut_the_tail, forge_from_a_row_on)


def made(path: Path) -> None:
    """A desk with two articles and ROWS rows of history."""
    with Desk.open(path, who="Rosa") as desk:
        article = desk.add_article(Article("पुल बंद रहेगा 🙂 said the office.", "T"))
        desk.add_article(Article("다리가 안전하다고 말했다.", "U"))
        desk.commit(edits.mark([], article, 0, 13, "official"))
        while len(desk.history()) < ROWS:
            number = len(desk.history())
            edit = edits.set_note(desk.claims(1), 1, f"नोट {number}")
            assert edit is not None
            if number % 7 == 0:
                desk.undo(1)
                desk.redo(1)
            elif len(desk.history()) < ROWS:
                desk.commit(edit)


def tampered(folder: Path, count: int, seed: int) -> Counter[str]:
    """So many tampers, each on a fresh copy; what was found."""
    original = folder / "original.db"
    made(original)
    with Desk.open(original, who="Rosa") as desk:
        noted = desk.head_to_note()
        counts = Counter({"found in an untouched desk": desk.verify_history(noted) is not None})
    clean, path, chance = original.read_bytes(), folder / "tampered.db", random.Random(seed)
    with closing(driver.connect(str(original))) as connection:
        before = rows_of(connection)
    for number in range(count):
        tamper = TAMPERS[number % len(TAMPERS)]
        path.write_bytes(clean)
        with closing(driver.connect(str(path), isolation_level=None)) as connection:
            connection.execute("DROP TRIGGER history_is_never_rewritten")
            connection.execute("DROP TRIGGER history_is_never_shortened")
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("BEGIN")
            tamper(connection, chance)
            connection.execute("COMMIT")
            done = rows_of(connection) != before
        with Desk.open(path, who="Rosa") as desk:
            found, alone = desk.verify_history(noted) is not None, desk.verify_history() is not None
        name = tamper.__name__.replace("_", " ")
        counts.update({"tampered": done, "found": found, f"{name}: {'found' if found else 'missed'}": 1,
                       f"{name}: found without the head": alone})  # fmt: skip
        if done and not found:
            print(f"{name} {number}, seed {seed}: not found", file=sys.stderr)
    return counts


def seconds_for(folder: Path, rows: int) -> float:
    """How long it takes to verify so many rows."""
    path = folder / "long.db"
    with Desk.open(path, who="Rosa") as desk:
        desk.add_article(Article("पुल बंद रहेगा 🙂", "T"))
        before = desk.head()
    with closing(driver.connect(str(path), isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        insert = f"INSERT INTO history ({', '.join(COLUMNS)}, hash) VALUES ({', '.join('?' * (len(COLUMNS) + 1))})"
        for number in range(2, rows + 1):
            changes = f'[{{"after":{{"note":"नोट {number}"}},"before":{{"note":"नोट {number - 1}"}},"id":1}}]'
            row = (number, 1, "edit", "note", "Note on claim 1", "2031-05-06T07:08:09Z", "Rosa", None, before, changes)
            before = hash_of(row)
            connection.execute(insert, [*row, before])
        connection.execute("COMMIT")
    with Desk.open(path, who="Rosa") as desk:
        noted, begun = desk.head_to_note(), time.perf_counter()
        assert noted.rows == rows
        assert desk.verify_history(noted) is None
        return round(time.perf_counter() - begun, 2)


def main() -> int:
    """Tamper, count, judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tampers", type=int, default=300)
    parser.add_argument("--rows", type=int, default=10_000, help="rows of the history whose verification is timed")
    parser.add_argument("--seed", type=int, default=random.randrange(10**9))
    parser.add_argument("--full", action="store_true", help="10,000 tampers and a million rows")
    arguments = parser.parse_args()
    count, rows = (10_000, 1_000_000) if arguments.full else (arguments.tampers, arguments.rows)
    with tempfile.TemporaryDirectory() as folder:
        counts = tampered(Path(folder), count, arguments.seed)
        seconds = seconds_for(Path(folder), rows)
    print(json.dumps({"seed": arguments.seed, **counts, "rows": rows, "verified in seconds": seconds}))
    tails_hidden = counts["cut the tail: found without the head"] == 0
    every_kind = counts["tampered"] == count
    good = counts["found"] == count and not counts["found in an untouched desk"] and seconds < QUICKEST
    return 0 if good and every_kind and tails_hidden else 1


if __name__ == "__main__":
    sys.exit(main())
