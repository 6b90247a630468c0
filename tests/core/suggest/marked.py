"""What the suggester makes of a text whose attributions are marked in place."""

from training.marked import read

from claimdesk.core.suggest.learned import weights
from claimdesk.core.suggest.levels import Decision, level_of
from claimdesk.core.suggest.lexicon import lexicon
from claimdesk.core.suggest.sources import Register, Who


def decided(marked: str) -> list[tuple[Who, Decision]]:
    """Who speaks, and the level, of each marked attribution."""
    text, said = read(marked)
    register = Register(text, lexicon())
    found = []
    for one in said:
        who = register.speaker(one)
        found.append((who, level_of(text, one, who, lexicon(), weights())))
    return found
