"""A case comes onto a desk: its claims as new ones of an article, its sources into the register, nothing overwritten."""

from collections.abc import Sequence
from dataclasses import replace

from claimdesk.core.case import Case
from claimdesk.core.claim import Claim
from claimdesk.core.edits import Change, Edit, Verb
from claimdesk.core.sources import RegisterEdit, Source, SourceChange, SourceKind, SourceSummary, folded


def taken_in(case: Case, article_id: int) -> Edit | None:
    """The edit that puts all claims of a case onto the article, with links among each other; None if it has none."""
    ids = {claim.id: -place for place, claim in enumerate(case.claims, 1)}
    changes = tuple(Change(None, placed(claim, article_id, ids)) for claim in case.claims)
    if not changes:
        return None
    what = "1 claim" if len(changes) == 1 else f"{len(changes)} claims"
    return Edit(Verb.TAKE_IN, f"Take in {what} with their review", article_id, changes)


def placed(claim: Claim, article_id: int, ids: dict[int, int]) -> Claim:
    """A claim of a case as one of the article; `ids` says which id each claim of the case has there."""
    links = tuple(replace(link, target=ids[link.target]) for link in claim.links if link.target in ids)
    return replace(claim, id=ids[claim.id], article_id=article_id, links=links)


def introduced(register: Sequence[SourceSummary], sources: Sequence[Source]) -> RegisterEdit | None:
    """What the register learns from the sources of a case; None if it learns nothing.

    What it knows already stays. A source that either side keeps confidential is, under the pseudonym that the register has
    or, unless it stands for another source here, that of the case.
    """
    known = {entry.source.name: entry.source for entry in register}
    owners = {folded(alias): entry.source.name for entry in register for alias in entry.source.aliases}
    owners |= {folded(entry.source.name): entry.source.name for entry in register}
    pseudonyms = {folded(entry.source.pseudonym) for entry in register if entry.source.pseudonym}
    changes = []
    for theirs in sources:
        if owners.setdefault(folded(theirs.name), theirs.name) != theirs.name:
            continue  # here this is an alias, or the name in other letters, of a source that is known
        mine = known.get(theirs.name, Source(0, theirs.name))
        after = _learned(mine, theirs, owners, pseudonyms)
        if after != mine:
            changes.append(SourceChange(mine, after))
    if not changes:
        return None
    what = "1 source" if len(changes) == 1 else f"{len(changes)} sources"
    return RegisterEdit(Verb.TAKE_IN, f"Take in what is known of {what}", tuple(changes))


def _learned(mine: Source, theirs: Source, owners: dict[str, str], pseudonyms: set[str]) -> Source:
    """What is known of a source after both sides told; claims the aliases and the pseudonym that it gets."""
    aliases = [alias for alias in theirs.aliases if owners.setdefault(folded(alias), mine.name) == mine.name]
    new = [alias for alias in aliases if folded(alias) not in map(folded, mine.names)]
    pseudonym = mine.pseudonym or theirs.pseudonym
    if not mine.pseudonym and pseudonym:
        number, wanted = 2, pseudonym
        while folded(pseudonym) in pseudonyms or folded(pseudonym) in owners:
            pseudonym, number = f"{wanted} ({number})", number + 1
        pseudonyms.add(folded(pseudonym))
    notes = [mine.note] if theirs.note in mine.note else [note for note in (mine.note, theirs.note) if note]
    return replace(
        mine,
        kind=theirs.kind if mine.kind is SourceKind.UNKNOWN else mine.kind,
        role=mine.role or theirs.role,
        affiliation=mine.affiliation or theirs.affiliation,
        aliases=(*mine.aliases, *new),
        confidential=mine.confidential or theirs.confidential,
        pseudonym=pseudonym,
        note="\n".join(notes),
    )
