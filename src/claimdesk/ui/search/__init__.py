"""Search over the desk, in the article's place."""

from claimdesk.ui.search.hits import Heading, MoreRow
from claimdesk.ui.search.page import FIRST, MORE, SearchPage

__all__ = ["FIRST", "MORE", "Heading", "MoreRow", "SearchPage"]
