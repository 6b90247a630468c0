"""An article goes to a colleague and back, in the terminal: bundle, import, review in parallel, merge."""

import json
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from tests.e2e.test_cli import NEWS, Terminal

from claimdesk.core import checking, edits, sources
from claimdesk.core.claim import Article
from claimdesk.core.desk import Desk

MEMORY_KEYRING = """
from keyring.backend import KeyringBackend
from pathlib import Path

class Kept(KeyringBackend):
    priority = 1
    file = Path(__file__).with_name("kept.txt")
    def get_password(self, service, username):
        return self.file.read_text() if self.file.exists() else None
    def set_password(self, service, username, password):
        self.file.write_text(password)
"""


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    (tmp_path / "news.txt").write_text(NEWS, encoding="utf-8")
    with Desk.open(tmp_path / "mine.db", who="me") as desk:
        article = desk.add_article(Article(NEWS, "Bridge to open 😀"), original=NEWS.encode())
        desk.commit(edits.mark([], article, NEWS.index("The bridge"), NEWS.index(", the"), "official"))
        desk.commit(edits.mark(desk.claims(1), article, NEWS.index("पुल"), len(NEWS), "media"))
    return Terminal(tmp_path)


def change(path: Path, level: str, note: str) -> None:
    """Review the first claim."""
    with Desk.open(path, who="राधा") as desk:
        first = desk.claims(1)[0].id
        verbs = (
            partial(edits.accept, ids=[first]),
            partial(edits.relevel, ids=[first], level=level),
            partial(checking.set_question, claim_id=first, question=note),
        )
        for verb in verbs:
            edit = verb(desk.claims(1))
            if edit is not None:  # it may be accepted already
                desk.commit(edit)


def test_a_review_goes_to_a_colleague_and_comes_back_merged(terminal: Terminal) -> None:
    there, back = "there.claimdesk", "back.json"
    assert terminal("report", "1", "--to", there, "--desk", "mine.db") == (0, f"Report written: {there}\n", "")
    code, out, err = terminal("import", there, "--desk", "theirs.db")
    assert (code, err) == (0, "")
    assert "2 claims with their review" in out
    assert "on the desk already" in terminal.fails("import", there, "--desk", "theirs.db")
    change(terminal.folder / "mine.db", "media", "कब? 🙂")
    change(terminal.folder / "theirs.db", "expert", "कब? 🙂")
    assert terminal("report", "1", "--to", back, "--desk", "theirs.db")[0] == 0
    code, out, err = terminal("merge", back, "--desk", "mine.db")
    assert code == 1
    assert "Level, mine: Media report" in out
    assert "Level, theirs: Expert analysis" in out
    assert "Nothing was written" in err
    code, out, _ = terminal("merge", back, "--desk", "mine.db", "--theirs", "--json")
    told = json.loads(out)
    assert (code, told["merged"], told["changed"]) == (0, True, 1)
    with Desk.open(terminal.folder / "mine.db", who="me") as desk:
        assert desk.claims(1)[0].level == "expert"
    past = terminal("history", "1", "--desk", "mine.db")[1]
    assert "राधा  Relevel claim 1 as expert analysis" in past.partition("On other desks:")[2]


def test_names_stay_at_home_with_the_files_that_hold_them(terminal: Terminal) -> None:
    with Desk.open(terminal.folder / "mine.db", who="Rosa") as desk:
        edit = edits.name_source(desk.claims(1), desk.claims(1)[0].id, "김용균 보스")
        assert edit is not None
        desk.commit(edit)
        register = desk.register()
        source = next(one.source for one in register if one.source.name == "김용균 보스")
        hidden = sources.describe(register, [], source, sources.Source(source.id, source.name, confidential=True))
        assert hidden is not None
        desk.commit_register(hidden)
    code, _, err = terminal("report", "1", "--to", "a.claimdesk", "--desk", "mine.db")
    assert (code, "Left out: 1 file" in err) == (0, True)
    assert terminal("report", "1", "--to", "a.json", "--desk", "mine.db")[0] == 0
    code, _, err = terminal("import", "a.claimdesk", "--desk", "theirs.db")
    assert (code, "pseudonyms" in err) == (0, True)
    for name in ("a.json", "theirs.db"):
        assert "김용균".encode() not in (terminal.folder / name).read_bytes()


def test_a_signed_bundle_is_verified_by_minisign_and_asked_for_by_its_key(terminal: Terminal) -> None:
    (terminal.folder / "kept_keyring.py").write_text(MEMORY_KEYRING, encoding="utf-8")
    terminal.environment |= {
        "PYTHON_KEYRING_BACKEND": "kept_keyring.Kept",
        "PYTHONPATH": f"{terminal.environment.get('PYTHONPATH', '')}:{terminal.folder}".lstrip(":"),
    }
    _, key, _ = terminal("desk", "signing-key")
    assert terminal("desk", "signing-key", "--to", "key.pub")[0] == 0
    assert (terminal.folder / "key.pub").read_text().splitlines()[1] == key.strip()
    assert terminal("report", "1", "--to", "s.claimdesk", "--sign", "--desk", "mine.db")[0] == 0
    code, _, err = terminal("import", "s.claimdesk", "--signed-by", key.strip(), "--desk", "theirs.db")
    assert (code, f"Signed by {key.strip()}" in err) == (0, True)
    assert "not signed by that key" in terminal.fails(
        "merge", "s.claimdesk", "--signed-by", "RWQ", "--desk", "theirs.db"
    )
    assert terminal("report", "1", "--to", "s.html", "--sign", "--desk", "mine.db")[0] == 2
    if shutil.which("minisign"):
        unzip = [sys.executable, "-m", "zipfile", "-e", "s.claimdesk", "out"]
        subprocess.run(unzip, cwd=terminal.folder, check=True)
        done = subprocess.run(
            ["minisign", "-Vm", "manifest.json", "-p", "../key.pub"], cwd=terminal.folder / "out", capture_output=True, check=False,
        )  # fmt: skip
        assert b"Signature and comment signature verified" in done.stdout


def test_bad_calls_are_one_sentence(terminal: Terminal) -> None:
    assert "holds no case" in terminal.fails("merge", "news.txt", "--desk", "mine.db")
    assert "holds no case" in terminal.fails("merge", "nothing.claimdesk", "--desk", "mine.db")
    assert terminal("report", "1", "--to", "a.claimdesk", "--desk", "mine.db")[0] == 0
    Desk.open(terminal.folder / "other.db", who="Rosa").close()
    assert "not on the desk" in terminal.fails("merge", "a.claimdesk", "--desk", "other.db")
    raw = (terminal.folder / "a.claimdesk").read_bytes()
    (terminal.folder / "cut.claimdesk").write_bytes(raw[: len(raw) // 2])
    assert "damaged" in terminal.fails("import", "cut.claimdesk", "--desk", "other.db")
    assert terminal("merge", "a.claimdesk", "--mine", "--theirs", "--desk", "mine.db")[0] == 2
