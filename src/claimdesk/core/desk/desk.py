"""The desk: every article and claim in one SQLite file, and the few verbs that change it.

Each verb is one transaction with one row of history, or leaves no trace.
"""

import os
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from claimdesk.core.arriving import introduced, taken_in
from claimdesk.core.case import Bundle, Case, Deed
from claimdesk.core.claim import Article, ArticleSummary, Claim, Original, Packed
from claimdesk.core.desk import cases, connection, history, keys, protection, records, register, schema, search, words
from claimdesk.core.desk.backup import Backups
from claimdesk.core.desk.connection import CHANGED_MEANWHILE, reading, real, writing
from claimdesk.core.desk.history import HistoryEntry, Json
from claimdesk.core.edits import Change, Edit, Verb
from claimdesk.core.errors import DamagedDeskError, DeskError, WrongKeyError
from claimdesk.core.hits import HitKind, Page, SearchFilter
from claimdesk.core.past import Chain, Head, Kind, Step
from claimdesk.core.sources import RegisterEdit, Source, SourcedClaim, SourceSummary, listed, names_anew, resolved
from claimdesk.core.text import normalise, sha256
from claimdesk.core.versions import ALIKE, Kin, likeness

if TYPE_CHECKING:
    from sqlite_utils import Database

LOOK_EVERY = timedelta(days=7)
"""How long a look through a large desk is good for."""
_LOOKED_AT = "looked_through"
LARGE = 20_000
"""Claims from which on a desk is large."""
TOLD_EVERY = 100
"""Edits after which an undo of many says how far it is."""
_MOST_KIN = 5
"""Articles that a text is compared with word by word."""


class Desk:
    """One open desk. It belongs to the thread that opened it; several programs may have the same one open."""

    def __init__(
        self, db: "Database", path: Path, who: str, key: bytes | None, file: os.stat_result, patience: float
    ) -> None:
        """`key` is that of an encrypted desk; `file` is what the database at `path` was when it was opened."""
        self._db = db
        self._key = key
        self._path = path
        self._who = normalise(who)  # a system may spell a name in bytes that are no text
        self._file = file
        self._patience = patience
        self._version = connection.pragma(db, "data_version")
        self._last_row = history.next_id(db) - 1

    @classmethod
    def open(cls, path: Path, *, who: str, key: bytes | None = None, patience: float = 5.0) -> Self:
        """Open the desk at `path`, making it if nothing is there; `who` signs what is done.

        `key` opens an encrypted desk, one that has a file of keys beside it; `protection` makes and finds both. Waits up to
        `patience` seconds wherever another program is writing. Raises WrongKeyError where the key is not that of the desk, and
        DeskError where there can be no desk, or the file is another's, damaged, or of a newer ClaimDesk; it is left untouched then.
        """
        file = real(path)
        protection.settle(file)
        held = keys.load(file)
        if held is None and key is not None:
            raise ValueError("a plain desk has no key")
        if held is not None and (key is None or not held.fits(key)):
            raise WrongKeyError("The desk is encrypted, and this is not its key. Unlock it first.")
        if file.is_file() and not file.stat().st_size and Backups(file).all():
            raise DamagedDeskError(
                f"The desk {file.name} is empty, though there are backups of it. It was left as it is."
            )
        connection.prepare_file(file, encrypted=held is not None)
        stamp = connection.stamp(file, key)
        schema.refuse_newer(file, stamp)
        if schema.is_older(stamp):
            Backups(file, key).make()
        with connection.in_sentences():
            looked_at = file.stat()
            db = connection.connect(file, patience, key)
            try:
                schema.migrate(db)
                search.ensure_index(db)
                protection.tidy(file)
            except BaseException:
                db.close()
                raise
        return cls(db, path, who, key, looked_at, patience)

    @property
    def is_encrypted(self) -> bool:
        """Whether nobody can read the file without its key."""
        return self._key is not None

    @property
    def key(self) -> bytes | None:
        """The key of an encrypted desk, for new slots."""
        return self._key

    @property
    def path(self) -> Path:
        """The file."""
        return self._path

    @property
    def who(self) -> str:
        """Who signs what is done."""
        return self._who

    @property
    def backups(self) -> Backups:
        """Its backups; they may be used on any thread."""
        return Backups(self._path, self._key)

    def again(self) -> "Desk":
        """The same desk on another connection, for work on another thread, which calls this, uses the desk and closes it.

        It is not opened by `open`, since that reads the file beside SQLite, whose locks on it would be given up by that.
        """
        with connection.in_sentences():
            db = connection.connect(real(self._path), self._patience, self._key, checked=False)
            return type(self)(db, self._path, self._who, self._key, self._file, self._patience)

    def close(self) -> None:
        """Bring everything into the one file and let go of it."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """A transaction that writes; refused when the file went away, since its successor would not hold what is written."""
        if not self._path.exists() or not os.path.samestat(self._path.stat(), self._file):
            raise DeskError(
                "The desk's file was moved or deleted. Nothing was written: put it back and start ClaimDesk again."
            )
        with writing(self._db):
            yield

    # Articles

    def add_article(
        self,
        article: Article,
        *,
        original: bytes | Packed | None = None,
        media_type: str = "",
        headers: Iterable[tuple[str, str]] = (),
    ) -> Article:
        """Put an article on the desk, with the bytes that it was read from; the article with id, hash and time of import.

        `headers` are those of the answer that brought the bytes. Raises DeskError where it cannot be written.
        """
        if "\0" in article.text:
            raise ValueError("the text of an article must be normalised first")
        packed = Packed.of(original) if isinstance(original, bytes) else original
        new = replace(article, sha256=sha256(article.text), imported_at=article.imported_at or history.now())
        with self._writing():
            new = replace(new, id=records.insert_article(self._db, new))
            if packed is not None:
                records.insert_original(self._db, new.id, packed, media_type, tuple(headers))
            told = {name: value for name, value in asdict(new).items() if name not in {"text", "remarks"}}
            history.append(self._db, new.id, Kind.IMPORT, "import", f"Import “{new.title}”", self._who, told)
        return new

    def article(self, article_id: int) -> Article:
        """The article of this id; raises DeskError if there is none."""
        with reading(self._db):
            found = records.load_article(self._db, article_id)
        if found is None:
            raise DeskError(
                f"There is no article {article_id} on this desk. `claimdesk list` shows those that there are."
            )
        return found

    def original(self, article_id: int) -> bytes | None:
        """The bytes that the article was read from, None if they were not kept; raises DeskError if they are damaged."""
        with reading(self._db):
            return records.load_original(self._db, article_id)

    def original_info(self, article_id: int) -> Original | None:
        """What is known of the bytes that the article was read from, without reading them; None if they were not kept."""
        with reading(self._db):
            return records.load_original_info(self._db, article_id)

    def keep_file(self, raw: bytes) -> str:
        """Keep a file that is evidence; its SHA-256 (hexadecimal), by which evidence names it. Raises DeskError as `commit`."""
        with self._writing():
            return records.insert_file(self._db, raw)

    def kept_file(self, sha256: str) -> bytes | None:
        """The bytes of a file that was kept as evidence, None if there is none; raises DeskError if they are damaged."""
        with reading(self._db):
            return records.load_file(self._db, sha256)

    def find_article(self, sha256: str) -> Article | None:
        """The newest article whose text has this SHA-256 (hexadecimal)."""
        with reading(self._db):
            row = self._db.execute("SELECT max(id) FROM article WHERE sha256 = ?", [sha256]).fetchone()
            return records.load_article(self._db, row[0])

    def kin(self, text: str) -> list[Kin]:
        """The articles that a text is close to, the closest first: it may be a new version of one of them."""
        with reading(self._db):
            ids = search.alike(self._db, text, _MOST_KIN)
            near = [article for article in (records.load_article(self._db, one) for one in ids) if article is not None]
        found = [Kin(one.id, one.title, one.imported_at, likeness(one.text, text)) for one in near]
        return sorted((one for one in found if one.likeness >= ALIKE), key=lambda one: (-one.likeness, -one.article_id))

    def articles(self, ids: Collection[int] | None = None, *, counted: bool = True) -> list[ArticleSummary]:
        """Every article, or those of these ids, the newest first.

        To count the claims of a whole large desk takes a second; where they are not `counted` the counts are empty.
        """
        with reading(self._db):
            return records.load_summaries(self._db, ids, counted=counted)

    def newest_article(self) -> int | None:
        """The id of the newest article, None on an empty desk."""
        with reading(self._db):
            row = self._db.execute("SELECT max(id) FROM article").fetchone()
        return int(row[0]) if row[0] is not None else None

    # Claims

    def claims(self, article_id: int) -> list[Claim]:
        """The claims of an article in text order, dismissed ones too."""
        with reading(self._db):
            return records.load_claims(self._db, records.claim_ids(self._db, article_id))

    def commit(self, edit: Edit) -> Edit:
        """Write an edit; the same with the ids that new claims (those of negative id) were given.

        Where it names a source by an alias, the source's own name is written; what changes nothing then is left out. Raises DeskError if its claims are no longer as they were before it, or cannot be written, and EditError if a span lies
        outside the text; nothing is written then.
        """
        _check(edit)
        with self._writing():
            edit = resolved(edit, register.load_meant(self._db) if names_anew(edit) else {})
            real = _with_real_ids(edit, records.first_free_id(self._db))
            if not real.is_empty:
                self._write(real, Kind.EDIT, history.told(real))
        return real

    def undo(self, article_id: int) -> Edit | None:
        """Take back the last edit of an article that stands; what was done for it, None if there is nothing to take back.

        Raises DeskError as `commit` does.
        """
        with self._writing():
            found = history.next_undo(self._db, article_id)
            return self._repeat(article_id, Kind.UNDO, *found) if found else None

    def redo(self, article_id: int) -> Edit | None:
        """Bring back the edit that was undone last; what was done for it, None if there is none, or a new edit came since.

        Raises DeskError as `commit` does.
        """
        with self._writing():
            found = history.next_redo(self._db, article_id)
            return self._repeat(article_id, Kind.REDO, *found) if found else None

    def undo_to(self, article_id: int, row_id: int, went_on: Callable[[int], None] = lambda _: None) -> int:
        """Take back every edit that came after a row of an article's history, each as a step that can be redone; how many.

        All of them or, where one fails, none: raises DeskError as `commit` does, and where undo does not lead to that row.
        `went_on` is told now and then how many are taken back; what it raises, such as Cancelled, leaves all as it was.
        """
        with self._writing():
            after = history.edits_after(self._db, article_id, row_id)
            if after is None:
                raise DeskError("What this step did is taken back itself. Choose another step to go back to.")
            self._undo_all(article_id, after, went_on)
            return len(after)

    def undoable(self, article_id: int) -> str | None:
        """The sentence of the edit that `undo` would take back."""
        with reading(self._db):
            found = history.next_undo(self._db, article_id)
        return found[1] if found else None

    def redoable(self, article_id: int) -> str | None:
        """The sentence of the edit that `redo` would bring back."""
        with reading(self._db):
            found = history.next_redo(self._db, article_id)
        return found[1] if found else None

    def _repeat(self, article_id: int, kind: Kind, row_id: int, sentence: str) -> Edit:
        """Apply the edit of a history row once more, backwards for an undo."""
        verb, told = history.load_changes(self._db, row_id)
        if kind is Kind.UNDO:
            told = history.backwards(told)
        held = self._held(history.ids_told(told))
        details = history.retold_details(told, self._known(article_id))
        edit = Edit(Verb(verb), sentence, article_id, tuple(history.retold(told, held)), details)
        self._write(edit, kind, told, undoes=row_id)
        return edit

    def _undo_all(self, article_id: int, found: list[tuple[int, str]], went_on: Callable[[int], None]) -> None:
        """Undo edits one after the other, each with its row of history; a claim is written once, with the last that tells of it."""
        article = self._known(article_id)
        before = self._held(records.claim_ids(self._db, article_id))
        after = dict(before)
        told_by: dict[int, int] = {}
        for number, (row_id, sentence) in enumerate(found):
            if number % TOLD_EVERY == 0:
                went_on(number)
            verb, told = history.load_changes(self._db, row_id)
            told = history.backwards(told)
            sequence = history.append(self._db, article_id, Kind.UNDO, verb, sentence, self._who, told, row_id)
            for change in history.retold(told, after):
                if after.pop(change.claim_id, None) != change.before:
                    raise DeskError(CHANGED_MEANWHILE)
                if change.after is not None:
                    after[change.claim_id] = change.after
                told_by[change.claim_id] = sequence
            details = history.retold_details(told, article)
            article = article.with_details(details.after) if details else article
        went_on(len(found))
        changes: dict[int, list[Change]] = defaultdict(list)
        for claim_id, sequence in told_by.items():
            if claim_id in before or claim_id in after:
                changes[sequence].append(Change(before.get(claim_id), after.get(claim_id)))
        records.write_details(self._db, article_id, article.details)
        for sequence, told_there in sorted(changes.items()):
            records.write_changes(self._db, told_there, article.text, sequence)

    def _write(self, edit: Edit, kind: Kind, told: list[Json], undoes: int | None = None) -> int:
        """Write an edit with its row of history; the id of that row."""
        held = self._held(edit.claim_ids)
        if any(held.get(change.claim_id) != change.before for change in edit.changes):
            raise DeskError(CHANGED_MEANWHILE)
        # The history first: written after claims that refer to it, SQLite would look for them among all claims of the desk.
        sequence = history.append(self._db, edit.article_id, kind, edit.verb, edit.sentence, self._who, told, undoes)
        if edit.details is not None:
            if self._known(edit.article_id).details != edit.details.before:
                raise DeskError(CHANGED_MEANWHILE)
            records.write_details(self._db, edit.article_id, edit.details.after)
        records.write_changes(self._db, edit.changes, self._text(edit.article_id), sequence)
        return sequence

    def _held(self, ids: Iterable[int]) -> dict[int, Claim]:
        return {claim.id: claim for claim in records.load_claims(self._db, ids)}

    def _known(self, article_id: int) -> Article:
        found = records.load_article(self._db, article_id)
        if found is None:
            raise DeskError(CHANGED_MEANWHILE)
        return found

    def _text(self, article_id: int) -> str:
        return str(self._db.execute("SELECT text FROM article WHERE id = ?", [article_id]).fetchone()[0])

    # Cases

    def case(self, article_id: int) -> Case:
        """All that the desk holds of an article but the bytes of files; raises DeskError if there is no such article."""
        article = self.article(article_id)
        with reading(self._db):
            return cases.load_case(self._db, article)

    def bundle(self, article_id: int) -> Bundle:
        """All that the desk holds of an article, with its files; raises DeskError as `case`, and if they are damaged."""
        case = self.case(article_id)
        with reading(self._db):
            return cases.load_bundle(self._db, case)

    def take_in(self, bundle: Bundle) -> Article:
        """Put the article of a case on the desk, with its claims, its sources, and its files; all of it or nothing.

        Ids are given anew. Raises DeskError where its text is on the desk already, or it cannot be written.
        """
        case = bundle.case
        with self._writing():
            if self._db.execute("SELECT 1 FROM article WHERE sha256 = ?", [sha256(case.article.text)]).fetchone():
                raise DeskError(
                    "This article is on the desk already, and nothing was overwritten. "
                    "`claimdesk merge` brings the two reviews together."
                )
            article = cases.insert_article(self._db, bundle)
            told = {name: value for name, value in asdict(article).items() if name not in {"text", "remarks"}}
            history.append(self._db, article.id, Kind.IMPORT, "import", f"Import “{article.title}”", self._who, told)
            cases.keep_elsewhere(self._db, article.id, case)
            self._bring_in(taken_in(case, article.id), case)
        return article

    def merge(self, edit: Edit | None, bundle: Bundle, article_id: int) -> Edit | None:
        """Write what a merge with the case comes to, None for nothing, and keep the case's past and files.

        The edit can be undone as any other. Raises DeskError as `commit`.
        """
        with self._writing():
            cases.insert_files(self._db, bundle.files)
            cases.keep_elsewhere(self._db, article_id, bundle.case)
            return self._bring_in(edit, bundle.case)

    def past_elsewhere(self, article_id: int) -> list[Deed]:
        """What was done to an article on other desks, as far as cases told of it."""
        with reading(self._db):
            return cases.load_elsewhere(self._db, article_id)

    def _bring_in(self, edit: Edit | None, case: Case) -> Edit | None:
        """Write an edit made of a case, then what its sources teach the register."""
        if edit is not None:
            edit = _with_real_ids(resolved(edit, register.load_meant(self._db)), records.first_free_id(self._db))
            edit = replace(edit, changes=cases.without_lost_files(self._db, edit.changes))
            self._write(edit, Kind.EDIT, history.told(edit))
        learned = introduced(register.load_register(self._db), case.sources)
        if learned is not None:
            self._write_register(learned, Kind.EDIT)
        return edit

    # Search

    def search(
        self,
        query: str,
        chosen: SearchFilter | None = None,
        *,
        kinds: Collection[HitKind] = tuple(HitKind),
        limit: int = 20,
        before: int | None = None,
    ) -> tuple[Page, ...]:
        """Where the words of a query stand on the desk: for each kind its newest hits, `limit` at most.

        All words must occur, “quoted” ones side by side; the last word and Korean ones may go on. For the next page of a kind
        ask for that kind alone, with its page's `further` as `before`. Raises DeskError where the desk cannot be read.
        """
        with reading(self._db):
            return search.pages(self._db, words.read(query), chosen or SearchFilter(), kinds, limit, before)

    # The register of sources

    def register(self) -> list[SourceSummary]:
        """Every source that the desk knows, by name, also those whose claims went to another: what verbs need.

        Its claims are not counted, which takes seconds on a large desk: their number is 1 for any.
        """
        with reading(self._db):
            return register.load_register(self._db, counted=False)

    def sources(self) -> list[SourceSummary]:
        """The sources that the register shows, by name, with their counts."""
        with reading(self._db):
            return listed(register.load_register(self._db))

    def confidential_sources(self) -> list[Source]:
        """The sources of which nothing but the pseudonym may leave the program."""
        with reading(self._db):
            return register.load_known(self._db, confidential=True)

    def mask_sources(self) -> list[Source]:
        """What a Mask needs: the confidential sources and, if there are any, those that can share a name with them."""
        with reading(self._db):
            if not register.load_known(self._db, confidential=True):
                return []
            return register.load_known(self._db)

    def known_sources(self) -> list[Source]:
        """The sources that somebody may name, in no order."""
        with reading(self._db):
            return register.load_known(self._db)

    def source(self, source_id: int) -> Source:
        """The source of this id; raises DeskError if there is none."""
        found = next((entry.source for entry in self.register() if entry.source.id == source_id), None)
        if found is None:
            raise DeskError(
                f"There is no source {source_id} on this desk. `claimdesk sources` shows those that there are."
            )
        return found

    def names_meant(self) -> dict[str, str]:
        """The names of sources by what else leads to them, folded: an alias, or a confidential name in other letters."""
        with reading(self._db):
            return register.load_meant(self._db)

    def claims_of(self, source_id: int, limit: int | None = None) -> list[SourcedClaim]:
        """The claims that rest on a source or came through it, dismissed ones too, those of the newest article first.

        Where there is a `limit` they are the newest, so many at most.
        """
        with reading(self._db):
            return register.load_claims_of(self._db, source_id, limit)

    @property
    def is_large(self) -> bool:
        """Whether what reads all claims takes so long that it should not be waited for."""
        with reading(self._db):
            return records.first_free_id(self._db) > LARGE

    def commit_register(self, edit: RegisterEdit) -> RegisterEdit:
        """Write an edit of the register: one row of history for it, and one for each article whose claims it changes.

        Raises DeskError if sources or claims are no longer as they were before it, or cannot be written; nothing is
        written then.
        """
        for of_article in edit.edits:
            _check(of_article)
        with self._writing():
            self._write_register(edit, Kind.EDIT)
        return edit

    def undo_register(self) -> RegisterEdit | None:
        """Take back the last edit of the register that stands; what was done for it, None if there is nothing to take back.

        In each article this is a new edit, of those claims whose source is still what the first one made it.
        Raises DeskError as `commit_register` does.
        """
        with self._writing():
            found = history.next_undo(self._db, None)
            return self._repeat_register(Kind.UNDO, *found) if found else None

    def redo_register(self) -> RegisterEdit | None:
        """Bring back the edit of the register that was undone last, in the same way; None if there is none."""
        with self._writing():
            found = history.next_redo(self._db, None)
            return self._repeat_register(Kind.REDO, *found) if found else None

    def register_undoable(self) -> str | None:
        """The sentence of the edit that `undo_register` would take back."""
        with reading(self._db):
            found = history.next_undo(self._db, None)
        return found[1] if found else None

    def register_redoable(self) -> str | None:
        """The sentence of the edit that `redo_register` would bring back."""
        with reading(self._db):
            found = history.next_redo(self._db, None)
        return found[1] if found else None

    def _repeat_register(self, kind: Kind, row_id: int, sentence: str) -> RegisterEdit:
        """Apply the register edit of a history row once more, backwards for an undo."""
        verb, told = history.load_changes(self._db, row_id)
        sources = register.backwards(told["sources"]) if kind is Kind.UNDO else told["sources"]
        words = f"Take back: {sentence}" if kind is Kind.UNDO else sentence
        edits = [self._repeat_in_article(kind, row, Verb(verb), words) for row in told["rows"]]
        changes = tuple(register.retold(self._db, sources))
        edit = RegisterEdit(Verb(verb), sentence, changes, tuple(edit for edit in edits if not edit.is_empty))
        self._write_register(edit, kind, row_id)
        return edit

    def _repeat_in_article(self, kind: Kind, row_id: int, verb: Verb, sentence: str) -> Edit:
        """What the history row of an article told, as an edit of those claims that it still fits."""
        article_id = self._db.execute("SELECT article FROM history WHERE id = ?", [row_id]).fetchone()[0]
        _, told = history.load_changes(self._db, row_id)
        if kind is Kind.UNDO:
            told = history.backwards(told)
        held = self._held(history.ids_told(told))
        changes = history.retold([change for change in told if history.fits(change, held)], held)
        return Edit(verb, sentence, article_id, tuple(changes))

    def _write_register(self, edit: RegisterEdit, kind: Kind, undoes: int | None = None) -> None:
        rows = [self._write(one, Kind.EDIT, history.told(one)) for one in edit.edits]
        register.write_sources(self._db, edit.sources)
        told = {"sources": register.told(edit.sources), "rows": rows}
        history.append(self._db, None, kind, edit.verb, edit.sentence, self._who, told, undoes)

    # Looking for damage

    @property
    def wants_look(self) -> bool:
        """Whether the desk is too large to be looked through at each opening, and was not for a week."""
        if self._path.stat().st_size <= connection.LOOKED_THROUGH:
            return False
        last = self.setting(_LOOKED_AT)
        return last is None or not timedelta() <= datetime.now(UTC) - datetime.fromisoformat(last) < LOOK_EVERY

    def look_through(self, cancelled: Callable[[], bool]) -> None:
        """Read the whole file for damage, on another thread if that is wanted; raises DamagedDeskError, and Cancelled.

        Of an encrypted desk this shows every change of it, of a plain one what contradicts itself.
        """
        with (
            connection.in_sentences(),
            closing(connection.connect(real(self._path), self._patience, self._key, checked=False)) as db,
        ):
            connection.look_through(db, cancelled)

    def note_look(self) -> None:
        """The desk was looked through just now."""
        self.set_setting(_LOOKED_AT, history.now())

    # History and settings

    def history(self, article_id: int | None = None) -> list[HistoryEntry]:
        """What was done to an article, or to all of them, the oldest first."""
        with reading(self._db):
            return history.entries(self._db, article_id)

    def has_run(self, article_id: int, *verbs: Verb) -> bool:
        """Whether an edit of one of these verbs was ever committed for the article, undone or not."""
        with reading(self._db):
            query = "SELECT DISTINCT verb FROM history WHERE article = ? AND kind = 'edit'"
            return not set(verbs).isdisjoint(verb for (verb,) in self._db.execute(query, [article_id]).fetchall())

    def head(self) -> str:
        """The hash of the newest row of the history, empty on a new desk: it stands for all that was done until now."""
        with reading(self._db):
            return history.head(self._db)

    def head_to_note(self) -> Head:
        """How the history ends now, for somebody who wants to know later that nothing of it was cut off."""
        with reading(self._db):
            return history.head_to_note(self._db)

    def verify_history(self, noted: Head | None = None) -> int | None:
        """The id of the first row of the history that was tampered with, None if none was.

        Rows that were cut off at the end, or a history that was written anew, show only against a `noted` head.
        """
        with reading(self._db):
            return history.first_broken(self._db, noted)

    def follow_history(self, chain: Chain, rows: int) -> Chain:
        """Follow the chain of hashes some rows further from where it was left: `verify_history` in parts."""
        with reading(self._db):
            return history.follow(self._db, chain, rows)

    def past(self, article_id: int) -> list[Step]:
        """What was done to an article, the newest first, and what of it stands."""
        with reading(self._db):
            return history.past(self._db, article_id)

    def claims_told(self, row_id: int) -> list[int]:
        """The ids of the claims that a row of the history tells of."""
        with reading(self._db):
            return history.claims_told(self._db, row_id)

    def news(self) -> frozenset[int | None]:
        """The articles to which anything was done since this was last asked; none while no other program wrote.

        It costs next to nothing then, so it can be asked all the time. None stands for what belongs to no article.
        """
        with connection.in_sentences():
            version = connection.pragma(self._db, "data_version")
        if version == self._version:
            return frozenset()
        with reading(self._db):
            self._last_row, articles = history.told_since(self._db, self._last_row)
        self._version = version
        return articles

    def setting(self, key: str) -> str | None:
        """What is remembered under `key` with this desk."""
        with reading(self._db):
            row = self._db.execute("SELECT value FROM setting WHERE key = ?", [key]).fetchone()
        return row[0] if row else None

    def set_setting(self, key: str, value: str) -> None:
        """Remember `value` under `key` with this desk; raises DeskError where it cannot be written."""
        with self._writing():
            self._db.table("setting", pk="key").upsert({"key": key, "value": value})


def _check(edit: Edit) -> None:
    """Raises ValueError for an edit that no verb makes."""
    if len(set(edit.claim_ids)) < len(edit.changes):
        raise ValueError("an edit can change a claim only once")
    claims = (claim for change in edit.changes for claim in (change.before, change.after) if claim)
    if any(claim.article_id != edit.article_id for claim in claims):
        raise ValueError("an edit can change the claims of its own article only")


def _with_real_ids(edit: Edit, first: int) -> Edit:
    """The edit with ids from `first` upwards for the claims of negative id, in links to them too."""
    new = [claim_id for claim_id in edit.claim_ids if claim_id < 0]
    if not new:
        return edit
    real = dict(zip(new, count(first), strict=False))
    return replace(
        edit, changes=tuple(Change(change.before, _renumbered(change.after, real)) for change in edit.changes)
    )


def _renumbered(claim: Claim | None, ids: dict[int, int]) -> Claim | None:
    if claim is None:
        return None
    links = tuple(replace(link, target=ids.get(link.target, link.target)) for link in claim.links)
    return replace(claim, id=ids.get(claim.id, claim.id), links=links)
