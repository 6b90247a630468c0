"""The register of sources: puts its panels side by side, turns their wishes into the session's, and facts into refreshes."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from claimdesk.core.sources import Source, SourceSummary
from claimdesk.ui.notice import Notice
from claimdesk.ui.session import Session
from claimdesk.ui.source_claims import SourceClaims
from claimdesk.ui.source_form import SourceForm
from claimdesk.ui.source_list import SourceList
from claimdesk.ui.source_merge import SourceMerge
from claimdesk.ui.theme import Theme


class SourcesWindow(QWidget):
    """All sources of the desk beside the one that is selected, or the two that may be one."""

    claim_wanted = Signal(int, int)
    """An article and a claim of it that somebody wants to see."""
    removal_wanted = Signal(object)
    """A source that is to go from everywhere."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("register")
        self.setWindowTitle("Sources – ClaimDesk")
        self.resize(1000, 720)
        self._session = session
        self._shown: Source | None = None
        self._wanted = ""
        self.list = SourceList(theme)
        self.form = SourceForm(theme)
        self.claims = SourceClaims(theme)
        self.merge = SourceMerge()
        self.notice = Notice()
        self._hint = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter, textFormat=Qt.TextFormat.PlainText)
        self._hint.setProperty("kind", "dim")
        self._hint.setMargin(40)
        self.undo, self.redo = QPushButton("Undo"), QPushButton("Redo")
        self.remove = QPushButton("Remove from Everywhere…")
        self.remove.setToolTip(
            "Remove the selected source from the desk, its history and all backups, as if it had never been there"
        )
        self._arrange()
        self._connect()

    def open(self, name: str = "") -> None:
        """Show the register, with the source of that name selected if one is given."""
        self._wanted = name
        self.refresh()
        self.show()
        self.raise_()
        self.activateWindow()
        self.list.view.setFocus()

    def refresh(self) -> None:
        """Show what the register knows now; while the window is closed that can wait."""
        self._session.register.load()
        for button, name, sentence in (
            (self.undo, "Undo", self._session.register.undoable()), (self.redo, "Redo", self._session.register.redoable()),
        ):  # fmt: skip
            button.setEnabled(sentence is not None)
            button.setToolTip(f"{name}: {sentence}" if sentence else f"Nothing to {name.lower()}")
            button.setAccessibleName(button.toolTip())

    def _show_sources(self, sources: list[SourceSummary]) -> None:
        self.list.show_sources(sources)
        if self._wanted:
            self._select(self._wanted)

    def _select(self, name: str) -> None:
        """Select the source of that name, once it is shown."""
        self.list.select(name)
        self._wanted = "" if any(source.name == name for source in self.list.selected()) else name

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        for panel in (self.list, self.form, self.claims):
            panel.set_theme(theme)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Keep what is being written."""
        self.form.save()
        super().closeEvent(event)

    # -- inside

    def _show(self, selected: list[Source]) -> None:
        """Show the selected source, or offer to merge two."""
        if self._shown is not None and [source.name for source in selected] != [self._shown.name]:
            self.form.save()
        self._shown = selected[0] if len(selected) == 1 else None
        self.remove.setEnabled(self._shown is not None)
        if self._shown is not None:
            self.form.show_source(self._shown)
            claims, more = self._session.register.newest_claims_of(self._shown.id)
            self.claims.show_claims(claims, more=more)
            self._stack.setCurrentIndex(0)
        elif len(selected) == 2:
            self.merge.show_sources(selected)
            self._stack.setCurrentIndex(1)
        else:
            self.form.forget()
            self.claims.show_claims([])
            self._hint.setText(
                "Select two sources to merge them." if selected else "Select a source to see it in full."
            )
            self._stack.setCurrentIndex(2)

    def _describe(self, before: Source, after: Source) -> None:
        self._do(lambda: self._session.register.describe(before, after))
        renamed = " ".join(after.name.split())
        if renamed != before.name and self._shown is not None and self._shown.name != renamed:
            self._select(renamed)
        if self._shown is not None:  # what was refused is set back
            self.form.show_source(self._shown)

    def _merge(self, kept: Source, gone: Source) -> None:
        self._do(lambda: self._session.register.merge(kept, gone))
        self._select(kept.name)

    def _split(self, claim_ids: list[int], name: str) -> None:
        source = self._shown
        if source is not None:
            self._do(lambda: self._session.register.split(source, claim_ids, name))

    def _remove(self) -> None:
        self.form.save()
        if self._shown is not None:
            self.removal_wanted.emit(self._shown)

    def _do(self, change: Callable[[], None]) -> None:
        """Have the session change the register; what failed before is not what is shown."""
        self.notice.hide()
        change()

    def _step(self, step: Callable[[], None]) -> None:
        self.form.save()
        self._do(step)

    def _close_if_locked(self) -> None:
        """Of a locked desk nothing may stay on the screen or in a field."""
        if self._session.locking.is_locked:
            self.close()
            self.list.search.clear()
            self.refresh()
            self.merge.forget()

    def _refresh_if_open(self) -> None:
        if self.isVisible():
            self.refresh()

    def _fail(self, sentence: str) -> None:
        if self.isVisible():
            self.notice.fail(sentence)

    def _connect(self) -> None:
        session = self._session
        self.list.chosen.connect(self._show)
        self.form.described.connect(self._describe)
        self.remove.clicked.connect(self._remove)
        self.merge.merge_wanted.connect(self._merge)
        self.claims.split_wanted.connect(self._split)
        self.claims.claim_wanted.connect(self.claim_wanted)
        session.register.loaded.connect(self._show_sources)
        session.facts.sources_changed.connect(self._refresh_if_open)
        session.facts.library_changed.connect(self._refresh_if_open)
        session.review.leaving.connect(self.form.save)
        session.locking.changed.connect(self._close_if_locked)
        session.facts.failed.connect(self._fail)
        for button, keys, step in (
            (self.undo, QKeySequence.StandardKey.Undo, session.register.undo),
            (self.redo, QKeySequence.StandardKey.Redo, session.register.redo),
        ):
            button.clicked.connect(lambda _=False, step=step: self._step(step))
            action = QAction(self)
            action.setShortcuts(keys)
            action.triggered.connect(button.click)
            self.addAction(action)
        for sequence, act in (
            (QKeySequence("Ctrl+F"), self.list.search.setFocus),
            (QKeySequence("Esc"), self.close),
            (QKeySequence("Ctrl+W"), self.close),
        ):
            action = QAction(self)
            action.setShortcut(sequence)
            action.triggered.connect(act)
            self.addAction(action)

    def _arrange(self) -> None:
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 8, 12, 10)
        foot.setSpacing(8)
        foot.addWidget(self.undo)
        foot.addWidget(self.redo)
        foot.addStretch(1)
        foot.addWidget(self.remove)
        source = QWidget()
        column = QVBoxLayout(source)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.form)
        column.addWidget(self.claims, 1)
        self._stack = QStackedWidget()
        for page in (source, self.merge, self._hint):
            self._stack.addWidget(page)
        left = QWidget()
        under = QVBoxLayout(left)
        under.setContentsMargins(0, 0, 0, 0)
        under.setSpacing(0)
        under.addWidget(self.list, 1)
        under.addLayout(foot)
        splitter = QSplitter()
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(self._stack)
        splitter.setSizes([390, 610])
        splitter.setStretchFactor(1, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.notice)
        whole.addWidget(splitter, 1)
