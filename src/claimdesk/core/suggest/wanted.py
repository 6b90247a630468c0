"""Work that ends as soon as nobody wants its result any more."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from claimdesk.core.errors import Cancelled

Item = TypeVar("Item")


def never() -> bool:
    """What `cancelled` says where nobody can cancel."""
    return False


def while_wanted(items: Iterable[Item], cancelled: Callable[[], bool]) -> Iterator[Item]:
    """The items, one after the other; raises Cancelled before the next one if `cancelled` says so."""
    for item in items:
        if cancelled():
            raise Cancelled
        yield item
