"""What a search is narrowed to, as chips under its line."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from claimdesk.core.evidence import Verdict
from claimdesk.core.hits import SearchFilter
from claimdesk.core.levels import BY_SLUG, LEVELS
from claimdesk.ui.chips import make_chips, offer
from claimdesk.ui.search.hits import STATES


class SearchFilters(QObject):
    """Holds the filter; the page lays its chips out."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.chosen = SearchFilter()
        self.chips = make_chips(
            ("all", "review", "level", "verdict"),
            {"review": self._offer_reviews, "level": self._offer_levels, "verdict": self._offer_verdicts},
        )
        self.chips["all"].setText("All")
        self.chips["all"].setToolTip("All articles, and all claims but the dismissed ones")
        self.chips["all"].clicked.connect(lambda: self.choose(SearchFilter()))
        self._label()

    @property
    def is_plain(self) -> bool:
        """Whether nothing is left out that could be chosen."""
        return self.chosen == SearchFilter()

    def choose(self, chosen: SearchFilter) -> None:
        """Narrow the hits, or widen them."""
        self.chosen = chosen
        self._label()
        self.changed.emit()

    def _label(self) -> None:
        chips, review, level = self.chips, self.chosen.review, self.chosen.level
        chips["all"].setChecked(self.is_plain)
        chips["review"].setText((STATES[review].capitalize() if review else "Review") + " ▾")
        chips["review"].setAccessibleName(f"Review: {STATES[review] if review else 'all but dismissed'}")
        chips["review"].setChecked(review is not None)
        chips["level"].setText((BY_SLUG[level].short if level else "Level") + " ▾")
        chips["level"].setAccessibleName(f"Level: {BY_SLUG[level].label if level else 'all'}")
        chips["level"].setChecked(bool(level))
        verdict = self.chosen.verdict
        chips["verdict"].setText((verdict.label if verdict else "Verdict") + " ▾")
        chips["verdict"].setAccessibleName(f"Verdict: {verdict.label.lower() if verdict else 'any or none'}")
        chips["verdict"].setChecked(verdict is not None)

    def _offer_reviews(self) -> None:
        states = [(state, words.capitalize()) for state, words in STATES.items()]
        self._offer("review", [(None, "All but dismissed"), *states])

    def _offer_levels(self) -> None:
        levels = [(level.slug, f"{level.glyph}  {level.label}") for level in LEVELS]
        self._offer("level", [("", "All levels"), *levels])

    def _offer_verdicts(self) -> None:
        self._offer("verdict", [(None, "Any verdict or none"), *((verdict, verdict.label) for verdict in Verdict)])

    def _offer(self, field: str, options: list[tuple[str | None, str]]) -> None:
        offer(
            self.chips[field],
            options,
            getattr(self.chosen, field),
            lambda value: self.choose(replace(self.chosen, **{field: value})),
        )
