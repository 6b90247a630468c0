"""The report as a project for programs of qualitative analysis: REFI-QDA 1.5, a zip archive of one XML file and the article's text.

Levels are codes in their colours, claims selections coded with them, what was written on a claim is its note. Positions are
Unicode code points from 0, and end where the next character begins. Identifiers follow from the content: the same report
made again is the same project.
"""

import io
import uuid
import zipfile
from collections.abc import Iterable
from xml.etree import ElementTree as ET

import regex

from claimdesk.core.claim import Span
from claimdesk.core.reports.report import LevelCount, Report, Row

_NAMESPACE = "urn:QDA-XML:project:1.0"
_OURS = uuid.uuid5(uuid.NAMESPACE_URL, "urn:claimdesk:refi-qda")
_DAY = (1980, 1, 1, 0, 0, 0)
"""The time of every member: what a zip archive tells of it has no time zone."""
_NO_XML = regex.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: Report) -> bytes:
    """The file's bytes."""
    project = _Project(report)
    members = {"project.qde": project.xml(), f"sources/{project.text}.txt": report.text.encode()}
    members |= {f"sources/{guid}.txt": words.encode() for guid, words in project.notes.items()}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in members.items():
            entry = zipfile.ZipInfo(name, _DAY)
            entry.create_system, entry.external_attr = 3, 0o100600 << 16
            archive.writestr(entry, raw, zipfile.ZIP_DEFLATED)
    return file.getvalue()


class _Project:
    """One report on its way into XML; `text` is the identifier of the article, `notes` the words of each note by its own."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._space = uuid.uuid5(_OURS, report.provenance.sha256)
        self._user = self._guid("user", report.checker)
        self._stamp = {
            "creatingUser": self._user, "creationDateTime": report.provenance.made_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        }  # fmt: skip
        self.text = self._guid("text")
        self.notes: dict[str, str] = {}

    def xml(self) -> bytes:
        """The project as an XML file; fills `notes`."""
        report = self._report
        project = ET.Element(
            "Project", xmlns=_NAMESPACE, name=_xml(report.title), origin=f"ClaimDesk {report.provenance.version}",
            creatingUserGUID=self._user, creationDateTime=self._stamp["creationDateTime"],
        )  # fmt: skip
        users = ET.SubElement(project, "Users")
        ET.SubElement(users, "User", guid=self._user, name=_xml(report.checker or "ClaimDesk"))
        codes = ET.SubElement(ET.SubElement(project, "CodeBook"), "Codes")
        for count in report.levels:
            self._code(codes, count)
        source = self._stamped(
            ET.SubElement(project, "Sources"),
            "TextSource",
            {"guid": self.text, "name": _xml(report.title), "plainTextPath": f"internal://{self.text}.txt"},
        )
        _child(source, "Description", _about(report))
        for row in report.rows:
            self._claim(source, row)
        self._add_notes(project)
        self._links(project)
        ET.indent(project, " ")
        return bytes(ET.tostring(project, encoding="utf-8", xml_declaration=True))

    def _stamped(self, parent: ET.Element, tag: str, attributes: dict[str, str]) -> ET.Element:
        """A new element that says who made it when."""
        return ET.SubElement(parent, tag, attributes | self._stamp)

    def _guid(self, *names: object) -> str:
        return str(uuid.uuid5(self._space, "\n".join(map(str, names))))

    def _code(self, codes: ET.Element, count: LevelCount) -> None:
        level = count.level
        code = ET.SubElement(
            codes, "Code", guid=_code_guid(level.slug), name=level.label, isCodable="true", color=level.light
        )
        _child(code, "Description", level.definition)

    def _claim(self, source: ET.Element, row: Row) -> None:
        """A selection a piece of the content; the first one has the claim's number alone, and its note."""
        for place, span in enumerate(row.content):
            guid, name = self._selection(row, place), _name(row, place, span, self._report.text)
            place_in_text = {"startPosition": str(span.start), "endPosition": str(span.end)}
            selection = self._stamped(source, "PlainTextSelection", {"guid": guid, "name": name} | place_in_text)
            coding = self._stamped(selection, "Coding", {"guid": self._guid("coding", row.number, place)})
            ET.SubElement(coding, "CodeRef", targetGUID=_code_guid(row.level.slug))
            if place == 0:
                ET.SubElement(selection, "NoteRef", targetGUID=self._note(row))

    def _selection(self, row: Row, place: int = 0) -> str:
        return self._guid("claim", row.number, place)

    def _note(self, row: Row) -> str:
        guid = self._guid("note", row.number)
        self.notes[guid] = "\n".join(_told(row)) + "\n"
        return guid

    def _add_notes(self, project: ET.Element) -> None:
        if self.notes:
            notes = ET.SubElement(project, "Notes")
            for row in self._report.rows:
                guid = self._guid("note", row.number)
                known = {"guid": guid, "name": f"Claim {row.number}", "plainTextPath": f"internal://{guid}.txt"}
                self._stamped(notes, "Note", known)

    def _links(self, project: ET.Element) -> None:
        rows = {row.number: row for row in self._report.rows}
        denials = [(row, rows[one.number]) for row in self._report.rows for one in row.denies]
        if denials:
            links = ET.SubElement(project, "Links")
            for denial, denied in denials:
                ET.SubElement(
                    links, "Link", guid=self._guid("denies", denial.number, denied.number), name="denies",
                    direction="OneWay", originGUID=self._selection(denial), targetGUID=self._selection(denied),
                )  # fmt: skip


def _code_guid(slug: str) -> str:
    """The same level has the same identifier in every project, so that programs can bring projects together."""
    return str(uuid.uuid5(_OURS, f"level {slug}"))


def _child(parent: ET.Element, name: str, words: str) -> None:
    if words:
        ET.SubElement(parent, name).text = _xml(words)


def _name(row: Row, place: int, span: Span, text: str) -> str:
    words = " ".join(span.of(text).split())[:60]
    return _xml(f"{row.number}{f'.{place + 1}' if place else ''}: {words}")


def _about(report: Report) -> str:
    published = (report.outlet, report.byline, report.published, report.url)
    return "\n".join(part for part in published if part)


def _told(row: Row) -> Iterable[str]:
    """What is known of a claim beside its words and its level, a line a fact."""
    facts = {
        "Review": row.review, "Source": row.source_name or row.source_words, "Role": row.role, "Affiliation": row.affiliation,
        "Via": " > ".join(row.via), "Second sources": "; ".join(row.second_sources), "Cue": row.cue_words,
        "Manner": row.manner or "", "Certainty": row.certainty or "", "Terms": (row.terms or "").replace("_", " "),
        "Reason": row.reason, "Wording": row.restated, "Tags": "; ".join(row.tags), "Open question": row.question,
        "Note": row.note, "Verdict": row.verdict.label if row.verdict else "", "Rationale": row.rationale,
        "Checked": ", ".join(part for part in (row.checked_by, row.checked_at) if part),
    }  # fmt: skip
    yield from (f"{name}: {value}" for name, value in facts.items() if value)
    for one in row.evidence:
        parts = (one.title, one.locator, one.page, one.grade, one.retrieved, one.archive, one.quote, one.note)
        yield f"Evidence ({one.stance}): {', '.join(part for part in parts if part)}"


def _xml(words: str) -> str:
    """The words without the characters that XML has no place for."""
    return _NO_XML.sub("\ufffd", words)
