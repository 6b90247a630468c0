"""How certain a claim is worded: only hedges of its main assertion and of its cue count."""

import time

import pytest

from claimdesk.core.claim import Certainty, Span
from claimdesk.core.suggest import certainty
from claimdesk.core.suggest.certainty import Wording


def of(content: str, cue: str = "said") -> Wording:
    text = f"{cue} {content}"
    return certainty.of(text, (Span(len(cue) + 1, len(text)),), (Span(0, len(cue)),))


@pytest.mark.parametrize(
    "content",
    [
        "that the dam will hold",
        "the vote in May was close",
        "the bridge opened on May 3",
        "May was the driest month since 1911",
        "the bridge was closed because the river may rise",
        "the man who may have taken the car was arrested",
        "the firm, which could close next year, is owned by the state",
        "the song, “It Might Rain,” sold a million copies",
        "the mayor wrote: “It may rain,” and left",
        "he could not see the road",
        "she owns a shop that may be sold",
        "“We never sold it,”",
        "a third of likely voters backed the plan",
        "the reason was the fear of what might come",
    ],
)
def test_what_hedges_something_else_or_nothing_leaves_the_claim_certain(content: str) -> None:
    assert of(content) == Wording(Certainty.CERTAIN, ())


@pytest.mark.parametrize(
    ("content", "degree", "words"),
    [
        ("that the town is likely sending help to its neighbour", Certainty.PROBABLE, ("likely",)),
        ("the firm appears to have failed", Certainty.PROBABLE, ("appears to",)),
        ("more rain is expected to fall", Certainty.PROBABLE, ("expected to",)),
        ("a high probability of losses", Certainty.PROBABLE, ("probability",)),
        ("it is unlikely that the road opens", Certainty.PROBABLE, ("unlikely",)),
        ("the vote may be close", Certainty.POSSIBLE, ("may",)),
        ("Shipyard May Close", Certainty.POSSIBLE, ("May",)),
        ("if the dam breaks, the town could flood", Certainty.POSSIBLE, ("could",)),
        ("the man who saw it might come back", Certainty.POSSIBLE, ("might",)),
        ("as many as 20 people may have died", Certainty.POSSIBLE, ("may",)),
        ("“It may rain,”", Certainty.POSSIBLE, ("may",)),
        ("the plan “may work”", Certainty.POSSIBLE, ("may",)),
        ("the mayor allegedly took bribes", Certainty.ALLEGED, ("allegedly",)),
        ("the singer is said to own a castle", Certainty.ALLEGED, ("said to",)),
        ("the mill is probably old and might close", Certainty.POSSIBLE, ("probably", "might")),
    ],
)
def test_a_hedge_of_the_main_assertion_counts(content: str, degree: Certainty, words: tuple[str, ...]) -> None:
    assert of(content) == Wording(degree, words)


@pytest.mark.parametrize(
    ("cue", "degree"),
    [
        ("believes", Certainty.PROBABLE),
        ("have suggested", Certainty.PROBABLE),
        ("speculation that", Certainty.POSSIBLE),
        ("fears", Certainty.POSSIBLE),
        ("alleged", Certainty.ALLEGED),
        ("accused", Certainty.ALLEGED),
        ("reportedly", Certainty.ALLEGED),
        ("warned", Certainty.CERTAIN),
        ("according to", Certainty.CERTAIN),
        ("said in May", Certainty.CERTAIN),
        ("could not say", Certainty.CERTAIN),
    ],
)
def test_the_cue_can_hedge_too(cue: str, degree: Certainty) -> None:
    assert of("the dam will hold", cue).certainty is degree


def test_a_content_in_pieces_and_an_empty_cue_are_read() -> None:
    text = "“The dam,” she said, “may break.”"
    found = certainty.of(text, (Span(0, 10), Span(21, 33)), ())
    assert found == Wording(Certainty.POSSIBLE, ("may",))


@pytest.mark.parametrize("words", ["may who ", "“ said ", ", which ", "that ", '"'])
def test_a_content_of_twenty_thousand_words_comes_to_its_end(words: str) -> None:
    text = "said " + words * 20_000
    began = time.process_time()
    certainty.of(text, (Span(5, len(text)),), (Span(0, 4),))
    assert time.process_time() - began < 2
