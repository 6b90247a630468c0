"""Turn trained weights into what the program runs.

Two ONNX graphs for one window at a time, in 8-bit integers (weights per channel, in 7 bits, because 8 overflow on
processors without VNNI): reader.onnx gives vectors and cue scores, relater.onnx the role scores of each cue.
"""

import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from network import Relater, Tagger
from train import fresh


class OneWindow(nn.Module):
    """The reader for a single window, which needs no mask."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.tagger = tagger

    def forward(self, ids: Tensor, features: Tensor) -> tuple[Tensor, Tensor]:
        """`ids` and `features` are (1, pieces)."""
        vectors, scores = self.tagger.reader(ids, features, torch.ones_like(ids))
        return vectors, scores


class CuesOfOneWindow(nn.Module):
    """The relater for all cues of a single window."""

    def __init__(self, relater: Relater) -> None:
        super().__init__()
        self.relater = relater

    def forward(self, vectors: Tensor, starts: Tensor, stops: Tensor) -> Tensor:
        """`vectors` (1, pieces, 384), `starts` and `stops` (cues,): scores (cues, pieces, 5)."""
        return self.relater(vectors, starts, stops, None)


def export(weights: Path, out: Path, *, quantised: bool = True) -> None:
    """Write both graphs into the folder `out`."""
    tagger = fresh()
    tagger.load_state_dict(torch.load(weights))
    tagger.eval()
    out.mkdir(parents=True, exist_ok=True)
    ids = torch.randint(1000, 2000, (1, 40))
    vectors = torch.randn(1, 40, 384)
    starts, stops = torch.tensor([3, 9, 20]), torch.tensor([4, 12, 21])
    pieces, cues = torch.export.Dim("pieces", min=2, max=510), torch.export.Dim("cues", min=1, max=4096)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder)
        torch.onnx.export(
            OneWindow(tagger), (ids, torch.zeros_like(ids)), plain / "reader.onnx", dynamo=True, external_data=False,
            input_names=["ids", "features"], output_names=["vectors", "scores"],
            dynamic_shapes=({1: pieces}, {1: pieces}),
        )  # fmt: skip
        torch.onnx.export(
            CuesOfOneWindow(tagger.relater), (vectors, starts, stops), plain / "relater.onnx", dynamo=True,
            external_data=False, input_names=["vectors", "starts", "stops"], output_names=["scores"],
            dynamic_shapes=({1: pieces}, {0: cues}, {0: cues}),
        )  # fmt: skip
        for name in ("reader.onnx", "relater.onnx"):
            if quantised:
                quant_pre_process(plain / name, plain / f"ready-{name}", skip_symbolic_shape=True)
                quantize_dynamic(
                    plain / f"ready-{name}", out / name, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8,
                    op_types_to_quantize=["MatMul", "Gemm", "Gather"],
                )  # fmt: skip
            else:
                onnx.save(onnx.load(plain / name), out / name)
            print(name, (out / name).stat().st_size)
