"""The claims of a long article come from what is on the screen outwards, while somebody reads and reviews."""

from collections.abc import Callable

from pytestqt.qtbot import QtBot
from tests.ui.reviewing import ARTICLE, settle

from claimdesk.core.claim import Review, Span
from claimdesk.core.suggest import FIRST_PART
from claimdesk.ui.window import Window

PARAGRAPHS = [
    "On day {} harbour master Maria Holt said that the crane 😀 had fallen at noon, and that its cable was old.",
    "“Nobody was under it on day {},” said 박지원, a docker. “We had closed the quay in 2019.” قال الوزير ذلك.",
    "Local media reported that the port had skipped inspection {}. The port has denied these claims. हमने देखा।",
]
TEXT = "The crane of the harbour fell\n\n" + "\n\n".join(
    paragraph.format(day) for day in range(42) for paragraph in PARAGRAPHS
)
MIDDLE = len(TEXT) // 2


def open_in_the_middle(qtbot: QtBot, window: Window) -> None:
    """As a search does it, and wait for the first claims."""
    review = window.session.review
    review.article_changed.connect(lambda: window.panels.article.show_places([Span(MIDDLE, MIDDLE + 1)], 0))
    window.session.articles.open_text(TEXT)
    qtbot.waitUntil(
        lambda: bool(review.claims) and review.article is not None and review.article.text == TEXT, timeout=20000
    )


def suggesting_rows(window: Window) -> list[str]:
    return [step.sentence for step in window.session.history.past() if step.sentence.startswith("Suggest")]


def test_the_claims_on_the_screen_are_there_first_and_nothing_moves_when_the_others_come(
    qtbot: QtBot, open_window: Callable[..., Window]
) -> None:
    window = open_window()
    open_in_the_middle(qtbot, window)
    review, view = window.session.review, window.panels.article
    assert window.session.suggestions.running
    assert all(abs(claim.hull.start - MIDDLE) < FIRST_PART for claim in review.claims)
    assert any(claim.hull.overlaps(view.visible()) for claim in review.claims)
    bar = view.verticalScrollBar()
    bar.setValue(bar.value() + 3 * view.viewport().height())
    looked_at, first = bar.value(), len(review.claims)
    settle(qtbot, window)
    assert bar.value() == looked_at
    assert len(review.claims) > 1.5 * first
    assert len(suggesting_rows(window)) == 2


def test_what_was_accepted_while_the_rest_was_read_stays_accepted_and_can_be_taken_back(
    qtbot: QtBot, open_window: Callable[..., Window]
) -> None:
    window = open_window()
    open_in_the_middle(qtbot, window)
    session, review = window.session, window.session.review
    accepted = review.selected
    assert accepted is not None
    session.edits.accept([accepted])
    settle(qtbot, window)
    claim = review.claim(accepted)
    assert claim is not None
    assert claim.review is Review.ACCEPTED
    session.history.undo()  # the rest
    session.history.undo()
    assert [one.review for one in review.claims if one.id == accepted] == [Review.SUGGESTED]
    session.history.undo()
    assert review.claims == []


def test_what_was_read_of_an_article_that_was_left_is_not_taken_for_it_when_it_is_open_again(
    qtbot: QtBot, open_window: Callable[..., Window]
) -> None:
    window = open_window()
    review = window.session.review
    window.session.articles.open_text(ARTICLE)
    settle(qtbot, window)
    other = review.open_article().id
    open_in_the_middle(qtbot, window)
    long = review.open_article().id
    review.open(other)
    review.open(long)
    settle(qtbot, window)
    contents = [claim.content for claim in review.claims]
    assert len(contents) == len(set(contents))
    assert not window.session.suggestions.running
