"""The report as one web page that needs nothing else: no script, no font, no picture, and a policy that forbids them.

The style sheet is rendered first, because the policy in the page's head names its hash.
"""

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import takewhile

import regex
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from claimdesk.core.levels import LEVELS
from claimdesk.core.reports.annotated import Kind, Mark, Paragraph
from claimdesk.core.reports.report import Report
from claimdesk.core.resources import RESOURCES

LANES = 4
"""Lines that can lie under one another; where still more claims overlap, the lowest line is shared."""

_WEB = regex.compile(r"https?://[^\s\p{C}]+", regex.IGNORECASE)
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def render(report: Report) -> bytes:
    """The file's bytes, UTF-8."""
    templates = _environment()
    style = templates.get_template("report.css").render(report=report, levels=LEVELS, lanes=LANES)
    # The style sheet comes from our own template and from numbers, and a quotation mark in it must stay one.
    markup = Markup(style)  # noqa: S704
    seen: set[int] = set()
    drawn = [(paragraph, tuple(tokens(paragraph, seen))) for paragraph in report.paragraphs]
    above = sum(1 for _ in takewhile(lambda paragraph: paragraph.kind is Kind.HEADLINE, report.paragraphs))
    page = templates.get_template("report.html").render(
        report=report, style=markup, style_hash=_style_hash(style), headlines=drawn[:above], body=drawn[above:]
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
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(RESOURCES / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"day": _day, "moment": _moment, "count": _count}
    environment.tests["web_address"] = _is_web_address
    environment.globals["lanes"] = LANES
    return environment


def _is_web_address(url: str) -> bool:
    """Whether a link may lead there: nothing but http and https, and nothing odd in it."""
    return _WEB.fullmatch(url) is not None


def _day(iso: str) -> str:
    """An ISO date as "8 October 2024"; what is none is left as it is."""
    try:
        when = date.fromisoformat(iso[:10])
    except ValueError:
        return iso
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def _moment(when: datetime | str) -> str:
    """A time in UTC, or an ISO text of one, as "8 October 2024, 14:05 UTC"; what is none is left as it is."""
    try:
        moment = datetime.fromisoformat(when) if isinstance(when, str) else when
    except ValueError:
        return str(when)
    return f"{_day(moment.date().isoformat())}, {moment:%H:%M} UTC"


def _count(number: int, one: str, many: str = "") -> str:
    """The number with its word, as in "1 claim" and "2 claims"; `many` where an s is not enough."""
    return f"{number} {one if number == 1 else many or one + 's'}"
