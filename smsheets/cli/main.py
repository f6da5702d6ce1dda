"""The command group. Each command is imported when it is used: `--help` costs hardly more than click."""

from __future__ import annotations

from importlib import import_module

import click

from smsheets import __version__

_COMMANDS = {
    "init": "Write smsheets.toml: your business in one file.",
    "new": "Make blank or sample workbooks.",
    "analyze": "Read filled workbooks: plan, variance, findings, problems.",
    "schema": "Print the JSON Schema of a spec or of the analysis.",
    "samples": "Make the sample workbooks again.",
}


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
