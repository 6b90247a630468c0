"""A source is removed from everywhere in the terminal: it says what goes, asks first, and says what stays."""

import json
import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from tests.e2e.test_cli import NEWS, Terminal

from claimdesk.core import edits, sources
from claimdesk.core.claim import Article
from claimdesk.core.desk import Backups, Desk
from claimdesk.core.sources import SourceKind

SECRETS = ("Zephyrine", "Okonkwo-Blum", "Pelican", "박하린")


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path)


@pytest.fixture
def desk(terminal: Terminal) -> Path:
    path = terminal.folder / "desk.db"
    with Desk.open(path, who="Rosa") as desk:
        article = desk.add_article(Article(NEWS, "News", "en"))
        desk.commit(edits.mark([], article, 0, 10, "official"))
        named = edits.name_source(desk.claims(1), 1, "Zephyrine Okonkwo-Blum")
        assert named is not None
        desk.commit(named)
        source = desk.sources()[0].source
        known = replace(source, kind=SourceKind.PERSON, aliases=("Pelican", "박하린"), confidential=True)
        edit = sources.describe(desk.register(), [], source, known)
        assert edit is not None
        desk.commit_register(edit)
        desk.backups.make()
    return path


def test_it_says_what_would_go_and_names_no_confidential_source(terminal: Terminal, desk: Path) -> None:
    before = desk.read_bytes()
    code, out, err = terminal("desk", "purge-source", "Pelican", "--dry-run", "--desk", str(desk))
    assert (code, err) == (0, "")
    assert "Source 1, “Source A”, would be removed" in out
    assert "Names and aliases in the register: 3" in out
    assert "words stay" in out
    assert not [secret for secret in SECRETS if secret in out]
    code, out, _ = terminal("desk", "purge-source", "1", "--dry-run", "--json", "--desk", str(desk))
    assert json.loads(out) == {
        "source": 1, "names": 3, "claims": 1, "notes": 0, "history_rows": 2, "articles_naming": 0, "names_kept": 0, "backups": 1,
    }  # fmt: skip
    assert desk.read_bytes() == before


def test_where_nobody_can_be_asked_it_has_to_be_told(terminal: Terminal, desk: Path) -> None:
    assert "--yes" in terminal.fails("desk", "purge-source", "1", "--desk", str(desk))
    with Desk.open(desk, who="Rosa") as opened:
        assert len(opened.sources()) == 1


def test_it_goes_from_desk_and_backups_and_the_check_tells_of_it(terminal: Terminal, desk: Path) -> None:
    code, out, err = terminal("desk", "purge-source", "박하린", "--yes", "--json", "--desk", str(desk))
    assert code == 0, err
    told = json.loads(out)
    assert (told["claims"], len(told["rewritten"]), told["left"]) == (1, 1, [])
    held = b"".join(path.read_bytes() for path in terminal.folder.rglob("*") if path.is_file())
    assert not [secret for secret in SECRETS if secret.encode() in held]
    code, out, _ = terminal("desk", "check", "--desk", str(desk))
    assert code == 0
    assert (
        "History:          ok, a source was removed from everywhere once, and 2 rows that named it were redacted" in out
    )
    code, out, _ = terminal("history", "--desk", str(desk))
    assert (code, "Remove a source from everywhere" in out) == (0, True)
    assert "no such source" in terminal.fails("desk", "purge-source", "Pelican", "--yes", "--desk", str(desk))


def test_backups_that_cannot_be_written_anew_end_it_with_1(terminal: Terminal, desk: Path) -> None:
    (backup,) = Backups(desk).all()
    with backup.path.open("rb+") as file:
        file.truncate(backup.size // 2)
    code, out, err = terminal("desk", "purge-source", "1", "--yes", "--desk", str(desk))
    assert (code, "removed from the desk" in out) == (1, True)
    assert f"may still hold the source: {backup.path.name}. Delete them if they do." in err
    with Desk.open(desk, who="Rosa") as opened:
        assert opened.sources() == []


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal as POSIX has it")
@pytest.mark.parametrize(("answer", "code"), [("n", 1), ("y", 0)])
def test_on_a_terminal_it_asks(terminal: Terminal, desk: Path, answer: str, code: int) -> None:
    import pty

    child, screen = pty.fork()
    if child == 0:
        os.environ["CLAIMDESK_HOME"] = str(terminal.folder / "home")
        words = ["-m", "claimdesk", "desk", "purge-source", "1", "--desk", str(desk)]
        os.execv(sys.executable, [sys.executable, *words])
    said = b""
    while b"[y/N]" not in said:
        said += os.read(screen, 1024)
    os.write(screen, f"{answer}\n".encode())
    try:
        while part := os.read(screen, 1024):
            said += part
    except OSError:  # the other end is closed
        pass
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == code
    assert b"It cannot be undone." in said
    with Desk.open(desk, who="Rosa") as opened:
        assert len(opened.sources()) == code
