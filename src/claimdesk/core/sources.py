"""The source register: who stands behind the claims of all articles, and the pure verbs that change it.

A source is known by its name, and the names of claims are the link to it. So renaming moves the claims to another name, merging
moves them to the name that stays, and either way the old name becomes an alias, which leads whoever writes it to the
source from then on. Every verb gives a `RegisterEdit`: what was known of the sources before and after, and an edit for each
article whose claims change their source, so that it can be taken back there too.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import count
from string import ascii_uppercase

from claimdesk.core.claim import Claim
from claimdesk.core.edits import Change, Edit, Verb
from claimdesk.core.errors import EditError
from claimdesk.core.text import normalise


class SourceKind(StrEnum):
    """What a source is."""

    PERSON = "person"
    INSTITUTION = "institution"
    OUTLET = "outlet"
    DOCUMENT = "document"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Source:
    """A person, institution, outlet or document, over all articles.

    `id` is 0 until the desk has given it one. `role` is what they are ("harbour master"), `affiliation` where. Of a
    confidential source nothing but its `pseudonym` may leave the program; one that was confidential before keeps it.
    """

    id: int
    name: str
    kind: SourceKind = SourceKind.UNKNOWN
    role: str = ""
    affiliation: str = ""
    aliases: tuple[str, ...] = ()
    confidential: bool = False
    pseudonym: str = ""
    note: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The name and the aliases."""
        return self.name, *self.aliases

    @property
    def public_name(self) -> str:
        """What may be said outside the program: the pseudonym of a confidential source, else the name."""
        return self.pseudonym if self.confidential else self.name

    @property
    def about(self) -> str:
        """Role and affiliation in one line, empty where neither is known."""
        return ", ".join(part for part in (self.role, self.affiliation) if part)

    @property
    def is_described(self) -> bool:
        """Whether anything beside the name is known."""
        return self != Source(self.id, self.name)


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """A source as the register lists it, with how many claims rest on it or came through it, and in how many articles."""

    source: Source
    claims: int
    articles: int


@dataclass(frozen=True, slots=True)
class SourcedClaim:
    """A claim of a source, with the words that are claimed and the title of its article."""

    claim: Claim
    words: str
    title: str


@dataclass(frozen=True, slots=True)
class SourceChange:
    """What is known of one source before and after; its name is the same in both."""

    before: Source
    after: Source


@dataclass(frozen=True, slots=True)
class RegisterEdit:
    """What one gesture does to the register, with the sentence that the undo menu and the history show."""

    verb: Verb
    sentence: str
    sources: tuple[SourceChange, ...]
    edits: tuple[Edit, ...] = ()


def folded(name: str) -> str:
    """The name as it is compared: whatever its letters' case and its white space."""
    return " ".join(normalise(name).split()).casefold()


def listed(register: Sequence[SourceSummary]) -> list[SourceSummary]:
    """The sources that the register shows: those with claims, and those described whose name is no alias of another.

    A name that was merged away or renamed is not shown, but what was known of it is there again where an undo in an
    article brings it back.
    """
    owners = {folded(alias): entry.source.name for entry in register for alias in entry.source.aliases}
    return [
        entry
        for entry in register
        if entry.claims
        or (entry.source.is_described and owners.get(folded(entry.source.name), entry.source.name) == entry.source.name)
    ]


def propose_pseudonym(register: Sequence[SourceSummary]) -> str:
    """The first of "Source A", "Source B" … that no source has."""
    taken = {folded(entry.source.pseudonym) for entry in register}
    return next(name for name in map(_pseudonym, count(1)) if folded(name) not in taken)


def _pseudonym(number: int) -> str:
    letters = ""
    while number:
        number, place = divmod(number - 1, len(ascii_uppercase))
        letters = ascii_uppercase[place] + letters
    return f"Source {letters}"


# Verbs


def describe(
    register: Sequence[SourceSummary], claims: Sequence[Claim], before: Source, after: Source
) -> RegisterEdit | None:
    """Say what is known of a source, its name included; None if that is known already.

    `claims` are all of the source's. A confidential source without a pseudonym is given one. Raises EditError where the
    name, an alias or the pseudonym belongs to another source or is none.
    """
    after = _tidied(register, after)
    if after == before:
        return None
    _check(register, before, after)
    if after.name == before.name:
        return RegisterEdit(Verb.DESCRIBE_SOURCE, _told(before, after), (SourceChange(before, after),))
    sentence = f"Rename {_called(before)}" + ("" if after.confidential else f" as {_called(after)}")
    target = _held(register, after.name)
    kept = replace(after, id=target.id, aliases=_united(after.name, after.aliases, before.names))
    told = (SourceChange(before, replace(before, aliases=())), SourceChange(target, kept))
    changes = (*told, *_freed(register, kept, before.name))
    return RegisterEdit(
        Verb.RENAME_SOURCE, sentence, changes, _moved(Verb.RENAME_SOURCE, sentence, claims, before.name, after.name)
    )


def merge(register: Sequence[SourceSummary], claims: Sequence[Claim], kept: Source, gone: Source) -> RegisterEdit:
    """Make one source of two: the claims of `gone`, which `claims` are, become those of `kept`, its names aliases.

    What is not known of `kept` is taken from `gone`, and if one of them is confidential, what stays is. Raises EditError
    for a source and itself.
    """
    if kept.name == gone.name:
        raise EditError("A source cannot be merged with itself. Choose two sources.")
    either = kept.confidential or gone.confidential
    first, second = (gone, kept) if gone.confidential and not kept.confidential else (kept, gone)
    after = replace(
        kept,
        kind=gone.kind if kept.kind is SourceKind.UNKNOWN else kept.kind,
        role=kept.role or gone.role,
        affiliation=kept.affiliation or gone.affiliation,
        aliases=_united(kept.name, kept.aliases, gone.names),
        confidential=either,
        pseudonym=first.pseudonym or second.pseudonym,
        note="\n".join(note for note in (kept.note, gone.note) if note),
    )
    sentence = f"Merge {'a source' if either else _called(gone)} into {_called(after)}"
    told = (SourceChange(gone, replace(gone, aliases=())), SourceChange(kept, after))
    changes = (*told, *_freed(register, after, gone.name))
    return RegisterEdit(
        Verb.MERGE_SOURCES, sentence, changes, _moved(Verb.MERGE_SOURCES, sentence, claims, gone.name, kept.name)
    )


def split(register: Sequence[SourceSummary], claims: Sequence[Claim], source: Source, name: str) -> RegisterEdit:
    """Give some claims of a source to another one, of that name, which is new unless the register has it.

    Where the source is confidential, a new one is too, under a pseudonym of its own. Raises EditError where no claim is
    chosen, or the name is none, the source's own, or an alias of a third.
    """
    name = _line(name)
    if not claims or not name or name == source.name:
        raise EditError("Choose claims and write another name for their source.")
    owner = _owner_of_alias(register, name)
    if owner is not None and owner.name != source.name:
        raise EditError(f"“{name}” is an alias of {_called(owner)}. Write another name, or take that alias away first.")
    aliases = tuple(alias for alias in source.aliases if folded(alias) != folded(name))
    changes = [SourceChange(source, replace(source, aliases=aliases))] if aliases != source.aliases else []
    there = next((e.source for e in listed(register) if folded(e.source.name) == folded(name)), None)
    target = there or _held(register, name)
    if there is None and source.confidential:
        changes.append(SourceChange(target, replace(target, confidential=True, pseudonym=propose_pseudonym(register))))
    what = "1 claim" if len(claims) == 1 else f"{len(claims)} claims"
    sentence = f"Split {what} off {_called(source)}"
    edits = _moved(Verb.SPLIT_SOURCE, sentence, claims, source.name, target.name)
    return RegisterEdit(Verb.SPLIT_SOURCE, sentence, tuple(changes), edits)


def resolved(edit: Edit, meant: Mapping[str, str]) -> Edit:
    """The edit with the sources' own names where it newly writes another; `meant` has them by the folded other name.

    Changes that change nothing then are left out.
    """
    changes = (Change(change.before, _resolved(change, meant)) for change in edit.changes)
    return replace(edit, changes=tuple(change for change in changes if change.before != change.after))


def names_anew(edit: Edit) -> bool:
    """Whether an edit writes any source's name that the claim did not have in that place: only then is there anything to resolve."""
    return any(_names(change.before) != _names(change.after) for change in edit.changes if change.after)


def _names(claim: Claim | None) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    return (claim.source_name, claim.via, claim.second_sources) if claim is not None else ("", (), ())


def _resolved(change: Change, meant: Mapping[str, str]) -> Claim | None:
    before, after = change.before, change.after
    if after is None:
        return None
    if before is None or before.source_name != after.source_name:
        after = replace(after, source_name=meant.get(folded(after.source_name), after.source_name))
    if before is None or before.via != after.via:
        after = replace(after, via=tuple(meant.get(folded(name), name) for name in after.via))
    if before is None or before.second_sources != after.second_sources:
        after = replace(after, second_sources=tuple(meant.get(folded(name), name) for name in after.second_sources))
    return after


# Inside


def _tidied(register: Sequence[SourceSummary], source: Source) -> Source:
    """The source with every field in the form that the register keeps, and with a pseudonym if it needs one."""
    name, pseudonym = _line(source.name), _line(source.pseudonym)
    return replace(
        source,
        name=name,
        role=_line(source.role),
        affiliation=_line(source.affiliation),
        aliases=_united(name, (), source.aliases),
        pseudonym=pseudonym or (propose_pseudonym(register) if source.confidential else ""),
        note=normalise(source.note).strip(),
    )


def _check(register: Sequence[SourceSummary], before: Source, after: Source) -> None:
    """Raises EditError where what is said of a source cannot be."""
    if not after.name:
        raise EditError("A source needs a name.")
    others = [entry.source for entry in listed(register) if entry.source.name != before.name]
    by_name = {folded(other.name): other for other in others}
    for name in (name for name in after.names if name not in before.names):
        if (other := by_name.get(folded(name))) is not None:
            raise EditError(f"{_called(other)} is a source of its own. To make one of the two, merge them.")
        owner = _owner_of_alias(register, name)
        if owner is not None and owner.name != before.name:
            raise EditError(f"“{name}” is an alias of {_called(owner)}. Take it away there first.")
    if after.confidential and not (before.confidential and before.pseudonym == after.pseudonym):
        _check_pseudonym(others, after)


def _check_pseudonym(others: Iterable[Source], source: Source) -> None:
    pseudonym = folded(source.pseudonym)
    if any(pseudonym in map(folded, (other.name, other.pseudonym)) for other in others):
        raise EditError(f"“{source.pseudonym}” stands for another source already. Choose another pseudonym.")
    words = {word for name in source.names for word in folded(name).split() if len(word) > 1}
    if words & set(pseudonym.split()):
        raise EditError("The pseudonym holds a part of the name that it is to hide. Choose another one.")


def _owner_of_alias(register: Sequence[SourceSummary], name: str) -> Source | None:
    wanted = folded(name)
    return next((e.source for e in register if wanted in map(folded, e.source.aliases)), None)


def _freed(register: Sequence[SourceSummary], kept: Source, gone: str) -> tuple[SourceChange, ...]:
    """What becomes of third sources that have an alias of `kept`: an undo in an article can have brought such a name back."""
    taken = set(map(folded, kept.aliases))
    thirds = [entry.source for entry in register if entry.source.name not in {kept.name, gone}]
    left = ((third, tuple(alias for alias in third.aliases if folded(alias) not in taken)) for third in thirds)
    return tuple(SourceChange(third, replace(third, aliases=a)) for third, a in left if a != third.aliases)


def _held(register: Sequence[SourceSummary], name: str) -> Source:
    """What the register knows of a name, be it only the name."""
    return next((entry.source for entry in register if entry.source.name == name), Source(0, name))


def _moved(verb: Verb, sentence: str, claims: Sequence[Claim], old: str, new: str) -> tuple[Edit, ...]:
    """An edit for each article that gives its claims the new name in place of the old."""
    changes: dict[int, list[Change]] = {}
    for claim in claims:
        source_name = new if claim.source_name == old else claim.source_name
        via, second = (
            tuple(new if name == old else name for name in names) for names in (claim.via, claim.second_sources)
        )
        after = replace(claim, source_name=source_name, via=via, second_sources=second)
        changes.setdefault(claim.article_id, []).append(Change(claim, after))
    return tuple(Edit(verb, sentence, article, tuple(of_article)) for article, of_article in sorted(changes.items()))


def _united(name: str, aliases: Iterable[str], more: Iterable[str]) -> tuple[str, ...]:
    """Both in their order, each once in whatever letters' case, without `name` itself."""
    lines = [_line(alias) for alias in (*aliases, *more)]
    by_key = {folded(line): line for line in reversed(lines) if line and line != name}
    return tuple(reversed(by_key.values()))


def _told(before: Source, after: Source) -> str:
    if after.confidential and not before.confidential:
        return f"Keep a source confidential as {_called(after)}"
    if before.confidential and not after.confidential:
        return f"No longer keep {_called(before)} confidential"
    return f"Describe {_called(after)}"


def _called(source: Source) -> str:
    return source.public_name if source.confidential else f"“{source.name}”"


def _line(words: str) -> str:
    return " ".join(normalise(words).split())
