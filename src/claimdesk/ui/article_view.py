"""The article to read and to mark: a quiet column with its claims drawn on it."""

from bisect import bisect_left
from collections.abc import Sequence

import regex
from PySide6.QtCore import QDate, QEvent, QLocale, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QToolTip, QWidget

from claimdesk.core import invisible
from claimdesk.core.claim import Article, Claim, Review, Span
from claimdesk.core.edits import Edge
from claimdesk.core.text import word_edges
from claimdesk.ui import article_paint as paint
from claimdesk.ui import theme as look
from claimdesk.ui.article_document import ArticleDocument
from claimdesk.ui.theme import Theme

COLUMN = 68
"""Letters a line, about: the measure that reads best."""
GUTTER = 60
"""Pixels beside the column: paragraph numbers at the left, numbers of claims that end a line at the right."""
TOP = 30
DETAILS = "Details…"


class ArticleView(QTextEdit):
    """Shows one article; tells which claim was clicked, which words were selected, which edge was dragged where."""

    claim_clicked = Signal(int)
    edge_dragged = Signal(int, Edge, int)
    """Claim id, edge, and the place (code points) where it was let go."""
    details_wanted = Signal()
    """The line of what is known of the article was clicked."""

    def __init__(self, theme: Theme, points: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("article")
        self.setAccessibleName("Article")
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAcceptDrops(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setMouseTracking(True)
        self._theme, self._points = theme, points
        self._page: ArticleDocument | None = None
        self.meta = ""
        self._claims: Sequence[Claim] = ()
        self._numbers: dict[int, int] = {}
        self._lanes: dict[int, int] = {}
        self._marks: list[paint.Mark] = []
        self._unseen: list[paint.InvisibleMark] = []
        self._selected: int | None = None
        self._pressed: QPointF | None = None
        self._dragged: Edge | None = None
        self._refresh = QTimer(self, singleShot=True, interval=0)
        self._refresh.timeout.connect(self._find_marks)
        self.verticalScrollBar().valueChanged.connect(lambda _: self._refresh.start())
        self._blank = QTextDocument(self)
        self._found: list[Span] = []
        self._at = 0
        self.setFont(look.serif(points))

    # -- what is shown

    def show_article(self, article: Article | None) -> None:
        """Show another article, from its top, without claims as yet; None shows an empty page."""
        self._claims, self._numbers, self._marks, self._selected = (), {}, [], None
        self._found = []
        self.setDocument(self._blank)
        self._page = ArticleDocument(article, self._points) if article is not None else None
        self.meta = describe(article) if article is not None else ""
        if self._page is not None:
            self._put_in(self._page)
        self.verticalScrollBar().setValue(0)
        self._refresh.start()

    def _put_in(self, page: ArticleDocument) -> None:
        """Show a document so that Qt lays it out once: with its margins, its way of wrapping and the scroll bar there."""
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._center(page)
        self.setWordWrapMode(page.wrap_mode)
        self.setDocument(page)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        page.documentLayout().documentSizeChanged.connect(lambda _: self._refresh.start())

    def show_details(self, article: Article) -> None:
        """Show what else is known of the same article now."""
        if self._page is not None and self._page.article.id == article.id:
            self._page.article = article
            self.meta = describe(article)
            self.viewport().update()

    def show_claims(self, claims: Sequence[Claim], numbers: dict[int, int]) -> None:
        """Draw these claims on the article; dismissed ones only while selected."""
        self._claims, self._numbers = claims, numbers
        self._lanes = paint.lanes([claim for claim in claims if claim.review is not Review.DISMISSED])
        if self._page is not None:
            self._page.show_claims(claims, numbers)
        self._refresh.start()

    def select_claim(self, claim_id: int | None, *, reveal: bool = True) -> None:
        """Make a claim stand out and bring it into sight; without `reveal` only if another one was selected."""
        reveal = reveal or claim_id != self._selected
        self._selected = claim_id
        claim = next((claim for claim in self._claims if claim.id == claim_id), None)
        if reveal and claim is not None:
            self._reveal(claim.hull)
        self._refresh.start()

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        self._refresh.start()

    def set_points(self, points: float) -> None:
        """Set the article in another size."""
        self._points = points
        self.setFont(look.serif(points))
        if self._page is not None:
            article, claims, numbers, selected = self._page.article, self._claims, self._numbers, self._selected
            self.show_article(article)
            self.show_claims(claims, numbers)
            self.select_claim(selected)

    # -- what the user selected

    def selection(self) -> Span | None:
        """The selected words (code points), None if there are none; half a surrogate pair counts whole."""
        cursor = self.textCursor()
        if self._page is None or not cursor.hasSelection():
            return None
        start = self._page.units.to_code_points(cursor.selectionStart())
        return Span(start, self._page.units.to_code_points(cursor.selectionEnd(), up=True))

    def clear_selection(self) -> None:
        """Let go of the selected words."""
        cursor = self.textCursor()
        cursor.clearSelection()
        self.setTextCursor(cursor)

    def find_words(self, words: str, step: int) -> tuple[int, int]:
        """Show all places of `words`, and bring one into sight: `step` places on from the last one, 0 from where that was.

        Case does not matter. Returns which place it is, counted from 1, and how many there are; after the last comes the
        first. Empty words show nothing and return 0 of 0.
        """
        page = self._page
        at = self._found[self._at].start if self._found else self.visible().start
        self._found = _places(page.article.text, words) if page is not None else []
        if self._found:
            near = next((i for i, span in enumerate(self._found) if span.start >= at), 0)
            self._at = (near + step) % len(self._found)
            self._reveal(self._found[self._at])
        self._refresh.start()
        return (self._at + 1, len(self._found)) if self._found else (0, 0)

    def show_places(self, places: Sequence[Span], at: int) -> None:
        """Show places that were found elsewhere, and bring the one that is number `at` into sight."""
        self._found, self._at = list(places), at
        if self._found:
            self._reveal(self._found[at])
        self._refresh.start()

    def visible(self) -> Span:
        """The stretch of the article (code points) that is on the screen, with a little around it."""
        return self._visible(self._page) if self._page is not None else Span(0, 1)

    # -- geometry

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The column stays in the middle."""
        self._center(self.document())
        super().resizeEvent(event)
        self._refresh.start()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """The caret shows where keys would select."""
        super().focusInEvent(event)
        self.viewport().update()

    def _center(self, document: QTextDocument) -> None:
        width = QFontMetricsF(look.serif(self._points)).averageCharWidth() * COLUMN
        side = max(GUTTER, (self.viewport().width() - width) / 2)
        top = TOP if self._page is None or self._page.article.title_span else TOP + 34
        frame = document.rootFrame().frameFormat()
        if (frame.leftMargin(), frame.topMargin()) != (side, top):
            frame.setLeftMargin(side)
            frame.setRightMargin(side)
            frame.setTopMargin(top)
            frame.setBottomMargin(TOP * 3)
            document.rootFrame().setFrameFormat(frame)

    def _offset(self) -> QPointF:
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _visible(self, page: ArticleDocument) -> Span:
        """The stretch of text on the screen (code points) with a little around it."""
        view = self.viewport()
        top = self.cursorForPosition(view.rect().topLeft()).block().position()
        bottom = self.cursorForPosition(view.rect().bottomRight()).position()
        first, last = sorted(
            (top, bottom)
        )  # Qt lays long articles out bit by bit; until then its answers can be crossed
        return Span(page.units.to_code_points(first), page.units.to_code_points(last + 1, up=True))

    def _find_marks(self) -> None:
        """Work out what is to be painted in the visible stretch, and colour its words."""
        page = self._page
        if page is None:
            self.setExtraSelections([])
            self.viewport().update()
            return
        visible = self._visible(page)
        drawn = [c for c in self._claims if c.review is not Review.DISMISSED or c.id == self._selected]
        self._marks = paint.marks(page, drawn, self._lanes, visible)
        self._unseen = paint.invisible_marks(page, visible)
        self.setExtraSelections(self._coloured(page, visible))
        self.viewport().update()

    def _coloured(self, page: ArticleDocument, visible: Span) -> list[QTextEdit.ExtraSelection]:
        grey = [self._colour(page, span, self._theme.dim) for span in page.article.furniture if span.overlaps(visible)]
        spoken = [
            self._colour(page, span, self._theme.level(mark.claim.level))
            for mark in self._marks
            for span in (*mark.claim.source, *mark.claim.cue)
            if span.overlaps(visible)
        ]
        first = bisect_left(self._found, visible.start, key=lambda span: span.end)
        last = bisect_left(self._found, visible.end, key=lambda span: span.start)
        found = [
            self._colour(page, self._found[place], self._theme.paper if place == self._at else "", self._ground(place))
            for place in range(first, last)
        ]
        return grey + spoken + found

    def _ground(self, place: int) -> str:
        """What lies behind words that were found: the one that is shown stands out."""
        return self._theme.accent if place == self._at else self._theme.selection

    def _colour(self, page: ArticleDocument, span: Span, colour: str, ground: str = "") -> QTextEdit.ExtraSelection:
        letters = QTextCharFormat()
        if colour:
            letters.setForeground(QColor(colour))
        if ground:
            letters.setBackground(QColor(ground))
        cursor = QTextCursor(page)
        cursor.setPosition(page.units.to_units(span.start))
        cursor.setPosition(page.units.to_units(span.end), QTextCursor.MoveMode.KeepAnchor)
        selection = QTextEdit.ExtraSelection()
        selection.cursor, selection.format = cursor, letters
        return selection

    def _reveal(self, span: Span) -> None:
        """Scroll only if the words are out of sight, and then so that a third of the view is above them."""
        page = self._page
        if page is None:
            return
        where = list(paint.strips(page, page.units.to_units(span.start), page.units.to_units(span.end)))
        if not where:
            return
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if where[0].top < bar.value() + 8 or where[-1].bottom > bar.value() + height - 8:
            bar.setValue(int(where[0].top - height / 3))

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Tints below the letters, lines and numbers above."""
        self._paint_marks(under=True)
        super().paintEvent(event)
        self._paint_marks(under=False)

    def _paint_marks(self, *, under: bool) -> None:
        page = self._page
        if page is None:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(-self._offset())
        if under:
            paint.paint_under(painter, self._marks, self._selected, self._theme)
        else:
            paint.paint_over(painter, self._marks, self._selected, self._theme)
            paint.paint_numbers(painter, page, self._marks, self._numbers, self._theme)
            paint.paint_paragraph_numbers(painter, page, self._visible(page), self._theme)
            paint.paint_pages(painter, page, self._visible(page), self._theme)
            paint.paint_invisible(painter, self._unseen, self._theme)
            self._paint_meta(painter, page)
            mark = self._selected_mark()
            if mark is not None:
                paint.paint_handles(painter, mark, self._theme)
        painter.end()

    def _paint_meta(self, painter: QPainter, page: ArticleDocument) -> None:
        """Outlet, date, language and length, under the headline; a click on them opens the details."""
        where = self._meta_box(page)
        painter.setFont(look.sans(9))
        painter.setPen(QColor(self._theme.dim))
        width = where.width() - painter.fontMetrics().horizontalAdvance(DETAILS)
        meta = painter.fontMetrics().elidedText(f"{self.meta}  ", Qt.TextElideMode.ElideRight, int(width))
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, meta)
        painter.setPen(QColor(self._theme.accent))
        where.setLeft(where.left() + painter.fontMetrics().horizontalAdvance(meta))
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, DETAILS)

    def _meta_box(self, page: ArticleDocument) -> QRectF:
        box = page.documentLayout().blockBoundingRect(page.begin())
        top = box.bottom() + 6 if page.article.title_span else TOP - 4
        return QRectF(box.x(), top, max(80.0, self.viewport().width() - box.x() - 14), 24)

    # -- the mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Take an edge of the selected claim, or begin to select words."""
        place = event.position() + self._offset()
        self._pressed = place
        self._dragged = self._edge_at(place) if event.button() is Qt.MouseButton.LeftButton else None
        if self._dragged is None:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Drag the edge, or show what a press would do."""
        place = event.position() + self._offset()
        if self._dragged is not None:
            self._preview(self._dragged, event.position())
            return
        super().mouseMoveEvent(event)
        if self._page is not None and self._meta_box(self._page).contains(place):
            shape = Qt.CursorShape.PointingHandCursor
        elif self._edge_at(place) is not None:
            shape = Qt.CursorShape.SizeHorCursor
        elif any(mark.hit(place) for mark in self._marks):
            shape = Qt.CursorShape.PointingHandCursor
        else:
            shape = Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Let an edge go, or choose the claim under the mouse if nothing was selected; again for the next one there."""
        edge, self._dragged = self._dragged, None
        if edge is not None and self._selected is not None:
            self.clear_selection()
            self.edge_dragged.emit(self._selected, edge, self._word_edge(edge, event.position()))
            return
        super().mouseReleaseEvent(event)
        place = event.position() + self._offset()
        if event.button() is not Qt.MouseButton.LeftButton or self.selection() is not None:
            return
        if self._page is not None and self._meta_box(self._page).contains(place):
            self.details_wanted.emit()
        else:
            self._click(place)

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Over a mark of what cannot be seen, its name."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = QPointF(event.pos()) + self._offset()
            under = next((mark.char.called for mark in self._unseen if mark.box.contains(place)), "")
            QToolTip.showText(event.globalPos(), under, self)
            return True
        return super().viewportEvent(event)

    def _click(self, place: QPointF) -> None:
        hits = [mark.claim for mark in self._marks if mark.hit(place)]
        hits.sort(key=lambda claim: (claim.hull.end - claim.hull.start, claim.id))
        ids = [claim.id for claim in hits]
        if ids:
            at = ids.index(self._selected) + 1 if self._selected in ids else 0
            self.claim_clicked.emit(ids[at % len(ids)])

    def _selected_mark(self) -> paint.Mark | None:
        return next((mark for mark in self._marks if mark.claim.id == self._selected), None)

    def _edge_at(self, place: QPointF) -> Edge | None:
        mark = self._selected_mark()
        ends = paint.handles(mark) if mark is not None else None
        if ends is None:
            return None
        return Edge.START if ends[0].contains(place) else Edge.END if ends[1].contains(place) else None

    def _word_edge(self, edge: Edge, position: QPointF) -> int:
        """The edge of a word (code points) that is nearest to a pixel of the view."""
        page = self._page
        if page is None:
            return 0
        place = page.units.to_code_points(self.cursorForPosition(position.toPoint()).position())
        starts, ends = word_edges(page.article.text)
        return min(starts if edge is Edge.START else ends, key=lambda at: abs(at - place), default=place)

    def _preview(self, edge: Edge, position: QPointF) -> None:
        """Select what the claim would hold if the edge were let go here."""
        mark, page = self._selected_mark(), self._page
        if mark is None or page is None:
            return
        fixed = mark.claim.hull.end if edge is Edge.START else mark.claim.hull.start
        cursor = self.textCursor()
        cursor.setPosition(page.units.to_units(fixed))
        cursor.setPosition(page.units.to_units(self._word_edge(edge, position)), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)


def _places(text: str, words: str) -> list[Span]:
    """Where the words stand, whatever their case."""
    pattern = regex.compile(regex.escape(words), regex.IGNORECASE) if words else None
    return [Span(*match.span()) for match in pattern.finditer(text)] if pattern is not None else []


def describe(article: Article) -> str:
    """Outlet, date, language and length in one line, in the user's way of writing dates and numbers."""
    locale, unseen = QLocale(), invisible.told(invisible.find(article.text))
    published = QDate.fromString(article.published, Qt.DateFormat.ISODate)
    parts = [
        f"{unseen} marked" if unseen else "",
        article.byline,
        article.outlet or "Outlet unknown",
        locale.toString(published, QLocale.FormatType.LongFormat) if published.isValid() else "",
        QLocale.languageToString(QLocale(article.language).language()) if article.language else "",
        f"{locale.toString(len(article.text.split()))} words",
        f"{len(article.remarks)} {'note' if len(article.remarks) == 1 else 'notes'} from the file"
        if article.remarks
        else "",
    ]
    return " · ".join(part for part in parts if part)
