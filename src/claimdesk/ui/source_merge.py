"""Two sources that are one: which name stays."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from claimdesk.core.sources import Source
from claimdesk.ui import theme as look


class SourceMerge(QFrame):
    """Offers to merge the two selected sources."""

    merge_wanted = Signal(object, object)
    """The source whose name stays, and the one that becomes part of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("source_merge")
        self._sources: Sequence[Source] = ()
        heading = QLabel("Which name stays?", textFormat=Qt.TextFormat.PlainText)
        heading.setFont(look.sans(12, bold=True))
        self.choices = (QRadioButton(), QRadioButton())
        self._about = (_dim(""), _dim(""))
        words = _dim(
            "Every claim of the other, in all articles, gets this name. The other name becomes an alias: whoever writes it "
            "means this source. Undo takes all of it back."
        )
        self._lock = QLabel(
            "One of the two is confidential, so what comes of them is too.",
            wordWrap=True, textFormat=Qt.TextFormat.PlainText,
        )  # fmt: skip
        self.merge = QPushButton("Merge")
        self.merge.clicked.connect(self._merge)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(4)
        column.addWidget(heading)
        for choice, about in zip(self.choices, self._about, strict=True):
            choice.setFont(look.sans(10.5))
            choice.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            about.setIndent(22)
            column.addSpacing(8)
            column.addWidget(choice)
            column.addWidget(about)
        column.addSpacing(12)
        column.addWidget(words)
        column.addWidget(self._lock)
        column.addSpacing(12)
        column.addWidget(self.merge, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def show_sources(self, sources: Sequence[Source]) -> None:
        """Offer two sources, of which the longer name is proposed."""
        self._sources = sources
        for choice, about, source in zip(self.choices, self._about, sources, strict=True):
            choice.setText(source.name.replace("&", "&&"))
            about.setText(source.about)
            about.setVisible(bool(source.about))
        first, second = sources
        self.choices[len(second.name) > len(first.name)].setChecked(True)
        self._lock.setVisible(any(source.confidential for source in sources))

    def forget(self) -> None:
        """Offer nothing."""
        self._sources = ()
        for words in (*self.choices, *self._about):
            words.setText("")

    def _merge(self) -> None:
        first, second = self._sources
        kept, gone = (first, second) if self.choices[0].isChecked() else (second, first)
        self.merge_wanted.emit(kept, gone)


def _dim(text: str) -> QLabel:
    label = QLabel(text, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
    label.setProperty("kind", "dim")
    return label
