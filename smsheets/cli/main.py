"""The command group. Each command is imported when it is used: `--help` costs hardly more than click."""

from __future__ import annotations

import atexit
import gc
from importlib import import_module

import click

from smsheets import __version__

_COMMANDS = {
    "init": "Write smsheets.toml: your business in one file.",
    "new": "Make blank or sample workbooks.",
    "analyze": "Read filled workbooks: plan, variance, findings, problems.",
    "check": "Read filled workbooks: problems only; a copy with notes.",
    "repair": "Write a workbook anew: whole formulas, your entries, a list of what is left.",
    "adopt": "Bring the rows of other workbooks into a template.",
    "compare": "Compare two versions of a plan, or two periods.",
    "explain": "Say what a finding or a problem means.",
    "schema": "Print the JSON Schema of a spec, the analysis, a check or a comparison.",
    "completion": "Print what your shell needs to complete commands.",
    "samples": "Make the sample workbooks again.",
}


_RARELY = 100_000
"""New objects that make the garbage collector look, instead of the usual 700."""


class _LazyGroup(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command = import_module(f"smsheets.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

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
    atexit.register(gc.freeze)
    main()
