"""What is said at the start where the desk is damaged and a good backup of it is there."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget


class DamagedDialog(QMessageBox):
    """The sentence, and one button that brings the backup back; nothing here ever deletes a desk."""

    def __init__(self, sentence: str, backup: str, parent: QWidget | None = None) -> None:
        super().__init__(QMessageBox.Icon.Warning, "ClaimDesk", sentence, parent=parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setInformativeText(f"{backup} What is damaged is kept beside it.")
        self.restore = self.addButton("Restore the Backup", QMessageBox.ButtonRole.AcceptRole)
        self.quit = self.addButton("Quit", QMessageBox.ButtonRole.RejectRole)
        self.setDefaultButton(self.restore)

    def ask(self) -> bool:
        """Whether the backup shall be brought back."""
        self.exec()
        return self.clickedButton() is self.restore
