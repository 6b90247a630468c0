"""What a newsroom asks before it lets a source stay unnamed."""

from PySide6.QtWidgets import QCheckBox, QPushButton, QVBoxLayout, QWidget

from claimdesk.core.claim import Claim
from claimdesk.core.evidence import AnonymityCheck
from claimdesk.ui import theme as look
from claimdesk.ui.inspector.drafts import Drafts
from claimdesk.ui.inspector.wishes import Wishes


class Checklist(QWidget):
    """How many questions are answered, and the questions if somebody wants to see them."""

    def __init__(self, drafts: Drafts, wishes: Wishes) -> None:
        super().__init__()
        self._drafts = drafts
        self._wishes = wishes
        self._fold = QPushButton()
        self._fold.setProperty("kind", "fold")
        self._fold.setFont(look.sans(9))
        self._fold.setCheckable(True)
        self._fold.toggled.connect(self._show)
        self._boxes = {check: QCheckBox(check.question) for check in AnonymityCheck}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._fold)
        for box in self._boxes.values():
            box.setFont(look.sans(9))
            box.clicked.connect(self._tell)
            column.addWidget(box)
        self._show()

    def show_claim(self, claim: Claim | None) -> None:
        """Show which questions are answered."""
        for check, box in self._boxes.items():
            box.setChecked(claim is not None and check in claim.anonymity)
        self._show()

    def _tell(self) -> None:
        if self._drafts.claim is not None:
            ticked = {check for check, box in self._boxes.items() if box.isChecked()}
            self._wishes.anonymity.emit(self._drafts.claim.id, ticked)

    def _show(self) -> None:
        is_open = self._fold.isChecked()
        ticked = sum(box.isChecked() for box in self._boxes.values())
        self._fold.setText(f"{'▾' if is_open else '▸'}  {ticked} of {len(self._boxes)} answered")
        self._fold.setAccessibleName(f"Anonymity checklist, {ticked} of {len(self._boxes)} answered")
        for box in self._boxes.values():
            box.setVisible(is_open)
