"""Preferences in their file."""

from dataclasses import replace
from pathlib import Path

import pytest

from claimdesk.core.errors import SettingsError
from claimdesk.core.settings import FILE, DeskPlace, Settings, desk_path, desk_place, home, load, save


def test_without_a_file_there_are_the_defaults_and_no_file_is_made(tmp_path: Path) -> None:
    assert load(tmp_path / "nowhere") == Settings()
    assert list(tmp_path.iterdir()) == []


def test_no_name_of_the_person_is_in_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USER", "ada.osei")
    assert Settings().who == "me"


def test_what_was_saved_is_loaded_again(tmp_path: Path) -> None:
    settings = Settings(
        theme="dark", text_size=17, who="सुश्री 🌉", library_visible=False, geometry="AdnQywA=",
        report_format=".csv", report_folder="/रिपोर्ट 북한", report_suggestions=True, report_left_out=("media", "denial"),
    )  # fmt: skip
    save(tmp_path / "new" / "folder", settings)
    assert load(tmp_path / "new" / "folder") == settings


def test_saving_leaves_one_file_and_nothing_beside_it(tmp_path: Path) -> None:
    save(tmp_path, Settings())
    save(tmp_path, Settings(theme="light"))
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_what_a_newer_version_wrote_survives_a_change(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('theme = "dark"\nspeech = true\n[voice]\nhost = "x"\n', encoding="utf-8")
    save(tmp_path, replace(load(tmp_path), text_size=20))
    assert load(tmp_path).other == {"speech": True, "voice": {"host": "x"}}
    assert load(tmp_path).theme == "dark"


@pytest.mark.parametrize(
    "content",
    [
        b"theme = ",
        b"\xff\xfe\x00",
        b'theme = "purple"',
        b"text_size = 4000",
        b"text_size = true",
        b'library_visible = "yes"',
        b"who = 3",
        b'report_left_out = "media"',
        b"report_left_out = [3]",
        b"report_suggestions = 1",
        b"report_format = []",
    ],
)
def test_a_damaged_file_is_named_in_one_sentence_and_left_alone(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(SettingsError) as refused:
        load(tmp_path)
    assert FILE in str(refused.value)
    assert "\n" not in str(refused.value)
    assert (tmp_path / FILE).read_bytes() == content


def test_a_place_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(SettingsError, match="cannot be written"):
        save(tmp_path / "file", Settings())
    with pytest.raises(SettingsError, match="cannot be read"):
        load(tmp_path / "file")


def test_a_folder_in_the_place_of_the_file_leaves_nothing_half_written(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    with pytest.raises(SettingsError, match="cannot be written"):
        save(tmp_path, Settings())
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_the_environment_says_where_everything_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLAIMDESK_DESK", raising=False)
    monkeypatch.setenv("CLAIMDESK_HOME", str(tmp_path))
    assert home() == tmp_path
    assert desk_path() == tmp_path / "desk.db"
    monkeypatch.setenv("CLAIMDESK_DESK", str(tmp_path / "other.db"))
    assert desk_path() == tmp_path / "other.db"


def test_a_chosen_desk_is_remembered_and_gives_way_to_one_that_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CLAIMDESK_DESK", raising=False)
    monkeypatch.setenv("CLAIMDESK_HOME", str(tmp_path))
    chosen, other = tmp_path / "कार्य" / "desk.db", tmp_path / "other.db"
    assert desk_place() == DeskPlace(tmp_path / "desk.db")
    save(tmp_path, Settings(desk=str(chosen)))
    assert desk_place() == DeskPlace(chosen, chosen=True)
    assert desk_path() == chosen
    assert desk_place(other) == DeskPlace(other, named=True)
    monkeypatch.setenv("CLAIMDESK_DESK", str(other))
    assert desk_place() == DeskPlace(other, named=True)


def test_without_the_environment_the_system_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLAIMDESK_DESK", raising=False)
    monkeypatch.delenv("CLAIMDESK_HOME", raising=False)
    assert home().name == "ClaimDesk"
    assert desk_path().parent == home()
