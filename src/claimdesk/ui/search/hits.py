"""The hits as rows: each group under its heading, with an offer of more where there are more."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from claimdesk.core.claim import Review
from claimdesk.core.hits import Hit, HitKind, Page
from claimdesk.core.levels import BY_SLUG

HEADS = {HitKind.ARTICLE: "Articles", HitKind.CLAIM: "Claims", HitKind.NOTE: "Notes", HitKind.SOURCE: "Sources"}
STATES = {Review.SUGGESTED: "to review", Review.ACCEPTED: "accepted", Review.DISMISSED: "dismissed"}

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Heading:
    """The row over a group."""

    kind: HitKind
    count: int
    more: bool

    @property
    def figure(self) -> str:
        """How many hits there are, as far as they were looked for."""
        return f"{self.count}+" if self.more else str(self.count)


@dataclass(frozen=True, slots=True)
class MoreRow:
    """The row under a group that has further hits."""

    kind: HitKind
    before: int

    @property
    def words(self) -> str:
        """What the row offers."""
        return f"Show more {HEADS[self.kind].lower()}"


Row = Heading | Hit | MoreRow


def about(hit: Hit) -> str:
    """Where a hit stands: for a claim its level, its review and its article; outlet and day.

    Each part is isolated, since the words of one that runs from right to left would turn the others round.
    """
    claim = (BY_SLUG[hit.level].label, STATES[hit.review], hit.title) if hit.review else ()
    return " · ".join(f"\u2068{part}\u2069" for part in (*claim, hit.outlet, hit.published) if part)


class HitModel(QAbstractListModel):
    """The groups of hits, each under its heading."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []

    def show_pages(self, pages: Sequence[Page]) -> None:
        """Show other hits."""
        self.beginResetModel()
        self.rows = [row for page in pages if page.hits for row in _group(page)]
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:  # noqa: N802 - Qt's name
        """One row a heading, a hit or an offer of more."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """A heading is passed over by keys and mouse."""
        if isinstance(self.rows[index.row()], Heading):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words, the row for a screen reader, the row itself for the delegate."""
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _words(row)
            case Qt.ItemDataRole.AccessibleTextRole:
                return _spoken(row)
            case Qt.ItemDataRole.UserRole:
                return row
        return None


def _group(page: Page) -> list[Row]:
    more = [MoreRow(page.kind, page.further)] if page.further is not None else []
    return [Heading(page.kind, len(page.hits), more=bool(more)), *page.hits, *more]


def _words(row: Row) -> str:
    match row:
        case Heading():
            return HEADS[row.kind]
        case MoreRow():
            return row.words
        case Hit():
            return row.title if row.kind is HitKind.ARTICLE else row.snippet


def _spoken(row: Row) -> str:
    match row:
        case Heading():
            return f"{HEADS[row.kind]}, {row.figure}"
        case MoreRow():
            return row.words
        case Hit():
            title = f"{row.title}: " if row.kind is HitKind.ARTICLE else ""
            return f"{row.kind.value.capitalize()}. {title}{row.snippet} {about(row)}"
