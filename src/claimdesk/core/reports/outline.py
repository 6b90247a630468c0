"""The report as a text document, part for part: what Word and OpenDocument files are drawn from."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, takewhile

import regex

from claimdesk.core.levels import Level
from claimdesk.core.reports import facts, marked
from claimdesk.core.reports.annotated import Kind
from claimdesk.core.reports.blocks import (
    BOLD,
    CODE,
    LABEL,
    PLAIN,
    Bar,
    Block,
    Cell,
    Line,
    Look,
    Remark,
    Style,
    Table,
    TextDocument,
    Words,
)
from claimdesk.core.reports.facts import Fact
from claimdesk.core.reports.plain import is_rtl
from claimdesk.core.reports.report import Reference, Report, Row

PROGRAM = "ClaimDesk"
"""Who speaks where no person does."""

_LETTER = regex.compile(r"\X")


def outline(report: Report) -> TextDocument:
    """All of the report, in the order in which it is read."""
    above = sum(1 for _ in takewhile(lambda paragraph: paragraph.kind is Kind.HEADLINE, report.paragraphs))
    article = marked.lines(report.paragraphs)
    blocks = (
        *_head(report, article[:above]),
        *_article(article[above:]),
        *_legend(report),
        *_claims(report),
        *_sources(report),
        *_sourcing(report),
        *_questions(report),
        _heading("Provenance"),
        *(_fact(fact, report.language) for fact in facts.provenance(report)),
    )
    return TextDocument(
        title=f"{report.title} – sourcing report" if report.title else "Sourcing report",
        author=report.checker or PROGRAM,
        language="en",
        made_at=report.provenance.made_at,
        version=report.provenance.version,
        blocks=blocks,
        remarks={row.number: _remark(row, report.checker) for row in report.rows},
    )


def _head(report: Report, headlines: Sequence[Line]) -> Iterator[Block]:
    yield Line(Style.BRAND, (Words("Sourcing report"),))
    for line in headlines:
        yield Line(Style.TITLE, line.pieces, line.is_rtl)
    if not headlines:
        title = report.title or "Without a title"
        yield Line(Style.TITLE, (Words(title, language=report.language),), is_rtl(title))
    yield from (_fact(fact, report.language) for fact in facts.head(report))
    summary = report.summary
    waiting = facts.count(summary.open, "suggestion")
    if any(not row.reviewed for row in report.rows):
        yield _text(
            f"{waiting} of the program not reviewed by anybody: shown in a dashed frame, with {marked.UNREVIEWED} after the "
            "number, and counted in no figure."
        )
    elif summary.open:
        yield _text(f"{waiting} of the program still open: not reviewed by anybody, and left out of this report.")


def _article(lines: Sequence[Line]) -> Iterator[Block]:
    yield _heading("Article")
    for is_furniture, group in groupby(lines, lambda line: line.style is Style.FURNITURE):
        if is_furniture:
            yield Line(Style.LABEL, (Words("Not part of the article"),))
        yield from group


def _legend(report: Report) -> Iterator[Block]:
    yield _heading("Legend")
    yield Line(
        Style.TEXT,
        (
            Words("In the article the words of a claim are underlined, its "),
            Words("source", BOLD),
            Words(" is bold and its "),
            Words("cue", Look(italic=True)),
            Words(
                " (the words that tie the two) italic, in the colour of the level. The number after the words, with the sign of "
                "the level, leads to what is known of the claim, and a comment says it in short. Where claims overlap, the line "
                "is that of the shortest and the ground that of the longest."
            ),
        ),
    )
    shown = any(not row.reviewed for row in report.rows)
    head = ("Level", "Accepted", *(("Not reviewed",) if shown else ()), "What it means")
    widths = (350, 125, 125, 400) if shown else (350, 125, 525)
    rows = (
        (
            _level_cell(count.level, is_sample=True),
            _figure(count.accepted),
            *((_figure(count.suggested),) if shown else ()),
            _cell(count.level.definition),
        )
        for count in report.levels
    )
    yield Table(
        "Legend",
        "The levels with their signs, how many claims have each, and what they mean",
        widths,
        head,
        tuple(rows),
    )


def _claims(report: Report) -> Iterator[Block]:
    yield _heading("Claims")
    if not report.rows:
        waits = facts.count(report.summary.open, "suggestion waits", "suggestions wait")
        yield _text(f"No claim has been accepted yet{f'; {waits} for review' if report.summary.open else ''}.")
        return
    rows = tuple(_overview(row, report.language) for row in report.rows)
    about = "One row a claim: its number, its words, where they stand, its level, its source and the verdict"
    head = ("No.", "Claim", "¶, page", "Level", "Source", "Verdict")
    yield Table("Overview of the claims", about, (85, 345, 85, 190, 175, 120), head, rows)
    for row in report.rows:
        yield from _details(row, report.language)


def _overview(row: Row, language: str) -> tuple[Cell, ...]:
    number = marked.number_of(row.level, row.number, reviewed=row.reviewed)
    look = Look(bold=True, colour=row.level.light)
    verdict = row.verdict.label if row.verdict else ""
    return (
        (Line(Style.CELL, (Words(number, look, to=f"claim_{row.number}"),)),),
        _cell(row.words, language),
        _cell(f"{row.place}, p. {row.page}" if row.page else row.place),
        _cell(row.level.label if row.reviewed else f"{row.level.label} ({row.review})"),
        _cell(row.source_name or row.source_words or "no source", language),
        _cell(verdict),
    )


def _details(row: Row, language: str) -> Iterator[Block]:
    """Everything that is known of a claim, one line a fact."""
    state = "" if row.reviewed else f" ({row.review})"
    heading = (
        Words(f"{row.level.glyph} ", Look(colour=row.level.light)),
        Words(f"Claim {row.number}: {row.level.label}{state}", to=f"text_{row.number}"),
    )
    yield Line(Style.HEADING_2, heading, name=f"claim_{row.number}")
    yield Line(Style.QUOTE, (Words(row.words, language=language),), is_rtl(row.words))
    told = [Fact("Where", (_place(row),)), Fact("Restated", (row.restated,)), *facts.sourcing(row)]
    told += [Fact("Denies", (denies(row),)), Fact("Denied by", (references(row.denied_by),))]
    told += [Fact("Verdict", (row.verdict.label if row.verdict else "",)), Fact("Rationale", (row.rationale,))]
    checked = facts.checked(row)
    told += [checked] if checked else []
    told += [Fact("Note", (row.note,)), Fact("To be asked", (row.question,))]
    yield from (_fact(fact, language) for fact in told if "".join(fact.pieces).strip())
    yield from _checking(row, language)


def _checking(row: Row, language: str) -> Iterator[Block]:
    if row.evidence:
        yield Line(Style.HEADING_3, (Words("Evidence"),))
    for one in row.evidence:
        title = Words(one.title or one.kind.capitalize(), BOLD, language)
        yield Line(Style.ITEM, (title, Words(f" – {facts.stance(one)}")))
        yield from (_fact(fact, language, Style.DETAIL) for fact in facts.evidence(one))
    if row.replies:
        yield Line(Style.HEADING_3, (Words("Right of reply"),))
    for reply in row.replies:
        first, *others = facts.reply(reply) or (Fact("Asked", ("nobody named",)),)
        yield Line(Style.ITEM, (Words(f"{first.label}: ", LABEL), *_said(first, language)))
        yield from (_fact(fact, language, Style.DETAIL) for fact in others)
    asked = facts.anonymity(row)
    if asked:
        yield Line(Style.HEADING_3, (Words("Before the source stays unnamed"),))
    for question, yes in asked:
        yield Line(Style.ITEM, (Words(f"{question}: "), Words("yes", BOLD) if yes else Words("open", LABEL)))


def _sources(report: Report) -> Iterator[Block]:
    if not report.sources:
        return
    yield _heading("Sources")
    rows = tuple(
        (
            _cell(source.name if source.is_named else f"{source.name} (no name)", report.language),
            _cell(", ".join(filter(None, (source.role, source.affiliation))), report.language),
            _figure(source.accepted),
            _cell(references(source.claims)),
        )
        for source in report.sources
    )
    about = "Everybody who stands behind claims, with role and affiliation, how many accepted claims rest on them, and which"
    head = ("Source", "Role and affiliation", "Accepted", "Claims")
    yield Table("Sources and their claims", about, (320, 300, 125, 255), head, rows)


def _sourcing(report: Report) -> Iterator[Block]:
    yield _heading("Sourcing")
    summary = report.summary
    if not summary.accepted:
        yield _text("Nothing is counted before a person accepts it.")
        return
    share = summary.share(summary.attributed)
    yield _text(f"{facts.count(summary.accepted, 'claim')} accepted, {share}% attributed to a source.")
    if sentence := facts.coverage(report):
        yield _text(sentence)
    most = summary.most_relied_on
    if most:
        of = f", behind {most.accepted} of {facts.count(summary.accepted, 'claim')}."
        yield Line(Style.TEXT, (Words("Most relied on: "), Words(most.name, language=report.language), Words(of)))
    yield Line(Style.HEADING_2, (Words("Accepted claims by level"),))
    yield _chart(report)
    yield Line(Style.HEADING_2, (Words("What the accepted claims rest on"),))
    rows = tuple(
        (_cell(one.label), _figure(one.count), _figure(f"{one.share}%"), _cell(", ".join(map(str, one.numbers))))
        for one in facts.figures(report)
    )
    about = "How many of the accepted claims something holds of, in per cent of them all, and their numbers"
    head = ("What", "Claims", "Share", "Which")
    yield Table("What the accepted claims rest on", about, (380, 110, 100, 410), head, rows)


def _chart(report: Report) -> Table:
    summary = report.summary
    counts = [count for count in report.levels if count.accepted]
    most = max(count.accepted for count in counts)
    rows = tuple(
        (
            _level_cell(count.level),
            (Bar(round(100 * count.accepted / most), count.level.light),),
            _figure(count.accepted),
            _figure(f"{summary.share(count.accepted)}%"),
        )
        for count in report.levels
        if count.accepted
    )
    told = "; ".join(f"{count.level.label} {count.accepted} ({summary.share(count.accepted)}%)" for count in counts)
    return Table(
        "Accepted claims by level", f"Bar chart: {told}", (350, 440, 110, 100), ("Level", "", "Claims", "Share"), rows
    )


def _questions(report: Report) -> Iterator[Block]:
    if not report.questions:
        return
    yield _heading("Open questions")
    for question in report.questions:
        which = "Claim" if len(question.numbers) == 1 else "Claims"
        numbers = f" ({which} {', '.join(map(str, question.numbers))})"
        yield Line(Style.ITEM, (Words(question.text, language=report.language), Words(numbers, LABEL)))


def denies(row: Row) -> str:
    """Which claims this one denies, those that the report does not hold too; empty for none."""
    unlisted = f"{facts.count(row.denies_unlisted, 'claim')} not in this report" if row.denies_unlisted else ""
    return " and ".join(filter(None, (references(row.denies), unlisted)))


def references(all_of_them: Iterable[Reference]) -> str:
    """The numbers of claims; those of suggestions say so."""
    return ", ".join(f"{one.number}" if one.reviewed else f"{one.number} (not reviewed)" for one in all_of_them)


def initials(name: str) -> str:
    """The first letters of up to three words of a name."""
    letters = (found.group() for word in name.split()[:3] if (found := _LETTER.match(word)))
    return "".join(letters).upper()


def _remark(row: Row, checker: str) -> Remark:
    """What an editor sees beside the words; nobody's name stands under what nobody reviewed."""
    author = checker if checker and row.reviewed else PROGRAM
    first = f"Claim {row.number} · {row.level.label}"
    told = {fact.label: fact for fact in facts.sourcing(row)}
    role = ", ".join(told["Role"].pieces) if "Role" in told else ""
    source = f"Source: {row.source_name or row.source_words or 'none'}{f' ({role})' if role else ''}"
    named = (told[label] for label in ("Second source", "Second sources", "Via", "Certainty", "Terms") if label in told)
    others = (f"{fact.label}: {fact.between.join(fact.pieces)}" for fact in named)
    ends = (
        ("Words", f"“{row.words}”" if len(row.content) > 1 else ""),
        ("Denies", denies(row)),
        ("Denied by", references(row.denied_by)),
        ("Verdict", " – ".join(filter(None, (row.verdict.label if row.verdict else "", row.rationale)))),
        ("Evidence", facts.count(len(row.evidence), "piece") if row.evidence else ""),
        ("To be asked", row.question),
        ("Note", row.note),
    )
    lines = (
        first if row.reviewed else f"{first} · {row.review}",
        source,
        *others,
        *(f"{label}: {said}" for label, said in ends if said),
    )
    return Remark(author, initials(author), tuple(part for line in lines for part in line.split("\n")))


def _place(row: Row) -> str:
    place = f"Paragraph {row.place}" if row.place.isdecimal() else row.place.capitalize()
    return ", ".join(filter(None, (place, f"page {row.page}" if row.page else "")))


def _heading(text: str) -> Line:
    return Line(Style.HEADING_1, (Words(text),))


def _text(text: str) -> Line:
    return Line(Style.TEXT, (Words(text),))


def _cell(text: str, language: str = "") -> Cell:
    return (Line(Style.CELL, (Words(text, language=language),), is_rtl(text)),)


def _figure(count: int | str) -> Cell:
    return (Line(Style.FIGURE, (Words(f"{count:,}" if isinstance(count, int) else count),)),)


def _level_cell(level: Level, *, is_sample: bool = False) -> Cell:
    """The level with its sign, underlined as in the article where it `is_sample`."""
    name = Look(underline=level.underline, line=level.light, shade=marked.tint(level.light)) if is_sample else PLAIN
    sign = Words(f"{level.glyph}\u2002", Look(bold=True, colour=level.light))
    return (Line(Style.CELL, (sign, Words(level.label, name))),)


def _fact(fact: Fact, language: str, style: Style = Style.FACT) -> Line:
    return Line(style, (Words(fact.label, LABEL), Words("\t"), *_said(fact, language)))


def _said(fact: Fact, language: str) -> Iterator[Words]:
    """The pieces of a fact, each apart from its neighbours, since a name may run from right to left."""
    look = CODE if fact.kind is facts.Kind.HASH else PLAIN
    for at, piece in enumerate(fact.pieces):
        if at:
            yield Words(fact.between)
        yield Words(piece, look, language, link=fact.link)
