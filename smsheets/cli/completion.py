"""`smsheets completion`: what a shell needs to complete our commands, options and codes."""

from __future__ import annotations

import click

from smsheets.cli.say import expected_errors, put

_VARIABLE = "_SMSHEETS_COMPLETE"
"""Where a shell says what it wants completed."""


@click.command("completion", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
@expected_errors
def command(context: click.Context, shell: str) -> None:
    """Print a script that lets your shell complete commands, options and codes.

    For bash: smsheets completion bash > ~/.smsheets-complete.sh, and the line "source ~/.smsheets-complete.sh" in your
    ~/.bashrc.
    """
    from click.shell_completion import get_completion_class

    complete = get_completion_class(shell)
    assert complete is not None
    made = complete(context.find_root().command, {}, "smsheets", _VARIABLE)
    put(made.source_template % made.source_vars() + "\n")
