"""The key of a desk by its recovery key and its passphrase, and what is made of a file of keys that somebody changed."""

import json
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimdesk.core import secrets
from claimdesk.core.desk import keys
from claimdesk.core.desk.keys import Keys, Slot
from claimdesk.core.errors import DeskError, KeyringError, WrongKeyError

PASSPHRASE = "Café पुल 다리 🌉 Ångström"
REAL_COST = keys._PASSES, keys._MEMORY
SLIP = "A letter of that recovery key is wrong"


@pytest.fixture(autouse=True, scope="module")
def cheap() -> Any:
    """Argon2id at the least cost that there is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "_PASSES", 1)
        patch.setattr(keys, "_MEMORY", 8)
        yield


@pytest.fixture(scope="module")
def made(cheap: None) -> tuple[Keys, bytes, str]:
    """Keys with a passphrase and a recovery key; the desk's key; the recovery key."""
    held, key = Keys.new()
    held, recovery = held.with_passphrase(key, PASSPHRASE).with_recovery(key)
    return held, key, recovery


@pytest.fixture
def written(made: tuple[Keys, bytes, str], tmp_path: Path) -> Path:
    """The path of a desk beside which those keys lie."""
    keys.save(tmp_path / "desk.db", made[0])
    return tmp_path / "desk.db"


def rewrite(desk: Path, change: Any) -> None:
    """Let somebody change the file of keys."""
    file = keys.beside(desk)
    data = json.loads(file.read_text(encoding="utf-8"))
    change(data)
    file.write_text(json.dumps(data), encoding="utf-8")


def test_what_is_saved_is_loaded_and_no_desk_has_keys_without_a_file(
    made: tuple[Keys, bytes, str], written: Path, tmp_path: Path
) -> None:
    assert keys.load(written) == made[0]
    assert keys.load(tmp_path / "other.db") is None
    assert keys.load(tmp_path / "no" / "folder" / "desk.db") is None


def test_the_file_of_keys_holds_neither_the_key_nor_what_opens_it(made: tuple[Keys, bytes, str], written: Path) -> None:
    _, key, recovery = made
    content = keys.beside(written).read_text(encoding="utf-8").lower()
    own = keys.read(recovery)
    assert own is not None
    for secret in (key.hex(), own.hex(), recovery.lower(), PASSPHRASE.lower()):
        assert secret not in content


@pytest.mark.parametrize(
    "typed",
    [
        str,
        str.lower,
        lambda words: words.replace("-", ""),
        lambda words: f"  {words.replace('-', ' ')}\n",
        lambda words: words.replace("-", " – "),
        lambda words: words.replace("0", "O").replace("1", "l").replace("V", "u"),
        lambda words: words.replace("0", "o").replace("1", "I"),
    ],
)
def test_a_recovery_key_opens_however_it_is_typed(made: tuple[Keys, bytes, str], typed: Any) -> None:
    held, key, _ = made
    for _ in range(20):  # each with other letters
        held, recovery = held.with_recovery(key)
        assert held.from_words(typed(recovery)) == key


def test_a_new_recovery_key_puts_the_old_one_out_of_use(made: tuple[Keys, bytes, str]) -> None:
    held, key, old = made
    held, new = held.with_recovery(key)
    assert held.from_words(new) == key
    with pytest.raises(WrongKeyError, match="not the passphrase or the recovery key"):
        held.from_words(old)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("words", [PASSPHRASE, "तितली उड़ी क़लम", "다리가 안전하다", "👩‍👩‍👧🇺🇳🙂", " two  spaces "])
def test_a_passphrase_opens_in_whichever_form_a_keyboard_writes_it(
    made: tuple[Keys, bytes, str], words: str, form: Any
) -> None:
    held, key, _ = made
    held = held.with_passphrase(key, normalize("NFC", words))
    assert held.from_words(normalize(form, words)) == key
    held = held.with_passphrase(key, normalize("NFD", words))
    assert held.from_words(normalize(form, words)) == key


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(right=st.text(min_size=1), wrong=st.text())
def test_only_the_passphrase_itself_opens(made: tuple[Keys, bytes, str], right: str, wrong: str) -> None:
    held, key, _ = made
    held = held.with_passphrase(key, right)
    assert held.from_words(right) == key
    if normalize("NFC", wrong) != normalize("NFC", right):
        with pytest.raises(WrongKeyError):
            held.from_words(wrong)


def test_a_new_passphrase_puts_the_old_one_out_of_use_and_leaves_the_recovery_key(
    made: tuple[Keys, bytes, str],
) -> None:
    held, key, recovery = made
    held = held.with_passphrase(key, "another one")
    assert held.from_words(recovery) == held.from_words("another one") == key
    assert held.kinds == {Slot.PASSPHRASE, Slot.RECOVERY}
    with pytest.raises(WrongKeyError):
        held.from_words(PASSPHRASE)


@settings(max_examples=200, deadline=None)
@given(own=st.binary(min_size=keys.RECOVERY_BYTES, max_size=keys.RECOVERY_BYTES))
def test_what_was_spelled_is_read_again(own: bytes) -> None:
    words = keys.spelled(own)
    assert [len(group) for group in keys.groups(words)] == [4] * 9
    assert keys.read(words) == own


@settings(max_examples=300, deadline=None)
@given(own=st.binary(min_size=20, max_size=20), data=st.data())
def test_a_slip_of_the_pen_is_found(own: bytes, data: st.DataObject) -> None:
    """One letter for another is always another number, and four letters more tell it but once in a million times."""
    letters = keys.spelled(own).replace("-", "")
    place = data.draw(st.integers(0, len(letters) - 1))
    other = data.draw(st.sampled_from(sorted(set("0123456789ABCDEFGHJKMNPQRSTVWXYZ") - {letters[place]})))
    assert keys.read(letters[:place] + other + letters[place + 1 :]) in {None, b""}


@pytest.mark.parametrize("words", ["", "-", "AAAA", "AAAA-" * 8 + "AAA", "é" * 36, "0" * 35 + "!", "٣" * 36, "\0" * 36])
def test_what_is_no_recovery_key_is_not_read_as_one(words: str) -> None:
    assert keys.read(words) is None


def test_a_mistyped_recovery_key_is_told_from_a_wrong_passphrase(made: tuple[Keys, bytes, str]) -> None:
    held, _, recovery = made
    slip = ("2" if recovery[0] != "2" else "3") + recovery[1:]
    with pytest.raises(WrongKeyError, match=SLIP):
        held.from_words(slip)
    with pytest.raises(WrongKeyError, match="not the passphrase or the recovery key"):
        held.from_words("no key at all")


def test_a_passphrase_that_looks_like_a_recovery_key_opens(made: tuple[Keys, bytes, str]) -> None:
    held, key, _ = made
    for words in ("A" * 36, keys.spelled(b"x" * 20)):
        assert held.with_passphrase(key, words).from_words(words) == key


def test_slots_belong_to_one_desk_and_one_kind(made: tuple[Keys, bytes, str]) -> None:
    held, key, recovery = made
    by_kind = {slot.kind: slot for slot in held.slots}
    moved, _ = Keys.new()
    moved = Keys(moved.desk, moved.mark, held.slots)
    disguised = Keys(
        held.desk, held.mark, (keys.Sealed(Slot.KEYRING, by_kind[Slot.RECOVERY].nonce, by_kind[Slot.RECOVERY].sealed),)
    )
    for words in (recovery, PASSPHRASE):
        assert held.from_words(words) == key
        with pytest.raises(WrongKeyError):
            moved.from_words(words)
    assert disguised._opened(Slot.KEYRING, keys._stretched(keys.read(recovery) or b"")) is None


def test_each_desk_has_a_key_of_its_own_and_knows_it(made: tuple[Keys, bytes, str]) -> None:
    held, key, _ = made
    other, other_key = Keys.new()
    assert (held.fits(key), held.fits(other_key), other.fits(key)) == (True, False, False)
    assert not held.fits(b"")


def test_without_its_slot_a_keyring_is_not_asked(
    made: tuple[Keys, bytes, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(secrets, "fetch", lambda *_: pytest.fail("the keyring was asked"))
    with pytest.raises(KeyringError, match="Use its passphrase or recovery key"):
        made[0].from_keyring()


# -- a file of keys that somebody changed

VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**70), 2**70), st.floats(), st.text(max_size=40), st.just([]), st.just({}),
    st.lists(st.integers(-9, 9), max_size=4), st.binary(max_size=60).map(bytes.hex), st.just("ff" * 12), st.just("ff" * 48),
)  # fmt: skip
FIELDS: list[tuple[Any, ...]] = [("claimdesk_keys",), ("desk",), ("mark",), ("slots",), ("slots", 0), ("slots", 1)] + [
    ("slots", at, name) for at in (0, 1) for name in ("kind", "nonce", "sealed", "salt", "cost")
]


def put(data: Any, field: tuple[Any, ...], value: Any) -> None:
    for step in field[:-1]:
        data = data[step]
    data[field[-1]] = value


@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(field=st.sampled_from(FIELDS), value=VALUES)
def test_a_changed_field_opens_nothing_but_the_desk_and_is_told_in_a_sentence(
    made: tuple[Keys, bytes, str], tmp_path: Path, field: tuple[Any, ...], value: Any
) -> None:
    held, key, recovery = made
    desk = tmp_path / "desk.db"
    keys.save(desk, held)
    rewrite(desk, lambda data: put(data, field, value))
    for words in (recovery, PASSPHRASE):
        try:
            loaded = keys.load(desk)
            assert loaded is not None
            assert loaded.from_words(words) == key
        except DeskError as error:
            assert str(error).endswith(".")  # noqa: PT017 - one of two good ends


@pytest.mark.parametrize("field", [field for field in FIELDS if len(field) != 2], ids=str)
def test_a_missing_field_is_damage(written: Path, field: tuple[Any, ...]) -> None:
    def drop(data: Any) -> None:
        for step in field[:-1]:
            data = data[step]
        del data[field[-1]]

    rewrite(written, drop)
    with pytest.raises(DeskError, match=r"desk\.db\.keys is damaged"):
        keys.load(written)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_flipped_bit_never_gives_another_key(
    made: tuple[Keys, bytes, str], tmp_path: Path, data: st.DataObject
) -> None:
    held, key, recovery = made
    desk = tmp_path / "desk.db"
    keys.save(desk, held)
    content = bytearray(keys.beside(desk).read_bytes())
    at = data.draw(st.integers(0, len(content) * 8 - 1))
    content[at // 8] ^= 1 << at % 8
    keys.beside(desk).write_bytes(content)
    try:
        loaded = keys.load(desk)
        assert loaded is not None
        assert loaded.from_words(recovery) == key
    except DeskError as error:
        assert "Traceback" not in str(error)  # noqa: PT017 - one of two good ends


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000, b"5", b"null", b'{"claimdesk_keys": 1}']
)
def test_what_is_no_file_of_keys_is_damage(tmp_path: Path, content: bytes) -> None:
    keys.beside(tmp_path / "desk.db").write_bytes(content)
    with pytest.raises(DeskError, match="is damaged, and the encrypted desk cannot be opened without it"):
        keys.load(tmp_path / "desk.db")
    assert keys.beside(tmp_path / "desk.db").read_bytes() == content


def test_a_changed_mark_is_damage_and_no_wrong_passphrase(written: Path) -> None:
    rewrite(written, lambda data: put(data, ("mark",), "00" * 32))
    loaded = keys.load(written)
    assert loaded is not None
    with pytest.raises(DeskError, match="damaged") as told:
        loaded.from_words(PASSPHRASE)
    assert not isinstance(told.value, WrongKeyError)


def test_the_keys_of_a_newer_program_are_not_touched(written: Path) -> None:
    rewrite(written, lambda data: data.update(claimdesk_keys=keys.FORMAT + 1, slots="in a form that nobody knows yet"))
    before = keys.beside(written).read_bytes()
    with pytest.raises(DeskError, match="newer ClaimDesk"):
        keys.load(written)
    assert keys.beside(written).read_bytes() == before


@pytest.mark.parametrize(
    "cost",
    [[101, 8, 1], [1, 4 * 1024 * 1024 + 1, 1], [1, 2**60, 1], [1, 8, 65], [0, 8, 1], [1, 7, 1], [1, 8, 0], [-1, 8, 1]],
)
def test_a_cost_that_would_hold_the_computer_up_is_refused_before_it_is_paid(written: Path, cost: list[int]) -> None:
    rewrite(written, lambda data: [slot.update(cost=cost) for slot in data["slots"] if slot["kind"] == "passphrase"])
    with pytest.raises(DeskError, match="damaged"):
        keys.load(written)


def test_keys_that_cannot_be_read_or_written_are_a_sentence(made: tuple[Keys, bytes, str], tmp_path: Path) -> None:
    keys.beside(tmp_path / "desk.db").mkdir()
    with pytest.raises(DeskError, match=r"The keys of the desk in desk\.db\.keys cannot be read"):
        keys.load(tmp_path / "desk.db")
    with pytest.raises(DeskError, match=r"The keys of the desk cannot be written to desk\.db\.keys"):
        keys.save(tmp_path / "desk.db", made[0])
    assert [file.name for file in tmp_path.iterdir()] == ["desk.db.keys"]


def test_a_passphrase_costs_what_argon2id_should(
    made: tuple[Keys, bytes, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As outside this file of tests: RFC 9106 wants three passes over 64 MiB at least."""
    monkeypatch.setattr(keys, "_PASSES", REAL_COST[0])
    monkeypatch.setattr(keys, "_MEMORY", REAL_COST[1])
    held, key, _ = made
    held = held.with_passphrase(key, PASSPHRASE)
    [(passes, memory)] = [slot.cost[:2] for slot in held.slots if slot.kind is Slot.PASSPHRASE]
    assert passes >= 3
    assert memory >= 64 * 1024
    assert held.from_words(PASSPHRASE) == key
