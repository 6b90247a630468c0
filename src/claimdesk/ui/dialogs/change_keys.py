"""Other keys for a desk that is encrypted: a new recovery key, another passphrase."""

from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from claimdesk.ui.dialogs.key_pages import SHORTEST, PassphraseFields, RecoveryPage, heading, plain_words, row_of


class NewRecoveryKey(QDialog):
    """Shows a recovery key that takes the place of the old one once it is accepted."""

    def __init__(self, recovery: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("New Recovery Key")
        self.setFixedWidth(600)
        page = RecoveryPage("Use This One", "Keep the Old One")
        page.kept.connect(self.accept)
        page.left.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(28, 26, 28, 20)
        whole.addWidget(page)
        page.show_key(recovery)
        page.say("The old recovery key opens the desk no more once this one is used.")


class NewPassphrase(QDialog):
    """Asks for a passphrase twice; `words` is what was typed."""

    def __init__(self, has_one: bool, parent: QWidget | None = None) -> None:
        """`has_one`: whether the desk has a passphrase, which the new one is going to replace."""
        super().__init__(parent)
        self.setWindowTitle("Change Passphrase" if has_one else "Set Passphrase")
        self.setFixedWidth(520)
        self._fields = PassphraseFields()
        self._told = plain_words("")
        self._set, cancel = QPushButton("Set Passphrase"), QPushButton("Cancel")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(28, 26, 28, 20)
        whole.setSpacing(10)
        whole.addWidget(heading("A new passphrase"))
        whole.addWidget(plain_words(
            f"At least {SHORTEST} characters; some words are best. "
            + ("It takes the place of the old one; " if has_one else "It unlocks the desk besides the keyring; ")
            + "the recovery key stays as it is. Copies and backups that were made before keep the keys that they had."
        ))  # fmt: skip
        whole.addWidget(self._fields)
        whole.addWidget(self._told)
        whole.addLayout(row_of(cancel, self._set))
        self._set.setDefault(True)
        self._set.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        self._fields.changed.connect(self._check)
        self._fields.setFocus()
        self._check()

    @property
    def words(self) -> str:
        """The passphrase."""
        return self._fields.words

    def _check(self) -> None:
        self._told.setText(self._fields.missing)
        self._set.setEnabled(self._fields.complete)
