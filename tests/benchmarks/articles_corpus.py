"""Makes documents with LibreOffice and Chromium whose words are known: `python -m tests.benchmarks.articles_in` reads them.

The words are our own (articles_texts.toml). What is random comes from a seed, so that two runs make the same documents.
"""

import html
import random
import shutil
import subprocess
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import regex

TEXTS = Path(__file__).with_name("articles_texts.toml")
OFFICE_FORMATS = {"docx": "docx:MS Word 2007 XML", "odt": "odt", "rtf": "rtf:Rich Text Format", "pdf": "pdf"}
LAYOUTS = ("plain", "columns", "report")
_SYLLABLE = regex.compile(r"(?<=\p{L}{2}[aeiouyäöü])(?=[bcdfghklmnprstvwz][aeiouyäöü]\p{L}{2})")


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, item or row (`words` are its cells) with the footnote and the comment that it has."""

    kind: str
    words: tuple[str, ...]
    note: str = ""
    comment: str = ""


@dataclass(frozen=True)
class Source:
    """What a document is made of."""

    name: str
    language: str
    locale: tuple[str, str]
    font: str
    title: str
    author: str
    published: str
    blocks: tuple[Block, ...]
    byline: str
    head: str
    page: str
    layout: str
    notes: tuple[str, ...] = field(default=())

    @property
    def is_rtl(self) -> bool:
        """Whether it is read from the right."""
        return self.language == "ar"

    @property
    def text(self) -> str:
        """All words that a reader has to find, in order."""
        lines = [self.title, self.byline]
        number = 0
        for block in self.blocks:
            number = number + 1 if block.kind == "step" else 0
            lines.append((f"{number}. " if block.kind == "step" else "") + " | ".join(block.words))
        return "\n\n".join(lines)


def sources(rounds: int, seed: int) -> Iterator[Source]:
    """Every language in every layout, `rounds` times with other words."""
    chance = random.Random(seed)
    for language, said in tomllib.loads(TEXTS.read_text()).items():
        for layout in LAYOUTS:
            for number in range(rounds):
                yield _source(f"{language}-{layout}-{number}", language, said, layout, chance)


def _source(name: str, language: str, said: dict[str, Any], layout: str, chance: random.Random) -> Source:
    paragraphs = [one for _ in range(2) for one in chance.sample(said["paragraphs"], len(said["paragraphs"]))]
    blocks: list[Block] = []
    for at, words in enumerate(paragraphs):
        if at and at % 6 == 0:
            blocks.append(Block("heading", (said["headings"][at // 6 % len(said["headings"])],)))
        has_more = layout == "report"
        note = said["notes"][at // 5 % 2] if has_more and at % 5 == 1 else ""
        comment = said["comments"][at // 8 % 2] if has_more and at % 8 == 3 else ""
        blocks.append(Block("paragraph", (words,), note, comment))
        if layout != "columns" and at == 4:
            blocks += [Block("item", (item,)) for item in said["items"]]
        if has_more and at == 8:
            blocks += [Block("row", tuple(row)) for row in said["table"]]
        if has_more and at == 10:
            blocks += [Block("step", (step,)) for step in said["steps"]]
    day = f"20{chance.randrange(15, 27)}-{chance.randrange(1, 10):02}-{chance.randrange(1, 29):02}"
    return Source(
        name=name,
        language=language,
        locale=(said["locale"][0], said["locale"][1]),
        font=said["font"],
        title=chance.choice(said["titles"]),
        author=said["author"],
        published=day,
        blocks=tuple(blocks),
        byline=said["byline"].format(author=said["author"]),
        head=said["head"],
        page=said["page"],
        layout=layout,
        notes=tuple(block.note for block in blocks if block.note),
    )


def with_office(made_of: Sequence[Source], folder: Path, formats: Sequence[str]) -> None:
    """Write the documents as LibreOffice saves them."""
    for source in made_of:
        (folder / f"{source.name}.fodt").write_text(flat_document(source))
    for ending in formats:
        command = [_program("soffice"), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
        command += ["--convert-to", OFFICE_FORMATS[ending], "--outdir", str(folder)]
        command += [str(folder / f"{source.name}.fodt") for source in made_of]
        subprocess.run(command, check=True, capture_output=True, timeout=900)


def with_chromium(made_of: Sequence[Source], folder: Path) -> None:
    """Write web pages in several templates, and the PDFs that Chromium prints of them."""
    for at, source in enumerate(made_of):
        page = folder / f"{source.name}.html"
        page.write_text(web_page(source, at % len(TEMPLATES)))
        command = [
            _program("chromium"),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            f"--user-data-dir={folder / 'browser'}",
        ]
        command += [f"--print-to-pdf={folder / source.name}-web.pdf", page.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise SystemExit(f"{name} is not installed; this script makes its documents with it.")
    return found


def flat_document(source: Source) -> str:
    """The document in OpenDocument's form of one XML file."""
    language, country = source.locale
    body = "".join(_office_blocks(source))
    title = f'<text:h text:style-name="Heading_20_1" text:outline-level="1">{escape(source.title)}</text:h>'
    byline = f'<text:p text:style-name="Body">{escape(source.byline)}</text:p>'
    if source.layout == "columns":
        body = f'<text:section text:style-name="Two" text:name="Two">{body}</text:section>'
    runs = source.layout != "plain"
    header = (
        f'<style:header><text:p text:style-name="Header">{escape(source.head)}</text:p></style:header>' if runs else ""
    )
    footer = (
        f'<style:footer><text:p text:style-name="Header">{source.page} <text:page-number/></text:p></style:footer>'
        if runs
        else ""
    )
    mode = "rl-tb" if source.is_rtl else "lr-tb"
    align = "justify" if runs else "start"
    fonts = 'style:font-name="F" style:font-name-asian="F" style:font-name-complex="F"'
    size = 'fo:font-size="{0}pt" style:font-size-asian="{0}pt" style:font-size-complex="{0}pt"'.format
    speak = " ".join(
        f'{p}language{s}="{language}" {p}country{s}="{country}"'
        for p, s in (("fo:", ""), ("style:", "-asian"), ("style:", "-complex"))
    )
    names = {
        "office": "office:1.0", "style": "style:1.0", "text": "text:1.0", "table": "table:1.0", "meta": "meta:1.0",
        "fo": "xsl-fo-compatible:1.0", "svg": "svg-compatible:1.0",
    }  # fmt: skip
    spaces = " ".join(f'xmlns:{key}="urn:oasis:names:tc:opendocument:xmlns:{value}"' for key, value in names.items())
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {spaces} xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.text">
<office:meta><dc:title>{escape(source.title)}</dc:title><meta:initial-creator>{escape(source.author)}</meta:initial-creator>
<dc:creator>{escape(source.author)}</dc:creator><meta:creation-date>{source.published}T10:00:00</meta:creation-date>
<dc:date>2026-11-01T10:00:00</dc:date><dc:language>{language}-{country}</dc:language></office:meta>
<office:font-face-decls><style:font-face style:name="F" svg:font-family="'{source.font}'"/></office:font-face-decls>
<office:styles>
<style:default-style style:family="paragraph"><style:paragraph-properties style:writing-mode="{mode}"/>
<style:text-properties {fonts} {size(12)} {speak}/></style:default-style>
<style:style style:name="Body" style:family="paragraph"><style:paragraph-properties fo:text-align="{align}" fo:margin-bottom="0.25cm"/></style:style>
<style:style style:name="Header" style:family="paragraph"><style:text-properties {size(9)}/></style:style>
<style:style style:name="Footnote" style:family="paragraph"><style:text-properties {size(9)}/></style:style>
<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph"><style:paragraph-properties fo:margin-bottom="0.4cm"/>
<style:text-properties {size(20)} fo:font-weight="bold"/></style:style>
<style:style style:name="Heading_20_2" style:display-name="Heading 2" style:family="paragraph"><style:paragraph-properties fo:margin-top="0.3cm" fo:margin-bottom="0.2cm" fo:keep-with-next="always"/>
<style:text-properties {size(14)} fo:font-weight="bold"/></style:style>
<text:list-style style:name="Bullets"><text:list-level-style-bullet text:level="1" text:bullet-char="•"><style:list-level-properties text:list-level-position-and-space-mode="label-alignment">
<style:list-level-label-alignment text:label-followed-by="listtab" fo:text-indent="-0.6cm" fo:margin-left="1.2cm"/></style:list-level-properties></text:list-level-style-bullet></text:list-style>
<text:list-style style:name="Steps"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."><style:list-level-properties text:list-level-position-and-space-mode="label-alignment">
<style:list-level-label-alignment text:label-followed-by="listtab" fo:text-indent="-0.6cm" fo:margin-left="1.2cm"/></style:list-level-properties></text:list-level-style-number></text:list-style>
</office:styles>
<office:automatic-styles>
<style:page-layout style:name="P"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" fo:margin-top="1.8cm" fo:margin-bottom="1.6cm" fo:margin-left="2.2cm" fo:margin-right="2.2cm" style:writing-mode="{mode}"/>
<style:header-style><style:header-footer-properties fo:margin-bottom="0.5cm"/></style:header-style><style:footer-style><style:header-footer-properties fo:margin-top="0.5cm"/></style:footer-style></style:page-layout>
<style:style style:name="Two" style:family="section"><style:section-properties><style:columns fo:column-count="2" fo:column-gap="0.7cm"/></style:section-properties></style:style>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="P">{header}{footer}</style:master-page></office:master-styles>
<office:body><office:text>{title}{byline}{body}</office:text></office:body></office:document>"""


def _office_blocks(source: Source) -> Iterator[str]:
    numbers = iter(range(1, 1000))
    open_as = ""
    tags = {
        "item": ('<text:list text:style-name="Bullets">', "</text:list>"),
        "step": ('<text:list text:style-name="Steps">', "</text:list>"),
        "row": ('<table:table table:name="T">', "</table:table>"),
    }
    for block in source.blocks:
        if open_as and block.kind != open_as:
            yield tags[open_as][1]
        if block.kind in tags and block.kind != open_as:
            yield tags[block.kind][0]
            if block.kind == "row":
                yield f'<table:table-column table:number-columns-repeated="{len(block.words)}"/>'
        open_as = block.kind if block.kind in tags else ""
        words = _parted(block.words[0]) if source.layout == "columns" else block.words[0]
        match block.kind:
            case "heading":
                yield f'<text:h text:style-name="Heading_20_2" text:outline-level="2">{escape(words)}</text:h>'
            case "item" | "step":
                yield f'<text:list-item><text:p text:style-name="Body">{escape(words)}</text:p></text:list-item>'
            case "row":
                cells = "".join(
                    f"<table:table-cell><text:p>{escape(cell)}</text:p></table:table-cell>" for cell in block.words
                )
                yield f"<table:table-row>{cells}</table:table-row>"
            case _:
                yield f'<text:p text:style-name="Body">{_annotated(words, block, next(numbers), source)}</text:p>'
    if open_as:
        yield tags[open_as][1]


def _annotated(words: str, block: Block, number: int, source: Source) -> str:
    """The words with a comment about the second to the fourth of them, and a footnote behind the sixth."""
    parts = [escape(word) for word in words.split(" ")]
    if block.comment:
        start = (
            f'<office:annotation office:name="c{number}"><dc:creator>{escape(source.author)}</dc:creator>'
            f"<dc:date>2026-05-01T10:00:00</dc:date><text:p>{escape(block.comment)}</text:p></office:annotation>"
        )
        parts[1] = start + parts[1]
        parts[3] += f'<office:annotation-end office:name="c{number}"/>'
    if block.note:
        parts[5] += (
            f'<text:note text:id="n{number}" text:note-class="footnote"><text:note-citation>{number}</text:note-citation>'
            f'<text:note-body><text:p text:style-name="Footnote">{escape(block.note)}</text:p></text:note-body></text:note>'
        )
    return " ".join(parts)


def _parted(words: str) -> str:
    """With soft hyphens in long words, so that lines end in hyphens without a dictionary."""
    return regex.sub(r"\p{Latin}{8,}", lambda word: _SYLLABLE.sub("\u00ad", word[0]), words)


TEMPLATES = ("news", "blog", "magazine", "wire", "local", "agency")


def web_page(source: Source, template: int) -> str:
    """The article on a page with navigation, advertisements, related links and readers' comments."""
    name = TEMPLATES[template]
    body = "".join(_web_blocks(source))
    side = (
        '<aside class="related"><h3>More stories</h3><ul><li><a href="/a">Ferry timetable changes again</a></li>'
        '<li><a href="/b">Ten walks along the river</a></li></ul></aside>'
    )
    advert = (
        '<div class="ad advertisement" id="ad-slot-1"><a href="https://ads.example">Buy the new kettle today</a></div>'
    )
    menu = '<nav class="menu"><ul><li><a href="/">Home</a></li><li><a href="/politics">Politics</a></li><li><a href="/sport">Sport</a></li></ul></nav>'
    said = '<section id="comments" class="comments"><h3>Comments (2)</h3><div class="comment"><p>First reader: I never liked that bridge anyway.</p></div></section>'
    foot = '<footer><p>© 2026 Example Media. All rights reserved.</p><a href="/privacy">Privacy policy</a></footer>'
    head = _web_head(source, name)
    title, author = html.escape(source.title), html.escape(source.byline)
    day = f'<time datetime="{source.published}">{source.published}</time>'
    style = {
        "news": "body{font-family:serif}article{max-width:38em}",
        "blog": "body{font:17px/1.7 sans-serif}article{margin:auto;max-width:34em}",
        "magazine": "article .body{columns:2;text-align:justify;hyphens:manual}",
        "wire": "article{font:13px/1.3 sans-serif}",
        "local": "body{font-family:serif}p{margin:0;text-indent:1.5em;text-align:justify}",
        "agency": "article{font:15px/1.5 serif}",
    }[name]
    heading = f"<h1>{title}</h1>" if name != "wire" else f'<h1 class="headline"><span>{title}</span></h1>'
    whole = f'<article>{heading}<p class="byline">{author}</p>{advert if name != "blog" else ""}<div class="body">{body}</div></article>'
    printed = "@media print{nav,aside,footer,.ad,.comments,.when{display:none}}"
    direction = "rtl" if source.is_rtl else "ltr"
    return f"""<!DOCTYPE html><html lang="{source.language}" dir="{direction}"><head><meta charset="utf-8">{head}
<style>body{{font-family:'{source.font}',serif}}{style}{printed}</style></head><body>{menu}{advert}<main>{whole}<p class="when">{day}</p>{side}</main>{said}{foot}</body></html>"""


def _web_head(source: Source, name: str) -> str:
    title, author = html.escape(source.title), html.escape(source.author)
    link = f'<link rel="canonical" href="https://{name}.example/{source.name}">'
    match name:
        case "news" | "agency":
            return (
                f'<title>{title}</title>{link}<script type="application/ld+json">{{"@context":"https://schema.org","@type":"NewsArticle",'
                f'"headline":"{title}","author":{{"@type":"Person","name":"{author}"}},"datePublished":"{source.published}"}}</script>'
            )
        case "magazine" | "local":
            return (
                f'<title>{title}</title>{link}<meta property="og:title" content="{title}"><meta name="author" content="{author}">'
                f'<meta property="article:published_time" content="{source.published}T08:00:00Z">'
            )
        case _:
            return f'<title>{title}</title>{link}<meta name="author" content="{author}"><meta name="date" content="{source.published}">'


def _web_blocks(source: Source) -> Iterator[str]:
    kinds = {"item": "ul", "step": "ol", "row": "table"}
    open_as = ""
    for block in source.blocks:
        if open_as and block.kind != open_as:
            yield f"</{kinds[open_as]}>"
        if block.kind in kinds and block.kind != open_as:
            yield f"<{kinds[block.kind]}>"
        open_as = block.kind if block.kind in kinds else ""
        words = html.escape(_parted(block.words[0]) if source.layout == "columns" else block.words[0])
        match block.kind:
            case "heading":
                yield f"<h2>{words}</h2>"
            case "item" | "step":
                yield f"<li>{words}</li>"
            case "row":
                yield "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in block.words) + "</tr>"
            case _:
                yield f"<p>{words}</p>"
    if open_as:
        yield f"</{kinds[open_as]}>"
