"""How long a report takes in every format: `python tests/benchmarks/reports.py [--claims 1000] [--words 20000] [--ending .pdf]`.

Prints the best of some runs in seconds for an article of so many words with so many claims, for one ten times as long, and how
many times longer that took. The imports of a format count in neither.
"""

import argparse
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from claimdesk.core.claim import Article, Certainty, Claim, Link, LinkKind, Manner, Original, Review, Span
from claimdesk.core.evidence import Credibility, Evidence, EvidenceKind, Reliability, Verdict
from claimdesk.core.levels import LEVELS
from claimdesk.core.reports import FORMATS, Report, build, write
from claimdesk.core.suggest import body_sentences
from claimdesk.core.text import normalise

SENTENCE = (
    "The old bridge near the harbour stays closed until Monday 🙂, the office of the mayor said. नगर निगम ने कहा. "
)
"""Some twenty words."""


def article(words: int) -> Article:
    """An article of so many words, ten sentences a paragraph."""
    count = max(1, words // len(SENTENCE.split()))
    text = "".join(SENTENCE + ("\n\n" if at % 10 == 9 else "") for at in range(count))
    return Article(normalise(text), "A bridge", "en", outlet="The Coastal Post", url="https://example.org/bridge")


def claims(about: Article, count: int) -> list[Claim]:
    """So many claims over the article, one in three denied by the next, one in four checked."""
    step = len(about.text) // count
    starts = [about.text.index("The old", max(0, step * at - len(SENTENCE))) for at in range(count)]
    return [_claim(number, start) for number, start in enumerate(starts, 1)]


def _claim(number: int, start: int) -> Claim:
    body, office = SENTENCE.index(" 🙂"), SENTENCE.index("the office")
    found = Evidence(
        EvidenceKind.URL, f"https://example.org/{number}", f"Order {number}", quote="It stays closed.",
        retrieved="2031-03-04", sha256="ab" * 32, reliability=Reliability.B, credibility=Credibility.TWO,
    )  # fmt: skip
    is_checked = number % 4 == 0
    return Claim(
        number, 1, (Span(start, start + body),), (Span(start + office, start + office + 23),),
        level=LEVELS[number % len(LEVELS)].slug, review=Review.ACCEPTED, source_name=f"Source {number % 50}",
        links=(Link(LinkKind.DENIES, number - 1),) if number % 3 == 0 else (), confidence=0.9, reason="cue “said”",
        certainty=Certainty.CERTAIN, manner=Manner.INDIRECT, note="Ask again." if number % 5 == 0 else "",
        evidence=(found,) if is_checked else (), verdict=Verdict.CONFIRMED if is_checked else None,
    )  # fmt: skip


def report(words: int, count: int) -> Report:
    """The report on such an article."""
    about = article(words)
    return build(
        about, claims(about, count), made_at=datetime(2031, 3, 4, tzinfo=UTC), version="0", checker="Ada",
        original=Original("cd" * 32, 1234, "text/html"), sentences=body_sentences(about),
    )  # fmt: skip


def seconds(made: Report, path: Path, times: int) -> float:
    """The best of several runs."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        write(made, path)
        taken.append(time.perf_counter() - start)
    return min(taken)


def main() -> None:
    """Measure every format, or the one that is named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=1000)
    parser.add_argument("--words", type=int, default=20_000)
    parser.add_argument("--ending", choices=FORMATS, action="append")
    parser.add_argument("--times", type=int, default=3)
    asked = parser.parse_args()
    tiny, one, ten = (report(asked.words * n // 100, asked.claims * n // 100) for n in (1, 100, 1000))
    print(f"{asked.claims} claims in {asked.words} words, and ten times as many")
    with tempfile.TemporaryDirectory() as folder:
        for ending in asked.ending or FORMATS:
            path = Path(folder) / f"report{ending}"
            write(tiny, path)
            small, large = (seconds(made, path, asked.times) for made in (one, ten))
            print(
                f"{ending:<12}{small:8.2f} s{large:9.2f} s{large / small:8.1f} times{path.stat().st_size / 1e6:9.1f} MB"
            )


if __name__ == "__main__":
    main()
