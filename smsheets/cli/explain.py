"""`smsheets explain`: what a problem or a finding means, what to do, and which lines it draws."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from smsheets.cli.options import check_language, format_option
from smsheets.cli.reading import render_sections
from smsheets.cli.say import expected_errors, put

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def _complete(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem | str]:
    from smsheets.report.explain import all_codes

    return [code for code in all_codes() if code.startswith(incomplete)]


@click.command("explain", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("codes", nargs=-1, metavar="CODE...", shell_complete=_complete)
@click.option("--all", "every", is_flag=True, help="List every finding and every problem.")
@format_option("text", "markdown")
@click.option("--lang", "language", default="en", show_default=True, help="Language of the explanation: en or de.")
@expected_errors
def command(codes: tuple[str, ...], every: bool, shape: str, language: str) -> None:
    """Say what a finding or a problem means, such as budget.over: what to do, where it comes from, how to change it."""
    from smsheets.errors import OptionError
    from smsheets.report.explain import code_section, list_sections
    from smsheets.report.wording import Words

    check_language(language)
    if not codes and not every:
        raise OptionError(
            "Name a finding or a problem, for example: smsheets explain budget.over; or --all for a list."
        )
    sections = [*(list_sections() if every else ()), *(code_section(_known(code)) for code in codes)]
    put(render_sections(sections, shape, Words(language), sys.stdout))


def _known(code: str) -> str:
    """A code as it is listed; people copy it with its brackets.

    Raises:
        OptionError: There is none; the text says which looks like it.
    """
    from smsheets.errors import OptionError, did_you_mean
    from smsheets.report.explain import all_codes

    name, known = code.strip().strip("[]").casefold(), all_codes()
    if name not in known:
        hint = did_you_mean(name, known) or "; smsheets explain --all lists what there is"
        raise OptionError(f"There is no finding or problem '{name}'{hint}")
    return name
