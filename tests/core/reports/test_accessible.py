"""The web page in a real browser: an independent checker finds nothing that keeps anybody out, in light, dark and on a phone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.core.reports.browser import needs_chromium, violations

from claimdesk.core.reports import Report
from claimdesk.core.reports.html import render

Make = Callable[..., Report]
pytestmark = needs_chromium


@pytest.mark.parametrize(
    "how", ["--window-size=1280,900", "--blink-settings=preferredColorScheme=0", "--window-size=500,900"]
)
def test_axe_finds_nothing_wrong(everything: Report, tmp_path: Path, how: str) -> None:
    assert violations(render(everything).decode(), tmp_path, how) == []


def test_axe_would_find_what_is_wrong(make: Make, tmp_path: Path) -> None:
    broken = render(make()).decode().replace("<main>", '<main><img><p style="color: #ddd; background: #fff">pale</p>')
    assert {"image-alt", "color-contrast"} <= {one["id"] for one in violations(broken, tmp_path)}
