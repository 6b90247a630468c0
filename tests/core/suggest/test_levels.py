"""Levels: who stands behind a claim, on many kinds of news, given what is source, cue and content."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.suggest.marked import decided

from claimdesk.core.claim import Span
from claimdesk.core.levels import LEVELS
from claimdesk.core.resources import SAMPLE_ARTICLE
from claimdesk.core.suggest import learned
from claimdesk.core.suggest.attribution import Attribution
from claimdesk.core.suggest.learned import weights
from claimdesk.core.suggest.levels import level_of
from claimdesk.core.suggest.lexicon import lexicon
from claimdesk.core.suggest.sources import NOBODY, Register

WORLD = [
    ("[The foreign ministry] {said} <the envoy had left the capital>.", "official"),
    ("[President Amara Diallo] {announced} <a curfew in three provinces>.", "official"),
    ("[Nairobi] {has accused} its neighbour {of} <sheltering the rebels>.", "official"),
    ("[A spokeswoman for the United Nations] {said} <that the convoy had been turned back>.", "official"),
    ("[The rebels] {said} <they had taken the airport>.", "official"),
    ("[State television] {reported} <that the minister had resigned>.", "media"),
    ("[Local media] {said} <two bridges had collapsed>.", "media"),
    ("[Reuters] {reported} <that the talks would resume in Oman>.", "media"),
    ("[Two diplomats familiar with the talks] {said} <a deal was close>.", "anonymous"),
    ("[A senior official, speaking on condition of anonymity,] {said} <the order came from the palace>.", "anonymous"),
    ("[Analysts] {say} <that the junta is losing ground>.", "expert"),
    ("<“The border is a line on paper,”> {said} [Ines Duarte, a professor of history at the University of Porto].", "expert"),
    ("[The treaty] {states} <that neither side may build bases there>.", "document"),
    ("[Satellite images] {show} <new trenches along the river>.", "document"),
    ("<“We ran when we heard the planes,”> {said} [Halima Yusuf, a mother of four].", "witness"),
    ("[Villagers] {said} <the soldiers came at dawn>.", "witness"),
    ("[The army] {denied} <shelling the market>.", "denial"),
    ("[The prime minister] {dismissed} <the allegations as a smear>.", "denial"),
    ("{It is believed that} <the general fled across the border>.", "speculation"),
    ("There is {speculation that} <the crown prince will return>.", "speculation"),
]  # fmt: skip
CRIME = [
    ("[Police] {said} <a man of 34 had been arrested>.", "official"),
    ("[Detective Inspector Ruth Coyle] {said} <the door had been forced>.", "official"),
    ("[The prosecutor] {told} the court <that the knife was found in a drain>.", "official"),
    ("[His lawyer, Martin Oduya,] {said} <the film was taken from a bus>.", "official"),
    ("[The indictment] {alleges} <that the cashier moved $2 million abroad>.", "document"),
    ("{According to} [court records], <the pair met in 2019>.", "document"),
    ("[CCTV footage] {showed} <a white van at the gate>.", "document"),
    ("[A neighbour] {said} <the shouting went on for an hour>.", "witness"),
    ("<“I still hear the glass break,”> {recalled} [Tom Birch, 52, who was in the queue].", "witness"),
    ("[The defendant] {pleaded} <not guilty>.", "denial"),
    ("<“That is an outright lie,”> [she] {replied}.", "denial"),
    ("[Mr Oduya] {said} <his client had nothing to do with the robbery>.", "denial"),
]  # fmt: skip
SCIENCE = [
    ("[Researchers at the Halley Institute] {found} <that the ice had thinned by a third>.", "expert"),
    ("[The study] {found} <that the ice had thinned by a third>.", "document"),
    ("[Epidemiologists] {warn} <that the strain spreads faster>.", "expert"),
    ("<“The samples surprised us,”> {said} [Mei Tanaka, lead author of the paper].", "expert"),
    ("[The health ministry] {said} <that the vaccine would be free>.", "official"),
    ("[The drug maker] {said} <that it would seek approval in May>.", "official"),
    ("[Three patients] {said} <they had felt dizzy for weeks>.", "witness"),
    ("[Figures from the statistics office] {show} <that births fell by 4 percent>.", "document"),
    ("[A third of the adults asked] {said} <they had skipped a meal>.", "document"),
]  # fmt: skip
SPORT = [
    ("[Coach Paul Denn] {said} <the keeper would miss the final>.", "official"),
    ("[The club] {confirmed} <that the striker would leave in June>.", "official"),
    ("[The league] {fined} <the team for a late start>.", "official"),
    ("[Fans] {complained} <that the gates opened late>.", "witness"),
    ("[A source close to the player] {said} <the move was agreed>.", "anonymous"),
    ("{According to} [the Daily Herald], <the owner wants to sell>.", "media"),
    ("[The goalkeeper] {denied} <that he had taken the call>.", "denial"),
    ("[The federation] {rejected} <a bid to stage the cup>.", "official"),
    ("[The captain] {said} <he had never taken a banned drug>.", "denial"),
]  # fmt: skip
MONEY = [
    ("[The airline] {said} <that 40 flights were cancelled>.", "official"),
    ("[Economists] {expect} <prices to fall by spring>.", "expert"),
    ("[The central bank] {raised} <its forecast to 3 percent>.", "official"),
    ("[Workers] {say} <they were told by text message>.", "witness"),
    ("[A person briefed on the sale] {said} <the price was below $1 billion>.", "anonymous"),
    ("[Some lawmakers] {say} <the tax will be dropped>.", "anonymous"),
    ("[Critics] {would say} <the bank acted too late>.", "speculation"),
    ("<The shop has> {reportedly} <lost half its customers>.", "media"),
    ("{It was unclear whether} <the plant would reopen>.", "unattributed"),
]  # fmt: skip


MORE = [
    ("The quake struck at night. [Elif Kaya] {said} <the wall fell on her bed>.", "witness"),
    ("<“I lost everything,”> {said} [Duc Tran].", "witness"),
    ("[Guitarist Joe Finn] {said} <the band would split>.", "witness"),
    ("[One mother] {said} <her son had not eaten>.", "witness"),
    ("[Kenji Mori, a rice farmer,] {said} <the rain came late>.", "witness"),
    ("[Brazil's president] {said} <the forest would be guarded>.", "official"),
    ("[Sergeant Amy Dunn] {said} <the car hit a wall>.", "official"),
    ("[Volvo] {said} <it would recall 900 cars>.", "official"),
    ("[Glaciologists] {said} <the shelf was thinning>.", "expert"),
    ("[Astronomer Ravi Nair] {said} <the comet would return>.", "expert"),
    ("[An audit] {found} <a hole of $3 million>.", "document"),
    ("[Xinhua] {said} <the bridge was open>.", "media"),
    ("[EKMAN]{:} <Why did nobody ring the bell?>", "media"),
    ("[Sources in Damascus] {said} <the convoy had left>.", "anonymous"),
    ("[The firm] {denies} <any wrongdoing>.", "denial"),
    ("[It] {seems} <that the vaccine works>.", "unattributed"),
    ("[We] {know} <that the well is dry>.", "unattributed"),
]  # fmt: skip


WHO_THEY_ARE = [
    ("[CNBC's Nora Bell] {asked} <where the money had gone>.", "media"),
    ("[The Plain Dealer] {called} the plan <a gamble>.", "media"),
    ("KERR: Did you sign it?\nLOWE: I did not read it.\nKERR: Who told you to?\n[KERR]{:} <Let us move on.>", "media"),
    ("Mr. Guardian won by nine votes. [Paul Guardian] {hopes} <to build a pier>. He leads Guardian's campaign.", "official"),
    ("[Presidential candidate Dr Ines Holm] {said} <the clinics must stay open>.", "official"),
    ("[Fellow presidential hopefuls] {criticised} <the plan>.", "official"),
    ("[The minority leader] {said} <the vote was a farce>.", "official"),
    ("[Tess Moran (D-Harlan)] {said} <the bridge was next>.", "official"),
    ("Moran's campaign has money. Voters know her. [Tess Moran] {said} <the bridge was next>.", "official"),
    ("[An Ohio Democrat] {said} <the race was lost>.", "anonymous"),
    ("[Fellow Democrats] {said} <that she would not last>.", "anonymous"),
    ("[An inside source] {said} <the vault was empty>.", "anonymous"),
    ("[Those around the mayor] {say} <that he sleeps badly>.", "anonymous"),
    ("[A wide array of economists] {say} <that the tax would hurt>.", "expert"),
    ("[Election lawyer Otto Brandt] {said} <the count must be repeated>.", "expert"),
    ("[Otto Brandt, a lawyer in Leeds who specialises in land,] {said} <the deed was void>.", "expert"),
    ("[A lawyer for the family] {said} <the deed was void>.", "official"),
    ("[Lena Falk, another unaligned Republican strategist,] {said} <the ads were late>.", "expert"),
    ("[Harlan Capital portfolio manager Lena Falk] {said} <bonds were dear>.", "expert"),
    ("[One in five] {said} <they had skipped a meal>.", "document"),
    ("[Six out of 10 drivers] {said} <they drove too fast>.", "document"),
    ("[A Bram Falk/Daily Herald tracking poll] {showed} <the race was close>.", "document"),
    ("{According to} [the police summary], <the safe was open>.", "document"),
    ("[17-year-old Jared Moss] {said} <he would vote for the first time>.", "witness"),
    ("[Billionaire Ida Brandt] {said} <she had slept in her car>.", "witness"),
    ("[Mourners] {said} <he had known every child by name>.", "witness"),
    ("[I] {hope} <that the rain stops>.", "unattributed"),
]  # fmt: skip
NO_SOURCE = [
    ("Governor Ann Lee spoke for an hour, {announcing} <a new bridge>.", "official"),
    ("Governor Ann Lee spoke. She left early, {praising} <the nurses>.", "official"),
    ("{Responding to} <the ruling>, Governor Ann Lee shrugged.", "official"),
    ("Voters of Governor Ann Lee rejoice\n{Keeps saying} <the bridge is safe>.", "official"),
    ("Governor Ann Lee met the miners. {Lee's desire} <to close the pit> is old.", "official"),
    ("The bridge {is known for} <its arches>.", "unattributed"),
    ("There were {questions} <about the bridge>.", "unattributed"),
    ("[Governor Ann Lee] {was asked} <whether the bridge is safe>.", "unattributed"),
    ("{Asked} <whether the bridge is safe>, [Governor Ann Lee] shrugged.", "unattributed"),
    ("The bridge {is widely expected} <to fall within a year>.", "speculation"),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "expected"), WHO_THEY_ARE)
def test_the_level_goes_by_what_the_words_and_the_article_tell_of_the_source(marked: str, expected: str) -> None:
    decision = decided(marked)[-1][1]
    assert decision.level == expected, decision.reason


@pytest.mark.parametrize(("marked", "expected"), NO_SOURCE)
def test_without_a_source_the_sentence_s_subject_speaks_where_the_cue_is_something_that_somebody_does(
    marked: str, expected: str
) -> None:
    decision = decided(marked)[-1][1]
    assert decision.level == expected, decision.reason


@pytest.mark.parametrize(("marked", "expected"), WORLD + CRIME + SCIENCE + SPORT + MONEY + MORE)
def test_the_level_follows_from_source_and_cue_on_every_kind_of_news(marked: str, expected: str) -> None:
    [(_, decision)] = decided(marked)
    assert decision.level == expected, decision.reason


@pytest.mark.parametrize(
    ("marked", "reason"),
    [
        ("[The army] {has denied} <shelling the market>.", "cue “has denied” is a denial"),
        ("[Professor Ines Duarte] {said} <the clause was void>.", "cue “said”; source is an expert: “professor”"),
        ("[The foreign ministry] {said} <the envoy had left>.", "source speaks for an institution or holds an office: “ministry”"),
        ("{It is believed that} <the general fled>.", "cue “It is believed that” is a guess, and nobody who could be asked"),
    ],
)  # fmt: skip
def test_the_reason_is_said_in_words(marked: str, reason: str) -> None:
    assert decided(marked)[-1][1].reason == reason


@pytest.mark.parametrize(
    ("source", "cue", "content", "level", "name"),
    [
        ("South Korea's Defense Minister, Kim Yong-kyun", "stated", "North Korea is likely", "official", "Kim Yong-kyun"),
        ("Ukrainian media", "reported", "the deaths of six", "media", "Ukrainian media"),
        ("Kim", "emphasized", "the high probability", "official", "Kim Yong-kyun"),
        ("both nations", "pledged", "mutual support", "official", "Russia and North Korea"),
        ("both Moscow and Pyongyang", "have denied", "these claims", "denial", "Moscow and Pyongyang"),
        ("Experts", "warn", "North Korea's increasing", "expert", None),
        ("Professor Lim Eul-chul from Kyungnam University", "noted", "North Korea's provision", "expert", "Lim Eul-chul"),
        ("", "speculation that", "it may abolish", "speculation", None),
        ("the landmark 1991 North-South Basic Agreement", "characterized", "a 'special relationship", "document", "1991 North-South Basic Agreement"),
    ],
)  # fmt: skip
def test_the_sample_article_has_its_levels_and_names(
    source: str, cue: str, content: str, level: str, name: str | None
) -> None:
    text = SAMPLE_ARTICLE.read_text(encoding="utf-8")
    claimed = Span(text.index(content), text.index(content) + len(content))
    tied, said_by = _before(text, cue, claimed.start), _before(text, source, claimed.start) if source else None
    said = Attribution((claimed,), (said_by,) if said_by else (), (tied,), 1.0)
    who = Register(text, lexicon()).who(source, said_by.start) if said_by else NOBODY
    assert (level_of(text, said, who, lexicon(), weights()).level, who.name) == (level, name)


def _before(text: str, words: str, end: int) -> Span:
    """Where words stand last before `end`."""
    start = text.rindex(words, 0, end)
    return Span(start, start + len(words))


def test_every_level_that_can_be_learned_is_a_level_and_the_weights_survive_being_written() -> None:
    weights = learned.weights()
    assert set(weights.levels) <= {known.slug for known in LEVELS}
    assert learned.from_json(learned.to_json(weights)) == weights
    assert learned.WEIGHTS.stat().st_size < 300_000


def test_traits_that_were_never_seen_say_nothing() -> None:
    weights = learned.weights()
    assert weights.verdict(["head:zyzzyva"]) == weights.verdict([])


@given(st.text(max_size=60), st.text(max_size=20), st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_whatever_is_marked_has_a_level_a_reason_and_a_confidence(source: str, cue: str, content: str) -> None:
    text = source + cue + content
    edges = [0, len(source), len(source) + len(cue), len(text)]
    said, tied, claimed = ((Span(start, end),) if start < end else () for start, end in pairwise(edges))
    who = Register(text, lexicon()).who(source, 0)
    found = level_of(text, Attribution(claimed, said, tied, 1.0), who, lexicon(), weights())
    assert found.level in {known.slug for known in LEVELS}
    assert found.reason
    assert 0 <= found.confidence <= 1
