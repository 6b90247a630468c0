"""Articles from files and from pasted text."""

import os
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claimdesk.core.articles import LARGEST, from_path, from_text
from claimdesk.core.errors import ArticleError
from claimdesk.core.resources import SAMPLE_ARTICLE

NEWS = """Council Votes to Close the Old Bridge

The council voted on Monday to close the bridge, mayor Ada Osei said. 🌉 “It is unsafe,” she added.

परिषद ने पुल बंद करने का निर्णय लिया। 다리는 월요일부터 닫힌다. أُغلق الجسر.
"""


def file(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def refusal(path: Path, encoding: str | None = None) -> str:
    """The sentence with which the file is refused; exactly one."""
    with pytest.raises(ArticleError) as refused:
        from_path(path, encoding=encoding)
    sentence = str(refused.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def test_a_text_file_becomes_an_article_with_its_original_bytes(tmp_path: Path) -> None:
    draft = from_path(file(tmp_path, "bridge.txt", NEWS))
    article, original = draft.article, draft.original
    assert article.text == NEWS
    assert article.title == "Council Votes to Close the Old Bridge"
    assert article.title_span is not None
    assert article.title_span.of(article.text) == article.title
    assert article.filename == "bridge.txt"
    assert article.language == "en"
    assert article.sha256 == sha256(NEWS.encode()).hexdigest()
    assert original == NEWS.encode()


def test_the_sample_keeps_its_hindi_footer_as_furniture() -> None:
    article = from_path(SAMPLE_ARTICLE).article
    assert article.furniture
    assert all("\u0900" <= span.of(article.text)[0] <= "\u097f" for span in article.furniture)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_is_believed_and_leaves_no_character_behind(tmp_path: Path, encoding: str) -> None:
    article = from_path(file(tmp_path, "bridge.txt", NEWS.encode(encoding))).article
    assert article.text == NEWS


def test_line_ends_of_every_system_become_newlines(tmp_path: Path) -> None:
    draft = from_path(file(tmp_path, "bridge.txt", "One 🌉\r\ntwo\rthree\u2028four"))
    article, original = draft.article, draft.original
    assert article.text == "One 🌉\ntwo\nthree\nfour"
    assert b"\r\n" in original


def test_another_encoding_is_read_once_it_is_named(tmp_path: Path) -> None:
    path = file(tmp_path, "kaffee.txt", "Der Bürgermeister sagte, das Café schließe.".encode("windows-1252"))
    article = from_path(path, encoding="windows-1252").article
    assert article.text == "Der Bürgermeister sagte, das Café schließe."


def test_korean_in_its_old_encoding_is_read_once_it_is_named(tmp_path: Path) -> None:
    article = from_path(
        file(tmp_path, "a.txt", "시장은 다리가 위험하다고 말했다.".encode("euc-kr")), encoding="euc-kr"
    ).article
    assert article.text == "시장은 다리가 위험하다고 말했다."


@pytest.mark.parametrize("encoding", ["klingon", "base64", "a\0b", "utf-8 "])
def test_an_encoding_that_nobody_knows_is_said_so(tmp_path: Path, encoding: str) -> None:
    path = file(tmp_path, "a.txt", "Grüße".encode("latin-1"))
    assert "encoding" in refusal(path, encoding)


def test_a_wrong_encoding_that_decodes_to_nothing_readable_is_refused(tmp_path: Path) -> None:
    assert "utf-8" in refusal(file(tmp_path, "a.txt", NEWS.encode("utf-16-le")), "utf-8")


@pytest.mark.parametrize("content", ["", " \n\t \r\n", "\ufeff", "\u200b\u200b\n", "\u3000\u00a0"])
def test_a_file_with_nothing_to_read_is_called_empty(tmp_path: Path, content: str) -> None:
    assert refusal(file(tmp_path, "a.txt", content)) == "a.txt is empty: there is no text to review in it."


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"SQLite format 3\0", "database"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Word"),
        (b"text and \0 then more", "binary"),
        (bytes(range(1, 32)) * 8, "binary"),
    ],
)
def test_what_is_no_article_is_refused_with_what_to_do(tmp_path: Path, content: bytes, word: str) -> None:
    sentence = refusal(file(tmp_path, "a.txt", content))
    assert word in sentence
    assert "Word" in sentence


@pytest.mark.parametrize("content", [b"%PDF-1.7\n1 0 obj\n", b"PK\x03\x04\x14\0\x06\0"])
def test_a_stump_of_a_document_is_refused_in_one_sentence(tmp_path: Path, content: bytes) -> None:
    assert refusal(file(tmp_path, "a.txt", content)).startswith("a.txt ")


@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a.odt", "a.rtf"])
def test_a_text_that_is_called_a_document_is_no_document(tmp_path: Path, name: str) -> None:
    assert "whatever its name says" in refusal(file(tmp_path, name, NEWS))


def test_a_kind_of_file_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    assert refusal(file(tmp_path, "a.xyz", NEWS)).startswith("a.xyz is not a kind of file")


def test_a_file_without_an_ending_is_taken_as_text(tmp_path: Path) -> None:
    assert from_path(file(tmp_path, "NEWS", NEWS)).article.text == NEWS


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    assert "does not exist" in refusal(tmp_path / "nowhere.txt")
    assert "folder" in refusal(tmp_path)


def test_a_file_inside_a_file_cannot_be_read(tmp_path: Path) -> None:
    inside = file(tmp_path, "a.txt", NEWS) / "b.txt"
    assert "cannot be read" in refusal(inside)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no named pipes in folders")
def test_a_pipe_that_nobody_writes_to_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert "device" in refusal(tmp_path / "pipe.txt")


def test_a_file_of_50_mb_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as sparse:
        sparse.truncate(50_000_000)
    assert "10 MB" in refusal(path)


def test_pasted_text_has_the_same_limit_in_bytes() -> None:
    with pytest.raises(ArticleError, match="10 MB"):
        from_text("a" * (LARGEST + 1))
    with pytest.raises(ArticleError, match="10 MB"):
        from_text("한" * (LARGEST // 3 + 1))


def test_without_a_headline_the_first_words_are_the_title() -> None:
    body = "The council voted on Monday to close the bridge after a long and noisy debate, mayor Ada Osei said. " * 3
    article = from_text(body)
    assert article.title_span is None
    assert len(article.title) <= 80
    assert article.title.endswith("…")
    assert body.startswith(article.title[:-1])


def test_a_title_of_one_endless_word_is_cut() -> None:
    assert len(from_text("한" * 500).title) <= 80


def test_a_text_without_a_word_in_it_is_called_after_its_file() -> None:
    assert from_text("***", filename="stars.txt").title == "stars.txt"


def test_markdown_loses_its_marks_and_keeps_its_words(tmp_path: Path) -> None:
    source = (
        "# Council *closes* bridge\r\n\r\nThe [mayor](https://example.org/ada) said\r\nit is **unsafe** &amp; old. 🌉\r\n\r\n"
        "- पहला\n- 둘째\n\n3. third\n\n> “Close it,” she `said`.\n\n    some code\n\n"
        "<div class='x'>Boxed <!-- hidden --> words</div>\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    )
    article = from_path(file(tmp_path, "bridge.md", source)).article
    assert article.text.split("\n\n") == [
        "Council closes bridge",
        "The mayor said it is unsafe & old. 🌉",
        "• पहला",
        "• 둘째",
        "3. third",
        "“Close it,” she said.",
        "some code",
        "Boxed  words",
        "a | b",
        "1 | 2",
    ]
    assert article.title == "Council closes bridge"


def test_front_matter_of_markdown_is_no_part_of_the_article(tmp_path: Path) -> None:
    source = "---\ntitle: Bridge\ntags:\n  - town\n- x\n---\n\nThe bridge closes, Osei said.\n"
    assert from_path(file(tmp_path, "a.md", source)).article.text == "The bridge closes, Osei said."


def test_two_rules_around_prose_are_no_front_matter(tmp_path: Path) -> None:
    source = "---\n\nThe bridge closes. Osei said so.\n\n---\n\nMore.\n"
    assert from_path(file(tmp_path, "a.md", source)).article.text == "The bridge closes. Osei said so.\n\nMore."


def test_script_in_markdown_is_not_kept(tmp_path: Path) -> None:
    source = "Before <b onclick='x()'>bold</b>.\n\n<script>steal()</script>\n\nAfter.\n"
    assert from_path(file(tmp_path, "a.md", source)).article.text == "Before bold.\n\nAfter."


@given(st.text(min_size=1))
@example("\ufeff\ufeffShe said so.")
def test_whatever_is_pasted_is_normalised_or_refused(raw: str) -> None:
    try:
        article = from_text(raw)
    except ArticleError as error:
        assert "empty" in str(error)  # noqa: PT017 - both ways are right, and each has to hold
        return
    assert from_text(article.text) == article
    assert article.title
    assert not set(article.text) & {"\r", "\0", "\u2028", "\u2029"}
    article.text.encode()


@given(st.text(alphabet="#*_-`>[]()<!|&;\n ab1.🌉क", min_size=1))
def test_no_markdown_makes_the_reader_fail(source: str) -> None:
    from claimdesk.core.articles.markdown import plain_text

    assert isinstance(plain_text(source), str)
