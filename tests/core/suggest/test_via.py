"""Through whom words came to the article: outlets that carried them, people whom an outlet quotes."""

import time

import pytest

from claimdesk.core.claim import Span, Spans
from claimdesk.core.suggest import via
from claimdesk.core.suggest.attribution import Attribution


def spans(text: str, words: str) -> Spans:
    if not words:
        return ()
    start = text.index(words)
    return (Span(start, start + len(words)),)


def chain(text: str, source: str, cue: str, content: str) -> tuple[str, ...]:
    return via.of(text, Attribution(spans(text, content), spans(text, source), spans(text, cue), 0.9))


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "names"),
    [
        ("Holt told Reuters that the dam broke.", "Holt", "told", "that the dam broke", ("Reuters",)),
        ("Holt told the New York Times on Monday that it broke.", "Holt", "told", "that it broke", ("New York Times",)),
        ("Holt told The Associated Press it broke. She told Reuters nothing.", "Holt", "told", "it broke", ("Associated Press",)),
        ("The envoy told Latvia's news agency TASS that it broke.", "The envoy", "told", "that it broke", ("news agency TASS",)),
        ("The envoy told a local newspaper that it broke.", "The envoy", "told", "that it broke", ("local newspaper",)),
        ("“It broke,” Holt said in an interview with the BBC.", "Holt", "said", "“It broke,”", ("BBC",)),
        ("Speaking to Sky News, Holt said the dam broke.", "Holt", "said", "the dam broke", ("Sky News",)),
        ("Holt said on CNN's “Morning Desk” that it broke.", "Holt", "said", "that it broke", ("CNN",)),
        ("“It broke,” Holt was quoted by Xinhua as saying.", "Holt", "was quoted by Xinhua as saying", "“It broke,”", ("Xinhua",)),
        ("Holt said the dam broke, according to the Guardian.", "Holt", "said", "the dam broke", ("Guardian",)),
        ("The dam broke, Holt said, Reuters reported.", "Holt", "said", "The dam broke", ("Reuters",)),
        (f"Holt said the dam broke {'and broke ' * 40}in May, the Daily Mail reported.", "Holt", "said",
         f"the dam broke {'and broke ' * 40}in May", ("Daily Mail",)),
        ("State media quoted officials as saying that it broke.", "State media", "quoted", "that it broke", ("officials",)),
        ("The Guardian, citing people familiar with the talks, reported that it broke.", "The Guardian", "reported",
         "that it broke", ("people familiar with the talks",)),
        ("The dam broke, Reuters reported, citing two engineers.", "Reuters", "reported", "The dam broke", ("two engineers",)),
        ("According to a report by the Guardian that quoted two engineers, it broke.",
         "a report by the Guardian that quoted two engineers", "According to", "it broke", ("two engineers",)),
    ],
)  # fmt: skip
def test_the_chain_names_who_stands_between(
    text: str, source: str, cue: str, content: str, names: tuple[str, ...]
) -> None:
    assert chain(text, source, cue, content) == names


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("Holt told reporters the dam broke.", "Holt", "told", "the dam broke"),
        ("Holt told the committee that it broke.", "Holt", "told", "that it broke"),
        ("Holt told Anna Lind that it broke.", "Holt", "told", "that it broke"),
        ("Holt said she had told Reuters in May.", "Holt", "said", "she had told Reuters in May"),
        ("Holt, whose son told Reuters he was ill, said the dam broke.", "Holt", "said", "the dam broke"),
        ("Lind told Reuters nothing. Holt said the dam broke.", "Holt", "said", "the dam broke"),
        ("Holt said the dam broke. The road is shut, according to the Guardian.", "Holt", "said", "the dam broke"),
        ("Lind spoke to Reuters. Holt said the dam broke.", "Holt", "said", "the dam broke"),
        ("The dam broke, said a journalist of the BBC.", "a journalist of the BBC", "said", "The dam broke"),
        ("Reuters reported that the dam broke.", "Reuters", "reported", "that the dam broke"),
        ("The Guardian, citing the weather, reported that it broke.", "The Guardian", "reported", "that it broke"),
        ("There are fears that the dam broke.", "", "fears", "that the dam broke"),
        ("Holt said in an interview on Monday that it broke.", "Holt", "said", "that it broke"),
    ],
)  # fmt: skip
def test_where_nobody_stands_between_there_is_no_chain(text: str, source: str, cue: str, content: str) -> None:
    assert chain(text, source, cue, content) == ()


def test_many_claims_in_one_long_line_take_time_in_proportion() -> None:
    one = "Holt told Reuters the dam broke, and "
    text = one * 3_000
    began = time.process_time()
    for start in range(0, len(text), len(one)):
        said = Attribution(
            (Span(start + 18, start + 31),), (Span(start, start + 4),), (Span(start + 5, start + 9),), 0.9
        )
        via.of(text, said)
    assert time.process_time() - began < 3
