"""How the window comes to its desk: which one it is, whose window, and what is asked where there is none, or not any more.

A part of the desktop door. Whoever starts for the first time stands at the doorstep, the place beside the settings, and holds its
lock until the desk is where they want it and the settings say so; so two first starts at once make one desk.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from claimdesk.core import settings
from claimdesk.core.articles.addresses import Named
from claimdesk.core.desk import Backups, Desk, Entrance, Slot, restoring, whereabouts
from claimdesk.core.errors import DamagedDeskError, DeskError, SettingsError

if TYPE_CHECKING:
    from claimdesk.core.settings import DeskPlace, Settings
    from claimdesk.ui.background import Background
    from claimdesk.ui.dialogs.place_line import Spot
    from claimdesk.ui.single import Single


@dataclass(frozen=True, slots=True)
class Arrived:
    """The way to the desk, and the settings that remember it.

    `desk` is None where it is encrypted and locked yet; `failed` is why its place could not be remembered, empty if nothing was wrong.
    """

    entrance: Entrance
    desk: Desk | None
    preferences: "Settings"
    failed: str


def alone(named: Path | None, wanted: Sequence[Named]) -> "tuple[DeskPlace, Single] | None":
    """Where the desk lies, and the right to be its window; None where it has one, which has shown itself and opens what is `wanted`.

    Raises SettingsError, and DeskError where that window does not answer.
    """
    from claimdesk.ui.single import Single

    while True:
        place = settings.desk_place(named)
        single = Single(_doorstep() if _is_gone(place) else place.path)
        if not single.own(wanted):
            return None
        if settings.desk_place(named) == place:
            return place, single
        single.release()  # while its lock was waited for, another start has chosen another place


def arrive(
    place: "DeskPlace", single: "Single", preferences: "Settings", background: "Background", wanted: Sequence[Named]
) -> Arrived | None:
    """Open the desk at its place, or make one as CLAIMDESK_ENCRYPTION or its user says.

    None where they left, or another window has the desk that they chose, which has shown itself and opens what is `wanted`. Raises DeskError.
    """
    entrance = Entrance(place.path, preferences.who)
    key = None
    if _is_gone(place) and not _found_again(entrance):
        return None
    if entrance.is_new and settings.encryption() != "off":
        answer = _asked(entrance, preferences, background, movable=not place.named)
        if answer is None:
            return None
        key = answer.key
    if not single.move(entrance.path, wanted):
        entrance.give_up()
        return None
    desk = _desk(entrance, key, preferences)
    preferences, failed = _remembered(place, entrance.path, preferences)
    single.leave()
    return Arrived(entrance, desk, preferences, failed)


def _doorstep() -> Path:
    return settings.home() / settings.DESK


def _is_gone(place: "DeskPlace") -> bool:
    """Whether the desk that was chosen at a first start is there no more; a new one must not take its place unasked."""
    return place.chosen and Entrance(place.path, "").is_new


def _found_again(entrance: Entrance) -> bool:
    """Ask what to do about a desk that is gone, until it is there or another folder was chosen; False if somebody leaves."""
    from claimdesk.ui.dialogs.missing import Answer, MissingDialog
    from claimdesk.ui.dialogs.place_line import choose_folder

    sought = entrance.path
    while entrance.is_new:
        answer = MissingDialog(whereabouts.missing(sought)).ask()
        if answer is Answer.QUIT:
            return False
        folder = choose_folder(None, sought.parent) if answer is Answer.CHOOSE else None
        if folder is not None:
            entrance.lead_to(folder / sought.name)
            return True
    return True


@dataclass(frozen=True, slots=True)
class _Answer:
    """The key of the new desk, None for a plain one, or one that is there already."""

    key: bytes | None


def _asked(entrance: Entrance, preferences: "Settings", background: "Background", *, movable: bool) -> _Answer | None:
    """Where the desk shall lie, which the entrance leads to then, and how it shall be kept; None if somebody left."""
    from claimdesk.core import secrets
    from claimdesk.ui.dialogs.first_start import FirstStart

    name = entrance.path.name
    if not movable and not preferences.desk_anywhere:
        whereabouts.refuse(entrance.path)
    dialog = FirstStart(
        entrance.path.parent, secrets.works(), lambda way, *words: entrance.plan(Slot(way), *words), background,
        look=partial(_spot, name, anywhere=preferences.desk_anywhere), movable=movable,
    )  # fmt: skip
    if not dialog.exec():
        background.stop()
        entrance.give_up()
        return None
    entrance.lead_to(dialog.folder / name)
    return _Answer(dialog.key)


def _spot(name: str, folder: Path, *, anywhere: bool) -> "Spot":
    """What is known of a folder where a desk of this name may lie."""
    from claimdesk.ui.dialogs.place_line import Spot

    path = folder / name
    try:
        if not Entrance(path, "").is_new:
            return Spot(has_desk=True)
    except DeskError as error:
        return Spot(str(error))
    return Spot(("" if anywhere else whereabouts.objection(path)) or whereabouts.read_only(path))


def _desk(entrance: Entrance, key: bytes | None, preferences: "Settings") -> Desk | None:
    """The desk, made where there is none; None where it is encrypted and nobody has unlocked it."""
    if entrance.is_new:
        if not preferences.desk_anywhere:
            whereabouts.refuse(entrance.path)
        return entrance.make(key)
    entrance.give_up()  # what was planned is not for a desk that is there
    return None if entrance.is_encrypted else _opened(entrance)


def _opened(entrance: Entrance) -> Desk:
    """The plain desk; where it is damaged, its newest good backup in its place if that is wanted. Raises DeskError."""
    try:
        return entrance.open(None)
    except DamagedDeskError as error:
        from claimdesk.ui.dialogs.damaged import DamagedDialog

        good = Backups(entrance.path).newest_good()
        if good is None:
            raise
        if not DamagedDialog(str(error), good.in_words).ask():
            raise DeskError(f"{error} {good.in_words}") from error
        restoring.restore(entrance.path, good.path, None)
        return entrance.open(None)


def _remembered(place: "DeskPlace", path: Path, preferences: "Settings") -> "tuple[Settings, str]":
    """The settings with the place of the desk, kept so that the next start finds it; and why they could not be, empty if they are."""
    if place.named or path == place.path:
        return preferences, ""
    preferences = replace(preferences, desk="" if path == _doorstep() else str(path.absolute()))
    try:
        settings.save(settings.home(), preferences)
    except SettingsError as error:
        return preferences, str(error)
    return preferences, ""
