"""`smsheets init`: asks a few questions and writes smsheets.toml."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import click

from smsheets.cli.options import default_start, profile_options, profile_values
from smsheets.cli.say import expected_errors, remark


@click.command("init", context_settings={"help_option_names": ["-h", "--help"]})
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file to write. Default: smsheets.toml.")
@click.option("--yes", is_flag=True, help="Take the defaults instead of asking.")
@click.option("--force", is_flag=True, help="Overwrite a file that exists.")
@profile_options
@expected_errors
def command(output: Path | None, yes: bool, force: bool, **options: Any) -> None:
    """Write smsheets.toml: your business in one file, so that 'smsheets new' needs no options."""
    from smsheets.errors import OptionError
    from smsheets.profile_file import FILE_NAME, make_profile

    path = output or Path(FILE_NAME)
    if path.exists() and not force:
        raise OptionError(f"{path}: exists already. Use --force to overwrite it, or choose another name with -o.")
    values = _defaults() | profile_values(options)
    if not yes:
        values = _ask(values)
    profile = make_profile(values)
    lines = [
        "# Your business. Every command in this folder reads this file; an option on the command line wins over it.",
        f"company = {_quoted(profile.company)}",
        f"language = {_quoted(profile.language)}",
        f"currency = {_quoted(profile.currency)}",
        f"country = {_quoted(profile.country)}",
        *([f"weekend = {_quoted(str(values['weekend']))}"] if values["weekend"] else []),
        f"start = {_quoted(profile.start.strftime('%Y-%m'))}",
        f"months = {profile.months}",
        f"channels = [{', '.join(_quoted(name) for name in profile.channels)}]",
        f"team = [{', '.join(_quoted(name) for name in profile.team)}]",
        "",
        "# Where findings draw their lines; 'smsheets explain' shows those of a finding. For example:",
        "# [thresholds]",
        '# "calendar.dormant_days" = 45',
    ]
    try:
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    except OSError as error:
        raise OptionError(f"{path}: cannot be written: {error.strerror}") from error
    remark(f"{path} written. Next: smsheets new --all -o plan/")


def _defaults() -> dict[str, Any]:
    from msgspec.structs import asdict

    from smsheets.profile import Profile

    return asdict(Profile(start=default_start(date.today())))


def _ask(values: dict[str, Any]) -> dict[str, Any]:
    """The five things that differ from business to business; the rest keeps its default."""
    answers = dict(values)
    answers["company"] = click.prompt("Name of the business", default=values["company"], show_default=False)
    answers["language"] = click.prompt("Language of the workbooks (en, de)", default=values["language"])
    answers["currency"] = click.prompt("Currency, three letters", default=values["currency"]).upper()
    answers["country"] = click.prompt("Country, two letters", default=values["country"]).upper()
    channels = click.prompt("Channels, with commas", default=",".join(values["channels"]))
    answers["channels"] = channels
    return answers


def _quoted(text: str) -> str:
    """A TOML text; JSON's way of quoting is one of TOML's."""
    return json.dumps(text, ensure_ascii=False)
