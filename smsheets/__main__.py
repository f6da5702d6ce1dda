"""`python -m smsheets`."""

from smsheets.cli.main import main

main()
