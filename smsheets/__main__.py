"""`python -m smsheets`."""

from smsheets.cli.main import run

run()
