"""The register of sources in the terminal: nothing that a command writes names a confidential source unless it is asked to."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from tests.e2e.test_cli import NEWS, Terminal

from claimdesk.core import edits, sources
from claimdesk.core.claim import Article
from claimdesk.core.desk import Desk
from claimdesk.core.sources import SourceKind

SECRETS = ("Zephyrine", "Okonkwo-Blum", "lockkeeper", "Weir Trust", "Pelican", "박하린")


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    (tmp_path / "news.txt").write_text(NEWS, encoding="utf-8")
    return Terminal(tmp_path)


@pytest.fixture
def desk(terminal: Terminal) -> Path:
    """A desk with two articles: of the first a confidential source is not named in the text, of the second it is."""
    path = terminal.folder / "desk.db"
    with Desk.open(path, who="Rosa") as desk:
        for text in (NEWS, f"Okonkwo-Blum speaks\n\n{NEWS}"):
            article = desk.add_article(Article(text, text.split("\n")[0], "en"))
            start = text.index("The bridge")
            desk.commit(edits.mark([], article, start, start + 30, "official"))
            claims = desk.claims(article.id)
            named = edits.name_source(claims, claims[0].id, "Zephyrine Okonkwo-Blum")
            assert named is not None
            desk.commit(named)
        source = next(entry.source for entry in desk.sources())
        known = replace(
            source, kind=SourceKind.PERSON, role="lockkeeper", affiliation="Weir Trust", aliases=("Pelican", "박하린"),
            confidential=True,
        )  # fmt: skip
        edit = sources.describe(desk.register(), [], source, known)
        assert edit is not None
        desk.commit_register(edit)
    return path


def told(terminal: Terminal, *words: str) -> list[str]:
    """The secrets that a command that does its work writes anywhere but on the desk."""
    code, out, err = terminal(*words)
    assert code == 0, err
    return [secret for secret in SECRETS if secret in out + err]


@pytest.mark.parametrize("command", [
        ("sources",), ("sources", "--json"), ("list",), ("list", "--json"),
        ("search", "bridge"), ("search", "bridge", "--json"), ("search", "speaks"), ("search", "okonkwo", "--json"),
        ("search", "lockkeeper"), ("search", "weir", "--json"), ("search", "pelican"), ("search", "박하린", "--json"),
        ("history",), ("history", "2", "--json"),
    ],
)  # fmt: skip
def test_lists_say_pseudonyms_and_names_when_asked(terminal: Terminal, desk: Path, command: tuple[str, ...]) -> None:
    assert told(terminal, *command, "--desk", str(desk)) == []
    assert "Source A" in terminal(*command, "--desk", str(desk))[1]
    assert "Okonkwo-Blum" in told(terminal, *command, "--desk", str(desk), "--names")


def test_sources_are_objects_for_other_programs(terminal: Terminal, desk: Path) -> None:
    hidden = {"id": 1, "name": "Source A", "kind": "person", "role": "", "affiliation": "", "aliases": [],
              "confidential": True, "claims": 2, "articles": 2}  # fmt: skip
    assert json.loads(terminal("sources", "--json", "--desk", str(desk))[1]) == [hidden]
    assert json.loads(terminal("sources", "--json", "--names", "--desk", str(desk))[1]) == [
        hidden | {"name": "Zephyrine Okonkwo-Blum", "role": "lockkeeper", "affiliation": "Weir Trust",
                  "aliases": ["Pelican", "박하린"]},
    ]  # fmt: skip


def test_an_empty_register_says_what_to_do(terminal: Terminal) -> None:
    assert "claimdesk import" in terminal.fails("sources")
    Desk.open(terminal.folder / "desk.db", who="Rosa").close()
    assert "claimdesk import" in terminal("sources", "--desk", "desk.db")[1]


@pytest.mark.parametrize("ending", ["html", "csv"])
def test_a_report_says_the_pseudonym_and_the_name_when_asked(terminal: Terminal, desk: Path, ending: str) -> None:
    target = terminal.folder / f"out.{ending}"
    assert told(terminal, "report", "1", "--to", target.name, "--desk", str(desk)) == []
    text = target.read_text(encoding="utf-8-sig")
    assert [secret for secret in SECRETS if secret in text] == []
    assert "Source A" in text
    terminal("report", "1", "--to", target.name, "--desk", str(desk), "--names")
    assert "Zephyrine Okonkwo-Blum" in target.read_text(encoding="utf-8-sig")


def test_a_report_whose_text_names_the_source_is_refused_until_that_is_allowed(terminal: Terminal, desk: Path) -> None:
    target = terminal.folder / "out.html"
    words = ("report", "2", "--to", "out.html", "--desk", str(desk))
    sentence = terminal.fails(*words)
    assert "name a confidential source in 1 place" in sentence
    assert not [secret for secret in SECRETS if secret in sentence]
    assert not target.exists()
    code, _, err = terminal(*words, "--published")
    assert (code, "in 1 place" in err) == (0, True)
    text = target.read_text(encoding="utf-8")
    assert ("Okonkwo-Blum speaks" in text, "Zephyrine" in text, "Source A" in text) == (True, False, True)
    assert terminal(*words, "--names")[2] == ""
    assert "Zephyrine" in target.read_text(encoding="utf-8")


def test_a_file_beside_the_desk_is_held_to_the_same(terminal: Terminal, desk: Path) -> None:
    (terminal.folder / "other.txt").write_text(NEWS.replace("The mayor", "Ms Okonkwo-Blum"), encoding="utf-8")
    assert "1 place" in terminal.fails("report", "other.txt", "--to", "out.html", "--desk", str(desk))


def test_a_mistake_of_the_program_is_noted_without_its_words(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    from claimdesk.app import CRASHES, _crashed

    with pytest.raises(KeyError) as caught:
        dict[str, str]()["Zephyrine Okonkwo-Blum"]
    _crashed(tmp_path, None, caught.type, caught.value, caught.tb)
    written = (tmp_path / CRASHES).read_text(encoding="utf-8") + capfd.readouterr().err
    assert "KeyError" in written
    assert "Zephyrine" not in written
