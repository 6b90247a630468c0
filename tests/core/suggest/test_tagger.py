"""What the tagger does with its scores, and that it can be stopped."""

import pytest

from claimdesk.core.claim import Article, Span
from claimdesk.core.errors import Cancelled
from claimdesk.core.page import paragraphs
from claimdesk.core.suggest import suggest
from claimdesk.core.suggest.attribution import Attribution
from claimdesk.core.suggest.tagger import FLOOR, tagger, without_echoes

TEXT = (
    "The mayor said that the dam would hold, with engineers warning that the gates were old.\n\n"
    "“We have checked every gate,” said Ann Lee, who runs the port. “Twice.”\n\n"
    "According to a report by the harbour office, two gates leaked in May. The office declined to comment.\n\n"
) * 12


def of(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def test_a_piece_that_a_nearer_cue_claims_is_not_claimed_twice() -> None:
    outer = Attribution(
        (of("that the dam would hold"), of("that the gates were old")), (of("The mayor"),), (of("said"),), 0.9
    )
    inner = Attribution((of("that the gates were old"),), (of("engineers"),), (of("warning"),), 0.9)
    kept, other = without_echoes([outer, inner])
    assert kept.content == (of("that the dam would hold"),)
    assert other == inner


def test_what_belongs_together_is_found_in_the_order_of_the_text() -> None:
    found = list(tagger().attributions(TEXT, paragraphs(TEXT)))
    cues = [one.cue[0].start for one in found]
    assert cues == sorted(cues)
    assert all(FLOOR <= one.confidence <= 1 for one in found)
    first = found[0]
    assert [span.of(TEXT) for span in first.source] == ["The mayor"]


def test_the_same_text_gives_the_same_suggestions() -> None:
    page = Article(TEXT, "T", language="en")
    assert suggest(page) == suggest(page)


def test_a_source_on_both_sides_of_a_cue_is_not_glued_over_it() -> None:
    odd = "0>`1 speculation that 0¬-\n# sAID rEPORTS"
    for one in tagger().attributions(odd, paragraphs(odd)):
        assert not any(source.overlaps(cue) for source in one.source for cue in one.cue)


def test_nobody_waits_for_a_reading_that_nobody_wants() -> None:
    asked: list[int] = []

    def enough() -> bool:
        asked.append(1)
        return len(asked) > 2

    with pytest.raises(Cancelled):
        suggest(Article(TEXT, "T", language="en"), cancelled=enough)
    assert len(asked) == 3
