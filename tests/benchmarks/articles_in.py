"""How well the readers of documents read what real programs write: `python -m tests.benchmarks.articles_in [--keep FOLDER]`.

LibreOffice saves articles in five languages as .docx, .odt, .rtf and .pdf, Chromium prints web pages of them. For each file: the
F1 of its words in order (twice the longest common subsequence over the words of both), and for each format the share of right
titles, authors and days, and of footnotes and comments with their words. A PDF's day is the one on which it was made.
"""

import argparse
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import regex
from rapidfuzz.distance import LCSseq
from tests.benchmarks.articles_corpus import Source, sources, with_chromium, with_office

from claimdesk.core.articles import opendocument, pdf, richtext, word
from claimdesk.core.articles.reading import Reading

READERS: dict[str, Callable[[bytes, str], Reading]] = {
    ".docx": word.read,
    ".odt": opendocument.read,
    ".rtf": richtext.read,
    ".pdf": pdf.read,
}
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")


def words(text: str) -> list[str]:
    """The words without soft hyphens, in the order of the text."""
    return _WORD.findall(text.replace("\u00ad", ""))


def f1(expected: str, found: str) -> float:
    """Of the words in order, 0 to 1."""
    one, two = words(expected), words(found)
    return 2 * LCSseq.similarity(one, two) / max(1, len(one) + len(two))


def measure(source: Source, path: Path, *, has_author: bool = True) -> dict[str, float]:
    """What of the file was read rightly, each 0 to 1."""
    began = time.perf_counter()
    reading = READERS[path.suffix](path.read_bytes(), path.name)
    took = time.perf_counter() - began
    day = datetime.now(UTC).date().isoformat() if path.suffix == ".pdf" else source.published
    found = {
        "words": f1(source.text, reading.text),
        "title": float(reading.title == source.title),
        "day": float(reading.published == day),
        "seconds": took,
        "blocks": _blocks(source, reading),
    }
    if has_author:
        found["author"] = float(reading.byline == source.author)
        remarks = [remark for remark in reading.remarks if remark.span is not None]
        if source.notes:
            found["notes"] = sum(remark.text in source.notes for remark in remarks) / len(source.notes)
        said = [block.comment for block in source.blocks if block.comment]
        if said and path.suffix != ".pdf":
            found["comments"] = sum(remark.text in said for remark in remarks) / len(said)
    return found


def _blocks(source: Source, reading: Reading) -> float:
    """The share of the source's paragraphs that are one paragraph in the text too."""
    there = {" ".join(words(block)) for block in reading.text.split("\n\n")}
    wanted = [" ".join(words(block)) for block in source.text.split("\n\n")]
    return sum(block in there for block in wanted) / len(wanted)


def main() -> None:
    """Make the documents, read them, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=2, help="how many documents of each language and layout")
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--keep", type=Path, help="a folder for the documents; what is there already is not made anew")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        made_of = list(sources(options.rounds, options.seed))
        if not (folder / f"{made_of[-1].name}-web.pdf").exists():
            with_office(made_of, folder, ["docx", "odt", "rtf", "pdf"])
            with_chromium(made_of, folder)
        report(made_of, folder)


def report(made_of: list[Source], folder: Path) -> None:
    """One line a file, then one a format."""
    by_format: dict[str, list[dict[str, float]]] = defaultdict(list)
    for kind in ("docx", "odt", "rtf", "pdf", "web.pdf"):
        for source in made_of:
            path = folder / (f"{source.name}-web.pdf" if kind == "web.pdf" else f"{source.name}.{kind}")
            found = measure(source, path, has_author=kind != "web.pdf")
            by_format[kind].append(found)
            print(f"{path.name:28} " + "  ".join(f"{key} {value:.3f}" for key, value in found.items()))
    print()
    for kind, all_ in by_format.items():
        lowest = min(one["words"] for one in all_)
        keys = [
            key for key in ("title", "author", "day", "notes", "comments", "blocks") if any(key in one for one in all_)
        ]
        means = {key: [one[key] for one in all_ if key in one] for key in keys}
        shares = ", ".join(f"{key} {100 * sum(values) / len(values):.1f} %" for key, values in means.items())
        print(f"{kind}: {len(all_)} files, word F1 at least {lowest:.4f}, {shares}")


if __name__ == "__main__":
    main()
