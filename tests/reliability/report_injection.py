"""Puts hostile texts into every field of a report in every format, and looks what of them lives in the file.

    python -m tests.reliability.report_injection            a sample of the texts in what is said of the article
    python -m tests.reliability.report_injection --full     every text in every field

Each text stands in every field of a claim, its words and its source; then in all that is said of the article: title, outlet, byline, day,
address, file name, checker … Each file is opened by a reader that is not ours (`tests/core/reports/living.py`). Prints a line a format;
ends with 1 where anything lives, or a file cannot be made.
"""

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence

from tests.core.reports.living import CHECKERS
from tests.core.reports.opened import rendered
from tests.core.reports.payloads import PAYLOADS, attacked

from claimdesk.core.errors import ReportError
from claimdesk.core.reports import FORMATS, Report

BATCH = 100
"""Claims in one report: a page of thousands is no test of more."""


def tried(report: Report, ending: str, told: str) -> Counter[str]:
    """What is wrong with one file."""
    try:
        found = list(CHECKERS[ending](rendered(report, ending)))
    except (ReportError, UnicodeError, ValueError) as error:
        print(f"{ending}, {told}: {type(error).__name__}: {error}", file=sys.stderr)
        return Counter({"files": 1, "not made or not read": 1})
    for one in found:
        print(f"{ending}, {told}: {one[:200]!a}", file=sys.stderr)
    return Counter({"files": 1, "alive": len(found)})


def run(ending: str, heads: Sequence[str]) -> Counter[str]:
    """Every text in every field of a claim, and `heads` in what is said of the article."""
    counts: Counter[str] = Counter({"alive": 0, "not made or not read": 0})
    for at in range(0, len(PAYLOADS), BATCH):
        counts.update({"texts in claims": len(PAYLOADS[at : at + BATCH])})
        counts.update(tried(attacked(PAYLOADS[at : at + BATCH]), ending, f"claims from text {at}"))
    for head in heads:
        counts.update({"texts about the article": 1})
        counts.update(tried(attacked(["x"], head), ending, ascii(head)[:80]))
    return counts


def main() -> int:
    """Attack, look, judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--seed", type=int, default=random.randrange(10**9))
    parser.add_argument("--ending", choices=FORMATS, action="append")
    arguments = parser.parse_args()
    heads = PAYLOADS if arguments.full else random.Random(arguments.seed).sample(PAYLOADS, 20)
    bad = 0
    for ending in arguments.ending or FORMATS:
        start = time.monotonic()
        counts = run(ending, heads)
        bad += counts["alive"] + counts["not made or not read"]
        print(
            json.dumps(
                {"ending": ending, "seed": arguments.seed, **counts, "seconds": round(time.monotonic() - start, 1)}
            )
        )
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
