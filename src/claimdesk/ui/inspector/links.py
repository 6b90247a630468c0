"""What the claim denies, and what denies it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from claimdesk.core.claim import Article, Claim, Link, LinkKind, words_of
from claimdesk.core.edits import DENIAL
from claimdesk.ui.inspector.fields import Piece, clear, go_to, quiet
from claimdesk.ui.inspector.wishes import Wishes

OFFERED = 40
"""Claims around the selected one that can be chosen as denied by it."""


class Links(QWidget):
    """A button for each linked claim, which leads to it, and one to choose what is denied."""

    def __init__(self, wishes: Wishes) -> None:
        super().__init__()
        self._wishes = wishes
        self._claim: Claim | None = None
        self._number = 0
        self._others: list[tuple[int, int, str]] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        self._denies = quiet("Denies…", "Choose the claims that this one denies")
        self._denies.setToolTip("Choose the claims that this one denies")
        self._denies.setMenu(QMenu(self._denies))
        self._denies.menu().aboutToShow.connect(self._offer)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._rows)
        column.addWidget(self._denies)

    @property
    def wanted(self) -> bool:
        """Whether there are links, or the claim is one that should have them."""
        return bool(self._rows.count()) or (self._claim is not None and self._claim.level == DENIAL)

    def choose(self) -> None:
        """Show the claims that can be denied."""
        go_to(self._denies)
        QTimer.singleShot(0, self._denies, self._denies.showMenu)

    def show_claim(
        self, article: Article | None, claim: Claim | None, claims: Sequence[Claim], numbers: Mapping[int, int]
    ) -> None:
        """Show the links of a claim; without one, keep no word of any."""
        clear(self._rows)
        self._claim, self._others = claim, []
        self._denies.menu().clear()
        if article is None or claim is None:
            return
        self._number = numbers.get(claim.id, 0)
        by_id = {other.id: other for other in claims}
        for link in claim.links:
            if link.kind is LinkKind.DENIES and link.target in by_id:
                self._add(f"denies {{}}{_likely(link)}", article, by_id[link.target], numbers)
        for other in claims:
            for link in other.links:
                if link.kind is LinkKind.DENIES and link.target == claim.id:
                    self._add(f"denied by {{}}{_likely(link)}", article, other, numbers)
        self._others = [(other.id, numbers[other.id], words_of(article.text, other.content))
                        for other in claims if other.id in numbers and other.id != claim.id]  # fmt: skip

    def _add(self, what: str, article: Article, other: Claim, numbers: Mapping[int, int]) -> None:
        button = Piece("link")
        button.say(f"{what.format(numbers.get(other.id, '–'))}  {words_of(article.text, other.content)[:200]}")
        button.clicked.connect(lambda: self._wishes.show_claim.emit(other.id))
        button.escaped.connect(self._wishes.leave)
        self._rows.addWidget(button)

    def _offer(self) -> None:
        """Fill the menu of claims that this one can deny: those around it."""
        menu, claim = self._denies.menu(), self._claim
        menu.clear()
        if claim is None:
            return
        denied = set(claim.denies)
        before = sum(number < self._number for _, number, _ in self._others)
        for other, number, words in self._others[max(0, before - OFFERED // 2) :][:OFFERED]:
            action = menu.addAction(f"{number}  {words[:60]}".replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(other in denied)
            action.triggered.connect(
                lambda _=False, ids=denied ^ {other}, asked=claim.id: self._wishes.denied.emit(asked, ids)
            )
        if not self._others:
            menu.addAction("No other claim").setEnabled(False)


def _likely(link: Link) -> str:
    return f" · likely {link.confidence:.0%}".replace("%", " %") if link.confidence is not None else ""
