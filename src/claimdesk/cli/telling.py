"""How the terminal is told things: one sentence for a failure, JSON for programs, a bar for what takes long.

Nothing that came out of a desk or an article is printed before `harmless` or `mask_of` has seen to it where that is needed.
"""

import json
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from claimdesk.core.errors import ClaimDeskError

if TYPE_CHECKING:
    from claimdesk.core.confidential import Mask
    from claimdesk.core.desk import Desk

Thing = TypeVar("Thing")


def complain(error: ClaimDeskError) -> None:
    """Tell of a failure in its one sentence, on one line of standard error."""
    warn(str(error))


def warn(sentence: str) -> None:
    """Say what must not go into a command's answer, on one line of standard error."""
    print(" ".join(sentence.split()), file=sys.stderr)


def write_json(told: Any) -> None:
    """Write it for other programs, in the letters that it is in."""
    print(json.dumps(told, ensure_ascii=False, indent=1))


def mask_of(desk: "Desk", *, names: bool) -> "Mask":
    """What hides the names of the desk's confidential sources; it hides nothing where `names` are asked for."""
    from claimdesk.core.confidential import Mask

    return Mask(() if names else desk.mask_sources())


def harmless(text: str) -> str:
    """The text without characters that could command a terminal."""
    return "".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in text)


def each(things: Iterable[Thing], do: Callable[[Thing], bool]) -> int:
    """Do it for each; one that fails is told and does not stop the others. The exit code."""
    failed = 0
    for thing in things:
        try:
            failed |= not do(thing)
        except ClaimDeskError as error:
            complain(error)
            failed = 1
    return int(failed)


def progress(things: list[Thing], doing: str = "Reading", *, least: int = 2) -> Iterator[Thing]:
    """The things, with a bar on a terminal where there are so many at `least`."""
    if len(things) < least or not sys.stderr.isatty():
        yield from things
        return
    from rich.console import Console
    from rich.progress import Progress

    # What is printed has to go round the bar on a terminal, and must not go to it where it is piped elsewhere.
    with Progress(console=Console(stderr=True), transient=True, redirect_stdout=sys.stdout.isatty()) as progress:
        yield from progress.track(things, description=doing)
