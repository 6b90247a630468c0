"""One page from the web, because somebody asked for it: addresses inside the house are refused, also behind a redirect.

Each hop is resolved here, and the connection goes to the very address that was looked at, so that a name cannot mean
another machine a moment later. Through a proxy the proxy resolves; then only names and addresses as written are looked at.
Nothing is sent that says who asks: no cookies, no referrer, no name of this program.
"""

import ipaddress
import socket
import ssl
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from queue import Empty, Queue
from threading import Thread
from time import monotonic
from typing import Any
from urllib.parse import urljoin, urlsplit

import certifi
import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, LocationParseError, NewConnectionError, ProxyError, SSLError
from urllib3.exceptions import TimeoutError as TooLate
from urllib3.util import Timeout, Url, parse_url

from claimdesk.core.errors import ArticleError, Cancelled

LARGEST = 25_000_000
"""Bytes of a page at the most, unpacked."""
PATIENCE = 60.0
"""Seconds that a page may take altogether."""
CONNECT, SILENCE = 10.0, 20.0
"""Seconds that a site may take to answer at all, and between two pieces of its answer."""
HOPS = 10
"""Redirects that are followed."""
_CHUNK = 64 * 1024
_BEAT = 0.05
"""Seconds between two looks at whether the page is still wanted."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_HEADERS = {
    "User-Agent": "Mozilla/5.0",
    "Accept": "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.5",
    "Accept-Encoding": "gzip, deflate",
}
_PORTS = {"http": 80, "https": 443}
_INSIDE = ("localhost", ".localhost", ".local", ".internal", ".lan", ".home.arpa")
"""What names of machines in the house end with."""

Progress = Callable[[int, int], None]
"""Told how many bytes have come, and of how many; 0 where the site does not say."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came: `url` is where the last redirect led, `retrieved_at` an ISO time in UTC."""

    url: str
    raw: bytes
    media_type: str
    charset: str
    headers: tuple[tuple[str, str], ...]
    retrieved_at: str


def fetch(
    address: str,
    *,
    allowed: Collection[str] = (),
    proxy: str = "",
    cancelled: Callable[[], bool] = lambda: False,
    progress: Progress = lambda _done, _of: None,
) -> Fetched:
    """The page at `address`.

    `allowed` are hosts ("intranet.example" or "10.0.0.7:8080") that may lie inside the house; `proxy` is an address such
    as socks5h://127.0.0.1:9050. Raises ArticleError with one sentence, and Cancelled soon after `cancelled` says so.
    """
    return _beside(lambda: _fetched(address, allowed, proxy, cancelled, progress), cancelled)


def host_of(address: str) -> str:
    """The site that an address names, as people write it; the address itself where it names none."""
    return urlsplit(address.strip()).hostname or address.strip()


def _fetched(
    address: str, allowed: Collection[str], proxy: str, cancelled: Callable[[], bool], progress: Progress
) -> Fetched:
    ends = monotonic() + PATIENCE
    url = _checked(address.strip(), allowed)
    with _pool(allowed, proxy) as pool:
        for _ in range(HOPS + 1):
            response = _asked(pool, url, cancelled)
            with response:
                if response.status not in _REDIRECTS or "location" not in response.headers:
                    return _read(response, url, ends, cancelled, progress)
                url = _checked(urljoin(url.url, response.headers["location"]), allowed)
    raise ArticleError(
        f"{url.host} leads from one address to the next without end. Save the page in a browser and open that."
    )


def _beside(call: Callable[[], Fetched], cancelled: Callable[[], bool]) -> Fetched:
    """What `call` returns on a thread of its own, which nobody waits for once it is cancelled: a silent site may hold it for long."""
    answers: Queue[Fetched | BaseException] = Queue()

    def answer() -> None:
        try:
            answers.put(call())
        except BaseException as error:  # noqa: BLE001 - raised again below, on the thread that asked
            answers.put(error)

    Thread(target=answer, name="fetch", daemon=True).start()
    while not cancelled():
        try:
            found = answers.get(timeout=_BEAT)
        except Empty:
            continue
        if isinstance(found, BaseException):
            raise found
        return found
    raise Cancelled


# Addresses


def _checked(address: str, allowed: Collection[str]) -> Url:
    try:
        url = parse_url(address)
    except LocationParseError:
        raise ArticleError("This is no address of a web page. It should look like https://example.org/story.") from None
    if url.scheme not in {"http", "https"}:
        raise ArticleError(
            f"Only pages of the web are fetched, not “{url.scheme or 'no'}:” addresses. Begin with https://."
        )
    if not url.host:
        raise ArticleError("This address names no site. It should look like https://example.org/story.")
    if url.auth:
        raise ArticleError(
            "This address holds a user name or password. Take it out: it would be kept with the article."
        )
    if not _is_allowed(url.host, url.port or _PORTS[url.scheme], allowed) and _is_inside(url.host):
        raise _refused(url.host)
    return url._replace(fragment=None)


def _is_allowed(host: str, port: int, allowed: Collection[str]) -> bool:
    name = host.casefold()
    return not {name, f"{name}:{port}"}.isdisjoint(one.casefold() for one in allowed)


def _is_inside(host: str) -> bool:
    """Whether a host, as it is written, is one inside the house."""
    name = host.strip("[]").rstrip(".").casefold()
    if name == _INSIDE[0] or name.endswith(_INSIDE[1:]):
        return True
    try:
        return not _is_public(ipaddress.ip_address(name.partition("%")[0]))
    except ValueError:
        return False


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether an address lies in the open internet; one that hides another (mapped, 6to4, NAT64) as that other does."""
    if isinstance(address, ipaddress.IPv6Address):
        hidden = address.ipv4_mapped or address.sixtofour or _behind_nat64(address)
        if hidden is not None:
            return _is_public(hidden)
        if address.teredo is not None:
            return False
    return address.is_global and not address.is_multicast


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def _behind_nat64(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else None


def _refused(host: str) -> ArticleError:
    return ArticleError(
        f"{host} is a machine inside this computer or its network, which an article must not reach. If it is your newsroom's "
        "server, allow it in the settings (fetch_hosts)."
    )


# Connections


class _Inside(Exception):  # noqa: N818 - urllib3 turns every OSError into one of its own
    """A name that leads to a machine inside the house."""


def _connected(host: str, port: int, timeout: float, allowed: bool) -> socket.socket:
    """A connection to one of the addresses that a name has, none of which may lie inside the house."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    if not allowed and not all(_is_public(ipaddress.ip_address(str(place[4][0]).partition("%")[0])) for place in found):
        raise _Inside(host)
    failure = OSError("no address")
    for family, kind, protocol, _, place in found:
        sock = socket.socket(family, kind, protocol)
        try:
            sock.settimeout(timeout)
            sock.connect(place)
        except OSError as error:
            sock.close()
            failure = error
        else:
            return sock
    raise failure


def _pool(allowed: Collection[str], proxy: str) -> urllib3.PoolManager:
    timeout = Timeout(connect=CONNECT, read=SILENCE)
    common: dict[str, Any] = {"timeout": timeout, "retries": False, "headers": _HEADERS, "ssl_context": _trust()}
    if proxy:
        return _through(proxy, common)

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return _opened(self, allowed)

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return _opened(self, allowed)

    pool = urllib3.PoolManager(**common)
    pool.pool_classes_by_scheme = {
        "http": type("PlainPool", (urllib3.HTTPConnectionPool,), {"ConnectionCls": Plain}),
        "https": type("SecurePool", (urllib3.HTTPSConnectionPool,), {"ConnectionCls": Secure}),
    }
    return pool


def _opened(connection: HTTPConnection, allowed: Collection[str]) -> socket.socket:
    host, port = connection.host, connection.port or connection.default_port
    timeout = connection.timeout if isinstance(connection.timeout, int | float) else CONNECT
    return _connected(host, port, timeout, _is_allowed(host, port, allowed))


def _through(proxy: str, common: dict[str, Any]) -> urllib3.PoolManager:
    try:
        if proxy.startswith("socks"):
            from urllib3.contrib.socks import SOCKSProxyManager

            return SOCKSProxyManager(proxy, **common)
        return urllib3.ProxyManager(proxy, **common)
    except (ValueError, HTTPError) as error:
        raise ArticleError(
            "The proxy in the settings cannot be used. It should look like socks5h://127.0.0.1:9050."
        ) from error


def _trust() -> ssl.SSLContext:
    """What this system trusts; where it keeps no such list for Python, that of Mozilla."""
    context = ssl.create_default_context()
    if not context.get_ca_certs():
        context.load_verify_locations(certifi.where())
    return context


# Answers


def _asked(pool: urllib3.PoolManager, url: Url, cancelled: Callable[[], bool]) -> urllib3.BaseHTTPResponse:
    if cancelled():
        raise Cancelled
    try:
        return pool.request("GET", url.url, redirect=False, preload_content=False)
    except _Inside:
        raise _refused(str(url.host)) from None
    except SSLError as error:
        raise ArticleError(
            f"{url.host} cannot prove that it is the site of that name. Nothing was read; try again on another network."
        ) from error
    except (NewConnectionError, ProxyError) as error:
        raise _unreachable(url, pool) from error
    except TooLate as error:
        raise ArticleError(f"{url.host} does not answer. Try again later.") from error
    except (HTTPError, OSError, UnicodeError) as error:
        raise _unreachable(url, pool) from error


def _unreachable(url: Url, pool: urllib3.PoolManager) -> ArticleError:
    if type(pool) is not urllib3.PoolManager:
        return ArticleError("The page cannot be reached through the proxy in the settings. Is the proxy running?")
    return ArticleError(f"{url.host} cannot be reached. Check the address, and whether this computer is online.")


def _read(
    response: urllib3.BaseHTTPResponse, url: Url, ends: float, cancelled: Callable[[], bool], progress: Progress
) -> Fetched:
    _check_status(response.status, str(url.host))
    raw = bytearray()
    length = response.headers.get("content-length", "")
    for piece in _pieces(response, str(url.host)):
        if cancelled():
            raise Cancelled
        raw += piece
        if len(raw) > LARGEST:
            raise ArticleError(f"The page is larger than {LARGEST // 1_000_000} MB, more than an article can be.")
        if monotonic() > ends:
            raise ArticleError(f"{url.host} takes too long to send the page. Try again, or save it in a browser.")
        progress(len(raw), int(length) if length.isdecimal() else 0)
    if not raw:
        raise ArticleError(f"{url.host} sent an empty page.")
    media_type, _, rest = response.headers.get("content-type", "").partition(";")
    charset = rest.partition("charset=")[2].partition(";")[0].strip("\"' ")
    moment = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    kept = tuple((name, value) for name, value in response.headers.items() if name.lower() != "set-cookie")
    return Fetched(url.url, bytes(raw), media_type.strip().lower(), charset, kept, moment)


def _pieces(response: urllib3.BaseHTTPResponse, host: str) -> Iterator[bytes]:
    try:
        yield from response.stream(_CHUNK, decode_content=True)
    except TooLate as error:
        raise ArticleError(f"{host} fell silent in the middle of the page. Try again later.") from error
    except (HTTPError, OSError) as error:
        raise ArticleError(f"The page from {host} came incomplete. Try again.") from error


def _check_status(status: int, host: str) -> None:
    match status:
        case 200 | 203:
            return
        case 401 | 402 | 403 | 407 | 451:
            why = "does not give this page to everybody. Log in in a browser, save the page, and open that file"
        case 404 | 410:
            why = "has no page at this address. Check it, or look for an archived copy"
        case 429:
            why = "was asked too often. Try again later"
        case _ if status >= 500:
            why = "has trouble of its own. Try again later"
        case _:
            why = "sent no page. Open the address in a browser to see why"
    raise ArticleError(f"{host} {why} (answer {status}).")
