"""Two versions of one article: how alike they are, and where the words of the old one stand in the new one.

Texts are compared paragraph by paragraph, and only where paragraphs differ word by word, so that long articles stay quick.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

import regex

from claimdesk.core.claim import Article, Claim, Review, Span, Spans
from claimdesk.core.edits import Change, Edit, Verb

ALIKE = 0.5
"""From this likeness on an article may be a new version of another."""
COMPARED = 10_000
"""Words of each text that are compared to tell how alike the two are."""
_PIECE = regex.compile(r"\w+|\s+|[^\w\s]")
_LINE = regex.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True, slots=True)
class Kin:
    """An article of the desk that a text is close to; `likeness` is 0 to 1, the share of the words that they have in common."""

    article_id: int
    title: str
    imported_at: str
    likeness: float


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """The claims of an old version in a new one: one edit, None for none, and those whose words the new one has not."""

    edit: Edit | None
    lost: tuple[Claim, ...]


def likeness(one: str, other: str) -> float:
    """The share of the words that two texts have in common, in the same order, 0 to 1; of long ones the beginnings count."""
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(*(text.casefold().split(maxsplit=COMPARED)[:COMPARED] for text in (one, other)))


def carry_over(old: Article, claims: Sequence[Claim], new: Article) -> CarriedOver:
    """The claims of `old` that a person has reviewed, wrote a note on or checked, at the same words of `new`.

    A claim of whose content any word is another now is lost and never put in a place that is nearly right. Where only its
    source or cue is, it comes without that span. What a link leads to comes along or is left out. Suggestions that nobody touched are not carried:
    they are made anew.
    """
    places = _Places(old.text, new.text)
    touched = [claim for claim in claims if is_touched(claim)]
    moved = {claim.id: places.spans(claim.content) for claim in touched}
    ids = {claim_id: -number for number, (claim_id, content) in enumerate(moved.items(), 1) if content}
    changes = [Change(None, _carried(claim, new.id, ids, moved, places)) for claim in touched if claim.id in ids]
    lost = tuple(claim for claim in touched if claim.id not in ids)
    if not changes:
        return CarriedOver(None, lost)
    count = "1 claim" if len(changes) == 1 else f"{len(changes)} claims"
    sentence = f"Carry over {count} from the version before"
    return CarriedOver(Edit(Verb.CARRY_OVER, sentence, new.id, tuple(changes)), lost)


def is_touched(claim: Claim) -> bool:
    """Whether a person has reviewed the claim, changed it, wrote a note on it or checked it."""
    added = claim.note or any(getattr(claim, name) for name in Claim.ADDED)
    return bool(claim.review is not Review.SUGGESTED or claim.confidence is None or added)


def _carried(claim: Claim, article_id: int, ids: dict[int, int], moved: dict[int, Spans], places: "_Places") -> Claim:
    links = tuple(replace(link, target=ids[link.target]) for link in claim.links if link.target in ids)
    return replace(
        claim, id=ids[claim.id], article_id=article_id, content=moved[claim.id], source=places.spans(claim.source),
        cue=places.spans(claim.cue), links=links,
    )  # fmt: skip


class _Places:
    """Where the characters of an old text stand in a new one, as stretches that are the same in both."""

    def __init__(self, old: str, new: str) -> None:
        self._old, self._new = old, new
        self._same = list(_same(old, new))
        self._starts = [start for start, _, _ in self._same]

    def spans(self, spans: Spans) -> Spans:
        """The spans in the new text; none at all where one of them is not the same there."""
        found = [self._span(span) for span in spans]
        return tuple(span for span in found if span) if all(found) else ()

    def _span(self, span: Span) -> Span | None:
        start, last = self._place(span.start), self._place(span.end - 1)
        if start is None or last is None or start > last:
            return None
        there = Span(start, last + 1)
        return there if there.of(self._new) == span.of(self._old) else None

    def _place(self, at: int) -> int | None:
        nearest = bisect_right(self._starts, at) - 1
        if nearest < 0:
            return None
        start, there, length = self._same[nearest]
        return there + at - start if at < start + length else None


def _same(old: str, new: str) -> Iterator[tuple[int, int, int]]:
    """Stretches of both texts that are the same: start in the old one, start in the new one, and length, in order."""
    lines = _Cut(old, _LINE), _Cut(new, _LINE)
    matcher = SequenceMatcher(None, lines[0].pieces, lines[1].pieces, autojunk=False)
    for what, i, j, k, m in matcher.get_opcodes():
        before, after = lines[0].span(i, j), lines[1].span(k, m)
        if what == "equal":
            yield before[0], after[0], before[1] - before[0]
        elif what == "replace":
            yield from _same_words(old, before, new, after)


def _same_words(old: str, before: tuple[int, int], new: str, after: tuple[int, int]) -> Iterator[tuple[int, int, int]]:
    from rapidfuzz.distance import Indel

    one, other = _Cut(old[slice(*before)], _PIECE), _Cut(new[slice(*after)], _PIECE)
    for part in Indel.opcodes(one.pieces, other.pieces):
        if part.tag == "equal":
            start, end = one.span(part.src_start, part.src_end)
            yield before[0] + start, after[0] + other.span(part.dest_start, part.dest_end)[0], end - start


class _Cut:
    """A text in pieces that leave nothing out."""

    def __init__(self, text: str, pattern: regex.Pattern[str]) -> None:
        self.pieces = pattern.findall(text)
        self._starts = [0]
        for piece in self.pieces:
            self._starts.append(self._starts[-1] + len(piece))

    def span(self, first: int, end: int) -> tuple[int, int]:
        """From where to where the pieces `first` to `end` reach."""
        return self._starts[first], self._starts[end]
