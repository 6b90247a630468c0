"""Sources in full: who "she", "Park", "the minister", "the company" and "both nations" are."""

import tomllib
from importlib.resources import files

import pytest
from tests.core.suggest.marked import decided

from claimdesk.core.errors import Cancelled
from claimdesk.core.suggest.lexicon import lexicon
from claimdesk.core.suggest.people import People
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
        # pronouns
        ("[Ruth Tallis] {said} <the pier leaned>. Paul Lind, the mayor, left early. [She] {added} <that it creaked>.", "Ruth Tallis"),
        ("[Bo Lind] {said} <the pier leaned>. “Ed Lowe built it badly,” [he] {said} <in May>.", "Bo Lind"),
        ("Paul Lind met Mr. Ed Lowe at the pier. [He] {said} <it leaned>.", "Paul Lind"),
        ("As Bo Lind left the pier, Ed Lowe went in. [He] {said} <it leaned>.", "Ed Lowe"),
        ("[Ed Lowe] {said} <the pier leaned>. It lies on Salmon Row. Wall Street sold. [He] {said} <it creaked>.", "Ed Lowe"),
        ("[Paul Lind] {said} <it leaned>. Ed Lowe’s dog barked. [He] {added} <that it creaked>.", "Paul Lind"),
        # names to the fullest
        ("Bo Arvid Lind built piers. [Bo Lind] {said} <it leaned>.", "Bo Arvid Lind"),
        ("[Pastor Ruth Holt] {said} <it leaned>. Ruth Holt left. [Holt] {added} <that it creaked>.", "Ruth Holt"),
        ("Gloria Santos Pinto won. [Santos Pinto] {said} <it leaned>.", "Gloria Santos Pinto"),
        ("Ruth Tallis, a diver, saw it. Later [Ruth] {said} <it leaned>.", "Ruth Tallis"),
        ("[TALLIS] {said} <it leaned>. Ruth Tallis is a diver.", "Ruth Tallis"),
        ("Finance minister Tonga Moala spoke. [Mr Tonga] {said} <taxes would fall>.", "Tonga Moala"),
        ("[Kim Yong-ho] {said} <the dam held>. [Kim] {added} <that it rained>.", "Kim Yong-ho"),
        ("[Karim al-Haddad] {said} <the dam held>. [Al-Haddad] {added} <that it rained>.", "Karim al-Haddad"),
        ("[Ruben van der Meer] {said} <the dam held>. [Meer] {added} <that it rained>.", "Ruben van der Meer"),
        ("[Łukasz Żółć] {said} <the dam held>. [Żółć] {added} <that it rained>.", "Łukasz Żółć"),
        ("[Mayor Paul Herald] {said} <it leaned>. [Herald] {added} <that it creaked>.", "Paul Herald"),
        ("[Senator Martin Israel] {said} <it leaned>.", "Martin Israel"),
        ("Mark Cuban owns piers. [Cuban] {said} <it leaned>.", "Mark Cuban"),
        ("George Will wrote first. [Will] {argued} <that it leaned>.", "George Will"),
        ("[OK Gov Tallis] {said} <it leaned>. Governor Ruth Tallis left.", "Ruth Tallis"),
        # phrases around a name
        ("[Kent-based Ruth Tallis] {said} <it leaned>.", "Ruth Tallis"),
        ("[Former secretary of state Ruth Tallis] {said} <it leaned>.", "Ruth Tallis"),
        ("[Kent diver and author Ruth Tallis] {said} <it leaned>.", "Ruth Tallis"),
        ("[The finance minister, Ruth Tallis,] {said} <it leaned>.", "Ruth Tallis"),
        ("[One old hand, radio host Ruth Tallis,] {said} <it leaned>.", "Ruth Tallis"),
        ("[Ruth Tallis herself] {said} <it leaned>.", "Ruth Tallis"),
        ("Ruth Tallis dived. [Mrs Tallis delivered] {a warning}: <it leaned>.", "Ruth Tallis"),
        ("[Ruth Tallis’s] {claim} <that it leaned>.", "Ruth Tallis"),
        ("[Ruth Tallis and Bo Lind] {said} <it leaned>.", "Ruth Tallis and Bo Lind"),
        ("Ruth Tallis met Bo Lind. [Neither Tallis nor Lind] {said} <it leaned>.", "Ruth Tallis and Bo Lind"),
        ("[Divers, including Ruth Tallis and Bo Lind of Kent,] {said} <it leaned>.", "Ruth Tallis and Bo Lind"),
        ("[Ruth Tallis and the Harbour Board] {said} <it leaned>.", "Ruth Tallis and Harbour Board"),
        ("Ngozi Adeyi built piers. [Ngozi Adeyi] {said} <it leaned>. Taras Lys left. [She] {added} <that it creaked>.", "Ngozi Adeyi"),
        ("[Park Geun-hye] {said} <it leaned>. Kim Yong-kyun left. [She] {added} <that it creaked>.", "Park Geun-hye"),
        ("[Nguyen Quoc Huy] {said} <it leaned>. Zeynep Kaya left. [He] {added} <that it creaked>.", "Nguyen Quoc Huy"),
        ("[Rajesh Nair] {said} <it leaned>. María Ruiz left. [He] {added} <that it creaked>.", "Rajesh Nair"),
        # what is somebody's
        ("Ruth Tallis dived. [Tallis’s remarks] {suggested} <that it leaned>.", "Ruth Tallis"),
        ("[Ruth Tallis] {said} <it leaned>. [Her campaign] {added} <that it creaked>.", "Tallis campaign"),
        ("The Tallis campaign met. [The campaign] {said} <it leaned>.", "Tallis campaign"),
        ("The Peruvian government met. [The government] {said} <it leaned>.", "Peruvian government"),
        ("Ruth May dived. [May’s remarks] {suggested} <that it leaned>.", "Ruth May"),
        ("Ruth Tallis dived. [Tallis’s letter] {said} <it leaned>.", "Ruth Tallis"),
        # roles
        ("Sen. Ruth Tallis rose. Mayor Bo Lind sat. [The senator] {said} <it leaned>.", "Ruth Tallis"),
        ("[Ruth Tallis] {said} <it leaned>. [The former candidate] {added} <that it creaked>.", "Ruth Tallis"),
        # institutions and writings
        ("[The Committee for a Clean Harbour] {said} <it leaned>.", "Committee for a Clean Harbour"),
        ("[The Department of the Harbour] {said} <it leaned>. [The DH] {added} <that it creaked>.", "Department of the Harbour"),
        ("The Kent Budget Office met. [The budget office] {said} <it leaned>.", "Kent Budget Office"),
        ("[The aid group the Halley Fund] {said} <it leaned>.", "Halley Fund"),
        ("[Halden’s Daily News] {reported} <that it leaned>.", "Daily News"),
        ("Divers were asked by [Gallup], which {said} <most swam>. Most trust [Gallup], {said} <Bo Lind>.", "Gallup"),
        ("[The Halley Fund] {said} <it leaned>. [The group] {added} <that it creaked>.", "Halley Fund"),
        ("[A poll by the Halley Fund] {found} <that most swam>.", "Halley Fund poll"),
        ("[A new Halley/Kent poll] {found} <that most swam>. [The poll] {found} <that few ran>.", "Halley/Kent poll"),
        ("[A report released by the Halley Fund] {found} <that it leaned>.", "Halley Fund"),
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
        "[Welsh officials] {said} <the road was shut>.",
        "[A Kent Liberal] {said} <the road was shut>.",
        "[Many Democrats] {said} <the road was shut>.",
        "[Ruth Tallis supporters] {said} <the road was shut>.",
        "[Reporter:] {asked} <whether the road was shut>.",
        "[10:15 a.m.] {said} <the road was shut>.",
        "[Two-thirds of Kent divers] {said} <the road was shut>.",
        "[Monday’s report] {said} <the road was shut>.",
        "[Sixty-six percent] {said} <the road was shut>.",
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


def test_what_somebody_writes_for_the_public_is_theirs_and_what_leaked_is_a_document() -> None:
    told = "Ruth Tallis, a diver, left early. [Tallis’s {}] {{said}} <it leaned>."
    assert decided(told.format("letter"))[-1][0].person is not None
    assert [decided(told.format(words))[-1][1].level for words in ("letter", "e-mails")] == ["witness", "document"]


@pytest.mark.parametrize("sex", ["she", "he"])
def test_given_names_of_one_pronoun_are_not_those_of_the_other(sex: str) -> None:
    read = tomllib.loads((files("claimdesk.core.suggest") / "names.toml").read_text(encoding="utf-8"))
    listed = read[sex].split()
    assert len(listed) == len(set(listed))
    assert {lexicon().given[name] for name in listed} == {sex}


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


def test_a_long_article_is_not_read_to_its_end_once_nobody_wants_it() -> None:
    asked = []

    def cancelled() -> bool:
        asked.append(True)
        return len(asked) > 5

    with pytest.raises(Cancelled):
        People("Ann Lee met Bo Lind. " * 1000, lexicon(), cancelled)
    assert len(asked) == 6
