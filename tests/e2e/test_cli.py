"""Every command of the terminal as a user types it, and every bad input: one sentence, exit code 1, nothing half-written."""

import ctypes
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

NEWS = "Bridge to open 😀\n\nThe bridge will open on Monday, the transport ministry said. The mayor denied the reports.\n\nपुल खुलेगा।\n"


def give_up_reading_everything() -> None:
    """Let the superuser, in whose name a suite may run, be refused what a file's mode refuses (Linux)."""
    if sys.platform == "linux" and os.geteuid() == 0:
        drop_from_bounding_set, overrides, reads_all = 24, 1, 2
        for right in (overrides, reads_all):
            ctypes.CDLL(None).prctl(drop_from_bounding_set, right, 0, 0, 0)


class Terminal:
    """Runs commands with a desk and a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            **os.environ,
            "CLAIMDESK_HOME": str(folder / "home"),
            "CLAIMDESK_ENCRYPTION": "off",
            "LC_ALL": "C",
        }
        for name in ("CLAIMDESK_DESK", "DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
            self.environment.pop(name, None)

    def __call__(self, *words: str, typed: str = "") -> tuple[int, str, str]:
        done = subprocess.run(
            [sys.executable, "-m", "claimdesk", *words], env=self.environment, cwd=self.folder, input=typed.encode(),
            capture_output=True, timeout=120, check=False, preexec_fn=give_up_reading_everything if os.name == "posix" else None,
        )  # fmt: skip
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def fails(self, *words: str) -> str:
        """The one sentence of a command that must fail."""
        code, out, err = self(*words)
        assert code == 1, (code, out, err)
        assert err.count("\n") == 1
        assert "Traceback" not in err
        assert err.rstrip().endswith(".")
        return err


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    (tmp_path / "news.txt").write_text(NEWS, encoding="utf-8")
    return Terminal(tmp_path)


def test_suggest_writes_one_object_for_one_article(terminal: Terminal) -> None:
    code, out, err = terminal("suggest", "--json", "news.txt")
    data = json.loads(out)
    assert (code, err, data["id"], data["language"], data["text"]) == (0, "", "news", "en", NEWS)
    start, end = data["claims"][0]["content"][0]
    assert NEWS[start:end] == "The bridge will open on Monday"
    assert {"source", "cue", "level", "source_entity", "denies", "via", "confidence", "reason"} <= set(
        data["claims"][0]
    )
    [(start, end)] = data["boilerplate"]
    assert NEWS[start:end] == "पुल खुलेगा।"


def test_suggest_is_readable_without_json(terminal: Terminal) -> None:
    code, out, _ = terminal("suggest", "news.txt")
    assert code == 0
    assert "Bridge to open 😀" in out
    assert "official" in out


def test_suggest_answers_line_by_line_and_leaves_out_what_is_no_line(terminal: Terminal) -> None:
    lines = [
        json.dumps({"id": "a", "text": NEWS}),
        "no json",
        json.dumps({"id": "b", "text": "Rain fell on 3 May 2024 in Kent."}),
    ]
    code, out, err = terminal("suggest", "--jsonl", "-", typed="\n".join(lines))
    assert code == 1
    assert [json.loads(line)["id"] for line in out.splitlines()] == ["a", "b"]
    assert err.startswith("Line 2 ")


@pytest.mark.parametrize(
    "line",
    [
        b"\xff\xfe",
        b"[" * 100_000,
        b'"text"',
        b"[1]",
        b'{"id": "x"}',
        b'{"id": "x", "text": 5}',
        b'{"id": "x", "text": " "}',
    ],
)
def test_a_bad_line_is_told_with_its_number_and_the_rest_goes_on(terminal: Terminal, line: bytes) -> None:
    good = json.dumps({"id": "सूची 😀", "text": NEWS}, ensure_ascii=False).encode()
    (terminal.folder / "archive.jsonl").write_bytes(good + b"\n" + line + b"\n\n" + good)
    code, out, err = terminal("suggest", "--jsonl", "archive.jsonl")
    assert code == 1
    assert [json.loads(answer)["id"] for answer in out.splitlines()] == ["सूची 😀"] * 2
    assert err.startswith("Line 2 of archive.jsonl was left out: ")
    assert err.count("\n") == 1


def test_lines_that_cannot_be_had_are_one_sentence(terminal: Terminal) -> None:
    assert "missing.jsonl" in terminal.fails("suggest", "--jsonl", "missing.jsonl")
    assert "home" in terminal.fails("suggest", "--jsonl", str(terminal.folder.parent / "home"))


def test_each_line_is_answered_before_the_next_is_asked_and_ctrl_c_ends_it(terminal: Terminal) -> None:
    command = [sys.executable, "-m", "claimdesk", "suggest", "--jsonl", "-"]
    pipe = subprocess.PIPE

    def hear_ctrl_c() -> None:
        signal.signal(
            signal.SIGINT, signal.SIG_DFL
        )  # a suite that runs in the background has it ignored, and its children too

    with subprocess.Popen(
        command, env=terminal.environment, stdin=pipe, stdout=pipe, stderr=pipe, preexec_fn=hear_ctrl_c
    ) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        assert running.stderr is not None
        for name in ("a", "b"):
            running.stdin.write(json.dumps({"id": name, "text": NEWS}).encode() + b"\n")
            running.stdin.flush()
            assert json.loads(running.stdout.readline())["id"] == name
        running.send_signal(signal.SIGINT)
        assert running.wait(60) == 130
        assert running.stderr.read() == b""


def test_a_reader_that_goes_away_is_no_error(terminal: Terminal) -> None:
    line = json.dumps({"id": "a", "text": NEWS}).encode() + b"\n"
    (terminal.folder / "archive.jsonl").write_bytes(line * 200)
    command = [sys.executable, "-m", "claimdesk", "suggest", "--jsonl", "archive.jsonl"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=terminal.environment, cwd=terminal.folder, stdout=pipe, stderr=pipe) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == b""


def test_import_list_and_report_go_through_one_desk(terminal: Terminal) -> None:
    code, out, err = terminal("import", "news.txt", "--json")
    assert (code, err) == (0, "")
    taken = json.loads(out)[0]
    assert taken["claims"] >= 2
    _, listed, _ = terminal("list", "--json")
    assert json.loads(listed)[0]["suggested"] == taken["claims"]
    assert terminal("report", str(taken["id"]), "--to", "out.html")[0] == 0
    assert "पुल खुलेगा।" in (terminal.folder / "out.html").read_text(encoding="utf-8")


def test_search_finds_articles_claims_and_sources_in_every_script(terminal: Terminal) -> None:
    terminal("import", "news.txt")
    code, out, err = terminal("search", "bridge", "monday")
    assert (code, err) == (0, "")
    assert [line for line in out.splitlines() if not line.startswith(" ")] == ["Articles", "Claims"]
    assert "     1  The bridge will open on Monday" in out
    assert "\x1b" not in out
    assert "Bridge to open 😀" in out
    assert "पुल खुलेगा" in terminal("search", "पुल")[1]
    assert "Sources\n" in terminal("search", "ministry")[1]


def test_search_answers_programs(terminal: Terminal) -> None:
    terminal("import", "news.txt")
    code, out, err = terminal("search", "monday", "--json", "--limit", "1")
    article, claim = json.loads(out)
    assert (code, err, article["kind"], article["claim"], claim["kind"]) == (0, "", "article", None, "claim")
    (start, end) = claim["marks"][0]
    assert claim["snippet"][start:end] == "Monday"
    assert (claim["level"], claim["review"], claim["title"]) == ("official", "suggested", "Bridge to open 😀")
    assert json.loads(terminal("search", "nowhere", "--json")[1]) == []


def test_search_without_a_hit_is_one_sentence_and_no_failure(terminal: Terminal) -> None:
    terminal("import", "news.txt")
    for query in ("nowhere", "…", '" OR NEAR(', "monday 🙂 nowhere"):
        assert terminal("search", "--", query) == (0, f"Nothing found for “{query}”.\n", "")
    assert terminal("search", "monday", "--since", "2020-01-01", "--until", "2020-01-02")[0] == 0
    assert (
        terminal(
            "search",
            "monday",
            "--level",
            "denial",
            "--review",
            "accepted",
            "--source",
            "x",
            "--outlet",
            "y",
            "--verdict",
            "refuted",
        )[0]
        == 0
    )


@pytest.mark.parametrize(
    "wrong",
    [
        ("--since", "yesterday"),
        ("--until", "2031-02-30"),
        ("--level", "rumour"),
        ("--review", "no"),
        ("--verdict", "perhaps"),
        ("--limit", "0"),
    ],
)
def test_search_by_what_there_is_not_is_a_wrong_call(terminal: Terminal, wrong: tuple[str, str]) -> None:
    code, out, err = terminal("search", "bridge", *wrong)
    assert (code, out) == (2, "")
    assert wrong[0] in err
    assert "Traceback" not in err


@pytest.mark.skipif(os.name != "posix", reason="a pseudo-terminal of POSIX")
def test_search_marks_the_words_on_a_terminal_and_lets_no_article_command_it(terminal: Terminal) -> None:
    (terminal.folder / "news.txt").write_text(NEWS + "Ink \x1b[31m red \x1b[0m ran out.\n", encoding="utf-8")
    terminal("import", "news.txt")
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "claimdesk", "search", "red"]
    subprocess.run(command, env=terminal.environment, stdout=theirs, check=True, timeout=60)
    shown = os.read(ours, 10_000).decode()
    os.close(ours)
    os.close(theirs)
    assert "\x1b[31m" not in shown
    assert "[1m\x1b[4mred\x1b[0m" in shown or "\x1b[1;4mred" in shown


def test_the_same_text_is_taken_in_once(terminal: Terminal) -> None:
    terminal("import", "news.txt")
    code, out, _ = terminal("import", "news.txt")
    assert code == 0
    assert "already" in out
    assert len(json.loads(terminal("list", "--json")[1])) == 1


def test_a_file_that_is_not_on_the_desk_is_reported_with_its_suggestions(terminal: Terminal) -> None:
    assert terminal("report", "news.txt", "--to", "out.csv")[0] == 0
    table = (terminal.folder / "out.csv").read_text(encoding="utf-8-sig")
    assert "The bridge will open on Monday" in table
    assert not (terminal.folder / "home").exists()


def test_a_report_can_be_a_pdf_and_follow_a_template_of_ones_own(terminal: Terminal) -> None:
    assert terminal("report", "news.txt", "--to", "out.pdf")[0] == 0
    assert (terminal.folder / "out.pdf").read_bytes().startswith(b"%PDF-1.7")
    home = terminal.folder / "home"
    home.mkdir()
    (home / "settings.toml").write_text('report_template_html = "mine.html"\n')
    (home / "mine.html").write_text("{{ report.rows | length }} claims\n{{ report.nothing }}")
    assert "The template mine.html is broken at line 2" in terminal.fails("report", "news.txt", "--to", "out.html")
    assert not (terminal.folder / "out.html").exists()


def test_an_empty_desk_says_what_to_do(terminal: Terminal) -> None:
    assert "claimdesk import" in terminal.fails("list")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.txt", b""),
        ("blank.txt", b" \n\n "),
        ("binary.txt", bytes(range(256)) * 20),
        ("photo.txt", b"\x89PNG\r\n\x1a\n" + b"\0" * 50),
        ("report.docx", b"PK\x03\x04"),
        ("huge.txt", b"All work and no play. " * 2_400_000),
    ],
)
def test_what_is_no_article_is_refused_in_one_sentence(terminal: Terminal, name: str, content: bytes) -> None:
    (terminal.folder / name).write_bytes(content)
    for words in (("suggest", "--json", name), ("import", name), ("report", name, "--to", "out.html")):
        assert name in terminal.fails(*words)
    assert not (terminal.folder / "out.html").exists()
    assert json.loads(terminal("list", "--json")[1]) == []


def test_what_is_missing_or_a_folder_is_refused_in_one_sentence(terminal: Terminal) -> None:
    (terminal.folder / "folder.txt").mkdir()
    assert "missing.txt" in terminal.fails("import", "missing.txt")
    assert "folder.txt" in terminal.fails("suggest", "folder.txt")
    assert "12" in terminal.fails("report", "12", "--to", "out.html")


@pytest.mark.skipif(sys.platform == "win32", reason="a file's mode forbids nothing there")
def test_what_may_not_be_read_or_written_is_refused_in_one_sentence(terminal: Terminal) -> None:
    (terminal.folder / "secret.txt").write_text(NEWS, encoding="utf-8")
    (terminal.folder / "secret.txt").chmod(0)
    assert "permission denied" in terminal.fails("import", "secret.txt")
    (terminal.folder / "locked").mkdir(mode=0o500)
    assert "permission denied" in terminal.fails("report", "news.txt", "--to", "locked/out.html")
    terminal.fails("import", "news.txt", "--desk", "locked/desk.db")
    assert list((terminal.folder / "locked").iterdir()) == []


def test_one_bad_file_does_not_stop_the_others(terminal: Terminal) -> None:
    code, out, err = terminal("import", "missing.txt", "news.txt")
    assert code == 1
    assert "missing.txt" in err
    assert "Bridge to open" in out


def test_an_encoding_that_was_guessed_is_told(terminal: Terminal) -> None:
    (terminal.folder / "latin.txt").write_bytes("Café owners said the ministry lied about 3 cafés.".encode("cp1252"))
    for words in (("suggest", "latin.txt", "--json"), ("import", "latin.txt")):
        code, out, err = terminal(*words)
        assert code == 0
        assert "Café" in out
        assert "guess" in err


def test_another_encoding_can_be_named(terminal: Terminal) -> None:
    (terminal.folder / "latin.txt").write_bytes("Café owners said the ministry lied about 3 cafés.".encode("cp1252"))
    code, out, _ = terminal("suggest", "--json", "--encoding", "cp1252", "latin.txt")
    assert code == 0
    assert "Café" in json.loads(out)["text"]


def test_a_report_that_cannot_be_written_leaves_nothing_behind(terminal: Terminal) -> None:
    terminal("import", "news.txt")
    terminal.fails("report", "1", "--to", "no/such/folder/out.html")
    (terminal.folder / "taken.html").mkdir()
    terminal.fails("report", "1", "--to", "taken.html")
    assert ".html" in terminal.fails("report", "1", "--to", "out.xyz")
    assert sorted(path.name for path in terminal.folder.iterdir()) == ["home", "news.txt", "taken.html"]


def test_a_desk_that_is_none_is_left_as_it_is(terminal: Terminal) -> None:
    (terminal.folder / "notes.db").write_bytes(b"not a desk at all, but long enough to be looked at" * 40)
    before = (terminal.folder / "notes.db").read_bytes()
    terminal.fails("import", "news.txt", "--desk", "notes.db")
    assert (terminal.folder / "notes.db").read_bytes() == before


def test_no_plain_desk_is_made_where_an_encrypted_one_was_asked_for(terminal: Terminal) -> None:
    terminal.environment["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nowhere"
    for wish in ("keyring", "passphrase", "on", ""):
        terminal.environment["CLAIMDESK_ENCRYPTION"] = wish
        terminal.fails("import", "news.txt")
        assert not list((terminal.folder / "home").glob("desk*"))


def test_a_wrong_call_is_exit_code_two(terminal: Terminal) -> None:
    for words in (("import",), ("report", "news.txt"), ("no-such-command",)):
        assert terminal(*words)[0] == 2


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a display")
def test_the_window_without_a_display_is_one_sentence(terminal: Terminal) -> None:
    assert "display" in terminal.fails()
    assert "display" in terminal.fails("open", "news.txt")


def test_the_version_is_told(terminal: Terminal) -> None:
    assert terminal("--version")[1].startswith("ClaimDesk 0.")


def test_a_desk_that_is_not_there_is_not_made_by_looking(terminal: Terminal, tmp_path: Path) -> None:
    missing = tmp_path / "nowhere" / "desk.db"
    assert "There is no desk" in terminal.fails("list", "--desk", str(missing))
    assert not missing.parent.exists()


WORDS = "पुल bridge 다리 🌉"


@pytest.fixture
def protected(terminal: Terminal) -> Terminal:
    """Where a desk is encrypted by a passphrase that lies in a file."""
    (terminal.folder / "words.txt").write_text(f"{WORDS}\r\nnot this line\n", encoding="utf-8")
    terminal.environment |= {
        "CLAIMDESK_ENCRYPTION": "passphrase",
        "CLAIMDESK_PASSPHRASE_FILE": str(terminal.folder / "words.txt"),
        "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere",
    }
    return terminal


def file_of(terminal: Terminal, name: str, words: str) -> str:
    """A file that holds words; its name."""
    (terminal.folder / name).write_text(words, encoding="utf-8")
    return str(terminal.folder / name)


def recovery_in(told: str) -> str:
    """The recovery key that standard error tells."""
    return next(line.strip() for line in told.splitlines() if line.startswith("    "))


def test_an_encrypted_desk_is_worked_on_by_its_passphrase(protected: Terminal) -> None:
    code, out, err = protected("import", "news.txt", "--json")
    assert (code, err.count("recovery key")) == (0, 1)
    taken = json.loads(out)[0]
    assert json.loads(protected("list", "--json")[1])[0]["suggested"] == taken["claims"]
    assert protected("report", "1", "--suggestions", "--to", "out.html")[0] == 0
    assert "पुल खुलेगा।" in (protected.folder / "out.html").read_text(encoding="utf-8")
    desk = protected.folder / "home" / "desk.db"
    assert not desk.read_bytes().startswith(b"SQLite")
    told = json.loads(protected("desk", "info", "--json")[1])
    assert (told["encrypted"], told["unlocked_by"]) == (True, ["passphrase", "recovery"])
    assert (told["articles"], told["claims"], told["bytes"]) == (1, taken["claims"], desk.stat().st_size)
    assert "Encrypted, unlocked by passphrase, recovery\n1 articles" in protected("desk", "info")[1]

    protected.environment["CLAIMDESK_PASSPHRASE_FILE"] = file_of(protected, "wrong.txt", "not this one")
    for words in (("list",), ("import", "news.txt"), ("desk", "info"), ("desk", "decrypt"), ("desk", "recovery-key")):
        assert "not the passphrase or the recovery key" in protected.fails(*words)
    protected.environment["CLAIMDESK_PASSPHRASE_FILE"] = file_of(protected, "recovery.txt", recovery_in(err).lower())
    assert protected("list")[0] == 0


def test_keys_are_changed_in_the_terminal(protected: Terminal) -> None:
    first = recovery_in(protected("import", "news.txt")[2])
    code, out, err = protected("desk", "recovery-key")
    assert (code, out) == (0, "")
    second = recovery_in(err)
    assert "--new" in protected.fails("desk", "passphrase")
    assert "empty" in protected.fails("desk", "passphrase", "--new", file_of(protected, "empty.txt", "\n"))
    assert "missing.txt" in protected.fails("desk", "passphrase", "--new", "missing.txt")
    assert protected("desk", "passphrase", "--new", file_of(protected, "new.txt", "another one"))[0] == 0
    for words, opens in ((WORDS, False), (first, False), (second, True), ("another one", True)):
        protected.environment["CLAIMDESK_PASSPHRASE_FILE"] = file_of(protected, "try.txt", words)
        assert (protected("list")[0] == 0) is opens


def test_a_desk_becomes_plain_and_encrypted_again_in_the_terminal(protected: Terminal) -> None:
    protected("import", "news.txt")
    desk = protected.folder / "home" / "desk.db"
    assert protected("desk", "export-plain", "copy.db")[0] == 0
    assert (protected.folder / "copy.db").read_bytes().startswith(b"SQLite format 3\0")
    assert "is there already" in protected.fails("desk", "export-plain", "copy.db")
    assert "encrypted already" in protected.fails("desk", "encrypt", "--by", "passphrase")
    assert protected("desk", "decrypt")[0] == 0
    assert desk.read_bytes().startswith(b"SQLite format 3\0")
    assert sorted(file.name for file in desk.parent.glob("desk*")) == ["desk.db"]
    for words in (("desk", "decrypt"), ("desk", "recovery-key"), ("desk", "passphrase", "--new", "words.txt")):
        assert "not encrypted" in protected.fails(*words)
    assert json.loads(protected("desk", "info", "--json")[1])["encrypted"] is False
    assert "no keyring" in protected.fails("desk", "encrypt")
    assert desk.read_bytes().startswith(b"SQLite format 3\0")
    code, out, err = protected("desk", "encrypt", "--by", "passphrase")
    assert code == 0
    assert "Copies and backups" in out
    assert recovery_in(err)
    assert not desk.read_bytes().startswith(b"SQLite")
    assert len(json.loads(protected("list", "--json")[1])) == 1


def test_a_desk_behind_a_link_is_the_desk_itself(protected: Terminal) -> None:
    protected("import", "news.txt")
    (protected.folder / "link.db").symlink_to(protected.folder / "home" / "desk.db")
    told = json.loads(protected("desk", "info", "--json", "--desk", "link.db")[1])
    assert told["encrypted"] is True
    recovery = recovery_in(protected("desk", "recovery-key", "--desk", "link.db")[2])
    protected.environment["CLAIMDESK_PASSPHRASE_FILE"] = file_of(protected, "try.txt", recovery)
    assert protected("list")[0] == 0


def test_how_a_desk_is_made_must_be_said_and_nothing_is_made_until_then(terminal: Terminal) -> None:
    del terminal.environment["CLAIMDESK_ENCRYPTION"]
    assert "Set CLAIMDESK_ENCRYPTION to keyring, passphrase or off" in terminal.fails("import", "news.txt")
    terminal.environment["CLAIMDESK_ENCRYPTION"] = "passphrase"
    assert "CLAIMDESK_PASSPHRASE_FILE" in terminal.fails("import", "news.txt")
    terminal.environment["CLAIMDESK_PASSPHRASE_FILE"] = "missing.txt"
    assert "missing.txt" in terminal.fails("import", "news.txt")
    assert sorted(path.name for path in terminal.folder.iterdir()) == ["news.txt"]


def test_keys_that_are_damaged_or_gone_are_one_sentence(protected: Terminal) -> None:
    protected("import", "news.txt")
    keys = protected.folder / "home" / "desk.db.keys"
    whole = keys.read_bytes()
    keys.write_bytes(whole[: len(whole) // 2])
    assert "desk.db.keys is damaged" in protected.fails("list")
    keys.unlink()
    assert "the file with its keys is not beside it" in protected.fails("list")
    keys.write_bytes(whole)
    assert protected("list")[0] == 0


@pytest.fixture(params=["off", "passphrase"])
def desk(terminal: Terminal, request: pytest.FixtureRequest) -> Path:
    """A desk with an article, plain or encrypted."""
    words = terminal.folder / "passphrase.txt"
    words.write_text("कहा 🙂 so much", encoding="utf-8")
    terminal.environment |= {"CLAIMDESK_ENCRYPTION": request.param, "CLAIMDESK_PASSPHRASE_FILE": str(words)}
    assert terminal("import", "news.txt")[0] == 0
    return terminal.folder / "home" / "desk.db"


def listed(terminal: Terminal) -> list[dict[str, object]]:
    code, out, _ = terminal("desk", "backups", "--json")
    assert code == 0
    found: list[dict[str, object]] = json.loads(out)
    return found


def test_a_desk_is_backed_up_listed_and_restored(terminal: Terminal, desk: Path) -> None:
    assert "No backups of this desk yet" in terminal("desk", "backups")[1]
    code, out, err = terminal("desk", "backup")
    assert (code, err) == (0, "")
    (row,) = listed(terminal)
    assert out.startswith("Backup 1 written and compared with the desk: ")
    assert out.rstrip().endswith(str(row["path"]))
    assert (row["number"], row["articles"], row["verified"]) == (1, 1, True)
    (terminal.folder / "more.txt").write_text("The mayor said that 3 of 4 bridges are closed.", encoding="utf-8")
    terminal("import", "more.txt")
    code, out, err = terminal("desk", "restore", "1")
    assert (code, err) == (0, "")
    assert "What it held until now is backup 2." in out
    assert len(json.loads(terminal("list", "--json")[1])) == 1
    assert [(one["number"], one["articles"]) for one in listed(terminal)] == [(2, 2), (1, 1)]
    assert terminal("desk", "restore", str(listed(terminal)[0]["path"]))[0] == 0
    assert len(json.loads(terminal("list", "--json")[1])) == 2
    assert "keep what was deleted" in terminal("desk", "backups")[1]


def test_a_backup_on_a_stick_restores_a_desk_that_is_gone_with_its_keys(terminal: Terminal, desk: Path) -> None:
    stick = terminal.folder / "stick"
    assert terminal("desk", "backup", "--to", str(stick))[0] == 0
    (backup,) = stick.glob("*.db")
    for file in desk.parent.glob("desk.db*"):
        file.unlink()
    assert terminal("desk", "restore", str(backup))[0] == 0
    assert len(json.loads(terminal("list", "--json")[1])) == 1


def test_a_damaged_desk_is_one_sentence_that_says_how_its_newest_good_backup_comes_back(
    terminal: Terminal, desk: Path
) -> None:
    terminal("desk", "backup")
    code, out, err = terminal("desk", "check")
    assert (code, err) == (0, "")
    assert {line.rpartition(" ")[2] for line in out.splitlines()} == {"ok"}
    damaged = bytearray(desk.read_bytes())
    damaged[4096:4300] = b"\xff" * 204
    desk.write_bytes(damaged)
    sentence = terminal.fails("list")
    assert "damaged" in sentence
    assert "claimdesk desk restore 1" in sentence
    code, out, err = terminal("desk", "check", "--json")
    assert code == 1
    assert "claimdesk desk restore 1" in err
    assert not all(one["ok"] for one in json.loads(out))
    assert desk.read_bytes() == bytes(damaged)
    code, out, _ = terminal("desk", "restore", "1")
    assert code == 0
    (kept,) = (desk.parent / "backups").glob("*-replaced.db")
    assert str(kept) in out
    assert kept.read_bytes() == bytes(damaged)
    assert terminal("list")[0] == 0


def test_what_cannot_be_backed_up_or_restored_is_one_sentence(terminal: Terminal) -> None:
    assert "There is no desk" in terminal.fails("desk", "backup")
    terminal("import", "news.txt")
    assert "no backup 7" in terminal.fails("desk", "restore", "7")
    assert "missing.db" in terminal.fails("desk", "restore", "missing.db")
    assert "news.txt" in terminal.fails("desk", "restore", "news.txt")
    (terminal.folder / "file").write_text("x", encoding="utf-8")
    assert "not a directory" in terminal.fails("desk", "backup", "--to", "file")


DOCUMENTS = Path(__file__).parents[1] / "data" / "articles"


def test_every_kind_of_file_is_taken_in_and_told_in_json(terminal: Terminal) -> None:
    files = [str(path) for path in sorted(DOCUMENTS.iterdir()) if path.suffix not in {".fodt", ".md"}]
    code, out, err = terminal("import", *files, "--json")
    told = json.loads(out)
    assert (code, [one for one in told if "error" in one]) == (0, []), err
    assert {one["kind"] for one in told} >= {"word", "opendocument", "rich text", "pdf", "mail"}
    assert all(one["title"] and one["sha256"] for one in told)
    assert any(one["pages"] for one in told if one["kind"] == "pdf")


def test_standard_input_patterns_and_a_folder_with_one_bad_file(terminal: Terminal) -> None:
    code, out, err = terminal("import", "-", typed="पुल बंद है 🙂, महापौर ने कहा।")
    assert (code, out.split(":")[0]) == (0, "1  पुल बंद है 🙂, महापौर ने कहा।"), err
    folder = terminal.folder / "box"
    folder.mkdir()
    (folder / "b.txt").write_text("다리가 안전하다고 시장이 말했다.", encoding="utf-8")
    (folder / "a.txt").write_bytes(b"\0\1\2\3" * 99)
    code, out, err = terminal("import", "box", "nothing*.txt")
    assert (code, len(out.splitlines())) == (1, 1)
    assert "Nothing matches nothing*.txt" in err
    assert "a.txt" in err
    assert terminal("import", "box/b*.txt")[1].endswith("is on the desk already\n")


def test_a_new_version_takes_the_reviewed_claims_along(terminal: Terminal) -> None:
    terminal("import", "news.txt")
    news = (terminal.folder / "news.txt").read_text(encoding="utf-8")
    (terminal.folder / "newer.txt").write_text(f"{news}\n\nAn update 🙂 follows.", encoding="utf-8")
    code, out, err = terminal("import", "newer.txt", "--json")
    (told,) = json.loads(out)
    assert (code, told["close_to"][0]["id"], told["revises"]) == (0, 1, None)
    (terminal.folder / "newest.txt").write_text(f"{news}\n\nAnother update 🙂 follows.", encoding="utf-8")
    code, out, err = terminal("import", "newest.txt", "--version-of", "1", "--json")
    (told,) = json.loads(out)
    assert (code, told["revises"], told["claims_lost"]) == (0, 1, 0), err


def test_a_machine_inside_the_house_is_not_fetched_from(terminal: Terminal) -> None:
    assert "inside this computer or its network" in terminal.fails("import", "http://127.0.0.1:9/story")
