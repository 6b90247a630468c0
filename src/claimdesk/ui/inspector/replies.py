"""The log of asking for a reply: who was asked when and how, and what they answered."""

from claimdesk.core.evidence import Reply
from claimdesk.ui.inspector.drafts import Drafts
from claimdesk.ui.inspector.entries import Entries
from claimdesk.ui.inspector.evidence import day_words, today
from claimdesk.ui.inspector.fields import Day, Lines, go_to, line
from claimdesk.ui.inspector.wishes import Wishes


class ReplyLog(Entries[Reply]):
    """A row for each time that somebody was asked."""

    def __init__(self, drafts: Drafts, wishes: Wishes) -> None:
        super().__init__(lambda claim: claim.replies, wishes.reply, wishes.leave, drafts)

    def tell(self, entry: Reply) -> str:
        """Who was asked; under it when, how, and whether they answered."""
        how = f" by {entry.channel}" if entry.channel else ""
        answered = (
            f"answered {day_words(entry.answered)}".strip() if entry.answered or entry.answer else "no answer yet"
        )
        return f"{entry.whom or 'Unnamed'}\nasked {day_words(entry.asked)}{how} · {answered}"

    def show_entry(self, entry: Reply, *, anew: bool) -> None:
        """Show an entry of the log in the editor."""
        self._asked.show_day(entry.asked)
        self._answered.show_day(entry.answered)
        filled = {name for name in ("channel", "answered", "answer") if getattr(entry, name)}
        self.fields.show_filled(filled, anew=anew)

    def add(self) -> None:
        """Note that somebody was asked."""
        self.begin(Reply("", today()))
        go_to(self._whom)

    def make_fields(self) -> None:
        """Make the fields of the editor, and the actions under them."""
        self._whom = line("Who was asked", "Name in full")
        self._asked, self._answered = Day("Day on which they were asked"), Day("Day on which they answered")
        channel, answer = (
            line("How they were asked", "e-mail, telephone, letter"),
            Lines("Answer", "What they answered"),
        )
        self._asked.wanted.connect(lambda day: self.choose(asked=day))
        self._answered.wanted.connect(lambda day: self.choose(answered=day))
        self.fields.add("whom", "Asked", self._whom)
        self.fields.add("asked", "On", self._asked)
        self.fields.add("channel", "By", channel, "how")
        self.fields.add("answered", "Answered", self._answered, "day of the answer")
        self.fields.add("answer", "Answer", answer, "answer")
        for name, field in (("whom", self._whom), ("channel", channel), ("answer", answer)):
            self.entry.add_draft(field, name)
        for leaving in (self._whom, self._asked, channel, self._answered, answer):
            leaving.escaped.connect(self._leave)
        for entered in (self._whom, channel):
            entered.entered.connect(self.put_away)
        self.add_action("remove", "Remove", "Take this entry out of the log", self.remove)
