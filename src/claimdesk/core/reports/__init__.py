"""What is handed over: one neutral report of an article, and a module for each format that renders it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from importlib import import_module
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import cast

from claimdesk import __version__
from claimdesk.core import whole_file
from claimdesk.core.case import Bundle
from claimdesk.core.errors import ReportError, reason
from claimdesk.core.minisign import SigningKey
from claimdesk.core.reports.building import build
from claimdesk.core.reports.contents import Contents, Wanted, contents_of
from claimdesk.core.reports.naming import file_name
from claimdesk.core.reports.purposes import more, purpose
from claimdesk.core.reports.report import Report

__all__ = [
    "BUNDLES", "ENDINGS", "FORMATS", "Contents", "Report", "Wanted", "build", "contents_of", "file_name", "is_bundle", "more", "purpose",
    "write", "write_bundle",
]  # fmt: skip

FORMATS: dict[str, str] = {
    ".docx": "Word",
    ".pdf": "PDF",
    ".html": "Web page",
    ".odt": "OpenDocument text",
    ".xlsx": "Excel workbook",
    ".csv": "Spreadsheet (CSV)",
    ".md": "Markdown",
    ".jsonld": "Linked data (JSON-LD)",
    ".qdpx": "Qualitative analysis (REFI-QDA)",
}
"""The endings that a report's file can have, and what such a file is called."""

BUNDLES: dict[str, str] = {".json": "All of it, for another desk (JSON)", ".claimdesk": "Case bundle"}
"""The same for files that hold all that the desk has of the article, and not only the report."""

ENDINGS: dict[str, str] = FORMATS | BUNDLES
"""Everything that can be handed over."""


def write(
    report: Report,
    path: Path,
    *,
    templates: Mapping[str, Path] = MappingProxyType({}),
    go_on: Callable[[], None] = lambda: None,
) -> None:
    """Write the report in the format that the ending of `path` names; only its user may read the file.

    The file appears whole or not at all, and one that stands there already is replaced. `templates` are a person's own, by
    ending. `go_on` is called before anything is written, and may raise what stops it. Raises ReportError for an ending that
    is none of `FORMATS`, where the file cannot be written, and for a template that cannot be read or is broken.
    """
    ending = path.suffix.lower()
    if ending not in FORMATS:
        wrong = f"“{ending}” is not an ending of a report" if ending else "The name of the report needs an ending"
        raise ReportError(f"{wrong}. Choose a name that ends in {' or '.join(ENDINGS)}.")
    own = templates.get(ending)
    data = _render(report, ending) if own is None else _render_own(report, ending, own)
    go_on()
    _put(data, path)


def is_bundle(path: Path) -> bool:
    """Whether a file of that ending is written by `write_bundle`."""
    return path.suffix.lower() in BUNDLES


def write_bundle(bundle: Bundle, path: Path, *, made_at: datetime, key: SigningKey | None = None) -> None:
    """Write all that the desk holds of an article, masked already, as the ending of `path` says, one of `BUNDLES`.

    A case bundle is signed where there is a `key`; JSON has the case alone, without files. Raises ReportError as `write`.
    """
    from claimdesk.core import bundle as bundles
    from claimdesk.core import casefile

    if path.suffix.lower() == ".json":
        _put(casefile.write(bundle.case, __version__), path)
    else:
        _put(bundles.pack(bundle, version=__version__, made_at=made_at, key=key), path)


def _put(data: bytes, path: Path) -> None:
    try:
        whole_file.write(path, data)
    except OSError as error:
        raise ReportError(
            f"The report could not be written as “{path.name}”: {reason(error)}. Choose another folder or name."
        ) from error


def _render(report: Report, ending: str) -> bytes:
    """The file's bytes; the module that makes them is loaded late, since the window must not wait for what it brings."""
    return cast(bytes, _module(ending).render(report))


def _render_own(report: Report, ending: str, template: Path) -> bytes:
    return cast(bytes, _module(ending).render_own(report, template))


def _module(ending: str) -> ModuleType:
    return import_module(f"claimdesk.core.reports.{_MODULES.get(ending, ending.removeprefix('.'))}")


_MODULES = {".docx": "word", ".odt": "opendocument", ".md": "markdown"}
"""The module that renders a format, where it is not called as the ending is; it has `render(report)`."""
