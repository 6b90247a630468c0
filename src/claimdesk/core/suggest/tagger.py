"""Who says what: the learned tagger that finds the attributions of a text, each with its content, source and cue.

A small encoder reads a window of whole lines once; its cue head tags the words that tie a claim to a source, and a role
head then reads the window for each cue and tags the source and the content that belong to it. So what belongs together is
found, not guessed from nearness: a source can have several contents, contents can be nested or in pieces, and a source
can be missing. See docs/model-card.md for data, figures and limits; training/ makes the weights.
"""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby
from math import exp
from pathlib import Path
from threading import Lock
from typing import Any

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # for an onnxruntime that somebody put in place of the one that is asked for

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from claimdesk.core.claim import Span, Spans
from claimdesk.core.errors import Cancelled
from claimdesk.core.resources import RESOURCES
from claimdesk.core.suggest.attribution import Attribution
from claimdesk.core.suggest.edges import bare_cue, tidy, without_times
from claimdesk.core.suggest.wanted import never, while_wanted
from claimdesk.core.suggest.windows import FIRST, LAST, Window, windows

onnxruntime.disable_telemetry_events()

Scores = npt.NDArray[np.float32]
Range = tuple[int, int]

MODEL = RESOURCES / "model"
CALIBRATION = "calibration.json"
OUTSIDE, SOURCE, CONTENT = 0, 1, 3
"""Tags of the role head; the tag behind SOURCE or CONTENT goes on with it."""
EAGER_CUES, EAGER_ROLES = 1.0, 0.5
"""What is taken off the logarithm for a piece outside of all cues, or roles: more is found, and the confidence sorts it out."""
EAGER_SOURCE = 1.0
"""What is put on the logarithm for a source where none was found: in a text of news there mostly is one."""
FLOOR = 0.2
"""Below this confidence nothing is suggested. All four were chosen on PolNeAR's dev articles."""
_IMPOSSIBLE = -1e9
_MOVES = np.zeros((5, 5), dtype=np.float32)
"""What a tag may be followed by: only a role that has begun can go on."""
for _goes_on in (SOURCE + 1, CONTENT + 1):
    _MOVES[[tag for tag in range(5) if tag not in {_goes_on - 1, _goes_on}], _goes_on] = _IMPOSSIBLE


class Tagger:
    """The model, loaded; one of them serves a whole program, one call at a time."""

    def __init__(self, folder: Path = MODEL) -> None:
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self._reader = _session(folder / "reader.onnx")
        self._relater = _session(folder / "relater.onnx")
        self._calibration: dict[str, float] = json.loads((folder / CALIBRATION).read_text(encoding="utf-8"))

    def attributions(
        self, text: str, lines: Sequence[Span], *, cancelled: Callable[[], bool] = never
    ) -> Iterator[Attribution]:
        """The attributions in `lines` of a text in the order of their cues; no span of them reaches over a line break.

        Asks `cancelled` before each window, which takes some 50 ms, and raises Cancelled if it says so.
        """
        for window in while_wanted(windows(text, lines, self.tokenizer, cancelled=cancelled), cancelled):
            yield from self.read(text, window)

    def read(self, text: str, window: Window, cancelled: Callable[[], bool] = never) -> list[Attribution]:
        """The attributions of one window in the order of their cues; raises Cancelled if `cancelled` says so."""
        if not any(text[start].isalpha() for start, _ in window.places):
            return []  # a row of signs, which claims nothing however long it is
        found = [
            Attribution(content, source, cue, self._confidence(told))
            for content, source, cue, told in while_wanted(self.scored(text, window, cancelled), cancelled)
        ]
        return without_echoes([one for one in found if one.confidence >= FLOOR])

    def scored(
        self, text: str, window: Window, cancelled: Callable[[], bool] = never
    ) -> Iterator[tuple[Spans, Spans, Spans, dict[str, float]]]:
        """Content, source and cue of each attribution in a window, with the signals that its confidence is made of."""
        vectors, scores = self._reader.run(None, _encoded(window))
        if cancelled():
            raise Cancelled
        cues = _cues(_eager(scores[0, 1:-1], EAGER_CUES))
        if not cues:
            return
        starts, stops = (np.array([cue[end] + 1 for cue in cues], dtype=np.int64) for end in (0, 1))
        (roles,) = self._relater.run(None, {"vectors": vectors, "starts": starts, "stops": stops})
        roles = _normal(roles[:, 1:-1])
        for number, (start, stop) in enumerate(cues):
            roles[number, start:stop, 1:] = _IMPOSSIBLE
        sure = _normal(scores[0, 1:-1])
        for cue, tags, score in zip(cues, _tags(roles), roles, strict=True):
            content, source = _runs(tags, CONTENT), _runs(tags, SOURCE)
            if content:
                source = _nearest(_joined(source, cue), cue)
                told, by, tied = (tidy(text, list(_spans(window, ranges))) for ranges in (content, source, [cue]))
                told = without_times(text, told)
                if told:
                    yield told, by, bare_cue(text, tied), signals(sure, score, cue, content, source)

    def _confidence(self, told: dict[str, float]) -> float:
        """How likely a journalist keeps the attribution: Platt scaling (Platt 1999) of the model's own scores."""
        total = self._calibration["bias"] + sum(self._calibration[name] * value for name, value in told.items())
        return 1 / (1 + exp(-total))


def signals(
    cues: Scores, roles: Scores, cue: Range, content: Sequence[Range], source: Sequence[Range]
) -> dict[str, float]:
    """What the confidence is made of: mean log probabilities that the pieces of each role belong to it, and its shape.

    `cues` (pieces, 3) and `roles` (pieces, 5) are log probabilities.
    """

    def mean(scores: Scores, ranges: Sequence[Range], tag: int) -> float:
        pieces = np.concatenate([scores[start:stop] for start, stop in ranges])
        return float(np.logaddexp(pieces[:, tag], pieces[:, tag + 1]).mean())

    return {
        "cue": mean(cues, [cue], 1),
        "content": mean(roles, content, CONTENT),
        "edges": float(np.mean([roles[start, CONTENT] for start, _ in content])),
        "source": mean(roles, source, SOURCE) if source else -1.0,
        "unnamed": 0.0 if source else 1.0,
        "pieces": float(len(content) - 1),
    }


def without_echoes(found: Sequence[Attribution]) -> list[Attribution]:
    """The attributions without those pieces of a content that belong to the content of a nearer cue.

    In "the minister said that …, with reports indicating that …" the second part is what the reports indicate.
    """
    return [replace(one, content=_own_pieces(one, [other for other in found if other is not one])) for one in found]


def _own_pieces(one: Attribution, others: Sequence[Attribution]) -> Spans:
    if len(one.content) == 1 or not one.cue:
        return one.content
    own = tuple(
        piece
        for piece in one.content
        if not any(
            other.cue
            and _apart(other.cue[0], piece) < _apart(one.cue[0], piece)
            and any(2 * _shared(piece, span) > piece.end - piece.start for span in other.content)
            for other in others
        )
    )
    return own or one.content


def _apart(cue: Span, piece: Span) -> int:
    """Code points between a cue and a content, which rather follows its cue than precedes it."""
    return piece.start - cue.end if piece.start >= cue.end else cue.start - piece.end + 5


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def tagger() -> Tagger:
    """The one tagger, loaded at the first call, which takes about a quarter of a second; any thread may ask."""
    with _LOADING:
        return _loaded()


@cache
def _loaded() -> Tagger:
    return Tagger()


_LOADING = Lock()


def _session(path: Path) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # the window keeps the other cores
    options.enable_cpu_mem_arena = False  # else memory grows with the largest window and stays
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def _encoded(window: Window) -> dict[str, npt.NDArray[np.int64]]:
    return {
        "ids": np.array([[FIRST, *window.ids, LAST]], dtype=np.int64),
        "features": np.array([[0, *window.features, 0]], dtype=np.int64),
    }


def _normal(scores: Scores) -> Scores:
    """Scores as log probabilities over the last axis."""
    top = scores.max(-1, keepdims=True)
    normal: Scores = scores - top - np.log(np.exp(scores - top).sum(-1, keepdims=True))
    return normal


def _eager(scores: Scores, bias: float) -> Scores:
    eager = scores.copy()
    eager[..., OUTSIDE] -= bias
    return eager


def _cues(scores: Scores) -> list[Range]:
    """The cues: neighbouring pieces tagged as such; one that goes on without beginning begins."""
    tags = scores.argmax(-1)
    orphans = (tags == 2) & (np.concatenate([[0], tags[:-1]]) == 0)
    tags[orphans] = 1
    return _runs(tags, 1)


def _tags(roles: Scores) -> npt.NDArray[np.int64]:
    """The tags of each cue's pieces; where a content has no source, a second look for one."""
    eager = _eager(roles, EAGER_ROLES)
    tags = _best_tags(eager)
    lonely = (tags == CONTENT).any(-1) & ~(tags == SOURCE).any(-1)
    if lonely.any():
        eager = eager[lonely]
        eager[..., SOURCE : SOURCE + 2] += EAGER_SOURCE
        again = _best_tags(eager)
        kept = (again == CONTENT).any(-1)
        tags[np.flatnonzero(lonely)[kept]] = again[kept]
    return tags


def _best_tags(scores: Scores) -> npt.NDArray[np.int64]:
    """The likeliest possible tags of each cue's pieces (Viterbi); `scores` (cues, pieces, 5) become (cues, pieces)."""
    cues, pieces, tags = scores.shape
    best = scores[:, 0] + np.where(np.isin(np.arange(tags), [SOURCE + 1, CONTENT + 1]), _IMPOSSIBLE, 0)
    back = np.zeros((cues, pieces, tags), dtype=np.int64)
    for at in range(1, pieces):
        reached = best[:, :, None] + _MOVES
        back[:, at] = reached.argmax(1)
        best = reached.max(1) + scores[:, at]
    found = np.zeros((cues, pieces), dtype=np.int64)
    found[:, -1] = best.argmax(1)
    rows = np.arange(cues)
    for at in range(pieces - 1, 0, -1):
        found[:, at - 1] = back[rows, at, found[:, at]]
    return found


def _runs(tags: npt.NDArray[np.int64], begins: int) -> list[Range]:
    """Where a role begins and goes on, as ranges of pieces."""
    found: list[Range] = []
    for at in np.flatnonzero(tags == begins):
        stop = int(at) + 1
        while stop < len(tags) and tags[stop] == begins + 1:
            stop += 1
        found.append((int(at), stop))
    return found


def _joined(ranges: Sequence[Range], cue: Range) -> list[Range]:
    """Ranges that touch, or have one piece between them that is no cue, as one."""
    found: list[Range] = []
    for start, stop in ranges:
        if found and start - found[-1][1] <= 1 and not cue[0] <= found[-1][1] < cue[1]:
            found[-1] = (found[-1][0], stop)
        else:
            found.append((start, stop))
    return found


def _nearest(source: Sequence[Range], cue: Range) -> list[Range]:
    """The one range that is nearest to the cue: a source in pieces is glued from two."""
    return sorted(source, key=lambda one: cue[0] - one[1] if one[1] <= cue[0] else one[0] - cue[1])[:1]


def _spans(window: Window, ranges: Sequence[Range]) -> Iterator[Span]:
    """The places of the pieces in the text, cut where a line ends."""
    for start, stop in ranges:
        for _, pieces in groupby(range(start, stop), key=lambda piece: window.lines[piece]):
            line = list(pieces)
            yield Span(window.places[line[0]][0], window.places[line[-1]][1])
