"""Who says what, as the tagger finds it and the other rooms of `suggest` read it."""

from dataclasses import dataclass

from claimdesk.core.claim import Spans


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution; `source` and `cue` may be empty, `content` may be in pieces; `confidence` is 0 to 1."""

    content: Spans
    source: Spans
    cue: Spans
    confidence: float
