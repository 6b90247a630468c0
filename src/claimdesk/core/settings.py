"""Preferences and where everything lies: one small TOML file in the folder that holds the desk too."""

import os
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, get_args

import tomli_w
from platformdirs import user_data_dir

from claimdesk.core import whole_file
from claimdesk.core.errors import SettingsError, reason

Theme = Literal["system", "light", "dark"]
Encryption = Literal["off", "keyring", "passphrase"]

FILE = "settings.toml"
DESK = "desk.db"
"""What a desk's file is called unless somebody names it otherwise."""
TEXT_SIZES = range(8, 49)
"""Points that the article's text can have."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person prefers, and how they left the window.

    `text_size` is in points; `move_on`: accepting or dismissing a claim selects the next; `hide_weak`: suggestions of little
    confidence are not listed; `lock_after`: minutes without a touch until an encrypted desk is locked, 0 for never; `desk_anywhere`: the
    desk may lie on a network drive or in a folder that is synced; `desk` is the path of the desk that was chosen at a first start, empty
    for the one that lies beside the settings; `who` is the name that the history and the reports show, no name of the person's by default.
    `report_template_html` and `report_template_typst` are files that take the place of ClaimDesk's own templates of a web page and
    a PDF, empty for those; a path that is not absolute starts at the folder of the settings.
    `fetch_hosts` are machines inside the house from which articles may be fetched ("intranet.example", "10.0.0.7:8080"), `proxy`
    the address through which all pages are fetched ("socks5h://127.0.0.1:9050" for Tor), empty for none.
    The last report: `report_format` is its ending, `report_folder` where it went, empty before the first; `report_suggestions`: open
    suggestions were in it; `report_left_out` are the levels (slugs) that were not. Names of sources are never remembered.
    `confirm_always`: every article is shown before it is imported, also where there is nothing to decide.
    `geometry` and the splitters are Qt's own bytes in base64, empty until a window was closed. `other` holds
    what a newer version wrote, so that it is not lost.
    """

    theme: Theme = "system"
    text_size: int = 13
    who: str = "me"
    library_visible: bool = True
    geometry: str = ""
    splitter: str = ""
    right_splitter: str = ""
    move_on: bool = True
    hide_weak: bool = False
    lock_after: int = 10
    desk_anywhere: bool = False
    desk: str = ""
    report_template_html: str = ""
    report_template_typst: str = ""
    fetch_hosts: tuple[str, ...] = ()
    proxy: str = ""
    report_format: str = ".html"
    report_folder: str = ""
    report_suggestions: bool = False
    report_left_out: tuple[str, ...] = ()
    confirm_always: bool = False
    other: dict[str, Any] = field(default_factory=dict)

    def report_templates(self, folder: Path) -> dict[str, Path]:
        """The person's own templates by the ending of the report; `folder` is that of the settings."""
        named = {".html": self.report_template_html, ".pdf": self.report_template_typst}
        return {ending: folder / Path(name).expanduser() for ending, name in named.items() if name}


def home() -> Path:
    """The folder of all of ClaimDesk's files: `CLAIMDESK_HOME`, else where this system keeps a person's data."""
    named = os.environ.get("CLAIMDESK_HOME")
    return Path(named) if named else Path(user_data_dir("ClaimDesk", appauthor=False))


@dataclass(frozen=True, slots=True)
class DeskPlace:
    """Where the desk lies, or is to lie.

    `named`: by whoever starts the program, for this once; `chosen`: by somebody at a first start, so there was a desk.
    """

    path: Path
    named: bool = False
    chosen: bool = False


def desk_place(named: Path | None = None) -> DeskPlace:
    """The desk that is `named`, else by `CLAIMDESK_DESK`, else the one that the settings at home remember, else `desk.db` at home.

    Raises SettingsError where the settings cannot be understood.
    """
    by_environment = os.environ.get("CLAIMDESK_DESK")
    if named is not None or by_environment:
        return DeskPlace(named or Path(by_environment or ""), named=True)
    chosen = load(home()).desk
    return DeskPlace(home() / chosen, chosen=True) if chosen else DeskPlace(home() / DESK)


def desk_path() -> Path:
    """Where the desk lies, or is to lie, if no other is named; raises SettingsError as `desk_place` does."""
    return desk_place().path


def encryption() -> Encryption | None:
    """How a desk is to be made where nobody can be asked: `CLAIMDESK_ENCRYPTION`, None where it is not set.

    Raises SettingsError for what is none of the three.
    """
    named = os.environ.get("CLAIMDESK_ENCRYPTION") or None
    if named is not None and named not in get_args(Encryption):
        raise SettingsError(f"CLAIMDESK_ENCRYPTION cannot be {named!r}: set it to keyring, passphrase or off.")
    return named  # type: ignore[return-value]


def passphrase() -> str | None:
    """The first line of the file that `CLAIMDESK_PASSPHRASE_FILE` names, None where it names none.

    Raises SettingsError where that file cannot be read.
    """
    named = os.environ.get("CLAIMDESK_PASSPHRASE_FILE")
    return first_line(Path(named)) if named else None


def first_line(file: Path) -> str:
    """The first line of a file that holds a passphrase; raises SettingsError where it cannot be read."""
    try:
        return file.read_text(encoding="utf-8").split("\n")[0].removesuffix("\r")
    except (OSError, UnicodeError) as error:
        raise SettingsError(f"The passphrase cannot be read from {file.name}: it must be UTF-8 text.") from error


def load(folder: Path) -> Settings:
    """The settings in `folder`, the defaults where there are none yet; raises SettingsError if they cannot be understood."""
    path = folder / FILE
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise SettingsError(f"The settings in {path} cannot be read: {reason(error)}.") from error
    except ValueError as error:
        raise _damaged(path, "it is not a TOML file in UTF-8") from error
    known = {name: written.pop(name) for name in _NAMES if name in written}
    for name, value in known.items():
        if not _is_valid(name, value):
            raise _damaged(path, f"{name} cannot be {value!r}")
    known |= {name: tuple(known[name]) for name in _LISTS & known.keys()}
    return Settings(**known, other=written)


def save(folder: Path, settings: Settings) -> None:
    """Write the settings into `folder`: whole, or not at all; raises SettingsError where that fails."""
    data = {**settings.other, **{name: getattr(settings, name) for name in _NAMES}}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        whole_file.write(folder / FILE, tomli_w.dumps(data).encode())
    except OSError as error:
        raise SettingsError(f"The settings cannot be written to {folder / FILE}: {reason(error)}.") from error


_NAMES = tuple(f.name for f in fields(Settings) if f.name != "other")
_LISTS = {"fetch_hosts", "report_left_out"}


def _is_valid(name: str, value: object) -> bool:
    match name:
        case "theme":
            return value in get_args(Theme)
        case "text_size":
            return isinstance(value, int) and not isinstance(value, bool) and value in TEXT_SIZES
        case "lock_after":
            return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 24 * 60
        case "library_visible" | "move_on" | "hide_weak" | "desk_anywhere" | "report_suggestions" | "confirm_always":
            return isinstance(value, bool)
        case "fetch_hosts" | "report_left_out":
            return isinstance(value, list) and all(isinstance(one, str) for one in value)
        case _:
            return isinstance(value, str)


def _damaged(path: Path, what: str) -> SettingsError:
    return SettingsError(f"The settings in {path} are damaged ({what}); mend or delete that file.")
