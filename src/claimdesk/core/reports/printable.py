"""Characters that a file cannot hold, or that disorder what stands beside them, made harmless without losing a word."""

import regex

_UNSEEN = regex.compile(r"[\p{Cc}--[\t\n\x80-\x9f]]|[\x80-\x9f\ufffe\uffff]|\p{Cs}", regex.V1)
_PICTURES = 0x2400
_DELETE, _DELETE_PICTURE = "\x7f", "\u2421"
_OPENS = {"\u202a": "\u202c", "\u202b": "\u202c", "\u202d": "\u202c", "\u202e": "\u202c", "\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}  # fmt: skip
_DIRECTIONS = regex.compile("[\u202a-\u202e\u2066-\u2069]")
_LINE = regex.compile("(\n)")


def visible(text: str) -> str:
    """The text with every control character but tab and newline as its picture (␛), or as � where it has none.

    None of them has a place in XML, and some are orders to a terminal.
    """
    return _UNSEEN.sub(lambda found: _picture(found[0]), text)


def settled(text: str) -> str:
    """The text so that what stands after it keeps its direction: in each line, what turns it is taken back at the end.

    A closing control that closes nothing is left out, because it would close what stands before.
    """
    return "".join(part if part == "\n" else _settled_line(part) for part in _LINE.split(text))


def _picture(character: str) -> str:
    if character == _DELETE:
        return _DELETE_PICTURE
    return chr(_PICTURES + ord(character)) if character < " " else "\ufffd"


def _settled_line(line: str) -> str:
    waiting: list[str] = []

    def kept(control: str) -> str:
        if control in _OPENS:
            waiting.append(_OPENS[control])
            return control
        if control not in waiting or (control == "\u202c" and waiting[-1] != control):
            return ""
        while waiting.pop() != control:  # the end of an isolate ends all that is open in it
            pass
        return control

    words = _DIRECTIONS.sub(lambda found: kept(found[0]), line)
    return words + "".join(reversed(waiting))
