"""What `import` is told to take: files, folders, archives, patterns, addresses and standard input, one draft after the other."""

import glob
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from claimdesk.core.errors import ArticleError

if TYPE_CHECKING:
    from claimdesk.core.articles import Draft, Found
    from claimdesk.core.case import Bundle
    from claimdesk.core.settings import Settings

STDIN = "-"
_IN_STDIN = "standard input"


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing to take in, as it was named; `read` gives what is in it, and raises ArticleError where that fails."""

    name: str
    read: "Callable[[], Draft | Bundle]"


def incoming(named: Iterable[str], settings: "Settings", encoding: str | None, signed_by: str) -> Iterator[Incoming]:
    """All that was named, in that order; of folders and archives everything in them. Nothing is fetched before `read`.

    With a public key in `signed_by` cases are taken only if that key has signed them.
    """
    from claimdesk.core.articles.addresses import is_address

    for one in named:
        if one == STDIN:
            yield Incoming(_IN_STDIN, lambda: _from_stdin(encoding))
        elif is_address(one):
            yield Incoming(one, lambda one=one: _from_web(one, settings))  # type: ignore[misc]
        else:
            yield from _on_disk(one, encoding, signed_by)


def _on_disk(named: str, encoding: str | None, signed_by: str) -> Iterator[Incoming]:
    from claimdesk.core.articles import gather

    path = Path(named)
    matching = [named]
    if glob.has_magic(named) and not path.exists():  # where no shell did it
        matching = sorted(glob.glob(named, recursive=True))  # noqa: PTH207 - a pattern may begin in any folder
    if not matching:
        yield Incoming(named, lambda: _nothing(named))
    for found in gather(map(Path, matching)):
        yield Incoming(found.name, lambda found=found: _from_file(found, encoding, signed_by))  # type: ignore[misc]


def _from_file(found: "Found", encoding: str | None, signed_by: str) -> "Draft | Bundle":
    from claimdesk.core import bundle
    from claimdesk.core.articles import from_bytes

    case = None if found.member or found.refused else bundle.find(found.path, key=signed_by)
    return case or from_bytes(found.read(), found.filename, encoding=encoding)


def _nothing(pattern: str) -> "Draft":
    raise ArticleError(f"Nothing matches {pattern}; check the pattern and the folder.")


def _from_stdin(encoding: str | None) -> "Draft":
    from dataclasses import replace

    from claimdesk.core.articles import from_bytes
    from claimdesk.core.articles.kinds import RICH_BYTES

    raw = sys.stdin.buffer.read(RICH_BYTES + 1)
    if not raw.strip():
        raise ArticleError(f"Nothing came in on {_IN_STDIN}.")
    if len(raw) > RICH_BYTES:
        raise ArticleError(f"More than {RICH_BYTES // 1_000_000} MB came in on {_IN_STDIN}; split it into parts.")
    draft = from_bytes(raw, _IN_STDIN.replace(" ", "-"), encoding=encoding)
    return replace(draft, article=replace(draft.article, filename=""))


def _from_web(address: str, settings: "Settings") -> "Draft":
    from claimdesk.core.articles import from_fetched
    from claimdesk.core.articles.fetch import fetch

    return from_fetched(fetch(address, allowed=settings.fetch_hosts, proxy=settings.proxy))
