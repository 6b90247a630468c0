"""A denial is told by its verb and what that turns down, or by its words; a refusal, an accusation or a doubt is none."""

import pytest
from tests.core.suggest.marked import decided


@pytest.mark.parametrize(
    "marked",
    [
        "[The ferry line] {has strongly denied} <any role in the collision>.",
        "[The baker] {denied} <his part in the brawl in a letter to the court>.",
        "[The dentist] {rebutted} <much of the letter>.",
        "[The rector] {rejected any suggestion that} <the grades had been bought>.",
        "[The trainer] {has angrily pushed back on} <those charges>.",
        "[The studio] {struck down} <rumours that the film was cut>.",
        "[The chemist] {took issue with} <the finding that the soap burns skin>.",
        "[The bank] {disputes} <the sum>.",
        "[The rider] {walked back} <his remarks about the jury>.",
        "[The mayor] {contradicted} <the statement of his deputy>.",
        "[The tailor] {called} <the story a “malicious lie.”>",
        "[The brewery] {called} <the charge “ridiculous.”>",
        "[Ana Moura] {replied} <“That is pure propaganda.”>",
        "[The pianist] {said} <it was a misunderstanding>.",
        "[The guide] {said} <“Nonsense, the rope was new.”>",
        "[The jeweller] {said} <“I disagree with the claim that the stones are glass.”>",
        "[The referee] {said} <“I like the club! I never took money from it.”>",
        "[The owner] {said} <he never, ever touched the till>.",
        "[The agency] {said} <it was not hiding anything>.",
        "[The captain] {said} <neither the crew nor the pilot had ever asked for the money>.",
    ],
)
def test_a_denial_is_told_by_its_verb_or_its_words(marked: str) -> None:
    [(_, decision)] = decided(marked)
    assert decision.level == "denial", decision.reason


@pytest.mark.parametrize(
    "marked",
    [
        "[The court] {denied} <the brothers a second hearing>.",
        "[The referee] {denied} <Lund a late goal>.",
        "[The state] {denied} <protected status to the marsh>.",
        "[The town] {has not denied} <that the well is dry>.",
        "[The town] {could deny} <that the well is dry>.",
        "{There is no denying} <that the well is dry>.",
        "[The singer’s] {refusal to disavow} <the remark of her manager>.",
        "{A long dispute over} <the meadow>.",
        "[The two clubs] {are in a dispute over} <the stand>.",
        "[The heirs] {disagree on} <what the will means>.",
        "[The poet] {disavowed} <an old friend>.",
        "[The union] {rejected} <the offer>.",
        "[The town] {rejected} <this proposal>.",
        "[The critic] {dismissed} <those two plays>.",
        "[The cook] {says} <she is being denied the chance to work>.",
        "[They] {uttered} <words that turned out to be untrue>.",
        "[The figures] {appear} <to be fabricated>.",
        "[Rosa Lind] {accused} <the firm of fabricated bills>.",
        "[The vendor] {repeated} <a false claim that the pan was silver>.",
        "[The coach] {says} <it’s never too late to train>.",
        "[The coach] {says} <he has never been fitter>.",
        "[Tom Birch] {said} <“I have never voted in my life.”>",
        "[The clerk] {said} <“If they did not take part, they need not pay.”>",
        "[The jury] {found} <the cashier not guilty>.",
        "[The boxer] {said} <“I am not hiding the fact that I was afraid.”>",
        "[The painter] {asked for} <help against the firm’s propaganda films>.",
    ],
)
def test_what_only_looks_like_a_denial_is_none(marked: str) -> None:
    [(_, decision)] = decided(marked)
    assert decision.level != "denial", decision.reason
