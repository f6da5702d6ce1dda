"""The options that say whose workbook it is, shared by the commands that need them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

_OPTIONS = (
    click.option("--lang", "language", help="Language of the workbooks: en or de."),
    click.option("--currency", help="Currency, three letters: EUR."),
    click.option("--country", help="Country for public holidays: DE, or DE-BY with a region."),
    click.option("--start", help="First month: 2027-01."),
    click.option("--months", type=int, help="How many months, 1 to 24. Default: 12."),
    click.option("--channels", help="Your channels, with commas: instagram,facebook."),
    click.option("--company", help="Name of the business."),
    click.option("--team", help="Who can be picked as owner, with commas."),
    click.option("--config", type=click.Path(path_type=Path), help="A smsheets.toml. Default: the one in this folder."),
)


def profile_options(command: F) -> F:
    """Adds the options to a command."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def profile_values(options: dict[str, Any]) -> dict[str, Any]:
    """The values for `make_profile`: smsheets.toml, with the options that were given on top.

    Raises:
        OptionError: A `--config` that was named does not exist or cannot be used.
    """
    from smsheets.profile_file import FILE_NAME, read_profile_file

    config: Path | None = options.pop("config")
    path = config or Path(FILE_NAME)
    values = read_profile_file(path) if config is not None or path.is_file() else {}
    for key in ("channels", "team"):
        if options[key] is not None:
            options[key] = [part.strip() for part in options[key].split(",") if part.strip()]
    if options["currency"]:
        options["currency"] = options["currency"].upper()
    if options["country"]:
        options["country"] = options["country"].upper()
    values.update((key, value) for key, value in options.items() if value is not None)
    return values


def default_start(today: date) -> date:
    """January of this year; from October on, of the next: that is the year people plan then."""
    return date(today.year + (1 if today.month >= 10 else 0), 1, 1)
