"""Options that several commands share: the day and settings, limits on files, whose workbook it is."""

from __future__ import annotations

import functools
import math
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from smsheets.profile import Profile

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., Any])

as_of_option = click.option(
    "--as-of", "as_of", help="Count figures up to this day, 2027-07-05. Default: as in the workbooks, or today."
)
config_option = click.option(
    "--config",
    type=click.Path(path_type=Path),
    help="A smsheets.toml with thresholds and silenced findings of your own.",
)


def format_option(*shapes: str) -> Callable[[F], F]:
    """The option for how a report is printed, `text` where nothing is said; the command gets it as `shape`."""
    return click.option(
        "--format", "shape", type=click.Choice(shapes), default="text", show_default=True, help="How to print it."
    )


def read_day(text: str | None) -> date | None:
    """The day of `--as-of`.

    Raises:
        OptionError: It is no date.
    """
    from smsheets.errors import OptionError

    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise OptionError(f"--as-of {text}: write a date, for example 2027-07-05") from None


def check_language(language: str | None) -> None:
    """Refuses a `--lang` that no report can be in, before anything is read.

    Raises:
        OptionError: There is no such language.
    """
    from smsheets.spec.catalogue import catalogue

    if language:
        catalogue(language)


def this_day() -> date:
    """Today."""
    return date.today()


def own_settings(config: Path | None) -> Profile:
    """The profile with a person's own thresholds, silenced findings and brand; only these count here.

    Args:
        config: A smsheets.toml; None takes the one in this folder, where there is one.
    """
    from smsheets.profile import Profile
    from smsheets.profile_file import FILE_NAME, make_profile, read_profile_file

    path = config or Path(FILE_NAME)
    if config is None and not os.path.isfile(path):
        return Profile()
    values = read_profile_file(path)
    return make_profile({key: values[key] for key in ("thresholds", "silenced", "brand") if key in values}, str(path))


def _check_finite(_context: click.Context, _option: click.Parameter, value: float | None) -> float | None:
    """Refuses `nan`, `inf` and what is infinite in bytes: nothing is larger, so that they are no limit."""
    from smsheets.reader.file.limits import MEGABYTE

    if value is not None and not math.isfinite(value * MEGABYTE):
        raise click.BadParameter(f"'{value}' is no number of megabytes.")
    return value


def limit_options(function: Callable[..., T]) -> Callable[..., T]:
    """Adds the options to a command, which gets them as `limits`."""

    @click.option(
        "--max-mb",
        type=click.FloatRange(min=0, min_open=True),
        callback=_check_finite,
        help="Read files up to so many megabytes when unpacked. Default: 250, and 100 for one part of a file.",
    )
    @click.option(
        "--max-cells", type=click.IntRange(min=1), help="Read files up to so many filled cells. Default: 500000."
    )
    @click.option(
        "--max-rows", type=click.IntRange(min=1), help="Read tables up to so many filled rows. Default: 5000."
    )
    @functools.wraps(function)
    def run(*args: Any, max_mb: float | None, max_cells: int | None, max_rows: int | None, **kwargs: Any) -> T:
        from smsheets.reader.file.limits import Limits

        return function(*args, limits=Limits.of(max_mb, max_cells, max_rows), **kwargs)

    return run


_OPTIONS = (
    click.option("--lang", "language", help="Language of the workbooks: en or de."),
    click.option("--country", help="Country, DE, or DE-BY with a region: holidays, weekend, currency, paper, dates."),
    click.option("--currency", help="Currency, three letters: EUR. Default: the country's."),
    click.option("--weekend", help="Days on which you do not work: friday,saturday, or none. Default: the country's."),
    click.option("--paper", type=click.Choice(["a4", "letter"]), help="Paper to print on. Default: the country's."),
    click.option("--dates", help="How days are shown: dd.mm.yyyy, or iso. Default: as in the country."),
    click.option("--start", help="First month: 2027-01."),
    click.option("--months", type=int, help="How many months, 1 to 24. Default: 12."),
    click.option("--channels", help="Your channels, with commas: instagram,facebook."),
    click.option("--own-channel", "own_channels", multiple=True, help="A channel of your own. May be repeated."),
    click.option(
        "--cadence", type=click.Choice(["usual", "light"]), help="Posts a week to begin with. Default: usual."
    ),
    click.option("--company", help="Name of the business."),
    click.option("--team", help="Who can be picked as owner, with commas."),
    click.option("--config", type=click.Path(path_type=Path), help="A smsheets.toml. Default: the one in this folder."),
)


lean_option = click.option(
    "--lean/--whole",
    default=None,
    help="Make the essential sheets only; 'smsheets grow' adds the others later. Default: whole.",
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
    values = read_profile_file(path) if config is not None or os.path.isfile(path) else {}
    options["own_channels"] = options["own_channels"] or None
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
