"""Bytes as text: by the encoding that was named, the byte order mark, the one declared, as UTF-8, or by a guess that is told."""

import codecs
from dataclasses import dataclass

from claimdesk.core.errors import ArticleError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)  # UTF-32 before UTF-16, whose little-endian mark it starts with

_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}
"""What pages and programs mean by these names (WHATWG Encoding Standard), by the names of Python's codecs."""

_GUESSED = (
    "cp1252", "cp1250", "cp1251", "koi8_r", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp874", "cp949", "cp932", "euc_jp",
    "gb18030", "big5", "cp866", "mac_roman",
)  # fmt: skip
"""What the detector may answer, the more usual first: newsrooms' files are in these, and each more makes it err oftener."""

_SAMPLE = 100_000
_HIRAGANA = range(0x3041, 0x3097)
_JAPANESE = 0.1
"""The share of Hiragana from which on a text is Japanese; in no other encoding do bytes come out as so much of it."""

_MOST_BROKEN = 0.1
"""Broken characters for each whole one up to which a text is UTF-8 that was damaged; in other encodings next to none is whole."""

_CONTROLS = bytes(range(9)) + bytes(range(14, 27)) + bytes(range(28, 32)) + b"\x7f"
_MOST_CONTROLS = 0.1
"""The share of control characters from which on a file is no text."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the name of the encoding that it was read by, and in sentences what the user should be told of that."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decoded(raw: bytes, name: str, encoding: str | None = None, declared: str = "") -> Decoded:
    """The text of `raw`, by `encoding` if one is named; `declared` is what the file or its sender says.

    Raises ArticleError with one sentence where `raw` is no text, or the named encoding does not fit.
    """
    marked = _marked(raw)
    if encoding is None and marked is None and is_binary(raw):
        raise ArticleError(
            f"{name} is a binary file, not text; open it in the program that made it and save it as text, Word or PDF."
        )
    if encoding is not None:
        found = _named(raw, name, encoding)
    elif marked is not None:
        found = _by_mark(raw, name, marked)
    else:
        found = _declared(raw, declared) or _utf8(raw) or _nearly_utf8(raw) or _guessed(raw, name)
    if is_binary(found.text[:_SAMPLE].encode(errors="surrogatepass")):
        raise ArticleError(f"{name} makes no text when it is read as {found.encoding}.")
    return found


def sample(raw: bytes, length: int = 4096) -> str:
    """The first `length` bytes as text, as far as they tell what kind of text it is; never raises."""
    marked = _marked(raw)
    return raw[:length].decode(marked or "latin-1", "replace").removeprefix("\ufeff")


def is_binary(raw: bytes) -> bool:
    """Whether the bytes are no text: a NUL among them, or many control characters that no text has."""
    controls = len(raw) - len(raw.translate(None, _CONTROLS))
    return b"\0" in raw or controls > _MOST_CONTROLS * len(raw)


def _marked(raw: bytes) -> str | None:
    return next((codec for bom, codec in _BOMS if raw.startswith(bom)), None)


def _named(raw: bytes, name: str, encoding: str) -> Decoded:
    try:
        return Decoded(raw.decode(encoding), encoding)
    except UnicodeError:
        raise ArticleError(f"{name} is not valid {encoding}; try another encoding.") from None
    except (LookupError, ValueError):
        raise ArticleError(
            f"There is no encoding called {encoding!r}; try utf-8, utf-16 or windows-1252 after --encoding."
        ) from None


def _by_mark(raw: bytes, name: str, marked: str) -> Decoded:
    shown = marked.removesuffix("-sig").upper()
    try:
        return Decoded(raw.decode(marked), shown)
    except UnicodeDecodeError:
        raise ArticleError(
            f"{name} begins as {shown} but is not valid {shown}; save it as UTF-8, or name its encoding with --encoding, "
            f"for example --encoding windows-1252."
        ) from None


def _declared(raw: bytes, declared: str) -> Decoded | None:
    """By what the file says of itself; None where it says nothing, or what cannot be so."""
    try:
        codec = codecs.lookup(declared.strip()).name
        text = raw.decode(_MEANT.get(codec, codec))
    except (LookupError, ValueError):
        return None
    return Decoded(text, _shown(_MEANT.get(codec, codec)))


def _utf8(raw: bytes) -> Decoded | None:
    try:
        return Decoded(raw.decode("utf-8"), "UTF-8")
    except UnicodeDecodeError:
        return None


def _nearly_utf8(raw: bytes) -> Decoded | None:
    """As UTF-8 in which a few characters are broken, as where a program cut a text between bytes; None where it is something else."""
    text = raw.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(1 for char in text[:_SAMPLE] if char > "\x7f") - broken
    if broken > _MOST_BROKEN * whole:
        return None
    return Decoded(
        text, "UTF-8", (f"Characters of the file that could not be read: {broken}; \ufffd stands in their place.",)
    )


def _guessed(raw: bytes, name: str) -> Decoded:
    codec = "cp932" if _is_shift_jis(raw) else _likeliest(raw)
    if codec is None:
        raise ArticleError(
            f"{name} is not valid UTF-8, and its encoding cannot be told; save it as UTF-8, or name its encoding with "
            f"--encoding, for example --encoding windows-1252."
        )
    shown = _shown(codec)
    told = f"The file does not say its encoding and was read as {shown} (guessed)."
    return Decoded(raw.decode(codec, "replace"), shown, (told,))


def _likeliest(raw: bytes) -> str | None:
    """The detector's answer; of encodings that make the same text of it, the most usual."""
    from charset_normalizer import from_bytes

    best = from_bytes(raw, cp_isolation=list(_GUESSED)).best()
    if best is None:
        return None
    text = str(best)
    return next((codec for codec in _GUESSED if _makes(raw, codec, text)), best.encoding)


def _makes(raw: bytes, codec: str, text: str) -> bool:
    try:
        return raw.decode(codec) == text
    except UnicodeDecodeError:
        return False


def _is_shift_jis(raw: bytes) -> bool:
    """Whether it is Japanese as Windows wrote it, which the detector takes for Korean."""
    try:
        letters = [char for char in raw.decode("cp932")[:_SAMPLE] if char.isalpha()]
    except UnicodeDecodeError:
        return False
    return sum(ord(char) in _HIRAGANA for char in letters) > _JAPANESE * len(letters) > 0


def _shown(codec: str) -> str:
    """The name that people know: "windows-1251" for Python's "cp1251"."""
    if codec.startswith("cp125") or codec == "cp874":
        return f"windows-{codec[2:]}"
    return {"utf-8": "UTF-8", "cp949": "euc-kr", "cp932": "shift_jis"}.get(codec, codec.replace("_", "-"))
