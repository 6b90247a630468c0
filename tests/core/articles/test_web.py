"""Web pages: the story comes out whole, with what the page says of it, and nothing of what stood around it."""

import plistlib
from collections.abc import Callable
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.articles.pages import ENGLISH, FOREIGN, STORIES, TEMPLATES, Story, modern

from claimdesk.core.articles import Kind, from_reading, read, saved_page, web
from claimdesk.core.articles.kinds import kind_of
from claimdesk.core.errors import ArticleError
from claimdesk.core.text import normalise


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one.__name__)
@pytest.mark.parametrize("story", STORIES, ids=lambda one: one.language)
def test_a_page_gives_its_story_and_its_particulars(story: Story, template: Callable[[Story], str]) -> None:
    page = web.read(template(story).encode(), "page.html")
    assert page.text.split("\n\n") == [story.title, *story.paragraphs]
    assert (page.title, page.outlet, page.byline) == (story.title, story.outlet, story.author)
    assert (page.published, page.url) == (story.published, story.url)
    assert page.language.startswith(story.language)
    assert not any(word in page.text for word in FOREIGN)


def test_a_page_becomes_an_article_with_its_headline_marked() -> None:
    article = from_reading(web.read(modern(ENGLISH).encode(), "page.html"), "page.html")
    assert article.title_span is not None
    assert article.title_span.of(article.text) == article.title == ENGLISH.title
    assert (article.byline, article.outlet, article.published) == ("Ada Osei", "The Harbour Post", "2026-03-02")
    assert (article.language, article.url) == ("en", ENGLISH.url)


def test_headings_lists_quotations_and_tables_of_the_story_stay_paragraphs() -> None:
    more = (
        "<h2>What was found</h2><ul><li>Pier one: 4 cm</li><li>Pier two: 3 cm</li></ul><blockquote><p>“Unsafe.” 🌉</p></blockquote>"
        "<table><tr><th>Year</th><th>Cost</th></tr><tr><td>2020</td><td>1 million</td></tr></table>"
    )
    page = web.read(modern(ENGLISH).replace("</div></article>", more + "</div></article>").encode(), "page.html")
    blocks = page.text.split("\n\n")
    assert blocks[-6:] == [
        "What was found",
        "• Pier one: 4 cm",
        "• Pier two: 3 cm",
        "“Unsafe.” 🌉",
        "Year | Cost",
        "2020 | 1 million",
    ]


@pytest.mark.parametrize("encoding", ["windows-1252", "iso-8859-1", "utf-16"])
def test_the_encoding_that_a_page_declares_is_believed(encoding: str) -> None:
    german = modern(next(story for story in STORIES if story.language == "de"))
    declared = (
        german.replace('charset="utf-8"', f'charset="{encoding}"').replace("„", '"').replace("“", '"').replace("–", "-")
    )
    page = web.read(declared.encode(encoding), "page.html")
    assert "Brücke" in page.text
    assert not page.warnings


def test_an_encoding_that_was_named_overrules_what_the_page_declares() -> None:
    raw = modern(STORIES[1]).replace('charset="utf-8"', 'charset="koi8-r"').encode()
    assert "Brücke" not in web.read(raw, "page.html").text
    assert "Brücke" in web.read(raw, "page.html", "utf-8").text


@pytest.mark.parametrize(
    "page", ["", "<!-- nothing -->", "<html></html>", "<html><body><script>said('so')</script></body></html>"]
)
def test_a_page_without_an_article_is_said_so(page: str) -> None:
    with pytest.raises(ArticleError, match=r"^No article was found in page\.html; .*paste it\.$"):
        web.read(page.encode(), "page.html")


@pytest.mark.parametrize(
    "page",
    [
        "<html><article>" + "<div>" * 200_000 + "<p>Deep down.</p>",
        "<html><article>" + "<b>" * 5_000 + "Deep down.",
        "<html><article>" + "<p>She said so.</p>" * 60_000,
        "<html><article><p title='" + "x" * 10_500_000 + "'>Long.</p>",
    ],
    ids=["divs", "unclosed", "tags", "attribute"],
)
def test_a_page_beyond_reason_is_refused_at_once(page: str) -> None:
    with pytest.raises(ArticleError, match=r"^page\.html has more parts.*\.$"):
        web.read(page.encode(), "page.html")


def test_entities_of_a_page_do_not_grow() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    page = f'<!DOCTYPE html [<!ENTITY l0 "ha">{laughs}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    page += modern(ENGLISH).removeprefix("<!DOCTYPE html>").replace("nine to four", "&l11;&f;")
    text = web.read(page.encode(), "page.html").text
    assert len(text) < 5_000
    assert "root:" not in text


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "/news/1", "https://", "https://[bad", "http://a b/"]
)
def test_an_address_that_is_none_of_the_web_is_left_out(link: str) -> None:
    assert web.read(modern(ENGLISH).replace(ENGLISH.url, link).encode(), "page.html").url == ""


def mhtml(page: str, encoding: str = "utf-8") -> bytes:
    """A page as Chrome saves it."""
    whole = EmailMessage()
    whole["From"] = "<Saved by Blink>"
    whole["Snapshot-Content-Location"] = "https://harbour.example/saved"
    whole["Subject"] = "Bridge"
    whole.set_content(page, subtype="html", charset=encoding, cte="quoted-printable")
    whole.make_related()
    whole.add_related(b"\x89PNG", "image", "png")
    return whole.as_bytes()


def webarchive(page: str, form: plistlib.PlistFormat) -> bytes:
    """A page as Safari saves it."""
    resource = {
        "WebResourceData": page.encode(),
        "WebResourceURL": "https://harbour.example/saved",
        "WebResourceTextEncodingName": "UTF-8",
    }
    return plistlib.dumps({"WebMainResource": resource}, fmt=form)


@pytest.mark.parametrize(
    ("name", "raw", "kind"),
    [
        ("page.mhtml", mhtml(modern(STORIES[3])), Kind.MHTML),
        ("page.txt", mhtml(modern(STORIES[3])), Kind.MHTML),
        ("page.webarchive", webarchive(modern(STORIES[3]), plistlib.FMT_BINARY), Kind.WEBARCHIVE),
        ("page", webarchive(modern(STORIES[3]), plistlib.FMT_XML), Kind.WEBARCHIVE),
    ],
)  # fmt: skip
def test_a_page_that_a_browser_saved_is_read_like_the_page(name: str, raw: bytes, kind: Kind) -> None:
    assert kind_of(raw, name) is kind
    page = saved_page.read(raw, name)
    assert page.text.split("\n\n") == [STORIES[3].title, *STORIES[3].paragraphs]
    assert page.url == STORIES[3].url


def test_a_saved_page_that_names_no_address_has_the_one_it_was_saved_from() -> None:
    page = modern(ENGLISH).replace(f'<link rel="canonical" href="{ENGLISH.url}">', "")
    assert saved_page.read(mhtml(page), "page.mht").url == "https://harbour.example/saved"


@pytest.mark.parametrize(
    "raw", [b"bplist00garbage", b"MIME-Version: 1.0\nA: b\nC: d\n\nno page", plistlib.dumps({"a": 1})]
)
def test_a_saved_page_that_holds_no_page_is_said_so(raw: bytes) -> None:
    with pytest.raises(ArticleError, match=r"^[^\n]*page\.mht[^\n]*\.$"):
        saved_page.read(raw, "page.mht")


def test_a_page_is_read_by_the_door_as_it_is_here() -> None:
    raw = modern(STORIES[2]).encode()
    assert read(raw, "page.html") == web.read(raw, "page.html")
    assert read(raw, "pasted", kind=Kind.HTML).title == STORIES[2].title


def test_a_paste_of_100_mb_is_refused_before_it_is_looked_at() -> None:
    pasted = b"<html>" + b"x" * 100_000_000

    with pytest.raises(ArticleError, match="10 MB"):
        read(pasted, "The text", kind=Kind.HTML)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<table><tr><td>",
                "<li>",
                "<br>",
                "<h1>",
                "क 🌉 said so. ",
                "أغلق",
                "&#0;",
                "&amp;",
                "\u2028",
                "\r\n",
            ]
        )
    )
)
def test_whatever_a_page_holds_its_text_is_normalised(parts: list[str]) -> None:
    page = f"<html><body><article><p>She said that it was so, and that it had been so.</p>{''.join(parts)}</article></body></html>"
    text = web.read(page.encode(), "page.html").text
    assert normalise(text) == text
    assert "\n\n\n" not in text
