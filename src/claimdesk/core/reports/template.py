"""A person's own template for a report, as it is read from its file."""

from pathlib import Path

from claimdesk.core.errors import ReportError, reason

LARGEST = 1_000_000
"""Bytes that a template may have."""


def read(path: Path) -> str:
    """The template's text; raises ReportError where there is none that can be read."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReportError(
            f"The template {path.name} cannot be read: {reason(error)}. Mend its path in the settings."
        ) from error
    if len(data) > LARGEST:
        raise ReportError(f"The template {path.name} is too large: a template has at most {LARGEST:,} bytes.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReportError(f"The template {path.name} is not UTF-8 text. Save it as such.") from error
