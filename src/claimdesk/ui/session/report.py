"""The report of the open article: what has to be decided about it, and how it is written."""

from datetime import UTC, datetime
from pathlib import Path

from claimdesk import __version__
from claimdesk.core import reports, settings
from claimdesk.core.confidential import Mask, Naming, namings
from claimdesk.core.errors import ClaimDeskError
from claimdesk.core.suggest import body_sentences
from claimdesk.ui.background import Background
from claimdesk.ui.session.facts import Facts
from claimdesk.ui.session.open_desk import OpenDesk
from claimdesk.ui.session.review import OpenReview

_FILES_STAY = ". The original and files of evidence stay here, since names cannot be hidden in them."


class ReportWriting:
    """Confidential sources are told before anything is written."""

    def __init__(self, desk: OpenDesk, review: OpenReview, facts: Facts, background: Background) -> None:
        self._desk = desk
        self._review = review
        self._facts = facts
        self._background = background

    def has_confidential_sources(self) -> bool:
        """Whether the desk knows a source whose name must not leave the program unasked."""
        return bool(self._desk.now.confidential_sources())

    def namings(self) -> list[Naming]:
        """The places where the open article's own words name a confidential source."""
        return namings(self._review.open_article(), self._desk.now.mask_sources())

    def write(self, path: Path, *, suggestions: bool, names: bool) -> None:
        """Write the report of the open article beside the window, in the format that the file's ending names.

        Confidential sources stand in it by their pseudonyms, unless their `names` are wanted.
        """
        self._review.catch_up()
        desk, claims = self._desk.now, list(self._review.claims)
        article = self._review.open_article()
        try:
            head, original, register = desk.head(), desk.original_info(article.id), desk.known_sources()
            bundle = desk.bundle(article.id) if reports.is_bundle(path) else None
            home = settings.home()
            templates = settings.load(home).report_templates(home)
        except ClaimDeskError as error:
            self._facts.fail(error)
            return

        def write() -> str:
            now = datetime.now(UTC)
            if bundle is not None:
                masked = bundle.masked(Mask(() if names else register))
                reports.write_bundle(masked, path, made_at=now)
                return _FILES_STAY if masked.case.redacted else ""
            report = reports.build(
                article, claims, suggestions=suggestions, made_at=now, version=__version__, head=head,
                checker=desk.who, register=register, names=names, original=original, sentences=body_sentences(article),
            )  # fmt: skip
            reports.write(report, path, templates=templates)
            return ""

        self._background.run(
            write, lambda more: self._facts.said.emit(f"Report written: {path.name}{more}"), self._facts.fail
        )
