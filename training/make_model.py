"""Make the suggestion model anew: `make model CORPUS=FOLDER`, FOLDER with PolNeAR's train.jsonl.gz and dev.jsonl.gz.

Trains for a cycle of five epochs and a slower one of four, takes the mean of the first's end and of every epoch of the
second (one core: about two hours and a half), writes the two graphs, the vocabulary and the calibration of the confidence to resources/model/, and says how they do on
dev. Logs and weights stay in build/model/.
"""

import argparse
import shutil
from pathlib import Path

from calibrate import calibrate
from evaluate import evaluate
from export import export
from train import PACKAGE, soup, train

ROOT = Path(__file__).resolve().parent.parent
MODEL = ROOT / "resources" / "model"
WORK = ROOT / "build" / "model"


def main() -> None:
    """All steps in order; --weights leaves out the training."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--corpus", required=True, type=Path)
    arguments.add_argument("--weights", type=Path, help="weights that are trained already")
    given = arguments.parse_args()
    weights = given.weights or WORK / "tagger.pt"
    if given.weights is None:
        first, second = WORK / "first", WORK / "second"
        train(given.corpus, first, epochs=5, seed=1)
        train(given.corpus, second, epochs=4, seed=2, start=first / "tagger.pt", pace=0.6)
        soup([first / "tagger.pt", *(second / f"tagger-{epoch}.pt" for epoch in range(1, 5))], weights)
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
