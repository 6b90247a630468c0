"""What a search over the desk finds, in every script, and that its index says what the desk says after every edit."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver  # type: ignore[import-untyped]
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant
from tests.core.desk.test_desk_undo_machine import UndoMachine

from claimdesk.core import checking, edits
from claimdesk.core.claim import Article, Claim, Review, Span, Suggestion
from claimdesk.core.desk import Desk, search, words
from claimdesk.core.edits import Edit
from claimdesk.core.errors import DeskError
from claimdesk.core.evidence import Verdict
from claimdesk.core.hits import Hit, HitKind, Page, SearchFilter
from claimdesk.core.text import normalise

SAMPLES = Path(__file__).parents[2] / "data"

TEXT = """Harbour bridge to open 😀

The bridge will open on Monday, the transport minister Ayşe Demir said. Résidents 🙂 saw “cracks” in two pillars.

नगर निगम ने कहा कि पुल बंद रहेगा। 북한은 다리가 안전하다고 말했다. قالَ الوَزِيرُ إنّ الجِسرَ آمِن.

Мэр сказал, что мост закрыт. Ещё не всё. 東京都知事は橋が安全だと述べた。"""


def of(said: str) -> Span:
    """Where the words stand in the text."""
    return Span(TEXT.index(said), TEXT.index(said) + len(said))


CLAIMS = {
    "The bridge will open on Monday": ("official", "Ayşe Demir"),
    "cracks": ("witness", "Residents 🙂"),
    "पुल बंद रहेगा": ("official", "नगर निगम"),
    "다리가 안전하다": ("official", "북한"),
    "الجِسرَ آمِن": ("official", "الوزير"),
    "мост закрыт": ("media", "Мэр"),
}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with the article above, of the Morning Gazette of 2 May 2031, and its claims, which are all to review."""
    with Desk.open(tmp_path / "desk.db", who="Rosa") as opened:
        article = opened.add_article(
            Article(TEXT, "Harbour bridge to open 😀", "en-GB", of("Harbour bridge to open 😀"), outlet="Morning Gazette",
                    byline="Søren Kim", published="2031-05-02")
        )  # fmt: skip
        found = [Suggestion((of(said),), level=level, source_entity=name) for said, (level, name) in CLAIMS.items()]
        opened.commit(some(edits.take_suggestions([], article, found)))
        yield opened


def some(edit: Edit | None) -> Edit:
    assert edit is not None
    return edit


def hits(pages: tuple[Page, ...]) -> list[Hit]:
    return [hit for page in pages for hit in page.hits]


def marked(hit: Hit) -> list[str]:
    """The words that the snippet marks."""
    return [span.of(hit.snippet) for span in hit.marks]


def kinds(desk: Desk, query: str, chosen: SearchFilter | None = None) -> list[str]:
    return [hit.kind.value for hit in hits(desk.search(query, chosen))]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("bridge", ["article", "claim"]),
        ("BRID", ["article", "claim"]),
        ("brid open", []),
        ("open brid", ["article", "claim"]),
        ("“open on monday”", ["article", "claim"]),
        ('"monday open"', []),
        ('"open on mon', []),
        ("residents", ["article", "source"]),
        ("ayse", ["article", "source"]),
        ("monday ayse", ["article", "claim"]),
        ("gazette", ["article"]),
        ("soren", []),
        ("Søren", ["article"]),
        ("पुल", ["article", "claim"]),
        ("बंद पुल", ["article", "claim"]),
        ("प", []),
        ("निगम", ["article", "source"]),
        ("북한", ["article", "source"]),
        ("다리 안전", ["article", "claim"]),
        ("안전 다리", ["article", "claim"]),
        ("다", ["article", "claim"]),
        ("الجسر", ["article", "claim"]),
        ("الجِسرَ", ["article", "claim"]),
        ("الـوزير", ["article", "source"]),
        ("قال الوزير ان", ["article"]),
        ("мост", ["article", "claim"]),
        ("МЭР", ["article", "source"]),
        ("еще", ["article"]),
        ("橋", ["article"]),
        ("都知事", ["article"]),
        ("都事", []),
        ("cr\u00adacks", ["article", "claim"]),
        ("cracks—two", []),
        ("minister—Ayşe", ["article"]),
        ("😀 cracks 😀", ["article", "claim"]),
    ],
)
def test_words_are_found_in_every_script(desk: Desk, query: str, found: list[str]) -> None:
    assert kinds(desk, query) == found


@pytest.mark.parametrize(
    "query", ["", " ", "…", '"', '""', "“”", "*", "-", "🙂", "😀 👩‍👩‍👧", "\0", "\ud83d", "()", "^:{}"]
)
def test_nothing_is_found_where_nothing_is_asked(desk: Desk, query: str) -> None:
    assert desk.search(query) == tuple(Page(kind, (), None) for kind in HitKind)


@pytest.mark.parametrize(
    "query", ["bridge*", "(bridge", "bridge)", '"bridge', "^bridge", "{text}: bridge", "-bridge", "bridge:", "+bridge+"]
)
def test_the_syntax_of_the_index_is_nobodys_concern(desk: Desk, query: str) -> None:
    assert ("claim" in kinds(desk, query)) == ("text" not in query)


def test_operators_are_words_like_others(desk: Desk) -> None:
    for query in ("bridge NOT zebra", "bridge OR zebra", "NEAR(bridge open)", "bridge AND open"):
        assert kinds(desk, query) == []


HOSTILE = st.text(alphabet=st.sampled_from("\"'“”«»*^:(){}[]+-~\\;%_,.\0\ud83d🙂ا َक्‍北한 aAND OR NOT NEAR")) | st.text(
    max_size=40
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200)
@given(query=HOSTILE, source=HOSTILE, outlet=HOSTILE, language=HOSTILE)
def test_any_query_is_harmless(desk: Desk, query: str, source: str, outlet: str, language: str) -> None:
    desk.search(query)
    desk.search(query, SearchFilter(source=source, outlet=outlet, language=normalise(language)))
    desk.search("bridge", SearchFilter(source=source, outlet=outlet))


def test_a_query_as_long_as_an_article_is_harmless(desk: Desk) -> None:
    assert kinds(desk, f"{TEXT}\n" * 50) == ["article"]
    assert kinds(desk, f'"{TEXT}\n"' * 50) == ["article"]


def test_a_hit_says_where_it_is_and_marks_the_words(desk: Desk) -> None:
    article, claim = hits(desk.search("bridge monday"))
    assert (article.kind, article.article_id, article.claim_id, article.level, article.review) == (
        HitKind.ARTICLE, 1, None, "", None,
    )  # fmt: skip
    assert (article.title, article.outlet, article.published) == (
        "Harbour bridge to open 😀", "Morning Gazette", "2031-05-02",
    )  # fmt: skip
    assert article.snippet.startswith("The bridge will open on Monday, the")
    assert marked(article) == ["bridge", "Monday"]
    held = {claim.id: claim for claim in desk.claims(1)}
    assert claim.claim_id is not None
    assert held[claim.claim_id].content == (of("The bridge will open on Monday"),)
    assert (claim.level, claim.review, marked(claim)) == ("official", Review.SUGGESTED, ["bridge", "Monday"])


@pytest.mark.parametrize(
    ("query", "words_marked"),
    [("cracks", ["cracks"]), ("пост мост", []), ("мост", ["мост"]), ("북한 다리", ["북한은", "다리가"]), ("الجسر", ["الجِسرَ"]),
     ("都知", ["都知"]), ("बंद", ["बंद"]), ('"two pillars" residents', ["Résidents", "two pillars"]), ("gaz", ["Gazette"])],
)  # fmt: skip
def test_words_are_marked_behind_emoji_and_in_every_script(desk: Desk, query: str, words_marked: list[str]) -> None:
    assert [marked(hit) for hit in hits(desk.search(query, kinds=[HitKind.ARTICLE]))] == [words_marked][
        : bool(words_marked)
    ]


def test_a_source_is_shown_with_what_it_says(desk: Desk) -> None:
    (hit,) = hits(desk.search("dem", kinds=[HitKind.SOURCE]))
    assert hit.snippet == "Ayşe Demir: The bridge will open on Monday"
    assert marked(hit) == ["Demir"]


def test_those_through_whom_a_claim_came_are_found_too(desk: Desk) -> None:
    claims = desk.claims(1)
    desk.commit(
        Edit(edits.Verb.NAME_SOURCE, "Name", 1, (edits.Change(claims[0], replace(claims[0], via=("Reuters", "김"))),))
    )
    for query in ("reuters", "김", "demir reut"):
        assert [hit.claim_id for hit in hits(desk.search(query, kinds=[HitKind.SOURCE]))] == [claims[0].id]


def test_a_snippet_is_short_and_shows_where_most_words_stand_together(desk: Desk) -> None:
    filler = "Nothing to see here at all. " * 40
    text = f"{filler}\n\nThe ferry was late.\n\n{filler}पुल 🙂 the ferry\nto the harbour, said the captain. {filler}"
    desk.add_article(Article(text, "T"))
    (hit,) = hits(desk.search("captain ferry", kinds=[HitKind.ARTICLE]))
    assert marked(hit) == ["ferry", "captain"]
    assert hit.snippet.startswith("… ")
    assert hit.snippet.endswith(" …")
    assert "the ferry to the harbour, said the captain." in hit.snippet
    assert len(hit.snippet) < 200


def test_a_beginning_is_found_however_many_words_begin_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "_LONGER", 3)
    for number in range(6):
        desk.add_article(Article(f"ferry{number} to harbour{number}", "T"))
        for query in ("ferr", "ferry", "fe", "to harb", '"ferry0 to" harbour0'):
            expected = 1 if "0" in query else number + 1
            found = [hit for hit in hits(desk.search(query, kinds=[HitKind.ARTICLE])) if hit.title == "T"]
            assert len(found) == expected


def test_the_newest_come_first_page_after_page(desk: Desk) -> None:
    for number in range(25):
        desk.add_article(Article(f"ferry {number}", f"Ferry {number}"))
    seen: list[int] = []
    before: int | None = None
    for _ in range(4):
        (page,) = desk.search("ferry", kinds=[HitKind.ARTICLE], limit=10, before=before)
        seen += [hit.article_id for hit in page.hits]
        before = page.further
        if before is None:
            break
    assert seen == list(range(26, 1, -1))
    assert before is None


def test_a_page_that_looked_at_enough_says_where_to_go_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "LOOK_AT", 2)
    for number in range(7):
        desk.add_article(Article(f"ferry {number}", "F", published="2031-01-01" if number == 0 else ""))
    pages: list[Page] = []
    before: int | None = None
    while not pages or before is not None:
        (page,) = desk.search("ferry", SearchFilter(since=date(2030, 1, 1)), kinds=[HitKind.ARTICLE], before=before)
        pages.append(page)
        before = page.further
    assert [len(page.hits) for page in pages] == [0, 0, 0, 1]


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        (SearchFilter(level="official"), ["article", "claim"]),
        (SearchFilter(level="denial"), []),
        (SearchFilter(review=Review.SUGGESTED), ["article", "claim"]),
        (SearchFilter(review=Review.ACCEPTED), []),
        (SearchFilter(source="demir"), ["article", "claim"]),
        (SearchFilter(source="Residents"), ["article"]),
        (SearchFilter(source="demir", level="witness"), []),
        (SearchFilter(source="…"), []),
        (SearchFilter(outlet="morning"), ["article", "claim"]),
        (SearchFilter(outlet="evening"), []),
        (SearchFilter(language="en"), ["article", "claim"]),
        (SearchFilter(language="EN-gb"), ["article", "claim"]),
        (SearchFilter(language="e"), []),
        (SearchFilter(since=date(2031, 5, 2), until=date(2031, 5, 2)), ["article", "claim"]),
        (SearchFilter(since=date(2031, 5, 3)), []),
        (SearchFilter(until=date(2031, 5, 1)), []),
    ],
)
def test_filters_narrow_what_is_found(desk: Desk, chosen: SearchFilter, found: list[str]) -> None:
    assert kinds(desk, "bridge", chosen) == found


def test_claims_and_their_articles_are_found_by_verdict(desk: Desk) -> None:
    claims = desk.claims(1)
    desk.commit(
        some(checking.set_verdict(claims, claims[0].id, Verdict.REFUTED, "No. 🙂", who="Rosa", day="2031-05-02"))
    )
    assert kinds(desk, "bridge", SearchFilter(verdict=Verdict.REFUTED)) == ["article", "claim"]
    assert kinds(desk, "पुल", SearchFilter(verdict=Verdict.REFUTED)) == ["article"]
    assert kinds(desk, "bridge", SearchFilter(verdict=Verdict.CONFIRMED)) == []
    desk.undo(1)
    assert kinds(desk, "bridge", SearchFilter(verdict=Verdict.REFUTED)) == []


def test_dismissed_claims_are_found_only_when_asked_for(desk: Desk) -> None:
    claims = desk.claims(1)
    desk.commit(some(edits.dismiss(claims, [claims[0].id])))
    assert kinds(desk, "bridge") == ["article"]
    assert kinds(desk, "bridge", SearchFilter(review=Review.DISMISSED)) == ["article", "claim"]


def test_an_article_without_a_day_lies_outside_every_stretch_of_days(desk: Desk) -> None:
    desk.add_article(Article("undated ferry", "T"))
    for chosen in (SearchFilter(since=date(1900, 1, 1)), SearchFilter(until=date(2100, 1, 1))):
        assert kinds(desk, "ferry", chosen) == []
    assert kinds(desk, "ferry") == ["article"]


def test_a_note_is_found_as_soon_as_it_is_written_and_no_longer_than_it_stands(desk: Desk) -> None:
    claims = desk.claims(1)
    desk.commit(some(edits.set_note(claims, claims[1].id, "Ask for the contract 🙂 करार")))
    (hit,) = hits(desk.search("करार contract"))
    assert (hit.kind, hit.claim_id, marked(hit)) == (HitKind.NOTE, claims[1].id, ["contract", "करार"])
    desk.undo(1)
    assert kinds(desk, "contract") == []
    desk.redo(1)
    assert kinds(desk, "contract") == ["note"]


def test_a_claim_that_was_undone_is_not_found(desk: Desk) -> None:
    desk.undo(1)
    assert kinds(desk, "bridge") == ["article"]
    desk.redo(1)
    assert kinds(desk, "bridge") == ["article", "claim"]


def test_an_edit_that_was_refused_leaves_the_index_alone(desk: Desk) -> None:
    claims = desk.claims(1)
    old = some(edits.set_note(claims, claims[0].id, "mine"))
    desk.commit(some(edits.set_note(claims, claims[0].id, "theirs")))
    with pytest.raises(DeskError, match="changed meanwhile"):
        desk.commit(old)
    assert (kinds(desk, "mine"), kinds(desk, "theirs")) == ([], ["note"])


@pytest.mark.parametrize("schema", [1, 2, 3])
def test_an_older_desk_can_be_searched(schema: int, tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    shutil.copy(SAMPLES / f"desk-schema-{schema}.db", path)
    with Desk.open(path, who="Rosa") as desk:
        assert kinds(desk, "lighthouse") == ["article", "claim"]
        assert kinds(desk, "contract") == ["note"]
        assert kinds(desk, "gazette") == ["source"]
        assert kinds(desk, "दीपस्तंभ") == ["article", "claim"]
        assert kinds(desk, "등대") == ["article"]
        desk.undo(1)
        assert kinds(desk, "दीपस्तंभ") == ["article"]


def test_the_index_is_whole_in_the_eyes_of_sqlite(desk: Desk) -> None:
    desk.close()
    with closing(driver.connect(str(desk.path))) as connection:
        for table in ("article_search", "claim_search"):
            connection.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")


LETTERS = "".join(chr(point) for point in range(0x20, 0x3000, 7)) + "가각한北京あア𞤀𝔸ﬁß"


@given(text=st.text(alphabet=st.sampled_from(LETTERS) | st.characters(exclude_categories=["Cs"]), max_size=30))
def test_sqlite_takes_for_words_what_we_do(text: str) -> None:
    """So that what the index finds can be marked, and what stands in a text is found."""
    text = normalise(text)
    with closing(driver.connect(":memory:", isolation_level=None)) as connection:
        connection.execute(f"CREATE VIRTUAL TABLE t USING fts5(words, {search._INDEX})")
        connection.execute("CREATE VIRTUAL TABLE v USING fts5vocab(t, instance)")
        connection.execute("INSERT INTO t (rowid, words) VALUES (1, ?)", [words.folded(text)])
        terms = [term for (term,) in connection.execute("SELECT term FROM v ORDER BY offset")]
    assert terms == [word for word, _, _ in words.words_of(text)]


def stands_in(phrase: words.Phrase, *texts: str) -> bool:
    """Whether the phrase stands in one of the texts, by reading them through."""
    asked = " ".join(phrase.words) + ("" if phrase.begins else " ")
    return any(f" {asked}" in " ".join(["", *(word for word, _, _ in words.words_of(text)), ""]) for text in texts)


class SearchMachine(UndoMachine):
    """Whatever is done, undone and done again, and across restarts: a search finds what reading everything finds."""

    @invariant()
    def the_index_says_what_the_claims_say(self) -> None:
        said = {claim.id: self.said(claim) for claim in self.claims if claim.review is not Review.DISMISSED}
        for query in sorted({word for texts in said.values() for text in texts for word in text.split()})[:40:3]:
            for kind, column in ((HitKind.CLAIM, 0), (HitKind.NOTE, 1), (HitKind.SOURCE, 2)):
                pages = self.desk.search(query, kinds=[kind], limit=1000)
                asked = words.read(query)
                held = [
                    claim_id
                    for claim_id, texts in said.items()
                    if asked
                    and all(stands_in(phrase, *(texts if column < 2 else texts[2:])) for phrase in asked)
                    and any(stands_in(phrase, texts[column]) for phrase in asked)
                ]
                assert [hit.claim_id for hit in hits(pages)] == sorted(held, reverse=True)

    def said(self, claim: Claim) -> tuple[str, str, str]:
        names = [claim.source_name, *claim.via] if claim.source_name else claim.via
        return claim.hull.of(self.article.text), claim.note, ", ".join(names)


TestSearch = SearchMachine.TestCase
TestSearch.settings = settings(
    max_examples=15, stateful_step_count=20, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
