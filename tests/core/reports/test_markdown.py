"""Markdown: what is ours is markup, what is theirs is words, and the file says what the web page says."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tests.core.reports.living import markdown
from tests.core.reports.opened import markdown_tokens
from tests.core.reports.payloads import attacked

from claimdesk.core.claim import Article, Claim
from claimdesk.core.reports import Report, facts
from claimdesk.core.reports.markdown import escaped, render
from claimdesk.core.reports.printable import settled, visible

Make = Callable[..., Report]
SCRAPS = st.sampled_from(
    ["*", "_", "[", "](", ")", "<b>", "&amp;", "`", "~~~", "\n", "\n\n", "    ", "\t", "# ", "- ", "1. ", "> ", "---", "===", "|",
     "![", "http://x.example", "\\", "[^1]", "]: ", "नदी", "한강", "مياه", "🙂", "\u202e", "\u2067", "\u2069", "\x1b", "$"]
)  # fmt: skip
WORDS = st.lists(st.one_of(SCRAPS, st.text(max_size=6)), max_size=10).map("".join)


def text_of(data: bytes) -> str:
    return "".join(
        "\n" if token.type.endswith("break") else token.content
        for token in markdown_tokens(data)
        if token.type in {"text", "text_special", "hardbreak"}
    )


def lines(report: Report) -> list[str]:
    return render(report).decode().split("\n")


def test_the_article_stands_with_its_claims_in_brackets_and_numbers_that_run_as_in_the_table(
    everything: Report,
) -> None:
    written = lines(everything)
    assert written[0] == "# यमुना में पानी घटा 🌊"
    assert (
        "*¶ 1* The minister, Mina Rao, said that \\[■[^1] residents told her \\[●[^2] the dam broke before the siren\\] 🙂\\]."
    ) in written
    assert "*¶ 3* \\[■[^5] *not reviewed:* 한강의 수위가 낮아졌다\\]고 환경부가 밝혔다." in written
    assert "> Read more" in written


def test_each_claim_is_a_footnote_that_leads_to_all_that_is_known_of_it(everything: Report) -> None:
    written = lines(everything)
    notes = [line for line in written if re.match(r"\[\^\d+\]: ", line)]
    assert len(notes) == len(everything.rows)
    for number, (note, row) in enumerate(zip(notes, everything.rows, strict=True), 1):
        assert note.startswith(f"[^{number}]: **{row.level.glyph} {row.level.label}**, {row.review}. Source: ")
        assert note.endswith(f"[{number}](#claim-{number})")
        assert f"### Claim {number}" in written


def test_where_claims_cross_a_small_number_says_whose_words_end(make: Make, claims: list[Claim]) -> None:
    start = claims[2].content[0].start
    claims[0] = replace(claims[0], content=(replace(claims[2].content[0], start=start + 10, end=start + 70),), links=())
    (line,) = [line for line in lines(make()) if line.startswith("*¶ 1*")]
    assert re.search(r"\\\]₁.*\\\]", line)


@pytest.mark.parametrize("part", ["head", "sourcing", "evidence", "figures", "provenance"])
def test_it_says_what_the_web_page_says_in_the_same_order(everything: Report, part: str) -> None:
    told = {
        "head": [f"{fact.label}:{''.join(fact.pieces)}" for fact in facts.head(everything)],
        "sourcing": [f"{f.label}:{f.between.join(f.pieces)}" for row in everything.rows for f in facts.sourcing(row)],
        "evidence": [
            f"{f.label}:{f.between.join(f.pieces)}"
            for row in everything.rows for one in row.evidence for f in facts.evidence(one)
        ],
        "figures": [f"{one.label}: {one.count} ({one.share}%)" for one in facts.figures(everything)],
        "provenance": [f"{fact.label}:{fact.between.join(fact.pieces)}" for fact in facts.provenance(everything)],
    }[part]  # fmt: skip
    text, at = re.sub(r"\s", "", text_of(render(everything))), 0
    for words in told:
        at = text.find(re.sub(r"\s", "", words), at)
        assert at >= 0, words


def test_only_web_addresses_and_claims_are_links(everything: Report) -> None:
    links = {str(token.attrs["href"]) for token in markdown_tokens(render(everything)) if token.type == "link_open"}
    assert {link for link in links if not link.startswith("#claim-")} == {
        "https://example.org/order/114", "https://archive.example/114", "https://example.org/river?a=1&b=2",
    }  # fmt: skip


def test_a_report_without_claims_and_an_article_without_a_headline(make: Make, article: Article) -> None:
    data = render(make(claims=[], article=replace(article, title_span=None, title="# A\n= b")))
    assert data.startswith(b"# \\# A = b\n")
    assert b"No claim has been accepted yet." in data
    assert list(markdown(data)) == []


@settings(deadline=None)
@given(WORDS)
def test_any_words_read_back_as_they_were_and_make_no_markup(words: str) -> None:
    words = words.replace("\r", "")
    tokens = MarkdownIt("commonmark", {"html": True}).parse(f"- **Note:** {escaped(words, '  ')}\n")
    inside = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in inside} <= {"text", "text_special", "strong_open", "strong_close", "hardbreak"}
    assert [token.type for token in tokens].count("paragraph_open") == 1
    read = "".join("\n" if child.type == "hardbreak" else child.content for child in inside)
    kept = [line.strip() for line in settled(visible(words)).split("\n") if line.strip()]
    assert [line.strip() for line in read.removeprefix("Note:").split("\n") if line.strip()] == kept


@settings(deadline=None, max_examples=40)
@given(st.lists(WORDS, min_size=1, max_size=4), WORDS)
def test_any_report_has_our_headings_alone(payloads: list[str], head: str) -> None:
    report = attacked(payloads, head)
    data = render(report)
    assert list(markdown(data)) == []
    empty = {"Sources": not report.sources, "Open questions": not report.questions}
    parts = ["Legend", "Claims", "Sources", "Sourcing", "Open questions", "Provenance"]
    headings = [line for line in data.decode().split("\n") if line.startswith("## ")]
    assert headings == [f"## {part}" for part in parts if not empty.get(part)]


@given(st.text(alphabet="ab\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\n"))
def test_what_turns_the_direction_is_closed_in_its_line(words: str) -> None:
    for line in settled(words).split("\n"):
        still_open: list[str] = []
        for character in line:
            if character in "\u202a\u202b\u202d\u202e":
                still_open.append("\u202c")
            elif character in "\u2066\u2067\u2068":
                still_open.append("\u2069")
            elif character == "\u202c":
                assert still_open.pop() == character
            elif character == "\u2069":
                while still_open.pop() != character:
                    pass
        assert not still_open
    assert re.sub("[\u202a-\u202e\u2066-\u2069]", "", settled(words)) == re.sub(
        "[\u202a-\u202e\u2066-\u2069]", "", words
    )
