"""The keyring of the system in every state that it may be in, each in a program of its own with a home of its own."""

import os
import sys
from pathlib import Path

import pytest
from tests.reliability.keyring import REAL, STATES, ask, is_as_expected, missing

ON_CI = os.environ.get("CI") == "true"
"""There packaging/bootstrap.py has installed what a real keyring needs: nothing may be left out."""
NO_KEYRING = "" if sys.platform == "linux" and (ON_CI or not missing()) else missing() or "the session bus of Linux"


@pytest.mark.parametrize(
    "state",
    [
        pytest.param(state, marks=pytest.mark.skipif(state in REAL and bool(NO_KEYRING), reason=NO_KEYRING))
        for state in STATES
    ],
)
def test_each_state_is_told_in_time_and_no_secret_lies_in_a_file(state: str, tmp_path: Path) -> None:
    answers, took, plain = ask(state, tmp_path)
    assert is_as_expected(answers, STATES[state][1]), answers
    assert plain == []
    assert took < 30
    for _, answer in answers:
        assert not isinstance(answer, str) or "\n" not in answer
