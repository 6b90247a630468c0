"""What a reader of one kind of file found in it: plain data that a child process can hand over."""

import base64
from dataclasses import dataclass
from typing import Any, Self

from claimdesk.core.claim import Remark, Span, Spans


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came inside another; `name` is what that other calls it and is never used as a path."""

    name: str
    media_type: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class Reading:
    """A file's text and what the file says of it.

    `text` is normalised (core.text.normalise would leave it as it is), so that every offset here holds in the article too.
    `pages` are the code points at which each page starts, empty where the file has no pages. `published` is an ISO date,
    `language` BCP 47; what the file does not say is empty. `encoding` is the one that the bytes were read by, where that
    was a question. `warnings` are sentences for the user about what was left out.
    """

    text: str
    title: str = ""
    outlet: str = ""
    byline: str = ""
    published: str = ""
    language: str = ""
    url: str = ""
    furniture: Spans = ()
    pages: tuple[int, ...] = ()
    remarks: tuple[Remark, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    encoding: str = ""
    warnings: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "text": self.text,
            "title": self.title,
            "outlet": self.outlet,
            "byline": self.byline,
            "published": self.published,
            "language": self.language,
            "url": self.url,
            "furniture": [[span.start, span.end] for span in self.furniture],
            "pages": list(self.pages),
            "remarks": [remark.to_json() for remark in self.remarks],
            "attachments": [
                {"name": one.name, "media_type": one.media_type, "raw": base64.b64encode(one.raw).decode()}
                for one in self.attachments
            ],
            "encoding": self.encoding,
            "warnings": list(self.warnings),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The reading that `to_json` wrote; raises KeyError, TypeError or ValueError where `data` is none."""
        return cls(
            text=data["text"],
            title=data["title"],
            outlet=data["outlet"],
            byline=data["byline"],
            published=data["published"],
            language=data["language"],
            url=data["url"],
            furniture=tuple(Span(*pair) for pair in data["furniture"]),
            pages=tuple(data["pages"]),
            remarks=tuple(Remark.from_json(one) for one in data["remarks"]),
            attachments=tuple(
                Attachment(one["name"], one["media_type"], base64.b64decode(one["raw"], validate=True))
                for one in data["attachments"]
            ),
            encoding=data["encoding"],
            warnings=tuple(data["warnings"]),
        )
