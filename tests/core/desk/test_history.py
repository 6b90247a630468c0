"""The past of an article as a person sees it, the way back to a step of it, and what shows that it was tampered with."""

import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st

from claimdesk.core import edits
from claimdesk.core.claim import Article, Claim
from claimdesk.core.desk import Desk
from claimdesk.core.errors import DeskError
from claimdesk.core.past import Chain, Head, Kind

TEXT = "पुल बंद रहेगा 🙂 said the office. 다리가 안전하다고 말했다. قال الوزير إن الجسر آمن."


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk.open(tmp_path / "desk.db", who="Rosa") as opened:
        article = opened.add_article(Article(TEXT, "T"))
        opened.commit(edits.mark([], article, 0, 13, "official"))
        yield opened


def note(desk: Desk, words: str) -> None:
    claims = desk.claims(1)
    edit = edits.set_note(claims, claims[0].id, words)
    assert edit is not None
    desk.commit(edit)


def told(desk: Desk) -> list[tuple[str, bool, int | None]]:
    return [(f"{step.kind} {step.sentence}", step.stands, step.back) for step in desk.past(1)]


def test_the_past_says_what_stands_and_how_far_back_each_step_is(desk: Desk) -> None:
    note(desk, "one")
    note(desk, "two")
    desk.undo(1)
    assert told(desk) == [
        ("undo Note on claim 1", True, 0),
        ("edit Note on claim 1", False, None),
        ("edit Note on claim 1", True, 0),
        ("edit Mark a claim as official statement", True, 1),
        ("import Import “T”", True, 2),
    ]
    desk.redo(1)
    assert told(desk)[:3] == [
        ("redo Note on claim 1", True, 0),
        ("undo Note on claim 1", True, 1),
        ("edit Note on claim 1", True, 0),
    ]


def test_undo_to_a_step_takes_back_all_after_it_and_redo_brings_back_each(desk: Desk) -> None:
    article = desk.article(1)
    states = [desk.claims(1)]
    for words in ("one", "two", "three"):
        note(desk, words)
        states.append(desk.claims(1))
    desk.commit(edits.mark(desk.claims(1), article, 20, 30, "media"))
    states.append(desk.claims(1))
    first = desk.past(1)[-2]
    assert first.sentence.startswith("Mark")
    assert desk.undo_to(1, first.id) == 4
    assert desk.claims(1) == states[0]
    for state in states[1:]:
        assert desk.redo(1) is not None
        assert desk.claims(1) == state
    assert desk.redo(1) is None
    assert desk.verify_history() is None


def test_undo_to_the_import_takes_back_everything(desk: Desk) -> None:
    note(desk, "one")
    assert desk.undo_to(1, 1) == 2
    assert desk.claims(1) == []
    assert desk.undo_to(1, 1) == 0


def test_a_claim_says_which_row_tells_of_it_last(desk: Desk, tmp_path: Path) -> None:
    note(desk, "one")
    note(desk, "two")
    desk.undo_to(1, 2)
    with closing(driver.connect(str(tmp_path / "desk.db"))) as connection:
        created, changed = connection.execute("SELECT created, changed FROM claim").fetchone()
    assert (created, changed) == (2, 6)


def test_nothing_is_undone_where_one_step_can_not_be(desk: Desk, tmp_path: Path) -> None:
    note(desk, "one")
    claims = desk.claims(1)
    levels = edits.relevel(claims, [claims[0].id], "media")
    assert levels is not None
    desk.commit(levels)
    with closing(driver.connect(str(tmp_path / "desk.db"), isolation_level=None)) as connection:
        connection.execute("UPDATE claim SET note = 'forged'")
    before, rows = desk.claims(1), len(desk.history())
    with pytest.raises(DeskError, match="changed meanwhile"):
        desk.undo_to(1, 2)
    assert (desk.claims(1), len(desk.history())) == (before, rows)


def test_a_step_that_is_taken_back_itself_is_no_way_back(desk: Desk) -> None:
    note(desk, "one")
    taken_back = desk.past(1)[0].id
    desk.undo(1)
    note(desk, "other")
    with pytest.raises(DeskError, match="taken back itself"):
        desk.undo_to(1, taken_back)
    assert desk.claims(1)[0].note == "other"


@settings(max_examples=60, deadline=None)
@given(moves=st.lists(st.sampled_from(["edit", "undo", "redo"]), max_size=30), to=st.integers(0, 40))
def test_what_can_be_undone_and_redone_is_as_two_stacks_have_it(
    tmp_path_factory: pytest.TempPathFactory, moves: list[str], to: int
) -> None:
    with Desk.open(tmp_path_factory.mktemp("desk") / "desk.db", who="Rosa") as desk:
        article = desk.add_article(Article(TEXT, "T"))
        desk.commit(edits.mark([], article, 0, 13, "official"))
        after: dict[int, list[Claim]] = {1: [], 2: desk.claims(1)}
        done, undone = 1, 0
        for number, move in enumerate(moves):
            if move == "edit" and desk.claims(1):
                note(desk, str(number))
                done, undone = done + 1, 0
            elif move == "undo" and desk.undo(1):
                done, undone = done - 1, undone + 1
            elif move == "redo" and desk.redo(1):
                done, undone = done + 1, undone - 1
            after[desk.past(1)[0].id] = desk.claims(1)
            assert (desk.undoable(1) is not None, desk.redoable(1) is not None) == (done > 0, undone > 0)
        step = desk.past(1)[to % len(desk.past(1))]
        if step.back is not None:
            assert step.back == desk.undo_to(1, step.id)
            assert desk.claims(1) == after[step.id]
            for _ in range(step.back):
                assert desk.redo(1)
        assert desk.verify_history() is None


def test_the_claims_of_a_step_are_told_in_its_order_and_an_import_has_none(desk: Desk) -> None:
    assert desk.claims_told(1) == []
    assert desk.claims_told(2) == [1]
    assert desk.claims_told(99) == []


def test_news_are_what_others_did_and_are_told_once(desk: Desk, tmp_path: Path) -> None:
    assert desk.news() == frozenset()
    note(desk, "mine")
    assert desk.news() == frozenset()
    with Desk.open(tmp_path / "desk.db", who="Kim") as other:
        other.add_article(Article("दूसरा", "Other"))
        note(other, "theirs")
        other.set_setting("theme", "dark")
    assert desk.news() == {1, 2}
    assert desk.news() == frozenset()


def test_a_history_is_followed_in_parts(desk: Desk) -> None:
    for number in range(7):
        note(desk, str(number))
    chain = Chain()
    parts = []
    while (further := desk.follow_history(chain, 4)) != chain:
        parts.append(further.rows)
        chain = further
    assert parts == [4, 8, 9]
    assert (chain.rows, chain.hash, chain.broken) == (9, desk.head(), None)


def test_rows_cut_off_at_the_end_are_found_by_a_noted_head_and_only_by_it(desk: Desk, tmp_path: Path) -> None:
    note(desk, "one")
    note(desk, "two")
    noted = Head.read(str(desk.head_to_note()))
    assert noted == Head(4, desk.head())
    note(desk, "later")
    assert desk.verify_history(noted) is None
    with closing(driver.connect(str(tmp_path / "desk.db"), isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER history_is_never_shortened")
        connection.execute("DELETE FROM history WHERE id > 3")
    assert desk.verify_history() is None
    assert desk.verify_history(noted) == 4
    note(desk, "written anew")
    assert desk.verify_history() is None
    assert desk.verify_history(noted) == 4


@pytest.mark.parametrize("words", ["", "12", "12:abc", "x:" + "0" * 64])
def test_what_is_no_head_is_not_read_as_one(words: str) -> None:
    with pytest.raises(ValueError, match=f"^{words}$"):
        Head.read(words)


def test_undo_stays_quick_in_a_long_history(desk: Desk) -> None:
    with desk._db.conn:
        desk._db.execute("BEGIN")
        for number in range(3, 10_003):
            desk._db.execute(
                "INSERT INTO history (id, article, kind, verb, sentence, at, who, undoes, prev_hash, hash, changes)"
                " VALUES (?, 1, ?, 'note', 'Note', '2031-01-01T00:00:00Z', 'x', ?, '', ?, '[]')",
                [number, *(("edit", None) if number < 5003 else ("undo", 10_005 - number)), str(number)],
            )
    assert len(desk.past(1)) == 10_002
    assert desk.past(1)[0].kind is Kind.UNDO
    begun = time.perf_counter()
    for _ in range(20):
        assert desk.undoable(1) == "Mark a claim as official statement"
        assert desk.redoable(1) == "Note"
    assert time.perf_counter() - begun < 0.5
