"""All that a desk holds of one article, as one value: what is handed to another desk, and what open formats are made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from claimdesk.core.claim import Article, Claim, Original, Remark, RemarkKind
from claimdesk.core.confidential import Mask
from claimdesk.core.past import Kind
from claimdesk.core.sources import Source


@dataclass(frozen=True, slots=True)
class Deed:
    """A row of an article's history: what was done, when (ISO time in UTC) and by whom, and the hash that the row has."""

    hash: str
    kind: Kind
    sentence: str
    at: str
    who: str


@dataclass(frozen=True, slots=True)
class Case:
    """An article with its claims (dismissed ones too, in text order), every source that they name, and what was done to it.

    The ids of claims, and links to them, mean something in the case only. `past` was done on the desk that the case is
    from, `past_elsewhere` on others before, both the oldest first. `revises` is the SHA-256 of the text of the version
    before, empty for none. `original` is what is known of the bytes that the article was read from. A case that is
    `redacted` has pseudonyms in place of names, and what could give them away is left out of it.
    """

    article: Article
    claims: tuple[Claim, ...] = ()
    sources: tuple[Source, ...] = ()
    original: Original | None = None
    past: tuple[Deed, ...] = ()
    past_elsewhere: tuple[Deed, ...] = ()
    revises: str = ""
    redacted: bool = False

    def masked(self, mask: Mask) -> "Case":
        """The case without the names of confidential sources, and `redacted` if it held any; the article's own words stay.

        Nothing leads back from it: of such a source its kind, role, affiliation, aliases and note are gone too.
        """
        clean = replace(
            self,
            article=_masked_article(self.article, mask),
            claims=tuple(masked_claim(claim, mask) for claim in self.claims),
            sources=_masked_sources(self.sources, mask),
            original=self.original and _masked_original(self.original, mask),
            past=tuple(_masked_deed(deed, mask) for deed in self.past),
            past_elsewhere=tuple(_masked_deed(deed, mask) for deed in self.past_elsewhere),
        )
        return clean if clean == self else replace(clean, redacted=True)


@dataclass(frozen=True, slots=True)
class Bundle:
    """A case with the bytes that go with it: those that the article was read from, and files of evidence by their SHA-256.

    `signed_by` is the public key that was found to have signed it, empty where nobody did.
    """

    case: Case
    original: bytes | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)
    signed_by: str = ""

    def masked(self, mask: Mask, *, originals: bool | None = None) -> "Bundle":
        """The bundle without the names of confidential sources.

        No mask reaches into files: with `originals` they go along, and where nobody says so only if nothing is redacted.
        """
        case = self.case.masked(mask)
        wanted = not case.redacted if originals is None else originals
        return Bundle(case, self.original if wanted else None, self.files if wanted else {})


def masked_claim(claim: Claim, mask: Mask) -> Claim:
    """The claim with pseudonyms for names of confidential sources, wherever somebody wrote them."""
    written = mask.words
    return replace(
        claim,
        source_name=mask.name(claim.source_name),
        via=tuple(map(mask.name, claim.via)),
        second_sources=tuple(map(mask.name, claim.second_sources)),
        reason=written(claim.reason),
        note=written(claim.note),
        restated=written(claim.restated),
        tags=tuple(map(written, claim.tags)),
        question=written(claim.question),
        evidence=tuple(one.rewritten(written) for one in claim.evidence),
        rationale=written(claim.rationale),
        checked_by=written(claim.checked_by),
        checked_at=written(claim.checked_at),
        replies=tuple(one.rewritten(written) for one in claim.replies),
    )


def _masked_article(article: Article, mask: Mask) -> Article:
    remarks = tuple(_masked_remark(one, mask) for one in article.remarks)
    return replace(article, filename=mask.words(article.filename), remarks=remarks)


def _masked_remark(remark: Remark, mask: Mask) -> Remark:
    """Footnotes are published, comments are not."""
    if remark.kind is not RemarkKind.COMMENT:
        return remark
    return replace(remark, author=mask.words(remark.author), text=mask.words(remark.text))


def _masked_original(original: Original, mask: Mask) -> Original:
    return replace(original, headers=tuple((name, mask.words(value)) for name, value in original.headers))


def _masked_sources(sources: tuple[Source, ...], mask: Mask) -> tuple[Source, ...]:
    """Each name once: two names that differ by what is masked only become one."""
    masked = (_masked_source(source, mask) for source in sources)
    return tuple({source.name: source for source in masked}.values())


def _masked_source(source: Source, mask: Mask) -> Source:
    if mask.hides(source.name):
        return Source(0, mask.name(source.name))
    return replace(
        source,
        name=mask.name(source.name),
        role=mask.words(source.role),
        affiliation=mask.words(source.affiliation),
        aliases=tuple(alias for alias in source.aliases if mask.name(alias) == alias),
        note=mask.words(source.note),
    )


def _masked_deed(deed: Deed, mask: Mask) -> Deed:
    return replace(deed, sentence=mask.words(deed.sentence), who=mask.words(deed.who))
