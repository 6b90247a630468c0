"""What on the page is what: paragraphs, the headline, page furniture, the language.

Everything is told from scripts, lengths and a few fixed phrases; nothing here reads the article's sense. Offsets are code
points of the normalised text.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

import regex

from claimdesk.core.claim import Span, Spans
from claimdesk.core.text import trimmed

TITLE_WORDS = 30
"""Words that a headline has at the most."""

FURNITURE_CHARACTERS = 160
"""Code points that a boilerplate line has at the most; a longer one is prose, whatever words it begins with."""

_FOOT = 6
"""Paragraphs at the end among which lines about the author are looked for."""

_SCRIPTS = {
    name: regex.compile(pattern)
    for name, pattern in (
        ("Latin", r"\p{Script=Latin}"),
        ("Cyrillic", r"\p{Script=Cyrillic}"),
        ("Greek", r"\p{Script=Greek}"),
        ("Arabic", r"\p{Script=Arabic}"),
        ("Hebrew", r"\p{Script=Hebrew}"),
        ("Devanagari", r"\p{Script=Devanagari}"),
        ("Bengali", r"\p{Script=Bengali}"),
        ("Gurmukhi", r"\p{Script=Gurmukhi}"),
        ("Gujarati", r"\p{Script=Gujarati}"),
        ("Tamil", r"\p{Script=Tamil}"),
        ("Telugu", r"\p{Script=Telugu}"),
        ("Kannada", r"\p{Script=Kannada}"),
        ("Malayalam", r"\p{Script=Malayalam}"),
        ("Sinhala", r"\p{Script=Sinhala}"),
        ("Thai", r"\p{Script=Thai}"),
        ("Lao", r"\p{Script=Lao}"),
        ("Myanmar", r"\p{Script=Myanmar}"),
        ("Khmer", r"\p{Script=Khmer}"),
        ("Georgian", r"\p{Script=Georgian}"),
        ("Armenian", r"\p{Script=Armenian}"),
        ("Ethiopic", r"\p{Script=Ethiopic}"),
        ("Hangul", r"\p{Script=Hangul}"),
        ("Chinese and Japanese", r"[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}]"),
    )
}

_WORD = regex.compile(r"[\p{L}\p{M}]+")
_LANGUAGE_SAMPLE = 20_000
_CLEARLY = 6.0
"""How much likelier (logarithm) the language must be than the next one."""

_FINAL_STOP = regex.compile(r"[.!。！｡।۔፡։…:;,][\"'”’»›)\]]*$")
_STOP = regex.compile(r"[.!?。！？｡।۔።։؟…][\"'”’»›)\]]*(?:\s|$)")
_QUOTED = regex.compile(r"^[\"'“‘«‹„「『《]")
_LOWER = regex.compile(r"^\p{Ll}")

_BOILERPLATE = regex.compile(
    r"""
    (?: © | \(c\)\ (?:19|20)\d\d | copyright\b.{0,20}(?:19|20)\d\d ) .*
    | .{0,80} \b all\ rights\ reserved\b .*
    | .{0,80} \b (?:delivered|straight|sent|right)\ (?:\w+\ )?to\ your\ inbox \b .*
    | \(?\ ? (?:photo(?:graph)?|image|picture|video|illustration)s?\ (?:by|courtesy(?:\ of)?|via) \b [^.!?]* \)? \.?
    | \( [^().]{0,40} \b (?:photo|getty\ images|reuters|afp|epa) \b [^().]{0,40} \)
    | [^.!?]{1,60} \ ?(?:/|\bvia\b)\ ? (?:getty\ images|reuters|afp|associated\ press|ap|shutterstock|epa)
    | (?:last\ )?(?:updated|posted|published) (?:\ (?:on|at))? :?\ + (?:at\ )?
      \d{1,2}[:.]\d\d \ ?(?:[ap]\.?\ ?m\.?)? (?:,?\ \(?(?:[a-z]{1,4}t|gmt|utc)\)?)? (?:\ ?[|,–—-]\ ?[\p{L}]+\ \d{1,2})? :?
    | (?: \W* (?:
        advertisement | advertising | anzeige | publicité | publicidad | sponsored(?:\ content)? | promoted(?:\ stories)?
        | (?:story|article)\ continues\ (?:below|after)\b.* | scroll\ (?:down\ )?to\ continue\b.*
        | skip\ (?:to|past)\ .{1,40}
        | (?:please\ )?(?:subscribe|sign\ up|register)\b(?:\ (?:now|today|here|free))?
        | (?:please\ )?(?:subscribe\ to|sign\ up\ (?:for|to)|register\ for|get)\ (?:our|the|your)\b
          .{0,60}(?:newsletters?|updates?|alerts?|e-?mails?|inbox|channel|podcast|briefing)\b.*
        | (?:follow|like|join|find)\ us\ on\b.*
        | follow\ .{1,40}\ on\ (?:twitter|x|facebook|instagram|threads|bluesky|mastodon|telegram)\b.*
        | download\ (?:our|the)\ .{0,30}\bapp\b.*
        | share(?:\ (?:this|the)(?:\ (?:article|story|page|post|on)\b.*)?)? | share\ this
        | (?:enter|confirm|type\ in)\ your\ e-?mail\b.* | your\ e-?mail(?:\ address)?
        | by\ (?:signing\ up|subscribing|clicking|submitting)\b.{0,40}\byou\ (?:agree|accept|consent)\b.*
        | (?:thank\ you|thanks)\ for\ (?:subscribing|signing\ up)\b.* | (?:you\ can\ )?unsubscribe(?:\ at\ any\ time)?
        | (?:(?:our|the|free|daily|weekly|morning|evening)\ ){1,3}newsletters?
        | (?:related|also\ read|don['’]t\ miss|more\ on\ this|more\ coverage):.*
        | (?:e-?mail|print|save|tweet)(?:\ this(?:\ (?:article|story|page))?)? | copy\ link | comments?(?:\ \(\d+\))?
        | (?:leave|post|add)\ (?:a|your)\ comments? | view\ comments | (?:show|view|load)\ (?:more|all)\b.{0,30}
        | (?:read|see)\ (?:more|next|also|the\ (?:rest|full\ (?:story|article))(?:\ here)?)
          (?:\ ?[^\w\s,].* | \ (?:about|on|at|from|here)\b.*)?
        | click\ here\b.* | continue\ reading\b.*
        | (?:related|recommended|more)\ (?:articles?|stories|content|topics|coverage|reading|news|links|on\ this\ story|for\ you)
          (?:\ ?[^\w\s,].* | \ (?:about|on|from)\b.*)?
        | you\ (?:may|might)\ also\ (?:like|be\ interested).{0,40}
        | (?:most|trending|popular)\ (?:read|viewed|popular|now|stories|shared)(?:\ (?:in|on|from|this|today)\b.*)?
        | editors?['’]?s?\ picks?
        | (?:lire\ aussi|à\ lire\ aussi|lesen\ sie\ auch|mehr\ zum\ thema|leer\ más|lea\ también|leia\ (?:mais|também)|leggi\ anche)
          (?:\b\W.{0,120})?
        | (?:did\ you|have\ you)\ (?:find|found|spot|spotted|notice|noticed|see|seen)\ (?:a|an|any)\ (?:mistake|error|typo)\b.*
        | (?:report|flag)\ (?:a|an)\ (?:mistake|error|typo|correction|problem)\b.*
        | was\ this\ (?:article|page|story)\ (?:helpful|useful)\b.* | (?:send|give)\ (?:us\ )?(?:your\ )?feedback\b.*
        | (?:we|this\ (?:site|website))\ uses?\ cookies\b.* | (?:accept|reject|manage|allow)\ (?:all\ )?cookies
        | by\ (?:using|continuing\ to\ use)\ (?:this|our)\ (?:site|website)\b.{0,40}\bcookies\b.* | cookie\ (?:settings|preferences)
        | (?:privacy\ policy|terms\ of\ (?:use|service)|cookie\ policy|contact\ us|about\ us|support\ us|donate(?:\ now)?)
          (?:\W.{0,80})?
        | (?:image|photo|picture|video)\ (?:source|caption|credit)s?(?:\b\W.{0,120})? | getty\ images | \d+\ min(?:ute)?s?\ read
        | listen\ to\ this\ (?:article|story)\b.* | watch(?:\ (?:live|now))?:.{0,120} | watch\ (?:live|now) | back\ to\ top
        | (?:home|menu|search|log\ ?in|sign\ in|next\ article|previous\ article)
    ) \W* )
    """,
    regex.VERBOSE | regex.IGNORECASE,
)


_BIO = regex.compile(
    r"(?P<name>\p{Lu}[\p{L}\p{M}.'’-]+(?: \p{Lu}[\p{L}\p{M}.'’-]*){1,3}) is an? (?:[\p{L}-]+ ){0,4}?"
    r"(?:reporter|correspondent|columnist|staff writer|editor|contributor|journalist|freelance writer) (?:at|for|with|of|in|based)\b"
    r"(?!.*\b(?:who|which|said|says|told|was|were)\b).*"
    r"|(?i:reach|contact|e-?mail) (?:him|her|them|the (?:reporter|author|writer))\b.*"
    r"|\W*(?:[Aa]dditional )?[Rr]eporting by \p{Lu}.{0,80}"
)


def paragraphs(text: str) -> list[Span]:
    """The lines of `text` that hold anything, without white space at their ends."""
    found: list[Span] = []
    start = 0
    for line in text.split("\n"):
        span = trimmed(text, start, start + len(line))
        if span:
            found.append(span)
        start += len(line) + 1
    return found


def title_span(text: str) -> Span | None:
    """Where the headline stands: a short first line without a final full stop, with a body after it.

    Page furniture above it is passed over. None if the text begins with prose or has nothing but one line.
    """
    foreign = _Foreign(text)
    lines = [span for span in paragraphs(text) if not foreign(span) and not _is_boilerplate(span.of(text))]
    if len(lines) < 2 or not _looks_like_title(lines[0].of(text)):
        return None
    first, *body = lines
    is_wrapped = text.count("\n", first.end, body[0].start) == 1 and _LOWER.search(body[0].of(text))
    if is_wrapped:
        return None
    length = first.end - first.start
    return first if any(span.end - span.start > length or _STOP.search(span.of(text)) for span in body) else None


def furniture(text: str, title: Span | None = None) -> Spans:
    """The stretches that belong to the page and not to the article; neighbouring paragraphs make one stretch.

    These are paragraphs in another script than the article's at the head or the foot of the page, lines at the foot that
    tell who wrote it, and boilerplate lines ("Read more", "All rights reserved") anywhere. The headline `title` and a
    quotation are never furniture.
    """
    lines = paragraphs(text)
    foreign = _Foreign(text)
    boilerplate = [span != title and _is_boilerplate(span.of(text)) for span in lines]
    odd = [plate or (span != title and foreign(span)) for plate, span in zip(boilerplate, lines, strict=True)]
    for at in range(len(lines) - 1, max(0, len(lines) - _FOOT), -1):
        if not odd[at] and not _is_bio(text, lines[at].of(text)):
            break
        odd[at] = True
    if all(odd):
        return ()
    head = _leading(span == title or mark for span, mark in zip(lines, odd, strict=True))
    foot = len(lines) - _leading(reversed(odd))
    marks = [mark if i < head or i >= foot else boilerplate[i] for i, mark in enumerate(odd)]
    return tuple(_joined(lines, marks))


def language(text: str) -> str:
    """The language of most of `text` as a BCP 47 tag ("en", "hi", "ko"); empty if it cannot be told."""
    from py3langid import rank  # its model takes half a second to load

    sample = text[:_LANGUAGE_SAMPLE]
    script = _script(sample)
    if not script:
        return ""
    # A footer in another script misleads the detector more than it leads.
    words = " ".join(word for word in _WORD.findall(sample.casefold()) if _SCRIPTS[script].search(word))
    (best, score), (_, second) = [one for one in rank(words) if len(one[0]) == 2][:2]
    return str(best) if score - second >= _CLEARLY else ""


def _leading(marks: Iterable[bool]) -> int:
    """How many of `marks` hold before the first that does not."""
    return sum(1 for _ in takewhile(bool, marks))


class _Foreign:
    """Tells whether a paragraph is written in another script than most of the text, and is no quotation."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._script = _script(text)

    def __call__(self, span: Span) -> bool:
        words = span.of(self._text)
        script = _script(words)
        return script not in ("", self._script) and not _QUOTED.search(words)


def _script(text: str) -> str:
    """The script of most letters; empty if there is none that is known."""
    counts = {name: sum(1 for _ in pattern.finditer(text)) for name, pattern in _SCRIPTS.items()}
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else ""


def _is_boilerplate(line: str) -> bool:
    return len(line) <= FURNITURE_CHARACTERS and _BOILERPLATE.fullmatch(line) is not None


def _is_bio(text: str, line: str) -> bool:
    """Whether a line tells of the author: who is named there and at most in the byline besides."""
    found = _BIO.fullmatch(line) if len(line) <= FURNITURE_CHARACTERS else None
    if found is None or found["name"] is None:
        return found is not None
    family = found["name"].split()[-1]
    return text.count(family) == 1 + text.count(f"By {found['name']}\n")


def _looks_like_title(line: str) -> bool:
    return len(line.split()) <= TITLE_WORDS and len(line) <= 8 * TITLE_WORDS and not _FINAL_STOP.search(line)


def _joined(lines: Sequence[Span], marks: Sequence[bool]) -> Iterator[Span]:
    """The marked lines, neighbours as one span."""
    start: int | None = None
    for i, (span, mark) in enumerate(zip(lines, marks, strict=True)):
        if mark and start is None:
            start = span.start
        if start is not None and not (mark and i + 1 < len(marks) and marks[i + 1]):
            yield Span(start, span.end)
            start = None
