"""The address of a page that shall be fetched."""

from urllib.parse import urlsplit

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget


class AddressDialog(QDialog):
    """Asks for it, and says who will see what; only its button fetches."""

    def __init__(self, address: str, proxy: str, parent: QWidget | None = None) -> None:
        """`proxy` is the address that pages are fetched through, empty for none."""
        super().__init__(parent)
        self.setWindowTitle("Open Address")
        self.setMinimumWidth(520)
        self._address = QLineEdit(address, placeholderText="https://example.org/story")
        self._address.setAccessibleName("Address of the page")
        self._address.setClearButtonEnabled(True)
        seen = "the proxy’s network address, not this computer’s" if proxy else "this computer’s network address"
        told = QLabel(
            f"The site will see {seen}. Nothing else is sent: no cookies, no name, nothing of the desk.",
            wordWrap=True,
            textFormat=Qt.TextFormat.PlainText,
        )
        told.setProperty("kind", "dim")
        buttons = QDialogButtonBox()
        self._fetch = buttons.addButton("Fetch Page", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        column.addWidget(self._address)
        column.addWidget(told)
        column.addSpacing(4)
        column.addWidget(buttons)
        self._address.textChanged.connect(self._check)
        self._check()

    @property
    def address(self) -> str:
        """What stands in the field, with https:// in front where that was left out."""
        words = self._address.text().strip()
        return words if "://" in words or not words else f"https://{words}"

    def _check(self) -> None:
        self._fetch.setEnabled(bool(urlsplit(self.address[:2000].replace("[", "").replace("]", "")).hostname))
