"""A headless Chromium that opens a page as a reader's browser would, and the checker of accessibility that runs in it."""

import importlib.util
import json
import os
import shutil
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")


def run(folder: Path, *arguments: str) -> str:
    """What Chromium says with these arguments; its profile is in `folder`."""
    assert CHROMIUM is not None
    command = [
        CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-background-networking",
        f"--user-data-dir={folder / 'profile'}", *arguments,
    ]  # fmt: skip
    # Outside a desktop it finds no bus, and says so at length.
    known = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TMPDIR") if name in os.environ}
    done = subprocess.run(command, capture_output=True, check=True, timeout=120, env=known | {"HOME": str(folder)})
    return done.stdout.decode()


def axe_script() -> str:
    """The text of axe-core; the test is skipped where no package brings it."""
    found = importlib.util.find_spec("axe_playwright_python")
    if found is None or found.origin is None:
        pytest.skip("axe-playwright-python is not installed")
    return (Path(found.origin).parent / "axe.min.js").read_text(encoding="utf-8")


def violations(page: str, folder: Path, *arguments: str) -> list[dict[str, Any]]:
    """What axe-core finds wrong with a page; it runs in a copy without the page's policy, which would forbid it."""
    start, end = page.index('<meta http-equiv="Content-Security-Policy"'), page.index('<meta name="viewport"')
    report = """
    axe.run(document, {resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]})
      .then(result => result.violations.map(one => ({id: one.id, help: one.help, where: one.nodes.map(node => node.html)})))
      .catch(error => [{id: "axe itself", help: String(error), where: []}])
      .then(found => { document.body.textContent = "FOUND" + JSON.stringify(found) + "DONE"; });
    """
    copy = folder / "copy.html"
    script = f"<script>{axe_script()}</script><script>{report}</script>"
    copy.write_text(page[:start] + page[end:].replace("</body>", f"{script}</body>"), encoding="utf-8")
    dom = run(folder, *arguments, "--virtual-time-budget=60000", "--dump-dom", copy.as_uri())
    found: list[dict[str, Any]] = json.loads(unescape(dom.split("FOUND")[-1].split("DONE")[0]))
    return found
