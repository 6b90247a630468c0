"""ClaimDesk: an article beside the list of its claims, and who stands behind each."""

__version__ = "0.1.0"
