"""What the process that read a file says of it, believed only as far as it can be true.

That process looked at a hostile file, so each number is compared with the text, each field is cut to what it may be, and what does
not fit raises `UntrueError`. Words that are only shown lose what could disturb a line; the text itself is the article and stays.
"""

import json
import re
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import regex

from claimdesk.core.articles.kinds import RICH_BYTES
from claimdesk.core.articles.reading import Attachment, Reading
from claimdesk.core.claim import Remark, Span
from claimdesk.core.text import normalise

MOST_PAGES = 100_000
MOST_REMARKS = 10_000
MOST_ATTACHMENTS = 1_000
MOST_WARNINGS = 20
LONGEST_FIELD = 1_000
LONGEST_REMARK = 100_000
LONGEST_SENTENCE = 600

_DISTURBING = regex.compile(r"[\p{Cc}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+")
"""Controls, and marks that turn the direction of all that follows: a field may be Arabic without them."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}")
_MEDIA_TYPE = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,100}")


class UntrueError(ValueError):
    """An answer that no honest reader gives."""


def reading_in(line: bytes) -> Reading | str:
    """The reading that an answer holds, or the sentence with which the file was refused; raises UntrueError otherwise.

    A `{"failed"}` is UntrueError too: its reader did not get to the end.
    """
    try:
        answer = json.loads(line)
        if "refused" in answer:
            return _sentence(answer["refused"])
        _require("failed" not in answer, str(answer.get("failed")))
        return _checked(Reading.from_json(answer["reading"]))
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise UntrueError(str(error)) from error


def _checked(reading: Reading) -> Reading:
    length = len(_words(reading.text))
    _require(normalise(reading.text) == reading.text)
    _require(all(_is_inside(span, length) for span in reading.furniture))
    _require(len(reading.pages) <= MOST_PAGES and all(_is_number(start, length) for start in reading.pages))
    _require(list(reading.pages) == sorted(reading.pages))
    _require(len(reading.remarks) <= MOST_REMARKS and len(reading.attachments) <= MOST_ATTACHMENTS)
    _require(sum(len(one.raw) for one in reading.attachments) <= RICH_BYTES)
    return replace(
        reading,
        title=_field(reading.title),
        outlet=_field(reading.outlet),
        byline=_field(reading.byline),
        published=_day(reading.published),
        language=_matching(_LANGUAGE, reading.language),
        url=_address(reading.url),
        furniture=tuple(sorted(reading.furniture)),
        remarks=tuple(_remark(one, length) for one in reading.remarks),
        attachments=tuple(_attachment(one) for one in reading.attachments),
        encoding=_field(reading.encoding),
        warnings=tuple(_sentence(warning) for warning in reading.warnings[:MOST_WARNINGS]),
    )


def _remark(remark: Remark, length: int) -> Remark:
    _require(remark.span is None or _is_inside(remark.span, length))
    return replace(remark, text=normalise(_words(remark.text))[:LONGEST_REMARK], author=_field(remark.author))


def _attachment(attachment: Attachment) -> Attachment:
    return replace(
        attachment,
        name=_field(attachment.name),
        media_type=_matching(_MEDIA_TYPE, attachment.media_type) or "application/octet-stream",
    )


def _is_inside(span: Span, length: int) -> bool:
    return _is_number(span.start, length) and _is_number(span.end, length)


def _is_number(value: Any, most: int) -> bool:
    return type(value) is int and 0 <= value <= most  # a bool is an int that counts nothing


def _words(value: Any) -> str:
    _require(isinstance(value, str))
    return str(value)


def _field(value: Any) -> str:
    """One line of words to be shown."""
    return " ".join(_DISTURBING.sub(" ", _words(value)[: 2 * LONGEST_FIELD]).split())[:LONGEST_FIELD]


def _sentence(value: Any) -> str:
    sentence = _field(value)[:LONGEST_SENTENCE]
    _require(bool(sentence))
    return sentence


def _matching(pattern: re.Pattern[str], value: Any) -> str:
    return value if pattern.fullmatch(_words(value)) else ""


def _day(value: Any) -> str:
    """An ISO date; empty where the file says something else of when it was published."""
    said = _words(value)
    try:
        return date.fromisoformat(said[:10]).isoformat()
    except ValueError:
        return ""


def _address(value: Any) -> str:
    """An address of the web; empty for what else might be clicked some day."""
    address = _words(value)
    try:
        is_web = urlsplit(address).scheme in {"http", "https"} and bool(urlsplit(address).hostname)
    except ValueError:
        return ""
    return address if is_web and len(address) <= 2 * LONGEST_FIELD and address.isprintable() else ""


def _require(holds: bool, why: str = "out of range") -> None:
    if not holds:
        raise UntrueError(why)
