"""What nobody in particular says has no source."""

import pytest

from claimdesk.core.claim import Span
from claimdesk.core.page import paragraphs
from claimdesk.core.suggest.attribution import Attribution
from claimdesk.core.suggest.rumours import of_nobody, rumours
from claimdesk.core.suggest.silence import is_no_claim


def of(text: str, words: str) -> tuple[Span, ...]:
    start = text.index(words)
    return (Span(start, start + len(words)),)


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("It is believed that the driver fell asleep.", "It is believed", "that the driver fell asleep"),
        ("It was widely feared that the dam would burst. It held.", "It was widely feared", "that the dam would burst"),
        ("There is speculation that the coach will leave.", "speculation", "that the coach will leave"),
        ("Rumours spread that the plant would close 😀.", "Rumours spread", "that the plant would close 😀"),
    ],
)
def test_a_rumour_is_found_without_a_source(text: str, cue: str, content: str) -> None:
    (found,) = rumours(text, paragraphs(text), [])
    assert (found.cue, found.content, found.source) == (of(text, cue), of(text, content), ())


@pytest.mark.parametrize(
    "text",
    [
        "Her suspicion that he lied was right.",
        "Ann Lee's suspicion that he lied was right.",
        "They believed that it held.",
    ],
)
def test_what_somebody_suspects_is_no_rumour(text: str) -> None:
    assert list(rumours(text, paragraphs(text), [])) == []


def test_a_rumour_that_was_found_already_is_not_found_again() -> None:
    text = "It is believed that the driver fell asleep."
    said = Attribution(of(text, "the driver fell asleep"), (), of(text, "is believed"), 0.9)
    assert list(rumours(text, paragraphs(text), [said])) == []


@pytest.mark.parametrize(
    ("text", "source", "cue", "keeps"),
    [
        ("Norland fell silent, leading to speculation that it may leave.", "Norland", "speculation", False),
        ("Rumours spread that it may leave.", "Rumours", "spread", False),
        ("Norland's suspicion that it may leave grew.", "Norland's", "suspicion", True),
        ("Norland said that it may leave.", "Norland", "said", True),
    ],
)
def test_only_who_owns_a_rumour_is_its_source(text: str, source: str, cue: str, *, keeps: bool) -> None:
    said = Attribution(of(text, "that it may leave"), of(text, source), of(text, cue), 0.9)
    assert of_nobody(text, said).source == (said.source if keeps else ())


@pytest.mark.parametrize(
    ("text", "content", "cue", "nothing"),
    [
        ("The office declined to comment on it.", "to comment on it", "declined", True),
        ("He said this.", "this", "said", True),
        ("He denied this.", "this", "denied", False),
        ("He said no comment would change it.", "no comment would change it by May or at all in this or any year to come", "said", False),
    ],
)  # fmt: skip
def test_silence_and_empty_words_claim_nothing(text: str, content: str, cue: str, *, nothing: bool) -> None:
    if content not in text:
        text = f"He {cue} {content}."
    assert is_no_claim(text, Attribution(of(text, content), (), of(text, cue), 0.9)) is nothing
