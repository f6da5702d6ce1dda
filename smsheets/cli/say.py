"""Lines for the user. They hold names and texts of files, so every one of them is made safe for a terminal."""

from __future__ import annotations

import click


def say(line: str, *, err: bool = False) -> None:
    """Prints one line, on standard error where it is no result."""
    from smsheets.safe_text import safe_spaced

    click.echo(safe_spaced(line), err=err)
