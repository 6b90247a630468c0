"""How good suggestions are, and how fast: `python tests/benchmarks/suggestions.py GOLD… --scorer PATH/score_claims.py`.

GOLD holds articles with marked claims (JSON, or one JSON object a line, also gzipped); the scorer is a script that is
called with the gold file and a file of what `to_json` gives for the same texts. Speed is by the wall clock, one thread.
"""

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from claimdesk.core.claim import Article
from claimdesk.core.page import furniture, language, title_span
from claimdesk.core.suggest import suggest, to_json
from claimdesk.core.text import normalise


def read(path: Path) -> list[dict[str, Any]]:
    """The articles of a gold file."""
    text = (gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()).decode("utf-8")
    try:
        whole = json.loads(text)
    except json.JSONDecodeError:
        return [json.loads(line) for line in text.split("\n") if line.strip()]
    return whole if isinstance(whole, list) else [whole]


def article(text: str) -> Article:
    """The text as the program opens it; offsets count only if it is normalised already."""
    if normalise(text) != text:
        raise SystemExit("A text in the gold file is not normalised; its offsets cannot be compared.")
    title = title_span(text)
    return Article(text, "Gold", language=language(text), title_span=title, furniture=furniture(text, title))


def measure(gold: Path, scorer: Path) -> None:
    """Print the speed over a gold file and the scorer's figures."""
    marked = read(gold)
    pages = [(article(one["text"]), one["id"]) for one in marked]
    began = time.perf_counter()
    found = [to_json(page, identifier, suggest(page)) for page, identifier in pages]
    taken = time.perf_counter() - began
    print(f"{gold.name}: {sum(len(page.text.split()) for page, _ in pages) / taken:,.0f} words a second", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        predicted = Path(folder) / "predicted.jsonl"
        predicted.write_text("".join(json.dumps(one) + "\n" for one in found), encoding="utf-8")
        subprocess.run([sys.executable, str(scorer), str(gold), str(predicted)], check=True)


def main() -> None:
    """Measure each gold file in turn."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("gold", nargs="+", type=Path)
    arguments.add_argument("--scorer", required=True, type=Path, help="the scoring script, score_claims.py")
    given = arguments.parse_args()
    for gold in given.gold:
        measure(gold, given.scorer)


if __name__ == "__main__":
    main()
