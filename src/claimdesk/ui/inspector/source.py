"""Who says so: the source's name with those of the register offered, and what is known of it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QVBoxLayout, QWidget

from claimdesk.core.claim import Article, Claim, words_of
from claimdesk.core.sources import Source, folded
from claimdesk.ui.icons import icon
from claimdesk.ui.inspector.drafts import Draft, Drafts, telling
from claimdesk.ui.inspector.fields import Line, dim, line
from claimdesk.ui.inspector.wishes import Wishes
from claimdesk.ui.theme import Theme


class KnownSources(QObject):
    """What the register offers whoever writes a name."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.by_name: dict[str, Source] = {}
        self._meant: Mapping[str, str] = {}
        self.offered = QStringListModel(self)

    def take(self, sources: Sequence[Source], meant: Mapping[str, str]) -> None:
        """Offer the names of these sources, and the aliases that lead to them: `meant`, folded alias to name."""
        self.by_name = {source.name: source for source in sources}
        self._meant = meant
        self.offered.setStringList(sorted({name for source in sources for name in source.names}, key=folded))

    def meant_by(self, name: str) -> str:
        """The name that an alias leads to; what is no alias leads to itself."""
        return self._meant.get(folded(name), name)

    def offer_to(self, field: Line, drafts: Drafts) -> None:
        """Offer the names in a line."""
        completer = QCompleter(self.offered, field)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(drafts.save_soon)
        field.setCompleter(completer)


class SourceDraft(Draft):
    """The name of the source; an alias of it says nothing new."""

    def __init__(self, field: Line, known: KnownSources, wishes: Wishes) -> None:
        super().__init__(field, lambda claim: claim.source_name, telling(wishes.source))
        self._known = known

    def is_new(self, claim: Claim) -> bool:
        """Whether another source is named."""
        return claim.source_name not in {self.words, self._known.meant_by(self.words)}


class SourceField(QWidget):
    """The line, and under it what the register and the article say of the source."""

    def __init__(self, known: KnownSources, drafts: Drafts, wishes: Wishes) -> None:
        super().__init__()
        self._known = known
        self._drafts = drafts
        self.line = line("Source", "Who says so? Name in full")
        self._lock = self.line.addAction(icon("lock", "#000000"), QLineEdit.ActionPosition.TrailingPosition)
        self.about, self._as_written = dim(), dim()
        self._draft = drafts.follow(SourceDraft(self.line, known, wishes))
        known.offer_to(self.line, drafts)
        known.offered.modelReset.connect(self._show_known)
        drafts.left.connect(self._finish)
        for leaving in (self.line.escaped, self.line.entered):
            leaving.connect(wishes.leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for widget in (self.line, self.about, self._as_written):
            column.addWidget(widget)

    def show_claim(self, article: Article | None, claim: Claim | None) -> None:
        """Say how the article calls the source, and what the register knows of it."""
        written = words_of(article.text, claim.source) if article is not None and claim is not None else ""
        self._as_written.setText(f"in the text: {written}" if written else "the text names none" if claim else "")
        self._show_known()

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._lock.setIcon(icon("lock", theme.accent))

    def _show_known(self) -> None:
        claim = self._drafts.claim
        source = self._known.by_name.get(claim.source_name) if claim is not None else None
        secret = f"confidential, in reports “{source.pseudonym}”" if source is not None and source.confidential else ""
        self._lock.setVisible(bool(secret))
        self._lock.setToolTip(secret.capitalize())
        words = " · ".join(part for part in (source.about if source is not None else "", secret) if part)
        self.about.setText(words)
        self.about.setVisible(bool(words))

    def _finish(self) -> None:
        """Whoever leaves the field sees the name that an alias stands for."""
        claim = self._drafts.claim
        if claim is not None and not self._draft.is_new(claim) and not self.line.hasFocus():
            self.line.setText(claim.source_name)
