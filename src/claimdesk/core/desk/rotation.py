"""Which backups stay: all of the last two days, then the newest of each of 12 days, of 10 weeks and of 9 months.

The order is that in which they were made, never that of the clock. A clock that was set back or far forth between two backups
says nothing of the time between them, so that time counts as none: a backup is never taken for older than it is.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

RECENT = timedelta(days=2)
BELIEVED = timedelta(days=62)
"""The longest time between two backups that the clock is believed: two of one a month can be so far apart."""
ZONES: tuple[tuple[int, Callable[[datetime], tuple[int, ...]]], ...] = (
    (12, lambda time: (time.year, time.month, time.day)),
    (10, lambda time: tuple(time.isocalendar()[:2])),
    (9, lambda time: (time.year, time.month)),
)
"""How many stay of what is older than `RECENT`, one of each day first, then one of each week, then one of each month."""


def kept(times: Sequence[datetime]) -> set[int]:
    """Which of the backups made at `times`, the newest first, stay: their places in `times`."""
    keep, age = set(), timedelta()
    zones = list(ZONES)
    left, spell = zones.pop(0)
    stands: tuple[int, ...] | None = None
    for place, time in enumerate(times):
        step = times[place - 1] - time if place else timedelta()
        believed = timedelta() <= step <= BELIEVED
        age += step if believed else timedelta()
        if age <= RECENT:
            keep.add(place)
            continue
        if believed and spell(time) == stands:
            continue
        while not left and zones:
            left, spell = zones.pop(0)
        if left:
            keep.add(place)
            left -= 1 if believed else 0  # a clock that was set costs nothing its place
            stands = spell(time)
    return keep
