"""The verbs of the desk as pure functions: the claims of an article in, an `Edit` out, nothing written.

An edit says in a sentence what a person did and holds every touched claim before and after. Undo is the same edit with
the two exchanged, so a verb needs no inverse of its own. A batch is one edit.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from itertools import zip_longest

from claimdesk.core.claim import (
    Article,
    Claim,
    Details,
    Link,
    LinkKind,
    Origin,
    Review,
    Role,
    Span,
    Spans,
    Suggestion,
    numbered,
)
from claimdesk.core.errors import EditError
from claimdesk.core.levels import BY_SLUG
from claimdesk.core.text import normalise, trimmed, whole_words, word_edges


class Verb(StrEnum):
    """What was done, as the history files it."""

    SUGGEST = "suggest"
    SUGGEST_FIRST = "suggest_first"
    MARK = "mark"
    ACCEPT = "accept"
    DISMISS = "dismiss"
    REOPEN = "reopen"
    RELEVEL = "relevel"
    MOVE_EDGE = "move_edge"
    SET_SPANS = "set_spans"
    NAME_SOURCE = "name_source"
    NOTE = "note"
    LINK = "link"
    DESCRIBE_CLAIM = "describe_claim"
    CHECK = "check"
    DESCRIBE_ARTICLE = "describe_article"
    CARRY_OVER = "carry_over"
    TAKE_IN = "take_in"
    MERGE_REVIEW = "merge_review"
    DESCRIBE_SOURCE = "describe_source"
    RENAME_SOURCE = "rename_source"
    MERGE_SOURCES = "merge_sources"
    SPLIT_SOURCE = "split_source"
    PURGE_SOURCE = "purge_source"


class Edge(StrEnum):
    """The two ends of a span."""

    START = "start"
    END = "end"


_CHANGES_WHAT_IS_CLAIMED = frozenset({Verb.RELEVEL, Verb.MOVE_EDGE, Verb.SET_SPANS, Verb.NAME_SOURCE})
"""After one of these the claim is no longer what the program was so and so sure of."""
DENIAL = "denial"
"""The one level whose claims lose what they deny when they get another."""
BY_HAND = "level set by hand"
"""How the reason of a claim begins whose level a person chose."""


@dataclass(frozen=True, slots=True)
class Change:
    """One claim before and after; None where it did not or does not exist."""

    before: Claim | None
    after: Claim | None

    @property
    def claim_id(self) -> int:
        """The id of the claim that changed."""
        claim = self.after or self.before
        if claim is None:
            raise ValueError("a change needs a claim before or after")
        return claim.id


@dataclass(frozen=True, slots=True)
class DetailsChange:
    """What is known of the article itself, before and after."""

    before: Details
    after: Details


@dataclass(frozen=True, slots=True)
class Edit:
    """What one gesture does to one article, with the sentence that the undo menu and the history show."""

    verb: Verb
    sentence: str
    article_id: int
    changes: tuple[Change, ...] = ()
    details: DetailsChange | None = None

    @property
    def claim_ids(self) -> tuple[int, ...]:
        """The ids of the claims that change."""
        return tuple(change.claim_id for change in self.changes)

    @property
    def is_empty(self) -> bool:
        """Whether nothing changes."""
        return not self.changes and self.details is None

    def reversed(self) -> "Edit":
        """The edit that takes this one back."""
        details = self.details and DetailsChange(self.details.after, self.details.before)
        changes = tuple(Change(change.after, change.before) for change in reversed(self.changes))
        return replace(self, changes=changes, details=details)


def accept(claims: Sequence[Claim], ids: Collection[int]) -> Edit | None:
    """Count the claims; None if all of them are accepted already."""
    return _review(claims, ids, Review.ACCEPTED, Verb.ACCEPT, "Accept {what}")


def dismiss(claims: Sequence[Claim], ids: Collection[int]) -> Edit | None:
    """Put the claims aside; they stay on the desk and can be reopened."""
    return _review(claims, ids, Review.DISMISSED, Verb.DISMISS, "Dismiss {what}")


def reopen(claims: Sequence[Claim], ids: Collection[int]) -> Edit | None:
    """Take back what was said of the claims: they are to be reviewed again."""
    return _review(claims, ids, Review.SUGGESTED, Verb.REOPEN, "Reopen {what}")


def still_open(claims: Sequence[Claim]) -> list[int]:
    """The ids of the claims that are only suggested as yet."""
    return [claim.id for claim in claims if claim.review is Review.SUGGESTED]


def relevel(claims: Sequence[Claim], ids: Collection[int], level: str) -> Edit | None:
    """Give the claims another level; None if all have it already. Raises KeyError for a level that does not exist.

    The reason keeps what the program had suggested, and why. What is no longer a denial no longer denies anything.
    """
    label = BY_SLUG[level].label.lower()
    chosen = [claim for claim in those_of(claims, ids) if claim.level != level]
    changed = [(claim, replace(claim, level=level, reason=_by_hand(claim), links=_links(claim))) for claim in chosen]
    return edit_of(Verb.RELEVEL, f"Relevel {{what}} as {label}", claims, changed)


def _links(claim: Claim) -> tuple[Link, ...]:
    """The links that a claim keeps when it gets another level."""
    lost = LinkKind.DENIES if claim.level == DENIAL else None
    return tuple(link for link in claim.links if link.kind is not lost)


def _by_hand(claim: Claim) -> str:
    if claim.confidence is None or not claim.reason:
        return claim.reason if claim.reason.startswith(BY_HAND) else BY_HAND
    return f"{BY_HAND}; suggested was {BY_SLUG[claim.level].label.lower()}: {claim.reason}"


def set_note(claims: Sequence[Claim], claim_id: int, note: str) -> Edit | None:
    """Replace the note of a claim; None if it says that already."""
    claim = one_of(claims, claim_id)
    return edit_of(Verb.NOTE, "Note on {what}", claims, [(claim, replace(claim, note=normalise(note)))])


def name_source(claims: Sequence[Claim], claim_id: int, name: str) -> Edit | None:
    """Say in full who the source of a claim is; None if that is its name already."""
    claim = one_of(claims, claim_id)
    return edit_of(
        Verb.NAME_SOURCE, "Source of {what}", claims, [(claim, replace(claim, source_name=normalise(name).strip()))]
    )


def set_denied(claims: Sequence[Claim], claim_id: int, targets: Collection[int]) -> Edit | None:
    """Say which claims a claim denies, in place of those that it denied; None if it denies just those already.

    Raises EditError where a target is the claim itself or is not there.
    """
    claim = one_of(claims, claim_id)
    wanted = [one_of(claims, target).id for target in sorted(set(targets))]
    if claim_id in wanted:
        raise EditError("A claim cannot deny itself. Choose another claim that it denies.")
    others = tuple(link for link in claim.links if link.kind is not LinkKind.DENIES)
    if set(wanted) == set(claim.denies):
        return None
    after = replace(claim, links=(*others, *(Link(LinkKind.DENIES, target) for target in wanted)))
    return edit_of(Verb.LINK, "Set what {what} denies", claims, [(claim, after)])


def describe_article(article: Article, details: Details) -> Edit | None:
    """Correct what is known of an article; None if that is known already. Raises EditError where it would have no title."""
    tidy = Details(**{name: " ".join(normalise(value).split()) for name, value in asdict(details).items()})
    if not tidy.title:
        raise EditError("An article needs a title. Type one.")
    if tidy == article.details:
        return None
    change = DetailsChange(article.details, tidy)
    return Edit(Verb.DESCRIBE_ARTICLE, "Correct the article's details", article.id, details=change)


def mark(claims: Sequence[Claim], article: Article, start: int, end: int, level: str) -> Edit:
    """Mark a stretch of the article that the program missed as a claim of `level`: accepted, since a person did it.

    White space at its ends is left out, and words that it cuts are taken whole. Raises EditError where nothing is left, or where the same words are marked
    already.
    """
    span = _marked(article, start, end)
    twin = next((c for c in claims if c.content == (span,) and c.review is not Review.DISMISSED), None)
    if twin is not None:
        raise EditError(
            f"These words are claim {numbered(list(claims))[twin.id]} already. Press a digit to change its level."
        )
    claim = Claim(
        -1, article.id, (span,), level=BY_SLUG[level].slug, review=Review.ACCEPTED, origin=Origin.PERSON,
        reason="marked by hand",
    )  # fmt: skip
    return Edit(Verb.MARK, f"Mark a claim as {BY_SLUG[level].label.lower()}", article.id, (Change(None, claim),))


def set_spans(
    claims: Sequence[Claim], article: Article, claim_id: int, role: Role, start: int, end: int
) -> Edit | None:
    """Say which words are the content, source or cue of a claim, in place of those that were; None if they are already."""
    claim = one_of(claims, claim_id)
    after = claim.with_spans(role, (_marked(article, start, end),))
    if role is Role.SOURCE:
        after = replace(after, source_name=" ".join(after.source[0].of(article.text).split()))
    return edit_of(Verb.SET_SPANS, f"Set the {role.value} of {{what}}", claims, [(claim, after)])


def nudge_edge(
    claims: Sequence[Claim], article: Article, claim_id: int, role: Role, edge: Edge, words: int
) -> Edit | None:
    """Move an edge of a claim's content, source or cue by whole words: forwards, or backwards if `words` is negative.

    Of spans in several pieces the outer edges move. None at the end of the text. Raises EditError where the claim has no
    such span, or where nothing would be left of it.
    """
    claim = one_of(claims, claim_id)
    if not claim.spans(role):
        raise EditError(f"This claim has no {role.value} yet. Select the words in the article and set them first.")
    starts, ends = word_edges(article.text)
    outer = claim.spans(role)[0].start if edge is Edge.START else claim.spans(role)[-1].end
    place = _step(starts if edge is Edge.START else ends, outer, words)
    return None if place is None else move_edge(claims, claim_id, role, edge, place)


def move_edge(claims: Sequence[Claim], claim_id: int, role: Role, edge: Edge, place: int) -> Edit | None:
    """Put an outer edge of a claim's content, source or cue at code point `place`; raises EditError if nothing is left."""
    claim = one_of(claims, claim_id)
    spans = list(claim.spans(role))
    at = 0 if edge is Edge.START else -1
    start, end = (place, spans[at].end) if edge is Edge.START else (spans[at].start, place)
    if start >= end:
        raise EditError(f"The {role.value} would be empty. To put a claim aside, dismiss it.")
    spans[at] = Span(start, end)
    sentence = f"Move the {edge.value} of {{what}}"
    return edit_of(Verb.MOVE_EDGE, sentence, claims, [(claim, claim.with_spans(role, tuple(spans)))])


def take_suggestions(
    claims: Sequence[Claim], article: Article, suggestions: Sequence[Suggestion], *, whole: bool = True
) -> Edit | None:
    """Put what the program found on the desk in place of suggestions that nobody has reviewed yet.

    What a person accepted, dismissed, marked, changed or wrote a note on stays, and a suggestion of the same content as one
    of those is left out. What was suggested before and is found again stays the claim that it was. `whole` is False while
    only a part of a long article was read. None if nothing would change.
    """
    kept = {claim.content: claim.id for claim in claims if not _is_unreviewed(claim)}
    again = {_attribution(claim): claim for claim in claims if _is_unreviewed(claim)}
    ids = []
    for place, found in enumerate(suggestions, 1):
        before = again.get((found.content, found.source, found.cue))
        ids.append(kept.get(found.content, before.id if before else -place))
    found_claims = {
        ids[place]: _claim(article, found, ids[place], _denials(found, ids))
        for place, found in enumerate(suggestions)
        if found.content not in kept
    }
    by_content = {found.content: new_id for found, new_id in zip(suggestions, ids, strict=True)}
    gone = {claim.id: by_content.get(claim.content) for claim in again.values() if claim.id not in found_claims}
    changes = [Change(claim, None) for claim in claims if claim.id in gone]
    changes += [
        Change(claim, after)
        for claim in claims
        if claim.id not in gone and (after := found_claims.get(claim.id) or _relinked(claim, gone)) != claim
    ]
    known = {claim.id for claim in claims}
    new = [Change(None, claim) for claim_id, claim in found_claims.items() if claim_id not in known]
    if not changes and not new:
        return None
    count = "1 claim" if len(found_claims) == 1 else f"{len(found_claims)} claims"
    verb = Verb.SUGGEST if whole else Verb.SUGGEST_FIRST
    return Edit(verb, f"Suggest {count}", article.id, (*changes, *new))


def _attribution(claim: Claim) -> tuple[Spans, Spans, Spans]:
    return claim.content, claim.source, claim.cue


def _is_unreviewed(claim: Claim) -> bool:
    return claim.review is Review.SUGGESTED and claim.confidence is not None and not claim.note


def _relinked(claim: Claim, gone: Mapping[int, int | None]) -> Claim:
    """The claim with links to what came in the place of their targets, without those whose target is no more."""
    targets = [(link, gone.get(link.target, link.target)) for link in claim.links]
    return replace(claim, links=tuple(replace(link, target=target) for link, target in targets if target is not None))


def _denials(found: Suggestion, ids: Sequence[int]) -> tuple[Link, ...]:
    """What a suggestion denies, with the ids that the claims have got."""
    links = zip_longest(found.denies, found.denies_confidence)
    return tuple(Link(LinkKind.DENIES, ids[target], confidence) for target, confidence in links)


def _claim(article: Article, found: Suggestion, claim_id: int, links: tuple[Link, ...]) -> Claim:
    return Claim(
        claim_id, article.id, found.content, found.source, found.cue, found.level,
        source_name=found.source_entity or "", via=found.via,
        links=links,
        confidence=found.confidence, reason=found.reason, certainty=found.certainty, manner=found.manner,
    )  # fmt: skip


def _review(claims: Sequence[Claim], ids: Collection[int], review: Review, verb: Verb, sentence: str) -> Edit | None:
    changed = [(claim, replace(claim, review=review)) for claim in those_of(claims, ids)]
    return edit_of(verb, sentence, claims, changed)


def edit_of(verb: Verb, sentence: str, claims: Sequence[Claim], changed: Sequence[tuple[Claim, Claim]]) -> Edit | None:
    """The edit of those claims that really change; `{what}` in the sentence becomes "claim 7" or "12 claims"."""
    if verb in _CHANGES_WHAT_IS_CLAIMED:
        changed = [(before, replace(after, confidence=None) if after != before else after) for before, after in changed]
    changes = tuple(Change(before, after) for before, after in changed if before != after)
    if not changes:
        return None
    if len(changes) > 1:
        what = f"{len(changes)} claims"
    else:
        number = numbered(list(claims)).get(changes[0].claim_id)
        what = f"claim {number}" if number else "a dismissed claim"
    article_id = claims[0].article_id
    return Edit(verb, sentence.format(what=what), article_id, changes)


def those_of(claims: Sequence[Claim], ids: Collection[int]) -> list[Claim]:
    """The claims of these ids that are there, in the order of `claims`."""
    wanted = set(ids)
    return [claim for claim in claims if claim.id in wanted]


def one_of(claims: Sequence[Claim], claim_id: int) -> Claim:
    """The claim of this id; raises EditError where it is not there."""
    found = next((claim for claim in claims if claim.id == claim_id), None)
    if found is None:
        raise EditError("This claim is not there any more; it was taken back meanwhile.")
    return found


def _marked(article: Article, start: int, end: int) -> Span:
    span = trimmed(article.text, start, end)
    if span is None:
        raise EditError("Select some words in the article first, then press the digit of their level.")
    return whole_words(article.text, span.start, span.end)


def _step(edges: Sequence[int], place: int, words: int) -> int | None:
    """The edge `words` steps from `place`; the nearest there is, None if there is none on that side."""
    side = [edge for edge in edges if (edge > place if words > 0 else edge < place)]
    if not side:
        return None
    return side[min(words, len(side)) - 1] if words > 0 else side[max(words, -len(side))]
