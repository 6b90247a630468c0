"""What the inspector asks for. Each small widget emits its own wishes here; the window hands them to the session."""

from PySide6.QtCore import QObject, Signal


class Wishes(QObject):
    """The signals; the first argument is a claim's id, unless the selected claim is meant."""

    level = Signal(str)
    accept = Signal()
    dismiss = Signal()
    reopen = Signal()
    source = Signal(int, str)
    second = Signal(int, str, str)
    """A second source: its name before and after; before is empty for a new one, after for one that goes."""
    via = Signal(int, str, str)
    tag = Signal(int, str, str)
    terms = Signal(int, object)
    manner = Signal(int, object)
    certainty = Signal(int, object)
    restated = Signal(int, str)
    denied = Signal(int, object)
    """The ids (a set) of the claims that it denies."""
    note = Signal(int, str)
    question = Signal(int, str)
    evidence = Signal(int, object, object)
    """A piece of evidence before and after; None before a new one, and after one that goes."""
    evidence_move = Signal(int, object, int)
    """A piece of evidence, and by how many places it goes down."""
    files = Signal(int, list)
    """Files (paths) that are evidence; none where somebody has to be asked for them."""
    save_file = Signal(object)
    """A piece of evidence whose kept file shall be written where somebody says."""
    open_address = Signal(str)
    verdict = Signal(int, object)
    rationale = Signal(int, str)
    reply = Signal(int, object, object)
    """An entry of the right-of-reply log before and after, as for evidence."""
    anonymity = Signal(int, object)
    """The questions (a set) that are answered."""
    show_claim = Signal(int)
    leave = Signal()
    """Somebody has finished writing and goes back to the review."""
