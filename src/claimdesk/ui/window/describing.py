"""What is known of the open article beside its text, corrected after it was taken in."""

from PySide6.QtWidgets import QWidget

from claimdesk.core.suggest import Support, support
from claimdesk.ui.dialogs.article_details import ArticleDetails
from claimdesk.ui.session import Session
from claimdesk.ui.window.panels import Panels


class Describing:
    """Opens the dialog, from the menu or the head of the article."""

    def __init__(self, session: Session, panels: Panels, window: QWidget) -> None:
        self._session = session
        self._panels = panels
        self._window = window
        panels.article.details_wanted.connect(self.open)

    def open(self) -> None:
        """Show the details of the open article, and keep what was corrected."""
        article = self._session.review.article
        if article is None:
            return
        self._panels.inspector.save()
        original = self._session.articles.original(article.id)
        dialog = ArticleDetails(article, original, can_suggest=True, parent=self._window)
        dialog.accepted.connect(lambda: self._keep(dialog, article.id))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _keep(self, dialog: ArticleDetails, article_id: int) -> None:
        article, details = self._session.review.article, dialog.fields.details
        if article is None or article.id != article_id:
            return
        kept = self._session.edits.describe_article(details)
        if kept and dialog.wants_suggestions and support(details.language) is not Support.NONE:
            self._session.suggestions.start()
