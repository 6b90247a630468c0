"""Other languages than English: quotation marks and a list of cues, with low confidence."""

import pytest

from claimdesk.core.claim import Article
from claimdesk.core.suggest import Support, suggest

SAID = [
    ("de", "Der Minister sagte, dass die Brücke sicher sei.", "Der Minister", "sagte", "die Brücke sicher sei", "official"),
    ("de", "„Die Brücke ist sicher“, sagte ein Sprecher der Polizei.", "ein Sprecher der Polizei", "sagte", "„Die Brücke ist sicher“", "official"),
    ("de", "Das Unternehmen bestritt, dass Öl ausgelaufen sei.", "Das Unternehmen", "bestritt", "Öl ausgelaufen sei", "denial"),
    ("de", "Nach Angaben der Polizei, wurde niemand verletzt.", "der Polizei", "Nach Angaben", "wurde niemand verletzt", "official"),
    ("uk", "Міноборони заявило, що міст цілий.", "Міноборони", "заявило", "міст цілий", "official"),
    ("fr", "« Le pont est sûr », a déclaré la maire Anne Roux.", "la maire Anne Roux", "déclaré", "« Le pont est sûr »", "official"),
    ("fr", "Selon un expert, le pont va tomber.", "un expert", "Selon", "le pont va tomber", "expert"),
    ("es", "La empresa negó que hubiera una fuga.", "La empresa", "negó", "hubiera una fuga", "denial"),
    ("es", "Según fuentes del puerto, nadie resultó herido.", "fuentes del puerto", "Según", "nadie resultó herido", "anonymous"),
    ("ru", "«Мост безопасен», — сказала мэр Анна Лис.", "мэр Анна Лис", "сказала", "«Мост безопасен»", "official"),
    ("ru", "По словам полиции, никто не пострадал.", "полиции", "По словам", "никто не пострадал", "official"),
    ("uk", "Міністр заявив, що міст безпечний.", "Міністр", "заявив", "міст безпечний", "official"),
    ("uk", "За словами очевидців, міст упав уночі.", "очевидців", "За словами", "міст упав уночі", "witness"),
    ("hi", "मंत्री ने कहा कि पुल सुरक्षित है।", "मंत्री", "कहा", "पुल सुरक्षित है", "official"),
    ("hi", "पुलिस के अनुसार कोई घायल नहीं हुआ।", "पुलिस", "के अनुसार", "कोई घायल नहीं हुआ", "official"),
    ("ko", "국방부 장관은 다리가 안전하다고 말했다.", "국방부 장관", "말했다", "다리가 안전하다고", "official"),
    ("ko", "박지원 교수는 “다리는 안전하다”고 밝혔다.", "박지원 교수", "밝혔다", "“다리는 안전하다”", "expert"),
    ("ko", "경찰에 따르면 다친 사람은 없다.", "경찰", "따르면", "다친 사람은 없다", "official"),
    ("ar", "قال الوزير إن الجسر آمن.", "الوزير", "قال", "الجسر آمن", "official"),
    ("ar", "نفت الشركة أن يكون هناك تسرب.", "الشركة", "نفت", "يكون هناك تسرب", "denial"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "source", "cue", "content", "level"), SAID)
def test_the_plain_cases_are_found(language: str, text: str, source: str, cue: str, content: str, level: str) -> None:
    found = suggest(Article(text, "T", language=language))
    (claim,) = found.claims
    assert [span.of(text) for span in (*claim.source, *claim.cue, *claim.content)] == [source, cue, content]
    assert claim.level == level
    assert claim.confidence < 0.5
    assert found.support is Support.WEAK


def test_a_name_in_full_is_the_source_in_full() -> None:
    text = "„Die Brücke ist sicher“, sagte Bürgermeisterin Anna Lang."
    (claim,) = suggest(Article(text, "T", language="de")).claims
    assert claim.source_entity == "Bürgermeisterin Anna Lang"


def test_a_language_without_a_list_gets_no_suggestions_and_says_so() -> None:
    found = suggest(Article("Ministeri sanoi, että silta on turvallinen.", "T", language="fi"))
    assert (found.claims, found.support) == ((), Support.NONE)


@pytest.mark.parametrize("text", ["sagte", "sagte sagte,", "„sagte", "laut", "laut , ,", "dass sagte dass"])
def test_cues_without_anything_around_them_claim_nothing(text: str) -> None:
    assert suggest(Article(text, "T", language="de")).claims == ()
