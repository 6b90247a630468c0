"""What the set-up script decides, without setting anything up."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def bootstrap() -> ModuleType:
    path = Path(__file__).parent.parent / "packaging" / "bootstrap.py"
    spec = importlib.util.spec_from_file_location("bootstrap", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_what_is_missing_is_named_in_one_line_with_what_to_type(bootstrap: ModuleType) -> None:
    line = bootstrap.missing_line(["libgl1", "fonts-noto-core"])
    assert "\n" not in line
    assert line.endswith("apt-get install --no-install-recommends libgl1 fonts-noto-core")


def test_a_set_up_with_the_tools_is_good_for_a_run_and_not_the_other_way_round(
    bootstrap: ModuleType, tmp_path: Path
) -> None:
    stamp = tmp_path / "stamp"
    assert not bootstrap.is_current(stamp, "a", dev=False)
    stamp.write_text(bootstrap.stamp("a", dev=False), encoding="utf-8")
    assert bootstrap.is_current(stamp, "a", dev=False)
    assert not bootstrap.is_current(stamp, "a", dev=True)
    assert not bootstrap.is_current(stamp, "b", dev=False)
    stamp.write_text(bootstrap.stamp("a", dev=True), encoding="utf-8")
    assert bootstrap.is_current(stamp, "a", dev=False)


def test_a_display_is_what_x_or_wayland_names(bootstrap: ModuleType) -> None:
    assert bootstrap.has_display({"DISPLAY": ":0"}, "linux")
    assert bootstrap.has_display({"WAYLAND_DISPLAY": "wayland-0"}, "linux")
    assert not bootstrap.has_display({"DISPLAY": ""}, "linux")
    assert bootstrap.has_display({}, "darwin")


def test_the_lock_files_name_hashes_and_no_package_index(bootstrap: ModuleType) -> None:
    for lock in (bootstrap.LOCK, bootstrap.DEV_LOCK):
        text = lock.read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert "://" not in text
        assert "index-url" not in text


def test_the_programs_that_tests_need_are_named_where_they_are_missing(
    bootstrap: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap.sys, "platform", "linux")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CI", raising=False)
    assert bootstrap.missing_test_programs() == list(bootstrap.TEST_PROGRAMS)
    monkeypatch.setenv("CI", "true")
    assert bootstrap.missing_test_programs() == [*bootstrap.TEST_PROGRAMS, *bootstrap.OPENERS]
    for program in (*bootstrap.TEST_PROGRAMS.values(), *bootstrap.OPENERS.values()):
        (tmp_path / program).touch(mode=0o755)
    assert bootstrap.missing_test_programs() == []
    monkeypatch.setattr(bootstrap.sys, "platform", "darwin")
    monkeypatch.setenv("PATH", "")
    assert bootstrap.missing_test_programs() == []


def test_what_is_only_wished_is_named_and_stops_nothing(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "apt_prefix", lambda: None)
    bootstrap.provide(["gnome-keyring"], {"libgl1"})
    assert capsys.readouterr().err.strip().endswith("apt-get install --no-install-recommends gnome-keyring")
    with pytest.raises(SystemExit):
        bootstrap.provide(["gnome-keyring", "libgl1"], {"libgl1"})
