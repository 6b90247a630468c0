"""Markdown as the words that a reader sees: no marks, no addresses, no HTML."""

import html
from collections.abc import Iterator, Sequence

import regex
from markdown_it import MarkdownIt
from markdown_it.token import Token

from claimdesk.core.articles.decoding import decoded
from claimdesk.core.articles.reading import Reading
from claimdesk.core.text import normalise

_PARSER = MarkdownIt("commonmark", {"maxNesting": 100}).enable(["table", "strikethrough"])

_FRONT_MATTER = regex.compile(r"\A---\n(?:[\w-]+:.*\n|[ \t#].*\n|- .*\n|\n)*+(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_HIDDEN = regex.compile(r"(?is)<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)")
_TAG = regex.compile(r"<[^<>]*>")


def read(raw: bytes, name: str, encoding: str | None = None) -> Reading:
    """The reading of a Markdown file; raises ArticleError where its bytes are no text."""
    found = decoded(raw, name, encoding)
    return Reading(normalise(plain_text(found.text)), encoding=found.encoding, warnings=found.warnings)


def plain_text(markdown: str) -> str:
    """The words of `markdown`, a blank line between blocks.

    Headings, paragraphs, list items, quotations, code and table rows are blocks. Links and pictures keep their words. What
    stands in front of the text between two lines of `---` (front matter) is no part of it.
    """
    body = _FRONT_MATTER.sub("", markdown.removeprefix("\ufeff").replace("\r\n", "\n"))
    return "\n\n".join(block for block in _blocks(_PARSER.parse(body)) if block.strip())


def _blocks(tokens: Sequence[Token]) -> Iterator[str]:
    bullet = ""
    cells: list[str] | None = None
    for token in tokens:
        match token.type:
            case "list_item_open":
                bullet = f"{token.info}{token.markup} " if token.info else "• "
            case "tr_open":
                cells = []
            case "tr_close":
                yield " | ".join(cells or ())
                cells = None
            case "inline" if cells is not None:
                cells.append(_words(token))
            case "inline" | "fence" | "code_block" | "html_block":
                yield bullet + _words(token)
                bullet = ""


def _words(token: Token) -> str:
    """What a reader sees of a token and of those in it."""
    match token.type:
        case "inline":
            return "".join(_words(child) for child in token.children or ())
        case "softbreak":
            return " "
        case "hardbreak":
            return "\n"
        case "html_block":
            return html.unescape(_TAG.sub("", _HIDDEN.sub("", token.content))).strip()
        case "html_inline":
            return ""
        case "image":
            return "".join(_words(child) for child in token.children or ())
        case _:
            return token.content.rstrip("\n")
