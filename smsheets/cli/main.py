"""The command group. Each command is imported when it is used: `--help` costs hardly more than click."""

from __future__ import annotations

import atexit
import codecs
import errno
import gc
import io
import signal
import sys
from importlib import import_module
from typing import Any

import click

from smsheets import __version__
from smsheets.cli import STOPPED, was_interrupted
from smsheets.cli.say import forget

_COMMANDS = {
    "init": "Write smsheets.toml: your business in one file.",
    "new": "Make blank or sample workbooks.",
    "analyze": "Read filled workbooks: plan, variance, findings, problems.",
    "check": "Read filled workbooks: problems only; a copy with notes.",
    "repair": "Write a workbook anew: whole formulas, your entries, a list of what is left.",
    "grow": "Add the other sheets to lean workbooks.",
    "adopt": "Bring the rows of other workbooks into a template.",
    "compare": "Compare two versions of a plan, or two periods.",
    "explain": "Say what a finding or a problem means.",
    "schema": "Print the JSON Schema of a spec, the analysis, a check or a comparison.",
    "completion": "Print what your shell needs to complete commands.",
    "samples": "Make the sample workbooks again.",
}


_RARELY = 100_000
"""New objects that make the garbage collector look, instead of the usual 700."""

_STOPPED = 130
"""The exit status of shells for what Ctrl-C ended."""

_CANNOT_PRINT = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
"""What standard output fails with on a full or broken disk."""

_PLAINLY = "smsheets.plainly"
"""Our way to write what the encoding of a stream lacks: of a redirected one on Windows, or where no locale is set."""


class _LazyGroup(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command = import_module(f"smsheets.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (KeyboardInterrupt, Exception) as error:
            if not was_interrupted(error):
                raise
            click.echo(STOPPED, err=True)
            sys.exit(_STOPPED)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="smsheets")
def main() -> None:
    """Plan social media in five workbooks, and learn from them whether the plan is kept."""


def run() -> None:
    """The program: one command, and the process ends with it.

    Nearly all that a command makes is needed until its end, so there is next to nothing for the garbage collector to
    find while it runs, and nothing at all to gain from a last search when the process gives everything back.
    """
    gc.set_threshold(_RARELY)
    atexit.register(_leave)
    codecs.register_error(_PLAINLY, _written_plainly)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_PLAINLY)
    try:
        main()
    except OSError as error:  # of the texts that click prints; for ours see `say.put`
        if error.errno not in _CANNOT_PRINT:
            raise
        forget(sys.stdout)
        click.echo(f"The result cannot be printed: {error.strerror}", err=True)
        sys.exit(2)


def _leave() -> None:
    """All is done: there is nothing to stop any more, and nothing to search for."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()


def _written_plainly(error: UnicodeError) -> tuple[str, int]:
    from smsheets.safe_text import written_plainly

    return written_plainly(error)
