"""Foreign files are read by a process that can do nothing else, and whatever it does is one sentence."""

import json
import os
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.articles.pages import ENGLISH, modern

from claimdesk.core.articles import Attachment, Kind, Reading
from claimdesk.core.articles.answers import UntrueError, reading_in
from claimdesk.core.articles.isolation import ask, command, read_apart, started
from claimdesk.core.claim import Remark, RemarkKind, Span
from claimdesk.core.errors import ArticleError, Cancelled
from claimdesk.core.text import normalise

PAGE = modern(ENGLISH).encode()
READING = Reading(
    "पुल 🌉 बंद\n\n다리가 닫힌다. أُغلق الجسر.", "पुल", "The Post", "Ada Osei", "2026-03-02", "hi", "https://post.example/1",
    furniture=(Span(0, 3),), pages=(0, 8), remarks=(Remark(RemarkKind.COMMENT, "Who says?", "Kim", Span(4, 5)),),
    attachments=(Attachment("क.pdf", "application/pdf", b"%PDF\0"),), encoding="UTF-8", warnings=("One picture was left out.",),
)  # fmt: skip


def answer(changed: Mapping[str, object], reading: Reading = READING) -> bytes:
    return json.dumps({"reading": {**reading.to_json(), **changed}}).encode()


@contextmanager
def liar(program: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A process that behaves as `program` says in place of the one that reads files."""
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def sentence(process: "subprocess.Popen[bytes]", raw: bytes = PAGE, seconds: float = 30) -> str:
    with pytest.raises(ArticleError, match=r"^[^\n]*page\.html[^\n]*\.$") as refused:
        ask(process, Kind.HTML, raw, "page.html", seconds=seconds)
    return str(refused.value)


def test_what_it_found_comes_back_whole() -> None:
    assert read_apart(Kind.HTML, PAGE, "page.html").text.split("\n\n") == [ENGLISH.title, *ENGLISH.paragraphs]


def test_one_process_can_be_asked_again_and_again() -> None:
    with started() as process:
        assert {ask(process, Kind.HTML, PAGE, "page.html").title for _ in range(3)} == {ENGLISH.title}
        assert "No article" in sentence(process, b"<html>")
        assert ask(process, Kind.HTML, PAGE, "page.html").title == ENGLISH.title


def test_a_reading_is_the_same_after_it_went_through_a_pipe() -> None:
    assert reading_in(answer({})) == READING


@pytest.mark.parametrize(
    "program",
    [
        "pass",
        "import os; os.abort()",
        "import os; os._exit(3)",
        "print('not json', flush=True)",
        "print('{}', flush=True)",
        "print('[' * 100_000, flush=True)",
        'print(\'{"reading": {"text": "no more"}}\', flush=True)',
        "import sys; sys.stdout.write('no end of line'); sys.stdout.flush()",
    ],
)
def test_a_process_that_dies_or_talks_nonsense_is_one_sentence(program: str) -> None:
    with liar(program) as process:
        assert "damaged" in sentence(process)


def test_a_process_that_is_stuck_is_stopped() -> None:
    with liar("import sys; sys.stdin.buffer.read()") as process:
        assert "was stopped" in sentence(process, seconds=0.3)
        assert process.wait(10) != 0


def test_a_process_that_reads_nothing_does_not_hold_up_whoever_writes() -> None:
    with liar("import time; time.sleep(600)") as process:
        assert "was stopped" in sentence(process, raw=b"x" * 5_000_000, seconds=0.3)


def test_a_reading_that_nobody_wants_any_more_stops() -> None:
    unwanted = threading.Event()
    with liar("import time; time.sleep(600)") as process:
        threading.Timer(0.2, unwanted.set).start()
        with pytest.raises(Cancelled):
            ask(process, Kind.HTML, PAGE, "page.html", cancelled=unwanted.is_set, seconds=60)
        assert process.wait(10) != 0


@pytest.mark.parametrize(
    "changed",
    [
        {"text": 7}, {"text": None}, {"text": "a\r\nb"}, {"text": "a\0b"}, {"text": "\ud800"},
        {"furniture": [[0, 10_000]]}, {"furniture": [[-1, 2]]}, {"furniture": [[0, 1.5]]}, {"furniture": [[False, True]]},
        {"furniture": [["0", "1"]]}, {"furniture": [[3, 3]]},
        {"pages": [0, 99_999]}, {"pages": [8, 0]}, {"pages": [True]}, {"pages": [-1]}, {"pages": ["0"]}, {"pages": [0] * 100_001},
        {"remarks": [{"kind": "comment", "text": "x", "author": "", "span": [0, 99_999]}]},
        {"remarks": [{"kind": "order", "text": "x", "author": "", "span": None}]},
        {"remarks": [{"kind": "comment", "text": 5, "author": "", "span": None}]},
        {"attachments": [{"name": "a", "media_type": "x/y", "raw": "not base64!"}]},
        {"warnings": [""]}, {"warnings": [1]}, {"title": ["x"]}, {"url": 1}, {"published": 20260302},
    ],
    ids=lambda changed: str(changed)[:40],
)  # fmt: skip
def test_an_answer_that_cannot_be_true_is_not_believed(changed: dict[str, object]) -> None:
    with pytest.raises(UntrueError):
        reading_in(answer(changed))


@pytest.mark.parametrize(
    ("changed", "field", "kept"),
    [
        ({"title": "Bridge\n\x1b[2Jcloses\u202e"}, "title", "Bridge [2Jcloses"),
        ({"title": "x" * 5_000}, "title", "x" * 1_000),
        ({"url": "javascript:alert(1)"}, "url", ""),
        ({"url": "https://[bad"}, "url", ""),
        ({"published": "2026-03-02T08:00:00Z"}, "published", "2026-03-02"),
        ({"published": "yesterday"}, "published", ""),
        ({"language": "../../etc"}, "language", ""),
        ({"warnings": ["One\nsentence."]}, "warnings", ("One sentence.",)),
    ],
)  # fmt: skip
def test_a_field_keeps_what_can_be_shown(changed: dict[str, object], field: str, kept: object) -> None:
    reading = reading_in(answer(changed))
    assert getattr(reading, field) == kept


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=5,
)


@given(st.sampled_from(sorted(READING.to_json())), _JSON)
def test_whatever_is_answered_no_offset_lies_outside_the_text(field: str, value: object) -> None:
    try:
        reading = reading_in(answer({field: value}))
    except UntrueError:
        return
    assert isinstance(reading, Reading)
    assert normalise(reading.text) == reading.text
    ends = (
        [span.end for span in reading.furniture]
        + [one.span.end for one in reading.remarks if one.span]
        + list(reading.pages)
    )
    assert max(ends, default=0) <= len(reading.text)


@given(st.text(min_size=1).map(normalise), st.data())
def test_every_reading_survives_the_pipe(text: str, data: st.DataObject) -> None:
    places = st.integers(0, len(text))
    start, end = sorted(data.draw(st.tuples(places, places)))
    span = Span(start, end) if start < end else None
    reading = replace(
        READING, text=text, furniture=(span,) if span else (), pages=tuple(sorted(data.draw(st.lists(places)))),
        remarks=(Remark(RemarkKind.FOOTNOTE, text, "Kim", span),),
    )  # fmt: skip
    assert reading_in(answer({}, reading)) == reading


CONFINED = """
import socket, sys, os, subprocess
from claimdesk.core.articles import confinement
confinement.confine([*filter(None, sys.path), sys.prefix, sys.base_prefix])
confinement.allow_processor(20)
try:
    {attempt}
except BaseException as error:
    print(type(error).__name__)
else:
    print("done")
"""


@pytest.mark.parametrize(
    ("attempt", "outcome"),
    [
        ("open('note.txt', 'w')", "Forbidden"),
        ("open('note.txt', 'a')", "Forbidden"),
        ("os.open('note.txt', os.O_CREAT | os.O_WRONLY)", "Forbidden"),
        ("os.mkdir('folder')", "Forbidden"),
        ("os.remove('secret.txt')", "Forbidden"),
        ("open('secret.txt').read()", "Forbidden"),
        ("open('../../../../../../etc/hostname').read()", "Forbidden"),
        ("subprocess.run([sys.executable, '-V'])", "Forbidden"),
        ("os.system('true')", "Forbidden"),
        ("socket.create_connection(('127.0.0.1', 9))", "Forbidden"),
        ("socket.getaddrinfo('localhost', 80)", "Forbidden"),
        ("socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))", "Forbidden"),
        ("import json.tool", "done"),
        ("sum(range(10))", "done"),
    ],
)  # fmt: skip
def test_a_confined_process_can_read_the_program_and_nothing_else(tmp_path: Path, attempt: str, outcome: str) -> None:
    assert confined(tmp_path, attempt) == outcome
    assert [path.name for path in tmp_path.iterdir()] == ["secret.txt"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has all of these limits")
@pytest.mark.parametrize(
    ("attempt", "outcome"),
    [
        ("bytearray(1 << 30)", "MemoryError"),
        # What native code would do, behind Python's back:
        ("import ctypes; c = ctypes.CDLL(None); assert c.write(c.open(b'note.txt', os.O_CREAT | os.O_WRONLY, 0o600), b'x', 1) == -1", "done"),
        ("[open(os.__file__) for _ in range(100)]", "OSError"),
    ],
)  # fmt: skip
def test_the_system_holds_where_python_does_not(tmp_path: Path, attempt: str, outcome: str) -> None:
    assert confined(tmp_path, attempt.replace("[open", "x = [open")) == outcome
    assert not any(path.stat().st_size for path in tmp_path.iterdir() if path.name != "secret.txt")


def confined(folder: Path, attempt: str) -> str:
    """What became of the attempt in a process that was confined in `folder`."""
    (folder / "secret.txt").write_text("a source's name")
    done = subprocess.run(
        [sys.executable, "-c", CONFINED.format(attempt=attempt)],
        cwd=folder, capture_output=True, text=True, timeout=60, check=False, env={**os.environ, "PYTHONWARNINGS": "ignore"},
    )  # fmt: skip
    return done.stdout.strip()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux gives a process a network of its own")
def test_native_code_finds_no_network_either(tmp_path: Path) -> None:
    allowed = subprocess.run(["unshare", "--user", "--net", "true"], capture_output=True, check=False).returncode == 0
    if not allowed:
        pytest.skip("this system lets nobody make a network of its own")
    networks = "import os; print(os.readlink('/proc/self/ns/net'))"
    own = subprocess.run([sys.executable, "-c", networks], capture_output=True, text=True, check=True).stdout.strip()
    assert confined(tmp_path, "print(os.readlink('/proc/self/ns/net'))").splitlines()[0] != own


def test_the_command_takes_nothing_from_folder_or_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('taken over')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PYTHONSTARTUP", str(tmp_path / "json.py"))
    assert str(tmp_path) not in command()
    assert read_apart(Kind.HTML, PAGE, "page.html").title == ENGLISH.title


def test_a_bomb_of_time_is_stopped() -> None:
    bomb = b"<html><p " + b" ".join(b"a%d=1" % number for number in range(400_000)) + b">She said so.</p>"
    with pytest.raises(ArticleError, match=r"^Reading bomb\.html took .*\.$"):
        read_apart(Kind.HTML, bomb, "bomb.html", seconds=1)
