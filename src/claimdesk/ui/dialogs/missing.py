"""What is said at the start where the desk that was chosen once is not there: its disk is not connected, its folder was renamed."""

from enum import Enum, auto

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget


class Answer(Enum):
    """What shall be done about it."""

    TRY_AGAIN = auto()
    CHOOSE = auto()
    QUIT = auto()


class MissingDialog(QMessageBox):
    """The sentence, and three ways on; none of them makes a desk by itself."""

    def __init__(self, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(QMessageBox.Icon.Warning, "ClaimDesk", sentence, parent=parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.again = self.addButton("Try Again", QMessageBox.ButtonRole.AcceptRole)
        self.another = self.addButton("Choose Another Desk…", QMessageBox.ButtonRole.ActionRole)
        self.quit = self.addButton("Quit", QMessageBox.ButtonRole.RejectRole)
        self.setDefaultButton(self.again)
        self.setEscapeButton(self.quit)

    def ask(self) -> Answer:
        """What shall be done."""
        self.exec()
        answers = {self.again: Answer.TRY_AGAIN, self.another: Answer.CHOOSE}
        return next((answer for button, answer in answers.items() if button is self.clickedButton()), Answer.QUIT)
