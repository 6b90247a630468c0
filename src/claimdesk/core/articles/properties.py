"""What files say of themselves, believed where it tells something: titles, bylines, dates, languages."""

from datetime import date, datetime

import regex

from claimdesk.core.text import normalise

_PROGRAM = regex.compile(
    r"(?i)^(?:Microsoft Word|Microsoft PowerPoint|PowerPoint Presentation|LibreOffice|OpenOffice)\b(?: - .*)?$"
)
_NOTHING = regex.compile(
    r"(?i)^(?:untitled|unbenannt|sans titre|sin título|document|dokument|documento)(?: ?\d+)?$|^\(?(?:none|null|unknown|title)\)?$"
)
_FILE = regex.compile(
    r"(?i)^[^\s]*[\\/][^\s]+$|^.{1,200}\.(?:docx?|docm|odt|rtf|pdf|txt|indd|qxp|html?|pages|tex|dvi|fodt|eml|pub)$"
)
_NOBODY = regex.compile(
    r"(?i)^(?:microsoft office user|user|admin(?:istrator)?|owner|unknown|author|default|root|guest|windows user|python-docx|un-named|anonymous)$"
)
_BY = regex.compile(r"(?i)^by:?\s+(?=\p{Lu})")
_PDF_DATE = regex.compile(r"^(?:D:)?(\d{4})(\d\d)?(\d\d)?")
_ISO_DATE = regex.compile(r"^(\d{4})-(\d\d)-(\d\d)(?:\D|$)")
_TAG = regex.compile(r"^([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?$")
_LONGEST = 400
"""Code points that a title or a byline has at the most; what is longer is something else."""


def title(said: str, filename: str) -> str:
    """The title that a file gives itself; empty where that is a program's or a file's name."""
    said = _line(said)
    if said == filename or _PROGRAM.match(said) or _NOTHING.match(said) or _FILE.match(said) or len(said) > _LONGEST:
        return ""
    return said


def byline(said: str) -> str:
    """The authors, with commas between them; empty where a program or a computer's owner without a name is meant."""
    names = [_BY.sub("", name.strip()) for name in _line(said).split(";")]
    joined = ", ".join(name for name in names if name and not _NOBODY.match(name))
    return joined if len(joined) <= _LONGEST else ""


def published(said: str) -> str:
    """The day of an ISO time or of a PDF's ("D:20260512…"), as an ISO date; empty where it is none."""
    found = _ISO_DATE.match(said.strip()) or _PDF_DATE.match(said.strip())
    if found is None or None in found.groups():
        return ""
    year, month, day = (int(one) for one in found.groups())
    try:
        at = date(year, month, day)
    except ValueError:
        return ""
    return at.isoformat() if 1600 < at.year <= datetime.now().year + 1 else ""


def language(said: str) -> str:
    """The language that a file names, as BCP 47; empty where it names none."""
    found = _TAG.match(said.strip())
    if found is None:
        return ""
    return "-".join(
        part for part in (found[1].lower(), found[2] and found[2].title(), found[3] and found[3].upper()) if part
    )


def _line(said: str) -> str:
    return " ".join(normalise(said).split())
