"""Levels: who stands behind a claim, on many kinds of news, given what is source, cue and content."""

import pytest
from tests.core.suggest.marked import decided

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


@pytest.mark.parametrize(("marked", "expected"), WORLD + CRIME + SCIENCE + SPORT + MONEY)
def test_the_level_follows_from_source_and_cue_on_every_kind_of_news(marked: str, expected: str) -> None:
    [(_, decision)] = decided(marked)
    assert decision.level == expected, decision.reason
