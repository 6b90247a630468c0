"""Direct, indirect or mixed, by the quotation marks around and inside a content."""

import pytest

from claimdesk.core.claim import Manner, Span
from claimdesk.core.suggest import manner
from claimdesk.core.suggest.segments import sentences


@pytest.mark.parametrize(
    ("text", "content", "expected"),
    [
        ("“The dam will hold,” she said.", "“The dam will hold,”", Manner.DIRECT),
        ("“The dam will hold,” she said.", "The dam will hold", Manner.DIRECT),
        ('She said that "it holds".', 'that "it holds"', Manner.DIRECT),
        ("She said the dam would hold.", "the dam would hold", Manner.INDIRECT),
        ("She called the dam “a disgrace” to all.", "the dam “a disgrace” to all", Manner.MIXED),
        ("„Der Damm hält“, she said.", "„Der Damm hält“", Manner.DIRECT),
        ("«Le barrage tient», she said.", "«Le barrage tient»", Manner.DIRECT),
        ("‘It won’t go,’ she said.", "‘It won’t go,’", Manner.DIRECT),
        ("“One.” Nothing here is quoted. “Two.”", "Nothing here is quoted", Manner.INDIRECT),
    ],
)
def test_the_manner_follows_from_the_quotation_marks(text: str, content: str, expected: Manner) -> None:
    _, marks = sentences(text, ())
    start = text.index(content)
    assert manner.of(text, (Span(start, start + len(content)),), marks) is expected


def test_a_quotation_in_two_pieces_is_direct() -> None:
    text = "“The dam,” she said, “will hold.”"
    _, marks = sentences(text, ())
    assert manner.of(text, (Span(0, 10), Span(21, 33)), marks) is Manner.DIRECT
