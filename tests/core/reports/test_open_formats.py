"""JSON-LD and REFI-QDA, each opened again by a reader that is not ours, or that knows nothing of how they were written."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from lxml import etree
from pyld import jsonld as processor  # type: ignore[import-untyped]

from claimdesk.core.claim import Article, Claim
from claimdesk.core.evidence import Credibility, Evidence, EvidenceKind, Reliability, Verdict
from claimdesk.core.levels import BY_SLUG
from claimdesk.core.reports import Report, jsonld, qdpx
from claimdesk.core.sources import Source, SourceKind

Make = Callable[..., Report]
OA, SCHEMA = "http://www.w3.org/ns/oa#", "https://schema.org/"
HOSTILE = "</script><script>alert(1)</script> \x01\x1b &amp; \u202e"


@pytest.fixture
def checked(claims: list[Claim]) -> list[Claim]:
    """The claims, one of them refuted by evidence, one confirmed."""
    evidence = (
        Evidence(EvidenceKind.URL, "https://example.org/लॉग?a=1&b=2", "बाँध का लॉग 🌊", archive="https://archive.example/1",
                 reliability=Reliability.A, credibility=Credibility.ONE),
        Evidence(EvidenceKind.FILE, "javascript:alert(1)"),
    )  # fmt: skip
    refuted: dict[str, Any] = {
        "verdict": Verdict.REFUTED, "rationale": HOSTILE, "checked_by": "राधा", "checked_at": "2031-03-04",
        "evidence": evidence, "restated": "बाँध सायरन से पहले टूटा 🙂", "tags": ("물", HOSTILE),
    }  # fmt: skip
    return [
        replace(one, **refuted) if one.id == 10 else replace(one, verdict=Verdict.CONFIRMED) if one.id == 50 else one
        for one in claims
    ]


# JSON-LD


def refuse(url: str, _: object) -> Any:
    raise AssertionError(f"{url} was to be fetched")


def expanded(report: Report) -> list[dict[str, Any]]:
    nodes = processor.expand(json.loads(jsonld.render(report)), {"documentLoader": refuse})
    assert isinstance(nodes, list)
    return nodes


def of_type(nodes: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [node for node in nodes if node.get("@type") == [kind]]


def value(node: dict[str, Any], name: str) -> Any:
    (found,) = node[name]
    return found.get("@value", found.get("@id"))


def test_annotations_lead_back_to_the_words_by_place_and_by_quotation(make: Make) -> None:
    report = make()
    notes = of_type(expanded(report), f"{OA}Annotation")
    assert len(notes) == 5
    for row, note in zip(report.rows, notes, strict=True):
        (target,) = note[f"{OA}hasTarget"]
        assert target[f"{OA}hasSource"] == [{"@id": "https://example.org/river?a=1&b=2"}]
        said, place = target[f"{OA}hasSelector"]
        start, end = (value(place, OA + edge) for edge in ("start", "end"))
        exact, prefix, suffix = (value(said, OA + part) for part in ("exact", "prefix", "suffix"))
        assert report.text[start:end] == exact == row.words
        assert report.text[:start].endswith(prefix)
        assert report.text[end:].startswith(suffix)
        assert (said["@type"], place["@type"]) == ([f"{OA}TextQuoteSelector"], [f"{OA}TextPositionSelector"])


def test_the_level_of_an_annotation_is_a_body_that_classifies(make: Make) -> None:
    report = make()
    nodes = expanded(report)
    named = {node["@id"]: value(node, "http://www.w3.org/2004/02/skos/core#prefLabel") for node in nodes if "Concept" in str(node["@type"])}  # fmt: skip
    for row, note in zip(report.rows, of_type(nodes, f"{OA}Annotation"), strict=True):
        first, second = note[f"{OA}hasBody"][:2]
        assert first[f"{OA}hasPurpose"] == [{"@id": f"{OA}classifying"}]
        assert named[value(first, f"{OA}hasSource")] == row.level.label
        assert value(second, "http://www.w3.org/1999/02/22-rdf-syntax-ns#value") == row.level.label
    denial = next(one for one in report.rows if one.denies)
    note = next(one for one in of_type(nodes, f"{OA}Annotation") if one["@id"].endswith(f"-{denial.number}"))
    (target,) = note["urn:claimdesk:term:denies"]
    assert target["@id"].endswith(f"#claim-{denial.denies[0].number}")


def test_claims_with_a_verdict_are_reviewed_as_schema_org_says(make: Make, checked: list[Claim]) -> None:
    first, second = of_type(expanded(make(claims=checked, checker="Rosa 🙂")), f"{SCHEMA}ClaimReview")
    (rating,), (author,), (claim,) = (first[SCHEMA + name] for name in ("reviewRating", "author", "itemReviewed"))
    assert value(rating, f"{SCHEMA}alternateName") == "Refuted"
    assert (value(rating, f"{SCHEMA}ratingValue"), value(rating, f"{SCHEMA}worstRating")) == (1, 1)
    assert value(author, f"{SCHEMA}name") == "राधा"
    assert value(first, f"{SCHEMA}datePublished") == "2031-03-04"
    assert value(first, f"{SCHEMA}claimReviewed") == "बाँध सायरन से पहले टूटा 🙂"
    assert value(claim, f"{SCHEMA}text") == "the dam broke before the siren"
    assert value(claim, f"{SCHEMA}appearance") == "https://example.org/river?a=1&b=2"
    assert value(claim[f"{SCHEMA}author"][0], f"{SCHEMA}name") == "residents"
    cited = [value(one, f"{SCHEMA}url") for one in first[f"{SCHEMA}citation"]]
    assert cited == ["https://example.org/लॉग?a=1&b=2", "https://archive.example/1"]
    assert value(second["https://schema.org/author"][0], f"{SCHEMA}name") == "Rosa 🙂"


def test_it_is_linked_data_to_a_processor_and_inert_to_a_page(make: Make, checked: list[Claim]) -> None:
    raw = jsonld.render(make(claims=checked))
    triples = processor.to_rdf(json.loads(raw), {"format": "application/n-quads", "documentLoader": refuse})
    assert "한강의 수위가 낮아졌다" in triples
    assert len(processor.flatten(json.loads(raw), None, {"documentLoader": refuse})) > 20
    assert not set(b"<>&") & set(raw)


def test_an_article_without_an_address_is_named_by_its_hash(make: Make, article: Article) -> None:
    for url in ("", "javascript:alert(1)", "https://example.org/a b"):
        report = make(article=replace(article, url=url))
        (node,) = of_type(expanded(report), f"{SCHEMA}NewsArticle")
        assert node["@id"] == f"urn:sha256:{report.provenance.sha256}"
        assert f"{SCHEMA}url" not in node


# REFI-QDA

NAMESPACE = "{urn:QDA-XML:project:1.0}"
GUID = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
BY_WHOM = {"creatingUser", "creationDateTime"}
RULES: dict[str, tuple[set[str], set[str], list[str]]] = {
    "Project": (
        {"name"}, {"origin", "creatingUserGUID", "creationDateTime"}, ["Users", "CodeBook", "Sources", "Notes", "Links"]
    ),
    "Users": (set(), set(), ["User"]),
    "User": ({"guid"}, {"name", "id"}, []),
    "CodeBook": (set(), set(), ["Codes"]),
    "Codes": (set(), set(), ["Code"]),
    "Code": ({"guid", "name", "isCodable"}, {"color"}, ["Description", "NoteRef", "Code"]),
    "Sources": (set(), set(), ["TextSource"]),
    "TextSource": (
        {"guid"}, {"name", "plainTextPath", *BY_WHOM}, ["Description", "PlainTextContent", "PlainTextSelection", "NoteRef"]
    ),
    "PlainTextSelection": (
        {"guid", "startPosition", "endPosition"}, {"name", *BY_WHOM}, ["Description", "Coding", "NoteRef"]
    ),
    "Coding": ({"guid"}, BY_WHOM, ["CodeRef", "NoteRef"]),
    "CodeRef": ({"targetGUID"}, set(), []),
    "NoteRef": ({"targetGUID"}, set(), []),
    "Notes": (set(), set(), ["Note"]),
    "Note": ({"guid"}, {"name", "plainTextPath", *BY_WHOM}, ["Description"]),
    "Links": (set(), set(), ["Link"]),
    "Link": ({"guid"}, {"name", "direction", "originGUID", "targetGUID"}, []),
    "Description": (set(), set(), []),
}  # fmt: skip
"""Of each element that we write: attributes it must have, may have, and the order of what is in it, as the standard says."""


class Project:
    """A project as any program reads it: elements by their names, texts by the paths that the elements give."""

    def __init__(self, raw: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            self.files = {name: archive.read(name) for name in archive.namelist()}
            self.infos = archive.infolist()
        self.root = etree.fromstring(self.files["project.qde"])

    def all(self, name: str) -> list[Any]:
        return list(self.root.iter(f"{NAMESPACE}{name}"))

    def text(self, element: Any) -> str:
        return self.files["sources/" + element.get("plainTextPath").removeprefix("internal://")].decode()

    def selected(self) -> list[tuple[str, str]]:
        """The words of each selection with the name of its code."""
        (source,) = self.all("TextSource")
        text, codes = self.text(source), {code.get("guid"): code.get("name") for code in self.all("Code")}
        return [
            (
                text[int(one.get("startPosition")) : int(one.get("endPosition"))],
                codes[one.find(f"{NAMESPACE}Coding/{NAMESPACE}CodeRef").get("targetGUID")],
            )
            for one in self.all("PlainTextSelection")
        ]


def test_selections_are_the_claims_coded_with_their_levels(make: Make) -> None:
    report = make()
    project = Project(qdpx.render(report))
    assert project.selected() == [(row.words, row.level.label) for row in report.rows]
    assert project.text(project.all("TextSource")[0]) == report.text
    colours = {code.get("name"): code.get("color") for code in project.all("Code")}
    assert colours == {level.label: level.light for level in BY_SLUG.values()}


def test_every_element_is_as_the_standard_says_and_every_reference_leads_somewhere(
    make: Make, checked: list[Claim]
) -> None:
    project = Project(qdpx.render(make(claims=checked, checker="Rosa 🙂")))
    guids = [element.get("guid") for element in project.root.iter() if element.get("guid")]
    assert len(guids) == len(set(guids))
    for element in project.root.iter():
        name = element.tag.removeprefix(NAMESPACE)
        must, may, order = RULES[name]
        assert must <= set(element.attrib) <= must | may, name
        inside = [child.tag.removeprefix(NAMESPACE) for child in element]
        assert [order.index(one) for one in inside] == sorted(order.index(one) for one in inside), name
        for attribute in ("guid", "targetGUID", "originGUID", "creatingUser", "creatingUserGUID"):
            if attribute in element.attrib:
                assert GUID.fullmatch(element.get(attribute, ""))
                assert element.get(attribute) in guids
    assert project.root.tag == f"{NAMESPACE}Project"


def test_what_was_written_on_a_claim_is_its_note_and_a_denial_is_a_link(make: Make, checked: list[Claim]) -> None:
    project = Project(qdpx.render(make(claims=checked)))
    notes = {note.get("guid"): project.text(note) for note in project.all("Note")}
    (refuted,) = (one for one in project.all("PlainTextSelection") if one.get("name").endswith("before the siren") and "residents" not in one.get("name"))  # fmt: skip
    told = notes[refuted.find(f"{NAMESPACE}NoteRef").get("targetGUID")]
    assert "Verdict: Refuted" in told
    assert "बाँध का लॉग 🌊" in told
    (link,) = project.all("Link")
    names = {one.get("guid"): one.get("name") for one in project.all("PlainTextSelection")}
    assert (names[link.get("originGUID")], link.get("targetGUID")) == ("3: it", refuted.get("guid"))


def test_the_same_report_is_the_same_project_and_tells_of_no_computer(make: Make) -> None:
    raw = qdpx.render(make())
    assert raw == qdpx.render(make())
    assert {info.date_time for info in Project(raw).infos} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("render", [jsonld.render, qdpx.render])
def test_a_confidential_source_stands_by_its_pseudonym(
    make: Make, claims: list[Claim], render: Callable[[Report], bytes]
) -> None:
    hidden = Source(1, "Dam Ltd", SourceKind.INSTITUTION, "보스", "गुप्त", confidential=True, pseudonym="Source A")
    noted = [replace(one, note="Dam Ltd called", tags=("Dam Ltd",)) for one in claims]

    def words(report: Report) -> str:
        raw = render(report)
        return "".join(file.decode() for file in Project(raw).files.values()) if raw.startswith(b"PK") else raw.decode()

    masked, named = (words(make(claims=noted, register=[hidden], names=names)) for names in (False, True))
    assert "Source A" in masked
    assert not any(word in masked for word in ("Dam Ltd", "보스", "गुप्त"))
    assert "Dam Ltd" in named
