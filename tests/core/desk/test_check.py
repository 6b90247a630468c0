"""The check finds each thing that can be wrong with a desk, and nothing where nothing is."""

from contextlib import closing
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver  # type: ignore[import-untyped]
from tests.core.desk.desks import Place, flip, make

from claimdesk.core.desk import keys
from claimdesk.core.desk.check import check
from claimdesk.core.desk.keys import Keys


def wrong(place: Place) -> dict[str, str]:
    """What is wrong with a desk, by the name of the finding."""
    return {finding.name: finding.wrong for finding in check(place.path, place.key) if not finding.ok}


@pytest.fixture
def plain(tmp_path: Path) -> Place:
    return make(tmp_path / "desk.db", encrypted=False)


@pytest.fixture
def encrypted(tmp_path: Path) -> Place:
    return make(tmp_path / "desk.db", encrypted=True)


def forge(place: Place, *statements: str) -> None:
    """Write into a desk past all that guards it."""
    with closing(driver.connect(str(place.path), isolation_level=None)) as connection:
        for trigger in ("article_text_never_changes", "history_is_never_rewritten", "history_is_never_shortened"):
            connection.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            assert connection.execute(statement).rowcount == 1


def test_nothing_is_wrong_with_a_good_desk_and_all_is_named_in_order(plain: Place) -> None:
    names = ["File", "Structure", "References", "History", "Articles", "Claims", "Originals", "Evidence"]
    assert [(one.name, one.wrong) for one in check(plain.path, None)] == [(name, "") for name in names]


def test_nothing_is_wrong_with_a_good_encrypted_desk(encrypted: Place) -> None:
    names = [
        "File",
        "Structure",
        "Encrypted pages",
        "References",
        "History",
        "Articles",
        "Claims",
        "Originals",
        "Evidence",
    ]
    before = encrypted.path.read_bytes()
    assert [(one.name, one.wrong) for one in check(encrypted.path, encrypted.key)] == [(name, "") for name in names]
    assert encrypted.path.read_bytes() == before


@pytest.mark.parametrize(
    ("statement", "name", "words"),
    [
        ("UPDATE claim SET exact = 'other'", "Claims", "the words of claim 1 of article 1 are not those in its text"),
        ("UPDATE claim SET end = 99999", "Claims", "claim 1 of article 1 reaches beyond its text"),
        ("UPDATE span SET end = 99999", "Claims", "claim 1 of article 1 reaches beyond its text"),
        (
            "UPDATE span SET start = start + 1",
            "Claims",
            "the pieces of claim 1 of article 1 are not where the claim is",
        ),
        ("DELETE FROM span", "Claims", "the pieces of claim 1 of article 1 are not where the claim is"),
        ("UPDATE article SET text = text || '.'", "Articles", "the text of article 1 is not the one that was imported"),
        ("UPDATE article_original SET zlib = x'00'", "Originals", "the file that article 1 was read from is not"),
        ("UPDATE article_original SET size = 1", "Originals", "the file that article 1 was read from is not"),
        (
            "INSERT INTO evidence_file VALUES ('0', 1, x'00')",
            "Evidence",
            "the file 0… is not the one that was added as evidence",
        ),
        (
            "INSERT INTO evidence SELECT 1, 0, 'file', 'a.pdf', '', 'supports', '', '', '', '', 'ab', NULL, NULL, ''",
            "Evidence",
            "the file ab… that is evidence on claim 1 is not there",
        ),
        ("UPDATE claim SET level = 'none'", "References", "row 1 of claim refers to a row of level that is not there"),
        ("UPDATE history SET who = 'x' WHERE id = 2", "History", "row 2 is not what was written"),
        ("DELETE FROM history WHERE id = 1", "History", "row 2 is not what was written"),
    ],
)
def test_what_was_forged_is_named(plain: Place, statement: str, name: str, words: str) -> None:
    forge(plain, statement)
    assert wrong(plain)[name].startswith(words)


def test_of_many_things_the_first_are_named_and_the_others_counted(plain: Place) -> None:
    with closing(driver.connect(str(plain.path), isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        for place in range(1, 9):
            connection.execute("INSERT INTO link VALUES (1, ?, 'denies', 77, NULL)", [place])
    assert wrong(plain)["References"].endswith("and 3 more")


def test_a_damaged_page_is_named(encrypted: Place) -> None:
    flip(encrypted.path, 2 * 4096 + 17)
    assert wrong(encrypted)["Encrypted pages"] == "HMAC verification failed for page 3"


def test_damage_anywhere_in_a_plain_file_is_a_finding_and_no_crash(plain: Place) -> None:
    whole = plain.path.read_bytes()
    found = 0
    for place in range(0, len(whole), 997):
        plain.path.write_bytes(whole[:place] + b"\xff" * 60 + whole[place + 60 :])
        found += bool(wrong(plain))
    assert found > 10, "the rest hit the unused ends of pages"


@pytest.mark.parametrize(
    ("content", "words"), [(b"", "the file is empty"), (b"Dear editor" * 99, "it is no plain desk")]
)
def test_a_file_that_is_no_desk_is_not_looked_at_further(plain: Place, content: bytes, words: str) -> None:
    plain.path.write_bytes(content)
    assert wrong(plain)["File"].startswith(words)
    assert wrong(plain)["History"] == "was not looked at, because the file cannot be read"


def test_a_plain_file_where_an_encrypted_desk_should_be_is_found(tmp_path: Path) -> None:
    place = make(tmp_path / "desk.db", encrypted=False)
    made, key = Keys.new()
    keys.save(place.path, made.with_recovery(key)[0])
    assert wrong(Place(place.path, key))["File"].startswith("it should be encrypted")


def test_another_key_is_said_so(encrypted: Place) -> None:
    assert wrong(Place(encrypted.path, bytes(32)))["File"] == "the key is not that of the desk"
