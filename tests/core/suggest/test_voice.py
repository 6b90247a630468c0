"""The author's own voice: what could be checked and names no source, in what the attributions leave of a sentence."""

import time

import pytest

from claimdesk.core.claim import Span, Suggestion
from claimdesk.core.resources import SAMPLE_ARTICLE
from claimdesk.core.suggest import voice
from claimdesk.core.suggest.lexicon import lexicon
from claimdesk.core.suggest.segments import sentences


def found(text: str, *taken: str) -> list[Suggestion]:
    """The assertions of all sentences, with the words in `taken` as those of attributions."""
    spans = [Span(text.index(words), text.index(words) + len(words)) for words in taken]
    claims: list[Suggestion] = []
    for sentence in sentences(text, ())[0]:
        here = tuple(span for span in spans if span.start < sentence.end and sentence.start < span.end)
        claims += voice.assertions(text, sentence, here, lexicon())
    return claims


def assertions(text: str, *taken: str) -> list[str]:
    return [claim.content[0].of(text) for claim in found(text, *taken)]


ARTICLES = [
    (
        "The Ostley mill was built in 1874. It looks lovely in the snow. Who would not want to live there? In March the owners sold"
        " it to Korn Foods for 14 million euros. Call 555-0101 to book a tour.",
        ["The Ostley mill was built in 1874", "In March the owners sold it to Korn Foods for 14 million euros"],
    ),
    (
        "KENDAL\n\nBelmar Bank employs 2,300 people in Ireland. We think that is a lot. You should ask your bank for its rates. Last year"
        " the bank paid a fine of 3 million euros.\n\nPhoto by Ann Lee, 2019",
        ["Belmar Bank employs 2,300 people in Ireland", "Last year the bank paid a fine of 3 million euros"],
    ),
    (
        "Norway beat Sweden 3-1 in Oslo on Sunday. Ida Moen scored twice. What a night! The stadium holds 28,000. Maybe Norway will win"
        " the cup.",
        ["Norway beat Sweden 3-1 in Oslo on Sunday"],
    ),
    (
        "The Danube is the second longest river in Europe. A trip along the Danube, with good wine. Read more about rivers here.",
        ["The Danube is the second longest river in Europe"],
    ),
    (
        "Parliament passed the water law in June by 81 votes to 40. The company did not respond to a request for comment on Friday.",
        ["Parliament passed the water law in June by 81 votes to 40"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ARTICLES)
def test_of_an_article_only_what_could_be_checked_is_found(text: str, expected: list[str]) -> None:
    assert assertions(text) == expected


@pytest.mark.parametrize(
    ("text", "taken", "expected"),
    [
        (
            "The ferry sank off Malta in 1994, although the line said it was safe.", ["the line", "said", "it was safe"],
            ["The ferry sank off Malta in 1994"],
        ),
        ("This comes after police said the ferry sank.", ["police", "said", "the ferry sank"], []),
        ("In a letter from May 2019 to the council, Holt said it broke.", ["Holt", "said", "it broke"], []),
        ("Holt said it broke, to the delight of 300 Swedish fans.", ["Holt", "said", "it broke"], []),
        ("Despite 14 warnings, the line bought the Halden in 1990, Holt said.", ["Despite 14 warnings, the line bought the Halden in 1990", "Holt", "said"], []),
    ],
)  # fmt: skip
def test_what_an_attribution_covers_is_nobody_elses_and_scraps_assert_nothing(
    text: str, taken: list[str], expected: list[str]
) -> None:
    assert assertions(text, *taken) == expected


def test_the_more_can_be_checked_the_surer_it_is() -> None:
    vague, exact = found(
        "The town of Ostley in Norway has a mill.\n\nOstley sold its largest mill in May 2019 for 14 million euros."
    )
    assert 0.5 <= vague.confidence < exact.confidence <= 0.9
    assert (exact.level, exact.source, exact.cue) == ("unattributed", (), ())
    assert all(word in exact.reason for word in ("a number", "a date", "a superlative", "names", "an event"))


@pytest.mark.parametrize(
    "text",
    [
        "A deal signed in Oslo in June.",
        "The 14 largest mills of Norway.",
        "“Ostley sold 14 mills in 2019.”",
        "Why Norway sold 14 mills in 2019",
        "Our readers sent us 300 letters in May.",
        "Subscribe to the Ostley Herald for 5 euros a month.",
        "Rain fell and the shops were full.",
    ],
)
def test_fragments_questions_instructions_and_talk_assert_nothing(text: str) -> None:
    assert found(text) == []


def test_the_four_assertions_of_the_sample_article_are_found() -> None:
    text = SAMPLE_ARTICLE.read_text(encoding="utf-8")
    taken = [
        "South Korea's Defense Minister, Kim Yong-kyun", "stated", "that North Korea is likely sending soldiers to Ukraine to assist Russian forces",
        "reports", "indicating", "that some have already been killed in action", "Ukrainian media", "reported",
        "the deaths of six North Korean officers in a missile strike near Donetsk on October 3", "Kim emphasized",
        "the high probability of North Korean casualties in Ukraine", "suggesting",
        "that more soldiers are expected to be deployed to support Russia's military operations", "both nations pledged",
        "mutual support in the event of third-party attacks", "previous reports have indicated",
        "that North Korean missiles may have been deployed in Ukraine", "both Moscow and Pyongyang have denied these claims",
        "South Korea has accused North Korea", "of supplying thousands of containers of weapons to Russia for use in Ukraine",
        "a move for which", "Pyongyang expressed gratitude", "speculation that",
        "it may abolish the landmark 1991 North-South Basic Agreement",
        "characterized inter-Korean relations as a 'special relationship formed temporarily in the process of unification.'",
    ]  # fmt: skip
    words = assertions(text, *taken)
    for told in (
        "a military cooperation agreement signed during Russian President Vladimir Putin's visit to Pyongyang in June",
        "Foreign fighters are present in both the Ukrainian and Russian militaries",
        "Moscow's veto at the UN Security Council in March effectively ended oversight of violations",
        "North Korea is currently holding a Supreme People's Assembly meeting",
    ):
        assert any(told in one for one in words), told


def test_a_sentence_of_thousands_of_words_comes_to_its_end() -> None:
    text = "the mill sold 14 boats, and " * 4_000
    began = time.process_time()
    found(text)
    assert time.process_time() - began < 3
