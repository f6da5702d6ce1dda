"""What commands that work figures out are told besides their files: up to which day, and a person's own settings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from datetime import date

    from smsheets.profile import Profile


as_of_option = click.option(
    "--as-of", "as_of", help="Work figures out up to this day, 2027-07-05. Default: as in the workbooks, or today."
)
config_option = click.option(
    "--config",
    type=click.Path(path_type=Path),
    help="A smsheets.toml with thresholds and silenced findings of your own.",
)


def read_day(text: str | None) -> date | None:
    """The day of `--as-of`.

    Raises:
        OptionError: It is no date.
    """
    from datetime import date

    from smsheets.errors import OptionError

    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise OptionError(f"--as-of {text}: write a date, for example 2027-07-05") from None


def this_day() -> date:
    """Today."""
    from datetime import date

    return date.today()


def own_settings(config: Path | None) -> Profile:
    """The profile with a person's own thresholds and silenced findings; only these two count here.

    Args:
        config: A smsheets.toml; None takes the one in this folder, where there is one.
    """
    from smsheets.profile import Profile
    from smsheets.profile_file import FILE_NAME, make_profile, read_profile_file

    path = config or Path(FILE_NAME)
    if config is None and not path.is_file():
        return Profile()
    values = read_profile_file(path)
    return make_profile({key: values[key] for key in ("thresholds", "silenced") if key in values}, str(path))
