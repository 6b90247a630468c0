"""The report of the open article: what would leave with it, and how it is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, Signal

from claimdesk import __version__
from claimdesk.core import reports, settings
from claimdesk.core.case import Bundle
from claimdesk.core.claim import Article, Claim, Original
from claimdesk.core.confidential import Mask, namings
from claimdesk.core.errors import Cancelled, ClaimDeskError
from claimdesk.core.reports import Contents, Report, Wanted
from claimdesk.core.sources import Source
from claimdesk.core.suggest import body_sentences
from claimdesk.ui.background import Background
from claimdesk.ui.session.open_desk import OpenDesk
from claimdesk.ui.session.review import OpenReview


@dataclass(frozen=True, slots=True)
class _Material:
    """What a report is made of, taken from the desk on the window's thread."""

    article: Article
    claims: tuple[Claim, ...]
    head: str
    checker: str
    register: tuple[Source, ...]
    original: Original | None
    templates: Mapping[str, Path]
    bundle: Bundle | None = None
    """All that the desk holds of the article, where that is what shall be written."""

    def report(self, wanted: Wanted) -> Report:
        """The report that is wanted."""
        return reports.build(
            self.article, self.claims, suggestions=wanted.suggestions, levels=wanted.levels, names=wanted.names,
            made_at=datetime.now(UTC), version=__version__, head=self.head, checker=self.checker, register=self.register,
            original=self.original, sentences=body_sentences(self.article),
        )  # fmt: skip

    def contents(self, wanted: Wanted) -> Contents:
        """What would leave with the report that is wanted."""
        return reports.contents_of(self.report(wanted), self.register, namings(self.article, self.register))


class ReportWriting(QObject):
    """Whatever leaves is told before anything is written."""

    looked = Signal(object, object)
    """What was wanted (Wanted), and what would leave with it (Contents)."""
    written = Signal(object)
    """The report stands in this file (a Path)."""
    stopped = Signal()
    """The writing was stopped, and nothing was written."""
    failed = Signal(str)
    """What would leave could not be looked at, or the report not be written: a sentence for the user."""

    def __init__(self, desk: OpenDesk, review: OpenReview, background: Background) -> None:
        super().__init__()
        self._desk = desk
        self._review = review
        self._background = background
        self._asked: Wanted | None = None
        self._is_looking = False
        self._stopping = Event()

    def file_name(self) -> str:
        """A name for the report's file, without an ending, and without the name of a confidential source."""
        return reports.file_name(self._review.open_article().title, Mask(self._desk.now.mask_sources()))

    def look(self, wanted: Wanted) -> None:
        """Look beside the window what would leave, and tell it; of several that are asked for only the last is told."""
        self._asked = wanted
        if not self._is_looking:
            self._look_on()

    def write(self, path: Path, wanted: Wanted) -> None:
        """Write the report of the open article beside the window, in the format that the file's ending names."""
        self._review.catch_up()
        material = self._material(whole=reports.is_bundle(path))
        if material is not None:
            stopping = self._stopping = Event()
            write = partial(_write, material, wanted, path, stopping)
            self._background.run(write, partial(self._tell_written, path), self._fail)

    def stop(self) -> None:
        """Write nothing, unless the file is there already."""
        self._stopping.set()

    def _look_on(self) -> None:
        wanted, material = self._asked, self._material()
        if wanted is None or material is None:
            return
        self._asked, self._is_looking = None, True
        self._background.run(
            partial(material.contents, wanted), partial(self._tell_contents, wanted), self._fail_to_look
        )

    def _tell_contents(self, wanted: Wanted, contents: Contents) -> None:
        self._is_looking = False
        if self._asked is None:
            self.looked.emit(wanted, contents)
        elif self._review.article is not None:
            self._look_on()

    def _fail_to_look(self, error: ClaimDeskError) -> None:
        self._is_looking = False
        self._fail(error)

    def _tell_written(self, path: Path, was_written: bool) -> None:
        if was_written:
            self.written.emit(path)
        else:
            self.stopped.emit()

    def _fail(self, error: ClaimDeskError) -> None:
        self.failed.emit(str(error))

    def _material(self, *, whole: bool = False) -> _Material | None:
        desk, article = self._desk.now, self._review.open_article()
        home = settings.home()
        try:
            return _Material(
                article, tuple(self._review.claims), desk.head(), desk.who, tuple(desk.known_sources()),
                desk.original_info(article.id), settings.load(home).report_templates(home),
                desk.bundle(article.id) if whole else None,
            )  # fmt: skip
        except ClaimDeskError as error:
            self._fail(error)
            return None


def _write(material: _Material, wanted: Wanted, path: Path, stopping: Event) -> bool:
    """Write the report; False if it was stopped before the file was there."""

    def go_on() -> None:
        if stopping.is_set():
            raise Cancelled

    try:
        if material.bundle is not None:
            bundle = material.bundle.masked(Mask(() if wanted.names else material.register))
            go_on()
            reports.write_bundle(bundle, path, made_at=datetime.now(UTC))
            return True
        report = material.report(wanted)
        go_on()
        reports.write(report, path, templates=material.templates, go_on=go_on)
    except Cancelled:
        return False
    return True
