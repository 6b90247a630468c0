"""The house's rules about who may import whom, each as a sentence."""

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from pytest_archon import archrule

import claimdesk

ROOMS = ("suggest", "desk", "articles", "reports")

SHARED = {
    "theme",
    "article_document",
    "article_paint",
    "sourcing_bar",
    "background",
    "icons",
    "rows",
    "chips",
    "dialogs.key_pages",
    "dialogs.place_line",
    "dialogs.article_fields",
}
"""What panels may use."""
HOLDERS = {"window", "sources_window", "commands", "session"}
"""What puts panels together, or serves them all."""

UI = Path(claimdesk.__file__).parent / "ui"


def _part(path: Path) -> str:
    """Each module of ui is a part of its own, and so is each dialog; the modules of any other folder are one part."""
    names = path.relative_to(UI).with_suffix("").parts
    return names[0] if names[0] != "dialogs" else ".".join(names)


PARTS = {_part(path) for path in UI.rglob("*.py") if path != UI / "__init__.py"} - {"dialogs.__init__"}
FOLDERS = sorted(part for part in PARTS if (UI / part).is_dir())
PANELS = sorted(PARTS - SHARED - HOLDERS)
"""Everything else, so that a new panel is held to the rule from its first day."""

CLI = Path(claimdesk.__file__).parent / "cli"
FAMILIES = sorted({path.stem for path in CLI.glob("*.py")} - {"__init__", "incoming", "opening", "options", "telling"})
"""The families of commands: all of the terminal door but what they share."""


def _modules(parts: Iterable[str]) -> list[str]:
    return [f"claimdesk.ui.{part}{inside}" for part in sorted(parts) for inside in ("", ".*")]


def test_core_knows_nothing_of_qt_or_of_the_window() -> None:
    archrule("core without Qt").match("claimdesk.core*").should_not_import("PySide6*", "claimdesk.ui*").check(
        "claimdesk"
    )


@pytest.mark.parametrize("room", ROOMS)
def test_the_rooms_of_core_do_not_import_each_other(room: str) -> None:
    others = [f"claimdesk.core.{other}*" for other in ROOMS if other != room]
    archrule(room).match(f"claimdesk.core.{room}*").should_not_import(*others).check("claimdesk")


def test_the_window_never_speaks_sql() -> None:
    archrule("no SQL in ui").match("claimdesk.ui*").should_not_import("sqlite_utils*", "sqlcipher3*").check(
        "claimdesk", only_direct_imports=True
    )


def test_only_the_session_and_the_doors_open_the_desk() -> None:
    archrule("desk").match("claimdesk.ui*").exclude(*_modules(["session"])).should_not_import(
        "claimdesk.core.desk*"
    ).check("claimdesk", only_direct_imports=True)


def test_only_the_desktop_door_decides_whose_the_window_is() -> None:
    archrule("single").match("claimdesk*").exclude(
        "claimdesk.app", "claimdesk.arrival", "claimdesk.ui.single"
    ).should_not_import("claimdesk.ui.single").check("claimdesk", only_direct_imports=True)


@pytest.mark.parametrize("panel", PANELS)
def test_panels_and_dialogs_do_not_import_each_other(panel: str) -> None:
    archrule(panel).match(*_modules([panel])).should_not_import(*_modules(PARTS - SHARED - {panel})).check(
        "claimdesk", only_direct_imports=True
    )


def test_what_panels_share_knows_no_panel() -> None:
    archrule("shared").match(*_modules(SHARED)).should_not_import(*_modules([*PANELS, *HOLDERS])).check(
        "claimdesk", only_direct_imports=True
    )


def test_the_session_knows_nothing_of_the_screen() -> None:
    archrule("session").match(*_modules(["session"])).should_not_import(
        "PySide6.QtGui", "PySide6.QtWidgets", *_modules(PARTS - {"session", "background"})
    ).check("claimdesk", only_direct_imports=True)


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_rooms_of_a_folder_are_its_own(folder: str) -> None:
    archrule(folder).match("claimdesk*").exclude(*_modules([folder])).should_not_import(
        f"claimdesk.ui.{folder}.*"
    ).check("claimdesk", only_direct_imports=True)


def test_nobody_imports_the_doors() -> None:
    archrule("doors").match("claimdesk.core*", "claimdesk.ui*").should_not_import(
        "claimdesk.app", "claimdesk.arrival", "claimdesk.cli*"
    ).check("claimdesk")


@pytest.mark.parametrize("family", FAMILIES)
def test_families_of_commands_do_not_import_each_other(family: str) -> None:
    others = [f"claimdesk.cli.{other}" for other in FAMILIES if other != family]
    archrule(family).match(f"claimdesk.cli.{family}").should_not_import("claimdesk.cli", *others).check(
        "claimdesk", only_direct_imports=True
    )


def test_commands_know_no_window() -> None:
    archrule("commands without Qt").match("claimdesk.cli.*").should_not_import(
        "PySide6*", "claimdesk.ui*", "claimdesk.app", "claimdesk.arrival"
    ).check("claimdesk", only_direct_imports=True)


def test_core_can_be_imported_where_there_is_no_qt() -> None:
    program = """
import sys
sys.modules["PySide6"] = None
import claimdesk.core.articles, claimdesk.core.desk, claimdesk.core.edits, claimdesk.core.reports, claimdesk.core.suggest
"""
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
