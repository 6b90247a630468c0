"""What several commands are told in the same words."""

from pathlib import Path
from typing import Annotated

import typer

# Typer would take an unreadable file for a wrong call (its own sentence, exit code 2): `readable=False` leaves that to us.
DeskOption = Annotated[
    Path | None,
    typer.Option("--desk", metavar="PATH", readable=False, help="The desk; else CLAIMDESK_DESK, else your own."),
]
Encoding = Annotated[
    str | None, typer.Option(metavar="NAME", help="Encoding of files that are not UTF-8, such as cp1252.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Write JSON for other programs.")]
WithNames = Annotated[bool, typer.Option("--names", help="Show the names of confidential sources, not pseudonyms.")]
SignedBy = Annotated[
    str,
    typer.Option("--signed-by", metavar="KEY", help="Take a bundle only if this public key has signed it."),
]
