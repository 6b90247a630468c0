"""A source is removed from everywhere: no byte of it stays, the chain of the history holds, and the rest is as it was."""

import json
import random
import shutil
import unicodedata
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as driver  # type: ignore[import-untyped]
from tests.core.desk.desks import Place, flip
from tests.reliability.gestures import do_something

from claimdesk.core import checking, edits, sources
from claimdesk.core.claim import Article, Remark, RemarkKind, Span, Suggestion
from claimdesk.core.desk import Desk, connection, history, keys, protection, purge, redaction
from claimdesk.core.desk.check import check
from claimdesk.core.desk.keys import Keys
from claimdesk.core.errors import DeskError
from claimdesk.core.evidence import Evidence, EvidenceKind, Reply, Verdict
from claimdesk.core.removal import PLACEHOLDER
from claimdesk.core.sources import Source, SourceKind

TEXT = "The ferry 🛳️ stops, a deckhand said. Kim said the pier is old. 다리가 안전하다. पुल बंद है. الجسر آمن."
NAME = "Zephyrine Okonkwo-Blum"
TRACES = ("Zephyrine", "Okonkwo", "Blum", "lockkeeper", "Weir Trust", "Pelican", "박하린", "ज़ुबैदा", "Mole")
"""Words that stand nowhere but where the source is named or described."""
DRAFT = f"The pier 🙂\n\n{NAME}, a friend of the crew, met 박하린. पुल बंद है, said ज़ुबैदा; الجسر آمن."
"""What somebody was writing as an article when the desk was locked over it."""
SAMPLES = sorted((Path(__file__).parents[2] / "data").glob("desk-schema-*.db"))


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Place]:
    """A plain and an encrypted desk with two backups, to be copied."""
    return {encrypted: made(tmp_path_factory.mktemp("sample") / "desk.db", encrypted) for encrypted in (False, True)}


def made(path: Path, encrypted: bool) -> Place:
    held, key = Keys.new()
    if encrypted:
        keys.save(path, held.with_recovery(key)[0])
    place = Place(path, key if encrypted else None)
    with place.open() as desk:
        fill(desk)
        desk.backups.make()
        note(desk, "Zephyrine moved house. ज़ुबैदा too")
        desk.backups.make()
        desk.undo(1)
    return place


@pytest.fixture(params=[False, True], ids=["plain", "encrypted"])
def place(tmp_path: Path, samples: dict[bool, Place], request: pytest.FixtureRequest) -> Place:
    sample = samples[request.param]
    shutil.copytree(sample.path.parent, tmp_path / "place")
    return Place(tmp_path / "place" / "desk.db", sample.key)


@pytest.fixture
def plain(tmp_path: Path, samples: dict[bool, Place]) -> Place:
    """The plain one without its backups."""
    shutil.copy(samples[False].path, tmp_path / "desk.db")
    return Place(tmp_path / "desk.db", None)


def fill(desk: Desk) -> None:
    """An article with two claims, one of a confidential source, the other of another that came through it."""
    remark = Remark(RemarkKind.COMMENT, f"{NAME} told me so", "Pelican", Span(0, 3))
    article = desk.add_article(
        Article(TEXT, "Notes of a call with Pelican", filename="call with okonkwo-blum.docx", remarks=(remark,)),
        original=b"raw" * 50, headers=[("Content-Disposition", 'attachment; filename="okonkwo-blum.docx"')],
    )  # fmt: skip
    found = [
        Suggestion((Span(0, 19),), level="official", source_entity="Zephyrine", reason="said by “Zephyrine”"),
        Suggestion((Span(46, 61),), level="media", source_entity="Kim Min-ji", via=("Gazette", "Zephyrine", "Herald")),
    ]
    commit(desk, edits.take_suggestions([], article, found))
    describe(desk, "Zephyrine", name=NAME)  # claims with a long past: named, renamed, described, noted
    describe(
        desk, NAME, kind=SourceKind.PERSON, role="lockkeeper", affiliation="Weir Trust", note="Has a boat",
        aliases=("Zephyrine", "Pelican", "박하린", "ज़ुबैदा"), confidential=True, pseudonym="Mole",
    )  # fmt: skip
    note(
        desk,
        f"Ask {NAME} 🙂, or Blum, or Kim; the Mole knows. pelican: 박하린에게. {unicodedata.normalize('NFD', 'ज़ुबैदा')}",
    )
    describe(desk, "Kim Min-ji", kind=SourceKind.PERSON, role="saw Okonkwo-Blum", aliases=("김민지",))
    describe(desk, NAME, aliases=("Pelican", "박하린", "ज़ुबैदा"))
    check_claims(desk)
    commit(desk, edits.describe_article(desk.article(1), replace(desk.article(1).details, title="Blum calls 🙂")))
    desk.set_setting("draft", DRAFT)


def check_claims(desk: Desk) -> None:
    """All that a checker adds to a claim names the source."""
    interview = Evidence(
        EvidenceKind.INTERVIEW, NAME, "ज़ुबैदा 🙂", quote="I, Okonkwo", page="p. 3", note="박하린 says so"
    )
    upload = Evidence(EvidenceKind.URL, "https://example.org/okonkwo-blum", archive="https://example.net/okonkwo-blum")
    reply = Reply(NAME, "2026-03-01", "the Mole's phone", "2026-03-02", "Blum said no")
    commit(desk, checking.set_evidence(desk.claims(1), 2, (interview, upload)))
    commit(desk, checking.set_second_sources(desk.claims(1), 2, ("Harbour office", "pelican")))
    commit(desk, checking.set_replies(desk.claims(1), 2, (reply,)))
    commit(desk, checking.restate(desk.claims(1), 2, f"{NAME} says that the pier is old."))
    commit(desk, checking.set_question(desk.claims(1), 2, "Does Okonkwo know?"))
    commit(desk, checking.set_tags(desk.claims(1), [2], ("pier", "Okonkwo")))
    verdict, why = Verdict.CONFIRMED, "Zephyrine has the papers"
    commit(desk, checking.set_verdict(desk.claims(1), 2, verdict, why, who="Rosa", day="2026-03-03"))


def commit(desk: Desk, edit: edits.Edit | None) -> None:
    assert edit is not None
    desk.commit(edit)


def note(desk: Desk, words: str) -> None:
    claims = desk.claims(1)
    commit(desk, edits.set_note(claims, claims[0].id, words))


def describe(desk: Desk, called: str, **known: object) -> None:
    before = next(entry.source for entry in desk.register() if entry.source.name == called)
    claims = [one.claim for one in desk.claims_of(before.id)]
    edit = sources.describe(desk.register(), claims, before, replace(before, **known))  # type: ignore[arg-type]
    assert edit is not None
    desk.commit_register(edit)


def purged(place: Place, asked: int | str = NAME) -> purge.Purged:
    return purge.purge(place.path, place.key, asked, "Rosa")


def found_in(files: list[Path], words: tuple[str, ...] = TRACES) -> list[tuple[str, str]]:
    """The words that stand in the bytes of files, in whatever encoding and letters."""
    hits = []
    for path in files:
        held = path.read_bytes()
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            forms = {
                (word, form) for word in words for form in (word, word.lower(), unicodedata.normalize("NFD", word))
            }
            hits += [(path.name, word) for word, form in forms if form.encode(encoding) in held]
    return hits


def in_plain(place: Place, folder: Path) -> list[Path]:
    """All files of a desk, and plain copies of what is encrypted."""
    if place.key is not None:
        folder.mkdir()
        for path in [place.path, *(backup.path for backup in place.backups.all())]:
            protection.export_plain(path, place.key, folder / path.name)
    return [path for path in place.path.parent.rglob("*") if path.is_file()]


def rows(db: Path) -> closing[Any]:
    """The database as another program opens it."""
    return closing(driver.connect(str(db), isolation_level=None))


# What goes


def test_no_byte_of_it_stays_on_the_desk_or_in_its_backups(place: Place) -> None:
    before = in_plain(place, place.path.parent / "before")
    seen = found_in(before)
    assert {word for _, word in seen} == set(TRACES)  # or the search would be blind
    assert len({name for name, _ in seen}) == 3
    shutil.rmtree(place.path.parent / "before", ignore_errors=True)
    made = purged(place)
    assert (len(made.rewritten), made.left) == (2, ())
    assert found_in(in_plain(place, place.path.parent / "after")) == []
    for path in [place.path, *made.rewritten]:
        with closing(connection.connect(path, 5.0, place.key)) as db:
            terms = {row[0] for row in db.execute("SELECT term FROM claim_search_words").fetchall()}
            assert not {"zephyrine", "okonkwo", "blum", "pelican", "박하린", "ज़ुबैदा"} & terms
        assert all(finding.ok for finding in check(path, place.key))


def test_its_claims_rest_on_nobody_and_the_rest_is_as_it_was(plain: Place) -> None:
    with plain.open() as desk:
        first, second = desk.claims(1)
        kim = next(entry.source for entry in desk.sources() if entry.source.name == "Kim Min-ji")
    asked = purge.plan(plain.path, None, "pelican")
    assert (asked.source.name, asked.traces.names, asked.traces.claims, asked.kept) == (NAME, 5, 2, ())
    with plain.open() as desk:
        assert desk.claims(1) == [first, second]  # a plan changes nothing
    assert purged(plain, asked.source.id).traces == asked.traces
    with plain.open() as desk:
        assert desk.claims(1) == [
            replace(first, source_name="", reason=f"said by “{PLACEHOLDER}”", note=desk.claims(1)[0].note),
            desk.claims(1)[1],
        ]
        assert desk.claims(1)[1] == replace(
            second, via=("Gazette", "Herald"), second_sources=("Harbour office",), tags=("pier", PLACEHOLDER),
            restated=f"{PLACEHOLDER} says that the pier is old.", question=f"Does {PLACEHOLDER} know?",
            rationale=f"{PLACEHOLDER} has the papers",
            replies=(Reply(PLACEHOLDER, "2026-03-01", f"the {PLACEHOLDER}'s phone", "2026-03-02", f"{PLACEHOLDER} said no"),),
            evidence=(
                Evidence(EvidenceKind.INTERVIEW, PLACEHOLDER, f"{PLACEHOLDER} 🙂", quote=f"I, {PLACEHOLDER}", page="p. 3",
                         note=f"{PLACEHOLDER} says so"),
                Evidence(EvidenceKind.URL, f"https://example.org/{PLACEHOLDER}",
                         archive=f"https://example.net/{PLACEHOLDER}"),
            ),
        )  # fmt: skip
        assert desk.article(1).remarks[0].text == f"{PLACEHOLDER} told me so"
        assert desk.article(1).title == f"{PLACEHOLDER} calls 🙂"
        assert desk.claims(1)[0].note == (
            f"Ask {PLACEHOLDER} 🙂, or {PLACEHOLDER}, or Kim; the {PLACEHOLDER} knows. {PLACEHOLDER}: {PLACEHOLDER}에게. {PLACEHOLDER}"
        )
        assert [entry.source.name for entry in desk.sources()] == ["Gazette", "Harbour office", "Herald", "Kim Min-ji"]
        assert called(desk, "Kim Min-ji") == replace(kim, role=f"saw {PLACEHOLDER}")
        assert desk.article(1).filename == f"call with {PLACEHOLDER}.docx"
        assert desk.article(1).text == TEXT
        assert desk.original(1) == b"raw" * 50
        assert not any(page.hits for page in desk.search("okonkwo"))
        assert not any(page.hits for page in desk.search("박하린"))
        assert [page.hits[0].claim_id for page in desk.search("gazette") if page.hits] == [2]
        assert [page.hits[0].title for page in desk.search("calls") if page.hits] == [f"{PLACEHOLDER} calls 🙂"]


def test_a_text_that_was_being_written_goes_on_without_it(plain: Place) -> None:
    purged(plain)
    with plain.open() as desk:
        assert desk.setting("draft") == (
            f"The pier 🙂\n\n{PLACEHOLDER}, a friend of the crew, met {PLACEHOLDER}. पुल बंद है, said {PLACEHOLDER}; الجسر آمن."
        )


def called(desk: Desk, name: str) -> Source:
    return next(entry.source for entry in desk.register() if entry.source.name == name)


def test_words_of_the_article_stay_and_are_counted(plain: Place) -> None:
    with plain.open() as desk:
        article = desk.add_article(Article(f"{NAME} left\n\nPelican 🙂 said नहीं.", f"{NAME} left"))
        commit(desk, edits.mark([], article, 0, len(NAME), "official"))
    assert purged(plain).traces.articles == 1
    with plain.open() as desk:
        assert desk.article(2) == replace(article, furniture=())
        assert desk.history(2)[0].sentence == f"Import “{NAME} left”"
        assert desk.verify_history() is None


@pytest.mark.parametrize(("kind", "left"), [(SourceKind.PERSON, False), (SourceKind.INSTITUTION, True)])
def test_parts_of_a_name_are_taken_for_it_only_of_a_person(plain: Place, kind: SourceKind, left: bool) -> None:
    with plain.open() as desk:
        describe(desk, "Gazette", name="Harbour Gazette", kind=kind, aliases=())
        note(desk, "The Harbour is full; harbour dues. Harbour gazette and HARBOUR GAZETTE go. Harbour Master stays.")
        claims = desk.claims(1)
        commit(desk, edits.name_source(claims, claims[0].id, "Harbour Master"))
    planned = purge.plan(plain.path, None, "Harbour Gazette")
    assert planned.kept == ()
    purged(plain, "Harbour Gazette")
    with plain.open() as desk:
        begin = "The Harbour is full" if left else f"The {PLACEHOLDER} is full"
        words = f"{begin}; harbour dues. {PLACEHOLDER} and {PLACEHOLDER} go. Harbour Master stays."
        assert desk.claims(1)[0].note == words
        assert desk.claims(1)[0].source_name == "Harbour Master"


def test_names_of_others_that_hold_it_stay_and_are_told(plain: Place) -> None:
    with plain.open() as desk:
        claims = desk.claims(1)
        commit(desk, edits.name_source(claims, claims[1].id, f"Lawyer of {NAME}"))
        note(desk, f"The lawyer of {NAME} met {NAME}")
    assert purge.plan(plain.path, None, NAME).kept == (f"Lawyer of {NAME}",)
    purged(plain)
    with plain.open() as desk:
        assert desk.claims(1)[0].note == f"The lawyer of {NAME} met {PLACEHOLDER}"
        assert desk.claims(1)[1].source_name == f"Lawyer of {NAME}"
    purged(plain, f"lawyer of {NAME}")
    with plain.open() as desk:
        assert desk.claims(1)[0].note == f"The {PLACEHOLDER} met {PLACEHOLDER}"
        assert desk.verify_history() is None
        assert "2 times" in next(finding.note for finding in check(plain.path, None) if finding.note)
    assert found_in([plain.path]) == []


def test_a_pseudonym_goes_as_it_is_and_no_longer_one_with_it(plain: Place) -> None:
    with plain.open() as desk:
        describe(desk, NAME, pseudonym="Source A")
        note(desk, "Source A and Source AB met at the source a colleague named; Mole was Source A's name")
    purged(plain)
    with plain.open() as desk:
        assert desk.claims(1)[0].note == (
            f"{PLACEHOLDER} and Source AB met at the source a colleague named; {PLACEHOLDER} was {PLACEHOLDER}'s name"
        )


def test_every_column_with_words_is_looked_through_or_known_to_stay() -> None:
    """A new column of text has to be sorted: into `redaction.WRITTEN`, or here."""
    stays = {
        "article": {
            "language",
            "outlet",
            "byline",
            "published",
            "url",
            "imported_at",
            "retrieved_at",
            "sha256",
            "text",
        },
        "article_original": {"sha256", "media_type"},
        "remark": {"kind"},
        "claim": {
            "exact",
            "prefix",
            "suffix",
            "level",
            "review",
            "origin",
            "certainty",
            "manner",
            "terms",
            "verdict",
            "checked_by",
            "checked_at",
        },
        "evidence": {"kind", "stance", "retrieved", "sha256", "reliability", "credibility"},
        "evidence_file": {"sha256"},
        "reply": {"asked", "answered"},
        "claim_word": {"kind"},
        "level": {"slug", "label", "definition"},
        "span": {"role"},
        "link": {"kind"},
        "source": {"name", "kind"},
        "source_alias": {"alias"},
        "history": {"kind", "verb", "sentence", "at", "who", "prev_hash", "hash", "changes"},
        "foreign_history": {"kind", "at", "hash"},
        "setting": {"key"},
    }
    with closing(driver.connect(":memory:")) as made:
        for (sql,) in schema_of_a_new_desk():
            made.execute(sql)
        found: dict[str, set[str]] = {}
        for table, column in made.execute(
            "SELECT m.name, c.name FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table' AND c.type = 'TEXT'"
        ):
            found.setdefault(table, set()).add(column)
    written = {words.table: set[str]() for words in redaction.WRITTEN}
    for words in redaction.WRITTEN:
        written[words.table] |= set(words.columns)
    assert found == {table: stays.get(table, set()) | written.get(table, set()) for table in {*stays, *written}}


def schema_of_a_new_desk() -> list[tuple[str]]:
    from sqlite_utils import Database

    from claimdesk.core.desk import schema

    with closing(driver.connect(":memory:", isolation_level=None)) as made:
        schema.migrate(Database(made, strict=True))
        return list(
            made.execute(
                "SELECT sql FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%STRICT%' AND name NOT LIKE '\\_%' ESCAPE '\\'"
            )
        )


# The history


def test_a_head_that_was_noted_before_still_holds(plain: Place) -> None:
    with plain.open() as desk:
        noted = desk.head_to_note()
    purged(plain)
    with plain.open() as desk:
        assert desk.verify_history(noted) is None
        assert desk.head_to_note().rows == noted.rows + 1
        assert desk.register_undoable() == f"Describe {PLACEHOLDER}"  # a purge itself cannot be undone
        assert desk.history()[-1].sentence == redaction.SENTENCE


@pytest.mark.parametrize("statement", [
        "UPDATE history SET changes = replace(changes, 'removed', 'kept') WHERE id = 2",
        "UPDATE history SET who = 'Nobody' WHERE id = 2",
        "UPDATE history SET sentence = 'Nothing' WHERE verb = 'purge_source'",
        "UPDATE history SET changes = replace(changes, '\"2\"', '\"7\"') WHERE verb = 'purge_source'",
        "UPDATE history SET changes = 'no JSON' WHERE verb = 'purge_source'",
        "DELETE FROM history WHERE verb = 'purge_source'",
    ],
)  # fmt: skip
def test_what_pretends_to_be_redacted_is_found(plain: Place, statement: str) -> None:
    purged(plain)
    with rows(plain.path) as db:
        db.execute("DROP TRIGGER history_is_never_rewritten")
        db.execute("DROP TRIGGER history_is_never_shortened")
        assert db.execute(statement).rowcount == 1
    with plain.open() as desk:
        assert desk.verify_history() is not None


def test_a_purge_neither_hides_nor_is_hindered_by_a_row_that_was_tampered_with(plain: Place) -> None:
    with rows(plain.path) as db:
        db.execute("DROP TRIGGER history_is_never_rewritten")
        db.execute("UPDATE history SET who = 'Nobody' WHERE id = 2")
    with plain.open() as desk:
        assert desk.verify_history() == 2
    purged(plain)
    assert found_in([plain.path]) == []
    with plain.open() as desk:
        assert desk.verify_history() == 2


def test_a_purge_that_somebody_forged_is_at_least_told(plain: Place) -> None:
    """Whoever can write the file can forge a purge, as any other row at the end; it cannot be hidden that there was one."""
    purged(plain)
    with closing(connection.connect(plain.path, 5.0)) as db, connection.writing(db):
        row = next(row for row in history.rows_written(db) if row["id"] == 2)
        history.redact(db, [row | {"sentence": "Something else was done"}], redaction.SENTENCE, "Rosa")
    with plain.open() as desk:
        assert desk.verify_history() is None
        assert [entry.verb for entry in desk.history()].count("purge_source") == 2
    assert "removed from everywhere 2 times" in next(
        finding.note for finding in check(plain.path, None) if finding.note
    )


def test_everything_is_undone_and_redone_as_if_it_had_never_been_there(plain: Place) -> None:
    purged(plain)
    with plain.open() as desk:
        assert desk.redo(1) is not None  # a note that was taken back before
        assert desk.claims(1)[0].note == f"{PLACEHOLDER} moved house. {PLACEHOLDER} too"
        after, register = desk.claims(1), desk.sources()
        steps = 0
        while desk.undo(1) is not None:
            steps += 1
        assert (steps, desk.claims(1)) == (12, [])
        assert desk.article(1).title == f"Notes of a call with {PLACEHOLDER}"
        while desk.redo(1) is not None:
            steps -= 1
        assert (steps, desk.claims(1), desk.sources()) == (0, after, register)
        while desk.undo_register() is not None:
            steps += 1
        while desk.redo_register() is not None:
            steps -= 1
        assert (steps, desk.claims(1), desk.sources()) == (0, after, register)
        assert desk.verify_history() is None
    assert found_in([plain.path]) == []


@pytest.mark.parametrize("seed", range(2))
def test_to_purge_and_to_undo_is_the_same_in_either_order(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    first, second = Place(tmp_path / "a" / "desk.db", None), Place(tmp_path / "b" / "desk.db", None)
    with first.open() as desk:
        while len(desk.history()) < 25 or not desk.claims(1):
            do_something(desk, chance)
    second.path.parent.mkdir()
    shutil.copy(first.path, second.path)
    steps = chance.randrange(12)
    purged(first, "김 기자")
    for place in (first, second):
        with place.open() as desk:
            for _ in range(steps):
                desk.undo(1)
    purged(second, "김 기자")
    with first.open() as one, second.open() as other:
        assert [one.claims(article) for article in (1, 2, 3)] == [other.claims(article) for article in (1, 2, 3)]
        assert "김 기자" not in json.dumps([claim.to_json() for claim in one.claims(1)], ensure_ascii=False)


# Who it is


def test_what_was_merged_into_it_goes_with_it_and_what_was_split_off_stays(plain: Place) -> None:
    with plain.open() as desk:
        register, gazette = desk.register(), called(desk, "Gazette")
        claims = [one.claim for one in desk.claims_of(gazette.id)]
        desk.commit_register(sources.merge(register, claims, called(desk, NAME), gazette))
        herald = called(desk, "Herald")
        claims = [one.claim for one in desk.claims_of(herald.id)]
        desk.commit_register(sources.split(desk.register(), claims, herald, "Herald Online"))
    purged(plain, "gazette")
    with plain.open() as desk:
        assert [entry.source.name for entry in desk.register()] == [
            "Harbour office",
            "Herald",
            "Herald Online",
            "Kim Min-ji",
        ]
        assert desk.claims(1)[1].via == ("Herald Online",)
    assert found_in([plain.path], (*TRACES, "Gazette")) == []


def test_an_unknown_source_is_refused(plain: Place) -> None:
    before = plain.digest()
    for asked in (99, "Nobody"):
        with pytest.raises(DeskError, match="no such source"):
            purge.plan(plain.path, None, asked)
        with pytest.raises(DeskError, match="no such source"):
            purged(plain, asked)
    assert plain.digest() == before


# Backups


def test_backups_of_older_formats_are_written_anew_too(plain: Place) -> None:
    plain.backups.folder.mkdir()
    for number, sample in enumerate(SAMPLES, 1):
        shutil.copy(sample, plain.backups.folder / f"desk-{number:05d}-20260101T000000Z.db")
        with rows(sample) as db:
            names = [name for (name,) in db.execute("SELECT name FROM source")]
    with plain.open() as desk:
        claims = desk.claims(1)
        commit(desk, edits.name_source(claims, claims[1].id, names[0]))
    made = purged(plain, names[0])
    assert len(made.rewritten) == len(SAMPLES)
    for path in made.rewritten:
        assert all(finding.ok for finding in check(path, None))
        with Desk.open(path, who="Rosa") as desk:
            assert names[0] not in {entry.source.name for entry in desk.register()}


def test_one_that_does_not_name_it_stays_as_it_is(tmp_path: Path) -> None:
    place = Place(tmp_path / "desk.db", None)
    with place.open() as desk:
        desk.add_article(Article("Nothing yet 🙂", "T"))
        backup = desk.backups.make()
        fill_second(desk)
    held = backup.path.read_bytes()
    assert purged(place, "Kim").rewritten == ()
    assert backup.path.read_bytes() == held


def fill_second(desk: Desk) -> None:
    commit(desk, edits.mark([], desk.article(1), 0, 7, "media"))
    commit(desk, edits.name_source(desk.claims(1), 1, "Kim"))


def test_a_failure_says_which_still_hold_it_and_the_next_call_finishes(place: Place) -> None:
    newest, oldest = place.backups.all()
    blocked = oldest.path.with_name(oldest.path.name + ".part")
    blocked.mkdir()
    before = place.digest()
    with pytest.raises(DeskError, match=r"desk still holds the source, and so may of its backups: 1\. Remove it again"):
        purged(place)
    assert place.digest() == before
    blocked.rmdir()
    made = purged(place)
    assert (made.rewritten, made.left) == ((oldest.path,), ())  # the newest was done before
    assert [backup.path for backup in place.backups.all()] == [newest.path, oldest.path]
    assert all(place.backups.contents(backup.path).claims == 2 for backup in place.backups.all())


def test_backups_that_cannot_be_written_anew_are_named_and_left(place: Place) -> None:
    newest, oldest = place.backups.all()
    flip(oldest.path, oldest.size // 2, 0xFF)
    held = oldest.path.read_bytes()
    if place.key is None:
        with oldest.path.open("rb+") as file:
            file.truncate(oldest.size // 2)
        held = oldest.path.read_bytes()
    made = purged(place)
    assert (made.rewritten, made.left) == ((newest.path,), (oldest.path,))
    assert oldest.path.read_bytes() == held


def test_a_desk_that_is_open_elsewhere_is_not_touched(plain: Place) -> None:
    with plain.open() as desk:
        desk.backups.make()
    before = plain.digest()
    with plain.open(), pytest.raises(DeskError, match="open in another window"):
        purged(plain)
    assert plain.digest() == before
