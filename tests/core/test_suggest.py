"""Suggestions: who says what in an English article, by the only door, `suggest`."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimdesk.core.articles import from_path
from claimdesk.core.claim import Article, Suggestion, hull
from claimdesk.core.levels import LEVELS
from claimdesk.core.page import furniture, title_span
from claimdesk.core.resources import SAMPLE_ARTICLE
from claimdesk.core.suggest import Support, suggest, to_json
from claimdesk.core.text import normalise


def article(text: str, language: str = "en") -> Article:
    clean = normalise(text)
    title = title_span(clean)
    return Article(clean, "A test", language=language, title_span=title, furniture=furniture(clean, title))


def claims(text: str) -> tuple[Suggestion, ...]:
    return suggest(article(text)).claims


def attributed(text: str) -> list[tuple[str, str, str]]:
    """Source, cue and content of each attributed claim, in words."""
    clean = normalise(text)
    return [
        tuple(" … ".join(span.of(clean) for span in spans) for spans in (claim.source, claim.cue, claim.content))  # type: ignore[misc]
        for claim in claims(text)
        if claim.cue
    ]


def level(text: str) -> str:
    """The level of the first attributed claim."""
    return next(claim.level for claim in claims(text) if claim.cue)


def named(text: str) -> list[str | None]:
    return [claim.source_entity for claim in claims(text) if claim.cue]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("“The bridge is safe,” Maria Holt said.", "Maria Holt", "said", "“The bridge is safe,”"),
        ("“The bridge is safe,” said Maria Holt.", "Maria Holt", "said", "“The bridge is safe,”"),
        ('"The bridge is safe," said the mayor on Monday.', "the mayor", "said", '"The bridge is safe,"'),
        ("Maria Holt said: “The bridge is safe.”", "Maria Holt", "said", "“The bridge is safe.”"),
        ("‘We won’t go,’ the farmer told reporters.", "the farmer", "told", "‘We won’t go,’"),
        ("The ministry said that the dam would hold.", "The ministry", "said", "that the dam would hold"),
        ("The ministry said the dam would hold.", "The ministry", "said", "the dam would hold"),
        (
            "According to the port authority, the crane fell at noon.",
            "the port authority",
            "According to",
            "the crane fell at noon",
        ),
        (
            "The crane fell at noon, according to the port authority.",
            "the port authority",
            "according to",
            "The crane fell at noon",
        ),
        ("The dam would hold, the ministry said on Friday.", "the ministry", "said", "The dam would hold"),
    ],
)
def test_the_one_attribution_of_a_sentence_has_its_source_its_cue_and_its_content(
    text: str, source: str, cue: str, content: str
) -> None:
    assert attributed(text) == [(source, cue, content)]


def test_a_quotation_in_two_pieces_is_one_claim_in_two_pieces() -> None:
    assert attributed("“The bridge is safe,” Maria Holt said, “and it will open on Monday.”") == [
        ("Maria Holt", "said", "“The bridge is safe,” … “and it will open on Monday.”")
    ]


def test_a_denial_by_these_claims_denies_the_claim_before_it() -> None:
    first, second = claims(
        "Local media reported that the factory had dumped acid in the river. The company has denied these claims."
    )
    assert (first.level, second.level, second.denies) == ("media", "denial", (0,))


def test_a_denial_in_full_words_denies_the_claim_that_shares_them() -> None:
    found = claims(
        "Residents said that the factory had dumped acid in the river.\n\n"
        "Police said the road stayed closed until Tuesday.\n\n"
        "The company denied that its factory had dumped acid in the river."
    )
    assert found[-1].level == "denial"
    assert found[-1].denies == (0,)


def test_a_family_name_leads_back_to_the_full_name() -> None:
    text = "Police chief Maria Holt said the road was closed. Holt said it would open on Monday."
    assert named(text) == ["Maria Holt", "Maria Holt"]


def test_a_pronoun_leads_back_to_the_person_named_last() -> None:
    text = "Police chief Maria Holt said the road was closed. She said it would open on Monday."
    assert named(text) == ["Maria Holt", "Maria Holt"]


def test_a_korean_family_name_that_stands_first_leads_back_to_the_full_name() -> None:
    text = "Mayor Park Ji-won said the tunnel would be closed. Park said that repairs would take two weeks."
    assert named(text) == ["Park Ji-won", "Park Ji-won"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ukrainian media reported that the depot had burned down.", "media"),
        ("The report found that the beams were rusty.", "document"),
        ("A person familiar with the talks said the deal was close.", "anonymous"),
        ("Two officials said on condition of anonymity that the deal was close.", "anonymous"),
        ("Experts warn that the beams are rusty.", "expert"),
        ("Professor Ann Lowe of Leeds University said the beams were rusty.", "expert"),
        ("A resident said the water came at night.", "witness"),
        ("The foreign ministry said the envoy had left.", "official"),
        ("A spokeswoman for the council said the envoy had left.", "official"),
        ("The company denied that it had dumped acid in the river.", "denial"),
        ("It is believed that the driver fell asleep.", "speculation"),
        ("There is speculation that the coach will leave in June.", "speculation"),
    ],
)
def test_the_level_follows_from_the_source_and_the_cue(text: str, expected: str) -> None:
    assert level(text) == expected


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("Repairs began early, the mayor told a packed hall in Leeds on Monday.", "the mayor", "told", "Repairs began early"),
        ("“I fell,” said Tom Reed, 51, a baker in Leeds.", "Tom Reed, 51, a baker in Leeds", "said", "“I fell,”"),
        ("“I fell,” wrote Tom Reed in a note to friends.", "Tom Reed", "wrote", "“I fell,”"),
        ("KENDAL, England (AP) — The dam held, Ann Lee said.", "Ann Lee", "said", "The dam held"),
        ("Bo Lind apologised but rejected claims of fraud.", "Bo Lind", "rejected", "claims of fraud"),
    ],
)  # fmt: skip
def test_what_stands_around_the_source_is_neither_lost_nor_claimed(
    text: str, source: str, cue: str, content: str
) -> None:
    assert attributed(text) == [(source, cue, content)]


def test_a_quotation_that_is_a_paragraph_of_its_own_goes_on_with_the_speaker() -> None:
    (claim,) = claims("“Nobody asked us,” Maria Holt said.\n\n“Not once. Not ever.”")
    assert len(claim.content) == 2


def test_who_contradicts_an_accusation_in_its_own_words_denies_it() -> None:
    accused, answer = claims(
        "Maria Holt accused the port of dumping toxic sludge near the school.\n\n"
        "Port director Jan Novak said he had never dumped toxic sludge anywhere."
    )
    assert (answer.level, answer.denies) == ("denial", (0,))
    assert accused.level != "denial"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Foreign Minister Ann Lee, who spoke in Paris, said the talks had failed.", "Ann Lee"),
        ("A spokesman for Halden Foods said the plant would close.", "Halden Foods"),
        ("Halden Foods shut a plant. Halden has 90 plants in Kent. The company said sales fell by half.", "Halden Foods"),
        ("Experts say the beams are rusty.", None),
        ("Opposition leaders said the beams were rusty.", None),
        ("Ukrainian media reported that the depot had burned down.", "Ukrainian media"),
        ("The mayor said the road was closed.", None),
    ],
)  # fmt: skip
def test_a_source_has_its_full_name_where_it_has_one(text: str, name: str | None) -> None:
    assert named(text)[-1] == name


def test_a_pronoun_means_the_person_with_whom_the_last_sentence_began() -> None:
    text = "Coach Paul Denn said the goal was offside.\n\nStriker Lee Marsh shrugged. “It was onside,” he said."
    assert named(text) == ["Paul Denn", "Lee Marsh"]


def test_an_assertion_with_a_number_that_names_no_source_is_unattributed() -> None:
    (claim,) = claims("The old bridge in Leeds was closed for 14 months in 2019.")
    assert (claim.level, claim.source, claim.cue) == ("unattributed", (), ())
    assert "a number" in claim.reason


@pytest.mark.parametrize(
    "text",
    ["What happened on the bridge?", "The company declined to comment.", "The ministry did not respond to a request for comment."],
)  # fmt: skip
def test_questions_and_silence_claim_nothing(text: str) -> None:
    assert claims(text) == ()


@pytest.mark.parametrize("language", ["fi", "ja", ""])
def test_an_article_that_is_not_in_english_is_not_supported(language: str) -> None:
    found = suggest(article("Der Bürgermeister sagte, die Brücke sei sicher.", language))
    assert (found.claims, found.support) == ((), Support.NONE)


def test_other_scripts_around_a_sentence_do_not_shift_its_spans() -> None:
    text = "The mayor (市長, महापौर 😀) spoke at noon.\n\n“The bridge is safe 😀,” said 박지원, the mayor. قال\n"
    assert [content for _, _, content in attributed(text)] == ["“The bridge is safe 😀,”"]


def test_the_sample_article_has_fourteen_attributed_claims_at_least_and_a_denial_of_the_missiles() -> None:
    sample = from_path(SAMPLE_ARTICLE).article
    found = suggest(sample).claims
    assert 14 <= sum(bool(claim.cue) for claim in found) <= 17
    (denial,) = (claim for claim in found if claim.level == "denial")
    (denied,) = denial.denies
    assert "missiles" in hull(found[denied].content).of(sample.text)


def test_the_hindi_footer_of_the_sample_is_furniture_and_claims_nothing() -> None:
    sample = from_path(SAMPLE_ARTICLE).article
    assert sample.furniture
    found = suggest(sample).claims
    assert not any(span.overlaps(part) for claim in found for span in claim.content for part in sample.furniture)


def test_as_json_the_claims_have_names_and_spans_as_pairs() -> None:
    text = "Local media reported that the factory dumped acid. The company has denied these claims."
    shape = to_json(article(text), "river", suggest(article(text)))
    assert (shape["id"], shape["language"], shape["text"], shape["title"]) == ("river", "en", text, None)
    assert [claim["id"] for claim in shape["claims"]] == ["c01", "c02"]
    first, second = shape["claims"]
    assert first["source"] == [[0, 11]]
    assert (first["level"], first["denies"]) == ("media", None)
    assert (second["level"], second["denies"], second["may_deny"]) == ("denial", ["c01"], None)
    assert first["denies_confidence"] is None
    assert 0.5 < second["denies_confidence"][0] < 1
    assert set(first) == {
        "id", "content", "source", "cue", "level", "source_entity", "denies", "denies_confidence", "may_deny", "via", "certainty", "manner",
        "confidence", "reason",
    }  # fmt: skip


PIECES = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        "said|that|“|”|\"|'|‘|’|,|.|\n|\n\n|\u2028|:|according to|the minister|Kim|denied|these claims|reports|indicating"
        "|speculation that|it is believed that|he|has|accused|of|😀|👩‍👩‍👧|قال الوزير|मंत्री ने कहा|북한은|?|14|(|)|—|, who".split(
            "|"
        )
    ),
)
TEXTS = st.lists(PIECES, max_size=30).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_spans_lie_trimmed_inside_one_line_of_the_body_of_any_text(text: str) -> None:
    page = article(text)
    skip = page.furniture + ((page.title_span,) if page.title_span else ())
    found = suggest(page)
    for claim in found.claims:
        assert claim.content
        assert claim.level in {known.slug for known in LEVELS}
        for span in claim.content + claim.source + claim.cue:
            words = span.of(page.text)
            assert len(words) == span.end - span.start
            assert words == words.strip()
            assert "\n" not in words
            assert not any(span.overlaps(part) for part in skip)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_denials_point_at_other_claims_and_the_same_text_gives_the_same_claims(text: str) -> None:
    found = suggest(article(text))
    assert found == suggest(article(text))
    for at, claim in enumerate(found.claims):
        assert all(0 <= target < len(found.claims) and target != at for target in claim.denies)


@pytest.mark.parametrize("words", ["said “ ", "the minister said that ", "a, ", "(', ", "they deny, who ", "😀 "])
def test_a_line_of_twenty_thousand_words_comes_to_its_end(words: str) -> None:
    text = (words * (20_000 // len(words.split())))[:400_000]
    assert suggest(Article(normalise(text), "Long", language="en")).support is Support.FULL


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor called the allegations baseless and vowed to stay.", "denial"),
        ("The company said it had no knowledge of the spill.", "denial"),
        ("A judge rejected a request to open the file.", "official"),
        ("Ann Lowe, an expert on dams at the Harbour Institute, said the wall was thin.", "expert"),
    ],
)
def test_what_is_said_and_what_stands_behind_the_name_count_for_the_level(text: str, expected: str) -> None:
    assert level(text) == expected


def test_a_relative_clause_behind_the_name_belongs_to_the_source() -> None:
    ((source, cue, content),) = attributed("Maria Holt, who led the inquiry until May, said the wall was thin.")
    assert source.startswith("Maria Holt")
    assert (cue, content) == ("said", "the wall was thin")


def test_a_second_verb_has_the_source_of_the_first() -> None:
    found = attributed("The ministry said the dam would hold and warned that the river was rising.")
    assert [(source, content) for source, _, content in found] == [
        ("The ministry", "the dam would hold"),
        ("The ministry", "that the river was rising"),
    ]


def test_words_told_to_somebody_begin_behind_the_listener() -> None:
    assert attributed("The mayor told Radio Kent the bridge would open on Monday.") == [
        ("The mayor", "told", "the bridge would open on Monday")
    ]


def test_a_quotation_that_stands_alone_goes_on_with_the_speaker_before_it() -> None:
    assert attributed("“The bridge is safe,” Maria Holt said. “It will open on Monday.”") == [
        ("Maria Holt", "said", "“The bridge is safe,” … “It will open on Monday.”")
    ]
