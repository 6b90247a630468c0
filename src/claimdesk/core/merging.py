"""Two reviews of one article side by side, and one of both: what agrees stays, what only one side has is added, the rest is chosen.

Claims are the same where their contents are, else where they overlap most, by half of the words that either has at least.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from claimdesk.core.arriving import placed
from claimdesk.core.case import Case, masked_claim
from claimdesk.core.claim import Article, Claim, Review, Spans, numbered, words_of
from claimdesk.core.confidential import Mask
from claimdesk.core.edits import Change, Edit, Verb
from claimdesk.core.errors import EditError
from claimdesk.core.evidence import Evidence
from claimdesk.core.levels import BY_SLUG
from claimdesk.core.versions import is_touched

OVERLAPPING = 0.5
"""From this share of common characters on (of all that either marks) two contents are one claim."""

VERDICT = ("verdict", "rationale", "checked_by", "checked_at")
_CHOSEN = {
    "content": "Words", "source": "Words of the source", "cue": "Cue", "level": "Level", "review": "Review",
    "source_name": "Source", "via": "Via", "certainty": "Certainty", "manner": "Manner", "terms": "Terms",
    "restated": "Wording", "question": "Open question", "note": "Note", "verdict": "Verdict", "evidence": "Evidence",
}  # fmt: skip
"""What two reviews can disagree on, and what it is called."""
_GATHERED = ("second_sources", "tags", "replies", "anonymity", "links")
"""Lists of which each side can only have more."""

Choice = tuple[int, str]
"""The id of one's own claim, and the name of the field."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A field of a claim that the two say different things in; both in words, the claim by its id and number."""

    claim_id: int
    number: int | None
    claim: str
    field: str
    mine: str
    theirs: str

    @property
    def choice(self) -> Choice:
        """What a choice is filed under."""
        return self.claim_id, self.field

    @property
    def label(self) -> str:
        """The field in words."""
        return _CHOSEN[self.field]


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim of each side that are the same; `theirs` has the ids of the article here."""

    mine: Claim
    theirs: Claim


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two reviews of an article. `added` are claims that only the other side has; `only_mine` counts the reverse.

    `kappa_level` and `kappa_review` are Cohen's kappa over the claims of both, None where chance alone explains all or
    there are none.
    """

    article: Article
    claims: tuple[Claim, ...]
    pairs: tuple[Pair, ...]
    added: tuple[Claim, ...]
    only_mine: int
    disagreements: tuple[Disagreement, ...]
    kappa_level: float | None
    kappa_review: float | None

    @property
    def agreeing(self) -> int:
        """How many claims of both there are on which the two disagree in nothing."""
        return len(self.pairs) - len({one.claim_id for one in self.disagreements})


def compare(article: Article, claims: Sequence[Claim], theirs: Case, mask: Mask) -> Comparison:
    """The reviews of `article` here and in the case; raises EditError where that is about another text.

    A name that the case has a pseudonym for counts as the same.
    """
    if article.text != theirs.article.text:
        raise EditError("That case is about another text. Import it as an article of its own.")
    matched = _matched(claims, theirs.claims)
    ids = {one.id: mine.id for mine, one in matched}
    ids |= {one.id: -place for place, one in enumerate((o for o in theirs.claims if o.id not in ids), 1)}
    pairs = tuple(Pair(mine, _unmasked(mine, placed(one, article.id, ids), mask)) for mine, one in matched)
    there = {one.id for _, one in matched}
    added = tuple(placed(one, article.id, ids) for one in theirs.claims if one.id not in there)
    numbers = numbered(list(claims))
    found = [told for pair in pairs for told in _disagreements(article.text, pair, numbers)]
    return Comparison(
        article,
        tuple(claims),
        pairs,
        added,
        len(claims) - len(pairs),
        tuple(found),
        kappa([(pair.mine.level, pair.theirs.level) for pair in pairs]),
        kappa([(pair.mine.review.value, pair.theirs.review.value) for pair in pairs]),
    )


def merged(comparison: Comparison, theirs: Collection[Choice]) -> Edit | None:
    """One edit that brings in what the other side has; in disagreements theirs counts where it is chosen, else mine.

    None if nothing would change.
    """
    changes = []
    for pair in comparison.pairs:
        after = _merged(pair, {field for claim_id, field in theirs if claim_id == pair.mine.id})
        if after != pair.mine:
            changes.append(Change(pair.mine, after))
    changes += [Change(None, claim) for claim in comparison.added]
    if not changes:
        return None
    what = "1 claim" if len(changes) == 1 else f"{len(changes)} claims"
    return Edit(Verb.MERGE_REVIEW, f"Merge another review into {what}", comparison.article.id, tuple(changes))


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of two who judged the same things, -1 to 1; None where there is nothing that chance would not explain."""
    if not pairs:
        return None
    total = len(pairs)
    agreed = sum(one == other for one, other in pairs) / total
    labels = {label for pair in pairs for label in pair}
    chance = sum(
        sum(one == label for one, _ in pairs) * sum(other == label for _, other in pairs) / total**2 for label in labels
    )
    return None if chance == 1 else (agreed - chance) / (1 - chance)


# Which claims are the same


def _matched(mine: Sequence[Claim], theirs: Sequence[Claim]) -> list[tuple[Claim, Claim]]:
    """Pairs in the order of mine, each claim in one at most."""
    left = {claim.id: claim for claim in theirs}
    by_content: dict[Spans, list[Claim]] = {}
    for claim in theirs:
        by_content.setdefault(claim.content, []).append(claim)
    found: dict[int, Claim] = {}
    for claim in mine:
        if by_content.get(claim.content):
            found[claim.id] = left.pop(by_content[claim.content].pop(0).id)
    rest = [claim for claim in mine if claim.id not in found]
    for _, own, other in sorted(_overlaps(rest, list(left.values())), key=lambda one: -one[0]):
        if own.id not in found and other.id in left:
            found[own.id] = left.pop(other.id)
    return [(claim, found[claim.id]) for claim in mine if claim.id in found]


def _overlaps(mine: Sequence[Claim], theirs: Sequence[Claim]) -> Iterator[tuple[float, Claim, Claim]]:
    """Both are in text order, so that only neighbours are looked at."""
    first = 0
    ordered = sorted(theirs, key=lambda claim: claim.hull.start)
    longest = max((claim.hull.end - claim.hull.start for claim in ordered), default=0)
    for own in sorted(mine, key=lambda claim: claim.hull.start):
        while first < len(ordered) and ordered[first].hull.start + longest < own.hull.start:
            first += 1
        for other in ordered[first:]:
            if other.hull.start >= own.hull.end:
                break
            share = _share(own.content, other.content)
            if share >= OVERLAPPING:
                yield share, own, other


def _share(one: Spans, other: Spans) -> float:
    """The characters that both mark in those that either marks."""
    mine, theirs = ({place for span in spans for place in range(span.start, span.end)} for spans in (one, other))
    return len(mine & theirs) / len(mine | theirs)


def _unmasked(mine: Claim, theirs: Claim, mask: Mask) -> Claim:
    """Their claim with my words wherever theirs is what the mask makes of mine."""
    hidden = masked_claim(mine, mask)
    same = {
        name: getattr(mine, name)
        for name in mine.to_json()
        if getattr(hidden, name) != getattr(mine, name) and getattr(hidden, name) == getattr(theirs, name)
    }
    return replace(theirs, **same)


# What they say


def _disagreements(text: str, pair: Pair, numbers: Mapping[int, int]) -> Iterator[Disagreement]:
    mine, theirs = pair.mine, pair.theirs
    if not (is_touched(mine) and is_touched(theirs)):
        return
    for field in _CHOSEN:
        if _is_open(field, mine, theirs):
            told = _words(field, text, mine), _words(field, text, theirs)
            yield Disagreement(mine.id, numbers.get(mine.id), words_of(text, mine.content), field, *told)


def _is_open(field: str, mine: Claim, theirs: Claim) -> bool:
    """Whether somebody has to choose: both say something, and not the same."""
    one, other = _said(field, mine), _said(field, theirs)
    if one == other or _is_silent(field, one) or _is_silent(field, other):
        return False
    return field != "evidence" or _contradicts(mine.evidence, theirs.evidence)


def _said(field: str, claim: Claim) -> Any:
    if field == "verdict":
        return tuple(getattr(claim, name) for name in VERDICT)
    return getattr(claim, field)


def _is_silent(field: str, said: Any) -> bool:
    if field == "verdict":
        return said[0] is None and not said[1]
    return not said or said is Review.SUGGESTED


def _contradicts(mine: Sequence[Evidence], theirs: Sequence[Evidence]) -> bool:
    """Whether the two say different things of one piece of evidence."""
    known: dict[Any, set[Evidence]] = {}
    for one in mine:
        known.setdefault((one.kind, one.locator), set()).add(one)
    return any(one not in known.get((one.kind, one.locator), {one}) for one in theirs)


def _merged(pair: Pair, chosen: Collection[str]) -> Claim:
    mine, theirs = pair.mine, pair.theirs
    if not is_touched(theirs):
        return mine
    if not is_touched(mine):
        return replace(theirs, links=_united(mine.links, theirs.links))
    values: dict[str, Any] = {}
    for field in _CHOSEN:
        one, other = _said(field, mine), _said(field, theirs)
        takes = field in chosen if _is_open(field, mine, theirs) else _is_silent(field, one)
        if field == "evidence" and not _is_open(field, mine, theirs):
            values["evidence"] = _united(mine.evidence, theirs.evidence)
        elif takes and one != other:
            values |= dict(zip(VERDICT, other, strict=True)) if field == "verdict" else {field: other}
    values |= {field: _united(getattr(mine, field), getattr(theirs, field)) for field in _GATHERED}
    if {"content", "source", "cue", "level", "source_name"} & values.keys():
        values |= {"confidence": None, "reason": theirs.reason if "level" in values else mine.reason}
    return replace(mine, **values)


def _united(mine: Sequence[Any], theirs: Sequence[Any]) -> tuple[Any, ...]:
    there = {_likeness(one) for one in mine}
    return (*mine, *(one for one in theirs if _likeness(one) not in there))


def _likeness(one: Any) -> Any:
    """Links are the same whoever made them."""
    return (one.kind, one.target) if hasattr(one, "target") else one


# In words


def _words(field: str, text: str, claim: Claim) -> str:
    match field:
        case "content" | "source" | "cue":
            return words_of(text, getattr(claim, field))
        case "level":
            return BY_SLUG[claim.level].label
        case "verdict":
            return _lines([claim.verdict.label if claim.verdict else "", claim.rationale, _signed(claim)])
        case "evidence":
            return _lines(_evidence(one) for one in claim.evidence)
        case "via":
            return " > ".join(claim.via)
        case _:
            return str(getattr(claim, field)).replace("_", " ") if field in _SLUGS else str(getattr(claim, field))


_SLUGS = frozenset({"review", "certainty", "manner", "terms"})


def _signed(claim: Claim) -> str:
    return ", ".join(part for part in (claim.checked_by, claim.checked_at) if part)


def _evidence(one: Evidence) -> str:
    parts = (one.title, one.locator, one.page, one.stance.value, one.grade, one.quote, one.note)
    return ", ".join(part for part in parts if part)


def _lines(parts: Iterable[str]) -> str:
    return "\n".join(part for part in parts if part)
