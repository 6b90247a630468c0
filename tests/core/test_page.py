"""What on the page is what: paragraphs, headline, furniture, language."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimdesk.core.claim import Span
from claimdesk.core.page import furniture, language, paragraphs, title_span
from claimdesk.core.resources import SAMPLE_ARTICLE
from claimdesk.core.text import normalise

ENGLISH = (
    "Harbour bridge to close for nine days\n\n"
    "The old harbour bridge will be closed from Monday, the port authority said. Lorries have to take the tunnel.\n\n"
    "Work on the northern pier began in May."
)
HINDI = (
    "नगर निगम ने पुल बंद किया\n\n"
    "नगर निगम ने सोमवार को कहा कि पुराना पुल नौ दिन के लिए बंद रहेगा। यह काम मई में शुरू हुआ था।\n\n"
    "लोगों ने कहा कि वे इस से खुश नहीं हैं।"
)
PAGES = st.lists(
    st.one_of(
        st.text(max_size=40),
        st.sampled_from(
            ["Read more", "Advertisement", "© 2031 The Gazette", "वीडियो देखें", "A fine day.", "🙂", "한국어"]
        ),
    ),
    max_size=12,
).map(lambda lines: normalise("\n".join(lines)))


def marked(text: str) -> list[str]:
    return [span.of(text) for span in furniture(text, title_span(text))]


def title(text: str) -> str | None:
    span = title_span(text)
    return span.of(text) if span else None


def test_paragraphs_are_the_lines_that_hold_something_and_only_a_newline_parts_them() -> None:
    text = "  One\u2028still one \n\n\t\nTwo 🙂\n"
    assert [span.of(text) for span in paragraphs(text)] == ["One\u2028still one", "Two 🙂"]


@given(PAGES)
def test_paragraphs_hold_every_character_that_is_not_white_space(text: str) -> None:
    spans = paragraphs(text)
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())
    assert all(span.of(text) == span.of(text).strip() and "\n" not in span.of(text) for span in spans)


def test_a_short_first_line_without_a_final_stop_is_the_headline() -> None:
    assert title(ENGLISH) == "Harbour bridge to close for nine days"
    assert title(HINDI) == "नगर निगम ने पुल बंद किया"
    assert title("Who pays for the bridge?\n\nNobody knows it yet.") == "Who pays for the bridge?"


def test_page_furniture_above_the_headline_is_passed_over() -> None:
    assert title("Advertisement\n\nSkip to content\n\n" + ENGLISH) == "Harbour bridge to close for nine days"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Only a line",
        "The bridge is closed.\n\nIt reopens on Monday.",
        "The bridge was closed on Monday and all lorries had to\ntake the tunnel, the port said.",
        " ".join(["word"] * 60) + "\n\nAnd then it ends.",
    ],
)
def test_a_text_that_begins_with_prose_has_no_headline(text: str) -> None:
    assert title_span(text) is None


def test_paragraphs_in_another_script_at_the_foot_are_furniture_and_make_one_stretch() -> None:
    foot = "क्या आपको कोई गलती मिली?\n\nहमें लिखें।"
    assert marked(f"{ENGLISH}\n\n{foot}") == [foot]
    assert marked(f"دخول\n\n{ENGLISH}") == ["دخول"]


def test_a_hindi_article_is_body_and_its_latin_footer_furniture() -> None:
    assert marked(HINDI) == []
    assert marked(f"{HINDI}\n\nDownload our new app today") == ["Download our new app today"]


def test_a_quotation_in_another_script_is_no_furniture() -> None:
    inside = ENGLISH.replace("\n\nWork", "\n\n우리는 다리를 닫습니다.\n\nWork")
    assert marked(inside) == []
    assert marked(f"{ENGLISH}\n\n“우리는 다리를 닫습니다.”") == []


@pytest.mark.parametrize(
    "line",
    [
        "Read more",
        "READ MORE: Ten bridges that fell down",
        "Subscribe to our newsletter",
        "Sign up for our daily briefing and get the news first",
        "Share this article",
        "ADVERTISEMENT",
        "Story continues below advertisement",
        "© 2031 The Harbour Gazette",
        "Copyright 2031 Gazette Ltd. All rights reserved.",
        "Related articles",
        "Did you find a mistake in this text?",
        "Was this article helpful?",
        "Follow us on Mastodon",
        "Lire aussi : Le pont ferme",
        "Share this",
        "Sign up",
        "Sign up for our newsletter",
        "Our weekly newsletter",
        "Harbour news delivered straight to your inbox every Friday.",
        "Enter your email address",
        "By signing up, you agree to our terms.",
        "Thank you for subscribing!",
        "Related: Ten bridges that fell down",
        "This site uses cookies to count its visitors.",
        "By using this website you agree to the use of cookies.",
        "Manage cookies",
        "Photo by Ines Duarte",
        "(AP Photo/Ines Duarte)",
        "Ines Duarte/Getty Images",
        "Follow Ines Duarte on Twitter",
        "Updated at 4.30 pm GMT",
    ],
)
def test_boilerplate_lines_are_furniture_wherever_they_stand(line: str) -> None:
    assert marked(f"{ENGLISH}\n\n{line}\n\nThe tunnel is open.") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Read more carefully, the letter says nothing of the kind.",
        "Share prices fell by a tenth on Monday.",
        "Follow-up work on the piers costs 4 million.",
        "More news is expected on Friday, the mayor said.",
        "Comments by the mayor were not helpful, she said.",
        "Share this with your neighbour, the mayor said.",
        "Related costs were never counted, the mayor said.",
        "By signing up, he hoped to see the pier.",
        "The letter went straight to the inbox of the mayor.",
        "10:15 a.m.",
        "10:15 a.m. was when the pier gave way.",
        "Photos by a passer-by show the pier. It leans.",
        "Cookies were sold on the bridge.",
    ],
)
def test_prose_that_begins_like_boilerplate_is_no_furniture(line: str) -> None:
    assert marked(f"{ENGLISH}\n\n{line}") == []


def test_a_newsletter_box_of_three_lines_is_one_stretch() -> None:
    box = "Our daily newsletter\nSign up to get our best stories straight to your inbox.\nBy signing up, you agree to our terms."
    assert marked(f"{ENGLISH}\n\n{box}\n\nThe tunnel is open.") == [box]


@pytest.mark.parametrize(
    "line",
    [
        "Ines Duarte is a reporter at the Harbour Gazette.",
        "Bo Lind is a senior staff writer for the Gazette. Reach him at lind@gazette.example.",
        "Contact the reporter at duarte@gazette.example",
        "--additional reporting by Bo Lind",
    ],
)
def test_a_line_about_the_author_is_furniture_at_the_foot_only(line: str) -> None:
    assert marked(f"{ENGLISH}\n\n{line}") == [line]
    assert marked(f"{ENGLISH}\n\n{line}\n\nThe tunnel is open.") == []


@pytest.mark.parametrize(
    "end",
    [
        "Duarte wrote of the pier first.\n\nInes Duarte is a reporter at the Harbour Gazette.",
        "Ines Duarte is a reporter at the Gazette, which sued the port.",
        "Ines Duarte is a diver at the port.",
    ],
)
def test_somebody_of_the_article_is_no_author(end: str) -> None:
    assert marked(f"{ENGLISH}\n\n{end}") == []


def test_the_footer_of_the_sample_article_is_its_only_furniture() -> None:
    text = normalise(SAMPLE_ARTICLE.read_text(encoding="utf-8"))
    assert title_span(text) == Span(0, 72)
    assert furniture(text, title_span(text)) == (Span(2263, 2342),)


@given(PAGES)
def test_furniture_is_whole_paragraphs_in_order_without_the_headline(text: str) -> None:
    spans, headline = furniture(text, title_span(text)), title_span(text)
    starts, ends = {s.start for s in paragraphs(text)}, {s.end for s in paragraphs(text)}
    assert all(span.start in starts and span.end in ends for span in spans)
    assert all(before.end < after.start for before, after in pairwise(spans))
    assert not any(headline and headline.overlaps(span) for span in spans)


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("en", ENGLISH),
        ("hi", HINDI),
        ("ko", "항만청은 월요일에 다리를 닫는다고 밝혔다."),
        ("ar", "قال الوزير إن الجسر مغلق من يوم الاثنين في المدينة"),
        ("fa", "وزیر گفت که این پل از روز دوشنبه در شهر بسته است"),
        ("ja", "港の橋は月曜日から閉鎖されると当局は述べた。"),
        ("zh", "港务局周一表示大桥将关闭九天"),
        ("ru", "Министр сказал, что мост будет закрыт, но не на все дни"),
        ("uk", "Міністр сказав, що міст буде закрито, але не на всі дні"),
        ("de", "Die Brücke wird am Montag gesperrt, sagte der Sprecher der Stadt, und das Ufer ist nicht zu betreten."),
        ("fr", "Le pont est fermé depuis lundi, selon la mairie, et les camions ne passent pas dans le tunnel."),
        ("es", "El puente se cerrará el lunes, según el alcalde, y los camiones no pasan por el túnel."),
        ("", "12.5 🙂 — 40%"),
        ("", "Kowalczyk Novák Tanaka"),
        ("", ""),
    ],
)
def test_the_language_is_told_by_script_and_frequent_words(tag: str, text: str) -> None:
    assert language(text) == tag


@given(st.text())
def test_the_language_of_any_text_can_be_asked_for(text: str) -> None:
    assert language(text) == language(text)
    assert len(language(text)) in (0, 2)
