"""A new version of an article: how alike the two are, and the claims that are carried over."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimdesk.core.claim import Article, Claim, Link, LinkKind, Review, Span
from claimdesk.core.edits import Verb
from claimdesk.core.text import normalise
from claimdesk.core.versions import carry_over, likeness

OLD = (
    "पुल बंद 🙂\n\nThe bridge is closed, the mayor said. The builder denied that it is unsafe.\n\n"
    "다리가 안전하다고 시장이 말했다. قال الوزير إن الجسر آمن."
)
ARTICLE = Article(OLD, "पुल बंद 🙂", id=1)
WORDS = st.sampled_from(["पुल", "बंद", "🙂", "다리가", "안전하다.", "قال", "the", "bridge", "is", "\n\n", "closed."])
TEXTS = st.lists(WORDS, max_size=30).map(" ".join).map(normalise)


def claim(number: int, words: str, source: str = "", **more: object) -> Claim:
    spans = tuple((Span(OLD.index(w), OLD.index(w) + len(w)),) if w else () for w in (words, source))
    return replace(Claim(number, 1, spans[0], spans[1], review=Review.ACCEPTED), **more)  # type: ignore[arg-type]


CLAIMS = [
    claim(5, "The bridge is closed", "the mayor", source_name="Ana Rao", level="official"),
    claim(6, "it is unsafe", "The builder", level="denial", links=(Link(LinkKind.DENIES, 5),)),
    claim(7, "다리가 안전하다", note="누가? 🙂"),
]


def carried(text: str, claims: list[Claim] = CLAIMS) -> tuple[list[Claim], tuple[Claim, ...]]:
    over = carry_over(ARTICLE, claims, Article(text, "T", id=2))
    return [change.after for change in over.edit.changes if change.after] if over.edit else [], over.lost


def test_claims_stand_at_the_same_words_of_a_longer_version() -> None:
    text = "UPDATE 👩‍👩‍👧\n\n" + OLD.replace("The builder denied", "On Monday the lawyers met. The builder denied")
    claims, lost = carried(text)
    assert [one.content[0].of(text) for one in claims] == ["The bridge is closed", "it is unsafe", "다리가 안전하다"]
    assert [one.source[0].of(text) for one in claims[:2]] == ["the mayor", "The builder"]
    assert lost == ()
    assert {one.article_id for one in claims} == {2}
    assert claims[1].links == (Link(LinkKind.DENIES, claims[0].id),)
    assert (claims[0].source_name, claims[0].review, claims[2].note) == ("Ana Rao", Review.ACCEPTED, "누가? 🙂")


def test_a_claim_whose_words_changed_is_lost_and_links_to_it_with_it() -> None:
    claims, lost = carried(OLD.replace("is closed", "was closed"))
    assert [one.id for one in lost] == [5]
    assert [one.links for one in claims] == [(), ()]


def test_a_claim_whose_source_changed_comes_without_its_span() -> None:
    text = OLD.replace("the mayor said", "the governor said")
    claims, lost = carried(text)
    assert (claims[0].source, claims[0].source_name, lost) == ((), "Ana Rao", ())


def test_suggestions_that_nobody_touched_are_left_to_be_made_anew() -> None:
    untouched = claim(9, "it is unsafe", review=Review.SUGGESTED, confidence=0.8)
    assert carried(OLD, [untouched]) == ([], ())
    assert len(carried(OLD, [replace(untouched, note="ask")])[0]) == 1
    assert len(carried(OLD, [replace(untouched, review=Review.DISMISSED)])[0]) == 1


def test_what_is_carried_over_is_one_edit() -> None:
    edit = carry_over(ARTICLE, CLAIMS, replace(ARTICLE, id=2)).edit
    assert edit is not None
    assert (edit.verb, edit.sentence, edit.article_id) == (
        Verb.CARRY_OVER,
        "Carry over 3 claims from the version before",
        2,
    )


@given(before=TEXTS, kept=TEXTS.filter(lambda text: bool(text.strip())), after=TEXTS, new=TEXTS, end=TEXTS)
def test_whatever_stands_around_a_claim_its_words_are_never_others(
    before: str, kept: str, after: str, new: str, end: str
) -> None:
    old = Article(f"{before}{kept}{after}", "T", id=1)
    one = Claim(1, 1, (Span(len(before), len(before) + len(kept)),), review=Review.ACCEPTED)
    text = f"{new}{kept}{end}"
    over = carry_over(old, [one], Article(text, "T", id=2))
    if over.edit is not None and over.edit.changes[0].after is not None:
        assert over.edit.changes[0].after.content[0].of(text) == kept
    else:
        assert over.lost == (one,)


@given(one=TEXTS, other=TEXTS)
def test_likeness_is_the_same_from_both_sides(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert likeness(one, one) == 1


@pytest.mark.parametrize(("other", "low", "high"), [(OLD + " More.", 0.9, 1), ("Quite another story.", 0, 0.2)])
def test_versions_are_alike_and_other_texts_are_not(other: str, low: float, high: float) -> None:
    assert low <= likeness(OLD, other) <= high
