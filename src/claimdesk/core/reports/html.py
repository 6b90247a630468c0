"""The report as one web page that needs nothing else: no script, no font, no picture, and a policy that forbids them.

The style sheet is rendered first, because the policy in the page's head names its hash. Templates run in a sandbox, since a
person may bring one of their own.
"""

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from pathlib import Path
from traceback import walk_tb

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    FileSystemLoader,
    FunctionLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateNotFound,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from claimdesk.core.errors import ReportError
from claimdesk.core.levels import LEVELS
from claimdesk.core.reports import facts
from claimdesk.core.reports.annotated import Kind, Mark, Paragraph
from claimdesk.core.reports.report import Report
from claimdesk.core.reports.template import read
from claimdesk.core.resources import RESOURCES

LANES = 4
"""Lines that can lie under one another; where still more claims overlap, the lowest line is shared."""

_OWN = "your template"


def render(report: Report) -> bytes:
    """The file's bytes, UTF-8."""
    return _page(report, _environment().get_template("report.html"))


def render_own(report: Report, template: Path) -> bytes:
    """The file's bytes as a person's own template has them; what it can use is told in docs/reports.md.

    Raises ReportError, with the number of the line, where the template is broken.
    """
    source = read(template)
    environment = _made(ChoiceLoader([_only(source), FileSystemLoader(RESOURCES / "templates")]))
    try:
        return _page(report, environment.get_template(_OWN))
    except (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        place = f"line {line}" if (line := _line(error)) else "its first line"
        what = f"there is no {error} to include" if isinstance(error, TemplateNotFound) else str(error).rstrip(".")
        raise ReportError(f"The template {template.name} is broken at {place}: {what}. Mend it there.") from error


def _page(report: Report, template: Template) -> bytes:
    style = template.environment.get_template("report.css").render(report=report, levels=LEVELS, lanes=LANES)
    # The style sheet comes from our own template and from numbers, and a quotation mark in it must stay one.
    markup = Markup(style)  # noqa: S704
    seen: set[int] = set()
    drawn = [(paragraph, tuple(tokens(paragraph, seen))) for paragraph in report.paragraphs]
    above = sum(1 for _ in takewhile(lambda paragraph: paragraph.kind is Kind.HEADLINE, report.paragraphs))
    page = template.render(
        report=report,
        head=facts.head(report),
        figures=facts.figures(report),
        coverage=facts.coverage(report),
        origin=facts.provenance(report),
        headlines=drawn[:above],
        body=drawn[above:],
        style=markup,
        style_hash=_style_hash(style),
    )
    return page.encode()


@dataclass(frozen=True, slots=True)
class Token:
    """One step in writing a paragraph: open an element for a mark, close one, write words, or write a claim's number.

    `first` says that nothing of the claim's content stands before: what links jump to.
    """

    kind: str
    mark: Mark | None = None
    text: str = ""
    first: bool = False


def tokens(paragraph: Paragraph, seen: set[int]) -> Iterator[Token]:
    """The paragraph as elements that nest; `seen` are the claims whose content has begun before, and grows.

    Neighbouring runs share an element as long as they can. At a number all are closed, so that no line runs under it.
    """
    still_open: list[Mark] = []
    for run in paragraph.runs:
        kept = _common(still_open, run.marks)
        yield from _closed(len(still_open) - kept)
        for mark in run.marks[kept:]:
            yield _opened(mark, seen)
        yield Token("text", text=run.text)
        still_open = list(run.marks)
        if run.ends:
            yield from _closed(len(still_open))
            still_open = []
            yield from (Token("number", mark) for mark in run.ends)
    yield from _closed(len(still_open))


def _common(one: list[Mark], other: tuple[Mark, ...]) -> int:
    """How many marks the two begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))


def _closed(count: int) -> Iterator[Token]:
    return (Token("close") for _ in range(count))


def _opened(mark: Mark, seen: set[int]) -> Token:
    first = mark.role == "content" and mark.number not in seen
    if first:
        seen.add(mark.number)
    return Token("open", mark, first=first)


def _style_hash(style: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    return _made(FileSystemLoader(RESOURCES / "templates"))


def _made(loader: BaseLoader) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {
        "day": facts.day,
        "moment": facts.moment,
        "count": facts.count,
        "sourcing": facts.sourcing,
        "evidence": facts.evidence,
        "stance": facts.stance,
        "reply": facts.reply,
        "checked": facts.checked,
        "anonymity": facts.anonymity,
    }
    environment.tests["web_address"] = facts.is_web_address
    environment.globals["lanes"] = LANES
    return environment


def _only(source: str) -> FunctionLoader:
    """Finds the one template, and no other file beside it."""
    return FunctionLoader(lambda name: (source, _OWN, None) if name == _OWN else None)


def _line(error: Exception) -> int | None:
    """The line of the person's template at which it broke; None where it was not there yet."""
    stated = getattr(error, "lineno", None)
    if stated is not None:
        return int(stated)
    lines = [line for frame, line in walk_tb(error.__traceback__) if frame.f_code.co_filename == _OWN]
    return lines[-1] if lines else None
