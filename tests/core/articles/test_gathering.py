"""Folders and archives: every article in them is found, and an archive made to do harm is refused whole."""

import io
import os
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimdesk.core import zips
from claimdesk.core.articles import Found, gather
from claimdesk.core.errors import ArticleError

Filling = Callable[[zipfile.ZipFile], None]


def archive(path: Path, fill: Filling) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        fill(made)
    return path


def only(path: Path) -> Found:
    (found,) = gather([path])
    return found


def refusal(path: Path) -> str:
    """The one sentence with which all of an archive is refused, before anything in it is read."""
    found = only(path)
    with pytest.raises(ArticleError, match=r"^[^\n]+\.$") as refused:
        found.read()
    assert str(refused.value) == found.refused
    return found.refused


def test_a_folder_gives_its_files_in_order_and_at_any_depth(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "A.md",
        "पुल/다리.txt",
        "पुल/deep/er/c.txt",
        ".hidden/x.txt",
        ".y.txt",
        "Thumbs.db",
        "~$draft.docx",
    ):
        path = tmp_path / "press" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"said in {name}")
    found = list(gather([tmp_path / "press"]))
    assert [one.name for one in found] == ["press/A.md", "press/b.txt", "press/पुल/deep/er/c.txt", "press/पुल/다리.txt"]
    assert [one.filename for one in found] == ["A.md", "b.txt", "c.txt", "다리.txt"]
    assert found[3].read() == "said in पुल/다리.txt".encode()


def test_links_in_a_folder_are_not_followed_and_one_that_was_named_is(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("not meant")
    folder = tmp_path / "press"
    folder.mkdir()
    (folder / "a.txt").write_text("meant")
    try:
        (folder / "loop").symlink_to(folder)
        (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
        (tmp_path / "named").symlink_to(folder)
    except OSError:
        pytest.skip("links need a right here that this user does not have")
    assert [one.name for one in gather([folder])] == ["press/a.txt"]
    assert [one.name for one in gather([tmp_path / "named"])] == ["named/a.txt"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no named pipes in folders")
def test_a_pipe_in_a_folder_is_passed_over_and_one_that_was_named_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert list(gather([tmp_path])) == []
    with pytest.raises(ArticleError, match="device"):
        only(tmp_path / "pipe.txt").read()


def test_what_does_not_exist_is_found_and_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="does not exist"):
        only(tmp_path / "nowhere.txt").read()


def test_a_zip_archive_is_read_like_a_folder_and_nothing_is_unpacked(tmp_path: Path) -> None:
    def fill(made: zipfile.ZipFile) -> None:
        made.writestr("b.txt", "said 🌉")
        made.writestr("पुल/다리.md", "# said")
        made.writestr("empty/", "")
        made.writestr("__MACOSX/._b.txt", "x")
        made.writestr(".DS_Store", "x")

    path = archive(tmp_path / "press.zip", fill)
    found = list(gather([path]))
    assert [one.name for one in found] == ["press.zip/b.txt", "press.zip/पुल/다리.md"]
    assert [one.read().decode() for one in found] == ["said 🌉", "# said"]
    assert [one.filename for one in found] == ["b.txt", "다리.md"]
    assert list(tmp_path.iterdir()) == [path]


def test_a_document_that_is_a_zip_archive_is_one_file(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", lambda made: made.writestr("[Content_Types].xml", ""))
    assert only(path).name == "a.zip"
    assert only(path).member == ""


def entry(name: str, mode: int = stat.S_IFREG | 0o644) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name)
    made.external_attr = mode << 16
    return made


@pytest.mark.parametrize(
    ("names", "word"),
    [
        (["../evil.txt"], "outside"),
        (["a/../../evil.txt"], "outside"),
        (["/etc/evil.txt"], "outside"),
        (["..\\evil.txt"], "outside"),
        (["C:\\evil.txt"], "outside"),
        (["a.txt", "A.TXT"], "same name"),
        (["straße.txt", "STRASSE.txt"], "same name"),
        (["a/con.txt"], "device"),
        (["NUL"], "device"),
        (["com1.docx"], "device"),
        (["a\x1b[2J.txt"], "control"),
        ([f"{number}.txt" for number in range(10_001)], "10,000"),
    ],
    ids=lambda value: value if isinstance(value, str) else value[0],
)
def test_an_archive_with_names_that_do_harm_is_refused_whole(tmp_path: Path, names: list[str], word: str) -> None:
    def fill(made: zipfile.ZipFile) -> None:
        made.writestr("0-good.txt", "said")
        for name in names:
            made.writestr(entry(name), "x")

    assert word in refusal(archive(tmp_path / "a.zip", fill))


def test_an_archive_with_a_link_in_it_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", lambda made: made.writestr(entry("a.txt", stat.S_IFLNK | 0o777), "/etc/passwd"))
    assert "link" in refusal(path)


def test_an_archive_that_grows_a_hundredfold_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", lambda made: made.writestr("a.txt", b"\0" * 20_000_000))
    assert "hundred times" in refusal(path)


def test_an_archive_of_more_than_two_gigabytes_is_refused(tmp_path: Path) -> None:
    def fill(made: zipfile.ZipFile) -> None:
        for number in range(2_100):
            made.writestr(f"{number}.txt", b"x" * 1_000)

    path = archive(tmp_path / "a.zip", fill)
    path.write_bytes(path.read_bytes().replace((1_000).to_bytes(4, "little"), (999_999).to_bytes(4, "little")))
    assert "2 GB" in refusal(path)


def test_an_archive_that_lies_about_sizes_gives_no_more_than_is_allowed(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", lambda made: made.writestr("a.txt", b" " * 50_000_000))
    raw = path.read_bytes().replace((50_000_000).to_bytes(4, "little"), (500).to_bytes(4, "little"))
    path.write_bytes(raw)
    with pytest.raises(ArticleError, match="damaged"):
        only(path).read()


def test_an_encrypted_archive_is_said_so(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", lambda made: made.writestr("a.txt", "said"))
    raw = bytearray(path.read_bytes())
    raw[6] |= 1  # the flag in the entry
    raw[raw.index(b"PK\x01\x02") + 8] |= 1  # and in the list of entries
    path.write_bytes(raw)
    assert "encrypted" in refusal(path)


def test_a_list_of_entries_without_end_is_not_even_listed(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK\x03\x04" + b"PK\x01\x02" * 3_000_000)
    assert "10,000" in refusal(path)


@given(st.binary(max_size=200), st.integers(0, 200))
def test_no_damage_to_an_archive_is_more_than_a_sentence(damage: bytes, place: int) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("a.txt", "said")
    raw = made.getvalue()
    damaged = io.BytesIO(raw[:place] + damage + raw[place + len(damage) :])
    try:
        with zips.opened(damaged, "a.zip") as opened:
            for one in opened.infolist():
                zips.content(opened, one, 100, "a.txt")
    except ArticleError as error:
        assert str(error).endswith(".")  # noqa: PT017 - both ways are right, and each has to hold
