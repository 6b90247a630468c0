"""Every command of the window with its words, its keys and its place in the menus: one table for menus and key sheet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from claimdesk.core.levels import LEVELS
from claimdesk.ui.icons import icon
from claimdesk.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Command:
    """A command: `name` binds it to the window, `keys` are Qt key sequences, the first of which menus show."""

    name: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    checkable: bool = False


SEPARATOR = Command("", "")

LEVEL_COMMANDS = tuple(
    Command(f"level:{level.slug}", f"{level.glyph}  {level.label}", (str(i),)) for i, level in enumerate(LEVELS, 1)
)

MENUS: tuple[tuple[str, tuple[Command | tuple[str, tuple[Command, ...]], ...]], ...] = (
    ("&File", (
        Command("open", "&Open Articles…", ("Ctrl+O",), "open"),
        Command("open_folder", "Open &Folder…", ("Ctrl+Shift+D",)),
        Command("open_address", "Open A&ddress…", ("Ctrl+Shift+O",)),
        Command("paste", "New Article from &Text…", ("Ctrl+N", "Ctrl+V"), "paste"),
        Command("stop_reading", "Stop Readin&g", ("Ctrl+.",)),
        Command("confirm_always", "Al&ways Look before Importing", ("Ctrl+Shift+W",), checkable=True),
        Command("sample", "Open the &Sample Article"),
        SEPARATOR,
        Command("export", "&Export Report…", ("Ctrl+E",), "export"),
        Command("merge", "&Merge a Review…"),
        SEPARATOR,
        Command("backups", "&Backups…"),
        Command("encrypt", "E&ncrypt the Desk…"),
        Command("recovery", "New &Recovery Key…"),
        Command("passphrase", "Change &Passphrase…"),
        Command("lock", "&Lock the Desk", ("Ctrl+L",), "lock"),
        Command("quit", "&Quit", ("Ctrl+Q",)),
    )),
    ("&Edit", (
        Command("undo", "&Undo", ("Ctrl+Z",), "undo"),
        Command("redo", "&Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "redo"),
        Command("history", "&History…", ("Ctrl+H",), "history"),
        SEPARATOR,
        Command("copy", "&Copy", ("Ctrl+C",)),
        Command("details", "Article Deta&ils…", ("Ctrl+I",)),
        Command("find", "&Find in Article", ("Ctrl+F",), "search"),
        Command("search", "Search the &Desk…", ("Ctrl+Shift+F",)),
    )),
    ("&Claim", (
        Command("next", "&Next Claim", ("J", "Alt+Down"), "down"),
        Command("previous", "&Previous Claim", ("K", "Alt+Up"), "up"),
        Command("next_open", "Next to &Review", ("N",)),
        Command("next_unchecked", "Next Unchec&ked", ("U",)),
        SEPARATOR,
        Command("accept", "&Accept", ("Return", "Enter"), "accept"),
        Command("dismiss", "&Dismiss", ("Del", "Backspace"), "dismiss"),
        Command("reopen", "Put Back to Re&view", ("R",)),
        Command("accept_all", "Accept All &Suggestions", ("Ctrl+Shift+A",)),
        SEPARATOR,
        ("&Level, or Mark the Selected Words", LEVEL_COMMANDS),
        ("&Use the Selected Words As", (
            Command("as_source", "&Source", ("S",)),
            Command("as_cue", "&Cue", ("C",)),
            Command("as_content", "C&ontent", ("X",)),
        )),
        ("Move the Ed&ges", (
            Command("start_back", "Start a Word Earlier", ("Alt+Shift+Left",)),
            Command("start_on", "Start a Word Later", ("Alt+Shift+Right",)),
            Command("end_back", "End a Word Earlier", ("Alt+Left",)),
            Command("end_on", "End a Word Later", ("Alt+Right",)),
        )),
        Command("source", "Nam&e the Source", ("W",)),
        Command("note", "Edit N&ote", ("O",), "note"),
        ("Ver&ify", (
            Command("verdict", "Give a &Verdict", ("V",)),
            Command("evidence", "Add &Evidence", ("E",)),
            Command("evidence_file", "Add a &File as Evidence…", ("Shift+E",)),
            Command("question", "Write an Open &Question", ("Q",)),
        )),
        SEPARATOR,
        Command("move_on", "&Move On after Accept or Dismiss", checkable=True),
    )),
    ("&Article", (
        Command("suggest", "&Suggest Claims Again", ("Ctrl+R",)),
        Command("sources", "So&urces…", ("Ctrl+Shift+S",), "sources"),
        SEPARATOR,
        Command("focus_article", "Go to the &Article", ("F6",)),
        Command("focus_claims", "Go to the &Claims", ("F7",)),
    )),
    ("&View", (
        Command("library", "&Library", ("Ctrl+B",), "library", checkable=True),
        SEPARATOR,
        Command("show_all", "Show &All Claims", ("Ctrl+1",)),
        Command("show_suggested", "Show Claims to &Review", ("Ctrl+2",)),
        Command("show_accepted", "Show Acc&epted Claims", ("Ctrl+3",)),
        Command("show_dismissed", "Show &Dismissed Claims", ("Ctrl+4",)),
        Command("show_unchecked", "Show Unchec&ked Claims", ("Ctrl+7",)),
        Command("hide_weak", "Hide &Weak Suggestions", ("Ctrl+5",), checkable=True),
        Command("surest_first", "Surest Claims F&irst", ("Ctrl+6",), checkable=True),
        SEPARATOR,
        Command("larger", "Larger &Text", ("Ctrl++", "Ctrl+=")),
        Command("smaller", "S&maller Text", ("Ctrl+-",)),
        Command("normal", "&Normal Text", ("Ctrl+0",)),
        SEPARATOR,
        ("T&heme", (
            Command("theme:system", "As the &System", checkable=True),
            Command("theme:light", "&Light", checkable=True),
            Command("theme:dark", "&Dark", checkable=True),
        )),
        Command("full_screen", "F&ull Screen", ("F11",), checkable=True),
    )),
    ("&Help", (
        Command("keys", "&Keys", ("F1",), "keyboard"),
        Command("about", "&About ClaimDesk"),
    )),
)  # fmt: skip


def of_menu(title: str) -> list[Command]:
    """The commands of a menu and of those inside it, in order."""
    entries = dict(MENUS)[title]
    flat = [command for entry in entries for command in (entry[1] if isinstance(entry, tuple) else (entry,))]
    return [command for command in flat if command.name]


def build(window: QMainWindow) -> dict[str, QAction]:
    """Fill the window's menu bar. Returns the actions by name; `bind` says what they do."""
    actions: dict[str, QAction] = {}
    for title, entries in MENUS:
        _fill(window, window.menuBar().addMenu(title), entries, actions)
    return actions


def bind(actions: Mapping[str, QAction], handlers: Mapping[str, Callable[[], object]]) -> None:
    """Let each command call the handler of its name."""
    for name, action in actions.items():
        action.triggered.connect(lambda _=False, call=handlers[name]: call())


def _fill(
    window: QMainWindow,
    menu: QMenu,
    entries: tuple[Command | tuple[str, tuple[Command, ...]], ...],
    actions: dict[str, QAction],
) -> None:
    for entry in entries:
        if isinstance(entry, tuple):
            _fill(window, menu.addMenu(entry[0]), entry[1], actions)
        elif entry is SEPARATOR:
            menu.addSeparator()
        else:
            action = QAction(entry.text, window)
            action.setShortcuts([QKeySequence(keys) for keys in entry.keys])
            action.setCheckable(entry.checkable)
            action.setData(entry.icon)
            menu.addAction(action)
            actions[entry.name] = action


def set_icons(actions: Mapping[str, QAction], theme: Theme) -> None:
    """Draw the commands' icons in the theme's ink."""
    for action in actions.values():
        if action.data():
            action.setIcon(icon(action.data(), theme.ink))
