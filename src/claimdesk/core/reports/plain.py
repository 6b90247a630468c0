"""The report as plain data, all of it worded: what a Typst template is given as `report.json`."""

from collections.abc import Iterable, Iterator
from typing import Any

import regex

from claimdesk.core.claim import Role
from claimdesk.core.reports import facts
from claimdesk.core.reports.annotated import Kind, Paragraph, Run
from claimdesk.core.reports.report import Reference, Report, Row, SourceEntry

_STRONG = regex.compile(
    r"[\p{L}--[\p{Bidi_Class=R}\p{Bidi_Class=AL}]]|(?P<rtl>[\p{Bidi_Class=R}\p{Bidi_Class=AL}])", regex.V1
)
_LANGUAGE = regex.compile(r"([a-z]{2,3})(?:[-_].*)?", regex.IGNORECASE)


def plain(report: Report) -> dict[str, Any]:
    """The report as dictionaries, lists, words and numbers, in the order in which it is read."""
    above, below = _paragraphs(report)
    begun = {number for paragraph in (*above, *below) for number in paragraph["notes"]}
    return {
        "title": report.title,
        "checker": report.checker,
        "version": report.provenance.version,
        "made_at": report.provenance.made_at.isoformat(),
        "language": _language(report.language),
        "accepted": report.summary.accepted,
        "open": report.summary.open,
        "suggested": sum(not row.reviewed for row in report.rows),
        "head": _facts(facts.head(report)),
        "headlines": above,
        "body": below,
        "levels": list(_levels(report)),
        "claims": [_claim(row) | {"in_text": row.number in begun} for row in report.rows],
        "sources": [_source(source) for source in report.sources],
        "figures": [
            {"label": one.label, "count": one.count, "share": one.share, "numbers": list(one.numbers)}
            for one in facts.figures(report)
        ],
        "coverage": facts.coverage(report),
        "most_relied_on": facts.most_relied_on(report),
        "questions": [{"text": one.text, "numbers": list(one.numbers)} for one in report.questions],
        "provenance": _facts(facts.provenance(report)),
        "notices": [],
    }


def _paragraphs(report: Report) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The headlines that stand above, and everything else."""
    seen: set[int] = set()
    drawn = [_paragraph(paragraph, seen) for paragraph in report.paragraphs]
    above = next((at for at, one in enumerate(drawn) if one["kind"] != Kind.HEADLINE), len(drawn))
    return drawn[:above], drawn[above:]


def _paragraph(paragraph: Paragraph, seen: set[int]) -> dict[str, Any]:
    runs = [_run(run, seen) for run in paragraph.runs]
    return {
        "kind": paragraph.kind.value,
        "number": paragraph.number,
        "lang": _language(paragraph.language),
        "rtl": is_rtl(paragraph.text),
        "depth": paragraph.depth,
        "runs": runs,
        "notes": [number for run in runs for number in run["starts"]],
    }


def _run(run: Run, seen: set[int]) -> dict[str, Any]:
    """A run; `starts` are the claims whose content begins with it, `ends` those whose number stands after it."""
    contents = [mark.number for mark in run.marks if mark.role is Role.CONTENT]
    starts = [number for number in contents if number not in seen]
    seen.update(starts)
    return {
        "text": run.text,
        "marks": [
            {
                "number": one.number,
                "role": one.role.value,
                "level": one.level,
                "reviewed": one.reviewed,
                "lane": one.lane,
            }
            for one in run.marks
        ],
        "starts": starts,
        "ends": [mark.number for mark in run.ends],
    }


def _levels(report: Report) -> Iterator[dict[str, Any]]:
    for count in report.levels:
        level = count.level
        yield {
            "slug": level.slug,
            "label": level.label,
            "short": level.short,
            "definition": level.definition,
            "glyph": level.glyph,
            "underline": level.underline.value,
            "colour": level.light,
            "accepted": count.accepted,
            "suggested": count.suggested,
            "share": report.summary.share(count.accepted),
        }


def _claim(row: Row) -> dict[str, Any]:
    checked = facts.checked(row)
    return {
        "number": row.number,
        "level": row.level.slug,
        "reviewed": row.reviewed,
        "review": row.review,
        "words": row.words,
        "rtl": is_rtl(row.words),
        "place": row.place,
        "paragraph": int(row.place) if row.place.isdecimal() else 0,
        "page": row.page,
        "source": row.source_name or row.source_words,
        "restated": row.restated,
        "denies": _references(row.denies),
        "denies_unlisted": facts.count(row.denies_unlisted, "claim") + " not in this report"
        if row.denies_unlisted
        else "",
        "denied_by": _references(row.denied_by),
        "note": [line for line in row.note.split("\n") if line.strip()],
        "question": row.question,
        "sourcing": _facts(facts.sourcing(row)),
        "verdict": row.verdict.label if row.verdict else "",
        "rationale": row.rationale,
        "checked": _fact(checked) if checked else None,
        "evidence": [
            {
                "title": one.title or one.kind.capitalize(),
                "stance": facts.stance(one),
                "facts": _facts(facts.evidence(one)),
            }
            for one in row.evidence
        ],
        "replies": [_facts(facts.reply(one)) for one in row.replies],
        "anonymity": [{"question": question, "yes": yes} for question, yes in facts.anonymity(row)],
    }


def _source(source: SourceEntry) -> dict[str, Any]:
    return {
        "name": source.name,
        "named": source.is_named,
        "about": ", ".join(filter(None, (source.role, source.affiliation))),
        "accepted": source.accepted,
        "claims": _references(source.claims),
    }


def _references(all_of_them: Iterable[Reference]) -> list[dict[str, Any]]:
    return [{"number": one.number, "reviewed": one.reviewed} for one in all_of_them]


def _facts(told: Iterable[facts.Fact]) -> list[dict[str, Any]]:
    return [_fact(fact) for fact in told]


def _fact(fact: facts.Fact) -> dict[str, Any]:
    return {
        "label": fact.label,
        "pieces": list(fact.pieces),
        "between": fact.between,
        "kind": fact.kind.value,
        "link": fact.link,
    }


def is_rtl(words: str) -> bool:
    """Whether words run from right to left: the first letter that runs anywhere decides, as in a web page."""
    found = _STRONG.search(words)
    return found is not None and found["rtl"] is not None


def _language(tag: str) -> str:
    """The language of a BCP 47 tag, without script and region; empty where it is none."""
    found = _LANGUAGE.fullmatch(tag)
    return found[1].lower() if found else ""
