"""What is known of an article beside its text, as fields that can be corrected."""

from datetime import date

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QLineEdit, QWidget

from claimdesk.core.claim import Details

_CODES = (
    "af am ar az be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja ka kk km kn ko ky lo lt lv mk ml "
    "mn mr ms my nb ne nl or pa pl ps pt ro ru si sk sl so sq sr sv sw ta te tg th tk tl tr uk ur uz vi zh"
).split()
_FORMATS = (QLocale.FormatType.ShortFormat, QLocale.FormatType.LongFormat)


class ArticleFields(QWidget):
    """Title, outlet, byline, date, address and language."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.outlet, self.byline, self.url = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        self.published = QLineEdit(placeholderText="2026-03-01")
        self.language = QComboBox()
        self._fault = dim("")
        self._form = form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(7)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for label, field in (
            ("&Title", self.title), ("&Outlet", self.outlet), ("&Byline", self.byline), ("&Date", self.published),
            ("&Address", self.url), ("&Language", self.language),
        ):  # fmt: skip
            form.addRow(label, field)
            field.setAccessibleName(label.replace("&", ""))
            if isinstance(field, QLineEdit):
                field.textEdited.connect(self._check)
        form.addRow(self._fault)
        self.language.activated.connect(self._check)

    def add_row(self, label: str, field: QWidget) -> None:
        """Put a field of somebody else below these, in line with them."""
        self._form.addRow(label, field)
        field.setAccessibleName(label.replace("&", ""))

    def show_details(self, details: Details) -> None:
        """Show what is known."""
        for field, words in (
            (self.title, details.title), (self.outlet, details.outlet), (self.byline, details.byline),
            (self.published, details.published), (self.url, details.url),
        ):  # fmt: skip
            field.setText(words)
            field.setCursorPosition(0)
        self._offer_languages(details.language)
        self._check()

    @property
    def details(self) -> Details:
        """What stands in the fields; the date as ISO."""
        return Details(
            self.title.text(), self.outlet.text(), self.byline.text(), _iso(self.published.text()) or "", self.url.text().strip(),
            self.language.currentData() or "",
        )  # fmt: skip

    @property
    def are_right(self) -> bool:
        """Whether it can be kept so."""
        return not self._fault_now()

    def _check(self) -> None:
        fault = self._fault_now()
        self._fault.setText(fault)
        self._fault.setVisible(bool(fault))
        self.changed.emit()

    def _fault_now(self) -> str:
        if not self.title.text().strip():
            return "An article needs a title."
        if _iso(self.published.text()) is None:
            return "The date is not understood. Write it as 2026-03-01."
        return ""

    def _offer_languages(self, current: str) -> None:
        self.language.clear()
        self.language.addItem("Not known", "")
        codes = {*_CODES, *([current] if current else [])}
        for name, code in sorted((language_name(code), code) for code in codes):
            self.language.addItem(name, code)
        self.language.setCurrentIndex(max(0, self.language.findData(current)))


def language_name(code: str) -> str:
    """The name of a language; the code itself for one that Qt does not know."""
    language = QLocale.codeToLanguage(code.partition("-")[0])
    return code if language is QLocale.Language.AnyLanguage else QLocale.languageToString(language)


def dim(words: str) -> QLabel:
    """A quiet line of plain text."""
    label = QLabel(words, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
    label.setProperty("kind", "dim")
    return label


def size_in_words(size: int) -> str:
    """How large a file is, for people."""
    return QLocale().formattedDataSize(size, 0 if size < 1_000_000 else 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def _iso(written: str) -> str | None:
    """The ISO date of what was written, also in the way of this place; empty for nothing, None for no date."""
    words = written.strip()
    if not words:
        return ""
    try:
        return date.fromisoformat(words).isoformat()
    except ValueError:
        found = [QLocale().toDate(words, kind) for kind in _FORMATS]
        return next((one.toString(Qt.DateFormat.ISODate) for one in found if one.isValid()), None)
