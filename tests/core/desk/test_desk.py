"""What the desk keeps, and what an edit does to it, on real files."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as driver  # type: ignore[import-untyped]

from claimdesk.core import edits
from claimdesk.core.claim import Article, Claim, Link, LinkKind, Origin, Review, Role, Span, Suggestion
from claimdesk.core.desk import Desk, Kind
from claimdesk.core.edits import Change, Edge, Edit, Verb
from claimdesk.core.errors import DeskError, EditError
from claimdesk.core.text import sha256

TEXT = (
    "Ferry line to stop 🛳️\n\n"
    "The ferry line will stop in autumn, the harbour office said 👩‍👩‍👧. The captain denied it.\n\n"
    "नगर निगम ने कहा कि पुल बंद रहेगा। 시장은 다리가 안전하다고 말했다. قال الوزير إن الجسر آمن."
)


def of(words: str) -> Span:
    """Where `words` stand in the text."""
    start = TEXT.index(words)
    return Span(start, start + len(words))


FERRY = Suggestion(
    (of("The ferry line"), of("will stop in autumn")),
    (of("the harbour office"),),
    (of("said"),),
    "official",
    "Harbour Office 🛳️",
    ("Gazette", "नगर निगम"),
    (),
    0.875,
    "“said” with an office",
)
DENIAL = Suggestion(
    (of("The captain denied it"),), (of("The captain"),), (of("denied"),), "denial", "The captain", denies=(0,)
)
HINDI = Suggestion((of("पुल बंद रहेगा"),), (of("नगर निगम"),), (of("ने कहा"),), "official", "नगर निगम")
KOREAN = Suggestion((of("다리가 안전하다"),), (of("시장은"),), (of("말했다"),), "official", "시장")
ARABIC = Suggestion((of("الجسر آمن"),), (of("الوزير"),), (of("قال"),), "official", "الوزير")
FOUND = (FERRY, DENIAL, HINDI, KOREAN, ARABIC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk" / "claimdesk.db"


@pytest.fixture
def desk(path: Path) -> Iterator[Desk]:
    with Desk.open(path, who="Rosa") as opened:
        yield opened


@pytest.fixture
def article(desk: Desk) -> Article:
    return desk.add_article(
        Article(TEXT, "Ferry line to stop 🛳️", "en", of("Ferry line to stop"), (of("قال الوزير"),), filename="ferry.txt")
    )


@pytest.fixture
def claims(desk: Desk, article: Article) -> list[Claim]:
    desk.commit(suggested(article))
    return desk.claims(article.id)


def suggested(article: Article) -> Edit:
    return some(edits.take_suggestions([], article, FOUND))


def some(edit: Edit | None) -> Edit:
    assert edit is not None
    return edit


def rows(path: Path, query: str) -> list[tuple[Any, ...]]:
    """What any other program reads there."""
    connection = driver.connect(str(path))
    try:
        return list(connection.execute(query))
    finally:
        connection.close()


def test_an_article_comes_back_as_it_was_put_there(desk: Desk, article: Article) -> None:
    assert article.id == 1
    assert article.sha256 == sha256(TEXT)
    assert article.imported_at.endswith("Z")
    assert desk.article(article.id) == article
    assert desk.find_article(article.sha256) == article
    assert desk.find_article("0" * 64) is None


def test_an_article_keeps_all_that_is_known_of_it(desk: Desk, article: Article) -> None:
    later = Article(
        "दूसरा 🙂", "T", "hi", None, (), 0, "Gazette", "Ana", "2031-05-06", "https://example.org/a", "a.md",
        "2031-05-07T08:09:10Z", "", article.id,
    )  # fmt: skip
    kept = desk.add_article(later)
    assert desk.article(kept.id) == replace(later, id=kept.id, sha256=sha256("दूसरा 🙂"))


def test_the_bytes_that_an_article_came_from_are_kept(desk: Desk) -> None:
    raw = "\ufeffकहा\r\n🙂\0".encode("utf-16") * 100
    kept = desk.add_article(Article("कहा", "T"), original=raw)
    assert desk.original(kept.id) == raw
    assert desk.original(desk.add_article(Article("other", "T")).id) is None


def test_damaged_original_bytes_are_not_handed_out(desk: Desk, path: Path) -> None:
    kept = desk.add_article(Article("कहा", "T"), original=b"as it came")
    with driver.connect(str(path)) as connection:
        connection.execute("UPDATE article_original SET zlib = x'00'")
    connection.close()
    with pytest.raises(DeskError, match="damaged"):
        desk.original(kept.id)


def test_text_that_was_not_normalised_is_our_own_mistake(desk: Desk) -> None:
    for text in ("nul \0", "half a pair \ud83d"):
        with pytest.raises(ValueError):  # noqa: PT011
            desk.add_article(Article(text, "T"))
    assert desk.articles() == []


def test_an_article_that_is_not_there_is_said_so(desk: Desk) -> None:
    with pytest.raises(DeskError, match=r"There is no article 12 on this desk. `claimdesk list` shows"):
        desk.article(12)


def test_the_library_lists_the_newest_first_with_its_counts(desk: Desk, article: Article, claims: list[Claim]) -> None:
    newer = desk.add_article(Article("later", "Later", outlet="Gazette", published="2031-01-02", language="en"))
    desk.commit(some(edits.accept(claims, [claims[0].id])))
    first, second = desk.articles()
    assert (first.id, first.title, first.outlet, first.published, first.counts) == (
        newer.id, "Later", "Gazette", "2031-01-02", {},
    )  # fmt: skip
    assert second.id == article.id
    assert second.counts == {
        ("official", Review.ACCEPTED): 1, ("official", Review.SUGGESTED): 3, ("denial", Review.SUGGESTED): 1,
    }  # fmt: skip


def test_claims_come_back_in_text_order_as_the_edit_said(desk: Desk, article: Article) -> None:
    written = desk.commit(suggested(article))
    claims = desk.claims(article.id)
    assert sorted(claims, key=lambda claim: claim.id) == [change.after for change in written.changes]
    assert [claim.hull.start for claim in claims] == sorted(claim.hull.start for claim in claims)
    ferry, denial = claims[:2]
    assert ferry.id > 0
    assert ferry.content == FERRY.content
    assert (ferry.source_name, ferry.via, ferry.confidence) == ("Harbour Office 🛳️", ("Gazette", "नगर निगम"), 0.875)
    assert denial.links == (Link(LinkKind.DENIES, ferry.id),)


def test_a_claim_with_via_and_no_source_keeps_them_apart(desk: Desk, article: Article) -> None:
    claim = Claim(-1, article.id, (of("다리가 안전하다"),), via=("", "Gazette"), confidence=None)
    desk.commit(Edit(Verb.MARK, "Mark", article.id, (Change(None, claim),)))
    (kept,) = desk.claims(article.id)
    assert (kept.source_name, kept.via) == ("", ("", "Gazette"))


def test_every_verb_writes_what_it_says(desk: Desk, article: Article, claims: list[Claim]) -> None:
    ferry, denial, hindi, korean, arabic = claims
    made = [
        edits.accept(claims, [ferry.id]),
        edits.dismiss(claims, [denial.id]),
        edits.relevel(claims, [hindi.id], "media"),
        edits.set_spans(claims, article, korean.id, Role.SOURCE, *_ends(of("नगर निगम"))),
        edits.nudge_edge(claims, article, arabic.id, Role.CONTENT, Edge.START, -1),
    ]
    for edit in made:
        written = desk.commit(some(edit))
        assert written == edit
        held = {claim.id: claim for claim in desk.claims(article.id)}
        assert [held[change.claim_id] for change in written.changes] == [change.after for change in written.changes]


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def test_the_anchor_moves_with_the_edge(desk: Desk, path: Path, article: Article, claims: list[Claim]) -> None:
    desk.commit(some(edits.nudge_edge(claims, article, claims[0].id, Role.CONTENT, Edge.END, -1)))
    ((start, end, exact, prefix, suffix),) = rows(
        path, f'SELECT start, "end", exact, prefix, suffix FROM claim WHERE id = {claims[0].id}'
    )
    assert exact == "The ferry line will stop in" == TEXT[start:end]
    assert prefix + exact + suffix in TEXT
    assert suffix.startswith(" autumn")


def test_new_claims_never_get_the_id_of_one_that_was_taken_away(desk: Desk, article: Article) -> None:
    first = desk.commit(edits.mark([], article, 0, 5, "media"))
    assert desk.undo(article.id) is not None
    second = desk.commit(edits.mark([], article, 0, 5, "media"))
    assert second.claim_ids[0] > first.claim_ids[0]


def test_an_edit_of_what_another_window_changed_is_refused_and_nothing_is_written(
    path: Path, desk: Desk, article: Article, claims: list[Claim]
) -> None:
    batch = some(edits.accept(claims, edits.still_open(claims)))
    with Desk.open(path, who="Kim") as other:
        other.commit(some(edits.relevel(claims, [claims[2].id], "media")))
    before = desk.claims(article.id), desk.head()
    with pytest.raises(DeskError, match="changed meanwhile by another window"):
        desk.commit(batch)
    assert (desk.claims(article.id), desk.head()) == before
    assert (
        desk.commit(some(edits.accept(desk.claims(article.id), edits.still_open(desk.claims(article.id))))).claim_ids
        == batch.claim_ids
    )


def test_a_link_to_a_claim_that_another_window_took_away_is_refused(
    path: Path, desk: Desk, article: Article, claims: list[Claim]
) -> None:
    arabic, korean = claims[-1], claims[-2]
    linked = replace(arabic, links=(Link(LinkKind.CONFIRMS, korean.id),))
    with Desk.open(path, who="Kim") as other:
        other.commit(Edit(Verb.SUGGEST, "Suggest 0 claims", article.id, (Change(korean, None),)))
    head = desk.head()
    with pytest.raises(DeskError, match="changed meanwhile"):
        desk.commit(Edit(Verb.MARK, "Link", article.id, (Change(arabic, linked),)))
    assert desk.head() == head
    assert arabic in desk.claims(article.id)


def test_a_span_beyond_the_text_is_refused(desk: Desk, article: Article, claims: list[Claim]) -> None:
    beyond = some(edits.move_edge(claims, claims[-1].id, Role.CUE, Edge.END, len(TEXT) + 1))
    with pytest.raises(EditError, match="outside the article's text"):
        desk.commit(beyond)
    assert desk.claims(article.id) == claims
    assert desk.commit(some(edits.move_edge(claims, claims[-1].id, Role.CUE, Edge.END, len(TEXT))))


def test_an_edit_that_no_verb_makes_is_our_own_mistake(desk: Desk, article: Article, claims: list[Claim]) -> None:
    twice = Change(claims[0], replace(claims[0], note="a"))
    for changes in ((twice, twice), (Change(None, replace(claims[0], id=-1, article_id=99)),)):
        with pytest.raises(ValueError, match="an edit can change"):
            desk.commit(Edit(Verb.NOTE, "Note", article.id, changes))
    with pytest.raises(driver.IntegrityError):
        desk.commit(Edit(Verb.RELEVEL, "R", article.id, (Change(claims[0], replace(claims[0], level="rumour")),)))
    assert desk.claims(article.id) == claims


def test_suggesting_again_keeps_what_was_reviewed_and_its_links(desk: Desk, article: Article) -> None:
    desk.commit(suggested(article))
    denial = desk.claims(article.id)[1]
    desk.commit(some(edits.accept(desk.claims(article.id), [denial.id])))
    before = desk.claims(article.id)
    assert edits.take_suggestions(before, article, FOUND) is None
    other = replace(FERRY, source=())
    desk.commit(some(edits.take_suggestions(before, article, [other, *FOUND[1:]])))
    ferry, denial = desk.claims(article.id)[:2]
    assert ferry.id != before[0].id
    assert denial.review is Review.ACCEPTED
    assert denial.denies == (ferry.id,)
    desk.commit(some(edits.take_suggestions(desk.claims(article.id), article, [HINDI])))
    assert [claim.denies for claim in desk.claims(article.id)] == [(), ()]
    for _ in range(4):
        assert desk.undo(article.id) is not None
    assert desk.claims(article.id) == []


def test_undo_and_redo_say_what_they_did(desk: Desk, article: Article, claims: list[Claim]) -> None:
    accepted = desk.commit(some(edits.accept(claims, edits.still_open(claims))))
    assert (desk.undoable(article.id), desk.redoable(article.id)) == ("Accept 5 claims", None)
    assert desk.undo(article.id) == accepted.reversed()
    assert (desk.undoable(article.id), desk.redoable(article.id)) == ("Suggest 5 claims", "Accept 5 claims")
    assert desk.claims(article.id) == claims
    assert desk.redo(article.id) == accepted
    assert desk.redo(article.id) is None
    assert {claim.review for claim in desk.claims(article.id)} == {Review.ACCEPTED}


def test_an_import_can_not_be_undone(desk: Desk, article: Article) -> None:
    assert desk.undoable(article.id) is None
    assert desk.undo(article.id) is None
    assert desk.article(article.id) == article


def test_articles_are_undone_apart(desk: Desk, article: Article, claims: list[Claim]) -> None:
    other = desk.add_article(Article("Another 🙂 text", "Another"))
    desk.commit(edits.mark([], other, 0, 7, "media"))
    desk.undo(article.id)
    assert desk.claims(article.id) == []
    assert len(desk.claims(other.id)) == 1
    assert desk.undoable(other.id) == "Mark a claim as media report"


def test_the_history_tells_who_did_what(path: Path, desk: Desk, article: Article, claims: list[Claim]) -> None:
    with Desk.open(path, who="김 기자") as other:
        other.commit(some(edits.dismiss(claims, [claims[1].id])))
        other.undo(article.id)
        other.redo(article.id)
    told = [(entry.kind, entry.verb, entry.sentence, entry.who, entry.undoes) for entry in desk.history(article.id)]
    assert told == [
        (Kind.IMPORT, "import", "Import “Ferry line to stop 🛳️”", "Rosa", None),
        (Kind.EDIT, "suggest", "Suggest 5 claims", "Rosa", None),
        (Kind.EDIT, "dismiss", "Dismiss claim 2", "김 기자", None),
        (Kind.UNDO, "dismiss", "Dismiss claim 2", "김 기자", 3),
        (Kind.REDO, "dismiss", "Dismiss claim 2", "김 기자", 3),
    ]
    assert desk.history() == desk.history(article.id)
    assert desk.history(99) == []
    assert desk.head() == desk.history()[-1].hash


def test_whether_the_suggester_ran_is_remembered_even_when_undone(desk: Desk, article: Article) -> None:
    assert not desk.has_run(article.id, Verb.SUGGEST)
    desk.commit(suggested(article))
    desk.undo(article.id)
    assert desk.has_run(article.id, Verb.SUGGEST)
    assert not desk.has_run(article.id, Verb.ACCEPT)


def test_an_edit_of_one_claim_is_told_by_what_differs(desk: Desk, path: Path, claims: list[Claim]) -> None:
    desk.commit(some(edits.set_note(claims, claims[0].id, "ask")))
    ((told,),) = rows(path, "SELECT changes FROM history ORDER BY id DESC LIMIT 1")
    assert json.loads(told) == [{"id": claims[0].id, "before": {"note": ""}, "after": {"note": "ask"}}]


def test_settings_are_kept_with_the_desk(path: Path, desk: Desk) -> None:
    assert desk.setting("last_article") is None
    desk.set_setting("last_article", "1")
    desk.set_setting("last_article", "हाँ 🙂")
    with Desk.open(path, who="") as other:
        assert other.setting("last_article") == "हाँ 🙂"


def test_everything_is_there_after_closing_and_opening(path: Path) -> None:
    with Desk.open(path, who="Rosa") as desk:
        article = desk.add_article(Article(TEXT, "T"))
        desk.commit(suggested(article))
        claims, head = desk.claims(article.id), desk.head()
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    with Desk.open(path, who="Rosa") as desk:
        assert (desk.article(article.id), desk.claims(article.id), desk.head()) == (article, claims, head)
        assert desk.path == path


def test_marks_made_by_a_person_say_so(desk: Desk, article: Article) -> None:
    desk.commit(edits.mark([], article, *_ends(of("다리가 안전하다")), level="expert"))
    (claim,) = desk.claims(article.id)
    assert (claim.origin, claim.review, claim.level) == (Origin.PERSON, Review.ACCEPTED, "expert")


def test_other_programs_read_the_claims(path: Path, desk: Desk, claims: list[Claim]) -> None:
    desk.close()
    read = [sys.executable, "-m", "sqlite_utils", str(path), "SELECT * FROM claims"]
    table = json.loads(subprocess.run(read, capture_output=True, check=True).stdout)
    assert [row["id"] for row in table] == [claim.id for claim in claims]
    assert table[0] == {
        "id": claims[0].id,
        "article_id": 1,
        "article": "Ferry line to stop 🛳️",
        "claim": "The ferry line will stop in autumn",
        "level": "Official statement",
        "source": "Harbour Office 🛳️",
        "role": None,
        "affiliation": None,
        "source_words": "the harbour office",
        "cue": "said",
        "review": "suggested",
        "note": "",
        "certainty": None,
        "manner": None,
        "terms": None,
        "restated": None,
        "tags": None,
        "evidence": 0,
        "verdict": None,
        "rationale": None,
    }
    assert table[2]["claim"] == "पुल बंद रहेगा"
    assert table[4]["source_words"] == "الوزير"


def test_another_program_can_not_change_text_or_history_by_mistake(path: Path, article: Article) -> None:
    connection = driver.connect(str(path))
    for statement, refusal in (
        ("UPDATE article SET text = 'other'", "never changes"),
        ("UPDATE history SET who = 'other'", "never rewritten"),
        ("DELETE FROM history", "never shortened"),
    ):
        with pytest.raises(driver.IntegrityError, match=refusal):
            connection.execute(statement)
    connection.close()


def test_a_name_that_is_no_text_signs_as_well_as_it_can(tmp_path: Path) -> None:
    with Desk.open(tmp_path / "desk.db", who="Ros\udce9") as desk:
        desk.add_article(Article("text", "T"))
        assert [entry.who for entry in desk.history()] == ["Ros\ufffd"]


def test_the_articles_that_a_text_is_close_to_are_found_the_closest_first(desk: Desk) -> None:
    first = desk.add_article(Article(TEXT, "First"))
    desk.add_article(Article("Something else altogether: पुल बंद है। 다리 🙂", "Other"))
    second = desk.add_article(Article(f"{TEXT} Two words", "Second"))
    near = desk.kin(f"{TEXT} Two words more")
    assert [kin.article_id for kin in near] == [second.id, first.id]
    assert near[0].likeness > near[1].likeness > 0.5
    assert desk.kin("") == []
