"""A quotation of which most is claimed is claimed whole, and goes on with its speaker."""

from claimdesk.core.claim import Span
from claimdesk.core.page import paragraphs
from claimdesk.core.suggest.attribution import Attribution
from claimdesk.core.suggest.quotations import completed
from claimdesk.core.suggest.segments import sentences

TEXT = (
    "“We checked every gate. Nobody slept,” said Ann Lee 😀, who runs the port.\n\n"
    "“Not once. Not ever.”\n\n"
    "“The water rose,” said Bo Lind. Others disagree.\n\n"
    "“Nothing rose,” said Mia Holt."
)


def of(words: str) -> tuple[Span, ...]:
    start = TEXT.index(words)
    return (Span(start, start + len(words)),)


def whole(*said: Attribution) -> list[list[str]]:
    _, marks = sentences(TEXT, ())
    return [[span.of(TEXT) for span in one.content] for one in completed(TEXT, said, marks, paragraphs(TEXT))]


LEE = Attribution(of("“We checked every gate."), of("Ann Lee"), of("said"), 0.9)
LIND = Attribution(
    of("“The water rose,”"), of("Bo Lind"), (Span(TEXT.index("said Bo"), TEXT.index("said Bo") + 4),), 0.9
)
HOLT = Attribution(
    of("“Nothing rose,”"), of("Mia Holt"), (Span(TEXT.index("said Mia"), TEXT.index("said Mia") + 4),), 0.9
)


def test_the_rest_of_a_quotation_and_the_quotation_after_it_go_with_the_speaker() -> None:
    first, second, third = whole(LEE, LIND, HOLT)
    assert first == ["“We checked every gate. Nobody slept,”", "“Not once. Not ever.”"]
    assert (second, third) == (["“The water rose,”"], ["“Nothing rose,”"])


def test_what_another_claims_of_a_quotation_is_not_taken_from_it() -> None:
    other = Attribution(of("Nobody slept"), of("Bo Lind"), (), 0.9)
    assert whole(LEE, other)[0][0] == "“We checked every gate."


def test_a_few_words_of_a_quotation_do_not_claim_all_of_it() -> None:
    few = Attribution(of("“We checked"), of("Ann Lee"), of("said"), 0.9)
    assert whole(few)[0][0] == "“We checked"


def test_nobody_speaks_where_nothing_was_said() -> None:
    assert whole() == []
