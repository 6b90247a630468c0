"""Pages from the web, fetched from a real server on this machine, which the setting allows."""

import gzip
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from claimdesk.core.articles import fetch as fetching
from claimdesk.core.articles.addresses import is_address
from claimdesk.core.articles.fetch import Fetched, fetch
from claimdesk.core.errors import ArticleError, Cancelled

PAGE = "<title>पुल 🙂</title><p>다리가 닫혔다. قال الوزير</p>".encode()

Answer = tuple[int, dict[str, str], bytes]


class Site(BaseHTTPRequestHandler):
    """Answers what the test put there, and remembers what was asked."""

    answers: ClassVar[dict[str, Answer]] = {}
    asked: ClassVar[list[tuple[str, dict[str, str]]]] = []

    def do_GET(self) -> None:
        self.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        status, headers, body = self.answers[self.path]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Nothing is written to the terminal."""


@pytest.fixture
def site() -> Iterator[str]:
    Site.answers, Site.asked = {}, []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


Read = Callable[..., Fetched]


@pytest.fixture
def read(site: str) -> Read:
    return lambda path, **more: fetch(f"http://{site}{path}", allowed=[site], **more)


def put(path: str, body: bytes = PAGE, status: int = 200, **headers: str) -> None:
    Site.answers[path] = (status, {name.replace("_", "-"): value for name, value in headers.items()}, body)


def test_a_page_comes_with_all_that_the_site_said_of_it(read: Read, site: str) -> None:
    put(
        "/a?b=1",
        Content_Type='text/html; charset="utf-8"',
        Set_Cookie="who=you",
        Last_Modified="Sun, 1 Mar 2026 08:00:00 GMT",
    )
    page = read("/a?b=1#part")
    assert (page.raw, page.media_type, page.charset, page.url) == (PAGE, "text/html", "utf-8", f"http://{site}/a?b=1")
    assert ("Last-Modified", "Sun, 1 Mar 2026 08:00:00 GMT") in page.headers
    assert "Set-Cookie" not in dict(page.headers)
    assert page.retrieved_at.endswith("Z")


def test_the_site_learns_nothing_of_who_asks(read: Read) -> None:
    put("/")
    read("/")
    ((_, headers),) = Site.asked
    assert headers.keys() == {"host", "user-agent", "accept", "accept-encoding"}
    assert headers["user-agent"] == "Mozilla/5.0"


def test_redirects_are_followed_and_told(read: Read, site: str) -> None:
    put("/old", b"", 301, Location="/new")
    put("/new")
    assert read("/old").url == f"http://{site}/new"


@pytest.mark.parametrize(
    ("leads_to", "words"),
    [
        ("http://localhost:1/", "inside this computer"),
        ("http://169.254.169.254/latest/meta-data", "inside this computer"),
        ("file:///etc/passwd", "Only pages of the web"),
        ("http://user:pass@example.org/", "user name or password"),
        ("//[::1]/", "inside this computer"),
    ],
)
def test_a_redirect_leads_nowhere_that_an_address_may_not(read: Read, leads_to: str, words: str) -> None:
    put("/", b"", 302, Location=leads_to)
    with pytest.raises(ArticleError, match=words):
        read("/")
    assert len(Site.asked) == 1


def test_redirects_in_a_ring_end(read: Read) -> None:
    put("/", b"", 302, Location="/")
    with pytest.raises(ArticleError, match="without end"):
        read("/")
    assert len(Site.asked) == fetching.HOPS + 1


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "LOCALHOST.", "0.0.0.0", "10.0.0.7", "192.168.1.1", "172.16.0.1", "100.64.0.1", "[::1]",
        "[fe80::1]", "[fc00::1]", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "nas.local", "224.0.0.1",
        "printer.lan", "a.internal", "x.localhost",
    ],
)  # fmt: skip
def test_machines_in_the_house_are_refused_before_anything_is_asked(host: str) -> None:
    with pytest.raises(ArticleError, match="inside this computer or its network"):
        fetch(f"http://{host}/")


def test_a_name_that_leads_into_the_house_is_refused_after_it_was_resolved(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(site.partition(":")[2])
    there = [(2, 1, 6, "", ("127.0.0.1", port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: there)
    put("/")
    with pytest.raises(ArticleError, match=r"rebound\.example is a machine inside"):
        fetch(f"http://rebound.example:{port}/")
    assert Site.asked == []
    assert fetch(f"http://rebound.example:{port}/", allowed=[f"rebound.example:{port}"]).raw == PAGE


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("ftp://example.org/", "Only pages of the web"),
        ("example.org", "Only pages of the web"),
        ("http://", "names no site"),
        ("http://[::1", "no address of a web page"),
        ("javascript:alert(1)", "Only pages of the web"),
    ],
)
def test_what_is_no_address_is_said_so(address: str, words: str) -> None:
    with pytest.raises(ArticleError, match=words):
        fetch(address)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (403, "Log in in a browser"),
        (404, "no page at this address"),
        (429, "too often"),
        (503, "trouble of its own"),
        (418, "sent no page"),
    ],
)
def test_an_answer_that_is_no_page_is_one_sentence(read: Read, status: int, words: str) -> None:
    put("/", b"no", status)
    with pytest.raises(ArticleError, match=rf"{words}.*\(answer {status}\)"):
        read("/")


def test_a_page_that_is_packed_is_unpacked_and_a_bomb_is_refused(read: Read) -> None:
    put("/", gzip.compress(PAGE), Content_Encoding="gzip")
    assert read("/").raw == PAGE
    put("/bomb", gzip.compress(bytes(200_000_000), 1), Content_Encoding="gzip")
    with pytest.raises(ArticleError, match="larger than 25 MB"):
        read("/bomb")


def test_a_page_that_comes_incomplete_is_said_so(read: Read) -> None:
    put("/", PAGE, Content_Length="999")
    with pytest.raises(ArticleError, match="came incomplete"):
        read("/")


def test_an_empty_page_is_said_so(read: Read) -> None:
    put("/", b"")
    with pytest.raises(ArticleError, match="empty page"):
        read("/")


def test_nobody_there_is_one_sentence() -> None:
    with pytest.raises(ArticleError, match=r"127\.0\.0\.1 cannot be reached"):
        fetch("http://127.0.0.1:9/", allowed=["127.0.0.1:9"])


def test_it_can_be_called_off_and_says_how_far_it_is(read: Read) -> None:
    put("/", b"x" * 300_000, Content_Length="300000")
    told: list[tuple[int, int]] = []
    with pytest.raises(Cancelled):
        read("/", progress=lambda done, of: told.append((done, of)), cancelled=lambda: bool(told))
    assert told[0][1] == 300_000
    assert len(told) == 1


def test_a_proxy_that_is_none_is_said_so_and_one_that_is_gone_too(read: Read) -> None:
    with pytest.raises(ArticleError, match="The proxy in the settings cannot be used"):
        read("/", proxy="nonsense://x")
    with pytest.raises(ArticleError, match="Is the proxy running"):
        fetch("http://example.org/", proxy="socks5h://127.0.0.1:9")


def test_through_a_proxy_the_proxy_is_asked_for_the_page(site: str) -> None:
    put("http://example.org/story")
    assert fetch("http://example.org/story", proxy=f"http://{site}").raw == PAGE


@pytest.mark.parametrize(
    ("words", "answer"), [("https://a.org", True), (" HTTP://a", True), ("a.txt", False), ("c:/x", False)]
)
def test_addresses_are_told_from_files(words: str, answer: bool) -> None:
    assert is_address(words) == answer
