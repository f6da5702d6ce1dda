"""Lines for the user. They hold names and texts of files, so every one of them is made safe for a terminal."""

from __future__ import annotations

import click

QUIET, VERBOSE = "smsheets.quiet", "smsheets.verbose"
"""What a command was told about how much to say, in the `meta` of its context."""


def say(line: str, *, err: bool = False) -> None:
    """Prints one line, on standard error where it is no result."""
    from smsheets.safe_text import safe_spaced

    click.echo(safe_spaced(line), err=err)


def remark(line: str, *, err: bool = False) -> None:
    """Prints what is good to know, such as the name of a file that was written; nothing with `--quiet`."""
    if not is_told(QUIET):
        say(line, err=err)


def detail(line: str) -> None:
    """Prints a step on the way on standard error, with `--verbose` only."""
    if is_told(VERBOSE):
        say(line, err=True)


def is_told(what: str) -> bool:
    """Whether the command that runs was told to be `QUIET` or `VERBOSE`."""
    context = click.get_current_context(silent=True)
    return context is not None and bool(context.meta.get(what))
