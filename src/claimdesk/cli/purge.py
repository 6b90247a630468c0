"""A source is removed from everywhere."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from claimdesk.cli.opening import existing, key_of
from claimdesk.cli.options import AsJson, DeskOption
from claimdesk.cli.telling import harmless, write_json
from claimdesk.core import settings
from claimdesk.core.errors import DeskError

if TYPE_CHECKING:
    from claimdesk.core.desk.purge import Plan
    from claimdesk.core.desk.redaction import Traces


def purge_source(
    source: Annotated[
        str, typer.Argument(metavar="SOURCE", help="Its number, as `claimdesk sources` shows it, its name or an alias.")
    ],
    desk: DeskOption = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False,
    as_json: AsJson = False,
) -> None:
    """Remove a source from everywhere: from claims, register, notes, search, history and all backups. It cannot be undone.

    The articles' own words stay, and so do the files that they were read from.
    """
    from claimdesk.core.desk import Entrance, purge

    if not (yes or dry_run or sys.stdin.isatty()):
        raise DeskError("Nobody can be asked here whether that may be done. Say --yes if it may; nothing was changed.")
    path, who = existing(desk), settings.load(settings.home()).who
    key = key_of(path)
    Entrance(path, who).open(key).close()  # brings an older desk up to date
    planned = purge.plan(path, key, int(source) if source.isdecimal() else source)
    told = {"source": planned.source.id, **_as_json(planned.traces), "names_kept": len(planned.kept)}
    if not as_json:
        print(_what_goes(planned), file=sys.stdout if dry_run else sys.stderr)
    if dry_run:
        if as_json:
            write_json(told | {"backups": planned.backups})
        return
    if not (yes or typer.confirm("Remove this source from everywhere?", err=True)):
        raise DeskError("Nothing was changed.")
    with _bar("Removing") as show:
        done = purge.purge(path, key, planned.source.id, who, show)
    if as_json:
        files = {"rewritten": list(map(str, done.rewritten)), "left": list(map(str, done.left))}
        write_json(told | _as_json(done.traces) | files)
    else:
        print(
            f"The source is removed from the desk. Backups that named it and were written anew: {len(done.rewritten)}"
        )
    if done.left:
        raise DeskError(done.warning)


def _as_json(traces: "Traces") -> dict[str, int]:
    return {"names": traces.names, "claims": traces.claims, "notes": traces.words, "history_rows": traces.rows,
            "articles_naming": traces.articles}  # fmt: skip


def _what_goes(planned: "Plan") -> str:
    """What is told before a source is removed; of a confidential one only the pseudonym."""
    who = f"Source {planned.source.id}, “{harmless(planned.source.public_name)}”"
    return "\n".join((f"{who}, would be removed from everywhere:", *planned.in_words, "It cannot be undone."))


@contextmanager
def _bar(doing: str) -> Iterator[Callable[[int, int], None]]:
    """What tells how far something came, with a bar on a terminal."""
    if not sys.stderr.isatty():
        yield lambda _, __: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True, redirect_stdout=False) as bars:
        task = bars.add_task(doing)
        yield lambda done, of: bars.update(task, completed=done, total=of)
