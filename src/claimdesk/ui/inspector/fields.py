"""The small fields that the inspector is made of. Their keys mean nothing else to the window while they have the focus."""

import html
from collections.abc import Iterable
from unicodedata import bidirectional

from PySide6.QtCore import QDate, QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QLabel,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from claimdesk.ui import theme as look

ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
REMOVING = frozenset({Qt.Key.Key_Delete, Qt.Key.Key_Backspace})
NO_DAY = QDate(1000, 1, 1)
"""Stands for a day that nobody gave: Qt's field cannot be empty."""
MOST_LINES = 6
"""Lines that a field grows to before it scrolls."""


class Line(QLineEdit):
    """A line whose Enter or Escape ends the writing, and means nothing else to the window."""

    escaped = Signal()
    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Both keys end the writing, but Enter on an offered name takes that name first."""
        popup = self.completer().popup() if self.completer() is not None else None
        if popup is not None and popup.isVisible() and popup.currentIndex().isValid() and event.key() in ENTER:
            event.ignore()
        elif event.key() in {Qt.Key.Key_Escape, *ENTER}:
            if popup is not None:
                popup.hide()  # while it is there, the line would not hear that it is left
            (self.escaped if event.key() == Qt.Key.Key_Escape else self.entered).emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep Enter from the window's shortcuts."""
        return True if keeps_key(event, ENTER) else super().event(event)


class Lines(QPlainTextEdit):
    """Several lines that grow with what is written, and tell when they have been left; Escape leaves them."""

    left = Signal()
    escaped = Signal()

    def __init__(self, name: str, hint: str, *, lines: int = 1) -> None:
        """`name` is told to those who do not see the field; it is `lines` high at least."""
        super().__init__(tabChangesFocus=True, placeholderText=hint)
        self.setAccessibleName(name)
        self._least = lines
        self._grow()
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self.textChanged.connect(self._turn)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape goes back to the review."""
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Whoever leaves has finished."""
        super().focusOutEvent(event)
        self.left.emit()

    def _turn(self) -> None:
        """What begins in Arabic or Hebrew stands at the right."""
        strong = (bidirectional(letter) for letter in self.toPlainText()[:200])
        first = next((kind for kind in strong if kind in {"L", "R", "AL"}), "L")
        direction = Qt.LayoutDirection.LeftToRight if first == "L" else Qt.LayoutDirection.RightToLeft
        option = self.document().defaultTextOption()
        if option.textDirection() != direction:
            option.setTextDirection(direction)
            self.document().setDefaultTextOption(option)

    def _grow(self) -> None:
        wanted = int(self.document().size().height())
        off, needed = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(needed if wanted > MOST_LINES else off)
        lines = max(self._least, min(MOST_LINES, wanted))
        self.setFixedHeight(int(lines * self.fontMetrics().lineSpacing() + 2 * self.document().documentMargin() + 10))


class Choice(QComboBox):
    """One of a few values. The wheel scrolls past it, and letters are looked up in it."""

    wanted = Signal(object)
    escaped = Signal()

    def __init__(self, name: str, options: Iterable[tuple[object, str, str]]) -> None:
        """Each option is its value, its label and what it means; `name` is told to those who do not see the field."""
        super().__init__()
        self.setAccessibleName(name)
        self.setFont(look.sans(9))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.values: list[object] = []  # Qt would make plain words of an enum's values
        for place, (value, label, meaning) in enumerate(options):
            self.values.append(value)
            self.addItem(label)
            self.setItemData(place, meaning, Qt.ItemDataRole.ToolTipRole)
        self.activated.connect(lambda place: self.wanted.emit(self.values[place]))

    def choose(self, value: object) -> None:
        """Show a value."""
        place = self.values.index(value)
        self.setCurrentIndex(place)
        self.setToolTip(str(self.itemData(place, Qt.ItemDataRole.ToolTipRole) or ""))

    def event(self, event: QEvent) -> bool:
        """Letters and digits choose here; they are no commands."""
        return True if keeps_key(event, ENTER | REMOVING, letters=True) else super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter shows what there is to choose from; Escape goes back to the review."""
        if event.key() in ENTER:
            self.showPopup()
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Nobody chooses by scrolling."""
        event.ignore()


class Day(QDateEdit):
    """A day, or none; an ISO date or nothing in the claim."""

    wanted = Signal(str)
    escaped = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setCalendarPopup(True)
        self.setKeyboardTracking(False)
        self.setDisplayFormat("d MMM yyyy")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self.setFont(look.sans(9))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumDate(NO_DAY)
        self.setSpecialValueText("no day")
        self.show_day("")
        self.dateChanged.connect(self._tell)

    def show_day(self, iso: str) -> None:
        """Show a day; none where `iso` is empty or no date."""
        self._shown = iso
        day = QDate.fromString(iso, Qt.DateFormat.ISODate)
        self.setDate(day if day.isValid() else NO_DAY)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape goes back to the review; a digit where no day is begins with today."""
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            return
        if self.date() == NO_DAY and event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Space, *ENTER}:
            self.setDate(QDate.currentDate())
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep Enter from the window's shortcuts."""
        return True if keeps_key(event, ENTER) else super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Nobody chooses a day by scrolling."""
        event.ignore()

    def _tell(self, day: QDate) -> None:
        iso = "" if day == NO_DAY else day.toString(Qt.DateFormat.ISODate)
        if iso != self._shown:
            self._shown = iso
            self.wanted.emit(iso)


class Piece(QPushButton):
    """A button that stands for one thing of several: its words are cut to its width, and Delete takes it away."""

    removed = Signal()
    moved = Signal(int)
    escaped = Signal()

    def __init__(self, kind: str, *, fit: bool = False) -> None:
        """`kind` is its look in the style sheet; `fit` makes it as wide as its words at most."""
        super().__init__()
        self.setProperty("kind", kind)
        self.setFont(look.sans(9))
        policy = QSizePolicy.Policy.Maximum if fit else QSizePolicy.Policy.Ignored
        self.setSizePolicy(policy, QSizePolicy.Policy.Fixed)
        self._words = ""

    def say(self, words: str) -> None:
        """Show words, which may be several lines."""
        self._words = words
        self.setAccessibleName(words.replace("\n", ", "))
        self.setToolTip(plain_tip(words))
        self._cut()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for the whole words."""
        hint, lines = super().sizeHint(), self._words.split("\n")
        width = max(self.fontMetrics().horizontalAdvance(line) for line in lines) + 24
        return QSize(width, hint.height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Some of the words at least."""
        return QSize(40, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another width has room for other words."""
        super().resizeEvent(event)
        self._cut()

    def event(self, event: QEvent) -> bool:
        """Delete means this, not the claim."""
        return True if keeps_key(event, REMOVING) else super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Delete takes it away, Ctrl and an arrow move it, Escape goes back to the review."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1}
        if event.key() in REMOVING:
            self.removed.emit()
        elif control and event.key() in steps:
            self.moved.emit(steps[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def _cut(self) -> None:
        metrics, width = self.fontMetrics(), max(self.width() - 22, 1)
        lines = [metrics.elidedText(line, Qt.TextElideMode.ElideRight, width) for line in self._words.split("\n")]
        self.setText("\n".join(lines).replace("&", "&&"))


def keeps_key(event: QEvent, keys: Iterable[Qt.Key], *, letters: bool = False) -> bool:
    """Accept a key that a field wants for itself before the window's shortcuts get it; False if this is no such event."""
    if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    if event.key() in set(keys) or (letters and plain and event.text().isprintable() and event.text()):
        event.accept()
        return True
    return False


def line(name: str, hint: str = "") -> Line:
    """A line; `name` is told to those who do not see it."""
    field = Line(placeholderText=hint)
    field.setAccessibleName(name)
    return field


def dim(text: str = "", *, bold: bool = False) -> QLabel:
    """Words that stand back."""
    label = QLabel(text, wordWrap=not bold, textFormat=Qt.TextFormat.PlainText)
    label.setProperty("kind", "dim")
    label.setFont(look.sans(9, bold=bold))
    return label


def quiet(words: str, name: str = "") -> QPushButton:
    """A button that looks like a word, for what is offered beside the work; `name` is told to those who do not see it."""
    button = QPushButton(words)
    button.setProperty("kind", "offer")
    button.setFont(look.sans(9))
    button.setAccessibleName(name or words)
    return button


def plain_tip(words: str) -> str:
    """Foreign words as a tool tip, which would read them as HTML where they look like it."""
    return f"<p>{html.escape(words)}</p>" if "<" in words else words


def clear(layout: QLayout) -> None:
    """Take everything out of a layout; its widgets are of no more use."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def go_to(widget: QWidget) -> None:
    """Give a field the focus and bring it into sight, once it has found its place."""
    widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
    QTimer.singleShot(0, widget, lambda: _show(widget))


def _show(widget: QWidget) -> None:
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    if above is not None:
        above.ensureWidgetVisible(widget, 0, 40)
