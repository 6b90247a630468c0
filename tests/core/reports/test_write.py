"""Writing a report: whole or not at all, and one sentence where it cannot be."""

import os
import stat
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from claimdesk.core.claim import Article
from claimdesk.core.errors import ReportError
from claimdesk.core.reports import FORMATS, Report, write

Make = Callable[..., Report]


@pytest.mark.parametrize("ending", [*FORMATS, ".HTML"])
def test_every_format_is_written_for_its_user_alone_and_replaces_what_was_there(
    make: Make, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"रिपोर्ट 한국 🌊{ending}"
    path.write_text("yesterday's")
    write(make(), path)
    assert path.read_bytes() != b"yesterday's"
    if ending.lower() in {".html", ".csv"}:
        assert "the dam broke before the siren" in path.read_text(encoding="utf-8")
    assert list(tmp_path.iterdir()) == [path]
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("name", ["report.doc", "report"])
def test_an_ending_that_no_format_has_is_refused_with_those_that_there_are(
    make: Make, tmp_path: Path, name: str
) -> None:
    with pytest.raises(ReportError, match=r"ends in \.docx or .* or \.claimdesk\.$"):
        write(make(), tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_and_a_folder_as_the_target_are_one_sentence(make: Make, tmp_path: Path) -> None:
    folder = tmp_path / "folder.html"
    folder.mkdir()
    for path in (tmp_path / "nowhere" / "report.html", folder, tmp_path / f"{'a' * 300}.csv"):
        with pytest.raises(ReportError) as caught:
            write(make(), path)
        assert "could not be written" in str(caught.value)
        assert str(tmp_path) not in str(caught.value)
    assert list(tmp_path.iterdir()) == [folder]
    assert not list(folder.iterdir())


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="nothing is protected from the superuser")
def test_a_file_that_is_protected_against_changes_stays(make: Make, tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    path.write_text("kept")
    path.chmod(0o400)
    with pytest.raises(ReportError, match="permission denied"):
        write(make(), path)
    assert path.read_text() == "kept"


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are POSIX")
def test_where_the_disk_takes_no_more_the_old_report_stays_and_nothing_half_written(make: Make, tmp_path: Path) -> None:
    import resource

    path = tmp_path / "report.html"
    path.write_text("yesterday's")
    report = make()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        with pytest.raises(ReportError, match="file too large"):
            write(report, path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert path.read_text() == "yesterday's"
    assert list(tmp_path.iterdir()) == [path]


def test_names_that_no_file_can_hold_are_written_as_well_as_they_can_be(
    make: Make, article: Article, tmp_path: Path
) -> None:
    odd = replace(article, filename="caf\udce9.txt", byline="A\0B")
    for ending in FORMATS:
        write(make(article=odd), tmp_path / f"report{ending}")
    assert "caf\ufffd.txt" in (tmp_path / "report.html").read_text(encoding="utf-8")
