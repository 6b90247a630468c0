"""The tagger's network: a small encoder, a head that finds cues, and one that finds source and content of each cue.

One encoder pass over a window gives a vector a piece. The cue head tags cues (an auxiliary head tags all three roles
and serves training only). The role head reads the window once more for each cue, through one narrow transformer layer
that knows where the cue is, and tags what belongs to that cue. So relations are predicted, not loose spans: a source may
have several contents, contents may be nested or in pieces, and a source may be missing.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from claimdesk.core.suggest.windows import FEATURES

CUES = 3
"""Tags of the cue head: outside, begins a cue, goes on with it."""
ROLES = 5
"""Tags of the role head: outside, begins or goes on with the source, begins or goes on with a content."""
WIDTH = 192
DISTANCES = 32


def buckets(distance: Tensor) -> Tensor:
    """Signed distances in pieces as numbers below `DISTANCES`: exact up to 7, then wider and wider."""
    size = distance.abs().float()
    wide = 7 + (torch.log2(size.clamp(min=8) / 8) * 1.75 + 1).floor().clamp(max=8)
    near = torch.where(size < 8, size, wide).long()
    return torch.where(distance < 0, 16 + near, near)


@dataclass
class Loss:
    """The parts of the loss."""

    cues: Tensor
    roles: Tensor
    auxiliary: Tensor

    def total(self) -> Tensor:
        """What is minimised."""
        return self.cues + self.roles + 0.5 * self.auxiliary


class Reader(nn.Module):
    """Word pieces and features in; a vector for each piece and the scores of the cue tags out."""

    def __init__(self, config: BertConfig) -> None:
        super().__init__()
        self.encoder = BertModel(config, add_pooling_layer=False)
        self.feature = nn.Embedding(FEATURES, config.hidden_size)
        nn.init.zeros_(self.feature.weight)
        self.dropout = nn.Dropout(0.1)
        self.cue = nn.Linear(config.hidden_size, CUES)

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """`ids`, `features` and `mask` are (windows, pieces); vectors (windows, pieces, 384), scores (…, 3)."""
        words = self.encoder.embeddings.word_embeddings(ids) + self.feature(features)
        vectors = self.encoder(inputs_embeds=words, attention_mask=mask).last_hidden_state
        vectors = self.dropout(vectors)
        return vectors, self.cue(vectors)


class Relater(nn.Module):
    """The vectors of a window and one cue in; for each piece the scores of the role tags out."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.piece = nn.Linear(hidden, WIDTH)
        self.of_cue = nn.Linear(hidden, WIDTH)
        self.distance = nn.Embedding(DISTANCES, WIDTH)
        self.inside = nn.Embedding(2, WIDTH)
        self.before = nn.LayerNorm(WIDTH)
        self.layer = nn.TransformerEncoderLayer(
            WIDTH, nhead=6, dim_feedforward=2 * WIDTH, dropout=0.1, activation="gelu", batch_first=True, norm_first=True
        )
        self.role = nn.Linear(WIDTH, ROLES)

    def forward(self, vectors: Tensor, starts: Tensor, stops: Tensor, mask: Tensor | None) -> Tensor:
        """`vectors` (cues, pieces, 384), `mask` (cues, pieces), `starts` and `stops` (cues,): scores (cues, pieces, 5)."""
        places = torch.arange(vectors.shape[1], device=vectors.device)[None, :]
        inside = (places >= starts[:, None]) & (places < stops[:, None])
        weights = inside.to(vectors.dtype) / (stops - starts)[:, None]
        cue = (weights[:, None, :] @ vectors)[:, 0]
        apart = torch.where(
            places < starts[:, None],
            places - starts[:, None],
            torch.where(places >= stops[:, None], places - stops[:, None] + 1, torch.zeros_like(places)),
        )
        mixed = (
            self.piece(vectors) + self.of_cue(cue)[:, None] + self.distance(buckets(apart)) + self.inside(inside.long())
        )
        return self.role(self.layer(self.before(mixed), src_key_padding_mask=None if mask is None else mask == 0))


class Tagger(nn.Module):
    """Both parts, and the auxiliary head."""

    def __init__(self, config: BertConfig) -> None:
        super().__init__()
        self.reader = Reader(config)
        self.relater = Relater(config.hidden_size)
        self.auxiliary = nn.Linear(config.hidden_size, 7)
