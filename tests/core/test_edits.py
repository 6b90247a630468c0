"""What each verb makes of the claims, the sentence that it says, and what it refuses."""

from dataclasses import replace

import pytest

from claimdesk.core import edits
from claimdesk.core.claim import Article, Claim, Link, LinkKind, Origin, Review, Role, Span, Suggestion
from claimdesk.core.edits import Change, Edge, Edit, Verb
from claimdesk.core.errors import EditError

TEXT = (
    "🛳️ The ferry will stop, the office said. It denied a sale. "
    "नगर निगम ने कहा कि पुल बंद रहेगा। 시장은 다리가 안전하다고 말했다. قال الوزير إن الجسر آمن 👩‍👩‍👧."
)
ARTICLE = Article(TEXT, "T", id=7)


def of(words: str) -> Span:
    """Where `words` stand in the text."""
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def claim(claim_id: int, words: str, review: Review = Review.SUGGESTED, **more: object) -> Claim:
    return replace(Claim(claim_id, 7, (of(words),), review=review, confidence=0.5), **more)  # type: ignore[arg-type]


FERRY = claim(11, "The ferry will stop", source=(of("the office"),), cue=(of("said"),), level="official")
SALE = claim(12, "a sale", level="denial", links=(Link(LinkKind.DENIES, 11),))
BRIDGE = claim(13, "पुल बंद रहेगा", Review.ACCEPTED, level="official", note="ask")
SAFE = claim(14, "다리가 안전하다", Review.DISMISSED)
MINISTER = claim(15, "الجسر آمن", source=(of("الوزير"),), cue=(of("قال"),))
CLAIMS = [FERRY, SALE, BRIDGE, SAFE, MINISTER]


def some(edit: Edit | None) -> Edit:
    assert edit is not None
    assert edit.article_id == 7
    return edit


def after(edit: Edit | None) -> list[Claim | None]:
    return [change.after for change in some(edit).changes]


def content_after(edit: Edit | None, role: Role = Role.CONTENT) -> list[str]:
    """The words of the one claim that an edit changes, piece by piece."""
    (changed,) = after(edit)
    assert changed is not None
    return [span.of(TEXT) for span in changed.spans(role)]


@pytest.mark.parametrize(
    ("edit", "verb", "sentence"),
    [
        (edits.accept(CLAIMS, [11]), Verb.ACCEPT, "Accept claim 1"),
        (edits.accept(CLAIMS, [11, 13, 15]), Verb.ACCEPT, "Accept 2 claims"),
        (edits.accept(CLAIMS, {14}), Verb.ACCEPT, "Accept a dismissed claim"),
        (edits.accept(CLAIMS, edits.still_open(CLAIMS)), Verb.ACCEPT, "Accept 3 claims"),
        (edits.dismiss(CLAIMS, [13]), Verb.DISMISS, "Dismiss claim 3"),
        (edits.reopen(CLAIMS, [13, 14]), Verb.REOPEN, "Reopen 2 claims"),
        (edits.relevel(CLAIMS, [15], "media"), Verb.RELEVEL, "Relevel claim 4 as media report"),
        (edits.relevel(CLAIMS, [11, 12, 13], "denial"), Verb.RELEVEL, "Relevel 2 claims as denial"),
        (edits.set_note(CLAIMS, 12, "पूछो 🙂"), Verb.NOTE, "Note on claim 2"),
        (edits.name_source(CLAIMS, 15, " वज़ीर "), Verb.NAME_SOURCE, "Source of claim 4"),
        (edits.mark(CLAIMS, ARTICLE, 0, 5, "expert"), Verb.MARK, "Mark a claim as expert analysis"),
        (
            edits.set_spans(CLAIMS, ARTICLE, 12, Role.CUE, of("denied").start, of("denied").end),
            Verb.SET_SPANS, "Set the cue of claim 2",
        ),
        (edits.nudge_edge(CLAIMS, ARTICLE, 13, Role.CONTENT, Edge.END, -1), Verb.MOVE_EDGE, "Move the end of claim 3"),
        (edits.take_suggestions(CLAIMS, ARTICLE, []), Verb.SUGGEST, "Suggest 0 claims"),
        (edits.take_suggestions([], ARTICLE, [Suggestion((Span(0, 3),))]), Verb.SUGGEST, "Suggest 1 claim"),
    ],
)  # fmt: skip
def test_each_verb_says_in_a_sentence_what_it_did(edit: Edit | None, verb: Verb, sentence: str) -> None:
    assert (some(edit).verb, some(edit).sentence) == (verb, sentence)


@pytest.mark.parametrize(
    "edit",
    [
        edits.accept(CLAIMS, [13]),
        edits.accept(CLAIMS, []),
        edits.accept([BRIDGE, SAFE], edits.still_open([BRIDGE, SAFE])),
        edits.dismiss(CLAIMS, [14]),
        edits.reopen(CLAIMS, [11]),
        edits.relevel(CLAIMS, [11], "official"),
        edits.set_note(CLAIMS, 13, "ask"),
        edits.name_source(CLAIMS, 11, "  "),
        edits.set_spans(CLAIMS, ARTICLE, 11, Role.CONTENT, of("The ferry will stop").start - 1, of("stop").end),
        edits.take_suggestions([BRIDGE, SAFE], ARTICLE, []),
    ],
)
def test_what_changes_nothing_is_no_edit(edit: Edit | None) -> None:
    assert edit is None


def test_review_changes_the_review_and_nothing_else() -> None:
    assert after(edits.accept(CLAIMS, [11])) == [replace(FERRY, review=Review.ACCEPTED)]
    assert after(edits.dismiss(CLAIMS, [13])) == [replace(BRIDGE, review=Review.DISMISSED)]
    assert after(edits.reopen(CLAIMS, [14])) == [replace(SAFE, review=Review.SUGGESTED)]
    assert some(edits.accept(CLAIMS, edits.still_open(CLAIMS))).claim_ids == (11, 12, 15)


def test_a_reversed_edit_takes_the_changes_back_in_the_other_order() -> None:
    edit = some(edits.accept(CLAIMS, edits.still_open(CLAIMS)))
    assert edit.reversed().changes == tuple(Change(change.after, change.before) for change in edit.changes[::-1])
    assert edit.reversed().reversed() == edit


def test_a_level_that_does_not_exist_is_our_own_mistake() -> None:
    with pytest.raises(KeyError):
        edits.relevel(CLAIMS, [11], "rumour")


def test_a_claim_that_is_no_denial_any_more_denies_nothing_and_undo_links_it_again() -> None:
    confirms = Link(LinkKind.CONFIRMS, 13)
    denial = replace(SALE, links=(*SALE.links, confirms))
    edit = some(edits.relevel([FERRY, denial, BRIDGE], [11, 12], "official"))
    (changed,) = after(edit)
    assert changed is not None
    assert (changed.level, changed.links) == ("official", (confirms,))
    assert edit.reversed().changes == (Change(changed, denial),)


def test_a_claim_keeps_what_it_denies_under_a_level_that_was_not_denial_either() -> None:
    source = replace(FERRY, links=(Link(LinkKind.DENIES, 13),))
    assert [claim and claim.denies for claim in after(edits.relevel([source, BRIDGE], [11], "media"))] == [(13,)]


def test_notes_and_names_are_kept_as_a_desk_can_keep_them() -> None:
    assert after(edits.set_note(CLAIMS, 12, "a\r\nb \0 \ud83d 🙂")) == [replace(SALE, note="a\nb \u2400 \ufffd 🙂")]
    assert after(edits.name_source(CLAIMS, 12, "\t김 \ud83d ")) == [
        replace(SALE, source_name="김 \ufffd", confidence=None)
    ]


def test_marked_words_are_an_accepted_claim_of_a_person_without_the_space_around_them() -> None:
    span = of(" 시장은 ")
    (marked,) = after(edits.mark(CLAIMS, ARTICLE, span.start, span.end, "witness"))
    assert marked == Claim(
        -1, 7, (of("시장은"),), level="witness", review=Review.ACCEPTED, origin=Origin.PERSON, reason="marked by hand"
    )


def test_marking_nothing_is_refused() -> None:
    space = TEXT.index(" The")
    for start, end in ((space, space + 1), (5, 5), (len(TEXT), len(TEXT) + 9)):
        with pytest.raises(EditError, match="Select some words in the article first"):
            edits.mark(CLAIMS, ARTICLE, start, end, "media")


def test_marking_the_words_of_a_claim_again_is_refused_by_its_number() -> None:
    span = of("पुल बंद रहेगा")
    with pytest.raises(EditError, match=r"These words are claim 3 already\. Press a digit"):
        edits.mark(CLAIMS, ARTICLE, span.start, span.end, "media")


def test_words_of_a_dismissed_claim_can_be_marked() -> None:
    span = of("다리가 안전하다")
    assert content_after(edits.mark(CLAIMS, ARTICLE, span.start, span.end, "media")) == ["다리가 안전하다"]


def test_new_source_words_name_the_source() -> None:
    span = of("नगर निगम")
    (changed,) = after(edits.set_spans(CLAIMS, ARTICLE, 13, Role.SOURCE, span.start, span.end))
    assert changed == replace(BRIDGE, source=(span,), source_name="नगर निगम", confidence=None)


@pytest.mark.parametrize(
    ("claim_id", "edge", "words", "content"),
    [
        (11, Edge.START, 1, "ferry will stop"),
        (11, Edge.END, 2, "The ferry will stop, the office"),
        (11, Edge.END, -2, "The ferry"),
        (13, Edge.START, -1, "कि पुल बंद रहेगा"),
        (13, Edge.END, -1, "पुल बंद"),
        (13, Edge.END, 1, "पुल बंद रहेगा। 시장은"),
        (14, Edge.END, 1, "다리가 안전하다고"),
        (14, Edge.END, 2, "다리가 안전하다고 말했다"),
        (15, Edge.START, -2, "الوزير إن الجسر آمن"),
        (15, Edge.END, -1, "الجسر"),
        (15, Edge.START, -99, TEXT[of("The").start : of("آمن").end]),
    ],
)
def test_edges_move_by_whole_words_in_every_script(claim_id: int, edge: Edge, words: int, content: str) -> None:
    assert content_after(edits.nudge_edge(CLAIMS, ARTICLE, claim_id, Role.CONTENT, edge, words)) == [content]


def test_an_edge_at_the_end_of_the_text_stays() -> None:
    assert edits.nudge_edge(CLAIMS, ARTICLE, 15, Role.CONTENT, Edge.END, 1) is None
    assert edits.nudge_edge(CLAIMS, ARTICLE, 11, Role.CONTENT, Edge.START, -1) is None


def test_of_several_pieces_the_outer_edges_move() -> None:
    pieces = replace(FERRY, content=(of("The ferry"), of("stop")))
    assert content_after(edits.nudge_edge([pieces], ARTICLE, 11, Role.CONTENT, Edge.START, 1)) == ["ferry", "stop"]
    assert content_after(edits.nudge_edge([pieces], ARTICLE, 11, Role.CONTENT, Edge.END, 1)) == [
        "The ferry",
        "stop, the",
    ]


def test_an_edge_can_not_pass_the_other() -> None:
    with pytest.raises(EditError, match="The source would be empty"):
        edits.nudge_edge(CLAIMS, ARTICLE, 15, Role.SOURCE, Edge.START, 1)
    with pytest.raises(EditError, match="The content would be empty"):
        edits.move_edge(CLAIMS, 11, Role.CONTENT, Edge.END, of("The").start)


def test_an_edge_of_what_a_claim_does_not_have_is_refused() -> None:
    with pytest.raises(EditError, match="has no source yet"):
        edits.nudge_edge(CLAIMS, ARTICLE, 13, Role.SOURCE, Edge.END, 1)


def test_an_edge_can_be_put_anywhere() -> None:
    place = of("👩").start
    assert content_after(edits.move_edge(CLAIMS, 15, Role.CONTENT, Edge.END, place)) == ["الجسر آمن "]


def test_suggestions_replace_those_that_nobody_reviewed() -> None:
    by_hand = claim(16, "It denied", origin=Origin.PERSON, confidence=None)
    noted = claim(17, "the office", note="who?")
    found = [
        Suggestion(
            (of("The ferry"),), (of("the office"),), (of("said"),), "official", "Office", ("Gazette",), (), 0.5, "said"
        ),
        Suggestion(BRIDGE.content, level="media"),
        Suggestion((of("a sale"),), level="denial", denies=(0, 1)),
    ]
    edit = some(edits.take_suggestions([*CLAIMS, by_hand, noted], ARTICLE, found))
    assert edit.sentence == "Suggest 2 claims"
    assert edit.changes == (
        Change(FERRY, None),
        Change(MINISTER, None),
        Change(SALE, replace(SALE, links=(Link(LinkKind.DENIES, -1), Link(LinkKind.DENIES, BRIDGE.id)))),
        Change(
            None,
            claim(
                -1, "The ferry", source=(of("the office"),), cue=(of("said"),), level="official", source_name="Office",
                via=("Gazette",), confidence=0.5, reason="said",
            ),
        ),
    )  # fmt: skip


def test_what_is_found_again_stays_the_claim_that_it_was() -> None:
    found = [Suggestion(c.content, c.source, c.cue, c.level, denies=(0,) if c is SALE else ()) for c in (FERRY, SALE)]
    assert edits.take_suggestions([FERRY, SALE], ARTICLE, found) is None


def test_a_suggested_link_keeps_its_confidence() -> None:
    found = [
        Suggestion((of("The ferry"),)),
        Suggestion((of("a sale"),), level="denial", denies=(0,), denies_confidence=(0.8,)),
    ]
    edit = some(edits.take_suggestions([], ARTICLE, found))
    assert [change.after.links for change in edit.changes if change.after] == [(), (Link(LinkKind.DENIES, -1, 0.8),)]


def test_what_a_person_changed_is_not_replaced_by_suggesting_again() -> None:
    for edit in (
        edits.relevel(CLAIMS, [FERRY.id], "media"),
        edits.name_source(CLAIMS, FERRY.id, "Harbour office"),
        edits.move_edge(CLAIMS, FERRY.id, Role.CONTENT, Edge.END, FERRY.hull.end - 5),
    ):
        (changed,) = after(edit)
        assert changed is not None
        assert edits.take_suggestions([changed], ARTICLE, []) is None


def test_a_level_given_by_hand_says_so_instead_of_the_programs_reason() -> None:
    suggested = replace(FERRY, reason="cue “said”")
    (changed,) = after(edits.relevel([suggested], [FERRY.id], "media"))
    assert changed is not None
    why = "level set by hand; suggested was official statement: cue “said”"
    assert (changed.reason, changed.confidence) == (why, None)
    (again,) = after(edits.relevel([changed], [FERRY.id], "expert"))
    assert again is not None
    assert again.reason == why


def test_denials_are_set_and_taken_back_by_hand_but_never_of_the_claim_itself() -> None:
    (linked,) = after(edits.set_denied(CLAIMS, FERRY.id, {SALE.id}))
    assert linked is not None
    assert linked.denies == (SALE.id,)
    others = [claim for claim in CLAIMS if claim.id != FERRY.id]
    assert edits.set_denied([linked, *others], FERRY.id, {SALE.id}) is None
    (freed,) = after(edits.set_denied([linked, *others], FERRY.id, set()))
    assert freed is not None
    assert freed.denies == ()
    with pytest.raises(EditError, match="cannot deny itself"):
        edits.set_denied(CLAIMS, FERRY.id, {FERRY.id})


def test_a_claim_that_is_gone_is_one_sentence() -> None:
    with pytest.raises(EditError, match="not there any more"):
        edits.set_note(CLAIMS, 999, "too late")


def test_links_of_reviewed_claims_follow_their_target_or_go_with_it() -> None:
    denial = replace(SALE, review=Review.ACCEPTED)
    edit = some(edits.take_suggestions([FERRY, denial], ARTICLE, [Suggestion(FERRY.content, cue=FERRY.cue)]))
    assert Change(denial, replace(denial, links=(Link(LinkKind.DENIES, -1),))) in edit.changes
    edit = some(edits.take_suggestions([FERRY, denial], ARTICLE, []))
    assert edit.changes == (Change(FERRY, None), Change(denial, replace(denial, links=())))


def test_a_change_of_nothing_has_no_claim() -> None:
    with pytest.raises(ValueError, match="before or after"):
        _ = Change(None, None).claim_id
