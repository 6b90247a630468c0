"""What the tests of the window share: an article in several scripts, and where its words stand."""

from pytestqt.qtbot import QtBot

from claimdesk.core.claim import Claim
from claimdesk.ui.window import Window

ARTICLE = """Harbour bridge to open early 😀

The bridge will open on Monday, transport minister Ayşe Demir said on Friday. Engineers finished the work in 14 months.

Residents reported cracks in two pillars. The contractor denied the reports.

क्या आपने कोई गलती पाई? 북한은 다리를 열었다. قال الوزير إن الجسر سيفتح غدا.
"""


def place(words: str) -> tuple[int, int]:
    """Where the words stand in the article, in code points."""
    start = ARTICLE.index(words)
    return start, start + len(words)


def settle(qtbot: QtBot, window: Window) -> None:
    """Wait until nothing is read, suggested or written any more."""
    background = window.session.background
    qtbot.waitUntil(lambda: not background.busy and not window.session.suggestions.running, timeout=20000)


def selected(window: Window) -> Claim:
    """The selected claim, of which there must be one."""
    claim = window.session.review.selected_claim
    assert claim is not None
    return claim
