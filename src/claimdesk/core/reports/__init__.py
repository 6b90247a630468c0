"""What is handed over: one neutral report of an article, and a module for each format that renders it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from claimdesk import __version__
from claimdesk.core import whole_file
from claimdesk.core.case import Bundle
from claimdesk.core.errors import ReportError, reason
from claimdesk.core.minisign import SigningKey
from claimdesk.core.reports.building import build
from claimdesk.core.reports.report import Report

__all__ = ["BUNDLES", "FORMATS", "Report", "build", "is_bundle", "write", "write_bundle"]

FORMATS: dict[str, str] = {
    ".html": "Web page",
    ".csv": "Spreadsheet (CSV)",
    ".pdf": "PDF",
    ".xlsx": "Excel workbook",
    ".md": "Markdown",
    ".docx": "Word",
    ".odt": "OpenDocument text",
    ".jsonld": "Linked data (JSON-LD)",
    ".qdpx": "Qualitative analysis (REFI-QDA)",
}
"""The endings that a report's file can have, and what such a file is called."""

BUNDLES: dict[str, str] = {".json": "All of it, for another desk (JSON)", ".claimdesk": "Case bundle"}
"""The same for files that hold all that the desk has of the article, and not only the report."""


def write(report: Report, path: Path, *, templates: Mapping[str, Path] = MappingProxyType({})) -> None:
    """Write the report in the format that the ending of `path` names; only its user may read the file.

    The file appears whole or not at all, and one that stands there already is replaced. `templates` are a person's own, by
    ending. Raises ReportError for an ending that is none of `FORMATS`, where the file cannot be written, and for a template
    that cannot be read or is broken.
    """
    ending = path.suffix.lower()
    if ending not in FORMATS:
        wrong = f"“{ending}” is not an ending of a report" if ending else "The name of the report needs an ending"
        raise ReportError(f"{wrong}. Choose a name that ends in {' or '.join([*FORMATS, *BUNDLES])}.")
    own = templates.get(ending)
    _put(_RENDERERS[ending](report) if own is None else _OWN_TEMPLATE[ending](report, own), path)


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


def _html(report: Report) -> bytes:
    from claimdesk.core.reports import html  # late: the window must not wait for jinja2

    return html.render(report)


def _csv(report: Report) -> bytes:
    from claimdesk.core.reports import csv

    return csv.render(report)


def _pdf(report: Report) -> bytes:
    from claimdesk.core.reports import pdf

    return pdf.render(report)


def _xlsx(report: Report) -> bytes:
    from claimdesk.core.reports import xlsx

    return xlsx.render(report)


def _markdown(report: Report) -> bytes:
    from claimdesk.core.reports import markdown

    return markdown.render(report)


def _docx(report: Report) -> bytes:
    from claimdesk.core.reports import word

    return word.render(report)


def _odt(report: Report) -> bytes:
    from claimdesk.core.reports import opendocument

    return opendocument.render(report)


def _jsonld(report: Report) -> bytes:
    from claimdesk.core.reports import jsonld

    return jsonld.render(report)


def _qdpx(report: Report) -> bytes:
    from claimdesk.core.reports import qdpx

    return qdpx.render(report)


_RENDERERS: dict[str, Callable[[Report], bytes]] = {
    ".html": _html,
    ".csv": _csv,
    ".pdf": _pdf,
    ".xlsx": _xlsx,
    ".md": _markdown,
    ".docx": _docx,
    ".odt": _odt,
    ".jsonld": _jsonld,
    ".qdpx": _qdpx,
}


def _own_html(report: Report, template: Path) -> bytes:
    from claimdesk.core.reports import html

    return html.render_own(report, template)


def _own_pdf(report: Report, template: Path) -> bytes:
    from claimdesk.core.reports import pdf

    return pdf.render_own(report, template)


_OWN_TEMPLATE: dict[str, Callable[[Report, Path], bytes]] = {".html": _own_html, ".pdf": _own_pdf}
