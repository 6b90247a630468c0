"""A case goes to another desk as JSON or as a bundle: nothing is lost, nothing hostile comes in, no name goes out unasked."""

import copy
import hashlib
import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from claimdesk.core import bundle, casefile, checking, edits, minisign, sources
from claimdesk.core.case import Bundle, Case, masked_claim
from claimdesk.core.claim import Article, Claim, Original, Remark, RemarkKind, Review, Span, Suggestion
from claimdesk.core.confidential import Mask
from claimdesk.core.desk import Desk
from claimdesk.core.errors import ArticleError, DeskError
from claimdesk.core.evidence import Evidence, EvidenceKind, Reply, Verdict
from claimdesk.core.minisign import BadSignatureError, SigningKey
from claimdesk.core.reports import build
from claimdesk.core.resources import RESOURCES
from claimdesk.core.sources import Source, SourceKind

TEXT = (
    "पुल सोमवार को खुलेगा 🙂\n\nThe bridge opens on Monday, Mina Rao said. 다리가 안전하다고 국방부가 밝혔다.\n\n"
    "The operator denied that the bridge opens on Monday. الجسر آمن."
)
MADE_AT = datetime(2031, 3, 4, 14, 5, tzinfo=UTC)
KEY, OTHER_KEY = SigningKey(bytes(range(32))), SigningKey(bytes(32))
SCHEMA = Draft202012Validator(json.loads((RESOURCES / "schema" / "case-1.json").read_text(encoding="utf-8")))


def of(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


@pytest.fixture
def mine(tmp_path: Path) -> Iterator[Desk]:
    """A desk with an article whose source is confidential, named wherever somebody can write."""
    with Desk.open(tmp_path / "mine.db", who="Rosa 🙂") as desk:
        article = desk.add_article(
            Article(
                TEXT, "पुल सोमवार को खुलेगा 🙂", filename="Mina Rao.txt", url="https://example.org/पुल",
                remarks=(Remark(RemarkKind.COMMENT, "Mina Rao told us", "Rosa", of("Monday")),),
            ),
            original=b"Mina Rao\n" * 9, media_type="text/plain", headers=[("X-From", "Mina Rao")],
        )  # fmt: skip
        found = [
            Suggestion((of("The bridge opens on Monday"),), (of("Mina Rao"),), (of("said"),), "official", "Mina Rao"),
            Suggestion((of("다리가 안전하다"),), (of("국방부"),), (), "official", "국방부", ("Mina Rao",)),
            Suggestion((of("the bridge opens on Monday"),), (of("The operator"),), (), "denial", None, (), (0,), 0.7),
        ]

        def do(edit: edits.Edit | None) -> None:
            assert edit is not None
            desk.commit(edit)

        do(edits.take_suggestions([], article, found))
        first, korean, denial = (claim.id for claim in desk.claims(article.id))
        do(edits.accept(desk.claims(article.id), [first, korean]))
        do(edits.dismiss(desk.claims(article.id), [denial]))
        paper = Evidence(EvidenceKind.FILE, "Mina Rao.pdf", "दस्तावेज़", sha256=desk.keep_file(b"%PDF Mina Rao"))
        do(checking.set_evidence(desk.claims(article.id), first, [paper]))
        do(checking.set_replies(desk.claims(article.id), first, [Reply("Mina Rao", "2031-03-01", answer="हाँ")]))
        do(edits.set_note(desk.claims(article.id), korean, "Ask Mina Rao again 🙂"))
        do(
            checking.set_verdict(
                desk.claims(article.id), first, Verdict.CONFIRMED, "Mina Rao showed it", who="राधा", day="2031-03-02"
            )
        )
        register = desk.register()
        source = next(entry.source for entry in register if entry.source.name == "Mina Rao")
        after = replace(
            source, confidential=True, pseudonym="Source A", role="harbour master", aliases=("M. Rao",),
            kind=sources.SourceKind.PERSON, note="met at the harbour",
        )  # fmt: skip
        edit = sources.describe(register, [one.claim for one in desk.claims_of(source.id)], source, after)
        assert edit is not None
        desk.commit_register(edit)
        yield desk


@pytest.fixture
def theirs(tmp_path: Path) -> Iterator[Desk]:
    with Desk.open(tmp_path / "theirs.db", who="김") as desk:
        yield desk


def packed(desk: Desk, key: SigningKey | None = None) -> bytes:
    return bundle.pack(desk.bundle(1), version="0.1", made_at=MADE_AT, key=key)


# Whole


def test_the_file_is_what_its_schema_says(mine: Desk) -> None:
    told = json.loads(casefile.write(mine.case(1), "0.1"))
    SCHEMA.check_schema(SCHEMA.schema)
    SCHEMA.validate(told)
    assert not SCHEMA.is_valid(told | {"claimdesk_case": 2})
    assert told["article"]["text"] == TEXT
    assert [deed["sentence"] for deed in told["history"]][:2] == ["Import “पुल सोमवार को खुलेगा 🙂”", "Suggest 3 claims"]


def test_a_bundle_brings_everything_to_another_desk_once(mine: Desk, theirs: Desk) -> None:
    sent = mine.bundle(1)
    article = theirs.take_in(bundle.unpack(packed(mine), "x.claimdesk"))
    got = theirs.bundle(article.id)
    assert [replace(one, id=0) for one in got.case.sources] == [replace(one, id=0) for one in sent.case.sources]
    assert [claim.to_json() for claim in got.case.claims] == [claim.to_json() for claim in sent.case.claims]
    assert (got.original, got.files, got.case.original) == (sent.original, sent.files, sent.case.original)
    assert got.case.past_elsewhere == sent.case.past
    with pytest.raises(DeskError, match=r"on the desk already.*merge"):
        theirs.take_in(sent)
    assert len(theirs.articles()) == 1
    assert theirs.verify_history() is None
    assert theirs.undo(article.id) is not None
    assert theirs.claims(article.id) == []


def test_ids_are_given_anew_and_links_kept(mine: Desk, theirs: Desk) -> None:
    other = theirs.add_article(Article("Another text 🙂 altogether.", "Another"))
    theirs.commit(edits.mark([], other, 0, 7, "media"))
    article = theirs.take_in(Bundle(mine.case(1)))
    first, _, denial = theirs.claims(article.id)
    assert denial.denies == (first.id,)
    assert first.id > theirs.claims(other.id)[0].id


def test_what_the_other_desk_knows_of_a_source_stays(mine: Desk, theirs: Desk) -> None:
    other = theirs.add_article(Article("Mina Rao said so. Kim too 🙂.", "Another"))
    theirs.commit(edits.mark([], other, 0, 8, "media"))
    named = edits.name_source(theirs.claims(other.id), theirs.claims(other.id)[0].id, "Mina Rao")
    assert named is not None
    theirs.commit(named)
    register = theirs.register()
    known = register[0].source
    edit = sources.describe(register, theirs_claims(theirs, known.id), known, replace(known, role="pilot", note="shy"))
    assert edit is not None
    theirs.commit_register(edit)
    theirs.take_in(mine.bundle(1))
    after = next(entry.source for entry in theirs.register() if entry.source.name == "Mina Rao")
    assert (after.role, after.note, after.confidential) == ("pilot", "shy\nmet at the harbour", True)
    assert (after.aliases, after.pseudonym) == (("M. Rao",), "Source A")


def theirs_claims(desk: Desk, source: int) -> list[Any]:
    return [one.claim for one in desk.claims_of(source)]


# Names


def test_masked_nothing_in_it_leads_to_a_confidential_source_but_the_published_words(mine: Desk) -> None:
    masked = mine.bundle(1).masked(Mask(mine.mask_sources()))
    raw = bundle.pack(masked, version="0.1", made_at=MADE_AT)
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        everything = b"\n".join(archive.read(name) for name in archive.namelist()).decode().replace(TEXT, "")
        assert archive.namelist() == ["manifest.json", "case.json"]
    told = json.loads(casefile.write(masked.case, "0.1"))
    assert told["redacted"] is True
    told["article"]["text"] = ""
    leaks = ("Mina", "Rao", "harbour", "M. Rao")
    assert not any(leak in json.dumps(told, ensure_ascii=False) for leak in leaks)
    assert everything.count("Source A") > 5
    with_files = mine.bundle(1).masked(Mask(mine.mask_sources()), originals=True)
    assert (with_files.original, len(with_files.files)) == (b"Mina Rao\n" * 9, 1)
    assert mine.bundle(1).masked(Mask([])) == mine.bundle(1)


# Hostile cases


def hostile_cases(told: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The case with one thing in it that no desk has written."""

    def but(change: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
        changed = copy.deepcopy(told)
        change(changed)
        return changed

    beyond = len(told["article"]["text"]) + 1
    yield "text that was changed", but(lambda t: t["article"].update(text="Another."))
    yield "text that is not normalised", but(lambda t: t["article"].update(text="a\r\nb"))
    yield "span outside", but(lambda t: t["claims"][0].update(content=[[0, beyond]]))
    yield "span backwards", but(lambda t: t["claims"][0].update(cue=[[3, 2]]))
    yield "span of words", but(lambda t: t["claims"][0].update(source=[["a", "b"]]))
    yield "no content", but(lambda t: t["claims"][0].update(content=[]))
    yield "unknown level", but(lambda t: t["claims"][0].update(level="<script>"))
    yield "unknown review", but(lambda t: t["claims"][0].update(review="yes"))
    yield "note that is a number", but(lambda t: t["claims"][0].update(note=5))
    yield "link to nowhere", but(lambda t: t["claims"][0].update(links=[["denies", 999]]))
    yield "two claims of one id", but(lambda t: t["claims"].append(t["claims"][0]))
    yield "NUL", but(lambda t: t["claims"][0].update(note="a\0b"))
    yield "lone surrogate", but(lambda t: t["claims"][0].update(note="a\ud800b"))
    yield "confidential without pseudonym", but(lambda t: t["sources"][0].update(confidential=True, pseudonym=""))
    yield "two sources of one name", but(lambda t: t["sources"].append(t["sources"][0]))
    yield "field too many", but(lambda t: t["article"].update(id=7))
    yield "field missing", but(lambda t: t["article"].pop("outlet"))
    yield "hash that is none", but(lambda t: t["history"][0].update(hash="x"))
    yield "time that is none", but(lambda t: t["history"][0].update(at="2031-02-31T00:00:00Z"))
    yield "pages out of order", but(lambda t: t["article"].update(pages=[9, 3]))
    yield "claims that are none", but(lambda t: t.update(claims={"a": 1}))
    yield "deep nesting", but(lambda t: t["claims"][0].update(note=[[[[]]]]))
    yield "format that is none", but(lambda t: t.update(claimdesk_case=True))


def test_a_case_that_no_desk_has_written_is_refused_in_a_sentence(mine: Desk, theirs: Desk) -> None:
    told = json.loads(casefile.write(mine.case(1), "0.1"))
    for what, hostile in hostile_cases(told):
        with pytest.raises(ArticleError, match=r"not a case") as caught:
            theirs.take_in(Bundle(casefile.read(json.dumps(hostile).encode(), "case.json")))
        assert str(caught.value).count(".") <= 3, what
    with pytest.raises(ArticleError, match=r"newer ClaimDesk"):
        casefile.read(json.dumps(told | {"claimdesk_case": 2}).encode(), "case.json")
    for raw in (
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"claimdesk_case": 1}',
        b"[" * 100_000,
        b'{"claimdesk_case": NaN}',
        b"\xff\xfe",
    ):
        with pytest.raises(ArticleError, match=r"not a case"):
            casefile.read(raw, "case.json")
    assert theirs.articles() == []


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_whatever_value_stands_anywhere_it_is_read_or_refused(data: st.DataObject) -> None:
    article = Article("पुल 🙂 opens", "पुल", sha256=hashlib.sha256("पुल 🙂 opens".encode()).hexdigest())
    case = small_case(article)
    told = json.loads(casefile.write(case, "0"))
    part = told
    for _ in range(data.draw(st.integers(0, 3))):
        inside = [
            value
            for value in (part.values() if isinstance(part, dict) else part)
            if isinstance(value, dict | list) and value
        ]
        if not inside:
            break
        part = data.draw(st.sampled_from(inside))
    key = data.draw(st.sampled_from(sorted(part) if isinstance(part, dict) else range(len(part))))
    part[key] = data.draw(st.none() | st.booleans() | st.integers() | st.text(max_size=3) | st.just([]) | st.just({}))
    try:
        read = casefile.read(json.dumps(told).encode(), "case.json")
    except ArticleError:
        return
    SCHEMA.validate(json.loads(casefile.write(read, "0")))


def small_case(article: Article) -> Case:
    claim = Claim(1, 0, (Span(0, 3),), evidence=(Evidence(EvidenceKind.URL, "https://example.org"),))
    return Case(article, (claim,), (sources.Source(0, "김"),), Original("0" * 64, 1, "", (("a", "b"),)))


# Hostile bundles


def members_of(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(members: dict[str, bytes], *more: tuple[zipfile.ZipInfo | str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in (*members.items(), *more):
            archive.writestr(name, raw)
    return file.getvalue()


def hostile_bundles(raw: bytes, signed: bytes) -> Iterator[tuple[str, bytes]]:
    """Bundles with which somebody means harm, or that are not what was sent."""
    good, safe = members_of(raw), members_of(signed)
    for name in ("../evil", "/evil", "C:\\evil", "..\\evil", "a/../../evil", "aux", "evidence/../../evil"):
        yield f"slip {name}", zipped(good, (name, b"evil"))
    link = zipfile.ZipInfo("link")
    link.external_attr = 0o120777 << 16
    yield "link", zipped(good, (link, b"/etc/passwd"))
    yield "case-fold-equal names", zipped(good, ("CASE.json", b"{}"))
    yield "10,001 entries", zipped(good, *((f"{number}", b"") for number in range(10_001)))
    yield "bomb", zipped(good, ("bomb", b"\0" * 20_000_000))
    yield "member too many", zipped(good, ("evidence/more.exe", b"MZ"))
    for name in good:
        yield f"without {name}", zipped({other: data for other, data in good.items() if other != name})
        yield f"tampered {name}", zipped(good | {name: good[name][:-2] + b"XX"})
        yield f"longer {name}", zipped(good | {name: good[name] + b" x"})
    manifest = json.loads(good["manifest.json"])
    formats: tuple[Any, ...] = (0, True, "1", None, [], -1)
    for wrong in formats:
        yield (
            f"format {wrong}",
            zipped(good | {"manifest.json": json.dumps(manifest | {"claimdesk_bundle": wrong}).encode()}),
        )
    yield "newer", zipped(good | {"manifest.json": json.dumps({"claimdesk_bundle": 2}).encode()})
    yield "no list", zipped(good | {"manifest.json": json.dumps(manifest | {"members": 5}).encode()})
    listed = manifest["members"] + [{"name": "run.sh", "size": 2, "sha256": hashlib.sha256(b"hi").hexdigest()}]
    strange = {"manifest.json": json.dumps(manifest | {"members": listed}).encode(), "run.sh": b"hi"}
    yield "listed, but no member that a bundle has", zipped(good | strange)
    yield "signature taken away", zipped({name: data for name, data in safe.items() if not name.endswith("minisig")})
    yield "replayed signature", zipped(good | {"manifest.json.minisig": safe["manifest.json.minisig"]})
    forged = safe["manifest.json"].replace(b"ClaimDesk 0.1", b"ClaimDesk 0.2")
    yield "signed manifest changed", zipped(safe | {"manifest.json": forged})
    own = forged.replace(KEY.public.encode(), OTHER_KEY.public.encode())
    yield "another's key beside the signature", zipped(safe | {"manifest.json": own})
    yield "no signature but words", zipped(safe | {"manifest.json.minisig": b"trust me"})
    yield "cut off", raw[: len(raw) // 2]
    yield "no archive", b"PK\x03\x04" + b"x" * 100


def test_hostile_bundles_are_refused_in_a_sentence_and_write_nothing(
    mine: Desk, theirs: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "in" / "side"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    head, count = theirs.head(), 0
    for what, hostile in hostile_bundles(packed(mine), packed(mine, KEY)):
        count += 1
        with pytest.raises(ArticleError) as caught:
            theirs.take_in(bundle.unpack(hostile, "x.claimdesk"))
        assert str(caught.value).endswith("."), what
        assert "\n" not in str(caught.value)
    assert count == 40
    assert theirs.articles() == []
    assert theirs.head() == head
    assert list(folder.iterdir()) == [] == list(folder.parent.glob("evil*"))


def test_a_byte_that_was_changed_is_noticed_or_changes_nothing(mine: Desk) -> None:
    raw, refused = packed(mine, KEY), 0
    whole = bundle.unpack(raw, "x")
    for place in range(0, len(raw), max(1, len(raw) // 160)):
        try:
            assert bundle.unpack(raw[:place] + bytes([raw[place] ^ 0x55]) + raw[place + 1 :], "x") == whole
        except ArticleError:
            refused += 1
    assert refused > 100


def test_a_newer_bundle_says_that_it_is_newer(mine: Desk) -> None:
    newer = zipped(members_of(packed(mine)) | {"manifest.json": b'{"claimdesk_bundle": 2}'})
    with pytest.raises(ArticleError, match="newer ClaimDesk"):
        bundle.unpack(newer, "x.claimdesk")


def test_what_packs_as_tight_as_a_bomb_is_stored_and_read_again(mine: Desk) -> None:
    blank = b"\n" * 3_000_000
    whole = mine.bundle(1)
    case = replace(whole.case, original=Original(hashlib.sha256(blank).hexdigest(), len(blank)))
    raw = bundle.pack(replace(whole, case=case, original=blank), version="0.1", made_at=MADE_AT)
    assert bundle.unpack(raw, "x.claimdesk").original == blank


# Signatures


@pytest.mark.skipif(shutil.which("minisign") is None, reason="minisign is not installed")
def test_minisign_itself_verifies_a_signature_and_notices_a_change(mine: Desk, tmp_path: Path) -> None:
    for name, raw in members_of(packed(mine, KEY)).items():
        if name.startswith("manifest"):
            (tmp_path / name).write_bytes(raw)
    (tmp_path / "key.pub").write_text(KEY.public_file)
    for key in (["-P", KEY.public], ["-p", "key.pub"]):
        subprocess.run(["minisign", "-Vm", "manifest.json", *key], cwd=tmp_path, check=True, capture_output=True)
    with (tmp_path / "manifest.json").open("ab") as file:
        file.write(b" ")
    done = subprocess.run(
        ["minisign", "-Vm", "manifest.json", "-P", KEY.public], cwd=tmp_path, capture_output=True, check=False
    )
    assert done.returncode != 0


def test_who_signed_is_told_and_can_be_asked_for(mine: Desk) -> None:
    raw = packed(mine, KEY)
    assert bundle.unpack(raw, "x").signed_by == KEY.public
    assert bundle.unpack(raw, "x", key=f" {KEY.public}\n").signed_by == KEY.public
    for wrong in (OTHER_KEY.public, "nonsense"):
        with pytest.raises(ArticleError, match="not signed by that key"):
            bundle.unpack(raw, "x", key=wrong)
    with pytest.raises(ArticleError, match="not signed by that key"):
        bundle.unpack(packed(mine), "x", key=KEY.public)
    assert KEY.seed.hex() not in repr(KEY)


def test_every_changed_letter_of_a_signature_is_noticed() -> None:
    data, signature = "पुल 🙂".encode(), KEY.sign("पुल 🙂".encode(), "timestamp:1\tfile:x\thashed")
    assert minisign.verify(data, signature, KEY.public) == "timestamp:1\tfile:x\thashed"
    start = signature.index("\n") + 1
    for place in range(start, len(signature) - 1):
        other = "A" if signature[place] != "A" else "B"
        with pytest.raises(BadSignatureError):
            minisign.verify(data, signature[:place] + other + signature[place + 1 :], KEY.public)


def test_a_name_in_any_field_that_somebody_types_in_is_hidden_days_and_all() -> None:
    name = "Mina Rao"
    register = [Source(1, name, SourceKind.PERSON, confidential=True, pseudonym="Mole")]
    typed = Evidence(EvidenceKind.INTERVIEW, name, name, quote=name, page=name, archive=name, retrieved=name, note=name)
    claim = Claim(
        1, 1, (Span(0, 1),), evidence=(typed,), replies=(Reply(name, name, name, name, name),), checked_at=name,
        restated=name, question=name, rationale=name, tags=(name,),
    )  # fmt: skip
    assert name not in str(masked_claim(claim, Mask(register)))
    accepted = replace(claim, review=Review.ACCEPTED)
    made = build(Article("A पुल", "T"), [accepted], made_at=datetime.now(UTC), version="1", register=register)
    assert name not in str(made)
