"""Of a confidential source no byte of a report tells more than the pseudonym, unless its user asks for names."""

import html
import urllib.parse
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.reports.opened import bytes_inside, words

from claimdesk.core.claim import Article, Claim
from claimdesk.core.confidential import Mask, Naming, namings, warning
from claimdesk.core.reports import FORMATS, Report, write
from claimdesk.core.sources import Source, SourceKind

Make = Callable[..., Report]

CANARIES = (
    Source(
        1, "Zoë Quintárez-Holm", SourceKind.PERSON, "deputy lockkeeper", "Weir Trust", ("Pelican", "ज़ोया"), True, "Source A",
    ),
    Source(2, "박하린", SourceKind.PERSON, "수문 관리인", "", ("Park Harin",), True, "Source B"),
    Source(3, "ليلى القمري", SourceKind.UNKNOWN, "", "", (), True, "Falcon"),
    Source(4, "Bureau <of> & “Tides”", SourceKind.INSTITUTION, "", "", (), True, "Office X"),
)  # fmt: skip
OPEN = Source(5, "Mina Rao", SourceKind.PERSON, "minister", pseudonym="Source Z")
SECRETS = (
    "Zoë", "Quintárez", "Quintarez", "Holm", "lockkeeper", "Weir Trust", "Pelican", "ज़ोया", "박하린", "수문 관리인", "Harin",
    "ليلى", "القمري", "Bureau <of>", "“Tides”",
)  # fmt: skip
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")


def bytes_of(words: str) -> set[bytes]:
    """The words as a file might hold them."""
    entities = "".join(f"&#{ord(c)};" for c in words)
    hexadecimal = "".join(f"&#x{ord(c):x};" for c in words)
    written = {words, html.escape(words), entities, hexadecimal, urllib.parse.quote(words), words.replace('"', '""')}
    cased = {form for one in written for form in (one, one.casefold(), one.upper())}
    return {one.encode(encoding) for one in cased for encoding in ENCODINGS}


def found_in(data: bytes) -> list[str]:
    return [secret for secret in SECRETS if any(form in data for form in bytes_of(secret))]


@pytest.fixture
def leaky(claims: list[Claim]) -> list[Claim]:
    """The claims of the small article, with a secret in every field that somebody or the program wrote."""
    denial, witness, official, anonymous, korean = claims
    return [
        replace(denial, source_name="Zoë Quintárez-Holm", reason="source is Zoë Quintárez-Holm, the deputy lockkeeper"),
        replace(
            witness, source_name="박하린", via=("lawyer of PELICAN", "Bureau <of> & “Tides”"), note="=박하린이 said so"
        ),
        replace(official, note="Ask zoe quintarez at the\nWeir Trust; QUINTÁREZ's phone; Park-Harin", via=("ज़ोया",)),
        replace(anonymous, source_name="ليلى القمري", note="وليلى قالت"),
        replace(korean, reason="수문 관리인 knows"),
    ]


@pytest.fixture
def article_of_secrets(article: Article) -> Article:
    return replace(article, filename="interview_holm-박하린.txt")


@pytest.mark.parametrize("ending", FORMATS)
def test_no_byte_of_a_report_tells_of_a_confidential_source(
    make: Make, leaky: list[Claim], article_of_secrets: Article, tmp_path: Path, ending: str
) -> None:
    given_all = {"article": article_of_secrets, "claims": leaky, "checker": "Holm", "suggestions": True}
    write(make(**given_all, register=(*CANARIES, OPEN)), tmp_path / f"masked{ending}")
    text = words(tmp_path / f"masked{ending}")
    assert found_in(bytes_inside(tmp_path / f"masked{ending}")) == []
    assert found_in(text.encode()) == []
    for shown in ("Source A", "Source B", "Falcon", "lawyer of Source A", "Office X", "Mina Rao"):
        assert shown in text
    write(make(**given_all), tmp_path / f"open{ending}")
    assert {"Zoë", "박하린", "ليلى", "Weir Trust"} <= set(found_in(words(tmp_path / f"open{ending}").encode()))


def test_a_source_under_a_pseudonym_is_counted_as_one_without_a_name(make: Make, leaky: list[Claim]) -> None:
    report = make(claims=leaky, register=CANARIES)
    assert [entry.name for entry in report.sources if not entry.is_named] == ["Source B", "Source A", "Falcon"]
    assert len(report.summary.unnamed) == 3
    assert [entry.name for entry in report.sources if entry.is_named] == ["Mina Rao", "환경부"]


def test_what_the_register_says_of_others_names_no_confidential_source_either(make: Make) -> None:
    aide = Source(6, "Mina Rao", SourceKind.PERSON, "aide to Zoë Quintárez-Holm", "Weir Trust")
    told = make(register=(*CANARIES, aide))
    (row,) = [row for row in told.rows if row.source_name == "Mina Rao"]
    (entry,) = [entry for entry in told.sources if entry.name == "Mina Rao"]
    assert (entry.role, entry.affiliation) == (row.role, row.affiliation)
    assert entry.role == "aide to Source A"


def test_only_sources_that_are_confidential_are_hidden() -> None:
    mask = Mask([OPEN])
    assert (mask.hides("Mina Rao"), mask.name("Mina Rao"), mask.words("ask Rao")) == (False, "Mina Rao", "ask Rao")
    assert Mask([]).spans("Mina Rao") == []


@pytest.mark.parametrize(
    "words",
    ["Zoë Quintárez-Holm", "ZOE QUINTAREZ HOLM", "zoë  quintárez‑holm", "Quintárez’s", "Holms", "Quinta\u0301rez", "Ho\u00adlm",
     "Pelican", "ज़ोया", "박하린이", "Park Harin", "وليلى"],
)  # fmt: skip
def test_a_name_is_found_in_every_form_in_which_it_is_written(words: str) -> None:
    mask = Mask(CANARIES)
    assert any(pseudonym in mask.words(f"… {words} 🙂") for pseudonym in ("Source A", "Source B", "Falcon"))
    assert len(mask.spans(f"… {words[0].upper()}{words[1:]} 🙂")) == 1


def test_somebody_of_the_same_surname_keeps_a_name_of_their_own() -> None:
    mask = Mask(
        [*CANARIES, Source(6, "Carlos Holm", SourceKind.PERSON, aliases=("Holm",)), Source(7, "Office of Holm")]
    )
    assert mask.name("Carlos Holm") == "Carlos Holm"
    assert mask.words("Carlos Holm said that Holm and Zoë Quintárez-Holm left") == (
        "Carlos Holm said that Source A and Source A left"
    )
    assert mask.name("Office of Holm") == "Office of Source A"
    assert [span.start for span in mask.spans("Carlos Holm saw Holm")] == [16]


def test_a_declined_russian_name_is_found() -> None:
    mask = Mask([Source(1, "Иван Достоевский", confidential=True, pseudonym="Source A")])
    assert mask.words("письмо Достоевскому, от Достоевского") == "письмо Source A, от Source A"


@pytest.mark.parametrize("words", ["a holm oak", "Holmesburgh", "Zoetrope", "pelicanries", "the Weir Trusts no-one"])
def test_what_only_looks_like_a_part_of_the_name_is_no_place_of_the_published_words(words: str) -> None:
    assert Mask(CANARIES).spans(words) == []


def test_the_places_where_the_published_words_name_a_source_are_told(article: Article) -> None:
    named = replace(
        article, text=article.text.replace("The operator", "Ms Holm, Zoë Quintárez-Holm’s sister,") + " 박하린은 말했다.",
        byline="ZOË QUINTÁREZ", furniture=(), title_span=None, title="Pelican speaks",
    )  # fmt: skip
    places = namings(named, [*CANARIES, OPEN])
    assert [place.where for place in places] == [
        "paragraph 3", "paragraph 3", "paragraph 5", "title", "byline", "byline",
    ]  # fmt: skip
    assert places[0].words.startswith("Ms Holm, Zoë Quintárez-Holm’s sister, denied it")
    assert "6 places" in warning(len(places))
    assert namings(article, [*CANARIES, OPEN]) == []
    assert (warning(0), "1 place," in warning(1)) == ("", True)
    assert namings(replace(article, byline="Pelican"), CANARIES) == [Naming("byline", "Pelican")]


@settings(deadline=None)
@given(st.text(max_size=30), st.text(max_size=30), st.sampled_from(sorted({n for s in CANARIES for n in s.names})))
def test_whatever_stands_around_a_name_it_does_not_stay(before: str, after: str, name: str) -> None:
    mask = Mask(CANARIES)
    assert name not in mask.words(f"{before} {name} {after}")
    assert name not in mask.name(f"{before} {name} {after}")


@settings(deadline=None)
@given(st.text(min_size=1, max_size=12), st.text(max_size=20))
def test_any_name_can_be_hidden_in_any_text(name: str, text: str) -> None:
    source = Source(1, " ".join(name.split()) or "x", aliases=(text[:5] or "y",), confidential=True, pseudonym="⊘")
    assert Mask([source]).name(source.name) == "⊘"
    Mask([source]).words(text)
