"""An article is read from the place that is looked at outwards, and in the end its claims are those of one reading."""

from collections.abc import Callable, Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimdesk.core.claim import Article, Spans, Suggestion
from claimdesk.core.errors import Cancelled
from claimdesk.core.suggest import FIRST_PART, suggest, suggest_outwards
from claimdesk.core.suggest.learned import weights
from claimdesk.core.suggest.reading import Reading
from claimdesk.core.suggest.tagger import Tagger
from claimdesk.core.suggest.wanted import never
from claimdesk.core.suggest.windows import Window

PARAGRAPHS = [
    "Harbour master Maria Holt said that the crane 😀 fell at noon, with engineers warning that its cable was old.",
    "“Nobody was under it,” she said. “We had closed the quay in 2019.”",
    "“And we would close it again, whatever it costs the port.”",
    "Local media reported that the port had skipped three inspections. The port has denied these claims.",
    "There is speculation that the quay will be sold. نفى الوزير ذلك. According to 박지원, a docker, nobody asked the crew.",
    "“हमने कुछ नहीं देखा,” a guard told reporters in May, and the city council fined the owner 14,000 euros in 2021.",
    "The union accused Jan Novak of hiding the reports of the inspectors; Novak said he had never hidden any reports.",
    "He walked home. What happened then? The company declined to comment.",
]
ARTICLES = st.lists(st.sampled_from(PARAGRAPHS), min_size=1, max_size=40).map("\n\n".join)


def page(text: str) -> Article:
    return Article(text, "T", language="en")


def cues(claims: Iterable[Suggestion]) -> set[Spans]:
    return {claim.cue for claim in claims if claim.cue}


@settings(max_examples=15, deadline=None)
@given(ARTICLES, st.lists(st.tuples(st.floats(0, 1), st.integers(1, 2500)), max_size=6))
def test_in_whatever_order_an_article_is_read_its_claims_are_those_of_one_reading(
    text: str, parts: list[tuple[float, int]]
) -> None:
    whole = suggest(page(text)).claims
    reading = Reading(page(text), weights(), never)
    seen: set[Spans] = set()
    for place, length in parts:
        reading.read(int(place * len(text)), length)
        now = cues(reading.claims())
        assert seen <= now <= cues(whole)
        seen = now
    reading.read(0, len(text))
    assert reading.is_whole
    assert tuple(reading.claims()) == whole


LONG = "\n\n".join(f"{paragraph} That was on day {day}." for day in range(20) for paragraph in PARAGRAPHS)


def test_the_first_claims_are_those_around_the_place_that_is_looked_at() -> None:
    middle = len(LONG) // 2
    first = next(suggest_outwards(page(LONG), lambda: middle))
    places = [claim.content[0].start for claim in first.claims]
    assert not first.is_whole
    assert min(places) < middle < max(places)
    assert all(abs(place - middle) < FIRST_PART for place in places)


def test_a_part_begins_where_somebody_looks_by_then() -> None:
    looked_at = iter([0, len(LONG) - 1, 0, 0, 0])
    parts = suggest_outwards(page(LONG), lambda: next(looked_at))
    assert max(claim.content[0].start for claim in next(parts).claims) < 2 * FIRST_PART
    assert max(claim.content[0].start for claim in next(parts).claims) > len(LONG) - FIRST_PART


def test_nothing_is_read_twice_and_the_last_part_is_what_one_reading_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = suggest(page(LONG))
    read: list[Window] = []
    really = Tagger.read

    def counted(self: Tagger, text: str, window: Window, cancelled: Callable[[], bool]) -> object:
        read.append(window)
        return really(self, text, window, cancelled)

    monkeypatch.setattr(Tagger, "read", counted)
    parts = list(suggest_outwards(page(LONG), lambda: 9_000))
    assert [part.is_whole for part in parts] == [*[False] * (len(parts) - 1), True]
    assert len(parts) > 1
    assert parts[-1] == whole
    assert len({window.places[0] for window in read}) == len(read)


@pytest.mark.parametrize("text", ["", "No.", "The mayor said the dam held.", "\u200b\n😀"])
def test_a_short_article_is_read_in_one_part(text: str) -> None:
    assert list(suggest_outwards(page(text), lambda: 0)) == [suggest(page(text))]


def test_a_language_that_is_read_by_cues_or_not_at_all_has_one_part_too() -> None:
    for language in ("de", "fi"):
        article = Article("„Die Brücke hält“, sagte die Bürgermeisterin.", "T", language=language)
        assert list(suggest_outwards(article, lambda: 0)) == [suggest(article)]


def test_a_part_that_nobody_wants_is_not_read_to_its_end() -> None:
    wanted = True
    parts = suggest_outwards(page(LONG), lambda: 0, cancelled=lambda: not wanted)
    next(parts)
    wanted = False
    with pytest.raises(Cancelled):
        next(parts)
