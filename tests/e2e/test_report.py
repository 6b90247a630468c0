"""The report command: several files at once, some levels only, what is told to other programs, and bad calls."""

import csv
import hashlib
import json
from pathlib import Path

import pytest
from tests.e2e.test_cli import NEWS, Terminal

from claimdesk.core.reports import FORMATS


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    (tmp_path / "news.txt").write_text(NEWS, encoding="utf-8")
    return Terminal(tmp_path)


def levels(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return [row["Level"] for row in csv.DictReader(lines)]


def test_every_format_is_written_in_one_call_and_told_with_its_hash(terminal: Terminal) -> None:
    names = [f"रिपोर्ट 북한 تقرير{ending}" for ending in FORMATS]
    code, out, err = terminal("report", "news.txt", "--json", *(word for name in names for word in ("--to", name)))
    assert (code, err) == (0, "")
    told = json.loads(out)
    assert [one["path"] for one in told] == names
    assert [one["format"] for one in told] == [ending.lstrip(".") for ending in FORMATS]
    for one in told:
        data = (terminal.folder / one["path"]).read_bytes()
        assert (one["bytes"], one["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
        assert (one["claims"], one["suggestions"] > 1) == (0, True), "a file that is on no desk has suggestions only"


def test_levels_are_chosen_and_the_report_says_what_it_left_out(terminal: Terminal) -> None:
    terminal("report", "news.txt", "--to", "all.csv")
    assert {"Official statement", "Denial"} <= set(levels(terminal.folder / "all.csv"))
    words = ("report", "news.txt", "--level", "denial", "--level", "media", "--to", "some.csv", "--to", "some.html")
    assert terminal(*words)[0] == 0
    assert set(levels(terminal.folder / "some.csv")) == {"Denial"}
    page = (terminal.folder / "some.html").read_text(encoding="utf-8")
    assert "This report shows 2 of the 9 attribution levels." in page


def test_a_level_that_there_is_not_is_a_wrong_call(terminal: Terminal) -> None:
    code, _, err = terminal("report", "news.txt", "--level", "rumour", "--to", "out.html")
    assert (code, "speculation" in err, "Traceback" in err) == (2, True, False)
    assert not (terminal.folder / "out.html").exists()


def test_one_file_that_cannot_be_written_does_not_stop_the_others(terminal: Terminal) -> None:
    words = ("report", "news.txt", "--json", "--to", "no/such/out.html", "--to", "out.xyz", "--to", "out.csv")
    code, out, err = terminal(*words)
    assert (code, err.count("\n"), [one["path"] for one in json.loads(out)]) == (1, 2, ["out.csv"])
    assert sorted(path.name for path in terminal.folder.iterdir()) == ["news.txt", "out.csv"]
