"""How long the window does not answer while something huge comes in: `python tests/benchmarks/huge_intake.py [--megabytes 100]`.

A real window over a real desk, off screen unless QT_QPA_PLATFORM says otherwise. A text of that size is pasted and dropped, and dropped
as a file: all are refused in one sentence. A text of the most that an article has, and a Word document of that size (pictures), are taken in.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QElapsedTimer, QMimeData, QTimer, QUrl
from PySide6.QtWidgets import QApplication

from claimdesk.core import settings
from claimdesk.core.desk import Desk
from claimdesk.core.settings import Settings
from claimdesk.ui.background import Background
from claimdesk.ui.session import Session
from claimdesk.ui.window import Window

LINE = "The river fell by two metres, the agency said on Monday, and the ferry runs again. 😀 बाढ़ 다리\n"


def measure(app: QApplication, window: Window, what: str, come_in: Callable[[], None]) -> None:
    """Let one thing come in, and print how long the window did not answer at the most, and until it was dealt with."""
    gaps = [0.0]
    clock, beat = QElapsedTimer(), QTimer(interval=5)
    beat.timeout.connect(lambda: gaps.append(clock.restart()))
    session = window.session
    window.panels.notice.clear()
    began = time.perf_counter()
    clock.start()
    beat.start()
    come_in()
    while session.background.busy or session.articles.reading.now is not None or time.perf_counter() < began + 0.2:
        app.processEvents()
        time.sleep(0.001)
    for _ in range(20):
        app.processEvents()
        time.sleep(0.005)
    beat.stop()
    print(
        f"{what}: longest gap {max(gaps):.0f} ms, {time.perf_counter() - began:.1f} s; {window.panels.notice.words or 'imported'}"
    )


def document(folder: Path, size: int) -> Path:
    """A Word document with a picture of so many bytes, which cannot be packed."""
    import zipfile

    from docx import Document

    path = folder / "pictures.docx"
    made = Document()
    made.add_paragraph("Ferry runs again")
    made.add_paragraph("The ferry runs again, the harbour office said on Monday.")
    made.save(str(path))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr("word/media/image1.bin", os.urandom(size))
    return path


def main() -> None:
    """Measure each in one window."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--megabytes", type=int, default=100)
    size = arguments.parse_args().megabytes * 1_000_000
    app = QApplication([])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        session = Session(Desk.open(folder / "desk.db", who="benchmark"), Background())
        window = Window(session, Settings(), partial(settings.save, folder))
        window.show()
        text = LINE * (size // len(LINE.encode()))
        words = QMimeData()
        words.setText(text)
        kept = QMimeData()
        kept.setText(text)
        QApplication.clipboard().setMimeData(kept)
        measure(app, window, f"pasted text of {size:,} bytes", window.intake.paste)
        measure(app, window, "the same dropped", lambda: window.intake.drop(words))
        (folder / "huge.txt").write_text(text, encoding="utf-8")
        for path in (folder / "huge.txt", document(folder, size - 1_000_000)):
            files = QMimeData()
            files.setUrls([QUrl.fromLocalFile(str(path))])
            measure(app, window, f"{path.name} dropped", lambda files=files: window.intake.drop(files))  # type: ignore[misc]
        few = QMimeData()
        few.setText(LINE * (9_900_000 // len(LINE.encode())))
        session.suggestions.stop()
        measure(app, window, "dropped text of 9,900,000 bytes", lambda: window.intake.drop(few))
        window.close()
        session.close()


if __name__ == "__main__":
    main()
