"""A small article with a claim of most kinds, and what a report of it needs."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from claimdesk.core.claim import Article, Certainty, Claim, LinkKind, Manner, Origin, Original, Review, Span
from claimdesk.core.evidence import (
    AnonymityCheck,
    Credibility,
    Evidence,
    EvidenceKind,
    Reliability,
    Reply,
    Stance,
    Terms,
    Verdict,
)
from claimdesk.core.reports import Report, build
from claimdesk.core.sources import Source, SourceKind
from claimdesk.core.text import normalise

TEXT = normalise(
    "यमुना में पानी घटा 🌊\n\n"
    "The minister, Mina Rao, said that residents told her the dam broke before the siren 🙂.\r\n"
    "The operator denied it. Two officials feared a second flood.\n\n"
    "한강의 수위가 낮아졌다고 환경부가 밝혔다.\n\n"
    "Read more"
)

Make = Callable[..., Report]


def spans(words: str) -> tuple[Span, ...]:
    """Where `words` stand first in the article; none for no words."""
    return (Span(TEXT.index(words), TEXT.index(words) + len(words)),) if words else ()


def claim(number: int, content: str, source: str, cue: str, level: str, **more: object) -> Claim:
    data = Claim(number, 7, spans(content), spans(source), spans(cue), level, Review.ACCEPTED).to_json()
    return Claim.from_json(data | more)


@pytest.fixture
def article() -> Article:
    return Article(
        TEXT, "यमुना में पानी घटा 🌊", "en", spans("यमुना में पानी घटा 🌊")[0], spans("Read more"), 7,
        outlet="The Coastal Post", byline="Jo “J” <Doe>", published="2031-03-02", url="https://example.org/river?a=1&b=2",
        filename="river.txt", imported_at="2031-03-03T09:05:00+00:00",
    )  # fmt: skip


@pytest.fixture
def claims() -> list[Claim]:
    """Not in the order of the text: 30 is the first, 10 nests in it, 20 denies 10, 40 is anonymous, 50 Korean."""
    denies = [[LinkKind.DENIES.value, 10]]
    return [
        claim(20, "it", "The operator", "denied", "denial", source_name="Dam Ltd", links=denies),
        claim(10, "the dam broke before the siren", "residents", "told", "witness", note="=ask\nthem"),
        claim(
            30, "residents told her the dam broke before the siren 🙂", "The minister, Mina Rao", "said", "official",
            source_name="Mina Rao", via=["her office"], reason="cue “said”",
        ),
        claim(40, "a second flood", "Two officials", "feared", "anonymous", source_name="two officials"),
        claim(50, "한강의 수위가 낮아졌다", "환경부", "밝혔다", "official", source_name="환경부"),
    ]  # fmt: skip


@pytest.fixture
def make(article: Article, claims: list[Claim]) -> Make:
    """Builds the report; what is given replaces what is usual."""

    def made(**more: object) -> Report:
        usual: dict[str, object] = {
            "article": article,
            "claims": claims,
            "made_at": datetime(2031, 3, 4, 14, 5, tzinfo=UTC),
            "version": "0.1.0",
            "suggester": "rules",
            "head": "ab" * 32,
        }
        return build(**(usual | more))  # type: ignore[arg-type]

    return made


@pytest.fixture
def everything(make: Make, claims: list[Claim]) -> Report:
    """The small article with all that a checker can add to its claims, and one that nobody reviewed."""
    order = Evidence(
        EvidenceKind.URL, "https://example.org/order/114", "Order 114", Stance.SUPPORTS, "The gates stay “shut” <b>",
        "p. 2", "https://archive.example/114", "2031-03-03", "cd" * 32, Reliability.A, Credibility.TWO, "scan",
    )  # fmt: skip
    script = Evidence(EvidenceKind.URL, "javascript:alert(1)", "<script>alert(1)</script>", Stance.REFUTES)
    claims[1] = replace(
        claims[1], restated="The dam broke first.", question="Who heard the siren?", tags=("dam", "बाँध"),
        second_sources=("환경부", "Dam union"), evidence=(order, script), verdict=Verdict.PARTLY,
        rationale="One log says so.", checked_by="Ada", checked_at="2031-03-04", manner=Manner.MIXED,
        certainty=Certainty.ALLEGED, terms=Terms.BACKGROUND, origin=Origin.PERSON,
        replies=(Reply("Dam Ltd", "2031-03-03", "e-mail", "2031-03-04", "No comment."), Reply("Mina Rao", "2031-03-03")),
    )  # fmt: skip
    claims[3] = replace(claims[3], anonymity=(AnonymityCheck.IDENTITY, AnonymityCheck.MOTIVE))
    claims[4] = replace(claims[4], review=Review.SUGGESTED, confidence=0.7)
    return make(
        checker="Ada", suggestions=True, register=(Source(1, "Mina Rao", SourceKind.PERSON, "minister", "Ministry of Rivers"),),
        original=Original("77" * 32, 48_211, "text/html"), sentences=spans("Two officials feared a second flood."),
    )  # fmt: skip
