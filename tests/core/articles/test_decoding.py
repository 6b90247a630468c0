"""Bytes become the words that were meant, and a guess is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimdesk.core.articles import from_reading, read
from claimdesk.core.articles.decoding import decoded
from claimdesk.core.errors import ArticleError

TEXTS = {
    "windows-1252": "Der Bürgermeister sagte, das Café schließe. Die Brücke über den Fluß sei gefährlich, erklärte die Behörde.",
    "windows-1250": "Starosta řekl, že most je nebezpečný. Úřady jej uzavřely v pondělí, uvedl mluvčí města. Žádné další informace.",
    "windows-1251": "Мэр заявил в понедельник, что мост опасен. Городские власти закрыли его, сообщил представитель администрации.",
    "koi8-r": "Мэр заявил в понедельник, что мост опасен. Городские власти закрыли его, сообщил представитель администрации.",
    "windows-1253": "Ο δήμαρχος δήλωσε τη Δευτέρα ότι η γέφυρα είναι επικίνδυνη. Οι αρχές την έκλεισαν, είπε εκπρόσωπος.",
    "windows-1254": "Belediye başkanı pazartesi günü köprünün tehlikeli olduğunu söyledi. Yetkililer köprüyü kapattı, dedi sözcü.",
    "windows-1255": "ראש העיר אמר ביום שני שהגשר מסוכן. הרשויות סגרו אותו, אמר דובר העירייה.",
    "windows-1256": "قال رئيس البلدية يوم الاثنين إن الجسر خطير. أغلقته السلطات، بحسب المتحدث باسم المدينة.",
    "euc-kr": "시장은 월요일 다리가 위험하다고 말했다. 당국은 다리를 폐쇄했다고 시 대변인이 밝혔다.",
    "shift_jis": "市長は月曜日、橋は危険だと述べた。当局は橋を閉鎖したと市の報道官が明らかにした。",
    "euc-jp": "市長は月曜日、橋は危険だと述べた。当局は橋を閉鎖したと市の報道官が明らかにした。",
    "gb18030": "市长周一表示，这座桥很危险。市政府发言人说，当局已经关闭了这座桥。",
    "big5": "市長週一表示，這座橋很危險。市政府發言人說，當局已經關閉了這座橋。",
    "windows-874": "นายกเทศมนตรีกล่าวเมื่อวันจันทร์ว่าสะพานนี้อันตราย เจ้าหน้าที่ได้ปิดสะพานแล้ว",
}


@pytest.mark.parametrize("encoding", TEXTS)
def test_an_old_encoding_is_guessed_and_the_guess_is_told(encoding: str) -> None:
    codec = encoding.replace("windows-874", "cp874")
    reading = read(TEXTS[encoding].encode(codec), "a.txt")
    assert reading.text == TEXTS[encoding]
    assert reading.encoding == encoding
    assert reading.warnings == (f"The file does not say its encoding and was read as {encoding} (guessed).",)


def test_a_wrong_guess_is_changed_by_naming_the_encoding() -> None:
    raw = TEXTS["windows-1251"].encode("windows-1251")
    reading = read(raw, "a.txt", encoding="windows-1252")
    assert reading.text != TEXTS["windows-1251"]
    assert reading.encoding == "windows-1252"
    assert not read(raw, "a.txt", encoding="windows-1251").warnings


def test_utf_8_is_no_guess() -> None:
    reading = read("Grüße 🌉 한국".encode(), "a.txt")
    assert (reading.encoding, reading.warnings) == ("UTF-8", ())


@pytest.mark.parametrize("named", ["UTF-16LE", "utf-32-be"])
def test_wide_text_without_a_mark_is_read_once_it_is_named(named: str) -> None:
    raw = "다리가 닫힌다, 시장이 말했다. 🌉".encode(named)
    with pytest.raises(ArticleError, match="binary"):
        read(raw, "a.txt")
    assert read(raw, "a.txt", encoding=named).text == "다리가 닫힌다, 시장이 말했다. 🌉"


def test_utf_8_with_a_broken_character_stays_utf_8_and_that_is_told() -> None:
    raw = TEXTS["windows-1251"].encode()
    reading = read(raw[:41] + raw[42:], "a.txt")
    assert reading.encoding == "UTF-8"
    assert reading.text.count("\ufffd") == 1
    assert reading.warnings == ("Characters of the file that could not be read: 1; \ufffd stands in their place.",)


def test_what_is_declared_and_cannot_be_is_passed_over() -> None:
    assert decoded("Grüße".encode(), "a", declared="klingon").text == "Grüße"
    assert decoded("Grüße, Fluß und Brücke".encode("cp1252"), "a", declared="utf-8").encoding == "windows-1252"
    assert decoded("Grüße".encode("cp1252"), "a", declared="us-ascii").text == "Grüße"


def test_markdown_is_decoded_as_text_is() -> None:
    reading = read(f"# Titel\n\n{TEXTS['windows-1252']}".encode("windows-1252"), "a.md")
    assert from_reading(reading, "a.md").text == f"Titel\n\n{TEXTS['windows-1252']}"
    assert reading.encoding == "windows-1252"


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
)
def test_whatever_unicode_encodes_is_read_back(words: str, encoding: str) -> None:
    found = decoded(words.encode(encoding), "a", declared="windows-1251" if encoding != "utf-8" else "")
    assert found.text.removeprefix("\ufeff") == words.removeprefix("\ufeff")
    assert not found.warnings


@given(st.binary(min_size=1))
def test_no_bytes_make_the_decoder_fail(raw: bytes) -> None:
    try:
        assert isinstance(decoded(raw, "a.txt").text, str)
    except ArticleError as error:
        assert str(error).endswith(".")  # noqa: PT017 - both ways are right, and each has to hold
