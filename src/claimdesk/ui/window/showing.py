"""Facts from the session become what the panels show, and which commands can be given."""

from collections.abc import Mapping

from PySide6.QtCore import QLocale, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from claimdesk.core.suggest import Support
from claimdesk.ui.claim_list import ClaimFilter
from claimdesk.ui.session import Session
from claimdesk.ui.window.arrangement import Arrangement
from claimdesk.ui.window.panels import Panels
from claimdesk.ui.window.preferences import Preferences
from claimdesk.ui.window.reviewing import NUDGES
from claimdesk.ui.window.status import Status

NEED_ARTICLE = {
    "export", "find", "next", "previous", "next_open", "next_unchecked", "accept_all", "suggest", "history", "details",
}  # fmt: skip
NEED_CLAIM = {
    "accept", "dismiss", "reopen", "as_source", "as_cue", "as_content", "note", "source", "verdict", "evidence",
    "evidence_file", "question", *NUDGES,
}  # fmt: skip
NEED_NO_DESK = {"quit", "keys", "about", "full_screen", "theme:system", "theme:light", "theme:dark"}


class Showing(QObject):
    """Refreshes the panels from the session, each from the fact that concerns it."""

    def __init__(
        self,
        session: Session,
        panels: Panels,
        actions: Mapping[str, QAction],
        arrangement: Arrangement,
        status: Status,
        preferences: Preferences,
        window: QWidget,
    ) -> None:
        super().__init__()
        self._session = session
        self._panels = panels
        self._actions = actions
        self._arrangement = arrangement
        self._status = status
        self._preferences = preferences
        self._window = window
        self._connect()

    def show_all(self) -> None:
        """Show what the session has when the window is made."""
        self._show_library(None)
        self._show_sources()
        self._status.show_backed_up()
        self._show_article()
        self._show_lock()

    # -- the open article and the library

    def _show_article(self) -> None:
        review, panels, article = self._session.review, self._panels, self._session.review.article
        self._arrangement.show_article(is_open=article is not None)
        if article is None:
            panels.search.forget()
        panels.find_bar.leave()
        panels.notice.expire()
        panels.article.show_article(article)
        self._show_claims()
        panels.claims.set_filter(ClaimFilter(sure=self._preferences.now.hide_weak))
        self._actions["surest_first"].setChecked(False)
        self._panels.library.select(article.id if article is not None else None)
        self._show_title()
        if article is not None and review.selected is None:
            review.select(panels.claims.first_open())

    def _show_title(self) -> None:
        article = self._session.review.article
        self._window.setWindowTitle(f"{article.title} – ClaimDesk" if article is not None else "ClaimDesk")

    def _show_details(self) -> None:
        """What is known of the open article is something else; its text never is."""
        article = self._session.review.article
        if article is not None:
            self._panels.article.show_details(article)
            self._show_title()

    def _show_claims(self, changed: frozenset[int] = frozenset()) -> None:
        review, panels = self._session.review, self._panels
        panels.article.show_claims(review.claims, review.numbers)
        panels.claims.show_claims(review.article, review.claims, review.numbers, self._hint())
        panels.claims.show_remark(self._remark())
        # Claims that were found elsewhere do not take away what somebody reads.
        self._show_selection(reveal=review.selected in changed)
        self._show_state()

    def _show_selection(self, *, reveal: bool = True) -> None:
        review, panels = self._session.review, self._panels
        panels.article.select_claim(review.selected, reveal=reveal)
        panels.claims.select_claim(review.selected)
        panels.inspector.show_claim(review.article, review.selected_claim, review.claims, review.numbers)
        self._enable()

    def _show_library(self, ids: frozenset[int] | None) -> None:
        """Show the articles of the desk, or of those that are shown these anew."""
        library, article = self._panels.library, self._session.review.article
        if ids is None:
            library.show_articles(self._session.articles.all())
        else:
            library.update_articles(self._session.articles.of(ids))
        library.select(article.id if article is not None else None)

    def _count(self, ids: list[int]) -> None:
        self._panels.library.count_articles(self._session.articles.of(ids))

    def _show_sources(self) -> None:
        register = self._session.register
        self._panels.inspector.show_sources(register.known(), register.names_meant())

    def _hint(self) -> str:
        """What stands in the list of claims where there is none."""
        if self._session.review.article is None:
            return ""
        if self._session.suggestions.running:
            return "Looking for claims…"
        by_hand = "Select words in the article and press a digit, 1 to 9, to mark a claim."
        if self._session.suggestions.support is Support.NONE:
            return f"Claims cannot be suggested in this language yet. {by_hand}"
        return f"No claims. {by_hand}"

    def _remark(self) -> str:
        """What to know of the suggestions of the open article; empty if they are as good as they get."""
        article = self._session.review.article
        if article is None or self._session.suggestions.support is not Support.WEAK:
            return ""
        language = QLocale.languageToString(QLocale(article.language).language())
        return f"{language} is read by quotation marks and a list of cues only: check each suggestion closely."

    # -- what can be done

    def _show_state(self) -> None:
        self._status.show_to_review()
        undo, redo = self._session.history.undoable(), self._session.history.redoable()
        for name, sentence, word in (("undo", undo, "&Undo"), ("redo", redo, "&Redo")):
            action = self._actions[name]
            action.setEnabled(sentence is not None)
            action.setText(f"{word} {sentence.replace('&', '&&')}" if sentence else word)
        self._enable()

    def _enable(self) -> None:
        """Grey out what would do nothing."""
        session = self._session
        if session.locking.is_locked:
            return
        self._actions["stop_reading"].setEnabled(session.articles.reading.now is not None)
        self._actions["encrypt"].setEnabled(session.keys.can_encrypt)
        for names, possible in (
            (("lock", "recovery", "passphrase"), session.locking.can_lock),
            (NEED_CLAIM, session.review.selected_claim is not None),
            (NEED_ARTICLE, session.review.article is not None),
        ):
            for name in names:
                self._actions[name].setEnabled(possible)

    def _show_lock(self) -> None:
        """Everything, or where the desk is locked nothing but the ways to unlock it."""
        locking, panels = self._session.locking, self._panels
        self._arrangement.show_locked(locked=locking.is_locked)
        panels.find_bar.forget()
        panels.unlock_page.forget()
        for name in self._actions.keys() - NEED_NO_DESK:
            self._actions[name].setEnabled(not locking.is_locked)
        self._status.show_encrypted()
        if locking.is_locked:
            panels.notice.clear()
            panels.unlock_page.offer(keyring=locking.takes_keyring)
        else:
            self._show_state()

    # -- sentences

    def _tell(self, sentence: str) -> None:
        """Say what was done, where it can be seen."""
        (self._panels.unlock_page if self._session.locking.is_locked else self._panels.notice).say(sentence)

    def _tell_failure(self, sentence: str) -> None:
        """Say what went wrong, where it can be seen."""
        if self._session.locking.is_locked:
            self._panels.unlock_page.say(sentence, failed=True)
        else:
            self._panels.notice.fail(sentence)

    def _show_digits(self) -> None:
        self._status.show_digits(mark=self._panels.article.selection() is not None)

    def _connect(self) -> None:
        review, facts, panels = self._session.review, self._session.facts, self._panels
        review.leaving.connect(panels.inspector.save)
        review.article_changed.connect(self._show_article)
        review.details_changed.connect(self._show_details)
        review.claims_changed.connect(self._show_claims)
        review.claims_changed.connect(lambda _: panels.notice.expire())
        review.selection_changed.connect(lambda: self._show_selection())
        facts.library_changed.connect(self._show_library)
        self._session.articles.reading.progressed.connect(
            lambda now: self._actions["stop_reading"].setEnabled(now is not None)
        )
        panels.library.uncounted.connect(self._count)
        facts.sources_changed.connect(self._show_sources)
        self._session.locking.changed.connect(self._show_sources)
        facts.failed.connect(self._tell_failure)
        facts.said.connect(self._tell)
        self._session.locking.changed.connect(self._show_lock)
        panels.inspector.met.connect(panels.notice.fail)
        panels.inspector.unsaved.connect(self._status.show_saved)
        panels.inspector.wishes.leave.connect(panels.article.setFocus)
        panels.article.selectionChanged.connect(self._show_digits)
        suggestions = self._session.suggestions
        suggestions.part_wanted.connect(lambda: suggestions.look_at(panels.article.visible()))
