"""Two reviews of one article: what agrees stays, what only one has is added, the rest is chosen; nothing is lost silently."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimdesk.core import checking, edits, sources
from claimdesk.core.case import Case
from claimdesk.core.claim import Article, Claim, Link, LinkKind, Origin, Review, Span
from claimdesk.core.confidential import Mask
from claimdesk.core.desk import Desk
from claimdesk.core.errors import EditError
from claimdesk.core.evidence import Evidence, EvidenceKind, Stance, Verdict
from claimdesk.core.merging import Comparison, compare, kappa, merged

TEXT = "पुल 🙂 खुलेगा, मंत्री ने कहा। The bridge is safe, 김 said. الجسر آمن. Two cracks were found in the pillars."
NOBODY = Mask([])


def of(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def claim(number: int, words: str, level: str = "official", **more: Any) -> Claim:
    return replace(Claim(number, 1, (of(words),), level=level, review=Review.ACCEPTED, origin=Origin.PERSON), **more)


ARTICLE = Article(TEXT, "पुल 🙂", id=1)
BRIDGE, CRACKS, HINDI, ARABIC = "The bridge is safe", "Two cracks were found", "पुल 🙂 खुलेगा", "الجسر آمن"


def comparison(mine: list[Claim], theirs: list[Claim], mask: Mask = NOBODY) -> Comparison:
    return compare(ARTICLE, mine, Case(replace(ARTICLE, id=9), tuple(theirs)), mask)


def after(found: Comparison, *fields: str) -> dict[int, Claim]:
    """The claims after a merge in which theirs was chosen in these fields."""
    edit = merged(found, [one.choice for one in found.disagreements if one.field in fields])
    claims = {one.id: one for one in found.claims}
    return claims | {c.claim_id: c.after for c in (edit.changes if edit else ()) if c.after}


def test_claims_match_by_their_words_exactly_and_then_by_most_of_them() -> None:
    longer = "Two cracks were found in the pillars"
    found = comparison(
        [claim(1, BRIDGE), claim(2, CRACKS), claim(3, HINDI)],
        [claim(70, longer), claim(71, BRIDGE), claim(72, ARABIC), claim(73, "पुल")],
    )
    assert [(pair.mine.id, pair.theirs.content) for pair in found.pairs] == [(1, (of(BRIDGE),)), (2, (of(longer),))]
    assert [one.content for one in found.added] == [(of(ARABIC),), (of("पुल"),)]
    (words,) = [one for one in found.disagreements if one.claim_id == 2]
    assert (words.label, words.theirs) == ("Words", "Two cracks were found in the pillars")


def test_what_only_they_have_is_added_with_its_links_and_what_only_i_have_stays() -> None:
    denial = claim(80, ARABIC, "denial", links=(Link(LinkKind.DENIES, 81),))
    found = comparison([claim(5, BRIDGE), claim(6, HINDI)], [claim(81, BRIDGE), denial])
    claims = after(found)
    assert (found.agreeing, found.only_mine, found.disagreements) == (1, 1, ())
    assert set(claims) == {5, 6, -1}
    assert claims[-1].links == (Link(LinkKind.DENIES, 5),)
    assert claims[6] == claim(6, HINDI)


def test_disagreements_stay_mine_unless_theirs_is_chosen_each_for_itself() -> None:
    mine = claim(
        1, BRIDGE, note="मेरा", verdict=Verdict.CONFIRMED, rationale="seen", checked_by="Rosa", source_name="김"
    )
    theirs = claim(
        4,
        BRIDGE,
        "expert",
        note="उनका 🙂",
        verdict=Verdict.REFUTED,
        rationale="not so",
        checked_by="राधा",
        source_name="Kim",
    )
    found = comparison([mine], [theirs])
    assert {one.field for one in found.disagreements} == {"level", "note", "verdict", "source_name"}
    told = {one.field: (one.mine, one.theirs) for one in found.disagreements}
    assert told["level"] == ("Official statement", "Expert analysis")
    assert told["verdict"] == ("Confirmed\nseen\nRosa", "Refuted\nnot so\nराधा")
    assert after(found) == {1: mine}
    chosen = after(found, "level", "verdict")[1]
    assert (chosen.level, chosen.verdict, chosen.rationale, chosen.checked_by) == (
        "expert",
        Verdict.REFUTED,
        "not so",
        "राधा",
    )
    assert (chosen.note, chosen.source_name) == ("मेरा", "김")


def test_lists_become_one_and_evidence_of_which_both_say_different_things_is_asked_for() -> None:
    first, second = (Evidence(EvidenceKind.URL, f"https://example.org/{n}") for n in "12")
    mine, theirs = (
        claim(1, BRIDGE, tags=("पानी",), evidence=(first,)),
        claim(2, BRIDGE, tags=("물", "पानी"), evidence=(second,)),
    )
    both = after(comparison([mine], [theirs]))[1]
    assert (both.tags, both.evidence) == (("पानी", "물"), (first, second))
    against = replace(first, stance=Stance.REFUTES)
    found = comparison([mine], [replace(theirs, evidence=(against, second))])
    assert [one.field for one in found.disagreements] == ["evidence"]
    assert after(found)[1].evidence == (first,)
    assert after(found, "evidence")[1].evidence == (against, second)


def test_what_nobody_reviewed_here_is_taken_from_who_did_and_not_the_other_way() -> None:
    untouched = replace(claim(1, BRIDGE), review=Review.SUGGESTED, origin=Origin.PROGRAM, confidence=0.6)
    reviewed = claim(2, BRIDGE, "expert", note="जाँचा 🙂")
    assert after(comparison([untouched], [reviewed]))[1].note == "जाँचा 🙂"
    assert comparison([untouched], [reviewed]).disagreements == ()
    assert after(comparison([replace(reviewed, id=1)], [replace(untouched, id=2)])) == {1: replace(reviewed, id=1)}


def test_a_pseudonym_of_my_own_source_is_no_disagreement() -> None:
    mask = Mask([sources.Source(1, "김용균", confidential=True, pseudonym="Source A")])
    mine = claim(1, BRIDGE, source_name="김용균", note="김용균 said 🙂")
    theirs = claim(1, BRIDGE, source_name="Source A", note="Source A said 🙂")
    assert comparison([mine], [theirs], mask).disagreements == ()
    assert {one.field for one in comparison([mine], [theirs]).disagreements} == {"source_name", "note"}


def test_another_text_is_refused() -> None:
    with pytest.raises(EditError, match="another text"):
        compare(ARTICLE, [], Case(Article("else", "else")), NOBODY)


@pytest.mark.parametrize(
    ("pairs", "wanted"),
    [
        ([], None), ([("a", "a")] * 3, None), ([("a", "a"), ("b", "b")], 1.0), ([("a", "b"), ("b", "a")], -1.0),
        # Cohen 1960: two judges on 100 things, .70 agreed, .41 expected by chance.
        ([("x", "x")] * 44 + [("x", "y")] * 5 + [("x", "z")] + [("y", "x")] * 7 + [("y", "y")] * 20 + [("y", "z")] * 3
         + [("z", "x")] * 9 + [("z", "y")] * 5 + [("z", "z")] * 6, 0.4915),
    ],
)  # fmt: skip
def test_kappa_is_cohens(pairs: list[tuple[str, str]], wanted: float | None) -> None:
    assert kappa(pairs) == (wanted if wanted is None else pytest.approx(wanted, abs=5e-4))


LEVELS = st.sampled_from(["official", "media", "denial", "expert"])
REVIEWED = st.lists(
    st.builds(
        lambda start, size, level, review, note: (start, size, level, review, note),
        st.integers(0, len(TEXT) - 2), st.integers(1, 30), LEVELS, st.sampled_from(Review), st.sampled_from(["", "नोट", "🙂"]),
    ), max_size=6,
)  # fmt: skip


def claims_of(drawn: list[tuple[int, int, str, Review, str]]) -> list[Claim]:
    return [
        Claim(
            place,
            1,
            (Span(start, min(len(TEXT), start + size)),),
            level=level,
            review=review,
            note=note,
            confidence=None,
        )
        for place, (start, size, level, review, note) in enumerate(drawn, 1)
    ]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(REVIEWED, REVIEWED, st.booleans())
def test_no_claim_and_no_word_of_either_side_is_lost(
    one: list[tuple[int, int, str, Review, str]], other: list[tuple[int, int, str, Review, str]], theirs: bool
) -> None:
    mine, others = claims_of(one), claims_of(other)
    found = comparison(mine, others)
    fields = {d.field for d in found.disagreements} if theirs else set()
    claims = after(found, *fields)
    assert len(claims) == len(mine) + len(found.added)
    assert len(found.pairs) + len(found.added) == len(others)
    for pair in found.pairs:
        merged_claim = claims[pair.mine.id]
        assert merged_claim.note in {pair.mine.note, pair.theirs.note}
        assert bool(merged_claim.note) == bool(pair.mine.note or pair.theirs.note)
        if not theirs:
            assert merged_claim.level == pair.mine.level
    assert comparison(mine, mine).disagreements == ()
    assert merged(comparison(mine, mine), ()) is None


# On desks


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    """The same article on two desks, reviewed in parallel."""
    with Desk.open(tmp_path / "mine.db", who="Rosa") as mine, Desk.open(tmp_path / "theirs.db", who="राधा") as theirs:
        article = mine.add_article(replace(ARTICLE, id=0))
        for words, level in ((BRIDGE, "official"), (CRACKS, "witness")):
            span = of(words)
            mine.commit(edits.mark(mine.claims(1), article, span.start, span.end, level))
        theirs.take_in(mine.bundle(1))
        yield mine, theirs


def test_a_merge_is_one_edit_with_an_undo_and_both_histories_stay(desks: tuple[Desk, Desk]) -> None:
    mine, theirs = desks

    def do(desk: Desk, verb: Callable[[list[Claim]], edits.Edit | None]) -> None:
        edit = verb(desk.claims(1))
        assert edit is not None
        desk.commit(edit)

    do(mine, lambda claims: edits.relevel(claims, [claims[0].id], "media"))
    do(theirs, lambda claims: edits.relevel(claims, [claims[0].id], "expert"))
    do(theirs, lambda claims: checking.set_question(claims, claims[1].id, "कौन सा स्तंभ? 🙂"))
    do(theirs, lambda claims: edits.mark(claims, theirs.article(1), *(of(ARABIC).start, of(ARABIC).end), "denial"))
    file = Evidence(EvidenceKind.FILE, "사진.jpg", sha256=theirs.keep_file(b"\xff\xd8"))
    do(theirs, lambda claims: checking.set_evidence(claims, claims[0].id, [file]))
    before, steps, sent = mine.claims(1), len(mine.history(1)), theirs.bundle(1)
    found = compare(mine.article(1), before, sent.case, NOBODY)
    assert [one.field for one in found.disagreements] == ["level"]
    done = mine.merge(merged(found, [one.choice for one in found.disagreements]), sent, 1)
    assert done is not None
    claims = mine.claims(1)
    assert [one.level for one in claims] == ["expert", "denial", "witness"]
    assert claims[2].question == "कौन सा स्तंभ? 🙂"
    assert mine.kept_file(claims[0].evidence[0].sha256) == b"\xff\xd8"
    assert len(mine.history(1)) == steps + 1
    assert mine.history(1)[-1].sentence == "Merge another review into 3 claims"
    elsewhere = [(deed.who, deed.sentence) for deed in mine.past_elsewhere(1)]
    assert elsewhere[1:3] == [
        ("राधा", "Take in 2 claims with their review"),
        ("राधा", "Relevel claim 1 as expert analysis"),
    ]
    assert not any(who == "Rosa" for who, _ in elsewhere)
    mine.undo(1)
    assert mine.claims(1) == before
    assert mine.verify_history() is None
    again = compare(mine.article(1), mine.claims(1), theirs.bundle(1).case, NOBODY)
    mine.merge(merged(again, ()), sent, 1)
    assert [(deed.who, deed.sentence) for deed in mine.past_elsewhere(1)] == elsewhere
