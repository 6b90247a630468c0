"""The key that signs bundles."""

from pathlib import Path
from typing import Annotated

import typer

from claimdesk.core.errors import DeskError, reason


def signing_key(
    to: Annotated[
        Path | None,
        typer.Option(
            "--to", metavar="FILE", readable=False, help="Write it into a file, as minisign's option -p takes it."
        ),
    ] = None,
) -> None:
    """Show the public key of your signatures, so that others can verify them; the secret one is made once, in the keyring.

    Give it to colleagues on another way than the bundles. It names nobody, but ties all that it signed to one hand.
    """
    from claimdesk.core import whole_file
    from claimdesk.core.minisign import kept_key

    key = kept_key()
    if to is None:
        print(key.public)
        return
    try:
        whole_file.write(to, key.public_file.encode())
    except OSError as error:
        raise DeskError(
            f"The key could not be written as “{to.name}”: {reason(error)}. Choose another folder."
        ) from error
    print(f"Public key written: {to}")
