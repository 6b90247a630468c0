"""A case as JSON and back, without loss; resources/schema/case-1.json says what is in it, docs/json-format.md tells it in prose.

What is read was perhaps written by somebody who means harm: whatever is not as it should be is refused in one sentence.
"""

import json
import types
from collections.abc import Iterable
from dataclasses import asdict, fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

import regex

from claimdesk.core.case import Case, Deed
from claimdesk.core.claim import Article, Claim, Original, Remark, Role, Span
from claimdesk.core.errors import ArticleError
from claimdesk.core.levels import BY_SLUG, LEVELS
from claimdesk.core.past import Kind
from claimdesk.core.sources import Source, SourceKind
from claimdesk.core.text import normalise, sha256

FORMAT = 1
MARK = "claimdesk_case"
"""The key that tells what the file is; its value is the format."""
LARGEST = 200_000_000
"""Bytes that such a file has at the most."""

_BEGINNING = 200
_UNKEPT = regex.compile("[\0\ud800-\udfff]")
_TIME = regex.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_FIRST_YEAR = 1970
_SHA256 = regex.compile("[0-9a-f]{64}")

Json = dict[str, Any]


def is_case(raw: bytes) -> bool:
    """Whether a file that begins so says that it is a case."""
    beginning = raw[:_BEGINNING].removeprefix(b"\xef\xbb\xbf").lstrip()
    return beginning.startswith(b"{") and f'"{MARK}"'.encode() in beginning


def write(case: Case, version: str) -> bytes:
    """The case as JSON in UTF-8; `version` is that of the program that writes it."""
    levels = [{"slug": one.slug, "label": one.label, "definition": one.definition} for one in LEVELS]
    told = {MARK: FORMAT, "made_by": f"ClaimDesk {version}", "levels": levels} | _plain(case)
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def read(raw: bytes, name: str) -> Case:
    """The case that the file `name` holds; raises ArticleError where it is none, or one that no desk could have written."""
    if len(raw) > LARGEST:
        raise ArticleError(f"{name} is larger than {LARGEST // 1_000_000} MB, more than any case has.")
    try:
        told = json.loads(raw.decode("utf-8-sig"), parse_constant=_refuse_number)
        if told[MARK] > FORMAT:
            raise ArticleError(
                f"{name} was written by a newer ClaimDesk (format {told[MARK]}, this one knows {FORMAT}). "
                "Update ClaimDesk to import it."
            )
        case = _case(told)
        _check(case, told)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError) as error:
        raise ArticleError(
            f"{name} is not a case as ClaimDesk writes it ({type(error).__name__}); get it anew from where it came."
        ) from error
    return case


# Values as plain data


def _plain(case: Case) -> Json:
    return {
        "redacted": case.redacted,
        "article": _article(case),
        "original": case.original and asdict(case.original),
        "claims": [_claim(claim) for claim in case.claims],
        "sources": [_source(source) for source in case.sources],
        "history": [asdict(deed) for deed in case.past],
        "history_elsewhere": [asdict(deed) for deed in case.past_elsewhere],
    }


def _article(case: Case) -> Json:
    article = case.article
    told = {name: value for name, value in asdict(article).items() if name not in {"id", "revises"}}
    span = article.title_span
    return told | {
        "title_span": [span.start, span.end] if span else None,
        "furniture": [[one.start, one.end] for one in article.furniture],
        "remarks": [one.to_json() for one in article.remarks],
        "sha256": sha256(article.text),
        "revises": case.revises,
    }


def _claim(claim: Claim) -> Json:
    return {name: value for name, value in claim.to_json().items() if name != "article_id"}


def _source(source: Source) -> Json:
    return {name: value for name, value in asdict(source).items() if name != "id"}


# Plain data as values


def _case(told: Json) -> Case:
    article = dict(told["article"])
    revises = article.pop("revises")
    span = article["title_span"]
    article |= {
        "title_span": Span(*span) if span else None,
        "furniture": tuple(Span(*one) for one in article["furniture"]),
        "pages": tuple(article["pages"]),
        "remarks": tuple(Remark.from_json(one) for one in article["remarks"]),
    }
    return Case(
        article=Article(**article),
        claims=tuple(Claim.from_json(one | {"article_id": 0}) for one in told["claims"]),
        sources=tuple(_read_source(one) for one in told["sources"]),
        original=_read_original(told["original"]),
        past=tuple(_read_deed(one) for one in told["history"]),
        past_elsewhere=tuple(_read_deed(one) for one in told["history_elsewhere"]),
        revises=revises,
        redacted=told["redacted"],
    )


def _read_source(told: Json) -> Source:
    return Source(0, **told | {"kind": SourceKind(told["kind"]), "aliases": tuple(told["aliases"])})


def _read_original(told: Json | None) -> Original | None:
    if told is None:
        return None
    return Original(**told | {"headers": tuple((name, value) for name, value in told["headers"])})


def _read_deed(told: Json) -> Deed:
    return Deed(**told | {"kind": Kind(told["kind"])})


# What must be true of it


def _check(case: Case, told: Json) -> None:
    """Raises ValueError for what no desk holds."""
    article, length = case.article, len(case.article.text)
    _require(type(told[MARK]) is int and told[MARK] >= 1, "format")
    _require(json.loads(json.dumps(_plain(case))).items() <= told.items(), "fields")
    _require(_is_typed(case, Case), "types")
    _require(not any(_UNKEPT.search(words) for words in _strings(told)), "characters")
    _require(bool(article.text.strip()) and normalise(article.text) == article.text, "text")
    _require(article.sha256 == sha256(article.text), "hash of the text")
    _require(bool(article.title.strip()), "title")
    _require(list(article.pages) == sorted(article.pages), "pages")
    _require(all(0 <= start <= length for start in article.pages), "pages")
    _require(all(span.end <= length for span in _spans(case)), "spans")
    _check_claims(case.claims)
    names = [source.name for source in case.sources]
    _require(all(names) and len(set(names)) == len(names), "sources")
    _require(all(bool(source.pseudonym) or not source.confidential for source in case.sources), "pseudonyms")
    _require(all(_is_time(deed.at) for deed in (*case.past, *case.past_elsewhere)), "times")
    digests = [deed.hash for deed in (*case.past, *case.past_elsewhere)]
    digests += [one.sha256 for claim in case.claims for one in claim.evidence if one.sha256]
    digests += [case.revises] if case.revises else []
    digests += [case.original.sha256] if case.original else []
    _require(all(_SHA256.fullmatch(digest) for digest in digests), "hashes")


def _is_time(at: str) -> bool:
    """Whether it is a time as a history writes it; raises ValueError for one that no calendar has."""
    return _TIME.fullmatch(at) is not None and datetime.fromisoformat(at).year > _FIRST_YEAR


def _check_claims(claims: Iterable[Claim]) -> None:
    ids = [claim.id for claim in claims]
    known = frozenset(ids)
    _require(len(known) == len(ids), "ids")
    for claim in claims:
        _require(bool(claim.content) and claim.level in BY_SLUG, "claim")
        _require(all(link.target in known for link in claim.links), "links")


def _spans(case: Case) -> Iterable[Span]:
    article = case.article
    yield from article.furniture
    yield from (remark.span for remark in article.remarks if remark.span)
    if article.title_span:
        yield article.title_span
    for claim in case.claims:
        for role in Role:
            yield from claim.spans(role)


def _strings(told: Any) -> Iterable[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict):
        for value in told.values():
            yield from _strings(value)
    elif isinstance(told, list):
        for value in told:
            yield from _strings(value)


def _is_typed(value: Any, wanted: Any) -> bool:
    """Whether a value, and all that is in it, is of the type that its field says: a file can put anything anywhere."""
    if is_dataclass(wanted):
        return type(value) is wanted and all(
            _is_typed(getattr(value, name), kind) for name, kind in _fields(type(value))
        )
    if get_origin(wanted) is tuple:
        kinds = get_args(wanted)
        if kinds[-1] is Ellipsis:
            return type(value) is tuple and all(_is_typed(one, kinds[0]) for one in value)
        return type(value) is tuple and len(value) == len(kinds) and all(map(_is_typed, value, kinds))
    if isinstance(wanted, types.UnionType):
        return any(_is_typed(value, kind) for kind in get_args(wanted))
    if wanted is float:
        return type(value) in {float, int}
    if isinstance(wanted, type) and issubclass(wanted, StrEnum):
        return isinstance(value, wanted)
    return type(value) is wanted


@cache
def _fields(kind: type) -> tuple[tuple[str, Any], ...]:
    hints = get_type_hints(kind)
    return tuple((field.name, hints[field.name]) for field in fields(kind))


def _require(holds: bool, what: str) -> None:
    if not holds:
        raise ValueError(what)


def _refuse_number(number: str) -> float:
    raise ValueError(number)
