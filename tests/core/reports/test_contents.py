"""What a report would hand over, told before it is written; and names of files that every system takes."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimdesk.core.claim import Claim, Review
from claimdesk.core.confidential import Mask
from claimdesk.core.evidence import Evidence, EvidenceKind, Reply
from claimdesk.core.reports import Report, contents_of, file_name
from claimdesk.core.reports.contents import Person
from claimdesk.core.sources import Source, SourceKind

Make = Callable[..., Report]
MINA = Source(1, "Mina Rao", SourceKind.PERSON, confidential=True, pseudonym="Source A")


def test_everything_that_somebody_added_is_counted(make: Make, claims: list[Claim]) -> None:
    kept = Evidence(EvidenceKind.FILE, "흐름.pdf", sha256="ab" * 32)
    claims[0] = replace(claims[0], evidence=(kept, Evidence(EvidenceKind.INTERVIEW, "the operator")), question="कब?")
    claims[2] = replace(claims[2], review=Review.SUGGESTED, replies=(Reply("Dam Ltd", "2031-03-02"),))
    told = contents_of(make(checker="Ada"))
    assert (told.claims, told.suggestions, told.evidence, told.files) == (4, 0, 2, 1)
    assert (told.notes, told.questions, told.replies, told.checker, told.filename) == (1, 1, 0, "Ada", "river.txt")
    assert contents_of(make(suggestions=True)).suggestions == 1
    assert contents_of(make(suggestions=True)).replies == 1


def test_whoever_is_named_is_listed_and_a_confidential_one_by_the_pseudonym(make: Make) -> None:
    people = contents_of(make(register=[MINA]), [MINA]).people
    assert people[0] == Person("Dam Ltd", 1)
    assert Person("Source A", 1, confidential=True) in people
    assert Person("her office", 1) in people
    assert "Rao" not in str(people)


def test_with_names_the_list_says_that_a_confidential_name_leaves(make: Make) -> None:
    people = contents_of(make(register=[MINA], names=True), [MINA]).people
    assert Person("Mina Rao", 1, confidential=True, by_name=True) in people


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("यमुना में पानी घटा 🌊", "यमुना में पानी घटा"),
        ("  “Bridge”: open/closed? 50% <b>…", "Bridge open closed 50 b"),
        ("../../etc/passwd", "etc passwd"),
        ("-rf *", "rf"),
        ("북한\u202eفتح", "북한 فتح"),
        ("aux", "aux report"),
        ("Nul.", "Nul report"),
        ("🌊🌊", "report"),
        ("", "report"),
        ("Mina Rao speaks: Rao’s files", "Source A speaks Source As files"),
    ],
)
def test_a_title_becomes_a_name_that_every_system_takes(title: str, name: str) -> None:
    assert file_name(title, Mask([MINA])) == name


@given(st.text(max_size=400))
def test_no_title_makes_a_name_that_is_too_long_or_leads_elsewhere(title: str) -> None:
    name = file_name(title, Mask([]))
    assert 0 < len(name.encode()) <= 190
    assert not set(name) & set('/\\:*?"<>|.\0\n')
    assert name == name.strip()
