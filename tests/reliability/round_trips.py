"""Makes desks, hands their article to another desk as JSON and as a bundle, and looks whether anything was lost on the way.

    python -m tests.reliability.round_trips --full

Each desk is made by real edits that hypothesis draws: claims in every script, evidence, verdicts, replies, links, sources. What the
other desk holds is compared with it field by field. Ends with 1 where anything differs.
"""

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from tests.core.checked import DESKS, Made

from claimdesk.core import bundle, casefile
from claimdesk.core.case import Bundle, Case
from claimdesk.core.claim import Claim
from claimdesk.core.desk import Desk

MADE_AT = datetime(2031, 3, 4, 14, 5, tzinfo=UTC)


def essence(case: Case) -> Case:
    """The case without what a desk gives anew: ids, and to whom its history belongs."""
    ids = {claim.id: place for place, claim in enumerate(case.claims)}

    def numbered(claim: Claim) -> Claim:
        links = tuple(replace(link, target=ids[link.target]) for link in claim.links)
        return replace(claim, id=ids[claim.id], article_id=0, links=links)

    return replace(
        case,
        article=replace(case.article, id=0, revises=None),
        claims=tuple(map(numbered, case.claims)),
        sources=tuple(sorted((replace(one, id=0) for one in case.sources), key=lambda one: one.name)),
        past=(),
        past_elsewhere=(),
    )


def handed_over(made: Made, folder: Path) -> tuple[Bundle, Bundle, Case, Case]:
    """What the first desk holds; what desks hold that got a bundle, and JSON; and the JSON as it was read."""
    with Desk.open(folder / "mine.db", who="Rosa 🙂") as mine:
        first = mine.bundle(made.on(mine))
    packed = bundle.pack(first, version="0", made_at=MADE_AT)
    told = casefile.read(casefile.write(first.case, "0"), "case.json")
    with Desk.open(folder / "theirs.db", who="김") as theirs:
        second = theirs.bundle(theirs.take_in(bundle.unpack(packed, "x.claimdesk")).id)
        broken = theirs.verify_history()
    with Desk.open(folder / "third.db", who="김") as third:
        by_json = third.case(third.take_in(Bundle(told)).id)
    if broken is not None:
        raise AssertionError(f"row {broken} of the history does not follow")
    return first, second, by_json, told


def check(made: Made, folder: Path) -> None:
    """Raises AssertionError where anything was lost."""
    first, second, by_json, told = handed_over(made, folder)
    assert essence(second.case) == essence(first.case)
    assert (second.original, second.files) == (first.original, first.files)
    assert second.case.past_elsewhere == first.case.past
    assert essence(told) == essence(first.case)
    assert told.past == first.case.past
    assert essence(by_json) == without_files(essence(first.case))


def without_files(case: Case) -> Case:
    """What JSON can bring: it names files, and a desk names only those that it keeps."""
    claims = (
        replace(claim, evidence=tuple(replace(one, sha256="") for one in claim.evidence)) for claim in case.claims
    )
    return replace(case, claims=tuple(claims), original=None)


def main() -> int:
    """Make desks, hand over, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--desks", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--full", action="store_true", help="1,000 desks")
    arguments = parser.parse_args()
    wanted = 1_000 if arguments.full else arguments.desks
    counts: Counter[str] = Counter()

    @seed(arguments.seed)
    @settings(
        max_examples=wanted,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(DESKS)
    def trial(made: Made) -> None:
        counts["desks"] += 1
        with tempfile.TemporaryDirectory() as folder:
            check(made, Path(folder))
        counts["lossless"] += 1

    begun = time.perf_counter()
    trial()
    print(json.dumps({**counts, "seconds": round(time.perf_counter() - begun, 1)}))
    return 0 if counts["lossless"] == counts["desks"] >= wanted else 1


if __name__ == "__main__":
    sys.exit(main())
