"""The report as JSON-LD: a W3C Web Annotation a claim, and a schema.org ClaimReview for each that has a verdict.

All that a processor needs to know of the terms stands in the file itself, so nothing is fetched to read it.
"""

import json
from typing import Any

from claimdesk.core.claim import Span
from claimdesk.core.evidence import Verdict
from claimdesk.core.levels import Level
from claimdesk.core.reports.report import Report, Row
from claimdesk.core.text import quote

Node = dict[str, Any]

_TERMS: Node = {
    "@version": 1.1,
    "oa": "http://www.w3.org/ns/oa#",
    "as": "http://www.w3.org/ns/activitystreams#",
    "dcterms": "http://purl.org/dc/terms/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": {"@id": "@id", "@type": "@id"},
    "type": {"@id": "@type", "@type": "@id"},
    "Annotation": "oa:Annotation",
    "SpecificResource": "oa:SpecificResource",
    "TextualBody": "oa:TextualBody",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "TextPositionSelector": "oa:TextPositionSelector",
    "Software": "as:Application",
    "Person": "http://xmlns.com/foaf/0.1/Person",
    "name": "http://xmlns.com/foaf/0.1/name",
    "body": {"@id": "oa:hasBody", "@type": "@id"},
    "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "refinedBy": {"@id": "oa:refinedBy", "@type": "@id"},
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
    "classifying": "oa:classifying",
    "tagging": "oa:tagging",
    "identifying": "oa:identifying",
    "commenting": "oa:commenting",
    "highlighting": "oa:highlighting",
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    "value": "rdf:value",
    "generator": {"@id": "as:generator", "@type": "@id"},
    "generated": {"@id": "dcterms:issued", "@type": "xsd:dateTime"},
    "creator": {"@id": "dcterms:creator", "@type": "@id"},
    "inScheme": {"@id": "skos:inScheme", "@type": "@id"},
    "prefLabel": "skos:prefLabel",
    "definition": "skos:definition",
    "Concept": "skos:Concept",
    "denies": {"@id": "urn:claimdesk:term:denies", "@type": "@id", "@container": "@set"},
    "review": "urn:claimdesk:term:review",
    "role": "urn:claimdesk:term:role",
    "affiliation": "urn:claimdesk:term:affiliation",
    "via": {"@id": "urn:claimdesk:term:via", "@container": "@list"},
    "secondSource": {"@id": "urn:claimdesk:term:secondSource", "@container": "@set"},
    "reason": "urn:claimdesk:term:reason",
    "manner": "urn:claimdesk:term:manner",
    "certainty": "urn:claimdesk:term:certainty",
}
"""The terms of the Web Annotation vocabulary as its own context names them, as far as they are used here, and some of ours."""
_SCHEMA: Node = {"@vocab": "https://schema.org/", "id": "@id", "type": "@type", "url": {"@type": "@id"}}
"""What schema.org says is told in its own terms alone."""
_RATINGS = {
    Verdict.CONFIRMED: 5, Verdict.PARTLY: 4, Verdict.UNPROVEN: 3, Verdict.MISLEADING: 2, Verdict.REFUTED: 1,
}  # fmt: skip
"""The verdicts on the scale that readers of ClaimReview expect, from 1 (false) to 5 (true)."""


def render(report: Report) -> bytes:
    """The file's bytes, UTF-8."""
    article = _article_id(report)
    graph: list[Node] = [_article(report, article)]
    graph += [_level(count.level) for count in report.levels if count.accepted or count.suggested]
    graph += [_annotation(report, row, article) for row in report.rows]
    graph += [_review(report, row, article) for row in report.rows if row.verdict is not None]
    told = {"@context": _TERMS, "@graph": graph}
    # A page may hold the file in a script element: no markup can begin or end in it.
    plain = json.dumps(told, ensure_ascii=False, indent=1)
    for letter in "<>&\u2028\u2029":
        plain = plain.replace(letter, f"\\u{ord(letter):04x}")
    return (plain + "\n").encode()


def _article_id(report: Report) -> str:
    """The article's address; one that has none is named by the hash of its text."""
    return _web(report.url) or f"urn:sha256:{report.provenance.sha256}"


def _web(address: str) -> str:
    """The address, if it is one of the web and can stand in JSON-LD as it is."""
    good = address.startswith(("https://", "http://")) and not any(
        letter in ' <>"{}|\\^`' or ord(letter) < 33 for letter in address
    )
    return address if good else ""


def _claim_id(report: Report, row: Row) -> str:
    return f"urn:sha256:{report.provenance.sha256}#claim-{row.number}"


def _level_id(level: Level) -> str:
    return f"urn:claimdesk:level:{level.slug}"


def _article(report: Report, article: str) -> Node:
    known = {
        "headline": report.title, "datePublished": report.published, "inLanguage": report.language, "url": _web(report.url),
    }  # fmt: skip
    node: Node = {"@context": [None, _SCHEMA], "id": article, "type": "NewsArticle"}
    node |= {name: value for name, value in known.items() if value}
    if report.byline:
        node["author"] = {"type": "Person", "name": report.byline}
    if report.outlet:
        node["publisher"] = {"type": "Organization", "name": report.outlet}
    return node


def _level(level: Level) -> Node:
    return {
        "id": _level_id(level),
        "type": "Concept",
        "inScheme": "urn:claimdesk:levels",
        "prefLabel": level.label,
        "definition": level.definition,
    }


# Web Annotation


def _annotation(report: Report, row: Row, article: str) -> Node:
    bodies: list[Node] = [
        {"type": "SpecificResource", "source": _level_id(row.level), "purpose": "classifying"},
        _textual(row.level.label, "tagging"),
    ]
    bodies += [_textual(row.source_name or row.source_words, "identifying")] if row.has_source else []
    bodies += [_textual(tag, "tagging") for tag in row.tags]
    bodies += [_textual(row.note, "commenting")] if row.note else []
    node: Node = {
        "id": _claim_id(report, row),
        "type": "Annotation",
        "motivation": "classifying",
        "review": row.review,
        "generated": report.provenance.made_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "generator": {"type": "Software", "name": f"ClaimDesk {report.provenance.version}"},
        "body": bodies,
        "target": [
            {"type": "SpecificResource", "source": article, "selector": _selectors(report.text, span)}
            for span in row.content
        ],
    }
    known = {
        "role": row.role, "affiliation": row.affiliation, "via": list(row.via), "secondSource": list(row.second_sources),
        "reason": row.reason, "manner": row.manner, "certainty": row.certainty,
    }  # fmt: skip
    node |= {name: value for name, value in known.items() if value}
    if report.checker and row.reviewed:
        node["creator"] = {"type": "Person", "name": report.checker}
    if row.denies:
        by_number = {one.number: one for one in report.rows}
        node["denies"] = [_claim_id(report, by_number[one.number]) for one in row.denies]
    return node


def _textual(words: str, purpose: str) -> Node:
    return {"type": "TextualBody", "value": words, "purpose": purpose}


def _selectors(text: str, span: Span) -> list[Node]:
    """The words with what stands around them, and their place in code points, the end exclusive: either leads there."""
    said = quote(text, span)
    return [
        {"type": "TextQuoteSelector", "exact": said.exact, "prefix": said.prefix, "suffix": said.suffix},
        {"type": "TextPositionSelector", "start": span.start, "end": span.end},
    ]


# ClaimReview


def _review(report: Report, row: Row, article: str) -> Node:
    if row.verdict is None:
        raise ValueError("a claim without a verdict has no review")
    rating: Node = {
        "type": "Rating", "ratingValue": _RATINGS[row.verdict], "bestRating": 5, "worstRating": 1,
        "alternateName": row.verdict.label,
    }  # fmt: skip
    node: Node = {
        "@context": [None, _SCHEMA],
        "id": f"{_claim_id(report, row)}-review",
        "type": "ClaimReview",
        "claimReviewed": row.restated or row.words,
        "itemReviewed": _claim(report, row, article),
        "reviewRating": rating,
    }
    checker = row.checked_by or report.checker
    known = {"datePublished": row.checked_at, "reviewBody": row.rationale}
    node |= {name: value for name, value in known.items() if value}
    if checker:
        node["author"] = {"type": "Person", "name": checker}
    addresses = [address for one in row.evidence for address in (_web(one.locator), _web(one.archive)) if address]
    if addresses:
        node["citation"] = [{"type": "CreativeWork", "url": address} for address in addresses]
    return node


def _claim(report: Report, row: Row, article: str) -> Node:
    node: Node = {
        "type": "Claim", "id": f"{_claim_id(report, row)}-words", "text": row.words, "appearance": {"id": article},
    }  # fmt: skip
    if report.published:
        node["datePublished"] = report.published
    if row.has_source:
        kind = "Person" if row.is_named and row.level.slug in {"expert", "witness"} else "Thing"
        node["author"] = {"type": kind, "name": row.source_name or row.source_words}
    return node
