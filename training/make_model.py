"""Make the suggestion model anew: `make model CORPUS=FOLDER`, FOLDER with PolNeAR's train.jsonl.gz and dev.jsonl.gz.

Trains for five epochs (one core: about an hour and a quarter), writes the two graphs, the vocabulary and the calibration of
the confidence to resources/model/, and says how they do on dev. Log and weights stay in build/model/.
"""

import argparse
import shutil
from pathlib import Path

from calibrate import calibrate
from evaluate import evaluate
from export import export
from train import PACKAGE, train

ROOT = Path(__file__).resolve().parent.parent
MODEL = ROOT / "resources" / "model"
WORK = ROOT / "build" / "model"


def main() -> None:
    """All steps in order; --weights leaves out the training."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--corpus", required=True, type=Path)
    arguments.add_argument("--epochs", type=float, default=5)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--weights", type=Path, help="weights that are trained already")
    given = arguments.parse_args()
    weights = given.weights or WORK / "tagger.pt"
    if given.weights is None:
        train(given.corpus, WORK, given.epochs, given.seed)
    export(weights, WORK / "float", quantised=False)
    export(weights, MODEL)
    for folder in (MODEL, WORK / "float"):
        shutil.copy(PACKAGE / "tokenizer.json", folder / "tokenizer.json")
        calibrate(folder, given.corpus)
    print("In 8-bit integers, as shipped:")
    evaluate(MODEL, given.corpus)
    print("In floating point:")
    evaluate(WORK / "float", given.corpus)


if __name__ == "__main__":
    main()
