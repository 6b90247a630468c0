"""Failures that a journalist can act on, each with one plain sentence.

`ClaimDeskError` and its kinds mean that the world failed (a file, a lock, a damaged desk): the doors show the sentence.
Whatever else is raised means that we failed, and is never turned into one of these.
"""


class ClaimDeskError(Exception):
    """The world did not do what was asked; `str()` is one sentence that says what is wrong and what to do."""


class ArticleError(ClaimDeskError):
    """An article could not be read or taken in."""


class DeskError(ClaimDeskError):
    """The desk could not be opened, read or written."""


class WrongKeyError(DeskError):
    """What was given does not open the desk; it may be tried again."""


class KeyringError(DeskError):
    """The system's keyring did not give or take a secret; another way to unlock may be tried."""


class ReportError(ClaimDeskError):
    """A report could not be written."""


class SettingsError(ClaimDeskError):
    """The preferences could not be read or written."""


class EditError(ClaimDeskError):
    """An edit makes no sense for the article or claim that it was asked for."""


class Cancelled(Exception):  # noqa: N818 - nothing went wrong
    """Nobody wants the result any more, and the work has stopped."""


def reason(error: OSError) -> str:
    """What the system said of a failed file operation, without the path: "permission denied"."""
    text = error.strerror or type(error).__name__
    return text[0].lower() + text[1:]
