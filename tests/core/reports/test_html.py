"""The web page: self-contained, without a way for the article's words to become code, and true to the article."""

import base64
import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimdesk.core.claim import Article, Claim, Review, Span
from claimdesk.core.levels import LEVELS
from claimdesk.core.page import paragraphs
from claimdesk.core.reports import Report, build
from claimdesk.core.reports.html import render
from claimdesk.core.text import normalise, trimmed

Make = Callable[..., Report]
NOW = datetime(2031, 3, 4, tzinfo=UTC)
ALLOWED = re.compile(
    "html|head|meta|title|style|body|header|main|nav|article|section|div|h1|h2|h3|h4|p|span|a|b|i|bdi|strong|ul|ol|li|dl|dt|dd"
    "|blockquote|table|caption|thead|tbody|tr|th|td"
)
VOID = {"meta", "br", "hr", "img", "link"}
HAZARDS = [
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7 * 7 }}", "{% raw %}", "&amp;&lt;", "</style></p>",
    "<!--", "]]>", "\u2028", "\u202eabc", "\u2067שלום", "e\u0301\u0316", "👩‍👩‍👧", "नदी", "한강", "النهر", "\x0c", "'", "`",
]  # fmt: skip
WORDS = st.lists(st.one_of(st.sampled_from([*HAZARDS, "\n", " "]), st.text(max_size=8)), min_size=1, max_size=14)


@dataclass
class Element:
    """An element of the page with what is in it, in order."""

    tag: str
    attributes: dict[str, str]
    inside: list["Element | str"] = field(default_factory=list)

    def all(self) -> Iterator["Element"]:
        for item in self.inside:
            if isinstance(item, Element):
                yield item
                yield from item.all()

    def has(self, name: str) -> bool:
        return name in self.attributes.get("class", "").split()

    def text(self, skip: str = "") -> str:
        parts = (
            item if isinstance(item, str) else item.text(skip)
            for item in self.inside
            if isinstance(item, str) or not (skip and item.has(skip))
        )
        return "".join(parts)


class Page(HTMLParser):
    """Reads a page into elements; an end tag that does not match its start is an error."""

    def __init__(self, data: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self._open = [self.root]
        self.feed(data.decode())
        self.close()
        assert self._open == [self.root], "every element is closed"
        self.elements = list(self.root.all())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        assert len(element.attributes) == len(attrs), "no attribute stands twice"
        self._open[-1].inside.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self._open[-1].inside.append(data)

    def with_class(self, name: str) -> list[Element]:
        return [element for element in self.elements if element.has(name)]

    def with_tag(self, tag: str) -> list[Element]:
        return [element for element in self.elements if element.tag == tag]

    def by_id(self, name: str) -> Element:
        found = [element for element in self.elements if element.attributes.get("id") == name]
        assert len(found) == 1, name
        return found[0]


@st.composite
def drafts(draw: st.DrawFn) -> Report:
    """A report on any text with any claims that a person could mark in it."""
    text = normalise("".join(draw(WORDS)))
    place = st.integers(0, len(text))
    claims: list[Claim] = []
    for number in range(1, draw(st.integers(1, 6))):
        found = [trimmed(text, *sorted((draw(place), draw(place)))) for _ in range(3)]
        content, source, cue = [(span,) if span else () for span in found]
        level, review = draw(st.sampled_from(LEVELS)).slug, draw(st.sampled_from(Review))
        hazard = draw(st.sampled_from(HAZARDS))
        if content:
            claims.append(Claim(number, 1, content, source, cue, level, review, source_name=hazard, note=hazard))
    article = Article(text, draw(st.sampled_from(HAZARDS)), outlet=draw(st.sampled_from(HAZARDS)), url=HAZARDS[1])
    return build(article, claims, suggestions=draw(st.booleans()), made_at=NOW, version="1")


def assert_is_safe(page: Page) -> None:
    """No code, nothing from outside, nothing that the policy would have to forbid."""
    assert not [element.tag for element in page.elements if not ALLOWED.fullmatch(element.tag)]
    for element in page.elements:
        names = element.attributes.keys()
        assert not [name for name in names if name.startswith("on") or name in {"style", "src", "srcset", "background"}]
        target = element.attributes.get("href", "#")
        assert target.startswith(("#", "https://", "http://"))
        assert target.startswith("#") or "noreferrer" in element.attributes["rel"]


def assert_links_lead_somewhere(page: Page) -> None:
    ids = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    targets = {element.attributes.get("href", "") for element in page.with_tag("a")}
    assert {target[1:] for target in targets if target.startswith("#")} <= set(ids)


@settings(deadline=None)
@given(drafts())
def test_the_article_on_the_page_is_the_article_word_for_word_and_every_claim_has_its_number(report: Report) -> None:
    page = Page(render(report))
    written = [element.text(skip="number") for element in page.with_class("paragraph")]
    assert written == [paragraph.text for paragraph in report.paragraphs]
    numbers = [int(element.text()) for element in page.with_class("number")]
    assert sorted(numbers) == [row.number for row in report.rows]
    assert_is_safe(page)
    assert_links_lead_somewhere(page)


@settings(deadline=None)
@given(drafts())
def test_the_policy_names_the_hash_of_the_one_style_sheet_and_allows_nothing_else(report: Report) -> None:
    page = Page(render(report))
    (style,) = page.with_tag("style")
    digest = base64.b64encode(hashlib.sha256(style.text().encode()).digest()).decode()
    policies = [
        meta for meta in page.with_tag("meta") if meta.attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    assert [meta.attributes["content"] for meta in policies] == [
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    ]
    assert not re.search(r"url\(|@import|expression|&#", style.text())


def test_a_claim_leads_to_its_row_and_the_row_back_to_its_words(make: Make) -> None:
    page = Page(render(make()))
    number = next(element for element in page.with_class("number") if element.text() == "2")
    row = page.by_id(number.attributes["href"][1:])
    assert "the dam broke before the siren" in row.text()
    back = next(element for element in row.all() if element.tag == "a")
    assert page.by_id(back.attributes["href"][1:]).text() == "the dam broke before the siren"
    assert number.attributes["aria-label"] == "Claim 2, Witness or personal account, accepted"


def test_nested_and_crossing_claims_each_keep_a_line_of_their_own() -> None:
    article = Article("abcdefghij klm", "")
    outer, crossing = (Claim(i, 1, (Span(a, b),), review=Review.ACCEPTED) for i, a, b in ((1, 0, 8), (2, 5, 14)))
    page = Page(render(build(article, [outer, crossing], made_at=NOW, version="1")))
    pieces = [
        (e.text(), next(c for c in e.attributes["class"].split() if "lane" in c)) for e in page.with_class("content")
    ]
    assert pieces == [("abcdefgh", "lane-0"), ("fgh", "lane-1"), ("ij klm", "lane-1")]


def test_source_and_cue_are_marked_apart_from_the_content(make: Make) -> None:
    page = Page(render(make()))
    assert "The minister, Mina Rao" in [element.text() for element in page.with_class("source")]
    assert "said" in [element.text() for element in page.with_class("cue")]


def test_every_paragraph_finds_its_own_direction_and_names_its_language(make: Make, article: Article) -> None:
    hindi = replace(article, text=article.text.replace("Read more", "क्या आप ने कोई गलती देखी है"))
    hindi = replace(hindi, furniture=(Span(hindi.text.index("क्या आप"), len(hindi.text)),))
    page = Page(render(make(article=hindi)))
    marked = page.with_class("paragraph")
    assert {element.attributes["dir"] for element in marked} == {"auto"}
    assert [element.attributes["lang"] for element in marked] == ["en", "en", "en", "en", "hi"]
    assert {element.attributes["dir"] for element in page.with_class("exact")} == {"auto"}
    assert marked[-1].has("furniture")


def test_the_headline_of_the_text_is_the_heading_and_else_the_title_is(make: Make, article: Article) -> None:
    (heading,) = Page(render(make())).with_tag("h1")
    assert (heading.text(), heading.has("paragraph")) == ("यमुना में पानी घटा 🌊", True)
    (heading,) = Page(render(make(article=replace(article, title_span=None, title="A <title>")))).with_tag("h1")
    assert (heading.text(), heading.has("paragraph")) == ("A <title>", False)


def test_the_page_says_what_is_counted_and_how_much_is_still_open(make: Make, claims: list[Claim]) -> None:
    claims[1] = replace(claims[1], review=Review.SUGGESTED)
    page = Page(render(make()))
    assert "4 claims 100% attributed to a source" in page.with_class("figure")[0].text()
    assert "1 suggestion of the program is still open" in page.with_class("note-open")[0].text()
    assert not page.with_class("flag")
    bar = " ".join(page.with_class("bar")[0].text().split())
    assert bar == "■ 2 Official statement ⊘ 1 Denial ? 1 Anonymous source"


def test_a_suggestion_is_shown_apart_with_the_words_not_reviewed(make: Make, claims: list[Claim]) -> None:
    claims[1] = replace(claims[1], review=Review.SUGGESTED)
    page = Page(render(make(suggestions=True)))
    assert "4 claims" in page.with_class("figure")[0].text()
    assert "suggested, not reviewed" in page.by_id("claim-2").text()
    assert "not reviewed" not in page.by_id("claim-1").text()
    assert page.by_id("text-2").has("suggested")
    (number,) = [element for element in page.with_class("number") if element.has("suggested")]
    assert number.attributes["aria-label"] == "Claim 2, Witness or personal account, suggested, not reviewed"


def test_without_an_accepted_claim_the_page_says_so(make: Make, claims: list[Claim]) -> None:
    waiting = [replace(claim, review=Review.SUGGESTED) for claim in claims]
    page = Page(render(make(claims=waiting)))
    assert "5 suggestions wait for review" in page.by_id("claims").text()
    assert page.with_class("figure")[0].text() == "No claim accepted yet"
    assert_links_lead_somewhere(page)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "https://a b", "http:x"]
)
def test_only_a_web_address_becomes_a_link(make: Make, article: Article, url: str) -> None:
    page = Page(render(make(article=replace(article, url=url))))
    assert url in page.by_id("provenance").text()
    assert not [element for element in page.with_tag("a") if not element.attributes["href"].startswith("#")]


def test_provenance_stands_on_the_page_and_the_address_sends_no_referrer(make: Make, article: Article) -> None:
    page = Page(render(make(checker="Ada")))
    provenance = page.by_id("provenance")
    for fact in (make().provenance.sha256, "4 March 2031, 14:05 UTC", "3 March 2031, 09:05 UTC", "rules", "ab" * 32):
        assert fact in provenance.text()
    (address,) = [element for element in provenance.all() if element.tag == "a"]
    assert address.attributes == {"href": article.url, "rel": "noreferrer noopener"}
    assert "The Coastal Post" in page.with_class("meta")[0].text()
    assert "Checked byAda" in page.with_class("meta")[0].text()


def test_every_line_of_the_articles_text_is_a_paragraph_of_the_page(make: Make, article: Article) -> None:
    page = Page(render(make()))
    expected = [line.of(article.text) for line in paragraphs(article.text)]
    assert [element.text(skip="number") for element in page.with_class("paragraph")] == expected
