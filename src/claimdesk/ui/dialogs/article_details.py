"""What is known of the open article beside its text: corrected here, and what came with its file."""

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from claimdesk.core.claim import Article, Original, Remark
from claimdesk.ui import theme as look
from claimdesk.ui.dialogs.article_fields import ArticleFields, dim, language_name, size_in_words


class ArticleDetails(QDialog):
    """The fields, the original, and the notes that stood in the file."""

    def __init__(
        self, article: Article, original: Original | None, *, can_suggest: bool, parent: QWidget | None = None
    ) -> None:
        """`can_suggest`: claims can be looked for again where the language is another."""
        super().__init__(parent)
        self.setWindowTitle("Article Details")
        self.setMinimumWidth(520)
        self._before, self._can_suggest = article.details, can_suggest
        self.fields = ArticleFields()
        self.fields.show_details(article.details)
        self.look_again = QCheckBox()
        self.look_again.setChecked(True)
        buttons = QDialogButtonBox()
        self._keep = buttons.addButton("Keep", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        column.addWidget(self.fields)
        column.addWidget(self.look_again)
        column.addWidget(dim(_origin(article, original)))
        if article.remarks:
            heading = QLabel("Notes from the file")
            heading.setFont(look.sans(9.5, bold=True))
            column.addWidget(heading)
            column.addWidget(_notes(article.text, article.remarks), 1)
        column.addWidget(buttons)
        self.fields.changed.connect(self._check)
        self._check()

    @property
    def wants_suggestions(self) -> bool:
        """Whether claims shall be looked for again."""
        return not self.look_again.isHidden() and self.look_again.isChecked()

    def _check(self) -> None:
        self._keep.setEnabled(self.fields.are_right)
        language = self.fields.details.language
        other = language != self._before.language
        self.look_again.setVisible(other and bool(language) and self._can_suggest)
        self.look_again.setText(f"Look for claims again, in {language_name(language)}")


def _origin(article: Article, original: Original | None) -> str:
    parts = [f"Imported {article.imported_at[:10]}"]
    if article.retrieved_at:
        parts.append(f"fetched {article.retrieved_at[:16].replace('T', ' at ')} UTC")
    if original is not None:
        named = f" {article.filename}" if article.filename else ""
        parts.append(f"original{named} kept, {size_in_words(original.size)}, SHA-256 {original.sha256[:16]}…")
    return ", ".join(parts) + "."


def _notes(text: str, remarks: Sequence[Remark]) -> QPlainTextEdit:
    lines = []
    for remark in remarks:
        by = f" by {remark.author}" if remark.author else ""
        about = f" on “{' '.join(remark.span.of(text).split())[:120]}”" if remark.span is not None else ""
        lines.append(f"{remark.kind.value.capitalize()}{by}{about}: {remark.text}")
    notes = QPlainTextEdit("\n\n".join(lines), readOnly=True, tabChangesFocus=True)
    notes.setAccessibleName("Notes from the file")
    notes.setMinimumHeight(130)
    return notes
