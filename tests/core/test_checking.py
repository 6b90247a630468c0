"""The verbs of checking, and what they make plain data of."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.checked import CHECKS, Check

from claimdesk.core import checking, edits
from claimdesk.core.claim import Article, Claim, Span
from claimdesk.core.errors import EditError
from claimdesk.core.evidence import AnonymityCheck, Credibility, Evidence, EvidenceKind, Reliability, Terms, Verdict

TWO = [Claim(1, 7, (Span(0, 3),)), Claim(2, 7, (Span(4, 9),))]


@given(changes=st.lists(CHECKS, max_size=6))
def test_a_checked_claim_is_the_same_after_it_was_plain_data(changes: list[Check]) -> None:
    claims = TWO
    for change in changes:
        edit = change(claims, 1)
        if edit is not None and edit.changes[0].after is not None:
            claims = [edit.changes[0].after, TWO[1]]
    assert Claim.from_json(json.loads(json.dumps(claims[0].to_json()))) == claims[0]


@given(change=CHECKS)
def test_what_is_so_already_is_no_edit(change: Check) -> None:
    edit = change(TWO, 1)
    if edit is not None and edit.changes[0].after is not None:
        assert change([edit.changes[0].after, TWO[1]], 1) is None


def test_terms_are_set_for_many_claims_in_one_edit() -> None:
    edit = checking.set_terms(TWO, [1, 2], Terms.BACKGROUND)
    assert edit is not None
    assert (edit.sentence, len(edit.changes)) == ("Terms of 2 claims", 2)


def test_a_verdict_says_who_gave_it_and_when_and_is_taken_back_with_both() -> None:
    given_one = checking.set_verdict(TWO, 1, Verdict.REFUTED, " पुल खुला है 🙂 ", who="Rosa", day="2026-03-01")
    assert given_one is not None
    after = given_one.changes[0].after
    assert after is not None
    assert (after.verdict, after.rationale) == (Verdict.REFUTED, "पुल खुला है 🙂")
    assert (after.checked_by, after.checked_at) == ("Rosa", "2026-03-01")
    back = checking.set_verdict([after], 1, None, after.rationale, who="Ben", day="2026-03-02")
    assert back is not None
    assert back.changes[0].after is not None
    assert (back.changes[0].after.checked_by, back.changes[0].after.rationale) == ("", "पुल खुला है 🙂")


def test_names_are_tidied_and_kept_once() -> None:
    edit = checking.set_second_sources(TWO, 1, [" 김  용균 ", "", "김 용균", "Ana"])
    assert edit is not None
    assert edit.changes[0].after is not None
    assert edit.changes[0].after.names == ("김 용균", "Ana")


def test_the_answered_questions_stand_in_their_own_order() -> None:
    edit = checking.set_anonymity(TWO, 1, [AnonymityCheck.MOTIVE, AnonymityCheck.IDENTITY])
    assert edit is not None
    assert edit.changes[0].after is not None
    assert edit.changes[0].after.anonymity == (AnonymityCheck.IDENTITY, AnonymityCheck.MOTIVE)


def test_a_grade_is_written_as_checkers_write_it() -> None:
    seen = Evidence(EvidenceKind.URL, "https://example.org", reliability=Reliability.B, credibility=Credibility.TWO)
    assert (seen.grade, Evidence(EvidenceKind.FILE, "a.pdf").grade) == ("B2", "")
    assert Evidence(EvidenceKind.FILE, "a.pdf", credibility=Credibility.SIX).grade == "–6"


def test_an_article_keeps_a_title() -> None:
    article = Article("पुल बंद है।", "पुल", id=7)
    with pytest.raises(EditError, match="An article needs a title"):
        edits.describe_article(article, article.details.__class__(" \n "))
    assert edits.describe_article(article, article.details) is None


@pytest.mark.parametrize(("place", "page"), [(0, 1), (9, 1), (10, 2), (30, 3)])
def test_a_place_has_a_page(place: int, page: int) -> None:
    assert Article("x" * 40, "T", pages=(0, 10, 25)).page(place) == page
    assert Article("x" * 40, "T").page(place) is None
