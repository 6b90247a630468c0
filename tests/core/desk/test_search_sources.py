"""Sources are found by all that the register knows of them, from the moment it knows that and no longer."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from claimdesk.core import edits, sources
from claimdesk.core.claim import Article, Span, Suggestion
from claimdesk.core.desk import Desk
from claimdesk.core.hits import Hit, HitKind, SearchFilter
from claimdesk.core.sources import Source

SAID = {
    "Kim Yong-kyun": "the pier is old 🛳️",
    "Kim": "the ferry stops",
    "नगर निगम": "पुल बंद रहेगा",
    "الوزير": "الجسر آمن",
    "나연": "다리가 안전하다",
}
TEXT = "".join(f"{name} — {words}.\n" for name, words in SAID.items())
KNOWN = {
    "Kim Yong-kyun": {"role": "harbour master", "affiliation": "Port of Busan", "aliases": ("김용균", "Y. K. Kim")},
    "नगर निगम": {"affiliation": "लखनऊ", "aliases": ("Municipal Corporation",)},
    "الوزير": {"role": "وزير النقل", "aliases": ("Transport Minister",)},
    "나연": {"role": "변호사", "aliases": ("Nayeon 🙂",)},
}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Five sources with a claim each, of four of whom more is known than their names."""
    with Desk.open(tmp_path / "desk.db", who="Rosa") as opened:
        article = opened.add_article(Article(TEXT, "Harbour", outlet="Gazette"))
        found = [Suggestion((span(words),), level="official", source_entity=name) for name, words in SAID.items()]
        suggested = edits.take_suggestions([], article, found)
        assert suggested is not None
        opened.commit(suggested)
        for name, known in KNOWN.items():
            describe(opened, name, **known)
        yield opened


def span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def called(desk: Desk, name: str) -> Source:
    return next(entry.source for entry in desk.register() if entry.source.name == name)


def describe(desk: Desk, name: str, **known: object) -> None:
    before = called(desk, name)
    edit = sources.describe(desk.register(), [], before, replace(before, **known))  # type: ignore[arg-type]
    assert edit is not None
    desk.commit_register(edit)


def hits(desk: Desk, query: str, chosen: SearchFilter | None = None) -> list[Hit]:
    (page,) = desk.search(query, chosen, kinds=[HitKind.SOURCE])
    return list(page.hits)


def said(desk: Desk, query: str, chosen: SearchFilter | None = None) -> list[str]:
    """What those say who are found, newest first."""
    claims = {claim.id: claim.content[0].of(TEXT) for claim in desk.claims(1)}
    return [claims[hit.claim_id or 0] for hit in hits(desk, query, chosen)]


@pytest.mark.parametrize(("query", "name"), [
        ("harbour master", "Kim Yong-kyun"), ("busan", "Kim Yong-kyun"), ("kim harb", "Kim Yong-kyun"), ("김용", "Kim Yong-kyun"),
        ('"port of busan"', "Kim Yong-kyun"), ("लखनऊ", "नगर निगम"), ("municipal", "नगर निगम"), ("निगम लखनऊ", "नगर निगम"),
        ("النقل", "الوزير"), ("وَزِير النَّقل", "الوزير"), ("transport minister", "الوزير"), ("변호", "나연"), ("nayeon", "나연"),
    ],
)  # fmt: skip
def test_a_source_is_found_by_role_affiliation_and_alias(desk: Desk, query: str, name: str) -> None:
    assert said(desk, query) == [SAID[name]]


def test_the_hit_shows_and_marks_what_was_found(desk: Desk) -> None:
    (hit,) = hits(desk, "kim harbour busan")
    assert hit.snippet == "Kim Yong-kyun (harbour master, Port of Busan, 김용균, Y. K. Kim): the pier is old 🛳️"
    assert [mark.of(hit.snippet) for mark in hit.marks] == ["Kim", "harbour", "Busan", "Kim"]
    (hit,) = hits(desk, "변호사")
    assert hit.snippet == "나연 (변호사, Nayeon 🙂): 다리가 안전하다"
    assert [mark.of(hit.snippet) for mark in hit.marks] == ["변호사"]
    (hit,) = hits(desk, "yong")
    assert hit.snippet == "Kim Yong-kyun: the pier is old 🛳️"


def test_names_are_found_as_before_and_none_twice(desk: Desk) -> None:
    assert sorted(said(desk, "kim")) == [SAID["Kim"], SAID["Kim Yong-kyun"]]
    assert said(desk, "ferry") == []


def test_a_source_is_found_by_what_is_known_of_it_now(desk: Desk) -> None:
    describe(desk, "Kim", role="skipper")
    assert said(desk, "skipper") == [SAID["Kim"]]
    desk.undo_register()
    assert said(desk, "skipper") == []
    desk.redo_register()
    assert said(desk, "skipper") == [SAID["Kim"]]
    describe(desk, "Kim", role="")
    assert said(desk, "skipper") == []


def test_a_merged_source_is_found_by_what_was_known_of_either(desk: Desk) -> None:
    kept, gone = called(desk, "Kim"), called(desk, "Kim Yong-kyun")
    claims = [one.claim for one in desk.claims_of(gone.id)]
    desk.commit_register(sources.merge(desk.register(), claims, kept, gone))
    assert sorted(said(desk, "harbour master")) == [SAID["Kim"], SAID["Kim Yong-kyun"]]
    assert sorted(said(desk, "yong-kyun")) == [SAID["Kim"], SAID["Kim Yong-kyun"]]
    desk.undo_register()
    assert said(desk, "harbour master") == [SAID["Kim Yong-kyun"]]


def test_the_filter_by_source_knows_the_same(desk: Desk) -> None:
    chosen = SearchFilter(source="harbour master")
    found = [hit for page in desk.search("the", chosen) for hit in page.hits]
    assert [(hit.kind, hit.snippet) for hit in found if hit.claim_id] == [(HitKind.CLAIM, "the pier is old 🛳️")]
    assert [hit.kind for hit in found] == [HitKind.ARTICLE, HitKind.CLAIM]
    assert said(desk, "kim", SearchFilter(source="पुल")) == []
    assert said(desk, "port", SearchFilter(source="김용균")) == [SAID["Kim Yong-kyun"]]
    assert said(desk, "port", SearchFilter(source="लखनऊ")) == []
    assert said(desk, "kim", SearchFilter(source="ferry")) == []


def test_hits_come_newest_first_page_after_page(desk: Desk) -> None:
    describe(desk, "Kim", affiliation="Port of Busan")
    article = desk.add_article(Article("One. Two. Three.", "T"))
    for words, name in (("One", "Kim"), ("Two", "Kim Yong-kyun"), ("Three", "Kim")):
        start = article.text.index(words)
        claims = desk.commit(done(edits.mark([], article, start, start + len(words), "official"))).changes
        marked = [change.after for change in claims if change.after]
        desk.commit(done(edits.name_source(marked, marked[0].id, name)))
    found: list[int] = []
    before: int | None = None
    while True:
        (page,) = desk.search("busan", kinds=[HitKind.SOURCE], limit=2, before=before)
        found += [hit.claim_id for hit in page.hits if hit.claim_id]
        before = page.further
        if before is None:
            break
    assert len(found) == len(set(found)) == 5
    assert found == sorted(found, reverse=True)


def done(edit: edits.Edit | None) -> edits.Edit:
    assert edit is not None
    return edit


def test_no_name_and_nothing_known_is_cut_so_that_all_of_it_can_be_hidden(desk: Desk) -> None:
    role = "deputy " * 40 + "harbour police officer"
    describe(desk, "Kim", role=role)
    (hit,) = hits(desk, "police")
    assert hit.snippet.startswith(f"Kim ({role}): the ferry")
