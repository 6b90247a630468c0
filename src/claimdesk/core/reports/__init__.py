"""What is handed over: one neutral report of an article, and a module for each format that renders it."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from claimdesk.core import whole_file
from claimdesk.core.errors import ReportError, reason
from claimdesk.core.reports.building import build
from claimdesk.core.reports.report import Report

__all__ = ["FORMATS", "Report", "build", "write"]

FORMATS: dict[str, str] = {".html": "Web page", ".csv": "Spreadsheet (CSV)", ".pdf": "PDF"}
"""The endings that a report's file can have, and what such a file is called."""


def write(report: Report, path: Path, *, templates: Mapping[str, Path] = MappingProxyType({})) -> None:
    """Write the report in the format that the ending of `path` names; only its user may read the file.

    The file appears whole or not at all, and one that stands there already is replaced. `templates` are a person's own, by
    ending. Raises ReportError for an ending that is none of `FORMATS`, where the file cannot be written, and for a template
    that cannot be read or is broken.
    """
    ending = path.suffix.lower()
    if ending not in FORMATS:
        wrong = f"“{ending}” is not an ending of a report" if ending else "The name of the report needs an ending"
        raise ReportError(f"{wrong}. Choose a name that ends in {' or '.join(FORMATS)}.")
    own = templates.get(ending)
    data = _RENDERERS[ending](report) if own is None else _OWN_TEMPLATE[ending](report, own)
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


_RENDERERS: dict[str, Callable[[Report], bytes]] = {".html": _html, ".csv": _csv, ".pdf": _pdf}


def _own_html(report: Report, template: Path) -> bytes:
    from claimdesk.core.reports import html

    return html.render_own(report, template)


def _own_pdf(report: Report, template: Path) -> bytes:
    from claimdesk.core.reports import pdf

    return pdf.render_own(report, template)


_OWN_TEMPLATE: dict[str, Callable[[Report, Path], bytes]] = {".html": _own_html, ".pdf": _own_pdf}
