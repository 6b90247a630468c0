"""The key sheet, and what the program is."""

from collections.abc import Mapping

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMessageBox, QWidget

from claimdesk import __version__
from claimdesk.ui import commands
from claimdesk.ui.dialogs.keys import KeysDialog


def show_keys(actions: Mapping[str, QAction], window: QWidget) -> None:
    """Show every command that has a key, in the menus' order."""
    menus = []
    for title, _ in commands.MENUS:
        keyed = [command for command in commands.of_menu(title) if command.keys]
        menus.append(
            (title.replace("&", ""), [(one.text.replace("&", ""), _keys_of(actions[one.name])) for one in keyed])
        )
    KeysDialog(menus, window).exec()


def show_about(window: QWidget) -> None:
    """Show name, version and licence."""
    QMessageBox.about(
        window, "About ClaimDesk",
        f"<h3>ClaimDesk {__version__}</h3><p>Who stands behind each claim of an article.</p>"
        "<p>Everything stays on this computer. Apache License 2.0.</p>",
    )  # fmt: skip


def _keys_of(action: QAction) -> str:
    return "  ".join(sequence.toString(sequence.SequenceFormat.NativeText) for sequence in action.shortcuts())
