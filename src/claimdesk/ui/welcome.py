"""What stands in the article's place on an empty desk: the next step."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from claimdesk.ui import theme as look


class Welcome(QFrame):
    """Four ways to get an article."""

    open_wanted = Signal()
    address_wanted = Signal()
    paste_wanted = Signal()
    sample_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("welcome")
        heading = QLabel("No article yet")
        heading.setFont(look.serif(20))
        words = QLabel("Open or drop a text, Word, PDF, e-mail or web page, or a folder of them; or paste one. Its claims "
                       "are looked for on this computer; nothing leaves it.")  # fmt: skip
        words.setWordWrap(True)
        words.setFixedWidth(440)
        words.setMinimumHeight(44)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setSpacing(14)
        column.addStretch(2)
        column.addWidget(heading, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(words, 0, Qt.AlignmentFlag.AlignHCenter)
        for label, signal in (
            ("Open Articles…", self.open_wanted), ("Open Address…", self.address_wanted), ("Paste Text…", self.paste_wanted), ("Open the Sample", self.sample_wanted)
        ):  # fmt: skip
            button = QPushButton(label)
            button.setMinimumWidth(190)
            button.clicked.connect(signal)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
