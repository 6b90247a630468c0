"""A person's own template for the web page: named in the settings, run in a sandbox, and one sentence where it is broken."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from claimdesk.core.errors import ReportError
from claimdesk.core.reports import Report, write
from claimdesk.core.reports.html import render_own
from claimdesk.core.settings import Settings, load, save

Make = Callable[..., Report]


@pytest.fixture
def template(tmp_path: Path) -> Path:
    return tmp_path / "mine.html"


def test_it_takes_the_place_of_ours_and_still_escapes(make: Make, tmp_path: Path, template: Path) -> None:
    template.write_text(
        "<h1>{{ report.byline }}</h1>\n{% for row in report.rows %}{{ row.number }}{{ row.source_name }};{% endfor %}"
    )
    save(tmp_path, Settings(report_template_html="mine.html"))
    write(make(), tmp_path / "report.html", templates=load(tmp_path).report_templates(tmp_path))
    assert (tmp_path / "report.html").read_text(encoding="utf-8") == (
        "<h1>Jo “J” &lt;Doe&gt;</h1>\n1Mina Rao;2;3Dam Ltd;4two officials;5환경부;"
    )


def test_it_can_use_the_parts_of_ours(make: Make, template: Path) -> None:
    template.write_text('{% include "report.html" %}<!-- {{ style_hash }} -->')
    page = render_own(make(), template).decode()
    assert '<h2 id="claims-title">Claims</h2>' in page
    assert page.rstrip().endswith("-->")


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("<p>\n{% for row in report.rows %}", "is broken at line 2: "),
        ("<p>\n\n{{ report.nothing }}", "is broken at line 3: "),
        ("{{ 1 / 0 }}", "is broken at line 1: division by zero"),
        ("\n{{ report.rows + 1 }}", "is broken at line 2: "),
        ("{{ ''.__class__.__mro__ }}", "is broken at line 1: access to attribute '__class__'"),
        ("{{ report.rows.__class__.__subclasses__() }}", "is broken at line 1: access to attribute '__class__'"),
        ('\n{% include "/etc/passwd" %}', "is broken at line 2: there is no /etc/passwd to include"),
        ('{% include "../sample/north-korea-troops.txt" %}', "is broken at line 1: "),
    ],
)
def test_a_broken_or_prying_one_is_one_sentence_with_its_line(
    make: Make, template: Path, source: str, sentence: str
) -> None:
    template.write_text(source)
    with pytest.raises(ReportError, match=re.escape(sentence)) as caught:
        render_own(make(), template)
    assert str(template.parent) not in str(caught.value)


def test_one_that_cannot_be_read_is_one_sentence(make: Make, template: Path) -> None:
    with pytest.raises(ReportError, match=r"^The template mine\.html cannot be read: no such file or directory\."):
        render_own(make(), template)
    template.write_bytes(b"caf\xe9")
    with pytest.raises(ReportError, match=r"is not UTF-8 text"):
        render_own(make(), template)
