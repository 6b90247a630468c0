"""The register of sources over all articles: describing, renaming, merging, splitting, and taking each of them back."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver  # type: ignore[import-untyped]
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimdesk.core import edits, sources
from claimdesk.core.claim import Article, Claim, Span, Suggestion
from claimdesk.core.desk import Desk, Kind
from claimdesk.core.edits import Edit, Verb
from claimdesk.core.errors import DeskError, EditError
from claimdesk.core.sources import RegisterEdit, Source, SourceKind, SourceSummary

SAMPLES = sorted((Path(__file__).parents[2] / "data").glob("desk-schema-*.db"))
TEXTS = (
    "Kim said the ferry stops 🛳️. Kim Yong-kyun said the pier is old. 나연 said no.",
    "नगर निगम: Kim said the bridge is shut. قال الوزير إن الجسر آمن.",
)


def found(text: str, words: str, name: str, *via: str) -> Suggestion:
    start = text.index(words)
    return Suggestion(
        (Span(start, start + len(words)),), level="official", source_entity=name, via=via, confidence=0.75
    )


SUGGESTED = (
    (
        found(TEXTS[0], "the ferry stops 🛳️", "Kim"),
        found(TEXTS[0], "the pier is old", "Kim Yong-kyun", "Gazette"),
        found(TEXTS[0], "no.", "나연", "Kim"),
    ),
    (found(TEXTS[1], "the bridge is shut", "Kim"), found(TEXTS[1], "الجسر آمن", "الوزير")),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk.db"


@pytest.fixture
def desk(path: Path) -> Iterator[Desk]:
    """Two articles, in both of which Kim speaks."""
    with Desk.open(path, who="Rosa") as opened:
        for text, suggestions in zip(TEXTS, SUGGESTED, strict=True):
            article = opened.add_article(Article(text, text[:8]))
            suggest(opened, article.id, suggestions)
        yield opened
        assert opened.verify_history() is None


def suggest(desk: Desk, article_id: int, suggestions: tuple[Suggestion, ...]) -> None:
    commit(desk, edits.take_suggestions(desk.claims(article_id), desk.article(article_id), suggestions))


def commit(desk: Desk, edit: Edit | None) -> None:
    assert edit is not None
    desk.commit(edit)


def some(edit: RegisterEdit | Edit | None) -> RegisterEdit:
    assert isinstance(edit, RegisterEdit)
    return edit


def called(desk: Desk, name: str) -> Source:
    return next(entry.source for entry in desk.register() if entry.source.name == name)


def claims_of(desk: Desk, name: str) -> list[Claim]:
    return [one.claim for one in desk.claims_of(called(desk, name).id)]


def merge(desk: Desk, kept: str, gone: str) -> RegisterEdit:
    return desk.commit_register(
        sources.merge(desk.register(), claims_of(desk, gone), called(desk, kept), called(desk, gone))
    )


def describe(desk: Desk, of: str, **known: object) -> RegisterEdit:
    before = called(desk, of)
    after = replace(before, **known)  # type: ignore[arg-type]
    return desk.commit_register(some(sources.describe(desk.register(), claims_of(desk, of), before, after)))


def split(desk: Desk, name: str, new: str, claims: list[Claim]) -> RegisterEdit:
    return desk.commit_register(sources.split(desk.register(), claims, called(desk, name), new))


def counts(desk: Desk) -> dict[str, tuple[int, int]]:
    return {entry.source.name: (entry.claims, entry.articles) for entry in desk.sources()}


def names(desk: Desk, article_id: int = 1) -> list[tuple[str, ...]]:
    return [(claim.source_name, *claim.via) for claim in desk.claims(article_id)]


def state(desk: Desk) -> tuple[list[SourceSummary], list[Claim], list[Claim]]:
    shown = [replace(entry, source=replace(entry.source, id=0)) for entry in desk.sources()]
    return shown, desk.claims(1), desk.claims(2)


def test_every_source_is_listed_with_its_claims_and_articles(desk: Desk) -> None:
    assert counts(desk) == {
        "Gazette": (1, 1), "Kim": (3, 2), "Kim Yong-kyun": (1, 1), "나연": (1, 1), "الوزير": (1, 1),
    }  # fmt: skip
    assert [entry.source.name for entry in desk.sources()][:2] == ["Gazette", "Kim"]
    claim = desk.claims(2)[0]
    commit(desk, edits.dismiss([claim], [claim.id]))
    assert counts(desk)["Kim"] == (2, 1)


def test_the_claims_of_a_source_are_those_of_all_articles_newest_first(desk: Desk) -> None:
    said = desk.claims_of(called(desk, "Kim").id)
    assert [(one.claim.article_id, one.words, one.title) for one in said] == [
        (2, "the bridge is shut", TEXTS[1][:8]),
        (1, "the ferry stops 🛳️", TEXTS[0][:8]),
        (1, "no.", TEXTS[0][:8]),
    ]


def test_what_is_known_of_a_source_is_kept_and_told_in_the_history(desk: Desk) -> None:
    describe(desk, "나연", kind=SourceKind.PERSON, role=" 기자 ", affiliation="한강\nGazette", note="🙂")
    source = called(desk, "나연")
    assert (source.kind, source.role, source.affiliation, source.note) == ("person", "기자", "한강 Gazette", "🙂")
    assert source.about == "기자, 한강 Gazette"
    assert desk.source(source.id) == source
    entry = desk.history()[-1]
    assert (entry.article_id, entry.kind, entry.verb, entry.sentence) == (
        None, Kind.EDIT, "describe_source", "Describe “나연”",
    )  # fmt: skip
    assert sources.describe(desk.register(), [], source, source) is None
    with pytest.raises(DeskError, match="There is no source 99 on this desk"):
        desk.source(99)


def test_a_merge_gives_all_claims_in_all_articles_the_name_that_stays(desk: Desk) -> None:
    describe(desk, "Kim", role="minister", note="met in May")
    before = len(desk.history())
    edit = merge(desk, "Kim Yong-kyun", "Kim")
    assert names(desk) == [("Kim Yong-kyun",), ("Kim Yong-kyun", "Gazette"), ("나연", "Kim Yong-kyun")]
    assert names(desk, 2)[0] == ("Kim Yong-kyun",)
    assert counts(desk)["Kim Yong-kyun"] == (4, 2)
    assert "Kim" not in counts(desk)
    kept = called(desk, "Kim Yong-kyun")
    assert (kept.aliases, kept.role, kept.note) == (("Kim",), "minister", "met in May")
    assert edit.sentence == "Merge “Kim” into “Kim Yong-kyun”"
    assert [entry.article_id for entry in desk.history()[before:]] == [1, 2, None]
    assert desk.undoable(1) == desk.undoable(2) == desk.register_undoable() == edit.sentence


def test_a_merge_is_taken_back_and_done_again_whole(desk: Desk) -> None:
    before = state(desk)
    merge(desk, "Kim Yong-kyun", "Kim")
    merged = state(desk)
    assert some(desk.undo_register()).sentence == "Merge “Kim” into “Kim Yong-kyun”"
    assert state(desk) == before
    assert (desk.register_undoable(), desk.undoable(2)) == (None, "Take back: Merge “Kim” into “Kim Yong-kyun”")
    assert desk.undo_register() is None
    desk.redo_register()
    assert state(desk) == merged
    assert desk.redo_register() is None


def test_a_merge_can_be_taken_back_in_one_article_alone(desk: Desk) -> None:
    merge(desk, "Kim Yong-kyun", "Kim")
    desk.undo(1)
    assert names(desk)[0] == ("Kim",)
    assert names(desk, 2)[0] == ("Kim Yong-kyun",)
    assert counts(desk)["Kim"] == (2, 1)
    desk.undo_register()
    assert counts(desk)["Kim"] == (3, 2)
    assert called(desk, "Kim Yong-kyun").aliases == ()
    desk.redo_register()
    assert counts(desk)["Kim Yong-kyun"] == (4, 2)


def test_taking_back_a_merge_leaves_what_was_done_to_claims_since(desk: Desk) -> None:
    merge(desk, "Kim Yong-kyun", "Kim")
    claims = desk.claims(1)
    commit(desk, edits.name_source(claims, claims[0].id, "Lee 🙂"))
    commit(desk, edits.accept(desk.claims(1), [claims[2].id]))
    desk.undo_register()
    assert names(desk) == [("Lee 🙂",), ("Kim Yong-kyun", "Gazette"), ("나연", "Kim")]
    assert desk.claims(1)[2].review == "accepted"
    for _ in range(4):
        assert desk.undo(1)
    assert names(desk)[0] == ("Kim",)


def test_a_source_is_renamed_everywhere_and_its_old_name_leads_to_it(desk: Desk) -> None:
    describe(desk, "Kim", role="minister")
    edit = describe(desk, "Kim", name="Kim Jin", affiliation="Ministry")
    assert edit.sentence == "Rename “Kim” as “Kim Jin”"
    source = called(desk, "Kim Jin")
    assert (source.aliases, source.about) == (("Kim",), "minister, Ministry")
    assert (counts(desk)["Kim Jin"], "Kim" in counts(desk)) == ((3, 2), False)
    describe(desk, "Kim Jin", name="Kim")
    assert (called(desk, "Kim").aliases, counts(desk)["Kim"]) == (("Kim Jin",), (3, 2))
    desk.undo_register()
    desk.undo_register()
    assert (called(desk, "Kim").aliases, counts(desk)["Kim"], "Kim Jin" in counts(desk)) == ((), (3, 2), False)


def test_a_name_can_change_its_capitals(desk: Desk) -> None:
    describe(desk, "Gazette", name="GAZETTE")
    assert (counts(desk)["GAZETTE"], "Gazette" in counts(desk)) == ((1, 1), False)


def test_a_suggestion_and_a_typed_name_that_equal_an_alias_are_the_source(desk: Desk) -> None:
    merge(desk, "Kim Yong-kyun", "Kim")
    entries = len(desk.history())
    suggest(desk, 1, SUGGESTED[0])
    assert len(desk.history()) == entries
    claims = desk.claims(2)
    commit(desk, edits.name_source(claims, claims[1].id, " kIM "))
    assert names(desk, 2)[1] == ("Kim Yong-kyun",)
    third = desk.add_article(Article(TEXTS[0], "Third"))
    suggest(desk, third.id, SUGGESTED[0])
    assert ("나연", "Kim Yong-kyun") in names(desk, third.id)
    assert counts(desk)["Kim Yong-kyun"] == (8, 3)


def test_a_confidential_name_in_other_letters_is_that_source(desk: Desk) -> None:
    describe(desk, "Kim", confidential=True)
    claims = desk.claims(2)
    commit(desk, edits.name_source(claims, claims[1].id, "KIM"))
    assert names(desk, 2)[1] == ("Kim",)


def test_chosen_claims_of_a_source_become_those_of_a_new_one(desk: Desk) -> None:
    merge(desk, "Kim Yong-kyun", "Kim")
    chosen = [claim for claim in claims_of(desk, "Kim Yong-kyun") if claim.article_id == 2]
    edit = split(desk, "Kim Yong-kyun", "Kim", chosen)
    assert edit.sentence == "Split 1 claim off “Kim Yong-kyun”"
    assert (counts(desk)["Kim"], called(desk, "Kim Yong-kyun").aliases) == ((1, 1), ())
    assert desk.undoable(1) == "Merge “Kim” into “Kim Yong-kyun”"
    desk.undo_register()
    assert (counts(desk)["Kim Yong-kyun"], called(desk, "Kim Yong-kyun").aliases) == ((4, 2), ("Kim",))


def test_claims_split_off_join_a_source_that_is_there(desk: Desk) -> None:
    split(desk, "Kim", "gazette", claims_of(desk, "Kim")[:1])
    assert counts(desk)["Gazette"] == (2, 2)


def test_the_first_free_letter_is_proposed_as_a_pseudonym(desk: Desk) -> None:
    describe(desk, "Kim", confidential=True)
    assert called(desk, "Kim").pseudonym == "Source A"
    describe(desk, "나연", confidential=True, pseudonym="Source C")
    assert sources.propose_pseudonym(desk.register()) == "Source B"
    many = [SourceSummary(Source(0, str(n), pseudonym=f"source {chr(97 + n)}"), 1, 1) for n in range(26)]
    assert sources.propose_pseudonym(many) == "Source AA"
    assert [source.pseudonym for source in desk.confidential_sources()] == ["Source A", "Source C"]
    assert [entry.sentence for entry in desk.history()[-2:]] == [
        "Keep a source confidential as Source A", "Keep a source confidential as Source C",
    ]  # fmt: skip


@pytest.mark.parametrize(("kept", "gone"), [("Kim", "나연"), ("나연", "Kim")])
def test_what_comes_of_a_merge_is_confidential_if_one_of_the_two_was(desk: Desk, kept: str, gone: str) -> None:
    describe(desk, "Kim", confidential=True, pseudonym="Falcon")
    edit = merge(desk, kept, gone)
    assert (called(desk, kept).confidential, called(desk, kept).pseudonym) == (True, "Falcon")
    assert (edit.sentence, desk.confidential_sources()) == ("Merge a source into Falcon", [called(desk, kept)])
    desk.undo(1)
    assert {name for source in desk.confidential_sources() for name in source.names} >= {"Kim"}


def test_what_is_split_off_a_confidential_source_is_confidential_too(desk: Desk) -> None:
    describe(desk, "Kim", confidential=True)
    split(desk, "Kim", "Park", claims_of(desk, "Kim")[:1])
    assert (called(desk, "Park").confidential, called(desk, "Park").pseudonym) == (True, "Source B")
    desk.undo_register()
    assert not called(desk, "Park").confidential


def test_a_renamed_confidential_source_stays_so_and_no_sentence_of_it_says_the_name(desk: Desk) -> None:
    describe(desk, "Kim", confidential=True)
    describe(desk, "Kim", name="Park Min")
    describe(desk, "Park Min", role="clerk")
    split(desk, "Park Min", "Lee Won", claims_of(desk, "Park Min")[:1])
    assert called(desk, "Park Min").pseudonym == "Source A"
    desk.undo(1)
    assert {"Kim", "Park Min"} <= {name for source in desk.confidential_sources() for name in source.names}
    said = " ".join(entry.sentence for entry in desk.history() if entry.kind is not Kind.IMPORT)
    assert not [name for name in ("Kim", "Park", "Lee") if name in said]


@pytest.mark.parametrize(
    ("known", "sentence"),
    [
        ({"name": " "}, "needs a name"),
        ({"name": "gazette"}, "“Gazette” is a source of its own"),
        ({"aliases": ("나연",)}, "“나연” is a source of its own"),
        ({"name": "Minister Ali"}, "“Minister Ali” is an alias of “الوزير”"),
        ({"aliases": ("MINISTER ALI",)}, "is an alias of “الوزير”"),
        ({"confidential": True, "pseudonym": "Falcon"}, "“Falcon” stands for another source already"),
        ({"confidential": True, "pseudonym": "Gazette"}, "“Gazette” stands for another source already"),
        ({"confidential": True, "pseudonym": "Mr kim"}, "holds a part of the name"),
    ],
)
def test_what_cannot_be_said_of_a_source_is_refused(desk: Desk, known: dict[str, object], sentence: str) -> None:
    describe(desk, "الوزير", aliases=("Minister Ali",), confidential=False, pseudonym="Falcon")
    before = state(desk)
    with pytest.raises(EditError, match=sentence):
        describe(desk, "Kim", **known)
    assert state(desk) == before


def test_merging_and_splitting_what_makes_no_sense_is_refused(desk: Desk) -> None:
    describe(desk, "الوزير", aliases=("Minister Ali",))
    kim = called(desk, "Kim")
    with pytest.raises(EditError, match="merged with itself"):
        sources.merge([], [], kim, kim)
    for claims, name in (([], "Park"), (claims_of(desk, "Kim"), " "), (claims_of(desk, "Kim"), "Kim")):
        with pytest.raises(EditError, match="Choose claims and write another name"):
            sources.split(desk.register(), claims, kim, name)
    with pytest.raises(EditError, match="is an alias of “الوزير”"):
        split(desk, "Kim", "minister ali", claims_of(desk, "Kim"))


def test_an_edit_of_what_another_window_changed_is_refused_and_nothing_is_written(path: Path, desk: Desk) -> None:
    merging = sources.merge(desk.register(), claims_of(desk, "Kim"), called(desk, "Kim Yong-kyun"), called(desk, "Kim"))
    with Desk.open(path, who="other") as other:
        describe(other, "Kim Yong-kyun", role="minister")
    before = state(desk), desk.head()
    with pytest.raises(DeskError, match="changed meanwhile"):
        desk.commit_register(merging)
    assert (state(desk), desk.head()) == before
    describe(desk, "나연", aliases=("NY",))
    with Desk.open(path, who="other") as other:
        other.undo_register()
        describe(other, "Gazette", aliases=("NY",))
    with pytest.raises(DeskError, match="changed meanwhile"):
        desk.commit_register(
            RegisterEdit(
                Verb.DESCRIBE_SOURCE, "D",
                (sources.SourceChange(called(desk, "나연"), replace(called(desk, "나연"), aliases=("NY",))),),
            )
        )  # fmt: skip
    assert called(desk, "나연").aliases == ()


def test_everything_of_the_register_can_be_taken_back_after_a_restart(path: Path, desk: Desk) -> None:
    before = state(desk)
    describe(desk, "Kim", role="minister", confidential=True)
    merge(desk, "Kim Yong-kyun", "Kim")
    describe(desk, "Kim Yong-kyun", name="김용균 🙂", aliases=("Yong", "Kim"))
    split(desk, "김용균 🙂", "Yong", claims_of(desk, "김용균 🙂")[:2])
    after = state(desk)
    with Desk.open(path, who="Rosa") as again:
        while again.undo_register():
            pass
        assert state(again) == before
        while again.redo_register():
            pass
        assert state(again) == after
        assert again.verify_history() is None


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_a_desk_of_every_schema_gets_the_register(sample: Path, path: Path) -> None:
    shutil.copy(sample, path)
    with Desk.open(path, who="Rosa") as desk:
        assert counts(desk) == {"Gazette": (1, 1), "The buyer": (1, 1), "Town council": (1, 1)}
        past = desk.history()
        describe(desk, "Town council", role="council", confidential=True)
        merge(desk, "The buyer", "Town council")
        assert desk.history()[: len(past)] == past
        assert desk.verify_history() is None
    with closing(driver.connect(str(path))) as connection:
        for statement in ("UPDATE history SET who = 'other'", "DELETE FROM history"):
            with pytest.raises(driver.IntegrityError, match="history of a desk is never"):
                connection.execute(statement)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        read = connection.execute("SELECT DISTINCT source, role, affiliation FROM claims ORDER BY id").fetchall()
        assert read == [("The buyer", "council", None), (None, None, None)]


def test_the_history_can_not_forget_its_articles(desk: Desk, path: Path) -> None:
    with closing(driver.connect(str(path))) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(driver.IntegrityError):
            connection.execute("DELETE FROM article WHERE id = 1")


STEPS = st.lists(
    st.tuples(st.sampled_from(["describe", "hide", "rename", "merge", "split", "undo in article", "name"]), st.integers(0, 9), st.integers(0, 9)),
    max_size=10,
)  # fmt: skip
NEW_NAMES = ("Park", "KIM", "kim yong-kyun", "नगर निगम", "Gazette", "الوزير", "Lee 🙂", "Kim")


def do(desk: Desk, what: str, one: int, two: int) -> None:
    """One step of a person at the register or, where the desk has moved on, at an article."""
    entries = desk.sources()
    source, other = (entries[place % len(entries)].source for place in (one, two))
    new = NEW_NAMES[two % len(NEW_NAMES)]
    match what:
        case "describe":
            describe(desk, source.name, role=f"role {two}", aliases=(f"alias {two % 3}",))
        case "hide":
            describe(desk, source.name, confidential=not source.confidential)
        case "rename":
            describe(desk, source.name, name=new)
        case "merge":
            merge(desk, source.name, other.name)
        case "split":
            split(desk, source.name, new, claims_of(desk, source.name)[: two % 3])
        case "undo in article":
            if desk.undoable(1) != "Suggest 3 claims":
                desk.undo(1)
        case "name":
            claims = desk.claims(1)
            commit(desk, edits.name_source(claims, claims[two % 3].id, new))


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_whatever_is_done_every_name_is_listed_no_alias_means_two_and_undo_leads_back(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, int]]
) -> None:
    with Desk.open(tmp_path_factory.mktemp("desk") / "desk.db", who="Rosa") as desk:
        for text, suggestions in zip(TEXTS, SUGGESTED, strict=True):
            suggest(desk, desk.add_article(Article(text, text[:8])).id, suggestions)
        start, only_register = state(desk), True
        for what, one, two in steps:
            before = state(desk), desk.head()
            try:
                do(desk, what, one, two)
            except (EditError, AssertionError):  # refused, or nothing to do
                assert (state(desk), desk.head()) == before
                continue
            only_register &= what not in {"undo in article", "name"}
            known = [entry.source for entry in desk.sources()]
            spoken_for = [sources.folded(alias) for source in known for alias in source.aliases]
            assert len(spoken_for) == len(set(spoken_for))
            shown = {source.name for source in known}
            assert {name for article in (1, 2) for claim in names(desk, article) for name in claim if name} <= shown
        end = state(desk)
        if only_register:
            while desk.undo_register():
                pass
            assert state(desk) == start
            while desk.redo_register():
                pass
            assert state(desk) == end
        assert desk.verify_history() is None
