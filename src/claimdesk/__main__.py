"""`python -m claimdesk` is the `claimdesk` command."""

from claimdesk.cli import main

if __name__ == "__main__":
    main()
