"""The report as Markdown (CommonMark), which reads as plain text too; each claim is a footnote at the words that it claims.

The words of article and checker are escaped: they make no markup, no HTML and no link. Links lead to the claims of this file, and to
web addresses of evidence and of the article.
"""

from collections.abc import Iterable, Iterator, Sequence

import regex

from claimdesk.core.claim import Role
from claimdesk.core.evidence import Evidence
from claimdesk.core.levels import BY_SLUG
from claimdesk.core.reports import facts
from claimdesk.core.reports.annotated import Kind, Mark, Paragraph
from claimdesk.core.reports.printable import settled, visible
from claimdesk.core.reports.report import Reference, Report, Row, SourceEntry

_SPECIAL = regex.compile(r"[\\`*_\[\]<>&#|~^${}@]|:(?=[^\s\d])|(?<=www)\.|[=+%](?=[=+%])", regex.IGNORECASE)
_AT_START = regex.compile(r"^(\d*)([-+=:.)](?!\d))")
_BRACKETS = regex.compile("[<>]")
_SMALL = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_BAR = 30
"""Letters of the longest bar."""


def render(report: Report) -> bytes:
    """The file's bytes, UTF-8."""
    parts = (
        _article(report), _footnotes(report), _legend(report), _claims(report), _sources(report), _sourcing(report),
        _questions(report), _provenance(report),
    )  # fmt: skip
    return ("\n\n".join(block for part in parts for block in part) + "\n").encode()


def escaped(text: str, indent: str = "") -> str:
    """Words as Markdown that shows them and nothing else; a further line starts with `indent`, blank ones are left out."""
    lines = [line.strip() for line in settled(visible(text)).split("\n") if line.strip()]
    return f"\\\n{indent}".join(_at_start(_within(line)) for line in lines)


def _within(words: str) -> str:
    """Words that stand within a line."""
    return _SPECIAL.sub(r"\\\g<0>", words)


def _at_start(line: str) -> str:
    """A line whose first characters open no list, heading or rule."""
    return _AT_START.sub(r"\1\\\2", line)


def _one_line(words: str) -> str:
    return escaped(" ".join(words.split()))


def _head(report: Report) -> Iterator[str]:
    yield _list(map(_fact, facts.head(report)))
    yield facts.still_open(report)


def _article(report: Report) -> Iterator[str]:
    """The article; its headlines stand above the head, which is therefore written among its paragraphs."""
    lines = [_line(paragraph) for paragraph in report.paragraphs]
    above = next((at for at, one in enumerate(report.paragraphs) if one.kind is not Kind.HEADLINE), len(lines))
    yield from (f"# {line}" for line in lines[:above] or [_one_line(report.title) or "Sourcing report"])
    yield from _head(report)
    for paragraph, line in zip(report.paragraphs[above:], lines[above:], strict=True):
        if paragraph.number:
            yield f"*¶ {paragraph.number}* {line}"
        else:
            yield f"> {_at_start(line)}"


def _line(paragraph: Paragraph) -> str:
    """A paragraph with the contents of claims in brackets; each opens with the level's mark and the claim's number."""
    written: list[str] = []
    still_open: list[Mark] = []
    for run in paragraph.runs:
        contents = [mark for mark in run.marks if mark.role is Role.CONTENT]
        written.extend(_closed(still_open, contents))
        written.extend(_opened(mark) for mark in contents if mark not in still_open)
        still_open = [mark for mark in still_open if mark in contents]
        still_open += [mark for mark in contents if mark not in still_open]
        written.append(_within(visible(run.text)))
    written.extend(_closed(still_open, []))
    return settled("".join(written).strip())


def _opened(mark: Mark) -> str:
    flag = "" if mark.reviewed else "*not reviewed:* "
    return f"\\[{BY_SLUG[mark.level].glyph}[^{mark.number}] {flag}"


def _closed(still_open: Sequence[Mark], stays: Sequence[Mark]) -> Iterator[str]:
    """The brackets that end here, from the innermost; with a small number where one that began later goes on."""
    goes_on = False
    for mark in reversed(still_open):
        if mark in stays:
            goes_on = True
        else:
            yield "\\]" + (str(mark.number).translate(_SMALL) if goes_on else "")


def _footnotes(report: Report) -> Iterator[str]:
    notes = (
        f"[^{row.number}]: **{row.level.glyph} {row.level.label}**, {row.review}. "
        f"Source: {_one_line(row.source_name or row.source_words) or 'no source'}. All of it: {_numbers([row.number])}"
        for row in report.rows
    )
    yield from ["\n".join(notes)] if report.rows else []


def _legend(report: Report) -> Iterator[str]:
    yield "## Legend"
    yield (
        "In the article the words of a claim stand in brackets, which open with the mark of its level and its number. Where "
        "claims cross, a small number after a bracket says whose words end there."
    )
    yield _list(
        f"{count.level.glyph} **{count.level.label}** ({count.accepted}): {count.level.definition}"
        for count in report.levels
    )


def _claims(report: Report) -> Iterator[str]:
    yield "## Claims"
    if not report.rows:
        yield "No claim has been accepted yet."
    for row in report.rows:
        yield from _claim(row)


def _claim(row: Row) -> Iterator[str]:
    place = f"paragraph {row.place}" if row.place.isdecimal() else row.place
    places = [words for words in (place, f"page {row.page}" if row.page else "") if words]
    yield f"### Claim {row.number}"
    yield f"**{row.level.glyph} {row.level.label}**, {row.review}{'; ' if places else ''}{', '.join(places)}"
    yield f"> {escaped(row.words, '> ')}"
    yield _list([*_remarks(row), *map(_fact, facts.sourcing(row)), *_check(row)])


def _remarks(row: Row) -> Iterator[str]:
    unlisted = [f"{facts.count(row.denies_unlisted, 'claim')} not in this report"] if row.denies_unlisted else []
    told = (
        ("Restated", escaped(row.restated, "  ")),
        ("Denies", " and ".join(filter(None, [_references(row.denies), *unlisted]))),
        ("Denied by", _references(row.denied_by)),
        ("Note", escaped(row.note, "  ")),
        ("To be asked", escaped(row.question, "  ")),
    )
    return (f"**{label}:** {words}" for label, words in told if words)


def _check(row: Row) -> Iterator[str]:
    """Verdict, evidence, replies, and what was asked before the source stayed unnamed."""
    if row.verdict:
        yield f"**Verdict:** {row.verdict.label}. {escaped(row.rationale, '  ')}".rstrip()
    if checked := facts.checked(row):
        yield _fact(checked)
    yield from map(_piece, row.evidence)
    for one in row.replies:
        yield "**Right of reply**\n" + _list(map(_fact, facts.reply(one)), "  ")
    if asked := facts.anonymity(row):
        boxes = (f"{'☑' if yes else '☐'} {question}: {'yes' if yes else 'open'}" for question, yes in asked)
        yield "**Before the source stays unnamed**\n" + _list(boxes, "  ")


def _piece(one: Evidence) -> str:
    about = _list(map(_fact, facts.evidence(one)), "  ")
    title = escaped(one.title, "  ") or one.kind.capitalize()
    return f"**Evidence:** {title} ({facts.stance(one)})" + (f"\n{about}" if about else "")


def _sources(report: Report) -> Iterator[str]:
    if report.sources:
        yield "## Sources"
        yield _list(_source(source) for source in report.sources)


def _source(source: SourceEntry) -> str:
    about = [_one_line(source.name), *(["no name"] if not source.is_named else [])]
    about += [_one_line(words) for words in (source.role, source.affiliation) if words]
    return f"{', '.join(about)}: {source.accepted} accepted ({_references(source.claims)})"


def _sourcing(report: Report) -> Iterator[str]:
    """The figures; the bars of the levels are drawn with letters."""
    yield "## Sourcing"
    if report.summary.accepted:
        yield "Accepted claims by level:"
        yield _list(_bars(report))
        yield "What the accepted claims rest on:"
        yield _list(
            f"{one.label}: {one.count} ({one.share}%)" + (f", {_numbers(one.numbers)}" if one.numbers else "")
            for one in facts.figures(report)
        )
        yield from filter(None, (facts.coverage(report), escaped(facts.most_relied_on(report))))
    else:
        yield "Nothing is counted before a person accepts it."


def _bars(report: Report) -> Iterator[str]:
    most = max(count.accepted for count in report.levels)
    for count in report.levels:
        bar = "█" * round(_BAR * count.accepted / most)
        share = report.summary.share(count.accepted)
        yield f"{count.level.glyph} {count.level.label}: {count.accepted} ({share}%) {bar}".rstrip()


def _questions(report: Report) -> Iterator[str]:
    if report.questions:
        yield "## Open questions"
        yield _list(f"{escaped(one.text, '  ')} ({_numbers(one.numbers)})" for one in report.questions)


def _provenance(report: Report) -> Iterator[str]:
    yield "## Provenance"
    yield _list(map(_fact, facts.provenance(report)))


def _list(items: Iterable[str], indent: str = "") -> str:
    """A list; what stands in lines of an item is indented with it."""
    return "\n".join(f"{indent}- {item}".replace("\n", f"\n{indent}") if indent else f"- {item}" for item in items)


def _fact(fact: facts.Fact) -> str:
    if fact.link and not _BRACKETS.search(fact.link):
        return f"**{fact.label}:** <{fact.link}>"
    return f"**{fact.label}:** {fact.between.join(escaped(piece, '  ') for piece in fact.pieces)}"


def _numbers(numbers: Sequence[int]) -> str:
    """Claims by their numbers, which lead to them."""
    return f"claim{'s' if len(numbers) > 1 else ''} {', '.join(map(_to_claim, numbers))}"


def _references(references: Sequence[Reference]) -> str:
    told = [_to_claim(one.number) + ("" if one.reviewed else " (not reviewed)") for one in references]
    return f"claim{'s' if len(told) > 1 else ''} {', '.join(told)}" if told else ""


def _to_claim(number: int) -> str:
    return f"[{number}](#claim-{number})"
