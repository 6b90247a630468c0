"""The process that reads foreign files: bytes in through standard input, what was found out through standard output.

A request is a line of JSON ({"kind", "name", "encoding", "size", "seconds"}) and then `size` bytes; the answer is a line of JSON:
{"reading"}, {"refused"} with one sentence, or {"failed"} with the kind of error. It ends where its input ends. The parent
starts it as `isolation.command` says, and believes nothing that it says before it was looked at.
"""

import json
import os
import sys
from typing import IO, Any

from claimdesk.core.articles import confinement

_UNUSED = ("numpy", "py3langid")
"""What trafilatura imports where it can, and what is of no use here: a fifth of a second."""


def main() -> None:
    """Answer requests until the input ends."""
    requests, answers = _own_ends()
    for name in _UNUSED:
        sys.modules[name] = None  # type: ignore[assignment]  # Python's own way to say that there is no such module
    confinement.confine(_program_folders())
    while line := requests.readline():
        request = json.loads(line)
        answer = _answer(request, requests.read(request["size"]))
        answers.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
        answers.flush()


def _own_ends() -> tuple[IO[bytes], IO[bytes]]:
    """Where requests come from and answers go; whatever a library prints or reads goes nowhere."""
    ends = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for end in (0, 1, 2):
        os.dup2(nowhere, end)
    return ends


def _program_folders() -> list[str]:
    """Where Python, its libraries and this program are; a library may look up time zones and media types too."""
    return [*filter(None, sys.path), sys.prefix, sys.base_prefix, "/usr/share", "/etc/mime.types", "/etc/localtime"]


def _answer(request: dict[str, Any], raw: bytes) -> dict[str, Any]:
    from claimdesk.core.articles.kinds import Kind, read_as
    from claimdesk.core.errors import ClaimDeskError

    confinement.allow_processor(request["seconds"])
    try:
        return {"reading": read_as(Kind(request["kind"]), raw, request["name"], request["encoding"]).to_json()}
    except ClaimDeskError as error:
        return {"refused": str(error)}
    except MemoryError:
        what = f"{request['name']} needs more than a gigabyte of memory to be read; save it as plain text, or in parts."
        return {"refused": what}
    except (Exception, confinement.Forbidden) as error:  # noqa: BLE001 - libraries raise anything on damaged files
        return {"failed": type(error).__name__}


if __name__ == "__main__":
    main()
