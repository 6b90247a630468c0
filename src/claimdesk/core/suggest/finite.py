"""Which words can be a finite verb, by small lists and endings: enough to tell a clause from a fragment."""

from claimdesk.core.suggest.lexicon import Lexicon

AUXILIARIES = frozenset(
    "is are was were am has have had does do did will would shall should can could may might must isn't aren't wasn't weren't "
    "hasn't haven't hadn't doesn't don't didn't won't wouldn't can't couldn't shouldn't mustn't cannot".split()
)
"""Verbs that are finite wherever they stand, in lower case with straight apostrophes."""
_PASTS = frozenset(
    "beat became began bent bet bit bled blew bought broke brought built burnt came caught chose clung cost crept cut dealt drank drew "
    "drove ate fell fed fought fled flew forbade forgot froze gave got grew held hid hit hurt kept knew laid led left lent lit lost "
    "made meant met paid put quit ran rang rode rose said sang sank sat saw sent set shook shot shrank shut slept slid sold sought "
    "spent split spoke spread sprang stole stood struck stuck swam swept swore swung taught threw told took tore understood woke "
    "won wore wound wrote went overtook withdrew outsold overcame undertook".split()
)
_THIRDS = frozenset(
    "remains follows contains includes involves requires means makes takes gives gets goes comes becomes begins runs holds keeps "
    "leads brings shows allows provides serves employs produces costs owns lies stands sits lives works stays belongs consists "
    "exists covers faces marks plays opens closes ends starts operates carries represents causes creates uses receives pays sells "
    "buys builds grows falls rises exceeds accounts depends differs dates measures weighs attracts bans limits binds gives "
    "offers hosts houses imports exports handles treats affects separates links joins leaves arrives appears seems needs wants "
    "tends continues consumes generates supplies spans stretches borders applies governs prohibits permits obliges".split()
)
_MOVES = frozenset(
    "died arrived happened occurred collapsed expired jumped climbed dropped increased decreased declined worked lived remained opened "
    "closed started ended resigned retired voted failed appeared disappeared crashed exploded erupted returned landed graduated "
    "moved merged dipped surged soared plunged tumbled slipped slowed doubled tripled halved gained peaked rallied shifted "
    "differed existed consisted belonged depended lasted traveled travelled stayed served competed participated agreed responded "
    "converged migrated escaped finished succeeded debuted premiered drowned".split()
)
"""Past forms that need no object: "prices jumped by 5%" is a clause, "a deal signed in June" is none."""
_PREPOSITIONS = frozenset(
    "in on at by during for from to with of into near under after before between against across through as about last this monday "
    "tuesday wednesday thursday friday saturday sunday yesterday earlier".split()
)
_NO_VERB_BEHIND = frozenset(
    "the a an of by with its his her their our my your this that these those no every each some any most more newly highly".split()
)
_NOT_PAST = frozenset(
    "need seed speed breed indeed united hundred red bed shed sacred naked wicked aged beloved ted fed led embed exceed proceed "
    "succeed agreed-upon alleged so-called feed weed deed greed creed bleed".split()
)


def is_finite(low: str, before: str, behind: str, words: Lexicon) -> bool:
    """Whether the word `low` is a finite verb between the words `before` and `behind` (lower case, straight apostrophes).

    Conservative: a form that may also be a participle or a noun counts only where its neighbours speak for the verb.
    """
    if low in AUXILIARIES or low.endswith(("'re", "'ve", "'ll", "n't")):
        return True
    if before in _NO_VERB_BEHIND or not before:
        return False
    if low in _PASTS or low in _THIRDS:
        return True
    verb = words.verbs.get(low)
    if verb is not None and verb.form == "third":
        return behind in _NO_VERB_BEHIND or behind in {"to", "how", "what", "whether", "against", "out"}
    if low.endswith("ed") and len(low) > 4 and low not in _NOT_PAST:
        if before.endswith(("'s", "s'")):
            return False
        return low in _MOVES or (bool(behind) and behind not in _PREPOSITIONS and behind[0].isalnum())
    return False
