"""Denials point at what they deny, over many small articles; a tempting claim that is not denied stays without a link.

The articles are marked by hand: [source] <cue> {content}, {! content} for a denial, [she = Ann Lee] for a source that
stands for somebody, | between two claims, ¶ between two paragraphs.
"""

import json
import time
from dataclasses import replace

import pytest
import regex

from claimdesk.core.claim import Span, Suggestion
from claimdesk.core.resources import SAMPLE_ARTICLE
from claimdesk.core.suggest.denials import WORTH_A_LOOK, contradicts, resolved

MARK = regex.compile(
    r"\[(?P<source>[^]=]+?)(?: = (?P<entity>[^]]+))?]|<(?P<cue>[^>]+)>|\{(?P<denial>! )?(?P<content>[^}]+)}"
)


def read(marked: str) -> tuple[str, list[Suggestion]]:
    """The plain text of a marked article and its claims in text order."""
    text, claims = "", []
    for part in regex.split(r"\s*(?=[|¶])", marked):
        body = part.lstrip("|¶ ")
        if text:
            text += "\n\n" if part.startswith("¶") else " "
        spans: dict[str, list[Span]] = {"source": [], "cue": [], "content": []}
        entity, level, place = None, "unattributed", 0
        for match in MARK.finditer(body):
            text += body[place : match.start()]
            place = match.end()
            role = next(role for role in spans if match[role])
            spans[role].append(Span(len(text), len(text) + len(match[role])))
            text += match[role]
            entity = match["entity"] or entity
            level = "denial" if match["denial"] else "official" if role == "source" and level != "denial" else level
        text += body[place:]
        if spans["content"]:
            content, source, cue = (tuple(spans[role]) for role in ("content", "source", "cue"))
            claims.append(Suggestion(content, source, cue, level, entity))
    return text, claims


def links(marked: str) -> list[tuple[int, ...]]:
    """What each denial of a marked article denies."""
    text, claims = read(marked)
    found = resolved(text, claims)
    assert all(claim.denies == () for claim in found if claim.level != "denial")
    return [claim.denies for claim in found if claim.level == "denial"]


@pytest.mark.parametrize(
    ("article", "denied"),
    [
        pytest.param(
            "The river at Ostley turned green last week. | [Local media] <reported> {that the tannery had dumped dye at night}."
            " | [The tannery] <has denied> {! these claims}.",
            (0,), id="these claims",
        ),
        pytest.param(
            "[Maria Holt] <accused> {the port of dumping sludge} near the school. | [Police] <said> {the road was closed until noon}."
            " ¶ [The port] <rejected> {! the accusation} on Friday.",
            (0,), id="the accusation reaches past a claim that accuses nobody",
        ),
        pytest.param(
            "[Residents] <said> {that the mill had burned plastic in its ovens}. ¶ [The council] <said> {a vote would follow in June}."
            " ¶ [The owners] <denied> {! that the mill had burned any plastic in its ovens}.",
            (0,), id="in full words, two paragraphs on",
        ),
        pytest.param(
            "[Fans] <claimed> {that stewards had locked the gates}, a charge | [the club] <denied> {! it}.",
            (0,), id="it, in the same sentence",
        ),
        pytest.param(
            "[Two former nurses] <said> {the ward was left without a doctor for nine nights}. | [They] <described> {patients who waited"
            " until dawn}. | [The hospital] <called> {! the allegations baseless}.",
            (0, 1), id="the allegations are several claims of one side",
        ),
        pytest.param(
            "[Anna Brandt] <accused> {the skater Ivo Lund of taking pills} before the final. | [Lund = Ivo Lund] <said> {! he had never"
            " taken a pill in his life}.",
            (0,), id="an accusation and the answer of the accused",
        ),
        pytest.param(
            "[The union] <argues> {the new rota breaks the law}. | [Judge Pia Moss] <rejected> {! that argument}.",
            (0,), id="that argument",
        ),
        pytest.param(
            "[A study] <found> {that the vaccine stays in the blood for 90 days}. ¶ [The maker] <said> {! the report was wrong"
            " because the vaccine is gone from the blood after three days}.",
            (0,), id="the report, with other figures",
        ),
        pytest.param(
            "[The minister] <said> {crime had doubled in the north}. ¶ [The opposition] <said> {schools needed teachers}."
            " ¶ [Statisticians] <disputed> {! the minister's claim that crime had doubled in the north}.",
            (0,), id="shared words with a named claim",
        ),
        pytest.param(
            "[Ukrainian officials] <said> {that Minsk had sent drones over the border}. | [Belarus] <denied> {! any involvement}.",
            (0,), id="a capital stands for its country",
        ),
        pytest.param(
            "[Greta Falk] <alleged> {that the bakery chain Korn used old eggs}. | [Korn] <denies> {! any wrongdoing}.",
            (0,), id="any wrongdoing",
        ),
        pytest.param(
            "[The coach] <said> {that the league had paid the referee}. ¶ [The mayor] <said> {the pool would open in May}. ¶ [The league]"
            " <denied> {! any part in paying a referee}.",
            (0,), id="any part in something, by whom the claim calls the league",
        ),
        pytest.param(
            "[Nurse Lea Horn] <said> {the clinic hid the deaths}. | [The clinic] <rejected> {! that claim in a letter to parents}.",
            (0,), id="that claim in a letter",
        ),
        pytest.param(
            "[The Herald] <reported> {that coach Dan Ferry would leave in June}. | However, [Ferry = Dan Ferry] <said> {! that was not"
            " true}.",
            (0,), id="that was not true",
        ),
        pytest.param(
            "[Lina Sato] <said> {the band had stolen her melody}, but | [singer Tom Ek] <said> {! the band had written the melody"
            " itself in 1998}.",
            (0,), id="but, and shared words",
        ),
        pytest.param(
            "[The watchdog] <accused> {Belmar Bank of hiding losses in its Dublin branch}. ¶ [Analysts] <said> {the shares were cheap}."
            " ¶ [Belmar Bank] <said> {! it had hidden no losses in Dublin or anywhere}.",
            (0,), id="a contradiction two claims on",
        ),
        pytest.param(
            "[The mayor] <denied> {! that the bridge money had gone to his brother}. ¶ [An auditor] <had written> {that the bridge"
            " money had gone to the brother of the mayor}.",
            (1,), id="what is denied is told only behind it",
        ),
        pytest.param(
            "[Farmers] <describe> {the levy as a theft}. | [Some of Falk's rivals] <call> {it a gift to the rich}. | [Minister Greta"
            " Falk] <has disputed> {! both criticisms}.",
            (0, 1), id="both, also of people who are named by whom they stand against",
        ),
        pytest.param(
            "[The customs office] <said> {that Olga Brandt had hidden the furs}. ¶ [The mayor] <said> {the fair would open}. | [Brandt ="
            " Olga Brandt] <said> {! she had nothing to do with it}.",
            (0,), id="nothing to do with it",
        ),
        pytest.param(
            "[A magazine] <alleged> {that the label had bought clicks}, which | [the label] <denied> {! which}.",
            (0,), id="which",
        ),
        pytest.param(
            "[Miners] <criticised> {the firm Dorn for unsafe shafts}. ¶ [Dorn] <said> {! the shafts pass every test}.",
            (0,), id="an answer right behind the criticism of who answers",
        ),
        pytest.param(
            "The ferry sank in calm water in 1994. | [The line] <disputes> {! this}.",
            (), id="no claim is marked that could be meant",
        ),
        pytest.param(
            "{The ferry sank in calm water in 1994}. | [The line] <disputes> {! this}.",
            (0,), id="this is the article's own assertion",
        ),
    ],
)  # fmt: skip
def test_a_denial_is_linked_to_what_it_denies(article: str, denied: tuple[int, ...]) -> None:
    assert links(article) == [denied]


@pytest.mark.parametrize(
    "article",
    [
        pytest.param(
            "[The lab] <said> {samples would arrive on Monday}. ¶ The weather was mild all week. Trains ran on time and the shops were"
            " full. ¶ [Owner Jon Pell] <denied> {! that his dog had bitten a postman}.",
            id="nothing before it is about that",
        ),
        pytest.param(
            "[Rosa Lind] <said> {it was a mistake to use the old engine}, but | [she = Rosa Lind] <denied> {! that she had broken"
            " the safety rules}.",
            id="her own words are not what she denies",
        ),
        pytest.param(
            "[Trainer Sam Ode] <said> {the horse had a cold}. | [He] <denied> {! having raced it while it was ill}.",
            id="a pronoun may be the speaker before",
        ),
        pytest.param(
            "[The ministry] <said> {exports rose by a tenth}. ¶ [The ministry] <denied> {! reports of a shortage of grain}.",
            id="the same institution",
        ),
        pytest.param(
            "[The Kremlin] <said> {talks would resume in May}. ¶ [Moscow] <denied> {! any role in the blackout}.",
            id="two names of one government are not two speakers, at least not opponents",
        ),
        pytest.param(
            "[Farmers] <hope> {for rain}. ¶ The fair drew 4,000 visitors. The pies won a prize. ¶ [The brewer] <rejected> {! claims"
            " that its water came from the town well}.",
            id="claims that nobody in the article makes",
        ),
        pytest.param(
            "[Paul Reuter] <denied> {! that he had met the envoy}. | [Envoy Kim Sol] <denied> {! it too}.",
            id="two denials do not deny each other",
        ),
        pytest.param(
            "[Bus drivers] <said> {the depot was cold}. ¶ The council met on Tuesday. It heard three reports. It voted at nine. ¶"
            " [The council] <dismissed> {! speculation about a merger with its neighbour}.",
            id="speculation about something else",
        ),
        pytest.param(
            "[Nell Marsh] <said> {the city library would close in the city centre}. ¶ [Tomas Berg] <said> {the city pool was full}."
            " ¶ The night was quiet. No arrests were made. The streets were empty. ¶ [The city] <denied> {! that it had hired the guards}.",
            id="one frequent word is no link",
        ),
        pytest.param(
            "[Critics] <said> {the museum paid too much for the vase}. ¶ [The director of the museum] <walked back> {! his words about"
            " what the museum paid for the vase}.",
            id="what somebody takes back are their own words",
        ),
        pytest.param(
            "[Rita Vale] <said> {the school needs a roof}. ¶ [Ben Okoro] <said> {the gym needs paint}. ¶ [The head teacher] <rejected>"
            " {! Nils Aker's claim that pupils were beaten}.",
            id="the claim of somebody who is not quoted",
        ),
        pytest.param(
            "[The vet] <said> {the cow was old}. ¶ Milk prices fell. Feed was dear. The dairy closed its shop. ¶ [The dairy] <denied> {! any"
            " wrongdoing}.",
            id="any wrongdoing, and nobody accuses",
        ),
        pytest.param(
            "[The vet] <said> {the cow was old}. | [Karl Roos] <denied> {! any role in the theft of the tractor}.",
            id="any role in something else, right behind",
        ),
        pytest.param(
            "[Ida Moen] <said> {the choir sang well in Bergen}. ¶ [Bergen choir leader Per Dahl] <says> {! nobody was paid to sing}.",
            id="a place and a word in common",
        ),
        pytest.param(
            "[Tilda Ros] <said> {Ferro had not bought the old boat}. ¶ [Ferro] <denied> {! that he had bought the old boat}.",
            id="what says the same is not denied",
        ),
        pytest.param(
            "[You] <could think> {that Ferro painted the old boat}. ¶ [Ferro] <denied> {! that he had painted the old boat}.",
            id="what the reader might think is nobody's claim",
        ),
        pytest.param(
            "[He] <said> {the pond and the meadow had been sold}. ¶ [He] <denied> {! that the pond and the meadow had been given away}.",
            id="he and he may be one",
        ),
        pytest.param("[The airline] <denied> {! these claims}.", id="nothing before it at all"),
    ],
)  # fmt: skip
def test_a_denial_of_what_the_article_does_not_tell_has_no_link(article: str) -> None:
    assert not any(links(article))


def test_who_contradicts_an_accusation_in_its_own_words_denies_it_without_a_verb_that_says_so() -> None:
    text, claims = read(
        "[Maria Holt] <accused> {the chemist Jan Novak of dumping toxic sludge near the school}. ¶"
        " [Novak = Jan Novak] <said> {he had never dumped toxic sludge anywhere}."
    )
    accused, answer = resolved(text, claims)
    assert (accused.level, answer.level, answer.denies) == ("official", "denial", (0,))
    assert "contradicts" in answer.reason
    assert contradicts(text, claims[1], claims[0])
    assert not contradicts(text, claims[0], claims[1])


@pytest.mark.parametrize(
    "article",
    [
        "[Maria Holt] <praised> {Jan Novak for a clean school yard}. | [Novak = Jan Novak] <said> {he had not only swept the school yard"
        " but painted it}.",
        "[Jan Novak] <said> {he would sell the farm}. | [Novak = Jan Novak] <said> {he had never wanted to sell the farm}.",
        "[A poll] <found> {that Ella Roth would win the north}. | [Ella Roth] <said> {she had no plans for the summer}.",
        "[Maria Holt] <said> {Jan Novak did not pay the toll}. | [Jan Novak] <said> {he did not pay the toll}.",
    ],
)
def test_an_answer_that_only_sounds_like_a_contradiction_keeps_its_level(article: str) -> None:
    assert links(article) == []


def test_the_denial_of_the_sample_article_is_of_the_missiles() -> None:
    text = SAMPLE_ARTICLE.read_text(encoding="utf-8")
    missiles, claims = "North Korean missiles may have been deployed in Ukraine", "these claims"
    spans = {words: Span(text.index(words), text.index(words) + len(words)) for words in
             (missiles, claims, "previous reports", "have indicated", "both Moscow and Pyongyang", "have denied",
              "more soldiers are expected to be deployed to support Russia's military operations", "Kim emphasized")}  # fmt: skip
    of = [
        Suggestion((spans["more soldiers are expected to be deployed to support Russia's military operations"],),
                   (spans["Kim emphasized"],), (), "official", "Kim Yong-kyun"),
        Suggestion((spans[missiles],), (spans["previous reports"],), (spans["have indicated"],), "media"),
        Suggestion((spans[claims],), (spans["both Moscow and Pyongyang"],), (spans["have denied"],), "denial"),
    ]  # fmt: skip
    assert resolved(text, of)[2].denies == (1,)


def test_a_link_has_a_confidence_and_a_second_denial_in_one_breath_has_the_same() -> None:
    text, claims = read(
        "[Fans] <claimed> {that stewards had locked the gates}. | [The club] <denied> {! these claims}. | [It] <called> {! all of"
        " that a smear by people with nothing better to do}."
    )
    claimed, denied, again = resolved(text, claims)
    assert claimed.denies_confidence == ()
    assert 0.5 < denied.denies_confidence[0] < 1
    assert again.denies_confidence == denied.denies_confidence


def test_what_points_at_a_claim_in_its_words_too_is_surer_than_what_only_points_at_it() -> None:
    bare = "[Fans] <claimed> {that stewards had locked the gates}. | [The club] <denied> {! these claims}."
    alike = bare.replace("{! these claims}", "{! these claims that stewards had locked the gates}")
    (low,), (high,) = (resolved(*read(article))[1].denies_confidence for article in (bare, alike))
    assert low < high


def test_a_claim_that_too_little_speaks_for_is_told_and_not_linked() -> None:
    text, claims = read(
        "[Nell Marsh 마쉬] <accused> {the mill 😀 of closing the old library}. ¶ The night was quiet. ¶"
        " [The city] <denied> {! that it had hired the guards}."
    )
    _, denial = resolved(text, claims)
    assert (denial.denies, denial.denies_confidence) == ((), ())
    ((place, confidence),) = denial.may_deny
    assert place == 0
    assert WORTH_A_LOOK <= confidence < 0.5


def test_no_claims_give_no_links() -> None:
    assert resolved("", []) == []


def test_thousands_of_denials_take_time_in_proportion() -> None:
    one = "[Bo Lind] <said> {the mill %d had burned plastic}. | [Mill %d] <denied> {! that it had burned plastic}. ¶ "
    taken = []
    for many in (300, 1200):
        text, claims = read("".join(one % (number, number) for number in range(many)))
        began = time.process_time()
        resolved(text, claims)
        taken.append(time.process_time() - began)
    assert taken[1] < 8 * taken[0] + 0.2, json.dumps(taken)


def test_a_second_denial_in_one_breath_denies_what_the_first_did() -> None:
    denied = links(
        "[Fans] <claimed> {that stewards had locked the gates}. | [The club] <denied> {! these claims}. | [It] <called> {! all of"
        " that a smear by people with nothing better to do}."
    )
    assert denied == [(0,), (0,)]


def test_who_goes_on_to_say_that_something_was_not_so_goes_on_denying() -> None:
    text, claims = read(
        "[Fans] <claimed> {that stewards had locked the gates}. | [The club] <denied> {! these claims}. | [It] <said> {there never"
        " was a lock on them}. | [It] <said> {the next match was on Sunday}."
    )
    _, _, second, last = resolved(text, claims)
    assert (second.level, second.denies, last.level) == ("denial", (0,), "official")
    assert "goes on with the denial" in second.reason


@pytest.mark.parametrize(
    "goes_on",
    [
        "[It] <said> {it does not like the colour of the new seats}",
        "[Coach Ida Moen] <said> {there never was a lock on them}",
        "[It] <said> {it was not only sorry but ashamed}",
    ],
)
def test_not_everything_behind_a_denial_goes_on_with_it(goes_on: str) -> None:
    text, claims = read(
        "[Fans] <claimed> {that stewards had locked the gates}. | [The club] <denied> {! these claims}. | "
        + goes_on
        + "."
    )
    assert resolved(text, claims)[2].level == "official"


def test_rumours_that_are_denied_are_the_speculation_and_not_what_others_said_before() -> None:
    text, read_claims = read(
        "[Prado] <said> {he left with pride}. | [He = Prado] <insisted> {the team had believed in him}. | There is <speculation> "
        "{that Adeyemi could return}. | [His agent] <dismissed> {! the rumours}."
    )
    claims = [replace(one, level="speculation") if not one.source else one for one in read_claims]
    assert resolved(text, claims)[-1].denies == (2,)


def test_the_reports_that_are_denied_are_those_of_who_reported_and_not_the_mayors_words() -> None:
    (denied,) = links(
        "[Mayor Ayse Demir] <said> {the dam held}. | [she = Ayse Demir] <told> reporters {nobody was hurt}. ¶ "
        "[Residents] <reported> {cracks in two pillars}. | [The contractor] <denied> {! the reports}."
    )
    assert denied == (2,)
