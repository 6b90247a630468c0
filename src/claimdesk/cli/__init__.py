"""The terminal door: everything that can be done without a window, each family of commands in a module of its name.

Exit codes: 0 done; 1 the named thing failed, with one sentence on standard error; 2 wrong call.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from claimdesk import __version__
from claimdesk.cli import (
    articles,
    backups,
    desk,
    history,
    merging,
    protection,
    purge,
    report,
    search,
    signing,
    sources,
    suggest,
)
from claimdesk.cli.options import DeskOption
from claimdesk.cli.telling import complain
from claimdesk.core.errors import ClaimDeskError

app = typer.Typer(
    help="An article beside the list of its claims: who stands behind each, and the annotated report of it.",
    no_args_is_help=False,
    invoke_without_command=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
desk_app = typer.Typer(
    help="The desk as a whole: what it is, and how it is protected.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(desk_app, name="desk")


def main() -> None:
    """Run the command; what the world did wrong becomes one sentence and exit code 1."""
    os.umask(0o077)  # whatever file is made, also by SQLite and Qt, is this person's alone
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app()
        sys.stdout.flush()
    except ClaimDeskError as error:
        complain(error)
        sys.exit(1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)


@app.callback()
def door(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Say which version this is.")] = False,
) -> None:
    """Open the window, unless a command is named."""
    if version:
        print(f"ClaimDesk {__version__}")
    elif context.invoked_subcommand is None:
        _window([], None)


def open_(
    wanted: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATH|ADDRESS]…", help="Articles to open; a page is fetched once you say so in the window."
        ),
    ] = None,
    desk: DeskOption = None,
) -> None:
    """Open the window with articles in it."""
    _window(wanted or [], desk)


def _window(wanted: list[str], desk: Path | None) -> None:
    from claimdesk.app import start
    from claimdesk.core.articles.addresses import named

    raise typer.Exit(start([named(one) for one in wanted], desk=desk))


_COMMANDS: dict[str, Callable[..., None]] = {
    "open": open_,
    "suggest": suggest.suggest,
    "import": articles.import_,
    "list": articles.list_,
    "search": search.search,
    "sources": sources.sources,
    "history": history.history,
    "report": report.report,
    "merge": merging.merge,
}
_OF_THE_DESK: dict[str, Callable[..., None]] = {
    "info": desk.info,
    "encrypt": protection.encrypt,
    "decrypt": protection.decrypt,
    "export-plain": protection.export_plain,
    "recovery-key": protection.recovery_key,
    "passphrase": protection.passphrase,
    "backup": backups.backup,
    "backups": backups.backups,
    "restore": backups.restore,
    "check": desk.check,
    "purge-source": purge.purge_source,
    "signing-key": signing.signing_key,
}
for _typer, _commands in ((app, _COMMANDS), (desk_app, _OF_THE_DESK)):
    for _name, _command in _commands.items():
        _typer.command(_name)(_command)
