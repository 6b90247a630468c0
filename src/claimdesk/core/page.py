"""What on the page is what: paragraphs, the headline, page furniture, the language.

Everything is told from scripts, lengths and a few fixed phrases; nothing here reads the article's sense. Offsets are code
points of the normalised text.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

import regex

from claimdesk.core.claim import Span, Spans
from claimdesk.core.text import trimmed

TITLE_WORDS = 30
"""Words that a headline has at the most."""

FURNITURE_CHARACTERS = 160
"""Code points that a boilerplate line has at the most; a longer one is prose, whatever words it begins with."""

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

_ONE_LANGUAGE = {
    "Greek": "el", "Hebrew": "he", "Bengali": "bn", "Gurmukhi": "pa", "Gujarati": "gu", "Tamil": "ta", "Telugu": "te",
    "Kannada": "kn", "Malayalam": "ml", "Sinhala": "si", "Thai": "th", "Lao": "lo", "Myanmar": "my", "Khmer": "km",
    "Georgian": "ka", "Armenian": "hy", "Ethiopic": "am", "Hangul": "ko",
}  # fmt: skip

_FREQUENT = {
    "Latin": {
        "en": "the of and to in that is was for on with said by as from at it has have he his are an been not",
        "de": "der die das und ist nicht von zu den mit dem des sich auf für eine ein auch wird hat im sind werden",
        "fr": "le la les des et est une un du dans que qui pour pas sur au par avec ce sont plus aux été cette",
        "es": "el la los las de y que en un una por con para del se es no su lo como más pero al fue",
        "pt": "o os as de e que em um uma do da dos das não para com no na por se foi mais ao são",
        "it": "il lo la gli le di e che è un una del della per con non nel sono alla dei anche da si più",
        "ca": "el la els les de i que en un una per amb del és no al dels ha més aquest són també",
        "nl": "de het een en van is dat op te in niet voor met zijn die aan ook door bij naar heeft er",
        "sv": "och att det som en på är av för med den inte till har de ett om var jag men från sig",
        "da": "og at det som en på er af for med den ikke til har de et om var der han blev fra sig",
        "nb": "og at det som en på er av for med den ikke til har de et om var ble etter fra seg hun",
        "fi": "ja on ei että se oli hän myös ovat kuin mutta joka sen olla mukaan vuoden ole jo tai",
        "pl": "i w na z do się nie że to jest o jak po za od przez ale był są które dla oraz",
        "cs": "a v na se je že s z do to o k i za jsou by pro ale jako po byl podle který",
        "ro": "și de la în a cu pe nu că este un o din pentru care mai au fost ca sau",
        "hu": "a az és hogy nem is egy ez volt meg csak de már van mint még azt el",
        "tr": "ve bir bu da de için ile olarak çok daha olan ne gibi en kadar sonra var dedi",
        "id": "yang dan di dari untuk dengan ini itu pada tidak akan dalam ke juga oleh adalah telah kata",
        "vi": "và của là có cho không được trong một các với những người đã này để khi từ",
        "sw": "na ya wa kwa ni katika la za cha kuwa hii huo alisema pia hiyo yake",
    },
    "Cyrillic": {
        "ru": "и в не на что он с как это по но из был его за от для также было или она",
        "uk": "і в не на що він з як це та але його за від для також було або вона й у є",
        "bg": "и на да се за от не е че с по са като това ще със които но беше",
        "sr": "и у на је да се за од са не су што као који није о али би то",
    },
    "Arabic": {
        "ar": "في من على إلى أن التي عن مع هذا ما لا هذه الذي كان بعد قال وقال",
        "fa": "در به از که این را با است برای آن یک خود تا کرد بر هم شد",
        "ur": "کے میں کی ہے اور سے کا کو اس نے پر یہ کہ ہیں ایک تھا",
    },
    "Devanagari": {
        "hi": "के में की है और से का को पर ने कि यह हैं नहीं भी एक कर लिए इस क्या हम",
        "mr": "आहे आणि या च्या ते हे नाही तर केली झाली करण्यात असे होते त्या",
        "ne": "को छ र मा ले गरेको भएको पनि हो लाई गर्न छन् भने थियो",
    },
}
_FREQUENT_WORDS = {
    script: {language: frozenset(words.split()) for language, words in languages.items()}
    for script, languages in _FREQUENT.items()
}
_KANA = regex.compile(r"[\p{Script=Hiragana}\p{Script=Katakana}]")
_WORD = regex.compile(r"[\p{L}\p{M}]+")
_LANGUAGE_SAMPLE = 20_000

_FINAL_STOP = regex.compile(r"[.!。！｡।۔፡։…:;,][\"'”’»›)\]]*$")
_STOP = regex.compile(r"[.!?。！？｡।۔።։؟…][\"'”’»›)\]]*(?:\s|$)")
_QUOTED = regex.compile(r"^[\"'“‘«‹„「『《]")
_LOWER = regex.compile(r"^\p{Ll}")

_BOILERPLATE = regex.compile(
    r"""
    (?: © | \(c\)\ (?:19|20)\d\d | copyright\b.{0,20}(?:19|20)\d\d ) .*
    | .{0,80} \b all\ rights\ reserved\b .*
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
        | share(?:\ (?:this|the)\ (?:article|story|page|post|on)\b.*)?
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
        | (?:we|this\ (?:site|website))\ uses?\ cookies\b.* | accept\ (?:all\ )?cookies
        | (?:privacy\ policy|terms\ of\ (?:use|service)|cookie\ policy|contact\ us|about\ us|support\ us|donate(?:\ now)?)
          (?:\W.{0,80})?
        | (?:image|photo|picture|video)\ (?:source|caption|credit)s?(?:\b\W.{0,120})? | getty\ images | \d+\ min(?:ute)?s?\ read
        | listen\ to\ this\ (?:article|story)\b.* | watch(?:\ (?:live|now))?:.{0,120} | watch\ (?:live|now) | back\ to\ top
        | (?:home|menu|search|log\ ?in|sign\ in|next\ article|previous\ article)
    ) \W* )
    """,
    regex.VERBOSE | regex.IGNORECASE,
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

    These are paragraphs in another script than the article's at the head or the foot of the page, and boilerplate lines
    ("Read more", "All rights reserved") anywhere. The headline `title` and a quotation are never furniture.
    """
    lines = paragraphs(text)
    foreign = _Foreign(text)
    boilerplate = [span != title and _is_boilerplate(span.of(text)) for span in lines]
    odd = [plate or (span != title and foreign(span)) for plate, span in zip(boilerplate, lines, strict=True)]
    if all(odd):
        return ()
    head = _leading(span == title or mark for span, mark in zip(lines, odd, strict=True))
    foot = len(lines) - _leading(reversed(odd))
    marks = [mark if i < head or i >= foot else boilerplate[i] for i, mark in enumerate(odd)]
    return tuple(_joined(lines, marks))


def language(text: str) -> str:
    """The language of most of `text` as a BCP 47 tag ("en", "hi", "ko"); empty if it cannot be told."""
    sample = text[:_LANGUAGE_SAMPLE]
    script = _script(sample)
    if script in _ONE_LANGUAGE:
        return _ONE_LANGUAGE[script]
    if script == "Chinese and Japanese":
        letters = _SCRIPTS[script].findall(sample)
        return "ja" if len(_KANA.findall(sample)) * 10 > len(letters) else "zh"
    counts = Counter(_WORD.findall(sample.casefold()))
    scores = {tag: sum(counts[word] for word in words) for tag, words in _FREQUENT_WORDS.get(script, {}).items()}
    best = max(scores, key=lambda tag: scores[tag], default="")
    # A name or two in a line of figures says nothing about its language: one word in twenty must be a frequent one.
    return best if best and scores[best] * 20 >= counts.total() > 0 and scores[best] else ""


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
