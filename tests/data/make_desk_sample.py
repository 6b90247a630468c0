"""Makes a frozen desk that a test opens for ever: `python make_desk_sample.py TARGET`, TARGET being desk-schema-N.db.

Run once for each schema; a later schema gets a sample of its own beside it.
"""

import sys
from pathlib import Path

from claimdesk.core import checking, edits
from claimdesk.core.claim import Article, Claim, Remark, RemarkKind, Span, Suggestion
from claimdesk.core.desk import Desk
from claimdesk.core.edits import Edit
from claimdesk.core.evidence import Credibility, Evidence, EvidenceKind, Reliability, Terms, Verdict

TEXT = (
    "Lighthouse sold 🗼\n\n"
    "The old lighthouse was sold for one crown, the town council said. "
    "The buyer denied that the town got nothing.\n\n"
    "Read it all 🙂\n\n"
    "गजट ने बताया कि दीपस्तंभ बंद रहेगा। 등대는 오래됐다. المنارة قديمة."
)


def of(words: str) -> Span:
    """Where `words` stand in the text."""
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


FOUND = (
    Suggestion(
        (of("The old lighthouse was sold for one crown"),), (of("the town council"),), (of("said"),), "official",
        "Town council", ("Gazette",), (), 0.75, "“said” with an institution",
    ),
    Suggestion((of("the town got nothing"),), (of("The buyer"),), (of("denied"),), "denial", "The buyer", (), (0,), 0.5),
)  # fmt: skip


def main(target: Path) -> None:
    """Write the sample: suggested, accepted, noted, marked by hand, and one step undone."""
    target.unlink(missing_ok=True)
    with Desk.open(target, who="Rosa Example") as desk:
        article = desk.add_article(
            Article(
                TEXT, "Lighthouse sold 🗼", "en", of("Lighthouse sold 🗼"), (of("Read it all 🙂\n"),), pages=(0, 130),
                remarks=(Remark(RemarkKind.COMMENT, "Which buyer?", "김", of("The buyer")),),
            ),
            original=TEXT.encode(), media_type="text/plain", headers=[("Date", "Sun, 1 Mar 2026 08:00:00 GMT")],
        )  # fmt: skip

        def commit(edit: Edit | None) -> list[Claim]:
            if edit is None:
                raise ValueError("every step of the sample changes something")
            desk.commit(edit)
            return desk.claims(article.id)

        claims = commit(edits.take_suggestions([], article, FOUND))
        claims = commit(edits.accept(claims, [claims[0].id]))
        claims = commit(edits.set_note(claims, claims[0].id, "Ask for the contract 🙂"))
        marked = of("दीपस्तंभ बंद रहेगा")
        claims = commit(edits.mark(claims, article, marked.start, marked.end, "media"))
        claims = commit(checking.set_terms(claims, [claims[0].id], Terms.ON_RECORD))
        paper = Evidence(
            EvidenceKind.FILE, "contract.pdf", "दस्तावेज़ 🙂", sha256=desk.keep_file(b"%PDF signed"), page="p. 3",
            reliability=Reliability.A, credibility=Credibility.ONE,
        )  # fmt: skip
        claims = commit(checking.set_evidence(claims, claims[0].id, [paper]))
        verdict, why = Verdict.CONFIRMED, "The contract says so."
        claims = commit(checking.set_verdict(claims, claims[0].id, verdict, why, who="Rosa", day="2026-03-01"))
        commit(edits.relevel(claims, [claims[0].id], "media"))
        desk.undo(article.id)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
