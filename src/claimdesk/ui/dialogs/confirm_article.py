"""One article before it is on the desk: what was read of it, what is known of it, and everything can be put right."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from claimdesk.core import invisible
from claimdesk.core.articles import Attachment, Candidate, Draft
from claimdesk.core.claim import Article, Span
from claimdesk.core.versions import CarriedOver, Kin
from claimdesk.ui import article_paint as paint
from claimdesk.ui import theme as look
from claimdesk.ui.article_document import ArticleDocument
from claimdesk.ui.dialogs.article_fields import ArticleFields, dim, size_in_words
from claimdesk.ui.theme import Theme

SHOWN = 30_000
"""Code points of the text that are shown: enough to see whether it is the right one."""
ENCODINGS = (
    "UTF-8", "UTF-16", "windows-1252", "windows-1250", "windows-1251", "windows-1253", "windows-1254", "windows-1255",
    "windows-1256", "windows-1257", "windows-874", "iso-8859-15", "koi8-r", "cp866", "mac-roman", "euc-kr", "shift_jis", "euc-jp",
    "gb18030", "big5",
)  # fmt: skip


class Preview(QTextEdit):
    """The beginning of the text as it will be, plain: headline larger, what belongs to the page greyed, unseen characters marked."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("article")
        self.setReadOnly(True)
        self.setAcceptDrops(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("Text of the article")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._theme = theme
        self._page: ArticleDocument | None = None

    def show_article(self, article: Article) -> None:
        """Show the beginning of its text."""
        text = article.text[:SHOWN]
        furniture = tuple(
            Span(one.start, min(one.end, len(text))) for one in article.furniture if one.start < len(text)
        )
        title = article.title_span if article.title_span and article.title_span.end <= len(text) else None
        page = ArticleDocument(replace(article, text=text, furniture=furniture, title_span=title), 11)
        frame = page.rootFrame().frameFormat()
        for put in (frame.setLeftMargin, frame.setRightMargin, frame.setTopMargin, frame.setBottomMargin):
            put(24)
        page.rootFrame().setFrameFormat(frame)
        self.setWordWrapMode(page.wrap_mode)
        self.setDocument(page)
        self._page = page
        self.setExtraSelections([self._grey(page, span) for span in furniture])

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The marks of what cannot be seen come over the letters."""
        super().paintEvent(event)
        page = self._page
        if page is None:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(0, -self.verticalScrollBar().value())
        view = self.viewport().rect()
        first, last = (self.cursorForPosition(corner).position() for corner in (view.topLeft(), view.bottomRight()))
        seen = (page.units.to_code_points(min(first, last)), page.units.to_code_points(max(first, last), up=True))
        paint.paint_invisible(painter, paint.invisible_marks(page, Span(seen[0], seen[1] + 1)), self._theme)
        painter.end()

    def _grey(self, page: ArticleDocument, span: Span) -> QTextEdit.ExtraSelection:
        letters = QTextCharFormat()
        letters.setForeground(QColor(self._theme.dim))
        cursor = QTextCursor(page)
        cursor.setPosition(page.units.to_units(span.start))
        cursor.setPosition(page.units.to_units(span.end), QTextCursor.MoveMode.KeepAnchor)
        selection = QTextEdit.ExtraSelection()
        selection.cursor, selection.format = cursor, letters
        return selection


class ConfirmArticle(QDialog):
    """Shows a candidate; its button takes it in as the fields say. Closing it leaves nothing behind."""

    encoding_wanted = Signal(str)
    """The bytes shall be read again by another encoding."""
    plain_wanted = Signal(bool)
    """What was pasted shall be read as plain text, or as the page that it was."""
    version_looked_at = Signal(int)
    """Somebody thinks of making it a new version of the article of this id."""

    def __init__(
        self,
        candidate: Candidate,
        refusals: Sequence[str],
        theme: Theme,
        *,
        can_be_plain: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`refusals` say of each attachment why it cannot be read, empty where it can."""
        super().__init__(parent)
        self.setWindowTitle("Import Article")
        self.resize(1020, 700)
        self.draft = _draft(candidate)
        self._kin: Sequence[Kin] = candidate.kin
        self._preview = Preview(theme)
        self._count, self._told = dim(""), QVBoxLayout()
        self.fields = ArticleFields()
        self.encoding = QComboBox()
        self.read_as = QComboBox()
        self.version, self.version_of, self._carried = QCheckBox(), QComboBox(), dim("")
        self.attachments = [(one, QCheckBox(_label(one))) for one in self.draft.attachments]
        self._buttons = QDialogButtonBox()
        self._import = self._buttons.addButton("Import", QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self._arrange(refusals, can_be_plain=can_be_plain)
        self._connect()
        self.show_draft(self.draft, again=False)
        self._offer_versions(candidate.kin)
        self._import.setDefault(True)
        self._import.setFocus()

    def show_draft(self, draft: Draft, *, again: bool = True) -> None:
        """Show what was read; what somebody typed stays where it was read `again`."""
        typed = self.fields.details if again else None
        before = self.draft.article.details
        self.draft = draft
        found = draft.article.details
        if typed is not None:
            kept = {
                name: getattr(typed, name)
                for name in ("title", "outlet", "byline", "published", "url", "language")
                if getattr(typed, name) != getattr(before, name)
            }
            found = replace(found, **kept)
        self._preview.show_article(draft.article)
        self.fields.show_details(found)
        self._count.setText(_measures(draft))
        self._tell(draft.warnings)
        at = self.encoding.findText(draft.encoding, Qt.MatchFlag.MatchFixedString)
        if draft.encoding and at < 0:
            self.encoding.insertItem(0, draft.encoding)
            at = 0
        self.encoding.setCurrentIndex(at)

    def show_failure(self, sentence: str) -> None:
        """Say why the text could not be read again; it is shown as it was."""
        self._tell((*self.draft.warnings, sentence))
        self.encoding.setCurrentIndex(self.encoding.findText(self.draft.encoding, Qt.MatchFlag.MatchFixedString))

    def show_carried(self, carried: CarriedOver) -> None:
        """Say what of the version before would come along."""
        came = len(carried.edit.changes) if carried.edit is not None else 0
        lost = len(carried.lost)
        words = f"{_claims(came)} would come along" if came or not lost else "No reviewed claim would come along"
        if lost:
            words += f"; {_claims(lost)} whose words changed would stay with the old version"
        self._carried.setText(f"{words}.")

    @property
    def revised(self) -> int | None:
        """The article of which it shall be a new version."""
        return self.version_of.currentData() if self.version.isChecked() else None

    @property
    def result_draft(self) -> Draft:
        """The draft as the fields say."""
        return self.draft.described(self.fields.details).revising(self.revised)

    @property
    def chosen_attachments(self) -> list[Attachment]:
        """Those that shall be taken in too."""
        return [one for one, box in self.attachments if box.isChecked() and box.isEnabled()]

    def _tell(self, sentences: Sequence[str]) -> None:
        while self._told.count():
            item = self._told.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for sentence in sentences:
            self._told.addWidget(dim(f"△  {sentence}"))

    def _offer_versions(self, kin: Sequence[Kin]) -> None:
        for one in kin:
            self.version_of.addItem(f"{one.title[:70]} ({one.likeness:.0%} the same)", one.article_id)
        self.version.setText("Import as a new version of")
        for widget in (self.version, self.version_of):
            widget.setVisible(bool(kin))
        self._carried.setVisible(False)
        self.version_of.setEnabled(False)

    def _look_at_version(self) -> None:
        wanted = self.revised
        self.version_of.setEnabled(wanted is not None)
        self._carried.setVisible(wanted is not None)
        self._carried.setText("Looking which claims would come along…")
        if wanted is not None:
            self.version_looked_at.emit(wanted)

    def _connect(self) -> None:
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self.fields.changed.connect(lambda: self._import.setEnabled(self.fields.are_right))
        self.encoding.activated.connect(lambda _: self.encoding_wanted.emit(self.encoding.currentText()))
        self.read_as.activated.connect(lambda at: self.plain_wanted.emit(at == 1))
        self.version.toggled.connect(lambda _: self._look_at_version())
        self.version_of.activated.connect(lambda _: self._look_at_version())

    def _arrange(self, refusals: Sequence[str], *, can_be_plain: bool) -> None:
        side = QVBoxLayout()
        side.setContentsMargins(20, 18, 20, 10)
        side.setSpacing(9)
        side.addWidget(self.fields)
        if self.draft.kind is not None and self.draft.kind.is_decoded and self.draft.article.filename:
            self.encoding.addItems(ENCODINGS)
            self.fields.add_row("&Encoding", self.encoding)
        if can_be_plain:
            self.read_as.addItems(["Article of a page", "Plain text, as it is"])
            self.fields.add_row("&Read as", self.read_as)
        side.addWidget(dim(_origin(self.draft)))
        side.addLayout(self._told)
        side.addWidget(self.version)
        side.addWidget(self.version_of)
        side.addWidget(self._carried)
        self._add_attachments(side, refusals)
        side.addStretch(1)
        body = QWidget()
        body.setLayout(side)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(body)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFixedWidth(400)
        above = QHBoxLayout()
        above.setSpacing(0)
        above.addWidget(self._preview, 1)
        above.addWidget(scroll)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 6, 20, 14)
        self._count.setWordWrap(False)
        foot.addWidget(self._count, 1)
        foot.addWidget(self._buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(above, 1)
        column.addLayout(foot)
        self.version_of.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.version_of.setMinimumContentsLength(20)

    def _add_attachments(self, side: QVBoxLayout, refusals: Sequence[str]) -> None:
        if not self.attachments:
            return
        heading = QLabel("Take in what is attached too")
        heading.setFont(look.sans(9.5, bold=True))
        side.addSpacing(4)
        side.addWidget(heading)
        for (_, box), refusal in zip(self.attachments, refusals, strict=True):
            box.setEnabled(not refusal)
            side.addWidget(box)
            if refusal:
                side.addWidget(dim(refusal))


def _draft(candidate: Candidate) -> Draft:
    if candidate.draft is None:
        raise RuntimeError("there is nothing to confirm")
    return candidate.draft


def _measures(draft: Draft) -> str:
    """How long it is and what is in it that the eye passes over, in one line."""
    article = draft.article
    unseen = invisible.told(invisible.find(article.text))
    parts = [
        f"{len(article.text.split()):,} words",
        f"{len(article.pages):,} pages" if len(article.pages) > 1 else "",
        f"{len(article.remarks):,} {'note' if len(article.remarks) == 1 else 'notes'} from the file"
        if article.remarks
        else "",
        f"{unseen} kept and marked" if unseen else "",
        "the beginning is shown" if len(article.text) > SHOWN else "",
    ]
    return " · ".join(part for part in parts if part)


def _origin(draft: Draft) -> str:
    kind = draft.kind.called if draft.kind is not None else "pasted text"
    parts = [draft.article.filename, kind.removeprefix("a ").removeprefix("an "), size_in_words(len(draft.original))]
    return "Original: " + ", ".join(part for part in parts if part) + ". It is kept as it came."


def _label(attachment: Attachment) -> str:
    return f"{attachment.name[:60]} ({size_in_words(len(attachment.raw))})".replace("&", "&&")


def _claims(count: int) -> str:
    return "1 reviewed claim" if count == 1 else f"{count:,} reviewed claims"
