"""The terminal door: everything that can be done without a window.

Exit codes: 0 done; 1 the named thing failed, with one sentence on standard error; 2 wrong call.
"""

import json
import os
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from claimdesk import __version__
from claimdesk.core import settings
from claimdesk.core.claim import Article, Claim, Review
from claimdesk.core.desk.keys import Slot
from claimdesk.core.errors import (
    ArticleError,
    ClaimDeskError,
    DamagedDeskError,
    DeskError,
    KeyringError,
    ReportError,
    WrongKeyError,
    reason,
)
from claimdesk.core.hits import Hit, HitKind, SearchFilter
from claimdesk.core.levels import BY_SLUG

if TYPE_CHECKING:
    from claimdesk.core.confidential import Mask
    from claimdesk.core.desk import Backup, Backups, Desk, Entrance
    from claimdesk.core.desk.purge import Plan
    from claimdesk.core.desk.redaction import Traces
    from claimdesk.core.sources import Source
    from claimdesk.core.suggest import Support

Thing = TypeVar("Thing")

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

# Typer would take an unreadable file for a wrong call (its own sentence, exit code 2): `readable=False` leaves that to us.
DeskOption = Annotated[
    Path | None,
    typer.Option("--desk", metavar="PATH", readable=False, help="The desk; else CLAIMDESK_DESK, else your own."),
]
Encoding = Annotated[
    str | None, typer.Option(metavar="NAME", help="Encoding of files that are not UTF-8, such as cp1252.")
]
_DAY = "%Y-%m-%d"
AsJson = Annotated[bool, typer.Option("--json", help="Write JSON for other programs.")]
WithNames = Annotated[bool, typer.Option("--names", help="Show the names of confidential sources, not pseudonyms.")]


def main() -> None:
    """Run the command; what the world did wrong becomes one sentence and exit code 1."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app()
        sys.stdout.flush()
    except ClaimDeskError as error:
        _complain(error)
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


@app.command("open")
def open_(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="[PATH]…", readable=False, help="Articles to open.")
    ] = None,
    desk: DeskOption = None,
) -> None:
    """Open the window with articles in it."""
    _window(paths or [], desk)


@app.command()
def suggest(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE…", readable=False, help="Articles (.txt, .md), or - for standard input with --jsonl."
        ),
    ],
    as_json: AsJson = False,
    as_jsonl: Annotated[
        bool, typer.Option("--jsonl", help='Files are lines of {"id", "text"}; write an object a line.')
    ] = False,
    encoding: Encoding = None,
) -> None:
    """Suggest the claims of articles, with source, cue and level, without a desk.

    Example: claimdesk suggest --json article.txt > claims.json
    """
    from claimdesk.core import suggest as suggesting

    if as_jsonl:
        raise typer.Exit(_each(files, _suggest_lines))
    found: list[dict[str, Any]] = []

    def one(path: Path) -> bool:
        article = _read(path, encoding)[0]
        suggestions = suggesting.suggest(article)
        data = suggesting.to_json(article, path.stem, suggestions)
        if as_json:
            found.append(data)
        else:
            _show_suggestions(article, data, suggestions.support)
        return True

    failed = _each(_progress(files) if as_json else files, one)
    if as_json and found:
        print(json.dumps(found[0] if len(files) == 1 else found, ensure_ascii=False, indent=1))
    raise typer.Exit(failed)


@app.command("import")
def import_(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE…", readable=False, help="Articles (.txt, .md).")
    ] = None,
    desk: DeskOption = None,
    encoding: Encoding = None,
    sample: Annotated[bool, typer.Option("--sample", help="Take in the sample article too.")] = False,
    as_json: AsJson = False,
) -> None:
    """Put articles on the desk, with their suggested claims."""
    from claimdesk.core.resources import SAMPLE_ARTICLE

    paths = [*(files or []), *([SAMPLE_ARTICLE] if sample else [])]
    if not paths:
        raise typer.BadParameter("name a file to import, or --sample")
    taken: list[dict[str, Any]] = []

    with _open(desk, make=True) as opened:

        def one(path: Path) -> bool:
            article, claims, known = _take_in(opened, *_read(path, encoding))
            taken.append({"id": article.id, "title": article.title, "claims": claims, "already_there": known})
            if not as_json:
                what = "is on the desk already" if known else f"{claims} suggested claims"
                print(f"{article.id}  {article.title}: {what}")
            return True

        failed = _each(_progress(paths), one)
    if as_json:
        print(json.dumps(taken, ensure_ascii=False, indent=1))
    raise typer.Exit(failed)


@app.command("list")
def list_(desk: DeskOption = None, as_json: AsJson = False, names: WithNames = False) -> None:
    """List the articles of the desk, newest first."""
    from claimdesk.core.confidential import Mask

    with _open(desk, make=False) as opened:
        summaries = opened.articles()
        mask = Mask(() if names else opened.mask_sources())
    rows = []
    for summary in summaries:
        reviews = {review.value: 0 for review in Review}
        for (_, review), count in summary.counts.items():
            reviews[review.value] += count
        rows.append({"id": summary.id, "title": mask.words(summary.title), "outlet": mask.words(summary.outlet), "published": summary.published,
                     "language": summary.language, "imported_at": summary.imported_at, **reviews})  # fmt: skip
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    elif not rows:
        print("No articles on this desk yet. Put one there with: claimdesk import FILE")
    for row in rows if not as_json else []:
        print(f"{row['id']:>4}  {row['title']}  ({row['accepted']} accepted, {row['suggested']} to review)")


def _known_level(level: str) -> str:
    if level and level not in BY_SLUG:
        raise typer.BadParameter(f"there is no level {level}; the levels are {', '.join(BY_SLUG)}")
    return level


@app.command()
def search(
    query: Annotated[
        list[str],
        typer.Argument(metavar="QUERY…", help="Words that must all occur; '\"words in quotes\"' side by side."),
    ],
    level: Annotated[
        str, typer.Option(metavar="LEVEL", callback=_known_level, help="Claims of this level, such as denial.")
    ] = "",
    review: Annotated[Review | None, typer.Option(help="Claims in this state of review.")] = None,
    source: Annotated[str, typer.Option(metavar="NAME", help="Claims of a source of this name, or a part of it.")] = "",
    outlet: Annotated[
        str, typer.Option(metavar="NAME", help="Articles of an outlet of this name, or a part of it.")
    ] = "",
    language: Annotated[str, typer.Option(metavar="TAG", help="Articles in this language, such as en.")] = "",
    since: Annotated[
        datetime | None,
        typer.Option(formats=[_DAY], metavar="DAY", help="Published on this day (2031-05-02) or later."),
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(formats=[_DAY], metavar="DAY", help="Published on this day or earlier.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="So many hits of each kind at most.")] = 20,
    desk: DeskOption = None,
    as_json: AsJson = False,
    names: WithNames = False,
) -> None:
    """Find words in the articles, claims, notes and sources of the desk, newest first.

    The last word, and each Korean one, may go on. Dismissed claims are found with --review dismissed only.
    """
    from claimdesk.core.confidential import Mask

    chosen = SearchFilter(
        level, review, source, outlet, language, since.date() if since else None, until.date() if until else None
    )
    asked = " ".join(query)
    with _open(desk, make=False) as opened:
        found = {kind: _hits(opened, asked, chosen, kind, limit) for kind in HitKind}
        mask = Mask(() if names else opened.mask_sources())
    found = {kind: ([_masked(hit, mask) for hit in some], more) for kind, (some, more) in found.items()}
    hits = [hit for some, _ in found.values() for hit in some]
    if as_json:
        print(json.dumps([_hit_as_json(hit) for hit in hits], ensure_ascii=False, indent=1))
    elif not hits:
        print(f"Nothing found for “{_harmless(asked)}”.")
    else:
        for kind, (some, more) in found.items():
            _show_hits(kind, some, more=more)


@app.command()
def sources(desk: DeskOption = None, as_json: AsJson = False, names: WithNames = False) -> None:
    """List the sources of the desk with their claims, confidential ones by their pseudonym."""
    from claimdesk.core.confidential import Mask

    with _open(desk, make=False) as opened:
        entries = opened.sources()
        mask = Mask(() if names else opened.mask_sources())
    rows = []
    for entry in entries:
        source, hidden = entry.source, mask.hides(entry.source.name)
        about = {"role": source.role, "affiliation": source.affiliation}
        rows.append({"id": source.id, "name": mask.name(source.name), "kind": source.kind.value,
                     **{key: "" if hidden else mask.words(words) for key, words in about.items()},
                     "aliases": [] if hidden else [mask.name(alias) for alias in source.aliases],
                     "confidential": source.confidential, "claims": entry.claims, "articles": entry.articles})  # fmt: skip
    rows.sort(key=lambda row: str(row["name"]).casefold())
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    elif not rows:
        print("No sources on this desk yet. They come with the claims of an article: claimdesk import FILE")
    for row in rows if not as_json else []:
        about_it = ", ".join(str(row[key]) for key in ("role", "affiliation") if row[key])
        counted = ", ".join(f"{what}: {row[what]}" for what in ("claims", "articles"))
        kept = ", confidential" if row["confidential"] else ""
        print(f"{row['id']:>4}  {row['name']}{f', {about_it}' if about_it else ''}  ({row['kind']}{kept}; {counted})")


@app.command()
def history(
    article: Annotated[
        int | None, typer.Argument(metavar="[ARTICLE]", help="The number of an article; else all of the desk.")
    ] = None,
    desk: DeskOption = None,
    as_json: AsJson = False,
    noted: Annotated[
        str, typer.Option("--head", metavar="HEAD", help="Check it against a head that `desk info` printed earlier.")
    ] = "",
    names: WithNames = False,
) -> None:
    """Show what was done, the newest first, and whether anything but ClaimDesk changed the record of it."""
    from claimdesk.core.confidential import Mask
    from claimdesk.core.past import Head, Kind

    try:
        head = Head.read(noted) if noted else None
    except ValueError as error:
        raise typer.BadParameter("a head is a number of rows, a colon and a hash of 64 characters") from error
    with _open(desk, make=False) as opened:
        entries = opened.history(opened.article(article).id if article is not None else None)
        broken = opened.verify_history(head)
        mask = Mask(() if names else opened.mask_sources())
    entries = [replace(entry, sentence=mask.words(entry.sentence)) for entry in entries]
    if as_json:
        print(json.dumps([asdict(entry) for entry in reversed(entries)], ensure_ascii=False, indent=1))
    for entry in reversed(entries) if not as_json else []:
        at = datetime.fromisoformat(entry.at).astimezone()
        what = f"{entry.kind.capitalize()}: " if entry.kind in {Kind.UNDO, Kind.REDO} else ""
        print(f"{entry.id:>6}  {at:%Y-%m-%d %H:%M:%S}  {_harmless(entry.who)}  {_harmless(what + entry.sentence)}")
    if broken is not None:
        raise DeskError(
            f"Row {broken} of the desk's history is not what ClaimDesk wrote there, or rows at its end are missing. "
            "Keep a copy of the desk as it is, and compare it with a backup."
        )


@app.command()
def report(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="A file, or the number of an article on the desk.")],
    to: Annotated[
        Path,
        typer.Option("--to", metavar="FILE", readable=False, help="Where the report goes; its ending is the format."),
    ],
    suggestions: Annotated[
        bool, typer.Option("--suggestions", help="Show what is not reviewed too, marked as such.")
    ] = False,
    names: WithNames = False,
    published: Annotated[
        bool,
        typer.Option(
            "--published",
            help="Write it although the article's own words name a confidential source; pseudonyms elsewhere.",
        ),
    ] = False,
    desk: DeskOption = None,
    encoding: Encoding = None,
) -> None:
    """Write the annotated report of an article (.html, .csv): accepted claims only, pseudonyms for confidential sources."""
    from claimdesk.core import reports
    from claimdesk.core.confidential import namings, warning

    found, claims, head, by, register = _reviewed(article, desk, encoding)
    warned = "" if names else warning(len(namings(found, register)))
    if warned and not published:
        raise ReportError(
            f"{warned} Nothing was written: --published writes it all the same, with pseudonyms elsewhere; --names with names."
        )
    made = reports.build(
        found, claims, suggestions=suggestions or not found.id, made_at=datetime.now(UTC), version=__version__,
        suggester=by, head=head, register=() if names else register,
    )  # fmt: skip
    reports.write(made, to)
    if warned:
        print(warned, file=sys.stderr)
    print(f"Report written: {to}")


@desk_app.command()
def info(desk: DeskOption = None, as_json: AsJson = False) -> None:
    """Say where the desk is, whether it is encrypted and by what it is unlocked, how much it holds, and how its history ends.

    Whoever notes the head of the history can tell later, by `claimdesk history --head`, if something of it was cut off.
    """
    from claimdesk.core.desk import Entrance

    path = _existing(desk)
    kinds = sorted(Entrance(path, "").kinds)
    with _open(desk, make=False) as opened:
        summaries, head = opened.articles(), opened.head_to_note()
    told = {
        "path": str(path), "encrypted": bool(kinds), "unlocked_by": kinds,
        "bytes": path.stat().st_size, "articles": len(summaries),
        "claims": sum(sum(summary.counts.values()) for summary in summaries), "history": str(head),
    }  # fmt: skip
    if as_json:
        print(json.dumps(told, ensure_ascii=False, indent=1))
        return
    print(path, f"Encrypted, unlocked by {', '.join(kinds)}" if kinds else "Not encrypted", sep="\n")
    print(f"{told['articles']} articles, {told['claims']} claims, {told['bytes']:,} bytes")
    print(f"Head of the history: {head}")


@desk_app.command()
def encrypt(
    by: Annotated[Slot, typer.Option("--by", help="What unlocks it besides its recovery key.")] = Slot.KEYRING,
    desk: DeskOption = None,
) -> None:
    """Encrypt a plain desk; its recovery key is shown once, on standard error."""
    from claimdesk.core.desk import Entrance

    entrance = Entrance(_existing(desk), "")
    if entrance.is_encrypted:
        raise DeskError("The desk is encrypted already.")
    key, recovery = entrance.plan(by, _words("New passphrase") if by is Slot.PASSPHRASE else "")
    try:
        entrance.encrypt(key)
    except DeskError:
        entrance.give_up()
        raise
    _show_recovery(recovery)
    print(
        "The desk is encrypted. Copies and backups that were made of it before are not: delete them if they may not be read."
    )


@desk_app.command()
def decrypt(desk: DeskOption = None) -> None:
    """Make an encrypted desk plain again."""
    from claimdesk.core.desk import protection

    path = _existing(desk)
    key = _key(path)
    if key is None:
        raise DeskError("The desk is not encrypted.")
    protection.decrypt(path, key)
    print("The desk is not encrypted any more: whoever can read its file can read what it holds.")


@desk_app.command("export-plain")
def export_plain(
    target: Annotated[Path, typer.Argument(metavar="FILE", readable=False, help="Where the copy goes.")],
    desk: DeskOption = None,
) -> None:
    """Write a plain copy of the desk, for sqlite-utils, Datasette and other programs."""
    from claimdesk.core.desk import protection

    path = _existing(desk)
    protection.export_plain(path, _key(path), target)
    print(f"Plain copy written: {target}. Whoever can read that file can read what it holds.")


@desk_app.command("recovery-key")
def recovery_key(desk: DeskOption = None) -> None:
    """Make a new recovery key, shown once on standard error; the old one opens the desk no more."""
    entrance, key = _unlocked(desk)
    recovery = entrance.plan_recovery(key)
    entrance.keep_planned()
    _show_recovery(recovery)


@desk_app.command()
def passphrase(
    new: Annotated[
        Path | None,
        typer.Option(
            "--new", metavar="FILE", readable=False, help="Its first line is the new one; else it is asked for."
        ),
    ] = None,
    desk: DeskOption = None,
) -> None:
    """Let a passphrase unlock the desk, in place of the one before, if there was one; the recovery key stays."""
    if new is None and not sys.stdin.isatty():
        raise DeskError("Name a file that holds the new passphrase with --new.")
    entrance, key = _unlocked(desk)
    entrance.set_passphrase(key, _typed("New passphrase") if new is None else _not_empty(settings.first_line(new)))
    print(
        "The new passphrase unlocks the desk. Copies of the desk that were made before are still opened by the old one."
    )


@desk_app.command()
def backup(
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="FOLDER", readable=False, help="Another folder, on a stick for instance."),
    ] = None,
    desk: DeskOption = None,
) -> None:
    """Make a backup of the desk now, and compare it with the desk."""
    from claimdesk.core.desk import Backups

    path = _existing(desk)
    made = Backups(path, _key(path)).make(to=to)
    print(f"Backup {made.number} written and compared with the desk: {made.path}")


@desk_app.command()
def backups(desk: DeskOption = None, as_json: AsJson = False) -> None:
    """List the backups of the desk, the newest first, after reading all of each."""
    from claimdesk.core.desk import Backups

    path = desk or settings.desk_path()
    of_desk = Backups(path, _key_if_any(path))
    rows = [_looked_at(of_desk, one) for one in _progress(of_desk.all())]
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    if not rows:
        print("No backups of this desk yet. Make one with: claimdesk desk backup")
        return
    for row in rows:
        at = datetime.fromisoformat(row["at"]).astimezone()
        held = f"{row['articles']} articles, {row['claims']} claims, " if row["verified"] else ""
        print(f"{row['number']:>4}  {at:%Y-%m-%d %H:%M}  {held}{row['bytes']:,} bytes, {row['state']}")
    print(f"In {of_desk.folder}. Old backups keep what was deleted from the desk since.")


@desk_app.command()
def restore(
    backup: Annotated[str, typer.Argument(metavar="BACKUP", help="Its number, or its file.")],
    desk: DeskOption = None,
) -> None:
    """Put a backup in the place of the desk, which becomes a backup first."""
    from claimdesk.core.desk import Backups, keys, restoring

    path, named = desk or settings.desk_path(), Path(backup)
    by_number = backup.isdecimal() and not named.exists()
    found = Backups(path).numbered(int(backup)).path if by_number else named
    was_encrypted = keys.beside(path).exists()
    kept = restoring.restore(path, found, _key_of_backup(path, found))
    print(f"The desk is as it was in {found.name}.")
    if kept is not None and kept.replaced:
        print(f"Its files until now could not be read whole, and are kept as they were: {kept.path}")
    elif kept is not None:
        print(f"What it held until now is backup {kept.number}.")
    if was_encrypted and not keys.beside(path).exists():
        print("That backup was made before the desk was encrypted, so the desk is plain now: claimdesk desk encrypt")


@desk_app.command()
def check(desk: DeskOption = None, as_json: AsJson = False) -> None:
    """Read all of the desk and say what is wrong with it; exit code 1 if anything is."""
    from claimdesk.core.desk import Backups
    from claimdesk.core.desk.check import check as look

    path = _existing(desk)
    key = _key(path)
    found = look(path, key)
    sound = all(finding.ok for finding in found)
    if as_json:
        told = [{"name": one.name, "ok": one.ok, "wrong": one.wrong, "note": one.note} for one in found]
        print(json.dumps(told, indent=1))
    for one in found if not as_json else []:
        print(f"{one.name + ':':<17} {one.wrong or 'ok'}{f', {one.note}' if one.note else ''}")
    if not sound:
        raise DeskError(f"The desk is not as it should be; nothing was changed. {Backups(path, key).advice()}")


@desk_app.command("purge-source")
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

    path, who = _existing(desk), settings.load(settings.home()).who
    key = _key(path)
    Entrance(path, who).open(key).close()  # brings an older desk up to date
    planned = purge.plan(path, key, int(source) if source.isdecimal() else source)
    told = {
        "source": planned.source.id,
        **_as_json(planned.traces),
        "names_kept": len(planned.kept),
        "backups": planned.backups,
    }
    if not as_json:
        print(_what_goes(planned), file=sys.stdout if dry_run else sys.stderr)
    if dry_run:
        if as_json:
            print(json.dumps(told, indent=1))
        return
    if not (yes or _agreed("Remove this source from everywhere?")):
        raise DeskError("Nothing was changed.")
    with _bar("Removing") as show:
        done = purge.purge(path, key, planned.source.id, who, show)
    if as_json:
        files = {"rewritten": list(map(str, done.rewritten)), "left": list(map(str, done.left))}
        print(json.dumps(told | _as_json(done.traces) | files, ensure_ascii=False, indent=1))
    else:
        print(
            f"The source is removed from the desk and from {len(done.rewritten)} backups; the others did not name it."
        )
    if done.left:
        raise DeskError(
            "These backups could not be written anew, because they are damaged or of another key, and may still hold the source; "
            f"delete them if they do: {', '.join(path.name for path in done.left)}"
        )


def _as_json(traces: "Traces") -> dict[str, int]:
    return {"names": traces.names, "claims": traces.claims, "notes": traces.words, "history_rows": traces.rows,
            "articles_naming": traces.articles}  # fmt: skip


def _what_goes(planned: "Plan") -> str:
    """What is told before a source is removed; of a confidential one only the pseudonym."""
    from claimdesk.core.removal import PLACEHOLDER

    traces = planned.traces
    lines = [
        f"Source {planned.source.id}, “{_harmless(planned.source.public_name)}”, would be removed from everywhere:",
        f"{traces.names:>6}  names and aliases in the register",
        f"{traces.claims:>6}  claims that rest on it or came through it, which they will not any more",
        f"{traces.words:>6}  notes, reasons and file names that name it; they will say {PLACEHOLDER}",
        f"{traces.rows:>6}  rows of the history that name it; they are redacted",
        f"{planned.backups:>6}  backups, which are looked through and written anew where they name it",
        "The articles' own words stay, and so do the files that they were read from, and reports and copies that lie elsewhere.",
    ]
    if traces.articles:
        lines.append(f"In {traces.articles} of the articles its name stands in their own words.")
    if planned.kept:
        lines.append(
            f"Names of other sources that hold its name stay, {len(planned.kept)} of them: remove those sources too if need be."
        )
    return "\n".join([*lines, "It cannot be undone."])


def _agreed(question: str) -> bool:
    """Whether somebody at the terminal says yes; raises DeskError where nobody can be asked."""
    if not sys.stdin.isatty():
        raise DeskError("Nobody can be asked here whether that may be done. Say --yes if it may; nothing was changed.")
    return typer.confirm(question, err=True)


@contextmanager
def _bar(doing: str) -> Iterator[Callable[[int, int], None]]:
    """What tells how far something came, with a bar on a terminal."""
    if not sys.stderr.isatty():
        yield lambda _, __: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True, redirect_stdout=False) as progress:
        task = progress.add_task(doing)
        yield lambda done, of: progress.update(task, completed=done, total=of)


def _window(paths: list[Path], desk: Path | None) -> None:
    from claimdesk.app import start

    raise typer.Exit(start(paths, desk=desk))


@contextmanager
def _open(path: Path | None, *, make: bool) -> Iterator["Desk"]:
    """The desk; one that is not there is made only where `make` says so."""
    from claimdesk.core.desk import Backups, Entrance

    if not make:
        _existing(path)
    entrance = Entrance(path or settings.desk_path(), settings.load(settings.home()).who)
    key = None if entrance.is_new else _key(entrance.path)
    try:
        desk = _made(entrance) if entrance.is_new else entrance.open(key)
    except DamagedDeskError as error:
        backups = Backups(entrance.path, key)
        raise DeskError(f"{error} {backups.advice()}" if backups.all() else str(error)) from error
    with desk:
        yield desk


def _existing(path: Path | None) -> Path:
    where = path or settings.desk_path()
    if not where.exists():
        raise DeskError(f"There is no desk {where}. Check the path; `claimdesk import FILE` makes a new one.")
    return where


def _unlocked(desk: Path | None) -> tuple["Entrance", bytes]:
    """The entrance to an encrypted desk, and its key."""
    from claimdesk.core.desk import Entrance

    path = _existing(desk)
    key = _key(path)
    if key is None:
        raise DeskError("The desk is not encrypted. `claimdesk desk encrypt` encrypts it.")
    return Entrance(path, ""), key


def _key(path: Path) -> bytes | None:
    """The key of the desk at `path`, by the keyring or by words that are asked for; None if it is plain."""
    from claimdesk.core.desk import Entrance

    entrance = Entrance(path, "")
    if not entrance.is_encrypted:
        return None
    if entrance.takes_keyring and settings.passphrase() is None:
        try:
            return entrance.key_by_keyring()
        except KeyringError as error:
            if not sys.stdin.isatty():
                raise
            _complain(error)
    return entrance.key_by_words(_words("Passphrase or recovery key of the desk"))


def _key_if_any(path: Path) -> bytes | None:
    """The key of the desk at `path`; where it cannot be had, that is told, and None."""
    try:
        return _key(path)
    except DeskError as error:
        _complain(error)
        return None


def _key_of_backup(path: Path, backup: Path) -> bytes | None:
    """The key of a backup of the desk at `path`: the desk's own ways to unlock it where it is the same key, else the backup's."""
    from claimdesk.core.desk import keys

    try:
        of_desk = keys.load(path)
    except DeskError:  # damaged, which may be why a backup is restored
        of_desk = None
    of_backup = keys.load(backup)
    same = of_desk is not None and (of_backup is None or of_desk.mark == of_backup.mark)
    return _key(path) if same else _key(backup)


def _looked_at(of_desk: "Backups", one: "Backup") -> dict[str, Any]:
    """What is told of a backup; `verified` is None where its key is another, and it cannot be read."""
    told: dict[str, Any] = {
        "number": one.number, "at": one.at.isoformat(), "path": str(one.path), "bytes": one.size,
        "articles": None, "claims": None, "verified": False, "state": "kept as it was when a backup replaced it",
    }  # fmt: skip
    if one.replaced:
        return told
    try:
        held = of_desk.contents(one.path)
    except WrongKeyError:
        return told | {"verified": None, "state": "of another key, so not verified"}
    except DeskError:
        return told | {"state": "damaged"}
    return told | {"articles": held.articles, "claims": held.claims, "verified": True, "state": "verified"}


def _made(entrance: "Entrance") -> "Desk":
    """A new desk, protected as CLAIMDESK_ENCRYPTION says."""
    how = settings.encryption()
    if how is None:
        raise DeskError(
            "There is no desk yet. Set CLAIMDESK_ENCRYPTION to keyring, passphrase or off to say how it is made, "
            "or start ClaimDesk's window once."
        )
    if how == "off":
        return entrance.make()
    by = Slot(how)
    key, recovery = entrance.plan(by, _words("New passphrase") if by is Slot.PASSPHRASE else "")
    made = entrance.make(key)
    _show_recovery(recovery)
    return made


def _words(asking: str) -> str:
    """A passphrase: out of the file that CLAIMDESK_PASSPHRASE_FILE names, else typed unseen."""
    words = settings.passphrase()
    return _typed(asking) if words is None else _not_empty(words)


def _typed(asking: str) -> str:
    if not sys.stdin.isatty():
        raise DeskError("The desk needs its passphrase. Name a file that holds it in CLAIMDESK_PASSPHRASE_FILE.")
    return _not_empty(typer.prompt(asking, hide_input=True, err=True, confirmation_prompt=asking.startswith("New")))


def _not_empty(words: str) -> str:
    if not words:
        raise DeskError("An empty passphrase protects nothing. Choose another.")
    return words


def _show_recovery(recovery: str) -> None:
    print(
        f"The recovery key of this desk, which opens it when the keyring or the passphrase does not:\n\n    {recovery}\n\n"
        "Write it down and keep it away from this computer. It is not shown again.",
        file=sys.stderr,
    )


def _read(path: Path, encoding: str | None) -> tuple[Article, bytes]:
    from claimdesk.core.articles import from_file

    return from_file(path, encoding=encoding)


def _take_in(desk: "Desk", article: Article, original: bytes) -> tuple[Article, int, bool]:
    """Put an article and its suggestions on the desk; the article, how many claims it has, whether it was there."""
    from claimdesk.core import edits
    from claimdesk.core.suggest import suggest as look_for_claims
    from claimdesk.core.text import sha256

    known = desk.find_article(sha256(article.text))
    added = known or desk.add_article(article, original=original)
    if not desk.has_run(added.id, edits.Verb.SUGGEST):  # one may be known whose import was cut off before this
        found = look_for_claims(added).claims
        edit = edits.take_suggestions(desk.claims(added.id), added, found)
        if edit is not None:
            desk.commit(edit)
    return added, len(desk.claims(added.id)), known is not None


def _reviewed(
    article: str, desk: Path | None, encoding: str | None
) -> tuple[Article, list[Claim], str, str, list["Source"]]:
    """An article with its claims, the history's head and the suggester: from the desk, or fresh from a file.

    With it goes what a mask of the desk's confidential sources needs, if there is a desk.
    """
    from claimdesk.core import edits
    from claimdesk.core.suggest import suggest as look_for_claims
    from claimdesk.core.text import sha256

    path = Path(article)
    by_number = article.isdecimal() and not path.exists()
    read = None if by_number else _read(path, encoding)[0]
    where = desk or settings.desk_path()
    register: list[Source] = []
    if by_number or where.exists():
        with _open(desk, make=False) as opened:
            register = opened.mask_sources()
            found = opened.article(int(article)) if read is None else opened.find_article(sha256(read.text))
            if found is not None:
                return found, opened.claims(found.id), opened.head(), "", register
    if read is None:
        raise ArticleError(f"There is no article {article}.")
    suggestions = look_for_claims(read)
    edit = edits.take_suggestions([], read, suggestions.claims)
    claims = [change.after for change in edit.changes if change.after is not None] if edit is not None else []
    return read, claims, "", suggestions.suggester, register


def _suggest_lines(path: Path) -> bool:
    """Answer each line of {"id", "text"} with a line, at once; False if a line was none."""
    from claimdesk.core import suggest as suggesting

    name = "standard input" if str(path) == "-" else path.name
    good = True
    with _lines(path) as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                identifier, article = _asked(line)
            except ArticleError as error:
                _complain(ArticleError(f"Line {number} of {name} was left out: {error}"))
                good = False
                continue
            data = suggesting.to_json(article, identifier, suggesting.suggest(article))
            print(json.dumps(data, ensure_ascii=False), flush=True)
    return good


def _asked(line: bytes) -> tuple[str, Article]:
    """The identifier and the article of a line of {"id", "text"}; raises ArticleError where it is none."""
    from claimdesk.core.articles import from_text

    try:
        asked = json.loads(line)
        identifier, text = str(asked["id"]), asked["text"]
    except (ValueError, KeyError, TypeError, RecursionError):
        identifier, text = "", None
    if not isinstance(text, str):
        raise ArticleError('it is no object of the form {"id": …, "text": …} in UTF-8.')
    return identifier, from_text(text)


@contextmanager
def _lines(path: Path) -> Iterator[IO[bytes]]:
    if str(path) == "-":
        yield sys.stdin.buffer
        return
    try:
        lines = path.open("rb")
    except OSError as error:
        raise ArticleError(f"{path.name} cannot be read: {reason(error)}.") from error
    with lines:
        yield lines


def _each(paths: Iterable[Path], do: Callable[[Path], bool]) -> int:
    """Do it for each path; one that fails is told and does not stop the others. The exit code."""
    failed = 0
    for path in paths:
        try:
            failed |= not do(path)
        except ClaimDeskError as error:
            _complain(error)
            failed = 1
    return int(failed)


def _progress(things: list[Thing]) -> Iterator[Thing]:
    """The paths or backups, with a bar on a terminal while there are several."""
    if len(things) < 2 or not sys.stderr.isatty():
        yield from things
        return
    from rich.console import Console
    from rich.progress import Progress

    # What is printed has to go round the bar on a terminal, and must not go to it where it is piped elsewhere.
    with Progress(console=Console(stderr=True), transient=True, redirect_stdout=sys.stdout.isatty()) as progress:
        yield from progress.track(things, description="Reading")


def _hits(desk: "Desk", query: str, chosen: SearchFilter, kind: HitKind, limit: int) -> tuple[list[Hit], bool]:
    """The newest hits of a kind, and whether there are more than `limit`."""
    hits: list[Hit] = []
    before: int | None = None
    while True:
        (page,) = desk.search(query, chosen, kinds=[kind], limit=limit - len(hits), before=before)
        hits += page.hits
        before = page.further
        if before is None or len(hits) == limit:
            return hits, before is not None


def _masked(hit: Hit, mask: "Mask") -> Hit:
    """The hit without the names of confidential sources; where one stood in the snippet, nothing is marked in it."""
    snippet = mask.words(hit.snippet)
    marks = hit.marks if snippet == hit.snippet else ()
    return replace(hit, snippet=snippet, marks=marks, title=mask.words(hit.title), outlet=mask.words(hit.outlet))


def _hit_as_json(hit: Hit) -> dict[str, Any]:
    return {"kind": hit.kind, "article": hit.article_id, "claim": hit.claim_id, "title": hit.title, "snippet": hit.snippet,
            "marks": [[span.start, span.end] for span in hit.marks], "level": hit.level, "review": hit.review,
            "outlet": hit.outlet, "published": hit.published}  # fmt: skip


def _show_hits(kind: HitKind, hits: list[Hit], *, more: bool) -> None:
    """Hits under a heading; the words that were found stand out on a terminal, and Typer leaves that out elsewhere."""
    if not hits:
        return
    typer.echo(typer.style(f"{kind.value.capitalize()}s", bold=True))
    for hit in hits:
        line, at = "", 0
        for span in hit.marks:
            line += _harmless(hit.snippet[at : span.start])
            line += typer.style(_harmless(span.of(hit.snippet)), bold=True, underline=True)
            at = span.end
        typer.echo(f"{hit.article_id:>6}  {line}{_harmless(hit.snippet[at:])}")
        level = f"{BY_SLUG[hit.level].label}, {hit.review}" if hit.level else ""
        about = (level, hit.title, hit.outlet, hit.published)
        typer.echo(f"        {_harmless(' · '.join(part for part in about if part))}")
    if more:
        typer.echo("        There are more: name a greater --limit, or one more word.")


def _harmless(text: str) -> str:
    """The text without characters that could command a terminal."""
    return "".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in text)


def _show_suggestions(article: Article, data: dict[str, Any], how: "Support") -> None:
    print(article.title)
    if how != "full":
        print(f"  {_LIMITS[how]}")
    for claim in data["claims"]:
        words = " … ".join(" ".join(article.text[start:end].split()) for start, end in claim["content"])
        print(f"  {claim['id']}  {claim['level']:<12}  {claim['source_entity'] or '–'}: {words}")
        print(f"       why: {claim['reason']}")


_LIMITS = {
    "none": "Claims cannot be suggested in this language yet.",
    "weak": "This language is read by quotation marks and a list of cues only: check each claim closely.",
}


def _complain(error: ClaimDeskError) -> None:
    print(" ".join(str(error).split()), file=sys.stderr)
