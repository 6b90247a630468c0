"""Who says what: the attributions of a text, each with its content, source and cue."""

from dataclasses import dataclass

from claimdesk.core.claim import Spans


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution; `source` and `cue` may be empty, `content` may be in pieces; `confidence` is 0 to 1."""

    content: Spans
    source: Spans
    cue: Spans
    confidence: float
