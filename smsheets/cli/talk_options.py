"""How much a command says on the way: `--quiet` and `--verbose`, shared by every command that takes time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from smsheets.cli.say import QUIET, VERBOSE

C = TypeVar("C", bound=Callable[..., Any])


def talk_options(function: C) -> C:
    """Adds the options to a command. What was chosen is kept in the context, where `remark` and `detail` find it."""
    function = _flag("-v", "--verbose", VERBOSE, "Also print each step, and how long it took.")(function)
    return _flag("-q", "--quiet", QUIET, "Print results and errors only: no progress, no 'written'.")(function)


def _flag(short: str, name: str, key: str, text: str) -> Callable[[C], C]:
    def keep(context: click.Context, parameter: click.Parameter, value: bool) -> None:
        context.meta[key] = value

    return click.option(short, name, is_flag=True, expose_value=False, callback=keep, help=text)
