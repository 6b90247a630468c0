"""The window: puts the panels side by side, turns keys and clicks into wishes to the session, and facts into refreshes."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import get_args

from PySide6.QtCore import QByteArray, QDate, QDateTime, QEvent, QLocale, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMessageBox,
    QPlainTextEdit,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from claimdesk import __version__
from claimdesk.core.claim import Claim, Review, Role
from claimdesk.core.edits import Edge
from claimdesk.core.errors import ClaimDeskError
from claimdesk.core.hits import Hit, HitKind, SearchFilter
from claimdesk.core.levels import LEVELS
from claimdesk.core.resources import SAMPLE_ARTICLE
from claimdesk.core.settings import TEXT_SIZES, Settings
from claimdesk.core.settings import Theme as ThemeChoice
from claimdesk.core.suggest import Support
from claimdesk.ui import commands, theme
from claimdesk.ui.article_view import ArticleView
from claimdesk.ui.claim_form import ClaimForm
from claimdesk.ui.claim_list import ClaimFilter, ClaimList
from claimdesk.ui.dialogs.backups import BackupsDialog, Row, State
from claimdesk.ui.dialogs.change_keys import NewPassphrase, NewRecoveryKey
from claimdesk.ui.dialogs.damaged import DamagedDialog
from claimdesk.ui.dialogs.export import ExportDialog
from claimdesk.ui.dialogs.first_start import FirstStart
from claimdesk.ui.dialogs.history import History
from claimdesk.ui.dialogs.keys import KeysDialog
from claimdesk.ui.dialogs.paste import PasteDialog
from claimdesk.ui.find_bar import FindBar
from claimdesk.ui.idle import Idle
from claimdesk.ui.library import Library
from claimdesk.ui.notice import Notice
from claimdesk.ui.search import FIRST, MORE, SearchPage
from claimdesk.ui.session import Session
from claimdesk.ui.sources_window import SourcesWindow
from claimdesk.ui.unlock_page import UnlockPage
from claimdesk.ui.welcome import Welcome

READABLE = "Articles (*.txt *.md *.markdown);;All files (*)"
REPORTS = "Web page (*.html);;Spreadsheet (*.csv)"
MIN_LIBRARY, MIN_MIDDLE, MIN_RIGHT = 150, 320, 340
"""Pixels that the three columns need at least."""
REFRESH_AFTER = 80
"""Milliseconds until the history shows an edit: several in a row are shown at once."""
WITH_HINTS = 900
"""Pixels from which on the status bar has room for the keys."""


class Window(QMainWindow):
    """One session on the screen."""

    def __init__(self, session: Session, settings: Settings, keep: Callable[[Settings], None]) -> None:
        """`keep` stores preferences as soon as they change; it raises ClaimDeskError where it cannot."""
        super().__init__()
        self.session = session
        self.settings = settings
        self._keep = keep
        self._theme = theme.choose(settings.theme)
        self.setWindowTitle("ClaimDesk")
        self.setAcceptDrops(True)
        self.library = Library(self._theme)
        self.article = ArticleView(self._theme, settings.text_size)
        self.claims = ClaimList(self._theme)
        self.form = ClaimForm(self._theme)
        self.notice, self.find_bar, self.welcome, self.unlock_page = Notice(), FindBar(), Welcome(), UnlockPage()
        self.search = SearchPage(self._theme)
        self.sources = SourcesWindow(session, self._theme, self)
        self.history = History(self._theme, self)
        self._refresh_history = QTimer(self, singleShot=True, interval=REFRESH_AFTER)
        self._hints = QWidget()
        self._saved, self._digits, self._backed_up = QLabel("Saved"), QLabel("level"), QLabel()
        self._arrange()
        self._encrypted = QLabel()
        self.actions_by_name = commands.build(self, self._handlers())
        self._make_status()
        self._connect()
        self._use_theme()
        self._restore()
        self._show_backed_up()
        self._show_article()
        self._show_lock()
        self.idle = Idle(settings.lock_after, self)
        self.idle.reached.connect(self.lock)

    # -- facts from the session

    def _show_article(self) -> None:
        article = self.session.review.article
        self._leave_search()
        if article is None:
            self.search.forget()
        self.find_bar.leave()
        self.notice.expire()
        self.article.show_article(article)
        self._show_claims()
        self.claims.set_filter(ClaimFilter(sure=self.settings.hide_weak))
        self.actions_by_name["surest_first"].setChecked(False)
        self._show_library()
        self.setWindowTitle(f"{article.title} – ClaimDesk" if article is not None else "ClaimDesk")
        if article is not None and self.session.review.selected is None:
            self.session.review.select(self.claims.first_open())

    def _show_claims(self) -> None:
        session = self.session
        self.article.show_claims(session.review.claims, session.review.numbers)
        self.claims.show_claims(session.review.article, session.review.claims, session.review.numbers, self._hint())
        self.claims.show_remark(self._remark())
        self._show_selection()
        self._show_state()

    def _show_selection(self) -> None:
        session = self.session
        self.article.select_claim(session.review.selected)
        self.claims.select_claim(session.review.selected)
        self.form.show_claim(
            session.review.article,
            session.review.claim(session.review.selected),
            session.review.claims,
            session.review.numbers,
        )
        self._enable()

    def _show_library(self) -> None:
        current = self.session.review.article.id if self.session.review.article is not None else None
        self.library.show_articles(self.session.articles.all(), current)

    def _show_state(self) -> None:
        still_open = self.session.review.open_suggestions()
        words = (
            "Looking for claims…"
            if self.session.suggestions.running
            else f"{still_open} to review"
            if still_open
            else ""
        )
        if not words and any(claim.review is Review.ACCEPTED for claim in self.session.review.claims):
            words = "All reviewed"
        self._to_review.setText(words)
        undo, redo = self.session.history.undoable(), self.session.history.redoable()
        for name, sentence, word in (("undo", undo, "&Undo"), ("redo", redo, "&Redo")):
            action = self.actions_by_name[name]
            action.setEnabled(sentence is not None)
            action.setText(f"{word} {sentence.replace('&', '&&')}" if sentence else word)
        self._enable()

    def _enable(self) -> None:
        """Grey out what would do nothing."""
        chosen, claim = self.session.review.article is not None, self.session.review.claim(self.session.review.selected)
        if self.session.locking.is_locked:
            return
        self.actions_by_name["encrypt"].setEnabled(self.session.keys.can_encrypt)
        for name in ("lock", "recovery", "passphrase"):
            self.actions_by_name[name].setEnabled(self.session.locking.can_lock)
        needs_claim = {"accept", "dismiss", "reopen", "as_source", "as_cue", "as_content", "note", *_NUDGES}
        needs_article = {"export", "find", "next", "previous", "next_open", "accept_all", "suggest", "history"}
        for name in needs_claim:
            self.actions_by_name[name].setEnabled(claim is not None)
        for name in needs_article:
            self.actions_by_name[name].setEnabled(chosen)

    def _hint(self) -> str:
        if self.session.review.article is None:
            return ""
        if self.session.suggestions.running:
            return "Looking for claims…"
        by_hand = "Select words in the article and press a digit, 1 to 9, to mark a claim."
        if self.session.suggestions.support is Support.NONE:
            return f"Claims cannot be suggested in this language yet. {by_hand}"
        return f"No claims. {by_hand}"

    def _remark(self) -> str:
        """What to know of the suggestions of the open article; empty if they are as good as they get."""
        article = self.session.review.article
        if article is None or self.session.suggestions.support is not Support.WEAK:
            return ""
        language = QLocale.languageToString(QLocale(article.language).language())
        return f"{language} is read by quotation marks and a list of cues only: check each suggestion closely."

    def _show_lock(self) -> None:
        """Everything, or where the desk is locked nothing but the ways to unlock it."""
        locked = self.session.locking.is_locked
        self._root.setCurrentWidget(self.unlock_page if locked else self._splitter)
        self.find_bar.forget()
        self.unlock_page.forget()
        for name, action in self.actions_by_name.items():
            if name not in _WHEN_LOCKED:
                action.setEnabled(not locked)
        self.statusBar().setVisible(not locked)
        self._encrypted.setText("Desk encrypted" if self.session.locking.is_encrypted else "Desk not encrypted")
        if locked:
            self.notice.clear()
            self.unlock_page.offer(keyring=self.session.locking.takes_keyring)
        else:
            self._show_state()

    def unlock_when_shown(self, then: Callable[[], None]) -> None:
        """Ask the keyring for a desk that is locked from the start, and do `then` once it is unlocked, whichever way."""
        self.session.locking.changed.connect(then, Qt.ConnectionType.SingleShotConnection)
        if self.session.locking.takes_keyring:
            QTimer.singleShot(0, self._ask_keyring)

    def _ask_keyring(self) -> None:
        self.unlock_page.wait(busy=True, sentence="Waiting for the keyring of this computer…", words=True)
        self.session.locking.unlock_by_keyring()

    def _try_words(self, words: str) -> None:
        self.unlock_page.wait(busy=True, sentence="Unlocking…")
        self.session.locking.unlock_by_words(words)

    def _tell(self, sentence: str) -> None:
        """Say what was done, where it can be seen."""
        (self.unlock_page if self.session.locking.is_locked else self.notice).say(sentence)

    def _tell_failure(self, sentence: str) -> None:
        """Say what went wrong, where it can be seen."""
        if self.session.locking.is_locked:
            self.unlock_page.say(sentence, failed=True)
        else:
            self.notice.fail(sentence)

    def _show_history(self) -> None:
        """Bring the window of the history up to date, if somebody looks at it."""
        article = self.session.review.article
        if article is None:
            self.history.hide()
        if self.history.isVisible() or article is None:
            self.history.show_steps(article.title if article is not None else "", self.session.history.past())

    # -- wishes of the user

    def lock(self) -> None:
        """Lock the desk, unless what is being written could not be put on it."""
        self.form.save()
        if not self.form.is_unsaved:
            self.session.locking.lock()

    def encrypt(self) -> None:
        """Ask how the plain desk shall be encrypted, and do it."""
        session = self.session
        dialog = FirstStart(
            session.keys.folder,
            session.keys.keyring_works(),
            session.keys.plan,
            session.background,
            is_new=False,
            parent=self,
        )
        self.form.save()
        if not dialog.exec() or dialog.key is None:
            session.keys.give_up()
        elif not self.form.is_unsaved:
            session.keys.encrypt(dialog.key)
            self.unlock_page.wait(busy=True, sentence="Encrypting the desk…")

    def make_recovery_key(self) -> None:
        """Show a new recovery key; it counts once it was typed again."""
        recovery = self.session.keys.plan_recovery()
        if recovery and NewRecoveryKey(recovery, self).exec():
            self.session.keys.keep_recovery()

    def change_passphrase(self) -> None:
        """Ask for a new passphrase."""
        dialog = NewPassphrase(self.session.keys.has_passphrase, self)
        if dialog.exec():
            self.session.keys.set_passphrase(dialog.words)

    def choose_files(self) -> None:
        """Ask for files and take them in."""
        names, _ = QFileDialog.getOpenFileNames(self, "Open Article", "", READABLE)
        self.session.articles.open_files(Path(name) for name in names)

    def paste(self) -> None:
        """Offer what is on the clipboard as a new article."""
        dialog = PasteDialog(QGuiApplication.clipboard().text(), self.settings.text_size, self)
        if dialog.exec():
            self.session.articles.open_text(dialog.text())

    def choose_report(self) -> None:
        """Ask where the report goes, and what goes with it."""
        if self.session.review.article is None:
            return
        self.form.save()
        name = "".join(c if c.isalnum() or c in " -_" else " " for c in self.session.review.article.title)[:60].strip()
        path, chosen = QFileDialog.getSaveFileName(self, "Export Report", f"{name or 'report'}.html", REPORTS)
        asked = self._ask_about_report() if path else None
        if asked is not None:
            target = Path(path)
            if not target.suffix:
                target = target.with_suffix(".csv" if "csv" in chosen else ".html")
            self.session.report.write(target, suggestions=asked.suggestions, names=asked.names)

    def open_history(self) -> None:
        """Show what was done to the open article, and look whether the desk's history is whole."""
        self.history.show()
        self._show_history()
        self.history.show_chain(None)
        self.session.history.follow()
        self.history.raise_()
        self.history.activateWindow()
        self.history.view.setFocus()
        self.idle.watch(self.history.windowHandle())

    def accept(self) -> None:
        """Accept the selected claim and go on to the next that is to review."""
        self._review(self.session.edits.accept)

    def dismiss(self) -> None:
        """Dismiss the selected claim and go on to the next that is to review."""
        self._review(self.session.edits.dismiss)

    def accept_all(self) -> None:
        """Accept every suggestion that the list shows, as one step; what it hides stays as it is."""
        shown = self.claims.shown_open()
        if self.session.edits.accept(shown) and (hidden := self.session.review.open_suggestions()):
            self.notice.say(
                f"Accepted the {len(shown)} suggestions that the list shows; {hidden} that it hides are still open."
            )

    def reopen(self) -> None:
        """Put the selected claim back among those to review."""
        if self.session.review.selected is not None:
            self.session.edits.reopen([self.session.review.selected])

    def give_level(self, slug: str) -> None:
        """Mark the selected words as a claim of this level; without selected words, relevel the selected claim."""
        span = self.article.selection()
        if span is not None:
            if self.session.edits.mark(span.start, span.end, slug):
                self.article.clear_selection()
        elif self.session.review.selected is not None:
            self.session.edits.relevel([self.session.review.selected], slug)
        elif self.session.review.article is not None:
            self.notice.fail("Select a claim to change its level, or words in the article to mark a new claim.")

    def use_words_as(self, role: Role) -> None:
        """Make the selected words the content, source or cue of the selected claim."""
        span, claim_id = self.article.selection(), self.session.review.selected
        if span is None or claim_id is None:
            self.notice.fail(f"Select the words of the {role.value} in the article first.")
        elif self.session.edits.set_spans(claim_id, role, span.start, span.end):
            self.article.clear_selection()

    def nudge(self, edge: Edge, words: int) -> None:
        """Move an edge of the selected claim's content by words."""
        if self.session.review.selected is not None:
            self.session.edits.nudge_edge(self.session.review.selected, Role.CONTENT, edge, words)

    def step(self, rows: int) -> None:
        """Select the claim `rows` further on."""
        found = self.claims.neighbour(self.session.review.selected, rows)
        if found is not None:
            self._choose(found)

    def next_open(self) -> None:
        """Select the next claim that is to review, from the top again after the last."""
        found = self.claims.neighbour(self.session.review.selected, 1, open_only=True)
        found = found if found is not None else self.claims.first_open()
        if found is not None:
            self._choose(found)

    def set_points(self, points: int) -> None:
        """Set the article in another size."""
        if points in TEXT_SIZES:
            self._prefer(replace(self.settings, text_size=points))
            self.article.set_points(points)

    def use_theme(self, preference: ThemeChoice) -> None:
        """Change between light and dark."""
        self._prefer(replace(self.settings, theme=preference))
        self._use_theme()

    # -- inside

    def _review(self, verb: Callable[[list[int]], bool]) -> None:
        selected = self.session.review.selected
        if selected is None:
            return
        following = self.claims.neighbour(selected, 1, open_only=True)
        following = following if following is not None else self.claims.first_open()
        if verb([selected]) and self.settings.move_on and following not in {None, selected}:
            self.session.review.select(following)

    def _ask_about_report(self) -> ExportDialog | None:
        """What goes into the report, asked only where there is something to decide; None if cancelled."""
        session = self.session
        still_open, confidential = session.review.open_suggestions(), session.report.has_confidential_sources()
        dialog = ExportDialog(still_open, session.report.namings(), confidential=confidential, parent=self)
        return dialog if not (still_open or confidential) or dialog.exec() else None

    def _jump(self, step_id: int) -> None:
        if not self.session.history.select_by_step(step_id):
            self.history.tell("The article has none of the claims now that this step tells of.")

    def _return_to_work(self) -> None:
        self.activateWindow()
        self.article.setFocus()

    def _open_sample(self) -> None:
        self.session.articles.open_files([SAMPLE_ARTICLE])

    def _open_sources(self) -> None:
        """Show the register with the source of the selected claim."""
        self.form.save()
        claim = self.selected_claim()
        self.sources.open(claim.source_name if claim is not None else "")
        self.idle.watch(self.sources.windowHandle())

    def _show_sources(self) -> None:
        self.form.show_sources(self.session.register.known(), self.session.register.names_meant())

    def _open_claim(self, article_id: int, claim_id: int) -> None:
        """Show a claim in its article."""
        self.session.review.open(article_id)
        self.session.review.select(claim_id)
        claim = self.selected_claim()
        if claim is not None and not self.claims.shows(claim_id):
            self.claims.set_filter(ClaimFilter(review=claim.review))
        self.activateWindow()
        self.article.setFocus()

    def _find(self, words: str, step: int) -> None:
        self.find_bar.tell(*self.article.find_words(words, step))

    def _close_find(self) -> None:
        self.article.find_words("", 0)
        self.article.setFocus()

    def _open_find(self) -> None:
        self._leave_search()
        self.find_bar.open(self._selected_words())

    def _selected_words(self) -> str:
        span, article = self.article.selection(), self.session.review.article
        return span.of(article.text) if span is not None and article is not None else ""

    def _open_search(self) -> None:
        self._stack.setCurrentWidget(self.search)
        self.search.open(self._selected_words())

    def _leave_search(self) -> None:
        """Show the article again, or the welcome where none is open."""
        self._stack.setCurrentWidget(self.article if self.session.review.article is not None else self.welcome)

    def _read(self) -> None:
        self._leave_search()
        self.article.setFocus()

    def _search(self, query: str, chosen: SearchFilter) -> None:
        self.search.show_pages(self.session.search.run(query, chosen, tuple(HitKind), FIRST))

    def _search_on(self, query: str, chosen: SearchFilter, kind: HitKind, before: int) -> None:
        for page in self.session.search.run(query, chosen, [kind], MORE, before):
            self.search.add_page(page)

    def _open_hit(self, hit: Hit, query: str) -> None:
        """Show the article of a hit, with its claim selected, or with the words marked that were found in it."""
        self.session.review.open(hit.article_id)
        article = self.session.review.article
        if article is None or article.id != hit.article_id:
            return
        self._read()
        if hit.claim_id is None:
            self.article.show_places(*self.session.search.places(query))
            return
        self.article.clear_selection()
        self.session.review.select(hit.claim_id)
        if not self.claims.shows(hit.claim_id):
            self._show_in_list(hit.claim_id)

    def _show_in_list(self, claim_id: int) -> None:
        """Let the list show a claim that its filter hides."""
        claim = self.session.review.claim(claim_id)
        if claim is not None:
            review = Review.DISMISSED if claim.review is Review.DISMISSED else None
            self.claims.set_filter(ClaimFilter(review, sure=self.settings.hide_weak and not claim.is_weak))

    def _copy(self) -> None:
        focus = QApplication.focusWidget()
        widget = focus if isinstance(focus, QPlainTextEdit) else self.article
        widget.copy()

    def show_backups(self) -> None:
        """Show the backups, and make or restore one where that is asked for."""
        dialog, session = BackupsDialog(self.session.backups.folder, self), self.session

        def show() -> None:
            dialog.show_busy("")
            dialog.show_backups([Row(one.path, one.at, one.size, not one.replaced) for one in session.backups.all()])

        def told(path: Path, found: object) -> None:
            articles, claims = (getattr(found, name, None) for name in ("articles", "claims"))
            good = articles is not None
            dialog.show_state(
                path, State("verified" if good else "cannot be restored", "" if good else str(found), articles, claims)
            )

        def back_up() -> None:
            dialog.show_busy("Making a backup and comparing it with the desk…")
            session.backups.make()

        def restore(path: Path) -> None:
            self.form.save()
            if self.form.is_unsaved:
                dialog.show_failure("What is being written could not be put on the desk. Nothing was changed.")
                return
            dialog.show_busy("Keeping what the desk holds now, and putting the backup in its place…")
            session.backups.restore(path)

        facts = (
            (session.backups.changed, show), (session.backups.failed, dialog.show_failure), (session.backups.was_read, told),
        )  # fmt: skip
        for fact, react in facts:
            fact.connect(react)
        dialog.back_up_wanted.connect(back_up)
        dialog.restore_wanted.connect(restore)
        dialog.reading_wanted.connect(session.backups.read)
        show()
        dialog.exec()
        for fact, react in facts:
            fact.disconnect(react)
        dialog.deleteLater()

    def _offer_backup(self, sentence: str, backup: str) -> None:
        """A damaged desk stays locked, unless its newest good backup shall take its place."""
        if DamagedDialog(sentence, backup, self).ask():
            self.unlock_page.wait(busy=True, sentence="Bringing the backup back…")
            self.session.backups.restore_offered()
        else:
            self.close()

    def _show_backed_up(self) -> None:
        """Say in the status bar when the newest backup was made."""
        newest = next((one.at for one in self.session.backups.all() if not one.replaced), None)
        date = QDateTime.fromSecsSinceEpoch(int(newest.timestamp())).date() if newest is not None else None
        when = "today" if date == QDate.currentDate() else QLocale().toString(date, "d MMM yyyy") if date else ""
        self._backed_up.setText(f"Backed up {when}" if when else "")
        self._backed_up.setVisible(bool(when))

    def _show_keys(self) -> None:
        menus = []
        for title, _ in commands.MENUS:
            keyed = [command for command in commands.of_menu(title) if command.keys]
            menus.append(
                (title.replace("&", ""), [(one.text.replace("&", ""), self._keys_of(one.name)) for one in keyed])
            )
        KeysDialog(menus, self).exec()

    def _keys_of(self, name: str) -> str:
        return "  ".join(
            sequence.toString(sequence.SequenceFormat.NativeText) for sequence in self.actions_by_name[name].shortcuts()
        )

    def _about(self) -> None:
        QMessageBox.about(
            self, "About ClaimDesk",
            f"<h3>ClaimDesk {__version__}</h3><p>Who stands behind each claim of an article.</p>"
            "<p>Everything stays on this computer. Apache License 2.0.</p>",
        )  # fmt: skip

    def _handlers(self) -> dict[str, Callable[[], object]]:
        session = self.session
        handlers: dict[str, Callable[[], object]] = {
            "open": self.choose_files, "paste": self.paste, "sample": self._open_sample, "export": self.choose_report,
            "backups": self.show_backups, "encrypt": self.encrypt, "recovery": self.make_recovery_key,
            "passphrase": self.change_passphrase,
            "lock": self.lock, "quit": self.close, "undo": session.history.undo, "redo": session.history.redo,
            "history": self.open_history, "copy": self._copy, "find": self._open_find, "search": self._open_search,
            "next": partial(self.step, 1), "previous": partial(self.step, -1), "next_open": self.next_open,
            "accept": self.accept, "dismiss": self.dismiss, "reopen": self.reopen, "accept_all": self.accept_all,
            "as_source": partial(self.use_words_as, Role.SOURCE), "as_cue": partial(self.use_words_as, Role.CUE),
            "as_content": partial(self.use_words_as, Role.CONTENT), "note": self.form.write_note,
            "move_on": self._toggle_move_on, "hide_weak": self._toggle_weak, "surest_first": self._sort, "suggest": session.suggestions.start,
            "sources": self._open_sources,
            "focus_article": self._read, "focus_claims": self.claims.view.setFocus,
            "library": self._toggle_library, "full_screen": self._toggle_full_screen,
            "larger": lambda: self.set_points(self.settings.text_size + 1),
            "smaller": lambda: self.set_points(self.settings.text_size - 1),
            "normal": lambda: self.set_points(Settings().text_size),
            "keys": self._show_keys, "about": self._about,
        }  # fmt: skip
        handlers |= {f"level:{level.slug}": partial(self.give_level, level.slug) for level in LEVELS}
        handlers |= {f"theme:{name}": partial(self.use_theme, name) for name in get_args(ThemeChoice)}
        handlers |= {name: partial(self.nudge, *step) for name, step in _NUDGES.items()}
        handlers |= {f"show_{r.value if r else 'all'}": partial(self.claims.show_review, r) for r in (None, *Review)}
        return handlers

    def _keep_to_filter(self) -> None:
        """What the filter hides is not what keys and buttons mean; the next claim that it shows is."""
        if not self.claims.shows(self.session.review.selected):
            first = self.claims.first_open()
            self.session.review.select(first if first is not None else self.claims.neighbour(None, 1))
        self.claims.select_claim(self.session.review.selected)

    def _connect(self) -> None:
        session = self.session
        session.review.leaving.connect(self.form.save)
        session.review.article_changed.connect(self._show_article)
        session.review.claims_changed.connect(self._show_claims)
        session.review.claims_changed.connect(lambda _: self.notice.expire())
        session.review.selection_changed.connect(self._show_selection)
        session.facts.library_changed.connect(self._show_library)
        session.backups.changed.connect(self._show_backed_up)
        session.backups.offered.connect(self._offer_backup)
        session.review.article_changed.connect(self._show_sources)
        session.facts.sources_changed.connect(self._show_sources)
        self.sources.claim_wanted.connect(self._open_claim)
        session.facts.failed.connect(self._tell_failure)
        session.facts.said.connect(self._tell)
        session.review.article_changed.connect(self._show_history)
        session.facts.library_changed.connect(self._refresh_history.start)
        session.history.followed.connect(self.history.show_chain)
        session.locking.changed.connect(self._show_lock)
        session.locking.still_locked.connect(self.unlock_page.fail)
        self.unlock_page.keyring_wanted.connect(self._ask_keyring)
        self.unlock_page.words_given.connect(self._try_words)
        self._refresh_history.timeout.connect(self._show_history)
        self.history.jump_wanted.connect(self._jump)
        self.history.work_wanted.connect(self._return_to_work)
        self.history.undo_wanted.connect(session.history.undo_to)
        for told in (session.facts.failed, session.facts.said):
            told.connect(self.history.tell)
        self.form.met.connect(self.notice.fail)
        self.library.article_chosen.connect(session.review.open)
        self.article.claim_clicked.connect(session.review.select)
        self.article.edge_dragged.connect(
            lambda claim, edge, place: session.edits.move_edge(claim, Role.CONTENT, edge, place)
        )
        self.claims.claim_chosen.connect(self._choose)
        self.claims.filter_changed.connect(self._keep_to_filter)
        self.form.level_wanted.connect(self._relevel)
        self.form.accept_wanted.connect(self.accept)
        self.form.dismiss_wanted.connect(self.dismiss)
        self.form.reopen_wanted.connect(self.reopen)
        self.form.note_written.connect(session.edits.set_note)
        self.form.source_named.connect(session.edits.name_source)
        self.form.denied_wanted.connect(session.edits.set_denied)
        self.form.unsaved.connect(self._show_saved)
        self.form.left.connect(self.article.setFocus)
        self.article.selectionChanged.connect(self._show_digits)
        self.form.claim_wanted.connect(session.review.select)
        self.search.wanted.connect(self._search)
        self.search.more_wanted.connect(self._search_on)
        self.search.hit_chosen.connect(self._open_hit)
        self.search.closed.connect(self._read)
        self.library.view.clicked.connect(self._leave_search)
        self.claims.view.clicked.connect(self._leave_search)
        self.find_bar.wanted.connect(self._find)
        self.find_bar.closed.connect(self._close_find)
        self.welcome.open_wanted.connect(self.choose_files)
        self.welcome.paste_wanted.connect(self.paste)
        self.welcome.sample_wanted.connect(self._open_sample)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._use_theme)

    def _arrange(self) -> None:
        self._stack = QStackedWidget()
        self._stack.addWidget(self.welcome)
        self._stack.addWidget(self.article)
        self._stack.addWidget(self.search)
        middle = _column(self.notice, self.find_bar, self._stack)
        right = QSplitter(Qt.Orientation.Vertical)
        right.addWidget(self.claims)
        right.addWidget(self.form)
        right.setSizes([344, 398])
        self._splitter = QSplitter()
        for widget, stretch in ((self.library, 0), (middle, 1), (right, 0)):
            self._splitter.addWidget(widget)
            self._splitter.setStretchFactor(self._splitter.count() - 1, stretch)
            self._splitter.setCollapsible(self._splitter.count() - 1, False)
        for splitter in (self._splitter, right):
            splitter.setHandleWidth(1)
            splitter.setChildrenCollapsible(False)
        self._right = right
        self.library.setMinimumWidth(MIN_LIBRARY)
        right.setMinimumWidth(MIN_RIGHT)
        middle.setMinimumWidth(MIN_MIDDLE)
        self._splitter.setSizes([196, 672, 412])
        self._root = QStackedWidget()
        self._root.addWidget(self._splitter)
        self._root.addWidget(self.unlock_page)
        self.setCentralWidget(self._root)
        self.setMinimumSize(MIN_MIDDLE + MIN_RIGHT + 1, 480)  # else the library would keep the window from being narrow
        self.resize(1280, 800)

    def _show_saved(self, unsaved: bool) -> None:
        self._saved.setText("Saving…" if unsaved else "Saved")

    def _show_digits(self) -> None:
        """Say what a digit would do now."""
        self._digits.setText("mark the selected words" if self.article.selection() is not None else "level")

    def _make_status(self) -> None:
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(10, 2, 10, 2)
        line.setSpacing(6)
        for label in (self._saved, self._backed_up, self._encrypted):
            line.addWidget(label)
            line.addSpacing(14)
        hints = QHBoxLayout(self._hints)
        hints.setContentsMargins(0, 0, 0, 0)
        hints.setSpacing(6)
        for keys, label in (
            (("J", "K"), QLabel("move")), (("Enter",), QLabel("accept")), (("1–9",), self._digits),
            (("Del",), QLabel("dismiss")), (("F1",), QLabel("all keys")),
        ):  # fmt: skip
            for key in keys:
                cap = QLabel(key)
                cap.setProperty("kind", "key")
                hints.addWidget(cap)
            hints.addWidget(label)
        line.addWidget(self._hints)
        bar.addWidget(row)
        self._to_review = QLabel()
        self._to_review.setContentsMargins(0, 0, 12, 0)
        bar.addPermanentWidget(self._to_review)

    def _use_theme(self) -> None:
        self._theme = theme.choose(self.settings.theme)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(self._theme, app)
        for panel in (
            self.library, self.article, self.search, self.claims, self.form, self.sources, self.history,
        ):  # fmt: skip
            panel.set_theme(self._theme)
        commands.set_icons(self.actions_by_name, self._theme)
        for name in get_args(ThemeChoice):
            self.actions_by_name[f"theme:{name}"].setChecked(self.settings.theme == name)

    def _choose(self, claim_id: int) -> None:
        """A claim that was chosen is what a digit means from then on, not words that were selected before."""
        if claim_id != self.session.review.selected:
            self.article.clear_selection()
        self.session.review.select(claim_id)

    def _relevel(self, slug: str) -> None:
        if self.session.review.selected is not None:
            self.session.edits.relevel([self.session.review.selected], slug)

    def _toggle_move_on(self) -> None:
        self._prefer(replace(self.settings, move_on=self.actions_by_name["move_on"].isChecked()))

    def _toggle_weak(self) -> None:
        self._prefer(replace(self.settings, hide_weak=self.actions_by_name["hide_weak"].isChecked()))
        self.claims.show_sure(only=self.settings.hide_weak)

    def _sort(self) -> None:
        self.claims.sort(surest_first=self.actions_by_name["surest_first"].isChecked())

    def _toggle_library(self) -> None:
        self._prefer(replace(self.settings, library_visible=self.actions_by_name["library"].isChecked()))
        self._show_library_if_it_fits()
        if self.settings.library_visible and self.library.isHidden():
            self.notice.say("The window is too narrow for the library. Make it wider.")

    def _show_library_if_it_fits(self) -> None:
        fits = self.width() >= MIN_LIBRARY + MIN_MIDDLE + MIN_RIGHT + 2
        self.library.setVisible(self.settings.library_visible and fits)

    def _prefer(self, settings: Settings) -> None:
        """Take over what somebody prefers, and keep it at once: it outlives a crash."""
        self.settings = settings
        try:
            self._keep(settings)
        except ClaimDeskError as error:
            self.notice.fail(str(error))

    def _toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _restore(self) -> None:
        """Put the window where it was left; Qt itself refuses a place that is on no screen."""
        settings = self.settings
        self.actions_by_name["move_on"].setChecked(settings.move_on)
        self.actions_by_name["hide_weak"].setChecked(settings.hide_weak)
        self.actions_by_name["library"].setChecked(settings.library_visible)
        if settings.geometry:
            self.restoreGeometry(_bytes(settings.geometry))
        for splitter, state in ((self._splitter, settings.splitter), (self._right, settings.right_splitter)):
            if state:
                splitter.restoreState(_bytes(state))
        self._show_library_if_it_fits()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """A narrow window keeps article and claims, and leaves out the library and the hints at keys."""
        self._show_library_if_it_fits()
        self._hints.setVisible(self.width() >= WITH_HINTS)
        super().resizeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """On the screen there is something to touch."""
        super().showEvent(event)
        self.idle.watch(self.windowHandle())

    def event(self, event: QEvent) -> bool:
        """Enter on a button that has the focus means that button, not the window's Accept."""
        if isinstance(event, QKeyEvent) and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            button = self.focusWidget()
            if isinstance(button, QAbstractButton) and button.isVisible():
                if event.type() is QEvent.Type.ShortcutOverride:
                    event.accept()
                    return True
                if event.type() is QEvent.Type.KeyPress:
                    button.click()
                    return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape in the article lets go of the words that were found in it."""
        if event.key() == Qt.Key.Key_Escape:
            self.article.find_words("", 0)
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Keep what is being written, and where the window stood."""
        self.form.save()
        self.sources.close()
        self.history.close()
        self._prefer(
            replace(
                self.settings,
                geometry=_base64(self.saveGeometry()),
                splitter=_base64(self._splitter.saveState()),
                right_splitter=_base64(self._right.saveState()),
            )
        )
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Files and text are welcome."""
        if event.mimeData().hasUrls() or event.mimeData().hasText():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Take in what was dropped: files by their path, else the text."""
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            self.session.articles.open_files(files)
        elif event.mimeData().hasUrls():
            self.notice.fail("ClaimDesk does not fetch web pages yet. Copy the text of the page and paste it.")
        elif event.mimeData().hasText():
            self.session.articles.open_text(event.mimeData().text())
        event.acceptProposedAction()

    def selected_claim(self) -> Claim | None:
        """The claim that keys and buttons mean."""
        return self.session.review.claim(self.session.review.selected)


_WHEN_LOCKED = {"quit", "keys", "about", "full_screen", *(f"theme:{name}" for name in get_args(ThemeChoice))}
"""Commands that need no desk."""

_NUDGES = {
    "start_back": (Edge.START, -1),
    "start_on": (Edge.START, 1),
    "end_back": (Edge.END, -1),
    "end_on": (Edge.END, 1),
}


def _column(*widgets: QWidget) -> QWidget:
    column = QWidget()
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for widget in widgets:
        layout.addWidget(widget)
    return column


def _base64(state: QByteArray) -> str:
    return bytes(state.toBase64().data()).decode("ascii")


def _bytes(state: str) -> QByteArray:
    return QByteArray.fromBase64(state.encode("ascii"))
