"""The desk that the rooms of a session share, while it is open, and the entrance to it."""

from claimdesk.core.desk import Desk, Entrance
from claimdesk.core.errors import DeskError


class OpenDesk:
    """Holds the desk; a locked session holds none."""

    def __init__(self, desk: Desk | None, entrance: Entrance | None) -> None:
        """Without an `entrance` the desk can be neither locked nor encrypted."""
        self.opened = desk
        self._entrance = entrance

    @property
    def now(self) -> Desk:
        """The desk. Raises DeskError while it is locked."""
        if self.opened is None:
            raise DeskError("The desk is locked. Unlock it first.")
        return self.opened

    @property
    def entrance(self) -> Entrance:
        """How the desk is unlocked."""
        if self._entrance is None:
            raise RuntimeError("this session cannot be unlocked")
        return self._entrance

    @property
    def has_entrance(self) -> bool:
        """Whether the desk can be opened again once it is closed."""
        return self._entrance is not None

    @property
    def is_locked(self) -> bool:
        """Whether no desk is open."""
        return self.opened is None

    def close(self) -> None:
        """Close the desk and forget it with its key; what still comes in finds it locked."""
        if self.opened is not None:
            self.opened.close()
            self.opened = None
