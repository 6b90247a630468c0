"""No byte of a report tells on which computer it was made, by whom and where, beyond what its user wrote into it."""

import getpass
import os
import re
import socket
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.core.reports.opened import ZIPPED, bytes_inside, parts, xml

from claimdesk.core.reports import FORMATS, Report, write

USER, HOST, HOME = "canaryuser7f3a", "canaryhost81c4", "canaryhomed02e"
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")

MAKE = """
import getpass, pickle, socket, sys
from pathlib import Path
socket.gethostname = socket.getfqdn = lambda *_: {host!r}
assert getpass.getuser() == {user!r}
from claimdesk.core.reports import FORMATS, write
report = pickle.loads(sys.stdin.buffer.read())
for ending in FORMATS:
    write(report, Path.home() / f"report{{ending}}")
"""


def told(data: bytes, words: str) -> bool:
    return any(form.encode(encoding) in data for form in (words, words.upper()) for encoding in ENCODINGS)


@pytest.fixture
def folder(everything: Report, tmp_path: Path) -> Path:
    """A home folder with a report in every format, made by a user and on a computer with names that stand nowhere else."""
    import pickle

    home = tmp_path / HOME
    home.mkdir()
    kept = {
        name: value
        for name, value in os.environ.items()
        if name.upper() in {"PATH", "SYSTEMROOT", "PYTHONPATH", "PATHEXT"}
    }
    names = dict.fromkeys(("USER", "LOGNAME", "LNAME", "USERNAME"), USER) | {"HOSTNAME": HOST, "COMPUTERNAME": HOST}
    homes = dict.fromkeys(("HOME", "USERPROFILE", "TMPDIR", "TEMP", "TMP"), str(home))
    subprocess.run(
        [sys.executable, "-c", MAKE.format(host=HOST, user=USER)], input=pickle.dumps(everything), env=kept | names | homes,
        check=True, timeout=120,
    )  # fmt: skip
    return home


def test_no_format_tells_of_user_computer_or_folder(folder: Path) -> None:
    for ending in FORMATS:
        data = bytes_inside(folder / f"report{ending}")
        for words in (USER, HOST, HOME, str(folder), str(Path(__file__).parents[3])):
            assert not told(data, words), (ending, words)
        real = [words for words in (socket.gethostname(), getpass.getuser()) if len(words) > 5]
        assert not [words for words in real if told(data, words)], ending


def test_only_the_report_itself_is_left_in_the_folder(folder: Path) -> None:
    left = {path.name for path in folder.iterdir() if not path.name.startswith(".")}
    assert left == {f"report{ending}" for ending in FORMATS}


def test_the_search_is_not_blind(everything: Report, tmp_path: Path) -> None:
    for ending in FORMATS:
        if ending != ".pdf":  # its letters are glyphs of a font; test_pdf reads them
            write(everything, tmp_path / f"report{ending}")
            assert told(bytes_inside(tmp_path / f"report{ending}"), "the dam broke"), ending


def test_the_only_times_are_those_that_the_report_knows(everything: Report, tmp_path: Path) -> None:
    year = str(datetime.now(UTC).year).encode()
    for ending in FORMATS:
        write(everything, tmp_path / f"report{ending}")
        data = bytes_inside(tmp_path / f"report{ending}")
        assert not re.search(rb"(?:\bD:|[^0-9a-zA-Z])%s-?[01][0-9]-?[0-3][0-9]" % year, data), ending


@pytest.mark.parametrize("ending", sorted(ZIPPED & FORMATS.keys()))
def test_a_zipped_file_names_no_other_program_as_its_maker(everything: Report, tmp_path: Path, ending: str) -> None:
    write(everything, tmp_path / f"report{ending}")
    for name, part in parts((tmp_path / f"report{ending}").read_bytes()).items():
        if name.endswith((".xml", ".rels")):
            makers = [
                str(element.text)
                for element in xml(part).iter("{*}Application", "{*}generator", "{*}creator", "{*}description")
            ]
            assert not [
                maker for maker in makers if re.search("python|microsoft|libreoffice|odfdo|xlsxwriter", maker, re.I)
            ], name
