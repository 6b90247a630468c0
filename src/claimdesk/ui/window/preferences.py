"""What somebody prefers, and that it is kept."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from claimdesk.core.errors import ClaimDeskError
from claimdesk.core.settings import Settings


class Preferences:
    """The settings as they are now."""

    def __init__(self, settings: Settings, keep: Callable[[Settings], None], fail: Callable[[str], None]) -> None:
        """`keep` stores them; it raises ClaimDeskError where it cannot, and `fail` tells the sentence."""
        self.now = settings
        self._keep = keep
        self._fail = fail

    def change(self, **changes: Any) -> None:
        """Take over fields of the settings, and keep them at once: they outlive a crash."""
        self.now = replace(self.now, **changes)
        try:
            self._keep(self.now)
        except ClaimDeskError as error:
            self._fail(str(error))
