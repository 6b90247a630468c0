"""Sources in full: who "she", "Park", "the minister", "the company" and "both nations" are."""

import pytest
from tests.core.suggest.marked import decided

from claimdesk.core.suggest.lexicon import lexicon
from claimdesk.core.suggest.sources import Register


def names(marked: str) -> list[str | None]:
    return [who.name for who, _ in decided(marked)]


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("Taylor Reed runs a farm near Leeds. Last week she lost ten sheep. [She] {said} <the dog came at night>.", "Taylor Reed"),
        ("[Taylor Reed] {said} <the dog came at night>. [She] {added} <that ten sheep were gone>.", "Taylor Reed"),
        ("[Police chief Maria Holt] {said} <the road was shut>. [She] {added} <that two cars burned>.", "Maria Holt"),
        ("[Ann Lee], the mayor, {said} <the road was shut>. [Captain Bo Lind] {said} <his men were tired>. [She] {disagreed}: <“No.”>", "Ann Lee"),
        ("[Mayor Park Ji-won] {said} <the tunnel would close>. [Park] {added} <that trains ran on>.", "Park Ji-won"),
        ("[President Li Wen] {said} <the dam held>. [Mr Li] {added} <that nobody drowned>.", "Li Wen"),
        ("[The World Health Organization (WHO)] {said} <the strain was new>. [The WHO] {added} <that tests went on>.", "World Health Organization"),
        ("[The European Space Agency] {said} <the probe was lost>. [ESA] {added} <that another would fly>.", "European Space Agency"),
        ("[Finance Minister Omar Haddad] {said} <taxes would fall>. [The minister] {gave} <no date>.", "Omar Haddad"),
        ("Halden Foods shut a plant. Halden has 90 plants. [The company] {said} <sales fell by half>.", "Halden Foods"),
        ("[Both Moscow and Pyongyang] {have denied} <these claims>.", "Moscow and Pyongyang"),
        ("Peru met Chile in Leeds. [Both nations] {pledged} <to share the water>.", "Peru and Chile"),
        ("The Daily Post found a leak. [The Post] {reported} <that the pipe was old>.", "The Daily Post"),
        ("[The Times] {reported} <that the pipe was old>.", "The Times"),
        ("Asked by [the BBC], which {reported} <that the pipe was old>.", "BBC"),
        ("Ed Lowe said he had locked up. Ida Lowe was asleep. [Mrs Lowe] {said} <the roof leaked>.", "Ida Lowe"),
        ("[A spokesman for Halden Foods] {said} <the plant would close>.", "Halden Foods"),
        ("[Radio Kent's Amy Bell] {asked} <who had the key>. [Bell] {asked} <again>.", "Amy Bell"),
        ("[Halden Foods CEO Jan Novak] {said} <the plant would close>.", "Jan Novak"),
    ],
)  # fmt: skip
def test_a_source_leads_back_to_its_fullest_name(marked: str, name: str) -> None:
    assert names(marked)[-1] == name


@pytest.mark.parametrize(
    "marked",
    [
        "[She] {said} <the road was shut>.",
        "[He] {said} <the road was shut>.",
        "[They] {said} <the road was shut>.",
        "[The minister] {said} <the road was shut>.",
        "Health Minister Ann Lee met Trade Minister Bo Lind. [The minister] {said} <the road was shut>.",
        "[Experts] {say} <the road is unsafe>.",
        "[A resident] {said} <the road was shut>.",
        "[The report] {found} <the road unsafe>.",
    ],
)
def test_who_is_not_told_has_no_name(marked: str) -> None:
    assert names(marked)[-1] is None


@pytest.mark.parametrize(
    ("marked", "level"),
    [
        ("Dana Fox, a Leeds baker, woke at two. [Fox] {said} <the sirens went on for hours>.", "witness"),
        ("Dr Ines Duarte, a professor of law, spoke first. [She] {said} <the clause was void>.", "expert"),
        ("Jan Novak, 61, is a retired plumber. [Novak] {said} <the water tasted of metal>.", "witness"),
        ("[Ida Brandt, a former ambassador to Chile,] {said} <the talks were doomed>.", "expert"),
        ("Sen. Ann Lee (R-N.M.) left early. [Lee] {said} <the vote was a farce>.", "official"),
        ("[Leah Stone — a seismologist at the Halley Institute —] {said} <more shocks would follow>.", "expert"),
        ("[Several survivors] {said} <the doors were locked>. [They] {also said} <nobody had a key>.", "witness"),
    ],
)
def test_a_person_who_is_described_once_stays_so(marked: str, level: str) -> None:
    assert decided(marked)[-1][1].level == level


def test_a_relative_pronoun_stands_for_the_words_before_it() -> None:
    found = decided("The court heard from a nurse [who] {said} <the ward was empty>.")
    assert found[0][0].words == "a nurse"


@pytest.mark.parametrize(
    "words",
    ["Ann Lee ", "Mr. Lowe, the mayor ", "the minister who said ", "Ivo — a man — ", "World Health (WHO) ", "he "],
)
def test_a_hundred_thousand_words_without_a_full_stop_are_read_in_a_few_seconds(words: str) -> None:
    text = words * (100_000 // len(words.split()))
    register = Register(text, lexicon())
    for start in range(0, len(text), 200):
        register.who(text[start : start + 12], start)
