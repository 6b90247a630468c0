"""Web pages: the article without what stands around it, and what the page says of it. Nothing is ever fetched."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import regex
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from claimdesk.core.articles.decoding import decoded
from claimdesk.core.articles.reading import Reading
from claimdesk.core.errors import ArticleError
from claimdesk.core.text import normalise

_DECLARED = re.compile(
    rb"""(?i)<(?:meta\b[^>]{0,200}?charset|\?xml\b[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w:-]{2,30})"""
)
_HEAD = 4096
_WHITE = re.compile(r"[ \t\n\r\f]+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_BLOCKS = frozenset({"body", "head", "p", "list", "item", "quote", "table", "ab", "div", "figure"})
_MOST_TAGS = 100_000
"""Opening and closing; a long page has some thousands, and finding the article takes time with their square."""

_NEAR_TOP = 5
"""Blocks among which the headline is looked for before it is put in front of them."""


def read(raw: bytes, name: str, encoding: str | None = None, *, url: str = "", declared: str = "") -> Reading:
    """The reading of a web page; `url` is where it came from and `declared` its encoding, if whoever sent or saved it said so.

    Raises ArticleError with one sentence where there is no article in it, or where it is nested beyond reason.
    """
    found = decoded(raw, name, encoding, declared or _declared(raw))
    page = _parsed(found.text, name)
    _flatten_layout(page)
    language, canonical, headline = (
        _language(page),
        _canonical(page) or (url if _is_address(url) else ""),
        _headline(page),
    )
    extracted = _extracted(page, name)
    title = _line(extracted.title)
    if headline and headline.casefold() in title.casefold():  # which then has the outlet behind it
        title = headline
    return Reading(
        text=normalise("\n\n".join(_with_headline(list(_blocks(extracted.body)), title))),
        title=title,
        outlet=_line(extracted.sitename),
        byline=_byline(extracted.author or "", page, found.text),
        published=extracted.date or "",
        language=language,
        url=canonical,
        encoding=found.encoding,
        warnings=found.warnings,
    )


def _declared(raw: bytes) -> str:
    """The encoding that the page says it is in; empty where it says nothing."""
    said = _DECLARED.search(raw[:_HEAD])
    return said[1].decode("ascii", "replace") if said else ""


def _parsed(text: str, name: str) -> HtmlElement:
    """The page as a tree, without a limit lifted: entities do not grow, nothing is loaded, depth ends at 256."""
    if text.count("<") > _MOST_TAGS:
        raise _beyond(name)
    parser = HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        page = document_fromstring(normalise(text).encode(), parser=parser)
    except (etree.LxmlError, ValueError):  # of nothing, or of comments alone
        raise _nothing(name) from None
    if any(fault.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for fault in parser.error_log):
        raise _beyond(name)
    return page


def _beyond(name: str) -> ArticleError:
    return ArticleError(
        f"{name} has more parts, longer or deeper ones, than a page that was made to be read; "
        f"copy its text in the browser and paste it."
    )


def _flatten_layout(page: HtmlElement) -> None:
    """Turn tables that set columns of a page, as old pages do, into plain boxes; else they would be taken for rows of figures."""
    for table in [one for one in page.iter("table") if any(map(_is_column, one.iter("td")))]:
        for part in table.iter("table", "thead", "tbody", "tfoot", "tr", "td", "th"):
            part.tag = "div"


def _is_column(cell: HtmlElement) -> bool:
    return cell.find(".//h1") is not None or cell.find(".//table") is not None or len(cell.findall(".//p")) > 1


def _extracted(page: HtmlElement, name: str) -> Any:
    """What trafilatura finds, as its Document; comments of readers are no article."""
    from trafilatura.core import bare_extraction

    found = bare_extraction(
        page,
        include_comments=False,
        include_tables=True,
        with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    if found is None or not getattr(found, "text", ""):
        raise _nothing(name)
    return found


def _nothing(name: str) -> ArticleError:
    return ArticleError(f"No article was found in {name}; copy its text in the browser and paste it.")


def _blocks(body: etree._Element) -> Iterator[str]:
    """The paragraphs, headings, list items, quotations and table rows of the article, without any that is empty."""
    words: list[str] = []
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, element in walk:
        if event == "start" and element.tag == "row":
            walk.skip_subtree()
        if element.tag in _BLOCKS or element.tag == "row":
            yield from _flushed(words)
        if event == "start":
            words += _opening(element)
        else:
            words.append(_WHITE.sub(" ", element.tail or ""))
    yield from _flushed(words)


def _opening(element: etree._Element) -> list[str]:
    """What stands in front of an element's children."""
    if element.tag == "row":
        return [
            " | ".join(
                _line(etree.tostring(cell, method="text", encoding="unicode", with_tail=False)) for cell in element
            )
        ]
    if element.tag == "lb":
        return ["\n"]
    bullet = "• " if element.tag == "item" else ""
    return [bullet + _WHITE.sub(" ", element.text or "")]


def _flushed(words: list[str]) -> Iterator[str]:
    block = "\n".join(filter(None, (_WHITE.sub(" ", line).strip(" ") for line in "".join(words).split("\n"))))
    words.clear()
    if block.strip("• \n"):
        yield block


def _with_headline(blocks: list[str], title: str) -> list[str]:
    """The blocks with the headline in front, if the page has one and they do not begin with it."""
    top = [block.casefold() for block in blocks[:_NEAR_TOP]]
    return blocks if not title or title.casefold() in top else [title, *blocks]


def _headline(page: HtmlElement) -> str:
    """The one top heading of the page; empty where there are several, or none."""
    headings = [_line(one.text_content()) for one in page.iter("h1")]
    return headings[0] if len(headings) == 1 else ""


def _byline(found: str, page: HtmlElement, source: str) -> str:
    """Who wrote it: the names that were found, with the vowel signs that trafilatura takes off their ends; else what the page says."""
    if not found:
        said = (_line(one.get("content")) for one in page.iter("meta") if one.get("name", "").lower() == "author")
        return next((name for name in said if name and "://" not in name), "")
    whole = [regex.search(regex.escape(name) + r"\p{M}*", source) for name in found.split("; ")]
    return ", ".join(match[0] if match else name for match, name in zip(whole, found.split("; "), strict=True))


def _language(page: HtmlElement) -> str:
    """What the page says of its language."""
    said = page.get("lang") or page.get("{http://www.w3.org/XML/1998/namespace}lang") or page.get("xml:lang") or ""
    if not said:
        said = next((one.get("content", "") for one in page.iter("meta") if one.get("property") == "og:locale"), "")
    tag = said.strip().replace("_", "-")
    return tag if _LANGUAGE.fullmatch(tag) else ""


def _canonical(page: HtmlElement) -> str:
    """The address that the page gives itself; empty unless it is whole and of the web."""
    links = [one.get("href", "") for one in page.iter("link") if one.get("rel", "").lower() == "canonical"]
    links += [one.get("content", "") for one in page.iter("meta") if one.get("property") == "og:url"]
    return next((link.strip() for link in links if _is_address(link.strip())), "")


def _is_address(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and link.isprintable() and " " not in link


def _line(words: str | None) -> str:
    return " ".join((words or "").split())
